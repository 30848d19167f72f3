"""Units: what is written is exact inside, and dimensions multiply as they should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.units import describe, divide, multiply, rate_of, worth, written


@pytest.mark.parametrize(
    ("number", "unit", "per", "value", "dimension"),
    [
        ("4", "s", "", 4.0, "time"),
        ("6", "min", "", 360.0, "time"),
        ("1.5", "h", "", 5400.0, "time"),
        ("7", "cm", "", 0.07, "length"),
        ("10", "L/min", "", 10.0, "flow"),
        ("-0.8", "", "min", -0.8 / 60, "number/time"),
        ("3", "deg", "s", 3.0, "angle/time"),
        ("6", "L/min", "min", 0.1, "flow/time"),
    ],
)
def test_a_quantity_is_worth_its_base_units(number: str, unit: str, per: str, value: float, dimension: str) -> None:
    assert worth(number, unit, per) == (value, dimension)


def test_there_is_no_other_unit() -> None:
    assert worth("1", "feet") is None
    assert worth("1", "m", "day") is None


@given(st.integers(-10_000, 10_000))
def test_centimetres_are_the_same_bits_as_metres(centimetres: int) -> None:
    sign = "-" if centimetres < 0 else ""
    metres = f"{sign}{abs(centimetres) // 100}.{abs(centimetres) % 100:02d}"
    assert worth(str(centimetres), "cm") == worth(metres, "m")


DIMENSIONS = st.sampled_from(["number", "length", "time", "length/time", "angle", "number/time", "length length"])


@given(DIMENSIONS, DIMENSIONS)
def test_division_undoes_multiplication(one: str, other: str) -> None:
    assert divide(multiply(one, other), other) == one
    assert multiply(one, other) == multiply(other, one)


def test_a_rate_is_a_dimension_a_second() -> None:
    assert rate_of("ratio") == "number/time"
    assert rate_of("flow") == "flow/time"
    assert describe(rate_of("angle")) == "a rate, as in '2 deg/min'"


def test_a_value_is_written_as_a_person_would() -> None:
    assert written(0.5, "length") == "0.5 m"
    assert written(10.0, "number") == "10"
    assert written(2.0, "angle/time") == "2 deg/s"
