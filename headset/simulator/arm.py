"""A hand of a person at a desk: it rests, reaches along the view, points, holds, is kept where it is, and comes back.

Both hands are alike. Each goes from where it is to its goal in TRAVEL seconds, and is at the goal from then on: the lap or the
side, a point on the line of sight, or a place that it was told to keep, which goes with the shoulders.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import Literal

from headset.inputs import FULL, Button, Hand, Pose, Side
from headset.simulator.body import Body, Turn, Vec3, headed, times, turned
from headset.simulator.fingers import Curl, Shape, hand_joints
from headset.simulator.sight import Sight

ARM = 0.75
"""Metres from the shoulder to a grip at full stretch (most grown people reach 0.65 m to 0.8 m forward)."""

SHOULDER = (0.19, 0.0, -0.24)
"""Metres from the eyes to the right shoulder: to the right, ahead, up."""

LAP = (0.14, 0.26, -0.52)
"""Metres to a hand that rests in the lap, from the eyes of someone who sits upright."""

BY_THE_SIDE = (0.27, 0.06, -0.72)
"""Metres from the eyes to a hand that hangs by the side."""

TRAVEL = 0.25
"""Seconds from rest to the thing, and back."""

STRIDE = 0.1
"""Metres that a hand goes at most from one frame to the next on its way, so that it takes longer on a slow machine: a finger that
is first before a button and then behind the wall has jumped, and presses nothing."""

NOTCH = 0.04
"""Metres by which one notch of the wheel brings a hand nearer or farther."""

ROLL = 15.0
"""Degrees by which one notch turns the wrist."""

ROLL_SPEED = 90.0
"""Degrees a second by which a key turns it. It turns further than a wrist can, so that a dial needs no second grip."""

WRIST = 80.0
"""Degrees by which a wrist can be tilted up, down and aside."""

CLOSEST = 0.2
"""Metres from the eyes; nearer, a thing in the hand hides everything else."""

FINGER, PRESS = 0.1, 0.02
"""Metres from the grip to the tip of a finger that points, and by which it is pushed past the surface that it presses."""

Goal = Literal["rest", "reach", "poke", "kept"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a hand is asked for in a frame: `roll`, `tilt` (up) and `swing` (to the right) in degrees, `notches` of the wheel,
    `keep` when its key went down now."""

    reach: bool = False
    poke: bool = False
    keep: bool = False
    squeeze: bool = False
    trigger: bool = False
    notches: int = 0
    roll: float = 0.0
    tilt: float = 0.0
    swing: float = 0.0
    stick: tuple[int, int] = (0, 0)
    buttons: frozenset[Button] = frozenset()


class Arm:
    """One hand. `share` is how far it is on its way from where it was to its goal, 0 to 1."""

    def __init__(self, side: Side) -> None:
        self.side: Side = side
        self.goal: Goal = "rest"
        self.share = 1.0
        self.distance = 0.0
        self.roll = self.tilt = self.swing = 0.0
        self.closed = False
        self.place: tuple[Vec3, Turn] = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0))
        """Where the hand is, in the person's own space: position and quaternion w, x, y, z."""
        self._base: Turn = (1.0, 0.0, 0.0, 0.0)
        self._from: tuple[Vec3, Turn] | None = None
        self._kept = self.place
        self._began = False
        self._asked: Goal = "rest"
        self._wish = Wish()
        self._aim: Turn | None = None
        self._curl = Curl()

    def step(self, body: Body, sight: Sight, wish: Wish, seconds: float) -> None:
        """Move for a time. A new reach goes to what is in the line of sight, or to full stretch."""
        if not self._began:
            self._began, self.place = True, (resting(body, self.side), turned(body.torso, 0.0))
        limit = stretch(body, self.side, sight.ahead)
        goal = self._wanted(wish)
        if goal != self.goal:
            self._go(goal, body, sight, limit)
        self._wish = wish
        notches = wish.notches if goal == "reach" else 0
        self.distance = max(CLOSEST, min(limit, self.distance + notches * NOTCH))
        self._bend(wish)
        end, self._base = self._goal(body, sight)
        turn = times(self._base, self._wrist())
        self.place = (end, turn)
        if self._from is not None:
            self.place = self._on_the_way(body, end, turn, seconds)
        self._aim = None if goal != "rest" or self._from is not None else _towards(end, sight.at(max(CLOSEST, sight.far)))
        if goal == "reach":
            self.closed = self.closed or self.share >= 1.0
        elif goal != "kept":
            self.closed = False
        self._curl.step(self._shape(), seconds)

    def hand(self, joints: bool = False) -> Hand:
        """The hand as it is now. It closes when it has arrived, so that it takes what it was sent for."""
        position, turn = self.place
        wish = self._wish
        return Hand(
            grip=Pose.of(position, turn),
            aim=Pose.of(position, turn if self._aim is None else self._aim),
            squeeze=FULL if self.closed or wish.squeeze else 0,
            trigger=FULL if wish.trigger else 0,
            buttons=wish.buttons,
            stick=wish.stick,
            joints=hand_joints(self.side, position, turn, self._curl) if joints else None,
        )

    def _wanted(self, wish: Wish) -> Goal:
        """The goal that a wish means. A hand that was told to keep its place leaves it for a new reach only."""
        asked: Goal = "reach" if wish.reach else "poke" if wish.poke else "rest"
        began = asked not in ("rest", self._asked)
        self._asked = asked
        if wish.keep:
            return asked if self.goal == "kept" else "kept"
        return "kept" if self.goal == "kept" and not began else asked

    def _go(self, goal: Goal, body: Body, sight: Sight, limit: float) -> None:
        position, turn = self.place
        self._from, self.share = _inward(body, position, turn), 0.0
        if goal == "kept":
            self._kept, self._from, self.share = _inward(body, position, self._base), None, 1.0
        elif goal == "poke":
            self.distance = min(sight.far, limit) - FINGER + PRESS
        elif goal == "reach" and self.goal == "kept":
            # What the hand holds is in the line of sight: it goes on from where it is.
            self.distance = sqrt(sum((a - b) * (a - b) for a, b in zip(position, sight.start, strict=True)))
        elif goal == "reach":
            self.distance = min(sight.far, limit)
        else:
            self.roll = self.tilt = self.swing = 0.0
        self.goal = goal

    def _bend(self, wish: Wish) -> None:
        self.roll += wish.roll
        self.tilt = max(-WRIST, min(WRIST, self.tilt + wish.tilt))
        self.swing = max(-WRIST, min(WRIST, self.swing + wish.swing))

    def _wrist(self) -> Turn:
        half = radians(self.roll) / 2
        return times(turned(self.swing, self.tilt), (cos(half), 0.0, sin(half), 0.0))

    def _goal(self, body: Body, sight: Sight) -> tuple[Vec3, Turn]:
        """Where the hand shall be, and how it is turned there before the wrist is."""
        if self.goal == "rest":
            return resting(body, self.side), turned(body.torso, 0.0)
        if self.goal == "kept":
            return _outward(body, *self._kept)
        return sight.at(self.distance), turned(*headed(sight.ahead))

    def _on_the_way(self, body: Body, end: Vec3, turn: Turn, seconds: float) -> tuple[Vec3, Turn]:
        assert self._from is not None
        start, first = _outward(body, *self._from)
        way = sqrt(sum((a - b) * (a - b) for a, b in zip(start, end, strict=True)))
        # In the middle of its way a share that grows by s moves the hand by 1.5 s of it.
        self.share = min(1.0, self.share + min(seconds / TRAVEL, STRIDE / (1.5 * way) if way else 1.0))
        if self.share >= 1.0:
            self._from = None
            return end, turn
        eased = self.share * self.share * (3.0 - 2.0 * self.share)
        x, y, z = (a + (b - a) * eased for a, b in zip(start, end, strict=True))
        return (x, y, z), _blend(first, turn, eased)

    def _shape(self) -> Shape:
        if self.goal == "poke":
            return "point"
        if self.closed or self._wish.squeeze:
            return "fist"
        return "pinch" if self._wish.trigger else "open"


def resting(body: Body, side: Side) -> Vec3:
    """Where a hand rests."""
    aside = 1.0 if side == "right" else -1.0
    if body.seated:
        # The lap stays in the seat, however one leans and looks.
        return (aside * LAP[0], LAP[1], body.eye_height + LAP[2])
    return body.near(aside * BY_THE_SIDE[0], BY_THE_SIDE[1], BY_THE_SIDE[2])


def stretch(body: Body, side: Side, ahead: Vec3) -> float:
    """Metres along a line of sight to the point that a hand can just reach."""
    right, before, up = SHOULDER
    shoulder = body.near(right if side == "right" else -right, before, up)
    away = tuple(eye - joint for eye, joint in zip(body.eyes, shoulder, strict=True))
    # |eyes + d * ahead - shoulder| = ARM; the eyes are within an arm's length of the shoulder, so one root is positive.
    along = sum(a * b for a, b in zip(away, ahead, strict=True))
    return sqrt(along * along - sum(a * a for a in away) + ARM * ARM) - along


def _inward(body: Body, position: Vec3, turn: Turn) -> tuple[Vec3, Turn]:
    """A pose as seen from the eyes along the shoulders, with which it moves."""
    eyes = body.eyes
    east, north = position[0] - eyes[0], position[1] - eyes[1]
    c, s = cos(radians(body.torso)), sin(radians(body.torso))
    return (east * c - north * s, east * s + north * c, position[2] - eyes[2]), times(turned(-body.torso, 0.0), turn)


def _outward(body: Body, position: Vec3, turn: Turn) -> tuple[Vec3, Turn]:
    """The pose in the person's own space."""
    return body.near(*position), times(turned(body.torso, 0.0), turn)


def _blend(start: Turn, end: Turn, share: float) -> Turn:
    """A quaternion between two, the short way; `Pose.of` takes one of any length."""
    near = sum(a * b for a, b in zip(start, end, strict=True))
    sign = 1.0 if near >= 0.0 else -1.0
    w, x, y, z = (sign * a + (b - sign * a) * share for a, b in zip(start, end, strict=True))
    return (w, x, y, z)


def _towards(start: Vec3, end: Vec3) -> Turn:
    x, y, z = (b - a for a, b in zip(start, end, strict=True))
    return turned(*headed((x, y, z)))
