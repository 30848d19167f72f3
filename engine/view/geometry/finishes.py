"""How the finishes of `engine.spec.finishes` look: materials with tiling textures, computed once and the same on every run.

Textures are painted around the finish's own colour: whatever their pattern, their mean sends back as much light as the colour
says, because rooms are lit by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.spec.finishes import COLOURS, colour_of, unknown
from engine.view.cache import Arrays, kept
from engine.view.geometry.boards import BOARDS, boards
from engine.view.geometry.mesh import Material, Pixels
from engine.view.geometry.patterns import brushed, flecks, mineral, peel
from engine.view.srgb import decode

CRISP = 0.5
"""Levels of detail by which boards are drawn finer than a mipmap: their grain is fine, and mostly seen at a slant."""

SHEET = 2.0
"""Metres between two welded seams of sheet vinyl, which is made 2 m wide (EN ISO 10582:2017)."""

SHEEN = {"vinyl": 0.45, "satin_paint": 0.60, "matt_paint": 0.85}
"""Roughness of what walls are covered with."""

PEEL = 0.32
"""Metres that the texture of roller paint covers."""

BRUSHED = (0.60, 0.20)
"""Metres along and across a brush's way that the texture of brushed paint covers."""


class FinishError(Exception):
    """There is no such finish; the message says which there are."""


def linear(name: str) -> tuple[float, float, float]:
    """A colour of `engine.spec.finishes` in linear light."""
    r, g, b = decode(np.array(COLOURS[name].srgb) / 255.0)
    return (float(r), float(g), float(b))


def albedo(surface: str, finish: str) -> tuple[float, float, float]:
    """What a finish sends back of red, green and blue light, on average."""
    del surface
    return linear(colour_of(finish))


def tile_metres(surface: str, finish: str) -> tuple[float, float]:
    """Metres along u and v that the texture of a finish covers."""
    if is_boards(finish):
        return BOARDS
    return (SHEET, SHEET) if surface == "floor" and finish.startswith("vinyl") else (PEEL, PEEL)


def is_boards(finish: str) -> bool:
    """Whether it is drawn as boards of wood."""
    return finish.startswith("vinyl") and colour_of(finish) in ("oak", "beech", "walnut")


def trim_paint() -> Material:
    """White gloss paint and powder coat: skirting, T-bars."""
    return _trim()


def threshold() -> Material:
    """The metal strip in a doorway."""
    return _threshold()


@lru_cache(maxsize=64)
def surface_of(surface: str, finish: str) -> Material:
    """The material of a finish on `walls`, `floor`, `ceiling` or `dado`; equal ones are the same object. Raises FinishError."""
    wrong = unknown(surface, finish)  # type: ignore[arg-type]
    if wrong is not None:
        raise FinishError(f"The {surface} cannot be '{finish}': {wrong[0]}; {wrong[1]}.")
    kind, colour = finish.partition("/")[0], colour_of(finish)
    r, g, b = linear(colour)
    name = finish.replace("/", "_")
    match kind:
        case "vinyl" if is_boards(finish):
            return replace(Material(name, roughness=1.0, metallic=0.0, crisp=CRISP), **_maps("boards", colour))
        case "vinyl" if surface == "floor":
            return replace(Material(name, (r, g, b, 1.0), 0.0, 1.0), **_maps("flecks"))
        case "tile_600":
            return replace(Material(name, (r, g, b, 1.0), 0.0, 0.9), **_maps("mineral"))
        case "vinyl" | "satin_paint" | "matt_paint":
            return replace(Material(name, (r, g, b, 1.0), 0.0, SHEEN[kind]), **_maps("peel"))
        case _:
            return Material(name, (r, g, b, 1.0), 0.0, 0.8)


@lru_cache(maxsize=8)
def _maps(pattern: str, *colours: str) -> Mapping[str, Any]:
    """The textures of a pattern, by the names that a material gives them."""

    def paint() -> Arrays:
        made = _PATTERNS[pattern](*map(linear, colours))
        return dict(zip(("normal_map", "colour_map", "surface_map"), made, strict=False))

    return {name: np.asarray(array, np.uint8) for name, array in kept(__name__, [pattern, *colours], paint).items()}


@lru_cache(maxsize=1)
def _trim() -> Material:
    r, g, b = linear("white")
    return replace(Material("trim", (r, g, b, 1.0), 0.0, 0.30), **_maps("brushed"))


@lru_cache(maxsize=1)
def _threshold() -> Material:
    return Material("threshold", (0.55, 0.55, 0.54, 1.0), 1.0, 0.4)


_PATTERNS: Mapping[str, Callable[..., tuple[Pixels, ...]]] = {
    "peel": peel,
    "brushed": brushed,
    "mineral": mineral,
    "flecks": flecks,
    "boards": boards,
}
"""Each gives its normals, then, if it has them, its colours and its surface map."""
