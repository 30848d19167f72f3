"""A fault of ours stays a fault: nothing but the command catches what it does not know."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_imports import ROOT

SOURCES = sorted([*(ROOT / "engine").rglob("*.py"), *(ROOT / "headset").rglob("*.py")])


def catches_all(text: str) -> Iterator[int]:
    """The lines of handlers that catch whatever happens: `except:`, `except Exception:`, also among others."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or (isinstance(kind, ast.Name) and kind.id == "Exception") for kind in kinds):
                yield node.lineno
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            names = {one.id for one in node.args if isinstance(one, ast.Name)}
            yield from [node.lineno] * bool({"Exception", "BaseException"} & names)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_but_the_command_catches_whatever_happens(path: Path) -> None:
    if "cli" not in path.relative_to(ROOT / path.relative_to(ROOT).parts[0]).parts:
        assert list(catches_all(path.read_text(encoding="utf-8"))) == []


def test_such_a_handler_is_found() -> None:
    assert list(catches_all("try:\n    a()\nexcept (OSError, Exception):\n    pass\n")) == [3]
    assert list(catches_all("try:\n    a()\nexcept:\n    pass\n")) == [3]
    assert list(catches_all("with suppress(Exception):\n    a()\n")) == [1]
    assert list(catches_all("try:\n    a()\nexcept OSError:\n    pass\n")) == []
