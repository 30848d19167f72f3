"""The wood of decks: larch boards that have lain in the weather for some years; their tile is `surfaces.LARCH_TILE`."""

from __future__ import annotations

import numpy as np

from assets.generators.textures import Field, bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Pixels

_WIDE, _LONG = 0.25, 1.0
"""Metres of a tile, across the grain (u) and along it (v)."""
RINGS = 30
"""Growth rings that a tile cuts: 8 mm from one to the next, as in flat-sawn larch from the Alps."""


def weathered_larch(size: int = 512, seed: int = 5) -> tuple[Pixels, Pixels, Pixels]:
    """Colour, normals, surface: narrow rings that flow round sharp knots, fine fibres, checks along the grain, grey where the
    rain has washed it and brown where feet have polished it."""
    chance = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] / size
    flow = 0.15 * (layered(size, (2, 2), seed, 3) - 0.5) + 0.006 * (layered(size, (6, 10), seed + 9, 2) - 0.5)
    knot, rings, edge = np.zeros_like(u), np.zeros_like(u), np.zeros_like(u)
    bent = np.zeros_like(u)
    for _ in range(4):
        at, wide = chance.random(2), chance.uniform(0.006, 0.012)
        x, y = _wrapped(u - at[0]) * _WIDE, _wrapped(v - at[1]) * _LONG
        far = np.hypot(x, y * 0.55) / wide
        # As water round a stone: the grain keeps its distance from the knot and closes behind it.
        outside = np.maximum(far, 1.0)
        bent += x / _WIDE * (1.0 / outside**2) * np.exp(-((far / 6.0) ** 2))
        within = np.clip((1.0 - far) * 7.0, 0.0, 1.0)
        knot = np.maximum(knot, within)
        turn = np.arctan2(y, x)
        rings = np.maximum(rings, within * (0.5 + 0.5 * np.sin(far * 17.0 + 0.7 * np.sin(3.0 * turn + at[0] * 9.0))))
        edge = np.maximum(edge, np.exp(-(((far - 1.0) / 0.10) ** 2)))
    across = u + flow - bent
    # Good years and lean ones: the rings come in bands, some wide, some so narrow that they run together.
    years = 2.4 * (layered(size, (1, 7), seed + 5, 3) - 0.5) + 0.5 * (layered(size, (4, 11), seed + 6, 2) - 0.5)
    phase = (across * RINGS + years) % 1.0
    clear = 0.35 + 0.65 * np.clip((layered(size, (3, 8), seed + 7, 2) - 0.3) * 2.4, 0.0, 1.0)
    late = np.clip(np.where(phase < 0.80, phase / 0.80, (1.0 - phase) / 0.20), 0.0, 1.0) ** 3.2 * (1.0 - knot) * clear
    fibre = layered(size, (7, 256), seed + 20, 2, 0.8)
    pores = np.clip((layered(size, (18, 512), seed + 30, 1) - 0.74) * 5.0, 0.0, 1.0)
    check = np.zeros_like(u)
    for _ in range(16):
        at, long, wide = chance.random(2), chance.uniform(0.02, 0.10), chance.uniform(0.0010, 0.0030)
        reach = np.clip(1.0 - np.abs(_wrapped(v - at[1])) / long, 0.0, 1.0)
        aside = np.abs(_wrapped(across - at[0] + 0.004 * (fibre - 0.5))) / (wide * np.sqrt(reach) + 1e-6)
        check = np.maximum(check, np.clip(1.6 - aside, 0.0, 1.0) * (reach > 0.0))
    washed = np.clip((layered(size, (5, 4), seed + 40, 4) - 0.42) * 2.2, 0.0, 1.0)
    brown = ramp(np.clip(0.62 + 0.42 * (fibre - 0.5) - 0.58 * late, 0, 1), ((86, 65, 49), (136, 110, 85), (170, 142, 112)))
    grey = ramp(np.clip(0.60 + 0.50 * (fibre - 0.5) - 0.50 * late, 0, 1), ((99, 89, 79), (141, 130, 117), (170, 160, 147)))
    colour = brown * (1.0 - washed[..., None]) + grey * washed[..., None]
    colour *= (1.0 - 0.20 * pores)[..., None]
    heart = ramp(np.clip(0.35 + 0.45 * rings + 0.3 * (fibre - 0.5), 0, 1), ((58, 38, 27), (98, 68, 47), (124, 90, 64)))
    colour = colour * (1.0 - knot[..., None]) + heart * knot[..., None]
    colour *= (1.0 - 0.40 * edge)[..., None] * (1.0 - 0.72 * check)[..., None]
    height = 0.40 * late + 0.16 * fibre - 0.10 * pores - 1.3 * check + 0.35 * knot - 0.5 * edge
    rough = np.clip(0.80 + 0.10 * washed - 0.12 * late + 0.08 * fibre - 0.12 * knot, 0.3, 1.0)
    open_ = np.clip(1.0 - 0.55 * check - 0.12 * pores - 0.2 * edge, 0.0, 1.0)
    return bytes_of(colour), normal_map(height, 0.9), surface(open_, rough)


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
