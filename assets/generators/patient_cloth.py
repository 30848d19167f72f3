"""What the patient wears, and the pillow under the head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assets.generators import figure
from assets.generators.bedding import noise
from assets.generators.drape import gradient, struck
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.shapes import Array, Shape, join, tube


def gown(rows: int = 12, columns: int = 23) -> Shape:
    """The gown over chest and shoulders, from the neck to under the blanket, with folds from shoulder to arm."""
    a = np.radians(np.linspace(-30.0, 210.0, columns))

    def far(p: Array) -> Array:
        folds = 0.0052 * np.sin(36.0 * np.abs(p[..., 0]) + 30.0 * p[..., 1] + 3.0 * np.sin(9.0 * p[..., 1]))
        folds = folds * np.clip(np.abs(p[..., 0]) / 0.05, 0.0, 1.0)
        folds = folds * np.clip((p[..., 1] + 0.555) / 0.08, 0.0, 1.0)
        free = np.clip((-0.375 - p[..., 1]) / 0.045, 0.0, 1.0)
        return np.asarray(figure.trunk(p) - 0.003 - free * (0.0055 + folds + 0.0016 * noise(p[..., 0], p[..., 1], 3.0)))

    share, aa = np.meshgrid(np.linspace(0.0, 1.0, rows) ** 1.2, a, indexing="ij")
    first = -0.583 + 0.088 * np.sin(np.clip(aa, 0.0, np.pi)) ** 2
    start = np.stack([np.zeros_like(aa), first + (-0.352 - first) * share, np.full_like(aa, 0.100)], -1)
    way = np.stack([np.cos(aa), np.zeros_like(aa), np.sin(aa)], -1)
    points = struck(far, start, way, 0.40)
    points[..., 2] = np.maximum(points[..., 2], 0.004)
    made = sheet(points)
    shaded = agreeing(tidy(replace(made, normals=gradient(far, made.positions))))
    return join([shaded, tube(points[0], 0.0048, 4).tinted((0.62, 0.70, 0.76))])


def sleeve(side: int, rows: int = 9, columns: int = 14) -> Shape:
    """A wide short sleeve, its end open and turned in."""
    upper, elbow = figure.SHOULDER[side], figure.ELBOW[side]
    share = np.concatenate([np.linspace(-0.12, 0.70, rows), (0.712, 0.70)])
    path = upper + share[:, None] * (elbow - upper)
    ahead = (elbow - upper) / np.linalg.norm(elbow - upper)
    one = np.cross(ahead, (0.0, 0.0, 1.0))
    one /= np.linalg.norm(one)
    two = np.cross(one, ahead)
    a = np.linspace(0.0, 2 * np.pi, columns + 1)
    inner = np.clip(share, 0.0, 1.0)[:, None]
    radius = (
        0.0515
        + 0.0075 * inner
        + (0.0062 * np.sin(4.0 * a[None] + 8.0 * inner + side) + 0.0026 * np.sin(6.0 * a[None] - 7.0 * inner)) * inner**0.5
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
    z = 0.022 + 0.098 * full + 0.0035 * noise(1.2 * x, 1.2 * y, 5.0) * full
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
