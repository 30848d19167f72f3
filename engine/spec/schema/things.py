"""Things (section 5) as forms: where they stand, and what each card lets an author say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.spec.cardfile import THING_KEYS
from engine.spec.cards import Card
from engine.spec.diagnostics import NOWHERE, SceneError
from engine.spec.findings import Findings
from engine.spec.model import Placing
from engine.spec.places import SIDES, WALLS
from engine.spec.prefabs import Prefabs
from engine.spec.schema import patterns
from engine.spec.schema.docs import doc_of
from engine.spec.schema.forms import Form, Key, at_most_one, telling
from engine.spec.schema.kinds import Json, Kind, Kinds, default_of, text
from engine.spec.things import BUILT_IN, KINDS, PERSON_KEYS, Section


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A way to say where a thing stands: one line of the language's table of places."""

    target: str
    """What the word takes."""
    pattern: str
    example: str
    origin: str
    """What `at` is counted from."""
    at: str
    faces: str
    """Where the thing looks unless `facing` says."""


_PART = rf"{patterns.NAME}\."
PLACE_WORDS: Mapping[Placing, PlaceWord] = {
    "scene": PlaceWord("", "", "", "the scene's", "[x, y] or [x, y, z]", "north"),
    "origin": PlaceWord(
        "a thing", patterns.NAME, "seat", "the middle of its foot, along its own axes; no contact", "[x, y, z]", "as the thing"
    ),
    "in": PlaceWord(
        "a room, or a place of a thing: its name may go if it has one",
        rf"{patterns.NAME}(?:\.{patterns.NAME})?",
        "bed",
        "the middle of the room's floor; or that place",
        "[x, y] in a room; none in a place",
        "north in a room; in a place as the place",
    ),
    "against": PlaceWord(
        f"a room's {', '.join(WALLS)} or ceiling",
        rf"{_PART}(?:{'|'.join(WALLS)}|ceiling)",
        "bay.north",
        "the foot of the wall's middle; the middle of the ceiling",
        "along, or [along, up]; [x, y] on a ceiling",
        "into the room; down from a ceiling",
    ),
    "rests_on": PlaceWord(
        "a thing", patterns.NAME, "dock", "the middle of its top, along its own axes", "[x, y]", "as the thing"
    ),
    "beside": PlaceWord(
        f"a thing's own {', '.join(SIDES[:-1])} or {SIDES[-1]}",
        rf"{_PART}(?:{'|'.join(SIDES)})",
        "bed.right",
        "the back (left) corner of that side, on the floor",
        "along",
        "as the thing",
    ),
    "hangs_from": PlaceWord("a thing with a hook", patterns.NAME, "oxygen", "its hook", "none", "as the thing"),
}
"""How things are placed. One of these words, or none for the scene's own axes."""

USE = "What it is: a prefab (`abaton prefabs` lists them), or a model file (.glb) in the scene's folder."
HOMES: Mapping[Section, str] = {
    "environment": "The landscape around the scene.",
    "openings": "Doors and windows. Each cuts the wall it is against, and joins the room behind.",
    "lights": "What gives light.",
    "props": "What stands, lies and hangs about.",
    "sounds": "What is heard, all around or from a place.",
    "people": "Who is there. `participant` wears the headset and `guide` is the voice; both are there unasked.",
}
"""What each section holds."""


def all_cards(folders: Iterable[Path]) -> dict[str, Card]:
    """All cards of some folders by their names; the first folder that has one wins. Raises SceneError."""
    found, findings = list(folders), Findings()
    prefabs = Prefabs(found, findings)
    names = sorted({path.stem for folder in found for path in folder.glob("*.yaml")})
    cards = {name: prefabs.find(name, NOWHERE) for name in names}
    if findings.errors:
        raise SceneError(findings.diagnostics)
    return {name: card for name, card in cards.items() if card is not None}


def in_section(section: Section, cards: Mapping[str, Card]) -> dict[str, Card]:
    """The cards that may stand in a section, those it is for first."""
    kinds = KINDS[section]
    own = section.rstrip("s").replace("people", "person")
    fitting = [(name, card) for name, card in cards.items() if card.kind in kinds]
    return dict(sorted(fitting, key=lambda one: (one[1].kind != own, one[0])))


def placing_keys(kinds: Kinds) -> tuple[Key, ...]:
    """The keys that say where a thing stands, and whether it is there."""
    words = [
        Key(word, text(place.target, place.pattern, place.example), _said(place))
        for word, place in PLACE_WORDS.items()
        if word != "scene"
    ]
    length = kinds.quantity("length")
    at = {"anyOf": [{"type": "array", "items": length.schema, "minItems": 1, "maxItems": 3}, length.schema]}
    count = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\+?0*[1-9][0-9]*$"}]}
    grid = {"type": "array", "items": count, "minItems": 2, "maxItems": 2}
    fits = text("a place of a thing", rf"{_PART}{patterns.NAME}", "patient.face")
    keys = {
        "at": Key("at", Kind("lengths: how many, the placing says", at), doc_of("Place.at"), "0 m each"),
        "facing": Key(
            "facing",
            Kind("a bearing, a compass point, or a thing", kinds.quantity("angle").schema),
            doc_of("Place.facing"),
            "as the placing says",
        ),
        "grid": Key("grid", Kind("two counts, [along x, along y]", grid), doc_of("Place.grid")),
        "fits": Key("fits", fits, doc_of("Place.fits")),
        "present": Key("present", kinds.condition("build"), doc_of("Thing.present"), "true"),
    }
    return tuple(replace(key, shared=True) for key in (*words, *(keys[key] for key in THING_KEYS if key in keys)))


def _said(place: PlaceWord) -> str:
    target = f"{place.target[0].upper()}{place.target[1:]}"
    return f"{target}. `at` is counted from {place.origin}: {place.at}. It faces {place.faces}, unless `facing` says."


def person_keys(kinds: Kinds) -> tuple[Key, ...]:
    """What may be said of the people one meets, whatever their card."""
    told = telling(kinds)[1]
    return tuple(Key(key, told, doc_of(f"Thing.{key}"), shared=True) for key in PERSON_KEYS)


def placing_rules(kinds: Kinds) -> Json:
    """What must hold of the placing keys of one thing together."""

    def at(*counts: int) -> Json:
        return {"properties": {"at": kinds.lengths(counts).schema}}

    def when(word: str, then: Json, pattern: str = "") -> Json:
        fits: Json = {"properties": {word: {"pattern": pattern}}} if pattern else {}
        return {"if": {"required": [word]} | fits, "then": then}

    nothing = {"not": {"required": ["at"]}, "errorMessage": "a place of a thing is one spot, so there is no 'at'"}
    words = [word for word in PLACE_WORDS if word != "scene"]
    rules = [
        at_most_one(words, "this is placed twice; keep one of the two"),
        {"if": {"not": {"anyOf": [{"required": [word]} for word in words]}}, "then": at(2, 3)},
        when("origin", at(3)),
        when("in", nothing, r"\."),
        when("in", at(2)),
        when("against", at(2), r"\.ceiling$"),
        when("against", at(1, 2)),
        when("rests_on", at(2)),
        when("beside", at(1)),
        when("hangs_from", nothing),
    ]
    return kinds.define("placing", {"allOf": rules})


def card_form(card: Card, kinds: Kinds) -> Form:
    """What an author may say about a thing with that card."""
    keys: tuple[Key, ...] = ()
    rules: tuple[Json, ...] = ()
    if card.name not in BUILT_IN:
        keys = (Key("use", Kind("a prefab", {"const": card.name}), USE, needed=True),)
    if card.kind != "environment" and card.name != "guide":
        keys = (*keys, *placing_keys(kinds))
        rules = (placing_rules(kinds),)
    if card.kind == "person" and card.name not in BUILT_IN:
        keys += person_keys(kinds)
    params = [Key(name, kinds.slot(slot), slot.doc, default_of(slot)) for name, slot in card.params.items()]
    return Form(f"card_{card.name}", f"a thing with the card `{card.name}`", card.doc, (*keys, *params), rules)


def model_form(kinds: Kinds) -> Form:
    """What an author may say about a thing made of a model file."""
    file = text("a model file in the scene's folder", r".*\.glb", "vase.glb")
    keys = (Key("use", file, USE, needed=True), *placing_keys(kinds))
    return Form("model_file", "a thing made of a model file", "A thing made of a model file.", keys, (placing_rules(kinds),))


def any_form(section: Section, cards: Mapping[str, Card], kinds: Kinds) -> Form:
    """What an author may say about a thing of a section whose card is not known here, as in a variant."""
    fitting = in_section(section, cards)
    keys: dict[str, list[Key]] = {"use": [Key("use", use_kind(section, fitting), USE)]}
    forms = [card_form(card, kinds) for _, card in sorted(fitting.items())]
    forms += [card_form(card, kinds) for card in BUILT_IN.values()] if section == "people" else []
    for form in forms:
        for key in form.keys:
            if key.name != "use":
                keys.setdefault(key.name, []).append(key)
    group = "things" if KINDS[section] == KINDS["props"] else section
    joined = tuple(_joined(same, f"{section if name == 'use' else group}_{name}", kinds) for name, same in keys.items())
    return Form(f"any_of_{section}", f"a thing of `{section}`", HOMES[section], joined)


def _joined(same: list[Key], name: str, kinds: Kinds) -> Key:
    schemas: list[Json] = []
    for key in same:
        if key.kind.schema not in schemas:
            schemas.append(key.kind.schema)
    words = " or ".join(dict.fromkeys(key.kind.words for key in same))
    docs = " / ".join(dict.fromkeys(key.doc for key in same))
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return Key(same[0].name, Kind(words, schema if "$ref" in schema else kinds.define(name, schema)), docs, shared=same[0].shared)


def use_kind(section: Section, fitting: Mapping[str, Card]) -> Kind:
    """What may stand behind `use` in a section."""
    offered: Json = {
        "enum": list(fitting),
        "enumDescriptions": [card.doc for card in fitting.values()],
        "markdownEnumDescriptions": [f"*{card.kind}*: {card.doc}" for card in fitting.values()],
    }
    if section in {"environment", "sounds", "people"}:
        return Kind("a prefab", offered)
    return Kind("a prefab, or a .glb file in the scene's folder", {"anyOf": [offered, {"type": "string", "pattern": r"\.glb$"}]})
