"""What hands tell the rest of the engine in a tick: flags that went up, values that were set, each with its event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.spec.expression import Value
from engine.world.events import Draft, Emit

Pair = tuple[str, str]
"""(thing, flag) or (thing, control)."""

SetValue = Callable[[tuple[str, str], Value], None]
"""Sets a live property, and ends whatever else was changing it."""


@dataclass(slots=True)
class Told:
    """What the hands have to say. `emit` logs an event, `set_value` changes a property; both are the session's."""

    emit: Emit
    set_value: SetValue
    moments: set[Pair] = field(default_factory=set)
    """The flags that are up for this tick only."""

    def raise_flag(self, pair: Pair, draft: Draft) -> int:
        """Raise a moment flag; the number of its event."""
        cause = self.emit(draft)
        self.moments.add(pair)
        return cause

    def change(self, path: Pair, value: Value, draft: Draft) -> int:
        """Set a property by hand; the number of its event."""
        self.set_value(path, value)
        return self.emit(draft)
