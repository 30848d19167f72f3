"""Text, laid out and drawn by Pillow into pictures that a card in the scene, an OpenXR quad layer or a desktop can show alike.

    paragraph ─► direction ─► levels ─► fonts ─► lines ─► runs (one font, one direction) ─► letters joined by raqm ─► coverage

The picture is height x width x 4, uint8, top row first: red, green and blue are multiplied by alpha in linear light and then
sRGB-encoded, as an sRGB texture and an OpenXR swapchain in an sRGB format with premultiplied alpha want them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.view.srgb import decode, encode
from engine.view.ui import bidi, breaks, fonts
from engine.view.ui.fonts import Run, face

ABOVE, BELOW = 1.05, 0.35
"""Ems of a line above and below its baseline, or more where letters with their marks are higher. 1.4 in all: WCAG 2.2 asks for
1.5 where lines are many (1.4.12); of two or three, these stay together."""

SMALLEST = 8
"""Pixels an em below which nobody reads."""

PLATE_GREY = 0.012
"""Linear light of a plate."""

PLATE_ALPHA = 0.85
"""How much of what is behind it a plate hides. Even before a full white, white letters keep a contrast of 5:1
(1.05 / (0.15 + 0.85 * 0.012 + 0.05)); WCAG 2.2, 1.4.6, asks for 4.5:1 in large text."""

_NUMBER = r"[0-9]+(?:[.,:/][0-9]+)*"
_VALUE = re.compile(
    rf"(?<![A-Za-z0-9₀-₉.,/–-])(?:[<>≤≥≈~][ \u00a0]?)?[+−±-]?{_NUMBER}(?:[ \u00a0]?[-–][ \u00a0]?{_NUMBER})?"
    r"(?:[ \u00a0]?[%‰°℃µμA-Za-z][A-Za-z0-9%°²³₂·/]*)?"
)
"""A number or a range with what stands before and behind it; not the figures within a name, as in SpO2 or COVID-19."""
_FSI, _PDI, _NO_BREAK = "\u2068", "\u2069", "\u00a0"


Colour = tuple[int, int, int]
"""Red, green and blue, sRGB, 0–255."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters drawn at once: their font, and where their baseline begins on the left, in pixels of the block."""

    text: str
    font: int
    right_to_left: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Block:
    """Text in its lines. `width` and `height` are in pixels; `missing` are letters that no font has, drawn as empty boxes; `cut`
    is whether a word was too long for a line, and stands in two.
    """

    pieces: tuple[Piece, ...]
    width: int
    height: int
    size: int
    lines: int
    language: str
    missing: str
    cut: bool


def with_unit(value: str, unit: str) -> str:
    """A value and its unit that stay together and keep their order in text of any direction (UAX #9, isolates)."""
    return f"{_FSI}{value}{_NO_BREAK}{unit}{_PDI}"


def isolate_values(text: str) -> str:
    """Isolate every number with its unit in a text that runs right to left, where `12 L/min` would else read `L/min 12`."""
    if _FSI in text:
        return text
    return _VALUE.sub(lambda found: f"{_FSI}{found[0].replace(' ', _NO_BREAK)}{_PDI}", text)


def keep_values(text: str) -> str:
    """Keep every number and its unit in one line: what a text needs in which nothing runs right to left."""
    return _VALUE.sub(lambda found: found[0].replace(" ", _NO_BREAK), text)


@lru_cache(maxsize=256)
def lay_out(text: str, language: str, size: int, width: float, centred: bool = True) -> Block:
    """Break a text into lines of at most `width` pixels, of about equal length, with letters of `size` pixels an em.

    The text's own letters say in which direction each paragraph runs; where they do not, its language (BCP-47) does. Raises
    TextError if this machine cannot draw it rightly.
    """
    fonts.need_shaping(text)
    rows: list[tuple[list[tuple[Run, float]], str, bool]] = []
    cut = False
    for paragraph in unicodedata.normalize("NFC", text).split("\n"):
        right_to_left = bidi.runs_right_to_left(paragraph, language)
        words = isolate_values(paragraph) if right_to_left or bidi.needed(paragraph) else keep_values(paragraph)
        ruler = _Ruler(words, language, size, right_to_left)
        lines = ruler.balanced(width)
        cut |= ruler.cut
        rows += [(ruler.row(start, end), words, right_to_left) for start, end in lines]
    wide = max(sum(advance for _, advance in row) for row, _, _ in rows)
    above, below = _heights(rows, size, language)
    pieces: list[Piece] = []
    for number, (row, words, right_to_left) in enumerate(rows):
        spare = wide - sum(advance for _, advance in row)
        x = spare / 2 if centred else spare if right_to_left else 0.0
        y = number * (above + below) + above
        for run, advance in row:
            pieces.append(Piece(_drawn(words[run.start : run.end]), run.font, run.right_to_left, x, y))
            x += advance
    height = ceil(len(rows) * (above + below))
    missing = fonts.missing(text.replace("\n", ""))
    return Block(tuple(pieces), ceil(wide), height, size, len(rows), language, missing, cut)


@lru_cache(maxsize=256)
def fitted(text: str, language: str, box: tuple[int, int], largest: int, *, centred: bool = True) -> Block:
    """A text in the largest letters, up to `largest` pixels an em, with which it stands in a box, words whole.

    The box is width x height pixels. Letters of `SMALLEST` are used even where they do not let it stand.
    """
    width, height = box
    low, high = SMALLEST, max(SMALLEST, largest)
    while low < high:
        size = (low + high + 1) // 2
        block = lay_out(text, language, size, width, centred)
        low, high = (size, high) if block.height <= height and not block.cut else (low, size - 1)
    return lay_out(text, language, low, width, centred)


def coverage(block: Block, padding: tuple[int, int] = (0, 0)) -> NDArray[np.uint8]:
    """How much of each pixel is letter, 0–255, with `padding` empty pixels to the sides and above and below."""
    across, above = padding
    image = Image.new("L", (block.width + 2 * across, block.height + 2 * above))
    draw = ImageDraw.Draw(image)
    for piece in block.pieces:
        at, font = (piece.x + across, piece.y + above), face(piece.font, block.size)
        direction, language = _told(piece.right_to_left, block.language)
        draw.text(at, piece.text, 255, font, anchor="ls", direction=direction, language=language)
    return np.asarray(image)


def printed(letters: NDArray[np.uint8], ink: Colour, ground: Colour) -> NDArray[np.uint8]:
    """Letters of one colour on a ground of another, height x width x 3: mixed as light, so that strokes keep their weight."""
    cover = np.arange(256)[:, None] / 255.0
    table = encode(_linear(ground) * (1.0 - cover) + _linear(ink) * cover)
    return np.rint(table * 255.0).astype(np.uint8)[letters]


def dimmed(colours: NDArray[np.uint8], part: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Colours, ... x 3, of which only a part is there, as premultiplied alpha has them: multiplied as light."""
    return np.rint(encode(_linear(colours) * part) * 255.0).astype(np.uint8)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21; letters need 4.5, large ones 3 (1.4.3)."""
    lights = [float(_linear(colour) @ np.array((0.2126, 0.7152, 0.0722))) for colour in (one, other)]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@lru_cache(maxsize=32)
def plate(text: str, language: str, size: int, width: float, alpha: float = PLATE_ALPHA) -> NDArray[np.uint8]:
    """A text on a rounded plate that hides so much of what is behind it, centred; the picture may not be written to."""
    block = lay_out(text, language, size, width)
    picture = _mixed(np.arange(256) / 255.0, np.ones(256), alpha)[coverage(block, (round(0.7 * size), round(0.35 * size)))]
    # Letters stand further in than the corners are round, so that these are plate and nothing else.
    corner = _round_corner(min(size // 2, picture.shape[0] // 2, picture.shape[1] // 2), alpha)
    reach = len(corner)
    picture[:reach, :reach] = corner
    picture[:reach, -reach:] = corner[:, ::-1]
    picture[-reach:, :reach] = corner[::-1]
    picture[-reach:, -reach:] = corner[::-1, ::-1]
    picture.flags.writeable = False
    return picture


class _Ruler:
    """Measures parts of a paragraph and finds where its lines end."""

    def __init__(self, text: str, language: str, size: int, right_to_left: bool) -> None:
        self.text = text
        self.language = language
        self.size = size
        self.levels = bidi.levels(text, right_to_left)
        self.fonts = fonts.choose(text, self.levels)
        self.cut = False

    def row(self, start: int, end: int) -> list[tuple[Run, float]]:
        """The runs of one line with their widths in pixels, from left to right; spaces at its end are left out."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        runs = fonts.split(self.text, start, end, self.levels, self.fonts)
        return [(runs[index], self._advance(runs[index])) for index in bidi.visual_order([run.level for run in runs])]

    def width(self, start: int, end: int) -> float:
        """Pixels of a line."""
        return sum(advance for _, advance in self.row(start, end))

    def balanced(self, width: float) -> list[tuple[int, int]]:
        """The fewest lines that fit, of about equal length: a caption is read faster as a block than with a word left over."""
        words = self._words(width)
        lines = _broken(words, width)
        if len(lines) == 1:
            return lines
        low, high = width / len(lines), width
        for _ in range(6):
            middle = (low + high) / 2
            low, high = (low, middle) if len(_broken(words, middle)) == len(lines) else (middle, high)
        return _broken(words, high)

    def _words(self, width: float) -> list[_Word]:
        """What lines are made of. A word that is too long for any line comes in parts."""
        words: list[_Word] = []
        start = 0
        for stop in breaks.stops(self.text):
            while start < stop:
                end = stop
                # Each round keeps the share of the letters that fits, and at least one.
                while (wide := self.width(start, end)) > width and end > start + 1:
                    fits = start + max(1, min(end - start - 1, int((end - start) * width / wide)))
                    cut = breaks.whole(self.text, start, fits)
                    if cut >= end:
                        break
                    end, self.cut = cut, True
                space = self._advance(Run(end - 1, end, 0, self.fonts[end - 1])) if self.text[end - 1].isspace() else 0.0
                words.append(_Word(start, end, wide, space))
                start = end
        return words or [_Word(0, 0, 0.0, 0.0)]

    def _advance(self, run: Run) -> float:
        direction, language = _told(run.right_to_left, self.language)
        text = _drawn(self.text[run.start : run.end])
        return face(run.font, self.size).getlength(text, direction=direction, language=language)


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters that stay in one line: their width, and that of the space after them, in pixels."""

    start: int
    end: int
    width: float
    space: float


def _broken(words: list[_Word], width: float) -> list[tuple[int, int]]:
    """Fill lines one after another."""
    lines: list[tuple[int, int]] = []
    start, along = words[0].start, 0.0
    for word in words:
        if along + word.width > width and word.start > start:
            lines.append((start, word.start))
            start, along = word.start, 0.0
        along += word.width + word.space
    return [*lines, (start, words[-1].end)]


def _heights(rows: list[tuple[list[tuple[Run, float]], str, bool]], size: int, language: str) -> tuple[float, float]:
    """Pixels of each line above and below its baseline: alike in all lines, and enough for the highest and the lowest letter."""
    above, below = ABOVE * size, BELOW * size
    for row, words, _ in rows:
        for run, _ in row:
            direction, told = _told(run.right_to_left, language)
            words_of_run = _drawn(words[run.start : run.end])
            _, top, _, bottom = face(run.font, size).getbbox(words_of_run, anchor="ls", direction=direction, language=told)
            above, below = max(above, 0.1 * size - top), max(below, bottom + 0.05 * size)
    return above, below


def _drawn(text: str) -> str:
    return "".join(letter for letter in text if letter not in bidi.CONTROLS and letter != "\u200b")


def _told(right_to_left: bool, language: str) -> tuple[str | None, str | None]:
    """What raqm is told; Pillow's own simple layout takes no direction and no language."""
    return ("rtl" if right_to_left else "ltr", language or None) if fonts.shapes() else (None, None)


def _round_corner(radius: int, alpha: float) -> NDArray[np.uint8]:
    """The upper left corner of a plate, smooth over one pixel."""
    away = radius - 0.5 - np.arange(radius)
    plate = np.clip(radius - np.hypot(away[:, None], away[None, :]) + 0.5, 0.0, 1.0)
    return _mixed(np.zeros_like(plate), plate, alpha)


def _mixed(letter: NDArray[np.float64], plate: NDArray[np.float64], alpha: float) -> NDArray[np.uint8]:
    """Pixels, as the module says, of white letters that cover so much of a plate that covers so much."""
    opaque = alpha * plate * (1.0 - letter)
    encoded = encode(PLATE_GREY * opaque + letter)
    return np.rint(np.stack([encoded, encoded, encoded, opaque + letter], axis=-1) * 255.0).astype(np.uint8)


def _linear(colour: Colour | NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(decode(np.array(colour) / 255.0), np.float64)
