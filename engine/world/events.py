"""What a part of the engine says has happened, before the session numbers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.spec.expression import Value


@dataclass(frozen=True, slots=True)
class Draft:
    """An event without its number and tick.

    `who` did it (`participant`, `operator`, `scenario`, `engine`, a device), `event` is what (`state_entered`, `grabbed`),
    `what` to whom or which, `value` how much, `because` the condition or input behind it in words, `cause` the number of the
    event that led to it.
    """

    who: str
    event: str
    what: str = ""
    value: Value | None = None
    because: str = ""
    cause: int | None = None


Emit = Callable[[Draft], int]
"""Puts an event into the log and returns its number, which later events can name as their cause."""
