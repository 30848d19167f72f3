"""Cards read from their files, with the same tree, slots and findings as scenes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from engine.spec.cards import Card, CardKind, CardPlace, FlagKind, Grab, Slot, Vec3
from engine.spec.diagnostics import Span
from engine.spec.expression import Number
from engine.spec.files import is_file, read_text
from engine.spec.findings import Findings, did_you_mean
from engine.spec.grammar import NAME
from engine.spec.quantities import read_slot
from engine.spec.references import Names
from engine.spec.slots import NOT_NEGATIVE, Limits, Slots
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode, read_tree

VERSION = "1"
KEYS = (
    *("card", "kind", "doc", "source", "size", "stretch", "params", "live", "flags", "places"),
    *("tops", "rest_height", "grab", "solid", "model"),
)
THING_KEYS = (
    *("use", "origin", "in", "against", "rests_on", "beside", "hangs_from"),
    *("at", "facing", "grid", "fits", "present"),
)
"""Keys of a thing that belong to the language (section 5); no card may use them."""

_AXES: tuple[Literal["width", "depth", "height"], ...] = ("width", "depth", "height")
_SEED = Slot(dimension="count", default=0.0, low=0.0, high=1e9, doc="Which landscape of its kind this is.")
_VOLUME = Slot(dimension="ratio", default=1.0, low=0.0, high=1.0, doc="How loud it is, of its full loudness.")


class Prefabs:
    """The cards of some folders, each read when it is first asked for; the first folder that has one wins."""

    def __init__(self, folders: Sequence[Path], findings: Findings) -> None:
        self.folders, self.findings = folders, findings
        self._cards: dict[str, Card | None] = {}
        self._there: set[str] = set()
        """The names that have a file, be it right or wrong."""

    def find(self, name: str, span: Span) -> Card | None:
        """The card of that name; None, with a finding at `span` if there is none, or in its file if it is wrong."""
        if name not in self._cards:
            self._cards[name] = self._read(name, span)
        elif name not in self._there:
            self._unknown(name, span)
        return self._cards[name]

    def meanings(self) -> list[tuple[str, str]]:
        """The cards read so far, by name, and as text all of each that a session can depend on: its looks and its words are
        not."""
        cards = sorted((name, card) for name, card in self._cards.items() if card is not None)
        return [(name, json.dumps(card.model_dump(exclude={"model", "doc", "source"}), sort_keys=True)) for name, card in cards]

    def _read(self, name: str, span: Span) -> Card | None:
        paths = [folder / f"{name}.yaml" for folder in self.folders] if NAME.fullmatch(name) else []
        path = next(filter(is_file, paths), None)
        if path is None:
            self._unknown(name, span)
            return None
        loaded = read_text(path, self.findings)
        if loaded is None:
            return None
        self._there.add(name)
        before = self.findings.errors
        root = read_tree(loaded.text, loaded.label, self.findings)
        card = read_card(name, root, self.findings) if root else None
        return card if self.findings.errors == before else None

    def _unknown(self, name: str, span: Span) -> None:
        known = [path.stem for folder in self.folders for path in folder.glob("*.yaml")]
        remedy = did_you_mean(name, known) or "`abaton prefabs` lists them all"
        self.findings.error("unknown-card", span, f"there is no prefab '{name}'", remedy)


def read_card(name: str, root: MapNode, findings: Findings) -> Card:
    """A card from its tree; whether it is good is in the findings."""
    return _CardReader(name, findings).read(root)


class _CardReader:
    def __init__(self, name: str, findings: Findings) -> None:
        self.name, self.findings = name, findings
        self.slots = Slots(findings, Names())

    def read(self, root: MapNode) -> Card:
        fields = self.slots.fields(root, "a card", KEYS, ("card", "kind", "doc"))
        if "card" in fields and self.slots.text(fields["card"].value, "the version") != VERSION:
            self.findings.error("version", fields["card"].value.span, "this engine reads cards of version 1", "write 'card: 1'")
        kind: CardKind = "prop"
        if "kind" in fields:
            word = self.slots.word(fields["kind"].value, get_args(CardKind), "a card's kind")
            kind = next(one for one in get_args(CardKind) if one == word)
        live = self._slots(fields.get("live"), "a live property")
        params = self._slots(fields.get("params"), "a parameter")
        self._starts(fields.get("params"), params, live)
        built_in = {"environment": {"seed": _SEED}, "sound": {"volume": _VOLUME}}.get(kind, {})
        rest = fields.get("rest_height")
        return Card(
            name=self.name,
            kind=kind,
            doc=self._human(fields.get("doc")),
            source=self._human(fields.get("source")),
            size=self._vector(fields["size"].value, NOT_NEGATIVE) if "size" in fields else (0.0, 0.0, 0.0),
            stretch=self._stretch(fields.get("stretch"), params),
            params={**built_in, **live, **params},
            live={**live, **({"volume": _VOLUME} if kind == "sound" else {})},
            flags=self._flags(fields.get("flags")),
            places=self._places(fields.get("places")),
            tops=self._truth(fields.get("tops"), kind == "prop"),
            rest_height=self._length(rest.value) if rest else None,
            grab=self._grab(fields.get("grab")),
            solid=self._truth(fields.get("solid"), kind in {"prop", "opening"}),
            model=self._model(fields.get("model")),
        )

    def _starts(self, entry: Entry | None, params: Mapping[str, Slot], live: Mapping[str, Slot]) -> None:
        for name in params.keys() & live.keys():
            if entry and params[name].dimension != live[name].dimension:
                message = f"'{name}' is one kind of value as a parameter and another as a live property"
                self.findings.error("dimension", entry.key_span, message, "a parameter of the same name is the start value")

    def _slots(self, section: Entry | None, what: str) -> dict[str, Slot]:
        found: dict[str, Slot] = {}
        for entry in self.slots.entries(section.value if section else None, what):
            if entry.key in THING_KEYS or not NAME.fullmatch(entry.key):
                message = f"'{entry.key}' belongs to the language and cannot be {what} of a card"
                self.findings.error("taken", entry.key_span, message, "choose another name")
            doc = entry.value.get("doc") if isinstance(entry.value, MapNode) else None
            refers = entry.value.get("refers_to") if isinstance(entry.value, MapNode) else None
            slot = self._refers(refers) if refers else read_slot(entry, self.slots, what, ("doc", "refers_to"))
            if slot:
                found[entry.key] = slot.model_copy(update={"doc": self.slots.human(doc, "a doc")}) if doc else slot
        return found

    def _refers(self, node: Node) -> Slot:
        kinds = (*get_args(CardKind), "thing")
        words = [self.slots.word(item, kinds, "what is referred to") for item in self.slots.items(node)]
        return Slot(dimension="thing", default="", choices=tuple(word for word in words if word != "thing"))

    def _stretch(self, section: Entry | None, params: Mapping[str, Slot]) -> dict[Literal["width", "depth", "height"], str]:
        if section is None:
            return {}
        fields = self.slots.fields(section.value, "'stretch'", _AXES)
        lengths = [name for name, slot in params.items() if slot.dimension == "length"]
        return {axis: self.slots.word(fields[axis].value, lengths, f"'{axis}'") for axis in _AXES if axis in fields}

    def _flags(self, section: Entry | None) -> dict[str, FlagKind]:
        found: dict[str, FlagKind] = {}
        for entry in self.slots.entries(section.value if section else None, "flags"):
            word = self.slots.word(entry.value, get_args(FlagKind), "a flag")
            found[entry.key] = "moment" if word == "moment" else "lasting"
        return found

    def _places(self, section: Entry | None) -> dict[str, CardPlace]:
        found: dict[str, CardPlace] = {}
        for entry in self.slots.entries(section.value if section else None, "places"):
            fields = self.slots.fields(entry.value, "a place", ("at", "facing", "posture"), ("at",))
            posture = fields.get("posture")
            facing = fields.get("facing")
            word = self.slots.word(posture.value, ("standing", "seated", "lying"), "a posture") if posture else None
            found[entry.key] = CardPlace(
                at=self._vector(fields["at"].value) if "at" in fields else (0.0, 0.0, 0.0),
                facing_deg=_worth(self.slots.quantity(facing.value, "angle", "build", "a facing")) if facing else 0.0,
                posture="standing" if word == "standing" else "seated" if word == "seated" else "lying" if word else None,
            )
        return found

    def _grab(self, section: Entry | None) -> Grab | None:
        if section is None:
            return None
        fields = self.slots.fields(section.value, "'grab'", ("radius",), ("radius",))
        return Grab(radius=self._length(fields["radius"].value)) if "radius" in fields else None

    def _human(self, entry: Entry | None) -> str:
        return self.slots.human(entry.value, f"'{entry.key}'") if entry else ""

    def _truth(self, entry: Entry | None, default: bool) -> bool:
        return self.slots.word(entry.value, ("true", "false"), f"'{entry.key}'") == "true" if entry else default

    def _length(self, node: Node) -> float:
        return _worth(self.slots.quantity(node, "length", "build", "a length", NOT_NEGATIVE))

    def _vector(self, node: Node, limits: Limits | None = None) -> Vec3:
        x, y, z = (_worth(one) for one in self.slots.lengths(node, ("[x, y, z]",), "this", limits or Limits()))
        return (x, y, z)

    def _model(self, section: Entry | None) -> dict[str, Any]:
        if section is None:
            return {}
        found = _data(section.value)
        if isinstance(found, dict):
            return found
        self.findings.error("not-a-mapping", section.value.span, "'model' is a mapping", "write 'key: value' lines below it")
        return {}


def _worth(expression: object) -> float:
    return expression.value if isinstance(expression, Number) else 0.0


def _data(node: Node) -> Any:
    """A node as plain Python data: unquoted numbers, `true` and `false` are what they seem; the rest is text."""
    match node:
        case MapNode():
            return {entry.key: _data(entry.value) for entry in node}
        case ListNode():
            return [_data(item) for item in node.items]
        case TextNode(value=value, plain=True) if value in {"true", "false"}:
            return value == "true"
        case TextNode(value=value, plain=True):
            return _number(value)
        case TextNode(value=value):
            return value


def _number(text: str) -> float | int | str:
    if not text.lstrip("+-")[:1].isdecimal():
        return text
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
