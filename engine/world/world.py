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
from engine.world.attention import Arc, Attention, By, Mark
from engine.world.joints import posed_boxes
from engine.world.rays import Box, hit
from engine.world.rooms import RoomBox, room_at
from engine.world.screens import Face, Heart, Outcome
from engine.world.solids import OrientedBox, Solid
from engine.world.spread import Spread
from engine.world.vectors import Transform, Vec3, subtract
from headset.inputs import Person, Pose

Path = tuple[str, ...]

UPRIGHT = 0.996
"""The least height of a unit vector that is up for what lies on it: 5 deg from upright; more, and things slide off."""

CUSHION = 0.06
"""Metres by which the height at which things rest may differ from the top of the box that is drawn round it."""

PRESSED_IN = 0.05
"""Metres by which a thing that is laid down may be below a top and still lie on it: a virtual table does not stop a hand."""


@dataclass(frozen=True, slots=True)
class Body:
    """A thing as it was built: what never changes in a session.

    `size` is width, depth, height in metres, with the origin in the middle of the foot; `rest_height` is the height of its
    top, on which things rest; `parameters` are the card's, with the scene's values laid over them, in base units. A `grid` is
    one body with several `copies`, each where it stands as seen from the body's place; `boxes` is what is solid of one copy.
    """

    name: str
    card: Card
    size: Vec3
    rest_height: float
    parameters: Mapping[str, Value]
    copies: tuple[Transform, ...] = (Transform(),)
    boxes: tuple[Solid, ...] = ()
    reach: float = 1e9
    """Metres from its place within which all of it is solid, wherever its joints are."""

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
    """Where each body is, by name, and each sound that has a place; the engine's only copy."""
    properties: dict[Path, Value]
    """Live properties, parameters and variables: `("orb", "scale")`, `("inhale",)`."""
    origin: Transform
    """Where the participant's own space lies in the scene: the floor under a seat, a spot in a room."""
    eye_height: float
    """Metres from that floor to the eyes at the start: seated 1.2, standing 1.6."""
    lift: float = 0.0
    """Metres by which `origin` is above the ground, so that the eyes are as high as the scene has them, whoever's they are."""
    rooms: Mapping[str, RoomBox] = field(default_factory=dict)
    """The rooms as they were built, by name; none outdoors."""
    clock: int = 0
    """Scene ticks since the start."""
    paused: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    """The newest head and hands of each person."""
    held: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Thing -> (person, side) of the hand that holds it."""
    fitted: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Thing -> (thing, place) that it is fitted on."""
    worked: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """(thing, control) -> (person, side) of the hand that works it."""
    raised: dict[tuple[str, str], float] = field(default_factory=dict)
    """(thing, flag) -> how far up the flag is, 0 to 1 (a button's: how far it is in), for the joints that go by it."""
    lines: dict[str, Line] = field(default_factory=dict)
    """Speaker -> the line being spoken."""
    sounds: dict[str, int] = field(default_factory=dict)
    """Sound -> the scene tick since which it plays."""
    hearts: dict[str, Heart] = field(default_factory=dict)
    """Patient -> beats and breaths so far."""
    monitors: dict[str, Face] = field(default_factory=dict)
    """Monitor -> what it shows."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """Checklist item -> what came of it so far, in the file's order."""
    attention: dict[tuple[str, By], Attention] = field(default_factory=dict)
    """(person, means) -> what they attend to in this tick."""
    arcs: dict[tuple[str, str], Arc] = field(default_factory=dict)
    """(person, side) -> where that hand aims to step in this tick; for (person, `gaze` or `keys`) a stalk from where one would
    stand up to the mark of it."""
    marks: dict[tuple[str, str], tuple[Mark, ...]] = field(default_factory=dict)
    """(person, `gaze` or `leave`) -> the marks that they can look at in this tick; (person, `keys`): that of the stop which the
    focus is on."""
    leaving: dict[str, float] = field(default_factory=dict)
    """Person -> how far the gesture that leaves is, 0 to 1; nobody while none is made."""
    vignette: dict[str, float] = field(default_factory=dict)
    """Person -> how much of the rim of sight is dark while they move, 0 to 1; nobody while at rest."""
    calm: set[str] = field(default_factory=set)
    """People who wish that nothing moves that need not (`motion=reduced`)."""
    _heads: dict[str, tuple[Pose, Transform, Transform]] = field(default_factory=dict, repr=False, compare=False)
    _grips: dict[tuple[str, str], tuple[Pose, Transform, Transform]] = field(default_factory=dict, repr=False, compare=False)
    """The newest head, and grip of each hand, the origin it was seen from, and where that is in the scene: no state, only spares
    work."""
    _spread: tuple[object, Spread] | None = field(default=None, init=False, repr=False, compare=False)
    """The bodies, and where they are: no state either."""
    _seen: dict[str, tuple[Transform, Body, list[tuple[Transform, Box]]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Thing → its place and body, and the ways back into the axes of its boxes: no state either."""

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
        if grip is None:
            return None
        # Asked for several times a tick, and between two frames of a device a hand has not moved at all.
        found = self._grips.get((person, side))
        if found is None or found[0] is not grip or found[1] is not self.origin:
            found = (grip, self.origin, self.origin.taking(grip.metres, grip.quaternion))
            self._grips[person, side] = found
        return found[2]

    def head(self, person: str) -> Transform | None:
        """Where a head is in the scene, or None while it is not tracked."""
        someone = self.people.get(person)
        if someone is None or someone.head is None:
            return None
        found = self._heads.get(person)
        if found is None or found[0] is not someone.head or found[1] is not self.origin:
            found = (someone.head, self.origin, self.origin.taking(someone.head.metres, someone.head.quaternion))
            self._heads[person] = found
        return found[2]

    def room_of(self, point: Vec3) -> str:
        """The room that a point of the scene is in, or an empty name."""
        return room_at(self.rooms.values(), point)

    def boxes(self, name: str) -> tuple[OrientedBox, ...]:
        """What is solid of a thing now, copy by copy, each part where its joint has taken it."""
        posed = [OrientedBox(place, box) for place, box in posed_boxes(self, name)]
        copies, place = self.bodies[name].copies, self.places[name]
        if len(copies) == 1 and copies[0] == Transform():
            return tuple(posed)
        back = place.inverse()
        return tuple(OrientedBox(place @ copy @ (back @ one.place), one.box) for copy in copies for one in posed)

    def touch(self, start: Vec3, direction: Vec3, limit: float, *, visible: bool = False) -> tuple[str, float]:
        """The first solid thing along a unit vector and the metres to it; an empty name and `limit` if there is none.

        `visible`: or one that can be seen though hands pass through it; a way through a wall is nothing to see.
        """
        if self._spread is None or self._spread[0] is not self.bodies:
            self._spread = (self.bodies, Spread({name: body.reach for name, body in self.bodies.items()}))
        spread, first, nearest, tried = self._spread[1], "", limit, set[str]()
        for begins, names in spread.pieces(self.places, start, direction, limit):
            if begins > nearest:
                break
            for name in names - tried:
                body = self.bodies[name]
                meets = body.card.solid or (visible and not body.card.way)
                if not meets or not body.boxes or self._is_past(name, start, direction, nearest) or not self.present(name):
                    continue
                for back, box in self._backs(name):
                    far = hit(box, back.point(start), back.direction(direction))
                    # Of two that are met at once, the first one of the scene, in whatever order they come here.
                    if far is not None and (far < nearest or (far == nearest and spread.rank[name] < spread.rank.get(first, 0))):
                        first, nearest = name, far
            tried |= names
        return first, nearest

    def _backs(self, name: str) -> list[tuple[Transform, Box]]:
        """Each box of a thing with the way back into its axes; kept for what has no joints, for as long as it stays."""
        known, place = self._seen.get(name), self.places[name]
        if known is None or known[0] is not place or known[1] is not self.bodies[name]:
            found = [(one.place.inverse(), one.box) for one in self.boxes(name)]
            if self.bodies[name].card.joints:
                return found
            known = self._seen[name] = (place, self.bodies[name], found)
        return known[2]

    def _is_past(self, name: str, start: Vec3, direction: Vec3, limit: float) -> bool:
        """Whether a line of so many metres passes a thing so far off that its boxes need not be looked at."""
        at, reach, (a, b, c) = self.places[name].position, self.bodies[name].reach, direction
        x, y, z = at[0] - start[0], at[1] - start[1], at[2] - start[2]
        along = x * a + y * b + z * c
        return x * x + y * y + z * z - along * along > reach * reach or along < -reach or along > limit + reach

    def support(self, name: str, at: Vec3) -> float | None:
        """The height of the highest top under a point on which a thing could come to rest, or None above water or nothing.

        A top counts as under the point up to PRESSED_IN above it. A part that is tilted is no top.
        """
        best: float | None = None
        for other, body in self.bodies.items():
            if other == name or not body.card.tops or not self.present(other) or other in self.held:
                continue
            away, reach = subtract(self.places[other].position, at), body.reach
            if away[0] * away[0] + away[1] * away[1] > reach * reach:
                continue
            for one in self.boxes(other):
                if one.axes[2][2] < UPRIGHT:
                    continue
                local = one.place.local(at)
                low, high = one.box.low, one.box.high
                rest = body.rest_height if abs(body.rest_height - high[2]) <= CUSHION else high[2]
                top = one.place.position[2] + rest
                if (
                    low[0] <= local[0] <= high[0]
                    and low[1] <= local[1] <= high[1]
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
            "lift": self.lift,
            "eye_height": self.eye_height,
            "clock": self.clock,
            "paused": self.paused,
            "people": dict(self.people),
            "held": dict(self.held),
            "fitted": dict(self.fitted),
            "worked": dict(self.worked),
            "raised": dict(self.raised),
            "lines": dict(self.lines),
            "sounds": dict(self.sounds),
            "hearts": dict(self.hearts),
            "monitors": dict(self.monitors),
            "outcomes": dict(self.outcomes),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        for name, value in snapshot.items():
            setattr(self, name, dict(value) if isinstance(value, dict) else value)
