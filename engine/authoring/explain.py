"""`abaton explain`: what a code of `abaton check` means, why it is a mistake, and the same piece of a scene wrong and mended."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill, indent

from engine.spec.codes import CODES, GROUPS, Code
from engine.spec.findings import nearest

WIDTH = 100
"""Characters in a line."""


def explain(code: str | None = None) -> tuple[str, int]:
    """What to print, and the exit status: of one code all there is to say, of none the list of all; 1 for a code there is not."""
    if code is None:
        return "\n".join(_listed()), 0
    known = CODES.get(code.upper())
    if known is not None:
        return _explained(known), 0
    same = [one for one in CODES if one[1:] == code[1:]]
    near = (same or nearest(code.upper(), CODES))[:1]
    remedy = f"did you mean {near[0]}?" if near else "`abaton explain` lists them all"
    return f"there is no code {code!r}: {remedy}", 1


def _listed() -> Iterator[str]:
    for group, about in GROUPS.items():
        yield f"{about}:"
        yield from (f"  {code}  {one.title}" for code, one in CODES.items() if code[1:3] == group)
    yield "`abaton explain CODE` says more of one."


def _explained(code: Code) -> str:
    kind = "error" if code.code.startswith("E") else "warning"
    parts = [f"{code.code} ({kind}, {code.group}): {code.title}", fill(code.why, WIDTH)]
    if code.wrong:
        parts += [
            f"Wrong:\n\n{indent(_visible(code.wrong.rstrip()), '    ')}",
            f"Right:\n\n{indent(code.right.rstrip(), '    ')}",
        ]
    return "\n\n".join(parts)


def _visible(text: str) -> str:
    """A text with a dot for each character that is not seen, and for each line that is too long its beginning and its end."""
    lines = ("".join(one if one.isprintable() else "·" for one in line) for line in text.split("\n"))
    return "\n".join(f"{line[:60]} … {line[-20:]}" if len(line) > WIDTH else line for line in lines)
