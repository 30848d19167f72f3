"""A composed tree, read from its top to its bottom into a SceneSpec: the keys of a file, in a clinician's order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.spec.briefing import declare_triggers, read_hints, read_prebrief, read_reviews
from engine.spec.diagnostics import Span
from engine.spec.expression import Expression, Truth
from engine.spec.findings import Findings, slips
from engine.spec.flow import check_flow
from engine.spec.letters import unwritable
from engine.spec.model import Item, Quantity, SceneSpec, Shot, State
from engine.spec.quantities import read_quantity
from engine.spec.references import Fitting, Names, declare, state_names
from engine.spec.slots import NOT_NEGATIVE, Limits, Slots
from engine.spec.states import read_state
from engine.spec.things import Things
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode

VERSION = "1"
KEYS = (
    *("spec", "language", "reviewed_by", "include", "parameters", "variables"),
    *("environment", "rooms", "openings", "lights", "props", "sounds", "people"),
    *("prebrief", "triggers", "scenario", "hints", "checklist", "variants", "shots", "text"),
)
NEEDED = ("spec", "language", "scenario", "text")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*")
MOST_STATES = 2000
"""States of one scene, a hundred times those of a clinic's: what can be read and looked through in well under a second."""

_NAMED = 5
_VIEW = Limits(low=1.0, high=170.0)


@dataclass(frozen=True, slots=True)
class Composed:
    """What is known of a scene before its tree is read."""

    name: str
    language: str
    variants: tuple[str, ...]
    """All that the file offers."""
    settings: Mapping[str, str]


def is_language(tag: str) -> bool:
    """Whether a text is the tag of a language, as BCP 47 writes them: `en`, `pt-BR`, `zh-Hant`."""
    return bool(_LANGUAGE.fullmatch(tag))


def read_composed(root: MapNode, known: Composed, names: Names, things: Things, findings: Findings) -> SceneSpec:
    """The scene of a composed tree. Only if nothing was found wrong is it one to use."""
    slots = things.slots
    fields = slots.fields(root, "a scene", KEYS, NEEDED)
    _read_quantities(fields, known.settings, names, slots)
    things.declare(root)
    text = _read_text(fields.get("text"), names, slots)
    declare_triggers(_under(fields, "triggers"), slots)
    happens = fields.get("scenario")
    if happens and isinstance(happens.value, MapNode):
        names.states = state_names(happens.value, findings)
    before = findings.errors
    if happens and len(names.states) > MOST_STATES:
        message = f"the scenario has more than {MOST_STATES} states"
        findings.error("E0118", happens.key_span, message, "let fewer states do more")
    scenario = read_state(happens, "", slots) if happens and len(names.states) <= MOST_STATES else State()
    if happens and findings.errors == before:
        check_flow(scenario, findings)
    spec = SceneSpec(
        span=root.span,
        name=known.name,
        reviewed_by=read_reviews(_under(fields, "reviewed_by"), slots),
        prebrief=read_prebrief(_under(fields, "prebrief"), slots),
        triggers=tuple(names.triggers),
        hints=read_hints(_under(fields, "hints"), slots),
        version=int(VERSION),
        language=known.language,
        digest="",
        parameters=names.parameters,
        variables=names.variables,
        environment=things.environment(root),
        rooms=things.rooms(root),
        things=things.all(root),
        scenario=scenario,
        checklist={
            entry.key: _item(entry, slots) for entry in _named(fields.get("checklist"), "checklist", "a checklist item", slots)
        },
        variants=known.variants,
        shots={entry.key: _shot(entry, slots) for entry in _named(fields.get("shots"), "shots", "a shot", slots)},
        text=text,
    )
    _see_unread(names, known.variants, findings)
    return spec


def _under(fields: Mapping[str, Entry], key: str) -> Node | None:
    return fields[key].value if key in fields else None


def _named(section: Entry | None, key: str, what: str, slots: Slots) -> list[Entry]:
    found: dict[str, Entry] = {}
    for entry in slots.entries(section.value if section else None, key):
        if declare(entry, what, slots.findings, {}):
            found[entry.key] = entry
    return list(found.values())


def _read_quantities(fields: Mapping[str, Entry], settings: Mapping[str, str], names: Names, slots: Slots) -> None:
    taken: dict[str, Span] = {}
    for section, space, what in (
        ("parameters", names.parameters, "a parameter"),
        ("variables", names.variables, "a variable"),
    ):
        read: dict[str, Quantity] = {}
        for entry in slots.entries(fields[section].value if section in fields else None, section):
            if not declare(entry, what, slots.findings, taken):
                continue
            taken[entry.key] = entry.key_span
            setting = settings.get(entry.key) if section == "parameters" else None
            quantity = read_quantity(entry, slots, what, setting)
            if quantity:
                read[entry.key] = quantity
            else:
                names.broken.add(entry.key)
        space.update(read)


def _read_text(section: Entry | None, names: Names, slots: Slots) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in slots.entries(section.value if section else None, "text"):
        if declare(entry, "a text", slots.findings, {}):
            found[entry.key] = slots.human(entry.value, f"the text '{entry.key}'")
            _see_unwritable(entry, found[entry.key], slots.findings)
            names.text[entry.key] = entry.key_span
    if section and "title" not in found:
        slots.findings.warning("W0522", section.key_span, "this scene has no title", "add 'title: …' under 'text'")
    return found


def _see_unwritable(entry: Entry, text: str, findings: Findings) -> None:
    letters = unwritable(text)
    if letters and isinstance(entry.value, TextNode):
        named = ", ".join(f"'{one}' (U+{ord(one):04X})" for one in letters[:_NAMED]) + (" …" if len(letters) > _NAMED else "")
        where = entry.value.value.find(letters[0])
        span = entry.value.part(where, where + 1) if where >= 0 else entry.value.span
        message = f"no font of ours has {named}: an empty box will be drawn"
        findings.warning("W0150", span, message, "write it with other letters, or in words")


def _see_unread(names: Names, variants: tuple[str, ...], findings: Findings) -> None:
    choices = [word for one in (*names.parameters.values(), *names.variables.values()) for word in one.choices]
    labels = {"title", *names.parameters, *choices, *names.variables, *names.triggers, *names.broken, *variants}
    for key, span in names.text.items():
        if key not in names.read and key not in labels:
            near = slips(key, {*names.text, *labels} - {key})
            remedy = f"did you mean '{near[0]}'?" if near else "take it out, or use it"
            findings.warning("W0521", span, f"nothing says or shows the text '{key}'", remedy)


def _item(entry: Entry, slots: Slots) -> Item:
    fields = slots.fields(entry.value, f"the item '{entry.key}'", ("expect", "within", "since"), ("expect",))
    slots.text_key(TextNode(entry.key, entry.key_span))

    def condition(key: str) -> Expression | None:
        return slots.condition(fields[key].value, "play") if key in fields else None

    within = slots.quantity(fields["within"].value, "time", "build", "a time", NOT_NEGATIVE) if "within" in fields else None
    expect = condition("expect") or Truth(False)
    return Item(span=entry.key_span, name=entry.key, expect=expect, within=within, since=condition("since"))


def _shot(entry: Entry, slots: Slots) -> Shot:
    fields = slots.fields(entry.value, f"the shot '{entry.key}'", ("from", "to", "origin", "fov"), ("from", "to"))
    things = Fitting(slots.names, lambda one: one.section not in {"environment", "sounds"} and one.name != "guide")

    def end(key: str) -> tuple[Expression, ...] | str:
        node: Node | None = fields[key].value if key in fields else None
        if node is None:
            return ""
        return (
            slots.lengths(node, ("[x, y, z]",), f"'{key}'")
            if isinstance(node, ListNode)
            else slots.reference(node, things, "a thing")
        )

    return Shot(
        span=entry.key_span,
        name=entry.key,
        origin=slots.reference(fields["origin"].value, things, "a thing") if "origin" in fields else "",
        eye=end("from"),
        to=end("to"),
        fov=slots.quantity(fields["fov"].value, "angle", "build", "an angle of view", _VIEW) if "fov" in fields else None,
    )
