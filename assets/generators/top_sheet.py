"""The top sheet, turned down over the blanket's upper edge across the whole bed, hung over the mattress at both sides.

It comes up from under the blanket, goes round its edge in a soft roll, and lies on it as a broad band down to a stitched hem.
Metres in the person's own axes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.bedding import BAND, BENDS, EDGE, SIDE, TOP, Blanket, columns_at, noise
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.shapes import Array, Faces, Shape, shape

HEM = 0.022
"""How wide the hem is sewn."""
_LIES = np.linspace(0.012, BAND - HEM - 0.004, 33)
"""Where the band may have rows, from the roll to the hem."""
_STEP = 8
"""How many of the rows and columns that there may be one step of the net spans at most."""
_COARSE = 0.0030, 0.115
"""How far the net may be off the cloth, metres, and off its shade, before it is drawn closer there."""
_HIDDEN = 0.40
"""How light the cloth is at most where arms hide it."""


@dataclass(frozen=True)
class _Row:
    """A row across the bed: metres from the roll on, above the cloth's surface, of its own cloth, and how light it is."""

    down: float
    out: float
    along: float
    light: float = 1.0


def turned_down(blanket: Blanket) -> Shape:
    """The band, from under the blanket to its hem."""
    roll = [
        _Row(0.030, -0.016, -0.035, 0.8),
        _Row(-0.002, -0.012, -0.005, 0.86),
        _Row(-0.0135, -0.003, 0.003, 0.92),
        _Row(-0.0125, 0.0075, 0.012),
        _Row(-0.002, 0.0150, 0.021),
    ]
    lies = [_Row(float(at), 0.0034 + 0.0140 * float(np.exp(-at / 0.020)), float(at) + 0.019) for at in _LIES]
    end = BAND + 0.019
    hem = [
        _Row(BAND - HEM, 0.0012, end - HEM, 0.80),
        _Row(BAND - HEM + 0.004, 0.0038, end - HEM + 0.004),
        _Row(BAND - 0.003, 0.0040, end - 0.003),
        _Row(BAND + 0.0005, 0.0018, end + 0.001, 0.94),
        _Row(BAND - 0.001, -0.0050, end + 0.008, 0.80),
    ]
    p, n, cloth, shade, x = blanket.points, blanket.normals, blanket.cloth, blanket.shade, blanket.across
    made, shades, uvs = [], [], []
    for row in roll + lies + hem:
        share = np.clip(row.down / BAND, 0.0, 1.0)
        sway = (1.0 - share) * (0.0050 * np.sin(8.0 * x + 0.6) + 0.0025 * np.sin(21.0 * x))
        sway = sway + share * (0.0040 * np.sin(6.5 * x + 2.0) + 0.0016 * np.sin(19.0 * x))
        at = np.clip((row.down + sway) / (p[1, 0, 1] - p[0, 0, 1]), 0.0, None)
        low = at.astype(int)
        part, index = (at - low)[:, None], np.arange(len(x))
        here = p[low, index] * (1.0 - part) + p[low + 1, index] * part
        over = np.minimum(row.down + sway, 0.0)
        left = shade[low, index] * (1.0 - part[:, 0]) + shade[low + 1, index] * part[:, 0]
        fold = _folds(x, row.down) * np.clip((left - 0.60) / 0.22, 0.0, 1.0) * (row.out > 0.0)
        facing = n[low, index] * (1.0 - part) + n[low + 1, index] * part
        fold = fold - 0.0022 * np.clip((_HIDDEN - left) / 0.12, 0.0, 1.0) * (row.out > 0.0)  # fingers stay above the net
        made.append(here + facing * (row.out + fold)[:, None] + over[:, None] * np.array((0.0, 1.0, 0.0)))
        u = cloth[low, index, 0] * (1.0 - part[:, 0]) + cloth[low + 1, index, 0] * part[:, 0]
        uvs.append(np.column_stack([u, np.full(len(x), row.along)]))
        shades.append(left * row.light * (1.0 - 0.42 * np.clip((0.0022 - fold) / 0.0050, 0.0, 1.0) * (row.out > 0.0)))
    grid = np.stack(made)
    grid[..., 0] = np.clip(grid[..., 0], -SIDE - 0.0115, SIDE + 0.0115)  # the rails are beside it
    normals = sheet(grid).normals.reshape(grid.shape)
    middle = slice(len(roll) + 1, -3)
    normals = normals if normals[middle, :, 2].mean() > 0 else -normals
    rows = np.concatenate(
        [np.arange(len(roll)), np.arange(len(roll), len(made) - len(hem), _STEP), np.arange(len(made) - len(hem), len(made))]
    )
    inner = np.flatnonzero(np.abs(x) <= EDGE)
    columns = np.unique(
        np.concatenate([columns_at(blanket, np.concatenate([-BENDS[[3, 1, 0]], BENDS[[0, 1, 3]]])), inner[::_STEP]])
    )
    net = _net(grid, np.stack(shades), rows, columns)
    whole = shape(grid.reshape(-1, 3), net, normals.reshape(-1, 3), np.stack(uvs).reshape(-1, 2))
    return tidy(agreeing(whole.tinted(np.stack(shades).reshape(-1, 1) * np.ones(3))))


def _net(points: Array, shade: Array, rows: Array, columns: Array) -> Faces:
    """Triangles over rows x columns of a finer grid, halved where the cloth or its shade is bent between their corners.

    Both triangles at an edge halve it at one point, so that no gap opens.
    """
    i, j = np.meshgrid(rows, columns, indexing="ij")
    corner = np.stack([i, j], -1)
    a, b, c, d = corner[:-1, :-1], corner[:-1, 1:], corner[1:, :-1], corner[1:, 1:]
    left = np.concatenate([np.stack([a, b, d], -2).reshape(-1, 3, 2), np.stack([a, d, c], -2).reshape(-1, 3, 2)])
    for _ in range(4):
        ends = np.roll(left, -1, axis=1)
        split = _bent(points, shade, left, ends)
        middles = (left + ends) // 2
        made = []
        for (p, q, r), (pq, qr, rp), marks in zip(left, middles, split, strict=True):
            made += _halved((p, q, r), (pq, qr, rp), marks)
        left = np.array(made)
    return np.asarray(left[..., 0] * points.shape[1] + left[..., 1], np.int64)


def _bent(points: Array, shade: Array, starts: Array, ends: Array) -> Array:
    """Which edges of a grid have a middle in it, and lie off what is there: beneath an arm, above it."""
    shade = np.maximum(shade, _HIDDEN)
    way = ends - starts
    found = np.zeros(way.shape[:2])
    for share in (0.25, 0.5, 0.75):
        at = starts + share * way
        there = (at == np.round(at)).all(axis=-1)
        row, column = np.round(at).astype(int)[..., 0], np.round(at).astype(int)[..., 1]
        (i0, j0), (i1, j1) = np.moveaxis(starts, -1, 0), np.moveaxis(ends, -1, 0)
        over = (1.0 - share) * points[i0, j0] + share * points[i1, j1] - points[row, column]
        off = np.where(shade[row, column] > _HIDDEN, np.linalg.norm(over, axis=-1), np.maximum(over[..., 2], 0.0))
        dark = np.abs(shade[row, column] - (1.0 - share) * shade[i0, j0] - share * shade[i1, j1])
        found = np.maximum(found, there * np.maximum(off / _COARSE[0], dark / _COARSE[1]))
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


def _folds(x: Array, down: float) -> Array:
    """How far the cloth is raised by its folds: over the chest pulled towards the arms, beyond them running to the hem."""
    share, side = min(max(down / BAND, 0.0), 1.0), np.abs(x)
    y = TOP + down + 0.0 * x
    turn = np.arctan2(x - 0.02, -0.10 - y)
    warp = noise(0.55 * x, 0.55 * y, 2.6)
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * (2.5 * turn + 0.30 * warp + 0.15))
    pulled = (1.4 * wave**1.5 - 0.4) * 0.0100 * np.clip(0.80 + 0.6 * noise(0.4 * x, 0.5 * y, 0.9), 0.50, 1.1)
    pulled = pulled * min(1.0, 0.65 + 2.5 * share)
    slant = 2.0 * np.sin(7.0 * x) + 11.0 * share * np.tanh(9.0 * x)
    runs = 0.0066 * np.sin(43.0 * x + slant) * max(1.15 - share, 0.0) + 0.0036 * np.sin(23.0 * share - 7.0 * x)
    over = min(max((0.75 - share) / 0.25, 0.0), 1.0)
    inner = pulled * over + runs * (1.0 - over)
    beside = np.clip((side - 0.22) / 0.07, 0.0, 1.0) * np.clip((EDGE - side) / 0.06, 0.0, 1.0)
    return np.asarray(inner * (1.0 - beside) + beside * 0.0042 * np.sin(52.0 * side - 8.0 * share + np.sign(x)))
