"""The 26 joints of a simulated hand: where they are, how they are turned, and how they bend."""

from __future__ import annotations

from math import dist

import numpy as np
import pytest

from headset.inputs import HAND_JOINTS, Joints, Side
from headset.simulator.body import rotated
from headset.simulator.fingers import BONES, Curl, Shape, hand_joints, local_joints

PALM, WRIST, THUMB_TIP, INDEX_KNUCKLE, INDEX_TIP, MIDDLE_TIP, LITTLE_TIP = 0, 1, 5, 7, 10, 15, 25
HERE, LEVEL = (0.2, 0.3, 1.1), (1.0, 0.0, 0.0, 0.0)


def hand(shape: Shape, side: Side = "right") -> Joints:
    curl = Curl()
    for _ in range(100):
        curl.step(shape, 0.02)
    joints = hand_joints(side, HERE, LEVEL, curl)
    assert joints is not None
    return joints


def apart(joints: Joints, one: int, other: int) -> float:
    return dist(joints[one].metres, joints[other].metres)


@pytest.mark.parametrize("shape", ["open", "point", "pinch", "fist"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_there_are_as_many_joints_as_openxr_has_and_bones_keep_their_length(shape: Shape, side: Side) -> None:
    joints = hand(shape, side)
    assert len(joints) == HAND_JOINTS
    for finger, lengths in enumerate(BONES):
        knuckle = 7 + 5 * finger
        found = [apart(joints, knuckle + bone, knuckle + bone + 1) for bone in range(3)]
        assert found == pytest.approx(lengths, abs=3e-4)


def test_an_open_hand_is_as_long_as_an_adults() -> None:
    joints = hand("open")
    assert 0.16 < apart(joints, WRIST, MIDDLE_TIP) < 0.205  # ISO 7250-1, 4.3.1: 5th to 95th centile


def test_a_pinch_brings_thumb_and_forefinger_together_and_nothing_else() -> None:
    pinch, opened = hand("pinch"), hand("open")
    assert apart(pinch, THUMB_TIP, INDEX_TIP) < 0.015
    assert apart(opened, THUMB_TIP, INDEX_TIP) > 0.05
    assert apart(pinch, THUMB_TIP, LITTLE_TIP) > 0.04


def test_a_fist_is_closed_and_a_pointing_hand_has_one_finger_out() -> None:
    fist, point = hand("fist"), hand("point")
    assert apart(fist, PALM, MIDDLE_TIP) < 0.06
    assert apart(fist, WRIST, INDEX_TIP) < 0.11
    assert apart(point, WRIST, INDEX_TIP) > 0.16
    assert apart(point, PALM, MIDDLE_TIP) < 0.06


def test_joints_look_along_their_bones_and_out_of_the_back_of_the_hand() -> None:
    for side, out in (("right", 1.0), ("left", -1.0)):
        joints = hand("open", "left" if side == "left" else "right")
        knuckle = joints[INDEX_KNUCKLE]
        bone = np.subtract(joints[INDEX_KNUCKLE + 1].metres, knuckle.metres)
        assert rotated(knuckle.quaternion, (0.0, 1.0, 0.0)) == pytest.approx(bone / np.linalg.norm(bone), abs=0.01)
        assert rotated(joints[PALM].quaternion, (0.0, 0.0, 1.0)) == pytest.approx((out, 0.0, 0.0), abs=1e-3)


def test_the_left_hand_is_the_mirror_image() -> None:
    for left, right in zip(hand("point", "left"), hand("point", "right"), strict=True):
        x, y, z = right.metres
        assert left.metres == pytest.approx((2 * HERE[0] - x, y, z), abs=2e-4)


def test_axes_are_right_handed_and_square() -> None:
    _, axes = local_joints(Curl())
    assert np.linalg.det(axes) == pytest.approx(np.ones(HAND_JOINTS))
    assert axes.transpose(0, 2, 1) @ axes == pytest.approx(np.tile(np.eye(3), (HAND_JOINTS, 1, 1)), abs=1e-12)


def test_fingers_take_a_moment() -> None:
    curl = Curl()
    before = local_joints(curl)[0][MIDDLE_TIP]
    curl.step("fist", 0.02)
    part = local_joints(curl)[0][MIDDLE_TIP]
    for _ in range(50):
        curl.step("fist", 0.02)
    whole = np.linalg.norm(local_joints(curl)[0][MIDDLE_TIP] - before)
    assert 0.05 < np.linalg.norm(part - before) / whole < 0.6


def test_a_hand_that_is_nowhere_has_no_joints() -> None:
    assert hand_joints("right", (float("nan"), 0.0, 0.0), LEVEL, Curl()) is None
