"""Angles about an axis: right, whole turns counted, and nothing where a pose tells nothing."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.interaction.angles import angle, around, shortest, twist, unwound
from engine.world.joints import turn_about
from engine.world.vectors import compose

numbers = st.floats(-50, 50)


@given(numbers, numbers)
@example(-0.0, -1.0)
def test_an_angle_is_right_to_a_millionth_of_a_degree(y: float, x: float) -> None:
    if max(abs(x), abs(y)) > 1e-6:
        # Half a turn is half a turn, whichever way round: where y is -0.0, atan2 says -180.
        assert abs(shortest(angle(y, x) - math.degrees(math.atan2(y, x)))) < 1e-6


@given(st.floats(-179, 179), st.floats(-80, 80))
def test_a_twist_is_told_from_the_swing_that_comes_with_it(turned: float, swung: float) -> None:
    both = compose(turn_about((1.0, 0.0, 0.0), swung), turn_about((0.0, 1.0, 0.0), turned))
    assert twist(both, (0.0, 1.0, 0.0)) == pytest.approx(turned, abs=1e-4)


def test_a_half_turn_about_another_axis_has_no_twist_to_tell() -> None:
    assert twist(turn_about((1.0, 0.0, 0.0), 180.0), (0.0, 1.0, 0.0)) is None


def test_an_arm_at_the_axis_has_no_angle() -> None:
    assert around((0.0, 0.0, 1.0), (0.3, 0.0, 0.0), (0.001, 0.0, 4.0)) is None
    assert around((0.0, 0.0, 1.0), (0.3, 0.0, 0.0), (0.0, 0.2, 4.0)) == pytest.approx(90.0)


@given(st.floats(-1000, 1000), st.floats(-1000, 1000))
def test_a_turn_goes_on_from_where_it_was_never_more_than_half_round(degrees: float, near: float) -> None:
    found = unwound(degrees, near)
    assert abs(found - near) <= 180.0 + 1e-9
    assert abs(shortest(found - degrees)) < 1e-6
