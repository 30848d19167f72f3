"""Where a caption hangs: ahead of the eyes and below the horizon, following the head lazily. Pure arithmetic.

Of four behaviours that the BBC tested with subtitle users in headsets, the one that keeps subtitles ahead of the head and a
little below the eyes did best; its fault was that it hid some of the picture (BBC R&D white paper 330, 2017). Hence a dead zone:
small looks around leave the caption where it is, out of the way of what one looks at, and it comes along, smoothly, when the head
has really turned, and up or down when it really looks there: at a patient in bed, or at the ceiling from a bed of one's own.
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

DEAD_BELOW = 8.0
"""Degrees by which the look may go down: less, as the caption hangs there, and would cover what one looks at."""

STEEPEST = 70.0
"""Degrees up or down to which it follows a look: beyond that one turns about, and it would spin."""

QUICKNESS = 5.0
"""A second, of the critically damped spring that brings it along: it has nearly arrived after a second and never overshoots."""


class Follower:
    """Where a caption is: its bearing in degrees clockwise from north (+y), and by how many degrees more than `below` the horizon
    it hangs because the head looks up or down: to someone who lies in bed, the horizon is out of sight."""

    def __init__(self) -> None:
        self._across, self._up = _Glide(), _Glide()

    @property
    def bearing(self) -> float:
        """Degrees clockwise from north."""
        return self._across.at % 360.0

    @property
    def raised(self) -> float:
        """Degrees above where it hangs for a head that looks level."""
        return self._up.at

    @property
    def following(self) -> bool:
        """Whether it is on its way."""
        return self._across.moving or self._up.moving

    def face(self, head: Transform) -> None:
        """Be straight ahead at once, as a caption is when it appears."""
        self._across.rest(bearing(head, self.bearing))
        self._up.rest(up if not -DEAD_BELOW <= (up := _steep(head)) <= DEAD_ZONE else 0.0)

    def step(self, head: Transform, seconds: float, *, calm: bool = False) -> None:
        """Come along with the head for a time; `calm`: at once, without gliding there."""
        turned = (bearing(head, self.bearing) - self.bearing + 180.0) % 360.0 - 180.0
        self._across.step(self._across.at + turned, seconds, calm, -DEAD_ZONE)
        self._up.step(_steep(head), seconds, calm, -DEAD_BELOW)

    def place(self, head: Transform, below: float = BELOW) -> Transform:
        """Where the caption's middle is; its axes are x to the right, y away from the eyes, z up. It never rolls."""
        return hung(head, self.bearing, below - self.raised)


class _Glide:
    """A number that follows another lazily: it rests until that has left the dead zone around it, and then goes there."""

    def __init__(self) -> None:
        self.at, self.moving, self._speed = 0.0, False, 0.0

    def rest(self, target: float) -> None:
        """Be there at once."""
        self.at, self.moving, self._speed = target, False, 0.0

    def step(self, target: float, seconds: float, at_once: bool, least: float) -> None:
        """Go on for a time; the dead zone is from `least` under it to DEAD_ZONE over it."""
        away = self.at - target
        self.moving |= not least <= -away <= DEAD_ZONE
        if not self.moving:
            return
        if at_once:
            self.rest(target)
            return
        # The exact motion of a critically damped spring, so that it looks the same at any frame rate.
        fade, pull = exp(-QUICKNESS * seconds), self._speed + QUICKNESS * away
        self.at = target + (away + pull * seconds) * fade
        self._speed = (self._speed - QUICKNESS * pull * seconds) * fade
        if abs(self.at - target) < ARRIVED:
            self.moving, self._speed = False, 0.0


def hung(head: Transform, bearing: float, below: float) -> Transform:
    """A place at DISTANCE from the eyes, upright to them, so many degrees under the horizon."""
    turn = compose(_about((0.0, 0.0, 1.0), -bearing), _about((1.0, 0.0, 0.0), -below))
    return Transform(add(head.position, rotate(turn, (0.0, DISTANCE, 0.0))), turn)


def pitch(head: Transform) -> float:
    """By how many degrees a head looks up."""
    up = head.direction((0.0, 1.0, 0.0))[2]
    return degrees(atan2(up, max(1e-9, (1.0 - min(1.0, up * up)) ** 0.5)))


def _steep(head: Transform) -> float:
    """How far a caption goes up with a head's look, in degrees."""
    return max(-STEEPEST, min(STEEPEST, pitch(head)))


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
