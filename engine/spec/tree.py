"""Text to tree: YAML read into mappings, lists and texts that know where they stand.

Only YAML's syntax is used. Its booleans, numbers, dates and nulls are not: the key that a text stands under says what it means.
What two YAML readers could read apart is an error here, and so is whatever makes a file large, deep or clever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from engine.spec.diagnostics import Span
from engine.spec.findings import Findings
from engine.spec.pasted import meant, odd, prepare
from engine.spec.syntax import AMBIGUOUS, HASH, apart, explain

DEEPEST = 64
"""Levels of mappings and lists in one another, dotted keys included."""

MOST_NODES = 200_000
"""Mappings, lists and texts in one file."""

_COMMENT = re.compile(r"[ ]*#")
_COLON = re.compile(r"[ ]*:")
_WEB_COLOUR = re.compile(r"[ ]*:[ ]+#[0-9A-Fa-f]{3,8}\b")
_WHOLE = re.compile(r"(?<!\S)[+-]?[0-9]+$")
_REST = re.compile(r"[0-9]+(?: ?[A-Za-z°%].*)?")
_FRACTION = re.compile(r"[0-9]+ ?[A-Za-z°%].*")

_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_NODES = frozenset({yaml.ScalarEvent, yaml.AliasEvent, *_STARTS})

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class TextNode:
    """A text. `plain`: written without quotes; `in_flow`: inside `{ }` or `[ ]`; `cut`: a comment follows on its line.

    `flawed`: it is already found wrong, and nothing more needs to be said about it.
    """

    value: str
    span: Span
    plain: bool = True
    in_flow: bool = False
    cut: bool = False
    flawed: bool = False

    def part(self, start: int, end: int) -> Span:
        """Where characters `start` to `end` of the text stand; the whole text's span if it is folded or has escapes."""
        return self.parts()(start, end)

    def parts(self) -> Callable[[int, int], Span]:
        """`part`, for a text of which many parts are asked."""
        span = self.span
        written = span.end_column - span.column
        quotes = (written - len(self.value)) // 2
        if span.line != span.end_line or written - 2 * quotes != len(self.value) or quotes not in (0, 1):
            return lambda _start, _end: span
        file, line, first = span.file, span.line, span.column + quotes

        def part(start: int, end: int) -> Span:
            return Span(file, line, first + start, line, first + (end if end > start else start + 1))

        return part


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: str
    key_span: Span
    value: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping; dotted keys have become mappings in one another."""

    entries: Mapping[str, Entry]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        entry = self.entries.get(key)
        return entry.value if entry else None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())


Node = TextNode | ListNode | MapNode


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read."""

    start: Any
    is_map: bool
    depth: int
    in_flow: bool
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[TextNode, Node]] = field(default_factory=list)
    key: TextNode | None = None


def read_tree(text: str, file: str, findings: Findings) -> MapNode | None:
    """Read a file's text, with line breaks as `\\n`. None if there is no mapping to go on with; findings say why."""
    findings.add_file(file, text)
    straight = prepare(text, file, findings)
    if straight is None:
        return None
    builder = _Builder(file, straight.split("\n"), findings)
    try:
        for event in yaml.parse(straight, Loader=LOADER):
            if not builder.take(event):
                return None
    except yaml.YAMLError as error:
        explain(error, file, straight, findings)
        return None
    root = builder.root
    if root is None:
        findings.error("E0111", Span(file, 1, 1, 1, 2), "this file is empty", "a scene begins with 'spec: 1'")
    elif not isinstance(root, MapNode):
        findings.error("E0112", root.span, "this is not a mapping of keys", "write 'key: value' lines")
    else:
        return root
    return None


class _Builder:
    def __init__(self, file: str, lines: list[str], findings: Findings) -> None:
        self.file, self.lines, self.findings = file, lines, findings
        self.frames: list[_Frame] = []
        self.root: Node | None = None
        self.count = self.documents = 0

    def take(self, event: Any) -> bool:
        """Take the next event; False when there is no use in reading on."""
        kind = type(event)
        if kind in _NODES:
            self.count += 1
            if self.count > MOST_NODES:
                self._refuse(event, "E0118", f"this file has more than {MOST_NODES} entries", "split the scene in two")
                return False
        if kind is yaml.ScalarEvent:
            self._decorations(event)
            self._put(self._text(event))
        elif kind in _STARTS:
            self._decorations(event)
            return self._open(event)
        elif kind in _ENDS:
            self._close(event)
        elif kind is yaml.DocumentStartEvent:
            return self._document(event)
        elif kind is yaml.AliasEvent:
            self._refuse(event, "E0113", f"'*{event.anchor}' is a YAML alias; scenes have none", "write it out")
            self._put(TextNode("", self._span(event), flawed=True))
        return True

    def _document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            self._refuse(event, "E0117", "a second document begins here; a scene is one", "take out the '---' line")
            return False
        if event.version or event.tags:
            self._refuse(event, "E0116", "'%' lines are not used in scenes", "take them out")
        return True

    def _open(self, event: Any) -> bool:
        is_map = isinstance(event, yaml.MappingStartEvent)
        depth, in_flow = 1, bool(event.flow_style)
        if self.frames:
            top = self.frames[-1]
            if top.is_map and top.key is None:
                self._refuse(event, "E0120", "a key is one word, not a list or mapping", "write 'key: value'")
                return False
            depth = top.depth + (top.key.value.count(".") + 1 if top.key else 1)
            in_flow = in_flow or top.in_flow
        if depth > DEEPEST:
            self._refuse(event, "E0119", f"this is more than {DEEPEST} levels deep", "make the scene flatter")
            return False
        self.frames.append(_Frame(event.start_mark, is_map, depth, in_flow))
        return True

    def _close(self, event: Any) -> None:
        frame = self.frames.pop()
        start = frame.start
        end = event.end_mark
        span = Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if not frame.entries and not frame.items:
            self.findings.error("E0123", span, "this is empty", "write something into it, or leave its key out")
        node = MapNode(self._nested(frame), span) if frame.is_map else ListNode(tuple(frame.items), span)
        self._put(node)

    def _put(self, node: Node) -> None:
        if not self.frames:
            self.root = node
            return
        top = self.frames[-1]
        if not top.is_map:
            last = top.items[-1] if top.items else None
            if isinstance(node, TextNode) and isinstance(last, TextNode) and self._decimal_comma(last, node):
                top.items[-1] = replace(last, flawed=True)
            else:
                top.items.append(node)
        elif top.key is None:
            if isinstance(node, TextNode):
                top.key = node
        else:
            top.entries.append((top.key, node))
            top.key = None

    def _text(self, event: Any) -> TextNode:
        span, plain = self._span(event), not event.style
        top = self.frames[-1] if self.frames else None
        value = str(event.value)
        key = top is not None and top.is_map and top.key is None
        if not value.strip() and not key:
            self._nothing(top, span, plain)
        ambiguous = plain and AMBIGUOUS.fullmatch(value) is not None
        if ambiguous:
            code, remedy = apart(value, key)
            self.findings.error(code, span, f"two readers of YAML would read '{value}' apart", remedy)
        cut = plain and self._goes_on(span, _COMMENT)
        return TextNode(value, span, plain, top is not None and top.in_flow, cut, ambiguous or not value.strip())

    def _nothing(self, top: _Frame | None, span: Span, plain: bool) -> None:
        """Say that a value is missing, or why it is: a comma or a `#` ended it."""
        key = top.key if top else None
        if top is None or key is None or not plain:
            self.findings.error("E0122", span, "nothing is written here", "write a value, or leave the key out")
            return
        last = top.entries[-1][1] if top.entries else None
        if self._goes_on(key.span, _WEB_COLOUR):
            column = self.lines[key.span.end_line - 1].index("#", key.span.end_column - 1) + 1
            self.findings.error(HASH[0], replace(key.span, column=column, end_column=column + 1), HASH[1], HASH[2])
        elif self._goes_on(key.span, _COLON) or not top.in_flow:
            self.findings.error("E0122", key.span, "nothing is written here", "write a value, or leave the key out")
        elif top.entries and top.entries[-1][0].flawed and isinstance(last, TextNode) and not last.value:
            top.key = replace(key, flawed=True)
        elif isinstance(last, TextNode) and self._decimal_comma(last, key, _REST):
            top.entries[-1] = (top.entries[-1][0], replace(last, flawed=True))
            top.key = replace(key, flawed=True)
        else:
            message = f"'{key.value}' has no ':' and no value"
            if isinstance(last, TextNode):
                message = f"the comma ends '{last.value}', so '{key.value}' is taken for a key without a value"
            remedy = f"a key needs a value: '{key.value}: …'; a text with a comma has a line of its own under 'text'"
            self.findings.error("E0144", key.span, message, remedy)
            top.key = replace(key, flawed=True)

    def _decimal_comma(self, first: TextNode, last: TextNode, rest: re.Pattern[str] = _FRACTION) -> bool:
        """Whether two texts are one number with a comma in it; if so that is said."""
        one, other = first.span, last.span
        beside = (one.end_line, one.end_column + 1) == (other.line, other.column)
        whole = _WHOLE.search(first.value)
        if not (beside and first.plain and last.plain and whole and rest.fullmatch(last.value)):
            return False
        span = replace(one, column=one.end_column - len(whole.group()), end_column=other.end_column)
        message = f"'{whole.group()},{last.value}' has a comma in its number"
        self.findings.error("E0332", span, message, f"write '{whole.group()}.{last.value}'")
        return True

    def _goes_on(self, span: Span, pattern: re.Pattern[str]) -> bool:
        """Whether the line goes on so behind a text."""
        return span.end_line <= len(self.lines) and bool(pattern.match(self.lines[span.end_line - 1], span.end_column - 1))

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _refuse(self, event: Any, code: str, message: str, remedy: str) -> None:
        self.findings.error(code, self._span(event), message, remedy)

    def _decorations(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, "E0114", f"'&{event.anchor}' is a YAML anchor; scenes have none", "take it out")
        if event.tag is not None:
            self._refuse(event, "E0115", f"'{event.tag}' is a YAML tag; scenes have none", "take it out")

    def _nested(self, frame: _Frame) -> dict[str, Entry]:
        """The entries with dotted keys as paths: what stands under one path twice is an error."""
        if all(key.value.isascii() and key.value and "." not in key.value and not key.flawed for key, _ in frame.entries):
            plain = {key.value: Entry(key.value, key.part(0, len(key.value)), value) for key, value in frame.entries}
            if len(plain) == len(frame.entries):
                return plain
        seen: dict[str, TextNode] = {}
        root: _Draft = {}
        for written, value in frame.entries:
            key = self._key(written)
            if key.flawed and key.value:
                continue
            if key.value in seen:
                self._twice(key.value, key.span, seen[key.value].span)
                continue
            seen[key.value] = key
            if not all(key.value.split(".")):
                self.findings.error(
                    "E0121", key.span, f"'{key.value}' is not a key", "a key is a word, or words with a dot between"
                )
                continue
            self._draft(root, key, value)
        return _frozen(root)

    def _key(self, key: TextNode) -> TextNode:
        """The key as it was meant, without what a word processor put into it."""
        found = None if key.flawed else odd(key.value)
        if found is None:
            return key
        code, start, end, message, _ = found
        plain = meant(key.value).replace("-", "_")
        self.findings.error(code, key.part(start, end), message, f"write '{plain}'")
        return replace(key, value=plain, flawed=not plain)

    def _draft(self, root: _Draft, key: TextNode, value: Node) -> None:
        node, at = root, 0
        *way, last = key.value.split(".")
        for name in way:
            span = key.part(at, at + len(name))
            at += len(name) + 1
            known = node.setdefault(name, (span, {}))
            inner = _opened(known[1])
            if inner is None:
                self._twice(key.value, key.span, known[0])
                return
            node[name] = (known[0], inner)
            node = inner
        self._join(node, last, key.part(at, at + len(last)), value)

    def _join(self, node: _Draft, name: str, span: Span, value: Node) -> None:
        if name not in node:
            node[name] = (span, value)
            return
        known = _opened(node[name][1])
        if known is None or not isinstance(value, MapNode):
            self._twice(name, span, node[name][0])
            return
        node[name] = (node[name][0], known)
        for entry in value:
            self._join(known, entry.key, entry.key_span, entry.value)

    def _twice(self, key: str, span: Span, first: Span) -> None:
        self.findings.error("E0125", span, f"'{key}' is given twice", f"it stands in line {first.line} too; keep one of them")


_Draft = dict[str, tuple[Span, "Node | _Draft"]]


def _opened(value: Node | _Draft) -> _Draft | None:
    """A mapping that can still be added to."""
    if isinstance(value, MapNode):
        return {entry.key: (entry.key_span, entry.value) for entry in value}
    return value if isinstance(value, dict) else None


def _frozen(draft: _Draft) -> dict[str, Entry]:
    entries = {}
    for name, (span, value) in draft.items():
        node = MapNode(_frozen(value), span) if isinstance(value, dict) else value
        entries[name] = Entry(name, span, node)
    return entries
