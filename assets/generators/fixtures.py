"""Surfaces of what is fixed in a clinic: quarter-cut oak veneer, satin aluminium, printed pictograms."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

QUARTERED_TILE = (0.30, 2.10)
"""Metres that one repeat of the quarter-cut oak covers, across and along its grain."""


@cache
def quartered_oak(name: str = "quartered_oak") -> Material:
    """Quarter-cut oak veneer, slip-matched, under a satin lacquer that all but fills its pores: straight, fine and calm."""
    colour, normal, finish = _quartered()
    return Material(name, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def satin(name: str, rough: float = 0.40) -> Material:
    """Satin anodised aluminium, as rails are: bright, without lines; its oxide scatters some of the light."""
    return Material(name, colour=(0.86, 0.86, 0.85, 1.0), metallic=0.72, roughness=rough)


@cache
def stainless(name: str) -> Material:
    """Stainless steel that hands have polished, as door furniture is: one sees the room in it."""
    return Material(name, colour=(0.88, 0.88, 0.865, 1.0), metallic=0.94, roughness=0.20)


@cache
def _quartered(size: int = 512, seed: int = 211) -> tuple[Pixels, Pixels, Pixels]:
    """Rings cut square to the veneer are straight lines 1-3 mm apart, closer in lean years, under a slow flame; a tile is two
    leaves of veneer of 0.15 m."""
    u = np.tile(np.arange(size) / size, (size, 1))
    waver = 0.010 * (layered(size, (2, 2), seed, 2) - 0.5)
    years = 7.0 * layered(size, (1, 7), seed + 3, 2)
    phase = ((u + waver) * 150.0 + years) % 1.0
    rings = 0.5 - 0.5 * np.cos(2.0 * np.pi * phase)
    shows = 0.25 + 0.75 * layered(size, (2, 19), seed + 4, 2)
    fibre = layered(size, (14, 256), seed + 9, 1)
    band = layered(size, (1, 9), seed + 12, 2)
    flame = layered(size, (3, 5), seed + 15, 2)
    pores = np.clip((layered(size, (64, 256), seed + 5, 1) - 0.70) * 3.0, 0.0, 1.0) * rings * shows
    share = 0.60 - 0.17 * (rings - 0.4) * shows + 0.10 * (fibre - 0.5) + 0.22 * (band - 0.5) + 0.30 * (flame - 0.5)
    colour = ramp(np.clip(share, 0.0, 1.0), ((166, 130, 90), (199, 164, 121), (222, 192, 152))) * (1.0 - 0.10 * pores)[..., None]
    rough = np.clip(0.33 + 0.05 * fibre + 0.10 * pores, 0.0, 1.0)
    return bytes_of(colour), normal_map(0.10 * fibre - 0.25 * pores, 0.35), surface(1.0 - 0.05 * pores, rough)
