"""Soft bodies: distances to rounded forms, metres, negative inside; forms are melted together by a smooth minimum."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assets.generators.shapes import Array
from engine.view.geometry.surfaces import unit

Distance = Callable[[Array], Array]
Vec = Sequence[float] | Array


def _length(v: Array) -> Array:
    """The length of each vector, several times as fast as `numpy.linalg.norm` along an axis of three."""
    x, y, z = v[..., 0], v[..., 1], v[..., 2]
    return np.asarray(np.sqrt(x * x + y * y + z * z))


def ball(p: Array, at: Vec, radii: float | Vec) -> Array:
    """The distance to a ball, or nearly that to an ellipsoid of three radii (Quilez, "Ellipsoid SDF")."""
    r = np.broadcast_to(np.asarray(radii, float), (3,))
    q = p - np.asarray(at, float)
    near = _length(q / r)
    steep = _length(q / (r * r))
    return np.asarray(near * (near - 1.0) / np.maximum(steep, 1e-9))


def limb(p: Array, start: Vec, end: Vec, thick: float, thin: float) -> Array:
    """The distance to a rod between two points, round, `thick` at its start and `thin` at its end (nearly)."""
    a, b = np.asarray(start, float), np.asarray(end, float)
    along = b - a
    share = np.clip((p - a) @ along / (along @ along), 0.0, 1.0)
    return np.asarray(_length(p - a - share[..., None] * along) - (thick + (thin - thick) * share))


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
    ahead, behind = far(np.stack([p + sign * move for sign in (1.0, -1.0) for move in moves])).reshape(2, 3, *np.shape(p)[:-1])
    return np.asarray(unit(np.moveaxis(ahead - behind, 0, -1)), float)


def pulled(far: Distance, p: Array, times: int = 6, share: float = 0.9) -> Array:
    """Points moved onto the surface, along the way the distance grows."""
    for _ in range(times):
        p = p - (share * far(p))[..., None] * gradient(far, p)
    return p


def struck(far: Distance, start: Array, way: Array, reach: float) -> Array:
    """Where rays from inside a form leave it for the last time within `reach` metres: points like `start`."""
    steps = np.linspace(0.0, reach, 120)
    inside = np.moveaxis(far(np.stack([start + way * step for step in steps])) < 0.0, 0, -1)
    last = inside.shape[-1] - 1 - np.argmax(inside[..., ::-1], axis=-1)
    low, high = steps[last], steps[np.minimum(last + 1, len(steps) - 1)]
    for _ in range(18):
        middle = (low + high) / 2
        within = far(start + way * middle[..., None]) < 0.0
        low, high = np.where(within, middle, low), np.where(within, high, middle)
    return np.asarray(start + way * low[..., None])
