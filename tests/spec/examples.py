"""The examples of the registry of codes, made whole: what a scene needs besides the keys they show."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any

from engine.spec import Diagnostic, SceneSpec, read_scene

_NEEDED = {
    "spec": "spec: 1\n",
    "language": "language: en\n",
    "scenario": "scenario:\n  do: {log: begun}\n  rules: {when: after 1 min, go: end}\n",
    "text": "text:\n  title: A test\n",
}
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)


def written(example: str, folder: Path, title: bool = True) -> tuple[Path, dict[str, Any]]:
    """The scene's file with the others of an example beside it, and what is asked of it."""
    asked = ""
    if example.startswith("$ "):
        asked, _, example = example.partition("\n")
    scene, *others = _FILE.split(example)
    for name, text in zip(others[::2], others[1::2], strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "scene.yaml"
    path.write_text(_whole(scene, title), encoding="utf-8")
    return path, options(asked)


def read(example: str, folder: Path, title: bool = True) -> tuple[SceneSpec | None, tuple[Diagnostic, ...]]:
    """What is found in an example."""
    path, asked = written(example, folder, title)
    return read_scene(path, cards=folder, **asked)


def options(asked: str) -> dict[str, Any]:
    """The options of a command as the reader takes them: `--variant night --language de --set inhale='5 s'`."""
    words = shlex.split(asked.lstrip("$# "))
    found: dict[str, Any] = {"variants": [], "parameters": {}}
    for option, value in pairwise(words):
        if option == "--variant":
            found["variants"].append(value)
        elif option == "--language":
            found["language"] = value
        elif option == "--set":
            name, _, setting = value.partition("=")
            found["parameters"][name] = setting
    return found


def _whole(scene: str, title: bool) -> str:
    """The keys of an example, and what a scene needs besides. What is no mapping of keys stays as it is."""
    keys = set(re.findall(r"^([a-z_]+)(?=[:.\s])", scene, re.MULTILINE))
    if not keys:
        return scene
    more = "".join(text for key, text in _NEEDED.items() if key not in keys)
    untitled = title and "title:" not in scene and re.search(r"^text:\n  ", scene, re.MULTILINE)
    return f"{scene}{more}{'text.title: A test' if untitled else ''}\n"
