"""Boxes in the scene: how deep two go into each other, by hand and against a search over points."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.cards import Card, CardBox
from engine.world.rays import Box
from engine.world.solids import OrientedBox, depth, solids
from engine.world.vectors import Transform, Vec3, add, cosine, heading, length, scale, sine, unit

UNIT = Box((-0.5, -0.5, 0.0), (0.5, 0.5, 1.0))
numbers = st.floats(-1.5, 1.5)


def block(at: Vec3, bearing: float = 0.0) -> OrientedBox:
    return OrientedBox(Transform(at, heading(bearing)), UNIT)


@pytest.mark.parametrize(
    ("at", "bearing", "into"),
    [
        ((0.8, 0.0, 0.0), 0.0, 0.2),
        ((0.8, 0.0, 0.9), 0.0, 0.1),
        ((1.0, 0.0, 0.0), 0.0, 0.0),
        ((0.0, 0.0, 1.0), 0.0, 0.0),
        ((1.1, 0.0, 0.0), 45.0, 0.5 + 2**0.5 / 2 - 1.1),
        ((1.3, 0.0, 0.0), 45.0, 0.0),
        # Corner to corner, the sides of each still apart along the other's diagonal.
        ((1.0, 1.0, 0.0), 45.0, 0.0),
    ],
)
def test_two_blocks_go_so_far_into_each_other(at: Vec3, bearing: float, into: float) -> None:
    assert depth(block((0.0, 0.0, 0.0)), block(at, bearing)) == pytest.approx(into, abs=1e-6)


@given(st.tuples(numbers, numbers, numbers), st.floats(0, 360), st.floats(0, 360))
def test_depth_is_the_same_both_ways_and_moving_by_it_parts_the_boxes(at: Vec3, one: float, two: float) -> None:
    a, b = block((0.0, 0.0, 0.0), one), block(at, two)
    into = depth(a, b)
    assert depth(b, a) == pytest.approx(into, abs=1e-6)
    away = add(at, scale(unit(at), 4.0)) if length(at) > 1e-3 else (4.0, 0.0, 0.0)
    assert depth(a, block(away, two)) == 0.0
    directions = [axis for box in (a, b) for axis in box.axes]
    parted = [depth(a, block(add(at, scale(axis, sign * (into + 1e-6))), two)) for axis in directions for sign in (1, -1)]
    assert into == 0.0 or min(parted) == 0.0


def test_boxes_of_a_card_stretch_with_the_thing() -> None:
    card = Card(name="c", kind="prop", size=(1.0, 1.0, 1.0), boxes={"top": CardBox(at=(0.2, 0.0, 0.9), size=(0.5, 1.0, 0.1))})
    (top,) = solids(card, (2.0, 1.0, 1.0))
    assert top.name == "top"
    assert (*top.box.low, *top.box.high) == pytest.approx((-0.1, -0.5, 0.9, 0.9, 0.5, 1.0))


def test_a_card_without_boxes_is_one_box_of_its_size_and_without_a_size_none() -> None:
    card = Card(name="c", kind="prop", size=(2.0, 1.0, 0.5))
    assert [one.box for one in solids(card, card.size)] == [Box((-1.0, -0.5, 0.0), (1.0, 0.5, 0.5))]
    assert solids(card, (0.0, 0.0, 0.0)) == ()


def test_two_crossed_beams_on_their_edges_touch_only_where_their_edges_do() -> None:
    half = sqrt(0.5)
    one = OrientedBox(Transform(turn=(cosine(1 / 16), sine(1 / 16), 0.0, 0.0)), Box((-2.0, -0.5, -0.5), (2.0, 0.5, 0.5)))
    for above, into in ((2 * half - 0.1, 0.1), (2 * half + 0.1, 0.0)):
        turn = (cosine(1 / 16), 0.0, sine(1 / 16), 0.0)
        two = OrientedBox(Transform((0.0, 0.0, above), turn), Box((-0.5, -2.0, -0.5), (0.5, 2.0, 0.5)))
        assert depth(one, two) == pytest.approx(into, abs=1e-5)
