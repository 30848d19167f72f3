"""What falls: a thing that is let go comes down on what is below it; what falls into the water lies at its first place again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.interaction.carried import Carried
from engine.interaction.flags import Told
from engine.world import World
from engine.world.events import Draft
from engine.world.time import ticks
from engine.world.vectors import ORIGIN, Transform, Vec3, heading_to
from headset.inputs import TICKS_PER_SECOND

GRAVITY = 9.81
"""Metres a second squared."""

SINK_DEPTH = 0.6
"""Metres below still water at which a thing is out of sight."""

GONE_SECONDS = 2.0
"""How long a thing that fell into the water is away before it lies at its first place again, so that no scene can be spoilt."""


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

    def step(self) -> None:
        """Bring all that falls to the clock's tick."""
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
        return dict(self.falls)

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.falls = dict(snapshot)
