"""What the patient wears and lies under: gown, pillow, and a blanket that fell over the body, a sheet turned down over it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assets.generators import figure
from assets.generators.drape import fallen, gradient, struck
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.shapes import Array, Shape, join, tube
from engine.view.geometry.surfaces import unit

TOP, FOOT, HALF = -0.372, 0.985, 0.418
"""Where the blanket begins and ends along y, and half of its width. Metres."""
HINGE = -0.05
"""The joint `back`, along y."""
_THICK = 0.013


def _noise(x: Array, y: Array, phase: float) -> Array:
    """A little unrest, about -1 to 1, without a repeat that one sees."""
    return np.asarray(
        (
            np.sin(17.0 * x + 9.0 * y + phase)
            + np.sin(-11.0 * x + 21.0 * y + 2.3 * phase)
            + np.sin(31.0 * x - 13.0 * y + 0.7 * phase)
        )
        / 3.0
    )


@dataclass(frozen=True, eq=False)
class Blanket:
    """The sheet at rest: rows (along y) x columns (along x) x 3, finer than it is drawn."""

    points: Array
    normals: Array

    def height(self, x: float, y: float) -> float:
        """How high its upper side is over a point."""
        flat = self.points.reshape(-1, 3)
        near = np.hypot(flat[:, 0] - x, flat[:, 1] - y)
        best = np.argsort(near, kind="stable")[:4]
        weight = 1.0 / (near[best] + 1e-4)
        return float((flat[best, 2] * weight).sum() / weight.sum())


def lay(rows: int = 79, columns: int = 57) -> Blanket:
    """Let the blanket fall over the body. Its threads are a little longer than its bed is wide, so that it folds."""
    v, u = np.meshgrid(np.linspace(0.0, 1.0, rows), np.linspace(-1.0, 1.0, columns), indexing="ij")
    x, y = HALF * u, TOP + (FOOT - TOP) * v

    def under(p: Array) -> Array:
        return figure.covered(p) - _THICK

    start = np.stack([x, y, np.full_like(x, 0.005)], -1)
    high = start.copy()
    for step in np.linspace(0.34, 0.0, 86):
        over = np.where(under(np.stack([x, y, np.full_like(x, step)], -1)) < 0.0, step, 0.0)
        high[..., 2] = np.maximum(high[..., 2], over)
    soft = high[..., 2].copy()
    for _ in range(90):
        padded = np.pad(soft, 1, mode="edge")
        blurred = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
        soft = np.maximum(blurred, high[..., 2])
    high[..., 2] = soft + 0.006 + 0.008 * _noise(x, y, 1.0)
    along = float(np.mean(np.linalg.norm(np.diff(high, axis=0), axis=-1)))
    across = float(np.mean(np.linalg.norm(np.diff(high, axis=1), axis=-1).sum(axis=1)) / (columns - 1))
    found = fallen(high, (along * 1.006, across * 1.032), under, rounds=110, width=HALF + 0.004, stiff=0.45)
    below_knee = np.maximum(found[..., 1] - 0.60, 0.0)
    found[..., 1] -= below_knee * max(0.0, 1.0 - (FOOT - 0.60) / float(below_knee.max()))
    for side in (1, -1):
        found = _pressed(found, side)
    found = _eased(found)
    for row in range(4):
        gap = figure.trunk(found[row]) - 0.0125
        near = np.maximum(gap, 0.0) * np.clip((0.15 - gap) / 0.09, 0.0, 1.0) * (1.0 - 0.22 * row)
        found[row] -= near[:, None] * gradient(figure.trunk, found[row])
    found[..., 2] = np.maximum(found[..., 2], 0.004)
    return Blanket(found, _normals(found))


def _pressed(points: Array, side: int) -> Array:
    """The blanket pushed down by an arm that lies on it."""
    start, end = figure.ELBOW[side], figure.WRIST[side]
    made = points.copy()
    for a, b, thick, thin in ((figure.SHOULDER[side], start, 0.062, 0.050), (start, end, 0.046, 0.030)):
        share = np.clip(((made[..., :2] - a[:2]) @ (b - a)[:2]) / ((b - a)[:2] @ (b - a)[:2]), 0.0, 1.0)
        axis = a + share[..., None] * (b - a)
        away = np.linalg.norm(made[..., :2] - axis[..., :2], axis=-1)
        thickness = thick + (thin - thick) * share
        under = axis[..., 2] - np.sqrt(np.maximum(thickness**2 - away**2, 0.0)) - 0.003
        spread = axis[..., 2] + (away - thickness) * 1.3
        limit = np.where(away < thickness, under, spread)
        low = np.maximum(np.minimum(made[..., 2], np.where(away < thickness + 0.05, limit, 9.0)), 0.004)
        put = np.concatenate([made[..., :2], low[..., None]], -1)
        free = figure.trunk(put) - 0.011
        made[..., 2] = np.where(free > 0.0, low, made[..., 2])
    return made


def _eased(points: Array) -> Array:
    """The steps that the arms left in the blanket smoothed out, as far as the body lets it."""
    made = points.copy()
    beside = (np.abs(made[..., 0]) > 0.10) & (np.abs(made[..., 0]) < 0.34) & (made[..., 1] < -0.05)
    for _ in range(5):
        padded = np.pad(made, ((1, 1), (1, 1), (0, 0)), mode="edge")
        mean = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
        made[..., 2] = np.where(beside, mean[..., 2], made[..., 2])
        gap = np.minimum(figure.trunk(made) - 0.0115, 0.0)
        made -= np.where(beside, gap, 0.0)[..., None] * gradient(figure.trunk, made)
    return made


def _normals(points: Array) -> Array:
    made = sheet(points)
    normals = made.normals.reshape(points.shape)
    return np.asarray(normals if normals[..., 2].mean() > 0 else -normals)


def covers(blanket: Blanket) -> tuple[Shape, Shape, Shape]:
    """The blanket over the legs, the blanket over the trunk, and the sheet turned down over its upper edge.

    Each dips under the other where it ends: raised with the trunk, the upper one sinks in there, and makes a crease at the lap.
    Beside the body both lie on the mattress, which is bent there itself: they stay over it.
    """
    p, n = blanket.points.copy(), blanket.normals
    beside = np.clip(1.0 - (p[..., 2] - 0.010) / 0.040, 0.0, 1.0)
    p[..., 2] += 0.006 * beside
    y = p[..., 1]
    first = int(np.argmax(y.max(axis=1) > HINGE - 0.110))
    last = int(np.argmax(y.min(axis=1) > HINGE + 0.105))
    lower_rows = np.unique(np.concatenate([np.arange(first, len(y) - 1, 3), [len(y) - 2, len(y) - 1]]))
    columns = np.unique(np.concatenate([[0, 1], np.arange(2, p.shape[1] - 2, 2), [p.shape[1] - 2, p.shape[1] - 1]]))
    sunk = 0.012 * np.clip((HINGE - 0.015 - y) / 0.05, 0.0, 1.0) * (1.0 - beside)
    lower = _cut(_over_bed(p - n * sunk[..., None]), n, lower_rows, columns)
    upper_rows = np.arange(0, last + 1, 2)
    drop = 0.0012 - 0.020 * np.clip((y - (HINGE - 0.02)) / 0.115, 0.0, 1.0) ** 1.5
    drop = drop * (1.0 - beside) + 0.0012 * beside
    upper = _cut(_over_bed(p + n * drop[..., None]), n, upper_rows, columns)
    # The sheet ends where the arms lie; beside them it is tucked in.
    return lower, upper, _turned_down(p, n, columns[p[1, columns, 2] > 0.035])


def _over_bed(points: Array) -> Array:
    return np.concatenate([points[..., :2], np.maximum(points[..., 2:], 0.001)], -1)


def _cut(points: Array, normals: Array, rows: Array, columns: Array) -> Shape:
    made = sheet(points[np.ix_(rows, columns)])
    return tidy(agreeing(replace(made, normals=normals[np.ix_(rows, columns)].reshape(-1, 3))))


def _turned_down(p: Array, n: Array, columns: Array) -> Shape:
    """White sheet: from under the blanket round its edge and 15 cm down over it, with a hem."""
    deep = int(np.searchsorted(p[:, p.shape[1] // 2, 1], TOP + 0.150))
    out = unit(np.array((0.0, -1.0, 0.10))[None]).astype(float)[0]
    rows = [p[1] - n[1] * 0.004 + np.array((0.0, 0.020, 0.0)), p[0] - n[0] * 0.0040, p[0] - n[0] * 0.0025 + out * 0.004]
    rows += [p[0] + n[0] * 0.002 + out * 0.006, p[0] + n[0] * 0.006 + out * 0.005]
    over = np.unique(np.concatenate([np.arange(0, deep, 2), [deep]]))
    rows += [p[index] + n[index] * (0.0075 + 0.0012 * np.sin(9.0 * p[index][:, :1] + index)) for index in over]
    rows += [p[deep] + n[deep] * 0.0055 + np.array((0.0, 0.004, 0.0)), p[deep] + n[deep] * 0.0005 + np.array((0.0, 0.003, 0.0))]
    grid = np.stack(rows)
    grid[..., 2] = np.maximum(grid[..., 2], 0.003)
    made = sheet(grid[:, columns])
    up = made.normals.reshape(len(rows), len(columns), 3)[5:-2]
    return made if up[..., 2].mean() > 0 else sheet(grid[:, columns], flip=True)


def gown(rows: int = 15, columns: int = 25) -> Shape:
    """The gown over chest and shoulders, from the neck to under the blanket, with folds from shoulder to arm."""
    a = np.radians(np.linspace(-30.0, 210.0, columns))

    def far(p: Array) -> Array:
        folds = 0.0032 * np.sin(46.0 * np.abs(p[..., 0]) + 30.0 * p[..., 1] + 3.0 * np.sin(9.0 * p[..., 1]))
        folds = folds * np.clip((np.abs(p[..., 0]) - 0.02) / 0.06, 0.0, 1.0)
        folds = folds * np.clip((p[..., 1] + 0.555) / 0.08, 0.0, 1.0)
        return np.asarray(figure.trunk(p) - 0.0085 - folds - 0.0016 * _noise(p[..., 0], p[..., 1], 3.0))

    share, aa = np.meshgrid(np.linspace(0.0, 1.0, rows) ** 1.2, a, indexing="ij")
    first = -0.592 + 0.066 * np.sin(np.clip(aa, 0.0, np.pi)) ** 2
    start = np.stack([np.zeros_like(aa), first + (-0.335 - first) * share, np.full_like(aa, 0.100)], -1)
    way = np.stack([np.cos(aa), np.zeros_like(aa), np.sin(aa)], -1)
    points = struck(far, start, way, 0.40)
    points[..., 2] = np.maximum(points[..., 2], 0.004)
    made = sheet(points)
    shaded = agreeing(tidy(replace(made, normals=gradient(far, made.positions))))
    return join([shaded, tube(points[0], 0.0045, 5).tinted((0.62, 0.70, 0.76))])


def sleeve(side: int, rows: int = 9, columns: int = 16) -> Shape:
    """A wide short sleeve, its end open and turned in."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    share = np.concatenate([np.linspace(-0.12, 0.80, rows), (0.815, 0.80)])
    path = upper + share[:, None] * (elbow - upper)
    ahead = (elbow - upper) / np.linalg.norm(elbow - upper)
    one = np.cross(ahead, (0.0, 0.0, 1.0))
    one /= np.linalg.norm(one)
    two = np.cross(one, ahead)
    a = np.linspace(0.0, 2 * np.pi, columns + 1)
    inner = np.clip(share, 0.0, 1.0)[:, None]
    radius = (
        0.060
        + 0.008 * inner
        + (0.0045 * np.sin(4.0 * a[None] + 7.0 * inner + side) + 0.003 * np.sin(7.0 * a[None] - 5.0 * inner)) * inner**0.5
    )
    radius[0] *= 0.72
    radius[-2] -= 0.004
    radius[-1] -= 0.012
    points = path[:, None] + radius[..., None] * (np.cos(a)[None, :, None] * one + np.sin(a)[None, :, None] * two)
    points[..., 2] = np.maximum(points[..., 2], 0.004 + 0.0006 * np.arange(columns + 1))
    made = sheet(points, around=True)
    out = np.sum(made.normals * (made.positions - np.repeat(path, columns + 1, axis=0)), axis=1).mean() > 0
    return tidy(made if out else replace(made, normals=-made.normals, triangles=made.triangles[:, ::-1]))


def pillow(rows: int = 13, columns: int = 19) -> tuple[Shape, Shape]:
    """A pillow of 62 x 42 cm, full at its corners and pressed in by head and neck; and the piping of its seam."""
    wide, deep, middle = 0.312, 0.212, -0.718
    bend = np.sin(np.linspace(-np.pi / 2, np.pi / 2, columns))
    u, v = np.meshgrid(0.35 * bend + 0.65 * np.linspace(-1, 1, columns), np.linspace(-1.0, 1.0, rows), indexing="ij")
    pinch = 1.0 - 0.060 * (1.0 - u**2) * np.abs(v) - 0.0 * u
    squeeze = 1.0 - 0.050 * (1.0 - v**2) * np.abs(u)
    x, y = wide * u * squeeze, middle + deep * v * pinch
    full = np.maximum((1.0 - np.abs(u) ** 3.2) * (1.0 - np.abs(v) ** 2.8), 0.0) ** 0.50
    z = 0.022 + 0.098 * full + 0.0035 * _noise(1.2 * x, 1.2 * y, 5.0) * full
    pleat = np.sin(13.0 * np.arctan2(y + 0.69, x)) * np.exp(-((np.hypot(x, y + 0.69) - 0.15) ** 2) / 0.0035)
    z = z + 0.0035 * pleat * full

    def pressing(p: Array) -> Array:
        local = (p - figure.HEAD_AT) @ figure.HEAD_TURN
        return np.asarray(figure.head(local) - 0.010)

    column = np.linspace(0.02, 0.15, 66)
    grid = np.stack(
        [
            np.broadcast_to(x[..., None], (*x.shape, 66)),
            np.broadcast_to(y[..., None], (*x.shape, 66)),
            np.broadcast_to(column, (*x.shape, 66)),
        ],
        -1,
    )
    inside = pressing(grid) < 0.0
    limit = np.where(inside.any(axis=-1), column[np.argmax(inside, axis=-1)], 9.0)
    for _ in range(2):
        padded = np.pad(limit, 1, mode="edge")
        around = np.minimum.reduce([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
        limit = np.minimum(limit, around + 0.028)
    z = np.minimum(z, limit)
    top = sheet(np.stack([x, y, z], -1))
    top = top if top.normals[:, 2].mean() > 0 else sheet(np.stack([x, y, z], -1), flip=True)
    rim = np.concatenate(
        [
            np.stack([x, y], -1)[0, :-1],
            np.stack([x, y], -1)[:-1, -1],
            np.stack([x, y], -1)[-1, :0:-1],
            np.stack([x, y], -1)[:0:-1, 0],
        ]
    )
    loop = np.column_stack([rim, np.full(len(rim), 0.0215)])
    foot = np.column_stack([rim * (0.97, 1.0) + (0.0, 0.0) - 0.03 * (rim - (0.0, middle)) * (0.0, 1.0), np.full(len(rim), 0.001)])
    under = np.stack([foot, loop])
    skirt = sheet(np.concatenate([under, under[:, :1]], axis=1), around=True)
    outward = np.sum(skirt.normals[:, :2] * (skirt.positions[:, :2] - (0.0, middle)), axis=1).mean() > 0
    skirt = skirt if outward else replace(skirt, normals=-skirt.normals, triangles=skirt.triangles[:, ::-1])
    return join([tidy(top), tidy(skirt)]), tube(loop, 0.0032, 3, closed=True)
