"""Angles that a hand makes about an axis, in degrees, of exact operations only: the same bits on every machine."""

from __future__ import annotations

from math import sqrt

from engine.world.vectors import Turn, Vec3, add, cross, dot, length, scale

_DEGREES = 57.29577951308232

CLOSEST = 0.01
"""Metres from the axis within which a hand has no angle about it: a millimetre there would be a sixth of a turn."""


def angle(y: float, x: float) -> float:
    """The angle of the point (x, y) from the x axis, -180 to 180 degrees, within 1e-8; 0 for the origin.

    The tangent is halved twice (tan a/2 = tan a / (1 + sqrt(1 + tan² a))), then a Taylor series to the eleventh power is enough.
    """
    across, along = abs(y), abs(x)
    if across == 0.0 and along == 0.0:
        return 0.0
    tangent = min(across, along) / max(across, along)
    for _ in range(2):
        tangent = tangent / (1.0 + sqrt(1.0 + tangent * tangent))
    square = tangent * tangent
    series = 1.0 / 11.0
    for divisor in (9.0, 7.0, 5.0, 3.0, 1.0):
        series = 1.0 / divisor - square * series
    found = 4.0 * tangent * series * _DEGREES
    if across > along:
        found = 90.0 - found
    if x < 0.0:
        found = 180.0 - found
    return -found if y < 0.0 else found


def twist(turn: Turn, axis: Vec3) -> float | None:
    """The part of a turn that is about a unit axis, -180 to 180 degrees (swing and twist, Dobrowolski 2015, arXiv:1506.05481).

    None where there is none to tell: a half turn about another axis.
    """
    along = turn[1] * axis[0] + turn[2] * axis[1] + turn[3] * axis[2]
    if turn[0] * turn[0] + along * along < 1e-6:
        return None
    return shortest(2.0 * angle(along, turn[0]))


def around(axis: Vec3, start: Vec3, end: Vec3) -> float | None:
    """The right-handed angle about a unit axis from one arm to another, both from a point of the axis, -180 to 180 degrees.

    None if an arm is so close to the axis that its angle means nothing.
    """
    one = add(start, scale(axis, -dot(start, axis)))
    two = add(end, scale(axis, -dot(end, axis)))
    if min(length(one), length(two)) < CLOSEST:
        return None
    return angle(dot(cross(one, two), axis), dot(one, two))


def shortest(degrees: float) -> float:
    """The same turn within -180 to 180 degrees."""
    rest = degrees - 360.0 * int(degrees / 360.0)
    return rest - 360.0 if rest > 180.0 else rest + 360.0 if rest < -180.0 else rest


def unwound(degrees: float, near: float) -> float:
    """The same turn as whole turns more or less, nearest to `near`: a hand turns less than half round between two ticks."""
    return near + shortest(degrees - near)
