"""The dark lines where things touch the faces of a room, and the forms of what stands close: finer than traced light is, so that
feet stand and plates lie on.

A picture from behind a face says how far the nearest thing is from each of its points. What is within a few centimetres of a
thing that touches, or nearly touches, sees little of the room (height-field obscurance, after Zhukov, Iones and Kronin, "An
Ambient Light Illumination Model", 1998).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.room import Face
from engine.view.indoor.lightmap import BORDER
from engine.view.indoor.softening import Sheet, blurred, falling
from engine.view.indoor.tracing import Spot, Tracer, pixels_of, spot_from

Array = NDArray[np.float32]
Kind = tuple[float, float, float, float]
Softened = Callable[[Array, Sheet, float], Array]

TILE, MARGIN = 2.2, 0.05
"""Metres of a face, at most, in one picture of it, and round it: its pixels are then about 4 mm wide."""

DEEP = 1.0
"""Metres before a face up to which its pictures show things."""

ON_FLOOR = ((0.030, 0.015, 0.52, 3.6), (0.120, 0.050, 0.42, 12.0))
"""Metres up to which a thing is near; metres that its shade spreads (a standard deviation); how much light that takes; and times
that what is near is counted, up to the whole: a thin leg darkens as a wide one does. Feet bear a weight: shade is
deepest within two centimetres of them, and fades out over ten."""

ON_WALLS = ((0.030, 0.010, 0.38, 2.4), (0.120, 0.040, 0.20, 2.4))
"""The same for walls: what hangs there lies on lightly, and much of the room's light comes in along them. Shade lies beside and
under things and not over them: light comes from the ceiling."""

OVER_FLOOR = ((0.12, 0.22, 0.040, 0.34), (0.22, 0.50, 0.060, 0.46), (0.50, 0.95, 0.130, 0.34))
BEFORE_WALLS = ((0.02, 0.10, 0.045, 0.26), (0.10, 0.28, 0.100, 0.24), (0.28, 0.60, 0.180, 0.20))
"""Metres from which and up to which a thing is off a face; metres that its form spreads there; and how much light it takes.
Seats, beds and table tops throw their forms on the floor, and what stands or hangs before a wall throws its form on that, lower
down: softer the further off it is. Traced light has them too, but so soft under lamps as wide as these that one misses them."""

BESIDE_RUGS = ((0.030, 0.016, 0.50, 2.0),)
"""The same as `ON_FLOOR` beside what is laid on a floor: a rug is low, and shades no more than a line along it."""

LAID = 0.02
"""Metres from a face up to which a thing lies on it: nobody sees the face there."""

SUNK = 0.02
"""Metres behind a face from which on things belong to its holes."""

CORNER = (0.24, 0.22)
CREASE = (0.016, 0.10)
SKIRTED = (0.030, 0.55)
"""Metres over which light fades towards the corners of a room, and by how much: by way of walls; all light; and all light where
the floor meets a skirting."""

BOARD = 0.012
"""Metres that a skirting stands out, below which the floor does not show."""


def contacts(faces: Sequence[Face], away: Sequence[Array]) -> list[Array]:
    """How much light things leave to the texels of faces, rows x columns, 0-1, by their `distances`."""
    floor, wall = (ON_FLOOR, OVER_FLOOR, blurred), (ON_WALLS, BEFORE_WALLS, falling)
    return [_left(face, one, *(floor if face.name == "floor" else wall)) for face, one in zip(faces, away, strict=True)]


def rims(faces: Sequence[Face], away: Sequence[Array]) -> list[Array]:
    """The same of what is laid on the floor, beside it."""
    return [_left(face, one, BESIDE_RUGS, (), blurred) for face, one in zip(faces, away, strict=True)]


def beside(left: Sequence[Array], laid: Sequence[Array], away: Sequence[Array]) -> list[Array]:
    """How much light things leave to texels, where others are `laid` on faces, with what these leave and how far they are: what
    they cover is not seen, and what is drawn in its place is their upper side."""
    return [one * np.where(far < LAID, np.float32(1.0), its) for one, its, far in zip(left, laid, away, strict=True)]


def above(away: Sequence[Array], laid: Sequence[Array]) -> list[Array]:
    """How far things are from the upper side of what is laid on faces, by how far both are from these: feet stand on a rug as on
    a floor. A rug is taken to be LAID thick."""
    return [
        np.where(its < LAID, np.maximum(one - np.float32(LAID), np.minimum(one, 0.0)), one)
        for one, its in zip(away, laid, strict=True)
    ]


def uncovered(away: Sequence[Array], finer: Sequence[int]) -> list[Array]:
    """For each of the points at which a face's light is traced, one for so many texels along each side, with a border: 0 where
    something lies on it, else 1."""
    found = []
    for one, times in zip(away, finer, strict=True):
        rows, columns = (side // times for side in one.shape)
        on = (one > -SUNK) & (one < LAID)
        share = on.reshape(rows, times, columns, times).mean((1, 3))
        found.append(np.pad((share < 0.5).astype(np.float32), BORDER, mode="edge").ravel())
    return found


def distances(tracer: Tracer, faces: Sequence[Face], shapes: Sequence[tuple[int, int]]) -> list[Array]:
    """Metres from the texels of faces, rows x columns, to the nearest thing before them (below 0: behind); `shapes` are rows and
    columns of each."""
    away = [np.full(shape, np.inf, np.float32) for shape in shapes]
    tiles = [
        (index, i, j)
        for index, (face, shape) in enumerate(zip(faces, shapes, strict=True))
        if not tracer.empty and face.name != "ceiling"
        for i in _cut(shape[0], face.size[1])
        for j in _cut(shape[1], face.size[0])
    ]
    points = [_points(faces[index], shapes[index], i, j) for index, i, j in tiles]
    spots = [_before(faces[index].inward, some) for (index, _, _), some in zip(tiles, points, strict=True)]
    pictures = tracer.pictures(spots) if tiles else iter(())
    for picture, spot, (index, i, j), some in zip(pictures, spots, tiles, points, strict=True):
        row, column, inside = pixels_of(spot, some)
        found = np.where(inside, picture[row, column], np.inf) - float(faces[index].inward @ faces[index].corner)
        there = away[index][i, j]
        there[...] = found.reshape(there.shape)
    return away


def _before(inward: Array, points: Array) -> Spot:
    """A picture, from behind a face, of what is before these points of it."""
    every = np.concatenate([points, points + DEEP * inward])
    return spot_from(-inward.astype(float), every.min(0), every.max(0), MARGIN)


def _left(face: Face, away: Array, kinds: Sequence[Kind], forms: Sequence[Kind], soft: Softened) -> Array:
    """What is left of the light on a face, by how many metres away the nearest thing is."""
    rows, columns = away.shape
    sheet = Sheet(rows, columns, face.size[1] / rows)
    away = np.where(away < -SUNK, np.inf, np.maximum(away, 0.0))
    left = np.ones(rows * columns, np.float32)
    for low, high, spread, takes in forms:
        form = ((away >= low) & (away < high)).astype(np.float32).reshape(-1, 1)
        if form.any():
            left *= 1.0 - takes * soft(form, sheet, spread / sheet.texel)[:, 0]
    for reach, spread, takes, times in kinds:
        near = np.clip(1.0 - away / reach, 0.0, 1.0).astype(np.float32).reshape(-1, 1)
        if near.any():
            left *= 1.0 - takes * np.minimum(times * soft(near, sheet, spread / sheet.texel)[:, 0], 1.0)
    return left.reshape(rows, columns)


def _points(face: Face, shape: tuple[int, int], rows: slice, columns: slice) -> Array:
    """The middles of some of a face's texels."""
    v, u = ((np.arange(count) + 0.5) / count * side for count, side in zip(shape, face.size[::-1], strict=True))
    at = face.corner + u[columns][None, :, None] * face.along + v[rows][:, None, None] * face.up
    return np.asarray(at.reshape(-1, 3), np.float32)


def _cut(count: int, metres: float) -> list[slice]:
    """Some texels of so many metres, in pieces that a picture each shows."""
    pieces = max(1, int(np.ceil(metres / TILE)))
    edges = np.linspace(0, count, pieces + 1).astype(int)
    return [slice(int(a), int(b)) for a, b in pairwise(edges)]


def corners(face: Face, shape: tuple[int, int]) -> tuple[Array, Array]:
    """How much a room's corners leave to the texels of a face, rows x columns, 0-1: of light by way of walls, and of all."""
    ends = [
        np.minimum(at, side - at)
        for count, side in zip(shape, face.size[::-1], strict=True)
        for at in [(np.arange(count) + 0.5) / count * side]
    ]
    indirect, every = np.ones(shape, np.float32), np.ones(shape, np.float32)
    crease, beyond = (SKIRTED, BOARD) if face.name == "floor" else (CREASE, 0.0)
    for away in (ends[0][:, None], ends[1][None, :]):
        indirect *= (1.0 - CORNER[1] * np.exp(-away / CORNER[0])).astype(np.float32)
        every *= (1.0 - crease[1] * np.exp(-np.maximum(away - beyond, 0.0) / crease[0])).astype(np.float32)
    return indirect, every
