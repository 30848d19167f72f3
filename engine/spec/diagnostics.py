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


def render(diagnostic: Diagnostic) -> str:
    """A finding as a person reads it in a terminal: place, sentence, the line, a caret under the words, the remedy."""
    head = f"{diagnostic.span}: {diagnostic.severity}: {diagnostic.message}"
    span = diagnostic.span
    if not diagnostic.source:
        return f"{head}\n    {diagnostic.remedy}" if diagnostic.remedy else head
    width = span.end_column - span.column if span.end_line == span.line else len(diagnostic.source) - span.column + 1
    indent = len(diagnostic.source) - len(diagnostic.source.lstrip())
    caret = " " * (span.column - 1 - indent) + "^" * max(1, width)
    line = f"{caret} {diagnostic.remedy}".rstrip()
    return f"{head}\n        {diagnostic.source.strip()}\n        {line}"
