"""Pictures of the blanket and the turned-down sheet: one for both, in which each texel is one place of the cloth.

What is too fine for triangles stands here: folds as they settled, fuzz, hems with their stitches, and how much light is left
between folds and beneath arms. The blanket lies in the picture's lower part, its feet up; the sheet above it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from assets.generators.lofts import sheet
from assets.generators.shapes import Array
from assets.generators.textures import Field, bytes_of, layered, surface
from engine.view.geometry.mesh import Material
from engine.view.geometry.surfaces import unit

SIZE = 512
"""Texels a side: about 2.8 mm of cloth each."""
_BLANKET, _SHEET = (0.010, 0.780), (0.802, 0.992)
"""Which share of the picture's height each has."""
_SMOOTH = 3.0
"""Rows and columns by which the normals of the drawn triangles are blurred; the picture holds the rest."""


@dataclass(frozen=True, eq=False)
class Chart:
    """A cloth as a grid: rows x columns x 3 points; where its rows lie along v and its columns across, metres; its shade, 0-1.

    Of its first `covered` rows nothing is seen, and nothing is drawn.
    """

    points: Array
    across: Array
    along: Array
    shade: Array
    band: tuple[float, float]
    covered: int = 0

    def uvs(self) -> Array:
        """Texture coordinates, rows x columns x 2."""
        u, v = np.meshgrid(_u(self.across), self._v(), indexing="xy")
        return np.stack([u, v], -1)

    def _v(self) -> Array:
        low, high = self.band
        share = (self.along - self.along[0]) / (self.along[-1] - self.along[0])
        return np.asarray(low + (high - low) * share)

    def smooth(self) -> Array:
        """Normals as the triangles have them."""
        return unit(_blurred(_facing(self.points), _SMOOTH)).astype(float)

    def texels(self) -> tuple[slice, Array, Array]:
        """Its rows of the picture, upside down as pictures are, and how each row and column is made of those of the grid."""
        low, high = self.band
        rows = np.arange(max(int((1.0 - high) * SIZE) - 4, 0), min(int((1.0 - low) * SIZE) + 5, SIZE))
        v = np.clip(1.0 - (rows + 0.5) / SIZE, low, high)
        u = (np.arange(SIZE) + 0.5) / SIZE
        down = _between(np.interp(v, self._v(), np.arange(len(self.along))), len(self.along))
        right = _between(np.interp(u, _u(self.across), np.arange(len(self.across))), len(self.across))
        return slice(int(rows[0]), int(rows[-1]) + 1), down, right


def of_blanket(points: Array, across: Array, shade: Array, covered: int) -> Chart:
    """The blanket's chart; its rows are as far apart as they are over the legs, so that it is no coarser where it is steep."""
    steps = np.linalg.norm(np.diff(points[:, np.abs(across) < 0.22], axis=0), axis=2).mean(axis=1)
    return Chart(points, across, np.concatenate([[0.0], np.cumsum(steps)]), shade, _BLANKET, covered)


def of_sheet(points: Array, across: Array, along: Array, shade: Array) -> Chart:
    """The top sheet's chart."""
    return Chart(points, across, along, shade, _SHEET)


_REACH = 0.715
"""How far across the picture reaches to both sides, metres."""


def _u(across: Array) -> Array:
    return np.asarray(0.5 + 0.5 * across / _REACH)


def _between(at: Array, count: int) -> Array:
    """Weights by which values at 0, 1, 2... are drawn through smoothly (Catmull and Rom 1974), one row for each place."""
    low = np.clip(at.astype(int), 0, count - 2)
    t = np.clip(at - low, 0.0, 1.0)
    shares = np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2], -1) / 2
    made = np.zeros((len(at), count))
    for step in range(4):
        np.add.at(made, (np.arange(len(at)), np.clip(low + step - 1, 0, count - 1)), shares[:, step])
    return made


def _spread(down: Array, right: Array, values: Array) -> Array:
    return np.asarray(np.einsum("ri,ij...,cj->rc...", down, values, right, optimize=True))


def _blurred(values: Array, wide: float) -> Array:
    """Blurred over so many rows and columns."""
    made = values
    for axis in (0, 1):
        at = np.arange(values.shape[axis])
        weights = np.exp(-0.5 * ((at[:, None] - at[None]) / wide) ** 2)
        weights /= weights.sum(axis=1, keepdims=True)
        made = np.moveaxis(np.tensordot(weights, made, (1, axis)), 0, axis)
    return np.asarray(made)


def _facing(points: Array) -> Array:
    """The normals of a grid, upwards."""
    normals = sheet(points).normals.reshape(points.shape)
    return np.asarray(normals if normals[..., 2].mean() > 0 else -normals)


def _hollow(chart: Chart) -> Array:
    """How deep each place lies between its neighbours, metres."""
    normals = chart.smooth()
    deep = [np.sum((_blurred(chart.points, wide) - chart.points) * normals, axis=-1) for wide in (2.5, 6.0)]
    much = deep[0] / 0.0040 + deep[1] / 0.0140
    return np.asarray(much / (1.0 + np.abs(much)))


def _tilts(chart: Chart, rough: Array) -> tuple[slice, Array, Array]:
    """Where the chart lies in the picture, its normals against the triangles' own, and its open share of light, 0-1.

    `rough` is the height of what is finer than the grid, metres, over the chart's texels.
    """
    where, down, right = chart.texels()
    p = _spread(down, right, chart.points)
    du, dv = np.gradient(p, axis=1), -np.gradient(p, axis=0)
    n = unit(np.cross(du, dv)).astype(float)
    slope = np.gradient(rough, axis=1)[..., None] * du / np.maximum(np.sum(du * du, -1, keepdims=True), 1e-8)
    slope = slope - np.gradient(rough, axis=0)[..., None] * dv / np.maximum(np.sum(dv * dv, -1, keepdims=True), 1e-8)
    n = unit(n - slope).astype(float)
    base = unit(_spread(down, right, chart.smooth())).astype(float)
    t = _spread(down, right, _blurred(np.gradient(chart.points, chart.across, axis=1), 1.0))
    t = unit(t - base * np.sum(base * t, -1, keepdims=True)).astype(float)
    b = np.cross(base, t)
    tilt = np.stack([np.sum(n * each, -1) for each in (t, b, base)], -1)
    tilt[..., 2] = np.maximum(tilt[..., 2], 0.25)
    open_ = _spread(down, right, chart.shade) * (0.97 - 0.19 * _spread(down, right, _hollow(chart)))
    return where, unit(tilt).astype(float), np.clip(open_, 0.05, 1.0)


def materials(blanket: Chart, sheet_: Chart, hem: float) -> tuple[Material, Material]:
    """What the blanket and the sheet are made of; `hem` is how wide the blanket's is."""
    normal, colour, finish = np.zeros((SIZE, SIZE, 3)), np.zeros((SIZE, SIZE, 3)), np.ones((SIZE, SIZE, 2))
    normal[..., 2] = 1.0
    for chart, kind in ((sheet_, _linen), (blanket, _fleece)):
        height, tone, dull = kind(chart, hem)
        where, tilt, open_ = _tilts(chart, height)
        seen = _seen(chart)  # what is not is plain, and takes no bytes
        tilt, open_ = tilt * seen[..., None] + (1.0 - seen[..., None]) * (0.0, 0.0, 1.0), 1.0 - seen * (1.0 - open_)
        normal[where] = tilt
        colour[where] = tone * open_[..., None] ** (1.0 / 2.2)
        finish[where] = np.stack([0.35 + 0.65 * open_, dull], -1)
    wool = Material(
        "blanket",
        colour_map=bytes_of(colour),
        normal_map=np.asarray(np.round(normal * 127.5 + 127.5), np.uint8),
        surface_map=surface(finish[::4, ::4, 0], finish[::4, ::4, 1], 0.0),
    )
    return wool, replace(wool, name="top_sheet")


def _runs(chart: Chart) -> tuple[Field, Field]:
    """Metres of cloth across and along up to each texel, so that its stuff is not drawn out where it is steep."""
    _, down, right = chart.texels()
    u, v = (np.linalg.norm(np.diff(chart.points, axis=axis), axis=2) for axis in (1, 0))
    u, v = np.cumsum(np.pad(u, ((0, 0), (1, 0))), axis=1), np.cumsum(np.pad(v, ((1, 0), (0, 0))), axis=0)
    u = u - u[:, u.shape[1] // 2][:, None]
    return _spread(down, right, _blurred(u, 3.0)), _spread(down, right, _blurred(v, 3.0))


def _strewn(runs: tuple[Field, Field], cells: int, seed: int, octaves: int = 1, stretched: int = 1) -> Field:
    """Noise of so many cells to a metre over the cloth, 0-1; `stretched`, so many times as long as wide."""
    tile = layered(512, (cells // stretched, cells), seed, octaves, 0.6)
    u, v = (np.floor(512.0 * each).astype(int) % 512 for each in runs)
    share_u, share_v = (512.0 * each - np.floor(512.0 * each) for each in runs)
    near, far = tile[v, u] * (1 - share_u) + tile[v, (u + 1) % 512] * share_u, (v + 1) % 512
    beyond = tile[far, u] * (1 - share_u) + tile[far, (u + 1) % 512] * share_u
    return np.asarray(near * (1 - share_v) + beyond * share_v)


def _seen(chart: Chart) -> Field:
    """1 over the texels that one sees, 0 where the cloth is covered."""
    _, down, right = chart.texels()
    rows = np.clip(np.arange(len(chart.along)) - chart.covered + 1.0, 0.0, 1.0)
    return _spread(down, right, np.repeat(rows[:, None], len(chart.across), axis=1))


def _fleece(chart: Chart, hem: float) -> tuple[Field, Field, Field]:
    """Height in metres, colour in sRGB 0-255 and roughness of brushed fleece with a sewn hem at both sides."""
    runs = _runs(chart)
    tufts, soft = _strewn(runs, 120, 131, 2), _strewn(runs, 24, 151, 2)
    nap = _strewn(runs, 9, 141, 3)
    past = np.broadcast_to(np.abs((2.0 * (np.arange(SIZE) + 0.5) / SIZE - 1.0) * _REACH) - (chart.across[-1] - hem), nap.shape)
    band = np.clip(past / 0.0020, 0.0, 1.0)
    stitch = np.exp(-(((past - 0.0060) / 0.0016) ** 2)) * (0.5 + 0.5 * np.sin(2 * np.pi * runs[1] / 0.011))
    height = 0.0015 * (soft - 0.5) + 0.0016 * band - 0.0006 * stitch
    shade = 1.0 + (0.035 * (nap - 0.5) + 0.07 * (tufts - 0.5)) * (1.0 - 0.6 * band)
    shade = shade * (1.0 - 0.12 * np.exp(-((past / 0.0025) ** 2))) * (1.0 - 0.05 * band + 0.05 * stitch)
    return height, shade[..., None] * np.array((122.0, 157.0, 175.0)), np.clip(0.98 - 0.16 * band, 0.0, 1.0)


def _linen(chart: Chart, hem: float) -> tuple[Field, Field, Field]:
    """Height in metres, colour in sRGB 0-255 and roughness of washed cotton, softly creased; its hem has its own form."""
    runs = _runs(chart)
    swell, sharp = _strewn(runs, 20, 161, 2), _strewn(runs, 26, 201, 2)
    ridges = np.clip(0.28 - np.abs(2.0 * sharp - 1.0), 0.0, 1.0)
    height = 0.0020 * (swell - 0.5) + 0.0030 * ridges * np.clip(2.0 * swell - 0.6, 0.0, 1.0)
    shade = 1.0 + 0.04 * (swell - 0.5)
    return height, shade[..., None] * np.array((235.0, 235.0, 233.0)), np.full(height.shape, 0.93)
