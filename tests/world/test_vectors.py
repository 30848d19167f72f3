"""Turns and transforms: right, and made of exact operations only."""

from __future__ import annotations

import ast
import inspect
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.world import vectors
from engine.world.vectors import Transform, cosine, distance, heading, heading_to, length, look_at, rotate, sine

numbers = st.floats(-100, 100)
points = st.tuples(numbers, numbers, numbers)


@given(st.floats(-3, 3))
def test_sine_and_cosine_are_right_to_a_ten_millionth(turns: float) -> None:
    assert sine(turns) == pytest.approx(math.sin(2 * math.pi * turns), abs=1e-7)
    assert cosine(turns) == pytest.approx(math.cos(2 * math.pi * turns), abs=1e-7)


@pytest.mark.parametrize(("bearing", "ahead"), [(0, (0, 1, 0)), (90, (1, 0, 0)), (180, (0, -1, 0)), (270, (-1, 0, 0))])
def test_bearings_run_clockwise_from_north(bearing: float, ahead: tuple[float, float, float]) -> None:
    assert rotate(heading(bearing), (0.0, 1.0, 0.0)) == pytest.approx(ahead, abs=1e-6)


@given(points, points)
def test_looking_at_a_point_puts_it_ahead_with_a_level_horizon(start: vectors.Vec3, target: vectors.Vec3) -> None:
    if distance(start, target) < 1e-3:
        return
    turn = look_at(start, target)
    ahead = rotate(turn, (0.0, 1.0, 0.0))
    away = vectors.unit(vectors.subtract(target, start))
    assert ahead == pytest.approx(away, abs=1e-5)
    assert rotate(turn, (1.0, 0.0, 0.0))[2] == pytest.approx(0.0, abs=1e-6)


@given(points, points)
def test_heading_to_stays_level(start: vectors.Vec3, target: vectors.Vec3) -> None:
    assert rotate(heading_to(start, target), (0.0, 1.0, 0.0))[2] == pytest.approx(0.0, abs=1e-9)


@given(points, st.floats(-360, 360), points)
def test_there_and_back_is_where_it_was(place: vectors.Vec3, bearing: float, point: vectors.Vec3) -> None:
    there = Transform(place, heading(bearing))
    assert there.local(there.point(point)) == pytest.approx(point, abs=1e-6)
    nothing = there.inverse() @ there
    assert length(nothing.position) < 1e-6


def test_nothing_but_square_roots_is_taken_from_the_maths_library() -> None:
    tree = ast.parse(inspect.getsource(vectors))
    maths = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "math"]
    assert [name.name for node in maths for name in node.names] == ["sqrt"]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
