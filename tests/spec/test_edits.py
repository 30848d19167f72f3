"""Positions are good enough to change a file in place: a value's or key's span is replaced, and all else stays to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from engine.library import scenes_folder
from engine.spec import load_scene, tree
from engine.spec.diagnostics import Span
from engine.spec.expression import Number
from engine.spec.findings import Findings
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode, read_tree
from tests.spec.test_bad import LOADERS

SCENES = sorted(scenes_folder().glob("*/*.yaml"))

COMMENTED = """\
spec: 1                 # the version
language: en
props:                  # what stands here
  lamp: {use: lantern, flux: 120 lm, at: [0 m, 2 m]}   # the lamp
  "quoted": {use: 'lantern'}
  dotted.use: lantern   # as a path
scenario:
  do: {log: begun}
  rules:
    - {when: lamp seen
             or after 3 min, go: end}   # over two lines
text:
  title: >-
    A quiet
    test
  # the end
"""


def read(text: str) -> MapNode:
    findings = Findings()
    root = read_tree(text, "x.yaml", findings)
    assert root is not None
    assert not findings.errors, findings.diagnostics
    return root


def cut(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before a span, in it, behind it."""
    lines = text.splitlines(keepends=True)
    first = sum(map(len, lines[: span.line - 1])) + span.column - 1
    last = sum(map(len, lines[: span.end_line - 1])) + span.end_column - 1
    return text[:first], text[first:last], text[last:]


def texts(node: Node) -> Iterator[TextNode]:
    match node:
        case MapNode():
            for entry in node:
                yield from texts(entry.value)
        case ListNode():
            for item in node.items:
                yield from texts(item)
        case TextNode():
            yield node


def entries(node: Node) -> Iterator[Entry]:
    for inner in node if isinstance(node, MapNode) else node.items if isinstance(node, ListNode) else ():
        if isinstance(inner, Entry):
            yield inner
        yield from entries(inner.value if isinstance(inner, Entry) else inner)


def values(node: Node) -> object:
    match node:
        case MapNode():
            return {entry.key: values(entry.value) for entry in node}
        case ListNode():
            return [values(item) for item in node.items]
        case TextNode():
            return node.value


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("path", [*SCENES, None], ids=lambda path: path.name if path else "commented")
def test_a_values_span_holds_just_what_is_written(path: Path | None, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "LOADER", LOADERS[loader])
    text = path.read_text(encoding="utf-8") if path else COMMENTED
    for node in texts(read(text)):
        written = cut(text, node.span)[1]
        assert yaml.load(written, Loader=yaml.BaseLoader).split() == node.value.split()
    for entry in entries(read(text)):
        assert cut(text, entry.key_span)[1].strip("\"'") == entry.key


@pytest.mark.parametrize("path", [*SCENES, None], ids=lambda path: path.name if path else "commented")
def test_any_value_can_be_replaced_and_all_else_stays(path: Path | None) -> None:
    text = path.read_text(encoding="utf-8") if path else COMMENTED
    before = list(texts(read(text)))
    for index, node in enumerate(before):
        head, old, tail = cut(text, node.span)
        new = "replaced\n" if old.endswith("\n") else "replaced"
        after = list(texts(read(f"{head}{new}{tail}")))
        assert after[index].value.strip() == "replaced"
        others = [one.value for one in after[:index] + after[index + 1 :]]
        assert others == [one.value for one in before[:index] + before[index + 1 :]]


def test_a_list_or_mapping_in_brackets_can_be_replaced() -> None:
    props = read(COMMENTED).entries["props"].value
    assert isinstance(props, MapNode)
    lamp = props.entries["lamp"].value
    assert isinstance(lamp, MapNode)
    head, old, tail = cut(COMMENTED, lamp.entries["at"].value.span)
    assert old == "[0 m, 2 m]"
    changed = f"{head}[1 m, 0 m]{tail}"
    assert "# the lamp" in changed
    assert values(read(changed)) != values(read(COMMENTED))
    assert cut(COMMENTED, lamp.span)[1] == "{use: lantern, flux: 120 lm, at: [0 m, 2 m]}"


def test_a_changed_scene_is_read_as_changed(tmp_path: Path) -> None:
    head, old, tail = cut(COMMENTED, next(node for node in texts(read(COMMENTED)) if node.value == "120 lm").span)
    assert old == "120 lm"
    path = tmp_path / "made.yaml"
    path.write_text(f"{head}90 lm{tail}", encoding="utf-8")
    flux = load_scene(path).things["lamp"].values["flux"]
    assert isinstance(flux, Number)
    assert flux.value == 90.0
    assert path.read_text(encoding="utf-8").count("#") == COMMENTED.count("#")
