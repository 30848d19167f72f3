"""y-up becomes z-up, and it does so rightly for anything that can be turned."""

from __future__ import annotations

from math import atan, inf, nan, pi, sqrt
from typing import Any

import numpy as np
import pytest
import xr
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from headset.inputs import Pose
from headset.openxr.axes import orientation_of, place, pose_of, position_of, view_of

ANGLES = (-atan(1.1), atan(0.9), atan(0.8), -pi / 4)
"""Left, right, up, down."""

number = st.floats(-10.0, 10.0, allow_nan=False, width=32)
unit = st.tuples(*[st.floats(-1.0, 1.0)] * 4).filter(lambda q: sum(x * x for x in q) > 0.01)

QUARTER_TURN = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], float)
"""Our axes from OpenXR's: x is x, y is -z, z is y."""


def xr_pose(position: tuple[float, ...] = (0, 0, 0), orientation: tuple[float, ...] = (0, 0, 0, 1)) -> Any:
    return xr.Posef(xr.Quaternionf(*orientation), xr.Vector3f(*position))


def xr_view(position: tuple[float, ...], angles: tuple[float, ...], orientation: tuple[float, ...] = (0, 0, 0, 1)) -> Any:
    return xr.View(xr_pose(position, orientation), xr.Fovf(*angles))


def turned(quaternion: tuple[float, ...], vector: NDArray[np.float64]) -> NDArray[np.float64]:
    w, *v = quaternion
    axis = np.array(v)
    result: NDArray[np.float64] = vector + 2 * np.cross(axis, np.cross(axis, vector) + w * vector)
    return result


def test_ahead_is_y_up_is_z_right_is_x() -> None:
    assert position_of(xr_pose((1, 2, -3))) == (1, 3, 2)


def test_the_floor_is_added_to_heights_only() -> None:
    assert position_of(xr_pose((1, 0.125, -3)), floor=1.25) == (1, 3, 1.375)


def test_turning_left_about_the_vertical_stays_turning_left_about_the_vertical() -> None:
    half = sqrt(0.5)
    assert orientation_of(xr_pose(orientation=(0, half, 0, half))) == pytest.approx((half, 0, 0, half))


@given(unit, st.tuples(number, number, number))
def test_a_turned_thing_points_the_same_way_in_both_axes(
    quaternion: tuple[float, ...], vector: tuple[float, float, float]
) -> None:
    length = sqrt(sum(x * x for x in quaternion))
    i, j, k, w = (x / length for x in quaternion)
    there = turned((w, i, j, k), np.array(vector))
    here = turned(orientation_of(xr_pose(orientation=(i, j, k, w))), QUARTER_TURN @ np.array(vector))
    assert np.allclose(QUARTER_TURN @ there, here, atol=1e-4)


def test_poses_are_quantised_and_nonsense_is_none() -> None:
    assert pose_of(xr_pose((0.12344, 1, -2))) == Pose((1234, 20000, 10000))
    assert pose_of(xr_pose((float("nan"), 0, 0))) is None
    assert pose_of(xr_pose(orientation=(0, 0, 0, 0))) is None


def test_a_view_has_its_tangents_left_right_down_up() -> None:
    view = view_of(xr_view((0.03, 1.6, 0), ANGLES))
    assert view is not None
    assert view.position == pytest.approx((0.03, 0, 1.6))
    assert view.fov == pytest.approx((-1.1, 0.9, -1.0, 0.8))


@pytest.mark.parametrize(
    ("position", "angles", "orientation"),
    [
        ((0.0, 1.6, 0.0), (0.5, -0.5, 0.5, -0.5), (0, 0, 0, 1)),
        ((0.0, 1.6, 0.0), (-0.5, 0.5, -0.5, 0.5), (0, 0, 0, 1)),
        ((0.0, 1.6, 0.0), (-0.5, 0.5, nan, -0.5), (0, 0, 0, 1)),
        ((0.0, 1.6, 0.0), ANGLES, (0, 0, 0, 0)),
        ((0.0, 1.6, 0.0), ANGLES, (0, 0, nan, 1)),
        ((nan, 1.6, 0.0), ANGLES, (0, 0, 0, 1)),
        ((0.0, inf, 0.0), ANGLES, (0, 0, 0, 1)),
    ],
)
def test_what_nobody_can_see_with_is_no_view(
    position: tuple[float, ...], angles: tuple[float, ...], orientation: tuple[float, ...]
) -> None:
    assert view_of(xr_view(position, angles, orientation)) is None


def test_the_bytes_of_a_structure_are_as_good() -> None:
    view = xr_view((0.25, 1.5, -2.0), ANGLES)
    assert view_of(memoryview(view).cast("B"), 0.5) == view_of(view, 0.5) is not None
    assert pose_of(memoryview(view).cast("B")[xr.View.pose.offset :]) == pose_of(view.pose) == Pose((2500, 20000, 15000))


@given(st.tuples(number, number, number), unit, st.floats(-2.0, 2.0))
def test_what_is_placed_is_found_where_it_was_put(position: tuple[float, ...], turn: tuple[float, ...], floor: float) -> None:
    pose = xr_pose()
    x, y, z = position
    w, i, j, k = turn
    place(pose, (x, y, z), (w, i, j, k), floor)
    assert np.allclose(position_of(pose, floor), position, atol=1e-6)
    assert np.allclose(orientation_of(pose), turn, atol=1e-6)
