"""Where the reader's findings are collected, so that all that is wrong with a scene is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from engine.spec.diagnostics import Diagnostic, Severity, Span

MOST = 200
"""Errors said of one scene; a file with more is broken in one way that is said often enough by then."""

FEW = 12
"""Known words that a remedy lists in full."""

_MANY = 2000
_LONG = 200


class EnoughError(Exception):
    """So many errors were found that reading on would tell nobody anything."""


class Findings:
    """All findings of one reading, and the lines of the files they stand in."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Span, str], Diagnostic] = {}
        self._lines: dict[str, list[str]] = {}
        self.errors = 0
        """Errors noted so far; a scene with any is not used."""

    def add_file(self, file: str, text: str) -> None:
        """Make known the lines of a file whose line breaks are `\\n`, so that findings can show them."""
        self._lines[file] = text.split("\n")

    def error(self, code: str, span: Span, message: str, remedy: str = "") -> None:
        """Note what makes the scene unusable. Raises EnoughError at the last one that is worth saying."""
        self.errors += 1
        self._note(code, "error", span, message, remedy)
        if self.errors >= MOST:
            raise EnoughError

    def warning(self, code: str, span: Span, message: str, remedy: str = "") -> None:
        """Note what is worth a look, and harms nobody."""
        self._note(code, "warning", span, message, remedy)

    def _note(self, code: str, severity: Severity, span: Span, message: str, remedy: str) -> None:
        lines = self._lines.get(span.file, [])
        source = lines[span.line - 1] if 0 < span.line <= len(lines) else ""
        self._found.setdefault((code, span, message), Diagnostic(code, severity, span, message, remedy, source))

    @property
    def sources(self) -> Mapping[str, Sequence[str]]:
        """The lines of each file, by its name in spans."""
        return dict(self._lines)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings in the order of the files' lines."""
        files = {file: index for index, file in enumerate(self._lines)}
        return tuple(sorted(self._found.values(), key=lambda one: (files.get(one.span.file, -1), one.span)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy: the known words that are nearest, or the few known words there are, or nothing."""
    words = known if isinstance(known, set) else set(known)
    near = nearest(word, words)
    if near:
        return f"did you mean {a_list(repr(one) for one in near)}?"
    return f"one of: {', '.join(sorted(words))}" if 0 < len(words) <= FEW else ""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that one slip of the finger makes of a word, at most three; else the one that is most like it, if any.

    The slips are those of Damerau (1964): a letter too many, too few, another, or two that changed places.
    """
    words = known if isinstance(known, set) else set(known)
    if len(words) > _MANY or not word or len(word) > _LONG:
        return []
    return slips(word, words)[:3] or get_close_matches(word, sorted(words), n=1, cutoff=0.6)


def slips(word: str, known: Iterable[str]) -> list[str]:
    """The known words that one slip of the finger makes of a word."""
    folded, words = word.casefold(), sorted(set(known))
    same = [one for one in words if one.casefold() == folded]
    return same or [one for one in words if _one_slip(folded, one.casefold())]


def _one_slip(one: str, other: str) -> bool:
    """Whether one slip makes one word of the other; a word of one letter is no slip of another."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 or len(longer) < 2:
        return False
    start = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    swapped = longer[start : start + 2][::-1] == shorter[start : start + 2] and shorter[start + 2 :] == longer[start + 2 :]
    return swapped or shorter[start + 1 :] == longer[start + 1 :]


def a_list(words: Iterable[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
