"""A prefab's card: everything an author may say about it, and everything the world needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from engine.spec.expression import Value

Vec3 = tuple[float, float, float]
CardKind = Literal["environment", "opening", "light", "prop", "sound", "person"]
FlagKind = Literal["moment", "lasting"]


class Slot(BaseModel):
    """A parameter (fixed when built) or a live property: its kind, range and default."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dimension: str
    """As in `engine.spec.units`; `count`, `ratio`, `truth`, `word` for a choice, `thing` for the name of one, or `text` for a key
    of a scene's `text`."""
    default: Value
    default_end: float | None = None
    """For a slot that takes a range (`3 m to 12 m`): its upper end; `default` is its lower."""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    """Of a `word`: the words; of a `thing`: the kinds of card that it may have, none for any."""
    charted: str = ""
    """Of a vital: the unit in which it is charted, and so written bare (`/min`, `%`, `mmHg`, `°C`)."""
    doc: str = ""


PRESENT = Slot(dimension="truth", default=True, doc="Whether the thing is there: seen, met by hands, heard.")
"""The live property that every thing has."""


class CardPlace(BaseModel):
    """A named spot of a prefab, in its own axes: a seat, a hook, a bed's middle. `posture` is of who is put there.

    `hook` is where `hangs_from` hangs things; `loop` the spot of a hanging thing that meets the hook (left out: the middle of its
    top); `fit` the spot of a thing that meets the place it is put on by `fits` (left out: its origin).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: Vec3
    facing_deg: float = 0.0
    """Bearing of its front, clockwise from the thing's own front."""
    tilt_deg: float = 0.0
    """How far its front then looks up: 90 deg is the ceiling, as a face does that lies on its back."""
    posture: Literal["standing", "seated", "lying"] | None = None
    joint: str = ""
    """The joint that it moves with."""
    recline: str = ""
    """The live property (an angle) by which the upper body of who lies here is raised: their own joints go by `recline`."""


class CardBox(BaseModel):
    """A box of what is solid: `at` is the middle of its foot and `size` its width, depth, height, in the thing's own axes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: Vec3
    size: Vec3
    joint: str = ""
    """The joint that it moves with."""


class Joint(BaseModel):
    """A part that moves: it turns about a line through `at` along `axis`, or slides along `axis`, as a value goes.

    `by` is a live property with a range (its whole range is the way from `begins` to `ends`), or a flag (down: `begins`, up:
    `ends`), or for a person `recline`, the angle of the place they lie in. The sense of a turn is right-handed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    by: str
    motion: Literal["turn", "slide"]
    begins: float
    ends: float
    """Degrees of a turn, metres of a slide."""
    at: Vec3
    axis: Literal["width", "depth", "height"]
    joint: str = ""
    """The joint that carries this one."""


ControlKind = Literal["button", "switch", "dial", "knob", "lever", "slider", "hinge"]


class Control(BaseModel):
    """Something a hand works, within `radius` metres of `at`.

    A button raises a flag as it is pressed in, a switch turns a truth over. The others are taken hold of and set a number: a dial
    and a knob follow the twist of the hand, a lever, a slider and a hinge the way it goes, as the joint does that goes by the
    same value. A dial, a lever and a slider may have detents. A slider's joint slides, a hinge's turns: a drawer, a door.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ControlKind
    at: Vec3
    radius: float
    raises: str = ""
    """The flag of a button."""
    sets: str = ""
    """The live property of all others."""
    step: float = 0.0
    """How far apart its detents are, in the property's base unit; 0: it has none."""
    joint: str = ""
    """The joint that it moves with."""

    @property
    def pressed(self) -> bool:
        """Whether a finger presses it; all others a hand takes hold of."""
        return self.kind in ("button", "switch")


class Grab(BaseModel):
    """How a thing is picked up: within `radius` metres of its middle. What is made for two `hands` a second one holds together
    with the first, as it does all that is wider than a hand; else it takes over."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    radius: float
    hands: Literal[1, 2] = 1

    @model_serializer(mode="wrap")
    def _said(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What a card says is its meaning, by which recordings know their scene: what it leaves out is not in it."""
        found: dict[str, Any] = plain(self)
        return {name: value for name, value in found.items() if name != "hands" or value != 1}


class Card(BaseModel):
    """A prefab's card, read from `assets/prefabs/NAME.yaml`.

    `size` is width, depth, height in metres at the default parameters, with the origin in the middle of the foot; `stretch` names
    for each axis the parameter that sets that length instead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    kind: CardKind
    doc: str = ""
    source: str = ""
    """Where its dimensions come from."""
    size: Vec3 = (0.0, 0.0, 0.0)
    stretch: Mapping[Literal["width", "depth", "height"], str] = {}
    params: Mapping[str, Slot] = {}
    """What a scene may set; the start value of every live property but `present` is among them."""
    live: Mapping[str, Slot] = {}
    flags: Mapping[str, FlagKind] = {}
    """The card's own flags; `Card.raised` adds those that all things have."""
    places: Mapping[str, CardPlace] = {}
    tops: bool = True
    """Whether things can rest on it; its top is at `rest_height`, or at the height of its size."""
    rest_height: float | None = None
    boxes: Mapping[str, CardBox] = {}
    """What is solid of it; empty: one box of its size. They stretch with it."""
    joints: Mapping[str, Joint] = {}
    controls: Mapping[str, Control] = {}
    up: float = 0.0
    """Metres from the floor to its foot when it is `against` a wall and its author does not say."""
    clear: float = 0.0
    """Metres of free floor that are needed before it, to use it; before and behind an opening that is a `way`."""
    way: bool = False
    """Of an opening: whether people go through it."""
    grab: Grab | None = None
    solid: bool = True
    """Whether hands and rays meet it."""
    model: Mapping[str, Any] = {}
    """What the view builds it from; the world never reads it."""

    @cached_property
    def changeable(self) -> Mapping[str, Slot]:
        """All live properties of a thing with this card: the card's own, and `present`."""
        return {**self.live, "present": PRESENT}

    def raised(self, fits: bool = False) -> Mapping[str, FlagKind]:
        """All flags of a thing with this card; `fits` is whether it was given a place to fit on."""
        flags: dict[str, FlagKind] = {**self.flags, "seen": "lasting", "touched": "lasting"}
        if self.grab is not None:
            flags |= {"grabbed": "moment", "held": "lasting"}
        if fits:
            flags["fitted"] = "lasting"
        return flags


PARTICIPANT = Card(
    name="participant",
    kind="person",
    doc="The one in the headset.",
    params={"locomotion": Slot(dimension="word", default="teleport", choices=("teleport", "still"), doc="How they get about.")},
    flags={"distressed": "moment"},
    tops=False,
    solid=False,
)
"""The built-in card of `participant`."""

GUIDE = Card(
    name="guide",
    kind="person",
    doc="The voice that speaks when no speaker is named; it has no body.",
    params={"voice": Slot(dimension="word", default="calm", choices=("calm", "warm", "bright"), doc="How it sounds.")},
    flags={"speaking": "lasting", "finished": "moment"},
    tops=False,
    solid=False,
)
"""The built-in card of `guide`."""
