"""Hands without controllers: what their joints say, for hands of any size, side and direction."""

from __future__ import annotations

from math import acos, cos, degrees, radians, sin

import pytest

from headset.inputs import SIDES, Hand, Joints, Pose, Side
from headset.openxr.gestures import gesture_of, hand_of, palm_shown, shape_of
from tests.headset.openxr.skeleton import Turn, Vec, hand, rotate

FIST = (1.0, 1.0, 1.0, 1.0)
POINT = (0.0, 1.0, 1.0, 1.0)
BENT = (0.45, 0.1, 0.1, 0.1)
ON_INDEX: Vec = (0.03, 0.114, -0.072)
"""Where the thumb's tip touches the tip of an index that is BENT."""
ON_FIST: Vec = (0.02, 0.07, -0.05)
LENGTHS = (0.13, 0.19, 0.21)
TURNS: list[Turn] = [(1.0, 0.0, 0.0, 0.0), (0.5, 0.5, -0.5, 0.5), (0.6, 0.0, 0.8, 0.0), (0.1, -0.7, 0.5, 0.5)]

UP: Turn = (cos(radians(45)), sin(radians(45)), 0.0, 0.0)
"""Turns +y up and the back of the hand to the one who holds it."""
SHOWN: Turn = (0.0, 0.0, sin(radians(45)), cos(radians(45)))
"""Fingers up, palm to -y, where the eyes are."""
EYES: Vec = (0.0, 0.0, 1.2)


def _times(a: Turn, b: Turn) -> Turn:
    return (
        a[0] * b[0] - a[1] * b[1] - a[2] * b[2] - a[3] * b[3],
        a[0] * b[1] + a[1] * b[0] + a[2] * b[3] - a[3] * b[2],
        a[0] * b[2] - a[1] * b[3] + a[2] * b[0] + a[3] * b[1],
        a[0] * b[3] + a[1] * b[2] - a[2] * b[1] + a[3] * b[0],
    )


def looking(place: Vec = EYES, turn: Turn = (1.0, 0.0, 0.0, 0.0)) -> Pose:
    pose = Pose.of(place, turn)
    assert pose is not None
    return pose


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("turn", TURNS)
def test_open_fist_pinch_and_point_are_told_apart_whatever_the_hand(side: Side, length: float, turn: Turn) -> None:
    def told(curls: tuple[float, ...] = (0.0,) * 4, thumb: Vec | None = None) -> str:
        return gesture_of(hand(side, curls, thumb, at=(0.3, -0.2, 1.1), turn=turn, length=length))

    assert told() == "open"
    assert told(FIST, ON_FIST) == "fist"
    assert told(POINT, ON_FIST) == "point"
    assert told(BENT, ON_INDEX) == "pinch"
    assert told((0.5,) * 4) == "resting"
    assert told((0.5, 0.9, 0.9, 0.9)) == "resting"


def test_a_hand_that_is_not_seen_is_lost() -> None:
    assert gesture_of(None) == "lost"


def test_a_pinch_grows_evenly_as_the_tips_come_together() -> None:
    index = (0.026, 0.119, -0.063)
    found = [
        shape_of(hand("right", BENT, (index[0] + gap, index[1], index[2]))).pinch for gap in (0.07, 0.05, 0.035, 0.025, 0.015)
    ]
    assert found[0] == 0.0
    assert found == sorted(found)
    assert found[-1] > 0.95
    assert 0.2 < found[2] < 0.8


def test_a_fist_pulls_no_trigger_though_its_tips_meet_and_a_pinch_squeezes_nothing() -> None:
    fist = hand_of("right", hand("right", FIST, (0.026, 0.05, -0.02)), None)
    assert fist.squeeze == 100
    assert fist.trigger < 10
    pinch = hand_of("right", hand("right", BENT, ON_INDEX), None)
    assert pinch.trigger > 90
    assert pinch.squeeze < 10


@pytest.mark.parametrize("side", SIDES)
def test_the_grip_is_that_of_a_rod_in_the_fist(side: Side) -> None:
    """OpenXR 1.1, section 6.3.2: ahead from the little finger to the thumb, x out of the left palm and into the right one."""
    found = hand_of(side, hand(side), None).grip
    assert found is not None
    thumb = 1.0 if side == "left" else -1.0
    assert close(rotate(found.quaternion, (0.0, 1.0, 0.0)), (thumb, 0.0, 0.0))
    assert close(rotate(found.quaternion, (1.0, 0.0, 0.0)), (0.0, 0.0, -1.0 if side == "left" else 1.0))
    assert close(rotate(found.quaternion, (0.0, 0.0, 1.0)), (0.0, -1.0, 0.0))


def test_a_finger_that_points_is_what_the_hand_aims_along() -> None:
    joints = hand("right", POINT, ON_FIST, at=(0.1, 0.2, 1.0))
    aim = hand_of("right", joints, None).aim
    assert aim is not None
    along = rotate(aim.quaternion, (0.0, 1.0, 0.0))
    tip = tuple(a - b for a, b in zip(joints[10].metres, aim.metres, strict=True))
    length = sum(part * part for part in tip) ** 0.5
    assert degrees(acos(sum(a * b / length for a, b in zip(along, tip, strict=True)))) < 1.0
    assert rotate(aim.quaternion, (0.0, 0.0, 1.0))[2] > 0.9


def test_the_ray_stays_while_one_pinches() -> None:
    before, during = (hand_of("right", hand("right", BENT, thumb), None).aim for thumb in ((0.08, 0.1, -0.05), ON_INDEX))
    assert before == during


@pytest.mark.parametrize("side", SIDES)
def test_an_open_palm_held_up_to_the_eyes_is_the_menu_button(side: Side) -> None:
    held = hand(side, at=(0.0, 0.35, 1.1), turn=SHOWN)
    assert hand_of(side, held, looking()).buttons == frozenset({"menu"})


@pytest.mark.parametrize(
    ("why", "joints", "head"),
    [
        ("a fist", hand("right", FIST, at=(0.0, 0.35, 1.1), turn=SHOWN), looking()),
        ("a pinch", hand("right", BENT, ON_INDEX, at=(0.0, 0.35, 1.1), turn=SHOWN), looking()),
        ("its back", hand("right", at=(0.0, 0.35, 1.1), turn=UP), looking()),
        ("sideways", hand("right", at=(0.0, 0.35, 1.1), turn=(-0.5, 0.5, 0.5, 0.5)), looking()),
        ("flat", hand("right", at=(0.0, 0.35, 1.1)), looking()),
        ("too far", hand("right", at=(0.0, 0.9, 1.1), turn=SHOWN), looking()),
        ("aside", hand("right", at=(0.35, 0.2, 1.1), turn=SHOWN), looking()),
        ("not looked at", hand("right", at=(0.0, 0.35, 1.1), turn=SHOWN), looking(EYES, (0.5**0.5, 0.0, 0.0, 0.5**0.5))),
        ("nobody", hand("right", at=(0.0, 0.35, 1.1), turn=SHOWN), None),
    ],
)
def test_nothing_else_is_taken_for_it(why: str, joints: Joints, head: Pose | None) -> None:
    assert hand_of("right", joints, head).buttons == frozenset(), why


@pytest.mark.parametrize(
    ("why", "joints"),
    [
        ("turned by 36°", hand("right", at=(0.0, 0.35, 1.1), turn=_times((cos(radians(18)), 0.0, 0.0, sin(radians(18))), SHOWN))),
        (
            "leaning by 55°",
            hand("right", at=(0.0, 0.35, 1.15), turn=_times((cos(radians(27)), 0.0, sin(radians(27)), 0.0), SHOWN)),
        ),
        ("a little bent", hand("right", (0.5, 0.4, 0.4, 0.4), at=(0.0, 0.35, 1.1), turn=SHOWN)),
    ],
)
def test_a_palm_that_is_held_up_may_tremble(why: str, joints: Joints) -> None:
    assert not hand_of("right", joints, looking()).buttons, why
    assert hand_of("right", joints, looking(), still=True).buttons, why


def test_someone_who_lies_shows_their_palm_as_someone_who_sits() -> None:
    """Fingers go towards the top of the head, wherever that is."""
    back: Turn = (cos(radians(45)), sin(radians(45)), 0.0, 0.0)  # looks at the ceiling
    place = rotate(back, (0.0, 0.35, -0.1))
    turn = _times(back, SHOWN)
    joints = hand("left", at=(place[0], place[1], place[2] + 0.8), turn=turn)
    assert palm_shown("left", Hand(), looking((0.0, 0.0, 0.8), back), joints)
    assert not palm_shown("left", Hand(), looking((0.0, 0.0, 0.8)), joints)


@pytest.mark.parametrize("side", SIDES)
def test_without_joints_the_grip_of_an_open_hand_tells(side: Side) -> None:
    """Its grip is the one that the same hand's joints give."""
    held = hand_of(side, hand(side, at=(0.0, 0.35, 1.1), turn=SHOWN), None)
    assert palm_shown(side, Hand(grip=held.grip), looking(), None)
    assert not palm_shown(side, Hand(grip=held.grip, trigger=80), looking(), None)
    assert not palm_shown(side, Hand(grip=held.grip, squeeze=80), looking(), None)
    assert not palm_shown(side, Hand(), looking(), None)
    behind = hand_of(side, hand(side, at=(0.0, 0.35, 1.1), turn=UP), None)
    assert not palm_shown(side, Hand(grip=behind.grip), looking(), None)


def test_joints_that_all_lie_in_one_point_are_no_error() -> None:
    nowhere = Joints.of([Pose()] * 26)
    assert gesture_of(nowhere) == "open"
    assert hand_of("left", nowhere, looking()).buttons == frozenset()


def close(one: Vec, other: Vec) -> bool:
    return all(abs(a - b) < 1e-3 for a, b in zip(one, other, strict=True))
