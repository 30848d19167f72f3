"""What the patient wears, and the pillow under the head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.generators import figure
from assets.generators.bedding import TOP
from assets.generators.drape import Distance, gradient, limb, melt, struck
from assets.generators.folds import noise, ridge
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.nets import Within, net
from assets.generators.patient_skin import SLEEVE
from assets.generators.shapes import Array, Shape, curve, join, tube


def _worn(p: Array, side: int) -> Array:
    """The distance to a sleeve's form round the upper arm."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    return limb(p, upper, upper + SLEEVE * (elbow - upper), 0.0535, 0.0585)


def _draped(p: Array) -> Array:
    """The distance to the gown without its folds: chest and both sleeves, the shoulders' seams filled out."""
    sleeves = np.minimum(_worn(p, 1), _worn(p, -1))
    return melt(figure.trunk(p) - 0.0085, sleeves, 0.06)


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
    """The gown over chest and shoulders, from the neck to under the blanket, with folds and a bound neck."""
    down, round_ = np.linspace(0.0, 1.0, 65), np.radians(np.linspace(-20.0, 200.0, 97))
    points = _laid(down, round_)
    slack = _slack(points)
    dark = np.clip((points[..., 1] - TOP + 0.030) / 0.030, 0.0, 1.0)  # before the sheet's edge, and under it
    shade = (1.0 - 0.26 * np.clip(0.25 - slack / 0.008, 0.0, 1.0)) * (1.0 - 0.50 * dark * dark)
    columns = np.unique(np.searchsorted(np.degrees(round_), np.concatenate([_ROUND, 180.0 - _ROUND[::-1]])))
    faces = net(points, shade, np.arange(0, 65, 8), columns, Within(0.0034, 0.13))
    whole = sheet(points)
    whole = replace(whole, triangles=faces).tinted(shade.reshape(-1, 1) * np.ones(3))
    rim = points[0, 4:-4:4]
    rim[[0, -1]] -= (0.0, 0.0, 0.016)  # its ends go in under the neck
    binding = tube(curve([tuple(each) for each in rim], 23), 0.0046, 4)
    return join([agreeing(tidy(_shaded(whole, _folded, _draped))), binding.tinted((0.46, 0.56, 0.66))])


_ROUND = np.array((-20.0, -8.0, 0.0, 8.0, 16.0, 24.0, 36.0, 52.0, 70.0, 90.0))
"""Degrees round the body from its right to the breastbone, close together at the shoulder."""


def pocket() -> Shape:
    """A pocket sewn on the gown's left breast, 11 x 12 cm, its mouth hemmed."""
    down = np.array((0.0, 0.002, 0.020, 0.022, 0.055, 0.088, 0.119, 0.121))
    v, u = np.meshgrid(down, np.linspace(-0.055, 0.055, 7), indexing="ij")
    start = np.stack([u - 0.082, v - 0.468, np.full_like(u, 0.12)], -1)
    points = struck(_folded, start, np.broadcast_to((0.0, 0.0, 1.0), start.shape), 0.25)
    edge = (np.abs(u) > 0.054) | (v > 0.120) | (v < 0.001)
    points[..., 2] += np.where(edge, 0.0010, 0.0062)
    made = sheet(points)
    made = made if made.normals[:, 2].mean() > 0 else sheet(points, flip=True)
    tone = np.where(edge, 0.66, np.where(np.abs(v - 0.021) < 0.0015, 0.80, 1.0))
    return made.tinted(tone.reshape(-1, 1) * np.ones(3)).shifted_uv(0.010, 0.013)


def _slack(p: Array) -> Array:
    """How far the gown over the chest stands off: drawn from the armpits, pushed up by the covers, loose along the middle."""
    x, y, side = p[..., 0], p[..., 1], np.abs(p[..., 0])
    warp = noise(0.5 * x, 0.5 * y, 3.0)
    away, turn = np.hypot(side - 0.185, y + 0.425), np.arctan2(side - 0.185, y + 0.425)
    drawn = ridge(3.1 * turn / np.pi + 0.30 * warp + 0.15 * np.sign(x)) * np.exp(-((away / 0.17) ** 2))
    drawn = drawn * np.clip((away - 0.030) / 0.05, 0.0, 1.0)
    pushed = ridge((y + 2.1 * x * x + 0.25 * x) / 0.046 + 0.45 * warp) * np.exp(-(((y - TOP + 0.030) / 0.050) ** 2))
    pushed = pushed * np.clip(0.55 + 0.7 * noise(0.8 * x, 0.4 * y, 6.0), 0.1, 1.0)
    long = ridge(7.5 * x + 0.5 * warp) * np.clip((y + 0.53) / 0.06, 0.0, 1.0) * np.exp(-((side / 0.11) ** 2))
    long = long * np.clip(0.4 + 0.7 * noise(0.5 * x, 0.3 * y, 1.0), 0.0, 1.0)
    return np.asarray(0.0130 * drawn + 0.0115 * pushed + 0.0065 * long)


def _folded(p: Array) -> Array:
    """The distance to the gown over the chest, with its folds."""
    free = np.clip((p[..., 1] + 0.555) / 0.06, 0.0, 1.0)
    bare = np.clip((TOP - 0.016 - p[..., 1]) / 0.030, 0.0, 1.0)  # not pressed down by the covers
    slack = free * (_slack(p) + 0.0016 * noise(p[..., 0], p[..., 1], 3.0))
    return np.asarray(figure.trunk(p) - 0.0020 - bare * (0.0055 + slack))


def _laid(down: Array, round_: Array) -> Array:
    """Points of the gown over the chest: shares of the way from the neck down x angles round the body x 3."""
    share, aa = np.meshgrid(down, round_, indexing="ij")
    first = -0.583 + 0.088 * np.sin(np.clip(aa, 0.0, np.pi)) ** 2
    start = np.stack([np.zeros_like(aa), first + (TOP + 0.022 - first) * share, np.full_like(aa, 0.100)], -1)
    way = np.stack([np.cos(aa), np.zeros_like(aa), np.sin(aa)], -1)
    points = struck(_folded, start, way, 0.40)
    points[..., 2] = np.maximum(points[..., 2], 0.004)
    return points


def sleeve(side: int, rows: int = 8, columns: int = 15) -> Shape:
    """A wide short sleeve with a sewn hem, its end round, open and turned in."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    end = SLEEVE
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
    radius = 0.0520 + 0.0015 * inner + puff[:, None]
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
    light[-6:] = (0.80, 0.98, 0.98, 0.94, 0.84, 0.60)
    melted = gradient(_draped, made.positions, 3e-3)
    near = np.clip(1.0 - np.repeat(inner[:, 0], columns + 1) / 0.34, 0.0, 1.0)[:, None]
    normals = made.normals * (1.0 - near) + melted * near
    made = replace(made, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))
    return tidy(made.tinted(np.repeat(light, columns + 1)[:, None] * np.ones(3)))


def pillow(rows: int = 57, columns: int = 81) -> Shape:
    """A pillow of 64 x 44 cm with a corded seam, soft at its corners; head and neck sink in and draw its cloth in."""
    wide, deep, middle = 0.320, 0.220, -0.724
    u, v = np.meshgrid(_even(columns), _even(rows), indexing="ij")
    x, y = wide * u * np.sqrt(1.0 - 0.20 * v**6), middle + deep * v * np.sqrt(1.0 - 0.26 * u**8)
    full = np.maximum((1.0 - np.abs(u) ** 3.4) * (1.0 - np.abs(v) ** 3.0), 0.0) ** 0.44
    z = _SEAM + 0.084 * full + 0.0030 * noise(1.2 * x, 1.2 * y, 5.0) * full
    away, turn = np.hypot(0.92 * x, y + 0.700), np.arctan2(y + 0.700, x)
    z = z - 0.034 * np.exp(-((away / 0.110) ** 2)) + 0.017 * np.exp(-(((away - 0.165) / 0.055) ** 2)) * full
    warp = noise(0.7 * x, 0.7 * y, 8.0)
    pleat = ridge(10.0 * turn / (2 * np.pi) + 0.30 * warp) * np.exp(-(((away - 0.150) / 0.062) ** 2))
    fine = ridge(23.0 * turn / (2 * np.pi) + 0.50 * warp) * np.exp(-(((away - 0.118) / 0.030) ** 2))
    corner = np.hypot(1.0 - np.abs(u), 0.8 * (1.0 - np.abs(v)))
    tuck = ridge(5.5 * np.arctan2(1.0 - np.abs(v), 1.0 - np.abs(u)) / np.pi * 2.0 + 0.3 * warp) * np.exp(-((corner / 0.42) ** 2))
    made = 0.0115 * pleat + 0.0036 * fine + 0.0085 * tuck
    z = np.minimum(z + made * full, _pressed(x, y))
    points = np.stack([x, y, z], -1)
    off = figure.head((points - figure.HEAD_AT) @ figure.HEAD_TURN)
    shade = 1.0 - 0.16 * np.clip(0.2 - made / 0.006, 0.0, 1.0) * full
    shade = shade * (1.0 - 0.74 * np.exp(-((np.maximum(off - 0.010, 0.0) / 0.030) ** 1.2)))  # where the head touches it
    shade = shade * (1.0 - 0.50 * np.exp(-np.maximum(off, 0.0) / 0.085))
    coarse = (np.unique(np.append(np.arange(0, count, 8), count - 1)) for count in (columns, rows))
    top = _upwards(points)
    top = replace(top, triangles=net(points, shade, *coarse, Within(0.0092, 0.10)))
    top = tidy(agreeing(top.tinted(shade.reshape(-1, 1) * np.ones(3))))
    edge = np.concatenate([each[:-1:8] for each in _rim(x, y)])
    out = edge - (0.0, middle)
    under = [np.column_stack([(0.0, middle) + out * by, np.full(len(edge), at)]) for by, at in _BELLY]
    skirt = sheet(np.concatenate([np.stack(under), np.stack(under)[:, :1]], axis=1), around=True)
    outward = np.sum(skirt.normals[:, :2] * (skirt.positions[:, :2] - (0.0, middle)), axis=1).mean() > 0
    skirt = skirt if outward else replace(skirt, normals=-skirt.normals, triangles=skirt.triangles[:, ::-1])
    cord = tube(np.column_stack([(0.0, middle) + 1.004 * out, np.full(len(edge), _SEAM)]), 0.0034, 3, closed=True)
    return join([_seamed(top, middle), tidy(_seamed(skirt, middle)), cord])


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
