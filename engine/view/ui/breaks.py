"""Where lines may end: after spaces and hyphens; between the characters of Chinese and Japanese, which have no spaces.

Which of those may not begin or end a line (kinsoku) is as in W3C's Requirements for Japanese Text Layout (2020), 3.1.7 and
3.1.8, and for Chinese Text Layout, 3.1.3. Korean is broken at its spaces only, as its readers prefer in short lines. Of the
Unicode line breaking algorithm (UAX #14) this is what the house's fonts can show.
"""

from __future__ import annotations

import unicodedata

from engine.view.ui.fonts import script

NOT_FIRST = frozenset(
    ")]}〕〉》」』】〙〗〟’”｠»）］｝、。，．｡､,.・･·:;：；！？!?‼⁇⁈⁉ー々〻ゝゞヽヾ〜～‐゠–—…‥％%‰℃°／/\u2069"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ"
)
"""What may not begin a line: closing brackets, stops, small kana, signs behind a number."""

NOT_LAST = frozenset("([{〔〈《「『【〘〖〝‘“｟«（［｛￥＄£¥$№＃#\u2068")
"""What may not end a line: opening brackets, signs before a number."""

_SPACES = frozenset(" \t\u200b\u3000")
_HYPHENS = frozenset("-–—")
_TWINS = frozenset("—…‥")
_VIRAMA, _JOINER = "\u094d", "\u200d"


def stops(text: str) -> list[int]:
    """How many letters stand before each place where a line may end; the last is the length of the text."""
    return [*(at for at in range(1, len(text)) if _may_end(text, at)), len(text)]


def whole(text: str, start: int, end: int) -> int:
    """The last place at or before `end` where a cut leaves letters whole; if there is none behind `start`, the next after it."""
    places = (*range(end, start, -1), *range(end + 1, len(text)))
    return next((at for at in places if not _held(text[at - 1 : at + 1])), len(text))


def _may_end(text: str, at: int) -> bool:
    before, behind = text[at - 1], text[at]
    if behind in _SPACES or behind in NOT_FIRST:
        return False
    if before in _SPACES:
        return True
    if before in _HYPHENS and at > 1 and text[at - 2].isalnum() and behind.isalnum():
        # A range of numbers stays together.
        return not (text[at - 2].isdigit() and behind.isdigit())
    if before in NOT_LAST or not (_wide(before) or _wide(behind)) or before == "\u00a0" or behind == "\u00a0":
        return False
    if unicodedata.category(behind)[0] == "M" or (before == behind and before in _TWINS):
        return False
    return not (before.isdigit() and behind.isdigit())


def _held(pair: str) -> bool:
    """Whether two letters are parts of one: a mark and what it is on, a conjunct of Devanagari."""
    return len(pair) == 2 and (
        unicodedata.category(pair[1])[0] == "M" or pair[1] in "\u200c\u200d" or pair[0] in (_VIRAMA, _JOINER)
    )


def _wide(letter: str) -> bool:
    """Whether lines may end beside a letter."""
    return script(letter) == "Han"
