"""What gown and lines are made of; bed linen and what covers the patient have pictures of their own, see `cloth_maps`."""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.textures import Field, bytes_of, layered, normal_map, ramp, softened, surface
from engine.view.geometry.mesh import Material, Pixels


def _creased(size: int, count: int, seed: int) -> Field:
    """The height, in texels, of so many creases strewn over a tile: sharp along their backs, straight but for a slight bow."""
    chance = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] / size
    height = np.zeros((size, size))
    for _ in range(count):
        x, y, turn = chance.random(), chance.random(), np.pi * chance.random()
        long, thick, bow = chance.uniform(0.06, 0.20), chance.uniform(0.008, 0.022), chance.uniform(-0.8, 0.8)
        du, dv = (u - x + 0.5) % 1.0 - 0.5, (v - y + 0.5) % 1.0 - 0.5
        along, across = du * np.cos(turn) + dv * np.sin(turn), dv * np.cos(turn) - du * np.sin(turn)
        wide = thick * (1.0 + 1.6 * np.clip(along / long, 0.0, 1.5))
        back = np.exp(1.0 - np.sqrt(1.0 + ((across - bow * along * along) / (0.5 * wide)) ** 2))
        height += chance.uniform(-0.6, 1.0) * thick * back * np.exp(-((along / long) ** 4)) * 0.16 * size
    return height


PRINT_TILE = (0.270, 0.270)


@cache
def printed(name: str) -> Material:
    """The gown's cotton: pale blue with a small print, so that one tells it from the sheets."""
    colour, normal, finish = _print()
    return Material(name, roughness=0.92, colour_map=colour, normal_map=normal, surface_map=finish)


@cache
def _print(size: int = 512, seed: int = 151) -> tuple[Pixels, Pixels, Pixels]:
    """Sprigs of four leaves of 9 mm, and dots between them, hardly two alike nor evenly strewn. Worn soft, with small creases."""
    chance = np.random.Generator(np.random.PCG64(seed + 40))
    v, u = np.mgrid[0:size, 0:size] / size * 12.0
    mark = np.zeros_like(u)
    for row in range(12):
        for column in range(12):
            at = (column + 0.5 * (row % 2) + chance.uniform(0.34, 0.66), row + chance.uniform(0.36, 0.64))
            du, dv = (u - at[0] + 6.0) % 12.0 - 6.0, (v - at[1] + 6.0) % 12.0 - 6.0
            far, turn = np.hypot(du, dv), np.arctan2(dv, du) + chance.uniform(-0.5, 0.5)
            leaves = 0.185 * np.abs(np.cos(2.0 * turn)) ** 0.7 if (row + column) % 2 else 0.075
            mark = np.maximum(mark, chance.uniform(0.62, 1.0) * np.clip((leaves - far) / 0.035 + 0.5, 0.0, 1.0) * (far < 0.4))
    slub = 0.5 * (layered(size, (160, 12), seed, 2) + layered(size, (12, 160), seed + 3, 2))
    crease = 3.0 * layered(size, (5, 5), seed + 9, 2) + 0.9 * _creased(size, 46, seed + 21)
    ground = ramp(np.clip(0.40 + 0.7 * (slub - 0.5), 0.0, 1.0), ((148, 178, 196), (164, 192, 208)))
    hollow = np.clip(crease - softened(crease, 9), -1.5, 1.0)
    colour = ground * (1.0 - mark[..., None] * (0.46, 0.36, 0.26)) * (1.0 + 0.025 * hollow)[..., None]
    return bytes_of(colour), normal_map(crease + 0.25 * slub, 1.5), surface(0.96 + 0.04 * hollow, np.full_like(u, 0.92), 0.0)


@cache
def plastic(name: str) -> Material:
    """Soft plastic of cables, clips and nails; each vertex has its colour."""
    return Material(name, roughness=0.42)
