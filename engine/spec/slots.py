"""The kinds of slot (the scene language's section 3): a text read as what the key above it says it is.

Every method notes what is wrong and then answers with something harmless of the right type, so that reading goes on and all
errors are said at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.spec.bounds import bounds
from engine.spec.cards import Slot
from engine.spec.diagnostics import Span
from engine.spec.expression import Expression, Number, Truth, Word
from engine.spec.findings import Findings, a_list, did_you_mean, nearest, slips
from engine.spec.first_tries import MEANT, celsius, meant_by, mended
from engine.spec.grammar import MOST, NAME, ExpressionError, parse, parse_range
from engine.spec.kinds import TRUTH_WORDS, Phase, fit, no_property, understand
from engine.spec.pasted import meant, odd
from engine.spec.references import Fitting, Names, named
from engine.spec.syntax import COLOUR, HASH
from engine.spec.tree import Entry, ListNode, MapNode, Node, TextNode
from engine.spec.units import describe, plain, written


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and most that a slot takes, in base units."""

    low: float | None = None
    high: float | None = None
    charted: str = ""
    """Of a vital: the unit it is charted in."""


ANY = Limits()
NOT_NEGATIVE = Limits(low=0.0)
ONE_OR_MORE = Limits(low=1.0)


UNIT_FAULTS = frozenset({"E0301", "E0302", "E0303", "E0304", "E0305", "E0329", "E0330", "E0336", "E0337"})
"""What another unit behind a number may mend."""

LATE_FAULTS = frozenset({"E0203", "E0207", "E0209", "E0301", "E0304", "E0316", "E0317", "E0327", "E0336", "E0337"})
"""What is found only after a text was read as an expression."""


_Part = Callable[[int, int], Span]
_Reading = Callable[[str, _Part], object]
"""Reads a text; raises ExpressionError."""


def _ways(text: str, read: _Reading) -> list[str]:
    """How the number that cannot be read may have been meant."""

    def fits(other: str, end: int, meant: bool) -> bool:
        try:
            read(other, _offsets)
        except ExpressionError as fault:
            # What is wrong further on is said when this is mended.
            return fault.span.column > end and (meant or fault.code in LATE_FAULTS)
        return True

    try:
        read(text, _offsets)
    except ExpressionError as fault:
        return mended(text, fault.span.column - 1, fault.span.end_column - 1, fits)
    return []


def _offsets(start: int, end: int) -> Span:
    return Span("", 1, start + 1, 1, end + 1)


class Slots:
    """Reads nodes as kinds of slot, with one scene's names at hand."""

    def __init__(self, findings: Findings, names: Names) -> None:
        self.findings, self.names = findings, names
        self.words = 0
        """Words in all expressions so far."""

    def fields(self, node: Node, what: str, known: Collection[str], needed: Collection[str] = ()) -> Mapping[str, Entry]:
        """The entries of a mapping with these keys; `what` it is becomes part of a sentence, as in `a rule`."""
        if isinstance(node, TextNode) and node.flawed:
            return {}
        if not isinstance(node, MapNode):
            none = isinstance(node, TextNode) and bool(slips(node.value, ["none"]))
            remedy = "did you mean 'none'?" if none else f"its keys: {', '.join(known)}"
            self.findings.error("E0126", node.span, f"{what} is written as keys and values", remedy)
            return {}
        meant: set[str] = set()
        for entry in node:
            if entry.key not in known:
                meant |= {*nearest(entry.key, known), *MEANT.get(entry.key, ())}
                self.findings.error("E0201", entry.key_span, f"{what} has no key '{entry.key}'", meant_by(entry.key, known))
        for key in needed:
            if key not in node.entries and key not in meant:
                first = next(iter(node)).key_span if node.entries else node.span
                self.findings.error("E0202", first, f"{what} needs '{key}'", f"add '{key}: …'")
        return {key: entry for key, entry in node.entries.items() if key in known}

    def entries(self, node: Node | None, what: str) -> Iterator[Entry]:
        """The entries of a mapping of names; `what` it is becomes part of a sentence, as in `props`."""
        if isinstance(node, MapNode):
            yield from node
        elif (
            node is not None
            and not (isinstance(node, TextNode) and node.flawed)
            and not (isinstance(node, ListNode) and not node.items)
        ):
            self.findings.error("E0126", node.span, f"'{what}' is a mapping of names", "write 'name: …' lines below it")

    def items(self, node: Node) -> tuple[Node, ...]:
        """The items of a list; a list of one may stand without its brackets."""
        return node.items if isinstance(node, ListNode) else (node,)

    def text(self, node: Node, what: str) -> str:
        """Any text in one piece."""
        found = self._written(node, what)
        if isinstance(node, TextNode):
            self._pasted(node)
        return meant(found)

    def _written(self, node: Node, what: str) -> str:
        if isinstance(node, TextNode):
            return "" if node.flawed else node.value.strip()
        self.findings.error("E0127", node.span, f"{what} is one text, not a list or mapping", "write it behind the ':'")
        return ""

    def _pasted(self, node: TextNode) -> bool:
        """Whether a text that is not for people has a word processor's characters in it; if so that is said."""
        found = None if node.flawed else odd(node.value)
        if found:
            code, start, end, message, remedy = found
            self.findings.error(code, node.part(start, end), message, remedy)
        return bool(found)

    def human(self, node: Node, what: str) -> str:
        """Text for people: in block style, and not cut off by a ` #`."""
        found = self._written(node, what)
        if isinstance(node, TextNode) and node.in_flow:
            remedy = "give it a line of its own: 'key: text'"
            self.findings.error("E0128", node.span, "text for people cannot stand inside { } or [ ]", remedy)
        if isinstance(node, TextNode) and node.cut:
            message = "YAML cuts this text off at the ' #' behind it"
            self.findings.error("E0129", node.span, message, "put the text in double quotes, or the comment on a line of its own")
        return found

    def name(self, node: Node, what: str) -> str:
        """A name, not looked up."""
        found = self.text(node, what)
        if found and not NAME.fullmatch(found):
            self.findings.error("E0204", node.span, f"'{found}' is not a name", named(found))
            return ""
        return found

    def word(self, node: Node, choices: Collection[str], what: str) -> str:
        """One of the slot's words."""
        found = self.text(node, what)
        if found in choices:
            return found
        if found.startswith("#") and COLOUR.match(found):
            self.findings.error("E0334", node.span, f"'{found}' is a colour of web pages", did_you_mean("", choices) or HASH[2])
        elif found:
            remedy = f"write '{TRUTH_WORDS[found]}'" if TRUTH_WORDS.get(found) in choices else meant_by(found, choices)
            self.findings.error("E0212", node.span, f"{what} cannot be '{found}'", remedy)
        return next(iter(choices), "")

    def reference(self, node: Node, known: Collection[str], kind: str, also: Collection[str] = ()) -> str:
        """The name of something declared, among those `known` and `also`; `kind` is what it should be, as in `a state`."""
        found = self.text(node, f"the name of {kind}")
        if found and found not in known and found not in also and not self.names.excused(found):
            code, message, remedy = self.names.missing(found, [*known, *also], kind)
            self.findings.error(code, node.span, message, remedy)
        return found

    def text_key(self, node: Node) -> str:
        """A key of `text`; it counts as read."""
        found = self.text(node, "a text key")
        if found and not NAME.fullmatch(found):
            message = "here stands the key of a text, not the text itself"
            self.findings.error("E0520", node.span, message, "put it under 'text', as in 'welcome: …', and write the key here")
        elif found and found not in self.names.text:
            near = nearest(found, self.names.text)
            remedy = f"did you mean {a_list(repr(one) for one in near)}?" if near else f"add '{found}: …' under 'text'"
            self.findings.error("E0210", node.span, f"there is no text '{found}'", remedy)
        self.names.read.add(found)
        return found

    def property(self, node: Node, text: str = "") -> tuple[tuple[str, ...], Slot | None]:
        """The path of what can be changed: a live property or a variable; and its slot, None if that is not known."""
        found = text or self.text(node, "a property")
        path = tuple(found.split("."))
        first = path[0]
        if self.names.excused(first) or not found:
            return path, None
        variable = self.names.variables.get(found)
        if variable:
            slot = Slot(
                dimension=variable.dimension,
                default=variable.default,
                low=variable.low,
                high=variable.high,
                choices=variable.choices,
            )
            return path, slot
        slot_found = self.names.slot(path)
        if slot_found is None:
            self._no_property(node, found, path)
        return path, slot_found

    def _no_property(self, node: Node, found: str, path: tuple[str, ...]) -> None:
        first, span = path[0], node.part(0, len(found)) if isinstance(node, TextNode) else node.span
        declared = self.names.things.get(first)
        if found in self.names.parameters:
            message, remedy = f"'{found}' is a parameter, fixed before the session", "declare it under 'variables' to change it"
            self.findings.error("E0208", span, message, remedy)
        elif declared is None or declared.card is None:
            known = [*self.names.things, *self.names.variables]
            code, message, remedy = self.names.missing(first, known, "a thing or variable")
            head = node.part(0, len(first)) if isinstance(node, TextNode) else node.span
            self.findings.error(code, head, message, remedy)
        elif len(path) == 1:
            remedy = f"as in '{first}.{next(iter(declared.card.changeable))}'"
            self.findings.error("E0213", span, f"'{first}' is a thing; say which of its properties", remedy)
        else:
            tail = node.part(len(first) + 1, len(found)) if isinstance(node, TextNode) else node.span
            self.findings.error(*no_property(declared, ".".join(path[1:]), tail))

    def quantity(self, node: Node, dimension: str, phase: Phase, what: str, limits: Limits = ANY) -> Expression:
        """An expression of the slot's dimension within its limits."""
        found = self._understood(node, phase, dimension, limits.charted)
        if found is not None:
            self._within(found, node, dimension, what, limits)
            return found
        return Number(0.0, plain(dimension), node.span)

    def condition(self, node: Node, phase: Phase) -> Expression:
        """An expression that is true or false."""
        return self._understood(node, phase, "truth") or Truth(False, node.span)

    def _understood(self, node: Node, phase: Phase, dimension: str, charted: str = "") -> Expression | None:
        if not isinstance(node, TextNode):
            message = f"here stands {describe(dimension)}, not a list or mapping"
            self.findings.error("E0127", node.span, message, "write it behind the ':'")
            return None
        if node.flawed or self._pasted(node):
            return None

        def read(text: str, part: _Part) -> Expression:
            return self._read(text, part, phase, dimension)

        try:
            return read(node.value, node.parts())
        except ExpressionError as fault:
            self._note(fault, node.value, read, charted, dimension)
        return None

    def _count(self, text: str, part: _Part) -> None:
        """See that a scene's expressions do not become too many to read."""
        self.words += text.count(" ") + 1
        if self.words > MOST:
            message = f"the expressions of this scene have more than {MOST} words"
            raise ExpressionError("E0324", part(0, len(text)), message, "make the scene smaller")

    def _note(self, fault: ExpressionError, text: str, read: _Reading, charted: str = "", dimension: str = "") -> None:
        """Note what is wrong with an expression; if another unit mends it, say which."""
        code, message, remedy = fault.code, fault.message, fault.remedy
        if code in UNIT_FAULTS:
            ways = _ways(text, read)
            remedy = f"write {a_list(repr(one) for one in ways)}" if ways else remedy
        if charted and code in {"E0301", "E0302", "E0304", "E0329"}:
            code, message = "E0329", f"this is charted in {charted}, and written as a bare number"
        elif code == "E0329" and dimension in {"ratio", "count"}:
            code, message = "E0333", f"here stands a bare number, not '{text}'"
            share = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?%", text)
            if share and dimension == "ratio":
                remedy = f"write '{float(share.group(1)) / 100:g}'"
        self.findings.error(code, fault.span, message, remedy)

    def _read(self, text: str, part: Callable[[int, int], Span], phase: Phase, dimension: str) -> Expression:
        """A text as an expression of a dimension. Raises ExpressionError."""
        self._count(text, part)
        expression, kind = understand(parse(text, part), self.names, phase)
        if dimension == "truth" and kind.dimension not in {"truth", "unknown"}:
            message = f"this is {describe(kind.dimension)}, and here stands what is true or false"
            raise ExpressionError("E0327", expression.span, message, "compare it with something, as in 'x > 3'")
        fit(expression, kind, dimension)
        return expression

    def _within(self, expression: Expression, node: Node, dimension: str, what: str, limits: Limits) -> None:
        found = bounds(expression, self.names)
        low, high = limits.low, limits.high
        if found is None or (low is None and high is None):
            return
        least, most = (-float("inf") if low is None else low), (float("inf") if high is None else high)
        unit = plain(dimension)
        if low is not None and high is not None:
            remedy = f"{what} is {written(low, unit)} to {written(high, unit)}"
        else:
            remedy = (
                f"{what} is at least {written(least, unit)}" if low is not None else f"{what} is at most {written(most, unit)}"
            )
        degrees = celsius(found.now)
        if limits.charted == "°C" and found.now > most and least <= degrees <= most:
            message = f"{found.now:g} looks like degrees Fahrenheit, and {what} is charted in °C"
            self.findings.error("E0330", expression.span, message, f"write '{degrees:g}'")
        elif not least <= found.now <= most:
            side = "less than it can be" if found.now < least else "more than it can be"
            self.findings.error("E0307", expression.span, f"{written(found.now, unit)} is {side}", remedy)
        elif found.low < least or found.high > most:
            worst = found.low if found.low < least else found.high
            self.findings.warning("W0308", expression.span, f"with other settings this becomes {written(worst, unit)}", remedy)

    def constant(self, node: Node, what: str) -> tuple[float, str] | None:
        """A number written out, and its dimension: for what is known before any name has a value."""
        if not isinstance(node, TextNode):
            self.findings.error("E0127", node.span, f"{what} is one number", "as in '4 s'")
            return None
        if node.flawed or self._pasted(node):
            return None

        def read(text: str, part: _Part) -> tuple[float, str]:
            self._count(text, part)
            found = parse(text, part)
            if isinstance(found, Number):
                return found.value, found.dimension
            raise ExpressionError("E0315", found.span, f"{what} is a number written out, without names", "as in '4 s'")

        try:
            return read(node.value, node.parts())
        except ExpressionError as fault:
            self._note(fault, node.value, read)
        return None

    def range(self, node: Node, dimension: str, what: str, phase: Phase = "build") -> tuple[Expression, Expression]:
        """`3 s to 6 s`: two quantities of the slot's dimension, the first not above the second."""
        nothing = Number(0.0, plain(dimension), node.span)
        if not isinstance(node, TextNode):
            self.findings.error("E0311", node.span, f"{what} is written with 'to', not as a list", "as in '3 s to 6 s'")
            return nothing, nothing
        if node.flawed or self._pasted(node):
            return nothing, nothing

        def read(text: str, part: _Part) -> list[Expression]:
            self._count(text, part)
            found = []
            for end in parse_range(text, part):
                expression, kind = understand(end, self.names, phase)
                fit(expression, kind, dimension)
                found.append(expression)
            return found

        try:
            found = read(node.value, node.parts())
        except ExpressionError as fault:
            self._note(fault, node.value, read)
            return nothing, nothing
        low, high = bounds(found[0], self.names), bounds(found[1], self.names)
        if low and high and low.now > high.now:
            self.findings.error("E0310", node.span, "this range ends before it begins", "write the smaller value first")
        return found[0], found[1]

    def lengths(self, node: Node, forms: Collection[str], what: str, limits: Limits = ANY) -> tuple[Expression, ...]:
        """A point or size: a list of as many lengths as one of the forms names, as in `[x, y]`."""
        items = self.items(node)
        counts = [form.count(",") + 1 for form in forms]
        if len(items) not in counts:
            message = f"{what} has {len(items)} {'length' if len(items) == 1 else 'lengths'}"
            self.findings.error("E0313", node.span, message, f"here it takes {a_list(forms)}")
            return tuple(Number(0.0, "length") for _ in range(counts[0]))
        return tuple(self.quantity(item, "length", "build", "a length", limits) for item in items)

    def value(self, node: Node, slot: Slot, what: str, phase: Phase) -> Expression:
        """What stands in a card's slot: a quantity, a word, a condition, the name of a thing, the key of a text."""
        if slot.dimension == "truth":
            return self.condition(node, phase)
        if slot.dimension == "text":
            return Word(self.text_key(node), node.span)
        if slot.dimension == "thing":
            known = Fitting(self.names, lambda one: not slot.choices or one.card is None or one.card.kind in slot.choices)
            return Word(self.reference(node, known, a_list(f"a {kind}" for kind in slot.choices) or "a thing"), node.span)
        if slot.dimension == "word":
            found = self.text(node, what)
            known_quantity = self.names.quantity(found)
            if known_quantity and found not in slot.choices and known_quantity.dimension == "word":
                message = f"'{found}' is a choice of the session; {what} takes a word"
                self.findings.error("E0344", node.span, message, f"one of: {', '.join(slot.choices)}")
                return Word(found, node.span)
            return Word(self.word(node, slot.choices, what), node.span)
        return self.quantity(node, slot.dimension, phase, what, Limits(slot.low, slot.high, slot.charted))
