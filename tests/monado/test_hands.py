"""Tracked hands of a real runtime: open, fist, pointing, lost; and none at all without consent."""

from __future__ import annotations

import pytest

from headset.driver import Consent
from headset.inputs import HAND_JOINTS, SIDES, Hand
from headset.openxr import instance
from headset.openxr.gestures import gesture_of
from tests.monado.remote import Controller, Pose, Remote
from tests.monado.service import Service
from tests.monado.visit import Script, Visit, visit

pytestmark = pytest.mark.monado

JOINTS: frozenset[Consent] = frozenset({"joints"})
OPEN, FIST, POINT = (0.0,) * 5, (1.0,) * 5, (1.0, 1.0, 1.0, 0.0, 1.0)
"""Curls, little finger to thumb."""
FRONT = {"left": (-0.2, 1.1, -0.4), "right": (0.2, 1.1, -0.4)}


def controllers(curl: tuple[float, ...], *, held: bool = True, seen: bool = True) -> tuple[Controller, Controller]:
    left, right = (
        Controller(Pose(FRONT[side]), curl=curl, active=held, hand_tracked=seen)  # type: ignore[arg-type]
        for side in SIDES
    )
    return left, right


def test_hands_are_seen_open_as_a_fist_pointing_and_lost(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        visiting.driver.allow(JOINTS)
        for told, curl in (("open", OPEN), ("fist", FIST), ("point", POINT)):
            remote.controllers(*controllers(curl))
            yield from visiting.frames_pass(4)
            for side in SIDES:
                joints = visiting.person.hand(side).joints
                assert joints is not None
                assert len(joints) == HAND_JOINTS
                assert gesture_of(joints) == told
                wrist = joints[1].metres
                assert all(abs(a - b) < 0.05 for a, b in zip(wrist, _ours(FRONT[side]), strict=True))
        remote.controllers(*controllers(OPEN, seen=False))
        yield from visiting.frames_pass(4)
        assert [gesture_of(visiting.person.hand(side).joints) for side in SIDES] == ["lost", "lost"]

    with visit(drawn=False) as visiting:
        assert "joints" in visiting.driver.device.abilities
        assert "gaze" not in visiting.driver.device.abilities
        visiting.play(script(visiting))


def test_without_controllers_the_hands_themselves_take_things(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        visiting.driver.allow(JOINTS)
        remote.controllers(*controllers(OPEN, held=False))
        yield from visiting.frames_pass(4)
        for side in SIDES:
            hand = visiting.person.hand(side)
            assert hand.grip is not None
            assert hand.aim is not None
            assert (hand.squeeze, hand.trigger, hand.buttons) == (0, 0, frozenset())
        remote.controllers(*controllers(FIST, held=False))
        yield from visiting.frames_pass(4)
        assert [visiting.person.hand(side).squeeze for side in SIDES] == [100, 100]
        remote.controllers(*controllers(FIST))
        yield from visiting.frames_pass(4)
        assert [visiting.person.hand(side).squeeze for side in SIDES] == [0, 0], "a controller in the hand speaks for itself"
        remote.controllers(*controllers(FIST, held=False, seen=False))
        yield from visiting.frames_pass(4)
        assert (visiting.person.left, visiting.person.right) == (Hand(), Hand())

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_without_consent_there_is_no_tracker_and_no_joint_and_consent_can_be_taken_back(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.controllers(*controllers(OPEN, held=False))
        yield from visiting.frames_pass(4)
        assert visiting.person.left == Hand()
        visiting.driver.allow(JOINTS)
        yield from visiting.frames_pass(4)
        assert visiting.person.left.joints is not None
        visiting.driver.allow(frozenset())
        yield from visiting.frames_pass(4)
        assert visiting.person.left == Hand()

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def _ours(place: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = place
    return (x, -z, y)


def test_eyes_that_are_not_there_give_no_gaze_and_break_nothing(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    """Monado's remote headset has no eye tracker; it is taken for one that has, so that every call is made."""
    monkeypatch.setattr(instance, "senses", lambda *_: frozenset({"joints", "gaze"}))

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        for allowed in (frozenset[Consent](["gaze", "joints"]), frozenset[Consent]()):
            visiting.driver.allow(allowed)
            yield from visiting.frames_pass(4)
            assert visiting.person.gaze is None
            assert visiting.person.right.grip is not None
        assert "lost" not in visiting.links()

    with visit(drawn=False) as visiting:
        assert "gaze" in visiting.driver.device.abilities
        visiting.play(script(visiting))


def test_a_new_life_of_the_headset_measures_what_was_allowed_before(service: Service) -> None:
    def hands() -> None:
        with Remote() as remote:
            remote.reset()
            remote.controllers(*controllers(OPEN))

    def script(visiting: Visit) -> Script:
        visiting.driver.allow(JOINTS)
        hands()
        yield from visiting.until(lambda: "focused" in visiting.links())
        yield from visiting.frames_pass(4)
        assert visiting.person.left.joints is not None
        service.kill()
        yield from visiting.until(lambda: "lost" in visiting.links())
        yield from visiting.frames_pass(2)
        assert visiting.person.left.joints is None
        service.start()
        hands()
        yield from visiting.until(lambda: visiting.person.left.joints is not None)
        assert "back" in visiting.links()

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))
