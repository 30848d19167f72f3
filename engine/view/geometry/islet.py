"""A wooded islet in the lake, to the right of the view over the dock's end: its outline, and what stands on it.

It lies on this side of the mist, so that there is something dark and clear between the dock and the far shore.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.mesh import Floats
from engine.view.geometry.noise import Numbers, noise

LONG, WIDE = 10.5, 4.6
"""Half its length and half its width in metres, without its bays."""

AWAY, BEARING_DEG = 88.0, 22.5
"""Metres from the origin to its middle, and where that is, clockwise from north; seeds move it by a few."""

_BAYS = 0.24
"""How far points and bays change its outline, of its own size."""


@dataclass(frozen=True, slots=True)
class Islet:
    """An islet's middle, metres east and north of the origin, and the bearing its length lies along, radians."""

    seed: int
    east: float
    north: float
    along: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, metres east and north."""
        return self.east, self.north

    def place(self, u: Numbers, v: Numbers) -> tuple[Floats, Floats]:
        """Metres east and north of places so many metres along and across it."""
        sin, cos = np.sin(self.along), np.cos(self.along)
        return np.asarray(self.east + u * sin + v * cos, np.float32), np.asarray(self.north + u * cos - v * sin, np.float32)

    def edge(self, turn: Numbers) -> Floats:
        """Its outline as a share of `LONG` along and `WIDE` across it, by the angle in those shares."""
        x, y = np.cos(turn), np.sin(turn)
        return np.asarray(1.0 + _BAYS * noise(1.5 * x, 1.5 * y, self.seed + 4) + 0.06 * noise(6.0 * x, 6.0 * y, self.seed + 9))

    def inland(self, x: Numbers, y: Numbers) -> Floats:
        """Metres from its edge, positive on it: squarely on its long sides; its ends taper off to spits."""
        sin, cos = np.sin(self.along), np.cos(self.along)
        east, north = np.asarray(x) - self.east, np.asarray(y) - self.north
        u, v = (east * sin + north * cos) / LONG, (east * cos - north * sin) / WIDE
        return np.asarray((self.edge(np.arctan2(v, u)) - np.hypot(u, v)) * WIDE, np.float32)


def islet(seed: int) -> Islet:
    """The islet of a landscape."""
    chance = np.random.Generator(np.random.PCG64(seed + 1006))
    bearing = np.radians(BEARING_DEG + chance.uniform(-1.0, 1.0))
    away = AWAY + chance.uniform(-4.0, 4.0)
    along = bearing + np.radians(90.0 + chance.uniform(8.0, 18.0))
    return Islet(seed, float(away * np.sin(bearing)), float(away * np.cos(bearing)), float(along))
