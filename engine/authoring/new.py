"""`abaton new`: a scene of one's own to begin with, that plays as it is, with every line explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from engine.authoring.notes import annotate
from engine.library import assets_folder, scenes_folder
from engine.spec.diagnostics import SceneError, Span
from engine.spec.edit import Change, Source
from engine.spec.files import read_text
from engine.spec.findings import Findings
from engine.spec.grammar import NAME
from engine.spec.references import TAKEN
from engine.spec.schema import all_cards, describe_language
from engine.spec.tree import MapNode, TextNode, read_tree

Origin = Literal["empty", "lakeside", "clinic"]
ORIGINS: tuple[Origin, ...] = get_args(Origin)
SCHEMA = "scene.schema.json"


def new(name: str, origin: Origin, folder: Path, say: Callable[[str], object]) -> Path:
    """Write a scene named `name` into a folder of that name; the answer is its file.

    Only the scene's own file is copied: texts in other languages would be of another scene as soon as a line is changed. Raises
    SceneError for a name that none can have, and FileExistsError rather than overwrite anything.
    """
    _see_name(name)
    text = _written(name, origin)
    home = folder / name
    home.mkdir(parents=True)
    path = home / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    schema = folder / SCHEMA
    if not schema.exists():
        schema.write_text((scenes_folder() / SCHEMA).read_text(encoding="utf-8"), encoding="utf-8")
        say(f"{schema}: the words of the language, for editors that help with YAML")
    say(f"{path}: your scene, from {origin}. Change a line, then")
    for command, does in (("check", "is it right?"), ("shots", "what does it look like?"), ("run", "play it")):
        say(f"    {f'abaton {command} {path}':<{len(str(path)) + 13}}    {does}")
    return path


def origin_file(origin: Origin) -> Path:
    """The scene that a new one is made from."""
    if origin == "empty":
        return assets_folder() / "templates" / "empty.yaml"
    scene = {"lakeside": "lakeside", "clinic": "breathless_bay"}[origin]
    return scenes_folder() / scene / f"{scene}.yaml"


def _see_name(name: str) -> None:
    if name in TAKEN:
        raise _refusal(name, f"'{name}' is a word of the language and cannot be a scene's name", "choose another name")
    if not NAME.fullmatch(name):
        near = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        remedy = f"write '{near}'" if NAME.fullmatch(near) else "as in 'quiet_room'"
        message = f"'{name}' cannot be a scene's name: names are small letters a-z, digits and _"
        raise _refusal(name, message, remedy)


def _refusal(where: str, message: str, remedy: str) -> SceneError:
    findings = Findings()
    findings.error("E0204", Span(where, 0, 0, 0, 0), message, remedy)
    return SceneError(findings.diagnostics)


def _written(name: str, origin: Origin) -> str:
    findings = Findings()
    loaded = read_text(origin_file(origin), findings)
    root = read_tree(loaded.text, loaded.label, findings) if loaded else None
    if loaded is None or root is None:
        raise SceneError(findings.diagnostics)
    text = annotate(loaded.text, root, describe_language(all_cards([assets_folder() / "prefabs"])))
    root = read_tree(text, loaded.label, findings)
    if root is None:
        raise SceneError(findings.diagnostics)
    title = name.replace("_", " ")
    changes = [Change(node.span, words) for node, words in _own(root, f"{title[:1].upper()}{title[1:]}")]
    source = Source(text)
    remark = source.of(_rest_of_line(root, "spec", text)).partition("#")[2].strip()
    changes.append(Change(_rest_of_line(root, "spec", text), f"  # from {origin}: {remark}" if remark else ""))
    changes.append(Change(_rest_of_line(root, "language", text), ""))
    return source.changed(changes)


def _own(root: MapNode, title: str) -> list[tuple[TextNode, str]]:
    texts = root.get("text")
    node = texts.get("title") if isinstance(texts, MapNode) else None
    return [(node, title)] if isinstance(node, TextNode) else []


def _rest_of_line(root: MapNode, key: str, text: str) -> Span:
    """What stands behind a value on its line: remarks about the scene that this one is made from, and its other languages."""
    span = root.entries[key].value.span
    line = text.split("\n")[span.end_line - 1]
    return Span(span.file, span.end_line, span.end_column, span.end_line, len(line) + 1)
