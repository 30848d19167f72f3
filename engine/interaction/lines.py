"""The line of a look, and how far from it a point is."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from engine.world.vectors import Vec3, dot, subtract

DEGREE = 0.017455
"""The tangent of a degree; within 2 % up to 14 degrees the tangent grows with the angle."""

HAIR = 1e-5
"""Metres by which nothing is lost to rounding."""


@dataclass(frozen=True, slots=True)
class Line:
    """A look: from where, along which unit vector, and the degrees from it within which a thing is looked at."""

    eyes: Vec3
    ahead: Vec3
    cone: float

    def aside(self, point: Vec3) -> tuple[float, float]:
        """The tangent of the angle between the look and a point, 1e9 behind it; and metres to the point along the look."""
        away = subtract(point, self.eyes)
        along = dot(away, self.ahead)
        if along <= 1e-3:
            return 1e9, along
        across = dot(away, away) - along * along
        return sqrt(max(0.0, across)) / along, along

    def on(self, point: Vec3, wider: float = 1.0) -> bool:
        """Whether a point is within the cone, or one so many times wider."""
        return self.aside(point)[0] <= wider * self.cone * DEGREE

    def nears(self, middle: Vec3, radius: float) -> bool:
        """Whether some of a ball may be within the cone. Asked of many, so it is quick, and says yes where it is not sure."""
        x, y, z = middle[0] - self.eyes[0], middle[1] - self.eyes[1], middle[2] - self.eyes[2]
        ahead = self.ahead
        along = x * ahead[0] + y * ahead[1] + z * ahead[2]
        if along < -radius:
            return False
        # At most `radius` further along, where the cone is wider, by a hair more than that.
        wide = radius + (along + radius) * self.cone * DEGREE + HAIR
        return x * x + y * y + z * z - along * along <= wide * wide
