"""The materials that several models share, each made of our own textures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from assets.generators import textures
from assets.generators.shapes import Shape
from engine.view.geometry.mesh import Material, Pixels

LARCH_TILE = (0.25, 1.0)
"""Metres that one repeat of the larch covers, across and along the grain."""
METAL_TILE = (0.1, 0.1)
STONE_TILE = (0.04, 0.04)


def tiled(each: Shape, tile: tuple[float, float]) -> Shape:
    """Uvs in metres made repeats of a texture."""
    return replace(each, uvs=each.uvs / tile)


@cache
def larch(name: str, size: int, seed: int, oiled: float) -> Material:
    """Larch: 0 weathered silver, 1 freshly oiled."""
    return _textured(name, textures.larch(size, seed, oiled))


@cache
def iron(name: str = "iron") -> Material:
    """Hot-dip galvanised iron gone dark in the weather."""
    return _textured(name, textures.metal(128, 21, ((52, 50, 49), (78, 75, 72), (112, 108, 102)), (0.38, 0.62)), metallic=1.0)


@cache
def bronze(name: str = "bronze") -> Material:
    """Old brass, rubbed bright where it is handled and brown where it is not."""
    return _textured(name, textures.metal(256, 31, ((62, 46, 34), (118, 86, 54), (168, 128, 80)), (0.28, 0.52)), metallic=1.0)


@cache
def stone(name: str = "gneiss") -> Material:
    """River-worn gneiss."""
    return _textured(name, textures.stone())


def _textured(name: str, maps: tuple[Pixels, Pixels, Pixels], metallic: float = 0.0) -> Material:
    return Material(name, metallic=metallic, colour_map=maps[0], normal_map=maps[1], surface_map=maps[2])
