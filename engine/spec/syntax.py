"""Where YAML is a trap: what its readers disagree on, and what its errors mean to someone who has never heard of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
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

_CLOSE = ("E0131", "a '{' or '[' is not closed, or a comma is missing", "close it with '}' or ']', or put the comma")
_LOOSE = ("E0131", "a value is missing before this bracket or comma", "write the value, or take the sign out")
_INDENT = ("E0132", "this line does not fit the lines above it", "indent it like the key it belongs beside")
_ITEM = ("E0133", "this line does not fit the list above it", "begin it with '- ', below the others")
_CONTROL = ("E0138", "there is an invisible control character here", "delete it")
_QUOTE = ("E0137", "a quote is opened and never closed", "close it with the same quote")

_MEANINGS: Mapping[str, tuple[str, str, str]] = {
    "mapping values are not allowed": (
        *("E0130", "a second ':' stands on this line"),
        "put the whole text behind the first ':' in double quotes, or check the indentation",
    ),
    "did not find expected ',' or": _CLOSE,
    "expected ',' or": _CLOSE,
    "did not find expected node content": _LOOSE,
    "expected the node content": _LOOSE,
    "while parsing a block mapping": _INDENT,
    "did not find expected key": _INDENT,
    "while parsing a block collection": _ITEM,
    "did not find expected '-'": _ITEM,
    "could not find expected ':'": (
        *("E0134", "this line has no ':' behind its key"),
        "write 'key: value', with a space behind the ':'",
    ),
    "cannot start any token": ("E0136", "no text begins with this sign unless it is in quotes", "put the text in double quotes"),
    "found unexpected end of stream": _QUOTE,
    "found unexpected document": _QUOTE,
    "control characters are not allowed": _CONTROL,
    "special characters are not allowed": _CONTROL,
    "unknown escape character": ("E0139", "'\\' means something in double quotes", "use single quotes, or write '\\\\'"),
    "expected escape sequence": ("E0139", "'\\' means something in double quotes", "use single quotes, or write '\\\\'"),
    "found undefined tag handle": ("E0115", "'!' begins a YAML tag; scenes have none", "take it out, or put the text in quotes"),
}
"""Part of what libyaml or its pure Python twin says -> the code, a sentence and a remedy for a person."""

_SECOND = ("E0131", "a second ':' follows before a comma", "put a comma before its key, or take this ':' out")
_BEHIND_QUOTE = (
    *("E0149", "the text goes on behind its closing quote"),
    'put all of it between the quotes; a quote inside is written \\" between double quotes',
)
COLOUR = re.compile(r"(?:^|[\s:,\[{])#[0-9A-Fa-f]{3,8}\b")
"""A colour as web pages write it, which YAML takes for a comment."""

HASH = ("E0334", "'#' begins a comment, so this colour is not read", "colours are words here, as in 'satin_paint/sage'")


def explain(error: Any, file: str, text: str, findings: Findings) -> None:
    """Note a syntax error in plain words, where it shows."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')} {getattr(error, 'reason', '')} {error}"
    line, column = (mark.line + 1, mark.column + 1) if mark else _place(text, getattr(error, "position", 0))
    lines = text.split("\n")
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    code, meaning, remedy = next(
        (words for part, words in _MEANINGS.items() if part in said),
        ("E0140", "YAML cannot be read from here on", "look for a missing quote, bracket or ':' just before"),
    )
    code, meaning, remedy, line, column = _closer(
        (code, meaning, remedy, line, column), getattr(error, "context_mark", None), lines
    )
    findings.error(code, Span(file, line, column, line, column + 1), meaning, remedy)


_Said = tuple[str, str, str, int, int]


def _closer(said: _Said, opened: Any, lines: list[str]) -> _Said:  # noqa: PLR0911 — one return for each slip
    """What was likely meant to be written, and where that shows; `opened` is where the thing begins that cannot be read."""
    code, meaning, remedy, line, column = said
    before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    if code in {"E0131", "E0132", "E0133"} and before.rstrip()[-1:] in {'"', "'"}:
        return (*_BEHIND_QUOTE, line, column)
    if code == "E0130" and ":" not in before:
        return (*_INDENT, line, len(before) - len(before.lstrip()) + 1)
    if code in {"E0134", "E0137"} and opened:
        return (code, meaning, remedy, opened.line + 1, opened.column + 1)
    if code == "E0139" and before.endswith("\\"):
        return (code, meaning, remedy, line, column - 1)
    if code == "E0132" and before.isspace():
        above = next((one for one in reversed(lines[: line - 1]) if one.strip() and one.lstrip()[0] != "#"), "")
        deep = len(above) - len(above.lstrip())
        return code, meaning, f"it begins {len(before)} spaces in, the line above {deep}: {remedy}", line, column
    if code != "E0131":
        return said
    for number in range(opened.line if opened else line - 1, line):
        colour = COLOUR.search(lines[number])
        if colour:
            return (*HASH, number + 1, colour.group().index("#") + colour.start() + 1)
    if opened and opened.line == line - 1 and rest[:1] == ":":
        return (*_SECOND, line, column)
    if opened and opened.line < len(lines) and (not rest.strip() or rest[:1] == ":") and opened.line < line - 1:
        sign = lines[opened.line][opened.column : opened.column + 1]
        closing = {"{": "}", "[": "]"}.get(sign, sign)
        return code, f"this '{sign}' is never closed", f"close it with '{closing}'", opened.line + 1, opened.column + 1
    return said


def _place(text: str, position: int) -> tuple[int, int]:
    before = text[: max(0, position)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def apart(value: str, as_key: bool) -> tuple[str, str]:  # noqa: PLR0911 — one return for each kind of text
    """The code and the remedy for an unquoted text that two YAMLs read apart."""
    if value in {"=", "<<"}:
        return "E0148", f'write another word, or "{value}" in quotes'
    if value[0] not in "+-.0123456789":
        if as_key and value.casefold() == "on":
            return "E0124", "what stands on another thing has 'rests_on: …'; else choose another word"
        meant = "true" if value.casefold() in {"y", "yes", "on"} else "false"
        return "E0124", f"write '{meant}', or \"{value}\" in quotes if it is text"
    digits = value.replace("_", "")
    if "_" in value and _plain_number(digits):
        return "E0147", f"write '{digits}', or \"{value}\" in quotes if it is text"
    if ":" in value:
        return "E0147", f"write a time with its unit, as in '270 s', or \"{value}\" in quotes if it is text"
    if value[:1] == "0" and value.isdecimal():
        return "E0147", f"write '{int(value)}', or \"{value}\" in quotes if it is text"
    if re.match(r"[0-9]{4}-", value):
        return "E0147", f'write "{value}" in quotes'
    return "E0147", f'write the number with plain digits, or "{value}" in quotes if it is text'


def _plain_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal()
