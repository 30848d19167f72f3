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
