"""What people attend to, for the view to show: what a hand, a gaze or a key is on, where a step will lead, how near leaving is.

The session writes it and reads none of it back: it is reckoned anew in every tick, so it is no state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.world.vectors import Transform, Vec3

Stage = Literal["hover", "focus", "select"]
"""`hover`: it could be worked; `focus`: it will be, unless they turn away; `select`: it is being worked."""

By = Literal["left", "right", "gaze", "keys"]


@dataclass(frozen=True, slots=True)
class Attention:
    """One person's attention by one means: on a thing, or on its control of that name."""

    thing: str
    control: str
    stage: Stage
    progress: float = 0.0
    """How far a dwell or a scan is, 0 to 1."""
    point: Vec3 | None = None
    """Where a ray meets it; None for what is touched."""
    deed: str = ""
    """What is going to be done to it, for one who has a choice: `press`, `step_up`, `step_down`, `pick`, `place`; `fit`, of what
    a hand holds where it would snap on if it were let go; or `go`, to a stop: `thing` may then be a room, or `ahead`, or empty
    for a spot of the floor, and there is a mark of it in `World.marks`."""


@dataclass(frozen=True, slots=True)
class Arc:
    """Where a person aims to step: points from the hand on, and where they would stand, or None if one cannot stand there."""

    points: tuple[Vec3, ...]
    landing: Transform | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark for who works things by looking, drawn over everything: what looking at its point for long enough does."""

    point: Vec3
    deed: str
    """As in `Attention`; or `leave`."""
    thing: str = ""
    control: str = ""
