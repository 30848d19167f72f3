"""Sets of moments."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from engine.authoring.prove.times import EVER, NEVER, Times, since

stretches = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)), max_size=5)


def made(pairs: list[tuple[int, int]]) -> Times:
    found = NEVER
    for low, length in pairs:
        found |= Times(((float(low), float(low + length)),))
    return found


@given(stretches, stretches, st.integers(0, 140))
def test_and_or_but_are_those_of_sets(one: list[tuple[int, int]], two: list[tuple[int, int]], half: int) -> None:
    moment = half / 2 + 0.25  # never on a boundary, where closed sets overlap
    a, b = made(one), made(two)
    assert (moment in (a & b)) == (moment in a and moment in b)
    assert (moment in (a | b)) == (moment in a or moment in b)
    assert (moment in a.but()) == (moment not in a)


def test_what_is_joined_stays_apart_and_in_order() -> None:
    found = Times(((5.0, 6.0),)) | Times(((0.0, 1.0),)) | Times(((1.0, 2.0),))
    assert found.stretches == ((0.0, 2.0), (5.0, 6.0))
    assert found.first == 0.0
    assert NEVER.first == inf


def test_held_takes_time_off_the_front_of_each_stretch() -> None:
    found = Times(((1.0, 2.0), (4.0, 9.0)))
    assert found.held(3.0).stretches == ((7.0, 9.0),)


def test_held_may_have_begun_before_the_start() -> None:
    assert EVER.held(3.0).first == 3.0
    assert EVER.held(3.0, credit=2.0).first == 1.0
    assert since(1.0).held(3.0, credit=2.0).first == 4.0


def test_nothing_and_everything_are_each_others_rest() -> None:
    assert EVER.but() == NEVER
    assert NEVER.but() == EVER
    assert since(inf) == NEVER
    assert since(2.0).but().stretches == ((0.0, 2.0),)
