"""Scenes and people for tests: written as a designer would write them, read by the real reader."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent, indent

from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from headset.inputs import Hand, Input, Person, Pose

HEAD = """\
spec: 1
language: en
environment: {use: alpine_lake, seed: 7}
props:
  dock: {use: wooden_dock, at: [0 m, 0 m], length: 6 m}
  seat: {use: bench, rests_on: dock, at: [0 m, -2.2 m]}
  stone: {use: smooth_stone, rests_on: seat, at: [0.4 m, 0 m]}
  orb: {use: breath_orb, origin: seat, at: [0 m, 6.2 m, 1.3 m], scale: 0.5}
people:
  participant: {in: seat}
text:
  title: A test
  hello: Hello there
  bye: Good bye
  again: Once more
"""


def scene(folder: Path, scenario: str, more: str = "") -> SceneSpec:
    """The lake with this `scenario` (its lines without indent) and further top-level keys."""
    lines = indent(dedent(scenario.strip("\n")), "  ")
    path = folder / "made.yaml"
    path.write_text(f"{HEAD}{more}\nscenario:\n{lines}\n", encoding="utf-8")
    return load_scene(path)


def play(session: Session, seconds: float, inputs: Sequence[Input] = ()) -> list[Event]:
    """Play so many seconds more; the inputs come in their first tick."""
    return session.step(session.tick + round(seconds * 100), inputs)


def told(events: Sequence[Event], *kinds: str) -> list[tuple[int, str, str]]:
    """(tick, event, what) of the events of these kinds, or of all."""
    return [(event.tick, event.event, event.what) for event in events if not kinds or event.event in kinds]


def reaching(session: Session, thing: str, squeeze: int = 0, away: float = 0.0) -> Person:
    """A person whose right hand is at a thing's middle, `away` metres above it."""
    body, place = session.world.bodies[thing], session.world.places[thing]
    x, y, z = session.world.origin.local(place.position)
    grip = Pose.of((x, y, z + body.size[2] / 2 + away))
    return Person(head=Pose.of((0.0, 0.0, 1.2)), right=Hand(grip=grip, aim=grip, squeeze=squeeze))
