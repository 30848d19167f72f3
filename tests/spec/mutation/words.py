"""Every word and every quantity of a scene's file, with what it is there: found by PyYAML's marks alone, not by our reader.

A word *declares* a name, *uses* one, or belongs to the language or to a card. Names live in spaces (the language's section 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

THINGS = ("parameters", "variables", "rooms", "openings", "lights", "props", "sounds", "people")
"""Sections whose names share one space."""

BUILT_IN = ("participant", "guide")

_WORD = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9_]*")
_QUANTITY = re.compile(
    r"(?<![\w.])([+-]?[0-9]+(?:\.[0-9]+)?)( (?:L/min|cm|min|deg|lm|kg|dB|m|s|h|K)(?:/(?:s|min|h))?|/(?:s|min|h))(?![\w])"
)
_CONDITIONS = ("when", "expect", "since")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at a character of the file. `space` is that of the name it declares or uses; empty if it does neither."""

    text: str
    at: int
    path: tuple[str, ...]
    """The keys above it, its own included if it is a key."""
    space: str = ""
    declares: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `4 s`, `-0.8/min`."""

    number: str
    unit: str
    at: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A key with all it holds: from `at` to `end`. `beside` is where a mapping without it may be shown: the key that it stands
    under, its own begin, the keys beside this one. `only`: there are none."""

    path: tuple[str, ...]
    at: int
    end: int
    in_flow: bool
    only: bool
    beside: tuple[int, ...]


@dataclass
class Words:
    """All that is in one file."""

    text: str
    words: list[Word] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)

    def uses(self, space: str, name: str) -> list[Word]:
        """Where a declared name is used."""
        return [one for one in self.words if one.space == space and one.text == name and not one.declares]


def read_words(text: str) -> Words:
    """Read a scene's file."""
    found = Words(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    names = dict.fromkeys((*BUILT_IN, "environment"), "thing")
    for key, value in root.value:
        if key.value in THINGS:
            names |= {one.value: "thing" for one, _ in value.value}
        elif key.value == "text":
            names = {one.value: "text" for one, _ in value.value} | names
    for word in _mapping(root, (), found, names, (0,)):
        found.words.append(word)
    return found


def _mapping(
    node: yaml.MappingNode, path: tuple[str, ...], found: Words, names: dict[str, str], above: tuple[int, ...]
) -> Iterator[Word]:
    for index, (key, value) in enumerate(node.value):
        at, way = key.start_mark.index, path
        for segment in key.value.split("."):
            way = (*way, segment)
            yield _key(way, at)
            at += len(segment) + 1
        others = [one.start_mark.index for other, (one, _) in enumerate(node.value) if other != index]
        beside = (*above, node.start_mark.index, *others)
        found.keys.append(Key(way, key.start_mark.index, _end(value), bool(node.flow_style), not others, beside))
        yield from _node(value, way, found, names, (key.start_mark.index,))


def _node(node: yaml.Node, path: tuple[str, ...], found: Words, names: dict[str, str], above: tuple[int, ...]) -> Iterator[Word]:
    if isinstance(node, yaml.MappingNode):
        yield from _mapping(node, path, found, names, above)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _node(item, path, found, names, (item.start_mark.index,))
    elif not _is_human(path):
        yield from _value(found.text[node.start_mark.index : node.end_mark.index], node.start_mark.index, path, found, names)


def _end(node: yaml.Node) -> int:
    """Just behind what is written of a node: a block's own end is where the next thing begins."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _is_human(path: tuple[str, ...]) -> bool:
    return path[0] == "text" or (path[0] == "variants" and "text" in path)


def _key(path: tuple[str, ...], at: int) -> Word:
    *above, name = path
    if above[:1] == ["variants"]:
        return Word(name, at, path, *(("variant", True) if len(above) == 1 else _space(path[2:])[:1]))
    return Word(name, at, path, *_space(path))


def _space(path: tuple[str, ...]) -> tuple[str, bool]:
    """The space of a key's name, and whether it is declared there."""
    *above, name = path
    if len(above) == 1 and above[0] in THINGS:
        return "thing", name not in BUILT_IN
    if path == ("environment",) or above[-1:] == ["drift"]:
        return "thing", False
    if above[-1:] == ["states"]:
        return "state", True
    return {"checklist": ("text", False), "text": ("text", True), "shots": ("shot", True)}.get(".".join(above), ("", False))


def _value(text: str, start: int, path: tuple[str, ...], found: Words, names: dict[str, str]) -> Iterator[Word]:
    key = path[-1]
    units: set[int] = set()
    for one in _QUANTITY.finditer(text):
        found.quantities.append(Quantity(one.group(1), one.group(2), start + one.start(), path))
        units |= set(range(one.start(2), one.end(2)))
    for one in _WORD.finditer(text):
        if one.start() in units:
            continue
        name, at, before = one.group(), start + one.start(), text[: one.start()]
        if key == "language" or before.endswith("."):
            yield Word(name, at, path)
        elif key == "say":
            yield Word(name, at, path, "text")
        elif key in ("go", "start") or (key in _CONDITIONS and before.endswith("in ")):
            yield Word(name, at, path, "" if name in ("end", "out") else "state")
        else:
            yield Word(name, at, path, "" if key == "use" else names.get(name, ""))
