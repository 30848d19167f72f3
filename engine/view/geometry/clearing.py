"""Room for rooms: a landscape without what would stand inside a house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Part

CLEAR = 1.2
"""Metres round a room that trees and rocks keep away."""

Corner = Sequence[float]


def without(parts: Sequence[Part], place: NDArray[np.float32], boxes: Sequence[tuple[Corner, Corner]]) -> list[Part]:
    """Parts of a landscape that stands at a 4 x 4 `place` without what would stand in rooms (boxes of low and high corners): of
    the land the triangles whose middles lie over their floors, of what is strewn over it the copies whose feet do."""
    kept: list[Part] = []
    for part in parts:
        copies = place @ part.copies
        if len(copies) > 1 or part.sway > 0.0:
            free = ~_inside(copies[:, :3, 3], boxes, CLEAR)
            if free.any():
                kept.append(replace(part, copies=part.copies[free]))
            continue
        middles = part.mesh.positions[part.mesh.triangles].mean(1) @ copies[0, :3, :3].T + copies[0, :3, 3]
        free = ~_inside(middles, boxes, 0.0)
        kept.append(part if free.all() else replace(part, mesh=replace(part.mesh, triangles=part.mesh.triangles[free])))
    return kept


def _inside(points: NDArray[np.floating], boxes: Sequence[tuple[Corner, Corner]], wider: float) -> NDArray[np.bool_]:
    found = np.zeros(len(points), bool)
    for low, high in boxes:
        found |= np.all((points[:, :2] > np.array(low[:2]) - wider) & (points[:, :2] < np.array(high[:2]) + wider), axis=1)
    return found
