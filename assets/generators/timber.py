"""The wood of decks: larch boards that have lain in the weather for some years; their tile is `surfaces.DECK_TILE`."""

from __future__ import annotations

import numpy as np

from assets.generators.textures import Field, bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Pixels

_WIDE, _LONG = 0.5, 2.0
"""Metres of a tile, across the grain (u) and along it (v): no plank of the dock shows anything twice."""
RINGS = 68
"""Growth rings that a tile cuts: 7 mm from one to the next, as in flat-sawn larch from the Alps."""
KNOTS = (
    (0.068, 0.31, 0.0115), (0.088, 1.47, 0.0075), (0.172, 0.86, 0.0090), (0.278, 1.22, 0.0130), (0.266, 1.90, 0.0060),
    (0.371, 0.55, 0.0080), (0.470, 1.66, 0.0105), (0.482, 0.12, 0.0065),
)  # fmt: skip
"""Metres across and along the tile, and radius, of every knot. Planks that lie side by side in the tile share none."""


def weathered_larch(size: int = 1024, seed: int = 5) -> tuple[Pixels, Pixels, Pixels]:
    """Colour, and half as fine normals and surface: rings that flow round a few sound knots, fine fibres, a check here and there;
    grey where the rain has washed it and brown where feet have polished it."""
    chance = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] / size
    flow = 0.075 * (layered(size, (3, 3), seed, 2) - 0.5) + 0.004 * (layered(size, (14, 20), seed + 9, 2) - 0.5)
    fibre = layered(size, (12, 512), seed + 20, 2, 0.8)
    knot, rings, edge, bent = _knots(u, v)
    across = u + flow - bent
    # Good years and lean ones: the rings come in bands, some wide, some so narrow that they run together.
    years = 2.6 * (layered(size, (1, 15), seed + 5, 2) - 0.5) + 0.5 * (layered(size, (6, 22), seed + 6, 2) - 0.5)
    phase = (across * RINGS + years) % 1.0
    clear = 0.30 + 0.70 * np.clip((layered(size, (5, 15), seed + 7, 2) - 0.3) * 2.2, 0.0, 1.0)
    late = np.clip(np.where(phase < 0.78, phase / 0.78, (1.0 - phase) / 0.22), 0.0, 1.0) ** 2.6 * (1.0 - knot) * clear
    pores = np.clip((layered(size, (32, 1024), seed + 30, 1) - 0.76) * 5.0, 0.0, 1.0)
    check = np.zeros_like(u)
    for _ in range(20):
        at, long, wide = chance.random(2), chance.uniform(0.01, 0.04), chance.uniform(0.0006, 0.0012)
        reach = np.clip(1.0 - np.abs(_wrapped(v - at[1])) / long, 0.0, 1.0)
        aside = np.abs(_wrapped(across - at[0] + 0.002 * (fibre - 0.5))) / (wide * np.sqrt(reach) + 1e-6)
        check = np.maximum(check, np.clip(1.5 - aside, 0.0, 1.0) * (reach > 0.0) * (1.0 - knot))
    washed = np.clip((layered(size, (7, 8), seed + 40, 4) - 0.42) * 2.2, 0.0, 1.0)
    brown = ramp(np.clip(0.64 + 0.34 * (fibre - 0.5) - 0.46 * late, 0, 1), ((92, 68, 50), (140, 112, 86), (170, 142, 112)))
    grey = ramp(np.clip(0.62 + 0.40 * (fibre - 0.5) - 0.40 * late, 0, 1), ((104, 93, 82), (144, 132, 118), (170, 160, 147)))
    colour = brown * (1.0 - washed[..., None]) + grey * washed[..., None]
    colour *= (1.0 - 0.16 * pores)[..., None]
    heart = ramp(np.clip(0.45 + 0.40 * rings + 0.3 * (fibre - 0.5), 0, 1), ((70, 45, 31), (104, 73, 51), (128, 94, 68)))
    colour = colour * (1.0 - knot[..., None]) + heart * knot[..., None]
    colour *= (1.0 - 0.26 * edge)[..., None] * (1.0 - 0.50 * check)[..., None]
    height = 0.40 * late + 0.14 * fibre - 0.10 * pores - 0.7 * check + 0.10 * knot - 0.2 * edge
    rough = np.clip(0.82 + 0.08 * washed - 0.10 * late + 0.06 * fibre - 0.10 * knot, 0.3, 1.0)
    open_ = np.clip(1.0 - 0.40 * check - 0.12 * pores - 0.12 * edge, 0.0, 1.0)
    return bytes_of(colour), normal_map(_halved(height), 0.8), surface(_halved(open_), _halved(rough))


def _knots(u: Field, v: Field) -> tuple[Field, Field, Field, Field]:
    """How much of each point is knot, the knots' own rings, their rims, and how far the grain is pushed aside."""
    knot, rings, edge, bent = (np.zeros_like(u) for _ in range(4))
    for x0, y0, wide in KNOTS:
        x, y = _wrapped(u - x0 / _WIDE) * _WIDE, _wrapped(v - y0 / _LONG) * _LONG
        turn = np.arctan2(y, x)
        phase = 40.0 * x0
        far = np.hypot(x, y * 0.6) / wide * (1.0 + 0.07 * np.sin(2.0 * turn + phase) + 0.05 * np.sin(3.0 * turn - 2.0 * phase))
        # As water round a stone: the grain keeps its distance from the knot and closes behind it.
        bent += x / _WIDE / np.maximum(far, 1.0) ** 2 * np.exp(-((far / 5.0) ** 2))
        within = np.clip((1.0 - far) * 4.0, 0.0, 1.0)
        knot = np.maximum(knot, within)
        rings = np.maximum(rings, within * (0.5 + 0.5 * np.sin(far * 15.0 + 0.9 * np.sin(2.0 * turn + phase))))
        edge = np.maximum(edge, np.exp(-(((far - 1.0) / 0.16) ** 2)))
    return knot, rings, edge, bent


def _halved(field: Field) -> Field:
    """Half as fine."""
    return np.asarray(0.25 * (field[::2, ::2] + field[1::2, ::2] + field[::2, 1::2] + field[1::2, 1::2]))


def rope(size: int = 64) -> tuple[Pixels, Pixels, Pixels]:
    """Laid hemp rope of three strands: once round it (u) and one strand's turn along it (v) are a tile."""
    v, u = np.mgrid[0:size, 0:size] / size
    strand = (3.0 * u + v * 3.0) % 1.0
    height = np.sqrt(np.clip(1.0 - (2.0 * strand - 1.0) ** 2, 0.0, 1.0))
    yarns = 0.5 + 0.5 * np.sin(2.0 * np.pi * (6.0 * u - 9.0 * v))
    share = np.clip(0.25 + 0.55 * height + 0.12 * yarns, 0.0, 1.0)
    colour = ramp(share, ((74, 60, 42), (150, 128, 94), (196, 176, 138)))
    return bytes_of(colour), normal_map(height + 0.08 * yarns, 4.0), surface(0.35 + 0.65 * height, np.full_like(u, 0.9))


def _wrapped(difference: Field) -> Field:
    """The way between two points of what tiles, -0.5 to 0.5."""
    return np.asarray((difference + 0.5) % 1.0 - 0.5)
