"""Texts of the language as regular expressions that Python and ECMA-262 read alike: names, quantities, expressions (section 8).

A regular expression cannot count brackets and knows no names, so these take some expressions that the reader refuses. They refuse
none that it takes.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.spec.grammar import KEYWORDS
from engine.spec.kinds import Phase
from engine.spec.references import TAKEN
from engine.spec.units import NUMBER, TIMES, UNITS, plain, units_of

NAME = "[a-z][a-z0-9_]*"
PATH = rf"{NAME}(?:\.{NAME})*"

_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_NOT_NEGATIVE = r"(?:\+?[0-9]+(?:\.[0-9]+)?|-0+(?:\.0+)?)"
_PER = f"/(?:{'|'.join(TIMES)})"
_WORD = rf"(?!(?:{'|'.join(sorted(KEYWORDS))})(?![a-z0-9_.])){NAME}"
_NAMES = {"build": _WORD, "play": rf"{_WORD}(?:\.{NAME})*", "rule": rf"{_WORD}(?:\.{NAME})*"}
"""What stands for a value: where a scene is built only parameters, which have no dot."""


def _units(units: Collection[str]) -> str:
    return f"(?:{'|'.join(re.escape(unit) for unit in units)})"


_ANY = rf"{_NUMBER}(?:{_PER}| +{_units(UNITS)}(?:{_PER})?)?"
"""A number with any unit there is, or none."""


def declared(allowed: Collection[str] = ()) -> str:
    """A name that may be given to something: none that is taken, but for those `allowed`."""
    taken = sorted(TAKEN - set(allowed))
    return rf"(?!(?:{'|'.join(taken)})(?![a-z0-9_])){NAME}"


def literal(dimension: str, *, negative: bool = True) -> str:
    """A number with a unit of the dimension, written out: `4 s`, `-0.8/min`."""
    number = _NUMBER if negative else _NOT_NEGATIVE
    base, _, under = plain(dimension).partition("/")
    unit = "" if base == NUMBER else f" +{_units(units_of(base))}"
    return f"{number}{unit}{_PER if under else ''}"


def quantity(dimension: str, phase: Phase, *, negative: bool = True) -> str:
    """A number with a unit of the dimension, a name, or a calculation."""
    atom = rf"\(*(?:{_ANY}|{_NAMES[phase]})\)*"
    return rf"(?:\(*(?:{literal(dimension, negative=negative)}|{_NAMES[phase]})\)*|{atom}(?: +[-+*/] +{atom})+)"


def span(dimension: str, *, written_out: bool = False) -> str:
    """A range: `3 s to 6 s`."""
    end = literal(dimension) if written_out else quantity(dimension, "build")
    return f"{end} +to +{end}"


def rate() -> str:
    """A change a second, a minute or an hour, of anything; or a name, or a calculation."""
    atom = rf"\(*(?:{_ANY}|{_NAMES['play']})\)*"
    written = rf"{_NUMBER}(?: +{_units(UNITS)})?{_PER}"
    return rf"(?:\(*(?:{written}|{_NAMES['play']})\)*|{atom}(?: +[-+*/] +{atom})+)"


def difference() -> str:
    """A number with any unit or none, a name, or a calculation."""
    atom = rf"\(*(?:{_ANY}|{_NAMES['play']})\)*"
    return rf"{atom}(?: +[-+*/] +{atom})*"


def condition(phase: Phase) -> str:
    """What is true or false."""
    return rf"(?!\(*{_ANY}\)*$){_expression(phase)}"


def value(phase: Phase) -> str:
    """Any value: a quantity, a word, what is true or false."""
    return _expression(phase)


def _expression(phase: Phase) -> str:
    flag = "" if phase == "build" else rf"{_WORD} +{_WORD}|"
    atom = rf"\(*(?:{flag}{_ANY}|{_NAMES[phase]}|true|false)\)*"
    sums = rf"{atom}(?: +[-+*/] +{atom})*"
    test = rf"{sums}(?: +(?:<=|<|==|!=|>=|>) +{sums})?"
    if phase != "build":
        test = rf"(?:in +{_WORD}\)*|{test})(?: +for +{sums})?"
    if phase == "rule":
        test = rf"(?:done\)*(?: +for +{sums})?|after +{sums}(?: +for +{sums})?|{test})"
    held = rf"(?:\(|not +)*{test}"
    return rf"{held}(?: +(?:and|or) +{held})*"


def whole(pattern: str) -> str:
    """The pattern of a text from its beginning to its end."""
    return f"^(?:{pattern})$"
