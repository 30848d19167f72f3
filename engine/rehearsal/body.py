"""A body: a head and two hands in the person's own space, as a driver would report them, and what they can be brought to.

All that a body does is to be somewhere at each tick. It is moved by generators that change it and `yield` once a tick.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.rehearsal.motor import TREMOR, Draws, between, minimum_jerk, moved, reach_seconds, turned
from engine.rehearsal.traits import Traits
from engine.world import World
from engine.world.floor import Spot
from engine.world.time import ticks
from engine.world.vectors import (
    NO_TURN,
    ORIGIN,
    Transform,
    Turn,
    Vec3,
    add,
    distance,
    heading_to,
    length,
    look_at,
    rotate,
    subtract,
)
from headset.inputs import FULL, SIDES, Hand, Person, Pose, Side

SHOULDER: Vec3 = (0.18, 0.0, -0.25)
"""The right shoulder, seen from between the eyes."""

REST: Vec3 = (0.22, 0.12, -0.7)
"""Where a hand hangs at rest, seen from between the eyes."""

CARRY: Vec3 = (0.12, 0.32, -0.35)
"""Where a hand that carries something is held, seen from between the eyes."""

FINGER = 0.1
"""Metres from the grip to the tip of a pointing finger."""

LEAN, BEND = 0.35, 0.5
"""Metres that the shoulders come forward, and down, when someone who stands leans over a bed."""

SEATED_LEAN, SEATED_BEND = 0.2, 0.1
"""The same for someone who sits."""

WALK = 1.1
"""Metres a second in a room: less than the 1.4 of a free walk (Bohannon 1997)."""

TURNING = 0.04
"""Part of what is left of a turn that a walking body makes in a tick: half of it in 0.17 s."""

Steps = Iterator[None]
"""One `yield` a tick."""


class Body:
    """A head and two hands. `world` is only looked at."""

    def __init__(self, world: World, traits: Traits, chance: Draws) -> None:
        self.world = world
        self.traits = traits
        self.chance = chance
        self.eyes: Vec3 = (0.0, 0.0, world.eye_height)
        """Between the eyes when standing upright, in the person's own space."""
        self.lean: Vec3 = (0.0, 0.0, 0.0)
        """How far the upper body has come forward and down."""
        self.front: Turn = NO_TURN
        """Where the body is turned to, in its own space."""
        self.watched: Vec3 = add(self.eyes, (0.0, 4.0, 0.0))
        self.hands: dict[Side, Transform] = {}
        self.squeeze: dict[Side, int] = {"left": 0, "right": 0}
        self.stick: dict[Side, tuple[int, int]] = {"left": (0, 0), "right": (0, 0)}
        self.seated = world.eye_height < 1.4
        self._last: Person | None = None
        self._stirred = True
        for side in SIDES:
            self.hands[side] = self._resting(side)

    # --- what a driver sees

    def person(self) -> Person:
        """Head and hands now. The same object as a tick ago if nothing moved."""
        if self._last is None or self._stirred:
            head = add(self.eyes, self.lean)
            left, right = (self._hand(side) for side in SIDES)
            self._last = Person(head=Pose.of(head, look_at(head, self.watched)), left=left, right=right)
            self._stirred = False
        return self._last

    def _hand(self, side: Side) -> Hand:
        place = self.hands[side]
        pose = Pose.of(place.position, place.turn)
        return Hand(grip=pose, aim=pose, squeeze=self.squeeze[side], stick=self.stick[side])

    # --- where it is in the scene

    @property
    def spot(self) -> Spot:
        """Where the feet are in the scene."""
        x, y, _ = self.world.origin.point(self.eyes)
        return (x, y)

    @property
    def sight(self) -> Vec3:
        """Where the eyes are in the scene."""
        return self.world.origin.point(add(self.eyes, self.lean))

    def own(self, place: Transform) -> Transform:
        """A place of the scene in the person's own space."""
        return self.world.origin.inverse() @ place

    def hand_in_scene(self, side: Side) -> Transform:
        """Where a hand is in the scene."""
        return self.world.origin @ self.hands[side]

    # --- how far it reaches

    def leaning(self, side: Side, target: Vec3, spot: Spot | None = None) -> Vec3 | None:
        """How the upper body must lean for a hand to come to a point of the scene, from where it stands or from another spot, in
        the person's own space; None if it does not reach that far."""
        eyes = self.eyes if spot is None else self.own(Transform((spot[0], spot[1], 0.0))).position
        eyes = (eyes[0], eyes[1], self.eyes[2])
        goal = self.own(Transform(target)).position
        toward = heading_to(eyes, goal)
        shoulder = add(eyes, rotate(toward, _sided(SHOULDER, side)))
        away = subtract(goal, shoulder)
        flat = length((away[0], away[1], 0.0))
        forward, down = (SEATED_LEAN, SEATED_BEND) if self.seated else (LEAN, BEND)
        for tenth in range(11):
            part = tenth / 10.0
            out = min(part * forward, max(0.0, flat - 0.1))
            low = min(part * down, max(0.0, -away[2]))
            lean = (away[0] / flat * out, away[1] / flat * out, -low) if flat > 1e-6 else (0.0, 0.0, -low)
            if length(subtract(away, lean)) <= self.traits.reach:
                return lean
        return None

    # --- moving

    def wait(self, seconds: float) -> Steps:
        """Stay as one is."""
        for _ in range(ticks(seconds)):
            yield

    def look(self, point: Vec3) -> Steps:
        """Turn the eyes to a point of the scene: 0.2 to 0.5 s for head and eyes together."""
        start, end = self.watched, self.world.origin.inverse().point(point)
        count = max(1, ticks(0.35 * self.traits.pace))
        for index in range(1, count + 1):
            self.watched = between(start, end, minimum_jerk(index / count))
            self._stirred = True
            yield

    def face(self, point: Vec3) -> Steps:
        """Turn the body to a point of the scene; the hands turn with it."""
        start, end = self.front, heading_to(self.eyes, self.world.origin.inverse().point(point))
        count = max(1, ticks(0.4 * self.traits.pace))
        for index in range(1, count + 1):
            self.front = turned(start, end, minimum_jerk(index / count))
            for side in SIDES:
                self.hands[side] = self._resting(side)
            self._stirred = True
            yield

    def walk(self, way: list[Spot]) -> Steps:
        """Walk along points of the scene; a hand that holds something carries it before the body."""
        back = self.world.origin.inverse()
        points = [back.point((x, y, self.world.origin.position[2])) for x, y in way]
        legs = [distance(one, two) for one, two in pairwise(points)]
        far = 0.0
        for leg in legs:
            far += leg
        count = max(1, ticks((far / WALK + 0.6) * self.traits.pace))
        start_hands, start_lean = dict(self.hands), self.lean
        for index in range(1, count + 1):
            done = minimum_jerk(index / count) * far
            here, ahead = _along(points, legs, done)
            self.eyes = (here[0], here[1], self.eyes[2])
            self.front = turned(self.front, heading_to(ORIGIN, ahead), TURNING)
            settle = minimum_jerk(min(1.0, index / min(count, 60)))
            self.lean = between(start_lean, (0.0, 0.0, 0.0), settle)
            self.watched = add(self.eyes, rotate(self.front, (0.0, 3.0, -0.4)))
            for side in SIDES:
                goal = self._resting(side)
                self.hands[side] = moved(start_hands[side], goal, settle) if settle < 1.0 else goal
            self._stirred = True
            yield

    def reach(self, side: Side, goal: Transform, width: float, squeeze: int, lean: Vec3 | None = None) -> Steps:
        """Move a hand to a place of the person's own space that is `width` metres wide, as long as Fitts's law says."""
        start, start_lean = self.hands[side], self.lean
        end_lean = self.lean if lean is None else lean
        far = distance(start.position, goal.position)
        count = max(1, ticks(reach_seconds(far, width) * self.traits.pace)) if far > 1e-4 or start.turn != goal.turn else 1
        self.squeeze[side] = squeeze
        for index in range(1, count + 1):
            done = minimum_jerk(index / count)
            self.lean = between(start_lean, end_lean, done)
            self.hands[side] = moved(start, goal, done)
            self._stirred = True
            yield

    def tremble(self, side: Side, seconds: float) -> Steps:
        """Keep a hand where it is, as well as one can."""
        place = self.hands[side]
        for _ in range(ticks(seconds)):
            self.hands[side] = Transform(add(place.position, self.chance.scatter(TREMOR * self.traits.tremor)), place.turn)
            self._stirred = True
            yield
        self.hands[side] = place

    def grip(self, side: Side, closed: bool) -> Steps:
        """Close or open a hand: a fifth of a second."""
        self.squeeze[side] = FULL if closed else 0
        self._stirred = True
        yield from self.wait(0.2 * self.traits.pace)

    def withdraw(self, side: Side) -> Steps:
        """Stand upright again, the hand at rest, or before the body if it holds something."""
        yield from self.reach(side, self._resting(side), 0.2, self.squeeze[side], (0.0, 0.0, 0.0))

    def stir(self) -> None:
        """Something about the body was changed."""
        self._stirred = True

    def _resting(self, side: Side) -> Transform:
        """Where a hand hangs, or carries what it holds."""
        seen = CARRY if self.squeeze[side] else REST
        return Transform(add(self.eyes, rotate(self.front, _sided(seen, side))), self.front)


def _sided(point: Vec3, side: Side) -> Vec3:
    return point if side == "right" else (-point[0], point[1], point[2])


def _along(points: list[Vec3], legs: list[float], done: float) -> tuple[Vec3, Vec3]:
    """The point so many metres along a way, and the unit vector ahead."""
    for index, leg in enumerate(legs):
        if done <= leg or index == len(legs) - 1:
            part = min(1.0, done / leg) if leg > 1e-9 else 1.0
            ahead = subtract(points[index + 1], points[index])
            long = length(ahead)
            level = (ahead[0] / long, ahead[1] / long, 0.0) if long > 1e-9 else (0.0, 1.0, 0.0)
            return between(points[index], points[index + 1], part), level
        done -= leg
    return points[-1], (0.0, 1.0, 0.0)
