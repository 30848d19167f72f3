"""What goes along: things that lie on a part that moves, are placed in it, or are fitted on a place.

A thing keeps its place in the axes of the part that carries it. Things that are fitted meet the place with their own `fit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.world import World
from engine.world.joints import carriers, placed_fit, pose_of, rests, value_of
from engine.world.vectors import Transform

UNDER = 0.05
"""Metres between the foot of what has landed and the top that it lies on."""


@dataclass(frozen=True, slots=True)
class Ride:
    """On which part of which thing something goes along, and where in that part's axes."""

    carrier: str
    joint: str
    offset: Transform


class Carried:
    """All that goes along with something. `step` once a tick, after values have changed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rides: dict[str, Ride] = {}
        self._stamps: dict[str, tuple[Any, ...]] = {}
        """Thing → what its place was last reckoned from."""
        for name in world.bodies:
            self._board_as_placed(name)

    def step(self) -> None:
        """Bring all that goes along to where what carries it is now."""
        for name, ride in self.rides.items():
            if self._moved(name, ride.carrier, ride.joint):
                carrier = self.world.places[ride.carrier] @ pose_of(self.world, ride.carrier, ride.joint)
                self.world.places[name] = carrier @ ride.offset
        for name, (host, place) in self.world.fitted.items():
            if self._moved(name, host, self.world.bodies[host].card.places[place].joint):
                self.world.places[name] = placed_fit(self.world, name, host, place)

    def take_off(self, name: str) -> None:
        """A thing no longer goes along: a hand has taken it."""
        self.rides.pop(name, None)
        self._stamps.pop(name, None)

    def land(self, name: str) -> None:
        """A thing has come to lie: if on a part that moves, it goes along from now on."""
        foot = self.world.places[name].position
        for other, body in self.world.bodies.items():
            if other == name or not body.card.joints or not body.card.tops or not self.world.present(other):
                continue
            if abs(self.world.places[other].position[2] + body.rest_height - foot[2]) <= UNDER:
                joint = rests(self.world, other, foot)
                if joint:
                    self._board(name, other, joint)
                    return

    def snapshot(self) -> dict[str, Any]:
        """All that can change."""
        return dict(self.rides)

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.rides = dict(snapshot)
        self._stamps = {}

    def _board_as_placed(self, name: str) -> None:
        place = self.world.scene.everything[name].place
        body = self.world.bodies.get(place.thing)
        if body is None or not body.card.joints:
            return
        joint = ""
        if place.placing == "in" and place.part in body.card.places:
            joint = body.card.places[place.part].joint
        elif place.placing == "hangs_from" and "hook" in body.card.places:
            joint = body.card.places["hook"].joint
        elif place.placing == "rests_on":
            joint = rests(self.world, place.thing, self.world.places[name].position)
        if joint:
            self._board(name, place.thing, joint)

    def _board(self, name: str, carrier: str, joint: str) -> None:
        part = self.world.places[carrier] @ pose_of(self.world, carrier, joint)
        self.rides[name] = Ride(carrier, joint, part.inverse() @ self.world.places[name])
        self._moved(name, carrier, joint)

    def _moved(self, name: str, carrier: str, joint: str) -> bool:
        """Whether what carries a thing has moved since its place was last reckoned."""
        card = self.world.bodies[carrier].card
        stamp = (carrier, self.world.places[carrier], *(value_of(self.world, carrier, one) for one in carriers(card, joint)))
        if self._stamps.get(name) == stamp:
            return False
        self._stamps[name] = stamp
        return True
