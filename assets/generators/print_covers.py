"""Covers of magazines and leaflets for a waiting room, drawn with a pen: three side by side, and the pages' edges below.

Titles and lines of text are bars, as type looks from two metres: there is no word in them, so that they need no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from assets.generators.textures import bytes_of, layered, surface
from engine.view.geometry.mesh import Material

COLUMNS, EDGES = 3, 0.1
"""Covers side by side; the share of the picture's height, at its foot, that shows pages' edges."""
MAGAZINE, LEAFLET = 210 / 280, 99 / 210
"""Width of a cover, of its height."""

Tone = tuple[int, int, int]
Pen = ImageDraw.ImageDraw
PAPER: Tone = (246, 244, 238)


class _Sheet:
    """One cover: 0-1 across from the left and 0-1 down from the top."""

    def __init__(self, ground: Tone, aspect: float) -> None:
        self.size = (512, 1382)
        self.image = Image.new("RGB", self.size, ground)
        self.pen = ImageDraw.Draw(self.image)
        self.aspect = aspect

    def box(self, left: float, top: float, right: float, foot: float, tone: Tone) -> None:
        wide, tall = self.size
        self.pen.rectangle((left * wide, top * tall, right * wide - 1, foot * tall - 1), fill=tone)

    def disc(self, x: float, y: float, radius: float, tone: Tone) -> None:
        """Round on the page; `radius` in widths of the cover."""
        wide, tall = self.size
        high = radius * self.aspect * tall
        self.pen.ellipse((x * wide - radius * wide, y * tall - high, x * wide + radius * wide, y * tall + high), fill=tone)

    def hills(self, wave: tuple[float, float, float, float], tone: Tone, foot: float) -> None:
        """Below a wave (its middle, swing, how many across, where it starts), down to `foot`."""
        middle, swing, pace, start = wave
        wide, tall = self.size
        x = np.linspace(0.0, 1.0, 80)
        y = middle + swing * np.sin(2 * np.pi * (pace * x + start))
        outline = [(float(a) * wide, float(b) * tall) for a, b in zip(x, y, strict=True)]
        self.pen.polygon([*outline, (wide, foot * tall), (0, foot * tall)], fill=tone)

    def lines(self, left: float, top: float, shares: Sequence[float], tone: Tone, *, thick: float, step: float) -> None:
        """Lines of type: bars broken into words."""
        for index, share in enumerate(shares):
            at, y = left, top + index * step
            for word in (0.30, 0.17, 0.24, 0.29):
                end = min(at + word * share, left + share)
                self.box(at, y, end, y + thick, tone)
                at = end + 0.028
                if at >= left + share - 0.03:
                    break

    def leaf(self, x: float, y: float, long: float, turn: float, tone: Tone) -> None:
        wide, tall = self.size
        s = np.linspace(0.0, 1.0, 20)
        half = 0.20 * np.sin(np.pi * s**0.85) * long
        way, off = np.array((np.sin(turn), -np.cos(turn))), np.array((np.cos(turn), np.sin(turn)))
        scale = np.array((wide, wide * self.aspect / self.size[0] * tall))
        sides = [np.array((x, y / self.aspect)) + s[:, None] * long * way + sign * half[:, None] * off for sign in (1.0, -1.0)]
        outline = np.concatenate([sides[0], sides[1][::-1]]) * scale
        self.pen.polygon([(float(a), float(b)) for a, b in outline], fill=tone)


def _masthead(page: _Sheet, tone: Tone, words: Sequence[float]) -> None:
    """A title as heavy bars of its words' lengths, and a line under it."""
    left = 0.08
    for wide in words:
        page.box(left, 0.060, left + wide, 0.128, tone)
        left += wide + 0.05
    page.box(0.08, 0.155, 0.92, 0.158, tone)


def _lake() -> _Sheet:
    page = _Sheet((202, 216, 220), MAGAZINE)
    page.disc(0.66, 0.34, 0.09, (250, 236, 208))
    for wave, tone in (
        ((0.46, 0.050, 1.3, 0.10), (150, 178, 186)), ((0.53, 0.045, 1.0, 0.52), (96, 138, 150)),
        ((0.60, 0.020, 2.1, 0.20), (48, 92, 104)),
    ):  # fmt: skip
        page.hills(wave, tone, 0.64)
    page.box(0.0, 0.64, 1.0, 1.0, (122, 160, 170))
    for index in range(9):
        page.box(0.10 + 0.05 * (index % 3), 0.67 + 0.03 * index, 0.92 - 0.07 * (index % 4), 0.673 + 0.03 * index, (158, 188, 194))
    _masthead(page, (250, 250, 246), (0.46, 0.28))
    page.lines(0.08, 0.86, (0.46, 0.36), (250, 250, 246), thick=0.020, step=0.036)
    return page


def _garden() -> _Sheet:
    page = _Sheet((230, 228, 212), MAGAZINE)
    for x, y, long, turn, tone in (
        (0.52, 0.86, 0.50, -0.55, (112, 142, 104)), (0.50, 0.84, 0.58, 0.10, (72, 108, 82)),
        (0.52, 0.86, 0.48, 0.75, (146, 164, 118)),
        (0.50, 0.92, 0.34, -1.10, (92, 124, 92)), (0.52, 0.92, 0.34, 1.20, (104, 136, 100)),
    ):  # fmt: skip
        page.leaf(x, y, long, turn, tone)
    _masthead(page, (58, 84, 64), (0.30, 0.40))
    page.lines(0.08, 0.19, (0.50,), (96, 116, 98), thick=0.014, step=0.03)
    return page


def _table() -> _Sheet:
    page = _Sheet((232, 212, 190), MAGAZINE)
    page.box(0.0, 0.66, 1.0, 1.0, (196, 140, 108))
    page.disc(0.36, 0.58, 0.20, (170, 92, 66))
    page.box(0.16, 0.555, 0.56, 0.60, (188, 108, 80))
    page.disc(0.70, 0.62, 0.14, (224, 176, 128))
    page.disc(0.66, 0.585, 0.05, (240, 208, 168))
    _masthead(page, (122, 62, 46), (0.62,))
    page.lines(0.08, 0.82, (0.60, 0.44, 0.52), (250, 238, 222), thick=0.018, step=0.034)
    return page


def _leaflet(tone: Tone, deep: Tone, start: float) -> _Sheet:
    """A title on white above, a picture of hills and a sun, and an end of white that the stand's lip covers."""
    page = _Sheet(PAPER, LEAFLET)
    page.box(0.0, 0.0, 1.0, 0.035, deep)
    page.lines(0.10, 0.085, (0.78, 0.56), deep, thick=0.030, step=0.047)
    page.lines(0.10, 0.200, (0.76, 0.80, 0.50), (150, 152, 150), thick=0.009, step=0.020)
    sky: Tone = (min(tone[0] + 96, 236), min(tone[1] + 84, 238), min(tone[2] + 84, 236))
    page.box(0.0, 0.29, 1.0, 0.80, sky)
    page.disc(0.66, 0.40, 0.13, (252, 240, 214))
    page.hills((0.53, 0.035, 0.9, start), tone, 0.80)
    page.hills((0.64, 0.030, 0.8, start + 0.45), deep, 0.80)
    page.disc(0.18, 0.865, 0.06, deep)
    page.lines(0.32, 0.855, (0.46,), deep, thick=0.016, step=0.03)
    return page


@cache
def magazines() -> Material:
    """Three covers of magazines."""
    return _printed("magazine_print", [_lake(), _garden(), _table()])


@cache
def leaflets() -> Material:
    """Three fronts of leaflets."""
    tones: tuple[tuple[Tone, Tone, float], ...] = (
        ((96, 150, 156), (38, 96, 106), 0.1),
        ((206, 150, 116), (168, 88, 60), 0.5),
        ((134, 166, 124), (70, 108, 78), 0.8),
    )
    return _printed("print", [_leaflet(*each) for each in tones])


def _printed(name: str, sheets: Sequence[_Sheet], size: int = 512) -> Material:
    """Covers side by side: u in thirds, v from the foot, pages' edges below `EDGES`."""
    tall = round(size * (1.0 - EDGES))
    ends = np.round(np.linspace(0, size, COLUMNS + 1)).astype(int)
    picture = np.empty((size, size, 3))
    for sheet, left, right in zip(sheets, ends[:-1], ends[1:], strict=True):
        small = sheet.image.resize((int(right - left), tall), Image.Resampling.LANCZOS)
        picture[:tall, left:right] = np.asarray(small, float)
    grain = layered(size, (64, 64), 5, 2)
    # Pages are thinner than texels: their edges are one soft tone.
    picture[tall:] = (224.0 + 14.0 * (layered(size, (20, 4), 9, 2)[tall:, :, None] - 0.5)) * np.array((1.0, 0.99, 0.96))
    return Material(
        name,
        colour_map=bytes_of(picture * (0.98 + 0.04 * (grain - 0.5))[..., None]),
        surface_map=surface(np.ones((128, 128)), 0.36 + 0.1 * layered(128, (32, 32), 6, 2)),
    )
