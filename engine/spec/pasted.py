"""Characters that come with pasted text: what a word processor puts for a space, a quote or a minus, seen before YAML trips.

In text for people they are welcome. Where the reader looks for words and numbers they are not what they seem.
"""

from __future__ import annotations

import re

from engine.spec.diagnostics import Span
from engine.spec.findings import Findings

BREAKS = {"\u2028": "U+2028", "\u2029": "U+2029", "\x85": "U+0085", "\x0b": "U+000B", "\x0c": "U+000C"}
"""Characters that some programs take for the end of a line, and others do not."""

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHINGS = "\u00ad\u200b\u2060\ufeff"
_QUOTES = "“”„‟‘’‚‛«»"
_MINUSES = "−–—‐‑‒"

_ODD = re.compile(f"[{_SPACES}{_NOTHINGS}{_QUOTES}{_MINUSES}]")
_MEANT = str.maketrans({**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_NOTHINGS + _QUOTES), **dict.fromkeys(_MINUSES, "-")})
_STRUCTURE = re.compile(
    rf"""^[ ]*(?:-[ ]+)*                                      # before the first word of a line,
        (?:[\w."'-]+:[ ]*(?:[\[{{][^"'\#]*?[:,\[{{][ ]*)?)?     # behind its key, or inside the brackets behind that
        ([{_SPACES}{_NOTHINGS}])""",
    re.VERBOSE,
)
"""One of these where YAML wants a space."""


def prepare(text: str, file: str, findings: Findings) -> str | None:
    """The text as YAML can read it, its characters where they were; None, with a finding, if tabs indent it."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.isascii() or "\x0b" in line or "\x0c" in line:
            lines[number - 1] = _straight(line, file, number, findings)
    tabs = [number for number, line in enumerate(lines, 1) if _indented(line)]
    if tabs:
        first = tabs[0]
        column = lines[first - 1].index("\t") + 1
        width = len(lines[first - 1]) - len(lines[first - 1].lstrip("\t")) or 1
        many = f", and {len(tabs) - 1} more below it" if len(tabs) > 1 else ""
        message = f"this line is indented with a tab{many}"
        findings.error("E0135", Span(file, first, column, first, column + width), message, "indent with spaces, two for a level")
        return None
    return "\n".join(lines).replace("\t", " ")


def _indented(line: str) -> bool:
    """Whether a tab stands before what is written in a line."""
    written = line.lstrip()
    return bool(written) and not written.startswith("#") and "\t" in line[: len(line) - len(written)]


def _straight(line: str, file: str, number: int, findings: Findings) -> str:
    for mark, name in BREAKS.items():
        for found in re.finditer(mark, line):
            where = Span(file, number, found.start() + 1, number, found.end() + 1)
            message = f"an invisible line break stands here ({name}), as word processors leave it"
            findings.error("E0143", where, message, "delete it, and break the line as usual")
        line = line.replace(mark, " ")
    while match := _STRUCTURE.match(line):
        at = match.start(1)
        findings.error("E0142", Span(file, number, at + 1, number, at + 2), _sentence(line[at]), "type a plain space here")
        line = f"{line[:at]} {line[at + 1 :]}"
    return line


def odd(text: str) -> tuple[str, int, int, str, str] | None:
    """What is pasted in a text that is not for people: its code, start and end, a sentence and a remedy; None if nothing is."""
    found = None if text.isascii() else _ODD.search(text)
    if found is None:
        return None
    one, start = found.group(), found.start()
    if one in _QUOTES:
        return "E0141", start, start + 1, f"{one} is a printer's quote mark, and YAML takes it for a letter", _written(text)
    if one in _MINUSES:
        return "E0145", start, start + 1, f"'{one}' is a printer's dash, not a minus", _written(text)
    return "E0142", start, start + 1, _sentence(one), _written(text)


def meant(text: str) -> str:
    """The text as it was meant: plain spaces and minuses, and no printer's quotes."""
    return text if text.isascii() else text.translate(_MEANT).strip()


def _written(text: str) -> str:
    return f"write '{meant(text)}'"


def _sentence(one: str) -> str:
    what = "no-break space" if one in _SPACES else "character of no width"
    return f"an invisible {what} stands here (U+{ord(one):04X}), as word processors leave it"
