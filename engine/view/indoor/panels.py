"""What shines into a room: LED panels and windows, as rectangles of even luminance.

Units are photometric: lumens, lux, candela per square metre, each as linear sRGB whose luminance (Y) is the figure. Colours are
as an eye sees them that has adapted, not quite, to the room's light."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.gltf import ModelError
from engine.view.geometry.outside import SIGHTS
from engine.view.geometry.parts import number
from engine.view.render.light import LUMINANCE, black_body
from engine.world import Body, World
from engine.world.rooms import RoomBox
from engine.world.vectors import Transform

Array = NDArray[np.float64]
Face = tuple[tuple[float, float], tuple[float, float]]

KEY, ADAPTED, REFERENCE = 1.15, 0.8, 200.0
"""Exposure: in a room of REFERENCE lux a grey card of 18 % comes out as by `engine.view.render.tone` of KEY times its
reflectance; the eye makes up for ADAPTED of the difference in other rooms."""

ADAPTED_WHITE = 0.90
"""How far an eye adapts to the colour of light: 1 would make every lamp white, 0 would make 3500 K orange. Fairchild, "Color
Appearance Models" (3rd edition, 2013, section 8.3), gives about 0.6 to 0.9 for rooms; light of a screen's kind is adapted to
less."""

MIXED = 0.25
"""What is left of how the colours of lamps and windows differ (an exponent) once all are seen by one white: an eye adapts anew
where it looks, so that paint under a warm lamp and beside a cool window still looks like one paint."""

GLASS = 0.55
"""How much of the light outside a window lets in: double glazing (0.8), frames and what stands on the sill."""

LAMP_FACE = 0.95
"""How much of a lamp's foot shines if its card's model does not say what `face` it has: the rest is its frame."""


@dataclass(frozen=True, eq=False)
class Panel:
    """A rectangle that shines to one side: `middle` in the scene, `half_x` and `half_y` from it to its edges in metres, and
    `half_x` x `half_y` towards what it lights. `colour` has luminance 1; `lumens` is 0 for a window, whose `luminance` is
    fixed."""

    thing: str
    copy: int
    middle: Array
    half_x: Array
    half_y: Array
    colour: Array
    lumens: float = 0.0
    luminance: float = 0.0

    @property
    def area(self) -> float:
        """Square metres."""
        return 4.0 * float(np.linalg.norm(self.half_x) * np.linalg.norm(self.half_y))

    @property
    def out_of(self) -> Array:
        """The unit vector in which it shines."""
        normal = np.cross(self.half_x, self.half_y)
        return np.asarray(normal / np.linalg.norm(normal), np.float64)

    def radiance(self, lumens: float | None = None) -> Array:
        """Its luminance in cd/m2, coloured, at a flux in lumens: a flat lamp that looks alike from all sides gives flux / (pi
        area)."""
        flux = self.lumens if lumens is None else lumens
        bright = self.luminance + flux / (math.pi * self.area)
        return np.asarray(self.colour * bright, np.float64)


Daylight = Callable[[Array], Array]


def panels_of(world: World, room: RoomBox, white: Array, daylight: Daylight | None = None) -> list[Panel]:
    """What shines into a room, the strongest first: lamps in it, each copy, and windows in its walls. `white` is
    `adapted_white`; `daylight` gives what lies outside windows that look along a unit vector, if it is no sight of their own."""
    found: list[Panel] = []
    for name, body in world.bodies.items():
        if body.card.kind != "light" or "flux" not in body.card.live:
            continue
        for copy, own in enumerate(body.copies):
            place = world.places[name] @ own
            if not room.holds(place.position, 0.05):
                continue
            kelvin = float(body.parameters.get("white", 4000.0))
            lumens = float(body.parameters.get("flux", 0.0))
            lifted = Transform((0.0, 0.0, lift_of(world, name))) @ place
            found.append(_lamp((name, copy), lifted, face_of(body), _seen(black_body(kelvin) * white), lumens))
    for wall in room.walls.values():
        for hole in wall.holes:
            view = str(world.bodies[hole.opening].parameters.get("view", ""))
            if hole.behind or (view not in SIGHTS and daylight is None) or world.bodies[hole.opening].card.way:
                continue
            run, inward = np.array(wall.run), np.array(wall.inward)
            across, up = run * (hole.width / 2), np.array((0.0, 0.0, hole.height / 2))
            if np.dot(np.cross(across, up), inward) < 0:
                across = -across
            middle = np.array(wall.point(hole.along, hole.up + hole.height / 2)) - inward * room.thickness
            light = (np.array(SIGHTS[view].light) if daylight is None else daylight(-inward) * GLASS) * white
            found.append(Panel(hole.opening, hole.copy, middle, across, up, _seen(light), 0.0, float(light @ LUMINANCE)))
    return sorted(found, key=lambda panel: -float(panel.radiance() @ LUMINANCE) * panel.area)


def lift_of(world: World, name: str) -> float:
    """Metres by which a lamp is drawn above its place: one that hangs under a tiled ceiling is let into it, its face flush."""
    body, place = world.bodies[name], world.places[name]
    room = next((room for room in world.rooms.values() if room.holds(place.position, 0.05)), None)
    if body.card.kind != "light" or room is None or not room.finish.get("ceiling", "").startswith("tile_600"):
        return 0.0
    gap = room.high[2] - place.position[2]
    return gap if 0.0 < gap <= body.size[2] + 0.01 else 0.0


def let_in(world: World, room: RoomBox) -> list[tuple[float, float, float, float]]:
    """The squares of a room's ceiling that lamps take the place of: x0, y0, x1, y1 in the scene."""
    found: list[tuple[float, float, float, float]] = []
    for name, body in world.bodies.items():
        if lift_of(world, name) <= 0.0:
            continue
        for own in body.copies:
            x, y, _ = (world.places[name] @ own).position
            if room.holds((x, y, room.origin[2] + 0.1)):
                half = (_whole_tiles(body.size[0]) / 2, _whole_tiles(body.size[1]) / 2)
                found.append((x - half[0], y - half[1], x + half[0], y + half[1]))
    return found


def _whole_tiles(metres: float) -> float:
    return max(1, math.ceil(metres / 0.6 - 0.05)) * 0.6


def face_of(body: Body) -> Face:
    """Where a lamp shines, in its own axes: the middle of its face, and half of its width and depth, metres."""
    width, depth, _ = body.size
    said = body.card.model.get("face")
    if said is None:
        return (0.0, 0.0), (width * LAMP_FACE / 2, depth * LAMP_FACE / 2)
    where = f"The face of the card '{body.card.name}'"
    form = "write it like {at: [0 m, 0.04 m], size: [1.1 m, 0.08 m]}"
    pairs: list[Any] = [said.get(key) for key in ("at", "size")] if isinstance(said, Mapping) else [None]
    if not all(isinstance(pair, Sequence) and not isinstance(pair, str) and len(pair) == 2 for pair in pairs):
        raise ModelError(f"{where} is not a middle and a size of two lengths each; {form}.")
    (x, y), (wide, deep) = ([number(each, where) for each in pair] for pair in pairs)
    return (x, y), (wide / 2, deep / 2)


def _lamp(thing: tuple[str, int], place: Transform, face: Face, colour: Array, lumens: float) -> Panel:
    (x, y), (half_width, half_depth) = face
    middle = np.array(place.point((x, y, 0.0)))
    half_x = np.array(place.direction((half_width, 0.0, 0.0)))
    half_y = np.array(place.direction((0.0, -half_depth, 0.0)))
    return Panel(*thing, middle, half_x, half_y, colour, lumens)


def _seen(colour: Array) -> Array:
    """A colour of light among others, of luminance 1."""
    even = (colour / float(colour @ LUMINANCE)) ** MIXED
    return np.asarray(even / float(even @ LUMINANCE), np.float64)


def daylight_of(world: World, daylight: Daylight | None) -> Array:
    """Lumens, coloured, that come in by all windows: from a landscape, or from the sights of their own."""
    total = np.zeros(3)
    for room in world.rooms.values():
        for wall in room.walls.values():
            for hole in wall.holes:
                view = str(world.bodies[hole.opening].parameters.get("view", ""))
                if hole.behind or world.bodies[hole.opening].card.way or (daylight is None and view not in SIGHTS):
                    continue
                light = np.array(SIGHTS[view].light) if daylight is None else daylight(-np.array(wall.inward)) * GLASS
                total += light * (math.pi * hole.width * hole.height)
    return total


def exposure_for(lux: float) -> float:
    """What makes cd/m2 of the picture, for an eye that has adapted to a mean illuminance."""
    return float(KEY * np.pi / (REFERENCE * (max(lux, 1.0) / REFERENCE) ** ADAPTED))


def adapted_white(kelvins: Sequence[tuple[float, float]], daylight: Array | None = None) -> Array:
    """What all light is multiplied by, for an eye that has adapted to lamps of these (kelvin, lumens) and to windows'
    lumens: von Kries' rule on linear sRGB."""
    total = np.zeros(3) if daylight is None else daylight.copy()
    for kelvin, lumens in kelvins:
        total += black_body(kelvin) * lumens
    if not total.any():
        return np.ones(3)
    seen = total / float(total @ LUMINANCE)
    gain = (1.0 / seen) ** ADAPTED_WHITE
    return np.asarray(gain / float((seen * gain) @ LUMINANCE), np.float64)


def form_factor(panel: Panel, points: Array, normals: Array) -> Array:
    """Irradiance over (pi times luminance) at n points with normals, 0-1: Lambert's sum over the edges, as `indoor.glsl` has
    it."""
    corners = [panel.middle + sx * panel.half_x + sy * panel.half_y - points for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    units = [corner / np.maximum(np.linalg.norm(corner, axis=1, keepdims=True), 1e-9) for corner in corners]
    total = np.zeros_like(points)
    for index in range(4):
        a, b = units[index], units[(index + 1) % 4]
        cosine = np.clip((a * b).sum(1), -1.0, 1.0)
        sine = np.sqrt(np.maximum(1.0 - cosine**2, 1e-12))
        total += np.cross(a, b) * (np.arccos(cosine) / sine / (2 * math.pi))[:, None]
    towards = panel.middle - points
    total *= np.where((total * towards).sum(1) < 0.0, -1.0, 1.0)[:, None]
    whole = np.linalg.norm(total, axis=1)
    found = np.maximum((whole**2 + (total * normals).sum(1)) / (whole + 1.0), 0.0)
    before = (towards @ panel.out_of) < 0.0
    return np.asarray(np.where(before, found, 0.0), np.float64)
