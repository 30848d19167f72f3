"""Soft bodies and the cloth that lies on them: distances to rounded forms, and a sheet let fall until it rests.

Distances are metres, negative inside; forms are melted together by a smooth minimum. The sheet is a grid of points that keep
their distances to their neighbours (position-based dynamics: Müller et al., "Position Based Dynamics", 2007), with only + - x /
and roots, so that every machine finds the same folds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assets.generators.shapes import Array
from engine.view.geometry.surfaces import unit

Distance = Callable[[Array], Array]
Vec = Sequence[float]


def ball(p: Array, at: Vec, radii: float | Vec) -> Array:
    """The distance to a ball, or nearly that to an ellipsoid of three radii (Quilez, "Ellipsoid SDF")."""
    r = np.broadcast_to(np.asarray(radii, float), (3,))
    q = p - np.asarray(at, float)
    near = np.linalg.norm(q / r, axis=-1)
    steep = np.linalg.norm(q / (r * r), axis=-1)
    return np.asarray(near * (near - 1.0) / np.maximum(steep, 1e-9))


def limb(p: Array, start: Vec, end: Vec, thick: float, thin: float) -> Array:
    """The distance to a rod between two points, round, `thick` at its start and `thin` at its end (nearly)."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    along = b - a
    share = np.clip((p - a) @ along / (along @ along), 0.0, 1.0)
    return np.asarray(np.linalg.norm(p - a - share[..., None] * along, axis=-1) - (thick + (thin - thick) * share))


def melt(one: Array, two: Array, width: float) -> Array:
    """Both forms, their joint filled out over `width` metres (a polynomial smooth minimum)."""
    share = np.maximum(width - np.abs(one - two), 0.0) / width
    return np.asarray(np.minimum(one, two) - share * share * width / 4)


def carve(one: Array, two: Array, width: float) -> Array:
    """The first form without the second, the rim rounded over `width` metres."""
    return -melt(-one, two, width)


def gradient(far: Distance, p: Array, step: float = 5e-4) -> Array:
    """The direction in which the distance grows, unit: a surface's normal."""
    moves = np.eye(3) * step
    return np.asarray(unit(np.stack([far(p + move) - far(p - move) for move in moves], -1)), float)


def pulled(far: Distance, p: Array, times: int = 6, share: float = 0.9) -> Array:
    """Points moved onto the surface, along the way the distance grows."""
    for _ in range(times):
        p = p - (share * far(p))[..., None] * gradient(far, p)
    return p


def struck(far: Distance, start: Array, way: Array, reach: float) -> Array:
    """Where rays from inside a form leave it for the last time within `reach` metres: points like `start`."""
    steps = np.linspace(0.0, reach, 120)
    inside = np.stack([far(start + way * step) < 0.0 for step in steps], -1)
    last = inside.shape[-1] - 1 - np.argmax(inside[..., ::-1], axis=-1)
    low, high = steps[last], steps[np.minimum(last + 1, len(steps) - 1)]
    for _ in range(18):
        middle = (low + high) / 2
        within = far(start + way * middle[..., None]) < 0.0
        low, high = np.where(within, middle, low), np.where(within, high, middle)
    return np.asarray(start + way * low[..., None])


def fallen(sheet: Array, rest: tuple[float, float], below: Distance, *, rounds: int, width: float, stiff: float) -> Array:
    """A sheet of rows x columns x 3 points let fall onto what lies below; `rest` is its threads' length along rows and columns.

    It lies on z >= 4 mm too and stays within `width` metres of the middle, as if tucked in there; it rubs where it lies. `stiff`
    0-1 is how hard it bends.
    """
    p, before = sheet.copy(), sheet.copy()
    down, across = rest
    slant = float(np.hypot(down, across))
    for turn in range(rounds):
        speed = (p - before) * 0.90
        before = p.copy()
        p = p + speed
        p[..., 2] -= 0.00055
        for _ in range(6):
            _keep(p, 1, 0, down, 1.0)
            _keep(p, 0, 1, across, 1.0)
            _keep(p, 1, 1, slant, 0.5)
            _keep(p, 1, -1, slant, 0.5)
            _keep(p, 2, 0, 2 * down, stiff)
            _keep(p, 0, 2, 2 * across, stiff)
        if turn % 2 == 0 or turn > rounds - 6:
            far = below(p)
            touching = far < 0.0
            p[touching] -= far[touching][:, None] * gradient(below, p[touching])
            before[touching] += 0.75 * (p[touching] - before[touching])
        low = p[..., 2] < 0.004
        p[low, 2] = 0.004
        before[low] += 0.6 * (p[low] - before[low])
        p[..., 0] = np.clip(p[..., 0], -width, width)
    return p


def _keep(p: Array, rows: int, columns: int, length: float, share: float) -> None:
    """Pairs of points so many rows and columns apart put back towards their distance; in two sets that share no point."""
    count_r, count_c = p.shape[0] - rows, p.shape[1] - abs(columns)
    first = max(0, -columns)
    period_r, period_c = max(2 * rows, 1), max(2 * abs(columns), 1)
    row, column = np.mgrid[0:count_r, first : first + count_c]
    groups = (row % period_r // max(rows, 1)) if rows else (column % period_c // abs(columns))
    for group in (0, 1):
        r, c = row[groups == group], column[groups == group]
        a, b = p[r, c], p[r + rows, c + columns]
        way = b - a
        far = np.linalg.norm(way, axis=1, keepdims=True)
        move = way * ((far - length) / np.maximum(far, 1e-9) * 0.5 * share)
        p[r, c] += move
        p[r + rows, c + columns] -= move
