"""Covers of magazines and leaflets for a waiting room, drawn with a pen: three side by side, and the pages' edges below.

Titles are Latin words, which need no language, as large as covers have them that are to be read from a chair across the room;
small print is bars, as type looks from two metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import lettering
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

    def title(self, left: float, top: float, size: tuple[float, float], words: str, tone: Tone) -> None:
        """Words whose capitals have their upper left corner there; `size` is their longest way across and their height."""
        wide, tall = self.size
        # A cover is drawn narrower or wider than it is: type goes with it.
        square = self.aspect * tall / wide
        high = round(size[1] * tall)
        strip = Image.new("L", (round(size[0] * wide * square), 2 * high), 0)
        lettering.line(ImageDraw.Draw(strip), (0.0, 0.4 * high), (strip.width, high), words, 255)
        mask = strip.resize((round(size[0] * wide), strip.height), Image.Resampling.LANCZOS)
        self.image.paste(tone, (round(left * wide), round(top * tall - 0.4 * high)), mask)

    def leaf(self, x: float, y: float, long: float, turn: float, tone: Tone) -> None:
        wide, tall = self.size
        s = np.linspace(0.0, 1.0, 20)
        half = 0.20 * np.sin(np.pi * s**0.85) * long
        way, off = np.array((np.sin(turn), -np.cos(turn))), np.array((np.cos(turn), np.sin(turn)))
        scale = np.array((wide, wide * self.aspect / self.size[0] * tall))
        sides = [np.array((x, y / self.aspect)) + s[:, None] * long * way + sign * half[:, None] * off for sign in (1.0, -1.0)]
        outline = np.concatenate([sides[0], sides[1][::-1]]) * scale
        self.pen.polygon([(float(a), float(b)) for a, b in outline], fill=tone)


def _masthead(page: _Sheet, ground: Tone, tone: Tone, title: str) -> None:
    """A title over the whole width, on a band that one can read from a chair across the room."""
    page.box(0.0, 0.0, 1.0, 0.235, ground)
    page.title(0.065, 0.060, (0.87, 0.125), title, tone)


def _lake() -> _Sheet:
    page = _Sheet((150, 190, 208), MAGAZINE)
    page.disc(0.68, 0.38, 0.105, (252, 226, 170))
    page.hills((0.50, 0.070, 0.9, 0.10), (92, 138, 160), 0.68)
    page.hills((0.58, 0.060, 0.8, 0.55), (34, 78, 108), 0.68)
    page.box(0.0, 0.66, 1.0, 1.0, (64, 122, 146))
    page.box(0.56, 0.70, 0.80, 0.725, (206, 202, 172))
    page.box(0.60, 0.76, 0.76, 0.78, (176, 192, 180))
    _masthead(page, (14, 50, 76), (252, 252, 248), "LACUS")
    page.box(0.08, 0.87, 0.50, 0.90, (250, 250, 246))
    return page


def _garden() -> _Sheet:
    page = _Sheet((214, 206, 168), MAGAZINE)
    for x, y, long, turn, tone in (
        (0.52, 0.86, 0.50, -0.55, (112, 142, 104)), (0.50, 0.84, 0.58, 0.10, (72, 108, 82)),
        (0.52, 0.86, 0.48, 0.75, (146, 164, 118)),
        (0.50, 0.92, 0.34, -1.10, (92, 124, 92)), (0.52, 0.92, 0.34, 1.20, (104, 136, 100)),
    ):  # fmt: skip
        page.leaf(x, y, long, turn, tone)
    _masthead(page, (44, 76, 56), (248, 246, 230), "HORTUS")
    return page


def _table() -> _Sheet:
    page = _Sheet((232, 212, 190), MAGAZINE)
    page.box(0.0, 0.66, 1.0, 1.0, (196, 140, 108))
    page.disc(0.36, 0.58, 0.20, (170, 92, 66))
    page.box(0.16, 0.555, 0.56, 0.60, (188, 108, 80))
    page.disc(0.70, 0.62, 0.14, (224, 176, 128))
    page.disc(0.66, 0.585, 0.05, (240, 208, 168))
    _masthead(page, (122, 62, 46), (252, 240, 222), "MENSA")
    page.box(0.08, 0.86, 0.62, 0.89, (250, 238, 222))
    return page


def _leaflet(tone: Tone, deep: Tone, start: float, title: str) -> _Sheet:
    """A title on a band above, a picture of hills and a sun, and an end of white that the stand's lip covers."""
    page = _Sheet(PAPER, LEAFLET)
    page.box(0.0, 0.0, 1.0, 0.215, deep)
    page.title(0.075, 0.062, (0.85, 0.105), title, PAPER)
    sky: Tone = (min(tone[0] + 70, 236), min(tone[1] + 60, 232), min(tone[2] + 66, 230))
    page.box(0.0, 0.245, 1.0, 0.80, sky)
    page.disc(0.66, 0.37, 0.17, (255, 244, 206))
    page.hills((0.50, 0.045, 0.8, start), tone, 0.80)
    page.hills((0.63, 0.040, 0.7, start + 0.45), deep, 0.80)
    page.disc(0.18, 0.865, 0.075, deep)
    page.box(0.34, 0.850, 0.84, 0.880, deep)
    return page


@cache
def magazines() -> Material:
    """Three covers of magazines."""
    return _printed("magazine_print", [_lake(), _garden(), _table()])


@cache
def leaflets() -> Material:
    """Three fronts of leaflets."""
    tones: tuple[tuple[Tone, Tone, float, str], ...] = (
        ((96, 150, 156), (38, 96, 106), 0.1, "AQUA"),
        ((206, 150, 116), (168, 88, 60), 0.5, "QUIES"),
        ((134, 166, 124), (44, 92, 70), 0.8, "SALVE"),
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
