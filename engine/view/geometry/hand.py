"""A glove for the hand that a controller or a tracker reports: one smooth shape, of no particular person.

The hand is a sum of rounded bones (capsules) that melt into each other: a signed distance, whose zero is meshed by surface
nets (Gibson, "Constrained Elastic Surface Nets", 1998). Lengths are metres, after a hand 0.185 m long and 0.082 m wide, about
the middle of adults' (Gordon et al., ANSUR II, 2014). The pose is that of a grip (`headset.inputs.Hand`): origin in the
middle of a fist around a rod, +y ahead over the knuckles, +z up towards the thumb.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Material, Mesh
from engine.view.geometry.surfaces import make_mesh
from headset.inputs import Side

Array = NDArray[np.float64]

CELL = 0.0032
"""Metres between samples of the shape."""

MELT = 0.007
"""Metres over which neighbouring bones flow together."""

GLOVE = Material("glove", colour=(0.40, 0.39, 0.37, 1.0), roughness=0.8)

# Right hand, held as if shaking hands: fingers ahead (+y), thumb up (+z), palm towards -x. From knuckle to tip, a finger's joints
# in its own plane: along y, and bent towards the palm; relaxed.
_FINGERS = (
    # knuckle (x, y, z), lengths of three bones, radius
    ((0.012, 0.030, 0.026), (0.040, 0.024, 0.020), 0.0090),
    ((0.014, 0.036, 0.006), (0.044, 0.028, 0.021), 0.0094),
    ((0.012, 0.032, -0.014), (0.041, 0.026, 0.020), 0.0088),
    ((0.007, 0.023, -0.032), (0.032, 0.019, 0.018), 0.0078),
)
_BEND = (28.0, 60.0, 85.0)
"""Degrees by which each bone of a relaxed finger is turned towards the palm, from the hand's direction."""


@cache
def glove(side: Side) -> Mesh:
    """The glove of one hand, in the axes of its grip."""
    bones = list(_bones())
    low = np.min([np.minimum(a, b) - max(r, s) for a, b, r, s in bones], axis=0) - 3 * CELL
    high = np.max([np.maximum(a, b) + max(r, s) for a, b, r, s in bones], axis=0) + 3 * CELL
    counts = np.ceil((high - low) / CELL).astype(int) + 1
    grid = np.stack(np.meshgrid(*(low[i] + CELL * np.arange(counts[i]) for i in range(3)), indexing="ij"), axis=-1)
    points, faces = _surface(_distance(grid, bones), low)
    step = 1e-4 * np.eye(3)
    normals = np.stack([_distance(points + step[i], bones) - _distance(points - step[i], bones) for i in range(3)], axis=-1)
    if side == "left":
        points, normals, faces = points * (-1, 1, 1), normals * (-1, 1, 1), faces[:, ::-1]
    return make_mesh(GLOVE, points, faces, normals=normals)


def _bones() -> list[tuple[Array, Array, float, float]]:
    """Capsules from point to point, with the radius at each end."""
    bones: list[tuple[Array, Array, float, float]] = []
    wrist = np.array((0.006, -0.062, -0.004))
    for knuckle, lengths, thick in _FINGERS:
        at, radius = np.array(knuckle), thick
        bones.append((wrist + (at - wrist) * (0.25, 0.12, 0.55), at, 0.0165, 0.0125))
        for length, bend in zip(lengths, np.radians(_BEND), strict=True):
            tip = at + length * np.array((-np.sin(bend), np.cos(bend), 0.0))
            bones.append((at, tip, radius * 1.04, radius * 0.94))
            at, radius = tip, radius * 0.94
    thumb = [
        np.array(p) for p in ((0.004, -0.040, 0.018), (-0.012, -0.008, 0.042), (-0.020, 0.022, 0.047), (-0.024, 0.046, 0.044))
    ]
    bones += [
        (a, b, r, s) for a, b, r, s in zip(thumb, thumb[1:], (0.0165, 0.0120, 0.0105), (0.0125, 0.0108, 0.0088), strict=False)
    ]
    ahead = np.array((0.0, 1.0, 0.0))
    bones.append((wrist - 0.030 * ahead, wrist + 0.006 * ahead, 0.0260, 0.0235))
    bones.append((wrist - 0.032 * ahead, wrist - 0.024 * ahead, 0.0300, 0.0300))
    return bones


def _distance(points: Array, bones: list[tuple[Array, Array, float, float]]) -> Array:
    """Metres to the surface, negative within (Quilez, "Distance functions", with his quadratic smooth minimum between bones)."""
    total = np.full(points.shape[:-1], 1.0)
    for a, b, r, s in bones:
        along = b - a
        share = np.clip(((points - a) @ along) / (along @ along), 0.0, 1.0)
        one = np.linalg.norm(points - a - share[..., None] * along, axis=-1) - (r + (s - r) * share)
        near = np.maximum(MELT - np.abs(total - one), 0.0) / MELT
        total = np.minimum(total, one) - near * near * MELT * 0.25
    return total


def _surface(field: Array, low: Array) -> tuple[Array, NDArray[np.uint32]]:
    """Vertices and triangles of the field's zero: a vertex in each cell that it crosses, a quad across each edge that it cuts."""
    inside = field < 0
    ends = (slice(None, -1), slice(1, None))
    corners = np.stack([inside[x, y, z] for x in ends for y in ends for z in ends])
    mixed = corners.any(0) & ~corners.all(0)
    cells = np.argwhere(mixed)
    index = np.full(mixed.shape, -1)
    index[mixed] = np.arange(len(cells))
    total, count = np.zeros((len(cells), 3)), np.zeros((len(cells), 1))
    quads: list[Array] = []
    for axis in range(3):
        step = np.eye(3, dtype=int)[axis]
        one, two = (axis + 1) % 3, (axis + 2) % 3
        for u in (0, 1):
            for v in (0, 1):
                start = cells + u * np.eye(3, dtype=int)[one] + v * np.eye(3, dtype=int)[two]
                f0, f1 = field[tuple(start.T)], field[tuple((start + step).T)]
                cut = (f0 < 0) != (f1 < 0)
                share = np.where(cut, f0 / np.where(cut, f0 - f1, 1.0), 0.0)
                total += np.where(cut[:, None], start + share[:, None] * step, 0.0)
                count += cut[:, None]
        edges = np.argwhere(np.diff(inside.astype(int), axis=axis) != 0)
        back = [
            edges - i * np.eye(3, dtype=int)[one] - j * np.eye(3, dtype=int)[two] for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))
        ]
        ring = np.stack([index[tuple(each.T)] for each in back], axis=1)
        leaves = inside[tuple(edges.T)]
        quads.append(np.where(leaves[:, None], ring, ring[:, ::-1]))
    points = low + CELL * total / np.maximum(count, 1)
    quad = np.concatenate(quads)
    return points, np.concatenate([quad[:, (0, 1, 2)], quad[:, (0, 2, 3)]]).astype(np.uint32)
