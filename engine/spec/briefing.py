"""What stands around the scenario, read: prebrief, hints, triggers, reviews; and what people show and answer.

All of it is typed and checked; what of it is not played yet stands in `engine.spec.played`.
"""

from __future__ import annotations

import re

from engine.spec.diagnostics import Span
from engine.spec.model import Hint, Review, Telling
from engine.spec.references import declare
from engine.spec.slots import Slots
from engine.spec.tree import Entry, MapNode, Node, TextNode

_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


def read_prebrief(node: Node | None, slots: Slots) -> tuple[str, ...]:
    """The keys of the texts that are shown before the session, in this order."""
    return tuple(slots.text_key(item) for item in slots.items(node)) if node is not None else ()


def read_hints(node: Node | None, slots: Slots) -> dict[str, Hint]:
    """Texts that are offered when a condition holds."""
    found: dict[str, Hint] = {}
    for entry in slots.entries(node, "hints"):
        fields = slots.fields(entry.value, f"the hint '{entry.key}'", ("when",), ("when",))
        key = slots.text_key(TextNode(entry.key, entry.key_span))
        if "when" in fields:
            found[key] = Hint(span=entry.key_span, text=key, when=slots.condition(fields["when"].value, "play"))
    return found


def declare_triggers(node: Node | None, slots: Slots) -> None:
    """Note the names that a facilitator can set off, each labelled by the text of its own name."""
    known = slots.names.triggers
    for item in slots.items(node) if node is not None else ():
        name = slots.text(item, "a trigger's name")
        entry = Entry(name, item.span, item)
        if name and declare(entry, "a trigger", slots.findings, known):
            known[name] = item.span


def read_reviews(node: Node | None, slots: Slots) -> tuple[Review, ...]:
    """Who looked at the scene with a clinician's eyes, and when."""
    return tuple(_review(item, slots) for item in slots.items(node)) if node is not None else ()


def _review(node: Node, slots: Slots) -> Review:
    keys = ("name", "role", "date")
    fields = slots.fields(node, "a review", keys, keys)
    name, role = (slots.human(fields[key].value, f"'{key}'") if key in fields else "" for key in keys[:2])
    date = slots.text(fields["date"].value, "a date") if "date" in fields else ""
    if date and not _DATE.fullmatch(date):
        message = f"'{date}' is not a date as year, month and day"
        slots.findings.error("E0526", fields["date"].value.span, message, 'write it in quotes, as in "2026-05-01"')
    return Review(span=node.span, name=name, role=role, date=date)


def read_findings(entry: Entry | None, slots: Slots) -> dict[str, tuple[Telling, ...]]:
    """What examining a person tells, by what is examined."""
    found: dict[str, tuple[Telling, ...]] = {}
    for one in slots.entries(entry.value if entry else None, "findings"):
        if declare(one, "a finding", slots.findings, {}):
            found[one.key] = _tellings(one.value, slots)
    return found


def read_questions(entry: Entry | None, slots: Slots) -> dict[str, tuple[Telling, ...]]:
    """What a person answers, by the key of the question's text."""
    found: dict[str, tuple[Telling, ...]] = {}
    for one in slots.entries(entry.value if entry else None, "questions"):
        key = slots.text_key(TextNode(one.key, one.key_span))
        found[key] = _tellings(one.value, slots)
    return found


def _tellings(node: Node, slots: Slots) -> tuple[Telling, ...]:
    found: list[Telling] = []
    for item in slots.items(node):
        if found and found[-1].when is None:
            message = "this is never told: what stands before it has no 'when'"
            slots.findings.error("E0527", _place(item), message, "put what is told otherwise at the end")
        if isinstance(item, TextNode):
            found.append(Telling(span=item.span, tell=slots.text_key(item)))
            continue
        fields = slots.fields(item, "what is told", ("tell", "when"), ("tell",))
        when = slots.condition(fields["when"].value, "play") if "when" in fields else None
        tell = slots.text_key(fields["tell"].value) if "tell" in fields else ""
        found.append(Telling(span=_place(item), tell=tell, when=when))
    return tuple(found)


def _place(node: Node) -> Span:
    return next((entry.key_span for entry in node), node.span) if isinstance(node, MapNode) else node.span
