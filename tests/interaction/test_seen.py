"""Gaze: what counts as seen is the first thing that eyes meet, whether hands could meet it or not."""

from __future__ import annotations

from pathlib import Path

from engine.session import Session
from engine.spec.load import load_scene
from engine.world.sight import seen
from engine.world.vectors import Transform, Vec3, add, look_at, subtract, unit
from headset.inputs import Person, Pose
from tests.interaction.ward import ward
from tests.making import play, scene, told

EYES: Vec3 = (0.0, 0.0, 1.2)

ORB = "rules: [{when: orb seen for 2 s, do: {log: watched}}, {when: after 1 min, go: end}]"

BEHIND_THE_ORB = """
rules:
  - {when: stone seen, do: {log: stone}}
  - {when: orb seen, do: {log: orb}}
  - {when: after 2 s, do: {change: orb.present, to: false}}
  - {when: after 1 min, go: end}
"""


def looking(session: Session, target: Vec3) -> Person:
    return Person(head=Pose.of(EYES, look_at(EYES, session.world.origin.local(target))))


def middle(session: Session, thing: str) -> Vec3:
    return session.world.places[thing].point((0.0, 0.0, session.world.bodies[thing].size[2] / 2))


def test_a_globe_of_light_is_seen_though_hands_pass_through_it(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, ORB))
    play(session, 1, [looking(session, middle(session, "orb"))])
    play(session, 1, [Person(head=Pose.of(EYES, look_at(EYES, (9.0, 1.0, 1.2))))])
    events = play(session, 3, [looking(session, middle(session, "orb"))])
    assert told(events, "logged") == [(400, "logged", "watched")], "from anew after the look elsewhere"


def test_nothing_is_seen_by_who_looks_past_it_or_has_no_head(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, ORB))
    above = add(middle(session, "orb"), (0.0, 0.0, 0.6))
    assert not told(play(session, 3, [looking(session, above)]), "logged")
    assert not told(play(session, 3, [Person()]), "logged")


def test_eyes_see_where_they_are_measured_whatever_the_head_does(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, ORB))
    ahead, beside = look_at(EYES, session.world.origin.local(middle(session, "orb"))), look_at(EYES, (9.0, 1.0, 1.2))
    assert not told(play(session, 3, [Person(head=Pose.of(EYES, ahead), gaze=Pose.of(EYES, beside))]), "logged")
    assert told(play(session, 3, [Person(head=Pose.of(EYES, beside), gaze=Pose.of(EYES, ahead))]), "logged")


def test_what_stands_before_a_thing_hides_it_until_it_is_gone(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, BEHIND_THE_ORB))
    orb, eyes = middle(session, "orb"), session.world.origin.point(EYES)
    far = add(orb, subtract(orb, eyes))
    play(session, 0.01)
    session.world.places["stone"] = Transform(add(far, (0.0, 0.0, -0.015)))
    events = play(session, 3, [looking(session, far)])
    assert told(events, "logged") == [(1, "logged", "orb"), (201, "logged", "stone")]


def test_a_solid_thing_hides_what_is_only_light(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, ORB))
    world, orb = session.world, middle(session, "orb")
    eyes = world.origin.point(EYES)
    ahead = unit(subtract(orb, eyes))
    assert seen(world, eyes, ahead, 60.0) == "orb"
    near = add(eyes, ahead)
    world.places["stone"] = Transform(add(near, (0.0, 0.0, -0.015)))
    assert seen(world, eyes, ahead, 60.0) == "stone"
    assert world.touch(eyes, ahead, 60.0)[0] == "stone"


def test_through_a_door_one_sees_and_through_a_wall_one_does_not() -> None:
    world = Session(load_scene("breathless_bay")).world
    board = world.places["board"].point((0.0, 0.0, 1.0))
    for eyes, found in (((0.8, -1.0, 1.6), "board"), ((-1.0, -1.0, 1.6), "")):
        ahead = unit(subtract(board, eyes))
        assert seen(world, eyes, ahead, 60.0) == found
        assert world.touch(eyes, ahead, 60.0)[0] == "board", "no thing is in the way of either"


def test_a_thing_that_is_gone_is_not_seen(tmp_path: Path) -> None:
    session = Session(ward(tmp_path, "rules: [{when: board seen, do: {log: read}}, {when: after 1 min, go: end}]"))
    world = session.world
    head = world.origin.point((0.0, 0.0, 1.6))
    target = world.places["board"].point((0.0, 0.0, 1.0))
    person = Person(head=Pose.of((0.0, 0.0, 1.6), look_at((0.0, 0.0, 1.6), world.origin.local(target))))
    assert seen(world, head, unit(subtract(target, head)), 60.0) == "board"
    world.properties[("board", "present")] = False
    assert not told(play(session, 1, [person]), "logged")
    world.properties[("board", "present")] = True
    assert told(play(session, 1), "logged")
