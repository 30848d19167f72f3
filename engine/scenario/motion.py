"""Values that change over time: `change … over`, and `drift`. Computed from where they began, never summed, so they do not
creep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.spec.expression import Value
from engine.world.vectors import cosine
from headset.inputs import TICKS_PER_SECOND

Ease = Literal["sine", "linear"]

_FROM, _TO = cosine(0.0), cosine(0.5)
"""1 and -1, but for what `cosine` is off there: so that a change begins at its start, and not a millionth beside it."""


def eased(part: float, ease: Ease) -> float:
    """How far a change has come at `part` 0–1 of its time: exactly 0 at 0 and 1 at 1. `sine` starts and ends at rest:
    (1 - cos(pi part)) / 2."""
    return part if ease == "linear" else (_FROM - cosine(part / 2.0)) / (_FROM - _TO)


@dataclass(frozen=True, slots=True)
class Glide:
    """A change from one value to another between two scene ticks."""

    start: float
    end: float
    began: int
    ends: int
    ease: Ease
    owner: int
    """The entry of the state it belongs to: leaving that state ends it."""
    cause: int
    """The event that began it."""

    def at(self, clock: float) -> float:
        """The value at a scene tick, which may lie between two."""
        if clock >= self.ends:
            return self.end
        part = max(0.0, (clock - self.began) / (self.ends - self.began))
        return self.start + (self.end - self.start) * eased(part, self.ease)

    def over(self, clock: int, value: float) -> bool:
        """Whether it has come to its end, with its value at that tick."""
        del value
        return clock >= self.ends


@dataclass(frozen=True, slots=True)
class Rate:
    """What a state says of a property that drifts: so much a second, for as long as the state lasts."""

    rate: float
    owner: int
    cause: int


@dataclass(frozen=True, slots=True)
class Drift:
    """A steady change at `rate` a second from a value on, until one of the property's limits holds it."""

    start: float
    rate: float
    began: int
    low: float | None
    high: float | None
    owner: int
    cause: int

    def at(self, clock: float) -> float:
        """The value at a scene tick, which may lie between two."""
        value, low, high = self.start + self.rate * ((clock - self.began) / TICKS_PER_SECOND), self.low, self.high
        # `clamp`, written out: it is asked of everything that drifts in every tick.
        if low is not None and value < low:
            return low
        return high if high is not None and value > high else value

    def over(self, clock: int, value: float) -> bool:
        """Whether the limit that it goes towards holds it, with its value at that tick."""
        del clock
        return value == (self.high if self.rate > 0.0 else self.low) and self.rate != 0.0


Motion = Glide | Drift


def clamp(value: float, low: float | None, high: float | None) -> float:
    """The value within its limits; a limit that is None does not hold."""
    if low is not None and value < low:
        return low
    if high is not None and value > high:
        return high
    return value


def is_number(value: Value) -> bool:
    """Whether a value can glide."""
    return not isinstance(value, (bool, str))
