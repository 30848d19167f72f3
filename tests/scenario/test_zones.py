"""Rooms as zones: coming in and going out."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Session
from engine.spec.diagnostics import SceneError
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from headset.inputs import Person, Pose
from tests.making import play, told

ROOMS = """\
spec: 1
language: en
rooms:
  bay: {size: [4 m, 4 m, 2.7 m]}
  hall: {size: [4 m, 2 m, 2.7 m], south_of: bay}
openings:
  door: {use: clinic_door, against: bay.south}
people:
  participant: {in: hall, facing: north}
text:
  title: Two rooms
"""

SCENARIO = """
scenario:
  rules:
    - {when: bay occupied, do: {log: inside}}
    - {when: (not bay occupied) for 1.5 s, do: {log: outside}}
    - {when: hall occupied and after 5 s, do: {teleport: bay}}
    - {when: after 9 s, go: end}
"""


def rooms(folder: Path, text: str = ROOMS + SCENARIO) -> SceneSpec:
    (folder / "rooms.yaml").write_text(text, encoding="utf-8")
    return load_scene(folder / "rooms.yaml")


def standing(ahead: float) -> Person:
    return Person(head=Pose.of((0.0, ahead, 1.6)))


def test_walking_in_and_out_is_told_and_rules_can_ask(tmp_path: Path) -> None:
    session = Session(rooms(tmp_path))
    events = play(session, 0.5, [standing(0.0)]) + play(session, 0.5, [standing(2.0)]) + play(session, 2.5, [standing(0.0)])
    assert told(events, "entered", "left", "logged") == [
        (0, "entered", "hall"),
        (50, "left", "hall"),
        (50, "entered", "bay"),
        (50, "logged", "inside"),
        (100, "left", "bay"),
        (100, "entered", "hall"),
        (250, "logged", "outside"),
    ]
    inside = next(event for event in events if event.event == "logged")
    fired = next(event for event in events if event.n == inside.cause)
    assert next(event for event in events if event.n == fired.cause).event == "entered"


def test_leaning_in_a_doorway_is_not_going_in_and_out(tmp_path: Path) -> None:
    session = Session(rooms(tmp_path))
    events = play(session, 0.1, [standing(0.9)])
    for step in range(10):
        events += play(session, 0.1, [standing(1.0 + 0.06 * (step % 2))])
    assert told(events, "entered", "left") == [(0, "entered", "hall")]


def test_one_who_is_brought_somewhere_comes_in_because_of_that(tmp_path: Path) -> None:
    session = Session(rooms(tmp_path))
    events = play(session, 8, [standing(0.0)])
    brought = next(event for event in events if event.event == "teleported")
    assert [(event.event, event.what) for event in events if event.cause == brought.n] == [("left", "hall"), ("entered", "bay")]


def test_a_room_has_no_other_flag(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match="the room 'bay' is never 'pressed'"):
        rooms(tmp_path, ROOMS + SCENARIO.replace("bay occupied, do", "bay pressed, do"))


def test_zones_are_part_of_a_snapshot(tmp_path: Path) -> None:
    spec = rooms(tmp_path)
    session = Session(spec)
    play(session, 1, [standing(0.0)])
    kept = session.snapshot()
    again = Session(spec)
    again.restore(kept)
    assert play(again, 8, [standing(2.0)]) == play(session, 8, [standing(2.0)])
