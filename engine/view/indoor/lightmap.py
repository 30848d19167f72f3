"""The light map of a room: a picture of what its faces are lit with, each face a rectangle of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.room import Face

Array = NDArray[np.float32]

TEXEL = {"floor": 0.02, "ceiling": 0.06}
WALL_TEXEL = 0.036
"""Metres that a texel is wide: fine on the floor, where things stand."""

BORDER = 1
"""Texels round each face that repeat its edge, so that no light bleeds from one to the next."""

LARGEST = 2048
"""Texels along one side; beyond, texels become larger."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Where faces lie in a map of `size` (width, height): `corners` of each without its border, and its `shapes` (rows,
    columns)."""

    faces: tuple[Face, ...]
    size: tuple[int, int]
    corners: tuple[tuple[int, int], ...]
    shapes: tuple[tuple[int, int], ...]

    def samples(self) -> list[tuple[Array, Array]]:
        """The points of each face's texels, borders included (n x 3), and its normal."""
        found = []
        for face, (rows, columns) in zip(self.faces, self.shapes, strict=True):
            u = np.clip((np.arange(-BORDER, columns + BORDER) + 0.5) / columns, 0.5 / columns, 1 - 0.5 / columns) * face.size[0]
            v = np.clip((np.arange(-BORDER, rows + BORDER) + 0.5) / rows, 0.5 / rows, 1 - 0.5 / rows) * face.size[1]
            vv, uu = np.meshgrid(v, u, indexing="ij")
            at = face.corner + uu.ravel()[:, None] * face.along + vv.ravel()[:, None] * face.up
            found.append((at.astype(np.float32), face.inward))
        return found

    def picture(self, values: Sequence[Array]) -> Array:
        """Values of `samples` (each n x channels) as the map, height x width x channels, row 0 lowest; a little blurred."""
        width, height = self.size
        made = np.zeros((height, width, values[0].shape[1]), np.float32)
        for part, (x, y), (rows, columns) in zip(values, self.corners, self.shapes, strict=True):
            shaped = part.reshape(rows + 2 * BORDER, columns + 2 * BORDER, -1)
            made[y - BORDER : y + rows + BORDER, x - BORDER : x + columns + BORDER] = _softened(shaped)
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
    coarser = 1.0
    while True:
        shapes = [_shape(face, coarser) for face in faces]
        width = max(512, max(columns for _, columns in shapes) + 2 * BORDER)
        corners: dict[int, tuple[int, int]] = {}
        x = y = shelf = 0
        for index in sorted(range(len(faces)), key=lambda one: -shapes[one][0]):
            rows, columns = (side + 2 * BORDER for side in shapes[index])
            if x + columns > width:
                x, y, shelf = 0, y + shelf, 0
            corners[index] = (x + BORDER, y + BORDER)
            x, shelf = x + columns, max(shelf, rows)
        if max(width, y + shelf) <= LARGEST:
            return Layout(tuple(faces), (width, y + shelf), tuple(corners[index] for index in range(len(faces))), tuple(shapes))
        coarser *= 1.25


def _shape(face: Face, coarser: float) -> tuple[int, int]:
    texel = TEXEL.get(face.name, WALL_TEXEL) * coarser
    return max(2, round(face.size[1] / texel)), max(2, round(face.size[0] / texel))


def _softened(part: Array) -> Array:
    """Each texel with a quarter of its neighbours on each side."""
    for axis in (0, 1):
        padded = np.concatenate([part.take([0], axis), part, part.take([-1], axis)], axis)
        count = part.shape[axis]
        before, here, after = (padded.take(range(k, k + count), axis) for k in (0, 1, 2))
        part = np.asarray(0.25 * before + 0.5 * here + 0.25 * after, np.float32)
    return part
