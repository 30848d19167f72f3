"""From a scene to its world: the lake, what rays meet, what is said when something stands where it cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.session import Session
from engine.spec.diagnostics import SceneError
from engine.spec.load import load_scene
from engine.world import build, misplaced
from engine.world.building import LYING_EYE_HEIGHT, SEATED_EYE_HEIGHT, STANDING_EYE_HEIGHT
from engine.world.vectors import Vec3, length, unit
from tests.making import scene
from tests.world.sites import AWAY, ROOM, site

STAY = """
start: stay
states:
  stay: {rules: {when: after 60 s, go: end}}
"""


def test_lakeside_stands_as_its_author_meant() -> None:
    world = build(load_scene("lakeside"))
    deck = world.bodies["dock"].rest_height
    assert world.places["dock"].position == (0.0, 0.0, 0.0)
    assert world.places["seat"].position == pytest.approx((0.0, -2.2, deck))
    seat = world.bodies["seat"].rest_height
    assert world.places["stone"].position == pytest.approx((0.4, -2.2, deck + seat))
    assert world.places["orb"].position == pytest.approx((0.0, 4.0, deck + 1.3))
    assert world.places["lantern"].position == pytest.approx((0.6, 1.8, deck))
    assert world.origin.position == pytest.approx((0.0, -2.2, deck)), "the real floor is the deck under the bench"
    assert world.eye_height == SEATED_EYE_HEIGHT


def test_a_size_follows_its_parameter(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    assert build(spec).bodies["dock"].size[1] == 6.0


def test_a_thing_that_would_hang_over_the_edge_is_refused_with_the_room_there_is(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    path = tmp_path / "made.yaml"
    path.write_text(path.read_text().replace("at: [0.4 m, 0 m]", "at: [1.4 m, 0 m]"))
    with pytest.raises(
        SceneError, match=r"made.yaml:7:\d+: error\[E0602\]: stone would hang beside seat, which is 1.5 m by 0.52 m\n"
    ):
        build(load_scene(path))
    assert spec.digest
    (only,) = misplaced(load_scene(path))
    assert only.remedy == "the nearest free place is `at: [0.75 m, 0 m]`"
    assert only.source == "  stone: {use: smooth_stone, rests_on: seat, at: [1.4 m, 0 m]}"
    assert only.source[only.span.column - 1 : only.span.end_column - 1] == "rests_on"


def test_a_ray_meets_the_nearest_thing(tmp_path: Path) -> None:
    world = build(scene(tmp_path, STAY))
    x, y, z = world.places["stone"].position
    assert world.touch((x, y, z + 1.0), (0.0, 0.0, -1.0), 5.0)[0] == "stone"
    assert world.touch((x, y, z + 1.0), (0.0, 0.0, 1.0), 5.0) == ("", 5.0)


def test_what_is_not_present_is_not_met(tmp_path: Path) -> None:
    world = build(scene(tmp_path, STAY))
    x, y, z = world.places["stone"].position
    world.properties[("stone", "present")] = False
    assert world.touch((x, y, z + 1.0), (0.0, 0.0, -1.0), 5.0)[0] == "seat"


def test_a_snapshot_shares_nothing_with_the_world(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STAY))
    kept = session.world.snapshot()
    session.world.properties[("orb", "scale")] = 1.7
    session.world.restore(kept)
    assert session.world.value(("orb", "scale")) == 0.5


def test_the_scenes_of_the_engine_stand_as_they_are_written() -> None:
    for name in ("lakeside", "breathless_bay", "welcome"):
        assert misplaced(load_scene(name)) == ()


def test_the_clinic_stands_as_its_author_meant() -> None:
    world = build(load_scene("breathless_bay"))
    bay, corridor = world.rooms["bay"], world.rooms["corridor"]
    assert bay.origin == (0.0, 0.0, 0.0)
    assert corridor.origin == pytest.approx((0.0, -1.8 - 0.12 - 1.1, 0.0))
    assert (bay.joined, corridor.joined) == (("corridor",), ("bay",))
    bed = world.places["bed"]
    assert bed.position[1] + world.bodies["bed"].size[1] / 2 == pytest.approx(1.8), "the head end is at the north wall"
    assert bed.direction((0.0, 1.0, 0.0)) == pytest.approx((0.0, -1.0, 0.0)), "and its front, the foot end, looks into the room"
    assert world.places["monitor"].position[0] < bed.position[0], "the patient's right is west of a bed that looks south"
    assert world.places["patient"].turn == pytest.approx(bed.turn)
    assert world.room_of(world.places["participant"].position) == "corridor"
    assert world.eye_height == STANDING_EYE_HEIGHT


def test_eyes_are_where_the_posture_puts_them(tmp_path: Path) -> None:
    heights = {"{in: bed.stool}": SEATED_EYE_HEIGHT, "{in: bed.cot}": LYING_EYE_HEIGHT, "{at: [3 m, 0 m]}": STANDING_EYE_HEIGHT}
    for place, height in heights.items():
        world = build(site(tmp_path, f"props:\n  bed: {{use: desk}}\npeople:\n  participant: {place}"))
        assert world.eye_height == height


def test_a_ray_goes_through_where_the_card_draws_no_box(tmp_path: Path) -> None:
    world = build(site(tmp_path, "props:\n  table: {use: table}"))
    assert world.touch((-2.0, 0.3, 0.4), (1.0, 0.0, 0.0), 5.0) == ("", 5.0)
    name, far = world.touch((-2.0, 0.0, 0.4), (1.0, 0.0, 0.0), 5.0)
    assert (name, round(far, 6)) == ("table", 1.95)
    name, far = world.touch((0.3, 0.3, 2.0), (0.0, 0.0, -1.0), 5.0)
    assert (name, round(far, 6)) == ("table", 1.2)


def test_things_come_to_rest_on_boxes_and_on_cushions(tmp_path: Path) -> None:
    world = build(site(tmp_path, "props:\n  table: {use: table}\n  desk: {use: desk, at: [3 m, 0 m]}"))
    assert world.support("", (0.4, 0.4, 1.0)) == pytest.approx(0.8)
    assert world.support("", (0.4, 0.4, 0.5)) is None, "below the top there is nothing but the foot"
    assert world.support("", (3.0, 0.0, 1.0)) == pytest.approx(0.75), "a rest height a little below the box is where things lie"


def test_every_copy_of_a_grid_is_solid(tmp_path: Path) -> None:
    world = build(site(tmp_path, f"{ROOM}\nlights:\n  rows: {{use: panel, against: hall.ceiling, grid: [3, 1]}}\n{AWAY}"))
    hits = [world.touch((x, 0.0, 1.0), (0.0, 0.0, 1.0), 5.0) for x in (-2.0, 0.0, 2.0)]
    assert hits == [("", 5.0)] * 3, "lights are not solid"
    assert [box.middle[0] for box in world.boxes("rows")] == pytest.approx([-2.0, 0.0, 2.0])


def test_a_sound_has_a_place_only_if_its_author_gave_it_one(tmp_path: Path) -> None:
    world = build(site(tmp_path, f"{ROOM}\nsounds:\n  near: {{use: hum, in: hall, at: [1 m, 1 m]}}\n  far: {{use: hum}}\n{AWAY}"))
    assert world.places["near"].position == (1.0, 1.0, 0.0)
    assert "far" not in world.places
    assert "near" not in world.bodies


@pytest.mark.parametrize(
    "text",
    [
        "rooms:\n  hall: {size: [1000000000 m, 4 m, 3 m]}",
        "rooms:\n  hall: {size: [0 m, 4 m, 3 m]}",
        f"{ROOM}\nlights:\n  rows: {{use: panel, against: hall.ceiling, grid: [100000, 100000]}}",
    ],
)
def test_what_no_machine_could_build_is_refused_before(tmp_path: Path, text: str) -> None:
    with pytest.raises(SceneError):
        site(tmp_path, text)


def test_things_far_away_and_huge_are_no_trouble(tmp_path: Path) -> None:
    far, big = "far: {use: block, at: [90000000 m, 0 m]}", "big: {use: block, at: [900 m, 0 m], width: 100 m}"
    assert misplaced(site(tmp_path, f"{ROOM}\nprops:\n  {far}\n  {big}\n{AWAY}")) == ()


@given(st.tuples(*[st.floats(-4, 4)] * 3), st.tuples(*[st.floats(-1, 1)] * 3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_ray_meets_what_it_would_meet_if_every_box_were_asked(tmp_path: Path, start: Vec3, along: Vec3) -> None:
    if length(along) < 0.1:
        return
    shelf = "b: {use: shelf, at: [-2 m, 0 m, 1 m], facing: 30 deg}"
    world = build(site(tmp_path, f"props:\n  a: {{use: table, at: [1 m, 1 m]}}\n  {shelf}\n  c: {{use: block, at: [0 m, -2 m]}}"))
    found = world.touch(start, unit(along), 9.0)
    world.bodies = {name: replace(body, reach=1e9) for name, body in world.bodies.items()}
    assert found == world.touch(start, unit(along), 9.0)


def test_a_ray_meets_the_very_corner_of_a_thing(tmp_path: Path) -> None:
    world = build(site(tmp_path, "props:\n  a: {use: block}"))
    assert world.touch((0.499, -3.0, 0.999), (0.0, 1.0, 0.0), 5.0)[0] == "a"
    assert world.support("", (0.499, 0.499, 1.0)) == 1.0
