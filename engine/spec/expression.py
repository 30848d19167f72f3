"""Expressions of the scene language (its grammar's section 8) as a small typed tree, and what they are worth.

Expressions are total: no loops, no calls, and a divisor is a number or a parameter whose range leaves out 0. Values inside are
metres, seconds, degrees, lumens, kelvins, litres a minute, kilograms, decibels, and products of these; `dimension` says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from engine.spec.diagnostics import NOWHERE, Span

Value = float | bool | str
Comparator = Literal["<", "<=", "==", "!=", ">=", ">"]
Operator = Literal["+", "-", "*", "/"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, already in SI-like base units (`90 s`, `5 min` -> 300). `dimension` as in `engine.spec.units`."""

    value: float
    dimension: str = "number"
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Word:
    """One of the choices of the property or parameter it stands beside; `true` and `false` are `Truth`."""

    value: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` or `false`."""

    value: bool
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter or variable (`inhale`) or a property of a thing (`orb.scale`, `environment.sun`)."""

    path: tuple[str, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """A thing's flag: `bell pressed`."""

    thing: str
    flag: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class In:
    """True while that state is active."""

    state: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """True once the state that holds the rule has ended its own `do` and `steps`, or its inner states were left by `out`."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class After:
    """True from so many seconds after the state that holds the rule was entered."""

    time: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """True once `test` has been true without a break for `time` seconds."""

    test: Expression
    time: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers made one."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared."""

    operator: Comparator
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """True when the operand is not."""

    operand: Expression
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """`a and b and c`: every operand is looked at, so that each `for` keeps its own time."""

    operands: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`a or b or c`: every operand is looked at."""

    operands: tuple[Expression, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Expression = Number | Word | Truth | Name | Flag | In | Done | After | Held | Arithmetic | Comparison | Not | AllOf | AnyOf


class Scope(Protocol):
    """What an expression can ask about. Where a scene is built only `value` of parameters is answered."""

    def value(self, path: tuple[str, ...]) -> Value:
        """The value of a parameter, variable or property."""

    def flag(self, thing: str, flag: str) -> bool:
        """Whether a flag is up in this tick."""

    def active(self, state: str) -> bool:
        """Whether a state is active."""

    def done(self) -> bool:
        """Whether the state that holds the expression is done."""

    def elapsed(self) -> float:
        """Seconds since the state that holds the expression was entered."""

    def held(self, test: Held, now: bool) -> float:
        """Note that `test.test` is `now` true or not; seconds for which it has been true without a break, -1 if it is not."""


def evaluate(expression: Expression, scope: Scope) -> Value:  # noqa: PLR0911 — one return for each form
    """What an expression is worth in a scope. Only + - * / and comparisons are used, so every machine finds the same bits."""
    match expression:
        case Number() | Word() | Truth():
            return expression.value
        case Name():
            return scope.value(expression.path)
        case Flag():
            return scope.flag(expression.thing, expression.flag)
        case In():
            return scope.active(expression.state)
        case Done():
            return scope.done()
        case After():
            return scope.elapsed() >= number(expression.time, scope)
        case Held():
            now = evaluate(expression.test, scope) is True
            return scope.held(expression, now) >= number(expression.time, scope)
        case Arithmetic():
            return _arithmetic(expression, number(expression.left, scope), number(expression.right, scope))
        case Comparison():
            return _compare(expression, evaluate(expression.left, scope), evaluate(expression.right, scope))
        case Not():
            return evaluate(expression.operand, scope) is not True
        case AllOf():
            return all([evaluate(operand, scope) is True for operand in expression.operands])  # noqa: C419 — each `for` keeps time
        case AnyOf():
            return any([evaluate(operand, scope) is True for operand in expression.operands])  # noqa: C419


def number(expression: Expression, scope: Scope) -> float:
    """The worth of an expression that the reader has found to be a number."""
    value = evaluate(expression, scope)
    if isinstance(value, (bool, str)):
        raise TypeError(f"{expression} is worth {value!r}, not a number")
    return value


def truth(expression: Expression, scope: Scope) -> bool:
    """The worth of a condition."""
    return evaluate(expression, scope) is True


def _arithmetic(expression: Arithmetic, left: float, right: float) -> float:
    match expression.operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right


def _compare(expression: Comparison, left: Value, right: Value) -> bool:
    if expression.operator == "==":
        return left == right
    if expression.operator == "!=":
        return left != right
    if isinstance(left, (bool, str)) or isinstance(right, (bool, str)):
        raise TypeError(f"{expression} compares what has no order")
    match expression.operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">=":
            return left >= right
        case ">":
            return left > right


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and all within it, outer first, left to right."""
    yield expression
    match expression:
        case After():
            yield from walk(expression.time)
        case Held():
            yield from walk(expression.test)
            yield from walk(expression.time)
        case Arithmetic() | Comparison():
            yield from walk(expression.left)
            yield from walk(expression.right)
        case Not():
            yield from walk(expression.operand)
        case AllOf() | AnyOf():
            for operand in expression.operands:
                yield from walk(operand)
