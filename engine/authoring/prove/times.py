"""Sets of moments: stretches of time in which something may, or must, be so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Times:
    """Closed stretches of seconds since a configuration was entered: ascending, apart, the last perhaps without an end.

    Ends count as inside, also after `but` without a margin: what *may* be so then has a moment too many. What *must* be so needs
    the margin.
    """

    stretches: tuple[Stretch, ...]

    @property
    def first(self) -> float:
        """The earliest moment; infinite if there is none."""
        return self.stretches[0][0] if self.stretches else inf

    def __bool__(self) -> bool:
        return bool(self.stretches)

    def __contains__(self, moment: float) -> bool:
        return any(low <= moment <= high for low, high in self.stretches)

    def __and__(self, other: Times) -> Times:
        return _joined(
            (max(low, lower), min(high, higher))
            for low, high in self.stretches
            for lower, higher in other.stretches
            if max(low, lower) <= min(high, higher)
        )

    def __or__(self, other: Times) -> Times:
        return _joined((*self.stretches, *other.stretches))

    def but(self, margin: float = 0.0) -> Times:
        """All other moments; with a margin, only those that are further than that from the ones it has."""
        left, at = [], 0.0
        for low, high in self.stretches:
            left.append((at, low - margin))
            at = high + margin
        left.append((at, inf))
        return Times(tuple((low, high) for low, high in left if low < high))

    def held(self, seconds: float, credit: float = 0.0) -> Times:
        """The moments by which it has been so for that long without a break; up to `credit` seconds of it before the start."""

        def begins(low: float) -> float:
            return max(0.0, seconds - credit) if low <= 0.0 else low + seconds

        return Times(tuple((begins(low), high) for low, high in self.stretches if begins(low) <= high))

    def until(self, end: float) -> Times:
        """Those of its moments that are not later than `end`."""
        return self & Times(((0.0, end),))


EVER = Times(((0.0, inf),))
NEVER = Times(())


def since(moment: float) -> Times:
    """Every moment from this one on."""
    return Times(((max(0.0, moment), inf),)) if moment < inf else NEVER


def _joined(stretches: Iterable[Stretch]) -> Times:
    found: list[Stretch] = []
    for low, high in sorted(stretches):
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return Times(tuple(found))
