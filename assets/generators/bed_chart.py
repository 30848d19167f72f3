"""What is printed and drawn on the chart at the foot of a bed: four readings over a day, dots joined by lines over tinted bands.

The page is A4 on its side, two plots beside one another and two below them, so that it is read from where one stands.

The form is our own, of no hospital; its words are units and the signs of monitors. Readings and bands are examples that a
clinician must sign off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from engine.library import assets_folder
from engine.view.geometry.mesh import Pixels

WIDE, HIGH = 512, 362
"""Pixels of the page, in the ratio of A4 on its side."""
_FINE = 3
"""How much larger it is drawn than it is kept."""
LEFT, LONG, FIRST, TALL = (54, 306), 196, (112, 248), 92
"""Pixels: where the plots of each column begin and how long they are, the tops of each row and how high they are."""
HEAD, BAND = 26, 40
"""Top and height of the coloured band, pixels: above it the page is under the clip."""
INK, GRID, PEN = (30, 44, 68), (176, 188, 198), (22, 50, 140)
AMBER, ROSE = (252, 232, 178), (246, 204, 196)
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Plot:
    """One reading: its sign, the values at foot and top, from where on it is tinted below and above, and what was
    read, every two hours from 02 on."""

    sign: str
    ends: tuple[float, float]
    low: float | None
    high: float | None
    read: tuple[float, ...]


PLOTS = (
    Plot("SpO2", (84, 100), 92, None, (96, 95, 96, 95, 94, 94, 93, 93, 92, 91)),
    Plot("RR", (8, 32), 11, 21, (16, 16, 17, 17, 18, 19, 20, 21, 22, 24)),
    Plot("HR", (40, 140), 50, 101, (82, 80, 84, 86, 88, 92, 94, 96, 101, 104)),
    Plot("\u00b0C", (35, 39), 36, 38, (37.1, 36.9, 37.2, 37.3, 37.7, 37.6, 38.0, 38.3, 38.2, 38.6)),
)


def picture() -> Pixels:
    """The page as one reads it."""
    page = Image.new("RGB", (WIDE * _FINE, HIGH * _FINE), (250, 250, 247))
    draw = ImageDraw.Draw(page)
    _head(draw)
    for index, plot in enumerate(PLOTS):
        _drawn(draw, plot, place(index))
    return np.asarray(page.resize((WIDE, HIGH), Image.Resampling.LANCZOS), np.uint8)


def place(index: int) -> tuple[int, int]:
    """The upper left corner of a plot, pixels."""
    return LEFT[index % 2], FIRST[index // 2]


def _head(draw: ImageDraw.ImageDraw) -> None:
    """The band below the clip, lines that were filled in, the label with its bars, and the hours."""
    _box(draw, (0, HEAD, WIDE, HEAD + BAND), (30, 84, 134))
    _write(draw, "24 h", (16, HEAD + BAND / 2, "lm"), 32, (255, 255, 255))
    for row, long in enumerate((150, 108)):
        _box(draw, (116, HEAD + 10 + 13 * row, 116 + long, HEAD + 17 + 13 * row), (196, 214, 230))
    right = WIDE - 14
    _box(draw, (372, HEAD + 5, right, HEAD + BAND - 5), (250, 250, 247))
    at, chance = 379, np.random.Generator(np.random.PCG64(77))
    while at < right - 9:
        bar, space = (int(each) for each in chance.integers(2, 5, 2))
        _box(draw, (at, HEAD + 9, at + bar, HEAD + BAND - 9), INK)
        at += bar + space


def _drawn(draw: ImageDraw.ImageDraw, plot: Plot, at: tuple[int, int]) -> None:
    """A plot: its sign and the hours over it, its bands, its grid, and the readings in pen."""
    (left, top), (low, high) = at, plot.ends
    right = left + LONG

    def height(value: float) -> float:
        return top + TALL * (high - value) / (high - low)

    if plot.high is not None:
        _box(draw, (left, top, right, height(plot.high)), AMBER)
        _box(draw, (left, top, right, top + (height(plot.high) - top) * 0.45), ROSE)
    if plot.low is not None:
        foot = top + TALL
        _box(draw, (left, height(plot.low), right, foot), AMBER)
        _box(draw, (left, foot - (foot - height(plot.low)) * 0.55, right, foot), ROSE)
    for row in range(5):
        y = top + TALL * row / 4
        _box(draw, (left, y - 0.5, right, y + 0.5), GRID)
        if row in (1, 3):
            _write(draw, f"{high - (high - low) * row / 4:.0f}", (left - 6, y, "rm"), 25, (40, 52, 74))
    for column in range(9):
        x = left + LONG * column / 8
        _box(draw, (x - 0.5, top, x + 0.5, top + TALL), INK if column in (0, 8) else GRID)
    _write(draw, plot.sign, (left, top - 17, "lm"), 30, INK)
    for hour in (12, 18):
        _write(draw, f"{hour}", (left + LONG * hour / 24, top - 14, "mm"), 24, (52, 64, 84))
    step = LONG / 12
    way = [((left + step * (index + 1)) * _FINE, height(value) * _FINE) for index, value in enumerate(plot.read)]
    draw.line(way, fill=PEN, width=int(3.6 * _FINE), joint="curve")
    r = 5.4 * _FINE
    for x, y in way:
        draw.ellipse((x - r, y - r, x + r, y + r), fill=PEN)


def _box(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], colour: Colour) -> None:
    left, top, right, bottom = (round(each * _FINE) for each in box)
    draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)


def _write(draw: ImageDraw.ImageDraw, said: str, at: tuple[float, float, str], size: int, colour: Colour) -> None:
    """Words at a point of the page, whose third part says which of theirs lies on it, as Pillow's anchors do."""
    font = ImageFont.truetype(
        str(assets_folder() / "fonts" / "AtkinsonHyperlegible-Regular.ttf"), size * _FINE, layout_engine=ImageFont.Layout.BASIC
    )
    x, y, anchor = at
    draw.text((x * _FINE, y * _FINE), said, font=font, fill=colour, anchor=anchor, stroke_width=1, stroke_fill=colour)
