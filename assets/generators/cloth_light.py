"""How much of a room's light reaches cloth on a bed: rays past the cloth's own folds and the body that lies on it.

Light comes from all over, most of it from above and from the feet: a bed stands with its head at a wall, and lamps hang over the
room's middle. So what lies on cloth throws a soft shade towards the head. Metres, the person's own axes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assets.generators.drape import Distance
from assets.generators.shapes import Array

Blocks = Callable[[Array], Array]
"""How far points are outside what takes light, metres, negative within it."""

FAR = 0.20
"""Metres off a form from which on it takes no light."""
LAMPS = np.array((0.0, 0.42, 0.908))
"""Where most light comes from, unit."""
_LAMP = 1.6
"""How much more comes from there than from all around, at most."""
_SOFT = 0.30
"""How far beside a ray things take some of its light, as a share of the way to them."""
_START = 0.010
"""Metres from a place where its rays begin."""


def between(values: Array, down: Array, right: Array) -> Array:
    """What a grid, rows x columns, holds so many rows down and columns to the right, between its places; beyond it, its edge."""
    rows, columns = values.shape
    v, u = np.clip(down, 0.0, rows - 1.001), np.clip(right, 0.0, columns - 1.001)
    i, j = v.astype(int), u.astype(int)
    s, t = v - i, u - j
    upper = (1 - t) * values[i, j] + t * values[i, j + 1]
    return np.asarray((1 - s) * upper + s * ((1 - t) * values[i + 1, j] + t * values[i + 1, j + 1]))


@dataclass(frozen=True, eq=False)
class Heights:
    """A height for each place of a regular grid from `low` (x, y) on, `step` metres apart; -1 m where there is nothing."""

    low: tuple[float, float]
    step: float
    z: Array

    def __call__(self, p: Array) -> Array:
        """How far points are above it, metres; `FAR` beside it."""
        rows, columns = self.z.shape
        at = (p[..., :2] - self.low) / self.step
        beside = ((at < 0.0) | (at > (columns - 1, rows - 1))).any(axis=-1)
        return np.asarray(np.where(beside, FAR, p[..., 2] - between(self.z, at[..., 1], at[..., 0])))


def sent_on(light: Array, share: float) -> Array:
    """Light that reaches cloth, 0-1, with what its own sides send on into its hollows: `share` of what they are without (Stewart
    and Langer 1997, "Toward Accurate Recovery of Shape from Shading Under Diffuse Lighting")."""
    return np.asarray(light / (1.0 - share * (1.0 - light)))


def heights(points: Array, step: float = 0.006) -> Heights:
    """How high a sheet of rows x columns x 3 points reaches."""
    fine = points
    for axis in (0, 1):
        for _ in range(2):
            middle = 0.5 * (np.take(fine, range(fine.shape[axis] - 1), axis) + np.take(fine, range(1, fine.shape[axis]), axis))
            both = np.insert(fine, np.arange(1, fine.shape[axis]), middle, axis=axis)
            fine = both
    flat = fine.reshape(-1, 3)
    low = flat[:, :2].min(axis=0)
    at = np.round((flat[:, :2] - low) / step).astype(int)
    z = np.full((int(at[:, 1].max()) + 1, int(at[:, 0].max()) + 1), -1.0)
    np.maximum.at(z, (at[:, 1], at[:, 0]), flat[:, 2])
    return Heights((float(low[0]), float(low[1])), step, z)


@dataclass(frozen=True, eq=False)
class Body:
    """Distances to forms, taken once in a box: from `low` on, `step` metres apart, x by y by z; `FAR` outside it."""

    low: Array
    step: float
    far: Array

    def __call__(self, p: Array) -> Array:
        """How far points are outside the forms, metres."""
        at = (p - self.low) / self.step
        most = np.array(self.far.shape) - 1.001
        inside = ((at >= 0.0) & (at <= most)).all(axis=-1)
        at = np.clip(at, 0.0, most)
        i = at.astype(int)
        t = at - i
        made = np.zeros(p.shape[:-1])
        for corner in np.ndindex(2, 2, 2):
            share = np.prod(np.where(corner, t, 1.0 - t), axis=-1)
            made += share * self.far[tuple(np.moveaxis(i + corner, -1, 0))]
        return np.asarray(np.where(inside, made, FAR))


def body(
    forms: Sequence[Distance], low: tuple[float, float, float], high: tuple[float, float, float], step: float = 0.008
) -> Body:
    """Forms within a box, for many rays."""
    axes = [np.arange(a, b + step, step) for a, b in zip(low, high, strict=True)]
    places = np.stack(np.meshgrid(*axes, indexing="ij"), -1)
    far = np.full(places.shape[:-1], FAR)
    for form in forms:
        far = np.minimum(far, form(places))
    return Body(np.array(low), step, far)


def reaching(points: Array, normals: Array, blocks: Sequence[Blocks], reach: float = 0.24, rays: int = 40) -> Array:
    """The share of light that reaches points with their normals, 0-1: 1 on an open flat cloth."""
    index = np.arange(rays) + 0.5
    up, turn = np.sqrt(1.0 - index / rays), np.pi * (1.0 + 5.0**0.5) * index
    out = np.sqrt(1.0 - up * up)
    local = np.column_stack([out * np.cos(turn), out * np.sin(turn), up])
    steps = _START + (reach - _START) * np.linspace(0.0, 1.0, 11) ** 1.7
    p, n = points.reshape(-1, 3), normals.reshape(-1, 3)
    helper = np.where(np.abs(n[:, 1:2]) < 0.9, (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))
    one = np.cross(n, helper)
    one /= np.linalg.norm(one, axis=1, keepdims=True)
    two = np.cross(n, one)
    arrived, whole = np.zeros(len(p)), np.zeros(len(p))
    for x, y, z in local:
        way = x * one + y * two + z * n
        weight = 1.0 + _LAMP * np.clip(way @ LAMPS, 0.0, 1.0) ** 4
        open_ = np.ones(len(p))
        for step in steps:
            at = p + n * 0.003 + way * step
            off = np.full(len(p), FAR)
            for each in blocks:
                off = np.minimum(off, each(at))
            flat = 0.003 + step * z  # how far the ray is off an open flat cloth here
            past = np.clip(0.5 + off / (_SOFT * step + 0.004), 0.0, 1.0)
            open_ = np.minimum(open_, past / min(0.5 + flat / (_SOFT * step + 0.004), 1.0))
        arrived += weight * np.minimum(open_, 1.0)
        whole += weight
    return np.asarray((arrived / whole).reshape(points.shape[:-1]))
