"""What the models of the language say about themselves: their docstrings, read from their source.

Python keeps the docstring of a class and forgets those of its fields, so they are read from the text of the module. That is slow,
and done only where the schema or the reference is written.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from engine.spec import cards, model


@dataclass(frozen=True, slots=True)
class Described:
    """A class and what is said of it: `fields` holds the docstring of each field, empty if it has none."""

    doc: str
    fields: Mapping[str, str]


@cache
def describe_all() -> Mapping[str, Described]:
    """Every class of the models by its name."""
    return {name: one for module in (model, cards) for name, one in _classes(module)}


def doc_of(name: str, key: str = "") -> str:
    """What is said of `Rule` (a model) or `Rule.when` (one of its fields), empty if nothing is.

    A field that has another name than its `key` in the language begins with that, which is left out here.
    """
    model_name, _, field = name.partition(".")
    described = describe_all()[model_name]
    said = (described.fields[field] if field else described.doc).removeprefix(f"`{key}`: ")
    return said[:1].upper() + said[1:] if said[:1].islower() else said


def _classes(module: ModuleType) -> list[tuple[str, Described]]:
    found = []
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            found.append((node.name, Described(_paragraph(ast.get_docstring(node)), _fields(node))))
    return found


def _fields(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            last = one.target.id
            found[last] = ""
        elif last and isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str):
            found[last] = _paragraph(inspect.cleandoc(one.value.value))
        else:
            last = ""
    return found


def _paragraph(text: str | None) -> str:
    """The text with each paragraph on one line."""
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n"))
