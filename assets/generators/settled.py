"""How slack cloth settles: particles of a sheet with more cloth than its shape needs, under their weight, on what is below.

Position-based dynamics (Müller et al., "Position Based Dynamics", 2007): cloth falls, and is drawn back until its threads have
their lengths, its diagonals hardly shear, and it is not bent more sharply than its stuff lets it. Metres, rows x columns x 3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assets.generators.shapes import Array

_FALL = 0.00003
"""Metres that a free particle gains on its fall in a step: little, for thick cloth holds itself up."""
_KEEPS = 0.88
"""What a step leaves of the speed: air and the cloth's own friction."""
_RUBS = 0.10
"""What is left of its way along what it lies on, in each step."""


@dataclass(frozen=True)
class _Bond:
    """Pairs of particles `reach` rows or columns apart (or along a diagonal), which keep their distance with some strength."""

    first: tuple[slice, slice]
    second: tuple[slice, slice]
    rest: Array
    pull: float
    push: float


def settled(start: Array, slack: tuple[Array, Array], free: Array, outside: Callable[[Array], Array], steps: int) -> Array:
    """Where the particles come to lie.

    `slack`: by what share the cloth is longer than `start` along its rows and along its columns; `free`, rows x columns, 0 where
    it is held and 1 where not; `outside` moves points out of what the cloth lies on.
    """
    bonds = [bond for row, column, pull, push in _KINDS for bond in _bonds(start, slack, (row, column), pull, push)]
    here, before = start.copy(), start.copy()
    loose = free[..., None]
    for _ in range(steps):
        speed = (here - before) * _KEEPS
        before = here.copy()
        here = here + loose * (speed - np.array((0.0, 0.0, _FALL)))
        for _ in range(3):
            for bond in bonds:
                _draw(here, bond, free)
        there = outside(here)
        touches = np.linalg.norm(there - here, axis=-1, keepdims=True) > 1e-7
        there[..., :2] = np.where(touches, before[..., :2] + _RUBS * (there[..., :2] - before[..., :2]), there[..., :2])
        here = np.where(loose > 0.0, outside(there), start)
    return here


_KINDS = (
    (0, 1, 1.0, 1.0), (1, 0, 1.0, 1.0), (1, 1, 0.25, 0.25), (1, -1, 0.25, 0.25),
    (0, 3, 0.0, 0.20), (3, 0, 0.0, 0.20), (0, 7, 0.0, 0.35), (7, 0, 0.0, 0.35),
)  # fmt: skip
"""Rows and columns between the ends of a bond, and how much of its error is mended where it is too long and too short."""


def _bonds(start: Array, slack: tuple[Array, Array], way: tuple[int, int], pull: float, push: float) -> list[_Bond]:
    """All bonds of one kind, in sets of which none has a particle twice."""
    rows, columns = start.shape[:2]
    down, right = way
    reach = max(abs(down), abs(right))
    more = slack[0] if down == 0 else slack[1] if right == 0 else 0.5 * (slack[0] + slack[1])
    found = []
    for phase in range(2 * reach):
        if down:
            first = slice(phase, rows - down, 2 * reach), slice(max(0, -right), columns - max(0, right))
            second = slice(phase + down, rows, 2 * reach), slice(max(0, right), columns - max(0, -right))
        else:
            first = slice(0, rows), slice(phase, columns - right, 2 * reach)
            second = slice(0, rows), slice(phase + right, columns, 2 * reach)
        rest = np.linalg.norm(start[second] - start[first], axis=-1) * (1.0 + more[second])
        found.append(_Bond(first, second, rest, pull, push))
    return found


def _draw(here: Array, bond: _Bond, free: Array) -> None:
    """Mend a set of bonds in place."""
    a, b = here[bond.first], here[bond.second]
    way = b - a
    long = np.linalg.norm(way, axis=-1)
    off = long - bond.rest
    wa, wb = free[bond.first], free[bond.second]
    share = np.where(off > 0.0, bond.pull, bond.push) * off / (np.maximum(long, 1e-9) * np.maximum(wa + wb, 1e-9))
    here[bond.first] = a + (share * wa)[..., None] * way
    here[bond.second] = b - (share * wb)[..., None] * way
