"""How a body moves: along minimum-jerk paths, in the time that Fitts's law gives, with the errors and the tremor of a hand.

All of exact operations, and all chance from one PCG64 stream, so that a run is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from engine.world.vectors import Transform, Turn, Vec3, add, scale, subtract

FITTS_A, FITTS_B = 0.2, 0.18
"""Seconds, and seconds a bit, of a reach: MT = a + b log2(D / W + 1) (Fitts 1954; MacKenzie 1992, equation 7). The numbers are
ours, between those of a bare hand (0.1 s a bit) and of a hand in a headset (0.3 s a bit); nobody was measured for them."""

SPREAD = 4.133
"""Standard deviations by which a target is wide for a hand that moves to it at Fitts's pace (MacKenzie 1992)."""

TREMOR = 0.0004
"""Metres: standard deviation of the postural tremor of a healthy hand (Elble and Randall 1978: tenths of a millimetre)."""

_LN2 = 0.6931471805599453


@dataclass(slots=True)
class Draws:
    """All chance of one run. Numbers are drawn a thousand at a time; bells are sums of four of them, because the exponentials
    behind exact ones differ from machine to machine."""

    seed: Sequence[int]
    _source: np.random.Generator = field(init=False)
    _ready: list[float] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._source = np.random.Generator(np.random.PCG64(np.random.SeedSequence(list(self.seed))))

    def part(self) -> float:
        """A number from 0 to 1, 1 left out."""
        if not self._ready:
            self._ready = self._source.random(1000).tolist()
        return self._ready.pop()

    def between(self, low: float, high: float) -> float:
        """A number between two, evenly."""
        return low + (high - low) * self.part()

    def bell(self, middle: float, spread: float) -> float:
        """A number around a middle, with a standard deviation of `spread`, never more than 3.5 of them off (Irwin and Hall)."""
        total = self.part() + self.part() + self.part() + self.part()
        return middle + (total - 2.0) * 1.7320508075688772 * spread

    def happens(self, chance: float) -> bool:
        """Whether something of that chance, 0 to 1, happens."""
        return self.part() < chance

    def scatter(self, spread: float) -> Vec3:
        """A small error in each direction."""
        return (self.bell(0.0, spread), self.bell(0.0, spread), self.bell(0.0, spread))


def log2(x: float) -> float:
    """The logarithm to base 2 of a number of at least 1, within 1e-9: halved below 2, then by the series of artanh."""
    whole = 0.0
    while x >= 2.0:
        x /= 2.0
        whole += 1.0
    y = (x - 1.0) / (x + 1.0)
    square, total, power = y * y, 0.0, y
    for odd in range(1, 22, 2):
        total += power / odd
        power *= square
    return whole + 2.0 * total / _LN2


def reach_seconds(far: float, width: float) -> float:
    """Seconds of a reach over `far` metres to something `width` metres wide."""
    return FITTS_A + FITTS_B * log2(far / max(width, 0.005) + 1.0)


def minimum_jerk(part: float) -> float:
    """How far a movement has come at `part` 0–1 of its time (Flash and Hogan 1985, J Neurosci 5:1688)."""
    return part * part * part * (10.0 + part * (6.0 * part - 15.0))


def between(start: Vec3, end: Vec3, done: float) -> Vec3:
    """The point `done` 0–1 of the way."""
    return add(start, scale(subtract(end, start), done))


def turned(start: Turn, end: Turn, done: float) -> Turn:
    """The turn `done` 0–1 of the way, the short way round (normalised linear interpolation: a hand keeps no exact rate)."""
    alike = start[0] * end[0] + start[1] * end[1] + start[2] * end[2] + start[3] * end[3]
    sign = -1.0 if alike < 0.0 else 1.0
    w, x, y, z = (a + (sign * b - a) * done for a, b in zip(start, end, strict=True))
    long = sqrt(w * w + x * x + y * y + z * z)
    return (w / long, x / long, y / long, z / long) if long > 1e-6 else end


def moved(start: Transform, end: Transform, done: float) -> Transform:
    """The pose `done` 0–1 of the way."""
    return Transform(between(start.position, end.position, done), turned(start.turn, end.turn, done))
