"""Joints: asked for only with consent, told as the runtime has them, and no reason to lose a headset."""

from __future__ import annotations

import ctypes
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import xr

from headset.inputs import HAND_JOINTS, SIDES, Hand, Joints, Person, Pose, Side
from headset.openxr.axes import pose_of
from headset.openxr.hands import Tracked, Trackers, quantised
from headset.openxr.profiles import HANDS
from headset.openxr.senses import Senses
from tests.headset.openxr.skeleton import hand

SPACES: Any = SimpleNamespace(base=xr.Space(), floor=0.25)
SUCCESS = 0
FAILURE = xr.Result.ERROR_RUNTIME_FAILURE.value
REFUSED = xr.Result.ERROR_VALIDATION_FAILURE.value


class Runtime:
    """The three functions of the extension."""

    def __init__(self) -> None:
        self.open: list[int] = []
        self.wanted: list[int] = []
        self.active = True
        self.flags = 15
        self.source: int | None = None
        self.result = SUCCESS
        self.base = self.time = 0

    def function(self, name: str, kind: Any) -> Any:
        assert kind is getattr(xr, f"PFN_{name}")
        return {"xrCreateHandTrackerEXT": self.create, "xrDestroyHandTrackerEXT": self.destroy}.get(name, self.locate)

    def create(self, session: Any, info: Any, handle: Any) -> int:
        del session
        side = info._obj
        self.open.append(int(side.hand.value))
        ctypes.cast(ctypes.pointer(handle._obj), ctypes.POINTER(ctypes.c_void_p)).contents.value = int(side.hand.value)
        if side.next:
            wanted = ctypes.cast(side.next, ctypes.POINTER(xr.HandTrackingDataSourceInfoEXT)).contents
            self.wanted = [int(wanted._requested_data_sources[one]) for one in range(wanted.requested_data_source_count)]
        return self.result

    def destroy(self, handle: Any) -> int:
        del handle
        self.open.pop()
        return SUCCESS

    def locate(self, handle: Any, info: Any, out: Any) -> int:
        left = ctypes.cast(handle, ctypes.c_void_p).value == xr.HandEXT.LEFT.value
        found = out._obj
        assert found.joint_count == HAND_JOINTS
        self.time = info._obj.time
        found.is_active = self.active
        for index in range(HAND_JOINTS):
            joint = found._joint_locations[index]
            joint._location_flags = self.flags
            joint.pose = made(index, "left" if left else "right")
        if found.next:
            state = ctypes.cast(found.next, ctypes.POINTER(xr.HandTrackingDataSourceStateEXT)).contents
            state.is_active, state._data_source = self.source is not None, self.source or 0
        return self.result


def made(index: int, side: Side) -> Any:
    """An XrPosef that is another for every joint of each hand."""
    turn = (0.5, -0.5, 0.1 * index, 0.7 - 0.1 * index)
    across = 0.01 * index if side == "right" else -0.3 - 0.01 * index
    return xr.Posef(xr.Quaternionf(*turn), xr.Vector3f(across, 1.0 + 0.0123 * index, -0.4))


def test_without_consent_there_is_no_tracker_and_with_it_there_are_two() -> None:
    runtime = Runtime()
    trackers = Trackers(xr.Session(), runtime.function, sources=False)
    assert trackers.read(SPACES, 5) == {}
    assert runtime.open == []
    trackers.allow(True)
    trackers.allow(True)
    assert runtime.open == [xr.HandEXT.LEFT.value, xr.HandEXT.RIGHT.value]
    assert set(trackers.read(SPACES, 5)) == set(SIDES)
    trackers.allow(False)
    assert runtime.open == []
    assert trackers.read(SPACES, 5) == {}
    trackers.allow(True)
    trackers.close()
    assert runtime.open == []


def test_joints_are_quantised_as_every_other_pose() -> None:
    runtime = Runtime()
    trackers = Trackers(xr.Session(), runtime.function, sources=False)
    trackers.allow(True)
    for side, found in trackers.read(SPACES, 77).items():
        assert found.bare
        assert runtime.time == 77
        exact = [pose_of(made(index, side), SPACES.floor) for index in range(HAND_JOINTS)]
        assert list(found.joints) == exact


def test_a_hand_that_is_not_seen_or_is_nonsense_has_no_joints() -> None:
    runtime = Runtime()
    trackers = Trackers(xr.Session(), runtime.function, sources=False)
    trackers.allow(True)
    runtime.active = False
    assert trackers.read(SPACES, 5) == {}
    runtime.active, runtime.flags = True, 1
    assert trackers.read(SPACES, 5) == {}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("hand", [0, 1])
def test_one_hand_that_is_nonsense_takes_nothing_from_the_other(hand: int) -> None:
    rows = np.zeros((2, HAND_JOINTS), [("flags", "u8"), ("turn", "f4", 4), ("place", "f4", 3), ("radius", "f4")])
    rows["flags"], rows["turn"][:, :, 3] = 15, 1.0
    good = Joints.of([Pose((0, 0, 2500))] * HAND_JOINTS)
    assert quantised(rows, [True, True], 0.25) == [good, good]
    seen = [hand != 0, hand != 1]
    expected = [good if one else None for one in seen]
    assert quantised(rows, seen, 0.25) == expected
    for field, joint, bad in (
        ("place", 7, np.nan), ("place", 7, np.inf), ("place", 7, 2e3), ("turn", 3, 0.0), ("turn", 3, np.nan), ("flags", 9, 1),
    ):  # fmt: skip
        spoilt = rows.copy()
        spoilt[field][hand, joint] = bad
        assert quantised(spoilt, [True, True], 0.25) == expected, (field, bad)
    assert quantised(rows, [False, False], 0.25) == [None, None]


def test_where_the_runtime_tells_only_hands_that_it_sees_are_bare() -> None:
    runtime = Runtime()
    trackers = Trackers(xr.Session(), runtime.function, sources=True)
    trackers.allow(True)
    sources = xr.HandTrackingDataSourceEXT
    assert runtime.wanted == [sources.UNOBSTRUCTED.value, sources.CONTROLLER.value]
    for source, bare in ((sources.UNOBSTRUCTED.value, True), (sources.CONTROLLER.value, False), (None, False)):
        runtime.source = source
        found = trackers.read(SPACES, 5)
        assert [found[side].bare for side in SIDES] == [bare, bare]


def test_a_runtime_that_refuses_joints_is_asked_no_more_and_the_headset_stays() -> None:
    runtime = Runtime()
    trackers = Trackers(xr.Session(), runtime.function, sources=False)
    trackers.allow(True)
    runtime.result = REFUSED
    assert trackers.read(SPACES, 5) == {}
    assert runtime.open == []
    trackers.allow(True)
    assert runtime.open == []
    runtime.result = FAILURE
    other = Trackers(xr.Session(), runtime.function, sources=False)
    with pytest.raises(xr.exception.RuntimeFailureError):
        other.allow(True)


class Body:
    """What a session has of a person, to be set by a test."""

    def __init__(self) -> None:
        self.hands: tuple[Hand, Hand] | None = (Hand(), Hand())
        self.tracked: Tracked | None = None
        self.profile = ""
        self.used: list[tuple[Any, ...]] = []
        self.asked = 0
        actions: Any = SimpleNamespace(
            hands=lambda *_: self.hands, look_up=self.look_up, use=lambda *sets: self.used.append(sets), profiles={}
        )
        trackers: Any = SimpleNamespace(read=self.read, allow=lambda allowed: None)
        gaze: Any = SimpleNamespace(set="eyes", pose=lambda *_: GAZE)
        spaces: Any = SimpleNamespace(head=1, pose=lambda *_: EYES)
        self.actions = actions
        self.senses = Senses(spaces, actions, trackers, gaze)

    def read(self, *_: Any) -> dict[Side, Tracked]:
        return {} if self.tracked is None else {"left": self.tracked}

    def look_up(self) -> None:
        self.asked += 1
        self.actions.profiles.update(dict.fromkeys(SIDES, self.profile))

    def left(self) -> Hand:
        return self.senses.person(1).left


EYES = Pose((0, 0, 12000))
GAZE = Pose((0, 0, 12500))
OPEN = Tracked(hand("left", at=(0.0, 0.0, 1.0)), bare=True)
HELD = Hand(grip=Pose((1, 2, 3)), trigger=20)
SHOWN = hand("left", at=(0.0, 0.35, 1.1), turn=(0.0, 0.0, 0.5**0.5, 0.5**0.5))


def test_gaze_is_asked_for_and_given_only_with_consent() -> None:
    body = Body()
    assert body.senses.person(1).gaze is None
    body.senses.allow(frozenset({"gaze"}))
    assert body.used == [("eyes",)]
    assert body.senses.person(1).gaze == GAZE
    body.senses.allow(frozenset({"gaze"}))
    body.senses.allow(frozenset({"joints"}))
    assert body.used == [("eyes",), ()]
    assert body.senses.person(1).gaze is None


def test_while_another_application_has_them_there_are_neither_hands_nor_gaze() -> None:
    body = Body()
    body.senses.allow(frozenset({"gaze", "joints"}))
    body.tracked, body.hands = OPEN, None
    assert body.senses.person(1) == Person(head=EYES)


def test_the_stage_is_told_what_is_in_the_hands_whenever_that_changes() -> None:
    body, told = Body(), list[tuple[str, str, float]]()
    body.senses.tell = lambda side, held, lean: told.append((side, held, lean))
    body.profile = "/interaction_profiles/htc/vive_controller"
    body.left()
    body.left()
    assert told == [("left", "wand", 0.0), ("right", "wand", 0.0)]
    body.profile = HANDS
    body.senses.changed()
    body.left()
    assert told[2:] == [("left", "", 0.0), ("right", "", 0.0)]


def test_a_hand_without_a_controller_is_told_by_its_joints() -> None:
    body = Body()
    body.tracked = OPEN
    assert body.left().grip is not None
    assert body.left().joints == OPEN.joints
    body.hands = (HELD, Hand())
    assert body.left() == replace(HELD, joints=OPEN.joints)
    body.hands = (Hand(trigger=100), Hand())
    assert body.left().grip is None, "a controller out of sight whose trigger is held is no bare hand"
    body.hands, body.tracked = (Hand(), Hand()), Tracked(OPEN.joints, bare=False)
    assert body.left() == Hand(joints=OPEN.joints), "joints made up from a controller make no gestures"


def test_hand_interaction_speaks_for_itself_and_the_palm_is_its_menu_button() -> None:
    body = Body()
    body.profile, body.hands = HANDS, (HELD, Hand())
    body.tracked = OPEN
    assert body.left() == replace(HELD, joints=OPEN.joints)
    body.tracked = Tracked(SHOWN, bare=True)
    assert body.left() == replace(HELD, joints=SHOWN, buttons=frozenset({"menu"}))
    body.profile = "/interaction_profiles/oculus/touch_controller"
    body.senses.changed()
    assert body.left().buttons == frozenset()


def test_a_palm_that_is_held_up_goes_on_while_it_trembles_and_not_after_it_was_lost() -> None:
    body = Body()
    trembling = Tracked(hand("left", (0.45,) * 4, at=(0.0, 0.35, 1.1), turn=(0.0, 0.0, 0.5**0.5, 0.5**0.5)), bare=True)
    for profile in ("", HANDS):
        body.profile, body.tracked = profile, trembling
        body.senses.changed()
        assert not body.left().buttons
        body.tracked = Tracked(SHOWN, bare=True)
        assert body.left().buttons
        body.tracked = trembling
        assert body.left().buttons
        body.tracked = None
        assert not body.left().buttons
        body.tracked = trembling
        assert not body.left().buttons


def test_what_is_in_the_hands_is_asked_once_and_when_it_changes() -> None:
    body = Body()
    for _ in range(3):
        body.senses.person(1)
    assert body.asked == 1
    body.senses.changed()
    body.senses.person(1)
    assert body.asked == 2
