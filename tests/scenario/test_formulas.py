"""Expressions made into functions are worth what `evaluate` says they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from engine.scenario.active import Active
from engine.scenario.formulas import LARGEST, Formulas
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
    Value,
    evaluate,
)
from engine.spec.model import State
from engine.world import World

Tick = tuple[frozenset[tuple[str, str]], frozenset[str], bool, list[float]]

FLAGS = [("bell", "pressed"), ("stone", "held"), ("orb", "seen")]
NAMES = [("orb", "scale"), ("score",)]
STATES = ["calm", "late"]

numbers = st.one_of(st.builds(Number, st.sampled_from([-2.0, 0.0, 0.5, 3.0, 1e5])), st.builds(Name, st.sampled_from(NAMES)))
sums = st.recursive(
    numbers,
    lambda inner: (
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*"]), inner, inner)
        | st.builds(Arithmetic, st.just("/"), inner, st.just(Number(4.0)))
    ),
    max_leaves=4,
)
tests = st.one_of(
    st.builds(lambda pair: Flag(*pair), st.sampled_from(FLAGS)),
    st.builds(In, st.sampled_from(STATES)),
    st.just(Done()),
    st.builds(After, st.builds(Number, st.sampled_from([0.0, 0.02, 0.05]))),
    st.builds(Comparison, st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), sums, sums),
)
conditions = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.tuples(inner, inner)),
        st.builds(AnyOf, st.tuples(inner, inner, inner)),
        st.builds(Held, inner, st.builds(Number, st.sampled_from([0.0, 0.01, 0.03]))),
    ),
    max_leaves=8,
)
ticks = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(FLAGS)),
        st.frozensets(st.sampled_from(STATES)),
        st.booleans(),
        st.lists(st.sampled_from([-1.0, 0.0, 0.5, 3.0]), min_size=2, max_size=2),
    ),
    min_size=1,
    max_size=8,
)


@dataclass
class Moment:
    """A moment for both: the fields of `formulas.Moment`, and the methods of `expression.Scope`."""

    flags: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    is_done: bool = False
    clock: int = 0
    properties: dict[tuple[str, ...], Value] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)

    def done(self, active: Active | None = None) -> bool:
        return self.is_done

    def value(self, path: tuple[str, ...]) -> Value:
        return self.properties[path]

    def flag(self, thing: str, flag: str) -> bool:
        return (thing, flag) in self.flags

    def active(self, state: str) -> bool:
        return state in self.names

    def elapsed(self) -> float:
        return self.clock / 100

    def held(self, test: Held, now: bool) -> float:
        if not now:
            self.since.pop(id(test), None)
            return -1.0
        return (self.clock - self.since.setdefault(id(test), self.clock)) / 100


@given(condition=conditions, course=ticks)
def test_a_condition_is_worth_the_same_tick_by_tick(condition: Expression, course: list[Tick]) -> None:
    moment = Moment()
    world = SimpleNamespace(properties=moment.properties, clock=0)
    formulas = Formulas(cast(World, world), moment, lambda expression, active: None)
    active = Active(State(), (), 1, 0, 0)
    formula = formulas.of(condition)
    for clock, (flags, names, is_done, values) in enumerate(course):
        moment.flags, moment.names, moment.is_done, moment.clock = flags, names, is_done, clock
        world.clock = clock
        moment.properties.update(zip(NAMES, values, strict=True))
        assert formula(active) is evaluate(condition, moment)


def test_arithmetic_is_bounded_and_told() -> None:
    told: list[Expression] = []
    world = SimpleNamespace(properties={("score",): 1e9}, clock=0)
    formulas = Formulas(cast(World, world), Moment(), lambda expression, active: told.append(expression))
    active = Active(State(), (), 1, 0, 0)
    huge = Arithmetic("*", Name(("score",)), Name(("score",)))
    assert formulas.number(huge, active) == LARGEST
    assert formulas.number(Arithmetic("-", Number(0.0), huge), active) == -LARGEST
    assert formulas.number(Arithmetic("-", huge, huge), active) == 0.0
    assert told
    assert all(expression == huge for expression in told)
