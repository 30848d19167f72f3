"""Units and dimensions: what `4 s`, `-0.8/min` and `10 L/min` are worth inside, and what may be reckoned with what.

A dimension is a text: `number`, or base dimensions and their products, as in `length`, `length/time`, `length length/time`.
Base units inside are m, s, deg, lm, K, L/min, kg and dB.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

NUMBER = "number"

UNITS: dict[str, tuple[str, Decimal, Decimal]] = {
    "m": ("length", Decimal(1), Decimal(1)),
    "cm": ("length", Decimal(1), Decimal(100)),
    "s": ("time", Decimal(1), Decimal(1)),
    "min": ("time", Decimal(60), Decimal(1)),
    "h": ("time", Decimal(3600), Decimal(1)),
    "deg": ("angle", Decimal(1), Decimal(1)),
    "lm": ("flux", Decimal(1), Decimal(1)),
    "K": ("temperature", Decimal(1), Decimal(1)),
    "L/min": ("flow", Decimal(1), Decimal(1)),
    "kg": ("mass", Decimal(1), Decimal(1)),
    "dB": ("level", Decimal(1), Decimal(1)),
}
"""Unit -> dimension, and the fraction (numerator, divisor) that turns it into the base unit."""

TIMES = ("s", "min", "h")
"""Units a rate may be per."""

LARGEST = Decimal(10) ** 12
"""No number in a scene is larger than this."""

_NAMES = {
    NUMBER: "a bare number",
    "length": "a length (m or cm)",
    "time": "a time (s, min or h)",
    "angle": "an angle (deg)",
    "flux": "a luminous flux (lm)",
    "temperature": "a colour temperature (K)",
    "flow": "a flow (L/min)",
    "mass": "a mass (kg)",
    "level": "a level (dB)",
    "truth": "true or false",
    "word": "a word",
    "thing": "the name of a thing",
    "text": "the key of a text",
    "range": "a range ('3 s to 6 s')",
}


def worth(number: str, unit: str = "", per: str = "") -> tuple[float, str] | None:
    """The value in base units and the dimension of a written quantity, or None for a unit there is not.

    The one rounding is that of the exact decimal result to a float, so `7 cm` and `0.07 m` are the same bits.
    """
    dimension, times, divisor = UNITS.get(unit, ("", Decimal(1), Decimal(1))) if unit else (NUMBER, Decimal(1), Decimal(1))
    if not dimension or (per and per not in TIMES):
        return None
    value = Decimal(number) * times / divisor
    if per:
        _, seconds, _ = UNITS[per]
        value /= seconds
        dimension = divide(dimension, "time")
    return float(value), dimension


def multiply(left: str, right: str) -> str:
    """The dimension of a product."""
    powers = _powers(left)
    powers.update(_powers(right))
    return _written(powers)


def divide(left: str, right: str) -> str:
    """The dimension of a quotient."""
    powers = _powers(left)
    powers.subtract(_powers(right))
    return _written(powers)


def rate_of(dimension: str) -> str:
    """The dimension of a change a second of a slot: `length` -> `length/time`; counts and ratios are numbers."""
    return divide(plain(dimension), "time")


def plain(dimension: str) -> str:
    """The dimension that an expression has in a slot: counts and ratios are bare numbers."""
    return NUMBER if dimension in {"count", "ratio"} else dimension


def describe(dimension: str) -> str:
    """A dimension for a person: `a length (m or cm)`."""
    known = _NAMES.get(plain(dimension))
    if known:
        return known
    over, _, under = dimension.partition("/")
    if under == "time":
        return "a rate, as in '2/min'" if over == NUMBER else f"a rate, as in '2 {unit_of(over)}/min'"
    return f"a product of units ({dimension})"


def unit_of(dimension: str) -> str:
    """The base unit of a dimension, or nothing for a number or a product."""
    return next((unit for unit, (name, times, divisor) in UNITS.items() if name == dimension and times == divisor), "")


def units_of(dimension: str) -> list[str]:
    """All units of a base dimension."""
    return [unit for unit, (name, _, _) in UNITS.items() if name == dimension]


def written(value: float, dimension: str) -> str:
    """A value as a person would write it: `0.5 m`, `20/min` for a rate."""
    base, _, under = dimension.partition("/")
    text = f"{value:g}"
    unit = unit_of(base)
    text = f"{text} {unit}" if unit else text
    return f"{text}/s" if under == "time" else text


def _powers(dimension: str) -> Counter[str]:
    over, _, under = dimension.partition("/")
    powers = Counter(over.split())
    powers.subtract(under.split())
    del powers[NUMBER]
    return powers


def _written(powers: Counter[str]) -> str:
    over = [name for name, power in sorted(powers.items()) for _ in range(power)]
    under = [name for name, power in sorted(powers.items()) for _ in range(-power)]
    text = " ".join(over) or NUMBER
    return f"{text}/{' '.join(under)}" if under else text
