"""A picture of facades at dusk: bays of houses, offices and shops, one storey a row, each window its own household.

Cells are 2.3 m wide and a storey high, 16 a row; every four rows are one kind of house. Colours are sRGB shares of white walls,
alpha is what shines by itself. Whoever looks across a street does not see bricks: walls are even, with the streaks of rain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Pixels

CELLS, TEXELS = 16, 64
"""Cells along each side of the picture, and texels along each side of a cell."""

FINE = 2
"""Times as finely as that it is painted, so that edges are soft."""

Kind = Literal["brick", "stucco", "office", "attic", "shop", "blank"]
Shares = NDArray[np.float64]

ROWS: Mapping[Kind, tuple[int, int]] = {
    "brick": (0, 4), "stucco": (4, 4), "office": (8, 4), "attic": (12, 1), "shop": (13, 2), "blank": (15, 1),
}  # fmt: skip
"""The first row of a kind, and how many it has."""

PLAIN = (0.5 / CELLS, 0.5 / CELLS / 16)
"""u and v of a place where there is wall and nothing else: low in the blank row."""

WARM = np.array(((1.0, 0.72, 0.42), (1.0, 0.79, 0.54), (1.0, 0.87, 0.70), (0.80, 0.88, 1.0)))
"""Light of filament lamps, of warm and of cool white ones, of screens."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A window in its cell: half its width, its upper and lower edge (shares of the cell, down from its top), how many panes it
    has across and where its transom is; how often there is light behind it, and whether it has a stone surround."""

    half: float
    top: float
    foot: float
    panes: int
    transom: float
    lit: float
    stone: bool


_OPENINGS: Mapping[Kind, _Opening] = {
    "brick": _Opening(0.225, 0.20, 0.76, 2, 0.46, 0.52, False),
    "stucco": _Opening(0.215, 0.15, 0.83, 2, 0.30, 0.50, True),
    "office": _Opening(0.435, 0.24, 0.86, 3, 0.36, 0.30, False),
    "attic": _Opening(0.150, 0.34, 0.86, 2, 0.56, 0.30, True),
    "shop": _Opening(0.430, 0.22, 0.93, 2, 0.34, 0.62, False),
}


def facades() -> Pixels:
    """The picture, RGBA, top row first."""
    chance = np.random.Generator(np.random.PCG64(42))
    size = TEXELS * FINE
    y, x = (np.mgrid[0:size, 0:size] + 0.5) / size
    picture = np.zeros((CELLS * size, CELLS * size, 4))
    for kind, (first, count) in ROWS.items():
        for row in range(first, first + count):
            # Offices shine floor by floor, homes one by one.
            floor = float(chance.choice((0.12, 0.9), p=(0.6, 0.4))) if kind == "office" else None
            for column in range(CELLS):
                cell = picture[row * size : (row + 1) * size, column * size : (column + 1) * size]
                cell[...] = _wall(kind, x, y, chance)
                if kind != "blank":
                    opening = _OPENINGS[kind]
                    lit = chance.random() < (opening.lit if floor is None else floor)
                    _window(cell, opening, bool(lit), (x, y), chance)
    soft = picture.reshape(CELLS * TEXELS, FINE, CELLS * TEXELS, FINE, 4).mean((1, 3))
    return np.asarray(np.round(np.clip(soft, 0.0, 1.0) * 255), np.uint8)


def _wall(kind: Kind, x: Shares, y: Shares, chance: np.random.Generator) -> Shares:
    """A bay without its window: weathered, with a string course at each floor."""
    tone = 0.86 + 0.02 * chance.standard_normal() + 0.025 * np.sin(2 * np.pi * (x + chance.random())) * (1.0 - y)
    tone = tone * np.ones_like(x)
    if kind == "brick":
        tone *= np.where(np.abs(y - 0.975) < 0.018, 1.07, 1.0) * (1.0 - 0.10 * np.exp(-(((y - 1.0) / 0.012) ** 2)))
    elif kind == "stucco":
        tone *= 1.0 + 0.08 * (np.abs(y - 0.965) < 0.025) - 0.14 * np.exp(-(((y - 0.02) / 0.03) ** 2))
    elif kind == "office":
        tone *= 1.0 - 0.10 * (np.abs(x - 0.5) > 0.47)
    elif kind == "attic":
        # Slates: courses whose joints are a shade darker.
        tone *= 0.62 + 0.03 * np.sin(2 * np.pi * 22 * y)
    elif kind == "shop":
        # A fascia over the shop's window, whose name nobody can read from here.
        tone *= np.where((y > 0.07) & (y < 0.19), 0.45, 0.8)
    made = np.repeat(tone[..., None], 4, axis=-1)
    made[..., 3] = 0.0
    return made


def _window(cell: Shares, opening: _Opening, lit: bool, at: tuple[Shares, Shares], chance: np.random.Generator) -> None:
    """Paint a window into its cell, whose texels are `at` shares across and down."""
    x, y = at
    away, top, foot = np.abs(x - 0.5), opening.top, opening.foot
    hole = (away < opening.half) & (y > top) & (y < foot)
    if opening.stone:
        cell[(away < opening.half + 0.035) & (y > top - 0.045) & (y < foot) & ~hole, :3] *= 1.09
    sill = (away < opening.half + 0.045) & (y >= foot) & (y < foot + 0.035)
    cell[sill, :3] *= 1.10
    # Rain that runs off the sill leaves streaks, and the sill a shadow.
    below = np.clip(1.0 - (y - foot - 0.035) / 0.11, 0.0, 1.0) * (y > foot + 0.035) * (away < opening.half + 0.03)
    cell[..., :3] *= (1.0 - 0.17 * below)[..., None]
    pane = (away < opening.half - 0.016) & (y > top + 0.02) & (y < foot - 0.016)
    across = (x - 0.5 + opening.half) / (2 * opening.half)
    down = (y - top) / (foot - top)
    bars = np.abs((across * opening.panes) % 1.0 - 0.5) > 0.5 - 0.012 * opening.panes / opening.half * 0.5
    bars |= np.abs(y - opening.transom) < 0.010
    cell[hole] = (0.30, 0.29, 0.28, 0.0) if lit else (0.80, 0.79, 0.77, 0.0)
    inside = pane & ~bars
    cell[inside] = (_lamplight if lit else _glass)(across, down, chance)[inside]
    # The window stands back in the wall: its head and one side shade it.
    head, side = np.maximum(y - top, 0.0), np.maximum(x - 0.5 + opening.half, 0.0)
    reveal = 1.0 - 0.55 * np.exp(-head / 0.030) - 0.30 * np.exp(-side / 0.022)
    cell[hole, :3] *= reveal[hole, None]


def _glass(across: Shares, down: Shares, chance: np.random.Generator) -> Shares:
    """Panes of a dark room: they mirror the sky, and roofs low down; curtains or a blind stand behind some."""
    roofs = 0.62 + 0.10 * np.sin(7.0 * across + 6.0 * chance.random())
    sky = np.where(down < roofs, 0.86 - 0.30 * down, 0.42) * float(chance.uniform(0.70, 1.10))
    made = sky[..., None] * np.array((0.78, 0.90, 1.08))
    drawn = float(chance.choice((0.0, 0.16, 0.5), p=(0.4, 0.45, 0.15)))
    curtain = np.minimum(across, 1.0 - across) < drawn
    made[curtain] = made[curtain] * 0.55 + 0.16
    blind = down < float(chance.choice((0.0, 0.35, 0.8), p=(0.72, 0.20, 0.08)))
    made[blind] = made[blind] * 0.4 + 0.34
    return np.dstack([made, np.zeros_like(sky)])


def _lamplight(across: Shares, down: Shares, chance: np.random.Generator) -> Shares:
    """A room with its lamps on: bright beneath the ceiling, dim below, curtains at the sides or a net before all of it."""
    kind = int(chance.choice(4, p=(0.34, 0.34, 0.24, 0.08)))
    hue = WARM[kind] ** 0.8
    at = chance.uniform(0.25, 0.75)
    glow = 0.50 + 0.50 * np.exp(-(((across - at) / 0.45) ** 2) - ((down - 0.25) / 0.5) ** 2)
    floor = np.where(down > 0.70 + 0.10 * np.sin(5.0 * across + 6.0 * chance.random()), 0.62, 1.0)
    folds = 0.93 + 0.07 * np.sin(across * 60.0 + 6.0 * chance.random())
    drawn = float(chance.choice((0.10, 0.20, 0.5), p=(0.35, 0.40, 0.25)))
    curtain = np.minimum(across, 1.0 - across) < drawn
    light = np.where(curtain, (0.62 if drawn < 0.4 else 0.74) * folds, glow * floor)
    light = light * float(np.exp(np.clip(0.30 * chance.standard_normal(), -0.6, 0.25))) * 0.86
    light = np.where(down < float(chance.choice((0.0, 0.3), p=(0.8, 0.2))), 0.55 * light, light)
    return np.dstack([np.clip(light[..., None] * hue, 0.0, 1.0), np.ones_like(light)])
