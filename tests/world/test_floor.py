"""The floor as a lattice: what a round person is kept from, and what they can walk to."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.world.floor import STEP, Floor
from engine.world.rays import Box
from engine.world.solids import OrientedBox
from engine.world.vectors import Transform, Vec3, heading

FIELD = (-2.0, 2.0, -2.0, 2.0)


def field() -> Floor:
    floor = Floor()
    floor.open(*FIELD)
    return floor


def free(floor: Floor, column: int, row: int) -> bool:
    return any(first <= column <= last for first, last in floor.rows.get(row, ()))


@given(
    st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.just(0.0)),
    st.floats(0, 360),
    st.floats(0.05, 1.5),
    st.floats(0.05, 1.5),
    st.floats(0.1, 0.5),
)
@example((0.2, -0.1, 0.0), 0.0, 1.2, 0.4, 0.3)
@example((-0.3, 0.6, 0.0), 270.0, 0.5, 0.05, 0.5)
def test_a_point_is_taken_if_and_only_if_it_is_nearer_than_the_radius(
    at: Vec3, bearing: float, width: float, depth: float, radius: float
) -> None:
    place = Transform(at, heading(bearing))
    floor = field()
    floor.block(OrientedBox(place, Box((-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, 1.0))).corners, radius)
    for column in range(-40, 41, 3):
        for row in range(-40, 41, 3):
            x, y, _ = place.local((column * STEP, row * STEP, 0.0))
            beyond = (max(0.0, abs(x) - width / 2), max(0.0, abs(y) - depth / 2))
            far = sqrt(beyond[0] * beyond[0] + beyond[1] * beyond[1])
            if abs(far - radius) > 1e-4:
                assert free(floor, column, row) == (far > radius)


@given(st.tuples(st.floats(-3, 3), st.floats(-3, 3)))
def test_the_nearest_free_point_is_the_nearest_of_all(point: tuple[float, float]) -> None:
    floor = field()
    floor.block(((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)), 0.3)
    found = floor.nearest(point)
    assert found is not None
    all_points = [
        (column * STEP - point[0], row * STEP - point[1])
        for row, runs in floor.rows.items()
        for run in runs
        for column in range(run[0], run[1] + 1)
    ]
    assert found[0] == pytest.approx(min(sqrt(x * x + y * y) for x, y in all_points), abs=1e-9)


def test_one_walks_round_a_wall_and_not_through_it() -> None:
    floor = field()
    floor.block(((-2.0, -0.1), (1.0, -0.1), (1.0, 0.1), (-2.0, 0.1)), 0.2)
    walked = floor.reached((-1.0, -1.0))
    assert free(walked, -20, 20), "round its east end"
    floor.block(((-2.0, -0.1), (2.0, -0.1), (2.0, 0.1), (-2.0, 0.1)), 0.2)
    walked = floor.reached((-1.0, -1.0))
    assert not free(walked, -20, 20)
    assert free(walked, 39, -39)


def test_a_floor_with_nothing_free_has_no_nearest_point() -> None:
    floor = field()
    floor.block(((-3.0, -3.0), (3.0, -3.0), (3.0, 3.0), (-3.0, 3.0)), 0.3)
    assert floor.nearest((0.0, 0.0)) is None
    assert floor.reached((0.0, 0.0)).rows == {}
