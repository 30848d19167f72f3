"""Poses: quantised where they are made, and never a NaN."""

from __future__ import annotations

from math import acos, degrees, inf, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset.inputs import HAND_JOINTS, Joints, Pose

metres = st.floats(-50, 50)
parts = st.floats(-1, 1)


@given(st.tuples(metres, metres, metres), st.tuples(parts, parts, parts, parts))
def test_a_pose_is_kept_to_a_tenth_of_a_millimetre_and_two_hundredths_of_a_degree(
    place: tuple[float, float, float], turn: tuple[float, float, float, float]
) -> None:
    length = sqrt(sum(part * part for part in turn))
    if length < 1e-3:
        return
    pose = Pose.of(place, turn)
    assert pose is not None
    assert all(abs(a - b) <= 0.5001e-4 for a, b in zip(place, pose.metres, strict=True))
    cosine = abs(sum(a * b / length for a, b in zip(turn, pose.quaternion, strict=True)))
    assert degrees(2 * acos(min(1.0, cosine))) <= 0.02


def test_a_pose_read_and_quantised_again_is_the_same() -> None:
    pose = Pose.of((1.23456, -0.5, 1.6), (0.3, -0.1, 0.7, 0.2))
    assert pose is not None
    assert Pose.of(pose.metres, pose.quaternion) == pose


@pytest.mark.parametrize(
    ("place", "turn"),
    [
        ((nan, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)),
        ((inf, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)),
        ((0.0, 0.0, 5000.0), (1.0, 0.0, 0.0, 0.0)),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)),
        ((0.0, 0.0, 0.0), (nan, 0.0, 0.0, 1.0)),
        ((0.0, 0.0, 0.0), (inf, 0.0, 0.0, 1.0)),
    ],
)
def test_what_a_lost_tracker_sends_is_no_pose(place: tuple[float, ...], turn: tuple[float, ...]) -> None:
    assert Pose.of(place, turn) is None


def test_joints_are_the_poses_of_which_they_were_made() -> None:
    poses = [Pose((joint, -joint, 2 * joint), (8000, joint, -joint, 3)) for joint in range(HAND_JOINTS)]
    joints = Joints.of(poses)
    assert len(joints) == HAND_JOINTS
    assert list(joints) == poses
    assert [joints[joint] for joint in range(HAND_JOINTS)] == poses
    assert joints[-1] == poses[-1]
    assert list(joints[7:11]) == poses[7:11]
    assert joints == Joints.of(poses)
    assert joints != Joints.of(poses[::-1])
    with pytest.raises(IndexError):
        joints[HAND_JOINTS]
