"""What values can be, now and as time goes on."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.authoring.prove.times import EVER, NEVER
from engine.authoring.prove.tracks import Drifting, Gliding, Loose, Still
from engine.authoring.prove.values import Range, flat, is_within, join
from engine.scenario.motion import eased

numbers = st.floats(-100, 100, allow_nan=False)
ranges = st.tuples(numbers, numbers).map(lambda pair: Range(min(pair), max(pair)))
parts = st.floats(0, 1)


def inside(one: Range, part: float) -> float:
    return min(one.high, one.low + (one.high - one.low) * part)


def holds(one: Range, value: float) -> bool:
    return one.low - 1e-6 <= value <= one.high + 1e-6


@given(ranges, ranges, parts, parts)
def test_reckoning_with_ranges_leaves_nothing_out(one: Range, two: Range, first: float, second: float) -> None:
    x, y = inside(one, first), inside(two, second)
    assert holds(one + two, x + y)
    assert holds(one * two, x * y)
    assert holds(-one, -x)
    assert holds(one | two, x)
    if two.low > 0.1:
        assert holds(one.over(two), x / y)


def test_nothing_times_what_has_no_end_is_nothing() -> None:
    assert Range(0.0, 2.0) * Range(1.0, inf) == Range(0.0, inf)


def test_a_divisor_that_may_be_nothing_says_nothing() -> None:
    assert Range(1.0, 2.0).over(Range(-1.0, 1.0)) == Range(-inf, inf)


@given(ranges, ranges, st.floats(0, 50), parts, parts)
def test_a_drift_is_where_it_is_said_to_be(start: Range, rate: Range, moment: float, first: float, second: float) -> None:
    track = Drifting(start, rate, -50.0, 50.0, ("s",))
    real = min(50.0, max(-50.0, inside(start, first) + inside(rate, second) * moment))
    assert holds(track.curve().at(moment), real)


@given(ranges, ranges, st.tuples(st.floats(0.1, 20), st.floats(0, 20)), st.floats(0, 45), st.tuples(parts, parts, parts))
def test_a_change_over_time_is_where_it_is_said_to_be(
    start: Range, end: Range, time: tuple[float, float], moment: float, at: tuple[float, float, float]
) -> None:
    takes = Range(time[0], time[0] + time[1])
    track = Gliding(start, end, takes, "sine", ("s",))
    one, other, long = inside(start, at[0]), inside(end, at[1]), inside(takes, at[2])
    real = other if moment >= long else one + (other - one) * eased(moment / long, "sine")
    assert holds(track.curve().at(moment), real)


def test_crossing_a_limit_is_found_to_the_microsecond() -> None:
    spo2 = Drifting(Range(91.0, 91.0), Range(-0.8 / 60, -0.8 / 60), 0.0, 100.0, ("s",))
    may, must = spo2.curve().below(86.0, reached=False)
    assert may.first == must.first == pytest.approx(375.0, abs=1e-6)


def test_a_drift_that_stops_at_its_limit_never_passes_it() -> None:
    sun = Drifting(Range(10.0, 10.0), Range(-1.0, -1.0), -5.0, 90.0, ("s",))
    assert sun.curve().below(-5.0, reached=False) == (NEVER, NEVER)
    assert sun.curve().below(-5.0, reached=True)[1].first == pytest.approx(15.0, abs=1e-6)


def test_two_that_go_apart_are_taken_for_anything_between() -> None:
    up = Drifting(Range(0.0, 0.0), Range(1.0, 1.0), 0.0, 10.0, ("s",)).curve()
    down = Drifting(Range(10.0, 10.0), Range(-1.0, -1.0), 0.0, 10.0, ("s",)).curve()
    assert (up + down).at(3.0) == Range(0.0, 20.0)
    assert (up + up).at(3.0) == Range(6.0, 6.0)
    assert up.times(flat(Range(2.0, 2.0))).at(3.0) == Range(6.0, 6.0)
    assert flat(Range(1.0, 1.0)).below(2.0, reached=False) == (EVER, EVER)


def test_what_a_state_began_ends_with_it() -> None:
    track = Gliding(Range(0.0, 0.0), Range(1.0, 1.0), Range(10.0, 10.0), "linear", ("s",))
    assert track.after(5.0, 5.0, stays=False) == Still(Range(0.5, 0.5))
    assert track.after(5.0, 5.0, stays=True) == Loose(Range(0.5, 1.0), Range(1.0, 1.0), 5.0, ("s",))
    assert Loose(Range(0.0, 1.0), Range(1.0, 1.0), 5.0, ("s",)).after(6.0, 7.0, stays=True) == Still(Range(1.0, 1.0))


def test_words_are_joined_as_sets() -> None:
    assert join(frozenset(["a"]), frozenset(["b"])) == frozenset(["a", "b"])
    assert is_within(frozenset(["a"]), frozenset(["a", "b"]))
    assert is_within(Range(1.0, 2.0), Range(0.0, 2.0))
    with pytest.raises(TypeError):
        join(Range(0.0, 1.0), frozenset(["a"]))
