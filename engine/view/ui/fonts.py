"""The fonts of the house, and which of them has which letter.

Latin letters and digits come from Atkinson Hyperlegible, made by the Braille Institute so that people who see little cannot
mistake letters for each other (0 and O, 1 and l); what it lacks comes from Noto Sans.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont, features

from engine.library import assets_folder
from engine.view.ui import bidi

FILES = ("AtkinsonHyperlegible-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf")
"""In the order in which they are asked."""


class TextError(Exception):
    """A text cannot be drawn on this machine. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one line that one font draws in one direction. `start` and `end` count letters of the paragraph."""

    start: int
    end: int
    level: int
    font: int

    @property
    def right_to_left(self) -> bool:
        """Whether its letters run right to left."""
        return self.level % 2 == 1


@cache
def face(font: int, size: int) -> ImageFont.FreeTypeFont:
    """A font with letters of `size` pixels an em."""
    engine = ImageFont.Layout.RAQM if shapes() else ImageFont.Layout.BASIC
    return ImageFont.truetype(assets_folder() / "fonts" / FILES[font], size, layout_engine=engine)


@cache
def shapes() -> bool:
    """Whether letters can be joined and ordered on this machine: Arabic and Hebrew need it."""
    return bool(features.check("raqm")) and bidi.library() is not None


def need_shaping(text: str) -> None:
    """Raise TextError for a text that this machine would draw wrongly: unjoined, or with its numbers in the wrong order."""
    if not shapes() and bidi.needed(text):
        raise TextError("text that runs right to left needs FriBidi: install it (Debian, Ubuntu: apt install libfribidi0)")


@cache
def letters(font: int) -> frozenset[int]:
    """The code points that a font has glyphs for."""
    return _character_map(assets_folder() / "fonts" / FILES[font])


def missing(text: str) -> str:
    """The letters of a text that no font has, each once, in the order in which they come."""
    return "".join(dict.fromkeys(letter for letter in text if not _floats(letter) and _font_for(letter) is None))


def split(text: str, start: int, end: int, levels: list[int]) -> list[Run]:
    """Split letters `start` to `end` of a paragraph into runs of one direction and one font."""
    runs: list[Run] = []
    for index in range(start, end):
        letter, level = text[index], levels[index]
        last = runs[-1] if runs and runs[-1].level == level else None
        if last is not None and (_floats(letter) or (ord(letter) in letters(last.font) and not letter.isalnum())):
            # Marks, joiners and punctuation stay with the letters they stand at.
            font = last.font
        else:
            font = _font_for(letter) or 0
        if last is not None and last.font == font:
            runs[-1] = Run(last.start, index + 1, level, font)
        else:
            runs.append(Run(index, index + 1, level, font))
    return runs


def _font_for(letter: str) -> int | None:
    return next((font for font in range(len(FILES)) if ord(letter) in letters(font)), None)


def _floats(letter: str) -> bool:
    """Whether a letter is drawn as nothing or only on top of another."""
    return letter in bidi.CONTROLS or letter.isspace() or unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc")


def _character_map(path: Path) -> frozenset[int]:
    """Read the code points out of a font's `cmap` table (OpenType specification 1.9, formats 4 and 12)."""
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(tables))
    base = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", data, base + 2)[0]):
        at = base + int(struct.unpack_from(">HHL", data, base + 4 + 8 * number)[2])
        form = struct.unpack_from(">H", data, at)[0]
        if form == 4:
            segments = struct.unpack_from(">H", data, at + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", data, at + 14)
            starts = struct.unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
            for first, last in zip(starts, ends, strict=True):
                found.update(range(first, last + 1))
        elif form == 12:
            for group in range(struct.unpack_from(">L", data, at + 12)[0]):
                first, last, _ = struct.unpack_from(">LLL", data, at + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found - {0xFFFF})
