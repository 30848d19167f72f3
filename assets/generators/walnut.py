"""Walnut, oiled: what frames, shelves and clocks are made of beside beech. Dark brown, its rings drawn out to slow bands."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

TILE = (0.15, 0.60)
"""Metres that one repeat covers, across and along the grain."""


@cache
def walnut(name: str = "walnut", size: int = 256, seed: int = 351) -> Material:
    """European walnut: chocolate heartwood with darker bands that waver together, long fine pores."""
    u = np.mgrid[0:size, 0:size][1] / size
    waver = 0.10 * (layered(size, (2, 2), seed, 3) - 0.5)
    bands = layered(size, (1, 8), seed + 3, 3)
    phase = (u + waver + 0.4 * bands) * 6.0 % 1.0
    late = np.clip(np.where(phase < 0.8, phase / 0.8, (1.0 - phase) / 0.2), 0.0, 1.0) ** 2.2
    fibre = layered(size, (4, 120), seed + 9, 2, 0.7)
    pores = np.clip((layered(size, (24, 128), seed + 19, 1) - 0.70) * 4.0, 0.0, 1.0)
    share = np.clip(0.60 + 0.40 * (bands - 0.5) + 0.30 * (fibre - 0.5) - 0.30 * late, 0.0, 1.0)
    colour = ramp(share, ((92, 62, 43), (132, 94, 66), (166, 124, 90))) * (1.0 - 0.24 * pores)[..., None]
    rough = np.clip(0.42 + 0.08 * fibre + 0.10 * pores, 0.0, 1.0)
    finish = surface(1.0 - 0.12 * pores, rough)
    return Material(name, colour_map=bytes_of(colour), normal_map=normal_map(0.3 * fibre - 0.4 * pores, 0.5), surface_map=finish)
