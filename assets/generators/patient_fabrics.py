"""What the patient's cloths and lines are made of: a cellular blanket, and the plastic of what they are connected with."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material, Pixels

CELL_TILE = (0.040, 0.040)
"""Metres that one repeat of the blanket's weave covers."""


@cache
def cellular(name: str) -> Material:
    """A cellular cotton blanket, as hospitals have them: a leno weave of small cells, darker within than on their ribs.

    The cells show by their colour too, so that they do not vanish where light falls straight on them.
    """
    colour, normal, finish = _cells()
    return Material(name, roughness=1.0, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def _cells(size: int = 256, seed: int = 121) -> tuple[Pixels, Pixels, Pixels]:
    """Cells of 5 x 5 mm: raised ribs of paired threads around hollows with a loose weave in them; a tile is eight cells."""
    v, u = np.mgrid[0:size, 0:size] / size * 8.0
    rib_u = np.abs(u % 1.0 - 0.5) * 2.0
    rib_v = np.abs((v + 0.5 * (np.floor(u) % 2)) % 1.0 - 0.5) * 2.0
    rib = np.maximum(np.clip((rib_u - 0.45) / 0.4, 0, 1), np.clip((rib_v - 0.50) / 0.4, 0, 1))
    rib = rib * rib * (3.0 - 2.0 * rib)
    thread = 0.5 + 0.5 * np.sin(2 * np.pi * 8.0 * u) * np.sin(2 * np.pi * 8.0 * v)
    fluff = layered(size, (64, 64), seed, 2, 0.7)
    height = 0.80 * rib + 0.10 * thread + 0.16 * fluff
    share = np.clip(0.12 + 0.74 * rib + 0.16 * (fluff - 0.5) + 0.06 * thread, 0.0, 1.0)
    colour = ramp(share, ((86, 124, 142), (112, 149, 165), (128, 164, 178)))
    return bytes_of(colour), normal_map(height, 2.3), surface(0.70 + 0.30 * rib, np.clip(0.88 + 0.10 * fluff, 0, 1), 0.0)


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
