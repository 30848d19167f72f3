"""Where the reader's findings are collected, so that all that is wrong with a scene is said at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from engine.spec.diagnostics import Diagnostic, Severity, Span

MOST = 200
"""Errors said of one scene; a file with more is broken in one way that is said often enough by then."""

_MANY = 2000

_BREAKS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


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
        """Make a file's lines known, so that findings can show them. Lines break where YAML breaks them."""
        self._lines[file] = _BREAKS.split(text)

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
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings in the order of the files' lines."""
        files = {file: index for index, file in enumerate(self._lines)}
        return tuple(sorted(self._found.values(), key=lambda one: (files.get(one.span.file, -1), one.span)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy: the known word that is nearest, or the few known words there are, or nothing."""
    words = sorted(set(known))
    if len(words) > _MANY:
        return ""
    same = [one for one in words if one.casefold() == word.casefold()]
    near = same or get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"one of: {', '.join(words)}" if 0 < len(words) <= 12 else ""


def a_list(words: Iterable[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
