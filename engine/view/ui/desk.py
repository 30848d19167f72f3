"""Words at the desk, in the session's language: the help over a window's picture, and what a headset is waited for.

Windows at a desk speak English by themselves (`headset`, which knows no engine); what they say is translated here phrase by
phrase, and drawn with letters of every script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from engine.view.ui import bidi, text

_FILE: Final = Path(__file__).with_name("desk.yaml")

SIZE, LINE, PADDING, GAP = 17, 26, 12, 18
"""Pixels: of an em, from line to line, around the words, between columns."""

MANY = 8
"""Lines beyond which a table is drawn as two blocks."""

APART: Final = "   "
"""What parts phrases of one line."""


def letters(language: str) -> Callable[[Sequence[str]], NDArray[np.uint8]]:
    """What draws a window's lines in a language (BCP-47); English where there are no words in it."""
    return partial(drawn, language=language)


def said(phrase: str, language: str) -> str:
    """An English phrase in a language; as it is where it is not known."""
    known = phrases(language)
    if phrase in known:
        return known[phrase]
    for pattern, other in _patterns(language):
        if (found := pattern.fullmatch(phrase)) is not None:
            return other.format(**found.groupdict())
    key, colon, rest = phrase.partition(": ")
    return f"{known.get(key, key)}: {known[rest]}" if colon and rest in known else phrase


def languages() -> list[str]:
    """The languages that phrases are in, besides English."""
    return list(_read())


def phrases(language: str) -> Mapping[str, str]:
    """English phrases in a language (BCP-47), of which its first part counts; none where there are no words in it."""
    return _read().get(language.partition("-")[0].lower(), {})


def drawn(lines: Sequence[str], language: str) -> NDArray[np.uint8]:
    """Lines as letters, 0-255, height x width; those with tabs as a table, in two blocks side by side if they are many. Where one
    reads from the right, so do the columns."""
    rows = [[APART.join(said(one, language) for one in cell.split(APART)) for cell in line.split("\t")] for line in lines]
    height = -(-len(rows) // 2) if len(rows) > MANY else len(rows)
    cells: list[tuple[int, int, NDArray[np.uint8]]] = []
    x = PADDING
    for block in (rows[:height], rows[height:]):
        for column in range(max((len(row) for row in block), default=0)):
            some = [
                (number, _line(row[column], language)) for number, row in enumerate(block) if len(row) > column and row[column]
            ]
            wide = max((one.shape[1] for _, one in some), default=0)
            cells += [(x, PADDING + number * LINE, one) for number, one in some]
            x += wide + GAP
    picture = np.zeros((height * LINE + 2 * PADDING, x - GAP + PADDING), np.uint8)
    mirrored = bidi.runs_right_to_left("", language)
    for left, top, one in cells:
        high, wide = min(one.shape[0], len(picture) - top), one.shape[1]
        start = picture.shape[1] - left - wide if mirrored else left
        place = picture[top : top + high, start : start + wide]
        np.maximum(place, one[:high], out=place)
    return picture


def _line(words: str, language: str) -> NDArray[np.uint8]:
    return text.coverage(text.lay_out(words, language, SIZE, 4000.0, centred=False))


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Phrases into which something is put."""
    found = []
    for phrase, other in phrases(language).items():
        if "{" in phrase:
            parts = re.split(r"\{(\w+)\}", phrase)
            pattern = "".join(f"(?P<{part}>.+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
            found.append((re.compile(pattern), other))
    return found


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    # Everything is text, as in `engine.view.ui.words`.
    read: Mapping[str, Mapping[str, str]] = yaml.load(_FILE.read_text(encoding="utf-8"), yaml.BaseLoader)
    return read
