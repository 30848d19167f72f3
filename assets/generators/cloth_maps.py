"""Pictures of the blanket and of the turned-down sheet, in which each texel is one place of the cloth.

What is too fine for triangles stands here: folds as they settled, the weave, creases, hems with their stitches, and how much
light is left between folds and beside what lies on the cloth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.lofts import sheet
from assets.generators.shapes import Array
from assets.generators.textures import Field, bytes_of, surface
from assets.generators.weaves import Weave, cellular, ironed
from engine.view.geometry.mesh import Material
from engine.view.geometry.surfaces import unit

_BLANKET, _SHEET = (512, 512), (176, 704)
"""Texels down and across: of the blanket about 2.8 mm of cloth each, of the sheet 1.5 x 2.0 mm."""
_MARGIN = 0.006
"""What is left empty at the picture's lower and upper edge, as a share of it."""
_SMOOTH = 3.0
"""Rows and columns by which the normals of the drawn triangles are blurred; the picture holds the rest."""
FAR = 0.150
"""Metres beyond which what lies on a cloth takes no light from it."""


@dataclass(frozen=True, eq=False)
class Chart:
    """A cloth as a grid: rows x columns x 3 points; where its rows lie along v and its columns across, metres; its shade, 0-1.

    `near` is how far arms and hands are from each place, metres, up to `FAR`. `size` is its picture's, texels down and across.
    Of its first `covered` rows nothing is seen, and nothing is drawn.
    """

    points: Array
    across: Array
    along: Array
    shade: Array
    near: Array
    size: tuple[int, int]
    covered: int = 0

    def uvs(self) -> Array:
        """Texture coordinates, rows x columns x 2."""
        u, v = np.meshgrid(_u(self.across), self._v(), indexing="xy")
        return np.stack([u, v], -1)

    def _v(self) -> Array:
        share = (self.along - self.along[self.covered]) / (self.along[-1] - self.along[self.covered])
        behind = (np.arange(len(share)) + 1.0) / (self.covered + 1.0)
        return np.asarray(np.where(share > 0.0, _MARGIN + (1.0 - 2.0 * _MARGIN) * share, _MARGIN * behind))

    def smooth(self) -> Array:
        """Normals as the triangles have them."""
        return unit(blurred(_facing(self.points), _SMOOTH)).astype(float)

    def texels(self) -> tuple[Array, Array]:
        """How each row and column of its picture, upside down as pictures are, is made of those of the grid."""
        high, wide = self.size
        v, u = np.clip(1.0 - (np.arange(high) + 0.5) / high, _MARGIN, 1.0 - _MARGIN), (np.arange(wide) + 0.5) / wide
        down = _between(np.interp(v, self._v(), np.arange(len(self.along))), len(self.along))
        return down, _between(np.interp(u, _u(self.across), np.arange(len(self.across))), len(self.across))

    def spread(self, values: Array) -> Array:
        """What the grid's places have, over the texels."""
        down, right = self.texels()
        return np.asarray(np.einsum("ri,ij...,cj->rc...", down, values, right, optimize=True))


def of_blanket(points: Array, across: Array, shade: Array, near: Array, covered: int) -> Chart:
    """The blanket's chart; its rows are as far apart as they are over the legs, so that it is no coarser where it is steep."""
    steps = np.linalg.norm(np.diff(points[:, np.abs(across) < 0.22], axis=0), axis=2).mean(axis=1)
    return Chart(points, across, np.concatenate([[0.0], np.cumsum(steps)]), shade, near, _BLANKET, covered)


def of_sheet(points: Array, across: Array, along: Array, shade: Array, near: Array) -> Chart:
    """The top sheet's chart."""
    return Chart(points, across, along, shade, near, _SHEET)


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


def blurred(values: Array, wide: float) -> Array:
    """A grid's values blurred over so many rows and columns."""
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
    deep = [np.sum((blurred(chart.points, wide) - chart.points) * normals, axis=-1) for wide in (2.5, 6.0)]
    much = deep[0] / 0.0040 + deep[1] / 0.0140
    return np.asarray(much / (1.0 + np.abs(much)))


def _tilts(chart: Chart, rough: Array) -> Array:
    """The cloth's normals against those of its triangles, over the texels; `rough` is how high its finer forms are, metres."""
    p = chart.spread(chart.points)
    rough = rough - _GIVES * np.exp(-np.maximum(chart.spread(chart.near), 0.0) / 0.011)
    du, dv = np.gradient(p, axis=1), -np.gradient(p, axis=0)
    n = unit(np.cross(du, dv)).astype(float)
    for way, axis in ((du, 1), (-dv, 0)):
        long = np.sum(way * way, -1, keepdims=True)  # where cloth is gathered in the picture, its weave is no steeper for it
        n = n - np.gradient(rough, axis=axis)[..., None] * way / np.maximum(long, 0.6 * np.median(long))
    n = unit(n).astype(float)
    base = unit(chart.spread(chart.smooth())).astype(float)
    t = chart.spread(blurred(np.gradient(chart.points, chart.across, axis=1), 1.0))
    t = unit(t - base * np.sum(base * t, -1, keepdims=True)).astype(float)
    tilt = np.stack([np.sum(n * each, -1) for each in (t, np.cross(base, t), base)], -1)
    tilt[..., 2] = np.maximum(tilt[..., 2], 0.25)
    return np.asarray(unit(tilt), float)


_GIVES = 0.0045
"""How far cloth gives way close beside what lies on it, metres."""


def _open(chart: Chart) -> Field:
    """The share of light that reaches each texel, 0-1: less between folds, and beside what lies on the cloth.

    The line along which skin and cloth touch is dark, and so narrow that it is reckoned here, not at the grid's places.
    """
    off = np.maximum(chart.spread(chart.near), 0.0)
    touched = (1.0 - 0.58 * np.exp(-((off / 0.009) ** 1.3))) * (1.0 - 0.34 * np.exp(-off / 0.032))
    return np.clip(chart.spread(chart.shade) * touched * (0.97 - 0.15 * chart.spread(_hollow(chart))), 0.05, 1.0)


def _picture(name: str, chart: Chart, weave: Weave) -> Material:
    """What a cloth of some weave is made of."""
    tilt, open_, seen = _tilts(chart, weave.height), _open(chart), _seen(chart)[..., None]
    tilt = tilt * seen + (1.0 - seen) * (0.0, 0.0, 1.0)  # what is covered is plain, and takes no bytes
    colour = weave.colour * open_[..., None] ** (1.0 / 2.2)
    finish = surface(0.35 + 0.65 * open_, weave.rough, 0.0)
    return Material(
        name,
        colour_map=bytes_of(colour * seen + (1.0 - seen) * weave.colour.mean(axis=(0, 1))),
        normal_map=np.asarray(np.round(tilt * 127.5 + 127.5), np.uint8),
        surface_map=finish[2::4, 2::4],
    )


def materials(blanket: Chart, sheet_: Chart, hem: float) -> tuple[Material, Material]:
    """What the blanket and the sheet are made of; `hem` is how wide the blanket's is."""
    u = np.broadcast_to((2.0 * (np.arange(_BLANKET[1]) + 0.5) / _BLANKET[1] - 1.0) * _REACH, _BLANKET)
    wool = cellular(_BLANKET, blanket.across[-1] - np.abs(u), hem)
    v = np.broadcast_to(sheet_.spread(np.repeat(sheet_.along[:, None], len(sheet_.across), axis=1)), _SHEET)
    u = np.broadcast_to((2.0 * (np.arange(_SHEET[1]) + 0.5) / _SHEET[1] - 1.0) * _REACH, _SHEET)
    return _picture("blanket", blanket, wool), _picture("top_sheet", sheet_, ironed(u, v))


def _seen(chart: Chart) -> Field:
    """1 over the texels that one sees, 0 where the cloth is covered."""
    rows = np.clip(np.arange(len(chart.along)) - chart.covered + 1.0, 0.0, 1.0)
    return np.clip(chart.spread(np.repeat(rows[:, None], len(chart.across), axis=1)), 0.0, 1.0)
