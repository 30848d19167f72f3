"""What falls: a thing that is let go comes down on what is below it; what falls into the water lies at its first place again.

What is thrown flies on a parabola, reckoned from where it was let go so that every machine finds the same, until it comes down on
something, or meets a wall or a side and drops from there. That it has landed is all that is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.interaction.carried import Carried
from engine.interaction.flags import Told
from engine.world import World
from engine.world.events import Draft
from engine.world.sight import no_wall
from engine.world.time import ticks
from engine.world.vectors import ORIGIN, Transform, Vec3, add, heading_to, length, scale, subtract, unit
from headset.inputs import TICKS_PER_SECOND

GRAVITY = 9.81
"""Metres a second squared."""

SINK_DEPTH = 0.6
"""Metres below still water at which a thing is out of sight."""

GONE_SECONDS = 2.0
"""How long a thing that fell into the water is away before it lies at its first place again, so that no scene can be spoilt."""


FASTEST = 6.0
"""Metres a second at which a thing leaves a hand at the most: a throw across a room."""

THROWN = 1.0
"""Metres a second from which on a thing is thrown; slower, it is let go."""


@dataclass(frozen=True, slots=True)
class Flight:
    """A thing that was thrown: from where, how fast which way, since which scene tick."""

    start: Vec3
    way: Vec3
    began: int
    cause: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A thing on its way down: from where, since when, to which height; `lost` if nothing is below but water."""

    start: Vec3
    began: int
    floor: float
    lost: bool
    cause: int


class Falling:
    """All that falls."""

    def __init__(self, world: World, told: Told, carried: Carried) -> None:
        self.world = world
        self.told = told
        self.carried = carried
        self.home = dict(world.places)
        self.falls: dict[str, Fall] = {}
        self.flights: dict[str, Flight] = {}

    def throw(self, name: str, way: Vec3, cause: int) -> bool:
        """Let a thing fly from where it is, so many metres a second; one that hardly moves is not thrown. Whether it flies."""
        speed = length(way)
        if speed < THROWN:
            return False
        way = scale(way, min(1.0, FASTEST / speed))
        self.flights[name] = Flight(self.world.places[name].position, way, self.world.clock, cause)
        return True

    def drop(self, name: str, cause: int) -> None:
        """Let a thing fall from where it is."""
        place = self.world.places[name]
        floor = self.world.support(name, place.position)
        room = self.world.rooms.get(self.world.room_of(place.position))
        if floor is None and room is not None:
            floor = room.origin[2]
        lost = floor is None
        self.falls[name] = Fall(place.position, self.world.clock, -SINK_DEPTH if floor is None else floor, lost, cause)

    def catch(self, name: str) -> None:
        """A thing no longer falls: a hand has taken it."""
        self.falls.pop(name, None)
        self.flights.pop(name, None)

    def step(self) -> None:
        """Bring all that falls to the clock's tick."""
        for name, flight in list(self.flights.items()):
            self._fly(name, flight)
        for name, fall in list(self.falls.items()):
            seconds = (self.world.clock - fall.began) / TICKS_PER_SECOND
            height = fall.start[2] - GRAVITY / 2.0 * seconds * seconds
            place = self.world.places[name]
            x, y, _ = place.position
            if height > fall.floor:
                self.world.places[name] = replace(place, position=(x, y, height))
                continue
            # What lies, lies level, and keeps the bearing it was held at.
            level = heading_to(ORIGIN, place.direction((0.0, 1.0, 0.0)))
            self.world.places[name] = Transform((x, y, fall.floor), level)
            if not fall.lost:
                del self.falls[name]
                self.carried.land(name)
                self.told.emit(Draft("engine", "landed", name, because="it fell", cause=fall.cause))
            elif self.world.clock - fall.began >= ticks(GONE_SECONDS):
                del self.falls[name]
                self.world.places[name] = self.home[name]
                self.told.emit(Draft("engine", "returned", name, because="it had fallen into the water", cause=fall.cause))

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return {"falls": dict(self.falls), "flights": dict(self.flights)}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.falls = dict(snapshot["falls"])
        self.flights = dict(snapshot["flights"])

    def _fly(self, name: str, flight: Flight) -> None:
        """Bring what was thrown to the clock's tick."""
        seconds = (self.world.clock - flight.began) / TICKS_PER_SECOND
        if seconds <= 0.0:
            return
        place = self.world.places[name]
        before, drop = place.position, GRAVITY / 2.0 * seconds * seconds
        x, y, z = add(flight.start, scale(flight.way, seconds))
        now = (x, y, z - drop)
        floor = self.world.support(name, (x, y, before[2]))
        room = self.world.rooms.get(self.world.room_of(before))
        if floor is None and room is not None:
            floor = room.origin[2]
        if floor is not None and now[2] <= floor and room is self.world.rooms.get(self.world.room_of((x, y, floor))):
            del self.flights[name]
            level = heading_to(ORIGIN, place.direction((0.0, 1.0, 0.0)))
            self.world.places[name] = Transform((x, y, floor), level)
            self.carried.land(name)
            self.told.emit(Draft("engine", "landed", name, because="it was thrown", cause=flight.cause))
        elif self._meets(name, before, now) or now[2] < -SINK_DEPTH:
            del self.flights[name]
            self.drop(name, flight.cause)
        else:
            self.world.places[name] = replace(place, position=now)

    def _meets(self, name: str, before: Vec3, now: Vec3) -> bool:
        """Whether something solid, a wall or a ceiling stands between two spots of a flight."""
        if self.world.rooms and not (no_wall(self.world, before, now) and self.world.room_of(now)):
            return True
        away = subtract(now, before)
        met, _ = self.world.touch(before, unit(away), length(away))
        return met not in ("", name)
