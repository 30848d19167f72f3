"""What the surfaces of a room can be finished with: `material` or `material/colour`, as `satin_paint/sage`.

Pure data, for designers and for the reader of scenes. How a finish looks is made in `engine.view.geometry.finishes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Surface = Literal["walls", "floor", "ceiling", "dado"]
"""A dado is the foot of the walls, up to a rail, finished otherwise than the rest: harder, mostly, and darker."""

DADO = 0.9
"""Metres to the top of a dado's rail: where a handrail's would be (Approved Document M, England, 2015: 900 to 1,000 mm). Chairs
and trolleys knock the wall below; switches and call buttons are above."""


@dataclass(frozen=True, slots=True)
class Colour:
    """`srgb` is 0-255; `reflectance` the share of light it sends back (light reflectance value of BS 8493:2008, as 0-1: the Y of
    CIE 1931). Walls of 0.5-0.8, ceilings of 0.7-0.9, floors of 0.2-0.4 are what EN 12464-1:2021 (section 5.2.3) asks for."""

    srgb: tuple[int, int, int]
    reflectance: float
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """`on` says which surfaces take it; `colours` which colours it comes in, the first being its own if none is said."""

    on: tuple[Surface, ...]
    colours: tuple[str, ...]
    doc: str


COLOURS: Mapping[str, Colour] = {
    "white": Colour((240, 240, 237), 0.87, "neutral white, for ceilings"),
    "warm_white": Colour((238, 232, 219), 0.81, "white with a little ochre"),
    "cream": Colour((233, 220, 190), 0.72, "pale yellow"),
    "stone": Colour((214, 206, 192), 0.62, "warm pale grey"),
    "blush": Colour((226, 196, 182), 0.59, "pale clay pink"),
    "sage": Colour((178, 184, 171), 0.47, "grey green"),
    "fern": Colour((165, 180, 164), 0.43, "soft green"),
    "sea": Colour((156, 189, 191), 0.47, "grey blue-green"),
    "sky": Colour((178, 203, 221), 0.57, "pale blue"),
    "sand": Colour((196, 178, 148), 0.46, "pale brown"),
    "clay": Colour((190, 128, 98), 0.27, "terracotta"),
    "grey": Colour((158, 160, 160), 0.35, "middle grey"),
    "slate": Colour((88, 97, 105), 0.12, "dark blue grey"),
    "oak": Colour((186, 148, 107), 0.33, "oak boards"),
    "beech": Colour((209, 173, 133), 0.45, "beech boards"),
    "walnut": Colour((120, 86, 62), 0.11, "walnut boards"),
}
"""Colours of finishes, and of whatever a card's `tint` takes."""

PAINTS = ("white", "warm_white", "cream", "stone", "blush", "sage", "fern", "sea", "sky", "sand", "clay", "grey", "slate")
SHEETS = ("grey", "stone", "sand", "sage", "fern", "sea", "sky", "slate")
BOARDS = ("oak", "beech", "walnut")

FINISHES: Mapping[str, Finish] = {
    "plain": Finish(("walls", "floor", "ceiling", "dado"), PAINTS, "smooth, matt, without texture"),
    "satin_paint": Finish(
        ("walls", "ceiling", "dado"), PAINTS, "washable wall paint, put on with a roller: a fine orange peel, a soft sheen"
    ),
    "matt_paint": Finish(("walls", "ceiling", "dado"), PAINTS, "wall paint without sheen"),
    "vinyl": Finish(
        ("floor", "dado"),
        (*BOARDS, *SHEETS),
        "sheet vinyl: as boards with a bevel, or in one colour; on floors flecked, with welded seams and coved edges, "
        "on walls embossed",
    ),
    "tile_600": Finish(("ceiling",), ("white",), "mineral-fibre tiles of 600 mm in a grid of T-bars; lights replace tiles"),
}
"""Materials of finishes."""


def unknown(surface: Surface, finish: str) -> tuple[str, str] | None:
    """What is wrong with a finish on this surface, and what to do; None if nothing is."""
    material, _, colour = finish.partition("/")
    fit = [name for name, one in FINISHES.items() if surface in one.on]
    if material not in FINISHES:
        example = f"{fit[-1]}/{FINISHES[fit[-1]].colours[0]}"
        return f"there is no finish '{material}'", f"for {surface} use {', '.join(fit)}; with a colour, '{example}'"
    if material not in fit:
        return f"'{material}' is no finish for {surface}", f"use {', '.join(fit)}"
    colours = FINISHES[material].colours
    if "/" in finish and colour not in colours:
        return f"'{material}' does not come in '{colour}'", f"use {', '.join(colours)}"
    return None


def colour_of(finish: str) -> str:
    """The name of the colour of a finish that is known: what stands after the `/`, or the material's own."""
    material, _, colour = finish.partition("/")
    return colour or FINISHES[material].colours[0]
