"""A calm visitor: looks around, takes what lies at hand, holds it for a while, puts it back.

The visitor sees where things are and remembers; all it does is to answer, for any tick, where its head and hands are and how
hard it squeezes. Movements follow the minimum-jerk curve (Flash and Hogan 1985, J Neurosci 5:1688): a polynomial, so every
machine finds the same bits.
"""

from __future__ import annotations

import numpy as np

from engine.world import World
from engine.world.vectors import Vec3, add, distance, look_at, scale, subtract
from headset.inputs import FULL, TICKS_PER_SECOND, Hand, Person, Pose

REACH = 0.75
"""Metres that an arm reaches from the shoulder; the 5th percentile of adult women is 0.6 (ISO 7250-1 dimension 4.4.1)."""

SHOULDER: Vec3 = (0.18, 0.0, -0.25)
"""The right shoulder, seen from between the eyes."""

LAP: Vec3 = (0.2, 0.3, -0.55)
"""Where a resting hand lies, seen from between the eyes."""


class Visitor:
    """One virtual person in a world. `seed` varies when and how quickly things are done."""

    def __init__(self, world: World, seed: int = 0) -> None:
        draw = np.random.Generator(np.random.PCG64(seed))
        self.home = world.origin
        self.eyes: Vec3 = (0.0, 0.0, world.eye_height)
        self.begins = 28.0 + 4.0 * float(draw.random())
        """Seconds after which the hand sets out."""
        self.reaching = 1.2 + 0.6 * float(draw.random())
        """Seconds that one reach takes."""
        self.holding = 30.0 + 10.0 * float(draw.random())
        """Seconds for which the thing is held."""
        self.sight = self._sight(world)
        self.thing = self._at_hand(world)

    def person(self, tick: int) -> Person:
        """Head and hands at a tick."""
        now = tick / TICKS_PER_SECOND
        hand, squeeze = self._hand(now)
        watching = self.thing is not None and self.begins - 0.5 < now < self.begins + self.reaching + 0.5
        target = self._mix(self.sight, self.thing, now) if watching and self.thing else self.sight
        rest = add(self.eyes, (-LAP[0], LAP[1], LAP[2]))
        return Person(
            head=Pose.of(self.eyes, look_at(self.eyes, target)),
            left=Hand(grip=Pose.of(rest), aim=Pose.of(rest)),
            right=Hand(grip=Pose.of(hand), aim=Pose.of(hand), squeeze=squeeze),
        )

    def _hand(self, now: float) -> tuple[Vec3, int]:
        lap = add(self.eyes, LAP)
        if self.thing is None:
            return lap, 0
        taken = self.begins + self.reaching
        back = taken + self.holding
        held = add(self.eyes, (0.12, 0.42, -0.28))
        legs = [
            (self.begins, lap, self.thing),
            (taken + 0.4, self.thing, held),
            (back, held, self.thing),
            (back + self.reaching + 0.4, self.thing, lap),
        ]
        place = lap
        for begins, start, end in legs:
            if now >= begins:
                place = _between(start, end, min(1.0, (now - begins) / self.reaching))
        return place, FULL if taken + 0.2 <= now < back + self.reaching + 0.2 else 0

    def _mix(self, away: Vec3, thing: Vec3, now: float) -> Vec3:
        """Eyes go to a thing before the hand does, and come back."""
        part = min(1.0, max(0.0, (now - self.begins + 0.5) / 0.5))
        back = min(1.0, max(0.0, (now - self.begins - self.reaching) / 0.5))
        return _between(_between(away, thing, part), away, back)

    def _sight(self, world: World) -> Vec3:
        """What there is to look at: the nearest lone thing ahead, else the horizon."""
        ahead: list[tuple[float, Vec3]] = []
        for name, body in world.bodies.items():
            local = self.home.local(world.places[name].position)
            if body.card.kind == "prop" and body.card.grab is None and local[1] > 2.0 and abs(local[0]) < local[1]:
                ahead.append((local[1], add(local, (0.0, 0.0, body.size[2] / 2))))
        return min(ahead)[1] if ahead else add(self.eyes, (0.0, 10.0, 0.0))

    def _at_hand(self, world: World) -> Vec3 | None:
        """The middle of the nearest thing that can be taken and is within reach, in the visitor's own space."""
        shoulder = add(self.eyes, SHOULDER)
        near: list[tuple[float, Vec3]] = []
        for name, body in world.bodies.items():
            if body.card.grab is not None and world.present(name):
                place = self.home.inverse() @ world.places[name]
                middle = add(place.position, (0.0, 0.0, body.size[2] / 2))
                far = distance(shoulder, middle)
                if far <= REACH:
                    near.append((far, middle))
        return min(near)[1] if near else None


def _between(start: Vec3, end: Vec3, part: float) -> Vec3:
    """The point a minimum-jerk movement has reached at `part` 0–1 of its time."""
    done = part * part * part * (10.0 + part * (6.0 * part - 15.0))
    return add(start, scale(subtract(end, start), done))
