"""Every mapping of the language: its keys, what stands under each, and what is said about it; for schema and reference."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.spec.compose import MOST_INCLUDED
from engine.spec.finishes import DADO, FINISHES, Surface
from engine.spec.schema import patterns
from engine.spec.schema.docs import doc_of
from engine.spec.schema.kinds import Json, Kind, Kinds, human, name, one_or_more, refer, text, truth, word
from engine.spec.states import PATTERNS, VERBS
from engine.spec.things import FINISHED, SURFACES


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping."""

    name: str
    kind: Kind
    doc: str
    default: str = ""
    """As an author would write it; empty if leaving the key out means that there is nothing."""
    needed: bool = False
    shared: bool = False
    """Whether many forms have this very key."""


@dataclass(frozen=True, slots=True)
class Form:
    """A mapping with keys of the language."""

    name: str
    title: str
    """As a person calls it: `a rule`."""
    doc: str
    keys: tuple[Key, ...]
    rules: tuple[Json, ...] = ()
    """What else must hold of the keys together."""

    @property
    def by_name(self) -> Mapping[str, Key]:
        """The keys by their names."""
        return {key.name: key for key in self.keys}


def form_kind(form: Form) -> Kind:
    """A mapping of that form."""
    return Kind(form.title, refer(form.name), form=form)


def needs_one(*keys: str) -> Json:
    """At least one of the keys must be there."""
    return {"anyOf": [{"required": [key]} for key in keys]}


def at_most_one(keys: Collection[str], said: str) -> Json:
    """Two of the keys together are one too many."""
    pairs = [{"required": [one, other]} for one in keys for other in keys if one < other]
    return {"not": {"anyOf": pairs}, "errorMessage": said}


def parameter(kinds: Kinds) -> Form:
    """A declaration of a value: `{default, range | choices}`."""
    plain = patterns.literal("number")
    dimensions = ("length", "time", "angle", "flux", "temperature", "flow", "mass", "level")
    number = patterns.whole("|".join(patterns.literal(one) for one in (*dimensions, *(f"{one}/time" for one in dimensions))))
    default: Json = {"anyOf": [{"type": ["number", "boolean"]}, {"type": "string", "pattern": patterns.whole(patterns.NAME)}]}
    default["anyOf"].append({"type": "string", "pattern": number})
    default["anyOf"].append({"type": "string", "pattern": patterns.whole(f"{plain}|{plain}/(?:s|min|h)")})
    same = [_range_like(one) for one in (*dimensions, *(f"{one}/time" for one in dimensions), "number/time")]
    bare = {"type": "number"}, patterns.whole(patterns.span("number", written_out=True))
    same.append(_when_default(bare[0], {"required": ["range"], "properties": {"range": {"pattern": bare[1]}}}))
    is_word: Json = {"type": "string", "pattern": patterns.whole(rf"(?!(?:true|false)$){patterns.NAME}")}
    same.append(_when_default(is_word, {"required": ["choices"], "not": {"required": ["range"]}}))
    choice = text("a word", patterns.NAME, "calm")
    words = "a number with its unit, a word, true or false"
    return Form(
        "parameter",
        "a value",
        doc_of("Quantity"),
        (
            Key("default", Kind(words, default), doc_of("Quantity.default"), needed=True),
            Key("range", Kind("a range", {"type": "string"}), _RANGE),
            Key("choices", one_or_more(choice, "a list of words"), doc_of("Quantity.choices")),
        ),
        tuple(same),
    )


_RANGE = "The least and most that makes sense, both included: `3 s to 6 s`. Every number needs it."


def _when_default(is_like: Json, then: Json) -> Json:
    return {"if": {"properties": {"default": is_like}, "required": ["default"]}, "then": then}


def _range_like(dimension: str) -> Json:
    default = {"type": "string", "pattern": patterns.whole(patterns.literal(dimension))}
    fits = {"type": "string", "pattern": patterns.whole(patterns.span(dimension, written_out=True))}
    return _when_default(default, {"required": ["range"], "properties": {"range": fits}})


def room(kinds: Kinds) -> Form:
    """A room."""
    sides = ("north_of", "south_of", "east_of", "west_of")
    keys = tuple(Key(one, _finish((one,)), _MADE_OF[one], "plain" if one in SURFACES else "") for one in FINISHED)
    faces = Form("finish", "a finish", doc_of("Room.finish"), keys)
    words = "a finish for all, or one each for walls, floor, ceiling, dado"
    finish = Kind(words, {"anyOf": [_finish(SURFACES).schema, refer("finish")]}, form=faces)
    beside = [Key(one, name("the name of a room"), f"The room that this one is {one.replace('_', ' ')}.") for one in sides]
    moved = {"if": {"required": ["at"]}, "then": needs_one(*sides)}
    return Form(
        "room",
        "a room",
        doc_of("Room"),
        (
            Key("size", kinds.lengths((3,), negative=False), doc_of("Room.size"), needed=True),
            Key("finish", finish, doc_of("Room.finish"), "plain"),
            *beside,
            Key("at", kinds.lengths((1,)), doc_of("Room.at"), "0 m"),
        ),
        (at_most_one(sides, "a room is beside one other; keep one of these"), moved),
    )


_MADE_OF: Mapping[Surface, str] = {
    "walls": "What the walls of the room are made of.",
    "floor": "What the floor of the room is made of.",
    "ceiling": "What the ceiling of the room is made of.",
    "dado": f"What the foot of the walls is made of, up to a rail at {DADO:g} m, if otherwise than the rest of them.",
}


def _finish(surfaces: Collection[Surface]) -> Kind:
    """A material that all these surfaces take, and its colours."""
    fit = {name: one for name, one in FINISHES.items() if set(surfaces) <= set(one.on)}
    offered = [[name, *(f"{name}/{colour}" for colour in one.colours)] for name, one in fit.items()]
    return Kind("a material, or material/colour", {"enum": [finish for same in offered for finish in same]})


def item(kinds: Kinds) -> Form:
    """An item of the checklist."""
    return Form(
        "item",
        "an item of the checklist",
        doc_of("Item"),
        (
            Key("expect", kinds.condition("play"), doc_of("Item.expect"), needed=True),
            Key("within", kinds.quantity("time", negative=False), doc_of("Item.within"), "no limit"),
            Key("since", kinds.condition("play"), doc_of("Item.since"), "the start"),
        ),
    )


def shot(kinds: Kinds) -> Form:
    """A picture to take."""
    thing = name("the name of a thing")
    end = Kind("a point, or the name of a thing", {"anyOf": [kinds.lengths((3,)).schema, thing.schema]})
    return Form(
        "shot",
        "a shot",
        doc_of("Shot"),
        (
            Key("from", end, doc_of("Shot.eye", "from"), needed=True),
            Key("to", end, doc_of("Shot.to"), needed=True),
            Key("origin", thing, doc_of("Shot.origin"), "the scene's"),
            Key("fov", kinds.quantity("angle", negative=False), doc_of("Shot.fov"), "60 deg"),
        ),
    )


def actions(kinds: Kinds) -> tuple[Form, ...]:
    """One form for each verb."""
    path = text("a live property, or a variable", patterns.PATH, "orb.scale")
    time = kinds.quantity("time", "play", negative=False)
    said = {
        "change": path,
        "say": name("a key of `text`"),
        "haptic": name("the name of a thing"),
        "play": name("the name of a sound"),
        "stop": name("the name of a sound"),
        "teleport": name("the name of a room or thing"),
        "log": name("a word"),
        "wait": time,
        "draw": name("the name of a variable"),
    }
    field = {"change": "property", "say": "text", "haptic": "thing", "play": "sound", "stop": "sound"}
    field |= {"teleport": "target", "log": "word", "wait": "time", "draw": "variable"}
    others = {
        "to": (kinds.value(), ""),
        "add": (kinds.difference(), ""),
        "over": (time, "0 s"),
        "ease": (word(("sine", "linear")), "sine"),
        "speaker": (name("the name of a person"), "guide"),
        "pattern": (word(PATTERNS), "tap"),
    }
    found = []
    for verb, more in VERBS.items():
        model = verb.capitalize()
        keys = [Key(verb, said[verb], f"{doc_of(model)}\n\n{doc_of(f'{model}.{field[verb]}')}", needed=True)]
        keys += [Key(one, others[one][0], doc_of(f"{model}.{one}"), others[one][1]) for one in more]
        one_of: tuple[Json, ...] = ({"oneOf": [{"required": ["to"]}, {"required": ["add"]}]},) if verb == "change" else ()
        found.append(Form(verb, f"the action `{verb}`", doc_of(model), tuple(keys), one_of))
    return tuple(found)


def step(kinds: Kinds, verbs: Collection[Form]) -> Kind:
    """An action, or some that begin together."""
    action = kinds.define("action", {"oneOf": [refer(one.name) for one in verbs], "errorMessage": _ACTION})
    return one_or_more(Kind("an action", action), "an action, or a list of actions that begin together")


_ACTION = f"an action begins with one of {', '.join(VERBS)}, and has the keys of that one"


def states(kinds: Kinds, steps: Kind) -> tuple[Form, Form, Form]:
    """A rule, a state, a region."""
    go = name("the name of a state, `out` or `end`")
    rule = Form(
        "rule",
        "a rule",
        doc_of("Rule"),
        (
            Key("when", kinds.condition("rule"), doc_of("Rule.when"), needed=True),
            Key("do", steps, doc_of("Rule.do")),
            Key("go", go, doc_of("Rule.go")),
        ),
        (needs_one("do", "go"),),
    )
    named = text("a name", patterns.NAME, "rest")
    inner = Kind("a mapping of names to states", refer("states"), names=Kind("a state", refer("state"), deeper=True))
    path = Kind("rates", refer("drift"), names=Kind("rates", {}, names=kinds.rate()))
    regions = Kind("a mapping of names to regions", refer("regions"), names=Kind("a region", refer("region"), deeper=True))
    each: Json = {"type": "array", "items": steps.schema, "minItems": 1}
    steps_kind = Kind("a list of steps, one after another", {"anyOf": [each, refer("action")]})
    count = kinds.quantity("count", "play", negative=False)
    state = Form(
        "state",
        "a state",
        doc_of("State"),
        (
            Key("do", steps, doc_of("State.do")),
            Key("steps", steps_kind, doc_of("State.steps")),
            Key("repeat", Kind(count.words, {"allOf": [count.schema], "minimum": 1}), doc_of("State.repeat"), "1"),
            Key("drift", path, doc_of("State.drift")),
            Key("rules", one_or_more(form_kind(rule), "a rule, or a list of rules"), doc_of("State.rules")),
            Key("start", named, doc_of("State.start")),
            Key("states", inner, doc_of("State.states")),
            Key("regions", regions, doc_of("State.regions")),
            Key("resume", truth(), doc_of("State.resume"), "false"),
        ),
        (
            {"dependencies": {"states": ["start"], "repeat": ["steps"]}},
            at_most_one(("regions", "states"), "a state has states or regions; put the states into one of the regions"),
        ),
    )
    region = Form(
        "region",
        "a region",
        "States that go on beside those of the other regions: one of each region is active.",
        (
            Key("start", named, doc_of("State.start"), needed=True),
            Key("states", inner, doc_of("State.states"), needed=True),
        ),
    )
    return rule, state, region


def telling(kinds: Kinds) -> tuple[Form, Kind]:
    """What a person shows or answers; and the kind of a mapping to it."""
    told = name("a key of `text`")
    form = Form(
        "telling",
        "what is told",
        doc_of("Telling"),
        (
            Key("tell", told, doc_of("Telling.tell"), needed=True),
            Key("when", kinds.condition("play"), doc_of("Telling.when"), "always"),
        ),
    )
    one = Kind("a key of `text`", {"anyOf": [told.schema, refer("telling")]})
    some = one_or_more(one, "a key of `text`, or a list of `{tell, when}`")
    return form, Kind("a mapping of names to what is told", {}, names=some)


def hint(kinds: Kinds) -> Form:
    """A text that is offered."""
    when = Key("when", kinds.condition("play"), doc_of("Hint.when"), needed=True)
    return Form("hint", "a hint", doc_of("Hint"), (when,))


def review() -> Form:
    """Who looked at the scene."""
    date = text("a date in quotes", r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", "2026-05-01")
    kinds = {"name": human(), "role": human(), "date": date}
    keys = (Key(one, kind, doc_of(f"Review.{one}"), needed=True) for one, kind in kinds.items())
    return Form("review", "a review", doc_of("Review"), tuple(keys))


def names_of(words: str, example: str, *, declares: bool = False) -> Kind:
    """A list of names; a list of one may drop its brackets."""
    one = text("a name", patterns.declared() if declares else patterns.NAME, example)
    return one_or_more(one, words)


def included() -> Kind:
    """Files that are merged into the scene."""
    file = text("a file", r"[^/].*\.yaml", "texts.yaml")
    return one_or_more(file, "a .yaml file in the scene's folder, or a list of them", MOST_INCLUDED)


def texts() -> Kind:
    """`text`."""
    return Kind("a mapping of names to texts", refer("texts"), names=human())
