"""The sun in a room: where it comes in by windows, and what stands in its way.

Two maps are drawn once, as the sun sees the room, without perspective: where its light comes in past walls, frames and bars
(`panes`), and how far it gets, to the first thing (`things`). A point looks its own place up in both. The further it is from
the window, the coarser the mipmap of the panes that it reads: the sun is half a degree wide, and bars' shadows are that soft.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.cache import Arrays, Given, kept
from engine.view.geometry.outside import SIGHTS, Sun
from engine.view.indoor.panels import Panel
from engine.view.indoor.softening import Sheet, blurred
from engine.view.indoor.tracing import NOTHING, SHEET, SIDE, Spot, Tracer
from engine.view.render.light import LUMINANCE, black_body
from engine.view.stage import Stage
from engine.world import World
from engine.world.rooms import Hole, RoomBox, Wall

Array = NDArray[np.float64]
Things = tuple[NDArray[np.float32], NDArray[np.uint32]]
"""Corners n x 3 and triangles of what stands in a room."""

FINER = 2
TEXELS = SIDE * SHEET // FINER
"""Along each side of both maps, which show what the windows let in: about 2 mm; and how many times finer they are drawn."""

LEVELS, BELL = 5, 2.0
"""Mipmaps of the panes, and the standard deviation of the bell that blurs each, in its own texels, so that what lies between them
is smooth."""

MARGIN = 1.15
"""What is drawn round the windows."""

SLANT = 0.1
"""Cosine of the sun's angle to a window, below which it only grazes it."""

FRAME = (0.12, 0.15)
"""What belongs to a window: metres into the room, and round its hole. Its shadow is in the panes, soft as it falls from there."""

GLAZED = 0.66
"""How much of a window's hole is glass, as `sash_window` is drawn."""

DISC, FAR = 0.0093, 20.0
"""Radians that the sun is wide; metres from which it shines on what moves."""

SAMPLES = 6
"""Spots along each side of a patch at which one looks whether the sun falls on it."""


@dataclass(frozen=True, eq=False)
class Sunbeam:
    """The sun that comes into one room by `holes`; `frame` takes scene points to -1 to 1 as the sun sees them, the third axis
    away from it; `metres` is half of its width, `depth` of its depth."""

    room: RoomBox
    sun: Sun
    holes: tuple[tuple[Wall, Hole], ...]
    frame: NDArray[np.float64]
    metres: float
    depth: float

    @property
    def light(self) -> Array:
        """Lux on what faces it, coloured: against the sky's light, which an eye takes for white."""
        colour = black_body(self.sun.kelvin)
        return np.asarray(colour / float(colour @ LUMINANCE) * self.sun.lux, np.float64)

    @property
    def lumens(self) -> float:
        """What comes in by all windows."""
        towards = np.array(self.sun.towards)
        open_ = [-float(np.dot(wall.inward, towards)) * hole.width * hole.height for wall, hole in self.holes]
        return sum(open_) * GLAZED * self.sun.lux

    def comes_in(self, points: Array) -> NDArray[np.bool_]:
        """Whether the holes let the sun through the whole thickness of their walls to n points."""
        towards = np.array(self.sun.towards)
        found = np.zeros(len(points), bool)
        for wall, hole in self.holes:
            open_ = np.ones(len(points), bool)
            for deep in (0.0, self.room.thickness):
                inward, run = np.array(wall.inward), np.array(wall.run)
                middle = np.array(wall.point(hole.along, hole.up + hole.height / 2)) - deep * inward
                away = (points - middle) @ inward / -float(inward @ towards)
                hit = points + away[:, None] * towards - middle
                open_ &= (np.abs(hit @ run) < hole.width / 2) & (np.abs(hit[:, 2]) < hole.height / 2) & (away > -1e-6)
            found |= open_
        return found

    def on_patches(self, middles: Array, normals: Array, sides: Array) -> Array:
        """How much of the sun's lux falls on n patches, 0-1; `sides` are both of each as vectors (n x 2 x 3)."""
        cosine = np.maximum(normals @ np.array(self.sun.towards), 0.0)
        found = np.zeros(len(middles))
        for u in (np.arange(SAMPLES) + 0.5) / SAMPLES - 0.5:
            for v in (np.arange(SAMPLES) + 0.5) / SAMPLES - 0.5:
                found += self.comes_in(middles + u * sides[:, 0] + v * sides[:, 1])
        return np.asarray(found * cosine * (GLAZED / SAMPLES**2), np.float64)

    @property
    def lamp(self) -> Panel:
        """The sun as a lamp as wide as it looks, from a good way off; `shown` says what it gives."""
        towards, half = np.array(self.sun.towards), FAR * DISC / 2
        across = np.cross(towards, (0.0, 0.0, 1.0))
        across *= half / np.linalg.norm(across)
        middle = (np.array(self.room.low) + self.room.high) / 2 + FAR * towards
        return Panel("", 0, middle, across, np.cross(across, towards), self.light / self.sun.lux)

    def shown(self, middle: Array, radius: float) -> float:
        """Lumens of `lamp` on what lies in a ball: 0 where the sun does not reach it."""
        grid = np.stack(np.meshgrid(*[(-0.7, 0.0, 0.7)] * 3), -1).reshape(-1, 3)
        if not self.comes_in(middle + radius * grid).any():
            return 0.0
        return self.sun.lux * math.pi * FAR**2

    def maps(self, stage: Stage, things: Things) -> Arrays:
        """`panes/LEVEL` (255 where the sun comes in) and `things` (0-65,535 of the way through the room), row 0 lowest."""
        room = (self.room.low, self.room.high, self.room.thickness)
        given: list[Given] = [stage.renderer, repr((room, self.sun, self.holes)), *things]
        return kept(__name__, given, lambda: self._drawn(stage, *things))

    def _drawn(self, stage: Stage, points: NDArray[np.float32], triangles: NDArray[np.uint32]) -> Arrays:
        own = self._of_windows(points)[triangles].all(1)
        frames, things = (self._looked_at(stage, points, triangles[some]) for some in (own, ~own))
        side = SIDE * SHEET
        panes, across = np.zeros((side, side), np.float32), (np.arange(side) + 0.5) / side * 2 - 1
        back = np.linalg.inv(self.frame)
        for row, up in enumerate(across):
            behind = np.column_stack([across, np.full(side, up), np.ones((side, 2))])
            panes[row] = self.comes_in((behind @ back.T)[:, :3])
        panes[frames < NOTHING] = 0.0
        panes = panes.reshape(TEXELS, FINER, TEXELS, FINER).mean((1, 3))
        nearest = things.reshape(TEXELS, FINER, TEXELS, FINER).min((1, 3))  # what is thinner than a texel throws a whole shadow
        through = np.clip((nearest / self.depth + 1) * 0.5, 0.0, 1.0)
        made = {f"panes/{level}": np.round(one * 255).astype(np.uint8) for level, one in enumerate(_softer(panes))}
        return made | {"things": np.round(through * 65535).astype(np.uint16)}

    def _of_windows(self, points: NDArray[np.float32]) -> NDArray[np.bool_]:
        found = np.zeros(len(points), bool)
        deep, round_ = FRAME
        for wall, hole in self.holes:
            away = points - np.array(wall.point(hole.along, hole.up + hole.height / 2))
            found |= (
                (away @ np.array(wall.inward) < deep)
                & (np.abs(away @ np.array(wall.run)) < hole.width / 2 + round_)
                & (np.abs(away[:, 2]) < hole.height / 2 + round_)
            )
        return found

    def _looked_at(self, stage: Stage, points: NDArray[np.float32], triangles: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Metres from the middle of the room, away from the sun, to the first of some triangles."""
        made = np.full((SIDE * SHEET, SIDE * SHEET), NOTHING, np.float32)
        tracer = Tracer(stage, points, triangles)
        if tracer.empty:
            return made
        tiles = [(i, j) for i in range(SHEET) for j in range(SHEET)]
        spots = []
        for i, j in tiles:
            clip = self.frame.copy()
            for axis, index in ((0, j), (1, i)):
                clip[axis] = SHEET * self.frame[axis] + (SHEET - 1 - 2 * index) * self.frame[3]
            spots.append(Spot(clip, self.frame[2] * self.depth))
        for (i, j), picture in zip(tiles, tracer.pictures(spots), strict=True):
            made[i * SIDE : (i + 1) * SIDE, j * SIDE : (j + 1) * SIDE] = picture
        tracer.close()
        return made


def sunbeam_of(world: World, room: RoomBox) -> Sunbeam | None:
    """The sun that comes into a room, if any of its windows looks out on a sight that has one and is turned to it."""
    if "environment" in world.bodies:
        return None
    holes: dict[Sun, list[tuple[Wall, Hole]]] = {}
    for wall in room.walls.values():
        for hole in wall.holes:
            sight = SIGHTS.get(str(world.bodies[hole.opening].parameters.get("view", "")))
            if hole.behind or sight is None or sight.sun is None or -np.dot(wall.inward, sight.sun.towards) < SLANT:
                continue
            holes.setdefault(sight.sun, []).append((wall, hole))
    if not holes:
        return None
    sun, mine = max(holes.items(), key=lambda item: len(item[1]))
    return Sunbeam(room, sun, tuple(mine), *_frame(room, np.array(sun.towards), mine))


def _frame(room: RoomBox, towards: Array, holes: Sequence[tuple[Wall, Hole]]) -> tuple[NDArray[np.float64], float, float]:
    """As the sun sees the windows of a room, and through the whole room: the matrix, metres of half its side and its depth."""
    across = np.cross((0.0, 0.0, 1.0), towards)
    across /= np.linalg.norm(across)
    axes = np.stack([across, np.cross(towards, across), -towards])
    corners = [
        np.array(wall.point(hole.along + u * hole.width / 2, hole.up + v * hole.height)) - deep * np.array(wall.inward)
        for wall, hole in holes
        for u in (-1, 1)
        for v in (0, 1)
        for deep in (0.0, room.thickness)
    ]
    found = np.array(corners) @ axes[:2].T
    low, high = np.array(room.low) - 0.2, np.array(room.high) + 0.2
    half = float(np.ptp(found, 0).max()) / 2 * MARGIN
    deep = float(np.abs(axes[2]) @ (high - low)) / 2
    middle = np.append((found.min(0) + found.max(0)) / 2, axes[2] @ (low + high) / 2)
    matrix = np.eye(4)
    matrix[:3, :3] = axes / np.array((half, half, deep))[:, None]
    matrix[:3, 3] = -middle / (half, half, deep)
    return matrix, half, deep


def shine(node: p3d.NodePath, beam: Sunbeam | None, gain: Array, stage: Stage, things: Things) -> None:
    """Give a room's node what `sunbeam.glsl` asks for, darkness if no sun comes in. `gain` is what an eye makes of all light."""
    maps = None if beam is None else beam.maps(stage, things)
    light = np.zeros(3) if beam is None else beam.light * gain
    empty: Arrays = {"panes/0": np.zeros((1, 1), np.uint8), "things": np.zeros((1, 1), np.uint16)}
    every = empty if maps is None else maps
    panes = [every[name] for name in sorted(every) if name.startswith("panes/")]
    node.set_shader_input("beam_panes", as_texture("panes", panes))
    node.set_shader_input("beam_things", as_texture("things", [every["things"]]))
    node.set_shader_input("beam_depth", as_texture("depth", [every["things"]], compared=False))
    to_map = np.diag((0.5, 0.5, 0.5, 1.0))
    to_map[:3, 3] = 0.5
    matrix = to_map @ (np.eye(4) if beam is None else beam.frame)
    towards = (0.0, 0.0, 1.0) if beam is None else beam.sun.towards
    texel = 1.0 if beam is None else 2 * beam.metres / TEXELS
    node.set_shader_input("beam", p3d.LVecBase4f(*towards, 4 * BELL * texel / DISC))
    node.set_shader_input("beam_light", p3d.LVecBase4f(*map(float, light), 0.0))
    node.set_shader_input("beam_matrix", p3d.LMatrix4f(*map(float, matrix.T.ravel())))


def _softer(panes: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """A map of panes and its mipmaps, each blurred by a bell of BELL of its own texels."""
    made, sheet = [], Sheet(TEXELS, TEXELS, 1.0)
    for level in range(LEVELS):
        step = 1 << level
        soft = blurred(panes.reshape(-1, 1), sheet, BELL * step).reshape(TEXELS, TEXELS)
        made.append(soft.reshape(TEXELS // step, step, TEXELS // step, step).mean((1, 3)))
    return made


def as_texture(name: str, levels: Sequence[NDArray[np.generic]], compared: bool = True) -> p3d.Texture:
    """A map and its mipmaps (bytes, or 16 bits of depth, to be `compared` or read) for `sunbeam.glsl`."""
    texture, deep, side = p3d.Texture(f"beam {name}"), levels[0].dtype == np.uint16, len(levels[0])
    number, depth = p3d.Texture.T_unsigned_short if deep else p3d.Texture.T_unsigned_byte, deep and compared
    texture.setup_2d_texture(side, side, number, p3d.Texture.F_depth_component16 if depth else p3d.Texture.F_red)
    texture.set_ram_image(np.ascontiguousarray(levels[0]).tobytes())
    for level, values in enumerate(levels[1:], 1):
        texture.set_ram_mipmap_image(level, p3d.PTA_uchar(np.ascontiguousarray(values).tobytes()))
    texture.set_wrap_u(p3d.SamplerState.WM_clamp)
    texture.set_wrap_v(p3d.SamplerState.WM_clamp)
    texture.set_minfilter(p3d.SamplerState.FT_shadow if depth else p3d.SamplerState.FT_linear_mipmap_linear)
    texture.set_magfilter(p3d.SamplerState.FT_shadow if depth else p3d.SamplerState.FT_linear)
    return texture
