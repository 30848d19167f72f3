"""Surfaces of what is fixed in a clinic: straight-grained oak veneer, satin aluminium, printed pictograms."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

RIFT_TILE = (0.30, 1.60)
"""Metres that one repeat of the rift-cut oak covers, across and along its grain."""


@cache
def rift_oak(name: str = "rift_oak") -> Material:
    """Rift-cut oak veneer, slip-matched, under a satin lacquer that fills its pores: straight, fine and even."""
    colour, normal, finish = _rift()
    return Material(name, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def satin(name: str = "satin_aluminium", rough: float = 0.40) -> Material:
    """Satin anodised aluminium, as door furniture and rails are: bright, without lines; its oxide scatters some of the light."""
    return Material(name, colour=(0.86, 0.86, 0.85, 1.0), metallic=0.72, roughness=rough)


@cache
def _rift(size: int = 512, seed: int = 211) -> tuple[Pixels, Pixels, Pixels]:
    """Rings cut at a slant give narrow straight lines of uneven width, 3 mm apart; a tile is two leaves of veneer of 0.15 m."""
    u = np.tile(np.arange(size) / size, (size, 1))
    leaf = np.floor(u * 2.0)
    waver = 0.012 * (layered(size, (3, 2), seed, 2) - 0.5)
    drift = layered(size, (1, 24), seed + 3, 2)
    phase = ((u + waver) * 88.0 + 4.0 * drift) % 1.0
    shows = 0.4 + 0.6 * layered(size, (2, 60), seed + 4, 1)
    late = np.clip(np.where(phase < 0.7, phase / 0.7, (1.0 - phase) / 0.3), 0.0, 1.0) ** 1.6 * shows
    pores = np.clip((layered(size, (72, 300), seed + 5, 1) - 0.66) * 3.0, 0.0, 1.0) * (0.4 + 0.6 * late)
    fibre = layered(size, (5, 256), seed + 9, 1)
    cloud = layered(size, (2, 3), seed + 15, 2)
    share = np.clip(0.58 - 0.20 * late + 0.14 * (fibre - 0.5) + 0.10 * (cloud - 0.5) + 0.03 * leaf, 0.0, 1.0)
    colour = ramp(share, ((166, 134, 98), (192, 160, 121), (212, 183, 145))) * (1.0 - 0.09 * pores)[..., None]
    rough = np.clip(0.38 + 0.04 * fibre + 0.08 * pores, 0.0, 1.0)
    return bytes_of(colour), normal_map(0.10 * fibre - 0.22 * pores, 0.5), surface(1.0 - 0.06 * pores, rough)
