"""Oak for furniture: three flat-sawn staves glued side by side, under satin lacquer."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import Field, bytes_of, halved, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

TILE = (0.45, 1.20)
"""Metres that one repeat covers, across the staves and along them."""

STAVES = 3
RING = 0.0058
"""Metres of wood that a year adds."""

LOG = ((0.058, 0.062, 0.026), (0.094, 0.085, 0.036), (0.030, 0.050, 0.020))
"""Of each stave: metres from its left edge to the plane of its log's heart; how deep below its face the heart lies on average;
and by how much that goes up and down along the tile. Where the heart comes near, rings are cut at a slant and show as flames."""


@cache
def oak(name: str = "oak", size: int = 512, seed: int = 97) -> Material:
    """Oak: late wood brown, early wood paler and full of pores, dark dashes along the grain; here and there a ray shines."""
    v, u = np.mgrid[0:size, 0:size] / size
    ring, tone, joint = _rings(u, v, seed)
    phase = ring % 1.0
    strength = 0.55 + 0.45 * np.sin(2.4 * np.floor(ring) + 1.7 * np.sin(5.1 * np.floor(ring)))
    late = np.clip(np.where(phase < 0.78, phase / 0.78, (1.0 - phase) / 0.22), 0.0, 1.0) ** 2.2 * strength
    early = np.exp(-(((phase - 0.02) / 0.16) ** 2)) + np.exp(-(((phase - 1.02) / 0.16) ** 2))
    dashes = np.clip((layered(size, (16, 200), seed + 9, 1) - 0.56) * 3.4, 0.0, 1.0)
    pores = dashes * (0.25 + 0.75 * early)
    fibre, cloud = layered(size, (7, 150), seed + 19, 2, 0.6), layered(size, (2, 3), seed + 29, 3)
    rays = np.clip((layered(size, (40, 60), seed + 39, 1) - 0.80) * 5.0, 0.0, 1.0) * (1.0 - early)
    share = np.clip(0.66 + tone - 0.46 * late + 0.30 * (fibre - 0.5) + 0.26 * (cloud - 0.5) + 0.10 * rays, 0.0, 1.0)
    colour = ramp(share, ((126, 87, 51), (180, 138, 92), (212, 176, 130)))
    colour *= (1.0 - 0.26 * pores)[..., None] * (1.0 - 0.30 * joint)[..., None]
    height = 0.16 * late - 0.55 * pores - 0.4 * joint
    rough = np.clip(0.40 + 0.16 * pores + 0.06 * (fibre - 0.5) - 0.05 * late, 0.0, 1.0)
    maps = bytes_of(colour), normal_map(halved(height), 0.8), surface(halved(1.0 - 0.2 * pores - 0.2 * joint), halved(rough))
    return Material(name, colour_map=maps[0], normal_map=maps[1], surface_map=maps[2])


def _rings(u: Field, v: Field, seed: int) -> tuple[Field, Field, Field]:
    """At each point of the tile: how many years from the heart of its log it grew; how much lighter its stave is; and the dark
    line where two staves meet."""
    size = u.shape[0]
    across = u * TILE[0]
    stave = np.minimum((u * STAVES).astype(int), STAVES - 1)
    wide = TILE[0] / STAVES
    off = across - stave * wide
    heart, deep, swing = (np.array([each[part] for each in LOG])[stave] for part in range(3))
    turn = np.array((0.0, 2.1, 4.4))[stave]
    waver = 0.030 * (layered(size, (3, 3), seed, 3) - 0.5) + 0.0050 * (layered(size, (7, 9), seed + 3, 2) - 0.5)
    below = deep + swing * np.sin(2.0 * np.pi * v + turn) + 0.012 * (layered(size, (4, 3), seed + 5, 2) - 0.5)
    years = np.hypot(off - heart + waver, below) / RING
    years = years + 0.45 * np.sin(1.9 * years) + 0.30 * np.sin(0.83 * years + 1.0)  # good summers and bad ones
    tone = np.array((0.05, -0.07, 0.0))[stave]
    edge = np.minimum(off, wide - off)
    return years, tone, np.exp(-((edge / 0.0006) ** 2))
