"""The fonts of the house, and which of them draws which letter.

Latin letters and digits come from Atkinson Hyperlegible, made by the Braille Institute so that people who see little cannot
mistake letters for each other (0 and O, 1 and l); what it lacks comes from Noto Sans, script by script. A word is drawn in one
font: the first that has all of it. Punctuation goes with the word it stands at.
"""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageFont, features

from engine.library import assets_folder
from engine.spec.letters import unseen
from engine.view.ui import bidi

FILES = (
    "AtkinsonHyperlegible-Regular.ttf",
    "NotoSansSubset-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansMathSubset-Regular.ttf",
    "NotoSansSymbolsSubset-Regular.ttf",
    "NotoSansCJKSubset-Regular.otf",
)
"""In the order in which they are asked."""

_BLOCKS = (
    *((0x0041, "Latin"), (0x0370, "Greek"), (0x0400, "Cyrillic"), (0x0530, ""), (0x0590, "Hebrew"), (0x0600, "Arabic")),
    *((0x0700, ""), (0x0750, "Arabic"), (0x0780, ""), (0x0860, "Arabic"), (0x0900, "Devanagari"), (0x0980, "")),
    *((0x1100, "Hangul"), (0x1200, ""), (0x1CD0, "Devanagari"), (0x1D00, "Latin"), (0x1F00, "Greek"), (0x2000, "")),
    *((0x2E80, "Han"), (0x3130, "Hangul"), (0x3190, "Han"), (0xA000, ""), (0xA8E0, "Devanagari"), (0xA900, "")),
    *((0xA960, "Hangul"), (0xA980, ""), (0xAC00, "Hangul"), (0xD800, ""), (0xF900, "Han"), (0xFB00, "Latin")),
    *((0xFB1D, "Hebrew"), (0xFB50, "Arabic"), (0xFE00, ""), (0xFE30, "Han"), (0xFE70, "Arabic"), (0xFEFF, "")),
    *((0xFF00, "Han"), (0xFFA0, "Hangul"), (0xFFE0, "Han"), (0xFFF0, ""), (0x20000, "Han"), (0x40000, "")),
)
"""Where blocks of a script begin (Unicode 15.1, Blocks.txt); kana, and punctuation as wide as they, count as Han."""

_STARTS = [start for start, _ in _BLOCKS]


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
    if not shapes() and (bidi.needed(text) or any(script(letter) == "Devanagari" for letter in text)):
        need = "text that runs right to left or joins its letters needs FriBidi"
        raise TextError(f"{need}: install it (Debian, Ubuntu: apt install libfribidi0)")


def script(letter: str) -> str:
    """The script of a letter, as far as fonts and line ends ask: '' for one of no script or of another."""
    at = bisect_right(_STARTS, ord(letter)) - 1
    return _BLOCKS[at][1] if at >= 0 else "Latin" if letter.isdecimal() else ""


@cache
def letters(font: int) -> frozenset[int]:
    """The code points that a font has glyphs for."""
    return _character_map(assets_folder() / "fonts" / FILES[font])


def missing(text: str) -> str:
    """The letters of a text that no font has, each once, in the order in which they come."""
    return "".join(dict.fromkeys(one for one in text if not unseen(one) and _first_with({ord(one)}) is None))


def choose(text: str, levels: list[int]) -> list[int]:
    """The font of each letter of a paragraph. What no font has is drawn by the first, as an empty box."""
    chosen = [-1] * len(text)
    for start, end in _words(text, levels):
        whole = _first_with(_codes(text[start:end]))
        if whole is not None:
            chosen[start:end] = [whole] * (end - start)
            continue
        for begin, stop in _clusters(text, start, end):
            # A mark that no font has with its letter must not take the letter away too.
            font = _first_with(_codes(text[begin:stop]))
            font = _first_with({ord(text[begin])}) if font is None else font
            chosen[begin:stop] = [font or 0] * (stop - begin)
    for index, letter in enumerate(text):
        if chosen[index] < 0:
            chosen[index] = _beside(text, index, levels, chosen, letter)
    return chosen


def split(text: str, start: int, end: int, levels: list[int], chosen: list[int] | None = None) -> list[Run]:
    """Split letters `start` to `end` of a paragraph into runs of one direction and one font; `chosen` is as `choose` says."""
    by = choose(text, levels) if chosen is None else chosen
    runs: list[Run] = []
    for (level, font), group in groupby(range(start, end), key=lambda index: (levels[index], by[index])):
        members = list(group)
        runs.append(Run(members[0], members[-1] + 1, level, font))
    return runs


def _words(text: str, levels: list[int]) -> list[tuple[int, int]]:
    """Stretches of letters and digits of one script and direction, with the marks on them."""
    found: list[tuple[int, int]] = []
    last = ("", -1)
    for index, letter in enumerate(text):
        inside = bool(found) and found[-1][1] == index
        if inside and _rides(letter) and not letter.isspace():
            found[-1] = (found[-1][0], index + 1)
        elif letter.isalnum():
            kind = (script(letter) or last[0], levels[index])
            if inside and kind == last:
                found[-1] = (found[-1][0], index + 1)
            else:
                found.append((index, index + 1))
            last = kind
    return found


def _clusters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    starts = [index for index in range(start, end) if index == start or not _rides(text[index])]
    return list(zip(starts, [*starts[1:], end], strict=True))


def _beside(text: str, index: int, levels: list[int], chosen: list[int], letter: str) -> int:
    """The font of what is no word: that of the word before it, of one that opens that of the word behind, if it has it."""
    before = chosen[index - 1] if index and levels[index - 1] == levels[index] else -1
    behind = next((font for font in chosen[index + 1 :] if font >= 0), -1)
    opens = before < 0 or unicodedata.category(letter) in ("Ps", "Pi") or letter in "¿¡"
    for font in (behind, before) if opens else (before,):
        if font >= 0 and (unseen(letter) or ord(letter) in letters(font)):
            return font
    return _first_with({ord(letter)}) or 0


def _codes(text: str) -> set[int]:
    return {ord(letter) for letter in text if not unseen(letter)}


def _first_with(codes: set[int]) -> int | None:
    return next((font for font in range(len(FILES)) if codes <= letters(font)), None)


def _rides(letter: str) -> bool:
    """Whether a letter is drawn on top of the one before it, or is a joiner or a sign of direction."""
    return unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")


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
