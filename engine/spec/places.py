"""Where a thing stands, read: one placing word, its target, `at` and `facing` (the scene language's section 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.spec.cards import Card
from engine.spec.diagnostics import Span
from engine.spec.expression import Expression
from engine.spec.findings import a_list, did_you_mean
from engine.spec.first_tries import MEANT
from engine.spec.grammar import NAME
from engine.spec.model import Place, Placing
from engine.spec.slots import ONE_OR_MORE, Slots
from engine.spec.tree import Entry, MapNode, Node, TextNode

WORDS: tuple[Placing, ...] = ("origin", "in", "against", "rests_on", "beside", "hangs_from")
WALLS = ("north", "east", "south", "west")
SIDES = ("left", "right", "front", "back")

MOST_COPIES = 1000
"""Things in one grid."""

_FORMS: Mapping[Placing, tuple[str, ...]] = {
    "scene": ("[x, y]", "[x, y, z]"),
    "origin": ("[x, y, z]",),
    "in": ("[x, y]",),
    "against": ("[along]", "[along, up]"),
    "rests_on": ("[x, y]",),
    "beside": ("[along]",),
    "hangs_from": (),
}
"""The lengths of `at`. In a place of a thing, and on a hook, there is no `at`; on a ceiling it is `[x, y]`."""


def read_place(name: str, node: MapNode, slots: Slots) -> Place:
    """The place of the thing with that name."""
    used = [word for word in WORDS if word in node.entries]
    for word in used[1:]:
        message = f"'{name}' is placed twice: by '{used[0]}' and by '{word}'"
        slots.findings.error("E0401", node.entries[word].key_span, message, "keep one of them")
    placing: Placing = used[0] if used else "scene"
    thing, part = _target(placing, node.entries[placing].value, slots) if used else ("", "")
    if thing == name:
        slots.findings.error("E0402", node.entries[placing].value.span, f"'{name}' is placed by itself", "name another thing")
    if placing == "in" and part:
        _laid(name, thing, part, node.entries["in"], slots)
    at, facing, grid, fits = (node.get(key) for key in ("at", "facing", "grid", "fits"))
    return Place(
        span=node.entries[placing].key_span if used else node.span,
        placing=placing,
        thing=thing,
        part=part,
        at=_at(placing, (thing, part), node.entries["at"], slots) if at else (),
        facing=_facing(facing, slots) if facing else None,
        grid=_grid(grid, slots) if grid else None,
        fits=_fits(fits, slots) if fits else "",
    )


def _laid(name: str, thing: str, part: str, entry: Entry, slots: Slots) -> None:
    """A place that gives a posture takes people."""
    card, holder = slots.names.card(name), slots.names.card(thing)
    place = holder.places.get(part) if holder else None
    if card and place and place.posture and card.kind != "person":
        message = f"'{entry.key}: {thing}' is for people, who are {place.posture} there; '{name}' is {a_kind(card.kind)}"
        rests = f"write 'rests_on: {thing}' to put it on top, or " if holder and holder.tops else "write "
        slots.findings.error("E0410", entry.value.span, message, f"{rests}'beside: {thing}.left' to stand it on the floor")


def _at(placing: Placing, target: tuple[str, str], entry: Entry, slots: Slots) -> tuple[Expression, ...]:
    thing, part = target
    forms = ("[x, y]",) if part == "ceiling" else _FORMS[placing]
    if not forms or (placing == "in" and thing in slots.names.things):
        slots.findings.error("E0403", entry.key_span, "a place of a thing is one spot, so there is no 'at'", "leave it out")
        return ()
    name = entry.value.value.partition(".")[0] if isinstance(entry.value, TextNode) else ""
    if name in slots.names.things or name in slots.names.rooms:
        message = "'at' takes lengths; which thing they are measured from is said by another key"
        slots.findings.error(
            "E0414", entry.value.span, message, f"write 'rests_on: {name}', 'beside: {name}.left' or 'in: {name}'"
        )
        return ()
    return slots.lengths(entry.value, forms, "'at'")


def _target(placing: Placing, node: Node, slots: Slots) -> tuple[str, str]:
    text = slots.text(node, f"'{placing}'")
    thing, dot, part = text.partition(".")
    match placing:
        case "in":
            return _inside(thing, part, node, slots)
        case "against":
            return _wall(thing, part, node, slots)
        case "beside":
            _known(thing, node, slots)
            return thing, _part(part, SIDES, f"beside: {thing or 'bed'}.left", node, slots)
        case _:
            if dot and thing in slots.names.things:
                slots.findings.error(
                    "E0404", node.span, f"'{placing}' takes a thing without a part", f"write '{placing}: {thing}'"
                )
            card = _known(thing, node, slots)
            _bears(placing, thing, card, node, slots)
            return thing, ""


def _known(thing: str, node: Node, slots: Slots) -> Card | None:
    declared = slots.names.things.get(thing)
    if thing and (declared is None or declared.section == "environment") and not slots.names.excused(thing):
        known = [one.name for one in slots.names.things.values() if one.section != "environment"]
        code, message, remedy = slots.names.missing(thing, known, "a thing")
        slots.findings.error(code, _head(node, thing), message, remedy)
    return slots.names.card(thing)


def _head(node: Node, name: str) -> Span:
    return node.part(0, len(name)) if isinstance(node, TextNode) else node.span


def _tail(node: Node, part: str) -> Span:
    return node.part(len(node.value) - len(part), len(node.value)) if isinstance(node, TextNode) and part else node.span


def _bears(placing: Placing, thing: str, card: Card | None, node: Node, slots: Slots) -> None:
    if card is None:
        return
    if placing == "rests_on" and not card.tops:
        slots.findings.error("E0405", node.span, f"nothing can rest on '{thing}'", "name something with a top, or use 'origin'")
    if placing == "hangs_from" and "hook" not in card.places:
        hooks = [one.name for one in slots.names.things.values() if one.card and "hook" in one.card.places]
        slots.findings.error("E0406", node.span, f"'{thing}' has no hook", did_you_mean(thing, hooks) or "hang it somewhere else")


def _inside(thing: str, part: str, node: Node, slots: Slots) -> tuple[str, str]:
    names = slots.names
    if thing in names.rooms:
        if part:
            slots.findings.error("E0407", node.span, "a room has no places of its own", f"write 'in: {thing}'")
        return thing, ""
    if names.excused(thing) or not thing:
        return thing, part
    if thing not in names.things:
        code, message, remedy = names.missing(thing, [*names.rooms, *names.things], "a room or thing")
        slots.findings.error(code, _head(node, thing), message, remedy)
        return thing, part
    card = names.card(thing)
    places = card.places if card else {}
    if not part and len(places) == 1:
        return thing, next(iter(places))
    if part not in places:
        what = f"'{thing}' has no place '{part}'" if part else f"'{thing}' has {len(places) or 'no'} places to be in"
        remedy = (
            did_you_mean(part, places) if part else f"write {a_list(f'{thing}.{place}' for place in places)}" if places else ""
        )
        slots.findings.error("E0408", _tail(node, part), what, remedy)
    return thing, part


def _wall(room: str, part: str, node: Node, slots: Slots) -> tuple[str, str]:
    names = slots.names
    if room and room not in names.rooms and not names.excused(room):
        code, message, remedy = names.missing(room, names.rooms, "a room")
        side = next((one for one in (*WALLS, "ceiling") if one in re.split("[ _]", room)), "")
        if side and not part:
            rooms = [one for one in names.rooms if one in re.split("[ _]", room)] or sorted(names.rooms)
            remedy = f"write {a_list(repr(f'{one}.{side}') for one in rooms[:3])}" if rooms else remedy
        slots.findings.error(code, _head(node, room), message, remedy)
        if not part:
            return room, WALLS[0]
    return room, _part(part, (*WALLS, "ceiling"), f"against: {room or 'room'}.north", node, slots)


def _part(part: str, known: tuple[str, ...], example: str, node: Node, slots: Slots) -> str:
    if part in known:
        return part
    span = _tail(node, part)
    thing = example.partition(": ")[2].partition(".")[0]
    side = next((one for one in SIDES if one in part.split("_")), "")
    if known is SIDES and side:
        message = f"'{side}' is always the thing's own side, looking out of its front, whoever looks"
        slots.findings.error("E0412", span, message, f"write '{example.replace('left', side)}': {whose(thing)}")
    else:
        message = f"there is no '{part}' here" if part else "this does not say which side"
        slots.findings.error("E0409", span, message, did_you_mean(part, known) if part else f"as in '{example}'")
    return known[0]


def whose(thing: str) -> str:
    """Whose left is meant: the sentence that every message about sides ends with."""
    return f"the sides of '{thing}' are its own, as a bed's left is its patient's left"


def other_placing(key: str, value: Node) -> str:
    """What to write instead of a placing word that the language does not have."""
    target = value.value if isinstance(value, TextNode) else "…"
    side = next((one for one in ("left", "right", "front", "back") if one in key.split("_")), "")
    side = "back" if key == "behind" else side
    words = [word for word in MEANT.get(key, ()) if word in WORDS]
    if "beside" in words and target.partition(".")[0]:
        thing = target.partition(".")[0]
        return f"write 'beside: {thing}.{side or 'left'}': {whose(thing)}"
    return f"write '{words[0]}: {target}'" if words else ""


def a_kind(kind: str) -> str:
    """`a prop`, `an opening`."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _facing(node: Node, slots: Slots) -> Expression | str:
    text = slots.text(node, "'facing'")
    if text in WALLS:
        return text
    if NAME.fullmatch(text) and slots.names.quantity(text) is None:
        return slots.reference(node, [*slots.names.things, *WALLS], "a thing or a compass point")
    return slots.quantity(node, "angle", "build", "a bearing")


def _grid(node: Node, slots: Slots) -> tuple[int, int] | None:
    items = slots.items(node)
    counts = []
    for item in items:
        found = slots.constant(item, "a count")
        if found and (found[1] != "number" or not found[0].is_integer() or found[0] < (ONE_OR_MORE.low or 1)):
            slots.findings.error("E0413", item.span, "a grid has whole numbers of things", "as in 'grid: [2, 1]'")
        counts.append(int(found[0]) if found else 1)
    if len(counts) != 2:
        slots.findings.error("E0413", node.span, "a grid is two counts, along x and along y", "as in 'grid: [2, 1]'")
        return None
    if counts[0] * counts[1] > MOST_COPIES:
        slots.findings.error("E0413", node.span, f"a grid has at most {MOST_COPIES} things", "make it smaller, or divide it")
        return None
    return counts[0], counts[1]


def _fits(node: Node, slots: Slots) -> str:
    text = slots.text(node, "'fits'")
    thing, _, part = text.partition(".")
    card = _known(thing, node, slots)
    if card and part not in card.places:
        message = f"'{thing}' has no place '{part}'" if part else f"this does not say which place of '{thing}'"
        remedy = did_you_mean(part, card.places) if part else f"as in 'fits: {thing}.{next(iter(card.places), 'face')}'"
        slots.findings.error("E0408", _tail(node, part), message, remedy)
    return text
