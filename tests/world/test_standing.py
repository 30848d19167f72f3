"""Where a scenario puts the participant: before a thing, facing it, or into a room; never into something."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec.load import load_scene
from engine.world import World, build
from engine.world.barriers import Barriers
from engine.world.floor import RADIUS
from engine.world.standing import Standing, spot_before
from engine.world.vectors import Transform
from tests.world.sites import hall, site


def spot(world: World, name: str) -> Transform:
    found = spot_before(world, name)
    assert found is not None
    return found


def test_before_a_thing_at_arms_length_facing_it(tmp_path: Path) -> None:
    world = build(hall(tmp_path, "a: {use: desk, against: hall.north, at: 1 m}"))
    found = spot(world, "a")
    # The desk is 0.6 m deep: its front is at 1.4 m, and one stands 0.6 m before that.
    assert found.position == pytest.approx((1.0, 0.8, 0.0))
    assert found.direction((0.0, 1.0, 0.0)) == pytest.approx((0.0, 1.0, 0.0))


def test_a_thing_that_needs_free_floor_is_given_it(tmp_path: Path) -> None:
    world = build(hall(tmp_path, "a: {use: basin, against: hall.east}"))
    assert spot(world, "a").position == pytest.approx((3.0 - 0.4 - 0.7, 0.0, 0.0))


def test_where_something_stands_the_nearest_free_spot_is_taken(tmp_path: Path) -> None:
    world = build(hall(tmp_path, "a: {use: desk, against: hall.north}\nb: {use: block, in: hall, at: [0.1 m, 0.65 m]}"))
    x, y, _ = spot(world, "a").position
    assert (x, y) == pytest.approx((-0.7, 0.8), abs=0.05), "beside the block, whose west edge is at -0.4 m"
    ahead = spot(world, "a").direction((0.0, 1.0, 0.0))
    assert ahead[0] > 0.3, "and facing the desk from there"


def test_into_a_room_is_its_middle_or_the_free_spot_nearest_to_it(tmp_path: Path) -> None:
    world = build(hall(tmp_path, "a: {use: desk, against: hall.north}"))
    assert spot(world, "hall") == Transform()
    world = build(hall(tmp_path, "a: {use: block, in: hall, at: [0.2 m, 0 m]}"))
    assert spot(world, "hall").position == pytest.approx((-0.6, 0.0, 0.0))


def test_a_spot_in_a_pocket_is_not_taken(tmp_path: Path) -> None:
    things = """
    a: {use: desk, against: hall.east, at: 0 m}
    b: {use: block, in: hall, at: [1.5 m, 0 m], width: 0.2 m, depth: 4 m}
    """
    world = build(hall(tmp_path, things))
    assert spot(world, "a").position[0] <= 1.4 - RADIUS + 1e-6


TWO_ROOMS = """\
spec: 1
language: en
rooms:
  bay: {size: [5 m, 4 m, 2.7 m]}
  corridor: {size: [5 m, 2.4 m, 2.7 m], south_of: bay}
openings:
  door: {use: clinic_door, against: bay.south, open: 85 deg}
props:
  chair: {use: visitor_chair, against: bay.west}
  bell: {use: call_button, against: corridor.south, at: 1.5 m}
people: {participant: {in: bay, at: [0 m, 0.5 m]}}
scenario: {rules: {when: after 1 min, go: end}}
text:
  title: Two rooms
"""


@pytest.mark.parametrize(("start", "beyond", "same"), [("bay", "bell", "chair"), ("corridor", "chair", "bell")])
def test_a_closed_door_is_in_the_way_and_an_open_one_is_not_from_both_sides(
    tmp_path: Path, start: str, beyond: str, same: str
) -> None:
    (tmp_path / "two.yaml").write_text(TWO_ROOMS, encoding="utf-8")
    world = build(load_scene(tmp_path / "two.yaml"))
    standing, here = Standing(world), world.rooms[start].origin
    for opened, through in ((85.0, True), (0.0, False), (20.0, False), (100.0, True)):
        world.properties["door", "open"] = opened
        there = standing.before(beyond, start=here)
        assert (there is not None) == through
        assert standing.before(same, start=here) is not None
        far = world.rooms["corridor" if start == "bay" else "bay"].origin
        assert standing.leads(here, (far[0], far[1]), 0.0) == through
        # Whom the scenario brings there is brought all the same.
        assert standing.before(beyond) is not None


def test_nobody_is_put_into_the_leaf_of_an_open_door(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(TWO_ROOMS, encoding="utf-8")
    world = build(load_scene(tmp_path / "two.yaml"))
    found = Standing(world).before("door")
    assert found is not None
    assert Barriers(world).free((found.position[0], found.position[1]), 0.0)


def test_what_has_moved_is_where_it_is_now(tmp_path: Path) -> None:
    world = build(hall(tmp_path, "a: {use: desk, against: hall.north}\nb: {use: block, in: hall, at: [2 m, -1 m]}"))
    before = spot(world, "a")
    world.places["b"] = Transform((0.0, 0.7, 0.0))
    assert spot(world, "a") != before
    world.properties[("b", "present")] = False
    assert spot(world, "a") == before


def test_a_floor_without_a_free_spot_gives_none(tmp_path: Path) -> None:
    world = build(hall(tmp_path, "a: {use: desk, against: hall.north}", person="{in: hall, at: [0 m, -1 m], locomotion: still}"))
    world.bodies = {
        **world.bodies,
        "big": build(site(tmp_path, "props: {big: {use: block, width: 20 m, depth: 20 m}}", "big")).bodies["big"],
    }
    world.places["big"] = Transform()
    assert spot_before(world, "a") is None


def test_on_the_dock_one_stands_on_its_planks_and_not_on_water() -> None:
    world = build(load_scene("lakeside"))
    deck = world.bodies["dock"].rest_height
    found = spot(world, "lantern")
    assert found.position == pytest.approx((0.6, 1.8 + 0.075 + 0.6, deck), abs=0.05)
    world.places["lantern"] = Transform((0.0, 2.8, deck))
    x, y, z = spot(world, "lantern").position
    assert (z, abs(x) <= 1.0, abs(y) <= 3.0) == (deck, True, True)


def test_the_debriefing_board_is_stood_before_in_the_corridor() -> None:
    world = build(load_scene("breathless_bay"))
    found = spot(world, "board")
    assert world.room_of(found.position) == "corridor"
    assert found.direction((0.0, 1.0, 0.0))[1] < -0.99
