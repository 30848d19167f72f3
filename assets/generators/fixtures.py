"""Surfaces of what is fixed in a clinic: straight-grained oak veneer, satin aluminium, printed pictograms."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

RIFT_TILE = (0.30, 2.10)
"""Metres that one repeat of the rift-cut oak covers, across and along its grain."""


@cache
def rift_oak(name: str = "rift_oak") -> Material:
    """Rift-cut oak veneer, slip-matched, under a satin lacquer that leaves its pores open: straight, fine and even."""
    colour, normal, finish = _rift()
    return Material(name, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def satin(name: str = "satin_aluminium", rough: float = 0.40) -> Material:
    """Satin anodised aluminium, as door furniture and rails are: bright, without lines; its oxide scatters some of the light."""
    return Material(name, colour=(0.86, 0.86, 0.85, 1.0), metallic=0.72, roughness=rough)


@cache
def _rift(size: int = 512, seed: int = 211) -> tuple[Pixels, Pixels, Pixels]:
    """Rings cut at a slant give narrow straight lines of uneven width, some 5 mm apart; in the early wood of each lie its pores,
    under 1 mm wide and 25 mm long. A tile is two leaves of veneer of 0.15 m."""
    u = np.tile(np.arange(size) / size, (size, 1))
    leaf = np.floor(u * 2.0)
    waver = 0.012 * (layered(size, (3, 2), seed, 2) - 0.5)
    drift = layered(size, (1, 12), seed + 3, 2)
    phase = ((u + waver) * 54.0 + 5.0 * drift) % 1.0
    shows = 0.2 + 0.8 * layered(size, (2, 23), seed + 4, 1)
    early = np.where(phase < 0.16, phase / 0.16, np.clip(1.0 - (phase - 0.16) / 0.6, 0.0, 1.0) ** 1.4) * shows
    pores = np.clip((layered(size, (80, 360), seed + 5, 1) - 0.58) * 3.2, 0.0, 1.0) * (0.2 + 0.8 * early)
    fibre = layered(size, (9, 256), seed + 9, 1)
    band = layered(size, (1, 10), seed + 12, 2)
    cloud = layered(size, (2, 2), seed + 15, 2)
    share = 0.61 - 0.36 * early + 0.16 * (fibre - 0.5) + 0.26 * (band - 0.5) + 0.12 * (cloud - 0.5) + 0.03 * leaf
    colour = ramp(np.clip(share, 0.0, 1.0), ((150, 117, 82), (190, 157, 117), (216, 187, 148))) * (1.0 - 0.27 * pores)[..., None]
    rough = np.clip(0.29 + 0.05 * fibre + 0.16 * pores, 0.0, 1.0)
    return bytes_of(colour), normal_map(0.12 * fibre - 0.45 * pores, 0.6), surface(1.0 - 0.10 * pores, rough)
