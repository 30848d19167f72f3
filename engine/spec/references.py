"""Every name that a scene declares, so that a name can be used anywhere in the file, and a misspelt one be set right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.spec.cards import Card, FlagKind, Slot
from engine.spec.diagnostics import Span
from engine.spec.findings import Findings, a_list, did_you_mean
from engine.spec.grammar import NAME
from engine.spec.model import Quantity
from engine.spec.tree import Entry, MapNode

TAKEN = frozenset(
    [
        "and",
        "or",
        "not",
        "for",
        "after",
        "in",
        "to",
        "done",
        "out",
        "end",
        "true",
        "false",
        "none",
        "participant",
        "guide",
        "environment",
        "checklist",
        "facilitator",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "null",
    ]
)
"""Words of the language, and words that YAML readers turn into something else."""


ROOM_FLAGS: Mapping[str, FlagKind] = {"occupied": "lasting"}
"""The flags of a room: `bay occupied` is true while the participant's head is in it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A thing by its name: its section, its card (None if it could not be found), whether it `fits` somewhere."""

    name: str
    section: str
    span: Span
    card: Card | None
    fits: bool = False

    @property
    def flags(self) -> Mapping[str, FlagKind]:
        """The flags it raises."""
        return self.card.raised(self.fits) if self.card else {}


@dataclass(slots=True)
class Names:
    """All that can be referred to."""

    parameters: dict[str, Quantity] = field(default_factory=dict)
    variables: dict[str, Quantity] = field(default_factory=dict)
    rooms: dict[str, Span] = field(default_factory=dict)
    things: dict[str, Declared] = field(default_factory=dict)
    states: dict[str, Span] = field(default_factory=dict)
    triggers: dict[str, Span] = field(default_factory=dict)
    """What a facilitator can set off: the flags of `facilitator`."""
    text: dict[str, Span] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """Text keys that something refers to."""
    broken: set[str] = field(default_factory=set)
    """Names whose declarations are already found wrong; nothing more is said about their uses."""

    def quantity(self, name: str) -> Quantity | None:
        """A parameter or variable."""
        return self.parameters.get(name) or self.variables.get(name)

    def slot(self, path: tuple[str, ...]) -> Slot | None:
        """The live property at `thing.property`."""
        card = self.card(path[0])
        return card.changeable.get(path[1]) if card and len(path) == 2 else None

    def card(self, thing: str) -> Card | None:
        """The card of a thing."""
        declared = self.things.get(thing)
        return declared.card if declared else None

    def excused(self, name: str) -> bool:
        """Whether nothing can be said about a name, because its declaration or its card could not be read."""
        return name in self.broken or (name in self.things and self.things[name].card is None)

    def missing(self, name: str, known: Iterable[str], kind: str) -> tuple[str, str, str]:
        """Code, sentence and remedy for a name that is not among those `known`; `kind` is what it should be, as in `a state`."""
        card, everything = self.card(name), set(known)
        remedy = did_you_mean(name, everything) if everything else f"the scene has not declared {kind} yet"
        if "variable" in kind:
            owners = [f"'{one}.{name}'" for one, it in self.things.items() if it.card and name in it.card.live]
            remedy = f"write {a_list(owners[:3])}" if owners else remedy
        for what, others in self._spaces():
            if name in others:
                found = f"{'an' if card.kind[0] in 'aeiou' else 'a'} {card.kind}" if card and what == "a thing" else what
                return "E0211", f"'{name}' is {found}; here stands the name of {kind}", remedy
        return "E0203", f"nothing is named '{name}'", remedy

    def _spaces(self) -> Iterable[tuple[str, Iterable[str]]]:
        return (
            ("a parameter", self.parameters),
            ("a variable", self.variables),
            ("a room", self.rooms),
            ("a thing", self.things),
            ("a state", self.states),
        )


class Fitting(Collection[str]):
    """The names of those things that fit, looked at one by one: a list of all would be made anew for every name that is read."""

    def __init__(self, names: Names, fits: Callable[[Declared], bool]) -> None:
        self._things, self._fits = names.things, fits

    def __contains__(self, name: object) -> bool:
        found = self._things.get(name) if isinstance(name, str) else None
        return found is not None and self._fits(found)

    def __iter__(self) -> Iterator[str]:
        return (name for name, one in self._things.items() if self._fits(one))

    def __len__(self) -> int:
        return len(list(iter(self)))


NAMES_ARE = "names are small letters a-z, digits and _, as in 'left_lamp'"


def named(text: str) -> str:
    """What to do about a text that is no name: the name that is nearest to it, or what names are."""
    near = named_like(text)
    return f"write '{near}': {NAMES_ARE}" if near else NAMES_ARE


def named_like(text: str) -> str:
    """The name that is nearest to a text that is none; empty if there is none."""
    near = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return near if NAME.fullmatch(near) and near != text else ""


def declare(entry: Entry, what: str, findings: Findings, taken: Mapping[str, Span], allowed: Iterable[str] = ()) -> bool:
    """See that a declared name is a good one and new in its space; what it is becomes part of the sentence."""
    name, span = entry.key, entry.key_span
    if not NAME.fullmatch(name):
        findings.error("E0204", span, f"'{name}' cannot be {what}'s name", named(name))
        return False
    if name in TAKEN and name not in allowed:
        findings.error("E0205", span, f"'{name}' is a word of the language and cannot be {what}'s name", "choose another name")
        return False
    if name in taken:
        where = f"line {taken[name].line}" if taken[name].line else "the engine itself"
        findings.error("E0206", span, f"'{name}' is already the name of something, in {where}", "choose another name")
        return False
    return True


def state_names(scenario: MapNode, findings: Findings) -> dict[str, Span]:
    """The names of all states, in one space however deep they stand."""
    found: dict[str, Span] = {}
    waiting = [scenario]
    while waiting:
        node = waiting.pop()
        regions = node.get("regions")
        if isinstance(regions, MapNode):
            waiting += [entry.value for entry in regions if isinstance(entry.value, MapNode)]
        states = node.get("states")
        if not isinstance(states, MapNode):
            continue
        for entry in states:
            if declare(entry, "a state", findings, found):
                found[entry.key] = entry.key_span
            if isinstance(entry.value, MapNode):
                waiting.append(entry.value)
    return found
