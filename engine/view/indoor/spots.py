"""Which room points are in, and the light of what moves freely: known at the points of a grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Mesh
from engine.view.geometry.room import Shell
from engine.world import World

GRID = (0.6, 0.6, 0.7)
"""Metres between the points at which the light of what moves freely is known."""

STEP = 0.05
"""Metres that a thing moves before it takes on the light of its new place."""

_CORNERS = np.array(list(np.ndindex(2, 2, 2)))


def some_triangles(mesh: Mesh, mine: NDArray[np.bool_]) -> Mesh:
    """The triangles of a mesh that are wanted."""
    used, triangles = np.unique(mesh.triangles[mine], return_inverse=True)
    parts = {name: getattr(mesh, name)[used] for name in ("positions", "normals", "tangents", "uvs", "colours")}
    return Mesh(mesh.material, triangles=triangles.reshape(-1, 3).astype(np.uint32), **parts)


def nearest_room(points: Floats, shells: Sequence[Shell]) -> NDArray[np.int64]:
    """Which of some rooms each point is in, or nearest to."""
    away = [
        np.maximum(np.maximum(np.array(shell.room.low) - points, points - np.array(shell.room.high)), 0.0) for shell in shells
    ]
    return np.asarray(np.stack([(one**2).sum(1) for one in away]).argmin(0), np.int64)


def bounds_of(world: World) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Low and high corners of all that stands in a world, openings left out."""
    found = []
    for name, body in world.bodies.items():
        if body.card.kind in ("opening", "environment", "sound"):
            continue
        width, depth, height = (length / 2 for length in body.size)
        for copy in body.copies:
            place = world.places[name] @ copy
            points = [place.point((x, y, z)) for x in (-width, width) for y in (-depth, depth) for z in (0.0, 2 * height)]
            found.append((tuple(map(min, zip(*points, strict=True))), tuple(map(max, zip(*points, strict=True)))))
    return found


def centre(shell: Shell) -> tuple[float, float, float]:
    """The middle of a room's air."""
    x, y, z = shell.room.origin
    return (x, y, z + shell.room.size[2] * 0.5)


def grid_of(shell: Shell) -> tuple[Floats, tuple[int, int, int]]:
    """Points spread over a room, and how many along each axis."""
    axes = []
    for low, high, step in zip(shell.room.low, shell.room.high, GRID, strict=True):
        count = max(2, int((high - low) / step) + 1)
        axes.append(low + (np.arange(count) + 0.5) * (high - low) / count)
    points = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)
    return points.astype(np.float32), (len(axes[0]), len(axes[1]), len(axes[2]))


def light_at(shell: Shell, grid: Floats, sight: Floats, points: Floats) -> tuple[Floats, Floats]:
    """The light at n points (n x 3), between those of a room's grid round each: n x 6 x 4 and n x panels; `grid` is
    cells x 6 x 4, `sight` cells x panels."""
    cells = np.array(grid.shape[:3])
    low, high = np.array(shell.room.low), np.array(shell.room.high)
    at = np.clip((points - low) / (high - low) * cells - 0.5, 0.0, cells - 1.001)
    first = at.astype(int)
    share = at - first
    ambient, seen = np.zeros((len(points), 6, 4), np.float32), np.zeros((len(points), sight.shape[-1]), np.float32)
    for corner in _CORNERS:
        x, y, z = np.where(corner == 1, share, 1 - share).T
        weight = (x * y * z).astype(np.float32)
        i, j, k = (first + corner).T
        ambient += weight[:, None, None] * grid[i, j, k]
        seen += weight[:, None] * sight[i, j, k]
    return ambient, seen


def vectors(count: int) -> p3d.PTA_LVecBase4f:
    """An array of shader vectors, all 0."""
    vectors = p3d.PTA_LVecBase4f.empty_array(count)
    for index in range(count):
        vectors.set_element(index, p3d.LVecBase4f(0))
    return vectors
