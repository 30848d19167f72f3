"""Which way each letter of a line runs: the Unicode bidirectional algorithm (UAX #9), by FriBidi.

FriBidi is the library through which Pillow's raqm does the same for a text in *one* font, and without which Pillow cannot shape
Arabic at all (its wheels load it when first used). Here it is asked directly, because a line may need several fonts, and then the
order of its parts must be known before they are drawn.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from ctypes.util import find_library
from functools import cache
from itertools import groupby

RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
"""Languages (the first part of a BCP-47 tag) whose text runs right to left where its letters do not say."""

CONTROLS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Letters that only steer direction and are never drawn."""

_NAMES = ("libfribidi.so.0", "libfribidi.so", "libfribidi.dylib", "fribidi.dll", "fribidi-0.dll")
_LTR, _RTL = 0x0110, 0x0111  # FRIBIDI_PAR_LTR, FRIBIDI_PAR_RTL


@cache
def library() -> ctypes.CDLL | None:
    """FriBidi, or None if this machine has none."""
    for name in (*_NAMES, find_library("fribidi")):
        if name:
            try:
                return ctypes.CDLL(name)
            except OSError:
                continue
    return None


def runs_right_to_left(text: str, language: str = "") -> bool:
    """Whether a paragraph runs right to left: by its first letter with a direction (UAX #9, P2 and P3), else by its language."""
    depth = 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in ("L", "R", "AL"):
            return kind != "L"
    return language.partition("-")[0].lower() in RIGHT_TO_LEFT


def needed(text: str) -> bool:
    """Whether a text has letters or marks that run right to left, so that it cannot be drawn from left to right."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL", "AN", "RLE", "RLO", "RLI") for letter in text)


def levels(text: str, right_to_left: bool) -> list[int]:
    """The embedding level of each letter of a paragraph; odd ones run right to left.

    Without FriBidi, only a text that is not `needed` can be answered for.
    """
    fribidi = library()
    if fribidi is None:
        return [1 if right_to_left else 0] * len(text)
    count = len(text)
    letters = (ctypes.c_uint32 * count)(*map(ord, text))
    kinds, brackets = (ctypes.c_uint32 * count)(), (ctypes.c_uint32 * count)()
    fribidi.fribidi_get_bidi_types(letters, count, kinds)
    fribidi.fribidi_get_bracket_types(letters, count, kinds, brackets)
    base = ctypes.c_uint32(_RTL if right_to_left else _LTR)
    found = (ctypes.c_int8 * count)()
    fribidi.fribidi_get_par_embedding_levels_ex(kinds, brackets, count, ctypes.byref(base), found)
    return list(found)


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """The order, from left to right, of runs that were read in this order (UAX #9, L2)."""
    order = list(range(len(run_levels)))
    for level in range(max(run_levels, default=0), 0, -1):
        # From the highest level down, every stretch at that level or above is turned around.
        turned: list[int] = []
        for inside, group in groupby(order, key=lambda index: run_levels[index] >= level):
            members = list(group)
            turned += reversed(members) if inside else members
        order = turned
    return order
