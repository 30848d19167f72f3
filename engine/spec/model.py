"""A scene as it is after reading: typed, composed, checked. Read from the top, this is the scene language.

Every text of the file has become what its slot says it is: an `Expression` (a quantity, a count, a condition), a word, a name,
a text key. Names of other things are kept as names; the reader has found each of them. `span` is where something stands in its
file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.spec.cards import Card, FlagKind, Slot
from engine.spec.diagnostics import NOWHERE, Span
from engine.spec.expression import Expression, Value

Point = tuple[Expression, ...]
"""Two or three lengths: x east, y north, z up; or one along a wall."""


class Model(BaseModel):
    """Something written in a scene."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    span: Span = Field(default=NOWHERE, exclude=True, repr=False)


class Quantity(Model):
    """A parameter or variable: `default` with the session's setting laid over it, in base units."""

    name: str
    value: Value
    default: Value
    dimension: str
    """As in `engine.spec.units`; `count`, `ratio`, or `word` for a choice."""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


Placing = Literal["scene", "origin", "in", "against", "rests_on", "beside", "hangs_from"]


class Place(Model):
    """Where a thing stands (section 5): one placing word, its target, and `at` on that target's axes."""

    placing: Placing = "scene"
    thing: str = ""
    part: str = ""
    """north, east, south, west, ceiling; left, right, front, back; or a place of the thing's card."""
    at: Point = ()
    facing: Expression | str | None = None
    """A bearing, or the name of a thing or of a compass point; None: as the placing says."""
    grid: tuple[int, int] | None = None
    fits: str = ""
    """`thing.place` that it can be put on, or empty."""


class Thing(Model):
    """A room's opening, a light, a prop, a person: a card, a place, and what its author says about it."""

    name: str
    section: Literal["environment", "openings", "lights", "props", "sounds", "people"]
    card: Card
    place: Place = Place()
    present: Expression | None = None
    values: Mapping[str, Expression] = {}
    """The card's parameters that the author set; words are `Word`, the rest have the card's dimension."""
    ranges: Mapping[str, tuple[Expression, Expression]] = {}
    """Those of them that are ranges (`3 m to 12 m`): lower and upper end."""

    @property
    def live(self) -> Mapping[str, Slot]:
        """All live properties of this thing: those of its card, and `present`."""
        return self.card.changeable

    @property
    def flags(self) -> Mapping[str, FlagKind]:
        """All flags of this thing: those of its card, and those that things like it have."""
        return self.card.raised(fits=bool(self.place.fits))


class Room(Model):
    """A box of air: `size` is clear width, depth, height."""

    name: str
    size: Point
    finish: Mapping[str, str] = {}
    beside: tuple[Literal["north_of", "south_of", "east_of", "west_of"], str] | None = None
    at: Expression | None = None


class Change(Model):
    """Change a live property to, or by, a value over a time."""

    verb: Literal["change"] = "change"
    property: tuple[str, ...]
    to: Expression | None = None
    add: Expression | None = None
    over: Expression | None = None
    ease: Literal["sine", "linear"] = "sine"


class Say(Model):
    """A line from the text, spoken by a person."""

    verb: Literal["say"] = "say"
    text: str
    speaker: str = "guide"


class Haptic(Model):
    """A pattern felt by the hand on a thing."""

    verb: Literal["haptic"] = "haptic"
    thing: str
    pattern: str = "tap"


class Play(Model):
    """Start a sound."""

    verb: Literal["play"] = "play"
    sound: str


class Stop(Model):
    """Stop a sound."""

    verb: Literal["stop"] = "stop"
    sound: str


class Teleport(Model):
    """Put the participant before a thing, facing it, or into a room."""

    verb: Literal["teleport"] = "teleport"
    target: str


class Log(Model):
    """Write a word to the event log."""

    verb: Literal["log"] = "log"
    word: str


class Wait(Model):
    """Let time pass."""

    verb: Literal["wait"] = "wait"
    time: Expression


Action = Annotated[Change | Say | Haptic | Play | Stop | Teleport | Log | Wait, Field(discriminator="verb")]
Step = tuple[Action, ...]
"""Actions that begin together; over when the last `over` in it is."""


class Rule(Model):
    """When a condition holds: do something, go somewhere, or both."""

    when: Expression
    do: Step = ()
    go: str = ""
    """A state, `out`, `end`, or empty."""
    words: str = ""
    """The condition as the author wrote it: what an event log gives as the reason."""


class State(Model):
    """What holds for a while (section 7). The scenario itself is the outermost state, named ``."""

    name: str = ""
    do: Step = ()
    steps: tuple[Step, ...] = ()
    repeat: Expression | None = None
    drift: Mapping[tuple[str, ...], Expression] = {}
    """Property path -> change a second."""
    rules: tuple[Rule, ...] = ()
    start: str = ""
    states: Mapping[str, State] = {}
    regions: Mapping[str, State] = {}
    resume: bool = False


class Item(Model):
    """A checklist item; `within` counts from `since` turning true, or from the start."""

    name: str
    expect: Expression
    within: Expression | None = None
    since: Expression | None = None


class Shot(Model):
    """A picture to take."""

    name: str
    origin: str = ""
    eye: Point | str
    """`from`: a point, or a thing's name (`participant`: the eyes at the start)."""
    to: Point | str
    fov: Expression | None = None


class SceneSpec(Model):
    """A whole scene, composed of cards, scene, variants and the session's settings, in that order of precedence."""

    name: str
    version: int
    language: str
    digest: str
    """SHA-256 over all that a session can depend on: the scene's files, the settings, and what its cards mean (not their looks).
    A recording only replays on the same digest."""
    parameters: Mapping[str, Quantity] = {}
    variables: Mapping[str, Quantity] = {}
    environment: Thing | None = None
    rooms: Mapping[str, Room] = {}
    things: Mapping[str, Thing] = {}
    """Openings, lights, props, sounds and people, in the file's order; `participant` and `guide` are always there."""
    scenario: State
    checklist: Mapping[str, Item] = {}
    variants: tuple[str, ...] = ()
    """The variants the file offers."""
    shots: Mapping[str, Shot] = {}
    text: Mapping[str, str] = {}

    @property
    def everything(self) -> Mapping[str, Thing]:
        """All things, the environment first if there is one."""
        return {**({"environment": self.environment} if self.environment else {}), **self.things}
