"""What is printed and lit on a drip stand: the pump's display, the label of the bag, the pump's lamp, all in one picture.

Numbers, symbols and formulas only, so that they need no language: the rate, nought because nothing runs; below it, in amber as
the lamp is, the sign for stand-by, two bars for a pump that pauses, and what is left to be infused.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assets.generators.shapes import Array
from engine.library import assets_folder
from engine.view.geometry.mesh import Pixels

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in the picture, pixels."""
WIDE, HIGH = 384, 480
FACE: Box = (0, 0, 384, 224)
LABEL: Box = (8, 240, 186, 480)
LAMP: Box = (224, 272, 352, 432)
_FINE = 4
"""How much larger it is drawn than it is kept."""

RATE, LEFT, FLUID = "0.0", "500", "NaCl 0.9 %"
"""mL/h that run, mL to be infused, and what is in the bag."""
SET, AMBER = (150, 204, 214), (236, 164, 32)


def on(box: Box, uvs: Array) -> Array:
    """Uvs of 0-1 over a part of the picture as uvs of the whole."""
    left, top, right, bottom = box
    return np.asarray(uvs * ((right - left) / WIDE, (bottom - top) / HIGH) + (left / WIDE, 1.0 - bottom / HIGH))


def colours() -> Pixels:
    """What reflects light: a dark glass, the paper of the label, the lamp's lens."""
    picture, draw = _blank((14, 16, 18))
    _box(draw, (0, 224, WIDE, HIGH), (232, 236, 238))
    _box(draw, LAMP, (200, 170, 110))
    left, top, right, _ = LABEL
    ink, blue = (20, 34, 60), (24, 74, 142)
    _box(draw, (left, top + 14, right, top + 56), blue)
    _write(draw, FLUID, ((left + right) / 2, top + 35, "mm"), 31, (255, 255, 255))
    _write(draw, f"{LEFT} mL", ((left + right) / 2, top + 86, "mm"), 40, ink)
    for row in range(7):
        y = top + 122 + 15 * row
        _box(draw, (left + 14, y, left + 14 + (46 if row % 2 == 0 else 28), y + 4), ink)
        if row % 2 == 0:
            _write(draw, str(400 - 50 * row), (left + 72, y + 2, "lm"), 19, ink)
    _box(draw, (right - 56, top + 124, right - 14, top + 150), (196, 62, 48))
    for row in range(5):
        _box(draw, (right - 56, top + 162 + 12 * row, right - 14 - 8 * (row % 2), top + 166 + 12 * row), (120, 130, 146))
    return _kept(picture)


def light() -> Pixels:
    """What shines: the display's figures and the lamp; black elsewhere."""
    picture, draw = _blank((0, 0, 0))
    _box(draw, FACE, (8, 14, 24))
    _box(draw, (0, 0, WIDE, 46), (18, 66, 112))
    _write(draw, FLUID, (16, 24, "lm"), 33, (236, 244, 252))
    _box(draw, (WIDE - 56, 12, WIDE - 18, 34), (64, 200, 110))
    _box(draw, (WIDE - 18, 18, WIDE - 13, 28), (64, 200, 110))
    _write(draw, RATE, (286, 110, "rm"), 132, SET)
    _write(draw, "mL/h", (294, 136, "lm"), 36, SET)
    _box(draw, (0, 172, WIDE, 224), AMBER)
    _standby(draw, (32, 199), 15, (20, 16, 4))
    _box(draw, (62, 185, 70, 213), (20, 16, 4))
    _box(draw, (77, 185, 85, 213), (20, 16, 4))
    _write(draw, f"{LEFT} mL", (WIDE - 16, 198, "rm"), 38, (20, 16, 4))
    _box(draw, LAMP, (235, 150, 20))
    return _kept(picture)


def _standby(draw: ImageDraw.ImageDraw, middle: tuple[int, int], radius: int, colour: tuple[int, int, int]) -> None:
    """The sign for stand-by: a broken circle with a line in its gap (IEC 60417-5009)."""
    x, y = (each * _FINE for each in middle)
    r = radius * _FINE
    draw.arc((x - r, y - r, x + r, y + r), -50, 230, fill=colour, width=5 * _FINE)
    draw.line((x, y - r - 2 * _FINE, x, y), fill=colour, width=5 * _FINE)


def _blank(ground: tuple[int, int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (WIDE * _FINE, HIGH * _FINE), ground)
    return picture, ImageDraw.Draw(picture)


def _box(draw: ImageDraw.ImageDraw, box: Box, colour: tuple[int, int, int]) -> None:
    left, top, right, bottom = (each * _FINE for each in box)
    draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)


def _write(draw: ImageDraw.ImageDraw, said: str, at: tuple[float, float, str], size: int, colour: tuple[int, int, int]) -> None:
    """Words at a point of the picture, whose third part says which of theirs lies on it, as Pillow's anchors do."""
    font = ImageFont.truetype(
        str(assets_folder() / "fonts" / "AtkinsonHyperlegible-Regular.ttf"), size * _FINE, layout_engine=ImageFont.Layout.BASIC
    )
    x, y, anchor = at
    draw.text((x * _FINE, y * _FINE), said, font=font, fill=colour, anchor=anchor, stroke_width=_FINE // 2, stroke_fill=colour)


def _kept(picture: Image.Image) -> Pixels:
    return np.asarray(picture.resize((WIDE, HIGH), Image.Resampling.LANCZOS), np.uint8)
