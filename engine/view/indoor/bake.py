"""What light reaches points of a room, past the things in it: how much of each panel they see, and what comes by way of walls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.view.indoor.panels import Panel, form_factor
from engine.view.indoor.radiosity import FURNITURE, Patches, sent_towards
from engine.view.indoor.softening import Open, Shade, Sheet, blurred
from engine.view.indoor.tracing import LIFT, SPOTS, Spot, Tracer, directions, hidden_by, spot_from, spots_of_lamp, spots_of_panel
from engine.view.render.light import LUMINANCE

Array = NDArray[np.float32]

LIVE = 4
"""Panels that a room's shaders know; what further ones give is added to what comes by way of walls."""

DIRECTIONS = 128
"""In which one looks for what comes by way of walls, all round: 64 for each surface, steps of about 2 %, softened on faces."""

CELL, EDGE = 0.25, 0.001
"""Metres: what arrives from one direction is known this fine; and what is beside the room has the light so far within it."""

THINGS = (0.42, 0.24)
"""What a thing sends back of the room's mean light, where it hides a wall: things are darker than walls and see less. So much
more of their tops, which lamps light, when one looks straight down at them, and so much less of their undersides."""

DEPTH = (2.2, 0.40)
"""How much darker than it is what is hidden is shown: an exponent of how much is seen of panels; and the share that light by way
of walls loses where a point is not open at all. A matter of taste, as in any studio's occlusion pass: the light of white rooms
under wide lamps is so even that forms are hard to read. Nothing in the open is any darker, and walls lose none of their panels'
light: what stands off them throws it far aside, where it looks like a smudge."""

BLUR = 0.10
"""Metres over which light by way of walls is evened out on faces: the steps of its cells go, and walls send no finer light."""


KEPT = 0.08
"""How much of its colour light keeps that coloured walls and floors have given it. An eye adapts anew where it looks, as it does
to lamps and windows (`panels.MIXED`): the shade of a thing on a wall is darker wall to it, not the floor's brown."""


@dataclass(frozen=True, eq=False)
class Traced:
    """`bounce` n x 4: irradiance by way of walls in lux (rgb), and how open a point lies (0-1); `seen` n x 4: how much of each
    live panel it sees, 0-1, and of lamps that stand still."""

    bounce: Array
    seen: Array


Lamp = tuple[float, float, float, float, float]
"""Where a live lamp shines that stands still, the radius of its own parts, and that of what shines in it; metres."""

Source = tuple[Sequence[Sequence[Spot]], float]
"""What shines: pictures from each of some places on it, and how many metres wide the piece is that each place stands for."""

Group = tuple[Array, Array]
"""Points n x 3, and their normals n x 3, or one normal (3) that all of them have: faces of a room are many points of one
normal."""


def bake(
    patches: Patches,
    panels: Sequence[Panel],
    tracer: Tracer,
    groups: Sequence[Group],
    sheets: Sequence[Sheet] = (),
    *,
    live: int = LIVE,
    open_: Sequence[Array] = (),
    lamps: Sequence[Lamp] = (),
) -> list[Traced]:
    """Light at groups of points, in the scene; the first groups are `sheets`, on which shadows are as soft as they should be. The
    first `live` panels shine in the shaders. `open_` are for each sheet 0 at points that something lies on. `lamps` take what
    channels panels leave; what moves freely, the last group, is lit by all of them."""
    shown: list[Open | None] = [None] * len(sheets)
    if open_:
        shown = [None if one.all() else Open(sheet, one) for sheet, one in zip(sheets, open_, strict=True)]

    def shades(channels: int) -> list[Shade]:
        return [Shade(sheet, channels, one) for sheet, one in zip(sheets, shown, strict=True)]

    lifted = [np.asarray(points + normals * np.float32(LIFT), np.float32) for points, normals in groups]
    seen = [np.ones((len(points), LIVE), np.float32) for points in lifted]
    for index, panel in enumerate(panels[:live]):
        spots = [[spot] for spot in ([] if tracer.empty else spots_of_panel(panel, tracer.points.astype(float)))]
        _look_out((spots, math.sqrt(panel.area) / SPOTS), tracer, lifted, [each[:, index] for each in seen], shades(1))
    for index, (*at, radius, bulb) in enumerate(lamps, start=len(panels[:live])):
        some = [each[:, index] for each in seen[:-1]]
        _look_out((spots_of_lamp(at, radius, bulb), 2.0 * bulb), tracer, lifted[:-1], some, shades(1))
    turned = [(points, normals) for points, (_, normals) in zip(lifted, groups, strict=True)]
    bounced = _look_round(patches, tracer, turned, shades(4))
    for panel in panels[live:]:
        for bounce, points, (_, normals) in zip(bounced, lifted, groups, strict=True):
            direct = form_factor(panel, points.astype(float), np.broadcast_to(normals, points.shape).astype(float))
            bounce[:, :3] += (direct * bounce[:, 3])[:, None] * panel.radiance() * math.pi
    for bounce, sight, (_, normals) in zip(bounced[:-1], seen[:-1], groups, strict=False):
        wall = normals.ndim == 1 and normals[2] < 0.5
        deepen(bounce, sight, 1.0 if wall else DEPTH[0])
    return [Traced(*both) for both in zip(bounced, seen, strict=True)]


def deepen(bounce: Array, seen: Array, power: float) -> None:
    """Let what is hidden be darker than it is (`DEPTH`). Not in the free air, where sides are compared with each other."""
    bounce[:, :3] *= 1.0 - np.float32(DEPTH[1]) * (1.0 - np.clip(bounce[:, 3:], 0.0, 1.0))
    seen[:] = np.clip(seen, 0.0, 1.0) ** np.float32(power)


def _look_out(
    source: Source,
    tracer: Tracer,
    groups: Sequence[Array],
    seen: Sequence[Array],
    shades: Sequence[Shade],
) -> None:
    """How much of a panel or a lamp each point sees past the things of its room."""
    if tracer.empty:
        return
    places, piece = source
    spots = [spot for some in places for spot in some]
    share = 1 / len(places)
    for picture, spot in zip(tracer.pictures(spots, clear=len(spots) == len(places)), spots, strict=True):
        ruler = spot.ruler.astype(np.float32)
        for which, (points, each) in enumerate(zip(groups, seen, strict=True)):
            gap = hidden_by(picture, spot, points)
            hidden = np.nonzero(gap)[0]
            if which >= len(shades):
                each[hidden] -= share
                continue
            gap = gap[hidden]
            thing = np.maximum(points[hidden] @ ruler[:3] + ruler[3] - gap, 0.02)
            shades[which].add(hidden, share, np.float32(piece) * gap / thing)
    for shade, each in zip(shades, seen, strict=False):
        each[:] = np.clip(1.0 - shade.whole()[:, 0], 0.0, 1.0)


def _look_round(patches: Patches, tracer: Tracer, groups: Sequence[Group], shades: Sequence[Shade]) -> list[Array]:
    """Irradiance by way of walls, and openness: looking round in fixed directions, each weighed by its cosine."""
    room = patches.shell.room
    around = directions(DIRECTIONS)
    spots = [spot_from(direction, [z - 0.1 for z in room.low], [z + 0.1 for z in room.high]) for direction in around]
    pictures = tracer.pictures(spots, clear=True) if not tracer.empty else iter([None] * len(spots))
    mean = ((patches.received * patches.areas[:, None]).sum(0) / patches.areas.sum()).astype(np.float32)
    made = [np.zeros((len(points), 4), np.float32) for points, _ in groups]
    weights = [np.zeros(len(points), np.float32) for points, _ in groups]
    apart = np.float32(math.sqrt(4 * math.pi / DIRECTIONS))
    chance = np.random.Generator(np.random.PCG64(52))
    low, high = np.array(room.low, np.float32), np.array(room.high, np.float32) - np.float32(EDGE)
    within = [np.clip(points, low, high) for points, _ in groups]
    for direction, spot, picture in zip(around, spots, pictures, strict=True):
        instead = np.append(mean * np.float32(THINGS[0] - THINGS[1] * direction[2]), np.float32(0.0))
        field = Field(patches, direction, chance.random(3).astype(np.float32))
        for which, ((points, normals), light, weight) in enumerate(zip(groups, made, weights, strict=True)):
            cosine = normals @ direction.astype(np.float32)
            index = slice(None) if normals.ndim == 1 else np.nonzero(cosine > 0.0)[0]
            if (normals.ndim == 1 and cosine <= 0.0) or not len(points):
                continue
            share = cosine if normals.ndim == 1 else cosine[index]
            some = points[index]
            arrives = field.at(within[which][index])
            if picture is not None:
                gap = hidden_by(picture, spot, some)
                hidden = np.nonzero(gap)[0]
                if which < len(shades):
                    shades[which].add(hidden, (instead - arrives[hidden]) * share, apart * gap[hidden])
                else:
                    arrives[hidden] = instead
            arrives *= share if normals.ndim == 1 else share[:, None]
            light[index] += arrives
            weight[index] += share
    for which, shade in enumerate(shades):
        made[which] = blurred(made[which], shade.sheet, BLUR / shade.sheet.texel) + shade.whole()
    for light, weight in zip(made, weights, strict=True):
        light[:] /= np.maximum(weight, 1e-6)[:, None]
        colours = np.maximum(light[:, :3], 0.0) * FURNITURE
        grey = (colours @ LUMINANCE.astype(np.float32))[:, None]
        light[:, :3] = grey + KEPT * (colours - grey)
    return made


class Field:
    """What arrives from one direction all over a room: known in cells, which lie elsewhere for each direction, so that looking in
    many directions blurs their edges. `shift` is 0-1 along each axis."""

    def __init__(self, patches: Patches, direction: NDArray[np.float64], shift: Array) -> None:
        room = patches.shell.room
        low, high = np.array(room.low, np.float32), np.array(room.high, np.float32)
        self.count = np.ceil((high - low) / CELL).astype(np.int32) + 1
        self.first = low - shift * np.float32(CELL)
        self.step = np.array((self.count[1] * self.count[2], self.count[2], 1), np.int32)
        axes = [self.first[axis] + (np.arange(self.count[axis], dtype=np.float32) + 0.5) * np.float32(CELL) for axis in range(3)]
        middles = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
        self.values = np.column_stack([sent_towards(patches, middles, direction), np.ones(len(middles), np.float32)])

    def at(self, points: Array) -> Array:
        """Lumens per square metre (rgb) and 1, at n points within the room: n x 4."""
        cell = ((points - self.first) * np.float32(1 / CELL)).astype(np.int32)
        found: Array = self.values[cell @ self.step]
        return found


def illuminance(patches: Patches) -> NDArray[np.float64]:
    """Mean lux on the walls and the floor, coloured: what an eye in the room adapts to."""
    keep = [name for name in patches.shape if name != "ceiling"]
    parts = [slice(patches.first[name], patches.first[name] + int(np.prod(patches.shape[name]))) for name in keep]
    area = sum(float(patches.areas[part].sum()) for part in parts)
    lumens: NDArray[np.float64] = np.sum([(patches.received[part] * patches.areas[part, None]).sum(0) for part in parts], axis=0)
    return lumens / area
