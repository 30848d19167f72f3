"""The materials that several models share, each made of our own textures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from assets.generators import textures, timber
from assets.generators.shapes import Shape
from engine.view.geometry.mesh import Material, Pixels

LARCH_TILE = (0.25, 1.0)
"""Metres that one repeat of the larch covers, across and along the grain."""
DECK_TILE = (0.42, 2.0)
"""The same of the boards of decks."""
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
def weathered_larch(name: str = "larch") -> Material:
    """Larch of a deck, in its fifth summer."""
    return _textured(name, timber.weathered_larch())


@cache
def rope(name: str = "rope") -> Material:
    """Hemp rope; see `timber.rope` for its tile."""
    return _textured(name, timber.rope())


@cache
def iron(name: str = "iron") -> Material:
    """Hot-dip galvanised iron gone dark in the weather, half of it under dirt and its own salts."""
    return _textured(name, textures.metal(128, 21, ((52, 50, 49), (78, 75, 72), (112, 108, 102)), (0.58, 0.80)), metallic=0.45)


@cache
def lead(name: str = "lead") -> Material:
    """Sheet lead dressed over wood, grey under its own oxide, paler where rain runs off it."""
    return _textured(name, textures.metal(128, 37, ((88, 90, 93), (121, 124, 127), (160, 162, 163)), (0.46, 0.66)), metallic=0.5)


@cache
def stone(name: str = "gneiss") -> Material:
    """River-worn gneiss."""
    return _textured(name, textures.stone())


def _textured(name: str, maps: tuple[Pixels, Pixels, Pixels], metallic: float = 0.0) -> Material:
    return Material(name, metallic=metallic, colour_map=maps[0], normal_map=maps[1], surface_map=maps[2])


Colour = tuple[float, float, float]
"""Linear red, green, blue."""
GRAIN_TILE = (0.064, 0.064)
"""Metres that one repeat of a painted, moulded or brushed surface covers."""
FINE_TILE = (0.018, 0.018)
"""The same on things that one holds before one's eyes."""
BEECH_TILE = (0.15, 0.30)


@cache
def painted(name: str, colour: Colour, rough: float = 0.42) -> Material:
    """Steel with a powder coat: the faint orange peel of sprayed paint, polished in patches."""
    return _fine(name, colour, rough, _peel())


@cache
def moulded(name: str, colour: Colour, rough: float = 0.55) -> Material:
    """Injection-moulded plastic with an eroded grain."""
    return _fine(name, colour, rough, _grain())


@cache
def leathercloth(name: str, colour: Colour, rough: float = 0.62) -> Material:
    """Coated cloth for upholstery that is wiped down."""
    return _fine(name, colour, rough, _pebbles())


@cache
def steel(name: str = "steel", colour: Colour = (0.56, 0.55, 0.53), rough: float = 0.42) -> Material:
    """Brushed stainless steel."""
    return _fine(name, colour, rough, _brushed(), metallic=1.0)


@cache
def beech(name: str = "beech") -> Material:
    """Lacquered beech."""
    return _textured(name, textures.beech())


def chrome(name: str = "chrome") -> Material:
    """Bright chromium plate over nickel, with the thin film that water and hands leave on it: a mirror, a little veiled."""
    return polished(name, (0.99, 0.992, 0.995), 0.06, 0.95)


def polished(name: str, colour: Colour, rough: float, metallic: float = 0.86) -> Material:
    """Metal without a grain that one could see: tubes of stainless steel (rough 0.15-0.2), fittings that are plated (0.06-0.1).

    What is left of 1 in `metallic` is what its fine scratches and films scatter.
    """
    return Material(name, colour=(*colour, 1.0), metallic=metallic, roughness=rough)


def trodden(each: Shape, high: float = 0.22, most: float = 0.16) -> Shape:
    """What shoes and mops leave on furniture: dirt that fades out `high` metres up and takes `most` of the light at the floor."""
    dirt = most * np.clip(1.0 - each.positions[:, 2:] / high, 0.0, 1.0) ** 1.5
    return each.tinted(each.tint * (1.0 - dirt * (0.85, 1.0, 1.2)))


def plain(name: str, colour: Colour, rough: float) -> Material:
    """A surface without texture: glaze, rubber, a smooth insert."""
    return Material(name, colour=(*colour, 1.0), roughness=rough)


@cache
def _peel() -> tuple[Pixels, Pixels]:
    return textures.grained(128, 41, 40, relief=0.22, worn=0.22)


@cache
def _grain() -> tuple[Pixels, Pixels]:
    return textures.grained(128, 51, 64, relief=0.3, worn=0.16)


@cache
def _pebbles() -> tuple[Pixels, Pixels]:
    return textures.pebbled()


@cache
def _brushed() -> tuple[Pixels, Pixels]:
    return textures.brushed()


def _fine(name: str, colour: Colour, rough: float, maps: tuple[Pixels, Pixels], metallic: float = 0.0) -> Material:
    return Material(name, (*colour, 1.0), metallic, rough, normal_map=maps[0], surface_map=maps[1])
