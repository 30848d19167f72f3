"""Thumbsticks and trackpads as two whole numbers in per cent: to the right, and ahead."""

from __future__ import annotations

from math import sqrt
from typing import Final

from headset.inputs import FULL

DEAD: Final = 0.15
"""Part of its way that a stick may be off its middle and mean nothing: worn sticks rest there, and trembling thumbs."""

OUTER: Final = 0.95
"""Part of its way from which on it counts as moved all the way; few sticks reach their rim everywhere."""


def stick_of(right: float, ahead: float) -> tuple[int, int]:
    """A stick's place, -1 to 1 each way, in per cent: 0 within DEAD of the middle, FULL from OUTER on, evenly between; its
    direction stays. (0, 0) for what is no number."""
    far = sqrt(right * right + ahead * ahead)
    if not DEAD < far < 1e6:
        return (0, 0)
    scale = min(1.0, (far - DEAD) / (OUTER - DEAD)) / far * FULL
    return (round(right * scale), round(ahead * scale))
