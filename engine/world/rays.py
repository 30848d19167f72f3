"""Where a ray meets a box."""

from __future__ import annotations

from dataclasses import dataclass

from engine.world.vectors import Vec3


@dataclass(frozen=True, slots=True)
class Box:
    """A box along its own axes, in metres."""

    low: Vec3
    high: Vec3


def hit(box: Box, start: Vec3, direction: Vec3) -> float | None:
    """Metres along `direction` (a unit vector) until the box is met from outside, or None (slab method, Kay and Kajiya 1986)."""
    near, far = 0.0, 1e9
    for axis in range(3):
        slope, begin = direction[axis], start[axis]
        if abs(slope) < 1e-12:
            if not box.low[axis] <= begin <= box.high[axis]:
                return None
            continue
        one, two = (box.low[axis] - begin) / slope, (box.high[axis] - begin) / slope
        near, far = max(near, min(one, two)), min(far, max(one, two))
        if near > far:
            return None
    return near if near > 0.0 else None


def nearest(box: Box, point: Vec3) -> Vec3:
    """The point of the box that is nearest to `point`."""
    clamped = [max(box.low[axis], min(box.high[axis], point[axis])) for axis in range(3)]
    return (clamped[0], clamped[1], clamped[2])
