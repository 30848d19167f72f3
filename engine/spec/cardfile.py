"""A card, read: a prefab's YAML file with the same tree, slots and findings as a scene."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from engine.spec.cards import Card, CardBox, CardKind, CardPlace, Control, ControlKind, FlagKind, Grab, Joint, Slot, Vec3
from engine.spec.expression import Number
from engine.spec.findings import Findings
from engine.spec.grammar import NAME
from engine.spec.quantities import read_slot
from engine.spec.references import Names
from engine.spec.slots import NOT_NEGATIVE, Limits, Slots
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode

VERSION = "1"
KEYS = (
    *("card", "kind", "doc", "source", "size", "stretch", "params", "live", "flags", "places"),
    *("boxes", "joints", "controls", "up", "clear", "way", "tops", "rest_height", "grab", "solid", "model"),
)
THING_KEYS = (
    *("use", "origin", "in", "against", "rests_on", "beside", "hangs_from"),
    *("at", "facing", "grid", "fits", "present"),
)
"""Keys of a thing that belong to the language (section 5); no card may use them."""

CHARTED = ("/min", "%", "mmHg", "°C")
"""Units in which vitals are charted, and so written bare (the scene language, section 3)."""

DETENTS = ("dial", "lever", "slider")
"""Kinds of control that may have a `step`."""

MOTIONS: Mapping[ControlKind, Literal["turn", "slide"]] = {"knob": "turn", "slider": "slide", "hinge": "turn"}
"""How the joint moves of a control that is worked by moving its part."""

_AXES: tuple[Literal["width", "depth", "height"], ...] = ("width", "depth", "height")
_SEED = Slot(dimension="count", default=0.0, low=0.0, high=1e9, doc="Which landscape of its kind this is.")
_VOLUME = Slot(dimension="ratio", default=1.0, low=0.0, high=1.0, doc="How loud it is, of its full loudness.")


def read_card(name: str, root: MapNode, findings: Findings) -> Card:
    """A card from its tree; whether it is good is in the findings."""
    return _CardReader(name, findings).read(root)


@dataclass(frozen=True, slots=True)
class _Moves:
    """What can move the parts of a card, and be set by its controls."""

    kind: CardKind
    live: Mapping[str, Slot]
    flags: Mapping[str, FlagKind]

    @property
    def ranged(self) -> list[str]:
        """The live properties that are numbers within a range."""
        return [name for name, slot in self.live.items() if slot.low is not None and slot.high is not None]

    @property
    def truths(self) -> list[str]:
        """The live properties that are true or false."""
        return [name for name, slot in self.live.items() if slot.dimension == "truth"]

    @property
    def by(self) -> list[str]:
        """What a joint can go by."""
        return [*self.ranged, *self.truths, *self.flags, *(["recline"] if self.kind == "person" else [])]


class _CardReader:
    def __init__(self, name: str, findings: Findings) -> None:
        self.name, self.findings = name, findings
        self.slots = Slots(findings, Names())

    def read(self, root: MapNode) -> Card:
        fields = self.slots.fields(root, "a card", KEYS, ("card", "kind", "doc"))
        if "card" in fields and self.slots.text(fields["card"].value, "the version") != VERSION:
            self.findings.error("E0802", fields["card"].value.span, "this engine reads cards of version 1", "write 'card: 1'")
        kind: CardKind = "prop"
        if "kind" in fields:
            word = self.slots.word(fields["kind"].value, get_args(CardKind), "a card's kind")
            kind = next(one for one in get_args(CardKind) if one == word)
        live = self._slots(fields.get("live"), "a live property")
        params = self._slots(fields.get("params"), "a parameter")
        self._starts(fields.get("params"), params, live)
        built_in = {"environment": {"seed": _SEED}, "sound": {"volume": _VOLUME}}.get(kind, {})
        rest = fields.get("rest_height")
        flags = self._flags(fields.get("flags"))
        moves = _Moves(kind, live, flags)
        joints = self._joints(fields.get("joints"), moves)
        up, clear = fields.get("up"), fields.get("clear")
        return Card(
            name=self.name,
            kind=kind,
            doc=self._human(fields.get("doc")),
            source=self._human(fields.get("source")),
            size=self._vector(fields["size"].value, NOT_NEGATIVE) if "size" in fields else (0.0, 0.0, 0.0),
            stretch=self._stretch(fields.get("stretch"), params),
            params={**built_in, **live, **params},
            live={**live, **({"volume": _VOLUME} if kind == "sound" else {})},
            flags=flags,
            places=self._places(fields.get("places"), joints, live),
            boxes=self._boxes(fields.get("boxes"), joints),
            joints=joints,
            controls=self._controls(fields.get("controls"), joints, moves),
            up=self._length(up.value) if up else 0.0,
            clear=self._length(clear.value) if clear else 0.0,
            way=self._truth(fields.get("way"), False),
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
                self.findings.error("E0803", entry.key_span, message, "a parameter of the same name is the start value")

    def _slots(self, section: Entry | None, what: str) -> dict[str, Slot]:
        found: dict[str, Slot] = {}
        for entry in self.slots.entries(section.value if section else None, what):
            if entry.key in THING_KEYS or not NAME.fullmatch(entry.key):
                message = f"'{entry.key}' belongs to the language and cannot be {what} of a card"
                self.findings.error("E0804", entry.key_span, message, "choose another name")
            doc = entry.value.get("doc") if isinstance(entry.value, MapNode) else None
            refers = entry.value.get("refers_to") if isinstance(entry.value, MapNode) else None
            slot = self._refers(refers) if refers else read_slot(entry, self.slots, what, ("doc", "refers_to", "charted"))
            charted = entry.value.get("charted") if isinstance(entry.value, MapNode) else None
            if slot:
                said = {"doc": self.slots.human(doc, "a doc")} if doc else {}
                said |= {"charted": self.slots.word(charted, CHARTED, "a charted unit")} if charted else {}
                found[entry.key] = slot.model_copy(update=said)
        return found

    def _refers(self, node: Node) -> Slot:
        kinds = (*get_args(CardKind), "thing", "text")
        words = [self.slots.word(item, kinds, "what is referred to") for item in self.slots.items(node)]
        if words == ["text"]:
            return Slot(dimension="text", default="")
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

    def _places(self, section: Entry | None, joints: Collection[str], live: Mapping[str, Slot]) -> dict[str, CardPlace]:
        found: dict[str, CardPlace] = {}
        angles = [name for name, slot in live.items() if slot.dimension == "angle"]
        for entry in self.slots.entries(section.value if section else None, "places"):
            known = ("at", "facing", "tilt", "posture", "joint", "recline")
            fields = self.slots.fields(entry.value, "a place", known, ("at",))
            posture, facing, tilt = fields.get("posture"), fields.get("facing"), fields.get("tilt")
            word = self.slots.word(posture.value, ("standing", "seated", "lying"), "a posture") if posture else None
            recline = fields.get("recline")
            found[entry.key] = CardPlace(
                at=self._at(fields),
                facing_deg=_worth(self.slots.quantity(facing.value, "angle", "build", "a facing")) if facing else 0.0,
                tilt_deg=_worth(self.slots.quantity(tilt.value, "angle", "build", "a tilt")) if tilt else 0.0,
                posture="standing" if word == "standing" else "seated" if word == "seated" else "lying" if word else None,
                joint=self._joint(fields, joints),
                recline=self.slots.word(recline.value, angles, "a live property that is an angle") if recline else "",
            )
        return found

    def _boxes(self, section: Entry | None, joints: Collection[str]) -> dict[str, CardBox]:
        found: dict[str, CardBox] = {}
        for entry in self.slots.entries(section.value if section else None, "boxes"):
            fields = self.slots.fields(entry.value, "a box", ("at", "size", "joint"), ("at", "size"))
            size = self._vector(fields["size"].value, NOT_NEGATIVE) if "size" in fields else (0.0, 0.0, 0.0)
            found[entry.key] = CardBox(at=self._at(fields), size=size, joint=self._joint(fields, joints))
        return found

    def _joints(self, section: Entry | None, moves: _Moves) -> dict[str, Joint]:
        found: dict[str, Joint] = {}
        for entry in self.slots.entries(section.value if section else None, "joints"):
            known = ("by", "axis", "at", "from", "to", "joint")
            fields = self.slots.fields(entry.value, "a joint", known, ("by", "axis", "at", "from", "to"))
            if len(fields.keys() & set(known[:-1])) < len(known) - 1:
                continue
            begins, ends = (self.slots.constant(fields[key].value, f"'{key}'") for key in ("from", "to"))
            axis = self.slots.word(fields["axis"].value, _AXES, "an axis")
            if begins is None or ends is None:
                continue
            if begins[1] != ends[1] or begins[1] not in {"angle", "length"}:
                message = "a joint turns from one angle to another, or slides from one length to another"
                self.findings.error("E0805", fields["to"].value.span, message, "as in 'from: 0 deg, to: 75 deg'")
            found[entry.key] = Joint(
                by=self.slots.word(fields["by"].value, moves.by, "what moves a joint"),
                motion="turn" if begins[1] == "angle" else "slide",
                begins=begins[0],
                ends=ends[0],
                at=self._at(fields),
                axis=next(one for one in _AXES if one == (axis or "width")),
                joint=self._joint(fields, found),
            )
        return found

    def _controls(self, section: Entry | None, joints: Mapping[str, Joint], moves: _Moves) -> dict[str, Control]:
        found: dict[str, Control] = {}
        for entry in self.slots.entries(section.value if section else None, "controls"):
            known = ("kind", "at", "radius", "raises", "sets", "step", "joint")
            fields = self.slots.fields(entry.value, "a control", known, ("kind", "at", "radius"))
            if not {"kind", "at", "radius"} <= fields.keys():
                continue
            word = self.slots.word(fields["kind"].value, get_args(ControlKind), "a control")
            kind: ControlKind = next((one for one in get_args(ControlKind) if one == word), "button")
            button = kind == "button"
            key, other = ("raises", "sets") if button else ("sets", "raises")
            if key not in fields:
                self.findings.error("E0806", entry.key_span, f"a {word} needs '{key}'", f"add '{key}: …'")
                continue
            if other in fields or (kind not in DETENTS and "step" in fields):
                wrong = fields[other if other in fields else "step"]
                self.findings.error("E0807", wrong.key_span, f"a {word} has no '{wrong.key}'", "leave it out")
            worked = moves.truths if kind == "switch" else moves.ranged
            target = self.slots.word(fields[key].value, moves.flags if button else worked, f"'{key}'")
            slot = moves.live.get(target)
            detent = fields.get("step")
            joint = self._joint(fields, joints) or next((name for name, one in joints.items() if one.by == target), "")
            self._moves_so(entry, kind, joints.get(joint))
            found[entry.key] = Control(
                kind=kind,
                at=self._at(fields),
                radius=self._length(fields["radius"].value),
                raises=target if button else "",
                sets="" if button else target,
                step=_worth(self.slots.quantity(detent.value, slot.dimension, "build", "a step")) if detent and slot else 0.0,
                joint=joint,
            )
        return found

    def _moves_so(self, entry: Entry, kind: ControlKind, joint: Joint | None) -> None:
        """A slider, a hinge and a knob are what their joint is."""
        motion = MOTIONS.get(kind)
        if motion is None or (joint is None and kind == "knob") or (joint is not None and joint.motion == motion):
            return
        ends = "'from: 0 cm, to: 30 cm'" if motion == "slide" else "'from: 0 deg, to: 90 deg'"
        message = f"a {kind} goes with a joint that {motion}s as its value goes, and there is none"
        self.findings.error("E0821", entry.key_span, message, f"add a joint 'by' the same value, as in {ends}")

    def _at(self, fields: Mapping[str, Entry]) -> Vec3:
        return self._vector(fields["at"].value) if "at" in fields else (0.0, 0.0, 0.0)

    def _joint(self, fields: Mapping[str, Entry], joints: Collection[str]) -> str:
        return self.slots.word(fields["joint"].value, joints, "a joint") if "joint" in fields else ""

    def _grab(self, section: Entry | None) -> Grab | None:
        if section is None:
            return None
        fields = self.slots.fields(section.value, "'grab'", ("radius", "hands"), ("radius",))
        two = "hands" in fields and self.slots.word(fields["hands"].value, ("1", "2"), "'hands'") == "2"
        return Grab(radius=self._length(fields["radius"].value), hands=2 if two else 1) if "radius" in fields else None

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
        self.findings.error("E0808", section.value.span, "'model' is a mapping", "write 'key: value' lines below it")
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
