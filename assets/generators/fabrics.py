"""Surfaces of what is woven and veneered: oak, cotton."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import Field, bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

Colour = tuple[float, float, float]
"""Linear red, green, blue."""
WEAVE_TILE = (0.024, 0.024)
"""Metres that one repeat covers, across and along the warp."""


@cache
def oak(name: str = "oak_veneer") -> Material:
    """Crown-cut oak veneer under satin lacquer."""
    colour, normal, finish = _oak()
    return Material(name, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def cotton(name: str, colour: Colour, two_sided: bool = False) -> Material:
    """Plain-woven cotton, washed many times."""
    normal, finish = _weave()
    return Material(name, (*colour, 1.0), roughness=0.92, normal_map=normal, surface_map=finish, two_sided=two_sided)


@cache
def _oak(size: int = 512, seed: int = 111) -> tuple[Pixels, Pixels, Pixels]:
    """Cathedral figure in the middle of a leaf of veneer and straight grain beside it; a tile is two leaves, book-matched."""
    v, u = np.mgrid[0:size, 0:size] / size
    leaf = np.abs((u * 2.0) % 2.0 - 1.0)
    waver = layered(size, (3, 4), seed, 3) - 0.5
    rise = 0.5 - 0.5 * np.cos(2 * np.pi * v)
    rings = (leaf + 0.05 * waver) * 11.0 - 3.2 * rise * np.exp(-((leaf / 0.42) ** 2))
    phase = rings % 1.0
    late = np.clip(np.where(phase < 0.75, phase / 0.75, (1.0 - phase) / 0.25), 0.0, 1.0) ** 2.0
    pores = np.clip((layered(size, (26, 256), seed + 3, 2, 0.6) - 0.60) * 4.0, 0.0, 1.0) * (0.35 + 0.65 * (1.0 - late))
    fibre = layered(size, (5, 190), seed + 9, 2, 0.7)
    cloud = layered(size, (3, 3), seed + 15, 3)
    share = np.clip(0.60 - 0.34 * late + 0.30 * (fibre - 0.5) + 0.45 * (cloud - 0.5), 0.0, 1.0)
    colour = ramp(share, ((164, 130, 94), (196, 162, 121), (218, 188, 148))) * (1.0 - 0.22 * pores)[..., None]
    rough = np.clip(0.55 + 0.10 * fibre + 0.12 * pores - 0.10 * (cloud - 0.5), 0.0, 1.0)
    return bytes_of(colour), normal_map(0.25 * fibre - 0.5 * pores, 0.9), surface(1.0 - 0.15 * pores, rough)


def _bumps(size: int, across: int, along: int) -> tuple[Field, Field]:
    """Crossed threads, each 0-1: those that run across and those that run along."""
    v, u = np.mgrid[0:size, 0:size] / size
    over = 0.5 + 0.5 * np.cos(np.pi * (np.floor(u * across) + np.floor(v * along)))
    one = np.sin(np.pi * ((u * across) % 1.0)) ** 0.7
    two = np.sin(np.pi * ((v * along) % 1.0)) ** 0.7
    return one * (0.45 + 0.55 * over), two * (1.0 - 0.55 * over)


@cache
def _weave(size: int = 128, seed: int = 131) -> tuple[Pixels, Pixels]:
    """Threads of about 0.75 mm, plain over and under; a tile is 32 of them."""
    one, two = _bumps(size, 32, 32)
    slub = layered(size, (8, 32), seed, 2)
    height = np.maximum(one, two) * (0.8 + 0.4 * slub)
    return normal_map(height, 0.8), surface(0.85 + 0.15 * height, np.clip(0.92 + 0.12 * (slub - 0.5), 0, 1), 1.0)
