"""A ward: things that hands work, and a person in a bed, before a participant who stands. And hands to work them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent, indent

from engine.spec.load import load_scene
from engine.spec.model import SceneSpec
from engine.world import World
from engine.world.joints import place_of, point_of
from engine.world.vectors import Transform, Vec3, compose, heading
from headset.inputs import Hand, Person, Pose, Side

WARD = """\
spec: 1
language: en
rooms:
  bay: {size: [6 m, 4 m, 2.7 m]}
props:
  bed: {use: exam_bed, against: bay.north}
  oxygen: {use: flow_dial, against: bay.north, at: [0.8 m, 1.2 m]}
  mask: {use: oxygen_mask, hangs_from: oxygen, fits: patient.face}
  second: {use: flow_dial, against: bay.north, at: [2 m, 1.2 m]}
  spare: {use: oxygen_mask, hangs_from: second, fits: patient.face}
  bell: {use: call_button, against: bay.north, at: [1.3 m, 1.1 m]}
  board: {use: debrief_board, against: bay.south}
  chair: {use: visitor_chair, against: bay.west}
  stone: {use: smooth_stone, rests_on: chair}
people:
  participant: {in: bay, at: [1 m, -0.8 m]}
  patient: {use: adult, in: bed}
text:
  title: A ward
  hello: Hello there
"""

QUIET = """
start: stay
rules:
  - {when: bell pressed, do: {log: rung}}
  - {when: board dismissed, do: {log: put_away}}
  - {when: mask fitted, do: {log: on_face}}
  - {when: oxygen.flow >= 10 L/min, do: {log: flowing}}
states:
  stay: {rules: {when: after 10 min, go: end}}
"""


def ward(folder: Path, scenario: str = QUIET, text: str = WARD) -> SceneSpec:
    """The ward with a scenario, read by the real reader."""
    path = folder / "ward.yaml"
    path.write_text(f"{text}\nscenario:\n{indent(dedent(scenario.strip(chr(10))), '  ')}\n", encoding="utf-8")
    return load_scene(path)


def at(world: World, place: Transform, squeeze: int = 0, trigger: int = 0, side: Side = "right") -> Person:
    """A person with one hand's grip (and aim) at a place of the scene."""
    local = world.origin.inverse() @ place
    pose = Pose.of(local.position, local.turn)
    hand = Hand(grip=pose, aim=pose, squeeze=squeeze, trigger=trigger)
    person = Person(head=Pose.of((0.0, 0.0, world.eye_height)))
    return replace(person, left=hand) if side == "left" else replace(person, right=hand)


def control_at(world: World, thing: str, control: str) -> Vec3:
    """Where a control is now."""
    one = world.bodies[thing].card.controls[control]
    return point_of(world, thing, one.at, one.joint)


def facing(world: World, thing: str, point: Vec3) -> Transform:
    """A hand at a point that looks at a thing's front, upright."""
    return Transform(point, compose(world.places[thing].turn, heading(180.0)))


def onto_face(world: World, thing: str = "mask", person: str = "patient") -> Transform:
    """Where a mask's own place must be for it to sit on a face."""
    fit = world.bodies[thing].card.places["fit"]
    return place_of(world, person, "face") @ Transform(fit.at).inverse()
