"""Things, read: a card, a place, and what the author says about it (the scene language's section 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from engine.spec.cardfile import THING_KEYS
from engine.spec.cards import GUIDE, PARTICIPANT, Card
from engine.spec.diagnostics import NOWHERE
from engine.spec.expression import Expression
from engine.spec.findings import a_list, did_you_mean
from engine.spec.model import Place, Room, Thing
from engine.spec.places import read_place
from engine.spec.prefabs import Prefabs
from engine.spec.references import Declared, declare
from engine.spec.slots import NOT_NEGATIVE, Slots
from engine.spec.tree import Entry, MapNode, Node, TextNode

Section = Literal["environment", "openings", "lights", "props", "sounds", "people"]
SECTIONS: tuple[Section, ...] = get_args(Section)[1:]
BUILT_IN = {"participant": PARTICIPANT, "guide": GUIDE}

_KINDS: Mapping[Section, tuple[str, ...]] = {
    "environment": ("environment",),
    "openings": ("opening", "light", "prop"),
    "lights": ("opening", "light", "prop"),
    "props": ("opening", "light", "prop"),
    "sounds": ("sound",),
    "people": ("person",),
}
_HOME = {
    "environment": "environment",
    "opening": "openings",
    "light": "lights",
    "prop": "props",
    "sound": "sounds",
    "person": "people",
}
_Side = Literal["north_of", "south_of", "east_of", "west_of"]
_SIDES: tuple[_Side, ...] = get_args(_Side)
_SURFACES = ("walls", "floor", "ceiling")


@dataclass
class Things:
    """Reads the sections that hold things: first all their names, then each thing."""

    slots: Slots
    prefabs: Prefabs
    folder: Path
    """The scene's own, for model files."""
    files: dict[str, str] = field(default_factory=dict)
    """Model files that things are made of: name -> the SHA-256 of its bytes, for the scene's digest."""

    def declare(self, root: MapNode) -> None:
        """Note the name and card of every room and thing."""
        names, findings = self.slots.names, self.slots.findings
        taken = {name: one.span for space in (names.parameters, names.variables) for name, one in space.items()}
        for entry in self.slots.entries(root.get("rooms"), "rooms"):
            if declare(entry, "a room", findings, taken):
                names.rooms[entry.key] = taken[entry.key] = entry.key_span
        environment = root.entries.get("environment")
        if environment:
            self._declare(environment, "environment")
        for section in SECTIONS:
            for entry in self.slots.entries(root.get(section), section):
                allowed = tuple(BUILT_IN) if section == "people" else ()
                if declare(entry, "a thing", findings, taken, allowed):
                    taken[entry.key] = entry.key_span
                    self._declare(entry, section)
        for name, card in BUILT_IN.items():
            names.things.setdefault(name, Declared(name, "people", NOWHERE, card))

    def _declare(self, entry: Entry, section: Section) -> None:
        node = entry.value
        fits = isinstance(node, MapNode) and "fits" in node.entries
        card = self._card(entry, section)
        self.slots.names.things[entry.key] = Declared(entry.key, section, entry.key_span, card, fits)

    def _card(self, entry: Entry, section: Section) -> Card | None:
        findings, node = self.slots.findings, entry.value
        use = node.entries.get("use") if isinstance(node, MapNode) else None
        if entry.key in BUILT_IN:
            if use:
                findings.error("built-in", use.key_span, f"the card of '{entry.key}' is built in", "leave 'use' out")
            return BUILT_IN[entry.key]
        if use is None:
            if isinstance(node, MapNode):
                findings.error(
                    "missing-key", entry.key_span, f"'{entry.key}' does not say what it is", "add 'use: …', the name of a prefab"
                )
            return None
        name = self.slots.text(use.value, "a prefab's name")
        if not name:
            return None
        if name.endswith(".glb"):
            return self._file(name, use.value, section)
        card = self.prefabs.find(name, use.value.span)
        kinds = _KINDS[section]
        if card and card.kind not in kinds:
            message = f"'{name}' is {_a(card.kind)}; here stands {a_list(_a(kind) for kind in kinds)}"
            findings.error("card-kind", use.value.span, message, f"move it to '{_HOME[card.kind]}'")
        return card

    def _file(self, name: str, node: Node, section: Section) -> Card | None:
        findings = self.slots.findings
        if section in {"environment", "sounds", "people"}:
            findings.error("card-kind", node.span, f"a model file cannot be {section}", "use a prefab")
            return None
        folder = self.folder.resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            message = f"there is no file '{name}' in the scene's folder"
            known = [one.relative_to(folder).as_posix() for one in folder.glob("**/*.glb")]
            findings.error("file", node.span, message, did_you_mean(name, known) or "model files lie inside the scene's folder")
            return None
        try:
            self.files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            findings.error("file", node.span, f"'{name}' cannot be read: {error.strerror}", "check that you may read it")
        return Card(name=name, kind="prop", tops=False)

    def environment(self, root: MapNode) -> Thing | None:
        """The landscape, if the scene has one."""
        entry = root.entries.get("environment")
        return self._thing(entry, "environment") if entry else None

    def all(self, root: MapNode) -> dict[str, Thing]:
        """All things but the landscape, in the file's order; then the built-in people the file does not name."""
        found: dict[str, Thing] = {}
        for section in SECTIONS:
            for entry in self.slots.entries(root.get(section), section):
                thing = self._thing(entry, section)
                if thing:
                    found[entry.key] = thing
        for name, card in BUILT_IN.items():
            found.setdefault(name, Thing(name=name, section="people", card=card))
        return found

    def _thing(self, entry: Entry, section: Section) -> Thing | None:
        declared = self.slots.names.things.get(entry.key)
        card = declared.card if declared else None
        node = entry.value
        if not isinstance(node, MapNode):
            self.slots.fields(node, f"'{entry.key}'", THING_KEYS)
            return None
        place = Place()
        if section == "environment" or entry.key == "guide":
            for key in THING_KEYS[1:]:
                if key in node.entries:
                    message = f"'{entry.key}' has no place, so no '{key}'"
                    self.slots.findings.error("placing", node.entries[key].key_span, message, "leave it out")
        else:
            place = read_place(entry.key, node, self.slots)
        present = node.get("present")
        values, ranges = self._values(entry.key, node, card)
        if card is None or declared is None:
            return None
        return Thing(
            span=entry.key_span,
            name=entry.key,
            section=section,
            card=card,
            place=place,
            present=self.slots.condition(present, "build") if present else None,
            values=values,
            ranges=ranges,
        )

    def _values(
        self, name: str, node: MapNode, card: Card | None
    ) -> tuple[dict[str, Expression], dict[str, tuple[Expression, Expression]]]:
        values: dict[str, Expression] = {}
        ranges: dict[str, tuple[Expression, Expression]] = {}
        for entry in node:
            if entry.key in THING_KEYS or card is None:
                continue
            slot = card.params.get(entry.key)
            what = f"'{entry.key}' of '{name}'"
            if slot is None:
                near = did_you_mean(entry.key, (*THING_KEYS, *card.params))
                own = f"it has {', '.join(card.params)}" if card.params else "it has none of its own"
                remedy = near if near.startswith("did") else own
                self.slots.findings.error("unknown-key", entry.key_span, f"'{card.name}' has no parameter '{entry.key}'", remedy)
            elif slot.default_end is not None:
                ranges[entry.key] = self.slots.range(entry.value, slot.dimension, what)
            else:
                values[entry.key] = self.slots.value(entry.value, slot, what, "build")
        return values, ranges

    def rooms(self, root: MapNode) -> dict[str, Room]:
        """All rooms."""
        return {entry.key: self._room(entry) for entry in self.slots.entries(root.get("rooms"), "rooms")}

    def _room(self, entry: Entry) -> Room:
        slots = self.slots
        fields = slots.fields(entry.value, f"the room '{entry.key}'", ("size", "finish", *_SIDES, "at"), ("size",))
        sides = [side for side in _SIDES if side in fields]
        for side in sides[1:]:
            message = f"'{entry.key}' is beside two rooms, and its place is said twice"
            slots.findings.error("placing", fields[side].key_span, message, "keep one of them")
        beside: tuple[_Side, str] | None = None
        if sides:
            beside = (sides[0], slots.reference(fields[sides[0]].value, slots.names.rooms, "a room"))
        if "at" in fields and not beside:
            slots.findings.error(
                "placing", fields["at"].key_span, "'at' moves a room along another's wall", f"add {a_list(_SIDES)}"
            )
        return Room(
            span=entry.key_span,
            name=entry.key,
            size=slots.lengths(fields["size"].value, ("[width, depth, height]",), "a room's size", NOT_NEGATIVE)
            if "size" in fields
            else (),
            finish=self._finish(fields["finish"].value) if "finish" in fields else {},
            beside=beside,
            at=slots.lengths(fields["at"].value, ("[along]",), "'at'")[0] if "at" in fields else None,
        )

    def _finish(self, node: Node) -> Mapping[str, str]:
        if isinstance(node, TextNode):
            found = self._surface(node)
            return dict.fromkeys(_SURFACES, found)
        fields = self.slots.fields(node, "a finish", _SURFACES)
        return {name: self._surface(entry.value) for name, entry in fields.items()}

    def _surface(self, node: Node) -> str:
        """`material` or `material/colour`."""
        found = self.slots.text(node, "a finish")
        parts = found.split("/")
        if found and (len(parts) > 2 or not all(part.replace("_", "").isalnum() for part in parts)):
            self.slots.findings.error("name", node.span, f"'{found}' is not a finish", "as in 'satin_paint/sage' or 'plain'")
        return found


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
