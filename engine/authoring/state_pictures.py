"""`abaton prefabs --states DIR`: every kind of thing that can be worked, in each state, on one sheet: at rest, pointed at, about
to be worked, being worked, refused, and as it is afterwards.

What is drawn is what a session draws: marks and hands by the view, panels by their own kit. States come from what people do; how
each looks is decided in `engine.view.marks`, `engine.view.refusal` and `engine.view.ui.palette`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from math import radians, tan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from PIL import Image

from engine.authoring.contact_sheet import GROUND, INK, column, line, padded, row
from engine.authoring.studio import SAMPLES, Pixels
from engine.session import Session
from engine.spec.expression import Value
from engine.spec.load import load_scene
from engine.view.refusal import Refusal
from engine.view.sound.cues import Cue
from engine.view.stage import Stage
from engine.view.ui.cursor import cursor
from engine.view.ui.palette import Look
from engine.view.ui.panel import Button, Buttons, Setting, Sheet, laid_out, picture
from engine.view.view import View
from engine.world import World
from engine.world.attention import Arc, Attention, Mark
from engine.world.attention import Stage as Attending
from engine.world.joints import placed_fit, point_of
from engine.world.vectors import Transform, Vec3, cross, look_at, subtract, unit
from headset.driver import Surface
from headset.driver import View as EyeView
from headset.inputs import FULL, Hand, Person, Pose

SIZE = (300, 225)
"""Pixels of each picture."""

ME: Final = "participant"
ROOM: Final = """\
spec: 1
language: en
rooms:
  studio: {size: [6.4 m, 5.2 m, 2.7 m], finish: {walls: satin_paint/warm_white, floor: vinyl/oak}}
  beyond: {size: [6.4 m, 2 m, 2.7 m], south_of: studio}
openings:
  door: {use: clinic_door, against: studio.south, at: 1 m}
lights:
  panels: {use: led_panel, against: studio.ceiling, grid: [3, 2], flux: 3000 lm}
props:
  bed: {use: exam_bed, against: studio.north, at: -1.2 m, backrest: 30 deg}
  bell: {use: call_button, against: studio.north, at: [1.4 m, 1.1 m]}
  oxygen: {use: flow_dial, against: studio.north, at: [0.6 m, 1.2 m]}
  mask: {use: oxygen_mask, hangs_from: oxygen, fits: patient.face}
  units: {use: cupboard, against: studio.east}
  stone: {use: smooth_stone, rests_on: units}
  chair: {use: visitor_chair, against: studio.west}
people:
  participant: {in: studio, at: [0 m, -0.6 m], facing: north, locomotion: teleport}
  patient: {use: adult, in: bed}
scenario:
  rules:
    - {when: bell pressed, do: {log: rung}}
    - {when: mask fitted, do: {change: oxygen.flow, to: 2 L/min}}
    - when: stone held
      do: [{change: bed.backrest, to: 40 deg}, {change: units.drawer, to: 10 cm}, {change: door.open, to: 20 deg}]
    - {when: after 5 min, go: end}
text:
  title: States
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that can be worked: an example of it, and from how far and which side it is seen (metres; from the thing's
    own front, to its right and up)."""

    name: str
    thing: str
    control: str = ""
    away: float = 0.45
    side: Vec3 = (0.5, 1.0, 0.35)
    worked: tuple[str, Value] | None = None
    """The property, and what it is once it was worked."""


KINDS: Final = (
    Kind("button, switch", "bell", "button"),
    Kind("dial, knob", "oxygen", "dial", worked=("flow", 10.0)),
    Kind("lever", "bed", "lever", 1.1, (-1.0, 0.25, 0.5), ("backrest", 60.0)),
    Kind("slider", "units", "pull", 1.3, (0.5, 1.0, 0.6), ("drawer", 0.3)),
    Kind("hinge", "door", "handle", 1.5, (-0.6, 1.0, 0.2), ("open", 40.0)),
    Kind("grab", "stone", away=0.6, side=(0.4, 1.0, 0.7)),
    Kind("socket", "mask", away=0.7),
)
STATES: Final = ("at rest", "hover", "focus", "select", "step_down", "step_up", "refused", "afterwards")
APART = 3.0
"""Degrees by which the marks of less and more lie beside what they are of, as a gaze has them (`engine.interaction.gaze`)."""

SIGNS: Final = {"step_down": -1.0, "step_up": 1.0}
WIDE, TWICE = 0.2, 2.0
"""The tangent of half of what a picture sees from left to right, 23 degrees, as fine as a headset shows it; and how much farther
away than KINDS say that is, for a thing to be as large in it."""

HALF_WAY = 0.6
"""How far the dwell of a picture is."""


def state_pictures(folder: Path, say: Callable[[str], object]) -> Path:
    """Draw the sheet into a folder; its file. Raises SceneError if a prefab that is shown is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with closing(_Bench()) as bench:
        for kind in KINDS:
            say(kind.name)
            rows.append(_row(kind.name, list(_shots(bench, kind))))
        say("teleport, panel")
        rows += [_places(bench), _panel()]
    heading = row([line(name, SIZE[0], 22, INK) for name in ("", *(one.replace("_", " ") for one in STATES))])
    path = folder / "states.webp"
    Image.fromarray(padded(column([heading, *rows]), 16)).save(path, quality=80, method=6)
    return path


class _Bench:
    """The room with one of everything, on a stage, seen by someone who attends to things in it."""

    def __init__(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "states.yaml"
            path.write_text(ROOM, encoding="utf-8")
            self.session = Session(load_scene(path))
        self.session.step(0)
        self.world: World = self.session.world
        self.stage = Stage()
        self.stage.host()
        self.view = View(self.session, self.stage)
        self.refusal = Refusal(self.stage)
        self.canvas = self.stage.open(Surface("buffer", SIZE, samples=SAMPLES))

    def shoot(self, start: Vec3, end: Vec3, hand: Hand | None = None, wide: float = WIDE) -> Pixels:
        """What someone sees who looks from a point at another."""
        eye = self.world.origin.inverse() @ Transform(start, look_at(start, end))
        self.world.people[ME] = Person(head=Pose.of(eye.position, eye.turn), right=hand or Hand())
        self.refusal.follow((), self.world, self.session.tick)
        self.view.update(0.0)
        self.canvas.look([EyeView(eye.position, eye.turn, (-wide, wide, -0.75 * wide, 0.75 * wide))])
        self.stage.draw()
        return np.array(self.canvas.read())

    def refuse(self, start: Vec3, point: Vec3) -> None:
        """Refuse something at a point, seen from another."""
        eye = self.world.origin.inverse() @ Transform(start, look_at(start, point))
        self.world.people[ME] = Person(head=Pose.of(eye.position, eye.turn))
        self.refusal.follow([Cue("refused", point)], self.world, self.session.tick)

    def accept(self) -> None:
        """Take the cross of what was refused away."""
        self.refusal.follow((), self.world, self.session.tick + 10_000)

    def close(self) -> None:
        """Give the stage back."""
        self.stage.close()


def _shots(bench: _Bench, kind: Kind) -> Iterator[Pixels]:
    """A picture of each state; empty for a deed that it does not have."""
    world = bench.world
    middle, towards = _middle(world, kind), world.places[kind.thing].direction(kind.side)
    eye = _along(middle, unit(towards), TWICE * kind.away)
    for state in STATES:
        world.attention, world.marks = {}, {}
        if state in SIGNS and kind.worked is None:
            yield np.full((SIZE[1], SIZE[0], 3), GROUND, np.uint8)
            continue
        if state == STATES[-1]:
            yield _worked(bench, kind, eye, middle)
            continue
        if state == "refused":
            bench.refuse(eye, middle)
        elif state != "at rest":
            _attend(world, kind, state, middle, eye)
        yield bench.shoot(eye, middle)
        bench.accept()


def _attend(world: World, kind: Kind, state: str, middle: Vec3, eye: Vec3) -> None:
    """Have someone look at a thing; at a control that goes up and down, at the mark of one of its two deeds."""
    deed = state if state in SIGNS else ""
    if deed:
        control = world.bodies[kind.thing].card.controls[kind.control]
        aside = max(control.radius, kind.away * TWICE * tan(radians(APART)))
        right = unit(cross(subtract(middle, eye), (0.0, 0.0, 1.0)))
        marks = [Mark(_along(middle, right, aside * way), name, kind.thing, kind.control) for name, way in SIGNS.items()]
        world.marks = {(ME, "gaze"): tuple(marks)}
    stage: Attending = "hover" if state == "hover" else "select" if state == "select" else "focus"
    progress = HALF_WAY if stage == "focus" else 0.0
    world.attention = {(ME, "gaze"): Attention(kind.thing, kind.control, stage, progress, deed=deed)}


def _worked(bench: _Bench, kind: Kind, eye: Vec3, middle: Vec3) -> Pixels:
    """How a thing is when it was worked: at another value, in a hand, on its place."""
    world = bench.world
    if kind.worked is not None:
        name, value = kind.worked
        before, world.properties[kind.thing, name] = world.properties[kind.thing, name], value
        shot = bench.shoot(eye, _middle(world, kind), wide=2 * WIDE if kind.name == "hinge" else WIDE)
        world.properties[kind.thing, name] = before
        return shot
    before_it = world.places[kind.thing]
    if kind.thing == "mask":
        world.places["mask"] = placed_fit(world, "mask", "patient", "face")
        face = world.places["mask"]
        shot = bench.shoot(_along(face.position, (0.75, -0.55, 0.45), 1.0), face.position, wide=2 * WIDE)
    elif kind.thing == "stone":
        turn = look_at((0.0, 0.0, 0.0), cross(subtract(middle, eye), (0.0, 0.0, 1.0)))  # the fist from its side
        held = Transform(_along(before_it.position, (0.0, 0.0, 1.0), 0.12), turn)
        world.places["stone"] = held
        grip = world.origin.inverse() @ held
        shot = bench.shoot(eye, held.position, Hand(grip=Pose.of(grip.position, grip.turn), squeeze=FULL))
    else:
        front = _along(middle, before_it.direction((0.0, 1.0, 0.0)), 0.1)
        finger = world.origin.inverse() @ Transform(front, look_at(front, middle))
        shot = bench.shoot(eye, middle, Hand(grip=Pose.of(finger.position, finger.turn)))
    world.places[kind.thing] = before_it
    return shot


def _places(bench: _Bench) -> Pixels:
    """A row of the places one can go to: a floor, a seat, and where one cannot stand."""
    world = bench.world
    world.attention, world.marks = {}, {}
    hand = (0.3, -0.9, 1.1)
    eye = (0.0, -1.6, 1.6)
    shots = [bench.shoot(eye, (0.6, 0.9, 0.0), wide=0.45)]
    seat = world.places["chair"].position
    for landing in (Transform((0.6, 0.9, 0.0)), Transform((seat[0] + 0.1, seat[1], 0.46)), None):
        end = landing.position if landing is not None else (0.9, 2.58, 0.9)
        world.arcs = {(ME, "right"): Arc(_arc(hand, end), landing)}
        shots.append(bench.shoot(eye, end, wide=0.45))
    names = ("at rest", "a floor: area", "a seat: anchor", "refused")
    return _row("teleport", [column([shot, line(name, SIZE[0], 18, INK)]) for shot, name in zip(shots, names, strict=True)])


def _panel() -> Pixels:
    """A row of a panel's items, as large as they are beside the rest."""
    shots = []
    for state in ("plain", "hover", "focus", "pressed", "dwell", "disabled"):
        able = state != "disabled"
        rows = (
            Setting("value", "Turning", "30°", lower=able, higher=able, part=0.5),
            Buttons((Button("leave", "Leave", enabled=able),)),
        )
        sheet = Sheet("states", "", rows, "en", width=SIZE[0] * 2)
        look: dict[str, Look] = {"hover": "hover", "focus": "focus", "pressed": "pressed", "dwell": "hover"}
        looks = (("leave", look[state]), ("value-", look[state])) if state in look else ()
        drawn = np.array(picture(sheet, looks))
        if state == "dwell":
            left, top, right, bottom = laid_out(sheet).items["leave"]
            _over(drawn, cursor(HALF_WAY), ((left + right) // 2 + 90, (top + bottom) // 2))
        image = Image.fromarray(drawn[..., :3]).reduce(2)
        shots.append(column([np.asarray(image), line(state, SIZE[0], 18, INK)]))
    return _row("panel", shots)


def _over(under: Pixels, card: Pixels, middle: tuple[int, int]) -> None:
    """Draw a card with premultiplied alpha over a picture, its middle at a point."""
    side = len(card) // 2
    part = under[middle[1] - side : middle[1] + side, middle[0] - side : middle[0] + side]
    share = 1.0 - card[..., 3:] / 255.0
    part[..., :3] = np.rint(np.minimum(255.0, part[..., :3] * share + card[..., :3])).astype(np.uint8)


def _row(name: str, shots: list[Pixels]) -> Pixels:
    label = np.full((SIZE[1], SIZE[0], 3), GROUND, np.uint8)
    words = line(name, SIZE[0], 24, INK)
    label[: len(words)] = words
    return row([label, *shots])


def _middle(world: World, kind: Kind) -> Vec3:
    """The middle of what is worked."""
    body = world.bodies[kind.thing]
    control = body.card.controls.get(kind.control)
    if control is not None:
        return point_of(world, kind.thing, control.at, control.joint)
    return world.places[kind.thing].point((0.0, 0.0, body.size[2] / 2))


def _along(start: Vec3, way: Vec3, far: float) -> Vec3:
    return (start[0] + way[0] * far, start[1] + way[1] * far, start[2] + way[2] * far)


def _arc(start: Vec3, end: Vec3) -> tuple[Vec3, ...]:
    """A parabola, as a step is shown."""
    points = []
    for number in range(24):
        share = number / 23
        x, y, z = (one + (other - one) * share for one, other in zip(start, end, strict=True))
        points.append((x, y, z + 2.4 * share * (1.0 - share) * 0.5))
    return tuple(points)
