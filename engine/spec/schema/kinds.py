"""The kinds of slot (section 3) as JSON schema: what an editor accepts, offers and says in each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.spec.cards import Slot
from engine.spec.kinds import Phase
from engine.spec.schema import patterns
from engine.spec.units import NUMBER, UNITS, describe, plain, units_of, written

if TYPE_CHECKING:
    from engine.spec.schema.forms import Form

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands under a key: in words for a person, and as a schema. Of a mapping it is also known what its keys lead to."""

    words: str
    schema: Json
    names: Kind | None = None
    """Of a mapping of names that the author gives: what stands under each."""
    form: Form | None = None
    """Of a mapping with keys of the language: which."""
    own: Mapping[str, Kind] = field(default_factory=dict)
    """Of a mapping of names: those that are there unasked."""
    deeper: bool = False
    """Whether it is a mapping that holds its like, so that dotted keys below it are not followed."""

    @property
    def mapping(self) -> bool:
        """Whether a dotted key may go on below it."""
        return self.names is not None or self.form is not None or self.deeper


class Kinds:
    """Makes kinds. Long schemas stand once, under `definitions`."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}

    def define(self, name: str, schema: Json) -> Json:
        """Put a schema under `definitions`; the answer refers to it."""
        known = self.definitions.setdefault(name, schema)
        if known != schema:
            raise AssertionError(f"two schemas are named '{name}'")
        return refer(name)

    def quantity(self, dimension: str, phase: Phase = "build", *, negative: bool = True) -> Kind:
        """A quantity, count or ratio: written out, a name, or a calculation."""
        words = describe(dimension) if plain(dimension) != NUMBER else f"a {dimension}"
        name = f"{dimension.replace('/', '_per_')}{'' if negative else '_from_0'}{'' if phase == 'build' else '_playing'}"
        pattern = patterns.whole(patterns.quantity(dimension, phase, negative=negative))
        schema: Json = {"type": "string", "pattern": pattern} | _wrong(words, _example(dimension))
        if plain(dimension) == NUMBER:
            schema |= {"type": ["integer" if dimension == "count" else "number", "string"]} | ({} if negative else {"minimum": 0})
        elif units_of(dimension):
            schema["defaultSnippets"] = [{"label": f"… {unit}", "body": f"${{1:1}} {unit}"} for unit in units_of(dimension)]
        return Kind(words, self.define(name, schema))

    def rate(self) -> Kind:
        """A change by time, of any dimension."""
        schema = {"type": "string", "pattern": patterns.whole(patterns.rate())} | _wrong("a rate", "+2/min")
        return Kind("a rate: a change each s, min or h", self.define("rate", schema))

    def condition(self, phase: Phase) -> Kind:
        """What is true or false."""
        schema = {"type": ["boolean", "string"], "pattern": patterns.whole(patterns.condition(phase))}
        schema |= _wrong("a condition", "x > 3" if phase == "build" else "bell pressed")
        return Kind("a condition", self.define(f"condition_{phase}", schema))

    def value(self) -> Kind:
        """What a live property can become."""
        schema = {"type": ["number", "boolean", "string"], "pattern": patterns.whole(patterns.value("play"))}
        return Kind("a value of the property's kind", self.define("value", schema | _wrong("a value", "4 deg")))

    def difference(self) -> Kind:
        """By how much a live property changes."""
        schema = {"type": ["number", "string"], "pattern": patterns.whole(patterns.difference())}
        return Kind("a difference of the property's kind", self.define("difference", schema | _wrong("a difference", "4 deg")))

    def lengths(self, counts: Sequence[int], *, negative: bool = True) -> Kind:
        """A point or size: as many lengths as one of the counts says. A list of one may drop its brackets."""
        length = self.quantity("length", "build", negative=negative).schema
        some: Json = {"type": "array", "items": length, "minItems": min(counts), "maxItems": max(counts)}
        words = " or ".join(f"{count} length{'s' if count > 1 else ''}" for count in counts)
        return Kind(f"{words} (m or cm)", {"anyOf": [some, length]} if 1 in counts else some)

    def slot(self, slot: Slot) -> Kind:
        """A parameter of a card."""
        kind = self._slot(slot)
        ends = _ends(slot)
        return Kind(f"{kind.words}, {ends}" if ends else kind.words, kind.schema)

    def _slot(self, slot: Slot) -> Kind:
        if slot.dimension == "truth":
            return Kind("true or false", self.condition("build").schema)
        if slot.dimension in {"thing", "text"}:
            one = " or ".join(f"a {kind}" for kind in slot.choices) or "a thing"
            return name("the key of a text" if slot.dimension == "text" else f"the name of {one}")
        if slot.dimension == "word":
            return word(slot.choices)
        if slot.default_end is not None:
            text = {"type": "string", "pattern": patterns.whole(patterns.span(slot.dimension))}
            return Kind(f"a range of {describe(slot.dimension)}", text | _wrong("a range", default_of(slot)))
        kind = self.quantity(slot.dimension, negative=slot.low is None or slot.low < 0)
        if plain(slot.dimension) != NUMBER:
            return kind
        limits = {"minimum": slot.low, "maximum": slot.high}
        charted = f" ({slot.charted})" if slot.charted else ""
        words = f"a bare number{charted}" if slot.charted else kind.words
        return Kind(words, {"allOf": [kind.schema], **limits})


def refer(name: str) -> Json:
    """A reference to a definition."""
    return {"$ref": f"#/definitions/{name}"}


def text(words: str, pattern: str, example: str) -> Kind:
    """A text with a pattern."""
    return Kind(words, {"type": "string", "pattern": patterns.whole(pattern)} | _wrong(words, example))


def name(words: str) -> Kind:
    """The name of something declared."""
    return text(words, patterns.NAME, "left_lamp")


def word(choices: Collection[str]) -> Kind:
    """One of the slot's words."""
    return Kind(f"one of: {', '.join(choices)}", {"enum": list(choices)})


def truth() -> Kind:
    """`true` or `false`, and nothing else."""
    return Kind("true or false", {"enum": [True, False, "true", "false"]})


def human() -> Kind:
    """Text for people. An editor reads `title: 4` as a number; we read it as the text it is."""
    return Kind("text for people", {"type": ["string", "number", "boolean"], "pattern": r"\S"})


def one_or_more(kind: Kind, words: str, most: int | None = None) -> Kind:
    """A list; a list of one may drop its brackets."""
    some: Json = {"type": "array", "items": kind.schema, "minItems": 1} | ({"maxItems": most} if most else {})
    return Kind(words, {"anyOf": [some, kind.schema]})


def default_of(slot: Slot) -> str:
    """The default of a slot as an author would write it."""
    if isinstance(slot.default, bool):
        return "true" if slot.default else "false"
    if isinstance(slot.default, str):
        return slot.default
    ends = [slot.default] if slot.default_end is None else [slot.default, slot.default_end]
    return " to ".join(_written(end, slot) for end in ends)


def _ends(slot: Slot) -> str:
    if slot.low is None or slot.high is None:
        return ""
    return f"{_written(slot.low, slot)} to {_written(slot.high, slot)}"


def _written(value: float, slot: Slot) -> str:
    if slot.dimension == "ratio" and not slot.charted and value.is_integer():
        return f"{value:.1f}"
    return f"{value:.0f}" if plain(slot.dimension) == NUMBER and value.is_integer() else written(value, plain(slot.dimension))


def _example(dimension: str) -> str:
    base, _, under = plain(dimension).partition("/")
    unit = next((unit for unit, (known, _, _) in UNITS.items() if known == base), "")
    number = "4" if unit or dimension == "count" else "0.5"
    return f"{number} {unit}".strip() + ("/min" if under else "")


def _wrong(words: str, example: str) -> Json:
    """What an editor says of a text that does not fit."""
    said = f"here stands {words}, as in '{example}'"
    return {"patternErrorMessage": said, "errorMessage": said}
