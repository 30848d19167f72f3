"""How bodies move: in the time and along the curve that people's hands take, and the same on every machine."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rehearsal.motor import Draws, log2, minimum_jerk, reach_seconds, turned
from engine.world.joints import turn_about
from engine.world.vectors import rotate


@given(st.floats(1.0, 1e6))
def test_a_logarithm_is_right_to_a_billionth(x: float) -> None:
    assert log2(x) == pytest.approx(math.log2(x), abs=1e-9)


def test_far_and_small_takes_longer() -> None:
    near, far, small = reach_seconds(0.2, 0.05), reach_seconds(0.6, 0.05), reach_seconds(0.2, 0.01)
    assert near < far
    assert near < small
    assert 0.3 < near < 1.5


def test_a_movement_begins_and_ends_at_rest() -> None:
    assert (minimum_jerk(0.0), minimum_jerk(0.5), minimum_jerk(1.0)) == (0.0, 0.5, 1.0)
    assert minimum_jerk(0.01) < 1e-4
    assert 1.0 - minimum_jerk(0.99) < 1e-4


def test_a_hand_turns_the_short_way_round() -> None:
    end = turn_about((0.0, 0.0, 1.0), 80.0)
    flipped = (-end[0], -end[1], -end[2], -end[3])
    half = turned((1.0, 0.0, 0.0, 0.0), flipped, 0.5)
    x, y, _ = rotate(half, (1.0, 0.0, 0.0))
    assert math.degrees(math.atan2(y, x)) == pytest.approx(40.0, abs=0.01)


def test_draws_are_the_same_for_a_seed_and_stay_in_their_bounds() -> None:
    one, two, other = Draws((7, 3)), Draws((7, 3)), Draws((7, 4))
    ones = [one.bell(10.0, 2.0) for _ in range(2000)]
    assert ones == [two.bell(10.0, 2.0) for _ in range(2000)]
    assert ones != [other.bell(10.0, 2.0) for _ in range(2000)]
    assert all(3.0 <= value <= 17.0 for value in ones)
    middle = math.fsum(ones) / len(ones)
    spread = math.sqrt(math.fsum((value - middle) ** 2 for value in ones) / len(ones))
    assert middle == pytest.approx(10.0, abs=0.2)
    assert spread == pytest.approx(2.0, abs=0.15)


def test_the_first_draws_of_a_seed_never_change() -> None:
    """A recording made by a rehearsal is only found again if its chance is."""
    draws = Draws((0,))
    assert [draws.part() for _ in range(3)] == [0.3800078966332565, 0.16486371752648665, 0.383319396547832]
