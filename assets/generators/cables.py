"""Cables, cords and tubing: paths that are smooth wherever one looks, with no more points than that takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assets.generators.shapes import Array, curve

_FINE, _LENGTHWISE = 32, 0.22
"""Points between two of those that are given, to choose from; which part of the chosen ones is dealt out by length."""


def laid(points: Sequence[tuple[float, float, float]], count: int) -> Array:
    """A smooth path through points, of `count`: most of them where it bends, some where it is straight."""
    return thinned(curve(points, _FINE * len(points)), count)


def thinned(path: Array, count: int, lengthwise: float = _LENGTHWISE) -> Array:
    """A path drawn anew in `count` points, so that none of its bends shows corners; `lengthwise` 1 puts all equally far apart."""
    steps = np.diff(path, axis=0)
    long = np.linalg.norm(steps, axis=1)
    ways = steps / np.maximum(long, 1e-12)[:, None]
    bent = np.zeros(len(path))
    bent[1:-1] = np.arccos(np.clip(np.sum(ways[1:] * ways[:-1], axis=1), -1.0, 1.0))
    share = (1.0 - lengthwise) * (bent[1:] + bent[:-1]) / max(2.0 * float(bent.sum()), 1e-9)
    share += lengthwise * long / float(long.sum())
    along = np.concatenate([[0.0], np.cumsum(share)])
    at = np.linspace(0.0, along[-1], count)
    return np.column_stack([np.interp(at, along, path[:, axis]) for axis in range(3)])


def hung(start: Sequence[float], end: Sequence[float], length: float, count: int) -> Array:
    """A cord of `length` metres that hangs by its two ends: a catenary, in `count` points.

    Its parameter is found by halving, because sinh(h) / h rises steadily (h is half the span over the parameter).
    """
    one, two = np.asarray(start, float), np.asarray(end, float)
    flat, rise = float(np.hypot(*(two - one)[:2])), float(two[2] - one[2])
    if length <= np.hypot(flat, rise) or flat <= 0.0:
        raise ValueError("a hanging cord is longer than the way between its ends, which are not over one another")
    wanted = float(np.sqrt(length**2 - rise**2)) / flat
    low, high = 1e-6, 50.0
    for _ in range(80):
        half = (low + high) / 2
        low, high = (half, high) if np.sinh(half) / half < wanted else (low, half)
    a = flat / (2.0 * low)
    lowest = flat / 2 - a * float(np.arctanh(rise / length))
    x = np.linspace(0.0, flat, _FINE * count)
    z = a * (np.cosh((x - lowest) / a) - np.cosh(lowest / a))
    share = (x / flat)[:, None]
    return thinned(np.column_stack([one[:2] + share * (two - one)[:2], one[2] + z]), count)
