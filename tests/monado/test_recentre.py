"""Recentred by the runtime itself, as by its own menu; and the floor of a runtime that has none to give."""

from __future__ import annotations

import subprocess
from math import sqrt

import pytest

from headset.inputs import Command
from tests.monado.remote import Head, Pose, Remote
from tests.monado.visit import Script, Visit, visit

pytestmark = pytest.mark.monado

AT = (0.4, 1.5, -0.7)


def test_monado_ctl_recentres_and_the_session_is_told_once(remote: Remote) -> None:
    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.head(Head(Pose(AT)))
        yield from visiting.frames_pass(4)
        head = visiting.person.head
        assert head is not None
        assert head.metres == pytest.approx((0.4, 0.7, 1.5), abs=0.002)
        subprocess.run(["monado-ctl", "-c"], check=True, capture_output=True, timeout=120)
        yield from visiting.until(lambda: Command("participant", "recentre") in visiting.inputs)
        yield from visiting.frames_pass(4)
        head = visiting.person.head
        assert head is not None
        assert head.metres == pytest.approx((0.0, 0.0, 1.5), abs=0.002)
        assert visiting.inputs.count(Command("participant", "recentre")) == 1

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_the_operator_recentres_whoever_wears_it(remote: Remote) -> None:
    """A quarter turn to the left and away from the middle: there and then is ahead, and what is drawn goes along."""
    turned = (0.0, sqrt(0.5), 0.0, sqrt(0.5))

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.head(Head(Pose(AT, turned)))
        yield from visiting.frames_pass(4)
        for _ in range(2):  # once more does nothing
            visiting.driver.recentre()
            yield from visiting.frames_pass(4)
            head = visiting.person.head
            assert head is not None
            assert head.metres == pytest.approx((0.0, 0.0, 1.5), abs=0.002)
            assert head.quaternion == pytest.approx((1.0, 0.0, 0.0, 0.0), abs=0.002)
        # A metre to the left of where the runtime's own ahead is: now that is ahead.
        remote.head(Head(Pose((AT[0] - 1.0, AT[1], AT[2]), turned)))
        yield from visiting.frames_pass(4)
        head = visiting.person.head
        assert head is not None
        assert head.metres == pytest.approx((0.0, 1.0, 1.5), abs=0.002)
        subprocess.run(["monado-ctl", "-c"], check=True, capture_output=True, timeout=120)
        yield from visiting.until(lambda: Command("participant", "recentre") in visiting.inputs)
        yield from visiting.frames_pass(4)
        head = visiting.person.head
        assert head is not None
        assert head.metres == pytest.approx((0.0, 0.0, 1.5), abs=0.002), "the runtime's own middle holds again"

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))


def test_a_runtime_without_local_floor_has_the_same_floor_by_its_stage(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABATON_OPENXR_WITHOUT", "XR_EXT_local_floor")

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.head(Head(Pose(AT)))
        yield from visiting.frames_pass(4)
        life, head = visiting.driver.life, visiting.person.head
        assert life is not None
        assert life.spaces.kind.name == "LOCAL"
        assert life.spaces.floor == pytest.approx(1.6, abs=0.01)
        assert head is not None
        assert head.metres[2] == pytest.approx(1.5, abs=0.002)

    with visit(drawn=False) as visiting:
        visiting.play(script(visiting))
