"""A file's text changed in place, by the spans of its tree: every comment and line break that a person wrote stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.spec.diagnostics import Span

_BREAK = re.compile(r"\r\n|[\n\r]")
"""Where spans count a new line, in a file as it lies on the disk."""


@dataclass(frozen=True, slots=True)
class Change:
    """Other words in the place of some text."""

    span: Span
    text: str


class Source:
    """A text whose spans can be found in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def changed(self, changes: Iterable[Change]) -> str:
        """The text with all changes made. Raises ValueError if two of them overlap."""
        found, at = [], 0
        for start, end, text in sorted((*self._offsets(one.span), one.text) for one in changes):
            if start < at:
                raise ValueError(f"two changes overlap at character {start}")
            found += [self.text[at:start], text]
            at = end
        return "".join([*found, self.text[at:]])

    def of(self, span: Span) -> str:
        """The text of a span."""
        start, end = self._offsets(span)
        return self.text[start:end]

    def _offsets(self, span: Span) -> tuple[int, int]:
        return self._starts[span.line - 1] + span.column - 1, self._starts[span.end_line - 1] + span.end_column - 1
