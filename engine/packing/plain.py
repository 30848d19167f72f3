"""Inputs as plain data, for JSON: `["command", "operator", "pause", ""]`. What is not exactly what was written is refused.

A recording of version 1 holds every input like this; one of version 2 all but people, who come in columns (`blocks.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any, get_args, get_type_hints

from headset.inputs import FULL, Button, Clock, Command, Hand, Input, Link, Person, Pose, Signal, Verb

LARGEST = 1 << 53
"""No whole number of a recording is larger, so that every JSON reader finds the same ones."""

BUTTONS: tuple[Button, ...] = get_args(Button)
VERBS: tuple[str, ...] = get_args(Verb)
LINKS: tuple[str, ...] = get_args(get_type_hints(Link)["state"])


def text(value: object) -> str:
    """A text. Raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def texts(values: object) -> tuple[str, ...]:
    """Texts. Raises TypeError for anything else than a list of them."""
    if not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return tuple(text(value) for value in values)


def whole(value: object, low: int = -LARGEST, high: int = LARGEST) -> int:
    """A whole number from `low` to `high`. Raises TypeError for anything else; True is none."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise TypeError(f"{value!r} is no whole number from {low} to {high}")
    return value


def number(value: object) -> float:
    """A finite number. Raises TypeError for anything else."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not isfinite(value):
        raise TypeError(f"{value!r} is no number")
    return value


def one_of(value: object, known: Sequence[Any]) -> Any:
    """One of `known`. Raises ValueError for anything else."""
    if value not in known:
        raise ValueError(f"{value!r} is not known here")
    return value


def to_plain(given: Signal | Command | Link | Clock) -> list[Any]:
    """An input as plain data."""
    match given:
        case Signal():
            return ["signal", given.name, given.value, given.unit, given.quality, given.source]
        case Command():
            return ["command", given.author, given.verb, given.value]
        case Link():
            return ["link", given.device, given.state]
        case Clock():
            return ["clock", given.skipped]


def from_plain(data: Sequence[Any]) -> Input:
    """The input that plain data says. Raises ValueError or TypeError if it says none."""
    kind, *rest = data
    match kind:
        case "person":
            name, head, left, right = rest
            return Person(text(name), _pose(head), _hand(left), _hand(right))
        case "signal":
            name, value, unit, quality, source = rest
            return Signal(text(name), number(value), text(unit), whole(quality), text(source))
        case "command":
            author, verb, value = rest
            return Command(text(author), one_of(verb, VERBS), text(value))
        case "link":
            device, state = rest
            return Link(text(device), one_of(state, LINKS))
        case "clock":
            (skipped,) = rest
            return Clock(whole(skipped, 1))
    raise ValueError(f"no input is called {kind!r}")


# People of version 1, who had no keys and no thumbsticks.


def _pose(data: Sequence[int] | None) -> Pose | None:
    if data is None:
        return None
    x, y, z, w, i, j, k = (whole(one) for one in data)
    if not (w or i or j or k):
        raise ValueError("a turn has a length")
    return Pose((x, y, z), (w, i, j, k))


def _hand(data: Sequence[Any] | None) -> Hand:
    if data is None:
        return Hand()
    grip, aim, squeeze, trigger, buttons = data
    return Hand(
        _pose(grip),
        _pose(aim),
        whole(squeeze, 0, FULL),
        whole(trigger, 0, FULL),
        frozenset(one_of(button, BUTTONS) for button in buttons),
    )
