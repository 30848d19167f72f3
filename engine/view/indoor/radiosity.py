"""Light that comes by way of walls: each room a closed box of patches that send on what they receive (Goral, Torrance, Greenberg
and Battaile, "Modeling the Interaction of Light Between Diffuse Surfaces", 1984).

A patch that is hole leads what falls on it into the room behind, and gives back what comes from there; a window gives its own
light and keeps what falls on it. Lux and lumens per square metre, in linear sRGB."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import Arrays, Given, kept
from engine.view.geometry.finishes import albedo
from engine.view.geometry.mouldings import dado_of
from engine.view.geometry.room import Face, Shell
from engine.view.indoor.panels import Panel, form_factor
from engine.view.indoor.sunbeam import Sunbeam
from engine.view.render.light import LUMINANCE
from engine.world.rooms import Hole

Array = NDArray[np.float64]

PATCH = 0.34
"""Metres, about, of a patch's side."""

MOST_PATCHES = 2_000
"""Patches of one room; what each sees of the others grows with their square, so those of a hall are larger."""

BOUNCES = 24
"""Times that light is sent on: with walls of 0.8 the last is under 1 % of the first."""

SETTLED = 0.4
"""How far an eye adapts to the colour that walls give their light: cream stays cream, but makes white skirting no yellower."""

_BEYOND = (("west", "east"), ("south", "north"), ("floor", "ceiling"))
"""The faces that lie down and up each axis."""

FURNITURE = 0.82
"""How much of a wall's light gets past the furniture, which hides some of the room from itself and is darker than walls."""


@dataclass(eq=False)
class Patches:
    """The patches of one room. `shape` is rows and columns of each face, `first` its first patch; patch i x columns + j of a face
    lies in row i (its `up`) and column j (its `along`)."""

    shell: Shell
    shape: dict[str, tuple[int, int]]
    first: dict[str, int]
    middles: Array
    normals: Array
    areas: Array
    albedo: Array
    """What each sends on of red, green, blue; holes and lamps send on nothing."""
    hole: Array
    """How much of each is hole or lamp, 0-1."""
    direct: Array
    sent: Array
    """Lumens per square metre that leave each patch, after `solve`, without what lamps send themselves."""
    received: Array

    @cached_property
    def factors(self) -> Array:
        """Share of what leaves j that reaches i, by area of i: `received = factors @ sent`; rows add up to 1."""
        return form_factors(self.middles, self.normals, self.areas)

    @property
    def arrays(self) -> tuple[Array, ...]:
        """All that its light depends on, besides the rooms that it leads to."""
        return (self.middles, self.normals, self.areas, self.albedo, self.hole, self.direct)


def patch_side(shell: Shell) -> float:
    """Metres, about, of the side of a room's patches."""
    return max(PATCH, math.sqrt(sum(face.size[0] * face.size[1] for face in shell.faces) / MOST_PATCHES))


def make_patches(shell: Shell, panels: Sequence[Panel], sunbeam: Sunbeam | None = None) -> Patches:
    """Cut a room's faces into patches and find what each sees of the others, of the panels and of the sun."""
    shape: dict[str, tuple[int, int]] = {}
    first: dict[str, int] = {}
    middles: list[Array] = []
    normals: list[Array] = []
    areas, sends, hole, sides = [], [], [], []
    patch = patch_side(shell)
    for face in shell.faces:
        columns, rows = (max(2, round(side / patch)) for side in face.size)
        shape[face.name], first[face.name] = (rows, columns), sum(len(each) for each in middles)
        wide, high = face.size[0] / columns, face.size[1] / rows
        v, u = np.meshgrid((np.arange(rows) + 0.5) * high, (np.arange(columns) + 0.5) * wide, indexing="ij")
        middles.append(face.corner + u.ravel()[:, None] * face.along + v.ravel()[:, None] * face.up)
        normals.append(np.broadcast_to(face.inward, middles[-1].shape))
        areas.append(np.full(rows * columns, wide * high))
        sides.append(np.broadcast_to(np.stack([wide * face.along, high * face.up]), (rows * columns, 2, 3)))
        cut = _covered(face, rows, columns)
        sends.append(_albedo(shell, face, rows, columns) * (1.0 - cut)[:, None])
        hole.append(cut)
    points, turned, sizes = np.concatenate(middles).astype(float), np.concatenate(normals).astype(float), np.concatenate(areas)
    direct = np.zeros_like(points)
    for panel in panels:
        direct += form_factor(panel, points, turned)[:, None] * panel.radiance() * math.pi
    if sunbeam is not None:
        direct += sunbeam.on_patches(points, turned, np.concatenate(sides))[:, None] * sunbeam.light
    return Patches(
        shell, shape, first, points, turned, sizes, np.concatenate(sends), np.concatenate(hole),
        direct, np.zeros_like(points), np.zeros_like(points),
    )  # fmt: skip


def _covered(face: Face, rows: int, columns: int) -> Array:
    """How much of each patch of a face is hole."""
    found = np.zeros((rows, columns))
    edges_u, edges_v = np.linspace(0, face.size[0], columns + 1), np.linspace(0, face.size[1], rows + 1)
    for u0, v0, u1, v1 in face.holes:
        across = np.clip(np.minimum(edges_u[1:], u1) - np.maximum(edges_u[:-1], u0), 0.0, None)
        upward = np.clip(np.minimum(edges_v[1:], v1) - np.maximum(edges_v[:-1], v0), 0.0, None)
        found += upward[:, None] * across[None, :]
    cell = (face.size[0] / columns) * (face.size[1] / rows)
    return np.asarray(np.minimum(found / cell, 1.0).ravel(), np.float64)


def _albedo(shell: Shell, face: Face, rows: int, columns: int) -> Array:
    """What each patch of a face would send on if it had no hole: of walls, those that reach above a dado some of both."""
    finish = shell.room.finish
    surface = face.name if face.name in ("floor", "ceiling") else "walls"
    own, dado = np.array(albedo(surface, finish.get(surface, "plain"))), dado_of(shell.room)
    if surface != "walls" or not dado:
        return np.broadcast_to(own, (rows * columns, 3))
    share = np.clip(dado / face.size[1] * rows - np.arange(rows), 0.0, 1.0)[:, None]
    return np.repeat(share * np.array(albedo("dado", finish["dado"])) + (1.0 - share) * own, columns, axis=0)


def form_factors(middles: Array, normals: Array, areas: Array) -> Array:
    """What each patch of a closed convex room sees of each other. Rows add up to 1 and light is neither made nor lost: the
    formula for discs, scaled so that area times factor stays symmetric (Sinkhorn and Knopp 1967)."""
    between = middles[None, :, :] - middles[:, None, :]
    square = (between**2).sum(2)
    distance = np.sqrt(np.maximum(square, 1e-12))
    here = np.maximum((between * normals[:, None, :]).sum(2), 0.0) / distance
    there = np.maximum(-(between * normals[None, :, :]).sum(2), 0.0) / distance
    kernel = here * there / (math.pi * square + (areas[:, None] + areas[None, :]) / 2)
    scale = np.ones(len(areas))
    for _ in range(60):
        scale /= np.sqrt(np.maximum(scale * (kernel @ (scale * areas)), 1e-12))
    return np.asarray(scale[:, None] * kernel * (scale * areas)[None, :], np.float64)


def solve(rooms: Mapping[str, Patches]) -> None:
    """Send light round until it is spent; fills `sent` and `received` of every room."""
    given: list[Given] = []
    for name, room in rooms.items():
        given += [name, repr(room.shell.room), *room.arrays]

    def made() -> Arrays:
        _solve(rooms)
        return {f"{name}/{word}": getattr(room, word) for name, room in rooms.items() for word in ("sent", "received")}

    found = kept(__name__, given, made)
    for name, room in rooms.items():
        room.sent, room.received = (np.asarray(found[f"{name}/{word}"], np.float64) for word in ("sent", "received"))


def adapt(rooms: Mapping[str, Patches], panels: Mapping[str, Sequence[Panel]]) -> tuple[Array, dict[str, list[Panel]]]:
    """See rooms, `solve`d, by an eye that adapts to the colour of light as it arrives there, some of it from coloured walls: what
    all light is multiplied by (von Kries' rule), which leaves its mean luminance as it is, and the panels as they then are."""
    total = np.sum([(room.received * room.areas[:, None]).sum(0) for room in rooms.values()], axis=0)
    if not total.all():
        return np.ones(3), {name: list(some) for name, some in panels.items()}
    mean = total / float(total @ LUMINANCE)
    gain = (1.0 / mean) ** SETTLED
    gain = np.asarray(gain / float((mean * gain) @ LUMINANCE), np.float64)
    for room in rooms.values():
        room.direct, room.sent, room.received = (light * gain for light in (room.direct, room.sent, room.received))
    return gain, {name: [replace(panel, colour=panel.colour * gain) for panel in some] for name, some in panels.items()}


def _solve(rooms: Mapping[str, Patches]) -> None:
    given = {name: np.zeros_like(room.direct) for name, room in rooms.items()}
    for _ in range(BOUNCES):
        for name, room in rooms.items():
            room.received = room.direct + FURNITURE * (room.factors @ room.sent)
            room.sent = room.albedo * room.received + given[name]
        given = {name: _through(name, rooms) for name in rooms}
    for room in rooms.values():
        room.received = room.direct + FURNITURE * (room.factors @ room.sent)


def _through(name: str, rooms: Mapping[str, Patches]) -> Array:
    """What comes into a room by its holes: what falls on the other side of each."""
    room = rooms[name]
    given = np.zeros_like(room.direct)
    for wall in room.shell.room.walls.values():
        for hole in wall.holes:
            if hole.behind not in rooms:
                continue
            behind = rooms[hole.behind]
            other = next(one for one in behind.shell.room.walls.values() if any(_same(hole, its) for its in one.holes))
            face = next(face for face in room.shell.faces if face.name == wall.side)
            rows, columns = room.shape[face.name]
            mine = slice(room.first[face.name], room.first[face.name] + rows * columns)
            share = room.hole[mine]
            # What falls on the wall there, as a picture of the wall, is what shines in.
            far = behind.received[behind.first[other.side] :][: np.prod(behind.shape[other.side])]
            near = room.middles[mine]
            there = behind.middles[behind.first[other.side] :][: len(far)]
            nearest = ((near[:, None, :] - there[None, :, :]) ** 2).sum(2).argmin(1)
            inside = (
                np.abs((near - np.array(wall.point(hole.along))) @ np.array(wall.run))
                <= hole.width / 2 + patch_side(room.shell) / 2
            )
            given[mine] += far[nearest] * (share * inside)[:, None]
    return given


def _same(one: Hole, other: Hole) -> bool:
    """Whether two are the faces of one hole."""
    return (one.opening, one.copy) == (other.opening, other.copy)


def sent_towards(room: Patches, points: NDArray[np.float32], direction: Array) -> NDArray[np.float32]:
    """What is sent back, in lumens per square metre, by the spot of the room that lies in one direction from each of n points."""
    low, high = np.array(room.shell.room.low, np.float32), np.array(room.shell.room.high, np.float32)
    ahead = np.where(np.abs(direction) < 1e-6, 1e-6, direction).astype(np.float32)
    inside = np.clip(points, low + np.float32(1e-3), high - np.float32(1e-3))
    far = (np.where(ahead > 0, high, low) - inside) / ahead
    axis = far.argmin(1)
    result = np.zeros((len(points), 3), np.float32)
    for along in range(3):
        index = np.nonzero(axis == along)[0]
        if not len(index):
            continue
        face = next(one for one in room.shell.faces if one.name == _BEYOND[along][int(direction[along] > 0)])
        away = inside[index] + far[index, along, None] * ahead - face.corner
        result[index] = _picture_of(room, face, away @ face.along, away @ face.up)
    return result


def _picture_of(room: Patches, face: Face, u: NDArray[np.float32], v: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a face sends at points of it, in metres along and up; smooth between the middles of patches."""
    rows, columns = room.shape[face.name]
    picture = room.sent[room.first[face.name] :][: rows * columns].reshape(rows, columns, 3).astype(np.float32)
    u = np.clip(u / face.size[0] * columns - 0.5, 0.0, columns - 1.001)
    v = np.clip(v / face.size[1] * rows - 0.5, 0.0, rows - 1.001)
    i, j = v.astype(np.int32), u.astype(np.int32)
    fv, fu = (v - i)[:, None], (u - j)[:, None]
    low_row = picture[i, j] * (1 - fu) + picture[i, j + 1] * fu
    high_row = picture[i + 1, j] * (1 - fu) + picture[i + 1, j + 1] * fu
    return np.asarray(low_row * (1 - fv) + high_row * fv, np.float32)
