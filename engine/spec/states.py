"""What happens, read: states, steps, actions, rules (the scene language's section 7)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec.cards import Slot
from engine.spec.diagnostics import Span
from engine.spec.expression import Expression, Number, Truth, Word
from engine.spec.findings import a_list
from engine.spec.model import Action, Change, Haptic, Log, Play, Rule, Say, State, Step, Stop, Teleport, Wait
from engine.spec.references import declare
from engine.spec.slots import NOT_NEGATIVE, ONE_OR_MORE, Limits, Slots
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode
from engine.spec.units import rate_of

VERBS: Mapping[str, tuple[str, ...]] = {
    "change": ("to", "add", "over", "ease"),
    "say": ("speaker",),
    "haptic": ("pattern",),
    "play": (),
    "stop": (),
    "teleport": (),
    "log": (),
    "wait": (),
}
"""Each verb and the other keys it allows."""

PATTERNS = ("tap", "pulse", "breath")
"""What a hand can feel."""

_STATE = ("do", "steps", "repeat", "drift", "rules", "start", "states", "regions", "resume")
_NOT_NUMBERS = frozenset({"truth", "word", "thing"})


def read_state(node: Node, name: str, slots: Slots) -> State:
    """A state and all within it; the scenario itself is the state without a name."""
    what = f"the state '{name}'" if name else "the scenario"
    fields = slots.fields(node, what, _STATE)
    if "states" in fields and "regions" in fields:
        message = f"{what} has both 'states' and 'regions'"
        slots.findings.error("states", fields["regions"].key_span, message, "put the states into one of the regions")
    if "repeat" in fields and "steps" not in fields:
        slots.findings.error("states", fields["repeat"].key_span, "there are no steps to repeat", "add 'steps: …'")
    resume = fields.get("resume")
    return State(
        span=_span(node),
        name=name,
        do=read_step(fields["do"].value, slots) if "do" in fields else (),
        steps=tuple(read_step(item, slots) for item in slots.items(fields["steps"].value)) if "steps" in fields else (),
        repeat=slots.quantity(fields["repeat"].value, "count", "play", "a repeat", ONE_OR_MORE) if "repeat" in fields else None,
        drift=_drift(fields.get("drift"), slots),
        rules=tuple(_rule(item, slots) for item in slots.items(fields["rules"].value)) if "rules" in fields else (),
        start=_start(fields, what, slots),
        states=_states(fields.get("states"), slots),
        regions=_regions(fields.get("regions"), slots),
        resume=bool(resume and slots.word(resume.value, ("true", "false"), "'resume'") == "true"),
    )


def _span(node: Node) -> Span:
    """A mapping is shown by its first key."""
    return next((entry.key_span for entry in node), node.span) if isinstance(node, MapNode) else node.span


def _start(fields: Mapping[str, Entry], what: str, slots: Slots) -> str:
    states = fields["states"].value if "states" in fields else None
    inner = list(states.entries) if isinstance(states, MapNode) else []
    if "start" in fields:
        found = slots.text(fields["start"].value, "'start'")
        if found not in inner:
            message, remedy = slots.names.missing(found, inner, "a state")
            if found in slots.names.states:
                message, remedy = f"'{found}' is not one of the states just inside {what}", f"one of: {', '.join(inner)}"
            slots.findings.error("unknown-name", fields["start"].value.span, message, remedy)
        return found
    if states is not None:
        remedy = f"add 'start: {inner[0]}'" if inner else "add 'start: …'"
        slots.findings.error(
            "missing-key", fields["states"].key_span, f"{what} does not say which of its states comes first", remedy
        )
    return inner[0] if inner else ""


def _states(section: Entry | None, slots: Slots) -> dict[str, State]:
    return {
        entry.key: read_state(entry.value, entry.key, slots)
        for entry in slots.entries(section.value if section else None, "states")
    }


def _regions(section: Entry | None, slots: Slots) -> dict[str, State]:
    found = {}
    for entry in slots.entries(section.value if section else None, "regions"):
        fields = slots.fields(entry.value, "a region", ("start", "states"), ("states",))
        declare(entry, "a region", slots.findings, {})
        what = f"the region '{entry.key}'"
        found[entry.key] = State(
            span=entry.key_span,
            name=entry.key,
            start=_start(fields, what, slots),
            states=_states(fields.get("states"), slots),
        )
    return found


def _drift(section: Entry | None, slots: Slots) -> dict[tuple[str, ...], Expression]:
    found: dict[tuple[str, ...], Expression] = {}
    for entry in slots.entries(section.value if section else None, "drift"):
        pairs = [(entry.key, entry)]
        if isinstance(entry.value, MapNode):
            pairs = [(f"{entry.key}.{inner.key}", inner) for inner in entry.value]
        for text, one in pairs:
            path, slot = slots.property(TextNode(text, one.key_span), text)
            if slot and slot.dimension in {*_NOT_NUMBERS, "count"}:
                message = f"'{text}' does not change bit by bit, so it cannot drift"
                slots.findings.error("drift", one.key_span, message, "use 'change' in 'do' or a rule")
            elif slot:
                found[path] = slots.quantity(one.value, rate_of(slot.dimension), "play", "a drift")
    return found


def _rule(node: Node, slots: Slots) -> Rule:
    fields = slots.fields(node, "a rule", ("when", "do", "go"), ("when",))
    if fields and "do" not in fields and "go" not in fields:
        slots.findings.error("rule", _span(node), "this rule does nothing", "add 'do: …' or 'go: …'")
    go = ""
    if "go" in fields:
        go = slots.reference(fields["go"].value, [*slots.names.states, "out", "end"], "a state")
    return Rule(
        span=_span(node),
        when=slots.condition(fields["when"].value, "rule") if "when" in fields else Truth(False),
        do=read_step(fields["do"].value, slots) if "do" in fields else (),
        go=go,
        words=_words(fields["when"].value) if "when" in fields else "",
    )


def _words(node: Node) -> str:
    """What an author wrote, on one line."""
    return " ".join(node.value.split()) if isinstance(node, TextNode) else ""


def read_step(node: Node, slots: Slots) -> Step:
    """An action, or a list of actions that begin together."""
    return tuple(action for item in slots.items(node) for action in _action(item, slots))


def _action(node: Node, slots: Slots) -> tuple[Action, ...]:
    """An action; none, with a finding, if it is not one."""
    if isinstance(node, ListNode):
        slots.findings.error("action", node.span, "this list is one too deep", "a step is an action or a list of actions")
        return ()
    verbs = [key for key in node.entries if key in VERBS] if isinstance(node, MapNode) else []
    if not isinstance(node, MapNode) or not verbs:
        known = a_list(VERBS)
        message = "this is not an action"
        remedy = f"an action begins with one of {known}"
        if isinstance(node, MapNode) and node.entries:
            slots.fields(node, "an action", (*VERBS, "to", "add", "over", "ease", "speaker", "pattern"))
        slots.findings.error("action", _span(node), message, remedy)
        return ()
    for verb in verbs[1:]:
        message = f"one action does one thing: '{verbs[0]}' or '{verb}'"
        slots.findings.error("action", node.entries[verb].key_span, message, "make two actions of it: [{…}, {…}]")
    verb = verbs[0]
    fields = slots.fields(node, f"'{verb}'", (verb, *VERBS[verb], *verbs[1:]))
    return (_verb(verb, fields, slots),)


def _verb(verb: str, fields: Mapping[str, Entry], slots: Slots) -> Action:  # noqa: PLR0911 — one return for each verb
    node, span, names = fields[verb].value, fields[verb].key_span, slots.names
    people = [one.name for one in names.things.values() if one.card is None or one.card.kind == "person"]
    match verb:
        case "say":
            speaker = slots.reference(fields["speaker"].value, people, "a person") if "speaker" in fields else "guide"
            return Say(span=span, text=read_key(node, slots), speaker=speaker)
        case "haptic":
            pattern = slots.word(fields["pattern"].value, PATTERNS, "a pattern") if "pattern" in fields else "tap"
            solid = [
                one.name for one in names.things.values() if one.card is None or one.card.kind not in {"sound", "environment"}
            ]
            return Haptic(span=span, thing=slots.reference(node, solid, "a thing"), pattern=pattern)
        case "play" | "stop":
            sounds = [one.name for one in names.things.values() if one.section == "sounds"]
            sound = slots.reference(node, sounds, "a sound")
            return Play(span=span, sound=sound) if verb == "play" else Stop(span=span, sound=sound)
        case "teleport":
            return Teleport(span=span, target=slots.reference(node, [*names.rooms, *names.things], "a room or thing"))
        case "log":
            return Log(span=span, word=slots.name(node, "'log'"))
        case "wait":
            return Wait(span=span, time=slots.quantity(node, "time", "play", "a wait", NOT_NEGATIVE))
        case _:
            return _change(fields, slots)


def read_key(node: Node, slots: Slots) -> str:
    """A key of `text`."""
    found = slots.text(node, "a text key")
    if found and found not in slots.names.text:
        remedy = f"add '{found}: …' under 'text'"
        message, near = slots.names.missing(found, slots.names.text, "a text key")
        if message.startswith("nothing"):
            message = f"there is no text '{found}'"
        slots.findings.error("unknown-text", node.span, message, near if near.startswith("did you") else remedy)
    slots.names.read.add(found)
    return found


def _change(fields: Mapping[str, Entry], slots: Slots) -> Change:
    target = fields["change"]
    path, slot = slots.property(target.value)
    name = ".".join(path)
    if ("to" in fields) == ("add" in fields):
        message = "'change' takes one of 'to' and 'add'" if "to" in fields else f"this does not say what '{name}' becomes"
        slots.findings.error("change", target.key_span, message, "add 'to: …' for a value or 'add: …' for a difference")
    for key in ("add", "over", "ease"):
        if slot and key in fields and slot.dimension in _NOT_NUMBERS:
            message = f"'{name}' changes at once, so it has no '{key}'"
            slots.findings.error("change", fields[key].key_span, message, "leave it out, and use 'to'")
    if slot and "over" in fields and slot.dimension == "count":
        slots.findings.error("change", fields["over"].key_span, f"'{name}' is a count and changes at once", "leave 'over' out")
    return Change(
        span=target.key_span,
        property=path,
        to=_to(fields["to"].value, slot, name, slots) if "to" in fields else None,
        add=_by(fields["add"].value, slot, slots) if "add" in fields else None,
        over=slots.quantity(fields["over"].value, "time", "play", "a time", NOT_NEGATIVE) if "over" in fields else None,
        ease="linear"
        if "ease" in fields and slots.word(fields["ease"].value, ("sine", "linear"), "'ease'") == "linear"
        else "sine",
    )


def _to(node: Node, slot: Slot | None, name: str, slots: Slots) -> Expression:
    if slot is None:
        return Word(slots.text(node, "'to'"), node.span)
    return slots.value(node, slot, f"'{name}'", "play")


def _by(node: Node, slot: Slot | None, slots: Slots) -> Expression:
    if slot is None or slot.dimension in _NOT_NUMBERS:
        return Number(0.0)
    return slots.quantity(node, slot.dimension, "play", "a difference", Limits())
