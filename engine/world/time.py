"""Seconds and ticks."""

from __future__ import annotations

from headset.inputs import TICKS_PER_SECOND


def ticks(seconds: float) -> int:
    """Whole ticks nearest to a time, and at least 0."""
    return max(0, int(seconds * TICKS_PER_SECOND + 0.5))
