"""The event log: what happened, when, who did it and why; one JSON object a line.

    n        number of the event, from 0
    tick     session tick (10 ms each) in which it happened
    who      participant or another person, operator, engine, scenario, guide, a monitor, or a device
    event    what happened: session_began, state_entered, rule_fired, changed, said, grabbed … (all are in this folder's README)
    what     to whom or which: a state's path, a thing, a property, a text key; left out if empty
    value    how much, or which; left out if none
    because  the rule's condition as the author wrote it, or the input behind it, in words; left out if empty
    cause    number of the event that led to it; left out where an input did so itself, and of session_began
    state    the innermost active states as the tick began, joined by `+`

A line's bytes depend on nothing but the scene, the settings and the inputs: keys are sorted, floats are written as Python's
`repr`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

from engine.spec.expression import Value


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; the fields are those of a line of the log."""

    n: int
    tick: int
    who: str
    event: str
    what: str = ""
    value: Value | None = None
    because: str = ""
    cause: int | None = None
    state: str = ""


def line(event: Event) -> str:
    """An event as a line of the log, without the line's end."""
    fields = {name: value for name, value in asdict(event).items() if value is not None and value != ""}
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def digest(events: Iterable[Event]) -> str:
    """The SHA-256 of a log's bytes, in hexadecimal."""
    total = sha256()
    for event in events:
        total.update(line(event).encode() + b"\n")
    return total.hexdigest()
