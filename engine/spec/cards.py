"""A prefab's card: everything an author may say about it, and everything the world needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from engine.spec.expression import Value

Vec3 = tuple[float, float, float]
CardKind = Literal["environment", "opening", "light", "prop", "sound", "person"]
FlagKind = Literal["moment", "lasting"]


class Slot(BaseModel):
    """A parameter (fixed when built) or a live property: its kind, range and default."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dimension: str
    """As in `engine.spec.units`; `count`, `ratio`, `truth`, `word` for a choice, or `thing` for the name of one."""
    default: Value
    default_end: float | None = None
    """For a slot that takes a range (`3 m to 12 m`): its upper end; `default` is its lower."""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    """Of a `word`: the words; of a `thing`: the kinds of card that it may have, none for any."""
    doc: str = ""


PRESENT = Slot(dimension="truth", default=True, doc="Whether the thing is there: seen, met by hands, heard.")
"""The live property that every thing has."""


class CardPlace(BaseModel):
    """A named spot of a prefab, in its own axes: a seat, a hook, a bed's middle. `posture` is of who is put there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: Vec3
    facing_deg: float = 0.0
    posture: Literal["standing", "seated", "lying"] | None = None


class Grab(BaseModel):
    """How a thing is picked up: within `radius` metres of its middle."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    radius: float


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
