"""Walking and seeing: round what stands in the way, through doors, never through walls."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest

from engine.rehearsal.seeing import open_way
from engine.rehearsal.walking import Ways, free_floor
from engine.spec.load import load_scene
from engine.world import World, build
from engine.world.floor import Floor
from engine.world.joints import point_of
from engine.world.vectors import Vec3


@pytest.fixture(scope="module")
def clinic() -> World:
    return build(load_scene("breathless_bay"))


def test_one_walks_from_the_corridor_through_the_door_to_the_bed(clinic: World) -> None:
    ways = Ways(free_floor(clinic))
    start = (clinic.origin.position[0], clinic.origin.position[1])
    way = ways.way(start, (1.1, 0.9))
    assert way is not None
    assert way[0] == start
    assert dist(way[-1], (1.1, 0.9)) < 0.01
    door = clinic.places["entry"].position
    crossing = next((one, two) for one, two in pairwise(way) if one[1] <= door[1] <= two[1])
    part = (door[1] - crossing[0][1]) / (crossing[1][1] - crossing[0][1])
    assert abs(crossing[0][0] + (crossing[1][0] - crossing[0][0]) * part - door[0]) < clinic.bodies["entry"].size[0] / 2


def test_every_step_of_a_way_is_on_free_floor(clinic: World) -> None:
    floor = free_floor(clinic)
    way = Ways(floor).way((1.4, -0.9), (-1.2, -0.6))
    assert way is not None
    for one, two in pairwise(way):
        for index in range(21):
            point = (one[0] + (two[0] - one[0]) * index / 20, one[1] + (two[1] - one[1]) * index / 20)
            nearest = floor.nearest(point)
            assert nearest is not None
            assert nearest[0] < 0.11


def test_there_is_no_way_to_where_nobody_can_stand() -> None:
    floor = Floor()
    floor.open(0.0, 2.0, 0.0, 2.0)
    floor.open(4.0, 6.0, 0.0, 2.0)
    assert Ways(floor).way((1.0, 1.0), (5.0, 1.0)) is None
    assert Ways(Floor()).way((1.0, 1.0), (5.0, 1.0)) is None


def test_a_straight_way_has_no_corners() -> None:
    floor = Floor()
    floor.open(0.0, 4.0, 0.0, 4.0)
    assert Ways(floor).way((0.2, 0.2), (3.8, 3.0)) == [(0.2, 0.2), (3.8, 3.0)]


@pytest.mark.parametrize(
    ("start", "end", "seen"),
    [
        ((1.0, 0.0, 1.6), (-1.0, -1.0, 1.2), True),
        ((0.8, -3.0, 1.6), (0.8, 1.0, 1.2), True),
        ((-3.0, -3.0, 1.6), (-1.8, 1.5, 1.2), False),
        ((0.8, -3.0, 2.4), (0.8, 1.0, 2.4), False),
    ],
    ids=["in the room", "through the door", "through the wall", "over the door"],
)
def test_one_sees_through_doors_and_not_through_walls(clinic: World, start: Vec3, end: Vec3, seen: bool) -> None:
    assert open_way(clinic, start, end) == seen


def test_one_does_not_see_through_a_bed(clinic: World) -> None:
    below = clinic.places["bed"].point((0.0, 0.3, 0.05))
    assert not open_way(clinic, (-1.5, 0.5, 0.8), (1.5, below[1], 0.1))
    assert open_way(clinic, (-1.5, 0.5, 1.6), (1.5, below[1], 1.6))


def test_the_bell_is_seen_from_before_it_and_not_from_the_corridor(clinic: World) -> None:
    control = clinic.bodies["bell"].card.controls["button"]
    bell = point_of(clinic, "bell", (control.at[0], control.at[1] + 0.02, control.at[2]))
    assert open_way(clinic, (1.0, 0.3, 1.6), bell, "bell")
    assert not open_way(clinic, (-3.5, -3.0, 1.6), bell, "bell")
