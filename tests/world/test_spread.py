"""Cells of space change how long a look takes, and nothing else: each answer is that of looking at everything."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from engine.interaction.lines import Line
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.world import World, build
from engine.world.rays import hit
from engine.world.spread import Spread
from engine.world.vectors import Transform, Vec3, add, distance, dot, heading, look_at, scale, subtract, unit
from headset.inputs import Command, Person, Pose
from tests.interaction.test_near import crowd
from tests.interaction.ward import ward
from tests.making import play


def plain(world: World, start: Vec3, direction: Vec3, limit: float, *, visible: bool) -> tuple[str, float]:
    """The first solid thing along a line, found by looking at everything in the scene's order."""
    first, nearest = "", limit
    for name, body in world.bodies.items():
        if not (body.card.solid or (visible and not body.card.way)) or not world.present(name):
            continue
        for one in world.boxes(name):
            back = one.place.inverse()
            far = hit(one.box, back.point(start), back.direction(direction))
            if far is not None and far < nearest:
                first, nearest = name, far
    return first, nearest


def shake(world: World, chance: Random) -> None:
    """Move something, open something, take something away."""
    name = chance.choice(list(world.places))
    at = world.places[name].position
    world.places[name] = Transform(add(at, (chance.uniform(-1, 1), chance.uniform(-1, 1), 0.0)), heading(chance.uniform(0, 360)))
    for path, value in list(world.properties.items()):
        if path[0] in world.bodies and path[1] in world.bodies[path[0]].card.live and isinstance(value, float):
            slot = world.bodies[path[0]].card.live[path[1]]
            if slot.low is not None and slot.high is not None:
                world.properties[path] = chance.uniform(slot.low, slot.high)
    gone = chance.choice(list(world.bodies))
    world.properties[gone, "present"] = chance.random() < 0.5


@pytest.mark.parametrize("scene", ["breathless_bay", "lakeside", "ward"])
def test_what_a_line_meets_is_what_looking_at_everything_finds_to_the_last_bit(tmp_path: Path, scene: str) -> None:
    world = crowd(build(ward(tmp_path)), 60) if scene == "ward" else build(load_scene(scene))
    chance, met = Random(7), 0
    solid, middle = [name for name, body in world.bodies.items() if body.boxes], world.origin.position
    for number in range(300):
        if number % 10 == 9:
            shake(world, chance)
        start = add(middle, (chance.uniform(-4, 4), chance.uniform(-4, 4), chance.uniform(0, 2)))
        name = chance.choice(solid)
        aim = world.places[name].point((0.0, 0.0, world.bodies[name].size[2] * chance.random()))
        ahead = unit(subtract(add(aim, (chance.uniform(-0.2, 0.2), chance.uniform(-0.2, 0.2), 0.0)), start))
        if number % 7 == 0:
            ahead = ((1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, -1.0))[number % 3]  # along the cells
        limit, visible = chance.choice([0.5, 3.0, 60.0]), number % 2 == 0
        found = world.touch(start, ahead, limit, visible=visible)
        assert found == plain(world, start, ahead, limit, visible=visible)
        met += bool(found[0])
    assert met > 20, "lines that meet nothing prove nothing"


def test_of_two_that_are_met_at_once_the_first_of_the_scene_is_the_one(tmp_path: Path) -> None:
    world = build(ward(tmp_path))
    world.places["second"] = world.places["oxygen"]
    away = world.places["oxygen"].direction((0.0, 1.0, 0.0))
    start = add(world.places["oxygen"].point((0.0, 0.0, 0.05)), scale(away, 0.5))
    found = world.touch(start, scale(away, -1.0), 2.0)
    assert found[0] == "oxygen"
    assert found == plain(world, start, scale(away, -1.0), 2.0, visible=False)


def test_nothing_that_may_be_met_is_left_out_and_most_else_is() -> None:
    chance = Random(3)
    radii = {f"t{index}": chance.choice([0.05, 0.4, 2.0, 9.0]) for index in range(300)}
    places = {name: Transform(tuple(chance.uniform(-9, 9) for _ in range(3))) for name in radii}  # type: ignore[arg-type]
    spread = Spread(radii)
    for number in range(60):
        name = chance.choice(list(places))
        places[name] = Transform((chance.uniform(-9, 9), chance.uniform(-9, 9), chance.uniform(-9, 9)))
        start = (chance.uniform(-9, 9), chance.uniform(-9, 9), chance.uniform(-9, 9))
        way = unit((chance.uniform(-1, 1), chance.uniform(-1, 1), chance.uniform(-1, 1)))
        far, widens = chance.uniform(0.1, 8.0), (0.0, 0.1)[number % 2]
        found = spread.along(places, start, way, far, widens)
        assert found == sorted(found, key=spread.rank.__getitem__)
        for one, radius in radii.items():
            along = max(0.0, min(far, dot(subtract(places[one].position, start), way)))
            if distance(places[one].position, add(start, scale(way, along))) <= radius + widens * along:
                assert one in found, (one, radius)
    small = Spread(dict.fromkeys(radii, 0.05))
    assert len(small.along(places, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0), 9.0)) < 30


def test_a_gaze_among_many_things_does_what_it_does_when_all_are_looked_at(tmp_path: Path) -> None:
    def looked(*, cells: bool) -> list[object]:
        session = Session(ward(tmp_path))
        sighted = session._bodies.sighted
        if not cells:
            sighted.about = lambda person, line, on, opened: sighted._among(  # type: ignore[method-assign]
                sighted._things.values(), person, line.ahead, opened
            )
        play(session, 0.01, [Command("participant", "set", "gaze=on"), Command("participant", "set", "dwell=0.4")])
        chance, told = Random(1), list[object]()
        eyes = (0.0, 0.0, 1.6)
        for _ in range(40):
            thing = chance.choice(["bell", "oxygen", "mask", "bed", "stone", "board", "second"])
            point = session.world.origin.local(session.world.places[thing].point((0.0, 0.0, chance.uniform(0.0, 0.2))))
            marks = session.world.marks.get(("participant", "gaze"), ())
            if marks and chance.random() < 0.5:
                point = session.world.origin.local(chance.choice(marks).point)
            told += play(session, chance.uniform(0.1, 0.9), [Person(head=Pose.of(eyes, look_at(eyes, point)))])
            told.append(dict(session.world.attention))
            told.append(dict(session.world.marks))
        return told

    seen = looked(cells=True)
    assert seen == looked(cells=False)
    assert any(isinstance(one, Event) and one.event == "raised" for one in seen)


def test_a_ball_that_the_cone_of_a_look_touches_is_near_it() -> None:
    chance = Random(5)
    for _ in range(500):
        line = Line((0.0, 0.0, 0.0), unit((chance.uniform(-1, 1), 1.0, chance.uniform(-1, 1))), chance.uniform(1.0, 6.0))
        middle = (chance.uniform(-3, 3), chance.uniform(-1, 8), chance.uniform(-3, 3))
        radius = chance.uniform(0.05, 1.0)
        inside = add(middle, scale(unit((chance.uniform(-1, 1), chance.uniform(-1, 1), chance.uniform(-1, 1))), radius))
        if line.on(inside):
            assert line.nears(middle, radius)


DRAWER = """\
card: 1
kind: prop
doc: A chest with a drawer that slides far out, and a flap on it that turns.
size: [20 cm, 20 cm, 30 cm]
live:
  drawer: {default: 0 cm, range: 0 cm to 90 cm}
  flap: {default: 0 deg, range: 0 deg to 120 deg}
boxes:
  drawer: {at: [0 m, 0 m, 0 m], size: [20 cm, 20 cm, 10 cm], joint: drawer}
  flap: {at: [0 m, 30 cm, 10 cm], size: [20 cm, 60 cm, 2 cm], joint: flap}
joints:
  drawer: {by: drawer, axis: depth, at: [0 m, 0 m, 0 m], from: 0 cm, to: 90 cm}
  flap: {by: flap, axis: width, at: [0 m, 0 m, 10 cm], from: 0 deg, to: 120 deg, joint: drawer}
"""


def test_all_that_is_solid_of_a_thing_is_within_its_reach_wherever_its_joints_are(tmp_path: Path) -> None:
    (tmp_path / "chest.yaml").write_text(DRAWER, encoding="utf-8")
    rest = "scenario: {rules: {when: after 1 min, go: end}}\ntext:\n  title: A chest\n"
    text = f"spec: 1\nlanguage: en\nprops: {{chest: {{use: chest}}}}\n{rest}"
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    worlds = [build(load_scene(tmp_path / "one.yaml", cards=tmp_path)), build(load_scene("breathless_bay"))]
    furthest = 0.0
    for world in worlds:
        for name, body in world.bodies.items():
            for part in (0.0, 0.5, 1.0):
                for prop, slot in body.card.live.items():
                    if slot.low is not None and slot.high is not None:
                        world.properties[name, prop] = slot.low + (slot.high - slot.low) * part
                for box in world.boxes(name):
                    (x, y, z), (a, b, c) = box.box.low, box.box.high
                    for corner in ((i, j, k) for i in (x, a) for j in (y, b) for k in (z, c)):
                        far = distance(box.place.point(corner), world.places[name].position)
                        assert far <= body.reach, name
                        furthest = max(furthest, far if name == "chest" else 0.0)
    assert furthest > 0.95, "the drawer did come out"
