"""Things, read: a card, a place, and what the author says about it (the scene language's section 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from engine.spec.briefing import read_findings, read_questions
from engine.spec.cardfile import THING_KEYS
from engine.spec.cards import GUIDE, PARTICIPANT, Card
from engine.spec.diagnostics import NOWHERE
from engine.spec.expression import Expression
from engine.spec.files import is_file
from engine.spec.findings import a_list, did_you_mean, nearest, slips
from engine.spec.finishes import FINISHES, Surface, unknown
from engine.spec.first_tries import MEANT, meant_by
from engine.spec.glb import ModelFileError
from engine.spec.model import Place, Room, Thing
from engine.spec.modelfile import card_of, read_model, unlikely
from engine.spec.places import a_kind, other_placing, read_place
from engine.spec.prefabs import Prefabs
from engine.spec.references import Declared, declare, named_like
from engine.spec.slots import Limits, Slots
from engine.spec.tree import Entry, MapNode, Node, TextNode

Section = Literal["environment", "openings", "lights", "props", "sounds", "people"]
SECTIONS: tuple[Section, ...] = get_args(Section)[1:]
PERSON_KEYS = ("findings", "questions")
"""Keys that only people one meets have."""

BUILT_IN = {"participant": PARTICIPANT, "guide": GUIDE}

KINDS: Mapping[Section, tuple[str, ...]] = {
    "environment": ("environment",),
    "openings": ("opening", "light", "prop"),
    "lights": ("opening", "light", "prop"),
    "props": ("opening", "light", "prop"),
    "sounds": ("sound",),
    "people": ("person",),
}
"""Section -> the kinds of card that may stand in it."""

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
ROOM_SIZE = Limits(low=0.5, high=100.0)
"""Metres of a room's width, depth and height: from a cupboard to a hall."""
SURFACES: tuple[Surface, ...] = ("walls", "floor", "ceiling")
"""What one finish for a whole room covers."""
FINISHED: tuple[Surface, ...] = (*SURFACES, "dado")
"""What a finish by surface may name."""


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
            else:
                names.broken.add(named_like(entry.key))
        environment = root.entries.get("environment")
        if environment:
            self._declare(environment, "environment")
        for section in SECTIONS:
            for entry in self.slots.entries(root.get(section), section):
                allowed = tuple(BUILT_IN) if section == "people" else ()
                if declare(entry, "a thing", findings, taken, allowed):
                    taken[entry.key] = entry.key_span
                    self._declare(entry, section)
                else:
                    names.broken.add(named_like(entry.key))
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
                findings.error("E0416", use.key_span, f"the card of '{entry.key}' is built in", "leave 'use' out")
            return BUILT_IN[entry.key]
        if use is None:
            if isinstance(node, MapNode):
                said = next((one for one in node if "use" in MEANT.get(one.key, nearest(one.key, ["use"]))), None)
                remedy = f"'{said.key}' is called 'use' here" if said else "add 'use: …', the name of a prefab"
                if section == "people" and not said and slips(entry.key, BUILT_IN):
                    remedy = did_you_mean(entry.key, BUILT_IN)
                where = said.key_span if said else entry.key_span
                findings.error("E0415", where, f"'{entry.key}' does not say what it is", remedy)
            return None
        name = self.slots.text(use.value, "a prefab's name")
        if not name:
            return None
        if name.endswith(".glb"):
            return self._file(name, use.value, section)
        card = self.prefabs.find(name, use.value.span)
        kinds = KINDS[section]
        if card and card.kind not in kinds:
            message = f"'{name}' is {a_kind(card.kind)}; here stands {a_list(a_kind(kind) for kind in kinds)}"
            findings.error("E0810", use.value.span, message, f"move it to '{_HOME[card.kind]}'")
        return card

    def _file(self, name: str, node: Node, section: Section) -> Card | None:
        findings = self.slots.findings
        if section in {"environment", "sounds", "people"}:
            findings.error("E0811", node.span, f"a model file cannot be {section}", "use a prefab")
            return None
        path, known = _beside(self.folder, name)
        if path is None:
            message = f"there is no file '{name}' in the scene's folder"
            findings.error("E0812", node.span, message, did_you_mean(name, known) or "model files lie inside the scene's folder")
            return None
        try:
            model = read_model(path)
        except OSError as error:
            findings.error("E0813", node.span, f"'{name}' cannot be read: {error.strerror}", "check that you may read it")
            return None
        except ModelFileError as fault:
            findings.error(fault.code, node.span, f"'{name}' {fault.message}", fault.remedy)
            return None
        if odd := unlikely(model):
            findings.warning("W0820", node.span, f"'{name}' {odd[0]}", odd[1])
        self.files[name] = model.digest
        return card_of(name, path, model)

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
                    self.slots.findings.error("E0417", node.entries[key].key_span, message, "leave it out")
        else:
            place = read_place(entry.key, node, self.slots)
            if card and card.kind == "opening" and place.placing != "against":
                where = next((one.key_span for one in node), node.span)
                message = f"'{entry.key}' is cut into a wall, and needs 'against'"
                self.slots.findings.error("E0202", where, message, "add 'against: …', a room and a side, as in 'bay.south'")
        present = node.get("present")
        told = {key: node.entries.get(key) for key in PERSON_KEYS}
        for key, said in told.items():
            if said and (section != "people" or entry.key in BUILT_IN):
                message = f"'{key}' belongs to the people one meets, and '{entry.key}' is none of them"
                self.slots.findings.error("E0426", said.key_span, message, "move it to a person, or leave it out")
                told[key] = None
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
            findings=read_findings(told["findings"], self.slots),
            questions=read_questions(told["questions"], self.slots),
        )

    def _values(
        self, name: str, node: MapNode, card: Card | None
    ) -> tuple[dict[str, Expression], dict[str, tuple[Expression, Expression]]]:
        values: dict[str, Expression] = {}
        ranges: dict[str, tuple[Expression, Expression]] = {}
        for entry in node:
            if entry.key in THING_KEYS or entry.key in PERSON_KEYS or card is None:
                continue
            slot = card.params.get(entry.key)
            what = f"'{entry.key}' of '{name}'"
            if slot is None:
                self._unknown(entry, card)
            elif slot.default_end is not None:
                ranges[entry.key] = self.slots.range(entry.value, slot.dimension, what)
            else:
                values[entry.key] = self.slots.value(entry.value, slot, what, "build")
        return values, ranges

    def _unknown(self, entry: Entry, card: Card) -> None:
        """Say that a card has no such parameter, and what was likely meant."""
        key, value = entry.key, entry.value
        pressure = re.fullmatch(r"([0-9]+)/([0-9]+)", value.value) if isinstance(value, TextNode) else None
        if key in MEANT and "sbp" in MEANT[key] and "sbp" in card.params:
            high, low = pressure.groups() if pressure else ("…", "…")
            message = "a blood pressure is two numbers with two names"
            self.slots.findings.error("E0331", entry.key_span, message, f"write 'sbp: {high}, dbp: {low}'")
            return
        placing = other_placing(key, value)
        if placing and not slips(key, [*THING_KEYS, *card.params]):
            self.slots.findings.error("E0411", entry.key_span, f"'{key}' is no placing word here", placing)
            return
        known = (*THING_KEYS, *card.params, *(PERSON_KEYS if card.kind == "person" else ()))
        near = meant_by(key, known)
        own = f"it has {', '.join(card.params)}" if card.params else "it has none of its own"
        remedy = own if not near or near.startswith("one of") else near
        self.slots.findings.error("E0418", entry.key_span, f"'{card.name}' has no parameter '{key}'", remedy)

    def rooms(self, root: MapNode) -> dict[str, Room]:
        """All rooms."""
        return {entry.key: self._room(entry) for entry in self.slots.entries(root.get("rooms"), "rooms")}

    def _room(self, entry: Entry) -> Room:
        slots = self.slots
        fields = slots.fields(entry.value, f"the room '{entry.key}'", ("size", "finish", *_SIDES, "at"), ("size",))
        sides = [side for side in _SIDES if side in fields]
        for side in sides[1:]:
            message = f"'{entry.key}' is beside two rooms, and its place is said twice"
            slots.findings.error("E0419", fields[side].key_span, message, "keep one of them")
        beside: tuple[_Side, str] | None = None
        if sides:
            beside = (sides[0], slots.reference(fields[sides[0]].value, slots.names.rooms, "a room"))
        if "at" in fields and not beside:
            slots.findings.error(
                "E0420", fields["at"].key_span, "'at' moves a room along another's wall", f"add {a_list(_SIDES)}"
            )
        return Room(
            span=entry.key_span,
            name=entry.key,
            size=slots.lengths(fields["size"].value, ("[width, depth, height]",), "a room's size", ROOM_SIZE)
            if "size" in fields
            else (),
            finish=self._finish(fields["finish"].value) if "finish" in fields else {},
            beside=beside,
            at=slots.lengths(fields["at"].value, ("[along]",), "'at'")[0] if "at" in fields else None,
        )

    def _finish(self, node: Node) -> Mapping[str, str]:
        if isinstance(node, TextNode):
            return dict.fromkeys(SURFACES, self._surface(node, SURFACES))
        fields = self.slots.fields(node, "a finish", FINISHED)
        return {name: self._surface(fields[name].value, (name,)) for name in FINISHED if name in fields}

    def _surface(self, node: Node, surfaces: tuple[Surface, ...]) -> str:
        """`material` or `material/colour`."""
        found = self.slots.text(node, "a finish")
        wrong = next(filter(None, (unknown(surface, found) for surface in surfaces)), None) if found else None
        if wrong and isinstance(node, TextNode):
            message, remedy = wrong
            material, _, colour = found.partition("/")
            fits = material in FINISHES and all(surface in FINISHES[material].on for surface in surfaces)
            near = nearest(colour, FINISHES[material].colours) if fits else []
            near = near if material in FINISHES else nearest(material, FINISHES)
            remedy = f"did you mean '{near[0]}'?" if near else remedy
            span = node.part(len(material) + 1, len(found)) if fits and colour else node.part(0, len(material))
            self.slots.findings.error("E0421", span, message, remedy)
        return found


def _beside(scene: Path, name: str) -> tuple[Path | None, list[str]]:
    """A file in the scene's folder; or None, and the model files that are there. Links that lead out are not followed."""
    try:
        folder = scene.resolve()
        path = (folder / name).resolve()
    except (OSError, RuntimeError, ValueError):  # a name that is too long, or links in a ring
        return None, []
    if path.is_relative_to(folder) and is_file(path):
        return path, []
    return None, [one.relative_to(folder).as_posix() for one in folder.glob("**/*.glb")]
