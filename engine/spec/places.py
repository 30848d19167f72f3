"""Where a thing stands, read: one placing word, its target, `at` and `facing` (the scene language's section 5)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec.cards import Card
from engine.spec.diagnostics import Span
from engine.spec.expression import Expression
from engine.spec.findings import a_list, did_you_mean
from engine.spec.grammar import NAME
from engine.spec.model import Place, Placing
from engine.spec.slots import ONE_OR_MORE, Slots
from engine.spec.tree import Entry, MapNode, Node, TextNode

WORDS: tuple[Placing, ...] = ("origin", "in", "against", "rests_on", "beside", "hangs_from")
WALLS = ("north", "east", "south", "west")
SIDES = ("left", "right", "front", "back")

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
        slots.findings.error("placing", node.entries[word].key_span, message, "keep one of them")
    placing: Placing = used[0] if used else "scene"
    thing, part = _target(placing, node.entries[placing].value, slots) if used else ("", "")
    if thing == name:
        slots.findings.error("placing", node.entries[placing].value.span, f"'{name}' is placed by itself", "name another thing")
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


def _at(placing: Placing, target: tuple[str, str], entry: Entry, slots: Slots) -> tuple[Expression, ...]:
    thing, part = target
    forms = ("[x, y]",) if part == "ceiling" else _FORMS[placing]
    if not forms or (placing == "in" and thing in slots.names.things):
        slots.findings.error("placing", entry.key_span, "a place of a thing is one spot, so there is no 'at'", "leave it out")
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
                    "placing", node.span, f"'{placing}' takes a thing without a part", f"write '{placing}: {thing}'"
                )
            card = _known(thing, node, slots)
            _bears(placing, thing, card, node, slots)
            return thing, ""


def _known(thing: str, node: Node, slots: Slots) -> Card | None:
    known = [one.name for one in slots.names.things.values() if one.section != "environment"]
    if thing and thing not in known and not slots.names.excused(thing):
        message, remedy = slots.names.missing(thing, known, "a thing")
        slots.findings.error("unknown-name", _head(node, thing), message, remedy)
    return slots.names.card(thing)


def _head(node: Node, name: str) -> Span:
    return node.part(0, len(name)) if isinstance(node, TextNode) else node.span


def _bears(placing: Placing, thing: str, card: Card | None, node: Node, slots: Slots) -> None:
    if card is None:
        return
    if placing == "rests_on" and not card.tops:
        slots.findings.error("placing", node.span, f"nothing can rest on '{thing}'", "name something with a top, or use 'origin'")
    if placing == "hangs_from" and "hook" not in card.places:
        hooks = [one.name for one in slots.names.things.values() if one.card and "hook" in one.card.places]
        slots.findings.error(
            "placing", node.span, f"'{thing}' has no hook", did_you_mean(thing, hooks) or "hang it somewhere else"
        )


def _inside(thing: str, part: str, node: Node, slots: Slots) -> tuple[str, str]:
    names = slots.names
    if thing in names.rooms:
        if part:
            slots.findings.error("placing", node.span, "a room has no places of its own", f"write 'in: {thing}'")
        return thing, ""
    if names.excused(thing) or not thing:
        return thing, part
    if thing not in names.things:
        message, remedy = names.missing(thing, [*names.rooms, *names.things], "a room or thing")
        slots.findings.error("unknown-name", _head(node, thing), message, remedy)
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
        slots.findings.error("placing", node.span, what, remedy)
    return thing, part


def _wall(room: str, part: str, node: Node, slots: Slots) -> tuple[str, str]:
    names = slots.names
    if room and room not in names.rooms and not names.excused(room):
        message, remedy = names.missing(room, names.rooms, "a room")
        slots.findings.error("unknown-name", _head(node, room), message, remedy)
    return room, _part(part, (*WALLS, "ceiling"), f"against: {room or 'room'}.north", node, slots)


def _part(part: str, known: tuple[str, ...], example: str, node: Node, slots: Slots) -> str:
    if part in known:
        return part
    message = f"there is no '{part}' here" if part else "this does not say which side"
    slots.findings.error("placing", node.span, message, did_you_mean(part, known) if part else f"as in '{example}'")
    return known[0]


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
            slots.findings.error("count", item.span, "a grid has whole numbers of things", "as in 'grid: [2, 1]'")
        counts.append(int(found[0]) if found else 1)
    if len(counts) != 2:
        slots.findings.error("lengths", node.span, "a grid is two counts, along x and along y", "as in 'grid: [2, 1]'")
        return None
    return counts[0], counts[1]


def _fits(node: Node, slots: Slots) -> str:
    text = slots.text(node, "'fits'")
    thing, _, part = text.partition(".")
    card = _known(thing, node, slots)
    if card and part not in card.places:
        message = f"'{thing}' has no place '{part}'" if part else f"this does not say which place of '{thing}'"
        remedy = did_you_mean(part, card.places) if part else f"as in 'fits: {thing}.{next(iter(card.places), 'face')}'"
        slots.findings.error("placing", node.span, message, remedy)
    return text
