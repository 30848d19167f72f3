"""The dark lines where things touch the faces of a room, and the forms of what stands close: finer than traced light is, so that
feet stand and plates lie on.

A picture from behind a face says how far the nearest thing is from each of its points. What is within a few centimetres of a
thing that touches, or nearly touches, sees little of the room (height-field obscurance, after Zhukov, Iones and Kronin, "An
Ambient Light Illumination Model", 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.room import Face
from engine.view.indoor.lightmap import BORDER
from engine.view.indoor.softening import Sheet, blurred
from engine.view.indoor.tracing import NOTHING, Spot, Tracer, pixels_between, spot_from

Array = NDArray[np.float32]
Kind = tuple[float, float, float, float]
Gap = tuple[Array, Array]
Where = bool | NDArray[np.bool_]

TILE, MARGIN = 2.2, 0.05
"""Metres of a face, at most, in one picture of it, and round it: its pixels are then about 4 mm wide. What hangs on a wall shades
it as far as the margin off it, at most: what is deeper throws its form too."""

DEEP, REACH = 1.0, 0.65
"""Metres before a face up to which its pictures show things; and up to which one asks where these end."""

ON_FLOOR = ((0.020, 0.006, 0.60, 4.0), (0.040, 0.018, 0.46, 4.0), (0.100, 0.050, 0.22, 8.0))
"""Metres up to which a thing is near; metres that its shade spreads (a standard deviation); how much light that takes; and times
that what is near is counted, up to the whole: a thin leg darkens as a wide one does. Feet bear a weight: a dark line runs
round them within a centimetre, round that lies a soft shade of three or four, which fades out over ten."""

ON_WALLS = ((0.012, 0.004, 0.20, 2.0),)
"""The same for walls: the thin line round what hangs there. What stands off the wall shades it besides, by its `relief`."""

ATTACHED, HOLLOW = 0.030, 0.0015
"""Metres off a wall at which a thing's back hangs there, at most; and between that and its front, at least, unless one looks into
it."""

DEEPEST = 0.11
"""Metres off a wall up to which one asks how deep it is what is there: a trunking, a cable are told from what stands before."""

SLANT, TAKEN = 2.8, 0.84
"""How many times as long as it is deep a thing's shade on a wall is, because lamps hang over it and not before it; and how much
of the light it takes where it hides the whole ceiling."""

AROUND = 24
"""Directions along a wall in which one looks for what stands off it."""

STEPS = (0.5, 1.5, 2.5, 3.5, 5.0, 7.0, 10.0, 14.0, 19.0)
"""Texels from a point at which one looks, in each."""

FAR, EVENED = 4.0, 1.3
"""Texels beyond which steps are so long that edges would be seen in each; and how many of these they are softened by there."""

OVER_FLOOR = ((0.045, 0.12, 0.022, 0.30), (0.12, 0.22, 0.040, 0.38), (0.22, 0.50, 0.060, 0.44), (0.50, 0.95, 0.110, 0.34))
BEFORE_WALLS = ((0.03, 0.10, 0.030, 0.22), (0.10, 0.28, 0.075, 0.20), (0.28, 0.60, 0.160, 0.12))
"""Metres from which and up to which a thing is off a face; metres that its form spreads there; and how much light it takes.
Seats, beds and table tops keep the light of the whole ceiling off the floor; what stands before a wall that of the whole room,
and as most of that is from above, lower down by as much as it spreads: softer the further off they are. What single lamps throw
is in `engine.view.indoor.thrown`."""

BESIDE_RUGS = ((0.030, 0.009, 0.60, 2.2), (0.030, 0.032, 0.45, 2.0))
"""The same as `ON_FLOOR` beside what is laid on a floor: a rug is low, and shades a dark line along it, soft on its far side."""

LAID = 0.02
"""Metres from a face up to which a thing lies on it: nobody sees the face there."""

SUNK = 0.02
"""Metres behind a face from which on things belong to its holes."""

CORNER = (0.24, 0.22)
CREASES = ((0.014, 0.12), (0.110, 0.13))
SKIRTED = ((0.030, 0.55),)
"""Metres over which light fades towards the corners of a room, and by how much: by way of walls; all light, in a line and softly,
on both sides alike whatever lamps each has; and all light where the floor meets a skirting."""

BOARD = 0.012
"""Metres that a skirting stands out, below which the floor does not show."""


def contacts(faces: Sequence[Face], away: Sequence[Array], off: Sequence[Array]) -> list[Array]:
    """How much light things that touch faces leave to their texels, rows x columns, 0-1, by their `distances` and `reliefs`."""
    pairs = zip(faces, away, strict=True)
    left = [_left(face, [one], ON_FLOOR if face.name == "floor" else ON_WALLS, ()) for face, one in pairs]
    return [one * hung(face, high) if high.any() else one for face, one, high in zip(faces, left, off, strict=True)]


def screened(faces: Sequence[Face], away: Sequence[Array], behind: Sequence[Gap] | None = None) -> list[Array]:
    """How much light things that stand close before faces leave to their texels, rows x columns, 0-1, by their `distances` and
    the `gaps` behind what stands before what is on a wall."""
    found = []
    for index, (face, one) in enumerate(zip(faces, away, strict=True)):
        begins = [one] if behind is None else [one, np.where(parted(one, behind[index]), behind[index][1], np.float32(np.inf))]
        found.append(_left(face, begins, (), OVER_FLOOR if face.name == "floor" else BEFORE_WALLS))
    return found


def parted(away: Array, behind: Gap) -> NDArray[np.bool_]:
    """Where what begins so far `away` ends before something else begins: not within what is hollow, though one looks into it."""
    first, second = behind
    return np.isfinite(first) & np.isfinite(second) & (np.minimum(first, DEEPEST) - np.maximum(away, 0.0) >= HOLLOW)


def hung(face: Face, off: Array) -> Array:
    """How much light what hangs on a wall leaves to it, rows x columns, 0-1, by how many metres it stands `off` there: most light
    comes from above, and shade lies below (horizons of a height field, after Max, "Horizon Mapping", 1988)."""
    rows, columns = off.shape
    texel = face.size[1] / rows
    reach = int(STEPS[-1]) + 1
    sheet = Sheet(rows, columns, texel)
    even = blurred(off.reshape(-1, 1), sheet, EVENED).reshape(rows, columns)
    near, far = (np.pad((one * SLANT) ** 2, reach) for one in (off, even))
    hidden, every = np.zeros((rows, columns), np.float32), 0.0
    for turn in (np.arange(AROUND) + 0.5) * (2.0 * np.pi / AROUND):
        over = max((np.sin(turn) + 0.2) / 1.2, 0.0)
        every += over
        if not over:
            continue
        most = np.zeros_like(hidden)
        for step in STEPS:
            high = far if step > FAR else near
            row, column = (reach + round(step * way + 0.499 * np.sign(way)) for way in (np.sin(turn), np.cos(turn)))
            there = high[row : row + rows, column : column + columns]
            np.maximum(most, there / (there + np.float32((step * texel) ** 2)), out=most)
        hidden += np.float32(over) * most
    return 1.0 - TAKEN / every * blurred(hidden.reshape(-1, 1), sheet, 1.0).reshape(rows, columns)


def rims(faces: Sequence[Face], away: Sequence[Array]) -> list[Array]:
    """The same of what is laid on the floor: how much light it leaves beside it."""
    return [_left(face, [one], BESIDE_RUGS, ()) for face, one in zip(faces, away, strict=True)]


def beside(left: Sequence[Array], laid: Sequence[Array], away: Sequence[Array]) -> list[Array]:
    """How much light things leave to texels, where others are `laid` on faces, with what these leave and how far they are: what
    they cover is not seen, and what is drawn in its place is their upper side. Beside them no texel is mixed with it."""
    return [one * np.where(_within(far < LAID), np.float32(1.0), its) for one, its, far in zip(left, laid, away, strict=True)]


def _within(covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the covered texels have none beside them that is not."""
    inner = covered.copy()
    for axis in (0, 1):
        for step in (1, -1):
            inner &= np.roll(covered, step, axis)
    return inner


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


def distances(tracer: Tracer, faces: Sequence[Face], shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """Metres from the texels of faces, rows x columns, to the nearest thing before them (below 0: behind); `shapes` are rows and
    columns of each."""
    return _looked_at(tracer, faces, shapes, [face.name != "ceiling" for face in faces], (-1.0, 0.0, DEEP))


def depths(tracer: Tracer, faces: Sequence[Face], away: Sequence[Array]) -> list[Array]:
    """Metres from the texels of faces to where what stands within REACH before them ends, infinite if nothing is there; `away`
    are the `distances` to where it begins."""
    near = [face.name != "ceiling" and bool((one < REACH).any()) for face, one in zip(faces, away, strict=True)]
    return _looked_at(tracer, faces, [one.shape for one in away], near, (1.0, 0.0, REACH - MARGIN))


def gaps(tracer: Tracer, faces: Sequence[Face], away: Sequence[Array], ends: Sequence[Array]) -> list[Gap]:
    """Metres from the texels of walls to where what begins within DEEPEST before them ends there, and to where what stands before
    that begins, infinite if nothing is there; by their `distances` and `depths`. What is deeper is cut open where one looks from:
    its inside begins nothing."""
    shapes = [one.shape for one in away]
    pairs = zip(faces, away, ends, strict=True)
    near = [face.is_wall & (one < DEEPEST) & (other > DEEPEST) & np.isfinite(other) for face, one, other in pairs]
    first = _looked_at(tracer, faces, shapes, near, (1.0, 0.0, DEEPEST - MARGIN))
    second = _looked_at(tracer, faces, shapes, near, (-1.0, DEEPEST + MARGIN, DEEP))
    return list(zip(first, second, strict=True))


def reliefs(tracer: Tracer, faces: Sequence[Face], away: Sequence[Array], ends: Sequence[Array]) -> list[Array]:
    """Metres that what hangs on walls stands off them at the texels of faces, rows x columns, 0 where nothing hangs; `away` are
    the `distances` to it, `ends` its `depths`."""
    walls = [face.is_wall for face in faces]
    near = _looked_at(tracer, faces, [one.shape for one in away], walls, (1.0, 0.0, 0.0))
    found = []
    for one, other, its, wall in zip(near, ends, away, walls, strict=True):
        # What is deeper is cut open where one stops to look: one looks into it, at the inside of its back.
        cut = (np.minimum(one, MARGIN) - its < HOLLOW) & (its < HOLLOW) & (other > MARGIN) & np.isfinite(other)
        high = np.where(cut | ~np.isfinite(one), np.float32(MARGIN), one)
        found.append(np.where(wall & (its > -SUNK) & (its < ATTACHED), np.clip(high, 0.0, MARGIN), np.float32(0.0)))
    return found


def _looked_at(
    tracer: Tracer,
    faces: Sequence[Face],
    shapes: Sequence[tuple[int, ...]],
    wanted: Sequence[Where],
    look: tuple[float, float, float],
) -> list[Array]:
    """Metres from the texels of the `wanted` faces, or pieces of them, to the first thing, infinite if there is none: as one sees
    it from behind the face (`look` -1) or from before it (1), from so many metres before the face up to so many, and MARGIN more
    on both sides. From within what is cut open there, one sees its inside, but not if one begins to look farther off than the
    face."""
    side, *deep = look
    away = [np.full(shape, np.inf, np.float32) for shape in shapes]
    tiles = [
        (index, i, j)
        for index, (face, shape) in enumerate(zip(faces, shapes, strict=True))
        if not tracer.empty and np.any(wanted[index])
        for i in _cut(shape[0], face.size[1])
        for j in _cut(shape[1], face.size[0])
        if np.broadcast_to(wanted[index], shape)[i, j].any()
    ]
    lines = [_lines(faces[index], shapes[index], i, j) for index, i, j in tiles]
    spots = [
        _before(side * faces[index].inward, some, [metres * faces[index].inward for metres in deep])
        for (index, _, _), some in zip(tiles, lines, strict=True)
    ]
    pictures = tracer.pictures(spots, inside=not deep[0]) if tiles else iter(())
    for picture, spot, (index, i, j), (up, along) in zip(pictures, spots, tiles, lines, strict=True):
        row, column, inside = pixels_between(spot, up, along)
        # The first of four pixels: what is as thin as a cable is not missed between two texels.
        two = np.minimum(picture[:-1], picture[1:])
        seen = np.minimum(two[:, :-1], two[:, 1:])[row, column]
        away[index][i, j] = np.where(
            inside & (seen < NOTHING), -side * seen - np.float32(faces[index].inward @ faces[index].corner), np.inf
        )
    return away


def _before(towards: Array, lines: tuple[Array, Array], deep: Sequence[Array]) -> Spot:
    """A picture, looking from where `towards` points, of what is before two sides of a piece of a face, between two of `deep`."""
    ends = np.concatenate([line[[0, -1]] for line in lines])
    every = np.concatenate([ends + one for one in deep])
    return spot_from(towards.astype(float), every.min(0), every.max(0), MARGIN)


def _left(face: Face, begins: Sequence[Array], kinds: Sequence[Kind], forms: Sequence[Kind]) -> Array:
    """What is left of the light on a face, by how many metres away the nearest thing, and what is behind that, begins."""
    rows, columns = begins[0].shape
    sheet = Sheet(rows, columns, face.size[1] / rows)
    away, *others = (np.where(one < -SUNK, np.inf, np.maximum(one, 0.0)) for one in begins)
    left = np.ones(rows * columns, np.float32)
    for low, high, spread, takes in forms:
        form = np.any([(one >= low) & (one < high) for one in (away, *others)], axis=0).astype(np.float32)
        if face.name != "floor":
            lower = min(round(spread / sheet.texel), rows - 1)
            form = np.concatenate([form[lower:], np.zeros((lower, columns), np.float32)])
        if form.any():
            left *= 1.0 - takes * blurred(form.reshape(-1, 1), sheet, spread / sheet.texel)[:, 0]
    for reach, spread, takes, times in kinds:
        near = np.clip(1.0 - away / reach, 0.0, 1.0).astype(np.float32).reshape(-1, 1)
        if near.any():
            left *= 1.0 - takes * np.minimum(times * blurred(near, sheet, spread / sheet.texel)[:, 0], 1.0)
    return left.reshape(rows, columns)


def _lines(face: Face, shape: tuple[int, ...], rows: slice, columns: slice) -> tuple[Array, Array]:
    """The middles of some of a face's texels, those of the first column and those of the last row: the piece lies between."""
    v, u = ((np.arange(count) + 0.5) / count * side for count, side in zip(shape, face.size[::-1], strict=True))
    v, u = v[rows], u[columns]
    up, along = face.corner + u[0] * face.along + v[:, None] * face.up, face.corner + v[-1] * face.up + u[:, None] * face.along
    return np.asarray(up, np.float32), np.asarray(along, np.float32)


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
    creases, beyond = (SKIRTED, BOARD) if face.name == "floor" else (CREASES, 0.0)
    for away in (ends[0][:, None], ends[1][None, :]):
        indirect *= (1.0 - CORNER[1] * np.exp(-away / CORNER[0])).astype(np.float32)
        for wide, takes in creases:
            every *= (1.0 - takes * np.exp(-np.maximum(away - beyond, 0.0) / wide)).astype(np.float32)
    return indirect, every
