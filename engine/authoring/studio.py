"""A studio: one prefab as a scene that uses it shows it, with an eye that has all of it in the picture.

    with closing(Studio(card)) as studio:
        picture = studio.draw(studio.eye((480, 360)), (480, 360))

It is one plain room under two ceiling panels, as large as the thing asks for. What belongs at a wall is put against one, an
opening is cut into it, what a hand takes lies on a worktop, a person in a bed. What a room does not show (a thing that swells, a
lamp of any form, a thing longer than a room) is by the lake instead, and a landscape is seen from a person's eyes. Walls are not
drawn from behind, so the eye may be outside the room; lamps are, so it stays below them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from math import cos, radians, sin, tan
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from engine.session import Session
from engine.spec.cards import Card
from engine.spec.expression import Value
from engine.spec.load import load_scene
from engine.spec.schema.kinds import default_of
from engine.view.canvas import Canvas
from engine.view.geometry.clay import build_clay
from engine.view.geometry.mesh import Part
from engine.view.geometry.parts import build_parts
from engine.view.stage import Stage
from engine.view.view import View
from engine.world.joints import pose_of
from engine.world.vectors import Transform, Vec3, look_at
from headset.driver import Surface
from headset.driver import View as EyeView

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]

THING, BED, SPARE = "thing", "bed", "someone"
"""What things are called in the studio's scene: what is shown, what a person lies in, and whom a monitor shows, in a
room apart."""

LONGEST = 5.0
"""Metres of what still stands in a room."""

ROUND, LEAST = 1.5, 2.6
"""Metres that a room is wider than its thing to each side, and its least height."""

LUX = 150.0
"""On the floor of each panel's light, if all of it got there; a panel gives 10,000 lm at most. Pictures are exposed for it."""

DAY, DUSK = 30.0, 4.0
"""Degrees of the sun by the lake, and where the thing shines itself."""

SAMPLES = 4
ACROSS_DEG, WIDE_DEG = 30.0, 75.0
"""What a picture sees from left to right: little, so that upright edges stay upright; of a landscape, what a person sees at
once."""

ASIDE_DEG, OVER_DEG, UNDER_DEG = 33.0, 17.0, -32.0
"""Where the eye is: to the right of the thing's front, and higher; or lower, for what hangs under a ceiling."""

FILLED = 0.86
"""Part of the picture's width and height that the thing may fill."""

SIGN = "Bay 4"


class Studio:
    """A card's thing on a stage of its own. `settings` are parameters as an author writes them. Raises SceneError for a setting
    that the card does not have."""

    def __init__(self, card: Card, settings: Mapping[str, str] | None = None) -> None:
        self.card = card
        with TemporaryDirectory() as folder:
            if "own" in card.model:
                shutil.copy(str(card.model["own"]), folder)
            path = Path(folder) / "studio.yaml"
            path.write_text(scene_text(card, settings or {}), encoding="utf-8")
            self.session = Session(load_scene(path))
            self.session.step(0)
            self.world = self.session.world
            self.name = "environment" if card.kind == "environment" else THING
            self.stage = Stage()
            self.stage.host()
            self.view = View(self.session, self.stage)
        self._canvases: dict[tuple[int, int], Canvas] = {}

    @property
    def size(self) -> Vec3:
        """Width, depth, height in metres, as it is set."""
        return self.world.bodies[self.name].size

    def set(self, live: str, value: Value) -> None:
        """Change a live property."""
        self.world.properties[self.name, live] = value

    def eye(self, size: tuple[int, int], sights: Mapping[str, tuple[Value, ...]] | None = None) -> EyeView:
        """An eye for a picture of so many pixels that sees all of the thing, at each of some values of live properties too."""
        if self.card.kind == "environment":
            start = self.world.origin.point((0.0, 0.0, self.world.eye_height))
            return self._view(start, (start[0], start[1] + 10.0, start[2] + 0.3), _fov(WIDE_DEG, size))
        points = [self._points()]
        for live, values in (sights or {}).items():
            before = self.world.properties[self.name, live]
            for value in values:
                self.set(live, value)
                points.append(self._points())
            self.set(live, before)
        fov = _fov(ACROSS_DEG, size)
        start, end = stand_back(np.concatenate(points), self._towards(), fov)
        return self._view(start, end, fov)

    def draw(self, eye: EyeView, size: tuple[int, int]) -> Pixels:
        """A picture of now."""
        if size not in self._canvases:
            self._canvases[size] = self.stage.open(Surface("buffer", size, samples=SAMPLES))
        canvas = self._canvases[size]
        self.view.update(0.0)
        canvas.look([eye])
        for other in self._canvases.values():
            other.output.set_active(other is canvas)
        self.stage.draw()
        return canvas.read()

    def close(self) -> None:
        """Give the stage back."""
        self.stage.close()

    def _towards(self) -> Points:
        """The way from the thing to the eye, in the scene."""
        if self.card.kind == "light":
            at = self.world.places[self.name] if self.card.up else Transform()
            return _direction(at, ASIDE_DEG, UNDER_DEG)
        return _direction(self.world.places[BED if self.card.kind == "person" else self.name], ASIDE_DEG, OVER_DEG)

    def _view(self, start: Vec3, end: Vec3, fov: tuple[float, float]) -> EyeView:
        own = self.world.origin.inverse() @ Transform(start, look_at(start, end))
        return EyeView(own.position, own.turn, (-fov[0], fov[0], -fov[1], fov[1]))

    def _points(self) -> Points:
        """The corners of all that is shown, in the scene."""
        shown = (self.name, BED) if self.card.kind == "person" else (self.name,)
        return np.concatenate([points for name in shown for points in self._of(name)])

    def _of(self, name: str) -> Iterator[Points]:
        body = self.world.bodies[name]
        parts: list[Part] = build_parts(body.card, body.parameters) if body.card.model else build_clay(body)
        for part in parts:
            place = self.world.places[name] @ pose_of(self.world, name, part.joint)
            for copy in part.copies:
                own = part.mesh.positions @ copy[:3, :3].T + copy[:3, 3]
                if part.follows == "scale":
                    middle = np.array((0.0, 0.0, body.size[2] / 2))
                    own = middle + (own - middle) * float(self.world.properties[name, "scale"])
                points = _placed(place, own.astype(np.float64))
                yield points if self.world.rooms else np.maximum(points, (-np.inf, -np.inf, 0.0))  # nothing is seen under water


def scene_text(card: Card, settings: Mapping[str, str]) -> str:
    """The scene that shows a card's thing."""
    said = {name: text for name, slot in card.params.items() if (text := {"thing": SPARE, "text": "sign"}.get(slot.dimension))}
    words = ", ".join(f"{name}: {text}" for name, text in {**said, **settings}.items())
    thing = f"{{use: {card.name}{{where}}{', ' * bool(words)}{words}}}"
    if card.kind == "environment":
        return _by_the_lake(card, thing.replace("{where}", ""), "")
    shines = "scale" in card.live or ("flux" in card.live and card.kind == "prop")
    if shines or max(card.size) > LONGEST:
        return _by_the_lake(card, f"{{use: alpine_lake, sun: {DUSK if shines else DAY} deg}}", thing)
    return _in_a_room(card, thing, tuple(_length(card, axis, settings) for axis in range(3)))


def _in_a_room(card: Card, thing: str, size: tuple[float, ...]) -> str:
    reach = 2 * ROUND + 0.8 * max(size)
    wide, deep = size[0] + reach, max(size[1], 0.6) + reach
    high = max(LEAST, card.up + 0.4 + max(1.4 * size[2], 0.5 * size[2] + 0.7 * size[0]))  # of the eye, by ACROSS_DEG and OVER_DEG
    where, section = "in: studio", "props"
    if card.kind == "light":
        where, section = f"against: studio.{'south' if card.up else 'ceiling'}", "lights"
    elif card.kind == "person":
        where, section, wide, deep = f"in: {BED}", "people", 4.2, 5.2
    elif card.grab is not None:
        where, wide, deep, high = "rests_on: worktop", 1.2 + 2 * ROUND, 0.6 + 2 * ROUND, LEAST
    elif card.kind == "opening" or card.up or card.clear:
        where, section = "against: studio.south", "openings" if card.kind == "opening" else "props"
    sections = {
        "rooms": [f"studio: {{size: [{wide:g} m, {deep:g} m, {high:g} m], finish: {{walls: plain/white, floor: plain/grey}}}}"],
        "openings": [],
        "lights": [
            f"panels: {{use: led_panel, against: studio.ceiling, grid: [2, 1], flux: {min(10_000.0, LUX * wide * deep):g} lm}}"
        ],
        "props": [],
        "people": [f"participant: {{in: studio, at: [{wide / 2 - 0.4:g} m, {deep / 2 - 0.4:g} m]}}"],
    }
    sections[section].append(f"{THING}: {thing.replace('{where}', ', ' + where)}")
    if card.kind == "person":
        sections["props"].append(f"{BED}: {{use: exam_bed, in: studio, backrest: 30 deg}}")
    if where.startswith("rests_on"):
        sections["props"].insert(0, "worktop: {use: cupboard, against: studio.south}")
    if card.way:
        sections["rooms"].append(f"beyond: {{size: [{wide:g} m, 2 m, {high:g} m], south_of: studio}}")
    if any(slot.dimension == "thing" and "person" in slot.choices for slot in card.params.values()):
        # East of the room: the eye, in the north-east, looks past it.
        sections["rooms"].append("ward: {size: [4.2 m, 3.6 m, 2.6 m], east_of: studio}")
        sections["openings"].append("door: {use: clinic_door, against: ward.west}")
        sections["props"].append(f"{BED}: {{use: exam_bed, against: ward.north}}")
        sections["people"].append(f"{SPARE}: {{use: adult, in: {BED}}}")
    return _written(card, sections)


def _by_the_lake(card: Card, environment: str, thing: str) -> str:
    props = ["dock: {use: wooden_dock, at: [0 m, 0 m], length: 6 m}"]
    stands_on = "dock"
    if max(card.size) > LONGEST:
        props, stands_on = [f"{THING}: {thing.replace('{where}', ', at: [0 m, 0 m]')}"], THING
    elif thing:
        where = ", rests_on: dock" if card.solid else ", origin: dock, at: [0 m, 0 m, 1.2 m]"
        props.append(f"{THING}: {thing.replace('{where}', where)}")
    people = [f"participant: {{rests_on: {stands_on}, at: [0 m, {'-2.2' if stands_on == 'dock' else '-0.6'} m]}}"]
    return _written(card, {"environment": environment, "props": props, "people": people})


def _written(card: Card, sections: Mapping[str, str | list[str]]) -> str:
    thing = "environment" if card.kind == "environment" else THING
    lines = ["spec: 1", "language: en"]
    for name, said in sections.items():
        if isinstance(said, str):
            lines.append(f"{name}: {said}")
        elif said:
            lines += [f"{name}:", *(f"  {line}" for line in said)]
    # What a scenario never changes is drawn as it begins: this one changes all that can be.
    changes = ", ".join(f"{{change: {thing}.{live}, to: {default_of(slot)}}}" for live, slot in card.live.items())
    rule = f"{{when: after 1 min, {f'do: [{changes}], ' * bool(changes)}go: end}}"
    lines += ["scenario:", f"  rules: {rule}", "text:", "  title: Studio", f"  sign: {SIGN}"]
    return "\n".join(lines) + "\n"


def _length(card: Card, axis: int, settings: Mapping[str, str]) -> float:
    """A side in metres: the card's, or what sets it instead."""
    name = card.stretch.get(("width", "depth", "height")[axis], "")
    return float(settings[name].removesuffix(" m")) if name in settings else card.size[axis]


def stand_back(points: Points, towards: Points, fov: tuple[float, float]) -> tuple[Vec3, Vec3]:
    """Where an eye is, and what it looks at, that sees points from a side (a unit vector) as large as they fit in the middle of
    its picture. `fov` are the tangents of half its angles, across and up."""
    right = np.cross(-towards, (0.0, 0.0, 1.0))
    right /= np.linalg.norm(right)
    up = np.cross(right, -towards)
    middle = (points.min(0) + points.max(0)) / 2
    across, upward = fov[0] * FILLED, fov[1] * FILLED
    for _ in range(6):
        x, y, near = (points - middle) @ right, (points - middle) @ up, (points - middle) @ towards
        away = float(max((near + np.abs(x) / across).max(), (near + np.abs(y) / upward).max()))
        seen_x, seen_y = x / (away - near), y / (away - near)
        middle = middle + away * ((seen_x.min() + seen_x.max()) / 2 * right + (seen_y.min() + seen_y.max()) / 2 * up)
    near = (points - middle) @ towards
    away = float(
        max((near + np.abs((points - middle) @ right) / across).max(), (near + np.abs((points - middle) @ up) / upward).max())
    )
    # To 0.1 mm: how numpy rounds differs from machine to machine, and an edge may fall on the other side of a sample.
    start, end = (np.round(each, 4) for each in (middle + towards * away, middle))
    return (float(start[0]), float(start[1]), float(start[2])), (float(end[0]), float(end[1]), float(end[2]))


def _fov(across_deg: float, size: tuple[int, int]) -> tuple[float, float]:
    across = tan(radians(across_deg) / 2)
    return across, across * size[1] / size[0]


def _direction(place: Transform, aside_deg: float, over_deg: float) -> Points:
    aside, over = radians(aside_deg), radians(over_deg)
    return np.array(place.direction((sin(aside) * cos(over), cos(aside) * cos(over), sin(over))))


def _placed(place: Transform, points: Points) -> Points:
    columns = [place.direction(axis) for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))]
    return np.asarray(points @ np.array(columns) + np.array(place.position), np.float64)
