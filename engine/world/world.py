"""The world: every thing of a scene, where it is, and the live values that a scenario changes.

A `World` is plain data. The session writes it, tick by tick; the view reads it and never writes. `snapshot` and `restore` move
all that can change, so that a recording can be entered in its middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.spec.cards import Card
from engine.spec.expression import Value
from engine.spec.model import SceneSpec
from engine.world.rays import Box, hit
from engine.world.vectors import Transform, Vec3
from headset.inputs import Person

Path = tuple[str, ...]

PRESSED_IN = 0.05
"""Metres by which a thing that is laid down may be below a top and still lie on it: a virtual table does not stop a hand."""


@dataclass(frozen=True, slots=True)
class Body:
    """A thing as it was built: what never changes in a session.

    `size` is width, depth, height in metres, with the origin in the middle of the foot; `rest_height` is the height of its
    top, on which things rest; `parameters` are the card's, with the scene's values laid over them, in base units.
    """

    name: str
    card: Card
    size: Vec3
    rest_height: float
    parameters: Mapping[str, Value]

    @property
    def box(self) -> Box:
        """What hands and rays meet, in its own axes."""
        width, depth, height = self.size
        return Box((-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, height))


@dataclass(frozen=True, slots=True)
class Line:
    """A line being spoken: its key and text, and the scene ticks at which it began and ends."""

    key: str
    text: str
    began: int
    ends: int


@dataclass(slots=True)
class World:
    """A place and its state. Scene time is in ticks of 10 ms and stands still while paused."""

    scene: SceneSpec
    bodies: Mapping[str, Body]
    places: dict[str, Transform]
    """Where each body is, by name; the engine's only copy."""
    properties: dict[Path, Value]
    """Live properties, parameters and variables: `("orb", "scale")`, `("inhale",)`."""
    origin: Transform
    """Where the participant's own space lies in the scene: the floor under a seat, a spot in a room."""
    eye_height: float
    """Metres from that floor to the eyes at the start: seated 1.2, standing 1.6."""
    clock: int = 0
    """Scene ticks since the start."""
    paused: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    """The newest head and hands of each person."""
    held: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Thing -> (person, side) of the hand that holds it."""
    lines: dict[str, Line] = field(default_factory=dict)
    """Speaker -> the line being spoken."""

    def value(self, path: Path) -> Value:
        """The value of a property, parameter or variable."""
        return self.properties[path]

    def present(self, name: str) -> bool:
        """Whether a thing is there at all."""
        return self.properties.get((name, "present"), True) is not False

    def hand(self, person: str, side: str) -> Transform | None:
        """Where a hand's grip is in the scene, or None while it is not tracked."""
        someone = self.people.get(person)
        grip = None if someone is None else (someone.left if side == "left" else someone.right).grip
        return None if grip is None else self.origin @ Transform(grip.metres, grip.quaternion)

    def head(self, person: str) -> Transform | None:
        """Where a head is in the scene, or None while it is not tracked."""
        someone = self.people.get(person)
        if someone is None or someone.head is None:
            return None
        return self.origin @ Transform(someone.head.metres, someone.head.quaternion)

    def touch(self, start: Vec3, direction: Vec3, limit: float) -> tuple[str, float]:
        """The first solid thing along a unit vector and the metres to it; an empty name and `limit` if there is none."""
        first, nearest = "", limit
        for name, body in self.bodies.items():
            if not body.card.solid or body.size == (0.0, 0.0, 0.0) or not self.present(name):
                continue
            place = self.places[name]
            back = place.inverse()
            far = hit(body.box, back.point(start), back.direction(direction))
            if far is not None and far < nearest:
                first, nearest = name, far
        return first, nearest

    def support(self, name: str, at: Vec3) -> float | None:
        """The height of the highest top under a point on which a thing could come to rest, or None above water or nothing.

        A top counts as under the point up to PRESSED_IN above it.
        """
        best: float | None = None
        for other, body in self.bodies.items():
            if other == name or not body.card.tops or not self.present(other) or other in self.held:
                continue
            local = self.places[other].local(at)
            width, depth, _ = body.size
            top = self.places[other].position[2] + body.rest_height
            if (
                abs(local[0]) <= width / 2
                and abs(local[1]) <= depth / 2
                and top <= at[2] + PRESSED_IN
                and (best is None or top > best)
            ):
                best = top
        return best

    def snapshot(self) -> dict[str, Any]:
        """All that can change, as plain data that shares nothing with the world."""
        return {
            "places": dict(self.places),
            "properties": dict(self.properties),
            "origin": self.origin,
            "eye_height": self.eye_height,
            "clock": self.clock,
            "paused": self.paused,
            "people": dict(self.people),
            "held": dict(self.held),
            "lines": dict(self.lines),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        for name, value in snapshot.items():
            setattr(self, name, dict(value) if isinstance(value, dict) else value)
