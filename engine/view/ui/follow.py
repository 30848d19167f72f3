"""Where a caption hangs: ahead of the eyes and below the horizon, following the head lazily. Pure arithmetic.

Of four behaviours that the BBC tested with subtitle users in headsets, the one that keeps subtitles ahead of the head and a
little below the eyes did best; its fault was that it hid some of the picture (BBC R&D white paper 330, 2017). Hence a dead zone:
small looks around leave the caption where it is, out of the way of what one looks at, and it comes along, smoothly, when the head
has really turned.
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, radians, sin

from engine.world.vectors import Transform, Turn, Vec3, add, compose, rotate

DISTANCE = 1.5
"""Metres from the eyes: where headsets let eyes focus and converge without strain, and nearer than most of a scene."""

BELOW = 14.0
"""Degrees under the horizon: within an easy movement of the eyes, clear of what one looks at, and inside a window's picture."""

DEAD_ZONE = 15.0
"""Degrees by which the head may turn before the caption follows."""

ARRIVED = 0.5
"""Degrees at which a caption that followed comes to rest."""

QUICKNESS = 5.0
"""A second, of the critically damped spring that brings it along: it has nearly arrived after a second and never overshoots."""


class Follower:
    """A caption's bearing, in degrees clockwise from north (+y)."""

    def __init__(self) -> None:
        self.bearing = 0.0
        self.following = False
        self._speed = 0.0

    def face(self, head: Transform) -> None:
        """Be straight ahead at once, as a caption is when it appears."""
        self.bearing = bearing(head, self.bearing)
        self.following = False
        self._speed = 0.0

    def step(self, head: Transform, seconds: float, *, calm: bool = False) -> None:
        """Come along with the head for a time; `calm`: at once, without gliding there."""
        target = bearing(head, self.bearing)
        away = (self.bearing - target + 180.0) % 360.0 - 180.0
        if abs(away) > DEAD_ZONE:
            self.following = True
        if not self.following:
            return
        if calm:
            self.face(head)
            return
        # The exact motion of a critically damped spring, so that it looks the same at any frame rate.
        fade, pull = exp(-QUICKNESS * seconds), self._speed + QUICKNESS * away
        self.bearing = (target + (away + pull * seconds) * fade) % 360.0
        self._speed = (self._speed - QUICKNESS * pull * seconds) * fade
        if abs((self.bearing - target + 180.0) % 360.0 - 180.0) < ARRIVED:
            self.following = False
            self._speed = 0.0

    def place(self, head: Transform, below: float = BELOW) -> Transform:
        """Where the caption's middle is; its axes are x to the right, y away from the eyes, z up. It never rolls."""
        turn = compose(_about((0.0, 0.0, 1.0), -self.bearing), _about((1.0, 0.0, 0.0), -below))
        return Transform(add(head.position, rotate(turn, (0.0, DISTANCE, 0.0))), turn)


def bearing(head: Transform, fallback: float = 0.0) -> float:
    """Where a head faces on the level, in degrees clockwise from north; `fallback` for one that lies on its side looking up.

    Of someone who looks steeply up or down, the crown says it better than the eyes.
    """
    east, north, up = head.direction((0.0, 1.0, 0.0))
    if abs(up) > 0.9:
        crown = head.direction((0.0, 0.0, 1.0))
        east, north = (crown[0], crown[1]) if up < 0 else (-crown[0], -crown[1])
    if east * east + north * north < 1e-4:
        return fallback
    return degrees(atan2(east, north)) % 360.0


def _about(axis: Vec3, turned: float) -> Turn:
    half = radians(turned) / 2
    return (cos(half), axis[0] * sin(half), axis[1] * sin(half), axis[2] * sin(half))
