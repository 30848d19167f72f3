"""The light map of a room: a picture of what its faces are lit with, each face a rectangle of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.room import Face
from engine.view.indoor.softening import Sheet

Array = NDArray[np.float32]

TEXEL = {"floor": 0.02, "ceiling": 0.06}
WALL_TEXEL = 0.036
"""Metres between the points at which light is traced: few on ceilings, where nothing stands."""

FINER = {"floor": 4, "ceiling": 1}
WALL_FINER = 5
"""Texels of the map along each side of such a square: what lies between is filled in, and the dark lines drawn where things
touch (`engine.view.indoor.contact`)."""

BORDER = 1
"""Texels round each face that repeat its edge, so that no light bleeds from one to the next."""

LARGEST = 2048
"""Texels along one side; beyond, texels become larger."""

WIDTHS = range(256, LARGEST + 1, 64)
"""Texels of a map's width, of which the one is taken that leaves least of it empty."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Where faces lie in a map of `size` (width, height): `corners` of each without its border, its `shapes` (rows, columns), and
    how many times `finer` than traced it is."""

    faces: tuple[Face, ...]
    size: tuple[int, int]
    corners: tuple[tuple[int, int], ...]
    shapes: tuple[tuple[int, int], ...]
    finer: tuple[int, ...]

    def sheets(self) -> list[Sheet]:
        """How each face's `samples` lie."""
        traced = zip(self.faces, self.shapes, self.finer, strict=True)
        return [
            Sheet(rows // finer + 2 * BORDER, columns // finer + 2 * BORDER, face.size[1] / rows * finer)
            for face, (rows, columns), finer in traced
        ]

    def samples(self) -> list[tuple[Array, Array]]:
        """The points at which each face's light is traced, borders included (n x 3), and its normal."""
        found = []
        for face, sheet in zip(self.faces, self.sheets(), strict=True):
            rows, columns = sheet.rows - 2 * BORDER, sheet.columns - 2 * BORDER
            u = np.clip((np.arange(-BORDER, columns + BORDER) + 0.5) / columns, 0.5 / columns, 1 - 0.5 / columns) * face.size[0]
            v = np.clip((np.arange(-BORDER, rows + BORDER) + 0.5) / rows, 0.5 / rows, 1 - 0.5 / rows) * face.size[1]
            vv, uu = np.meshgrid(v, u, indexing="ij")
            at = face.corner + uu.ravel()[:, None] * face.along + vv.ravel()[:, None] * face.up
            found.append((at.astype(np.float32), face.inward))
        return found

    def picture(self, values: Sequence[Array], left: Sequence[Array]) -> Array:
        """Values of `samples` (each n x channels) as the map, height x width x channels, row 0 lowest; `left` (rows x columns of
        each face, 0-1) is how much of them is left."""
        width, height = self.size
        made = np.zeros((height, width, values[0].shape[1]), np.float32)
        every = zip(values, left, self.corners, self.shapes, self.sheets(), self.finer, strict=True)
        for part, some, (x, y), (rows, columns), sheet, finer in every:
            shaped = part.reshape(sheet.rows, sheet.columns, -1)
            shaped = np.tensordot(_between(rows, finer), shaped, (1, 0))
            shaped = np.moveaxis(np.tensordot(_between(columns, finer), shaped, (1, 1)), 0, 1)
            there = made[y - BORDER : y + rows + BORDER, x - BORDER : x + columns + BORDER]
            np.multiply(shaped, np.pad(some, BORDER, mode="edge")[..., None], out=there)
        return made

    def shares(self, values: Sequence[Array]) -> Array:
        """Values of the faces' texels (rows x columns each) as the map, height x width, row 0 lowest."""
        width, height = self.size
        made = np.ones((height, width), np.float32)
        for part, (x, y), (rows, columns) in zip(values, self.corners, self.shapes, strict=True):
            made[y - BORDER : y + rows + BORDER, x - BORDER : x + columns + BORDER] = np.pad(part, BORDER, mode="edge")
        return made

    def uvs(self, face: Face, points: NDArray[np.floating]) -> Array:
        """Where points of a face lie in the map, 0-1."""
        index = self.faces.index(face)
        (x, y), (rows, columns) = self.corners[index], self.shapes[index]
        away = points - face.corner
        u = x + away @ face.along / face.size[0] * columns
        v = y + away @ face.up / face.size[1] * rows
        return np.column_stack([u / self.size[0], v / self.size[1]]).astype(np.float32)


def lay_out(faces: Sequence[Face]) -> Layout:
    """Put the faces of a room onto one map, tallest first, in shelves."""
    coarser, fewer = 1.0, 1
    while True:
        finer = tuple(max(FINER.get(face.name, WALL_FINER) // fewer, 1) for face in faces)
        shapes = [_shape(face, coarser, times) for face, times in zip(faces, finer, strict=True)]
        framed = [(rows + 2 * BORDER, columns + 2 * BORDER) for rows, columns in shapes]
        every = [shelved(framed, width) for width in WIDTHS]
        corners, size = min(every, key=lambda one: (max(one[1]) > LARGEST, one[1][0] * one[1][1]))
        if max(size) <= LARGEST:
            places = tuple((x + BORDER, y + BORDER) for x, y in corners)
            return Layout(tuple(faces), size, places, tuple(shapes), finer)
        coarser, fewer = (coarser, 2 * fewer) if max(finer) > 1 else (coarser * 1.25, fewer)


def shelved(shapes: Sequence[tuple[int, int]], width: int) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """Where pictures of so many rows and columns lie on one map (x, y each), tallest first, in shelves; and its width and height:
    so wide, or as wide as the widest of them."""
    width = max([width, *(columns for _, columns in shapes)])
    corners = [(0, 0)] * len(shapes)
    x = y = shelf = 0
    for index in sorted(range(len(shapes)), key=lambda one: -shapes[one][0]):
        rows, columns = shapes[index]
        if x + columns > width:
            x, y, shelf = 0, y + shelf, 0
        corners[index] = (x, y)
        x, shelf = x + columns, max(shelf, rows)
    return corners, (width, y + shelf)


def _shape(face: Face, coarser: float, finer: int) -> tuple[int, int]:
    texel = TEXEL.get(face.name, WALL_TEXEL) * coarser
    return max(2, round(face.size[1] / texel)) * finer, max(2, round(face.size[0] / texel)) * finer


@lru_cache(maxsize=64)
def _between(count: int, finer: int) -> Array:
    """Weights of traced points, each with its border, for so many texels that lie `finer` to one of them."""
    traced = count // finer + 2 * BORDER
    at = np.clip((np.arange(-BORDER, count + BORDER) + 0.5) / finer - 0.5 + BORDER, 0.0, traced - 1.0)
    return np.maximum(1.0 - np.abs(at[:, None] - np.arange(traced)), 0.0).astype(np.float32)
