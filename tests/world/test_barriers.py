"""What stands in the way: boxes, walls and closed doors, and where one stands beside them."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.world import World, build
from engine.world.barriers import Barrier, Barriers
from engine.world.floor import RADIUS
from engine.world.joints import turn_about
from engine.world.rays import Box
from engine.world.solids import OrientedBox
from engine.world.vectors import Transform
from tests.interaction.ward import WARD, ward

BOX = Box((-0.5, -0.3, 0.0), (0.5, 0.3, 0.8))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return build(ward(tmp_path))


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-180, 180))
def test_who_is_pushed_off_a_box_stands_just_beside_it(x: float, y: float, degrees: float) -> None:
    barrier = Barrier.of("box", OrientedBox(Transform((0.3, -0.2, 0.0), turn_about((0.0, 0.0, 1.0), degrees)), BOX))

    def gap(east: float, north: float) -> float:
        u, v = barrier.local(east, north)
        out, aside = max(0.0, abs(u) - 0.5), max(0.0, abs(v) - 0.3)
        return sqrt(out * out + aside * aside)

    away = barrier.away(x, y, RADIUS)
    if away is None:
        assert gap(x, y) >= RADIUS - 1e-9
    else:
        assert gap(x, y) < RADIUS
        assert gap(x + away[0], y + away[1]) == pytest.approx(RADIUS, abs=1e-6)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-3, 3), st.floats(-3, 3), st.floats(-180, 180))
def test_a_way_over_a_box_is_known_where_it_begins_and_ends(
    x: float, y: float, east: float, north: float, degrees: float
) -> None:
    barrier = Barrier.of("box", OrientedBox(Transform((0.0, 0.0, 0.0), turn_about((0.0, 0.0, 1.0), degrees)), BOX))
    crossed = barrier.crossed((x, y), (east, north))
    for step in range(21):
        part = step / 20
        u, v = barrier.local(x + part * east, y + part * north)
        inside = abs(u) < 0.5 - 1e-9 and abs(v) < 0.3 - 1e-9
        if inside:
            assert crossed is not None
            assert crossed[0] - 1e-9 <= part <= crossed[1] + 1e-9
        elif crossed is not None and crossed[0] + 1e-6 < part < crossed[1] - 1e-6:
            assert abs(u) <= 0.5 + 1e-6
            assert abs(v) <= 0.3 + 1e-6


def test_one_stands_free_in_a_room_and_not_in_a_bed_a_wall_or_outside(world: World) -> None:
    barriers = Barriers(world)
    assert barriers.free((1.0, -0.8), 0.0)
    x, y, _ = world.places["bed"].position
    for spot in ((x, y), (2.9, 0.0), (9.0, 9.0)):
        assert not barriers.free(spot, 0.0), spot
        beside = barriers.beside(spot, 0.0)
        assert beside is None or barriers.free(beside, 0.0)


def test_what_can_be_picked_up_is_in_nobodys_way(world: World) -> None:
    barriers = Barriers(world)
    world.places["stone"] = Transform((1.0, -0.8, 0.0))
    assert barriers.free((1.0, -0.8), 0.0)


def test_a_thing_that_moves_or_goes_is_known_where_it_is(world: World) -> None:
    barriers = Barriers(world)
    assert barriers.free((1.0, -0.8), 0.0)
    world.places["chair"] = Transform((1.0, -0.8, 0.0))
    world.clock += 1
    assert not barriers.free((1.0, -0.8), 0.0)
    world.properties["chair", "present"] = False
    world.clock += 1
    assert barriers.free((1.0, -0.8), 0.0)


def test_the_answer_is_the_same_in_whatever_order_things_were_listed(world: World) -> None:
    one, two = Barriers(world), Barriers(world)
    one.free((0.0, 0.0), 0.0)
    bed = world.places["bed"]
    for place in (Transform((5.0, 5.0, 0.0)), bed):
        world.places["bed"] = place
        world.clock += 1
        one.free((0.0, 0.0), 0.0)
    x, y, _ = bed.position
    for spot in ((x + 0.4, y), (x, y - 0.9), (x - 0.5, y - 1.1)):
        assert one.beside(spot, 0.0) == two.beside(spot, 0.0)


DOOR = """
  corridor: {size: [6 m, 2 m, 2.7 m], south_of: bay}
openings:
  door: {use: clinic_door, against: bay.south, at: -1.5 m}
"""


def test_a_door_that_is_shut_bars_the_way_and_an_open_one_does_not(tmp_path: Path) -> None:
    text = WARD.replace("props:", DOOR.strip("\n") + "\nprops:", 1).replace("against: bay.south}", "against: bay.south, at: 1 m}")
    world = build(ward(tmp_path, text=text))
    barriers = Barriers(world)
    x, y, _ = world.places["door"].position
    assert barriers.free((x, y), 0.0)
    world.properties["door", "open"] = 0.0
    world.clock += 1
    assert not barriers.free((x, y), 0.0)
