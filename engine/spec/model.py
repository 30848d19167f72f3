"""A scene as it is after reading: typed, composed, checked. Read from the top, this is the scene language.

Every text of the file has become what its slot says it is: an `Expression` (a quantity, a count, a condition), a word, a name,
a text key. Names of other things are kept as names; the reader has found each of them. `span` is where something stands in its
file. What is said here of a class or a field is what an editor shows of its key, and what the reference of the language says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    """Where it stands in its file: mostly its name, or its first key."""


class Quantity(Model):
    """A parameter, set before the session (by a therapist, by `--set`), or a variable, changed while it runs.

    It has a unit if its default has one. A bare number without a point is a count, with one a ratio.
    """

    name: str
    """Small letters, digits and `_`. A text of the same key is its label for people."""
    value: Value
    """The default with the session's setting laid over it; metres, seconds, degrees."""
    default: Value
    """What it is unless the session says otherwise: `4 s`, `10`, `true`, or one of the choices."""
    dimension: str
    """As in `engine.spec.units`; `count`, `ratio`, `truth`, or `word` for a choice."""
    low: float | None = None
    """The lower end of `range`, `3 s to 6 s`: the least that makes sense."""
    high: float | None = None
    """The upper end of `range`: the most that makes sense."""
    choices: tuple[str, ...] = ()
    """The words to choose from; a value has a range or choices, never both."""


Placing = Literal["scene", "origin", "in", "against", "rests_on", "beside", "hangs_from"]
"""The placing words of section 5; `scene` where none is written."""


class Place(Model):
    """Where a thing stands (section 5): one placing word, its target, and `at` on its axes. Nothing is moved to make room."""

    placing: Placing = "scene"
    """`in` a room or a place of a thing, `against` a wall or ceiling, `rests_on` a top, `beside` a side, `hangs_from` a hook,
    `origin` for another thing's axes without touching it."""
    thing: str = ""
    """The thing or room that it is placed by."""
    part: str = ""
    """north, east, south, west, ceiling of a room; left, right, front, back of a thing, its own, looking out of its front (the
    left of a bed is the patient's); or a place of the thing's card."""
    at: Point = ()
    """How far from where the placing word puts it, on its target's axes: `[0.4 m, 0 m]`. Left out: all 0."""
    facing: Expression | str | None = None
    """Where its front looks: a thing, north, east, south, west, or a bearing clockwise from north. Left out: as placed."""
    grid: tuple[int, int] | None = None
    """So many of it along x and along y, spread evenly over the face it is on: `[2, 1]`."""
    fits: str = ""
    """The place it can be put on by hand, `patient.face`; it then has the flag `fitted`."""


class Telling(Model):
    """One thing a person shows or answers: a text, and when it holds. Of several the first that holds is told. Not played yet."""

    tell: str
    """The key of the text that is told."""
    when: Expression | None = None
    """The condition under which it is told; left out: always."""


class Thing(Model):
    """An opening, a light, a prop, a sound, a person, or the landscape: a card, a place, and what its author says about it."""

    name: str
    """What everything else in the file calls it."""
    section: Literal["environment", "openings", "lights", "props", "sounds", "people"]
    """The key it stands under; openings, lights and props are one model, in three sections for the reader only."""
    card: Card
    """The prefab that `use` names, or a model file (`chair.glb`) in the scene's folder."""
    place: Place = Place()
    """Where it stands."""
    present: Expression | None = None
    """Whether it is there at the start; it can be changed later. Left out: true."""
    values: Mapping[str, Expression] = {}
    """The card's parameters that the author set; words are `Word`, the rest have the card's dimension."""
    ranges: Mapping[str, tuple[Expression, Expression]] = {}
    """Those of them that are ranges (`3 m to 12 m`): lower and upper end."""
    findings: Mapping[str, tuple[Telling, ...]] = {}
    """Of a person: what examining tells, by what is examined: `{chest: crackles}`. Not played yet."""
    questions: Mapping[str, tuple[Telling, ...]] = {}
    """Of a person: what they answer, by the text key of the question: `{do_you_smoke: twenty_a_day}`. Not played yet."""

    @property
    def live(self) -> Mapping[str, Slot]:
        """All live properties of this thing: those of its card, and `present`."""
        return self.card.changeable

    @property
    def flags(self) -> Mapping[str, FlagKind]:
        """All flags of this thing: those of its card, and those that things like it have."""
        return self.card.raised(fits=bool(self.place.fits))


class Room(Model):
    """A box of air with walls, a floor and a ceiling; rooms that meet may be joined by an opening."""

    size: Point
    """Clear width (x, west to east), depth (y, south to north) and height: `[4.2 m, 3.6 m, 2.7 m]`."""
    name: str
    """What things are placed `in` and `against`."""
    finish: Mapping[str, str] = {}
    """What its walls, floor and ceiling are made of, and the foot of its walls if it has a dado: `material` or `material/colour`.
    Left out: plain, without a dado."""
    beside: tuple[Literal["north_of", "south_of", "east_of", "west_of"], str] | None = None
    """`north_of: bay` and so on: which room it adjoins, wall to wall. The one room without it is in the middle of the scene."""
    at: Expression | None = None
    """How far it is shifted along that wall."""


class Change(Model):
    """Change a live property or a variable to a value, or by one, at once or over a time. A newer change replaces an older."""

    verb: Literal["change"] = "change"
    property: tuple[str, ...]
    """`thing.property` (`environment.sun`, `patient.spo2`) or a variable."""
    to: Expression | None = None
    """The value that it becomes."""
    add: Expression | None = None
    """The difference that is added to it; either this or `to`."""
    over: Expression | None = None
    """How long the change takes. Left out: 0 s, at once."""
    ease: Literal["sine", "linear"] = "sine"
    """How the change begins and ends: sine softly, linear evenly."""


class Say(Model):
    """A line from the text, spoken by a person, and shown as a caption. A speaker ends their sentence first."""

    verb: Literal["say"] = "say"
    text: str
    """The key of the line under `text`."""
    speaker: str = "guide"
    """Who says it."""


class Haptic(Model):
    """A pattern felt by the hand that is on a thing."""

    verb: Literal["haptic"] = "haptic"
    thing: str
    """The thing."""
    pattern: str = "tap"
    """tap, pulse or breath."""


class Play(Model):
    """Start a sound."""

    verb: Literal["play"] = "play"
    sound: str
    """One of `sounds`."""


class Stop(Model):
    """Stop a sound."""

    verb: Literal["stop"] = "stop"
    sound: str
    """One of `sounds`."""


class Teleport(Model):
    """Put the participant before a thing, facing it, or into a room."""

    verb: Literal["teleport"] = "teleport"
    target: str
    """The thing or room."""


class Log(Model):
    """Write a word to the event log."""

    verb: Literal["log"] = "log"
    word: str
    """The word, as it will stand in the log."""


class Wait(Model):
    """Let time pass."""

    verb: Literal["wait"] = "wait"
    time: Expression
    """How long."""


class Draw(Model):
    """Give a variable one of its choices, or a whole number of its range, each as likely, by the session's seed."""

    verb: Literal["draw"] = "draw"
    variable: str
    """The variable: one with `choices`, or a count."""


Action = Annotated[Change | Say | Haptic | Play | Stop | Teleport | Log | Wait | Draw, Field(discriminator="verb")]
"""One verb an action; it alone decides the other keys."""

Step = tuple[Action, ...]
"""Actions that begin together; over when the last `over` in it is."""


class Rule(Model):
    """When a condition holds: do something, go somewhere, or both.

    With `go` it fires when its condition is true; with `do` alone, each time it turns true.
    """

    when: Expression
    """The condition: flags (`bell pressed`), comparisons (`patient.spo2 < 90`), `after 5 min`, `done`, `in treated`."""
    do: Step = ()
    """The action, or the list of actions that begin together."""
    go: str = ""
    """A state, `out` (leave the inner states), `end` (the session), or nothing."""
    words: str = ""
    """The condition as the author wrote it: what an event log gives as the reason."""


class State(Model):
    """What holds for a while (section 7). The scenario itself is the outermost state, named ``."""

    name: str = ""
    """What rules `go` to."""
    do: Step = ()
    """What begins on entering: an action, or a list of actions."""
    steps: tuple[Step, ...] = ()
    """What is done one after another: each an action, or a list of actions that begin together."""
    repeat: Expression | None = None
    """How often the steps are gone through. Left out: once."""
    drift: Mapping[tuple[str, ...], Expression] = {}
    """What moves by itself while in the state: property -> change a time, `{patient.spo2: -0.8/min}`."""
    rules: tuple[Rule, ...] = ()
    """What leads on. In a tick those of outer states come first, then they are looked at in this order."""
    start: str = ""
    """Which of its states comes first."""
    states: Mapping[str, State] = {}
    """States inside it, one of them at a time."""
    regions: Mapping[str, State] = {}
    """Groups of states that go on at once, each with its own `start` and `states`."""
    resume: bool = False
    """Whether entering it again goes on in the inner state last left."""


class Hint(Model):
    """A text that is offered to the participant when a condition holds. Not played yet."""

    text: str
    """The key of the text."""
    when: Expression
    """When it is offered: `not mask fitted for 90 s`."""


class Item(Model):
    """An item of the checklist that the debriefing shows."""

    name: str
    """The key of its text."""
    expect: Expression
    """What should come true."""
    within: Expression | None = None
    """How soon, counted from `since`. Left out: at any time."""
    since: Expression | None = None
    """What the time counts from, turning true. Left out: the start."""


class Shot(Model):
    """A picture that `abaton shots` takes."""

    name: str
    """The name of the picture's file."""
    origin: str = ""
    """The thing whose axes `from` and `to` are on. Left out: the scene's."""
    eye: Point | str
    """`from`: where the eye is, as a point, or a thing's name (`participant`: the eyes at the start)."""
    to: Point | str
    """What it looks at: a point, or the middle of a thing."""
    fov: Expression | None = None
    """The angle across the picture. Left out: 60 deg."""


class Review(Model):
    """Who looked at the scene with a clinician's eyes, and when. Not played yet."""

    name: str
    """Who they are."""
    role: str
    """What makes them one to ask: `consultant anaesthetist`."""
    date: str
    """When, as `"2026-05-01"` in quotes."""


class SceneSpec(Model):
    """A whole scene, composed of cards, scene, variants and the session's settings, in that order of precedence."""

    name: str
    """The name of its file."""
    version: int
    """`spec`: the version of this language."""
    language: str
    """The language of the file's text, as a BCP-47 tag: en, de, pt-BR."""
    digest: str
    """SHA-256 over all that a session can depend on: the scene's files, the settings, and what its cards mean (not their looks).
    A recording only replays on the same digest."""
    reviewed_by: tuple[Review, ...] = ()
    """Who looked at the scene: `{name, role, date}` each. Not played yet."""
    parameters: Mapping[str, Quantity] = {}
    """What is set before the session and then fixed."""
    variables: Mapping[str, Quantity] = {}
    """What the scenario changes while it runs."""
    environment: Thing | None = None
    """The landscape around, with the parameters of its card."""
    rooms: Mapping[str, Room] = {}
    """The rooms, by name."""
    things: Mapping[str, Thing] = {}
    """Openings, lights, props, sounds and people, in the file's order; `participant` and `guide` are always there."""
    prebrief: tuple[str, ...] = ()
    """Keys of the texts that are shown before the session, in this order. Not played yet."""
    triggers: tuple[str, ...] = ()
    """Names that a facilitator can set off during the session; each is a moment flag, `facilitator worsen`."""
    scenario: State
    """What happens: a state."""
    hints: Mapping[str, Hint] = {}
    """Texts that are offered, by key: `{check_saturation: {when: …}}`. Not played yet."""
    checklist: Mapping[str, Item] = {}
    """What counts, by the key of its text."""
    chosen: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    """The variants that were chosen of those, by name."""
    variants: tuple[str, ...] = ()
    """The variants the file offers: named sets of changes, `{winter: {environment.use: frozen_lake}}`."""
    shots: Mapping[str, Shot] = {}
    """Pictures to take, by name."""
    text: Mapping[str, str] = {}
    """All words for people, by key. `title` is the scene's; a parameter, a choice of one, a variant, trigger or checklist item is
    labelled by the text of its own name, in each language by that language's file."""
    sources: Mapping[str, Sequence[str]] = Field(default={}, exclude=True, repr=False)
    """The lines of each file it was read from, by the file's name in spans: what is found after reading shows them too."""

    @property
    def everything(self) -> Mapping[str, Thing]:
        """All things, the environment first if there is one."""
        return {**({"environment": self.environment} if self.environment else {}), **self.things}
