"""Which letters the house's fonts can write, told without opening a font.

`assets/fonts/coverage.txt` lists their code points as ranges in hexadecimal; `assets/generators/fonts.py` writes it with them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

from engine.library import assets_folder


def unwritable(text: str) -> str:
    """The letters of a text that no font of the house has, each once, in the order in which they come.

    Spaces, controls, joiners and selectors of variants are written as nothing, and are never among them.
    """
    if text.isascii():
        return ""
    firsts, lasts = _covered()
    found: dict[str, None] = {}
    for letter in unicodedata.normalize("NFC", text):
        at = bisect_right(firsts, ord(letter)) - 1
        if (at < 0 or ord(letter) > lasts[at]) and not unseen(letter):
            found[letter] = None
    return "".join(found)


def unseen(letter: str) -> bool:
    """Whether a letter is drawn as nothing by any font."""
    return letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc") or "\ufe00" <= letter <= "\ufe0f"


@cache
def _covered() -> tuple[list[int], list[int]]:
    """The first and the last code point of each range, in rising order."""
    ranges = [line.partition("-") for line in (assets_folder() / "fonts" / "coverage.txt").read_text("ascii").split()]
    return [int(first, 16) for first, _, _ in ranges], [int(last or first, 16) for first, _, last in ranges]
