"""Copies of what stands on the ground: where, how large and how turned, by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats
from engine.view.geometry.noise import Numbers
from engine.view.geometry.relief import Relief

Draw = np.random.Generator


def luck(seed: int, kind: int) -> Draw:
    """Chance of its own for each kind of thing: how many there are of one moves no other."""
    return np.random.Generator(np.random.PCG64(seed + 1000 + kind))


def standing(
    relief: Relief,
    chance: Draw,
    spots: tuple[Numbers, Numbers],
    allowed: NDArray[np.bool_],
    *,
    most: int,
    apart: float,
    scales: tuple[float, float],
    sunk: float,
    small: float = 1.0,
    facing: float = 0.0,
) -> Floats:
    """Copies on the ground at the first allowed spots that are `apart` metres from each other, turned and sized by chance.

    `spots` are bearings and distances, `scales` the least and greatest size, `sunk` how deep they stand in
    the ground, metres at scale 1; `small` above 1 makes small ones common; `facing` ones look at the dock, to so many
    radians.
    """
    bearing, distance = spots
    kept = np.flatnonzero(allowed)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    cells = np.stack([x[kept] // apart, y[kept] // apart], -1).astype(np.int64)
    _, first = np.unique(cells[:, 0] * 100_003 + cells[:, 1], return_index=True)
    chosen = kept[np.sort(first)[:most]]
    scale = scales[0] + (scales[1] - scales[0]) * chance.random(len(chosen)) ** small
    low, high = (-facing, facing) if facing else (0.0, 2.0 * np.pi)
    turn = chance.uniform(low, high, len(chosen)) - (bearing[chosen] if facing else 0.0)
    copies = np.zeros((len(chosen), 4, 4), np.float32)
    copies[:, 0, 0] = copies[:, 1, 1] = np.cos(turn) * scale
    copies[:, 1, 0] = np.sin(turn) * scale
    copies[:, 0, 1] = -copies[:, 1, 0]
    copies[:, 2, 2] = scale * chance.uniform(0.88, 1.12, len(chosen))
    copies[:, 0, 3], copies[:, 1, 3] = x[chosen], y[chosen]
    copies[:, 2, 3] = relief.height(bearing[chosen], distance[chosen]) - sunk * scale
    copies[:, 3, 3] = 1.0
    return copies
