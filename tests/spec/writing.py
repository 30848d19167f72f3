"""Small scenes for tests: a good one, to which each test adds what it is about."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from engine.spec import Diagnostic, SceneSpec, load_scene, read_scene

TEXT = "text:\n  title: A test\n"

REST = """\
scenario:
  start: rest
  states:
    rest:
      rules: {when: after 1 min, go: end}
"""


def write(folder: Path, more: str = "", scenario: str = REST, text: str = TEXT, name: str = "made.yaml") -> Path:
    """A scene's file with these further top-level keys."""
    path = folder / name
    path.write_text(f"spec: 1\nlanguage: en\n{dedent(more)}{dedent(scenario)}{dedent(text)}", encoding="utf-8")
    return path


def good(folder: Path, more: str = "", scenario: str = REST, **asked: object) -> SceneSpec:
    """The scene with these keys."""
    return load_scene(write(folder, more, scenario), **asked)  # type: ignore[arg-type]


def found(folder: Path, more: str = "", scenario: str = REST, text: str = TEXT, **asked: object) -> list[Diagnostic]:
    """What is found wrong with the scene with these keys."""
    return list(read_scene(write(folder, more, scenario, text), **asked)[1])  # type: ignore[arg-type]


def sentences(diagnostics: list[Diagnostic]) -> list[str]:
    """What the findings say, with their remedies."""
    return [f"{one.message}: {one.remedy}" for one in diagnostics]
