"""Expressions: precedence, spans, and a clear sentence for each way to get one wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
)
from engine.spec.grammar import ExpressionError, parse, parse_range


def where(start: int, end: int) -> Span:
    return Span("x", 1, start + 1, 1, end + 1)


def read(text: str) -> Expression:
    return parse(text, where)


def test_or_binds_looser_than_and_and_not_looser_than_for() -> None:
    found = read("not bell pressed for 3 s and done or in treated")
    held = Held(Flag("bell", "pressed"), Number(3.0, "time"))
    assert found == AnyOf((AllOf((Not(held), Done())), In("treated")))


def test_products_bind_tighter_than_sums_and_read_from_the_left() -> None:
    a, b, c, d = (Name((letter,)) for letter in "abcd")
    assert read("a - b - c * d") == Arithmetic("-", Arithmetic("-", a, b), Arithmetic("*", c, d))
    assert read("(a - b) * c") == Arithmetic("*", Arithmetic("-", a, b), c)


def test_quantities_carry_their_units() -> None:
    assert read("after 1.5 min") == After(Number(90.0, "time"))
    assert read("oxygen.flow >= 10 L/min") == Comparison(">=", Name(("oxygen", "flow")), Number(10.0, "flow"))
    assert read("-0.8/min") == Number(-0.8 / 60, "number/time")
    assert read("2 deg/s") == Number(2.0, "angle/time")


def test_a_range_has_two_ends() -> None:
    assert parse_range("3 s to 1 min", where) == (Number(3.0, "time"), Number(60.0, "time"))
    with pytest.raises(ExpressionError, match="two ends"):
        parse_range("3 s", where)


def test_every_part_knows_where_it_stands() -> None:
    text = "bell pressed or  oxygen.flow > (3 L/min + 1 L/min)"
    found = read(text)
    assert isinstance(found, AnyOf)
    comparison = found.operands[1]
    assert isinstance(comparison, Comparison)
    shown = [text[one.span.column - 1 : one.span.end_column - 1] for one in (found, found.operands[0], comparison.left)]
    assert shown == [text, "bell pressed", "oxygen.flow"]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("10m", "a space is missing", "write '10 m'"),
        ("10 metres", "'metres' is not a unit", ""),
        ("10 S", "'S' is not a unit", "did you mean 's'?"),
        ("3/week", "'/week' is not a rate", "/min"),
        ("101.5°F", "charted in °C", "write '38.6'"),
        ("101.5 °F", "charted in °C", "write '38.6'"),
        ("94%", "vital signs are bare numbers, without '%'", "write '94'"),
        ("108/62", "a blood pressure is two numbers", "write 'sbp: 108, dbp: 62'"),
        ("1,5 m", "'1,5' has a comma", "write '1.5'"),
        ("a ≥ b", "'≥' is not an operator", "write '>='"),
        ("True", "'True' is not a word here", "write 'true'"),
        ("aftr 5 min", "'aftr' does not fit here", "did you mean 'after'?"),
        ("bell pressed adn done", "'adn' is not expected here", "did you mean 'and'?"),
        ("a+b", "spaces are missing", "between spaces"),
        ("a = b", "'=' is not an operator", "write '=='"),
        ("a && b", "'&&' is not an operator", "write 'and'"),
        ("a <", "a value is missing at the end", "write a number"),
        ("a < b < c", "two comparisons", "and"),
        ("(a", "never closed", "close it"),
        ("a)", "closes nothing", "take it out"),
        ("Bell pressed", "'Bell' is not a name", "small letters"),
        ("in", "behind 'in' stands the name of a state", ""),
        ("1" * 31, "too large", "digits"),
        ("{{ a }}", "'{{' cannot be read", "write a number"),
        (" ".join(["a +"] * 150 + ["a"]), "more than 200 words", "state"),
        ("(" * 30 + "a" + ")" * 30, "more than 20 brackets", "variable"),
    ],
)
def test_a_wrong_expression_gets_a_sentence_and_a_remedy(text: str, message: str, remedy: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(text)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


@given(st.text(alphabet="ab.3 sm/+-*()<>=andorotf", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ExpressionError):
        assert read(text) == read(f" {text} ")
