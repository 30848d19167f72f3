"""The arc of a step: thrown from a hand, it ends on a floor where one can stand, on a seat, or nowhere.

It is a parabola, so that a hand that points a little lower or higher chooses a spot near or far, and one that points up comes
over furniture. What it meets on its way ends it: a wall, a closed door, the side of a thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from engine.interaction.falling import GRAVITY
from engine.world import World
from engine.world.attention import Arc
from engine.world.barriers import Barrier, Barriers
from engine.world.floor import Spot
from engine.world.joints import spot_of
from engine.world.rooms import RoomBox
from engine.world.sight import no_wall
from engine.world.vectors import ORIGIN, Transform, Vec3, heading_to

SPEED = 7.0
"""Metres a second at which the arc leaves the hand: from breast height it comes down within 6 m, a clinic's room."""

POINTS = 16
"""Pieces in which an arc is drawn and held against walls."""

CLIMB = 0.3
"""Metres by which the ground of the next step may be higher or lower: a high stair, not a bench."""

ASIDE = 0.5
"""Metres from where the arc came down within which one may stand, if something is in the way there."""

FOOTING = 0.15
"""Metres of a top that must be all around the middle of who stands on it, outdoors."""


@dataclass(frozen=True, slots=True)
class Aim:
    """An arc, and what it ends on: `seat` is the (thing, place) that one would sit down on, or None."""

    arc: Arc
    seat: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """Where a parabola ends: after how many seconds, on what thing (empty: a floor or nothing), between which heights its box is,
    and whether it came down on its top."""

    seconds: float
    thing: str = ""
    low: float = 0.0
    high: float = 0.0
    top: bool = False


def aimed(world: World, barriers: Barriers, hand: Transform, ground: float) -> Aim:
    """The arc from a hand's aim, for someone on ground of that height."""
    ahead = hand.direction((0.0, 1.0, 0.0))
    start, way = hand.position, (ahead[0] * SPEED, ahead[1] * SPEED, ahead[2] * SPEED)
    floor = ground if world.rooms else ground - CLIMB
    end = _met(barriers, start, way, floor)
    seconds, walled = _walled(world, start, way, end.seconds)
    points = tuple(_at(start, way, seconds * step / POINTS) for step in range(POINTS + 1))
    if walled:
        return Aim(Arc(points, None))
    seat = seat_of(world, end.thing)
    if seat is not None:
        return Aim(Arc(points, seated(world, *seat)), seat)
    x, y, _ = points[-1]
    landing = _landing(world, barriers, (x, y), ground, end)
    return Aim(Arc(points, None if landing is None else Transform(landing)))


def seat_of(world: World, thing: str) -> tuple[str, str] | None:
    """The first seat of a thing that nobody else was put on."""
    body = world.bodies.get(thing)
    seats = [] if body is None else [name for name, place in body.card.places.items() if place.posture == "seated"]
    if not seats or not world.present(thing):
        return None
    taken = {
        one.place.part
        for name, one in world.scene.everything.items()
        if one.place.thing == thing and one.card.kind == "person" and name != "participant" and one.place.placing == "in"
    }
    return next(((thing, name) for name in seats if name not in taken), None)


def seated(world: World, thing: str, place: str) -> Transform:
    """Where the space of someone lies who sits there: on the floor under the seat, looking out of its front."""
    spot = spot_of(world.bodies[thing].card.places[place])
    below = world.places[thing] @ Transform((spot.position[0], spot.position[1], 0.0), spot.turn)
    ahead = below.direction((0.0, 1.0, 0.0))
    return Transform(below.position, heading_to(ORIGIN, (ahead[0], ahead[1], 0.0)))


def _at(start: Vec3, way: Vec3, seconds: float) -> Vec3:
    x, y, z = start
    return (x + way[0] * seconds, y + way[1] * seconds, z + way[2] * seconds - GRAVITY / 2.0 * seconds * seconds)


def _down(start: Vec3, way: Vec3, height: float) -> float | None:
    """Seconds until a parabola comes down to a height; None if it never gets up to it."""
    under = way[2] * way[2] + 2.0 * GRAVITY * (start[2] - height)
    return None if under < 0.0 else max(0.0, (way[2] + sqrt(under)) / GRAVITY)


def _met(barriers: Barriers, start: Vec3, way: Vec3, floor: float) -> _End:
    """The first thing that a parabola meets, or where it comes down to the floor."""
    whole = _down(start, way, min(floor, start[2]))
    assert whole is not None, "a parabola comes down to whatever is below its start"
    best = _End(whole)
    flat = (way[0] * whole, way[1] * whole)
    low = (min(start[0], start[0] + flat[0]), min(start[1], start[1] + flat[1]))
    high = (max(start[0], start[0] + flat[0]), max(start[1], start[1] + flat[1]))
    for one in barriers.near(low, high):
        crossed = one.crossed((start[0], start[1]), flat)
        if crossed is None:
            continue
        end = _end(one, start, way, (crossed[0] * whole, crossed[1] * whole))
        if end is not None and (end.seconds, end.thing) < (best.seconds, best.thing or "~"):
            best = end
    return best


def _end(one: Barrier, start: Vec3, way: Vec3, over: tuple[float, float]) -> _End | None:
    """How a parabola ends at a box that it is over from one second to another; None if it goes clear of it."""
    first, last = over
    height = _at(start, way, first)[2]
    if one.low <= height <= one.high:
        return _End(first, one.thing, one.low, one.high) if first > 0.0 else None
    if height > one.high:
        down = _down(start, way, one.high)
        return _End(down, one.thing, one.low, one.high, top=True) if down is not None and first <= down <= last else None
    apex = max(first, min(last, way[2] / GRAVITY))
    return _End(apex, one.thing, one.low, one.high) if _at(start, way, apex)[2] >= one.low else None


def _walled(world: World, start: Vec3, way: Vec3, seconds: float) -> tuple[float, bool]:
    """For how long a parabola goes on until a wall or a ceiling ends it, and whether one does."""
    if not world.rooms:
        return seconds, False
    room = world.rooms.get(world.room_of(start))
    if room is None:
        return seconds, True
    before = start
    for step in range(1, POINTS + 1):
        now = _at(start, way, seconds * step / POINTS)
        if not _within(room, now):
            over = world.room_of(now)
            if now[2] > room.high[2] or not no_wall(world, before, now):
                return seconds * (step - 1) / POINTS, True
            if not over:
                continue  # in a doorway
            room = world.rooms[over]
        before = now
    return seconds, False


def _within(room: RoomBox, point: Vec3) -> bool:
    low, high = room.low, room.high
    return low[0] <= point[0] <= high[0] and low[1] <= point[1] <= high[1] and point[2] <= high[2]


def _landing(world: World, barriers: Barriers, spot: Spot, ground: float, end: _End) -> Vec3 | None:
    """Where one comes to stand whose arc came down at a spot of the plan."""
    height = ground
    if end.top and abs(end.high - ground) <= CLIMB:
        height = end.high
    elif (end.thing and end.low > ground + CLIMB) or (not end.thing and not world.rooms):
        return None  # under what hangs on a wall; over water, or nothing
    free = barriers.beside(spot, height)
    if free is None or (free[0] - spot[0]) * (free[0] - spot[0]) + (free[1] - spot[1]) * (free[1] - spot[1]) > ASIDE * ASIDE:
        return None
    if not world.rooms and not footed(world, free, height):
        return None
    return (free[0], free[1], height)


def footed(world: World, spot: Spot, height: float) -> bool:
    """Whether there is ground at a height under someone and around them, where no room has a floor."""
    x, y = spot
    corners = ((0.0, 0.0), (-FOOTING, -FOOTING), (FOOTING, -FOOTING), (-FOOTING, FOOTING), (FOOTING, FOOTING))
    for east, north in corners:
        top = world.support("", (x + east, y + north, height))
        if top is None or abs(top - height) > 0.05:
            return False
    return True
