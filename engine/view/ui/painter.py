"""Drawing a panel: faces with round corners, words in boxes, marks. Boxes are left, top, right, bottom in pixels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.view.ui import bidi, text
from engine.view.ui.palette import Look, Palette
from engine.view.ui.text import Block, Colour

Box = tuple[int, int, int, int]

SMALLER = 0.8
"""How much smaller a word may be drawn that is too long for its line, before it is parted."""


class Painter:
    """A picture being drawn, in one language's direction and one palette. `em` is the size of a letter in pixels."""

    def __init__(self, image: Image.Image, palette: Palette, language: str, em: int) -> None:
        self.image = image
        self.palette = palette
        self.language = language
        self.em = em
        self.mirrored = bidi.runs_right_to_left("", language)
        """Whether things begin on the right."""

    def face(self, box: Box, colour: Colour, radius: float) -> None:
        """Fill a box with round corners."""
        self.image.paste(colour, box, rounded(box[2] - box[0], box[3] - box[1], round(radius)))

    def line(self, box: Box, colour: Colour, width: int, radius: float) -> None:
        """A line along the inside of a box with round corners."""
        self.image.paste(colour, box, outline(box[2] - box[0], box[3] - box[1], round(radius), width))

    def button(self, box: Box, look: Look, *, main: bool = False) -> Colour:
        """The face of a button; the colour of what is written on it."""
        palette, radius = self.palette, 0.34 * self.em
        face, ink = palette.button(look, main=main)
        if look == "focus":
            # A ring apart from the face is seen whatever the face's colour is.
            gap = palette.ring_px + 2
            around = (box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap)
            self.face(around, palette.ground, radius + gap)
            self.line(around, palette.ring, palette.ring_px, radius + gap)
        self.face(box, face, radius)
        if look == "disabled":
            self.line(box, palette.disabled_rim, 1, radius)
        elif look == "hover":
            self.line(box, palette.ink, palette.rim_px + 1, radius)
        elif not main:
            self.line(box, palette.rim, palette.rim_px, radius)
        return ink

    def write(
        self,
        words: str,
        box: Box,
        ink: Colour,
        *,
        size: float = 1.0,
        align: str = "start",
        top: bool = False,
        language: str = "",
    ) -> None:
        """Words in a box, in lines if need be; `size` is in ems. Smaller or parted only if they would not fit otherwise."""
        left, up, right, down = box
        room = (right - left, down - up)
        block = fitting(words, language or self.language, round(size * self.em), room, centred=align == "middle")
        letters = Image.fromarray(text.coverage(block))
        if align == "middle":
            x = (left + right - letters.width) // 2
        else:
            x = right - letters.width if (align == "end") != self.mirrored else left
        y = up if top else (up + down - letters.height) // 2
        self.image.paste(ink, (x, y, x + letters.width, y + letters.height), letters)

    def arrow(self, box: Box, ink: Colour, *, left: bool) -> None:
        """A chevron in the middle of a box."""
        size = 0.24 * self.em
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        way = -1.0 if left else 1.0
        points = [(x - way * size / 2, y - size), (x + way * size / 2, y), (x - way * size / 2, y + size)]
        self._strokes([points], ink, max(2.0, 0.09 * self.em))

    def sign(self, box: Box, ink: Colour, *, plus: bool) -> None:
        """A plus or a minus in the middle of a box."""
        size = 0.26 * self.em
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        strokes = [[(x - size, y), (x + size, y)], *([[(x, y - size), (x, y + size)]] if plus else [])]
        self._strokes(strokes, ink, max(2.0, 0.09 * self.em))

    def mark(self, result: str, box: Box, ink: Colour) -> None:
        """A tick, a cross or a ring in a square box: met, missed, open."""
        left, up, size = box[0], box[1], box[2] - box[0]
        shapes = {
            "met": [[(0.1, 0.55), (0.4, 0.85), (0.9, 0.15)]],
            "missed": [[(0.15, 0.15), (0.85, 0.85)], [(0.85, 0.15), (0.15, 0.85)]],
            "open": [[(0.5 + 0.36 * np.cos(a), 0.5 + 0.36 * np.sin(a)) for a in np.linspace(0.0, 2 * np.pi, 40)]],
        }
        strokes = [[(left + x * size, up + y * size) for x, y in stroke] for stroke in shapes[result]]
        self._strokes(strokes, ink, max(2.0, size / 7))

    def _strokes(self, strokes: list[list[tuple[float, float]]], ink: Colour, width: float) -> None:
        """Lines with round ends, smooth: drawn four times as large."""
        fine = 4
        points = [point for stroke in strokes for point in stroke]
        pad = width + 2
        left, up = int(min(x for x, _ in points) - pad), int(min(y for _, y in points) - pad)
        wide, high = int(max(x for x, _ in points) + pad) - left + 1, int(max(y for _, y in points) + pad) - up + 1
        mask = Image.new("L", (wide * fine, high * fine))
        pen, half = ImageDraw.Draw(mask), width * fine / 2
        for stroke in strokes:
            at = [((x - left) * fine, (y - up) * fine) for x, y in stroke]
            pen.line(at, 255, round(width * fine), joint="curve")
            for x, y in (at[0], at[-1]):
                pen.ellipse((x - half, y - half, x + half, y + half), 255)
        self.image.paste(ink, (left, up, left + wide, up + high), mask.resize((wide, high), Image.Resampling.BOX))


@lru_cache(maxsize=512)
def fitting(words: str, language: str, size: int, room: tuple[int, int], *, centred: bool) -> Block:
    """Words laid out in a room of width x height pixels: in letters of `size`, or as much smaller as it takes."""
    block = text.lay_out(words, language, size, room[0], centred)
    if block.height <= room[1] and not block.cut and block.width <= room[0]:
        return block
    return text.fitted(words, language, room, size, centred=centred)


@lru_cache(maxsize=512)
def height_of(words: str, language: str, size: int, width: int) -> int:
    """Pixels that words take in lines of a width, in letters of `size` or down to SMALLER of it where a word is too long."""
    low = max(text.SMALLEST, round(size * SMALLER))
    block = text.lay_out(words, language, size, width)
    while block.cut and size > low:
        size -= 1
        block = text.lay_out(words, language, size, width)
    return block.height


@lru_cache(maxsize=256)
def _cover(width: int, height: int, radius: int) -> NDArray[np.uint8]:
    """How much of each pixel a box with round corners covers, 0–255, smooth over a pixel."""
    radius = min(radius, width // 2, height // 2)
    across = np.maximum(radius - 0.5 - np.minimum(np.arange(width), np.arange(width)[::-1]), 0.0)
    along = np.maximum(radius - 0.5 - np.minimum(np.arange(height), np.arange(height)[::-1]), 0.0)
    away = np.hypot(along[:, None], across[None, :])
    cover: NDArray[np.uint8] = np.rint(np.clip(radius - away + 0.5, 0.0, 1.0) * 255.0).astype(np.uint8)
    return cover


@lru_cache(maxsize=256)
def rounded(width: int, height: int, radius: int) -> Image.Image:
    """A mask of a box with round corners."""
    return Image.fromarray(_cover(width, height, radius))


@lru_cache(maxsize=256)
def outline(width: int, height: int, radius: int, line: int) -> Image.Image:
    """A mask of a line of a width along the inside of a box with round corners."""
    cover = _cover(width, height, radius).copy()
    inner = _cover(width - 2 * line, height - 2 * line, max(0, radius - line))
    cover[line:-line, line:-line] = np.minimum(cover[line:-line, line:-line], 255 - inner)
    return Image.fromarray(cover)
