"""The pillow under the head, in a cotton case whose open end lies to the person's right; its picture holds what is finer.

Head and neck sink in: the filling stands up round them, and the case is drawn towards them in wrinkles. Metres, the person's own
axes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assets.generators import figure
from assets.generators.cloth_light import Body, body, heights, reaching
from assets.generators.cloth_maps import Chart
from assets.generators.folds import noise, ridge
from assets.generators.lofts import agreeing, sheet, tidy
from assets.generators.nets import Within, net
from assets.generators.shapes import Array, Shape, join

WIDE, DEEP, MIDDLE = 0.320, 0.220, -0.724
"""Half its width and half its depth, and where its middle is along y."""
_SEAM = 0.038
"""How high the pillow's seam lies."""
_BELLY = ((1.0, _SEAM, 1.0), (0.992, 0.024, 0.92), (0.962, 0.008, 0.62), (0.90, 0.001, 0.30))
"""Of its outline, metres up, and the light left: how the pillow rounds off below its seam, down to the mattress."""
_SIZE = (208, 296)
"""Texels down and across its picture, about 2.2 mm each."""
_BESIDE_HEAD = 0.030
"""Metres from the head over which the case is dark: it lies against it there, and hair takes what light is left."""
_HAIR = 0.008
"""Metres of hair between the skull and the case."""


@dataclass(frozen=True, eq=False)
class Pillow:
    """Its upper side as rows x columns, whose `chart` has what its picture shows, and all of its triangles."""

    chart: Chart
    shape: Shape


@cache
def head_and_shoulders() -> Body:
    """What lies on pillow and bottom sheet at their head end, for many rays."""

    def head(p: Array) -> Array:
        return figure.head((p - figure.HEAD_AT) @ figure.HEAD_TURN) - 0.5 * _HAIR

    return body([head, lambda p: figure.trunk(p) - 0.010], (-0.34, -0.96, -0.02), (0.34, -0.40, 0.32))


def pillow(rows: int = 57, columns: int = 81) -> Pillow:
    """A pillow of 64 x 44 cm with a seam all round, soft at its corners."""
    v, u = np.meshgrid(_even(rows), _even(columns), indexing="ij")
    x, y = WIDE * u * np.sqrt(1.0 - 0.20 * v**6), MIDDLE + DEEP * v * np.sqrt(1.0 - 0.26 * u**8)
    full = np.maximum((1.0 - np.abs(u) ** 3.4) * (1.0 - np.abs(v) ** 3.0), 0.0) ** 0.44
    z = _SEAM + 0.086 * full + 0.0045 * noise(1.2 * x, 1.2 * y, 5.0) * full
    away, turn = np.hypot(0.92 * x, y + 0.700), np.arctan2(y + 0.700, x)
    z = z - 0.044 * np.exp(-((away / 0.105) ** 2)) + 0.025 * np.exp(-(((away - 0.160) / 0.050) ** 2)) * full
    warp = noise(0.7 * x, 0.7 * y, 8.0)
    pleat = ridge(9.0 * turn / (2 * np.pi) + 0.45 * warp) * np.exp(-(((away - 0.165) / 0.060) ** 2))
    corner = np.hypot(1.0 - np.abs(u), 0.8 * (1.0 - np.abs(v)))
    tuck = ridge(5.5 * np.arctan2(1.0 - np.abs(v), 1.0 - np.abs(u)) / np.pi * 2.0 + 0.3 * warp) * np.exp(-((corner / 0.42) ** 2))
    z = np.minimum(z + (0.0105 * pleat + 0.0095 * tuck) * full, _pressed(x, y))
    points = np.stack([x, y, z], -1)
    off = figure.head((points - figure.HEAD_AT) @ figure.HEAD_TURN) - _HAIR
    facing = sheet(points).normals.reshape(points.shape)
    light = reaching(points, facing, [heights(points), head_and_shoulders()])
    light = light * (1.0 - 0.46 * np.exp(-np.maximum(off, 0.0) / _BESIDE_HEAD))
    chart = Chart(points, WIDE * u[0], DEEP * (v[:, 0] + 1.0), light, off, _SIZE, reach=1.02 * WIDE)
    down, right = (np.unique(np.append(np.arange(0, count, 8), count - 1)) for count in (rows, columns))
    faces = net(points, np.ones(points.shape[:2]), down, right, Within(0.0078, 9.0))
    top = replace(sheet(points), normals=chart.smooth().reshape(-1, 3), uvs=chart.uvs().reshape(-1, 2), triangles=faces)
    edge = np.concatenate([each[:-1:8] for each in _rim(np.stack([x, y], -1))])
    bright = np.concatenate([each[:-1:8] for each in _rim(chart.shade)])
    out = edge - (0.0, MIDDLE)
    under = np.stack([np.column_stack([(0.0, MIDDLE) + out * by, np.full(len(edge), at)]) for by, at, _ in _BELLY])
    skirt = sheet(np.concatenate([under, under[:, :1]], axis=1), around=True)
    outward = np.sum(skirt.normals[:, :2] * (skirt.positions[:, :2] - (0.0, MIDDLE)), axis=1).mean() > 0
    skirt = skirt if outward else replace(skirt, normals=-skirt.normals, triangles=skirt.triangles[:, ::-1])
    tone = np.array([left for _, _, left in _BELLY])[:, None] * np.append(bright, bright[0])
    spot = chart.uvs()[2, columns // 4]  # where nothing lies on the case
    skirt = replace(skirt, uvs=np.broadcast_to(spot, skirt.uvs.shape).copy()).tinted(tone.reshape(-1, 1) * np.ones(3))
    return Pillow(chart, join([_seamed(agreeing(tidy(top))), tidy(_seamed(skirt))]))


def _even(count: int) -> Array:
    share = np.linspace(-1.0, 1.0, count)
    return np.asarray(0.45 * np.sin(share * np.pi / 2) + 0.55 * share)


def _rim(grid: Array) -> tuple[Array, Array, Array, Array]:
    """The four sides of a grid's outline, each to where the next begins."""
    return grid[0], grid[:, -1], grid[-1, ::-1], grid[::-1, 0]


def _seamed(made: Shape) -> Shape:
    """With one normal at the seam, outwards, for what is above it and below."""
    near = np.clip(1.0 - np.abs(made.positions[:, 2] - _SEAM) / 0.004, 0.0, 1.0)[:, None]
    out = made.positions - (0.0, MIDDLE, 0.0)
    out = out * (1.0 / WIDE**4, 1.0 / DEEP**4, 0.0) * out**2
    out = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9) + np.array((0.0, 0.0, 0.25))
    normals = made.normals * (1.0 - near) + out * near
    return replace(made, normals=normals / np.linalg.norm(normals, axis=1, keepdims=True))


def _pressed(x: Array, y: Array) -> Array:
    """How high the pillow may be under head and neck, which sink in, 9 where they are not."""
    column = np.linspace(0.02, 0.17, 76)
    grid = np.stack(np.broadcast_arrays(x[..., None], y[..., None], column), -1)
    inside = figure.head((grid - figure.HEAD_AT) @ figure.HEAD_TURN) < _HAIR
    limit = np.where(inside.any(axis=-1), column[np.argmax(inside, axis=-1)], 9.0)
    for _ in range(2):
        padded = np.pad(limit, 1, mode="edge")
        around = np.minimum.reduce([padded[:-2, 1:-1], padded[2:, 1:-1], padded[1:-1, :-2], padded[1:-1, 2:]])
        limit = np.minimum(limit, around + 0.028)
    return np.asarray(limit)
