"""Comments for a scene, line by line: each key is explained where it first stands, in the words of the models and cards."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from engine.spec.schema import Language
from engine.spec.schema.forms import Form, Key
from engine.spec.schema.kinds import Kind
from engine.spec.states import VERBS
from engine.spec.things import BUILT_IN
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode

WIDTH = 110
"""Columns of a comment."""


def annotate(text: str, root: MapNode, language: Language) -> str:
    """The text with comments above its lines. Lines that are there stay as they are."""
    notes = _Notes(language)
    for entry in root:
        notes.entry(entry, language.scene.by_name.get(entry.key), "scene")
    lines = text.split("\n")
    found: list[str] = []
    for number, line in enumerate(lines, start=1):
        indent = " " * (len(line) - len(line.lstrip()))
        for note in notes.said.get(number, ()):
            found += textwrap.wrap(note, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")
        found.append(line)
    return "\n".join(found)


@dataclass(slots=True)
class _Notes:
    language: Language
    said: dict[int, list[str]] = field(default_factory=dict)
    """Line -> what is said above it."""
    _known: set[tuple[str, str]] = field(default_factory=set)

    def entry(self, entry: Entry, key: Key | None, form: str) -> None:
        """Explain a key, and what stands under it."""
        if key is None:
            return
        self._say(entry, "thing" if key.shared or key.name == "use" else form, key.name, key.doc)
        self._below(entry.value, key.kind, entry)

    def _say(self, entry: Entry, form: str, name: str, doc: str) -> None:
        if not doc or (form, name) in self._known:
            return
        self._known.add((form, name))
        self.said.setdefault(entry.key_span.line, []).append(f"{name}: {doc.split(chr(10), maxsplit=1)[0]}")

    def _below(self, node: Node, kind: Kind, entry: Entry) -> None:
        if isinstance(node, ListNode):
            for item in node.items:
                self._below(item, kind, entry)
        if not isinstance(node, MapNode):
            return
        form = self._form(node, kind, entry)
        if form is not None:
            for inner in node:
                self.entry(inner, form.by_name.get(inner.key), form.name)
        elif kind.names is not None:
            for inner in node:
                self._named(inner, kind)

    def _named(self, entry: Entry, kind: Kind) -> None:
        each = kind.own.get(entry.key, kind.names)
        if each is not None:
            form = self._form(entry.value, each, entry)
            if form is not None and form.name.startswith("card_"):
                self._say(entry, "card", form.name.removeprefix("card_"), form.doc)
            self._below(entry.value, each, entry)

    def _form(self, node: Node, kind: Kind, entry: Entry) -> Form | None:
        """Which keys a mapping has: by its card, by its verb, or by where it stands."""
        if not isinstance(node, MapNode):
            return None
        verb = next((verb for verb in VERBS if verb in node.entries), None)
        reference = str(kind.schema.get("$ref", "")).rpartition("/")[2]
        parts = self.language.parts
        use = node.get("use")
        if reference.endswith("_entry") and isinstance(use, TextNode):
            return parts.get(f"card_{use.value}", parts["model_file"])
        if entry.key in BUILT_IN and reference == f"card_{entry.key}":
            return parts[reference]
        if kind.form is not None:
            return kind.form
        if verb is not None and kind.names is None:
            return parts[verb]
        return parts.get(reference) or (parts["rule"] if "when" in node.entries else None)
