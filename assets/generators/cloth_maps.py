"""Pictures of the blanket and of the turned-down sheet, in which each texel is one place of the cloth.

What is too fine for triangles stands here: folds as they settled, the weave, creases, hems with their stitches, and how much
light is left between folds and beside what lies on the cloth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets.generators.cloth_light import LAMPS
from assets.generators.creases import falling, stored, tensions, wrinkles
from assets.generators.drape import Distance
from assets.generators.folds import raised
from assets.generators.lofts import sheet
from assets.generators.shapes import Array, Shape
from assets.generators.textures import Field, bytes_of, surface
from assets.generators.weaves import Weave, cellular, ironed
from engine.view.geometry.mesh import Material
from engine.view.geometry.surfaces import tangents, unit

_BLANKET, _SHEET = (496, 496), (176, 704)
"""Texels down and across: of the blanket about 3 mm of cloth each, of the sheet 1.5 x 2.0 mm."""
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
    Of its first `covered` rows nothing is seen, and nothing is drawn. It reaches so far across to both sides, metres. `beside`
    says at any point what `near` says at the grid's: fingers are thinner than its meshes.
    """

    points: Array
    across: Array
    along: Array
    shade: Array
    near: Array
    size: tuple[int, int]
    covered: int = 0
    reach: float = 0.715
    beside: Distance | None = None

    def uvs(self) -> Array:
        """Texture coordinates, rows x columns x 2."""
        u, v = np.meshgrid(self._u(), self._v(), indexing="xy")
        return np.stack([u, v], -1)

    def _u(self) -> Array:
        return np.asarray(0.5 + 0.5 * self.across / self.reach)

    def places(self) -> tuple[Array, Array]:
        """Where each texel is across and along the cloth, metres."""
        u = (2.0 * (np.arange(self.size[1]) + 0.5) / self.size[1] - 1.0) * self.reach
        v = self.spread(np.repeat(self.along[:, None], len(self.across), axis=1))
        return np.asarray(np.broadcast_to(u, self.size)), v

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
        return down, _between(np.interp(u, self._u(), np.arange(len(self.across))), len(self.across))

    def spread(self, values: Array) -> Array:
        """What the grid's places have, over the texels."""
        down, right = self.texels()
        return np.asarray(np.einsum("ri,ij...,cj->rc...", down, values, right, optimize=True))


def of_blanket(points: Array, across: Array, shade: Array, near: Array, covered: int, *, beside: Distance | None = None) -> Chart:
    """The blanket's chart; its rows are as far apart as they are over the legs, so that it is no coarser where it is steep."""
    steps = np.linalg.norm(np.diff(points[:, np.abs(across) < 0.22], axis=0), axis=2).mean(axis=1)
    return Chart(points, across, np.concatenate([[0.0], np.cumsum(steps)]), shade, near, _BLANKET, covered, beside=beside)


def of_sheet(points: Array, across: Array, along: Array, shade: Array, near: Array, *, beside: Distance) -> Chart:
    """The top sheet's chart."""
    return Chart(points, across, along, shade, near, _SHEET, beside=beside)


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


def _drawn(chart: Chart, shapes: Sequence[Shape]) -> tuple[Array, Array]:
    """Normals and tangents, over the texels, as they are drawn: between the corners of the triangles of some shapes. Large ones
    turn otherwise than the cloth does, and its pictures make up for it."""
    base = chart.spread(chart.smooth())
    along = chart.spread(blurred(np.gradient(chart.points, chart.across, axis=1), 1.0))
    high, wide = chart.size
    for each in shapes:
        at = each.uvs * (wide, -high) + (-0.5, high - 0.5)
        p, n, uvs = (values.astype(np.float32) for values in (each.positions, each.normals, each.uvs))
        ways = tangents(p, n, uvs, each.triangles)[:, :3]
        low, top = np.ceil(at[each.triangles].min(axis=1)).astype(int), np.floor(at[each.triangles].max(axis=1)).astype(int)
        for corners, (x0, y0), (x1, y1) in zip(each.triangles, low.clip(0), np.minimum(top, (wide - 1, high - 1)), strict=True):
            (a, b), (c, d) = at[corners[1:]] - at[corners[0]]
            if x1 < x0 or y1 < y0 or abs(a * d - b * c) < 1e-9:
                continue
            y, x = np.mgrid[y0 : y1 + 1, x0 : x1 + 1]
            p, q = x - at[corners[0], 0], y - at[corners[0], 1]
            one, two = (p * d - q * c) / (a * d - b * c), (q * a - p * b) / (a * d - b * c)
            shares = np.stack([1.0 - one - two, one, two], -1)
            inside = shares.min(axis=-1) >= -1e-6
            base[y[inside], x[inside]] = shares[inside] @ each.normals[corners]
            along[y[inside], x[inside]] = shares[inside] @ ways[corners]
    base = unit(base).astype(float)
    return base, unit(along - base * np.sum(base * along, -1, keepdims=True)).astype(float)


def _tilts(chart: Chart, rough: Array, shapes: Sequence[Shape]) -> Array:
    """The cloth's normals against those of its triangles, over the texels; `rough` is how high its finer forms are, metres."""
    p = chart.spread(chart.points)
    rough = rough + _given(chart.spread(chart.near))
    du, dv = np.gradient(p, axis=1), -np.gradient(p, axis=0)
    n = unit(np.cross(du, dv)).astype(float)
    for way, axis in ((du, 1), (-dv, 0)):
        long = np.sum(way * way, -1, keepdims=True)  # where cloth is gathered in the picture, its weave is no steeper for it
        n = n - np.gradient(rough, axis=axis)[..., None] * way / np.maximum(long, 0.6 * np.median(long))
    n = unit(n).astype(float)
    base, t = _drawn(chart, shapes)
    tilt = np.stack([np.sum(n * each, -1) for each in (t, np.cross(base, t), base)], -1)
    tilt[..., 2] = np.maximum(tilt[..., 2], 0.25)
    return np.asarray(unit(tilt), float)


def _given(near: Array) -> Array:
    """How high cloth stands beside what lies on it, that far off, metres: it gives way there, and is pushed up round it."""
    return np.asarray(0.0055 * np.exp(-(((near - 0.030) / 0.013) ** 2)) - 0.0125 * np.exp(-np.maximum(near, 0.0) / 0.010))


def _open(chart: Chart, leads: Array) -> Field:
    """The share of light that reaches each texel, 0-1: less between folds, and beside what lies on the cloth.

    The line along which skin and cloth touch is dark, and so narrow that it is reckoned here, not at the grid's places. `leads`,
    n x 3, are points of cables that lie on the cloth: each is dark along the line where it lies, and throws a thin shade beside
    it, away from the lamps.
    """
    off = chart.spread(chart.near)
    if chart.beside is not None:
        close = off < _CLOSE
        off[close] = chart.beside(chart.spread(chart.points)[close])
    off = np.maximum(off, 0.0)
    touched = (1.0 - 0.84 * np.exp(-((off / 0.0066) ** 1.2))) * (1.0 - 0.26 * np.exp(-off / 0.026))
    thrown, beside = _off_leads(chart, leads)
    touched = touched * (1.0 - 0.70 * np.exp(-((thrown / 0.0080) ** 2))) * (1.0 - 0.50 * np.exp(-((beside / 0.0048) ** 2)))
    touched = touched * (1.0 - 0.22 * np.clip(1.0 - thrown / _NEAR_LEADS, 0.0, 1.0) ** 2)
    return np.clip(chart.spread(chart.shade) * touched * (0.97 - 0.15 * chart.spread(_hollow(chart))), 0.10, 1.0)


_CLOSE = 0.035
"""Metres within which the dark line where things touch is reckoned for each texel by itself."""
_NEAR_LEADS = 0.030
"""Metres within which a cable's shade is looked for."""
_HANGS = 0.3
"""How much less a cable's height over the cloth counts than what it is aside: its shade is softer there, and still is one."""


def _off_leads(chart: Chart, leads: Array) -> tuple[Field, Field]:
    """How far each texel is from the middles of the shades that cables throw, and from the cables themselves, metres."""
    thrown, beside = np.full(chart.size, FAR), np.full(chart.size, FAR)
    if not len(leads):
        return thrown, beside
    at = chart.spread(chart.points).reshape(-1, 3)
    for made, seen in ((thrown, _along_light), (beside, np.asarray)):
        ends = seen(leads)
        close = _least(seen(chart.points).reshape(-1, 3), ends[::3]).reshape(chart.near.shape) < 1.5 * _NEAR_LEADS
        texels = np.flatnonzero(chart.spread(close.astype(float)) > 0.5)
        made.reshape(-1)[texels] = _least(seen(at[texels]), ends)
    return thrown, beside


def _along_light(points: Array) -> Array:
    """Points moved along the light onto the lying surface, and how high they were."""
    high = points[..., 2:]
    return np.concatenate([points[..., :2] - high * LAMPS[:2] / LAMPS[2], _HANGS * high], axis=-1)


def _least(points: Array, others: Array) -> Array:
    """How far each of some points is from the nearest of others, metres."""
    square = (others * others).sum(axis=1)
    parts = np.array_split(points, max(1, len(points) // 2000))
    least = [np.min(square - 2.0 * (part @ others.T), axis=1) + (part * part).sum(axis=1) for part in parts]
    return np.asarray(np.sqrt(np.maximum(np.concatenate(least), 0.0)))


def picture(name: str, chart: Chart, weave: Weave, leads: Array, shapes: Sequence[Shape] = ()) -> Material:
    """What a cloth of some weave is made of; `shapes` are the triangles that it is drawn with."""
    tilt, open_, seen = _tilts(chart, weave.height, shapes), _open(chart, leads), _seen(chart)[..., None]
    tilt = tilt * seen + (1.0 - seen) * (0.0, 0.0, 1.0)  # what is covered is plain, and takes no bytes
    colour = weave.colour * open_[..., None] ** (1.0 / 2.2)
    finish = surface(0.35 + 0.65 * open_, weave.rough, 0.0)
    return Material(
        name,
        colour_map=bytes_of(colour * seen + (1.0 - seen) * weave.colour.mean(axis=(0, 1))),
        normal_map=np.asarray(np.round(tilt * 127.5 + 127.5), np.uint8),
        surface_map=finish[2::4, 2::4],
    )


def materials(
    blanket: tuple[Chart, Sequence[Shape]], linen: tuple[Chart, Sequence[Shape]], lines: Sequence[Shape], *,
    hem: float, edge: float, top: float,
) -> tuple[Material, Material]:  # fmt: skip
    """What the blanket and the sheet are made of, each with what it is drawn with.

    `hem` is how wide the blanket's is, `edge` how far across it bends over the mattress's edge, `top` the y of the sheet's roll,
    `lines` what lies on both besides arms and hands.
    """
    leads = strewn(lines)
    (chart, blankets), (sheet_, sheets) = blanket, linen
    at, (u, v) = chart.spread(chart.points), chart.places()
    folded = raised(tensions(), at[..., 0], at[..., 1]) + stored(u, v) + falling(u, v, edge)
    wool = cellular(_threads(at), chart.across[-1] - np.abs(u), hem, folded)
    u, v = sheet_.places()
    cotton = ironed(u, v, raised(wrinkles(top), u, v))
    return picture("blanket", chart, wool, leads, blankets), picture("top_sheet", sheet_, cotton, leads, sheets)


def _threads(at: Array) -> tuple[Field, Field]:
    """Where places of a cloth, rows x columns x 3, lie along its weft and its warp: metres of thread from its middle column, and
    from its last row."""
    across, along = (np.linalg.norm(np.gradient(at, axis=axis), axis=-1).cumsum(axis=axis) for axis in (1, 0))
    return across - across[:, [across.shape[1] // 2]], along - along[-1:]


def strewn(shapes: Sequence[Shape], step: float = 0.003) -> Array:
    """Points n x 3 along the edges of some shapes' triangles, no further apart than that."""
    edges = [each.positions[each.triangles[:, (i, (i + 1) % 3)]] for each in shapes for i in range(3)]
    both = np.concatenate(edges) if edges else np.zeros((0, 2, 3))
    long = np.linalg.norm(both[:, 1] - both[:, 0], axis=1)
    made = []
    for count in np.unique(np.ceil(long / step).astype(int)):
        some = both[np.ceil(long / step).astype(int) == count]
        share = ((np.arange(count) + 0.5) / max(count, 1))[None, :, None]
        made.append((some[:, :1] * (1.0 - share) + some[:, 1:] * share).reshape(-1, 3))
    points = np.concatenate(made) if made else np.zeros((0, 3))
    return np.asarray(np.unique(np.round(points / (0.6 * step)), axis=0) * 0.6 * step)


def _seen(chart: Chart) -> Field:
    """1 over the texels that one sees, 0 where the cloth is covered."""
    rows = np.clip(np.arange(len(chart.along)) - chart.covered + 1.0, 0.0, 1.0)
    return np.clip(chart.spread(np.repeat(rows[:, None], len(chart.across), axis=1)), 0.0, 1.0)
