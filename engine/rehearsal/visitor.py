"""A calm visitor: looks around, takes what lies at hand, holds it for a while, puts it back.

The visitor sees where things are and remembers; all it does is to answer, for any tick, where its head and hands are and how
hard it squeezes. Movements follow the minimum-jerk curve (Flash and Hogan 1985, J Neurosci 5:1688): a polynomial, so every
machine finds the same bits.
"""

from __future__ import annotations

from collections.abc import Sequence

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

HELD: Vec3 = (0.06, 0.4, -0.16)
"""Where a thing is held to be looked at, seen from between the eyes."""


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
        rest = add(self.eyes, (-LAP[0], LAP[1], LAP[2]))
        return Person(
            head=Pose.of(self.eyes, look_at(self.eyes, self._watched(now))),
            left=Hand(grip=Pose.of(rest), aim=Pose.of(rest)),
            right=Hand(grip=Pose.of(hand), aim=Pose.of(hand), squeeze=squeeze),
        )

    def _hand(self, now: float) -> tuple[Vec3, int]:
        """Where the right hand is, and how hard it squeezes: from the lap to the thing, up to look at it, back, to the lap."""
        lap = add(self.eyes, LAP)
        if self.thing is None:
            return lap, 0
        taken = self.begins + self.reaching
        back = taken + self.holding
        held = add(self.eyes, HELD)
        legs = [
            (self.begins, self.reaching, self.thing),
            (taken + 0.4, self.reaching, held),
            (back, self.reaching, self.thing),
            (back + self.reaching + 0.4, self.reaching, lap),
        ]
        closed = taken + 0.2 <= now < back + self.reaching + 0.2
        return _along(lap, legs, now), FULL if closed else 0

    def _watched(self, now: float) -> Vec3:
        """What the eyes are on: they go to a thing before the hand does, follow it up, and come back."""
        if self.thing is None:
            return self.sight
        taken = self.begins + self.reaching
        legs = [
            (self.begins - 0.5, 0.5, self.thing),
            (taken + 0.4, self.reaching, add(self.eyes, HELD)),
            (taken + self.reaching + 3.0, 0.6, self.sight),
        ]
        return _along(self.sight, legs, now)

    def _sight(self, world: World) -> Vec3:
        """What there is to look at: the thing ahead that stands out most at the height of the eyes, else the horizon."""
        ahead: list[tuple[float, Vec3]] = []
        for name, body in world.bodies.items():
            local = self.home.local(world.places[name].position)
            if body.card.kind == "prop" and body.card.grab is None and local[1] > 2.0 and abs(local[0]) < local[1]:
                middle = add(local, (0.0, 0.0, body.size[2] / 2))
                ahead.append((abs(middle[2] - self.eyes[2]) / local[1], middle))
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


def _along(start: Vec3, legs: Sequence[tuple[float, float, Vec3]], now: float) -> Vec3:
    """Where legs of (begin, seconds, end) have led by now."""
    place = start
    for begins, seconds, end in legs:
        if now >= begins:
            place, start = _between(start, end, min(1.0, (now - begins) / seconds)), end
    return place


def _between(start: Vec3, end: Vec3, part: float) -> Vec3:
    """The point a minimum-jerk movement has reached at `part` 0–1 of its time."""
    done = part * part * part * (10.0 + part * (6.0 * part - 15.0))
    return add(start, scale(subtract(end, start), done))
