"""The log's schema is what this folder's README says: every event that the engine can write is in its table."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from engine.session.log import Event

ENGINE = Path(__file__).resolve().parents[2] / "engine"
README = ENGINE / "session" / "README.md"

AS_CALLED = {"recentre", "volume", "note", "adverse_event"}
"""Events that have the name of the command they tell of."""


def written() -> Iterator[tuple[str, str]]:
    """Every event that a `Draft` in the engine's code names, and where; of a name made at run time its fixed beginning."""
    for room in ("session", "scenario", "patient", "interaction"):
        for path in sorted((ENGINE / room).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Draft"):
                    continue
                for name in _names(node.args[1]):
                    yield name, f"{room}/{path.name}:{node.lineno}"


def _names(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(str(name)):
            yield name
        case ast.JoinedStr([ast.Constant(str(name)), *_]):
            yield name
        case ast.IfExp(_, one, two):
            yield from (*_names(one), *_names(two))


def documented() -> set[str]:
    table = README.read_text(encoding="utf-8").partition("| event |")[2].partition("\n\n")[0]
    return {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_every_event_that_is_written_is_documented() -> None:
    known = documented()
    for name, where in written():
        assert name in known or any(one.startswith(name) and name.endswith("_") for one in known), f"{where}: {name}"


def test_nothing_is_documented_that_is_never_written() -> None:
    names = {name for name, _ in written()}
    made = {"item_met", "item_late", *AS_CALLED}
    stale = {one for one in documented() - names - made if not any(one.startswith(name) for name in names if name.endswith("_"))}
    assert not stale


@pytest.mark.parametrize("name", [field.name for field in fields(Event)])
def test_every_field_of_a_line_is_documented(name: str) -> None:
    assert re.search(rf"^    {name} +\S", (ENGINE / "session" / "log.py").read_text(encoding="utf-8"), re.MULTILINE)
