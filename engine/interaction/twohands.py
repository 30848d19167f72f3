"""A thing in two hands: it lies between them and turns as they do."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from engine.interaction.buttons import Key
from engine.world import Body
from engine.world.vectors import Transform, Turn, Vec3, add, cross, length, scale, subtract, unit

WIDE = 0.25
"""Metres of a thing's longest side from which on a second hand joins the first; what is smaller changes hands."""

TOGETHER = 0.02
"""Metres between two hands below which they have no direction."""


@dataclass(frozen=True, slots=True)
class Both:
    """A thing in two hands: which took it first, which joined, and where the thing is in the frame that the two make."""

    first: Key
    second: Key
    offset: Transform


def joins(body: Body) -> bool:
    """Whether a second hand holds a thing together with the first, instead of taking it over."""
    grab = body.card.grab
    return grab is not None and (grab.hands == 2 or max(body.size) > WIDE)


def frame(one: Transform, two: Transform) -> Transform | None:
    """The frame that two hands make: its middle between them, its x from the first to the second, its z up as theirs is on the
    whole. None where they are too close together, or point up along their own line."""
    across, up = subtract(two.position, one.position), add(one.direction((0.0, 0.0, 1.0)), two.direction((0.0, 0.0, 1.0)))
    ahead = cross(up, across)
    if length(across) < TOGETHER or length(ahead) < TOGETHER * TOGETHER:
        return None
    x, y = unit(across), unit(ahead)
    return Transform(scale(add(one.position, two.position), 0.5), _turn(x, y, cross(x, y)))


def _turn(x: Vec3, y: Vec3, z: Vec3) -> Turn:
    """The turn that takes the axes to three unit vectors at right angles (Shepperd 1978): by the largest of its parts."""
    parts = (1.0 + x[0] + y[1] + z[2], 1.0 + x[0] - y[1] - z[2], 1.0 - x[0] + y[1] - z[2], 1.0 - x[0] - y[1] + z[2])
    largest = parts.index(max(parts))
    twice = 2.0 * sqrt(parts[largest])
    a, b, c = (y[2] - z[1]) / twice, (z[0] - x[2]) / twice, (x[1] - y[0]) / twice
    p, q, r = (x[1] + y[0]) / twice, (z[0] + x[2]) / twice, (y[2] + z[1]) / twice
    big = twice / 4.0
    return ((big, a, b, c), (a, big, p, q), (b, p, big, r), (c, q, r, big))[largest]
