"""Zones: which room each person is in. To come in and to go out are events; `bay occupied` is true while the participant is
there.

A person is where their head is. On a threshold one stays where one was: a room is left once the head is `SLACK` beyond its air,
so that leaning in a doorway is not going in and out.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.scenario.causes import Causes
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.vectors import Transform, Vec3

SLACK = 0.1
"""Metres."""

OCCUPIED = "occupied"


class Zones:
    """Follows every person from room to room. `step` once a tick."""

    def __init__(self, world: World, emit: Emit, causes: Causes) -> None:
        self.world = world
        self.emit = emit
        self.causes = causes
        self._where: dict[str, str] = {}
        """Person -> the room they are in; left out: none yet."""
        self._origin = world.origin

    def step(self) -> frozenset[tuple[str, str]]:
        """Note who has come and gone; the rooms that the participant is in, as flags."""
        if not self.world.rooms:
            return frozenset()
        carried: int | None = None
        if self.world.origin is not self._origin and self.world.origin != self._origin:
            # They did not walk: they were brought, and by what is the reason for what follows.
            self._origin, carried = self.world.origin, self.causes.newest.get("participant.place")
        for person, someone in self.world.people.items():
            if someone.head is not None:
                self._follow(person, self.world.origin.point(someone.head.metres), carried if person == "participant" else None)
        here = self._where.get("participant", "")
        return frozenset({(here, OCCUPIED)}) if here else frozenset()

    def snapshot(self) -> tuple[Mapping[str, str], Transform]:
        """All that can change."""
        return dict(self._where), self._origin

    def restore(self, snapshot: tuple[Mapping[str, str], Transform]) -> None:
        """Become what `snapshot` was taken of."""
        self._where, self._origin = dict(snapshot[0]), snapshot[1]

    def _follow(self, person: str, at: Vec3, cause: int | None) -> None:
        was = self._where.get(person, "")
        if was and self.world.rooms[was].holds(at, SLACK):
            return
        now = self.world.room_of(at)
        if now == was:
            return
        self._where[person] = now
        if was:
            self.emit(Draft(person, "left", was, because="" if cause is not None else "head outside", cause=cause))
        if now:
            self.emit(Draft(person, "entered", now, because="" if cause is not None else "head inside", cause=cause))
