"""A rug of wool woven in low loops, 1.7 x 1.2 m and 9 mm high, its four edges bound with a lower band of cotton, 28 mm.

Woven in rows of 6 mm that run from side to side; a pale band between two dark lines near both ends. It lies
a little uneven, as wool does, here and there brushed the other way, and its corners are flat: nobody's toe catches it. White, for
its card to colour.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.forms import rounded
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet
from assets.generators.shapes import Array, Shape, join, lit, shape
from assets.generators.surfaces import tiled
from assets.generators.textures import bytes_of, halved, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

WIDTH, DEPTH, THICK = 1.70, 1.20, 0.0086
BINDING, CORNER, BOUND = 0.028, 0.016, 0.004
"""Width of the bound edge, the radius of its corners, and how thick it is, metres."""
SHOULDER = ((-0.004, 0.0038, 0.22), (0.0030, 0.0044, 0.30), (0.0060, 0.0068, 0.62), (0.0100, 0.0082, 0.92), (0.0160, THICK, 1.0))
"""Where the pile begins, inwards of the binding: metres in, and up, and how light it is there: tufts at the edge lean over it."""
WOOL_TILE, BAND_TILE = (0.384, 0.384), (0.024, 0.024)
"""Metres that one repeat of the weave and of the binding covers."""
FIELD = 0.78
"""Tone of the wool between the bands: the rest is left for what is paler."""
BANDS = ((0.084, 0.012, 0.50), (0.096, 0.048, 1.0), (0.144, 0.012, 0.50))
"""Bands from each end: where one begins, how broad it is, metres, and its tone."""


def _lies(x: Array, y: Array) -> Array:
    """How high the wool lies over its own thickness: a few broad swells of under a millimetre."""
    inner = np.clip((WIDTH / 2 - np.abs(x)) / 0.2, 0.0, 1.0) * np.clip((DEPTH / 2 - np.abs(y)) / 0.2, 0.0, 1.0)
    return np.asarray(0.0007 * inner * (np.sin(5.1 * x + 1.3) * np.sin(6.3 * y + 0.4) + 0.6 * np.sin(11.0 * x - 3.0 * y)))


def _field() -> Shape:
    """The woven field, a strip for every tone: strips meet without a seam, each with its own rows."""
    inner_x, inner_y = (side / 2 - BINDING - SHOULDER[-1][0] for side in (WIDTH, DEPTH))
    marks = [(-inner_x, FIELD)]
    for at, broad, tone in BANDS:
        marks = [mark for mark in marks if mark[0] < -WIDTH / 2 + at - 1e-9]
        marks += [(-WIDTH / 2 + at, tone), (-WIDTH / 2 + at + broad, FIELD)]
    ends = [(x, tone) for (x, _), (_, tone) in zip(marks[1:], marks[:-1], strict=True)]
    marks += [(-x, tone) for x, tone in reversed(ends)]
    made = []
    for (left, tone), (right, _) in zip(marks, [*marks[1:], (inner_x, 1.0)], strict=True):
        cuts = max(2, int((right - left) / 0.06) + 1)
        x, y = np.meshgrid(np.linspace(left, right, cuts), np.linspace(-inner_y, inner_y, 18))
        strip = sheet(np.stack([x, y, THICK + _lies(x, y)], axis=-1))
        flat = shape(strip.positions, strip.triangles, strip.normals, strip.positions[:, :2].copy())
        made.append(flat.tinted(_brushed(strip.positions) * _toned(tone)))
    return join(made)


def _toned(tone: float) -> Array:
    """A tone of undyed wool: the darker, the warmer."""
    return np.asarray(np.array((tone, tone, tone)) ** np.array((1.0, 0.94, 0.90)))


def _brushed(points: Array) -> Array:
    """How light the nap looks at n points, n x 1: feet and brushes have laid it this way or that."""
    x, y = points[:, :1], points[:, 1:2]
    return np.asarray(0.945 + 0.055 * np.sin(4.1 * x + 2.3 * np.sin(3.7 * y + 0.6) + 1.9) * np.cos(5.2 * y - 1.7 * x))


def _shoulder() -> Shape:
    """The pile's own edge: it rises out of the shade over the binding, and rounds off."""
    rings = [
        _cut(rounded(WIDTH - 2 * (BINDING + into), DEPTH - 2 * (BINDING + into), max(CORNER - BINDING - into, 0.0008), 6), up)
        for into, up, _ in SHOULDER[::-1]
    ]
    grid = np.stack(rings)
    made = sheet(np.concatenate([grid, grid[:, :1]], axis=1), around=True, flip=True)
    tone = np.repeat([light for _, _, light in SHOULDER[::-1]], grid.shape[1] + 1)[:, None]
    flat = shape(made.positions, made.triangles, made.normals, made.positions[:, :2].copy())
    return flat.tinted(tone * _brushed(made.positions) * _toned(FIELD))


def _binding() -> Shape:
    """The bound edge: a band of cotton turned over the rim, rounded."""
    rings = []
    half = BOUND / 2
    rim = [
        (half * (np.cos(turn) - 1.0), half * (1.0 + np.sin(turn))) for turn in np.radians((90.0, 60.0, 30.0, 0.0, -30.0, -60.0))
    ]
    for out, z in ((-BINDING - 0.002, BOUND - 0.0010), (-BINDING + 0.002, BOUND), (-BINDING / 2, BOUND), *rim, (-half, 0.0)):
        line = rounded(WIDTH + 2 * out, DEPTH + 2 * out, max(CORNER + out, 0.0008), 6)
        rings.append(_cut(line, z))
    grid = np.stack(rings)
    made = sheet(np.concatenate([grid, grid[:, :1]], axis=1), around=True, flip=True)
    return made.tinted((0.52, 0.48, 0.44))


def _cut(line: Array, z: float) -> Array:
    """A closed line at a height, its long sides cut so that light can be baked on them."""
    found = []
    for one, two in zip(line, np.roll(line, -1, axis=0), strict=True):
        count = 12 if np.linalg.norm(two - one) > 0.5 else 1
        found.append(one + (two - one) * np.linspace(0.0, 1.0, count, endpoint=False)[:, None])
    flat = np.concatenate(found)
    return np.column_stack([flat, np.full(len(flat), z)])


@cache
def _wool(size: int = 512, seed: int = 261) -> Material:
    """Rows of tufts of a heathered yarn, thick and thin, in turn; clouds of it, a hand wide, are a little lighter or darker."""
    v, u = np.mgrid[0:size, 0:size] / size
    rows = 64
    row = np.floor(v * rows)
    along = (u * 40.0 + 0.5 * (row % 2)) % 1.0
    tuft = np.sin(np.pi * along) ** 0.6 * np.sin(np.pi * ((v * rows) % 1.0)) ** 0.7
    yarn = layered(size, (rows, 44), seed, 2, 0.6)
    fibre, cloud = layered(size, (140, 190), seed + 5, 1), layered(size, (11, 9), seed + 9, 3)
    share = np.clip(0.46 + 0.60 * (yarn - 0.5) + 0.20 * (fibre - 0.5) + 0.30 * (cloud - 0.5) + 0.46 * (tuft - 0.6), 0.0, 1.0)
    colour = ramp(share, ((150, 145, 138), (232, 228, 221), (255, 254, 250)))
    height = 0.8 * tuft + 0.3 * (cloud - 0.5) + 0.5 * yarn
    finish = surface(halved(0.66 + 0.34 * tuft), halved(np.clip(0.95 + 0.05 * fibre, 0.0, 1.0)))
    return Material("rug_wool", colour_map=bytes_of(colour), normal_map=normal_map(halved(height), 1.6), surface_map=finish)


@cache
def _cotton(size: int = 128, seed: int = 271) -> Material:
    """A twill tape."""
    v, u = np.mgrid[0:size, 0:size] / size
    twill = 0.5 + 0.5 * np.sin(2.0 * np.pi * (u * 12.0 + v * 12.0))
    fibre = layered(size, (64, 64), seed, 2, 0.7)
    colour = ramp(
        np.clip(0.5 + 0.35 * (twill - 0.5) + 0.4 * (fibre - 0.5), 0, 1), ((196, 194, 190), (232, 230, 226), (250, 249, 246))
    )
    finish = surface(0.85 + 0.15 * twill, 0.90 + 0.1 * fibre)
    return Material(
        "rug_binding", colour_map=bytes_of(colour), normal_map=normal_map(twill + 0.3 * fibre, 0.7), surface_map=finish
    )


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    field, binding = lit([join([_field(), _shoulder()]), _binding()], rays=12, reach=0.01)
    write_glb("rug", {"rug": [(_wool(), tiled(field, WOOL_TILE)), (_cotton(), tiled(binding, BAND_TILE))]}, folder)


if __name__ == "__main__":
    make()
