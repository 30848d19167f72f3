"""Head and torso of a person at a desk: looking, walking, leaning. Pure arithmetic in the person's own space.

x is to the right, y ahead, z up, in metres; yaw is clockwise from ahead seen from above and pitch upwards, in degrees.
"""

from __future__ import annotations

from math import atan2, cos, degrees, exp, radians, sin, sqrt

Vec3 = tuple[float, float, float]
Turn = tuple[float, float, float, float]

SEATED_BELOW = 1.4
"""Metres of eye height below which a person sits: seated eyes are at about 1.2 m, standing ones at 1.6 m."""

DEGREES_PER_PIXEL = 0.12
"""Of looking around. A hand's breadth of mouse travel at 800 dpi (10 cm, 3,150 pixels) turns once around."""

STEEPEST = 85.0
"""Degrees of looking up and down; more would turn the world over."""

LEAN = 0.3
"""Metres that a seated person can move the head in any direction without getting up."""

ROAM = 2.5
"""Metres that a standing person can walk from the middle of their own space, as in a cleared room."""

LOWEST = 0.5
"""Metres above the floor of the eyes of someone kneeling."""

TIPTOE = 0.1
"""Metres that a standing person can rise."""

TWIST = 45.0
"""Degrees by which a standing person turns the head before the shoulders come along."""

WALK = 1.2
"""Metres a second: an unhurried walk."""

LEAN_SPEED = 0.4
"""Metres a second of a head that leans, or goes up and down."""

SETTLE = 0.1
"""Seconds in which a movement gets up to speed and comes to rest; without it, starting and stopping jolts the picture."""


class Body:
    """Where the head is and where it looks."""

    def __init__(self, eye_height: float) -> None:
        self.eye_height = eye_height
        self.yaw = 0.0
        self.pitch = 0.0
        self._torso = 0.0
        self.offset: Vec3 = (0.0, 0.0, 0.0)
        self.stopped = False
        """Whether someone who stands walks against the edge of the space in which they can."""
        self._speed: Vec3 = (0.0, 0.0, 0.0)

    @property
    def seated(self) -> bool:
        """Whether the person can only lean."""
        return self.eye_height < SEATED_BELOW

    @property
    def eyes(self) -> Vec3:
        """The middle between the eyes."""
        x, y, z = self.offset
        return (x, y, self.eye_height + z)

    @property
    def turn(self) -> Turn:
        """The head's orientation, a quaternion w, x, y, z."""
        return turned(self.yaw, self.pitch)

    @property
    def ahead(self) -> Vec3:
        """The unit vector along which it looks."""
        level = cos(radians(self.pitch))
        return (sin(radians(self.yaw)) * level, cos(radians(self.yaw)) * level, sin(radians(self.pitch)))

    @property
    def torso(self) -> float:
        """The yaw of the shoulders: that of the seat, or near that of the head."""
        return 0.0 if self.seated else self._torso

    def look(self, right: float, down: float) -> None:
        """Turn by a mouse movement in pixels."""
        self.yaw = (self.yaw + right * DEGREES_PER_PIXEL + 180.0) % 360.0 - 180.0
        self.pitch = max(-STEEPEST, min(STEEPEST, self.pitch - down * DEGREES_PER_PIXEL))
        self._torso = self.yaw - max(-TWIST, min(TWIST, between(self._torso, self.yaw)))

    def move(self, right: float, ahead: float, up: float, seconds: float) -> None:
        """Walk or lean for a time; the wishes are -1, 0 or 1 and are meant as the person faces."""
        level = sqrt(right * right + ahead * ahead)
        flat = (LEAN_SPEED if self.seated else WALK) / max(1.0, level)
        wish = (*levelled(self.yaw, right * flat, ahead * flat), up * LEAN_SPEED)
        share = 1.0 - exp(-seconds / SETTLE)
        self._speed = _mix(self._speed, wish, share)
        x, y, z = (here + speed * seconds for here, speed in zip(self.offset, self._speed, strict=True))
        self.stopped = not self.seated and level > 0.0 and sqrt(x * x + y * y) > ROAM
        self.offset = self._bounded((x, y, z))

    def recentre(self) -> None:
        """Sit or stand in the middle again, looking ahead."""
        self.yaw = self.pitch = self._torso = 0.0
        self.offset = self._speed = (0.0, 0.0, 0.0)

    def near(self, right: float, ahead: float, up: float) -> Vec3:
        """A point of the upper body, given from the eyes as the shoulders face."""
        x, y = levelled(self.torso, right, ahead)
        eyes = self.eyes
        return (eyes[0] + x, eyes[1] + y, eyes[2] + up)

    def _bounded(self, offset: Vec3) -> Vec3:
        x, y, z = offset
        if self.seated:
            far = sqrt(x * x + y * y + z * z)
            keep = min(1.0, LEAN / far) if far else 1.0
            return (x * keep, y * keep, z * keep)
        far = sqrt(x * x + y * y)
        keep = min(1.0, ROAM / far) if far else 1.0
        return (x * keep, y * keep, max(LOWEST - self.eye_height, min(TIPTOE, z)))


def levelled(yaw: float, right: float, ahead: float) -> tuple[float, float]:
    """x and y of a level direction, given as someone faces."""
    east, north = cos(radians(yaw)), sin(radians(yaw))
    return (right * east + ahead * north, ahead * east - right * north)


def between(start: float, end: float) -> float:
    """Degrees from one yaw to another, the short way, -180 to 180."""
    return (end - start + 180.0) % 360.0 - 180.0


def turned(yaw: float, pitch: float) -> Turn:
    """The quaternion w, x, y, z that first looks up by `pitch`, then to the right by `yaw` degrees."""
    cy, sy = cos(radians(-yaw) / 2), sin(radians(-yaw) / 2)
    cp, sp = cos(radians(pitch) / 2), sin(radians(pitch) / 2)
    return (cy * cp, cy * sp, sy * sp, sy * cp)


def headed(along: Vec3) -> tuple[float, float]:
    """Yaw and pitch of a direction, in degrees."""
    x, y, z = along
    return degrees(atan2(x, y)), degrees(atan2(z, sqrt(x * x + y * y)))


def times(first: Turn, second: Turn) -> Turn:
    """The turn that does `second` in the axes that `first` has turned (Hamilton's product)."""
    a, b, c, d = first
    w, x, y, z = second
    return (
        a * w - b * x - c * y - d * z,
        a * x + b * w + c * z - d * y,
        a * y - b * z + c * w + d * x,
        a * z + b * y - c * x + d * w,
    )


def rotated(turn: Turn, vector: Vec3) -> Vec3:
    """A vector given in the axes of a turn, in those that it is seen from."""
    _, x, y, z = times(times(turn, (0.0, *vector)), (turn[0], -turn[1], -turn[2], -turn[3]))
    return (x, y, z)


def _mix(start: Vec3, end: tuple[float, ...], share: float) -> Vec3:
    x, y, z = (a + (b - a) * share for a, b in zip(start, end, strict=True))
    return (x, y, z)
