"""What the patient's cloths and lines are made of: a cellular blanket, and the plastic of what they are connected with."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

CELL_TILE = (0.064, 0.064)
"""Metres that one repeat of the blanket's weave covers."""


@cache
def cellular(name: str) -> Material:
    """A cellular cotton blanket, as hospitals have them: a leno weave of small cells, a little darker within than on their ribs.

    Its yarns differ in tone too, so that it is cloth still from where its cells are too small to see.
    """
    colour, normal, finish = _cells()
    return Material(name, roughness=1.0, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def _cells(size: int = 256, seed: int = 121) -> tuple[Pixels, Pixels, Pixels]:
    """Cells of 4 x 4 mm: soft ribs of paired threads around hollows with a loose weave in them; a tile is sixteen cells."""
    v, u = np.mgrid[0:size, 0:size] / size * 16.0
    sway = 0.30 * (layered(size, (7, 7), seed + 3, 2) - 0.5)
    rib_u = 0.5 + 0.5 * np.cos(2 * np.pi * (u + sway))
    rib_v = 0.5 + 0.5 * np.cos(2 * np.pi * (v + sway + 0.5 * (np.floor(u) % 2)))
    rib = np.maximum(rib_u**1.6, 0.92 * rib_v**1.6)
    thread = 0.5 + 0.5 * np.sin(2 * np.pi * 4.0 * u) * np.sin(2 * np.pi * 4.0 * v)
    fluff = layered(size, (64, 64), seed, 2, 0.7)
    yarn = 0.6 * (layered(size, (64, 5), seed + 7, 1) - 0.5) + 0.6 * (layered(size, (5, 64), seed + 11, 1) - 0.5)
    yarn = yarn + 0.5 * (layered(size, (6, 6), seed + 17, 3) - 0.5)
    height = 0.75 * rib + 0.10 * thread + 0.20 * fluff
    share = np.clip(0.34 + 0.36 * rib + 0.20 * (fluff - 0.5) + 0.06 * thread + 0.42 * yarn, 0.0, 1.0)
    colour = ramp(share, ((84, 122, 143), (112, 150, 168), (132, 166, 181)))
    return bytes_of(colour), normal_map(height, 1.7), surface(0.62 + 0.30 * rib, np.clip(0.90 + 0.10 * fluff, 0, 1), 0.0)


LINEN_TILE = (0.100, 0.100)


@cache
def linen(name: str, tone: float) -> Material:
    """Bed linen: plain-woven cotton whose yarns are not all of one thickness, a little creased; `tone` is its albedo."""
    colour, normal, finish = _linen()
    return Material(
        name, (tone, tone, 0.985 * tone, 1.0), roughness=0.95, colour_map=colour, normal_map=normal, surface_map=finish
    )


@cache
def _linen(size: int = 256, seed: int = 171) -> tuple[Pixels, Pixels, Pixels]:
    """Yarns of 1.6 mm, paired; slubs along both; soft creases of 1-3 cm."""
    v, u = np.mgrid[0:size, 0:size] / size
    over = 0.5 + 0.5 * np.sin(2 * np.pi * 64.0 * u) * np.sin(2 * np.pi * 64.0 * v)
    slub = 0.5 * (layered(size, (64, 6), seed, 2) + layered(size, (6, 64), seed + 5, 2))
    crease = np.abs(layered(size, (4, 4), seed + 9, 3, 0.45) - 0.5) * 2.0
    crease = 1.0 - np.clip(crease / 0.55, 0.0, 1.0) ** 0.8
    soft = layered(size, (5, 5), seed + 21, 2)
    tone = np.clip(0.972 + 0.070 * (slub - 0.5) + 0.030 * (over - 0.5) + 0.02 * (soft - 0.5), 0.0, 1.0)
    colour = np.repeat((255.0 * tone)[..., None], 3, axis=2)
    height = 0.45 * crease + 1.3 * soft + 0.40 * over + 0.40 * slub
    return bytes_of(colour), normal_map(height, 1.0), surface(0.93 + 0.07 * over, np.clip(0.93 + 0.1 * (slub - 0.5), 0, 1), 0.0)


PRINT_TILE = (0.045, 0.045)


@cache
def printed(name: str) -> Material:
    """The gown's cotton: pale blue with a small print, so that one tells it from the sheets."""
    colour, normal, finish = _print()
    return Material(name, roughness=0.92, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def _print(size: int = 256, seed: int = 151) -> tuple[Pixels, Pixels, Pixels]:
    """Rhombs of 8 mm in two blues, set like bricks; a tile has two across and two along. Threads of 0.75 mm."""
    v, u = np.mgrid[0:size, 0:size] / size * 2.0
    du = np.abs((u + 0.5 * (np.floor(v) % 2)) % 1.0 - 0.5) * 2.0
    dv = np.abs(v % 1.0 - 0.5) * 2.0
    mark = np.clip((0.36 - du - 0.8 * dv) / 0.06, 0.0, 1.0)
    core = np.clip((0.16 - du - 0.8 * dv) / 0.06, 0.0, 1.0)
    thread = (0.5 + 0.5 * np.sin(2 * np.pi * 30.0 * u)) * (0.5 + 0.5 * np.sin(2 * np.pi * 30.0 * v))
    slub = layered(size, (8, 32), seed, 2)
    ground = ramp(np.clip(0.35 + 0.5 * (slub - 0.5) + 0.2 * thread, 0.0, 1.0), ((148, 178, 196), (164, 192, 208)))
    colour = ground * (1.0 - 0.42 * (mark - core))[..., None]
    return bytes_of(colour), normal_map(thread * (0.7 + 0.4 * slub), 0.7), surface(0.85 + 0.15 * thread, 0.92 + 0.0 * thread, 0.0)


@cache
def plastic(name: str) -> Material:
    """Soft plastic of cables, clips and nails; each vertex has its colour."""
    return Material(name, roughness=0.42)
