"""Expressions: text to tree, by the grammar of the scene language's section 8.

Operators stand between spaces, so a text is cut at its spaces and brackets first; then each piece is a number, a unit, an
operator or a name, and nothing else. What the names mean is found afterwards, in `kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from engine.spec.diagnostics import Span
from engine.spec.expression import (
    After,
    AllOf,
    AnyOf,
    Arithmetic,
    Comparator,
    Comparison,
    Done,
    Expression,
    Flag,
    Held,
    In,
    Name,
    Not,
    Number,
    Operator,
    Truth,
)
from engine.spec.findings import a_list, did_you_mean, nearest, slips
from engine.spec.first_tries import CHARTED, FAHRENHEIT, celsius
from engine.spec.units import LARGEST, UNITS, worth

KEYWORDS = frozenset({"and", "or", "not", "for", "after", "in", "to", "done", "true", "false"})
LONGEST = 200
"""Words and signs in one expression."""
WIDEST = 4096
"""Characters in one expression."""
MOST = 150_000
"""Words in all expressions of one scene, fifteen for each of ten thousand things: what can be read in about a second."""
DEEPEST = 20
"""Brackets in one another."""

NAME = re.compile(r"[a-z][a-z0-9_]*")
_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_PIECE = re.compile(r"[()]|[^\s()]+")
_OPENERS = ("after", "not", "in")
_JOINS = ("and", "or", "for")
_BEHIND_NUMBERS = (*_JOINS, "to")
_BETWEEN = "between two values stands an operator: + - * / < and or"
_PLAIN = re.compile(r"([+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?)(?: ([A-Za-z]{1,3}))?")
_NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)(?:/([A-Za-z]+))?")
_GLUED_UNIT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)([A-Za-z%°℃℉].*)")
_UNIT_LIKE = re.compile(r"[A-Za-z%°℃℉]")
_PRESSURE = re.compile(r"([0-9]{2,3})/([0-9]{2,3})")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_COMPARATORS: dict[str, Comparator] = {"<": "<", "<=": "<=", "==": "==", "!=": "!=", ">=": ">=", ">": ">"}
_SUMS: dict[str, Operator] = {"+": "+", "-": "-"}
_PRODUCTS: dict[str, Operator] = {"*": "*", "/": "/"}
_OTHER_SIGNS = {
    **{"&&": "and", "&": "and", "AND": "and", "||": "or", "|": "or", "OR": "or", "!": "not", "NOT": "not", "=": "=="},
    **{"===": "==", "<>": "!=", "≠": "!=", "≥": ">=", "=>": ">=", "≤": "<=", "=<": "<=", "×": "*", "·": "*", "÷": "/"},
}
"""Operators of other languages -> ours."""
_SIGNS = frozenset((*_COMPARATORS, *_SUMS, *_PRODUCTS, "(", ")"))


class ExpressionError(Exception):
    """An expression that cannot be read or typed: what is wrong with which part of it, and what to do."""

    def __init__(self, code: str, span: Span, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code, self.span, self.message, self.remedy = code, span, message, remedy


class _Piece(NamedTuple):
    text: str
    start: int
    end: int


def parse(text: str, part: Callable[[int, int], Span]) -> Expression:
    """Read an expression; `part` says where characters `start` to `end` of it stand. Raises ExpressionError."""
    return _number(text, part) or _parsed(text, part)


def _number(text: str, part: Callable[[int, int], Span]) -> Number | None:
    """A number with or without a unit and nothing else, as most expressions are; None for all that is more, or wrong."""
    found = _PLAIN.fullmatch(text)
    known = worth(found.group(1), found.group(2) or "") if found else None
    return Number(*known, part(0, len(text))) if known else None


def _parsed(text: str, part: Callable[[int, int], Span]) -> Expression:
    parser = _Parser(text, part)
    found = parser.expression()
    parser.finish()
    return found


def parse_range(text: str, part: Callable[[int, int], Span]) -> tuple[Expression, Expression]:
    """Read `3 s to 6 s`. Raises ExpressionError."""
    parser = _Parser(text, part)
    low = parser.sum()
    if not parser.took("to"):
        raise parser.fault("E0311", "a range has two ends", "write it as in '3 s to 6 s'")
    high = parser.sum()
    parser.finish()
    return low, high


class _Parser:
    def __init__(self, text: str, part: Callable[[int, int], Span]) -> None:
        self.part = part
        if len(text) > WIDEST:
            raise ExpressionError(
                "E0324", part(0, len(text)), f"this has more than {WIDEST} characters", "make a state or variable of its parts"
            )
        self.pieces = [_Piece(one.group(), one.start(), one.end()) for one in _PIECE.finditer(text)]
        self.words = [*(one.text for one in self.pieces), ""]
        self.end = len(text)
        self.at = self.depth = 0
        if len(self.pieces) > LONGEST:
            raise ExpressionError(
                "E0324", part(0, len(text)), f"this has more than {LONGEST} words", "make a state or variable of its parts"
            )

    @property
    def next(self) -> str:
        """The next piece, or nothing."""
        return self.words[self.at]

    def took(self, text: str) -> bool:
        """Go past the next piece if it is this one."""
        found = self.words[self.at] == text
        self.at += found
        return found

    def fault(self, code: str, message: str, remedy: str = "") -> ExpressionError:
        """What is wrong with the next piece."""
        piece = self.pieces[self.at] if self.at < len(self.pieces) else _Piece("", max(0, self.end - 1), self.end)
        return ExpressionError(code, self.part(piece.start, piece.end), message, remedy)

    def since(self, first: int) -> Span:
        """Where the pieces from number `first` to the last one read stand."""
        return self.part(self.pieces[first].start, self.pieces[max(first, self.at - 1)].end)

    def finish(self) -> None:
        """See that nothing is left over."""
        if not self.next:
            return
        if self.next == ")":
            raise self.fault("E0322", "this ')' closes nothing", "take it out, or open it with '('")
        if self.next == "to":
            raise self.fault("E0312", "a range does not fit here", "write one value")
        if self.next in _COMPARATORS:
            raise self.fault("E0323", "two comparisons in a row", "join them with 'and', as in 'a < b and b < c'")
        self._complain()
        for back in (1, 2):
            before = self.pieces[self.at - back].text if self.at >= back else ""
            if NAME.fullmatch(before) and before not in KEYWORDS and (meant := slips(before, _OPENERS)):
                self.at -= back
                raise self.fault("E0321", f"'{before}' does not fit here", f"did you mean '{meant[0]}'?")
        joins = nearest(self.next, _JOINS)
        remedy = f"did you mean {a_list(repr(one) for one in joins)}?" if joins else _BETWEEN
        raise self.fault("E0321", f"'{self.next}' is not expected here", remedy)

    def expression(self) -> Expression:
        """conj { "or" conj }."""
        first, operands = self.at, [self.conjunction()]
        while self.took("or"):
            operands.append(self.conjunction())
        return AnyOf(tuple(operands), self.since(first)) if len(operands) > 1 else operands[0]

    def conjunction(self) -> Expression:
        """neg { "and" neg }."""
        first, operands = self.at, [self.negation()]
        while self.took("and"):
            operands.append(self.negation())
        return AllOf(tuple(operands), self.since(first)) if len(operands) > 1 else operands[0]

    def negation(self) -> Expression:
        """[ "not" ] held."""
        first = self.at
        return Not(self.held(), self.since(first)) if self.took("not") else self.held()

    def held(self) -> Expression:
        """test [ "for" sum ]."""
        first, test = self.at, self.test()
        if not self.took("for"):
            return test
        time = self.sum()
        return Held(test, time, self.since(first))

    def test(self) -> Expression:
        """done, after, in, a comparison, or a value that is true or false."""
        first = self.at
        if self.took("done"):
            return Done(self.since(first))
        if self.took("after"):
            time = self.sum()
            return After(time, self.since(first))
        if self.took("in"):
            return self.inside(first)
        left = self.sum()
        sign = _COMPARATORS.get(self.next)
        if sign is None:
            if self.next in _OTHER_SIGNS:
                self._complain()
            return left
        self.at += 1
        right = self.sum()
        return Comparison(sign, left, right, self.since(first))

    def inside(self, first: int) -> Expression:
        """In NAME."""
        name = self.next
        if not NAME.fullmatch(name) or name in KEYWORDS:
            raise self.fault("E0325", "behind 'in' stands the name of a state", "as in 'in treated'")
        self.at += 1
        return In(name, self.since(first))

    def sum(self) -> Expression:
        """term { ("+" | "-") term }."""
        first, left = self.at, self.term()
        while self.next in _SUMS:
            sign = _SUMS[self.next]
            self.at += 1
            right = self.term()
            left = Arithmetic(sign, left, right, self.since(first))
        return left

    def term(self) -> Expression:
        """factor { ("*" | "/") factor }."""
        first, left = self.at, self.factor()
        while self.next in _PRODUCTS:
            sign = _PRODUCTS[self.next]
            self.at += 1
            right = self.factor()
            left = Arithmetic(sign, left, right, self.since(first))
        return left

    def factor(self) -> Expression:
        """A quantity, true, false, a flag, a name, or something in brackets."""
        first, word = self.at, self.next
        if self.took("("):
            return self.bracket(first)
        number = _NUMBER.fullmatch(word)
        if number:
            return self.quantity(number.group(1), number.group(2) or "")
        if word in {"true", "false"}:
            self.at += 1
            return Truth(word == "true", self.since(first))
        if not _PATH.fullmatch(word) or word in KEYWORDS:
            self._complain()
            missing = f"a value is missing before '{word}'" if word else "a value is missing at the end"
            raise self.fault("E0320", missing, "write a number with its unit, or a name")
        self.at += 1
        if self.next == "is":
            raise self.fault("E0319", "'is' compares nothing", self._instead_of_is(word))
        if NAME.fullmatch(self.next) and self.next not in KEYWORDS and "." not in word:
            flag = self.next
            self.at += 1
            return Flag(word, flag, self.since(first))
        return Name(tuple(word.split(".")), self.since(first))

    def _instead_of_is(self, name: str) -> str:
        """What to write instead of `NAME is …`: a flag stands behind its thing without a word between."""
        after = self.words[self.at + 1] if self.next else ""
        flag = NAME.fullmatch(after) and after not in KEYWORDS and "." not in name
        return f"for a flag write '{name} {after}', for a value '=='" if flag else "write '=='"

    def bracket(self, first: int) -> Expression:
        """What stands between `(` and `)`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault("E0324", f"more than {DEEPEST} brackets in one another", "make a variable of the inner part")
        found = self.expression()
        self.depth -= 1
        if not self.took(")"):
            if self.next:
                self._complain()
            self.at = first
            raise self.fault("E0322", "this '(' is never closed", "close it with ')'")
        return found

    def quantity(self, number: str, per: str) -> Expression:
        """NUMBER [ " " UNIT ] [ "/" TIME ]."""
        first = self.at
        self.at += 1
        unit = ""
        word = self.next
        if not per and _UNIT_LIKE.match(word) and word not in KEYWORDS:
            unit, slash, per = (word, "", "") if word in UNITS else word.rpartition("/")
            found = worth("1", unit, per) if unit else None
            if found is None or (slash and not per):
                raise self.unit_fault(number, word)
            self.at += 1
        elif per and worth("1", "", per) is None:
            self.at = first
            raise self.fault("E0305", f"'/{per}' is not a rate", "rates are /s, /min or /h")
        if len(number) > 30 or abs(float(number)) > LARGEST:
            self.at = first
            raise self.fault("E0306", "this number is too large", "check its digits")
        value, dimension = worth(number, unit, per) or (0.0, "number")
        return Number(value, dimension, self.since(first))

    def unit_fault(self, number: str, word: str) -> ExpressionError:
        """What is wrong with a unit, the next piece or the end of it."""
        if word in FAHRENHEIT:
            return self.fault("E0330", "temperatures are charted in °C", f"write '{celsius(float(number)):g}'")
        if word in CHARTED:
            return self.fault("E0329", f"vital signs are bare numbers, without '{word}'", f"write '{number}'")
        joins = slips(word, _BEHIND_NUMBERS)
        remedy = did_you_mean(word, [*slips(word, UNITS), *joins] if joins else UNITS)
        return self.fault("E0302", f"'{word}' is not a unit", remedy)

    def _complain(self) -> None:
        """Raise what is likely wrong with a next piece that is no piece of an expression."""
        word = self.next
        if not word or word in KEYWORDS or word in _SIGNS or _NUMBER.fullmatch(word) or _PATH.fullmatch(word):
            return
        if pressure := _PRESSURE.fullmatch(word):
            sbp, dbp = pressure.groups()
            raise self.fault("E0331", "a blood pressure is two numbers with two names", f"write 'sbp: {sbp}, dbp: {dbp}'")
        if _COMMA.fullmatch(word):
            raise self.fault("E0332", f"'{word}' has a comma in its number", f"write '{word.replace(',', '.')}'")
        glued = _GLUED_UNIT.fullmatch(word)
        if glued and glued.group(2) in UNITS:
            raise self.fault("E0303", f"a space is missing in '{word}'", f"write '{glued.group(1)} {glued.group(2)}'")
        if glued:
            raise self.unit_fault(glued.group(1), glued.group(2))
        if word == "=" and self.at and self.words[self.at - 1] in {"<", ">"}:
            sign = self.words[self.at - 1]
            raise self.fault("E0319", f"'{sign} =' is one sign here", f"write '{sign}=' without a space")
        if word in _OTHER_SIGNS:
            raise self.fault("E0319", f"'{word}' is not an operator here", f"write '{_OTHER_SIGNS[word]}'")
        if word.casefold() in {"true", "false"}:
            raise self.fault("E0335", f"'{word}' is not a word here", f"write '{word.casefold()}'")
        if re.search(r"[-+*/<>=!]", word) and re.search(r"[a-z0-9]", word):
            raise self.fault("E0318", f"spaces are missing in '{word}'", "an operator stands between spaces, as in 'a + b'")
        if re.fullmatch(r"[A-Za-z][\w.-]*", word):
            raise self.fault("E0204", f"'{word}' is not a name", "names are small letters a-z, digits and _, as in 'left_lamp'")
        raise self.fault("E0326", f"'{word}' cannot be read", "write a number with its unit, or a name")
