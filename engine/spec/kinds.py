"""What kind of value an expression has: its names found, its dimensions checked, its bare words understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from engine.spec.diagnostics import Span
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
from engine.spec.findings import a_list, did_you_mean
from engine.spec.grammar import ExpressionError
from engine.spec.references import Names
from engine.spec.units import NUMBER, describe, divide, multiply, plain, unit_of, units_of, written

Phase = Literal["build", "play", "rule"]
"""Where an expression stands: where a scene is built only parameters have values; `after` and `done` belong to rules."""

UNKNOWN = "unknown"
"""The dimension of a name whose declaration is already found wrong; it fits everywhere."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A dimension (as in `units`, or `truth`, `word`, `thing`, `unknown`), a word's choices; `whole`: always a whole number."""

    dimension: str
    choices: tuple[str, ...] = ()
    whole: bool = False


TRUTH = Kind("truth")
_NOT_NUMBERS = frozenset({"truth", "word", "thing"})


def understand(expression: Expression, names: Names, phase: Phase) -> tuple[Expression, Kind]:
    """The expression with its bare words told from its names, and its kind. Raises ExpressionError."""
    return _Reader(names, phase).kind(expression)


def fit(expression: Expression, kind: Kind, dimension: str) -> None:
    """See that a value of that kind may stand in a slot of that dimension. Raises ExpressionError."""
    wanted = plain(dimension)
    if kind.dimension == UNKNOWN:
        return
    if kind.dimension != wanted:
        if kind.dimension == NUMBER and isinstance(expression, Number) and unit_of(wanted.partition("/")[0]):
            raise ExpressionError(
                "unit",
                expression.span,
                f"'{expression.value:g}' has no unit; this is {describe(wanted)}",
                _with_units(wanted, expression),
            )
        raise ExpressionError(
            "dimension",
            expression.span,
            f"this is {describe(kind.dimension)}, not {describe(wanted)}",
            "check the unit or the name",
        )
    if dimension == "count" and not kind.whole:
        raise ExpressionError("count", expression.span, "this may be a fraction, and a count is whole", "write a whole number")


def _with_units(dimension: str, number: Number) -> str:
    base, slash, _ = dimension.partition("/")
    rate = "/min" if slash else ""
    return "write " + a_list(f"'{number.value:g} {unit}{rate}'" for unit in units_of(base))


class _Reader:
    def __init__(self, names: Names, phase: Phase) -> None:
        self.names, self.phase = names, phase

    def kind(self, expression: Expression) -> tuple[Expression, Kind]:  # noqa: PLR0911 — one return for each form
        match expression:
            case Number():
                return expression, Kind(expression.dimension, whole=expression.value.is_integer())
            case Truth():
                return expression, TRUTH
            case Word():
                return expression, Kind("word", (expression.value,))
            case Name():
                return expression, self.name(expression)
            case Flag():
                return self.flag(expression), TRUTH
            case In():
                return self.state(expression), TRUTH
            case Done() | After():
                return self.own_time(expression), TRUTH
            case Held():
                self.playing(expression, "'for'")
                return replace(expression, test=self.truth(expression.test), time=self.time(expression.time)), TRUTH
            case Arithmetic():
                return self.arithmetic(expression)
            case Comparison():
                return self.comparison(expression), TRUTH
            case Not():
                return replace(expression, operand=self.truth(expression.operand)), TRUTH
            case AllOf() | AnyOf():
                return replace(expression, operands=tuple(self.truth(one) for one in expression.operands)), TRUTH

    def truth(self, expression: Expression) -> Expression:
        found, kind = self.kind(expression)
        if kind.dimension not in {"truth", UNKNOWN}:
            message = f"this is {describe(kind.dimension)}, and a condition is true or false"
            raise ExpressionError("dimension", expression.span, message, "compare it with something, as in 'x > 3'")
        return found

    def time(self, expression: Expression) -> Expression:
        found, kind = self.kind(expression)
        fit(found, kind, "time")
        return found

    def playing(self, expression: Expression, what: str) -> None:
        if self.phase == "build":
            message = f"{what} cannot stand here: the scene is built before anything happens"
            raise ExpressionError("built", expression.span, message, "use a number or a parameter")

    def name(self, name: Name) -> Kind:
        first = name.path[0]
        if self.names.excused(first):
            return Kind(UNKNOWN)
        if len(name.path) == 1:
            return self.quantity(name, first)
        self.playing(name, f"'{'.'.join(name.path)}'")
        declared = self.names.things.get(first)
        if declared is None:
            message, remedy = self.names.missing(first, self.names.things, "a thing")
            raise ExpressionError("unknown-name", self.head(name), message, remedy)
        slot = self.names.slot(name.path)
        if slot is None:
            known = declared.card.changeable if declared.card else ()
            prop = ".".join(name.path[1:])
            message = f"'{first}' has no live property '{prop}'"
            if declared.card and prop in declared.card.params:
                message = f"'{prop}' of '{first}' is fixed when it is built; only live properties can be asked for"
            raise ExpressionError("unknown-property", name.span, message, did_you_mean(prop, known))
        return Kind(plain(slot.dimension), slot.choices, slot.dimension == "count")

    def head(self, name: Name) -> Span:
        span = name.span
        if span.line != span.end_line or span.end_column - span.column != len(".".join(name.path)):
            return span
        return replace(span, end_column=span.column + len(name.path[0]))

    def quantity(self, name: Name, first: str) -> Kind:
        found = self.names.quantity(first)
        if found is None:
            if first in self.names.things:
                known = sorted(self.names.things[first].flags)
                remedy = f"add a flag or a property, as in '{first} {known[0]}'" if known else ""
                raise ExpressionError("unknown-name", name.span, f"'{first}' is a thing, which has no value by itself", remedy)
            message, remedy = self.names.missing(
                first, [*self.names.parameters, *self.names.variables], "a parameter or variable"
            )
            raise ExpressionError("unknown-name", name.span, message, remedy)
        if first in self.names.variables:
            self.playing(name, f"the variable '{first}'")
        return Kind(plain(found.dimension), found.choices, found.dimension == "count")

    def flag(self, flag: Flag) -> Flag:
        self.playing(flag, f"'{flag.thing} {flag.flag}'")
        if self.names.excused(flag.thing):
            return flag
        declared = self.names.things.get(flag.thing)
        if declared is None:
            message, remedy = self.names.missing(flag.thing, self.names.things, "a thing")
            raise ExpressionError("unknown-name", self.word(flag, 0, len(flag.thing)), message, remedy)
        if flag.flag not in declared.flags:
            length = len(flag.flag)
            span = self.word(flag, -length, 0)
            remedy = did_you_mean(flag.flag, declared.flags)
            if flag.flag == "fitted":
                remedy = f"give '{flag.thing}' a place it goes on, as in 'fits: patient.face'"
            raise ExpressionError("unknown-flag", span, f"'{flag.thing}' is never '{flag.flag}'", remedy)
        return flag

    def word(self, flag: Flag, start: int, end: int) -> Span:
        span = flag.span
        if span.line != span.end_line or span.end_column - span.column < len(flag.thing) + 1 + len(flag.flag):
            return span
        if start < 0:
            return replace(span, column=span.end_column + start)
        return replace(span, column=span.column + start, end_column=span.column + end)

    def state(self, test: In) -> In:
        self.playing(test, f"'in {test.state}'")
        if test.state not in self.names.states:
            message, remedy = self.names.missing(test.state, self.names.states, "a state")
            span = test.span
            if span.line == span.end_line:
                span = replace(span, column=span.end_column - len(test.state))
            raise ExpressionError("unknown-name", span, message, remedy)
        return test

    def own_time(self, expression: Done | After) -> Expression:
        what = "done" if isinstance(expression, Done) else "after"
        self.playing(expression, f"'{what}'")
        if self.phase != "rule":
            raise ExpressionError(
                "rule-only", expression.span, f"'{what}' belongs to a state's rules", "use a flag, a property or 'in STATE' here"
            )
        return expression if isinstance(expression, Done) else replace(expression, time=self.time(expression.time))

    def arithmetic(self, expression: Arithmetic) -> tuple[Expression, Kind]:
        left, one = self.kind(expression.left)
        right, two = self.kind(expression.right)
        for side, kind in ((left, one), (right, two)):
            if kind.dimension in _NOT_NUMBERS:
                message = f"this is {describe(kind.dimension)}, and '{expression.operator}' takes numbers"
                raise ExpressionError("dimension", side.span, message, "use a number or a quantity")
        found = replace(expression, left=left, right=right)
        if UNKNOWN in {one.dimension, two.dimension}:
            return found, Kind(UNKNOWN)
        whole = one.whole and two.whole and expression.operator != "/"
        match expression.operator:
            case "*":
                return found, Kind(multiply(one.dimension, two.dimension), whole=whole)
            case "/":
                self.divisor(right)
                return found, Kind(divide(one.dimension, two.dimension), whole=whole)
        if one.dimension != two.dimension:
            message = f"{describe(one.dimension)} and {describe(two.dimension)} cannot be added or taken away"
            raise ExpressionError("dimension", expression.span, message, "give both the same kind of unit")
        return found, Kind(one.dimension, whole=whole)

    def divisor(self, expression: Expression) -> None:
        if isinstance(expression, Number) and expression.value != 0:
            return
        known = (
            self.names.parameters.get(expression.path[0]) if isinstance(expression, Name) and len(expression.path) == 1 else None
        )
        if known and known.low is not None and known.high is not None and (known.low > 0 or known.high < 0):
            return
        remedy = "divide by a number, or by a parameter whose range leaves out 0"
        if known and known.low is not None and known.high is not None:
            ends = f"{written(known.low, plain(known.dimension))} to {written(known.high, plain(known.dimension))}"
            raise ExpressionError("divisor", expression.span, f"'{known.name}' may be 0: its range is {ends}", remedy)
        raise ExpressionError("divisor", expression.span, "this might be 0", remedy)

    def comparison(self, expression: Comparison) -> Expression:
        left, one = self.side(expression.left, expression.right)
        right, two = self.side(expression.right, expression.left)
        found = replace(expression, left=left, right=right)
        if UNKNOWN in {one.dimension, two.dimension}:
            return found
        if one.dimension != two.dimension:
            if isinstance(right, Number) and two.dimension == NUMBER:
                fit(right, two, one.dimension)
            if isinstance(left, Number) and one.dimension == NUMBER:
                fit(left, one, two.dimension)
            message = f"{describe(one.dimension)} cannot be compared with {describe(two.dimension)}"
            raise ExpressionError("dimension", expression.span, message, "give both the same kind of unit")
        if one.dimension in _NOT_NUMBERS and expression.operator not in {"==", "!="}:
            raise ExpressionError(
                "dimension", expression.span, f"{describe(one.dimension)} is not more or less than another", "use == or !="
            )
        return found

    def side(self, expression: Expression, other: Expression) -> tuple[Expression, Kind]:
        """One side of a comparison: a bare name beside a word property is one of its choices."""
        if isinstance(expression, Name) and len(expression.path) == 1 and isinstance(other, Name):
            beside = self.beside(other)
            word = expression.path[0]
            if beside and (word in beside.choices or (beside.dimension == "thing" and word in self.names.things)):
                return Word(word, expression.span), Kind(beside.dimension, beside.choices)
            if beside and self.names.quantity(word) is None:
                owner = ".".join(other.path)
                raise ExpressionError(
                    "unknown-word", expression.span, f"'{owner}' is never '{word}'", did_you_mean(word, beside.choices)
                )
        return self.kind(expression)

    def beside(self, name: Name) -> Kind | None:
        known = self.names.quantity(name.path[0]) if len(name.path) == 1 else self.names.slot(name.path)
        return Kind(known.dimension, known.choices) if known and known.dimension in {"word", "thing"} else None
