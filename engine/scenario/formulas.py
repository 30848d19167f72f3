"""Expressions made into functions, once, so that a thousand rules can be asked every tick.

`engine.spec.expression.evaluate` says what an expression is worth; these functions give the same in about a tenth of the time,
and a test holds the two together. Arithmetic is bounded: what would be larger than LARGEST is LARGEST, so no infinity and no
NaN can arise, and the first time it happens to an expression, `overflow` is told.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Protocol

from engine.scenario.active import Active
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
    Value,
    Word,
    walk,
)
from engine.world import World
from headset.inputs import TICKS_PER_SECOND

LARGEST = 1e12
"""No number in a scenario is larger: 30,000 years in seconds, further than the sun in metres."""

Formula = Callable[[Active], Value]
"""What an expression is worth for the state that holds it."""

_COMPARE: Mapping[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_CALCULATE: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class Moment(Protocol):
    """What a formula asks besides the world."""

    flags: frozenset[tuple[str, str]]
    """The (thing, flag) pairs that are up in this tick."""
    names: frozenset[str]
    """The names of the states that are active."""

    def done(self, active: Active) -> bool:
        """Whether a state's own `do` and `steps` are over."""


class Formulas:
    """The functions of one scenario's expressions, each made when it is first asked for."""

    def __init__(self, world: World, moment: Moment, overflow: Callable[[Expression, Active], None]) -> None:
        self.world = world
        self.moment = moment
        self.overflow = overflow
        self._made: dict[int, tuple[Expression, Formula]] = {}
        self._held = 0

    def of(self, expression: Expression) -> Formula:
        """The function of an expression."""
        made = self._made.get(id(expression))
        if made is None:
            # The expression is kept with its function: an id is its own only as long as the object lives.
            made = self._made[id(expression)] = (expression, self._make(expression))
        return made[1]

    def number(self, expression: Expression, active: Active) -> float:
        """The worth of an expression that the reader has found to be a number: at most LARGEST either way."""
        value = self.of(expression)(active)
        if isinstance(value, (bool, str)):
            raise TypeError(f"{expression} is worth {value!r}, not a number")
        return max(-LARGEST, min(LARGEST, value))

    def _make(self, expression: Expression) -> Formula:  # noqa: PLR0911 — one return for each form
        world, moment = self.world, self.moment
        match expression:
            case Number() | Word() | Truth():
                constant = expression.value
                return lambda _: constant
            case Name():
                path = expression.path
                return lambda _: world.properties[path]
            case Flag():
                pair = (expression.thing, expression.flag)
                return lambda _: pair in moment.flags
            case In():
                state = expression.state
                return lambda _: state in moment.names
            case Done():
                return moment.done
            case After():
                time = self.of(expression.time)
                return lambda active: (world.clock - active.entered) / TICKS_PER_SECOND >= time(active)  # type: ignore[operator]
            case Held():
                return self._make_held(expression)
            case Arithmetic():
                return self._make_arithmetic(expression)
            case Comparison():
                return self._make_comparison(expression)
            case Not():
                operand = self.of(expression.operand)
                return lambda active: operand(active) is not True
            case AllOf() | AnyOf():
                return self._make_many(expression)

    def _make_held(self, expression: Held) -> Formula:
        world, test, time = self.world, self.of(expression.test), self.of(expression.time)
        key, self._held = self._held, self._held + 1

        def held(active: Active) -> bool:
            if test(active) is not True:
                active.since.pop(key, None)
                return False
            since = active.since.setdefault(key, world.clock)
            return (world.clock - since) / TICKS_PER_SECOND >= time(active)  # type: ignore[operator]

        return held

    def _make_arithmetic(self, expression: Arithmetic) -> Formula:
        left, right, calculate = self.of(expression.left), self.of(expression.right), _CALCULATE[expression.operator]

        def worth(active: Active) -> float:
            value = calculate(left(active), right(active))  # type: ignore[arg-type]
            if -LARGEST <= value <= LARGEST:
                return value
            self.overflow(expression, active)
            return -LARGEST if value < 0.0 else LARGEST

        return worth

    def _make_comparison(self, expression: Comparison) -> Formula:
        compare = _COMPARE[expression.operator]
        if isinstance(expression.left, Name) and isinstance(expression.right, (Number, Word, Truth)):
            # `patient.spo2 < 86`: what nearly every rule asks.
            world, path, constant = self.world, expression.left.path, expression.right.value
            return lambda _: compare(world.properties[path], constant)
        left, right = self.of(expression.left), self.of(expression.right)
        return lambda active: compare(left(active), right(active))

    def _make_many(self, expression: AllOf | AnyOf) -> Formula:
        """Every operand is asked, so that each `for` keeps its own time; without one, the first that settles it is enough."""
        operands = tuple(map(self.of, expression.operands))
        every = isinstance(expression, AllOf)
        if not any(isinstance(node, Held) for node in walk(expression)):
            if every:
                return lambda active: all(operand(active) is True for operand in operands)
            return lambda active: any(operand(active) is True for operand in operands)
        if every:
            return lambda active: all([operand(active) is True for operand in operands])  # noqa: C419
        return lambda active: any([operand(active) is True for operand in operands])  # noqa: C419
