"""Triangles over a fine grid of points, small only where what they cover is bent or its shade changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.generators.shapes import Array, Faces

_SHARES = (0.25, 0.5, 0.75)
"""Where along an edge it is compared with what is there."""


@dataclass(frozen=True, eq=False)
class Within:
    """How far a triangle may be off what is there: in metres (everywhere, or at each point), and off its shade, 0-1.

    Where the shade is below `hidden` something lies on it: there a triangle only must not be above it.
    """

    off: float | Array
    dark: float
    hidden: float = 0.0


def net(points: Array, shade: Array, rows: NDArray[np.int64], columns: NDArray[np.int64], within: Within) -> Faces:
    """Triangles over rows x columns of a finer grid, halved where the cloth or its shade is bent between their corners.

    Both triangles at an edge halve it at one point, so that no gap opens.
    """
    i, j = np.meshgrid(rows, columns, indexing="ij")
    corner = np.stack([i, j], -1)
    a, b, c, d = corner[:-1, :-1], corner[:-1, 1:], corner[1:, :-1], corner[1:, 1:]
    left = np.concatenate([np.stack([a, b, d], -2).reshape(-1, 3, 2), np.stack([a, d, c], -2).reshape(-1, 3, 2)])
    for _ in range(4):
        ends = np.roll(left, -1, axis=1)
        split = _bent(points, shade, left, ends, within)
        middles = (left + ends) // 2
        made = []
        for (p, q, r), (pq, qr, rp), marks in zip(left, middles, split, strict=True):
            made += _halved((p, q, r), (pq, qr, rp), marks)
        left = np.array(made)
    return np.asarray(left[..., 0] * points.shape[1] + left[..., 1], np.int64)


def _bent(points: Array, shade: Array, starts: Array, ends: Array, within: Within) -> Array:
    """Which edges of a grid have a middle in it, and lie off what is there: beneath an arm, above it."""
    shade, most = np.maximum(shade, within.hidden), np.broadcast_to(within.off, shade.shape)
    way = ends - starts
    found = np.zeros(way.shape[:2])
    for share in _SHARES:
        at = starts + share * way
        there = (at == np.round(at)).all(axis=-1)
        row, column = np.round(at).astype(int)[..., 0], np.round(at).astype(int)[..., 1]
        (i0, j0), (i1, j1) = np.moveaxis(starts, -1, 0), np.moveaxis(ends, -1, 0)
        over = (1.0 - share) * points[i0, j0] + share * points[i1, j1] - points[row, column]
        off = np.where(shade[row, column] > within.hidden, np.linalg.norm(over, axis=-1), np.maximum(over[..., 2], 0.0))
        dark = np.abs(shade[row, column] - (1.0 - share) * shade[i0, j0] - share * shade[i1, j1])
        found = np.maximum(found, there * np.maximum(off / most[row, column], dark / within.dark))
    return np.asarray((way % 2 == 0).all(axis=-1) & (found > 1.0))


def _halved(corners: tuple[Array, ...], middles: tuple[Array, ...], marks: Array) -> list[tuple[Array, ...]]:
    """A triangle cut at the middles of its marked edges: the first is from its first corner to its second."""
    count = int(marks.sum())
    turn = int(np.argmax(marks)) if count == 1 else (int(np.argmin(marks)) + 1) % 3 if count == 2 else 0
    a, b, c = (corners[(turn + k) % 3] for k in range(3))
    ab, bc, ca = (middles[(turn + k) % 3] for k in range(3))
    if count == 0:
        return [(a, b, c)]
    if count == 1:
        return [(a, ab, c), (ab, b, c)]
    if count == 2:
        return [(ab, b, bc), (a, ab, bc), (a, bc, c)]
    return [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
