"""Planed wood for what stands indoors or is sat on: straight calm grain, beech under satin lacquer and oiled larch."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import Field, bytes_of, layered, normal_map, ramp, surface, tiling_noise
from engine.view.geometry.mesh import Material

BEECH_TILE = (0.15, 0.60)
"""Metres that one repeat covers, across and along the grain; larch is as `surfaces.LARCH_TILE`."""


def _rings(size: int, seed: int, count: int, waver: float) -> Field:
    """How far across a growth ring each point lies, 0-1: rings of uneven width that waver together along the grain."""
    u = np.mgrid[0:size, 0:size][1] / size
    narrow = 0.35 + 1.3 * tiling_noise(size, (1, 7), seed)[0]
    travelled = np.concatenate([[0.0], np.cumsum(narrow)])
    travelled *= count / travelled[-1]
    off = waver * (layered(size, (2, 2), seed + 1, 3) - 0.5) + 0.012 * (layered(size, (6, 5), seed + 5, 2) - 0.5)
    at = (u + off) % 1.0 * size
    low = np.minimum(at.astype(np.int64), size - 1)
    return np.asarray((travelled[low] + (travelled[low + 1] - travelled[low]) * (at - low)) % 1.0)


@cache
def beech(name: str = "beech", size: int = 256, seed: int = 83) -> Material:
    """Steamed beech: even and pale, faint bands, its rays as fine short flecks."""
    bands = layered(size, (1, 9), seed, 3)
    fibre = layered(size, (4, 120), seed + 9, 2, 0.7)
    flecks = np.clip((layered(size, (100, 128), seed + 19, 1) - 0.72) * 5.0, 0.0, 1.0)
    late = _rings(size, seed + 31, 9, 0.10) ** 3.0
    share = np.clip(0.58 + 0.42 * (bands - 0.5) + 0.34 * (fibre - 0.5) - 0.16 * late, 0.0, 1.0)
    colour = ramp(share, ((178, 138, 98), (203, 164, 122), (221, 187, 147))) * (1.0 - 0.12 * flecks)[..., None]
    rough = np.clip(0.44 + 0.08 * fibre + 0.05 * late, 0.0, 1.0)
    maps = (bytes_of(colour), normal_map(0.3 * fibre - 0.3 * flecks, 0.45), surface(1.0 - 0.08 * flecks, rough))
    return Material(name, colour_map=maps[0], normal_map=maps[1], surface_map=maps[2])


@cache
def larch(name: str = "oiled_larch", size: int = 512, seed: int = 5) -> Material:
    """Planed larch, oiled every spring: warm brown, narrow dark late wood between broad early wood, few small knots."""
    v, u = np.mgrid[0:size, 0:size] / size
    phase = _rings(size, seed, 13, 0.13)
    late = np.clip(np.where(phase < 0.86, phase / 0.86, (1.0 - phase) / 0.14), 0.0, 1.0) ** 3.2
    fibre = layered(size, (4, 190), seed + 20, 2, 0.7)
    blotch = layered(size, (3, 3), seed + 40, 4)
    knots = np.zeros_like(u)
    chance = np.random.Generator(np.random.PCG64(seed))
    for _ in range(2):
        at, wide = chance.random(2), chance.uniform(0.014, 0.022)
        du, dv = (u - at[0] + 0.5) % 1.0 - 0.5, ((v - at[1] + 0.5) % 1.0 - 0.5) * 3.0
        far = np.hypot(du, dv) / wide
        knots = np.maximum(knots, np.exp(-(far**3)) * (0.75 + 0.25 * np.cos(far * 9.0)))
    checks = np.clip((layered(size, (4, 120), seed + 50, 2) - 0.80) * 8.0, 0.0, 1.0)
    share = np.clip(0.66 + 0.30 * (fibre - 0.5) - 0.42 * late + 0.36 * (blotch - 0.5), 0.0, 1.0)
    colour = ramp(share, ((98, 70, 49), (143, 108, 79), (179, 145, 112)))
    colour *= (1.0 - 0.42 * knots - 0.35 * checks)[..., None]
    height = 0.35 * late + 0.25 * fibre - 0.6 * checks
    rough = np.clip(0.60 + 0.10 * fibre - 0.06 * late + 0.1 * checks, 0.0, 1.0)
    hollow = np.clip(1.0 - 0.5 * checks, 0.0, 1.0)
    return Material(name, colour_map=bytes_of(colour), normal_map=normal_map(height, 1.3), surface_map=surface(hollow, rough))
