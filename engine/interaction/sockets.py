"""Sockets: a thing with `fits: thing.place` that is let go close to that place snaps onto it, and can be taken off again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.interaction.flags import Told
from engine.world import World
from engine.world.events import Draft
from engine.world.joints import placed_fit
from engine.world.vectors import distance

WITHIN = 0.12
"""Metres between where a thing is let go and where it would sit."""

ASKEW = 0.92388
"""Cosine of half of 45 degrees: how far a thing may be turned away from how it would sit."""


class Sockets:
    """The places on which things fit. Which thing is on which place is in `world.fitted`."""

    def __init__(self, world: World, told: Told) -> None:
        self.world = world
        self.told = told
        self.since: dict[str, int] = {}
        """Thing that is on its place → the event of putting it there."""
        self.fits: dict[str, tuple[str, str]] = {}
        """Thing → (thing, place) on which it may be put."""
        for name, thing in world.scene.things.items():
            host, _, place = thing.place.fits.partition(".")
            if name in world.bodies and host in world.bodies and place in world.bodies[host].card.places:
                self.fits[name] = (host, place)

    def over(self, thing: str) -> bool:
        """Whether a thing is where it would snap on if it were let go now."""
        if thing not in self.fits or not self.world.present(self.fits[thing][0]):
            return False
        sits, now = placed_fit(self.world, thing, *self.fits[thing]), self.world.places[thing]
        alike = abs(
            sits.turn[0] * now.turn[0] + sits.turn[1] * now.turn[1] + sits.turn[2] * now.turn[2] + sits.turn[3] * now.turn[3]
        )
        return distance(sits.position, now.position) <= WITHIN and alike >= ASKEW

    def takes(self, thing: str) -> bool:
        """Whether a thing would be on its place if it were let go now: it is over it, and nothing else is on it."""
        return self.over(thing) and self._on(self.fits[thing]) in {None, thing}

    def _on(self, place: tuple[str, str]) -> str | None:
        return next((thing for thing, on in self.world.fitted.items() if on == place), None)

    def fit(self, who: str, thing: str, because: str, cause: int | None) -> bool:
        """Put a thing on its place, if nothing else is on it; a refusal is logged. Whether it is on now."""
        host, place = self.fits[thing]
        there = self._on((host, place))
        if there not in {None, thing}:
            why = f"{there} is on {host}.{place} already"
            self.told.emit(Draft("engine", "fit_refused", thing, f"{host}.{place}", because=why, cause=cause))
            return False
        self.world.fitted[thing] = (host, place)
        self.world.places[thing] = placed_fit(self.world, thing, host, place)
        self.since[thing] = self.told.emit(Draft(who, "fitted", thing, f"{host}.{place}", because=because, cause=cause))
        return True

    def take_off(self, who: str, thing: str, because: str, cause: int | None = None) -> int | None:
        """A thing is no longer on its place: the event of it, or None if it was on none."""
        on, since = self.world.fitted.pop(thing, None), self.since.pop(thing, None)
        if on is None:
            return None
        return self.told.emit(Draft(who, "taken_off", thing, f"{on[0]}.{on[1]}", because, since if cause is None else cause))

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return dict(self.since)

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.since = dict(snapshot)
