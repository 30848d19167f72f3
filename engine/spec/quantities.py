"""Declarations of values: `{default, range | choices}` of parameters, variables and cards, and the session's settings of them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec.cards import Slot
from engine.spec.diagnostics import Span
from engine.spec.expression import Number, Value
from engine.spec.findings import a_list, did_you_mean
from engine.spec.grammar import NAME, ExpressionError, parse, parse_range
from engine.spec.model import Quantity
from engine.spec.slots import Slots
from engine.spec.tree import Entry, MapNode, Node, TextNode
from engine.spec.units import NUMBER, describe, plain, written

_TRUTHS: dict[str, Value] = {"true": True, "false": False}


def read_slot(entry: Entry, slots: Slots, what: str, extra: tuple[str, ...] = ()) -> Slot | None:
    """A declared value as a slot without a text of its own; `what` it is becomes part of a sentence. None if it is wrong."""
    fields = slots.fields(entry.value, what, ("default", "range", "choices", *extra), ("default",))
    if "default" not in fields:
        return None
    node = fields["default"].value
    text = slots.text(node, "a default")
    if "choices" in fields:
        return _choice(node, text, fields, slots)
    if text in _TRUTHS:
        return Slot(dimension="truth", default=_TRUTHS[text])
    if NAME.fullmatch(text):
        message = f"'{text}' is a word, and the words to choose from are not said"
        slots.findings.error("E0338", node.span, message, f"add 'choices: [{text}, …]'")
        return None
    return _number(entry, node, fields, slots) if text else None


def _choice(node: Node, text: str, fields: Mapping[str, Entry], slots: Slots) -> Slot | None:
    choices = tuple(slots.name(item, "a choice") for item in slots.items(fields["choices"].value))
    if "range" in fields:
        span = fields["range"].key_span
        slots.findings.error("E0339", span, "a value has a range or choices, not both", "keep one of them")
    if text not in choices:
        slots.findings.error("E0340", node.span, f"the default '{text}' is not among the choices", did_you_mean(text, choices))
        return None
    return Slot(dimension="word", default=text, choices=choices)


def _number(entry: Entry, node: Node, fields: Mapping[str, Entry], slots: Slots) -> Slot | None:  # noqa: PLR0911 — one for each slip
    text = node.value if isinstance(node, TextNode) else ""
    ends = text.split(" to ")
    if len(ends) > 2:
        slots.findings.error("E0311", node.span, "a range has two ends", "write it as in '3 s to 6 s'")
        return None
    if isinstance(node, TextNode) and node.flawed:
        return None
    at, parts = 0, []
    for end in ends:
        parts.append(TextNode(end, node.part(at, at + len(end)) if isinstance(node, TextNode) else node.span, in_flow=True))
        at += len(end) + len(" to ")
    found = [slots.constant(part, "a default") for part in parts]
    first, last = found[0], found[-1]
    if first is None or last is None:
        return None
    value, dimension = first
    if "range" not in fields:
        remedy = "add 'range: … to …': the least and most that makes sense"
        slots.findings.error("E0341", entry.key_span, f"'{entry.key}' has no range", remedy)
        return None
    before = slots.findings.errors
    ranged = _dimension_of(fields["range"].value)
    if ranged not in {NUMBER, dimension, ""}:
        # Both ends of the range say the same: it is the default that is wrong.
        for part in parts:
            slots.quantity(part, ranged, "build", "a default")
        return None
    low, high = slots.range(fields["range"].value, dimension, "a range")
    if slots.findings.errors > before:
        return None
    if not isinstance(low, Number) or not isinstance(high, Number):
        slots.findings.error(
            "E0315", fields["range"].value.span, "the ends of a range are numbers written out", "as in '3 s to 6 s'"
        )
        return None
    for one in (value, last[0]):
        if not low.value <= one <= high.value:
            remedy = f"the range is {written(low.value, dimension)} to {written(high.value, dimension)}"
            slots.findings.error("E0342", node.span, f"the default {written(one, dimension)} is not in its range", remedy)
    kind = dimension
    if dimension == NUMBER:
        shown = text + slots.text(fields["range"].value, "a range")
        kind = "ratio" if "." in shown else "count"
    return Slot(dimension=kind, default=value, default_end=last[0] if len(ends) > 1 else None, low=low.value, high=high.value)


def _dimension_of(node: Node) -> str:
    """The dimension of both ends of a range that are numbers written out; empty if they are not, or differ."""
    if not isinstance(node, TextNode):
        return ""
    try:
        low, high = parse_range(node.value, lambda _start, _end: node.span)
    except ExpressionError:
        return ""
    return low.dimension if isinstance(low, Number) and isinstance(high, Number) and low.dimension == high.dimension else ""


def read_quantity(entry: Entry, slots: Slots, what: str, setting: str | None = None) -> Quantity | None:
    """A parameter or variable, with the session's setting of it laid over its default."""
    slot = read_slot(entry, slots, what)
    if slot is None:
        return None
    if slot.default_end is not None:
        default = entry.value.get("default") if isinstance(entry.value, MapNode) else None
        where = default.span if default else entry.value.span
        slots.findings.error("E0343", where, f"{what} is one value, not a range", "give its default one value")
        return None
    value = slot.default if setting is None else _setting(entry.key, setting, slot, slots)
    return Quantity(
        span=entry.key_span,
        name=entry.key,
        value=value,
        default=slot.default,
        dimension=slot.dimension,
        low=slot.low,
        high=slot.high,
        choices=slot.choices,
    )


def _setting(name: str, text: str, slot: Slot, slots: Slots) -> Value:
    """A setting given from outside the file, as text; what is wrong with it names the setting."""
    where = Span(f"setting {name}", 0, 0, 0, 0)
    text = text.strip()
    if slot.dimension in {"word", "truth"}:
        words = slot.choices or tuple(_TRUTHS)
        if text not in words:
            slots.findings.error(
                "E0904", where, f"'{name}' cannot be '{text}'", did_you_mean(text, words) or f"one of {a_list(words)}"
            )
            return slot.default
        return text if slot.choices else _TRUTHS[text]
    unit = plain(slot.dimension)
    low, high = slot.low or 0.0, slot.high or 0.0
    ends = f"'{name}' is {written(low, unit)} to {written(high, unit)}"
    try:
        found = parse(text, lambda _start, _end: where)
    except ExpressionError as fault:
        remedy = f"{fault.remedy}; {ends}" if fault.remedy.startswith("write") else ends
        slots.findings.error("E0904", where, f"'{text}' is no value for '{name}': {fault.message}", remedy)
        return slot.default
    if not isinstance(found, Number) or found.dimension != unit:
        slots.findings.error("E0904", where, f"'{text}' is no value for '{name}', which is {describe(unit)}", ends)
    elif slot.dimension == "count" and not found.value.is_integer():
        slots.findings.error("E0904", where, f"'{text}' is no value for '{name}', which is a whole number", ends)
    elif not low <= found.value <= high:
        side = "less" if found.value < low else "more"
        slots.findings.error("E0905", where, f"{written(found.value, unit)} is {side} than '{name}' can be", ends)
    else:
        return found.value
    return slot.default
