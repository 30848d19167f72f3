"""What a value can be: a range of numbers, or a set of words; now, and as time goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from engine.authoring.prove.times import EVER, NEVER, Times, since

HORIZON = 1e7
"""Seconds; what has not happened by then is said never to happen."""


@dataclass(frozen=True, slots=True)
class Range:
    """Every number from `low` to `high`."""

    low: float
    high: float

    def __or__(self, other: Range) -> Range:
        return Range(min(self.low, other.low), max(self.high, other.high))

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low)

    def __mul__(self, other: Range) -> Range:
        ends = [_times(one, two) for one in (self.low, self.high) for two in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def over(self, other: Range) -> Range:
        """The quotient; the reader has seen to it that the divisor is never 0."""
        if other.low <= 0.0 <= other.high:
            return Range(-inf, inf)
        return self * Range(1.0 / other.high, 1.0 / other.low)

    def within(self, low: float | None, high: float | None) -> Range:
        """The range as a property's limits hold it."""
        least, most = -inf if low is None else low, inf if high is None else high
        return Range(min(max(self.low, least), most), min(max(self.high, least), most))


Words = frozenset[str | bool]
"""The words, or truths, that a value can be."""

Known = Range | Words


def join(one: Known, two: Known) -> Known:
    """Whatever either can be."""
    if isinstance(one, Range) and isinstance(two, Range):
        return one | two
    if isinstance(one, Range) or isinstance(two, Range):
        raise TypeError(f"{one} and {two} are not of one kind")
    return one | two


def is_within(one: Known, two: Known) -> bool:
    """Whether the first can be nothing that the second cannot."""
    if isinstance(one, Range) and isinstance(two, Range):
        return two.low <= one.low and one.high <= two.high
    return not isinstance(one, Range) and not isinstance(two, Range) and one <= two


@dataclass(frozen=True, slots=True)
class Curve:
    """A range that changes with time: its ends as functions of seconds, and which way each goes (-1, 0, 1) for ever."""

    low: Callable[[float], float]
    high: Callable[[float], float]
    lows: int
    highs: int

    def at(self, moment: float) -> Range:
        """The range at a moment."""
        return Range(self.low(moment), self.high(moment))

    def hull(self, first: float, last: float) -> Range:
        """Whatever it can be between two moments."""
        return self.at(first) | self.at(min(last, HORIZON))

    def __add__(self, other: Curve) -> Curve:
        if self.lows * other.lows < 0 or self.highs * other.highs < 0:
            return flat(self.hull(0.0, inf) + other.hull(0.0, inf))
        return Curve(
            lambda moment: self.low(moment) + other.low(moment),
            lambda moment: self.high(moment) + other.high(moment),
            self.lows or other.lows,
            self.highs or other.highs,
        )

    def __neg__(self) -> Curve:
        return Curve(lambda moment: -self.high(moment), lambda moment: -self.low(moment), -self.highs, -self.lows)

    def scaled(self, by: float) -> Curve:
        """The product with a number that is not negative."""
        return Curve(
            lambda moment: _times(self.low(moment), by),
            lambda moment: _times(self.high(moment), by),
            self.lows if by else 0,
            self.highs if by else 0,
        )

    def times(self, other: Curve) -> Curve:
        """The product: exact by a fixed number, else whatever it can ever be."""
        for one, two in ((self, other), (other, self)):
            fixed = two.at(0.0)
            if two.lows == two.highs == 0 and fixed.low == fixed.high >= 0.0:
                return one.scaled(fixed.low)
        return flat(self.hull(0.0, inf) * other.hull(0.0, inf))

    def over(self, other: Curve) -> Curve:
        """The quotient."""
        return self.times(flat(Range(1.0, 1.0).over(other.hull(0.0, inf))))

    def below(self, limit: float, *, reached: bool) -> tuple[Times, Times]:
        """When it may, and when it must, be less than a limit; `reached`: or equal to it."""
        return _crossing(self.low, self.lows, limit, reached=reached), _crossing(self.high, self.highs, limit, reached=reached)


def flat(value: Range) -> Curve:
    """A range that stays as it is."""
    return Curve(lambda _: value.low, lambda _: value.high, 0, 0)


def _crossing(end: Callable[[float], float], way: int, limit: float, *, reached: bool) -> Times:
    """When a monotone function is below a limit."""

    def below(moment: float) -> bool:
        value = end(moment)
        return value <= limit if reached else value < limit

    first, last = below(0.0), below(HORIZON)
    if first == last:
        return EVER if first else NEVER
    if way == 0:
        raise ValueError("a fixed value crossed a limit")
    low, high = 0.0, HORIZON
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) == first else (low, middle)
    return Times(((0.0, low),)) if first else since(high)


def _times(one: float, two: float) -> float:
    """A product in which nothing times infinity is nothing: an end of a range that is never reached."""
    return 0.0 if 0.0 in (one, two) else one * two
