"""The right hand of a person at a desk: it rests, reaches along the view, holds, and comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import atan2, degrees, sqrt

from headset.inputs import FULL, Button, Hand, Pose, Side
from headset.simulator.body import Body, Vec3, between, turned

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

NOTCH = 0.04
"""Metres by which one notch of the wheel brings a hand nearer or farther."""

CLOSEST = 0.2
"""Metres from the eyes; nearer, a thing in the hand hides everything else."""

SIGHT = 8.0
"""Metres to which a hand that points looks for something to point at."""

Touch = Callable[[Sequence[float], Sequence[float], float], float]


class Arm:
    """The right hand. `share` is how far it is on its way from rest (0) to what it reaches for (1)."""

    def __init__(self) -> None:
        self.share = 0.0
        self.distance = 0.0
        self.reaching = False

    def step(self, body: Body, reach: bool, notches: int, touch: Touch, seconds: float) -> None:
        """Move for a time. A new reach goes to the first thing in the line of sight, or to full stretch."""
        limit = stretch(body)
        if reach and not self.reaching:
            self.distance = touch(body.eyes, body.ahead, limit)
        self.reaching = reach
        self.distance = max(CLOSEST, min(limit, self.distance + (notches * NOTCH if reach else 0.0)))
        step = seconds / TRAVEL
        self.share = max(0.0, min(1.0, self.share + (step if reach else -step)))

    def hand(self, body: Body, trigger: bool, menu: bool, touch: Touch) -> Hand:
        """The hand as it is now. It closes when it has arrived, so that it takes what it was sent for."""
        eased = self.share * self.share * (3.0 - 2.0 * self.share)
        rest, aim_at = resting(body, "right"), touch(body.eyes, body.ahead, SIGHT)
        x, y, z = (a + (b - a) * eased for a, b in zip(rest, _along(body, self.distance), strict=True))
        target = _along(body, max(CLOSEST, aim_at))
        buttons: frozenset[Button] = frozenset(("menu",) if menu else ())
        return Hand(
            grip=Pose.of((x, y, z), turned(body.torso + between(body.torso, body.yaw) * eased, body.pitch * eased)),
            aim=Pose.of((x, y, z), _towards((x, y, z), target)),
            squeeze=FULL if self.reaching and self.share >= 1.0 else 0,
            trigger=FULL if trigger else 0,
            buttons=buttons,
        )


def left_hand(body: Body) -> Hand:
    """The left hand: it only rests."""
    pose = Pose.of(resting(body, "left"), turned(body.torso, 0.0))
    return Hand(grip=pose, aim=pose)


def resting(body: Body, side: Side) -> Vec3:
    """Where a hand rests."""
    aside = 1.0 if side == "right" else -1.0
    if body.seated:
        # The lap stays in the seat, however one leans and looks.
        return (aside * LAP[0], LAP[1], body.eye_height + LAP[2])
    return body.near(aside * BY_THE_SIDE[0], BY_THE_SIDE[1], BY_THE_SIDE[2])


def stretch(body: Body) -> float:
    """Metres along the line of sight to the point that the right hand can just reach."""
    shoulder = body.near(*SHOULDER)
    away = tuple(eye - joint for eye, joint in zip(body.eyes, shoulder, strict=True))
    # |eyes + d * ahead - shoulder| = ARM; the eyes are within an arm's length of the shoulder, so one root is positive.
    along = sum(a * b for a, b in zip(away, body.ahead, strict=True))
    return sqrt(along * along - sum(a * a for a in away) + ARM * ARM) - along


def _along(body: Body, distance: float) -> Vec3:
    x, y, z = (eye + distance * ahead for eye, ahead in zip(body.eyes, body.ahead, strict=True))
    return (x, y, z)


def _towards(start: Vec3, end: Vec3) -> tuple[float, float, float, float]:
    x, y, z = (b - a for a, b in zip(start, end, strict=True))
    return turned(degrees(atan2(x, y)), degrees(atan2(z, sqrt(x * x + y * y))))
