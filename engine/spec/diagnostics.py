"""What is wrong with a scene, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Some text of a file: lines and columns from 1, `end_column` just behind the last character."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


NOWHERE = Span("", 0, 0, 0, 0)
"""The span of what stands in no file: defaults, built-in things."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a sentence for a person, the words it is about, and a remedy."""

    code: str
    """`E0123` or `W0123`: one of `engine.spec.codes`, the same from version to version."""
    severity: Severity
    span: Span
    message: str
    remedy: str = ""
    source: str = ""
    """The line of the file that the span begins on."""


class SceneError(Exception):
    """A scene cannot be used; `diagnostics` says all that is wrong with it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(render(diagnostic) for diagnostic in self.diagnostics))


WIDEST = 140
"""Characters of a file's line that a finding shows; of a longer line it shows the part around its words."""


def render(diagnostic: Diagnostic) -> str:
    """A finding as a person reads it in a terminal: place, sentence, the line, a caret under the words, the remedy."""
    head = _visible(f"{diagnostic.span}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}")
    remedy = _visible(diagnostic.remedy)
    span, source = diagnostic.span, diagnostic.source
    if not source.strip():
        return f"{head}\n    {remedy}" if remedy else head
    width = max(1, span.end_column - span.column if span.end_line == span.line else len(source) - span.column + 1)
    first = min(len(source) - len(source.lstrip()), span.column - 1)
    last = len(source.rstrip())
    if last - first > WIDEST:
        first = max(first, min(span.column - 1 - WIDEST // 3, last - WIDEST))
        last, width = min(last, first + WIDEST), min(width, first + WIDEST - span.column + 1)
    caret = " " * (span.column - 1 - first) + "^" * max(1, width)
    return f"{head}\n        {_visible(source[first:last])}\n        {caret} {remedy}".rstrip()


def _visible(text: str) -> str:
    """A text with a dot for each character that a terminal would not show, or would obey."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "·" for one in text)
