"""When a condition may hold, and when it must, while a configuration lasts; and what a value can be.

Each answer errs on the safe side: `may` has every moment at which the condition can hold, whatever people do and however the
session is set; `must` only moments at which it holds without fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.authoring.prove.times import EVER, NEVER, Times, since
from engine.authoring.prove.tracks import Track
from engine.authoring.prove.values import Curve, Known, Range, Words, flat
from engine.spec.expression import (
    After,
    AllOf,
    AnyOf,
    Arithmetic,
    Comparison,
    Done,
    Expression,
    Flag,
    Held,
    In,
    Name,
    Not,
    Number,
    Truth,
    Word,
)
from engine.spec.model import SceneSpec
from headset.inputs import TICKS_PER_SECOND

TICK = 1.0 / TICKS_PER_SECOND
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """When something may be so, and when it must."""

    may: Times
    must: Times


ALWAYS, NOT_EVER, UNSURE = Both(EVER, EVER), Both(NEVER, NEVER), Both(EVER, NEVER)


@dataclass(frozen=True, slots=True)
class Holder:
    """The state that holds an expression: for how long it has been active when the configuration begins, and when it is done."""

    elapsed: Range
    done: Both


@dataclass(frozen=True, slots=True)
class View:
    """What expressions are asked against: a scene, how its properties go, which states are active."""

    scene: SceneSpec
    tracks: Mapping[Path, Track]
    active: frozenset[str] | None
    """The names of the active states; None if nothing is known of them."""

    def known(self, expression: Expression, first: float = 0.0, last: float = 0.0) -> Known:
        """What a value can be at some moment between two."""
        if isinstance(expression, Word | Truth):
            return frozenset([expression.value])
        if isinstance(expression, Name):
            track = self.track(expression.path)
            if not isinstance(track.ever, Range):
                return track.ever
        return self.curve(expression).hull(first, last)

    def number(self, expression: Expression, first: float = 0.0, last: float = 0.0) -> Range:
        """As `known`, of what the reader has found to be a number."""
        found = self.known(expression, first, last)
        if isinstance(found, Range):
            return found
        raise TypeError(f"{expression} is no number")

    def track(self, path: Path) -> Track:
        """How a property, a variable or a parameter goes."""
        return self.tracks[path]

    def curve(self, expression: Expression) -> Curve:
        """A number as time goes on."""
        match expression:
            case Number():
                return flat(Range(expression.value, expression.value))
            case Name():
                return self.track(expression.path).curve()
            case Arithmetic():
                left, right = self.curve(expression.left), self.curve(expression.right)
                match expression.operator:
                    case "+":
                        return left + right
                    case "-":
                        return left + -right
                    case "*":
                        return left.times(right)
                    case "/":
                        return left.over(right)
        raise TypeError(f"{expression} is no number")

    def truth(self, expression: Expression, holder: Holder) -> Both:  # noqa: PLR0911 — one return for each form
        """When a condition of a state may hold, and when it must."""
        match expression:
            case Truth():
                return ALWAYS if expression.value else NOT_EVER
            case Name():
                return _among(self.track(expression.path).ever, frozenset([True]))
            case Flag():
                return UNSURE
            case In():
                if self.active is None:
                    return UNSURE
                return ALWAYS if expression.state in self.active else NOT_EVER
            case Done():
                return holder.done
            case After():
                return self._after(self.number(expression.time), holder)
            case Held():
                return self._held(expression, holder)
            case Comparison():
                return self._comparison(expression)
            case Not():
                inner = self.truth(expression.operand, holder)
                return _not(inner)
            case AllOf():
                return self._fold(expression.operands, holder, EVER, Times.__and__)
            case AnyOf():
                return self._fold(expression.operands, holder, NEVER, Times.__or__)
        raise TypeError(f"{expression} is no condition")

    def _fold(self, operands: tuple[Expression, ...], holder: Holder, start: Times, by: Callable[[Times, Times], Times]) -> Both:
        may = must = start
        for operand in operands:
            one = self.truth(operand, holder)
            may, must = by(may, one.may), by(must, one.must)
        return Both(may, must)

    def _after(self, time: Range, holder: Holder) -> Both:
        return Both(since(time.low - holder.elapsed.high), since(time.high - holder.elapsed.low))

    def _held(self, expression: Held, holder: Holder) -> Both:
        time = self.number(expression.time)
        inner = self.truth(expression.test, holder)
        if time.low > TICK and self._is_moment(expression.test):
            return NOT_EVER
        return Both(inner.may.held(time.low, credit=holder.elapsed.high), inner.must.held(time.high))

    def _is_moment(self, test: Expression) -> bool:
        """Whether a condition holds for a tick at most."""
        match test:
            case Flag():
                thing = self.scene.everything.get(test.thing)
                return thing is not None and thing.flags.get(test.flag) == "moment"
            case AllOf():
                return any(self._is_moment(one) for one in test.operands)
            case AnyOf():
                return all(self._is_moment(one) for one in test.operands)
            case _:
                return False

    def _comparison(self, expression: Comparison) -> Both:
        if self._is_word(expression.left) or self._is_word(expression.right):
            left, right = self.known(expression.left), self.known(expression.right)
            if isinstance(left, Range) or isinstance(right, Range):
                raise TypeError(f"{expression} compares a word with a number")
            same = _among(left, right) if len(right) == 1 else _among(right, left)
            return same if expression.operator == "==" else _not(same)
        curve = self.curve(expression.left) + -self.curve(expression.right)
        match expression.operator:
            case "<" | "<=":
                return Both(*curve.below(0.0, reached=expression.operator == "<="))
            case ">" | ">=":
                return Both(*(-curve).below(0.0, reached=expression.operator == ">="))
        less, more = curve.below(0.0, reached=True), (-curve).below(0.0, reached=True)
        same = Both(less[0] & more[0], less[1] & more[1])
        return same if expression.operator == "==" else _not(same)

    def _is_word(self, expression: Expression) -> bool:
        return isinstance(expression, Word | Truth) or (
            isinstance(expression, Name) and not isinstance(self.track(expression.path).ever, Range)
        )


def _among(found: Known, wanted: Words) -> Both:
    """Whether something known is one of some words."""
    if isinstance(found, Range) or not found & wanted:
        return NOT_EVER
    return ALWAYS if found <= wanted and len(found) == 1 else UNSURE


def _not(both: Both) -> Both:
    # Half a tick: no tick of a session falls between, and at the boundary itself nothing is sure.
    return Both(both.must.but(), both.may.but(margin=TICK / 2))
