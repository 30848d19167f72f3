"""What the patient wears, and the pillow under the head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.generators import figure
from assets.generators.bedding import noise
from assets.generators.drape import Distance, gradient, limb, melt, struck
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.shapes import Array, Shape, curve, join, tube


def _worn(p: Array, side: int) -> Array:
    """The distance to a sleeve's form round the upper arm."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    return limb(p, upper, upper + _REACHES * (elbow - upper), 0.0535, 0.0585)


def _draped(p: Array) -> Array:
    """The distance to the gown without its folds: chest and both sleeves, the shoulders' seams filled out."""
    sleeves = np.minimum(_worn(p, 1), _worn(p, -1))
    return melt(figure.trunk(p) - 0.0085, sleeves, 0.06)


_REACHES = 0.72
"""How far down the upper arm a sleeve reaches, of its length."""


def _shaded(made: Shape, far: Distance, seam: Distance) -> Shape:
    """With a form's own normals, and near a seam those of both forms melted together."""
    own, melted = gradient(far, made.positions), gradient(seam, made.positions, 3e-3)
    near = np.clip(1.0 - np.abs(figure.trunk(made.positions) - 0.0085) / 0.028, 0.0, 1.0)
    near = near * np.clip(1.0 - np.minimum(*(np.abs(_worn(made.positions, side)) for side in (1, -1))) / 0.035, 0.0, 1.0)
    share = (near * near * (3.0 - 2.0 * near))[:, None]
    normals = own * (1.0 - share) + melted * share
    return replace(made, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))


def neckline(degrees: float) -> Array:
    """A point of the gown's upper edge, so far round the neck from its right."""
    return np.asarray(_laid(np.zeros(1), np.radians([degrees]))[0, 0])


def gown() -> Shape:
    """The gown over chest and shoulders, from the neck to under the blanket, with folds from shoulder to arm."""
    down = np.array((0.0, 0.045, 0.09, 0.16, 0.31, 0.46, 0.57, 0.67, 0.78, 1.0))  # closer where the sheet's shade falls
    points = _laid(down, np.radians(np.concatenate([_ROUND, 180.0 - _ROUND[-2::-1]])))
    shaded = agreeing(tidy(_shaded(sheet(points), _folded, _draped)))
    dark = np.clip((shaded.positions[:, 1:2] + 0.446) / 0.036, 0.0, 1.0)  # before the sheet's edge, and under it
    tight = np.clip((shaded.positions[:, 1:2] + 0.428) / 0.018, 0.0, 1.0)
    shaded = shaded.tinted((1.0 - 0.40 * dark * dark) * (1.0 - 0.48 * tight) * np.ones(3))
    return join([shaded, tube(curve([tuple(each) for each in points[0]], 25), 0.0042, 4).tinted((0.62, 0.70, 0.76))])


_ROUND = np.array((-20.0, -8.0, 0.0, 6.0, 11.0, 16.0, 22.0, 30.0, 40.0, 52.0, 65.0, 78.0, 90.0))
"""Degrees round the body from its right to the breastbone, close together at the shoulder."""


def _folded(p: Array) -> Array:
    """The distance to the gown over the chest, with its folds."""
    folds = 0.0046 * np.sin(34.0 * np.abs(p[..., 0]) + 30.0 * p[..., 1] + 3.0 * np.sin(9.0 * p[..., 1]))
    folds = folds * np.clip(np.abs(p[..., 0]) / 0.05, 0.0, 1.0)
    folds = folds * np.clip((p[..., 1] + 0.555) / 0.08, 0.0, 1.0)
    free = np.clip((-0.400 - p[..., 1]) / 0.045, 0.0, 1.0)
    return np.asarray(figure.trunk(p) - 0.003 - free * (0.0055 + folds + 0.0016 * noise(p[..., 0], p[..., 1], 3.0)))


def _laid(down: Array, round_: Array) -> Array:
    """Points of the gown over the chest: shares of the way from the neck down x angles round the body x 3."""
    share, aa = np.meshgrid(down, round_, indexing="ij")
    first = -0.583 + 0.088 * np.sin(np.clip(aa, 0.0, np.pi)) ** 2
    start = np.stack([np.zeros_like(aa), first + (-0.352 - first) * share, np.full_like(aa, 0.100)], -1)
    way = np.stack([np.cos(aa), np.zeros_like(aa), np.sin(aa)], -1)
    points = struck(_folded, start, way, 0.40)
    points[..., 2] = np.maximum(points[..., 2], 0.004)
    return points


def sleeve(side: int, rows: int = 8, columns: int = 15) -> Shape:
    """A wide short sleeve with a sewn hem, its end round, open and turned in."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    end = _REACHES
    share = np.concatenate([[-0.146, -0.085], np.linspace(0.0, end - 0.115, rows - 3)])
    share = np.concatenate([share, [end - 0.100, end - 0.090, end - 0.004, end + 0.004, end, end - 0.070]])
    puff = np.zeros(len(share))
    puff[-6:] = (-0.0006, 0.0010, 0.0016, -0.0004, -0.0030, -0.0090)
    path = upper + share[:, None] * (elbow - upper)
    ahead = (elbow - upper) / np.linalg.norm(elbow - upper)
    one = np.cross(ahead, (0.0, 0.0, 1.0))
    one /= np.linalg.norm(one)
    two = np.cross(one, ahead)
    a = np.linspace(0.0, 2 * np.pi, columns + 1)
    inner = np.clip(share / end, 0.0, 1.0)[:, None]
    loose = np.sin(np.pi * inner) ** 0.8 + 0.30 * inner
    radius = 0.0520 + 0.0060 * inner + puff[:, None]
    radius = radius + loose * (0.0040 * np.sin(3.0 * a[None] + 7.0 * inner + side) + 0.0018 * np.sin(5.0 * a[None] - 6.0 * inner))
    radius[0] *= 0.48
    radius[1] *= 0.86
    radius[-1] = 0.034  # within the arm: one does not look through
    points = path[:, None] + radius[..., None] * (np.cos(a)[None, :, None] * one + np.sin(a)[None, :, None] * two)
    made = sheet(points, around=True)
    out = np.sum(made.normals * (made.positions - np.repeat(path, columns + 1, axis=0)), axis=1)[: 6 * (columns + 1)].mean() > 0
    made = made if out else replace(made, normals=-made.normals, triangles=made.triangles[:, ::-1])
    made = made.shifted_uv(0.0, -float(made.uvs[-3 * (columns + 1), 1]))  # the edge runs between two rows of the print
    light = np.ones(len(share))
    light[-6:] = (0.80, 0.98, 0.98, 0.92, 0.74, 0.34)
    melted = gradient(_draped, made.positions, 3e-3)
    near = np.clip(1.0 - np.repeat(inner[:, 0], columns + 1) / 0.34, 0.0, 1.0)[:, None]
    normals = made.normals * (1.0 - near) + melted * near
    made = replace(made, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))
    return tidy(made.tinted(np.repeat(light, columns + 1)[:, None] * np.ones(3)))


def pillow(rows: int = 14, columns: int = 20) -> Shape:
    """A pillow of 64 x 44 cm, round to its seam above and below, soft at its corners, pressed in by head and neck."""
    wide, deep, middle = 0.320, 0.220, -0.724
    u, v = np.meshgrid(_even(columns), _even(rows), indexing="ij")
    x, y = wide * u * np.sqrt(1.0 - 0.20 * v**6), middle + deep * v * np.sqrt(1.0 - 0.26 * u**8)
    full = np.maximum((1.0 - np.abs(u) ** 3.4) * (1.0 - np.abs(v) ** 3.0), 0.0) ** 0.44
    z = _SEAM + 0.080 * full + 0.0030 * noise(1.2 * x, 1.2 * y, 5.0) * full
    pleat = np.sin(11.0 * np.arctan2(y + 0.69, x)) * np.exp(-((np.hypot(x, y + 0.69) - 0.16) ** 2) / 0.0040)
    tuck = np.sin(9.0 * np.arctan2(np.abs(v) - 1.0, np.abs(u) - 1.0)) * np.exp(
        -(((1 - np.abs(u)) ** 2 + (1 - np.abs(v)) ** 2) / 0.10)
    )
    z = z + (0.0035 * pleat + 0.0040 * tuck) * full
    z = np.minimum(z, _pressed(x, y))
    top = _upwards(np.stack([x, y, z], -1))
    edge = np.concatenate([each[:-1] for each in _rim(x, y)])
    out = edge - (0.0, middle)
    under = [np.column_stack([(0.0, middle) + out * by, np.full(len(edge), at)]) for by, at in _BELLY]
    skirt = sheet(np.concatenate([np.stack(under), np.stack(under)[:, :1]], axis=1), around=True)
    outward = np.sum(skirt.normals[:, :2] * (skirt.positions[:, :2] - (0.0, middle)), axis=1).mean() > 0
    skirt = skirt if outward else replace(skirt, normals=-skirt.normals, triangles=skirt.triangles[:, ::-1])
    return join([tidy(_seamed(top, middle)), tidy(_seamed(skirt, middle))])


_SEAM = 0.042
"""How high the pillow's seam lies."""
_BELLY = ((1.0, _SEAM), (0.975, 0.017), (0.90, 0.000))
"""Of its outline, and metres up: how the pillow rounds off below its seam."""


def _even(count: int) -> Array:
    share = np.linspace(-1.0, 1.0, count)
    return np.asarray(0.45 * np.sin(share * np.pi / 2) + 0.55 * share)


def _rim(x: Array, y: Array) -> tuple[Array, Array, Array, Array]:
    """The four sides of a grid's outline, each to where the next begins."""
    flat = np.stack([x, y], -1)
    return flat[0], flat[:, -1], flat[-1, ::-1], flat[::-1, 0]


def _upwards(points: Array) -> Shape:
    made = sheet(points)
    return made if made.normals[:, 2].mean() > 0 else sheet(points, flip=True)


def _seamed(made: Shape, middle: float) -> Shape:
    """With one normal at the seam, outwards, for what is above it and below."""
    near = np.clip(1.0 - np.abs(made.positions[:, 2] - _SEAM) / 0.004, 0.0, 1.0)[:, None]
    out = made.positions - (0.0, middle, 0.0)
    out = out * (1.0 / 0.320**4, 1.0 / 0.220**4, 0.0) * out**2
    out = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9) + np.array((0.0, 0.0, 0.25))
    normals = made.normals * (1.0 - near) + out * near
    return replace(made, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))


def _pressed(x: Array, y: Array) -> Array:
    """How high the pillow may be under head and neck, which sink in, 9 where they are not."""
    column = np.linspace(0.02, 0.15, 66)
    grid = np.stack(np.broadcast_arrays(x[..., None], y[..., None], column), -1)
    inside = figure.head((grid - figure.HEAD_AT) @ figure.HEAD_TURN) < 0.010
    limit = np.where(inside.any(axis=-1), column[np.argmax(inside, axis=-1)], 9.0)
    for _ in range(2):
        padded = np.pad(limit, 1, mode="edge")
        around = np.minimum.reduce([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
        limit = np.minimum(limit, around + 0.028)
    return np.asarray(limit)
