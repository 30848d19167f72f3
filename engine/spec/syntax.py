"""Where YAML is a trap: what its readers disagree on, and what its errors mean to someone who has never heard of it."""

from __future__ import annotations

import re
from typing import Any

from engine.spec.diagnostics import Span
from engine.spec.findings import Findings

AMBIGUOUS = re.compile(
    r"""  y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF       # 1.1: booleans
        | [-+]?0[0-9_]+ | [-+]?0o[0-7]+ | [-+]?0b[01_]+           # octal in one, decimal or text in the other
        | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?            # 1.1: sexagesimal, 4:30 is 270
        | [-+]?(0x)?[0-9a-fA-F]*[0-9]_[0-9a-fA-F_]*(\.[0-9_]*)?   # 1.1: 1_000 is a number
        | [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+        # 1e3: a number in 1.2 only
        | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\ ].*)?               # 1.1: a date
        | = | <<                                                  # 1.1: value and merge keys
    """,
    re.VERBOSE,
)
"""Unquoted texts that YAML 1.1 and 1.2 read as different things."""

_MEANINGS = {
    "mapping values are not allowed": (
        "a second ':' stands on this line",
        "put the whole text behind the first ':' in double quotes, or check the indentation",
    ),
    "did not find expected ',' or": ("a '{' or '[' is not closed, or a comma is missing", "close it with '}' or ']'"),
    "while parsing a block mapping": ("this line does not fit the lines above it", "indent it like the key it belongs beside"),
    "did not find expected key": ("this line does not fit the lines above it", "indent it like the key it belongs beside"),
    "while parsing a block collection": ("this line does not fit the list above it", "begin it with '- ', below the others"),
    "did not find expected '-'": ("this line does not fit the list above it", "begin it with '- ', below the others"),
    "could not find expected ':'": ("this line has no ':' behind its key", "write 'key: value', with a space behind the ':'"),
    "cannot start any token": ("this character cannot stand here", "indent with spaces, not tabs; put other texts in quotes"),
    "found unexpected end of stream": ("a quote is opened and never closed", "close it with the same quote"),
    "control characters are not allowed": ("there is an invisible control character here", "delete it"),
    "special characters are not allowed": ("there is an invisible control character here", "delete it"),
    "unknown escape character": ("'\\' means something in double quotes", "use single quotes, or write '\\\\'"),
    "found undefined tag handle": ("'!' begins a YAML tag; scenes have none", "take it out, or put the text in quotes"),
}


def explain(error: Any, file: str, text: str, findings: Findings) -> None:
    """Note a syntax error in plain words, where it shows."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')} {getattr(error, 'reason', '')} {error}"
    line, column = (mark.line + 1, mark.column + 1) if mark else _place(text, getattr(error, "position", 0))
    line = min(line, text.count("\n") + 1)
    meaning, remedy = next(
        (words for part, words in _MEANINGS.items() if part in said),
        ("YAML cannot be read from here on", str(getattr(error, "problem", "") or "look for a missing quote or bracket")),
    )
    findings.error("syntax", Span(file, line, column, line, column + 1), meaning, remedy)


def _place(text: str, position: int) -> tuple[int, int]:
    before = text[: max(0, position)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
