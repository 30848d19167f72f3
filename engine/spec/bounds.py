"""How far the value of an expression can range, as far as that is known before the session: by interval arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

from engine.spec.expression import Arithmetic, Expression, Name, Number
from engine.spec.references import Names


@dataclass(frozen=True, slots=True)
class Bounds:
    """The value with the session's parameters, and the least and most it is for any setting of them."""

    now: float
    low: float
    high: float


def bounds(expression: Expression, names: Names) -> Bounds | None:
    """The bounds of a number made of numbers and parameters; None if it depends on the session, or divides by 0."""
    match expression:
        case Number():
            return Bounds(expression.value, expression.value, expression.value)
        case Name():
            return _parameter(expression, names)
        case Arithmetic():
            left, right = bounds(expression.left, names), bounds(expression.right, names)
            return _combined(expression.operator, left, right) if left and right else None
        case _:
            return None


def _parameter(name: Name, names: Names) -> Bounds | None:
    known = names.parameters.get(name.path[0]) if len(name.path) == 1 else None
    if known is None or isinstance(known.value, (bool, str)):
        return None
    value = known.value
    return Bounds(value, value if known.low is None else known.low, value if known.high is None else known.high)


def _combined(operator: str, left: Bounds, right: Bounds) -> Bounds | None:
    match operator:
        case "+":
            return Bounds(left.now + right.now, left.low + right.low, left.high + right.high)
        case "-":
            return Bounds(left.now - right.now, left.low - right.high, left.high - right.low)
        case "*":
            ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
            return Bounds(left.now * right.now, min(ends), max(ends))
    if right.low <= 0 <= right.high or right.now == 0:
        return None
    ends = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Bounds(left.now / right.now, min(ends), max(ends))
