"""How high the land stands before the sun: what no shadow map reaches, for mountains throw shadows over kilometres.

A square map whose columns lie along the sun's bearing, from behind to before: the tangent of the horizon towards the sun as seen
from the ground, 1 / metres to the crest that makes it, and the ground's height in metres.
"""

from __future__ import annotations

import math

import numpy as np

from engine.view.cache import kept
from engine.view.geometry.mesh import Floats
from engine.view.geometry.relief import Relief

SIDE = 448
"""Cells in each direction."""

HALF = 7400.0
"""Metres from the origin to the map's edges; what stands further away throws no shadow on what is looked at."""

LONGER = 1.09
"""Each step towards the sun is so much longer than the last, once steps are longer than a cell."""


def build_horizon(seed: int, bearing_deg: float) -> Floats:
    """The map of a landscape for a sun at a bearing, `SIDE` x `SIDE` x 3; row 0 is left of the sun, column 0 furthest from it."""
    made = kept(__name__, [seed, float(bearing_deg)], lambda: {"map": horizon_of(_heights(seed, bearing_deg), 2 * HALF / SIDE)})
    return np.asarray(made["map"], np.float32)


def horizon_of(height: Floats, cell: float) -> Floats:
    """The map for heights in metres whose columns lie towards the sun, `cell` metres apart. No land lies beyond the edge."""
    columns = height.shape[1]
    steepest = np.full(height.shape, -1.0, np.float32)
    nearness = np.zeros(height.shape, np.float32)
    crests = _softened(height)
    step, reach = 1, 1.0
    while step < columns:
        rise = (crests[:, step:] - height[:, :-step]) / np.float32(step * cell)
        higher = rise > steepest[:, :-step]
        steepest[:, :-step] = np.where(higher, rise, steepest[:, :-step])
        nearness[:, :-step] = np.where(higher, np.float32(1.0 / (step * cell)), nearness[:, :-step])
        reach *= LONGER
        step = max(step + 1, int(reach))
    return np.stack([steepest, nearness, height], -1).astype(np.float32)


def _softened(height: Floats) -> Floats:
    """Heights as the mesh has them, without the sharpest crests: else land would hide a sun that one still sees."""
    edged = np.pad(height, 1, mode="edge")
    across = 0.25 * edged[:, :-2] + 0.5 * edged[:, 1:-1] + 0.25 * edged[:, 2:]
    return np.asarray(0.25 * across[:-2] + 0.5 * across[1:-1] + 0.25 * across[2:], np.float32)


def _heights(seed: int, bearing_deg: float) -> Floats:
    ahead, aside = np.meshgrid((np.arange(SIDE) + 0.5) / SIDE * 2 * HALF - HALF, (np.arange(SIDE) + 0.5) / SIDE * 2 * HALF - HALF)
    bearing = math.radians(bearing_deg)
    east = ahead * math.sin(bearing) + aside * math.cos(bearing)
    north = ahead * math.cos(bearing) - aside * math.sin(bearing)
    return np.maximum(Relief(seed).height(np.arctan2(east, north), np.hypot(east, north)), 0.0)
