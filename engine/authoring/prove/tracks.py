"""How one property goes while a configuration lasts, and what is known of it when that ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from engine.authoring.prove.values import Curve, Known, Range, flat, join
from engine.scenario.motion import Ease, eased

Owner = tuple[str, ...]
"""The path of the state that a motion belongs to; leaving it ends the motion."""


@dataclass(frozen=True, slots=True)
class Still:
    """It stays as it is. A property that a hand can set is `Still` with all that a hand can make of it."""

    value: Known

    @property
    def ever(self) -> Known:
        """Whatever it can be while the configuration lasts."""
        return self.value

    def curve(self) -> Curve:
        """A number as time goes on."""
        return flat(_number(self.value))

    def after(self, first: float, last: float, stays: bool) -> Track:
        """What is known of it at some moment between two; `stays`: the state it belongs to stays active."""
        del first, last, stays
        return self


@dataclass(frozen=True, slots=True)
class Drifting:
    """A steady change, up to the property's limits."""

    start: Range
    rate: Range
    low: float | None
    high: float | None
    owner: Owner

    @property
    def ever(self) -> Range:
        """Whatever it can be."""
        return self.curve().hull(0.0, inf)

    def curve(self) -> Curve:
        """A number as time goes on."""

        def bounded(value: float) -> float:
            return Range(value, value).within(self.low, self.high).low

        return Curve(
            lambda moment: bounded(self.start.low + self.rate.low * moment),
            lambda moment: bounded(self.start.high + self.rate.high * moment),
            _sign(self.rate.low),
            _sign(self.rate.high),
        )

    def after(self, first: float, last: float, stays: bool) -> Track:
        """What is known of it at some moment between two."""
        now = self.curve().hull(first, last)
        return replace(self, start=now) if stays else Still(now)


@dataclass(frozen=True, slots=True)
class Gliding:
    """A change that takes a time, and is at its end from then on."""

    start: Range
    end: Range
    takes: Range
    ease: Ease
    owner: Owner

    @property
    def ever(self) -> Range:
        """Whatever it can be."""
        return self.start | self.end

    def curve(self) -> Curve:
        """A number as time goes on: the end of the range that is ahead goes as fast as it can, the one behind as slowly; where
        the way is not sure, it is anything between."""
        rises, falls = self.end.low >= self.start.high, self.end.high <= self.start.low
        if not (rises or falls):
            return flat(self.ever)
        quick, slow = (self.takes.low, self.takes.high) if rises else (self.takes.high, self.takes.low)

        def way(start: float, end: float, takes: float, moment: float) -> float:
            return end if moment >= takes else start + (end - start) * eased(moment / takes, self.ease)

        turn = 1 if rises else -1
        return Curve(
            lambda moment: way(self.start.low, self.end.low, slow, moment),
            lambda moment: way(self.start.high, self.end.high, quick, moment),
            turn,
            turn,
        )

    def after(self, first: float, last: float, stays: bool) -> Track:
        """What is known of it at some moment between two."""
        now = self.curve().hull(first, last)
        if not stays:
            return Still(now)
        left = Range(max(0.0, self.takes.low - last), max(0.0, self.takes.high - first))
        # What is left of a sine is no sine: only that it is between, and when it is over, is known of it.
        return Loose(now | self.end, self.end, left.high, self.owner)


@dataclass(frozen=True, slots=True)
class Loose:
    """It may be anything of `anywhere` for up to so many seconds, and is `then` at last."""

    anywhere: Known
    then: Known
    lasts: float
    owner: Owner

    @property
    def ever(self) -> Known:
        """Whatever it can be."""
        return join(self.anywhere, self.then)

    def curve(self) -> Curve:
        """A number: all that it can be, for there is no saying when."""
        return flat(_number(self.ever))

    def after(self, first: float, last: float, stays: bool) -> Track:
        """What is known of it at some moment between two."""
        if first >= self.lasts:
            return Still(self.then)
        return replace(self, lasts=self.lasts - first) if stays and last < inf else Still(self.ever)


Track = Still | Drifting | Gliding | Loose


def _number(value: Known) -> Range:
    if isinstance(value, Range):
        return value
    raise TypeError(f"{sorted(map(str, value))} are words, not numbers")


def _sign(value: float) -> int:
    return (value > 0.0) - (value < 0.0)
