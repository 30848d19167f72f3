"""What kind of value an expression has: its names found, its dimensions checked, its bare words understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar

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
from engine.spec.first_tries import meant_by
from engine.spec.grammar import ExpressionError
from engine.spec.references import ROOM_FLAGS, Declared, Names
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
_NOT_NUMBERS = frozenset({"truth", "word", "thing", "text"})


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
                "E0301",
                expression.span,
                f"'{expression.value:g}' has no unit; this is {describe(wanted)}",
                _with_units(wanted, expression),
            )
        raise ExpressionError(
            "E0304",
            expression.span,
            f"this is {describe(kind.dimension)}, not {describe(wanted)}",
            "check the unit or the name",
        )
    if dimension == "count" and not kind.whole:
        raise ExpressionError("E0309", expression.span, "this may be a fraction, and a count is whole", "write a whole number")


def _with_units(dimension: str, number: Number) -> str:
    base, slash, _ = dimension.partition("/")
    rate = "/min" if slash else ""
    return "write " + a_list(f"'{number.value:g} {unit}{rate}'" for unit in units_of(base))


def _written_out(left: Expression, right: Expression) -> Span | None:
    """Where the one of two operands stands that is a number written out, if just one is."""
    numbers = [one for one in (left, right) if isinstance(one, Number)]
    return numbers[0].span if len(numbers) == 1 else None


def is_moment(flag: Flag, names: Names) -> bool:
    """Whether a flag is up for one tick only."""
    declared = names.things.get(flag.thing)
    return flag.thing == FACILITATOR or bool(declared and declared.flags.get(flag.flag) == "moment")


def lasting_instead(flag: Flag, names: Names) -> str:
    """What to write instead of a flag that is up for one tick."""
    declared, twin = names.things.get(flag.thing), _LASTING.get(flag.flag, "")
    if declared and twin in declared.flags:
        return f"use the lasting flag '{flag.thing} {twin}'"
    return f"let '{flag.thing} {flag.flag}' go to a state of its own, and ask for the rest there"


_LASTING = {"grabbed": "held"}
"""A flag of one tick -> its twin that lasts."""

FACILITATOR = "facilitator"
"""The name whose flags are the scene's `triggers`."""

TRUTH_WORDS = {
    **dict.fromkeys(("yes", "on", "y", "True", "TRUE", "Yes", "YES", "On", "ON"), "true"),
    **dict.fromkeys(("no", "off", "n", "False", "FALSE", "No", "NO", "Off", "OFF"), "false"),
}


def no_property(declared: Declared, prop: str, span: Span) -> tuple[str, Span, str, str]:
    """Code, place, sentence and remedy for a property that a thing does not have."""
    card = declared.card
    known = card.changeable if card else {}
    if card and prop in card.params:
        return "E0208", span, f"'{prop}' of '{declared.name}' is fixed when it is built", did_you_mean(prop, known)
    remedy = meant_by(prop, known)
    if prop in declared.flags:
        remedy = f"it is a flag: write '{declared.name} {prop}'"
    return "E0207", span, f"'{declared.name}' has no live property '{prop}'", remedy


_Sides = TypeVar("_Sides", Arithmetic, Comparison)


def _with(expression: _Sides, left: Expression, right: Expression) -> _Sides:
    """An expression with these two sides."""
    same = left is expression.left and right is expression.right
    return expression if same else replace(expression, left=left, right=right)


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
                self.lasting(expression.test)
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
            raise ExpressionError("E0327", expression.span, message, "compare it with something, as in 'x > 3'")
        return found

    def time(self, expression: Expression) -> Expression:
        found, kind = self.kind(expression)
        fit(found, kind, "time")
        return found

    def lasting(self, test: Expression) -> None:
        """See that what is held `for` a time is not over after one tick."""
        if isinstance(test, Flag) and is_moment(test, self.names):
            message = f"'{test.thing} {test.flag}' is true for one moment, so never for a time"
            raise ExpressionError("E0511", test.span, message, lasting_instead(test, self.names))

    def playing(self, expression: Expression, what: str) -> None:
        if self.phase == "build":
            message = f"{what} cannot stand here: the scene is built before anything happens"
            raise ExpressionError("E0316", expression.span, message, "use a number or a parameter")

    def name(self, name: Name) -> Kind:
        first = name.path[0]
        if self.names.excused(first):
            return Kind(UNKNOWN)
        if len(name.path) == 1:
            return self.quantity(name, first)
        self.playing(name, f"'{'.'.join(name.path)}'")
        declared = self.names.things.get(first)
        if declared is None:
            code, message, remedy = self.names.missing(first, self.names.things, "a thing")
            raise ExpressionError(code, self.head(name), message, remedy)
        slot = self.names.slot(name.path)
        if slot is None:
            prop = ".".join(name.path[1:])
            raise ExpressionError(*no_property(declared, prop, self.tail(name)))
        return Kind(plain(slot.dimension), slot.choices, slot.dimension == "count")

    def head(self, name: Name) -> Span:
        span = name.span
        if span.line != span.end_line or span.end_column - span.column != len(".".join(name.path)):
            return span
        return replace(span, end_column=span.column + len(name.path[0]))

    def tail(self, name: Name) -> Span:
        head = self.head(name)
        return name.span if head == name.span else replace(name.span, column=head.end_column + 1)

    def quantity(self, name: Name, first: str) -> Kind:
        found = self.names.quantity(first)
        if found is None:
            if first in self.names.things:
                card, flags = self.names.things[first].card, sorted(self.names.things[first].flags)
                said = [f"'{first}.{one}'" for one in sorted(card.live if card else ())[:1]]
                said += [f"'{first} {one}'" for one in flags[:1]]
                remedy = f"add a property or a flag, as in {a_list(said)}" if said else ""
                raise ExpressionError("E0213", name.span, f"'{first}' is a thing, which has no value by itself", remedy)
            words = ("done", "true", "false") if self.phase == "rule" else ("true", "false")
            known = [*self.names.parameters, *self.names.variables, *self.names.things, *words]
            code, message, remedy = self.names.missing(first, known, "a parameter or variable")
            if first in TRUTH_WORDS:
                code, message, remedy = "E0335", f"'{first}' is not a word here", f"write '{TRUTH_WORDS[first]}'"
            raise ExpressionError(code, name.span, message, remedy)
        if first in self.names.variables:
            self.playing(name, f"the variable '{first}'")
        return Kind(plain(found.dimension), found.choices, found.dimension == "count")

    def flag(self, flag: Flag) -> Flag:
        self.playing(flag, f"'{flag.thing} {flag.flag}'")
        if self.names.excused(flag.thing):
            return flag
        if flag.thing == FACILITATOR:
            return self.trigger(flag)
        if flag.thing in self.names.rooms:
            return self.room(flag)
        declared = self.names.things.get(flag.thing)
        if declared is None:
            code, message, remedy = self.names.missing(flag.thing, [*self.names.things, FACILITATOR], "a thing")
            if flag.flag in self.names.states and did_you_mean(flag.thing, ["in"]).startswith("did"):
                remedy = f"did you mean 'in {flag.flag}'?"
            raise ExpressionError(code, self.word(flag, 0, len(flag.thing)), message, remedy)
        if flag.flag not in declared.flags:
            span = self.word(flag, -len(flag.flag), 0)
            remedy = meant_by(flag.flag, declared.flags)
            if flag.flag == "fitted":
                remedy = f"give '{flag.thing}' a place it goes on, as in 'fits: patient.face'"
            elif declared.card and flag.flag in declared.card.changeable:
                remedy = f"it is a property: compare '{flag.thing}.{flag.flag}' with a value"
            raise ExpressionError("E0209", span, f"'{flag.thing}' is never '{flag.flag}'", remedy)
        return flag

    def room(self, flag: Flag) -> Flag:
        if flag.flag not in ROOM_FLAGS:
            span = self.word(flag, -len(flag.flag), 0)
            remedy = did_you_mean(flag.flag, ROOM_FLAGS)
            raise ExpressionError("E0209", span, f"the room '{flag.thing}' is never '{flag.flag}'", remedy)
        return flag

    def trigger(self, flag: Flag) -> Flag:
        if flag.flag not in self.names.triggers:
            remedy = did_you_mean(flag.flag, self.names.triggers) or f"declare it, as in 'triggers: [{flag.flag}]'"
            message = f"the facilitator has no trigger '{flag.flag}'"
            raise ExpressionError("E0209", self.word(flag, -len(flag.flag), 0), message, remedy)
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
            code, message, remedy = self.names.missing(test.state, self.names.states, "a state")
            span = test.span
            if span.line == span.end_line:
                span = replace(span, column=span.end_column - len(test.state))
            raise ExpressionError(code, span, message, remedy)
        return test

    def own_time(self, expression: Done | After) -> Expression:
        what = "done" if isinstance(expression, Done) else "after"
        self.playing(expression, f"'{what}'")
        if self.phase != "rule":
            raise ExpressionError(
                "E0317", expression.span, f"'{what}' belongs to a state's rules", "use a flag, a property or 'in STATE' here"
            )
        return expression if isinstance(expression, Done) else replace(expression, time=self.time(expression.time))

    def arithmetic(self, expression: Arithmetic) -> tuple[Expression, Kind]:
        left, one = self.kind(expression.left)
        right, two = self.kind(expression.right)
        for side, kind in ((left, one), (right, two)):
            if kind.dimension in _NOT_NUMBERS:
                message = f"this is {describe(kind.dimension)}, and '{expression.operator}' takes numbers"
                raise ExpressionError("E0336", side.span, message, "use a number or a quantity")
        found = _with(expression, left, right)
        if UNKNOWN in (one.dimension, two.dimension):
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
            raise ExpressionError(
                "E0336", _written_out(left, right) or expression.span, message, "give both the same kind of unit"
            )
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
            raise ExpressionError("E0314", expression.span, f"'{known.name}' may be 0: its range is {ends}", remedy)
        raise ExpressionError("E0314", expression.span, "this might be 0", remedy)

    def comparison(self, expression: Comparison) -> Expression:
        left, one = self.side(expression.left, expression.right)
        right, two = self.side(expression.right, expression.left)
        found = _with(expression, left, right)
        if UNKNOWN in (one.dimension, two.dimension):
            return found
        if one.dimension != two.dimension:
            if isinstance(right, Number) and two.dimension == NUMBER:
                fit(right, two, one.dimension)
            if isinstance(left, Number) and one.dimension == NUMBER:
                fit(left, one, two.dimension)
            message = f"{describe(one.dimension)} cannot be compared with {describe(two.dimension)}"
            raise ExpressionError(
                "E0337", _written_out(left, right) or expression.span, message, "give both the same kind of unit"
            )
        if one.dimension in _NOT_NUMBERS and expression.operator not in {"==", "!="}:
            raise ExpressionError(
                "E0328", expression.span, f"{describe(one.dimension)} is not more or less than another", "use == or !="
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
                    "E0212", expression.span, f"'{owner}' is never '{word}'", did_you_mean(word, beside.choices)
                )
        return self.kind(expression)

    def beside(self, name: Name) -> Kind | None:
        known = self.names.quantity(name.path[0]) if len(name.path) == 1 else self.names.slot(name.path)
        return Kind(known.dimension, known.choices) if known and known.dimension in {"word", "thing"} else None
