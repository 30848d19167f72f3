"""What happens, read: states, steps, actions, rules (the scene language's section 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from engine.spec.cards import Slot
from engine.spec.diagnostics import Span
from engine.spec.expression import AllOf, AnyOf, Comparison, Expression, Flag, Held, Number, Truth, Word, walk
from engine.spec.findings import a_list
from engine.spec.first_tries import meant_by
from engine.spec.kinds import is_moment, lasting_instead
from engine.spec.model import Action, Change, Draw, Haptic, Log, Play, Rule, Say, State, Step, Stop, Teleport, Wait
from engine.spec.references import Fitting, declare
from engine.spec.slots import NOT_NEGATIVE, ONE_OR_MORE, Limits, Slots
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode
from engine.spec.units import describe, rate_of

VERBS: Mapping[str, tuple[str, ...]] = {
    "change": ("to", "add", "over", "ease"),
    "say": ("speaker",),
    "haptic": ("pattern",),
    "play": (),
    "stop": (),
    "teleport": (),
    "log": (),
    "wait": (),
    "draw": (),
}
"""Each verb and the other keys it allows."""

_BESIDE = frozenset(key for others in VERBS.values() for key in others)
"""Keys that stand beside a verb."""

PATTERNS = ("tap", "pulse", "breath")
"""What a hand can feel."""

_STATE = ("do", "steps", "repeat", "drift", "rules", "start", "states", "regions", "resume")
_NOT_NUMBERS = frozenset({"truth", "word", "thing", "text"})


def read_state(entry: Entry, name: str, slots: Slots) -> State:
    """A state and all within it, shown by its name; the scenario itself is the state without one."""
    node = entry.value
    what = f"the state '{name}'" if name else "the scenario"
    fields = slots.fields(_known(node, what, slots), what, _STATE)
    if "states" in fields and "regions" in fields:
        message = f"{what} has both 'states' and 'regions'"
        slots.findings.error("E0503", fields["regions"].key_span, message, "put the states into one of the regions")
    if "repeat" in fields and "steps" not in fields:
        slots.findings.error("E0504", fields["repeat"].key_span, "there are no steps to repeat", "add 'steps: …'")
    resume = fields.get("resume")
    return State(
        span=entry.key_span,
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


def _known(node: Node, what: str, slots: Slots) -> Node:
    """A state without the keys that belong to its rules and actions; those are noted."""
    if not isinstance(node, MapNode):
        return node
    misplaced = [entry for entry in node if entry.key in {"when", "go", *OTHER_RULE} or entry.key in VERBS]
    for entry in misplaced:
        key = OTHER_RULE.get(entry.key, entry.key)
        if entry.key in VERBS:
            message = f"'{key}' is an action; {what} does its actions under 'do'"
            slots.findings.error("E0524", entry.key_span, message, f"write 'do: {{{key}: …}}'")
        else:
            message = f"'{entry.key}' belongs to a rule, not to {what} itself"
            slots.findings.error("E0523", entry.key_span, message, "write 'rules: {when: …, go: …}'")
    return MapNode({entry.key: entry for entry in node if entry not in misplaced}, node.span) if misplaced else node


def _span(node: Node) -> Span:
    """A mapping is shown by its first key."""
    return next((entry.key_span for entry in node), node.span) if isinstance(node, MapNode) else node.span


def _start(fields: Mapping[str, Entry], what: str, slots: Slots) -> str:
    states = fields["states"].value if "states" in fields else None
    inner = list(states.entries) if isinstance(states, MapNode) else []
    if "start" in fields:
        found = slots.text(fields["start"].value, "'start'")
        if found not in inner:
            code, message, remedy = slots.names.missing(found, inner, "a state")
            if found in slots.names.states:
                code, message = "E0506", f"'{found}' is not one of the states just inside {what}"
                remedy = f"one of: {', '.join(inner)}"
            slots.findings.error(code, fields["start"].value.span, message, remedy)
        return found
    if states is not None:
        remedy = f"add 'start: {inner[0]}'" if inner else "add 'start: …'"
        slots.findings.error("E0505", fields["states"].key_span, f"{what} does not say which of its states comes first", remedy)
    return inner[0] if inner else ""


def _states(section: Entry | None, slots: Slots) -> dict[str, State]:
    return {
        entry.key: read_state(entry, entry.key, slots) for entry in slots.entries(section.value if section else None, "states")
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
        pairs = [(entry.key, entry, entry.key_span)]
        if isinstance(entry.value, MapNode):
            pairs = [(f"{entry.key}.{inner.key}", inner, _dotted(entry, inner)) for inner in entry.value]
        for text, one, span in pairs:
            path, slot = slots.property(TextNode(text, span), text)
            if slot and slot.dimension in {*_NOT_NUMBERS, "count"}:
                message = f"'{text}' does not change bit by bit, so it cannot drift"
                slots.findings.error("E0515", one.key_span, message, "use 'change' in 'do' or a rule")
            elif slot:
                found[path] = slots.quantity(one.value, rate_of(slot.dimension), "play", "a drift")
    return found


def _dotted(entry: Entry, inner: Entry) -> Span:
    """Where `thing.property` stands if it is written in one; else where the property does."""
    head, tail = entry.key_span, inner.key_span
    beside = (head.end_line, head.end_column + 1) == (tail.line, tail.column)
    return replace(head, end_line=tail.end_line, end_column=tail.end_column) if beside else tail


def _rule(node: Node, slots: Slots) -> Rule:
    fields = slots.fields(_plain_rule(node, slots), "a rule", ("when", "do", "go"), ("when",))
    if fields and "do" not in fields and "go" not in fields:
        slots.findings.error("E0507", _span(node), "this rule does nothing", "add 'do: …' or 'go: …'")
    go = ""
    if "go" in fields:
        go = slots.reference(fields["go"].value, slots.names.states, "a state", ("out", "end"))
    when = slots.condition(fields["when"].value, "rule") if "when" in fields else Truth(False)
    _see_order(when, slots)
    return Rule(
        span=_span(node),
        when=when,
        do=read_step(fields["do"].value, slots) if "do" in fields else (),
        go=go,
        words=_words(fields["when"].value) if "when" in fields else "",
    )


def _plain_rule(node: Node, slots: Slots) -> Node:
    """A rule with the words of other languages put right, after saying so."""
    if not isinstance(node, MapNode) or not node.entries.keys() & OTHER_RULE.keys():
        return node
    found: dict[str, Entry] = {}
    for entry in node:
        word = OTHER_RULE.get(entry.key, entry.key)
        if word == "go" and not isinstance(entry.value, TextNode):
            word = "do"
        if entry.key == "after":
            said = entry.value.value if isinstance(entry.value, TextNode) else "5 min"
            said = re.sub(r"^([0-9.]+)(s|min|h)$", r"\1 \2", said)
            slots.findings.error("E0502", entry.key_span, "'after' is part of a condition", f"write 'when: after {said}'")
            found[word] = Entry(word, entry.key_span, TextNode("true", entry.value.span))
            continue
        if entry.key != word:
            slots.findings.error("E0501", entry.key_span, f"a rule has no '{entry.key}'", f"write '{word}'")
        found.setdefault(word, Entry(word, entry.key_span, entry.value))
    return MapNode(found, node.span)


OTHER_RULE = {
    **dict.fromkeys(("if", "condition", "until", "trigger", "event", "after"), "when"),
    **dict.fromkeys(("then", "goto", "go_to", "next", "target", "transition"), "go"),
    **dict.fromkeys(("action", "actions"), "do"),
}
"""What rules are written with elsewhere -> the language's key."""


def _see_order(when: Expression, slots: Slots) -> None:
    """A flag of one tick beside what may come true later: whether they meet is a matter of order."""
    for one in walk(when):
        if not isinstance(one, AllOf):
            continue
        moments = [flag for operand in one.operands for flag in _moments(operand, slots)]
        later = [operand for operand in one.operands if isinstance(operand, Comparison | Held) or _lasts(operand, slots)]
        for flag in moments[0 if later else 1 :][:1]:
            message = f"'{flag.thing} {flag.flag}' is true for one moment; if the rest comes true later, this rule has missed it"
            slots.findings.warning("W0512", flag.span, message, lasting_instead(flag, slots.names))


def _moments(operand: Expression, slots: Slots) -> list[Flag]:
    inner = operand.operands if isinstance(operand, AnyOf) else (operand,)
    return [one for one in inner if isinstance(one, Flag) and is_moment(one, slots.names)]


def _lasts(operand: Expression, slots: Slots) -> bool:
    return isinstance(operand, Flag) and not is_moment(operand, slots.names)


def _words(node: Node) -> str:
    """What an author wrote, on one line."""
    return " ".join(node.value.split()) if isinstance(node, TextNode) else ""


def read_step(node: Node, slots: Slots) -> Step:
    """An action, or a list of actions that begin together."""
    return tuple(action for item in slots.items(node) for action in _action(item, slots))


def _action(node: Node, slots: Slots) -> tuple[Action, ...]:
    """An action; none, with a finding, if it is not one."""
    if isinstance(node, ListNode):
        slots.findings.error("E0508", node.span, "this list is one too deep", "a step is an action or a list of actions")
        return ()
    verbs = [key for key in node.entries if key in VERBS] if isinstance(node, MapNode) else []
    if not isinstance(node, MapNode) or not verbs:
        slots.findings.error("E0509", *_no_action(node))
        return ()
    for verb in verbs[1:]:
        message = f"one action does one thing: '{verbs[0]}' or '{verb}'"
        slots.findings.error("E0510", node.entries[verb].key_span, message, "make two actions of it: [{…}, {…}]")
    verb = verbs[0]
    fields = slots.fields(node, f"'{verb}'", (verb, *VERBS[verb], *verbs[1:]))
    return (_verb(verb, fields, slots),)


def _no_action(node: Node) -> tuple[Span, str, str]:
    """Place, sentence and remedy for what is no action."""
    for entry in node if isinstance(node, MapNode) else ():
        meant = "" if entry.key in _BESIDE else meant_by(entry.key, VERBS)
        if meant.startswith(("did", "here")):
            return entry.key_span, f"'{entry.key}' is not an action", meant
    keys = node.entries.keys() if isinstance(node, MapNode) else ()
    for verb, others in VERBS.items():
        if {*others} & {*keys}:
            return _span(node), "this action does not say what it does", f"add '{verb}: …' before the rest"
    return _span(node), "this is not an action", f"an action begins with one of {a_list(VERBS)}"


def _verb(verb: str, fields: Mapping[str, Entry], slots: Slots) -> Action:  # noqa: PLR0911 — one return for each verb
    node, span, names = fields[verb].value, fields[verb].key_span, slots.names
    people = Fitting(names, lambda one: one.card is None or one.card.kind == "person")
    match verb:
        case "say":
            speaker = slots.reference(fields["speaker"].value, people, "a person") if "speaker" in fields else "guide"
            return Say(span=span, text=slots.text_key(node), speaker=speaker)
        case "haptic":
            pattern = slots.word(fields["pattern"].value, PATTERNS, "a pattern") if "pattern" in fields else "tap"
            solid = Fitting(names, lambda one: one.card is None or one.card.kind not in {"sound", "environment"})
            return Haptic(span=span, thing=slots.reference(node, solid, "a thing"), pattern=pattern)
        case "play" | "stop":
            sounds = Fitting(names, lambda one: one.section == "sounds")
            sound = slots.reference(node, sounds, "a sound")
            return Play(span=span, sound=sound) if verb == "play" else Stop(span=span, sound=sound)
        case "teleport":
            return Teleport(span=span, target=slots.reference(node, names.rooms, "a room or thing", names.things))
        case "log":
            return Log(span=span, word=slots.name(node, "'log'"))
        case "draw":
            return Draw(span=span, variable=_drawn(node, slots))
        case "wait":
            return Wait(span=span, time=slots.quantity(node, "time", "play", "a wait", NOT_NEGATIVE))
        case _:
            return _change(fields, slots)


def _drawn(node: Node, slots: Slots) -> str:
    """A variable that can be drawn: one with choices, or a whole number."""
    found = slots.reference(node, slots.names.variables, "a variable")
    variable = slots.names.variables.get(found)
    if variable and variable.dimension not in {"word", "count", "truth"}:
        message = f"'{found}' is {describe(variable.dimension)}, and only choices and whole numbers are drawn"
        slots.findings.error("E0525", node.span, message, "give it 'choices', and draw among them")
    return found


def _change(fields: Mapping[str, Entry], slots: Slots) -> Change:
    target = fields["change"]
    path, slot = slots.property(target.value)
    name = ".".join(path)
    if ("to" in fields) == ("add" in fields):
        message = "'change' takes one of 'to' and 'add'" if "to" in fields else f"this does not say what '{name}' becomes"
        slots.findings.error("E0513", target.key_span, message, "add 'to: …' for a value or 'add: …' for a difference")
    for key in ("add", "over", "ease"):
        if slot and key in fields and slot.dimension in _NOT_NUMBERS:
            message = f"'{name}' changes at once, so it has no '{key}'"
            slots.findings.error("E0514", fields[key].key_span, message, "leave it out, and use 'to'")
    if slot and "over" in fields and slot.dimension == "count":
        slots.findings.error("E0514", fields["over"].key_span, f"'{name}' is a count and changes at once", "leave 'over' out")
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
    return slots.quantity(node, slot.dimension, "play", "a difference", Limits(charted=slot.charted))
