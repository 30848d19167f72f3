"""Normals, tangents and small arrays that every maker of meshes needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Material, Mesh

Triangles = NDArray[np.uint32]


def unit(vectors: NDArray[np.floating]) -> Floats:
    """Each row scaled to length 1; rows of length 0 become +z."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    whole = np.where(lengths > 1e-12, vectors / np.maximum(lengths, 1e-12), np.array((0.0, 0.0, 1.0)))
    return whole.astype(np.float32)


def smooth_normals(positions: NDArray[np.floating], triangles: NDArray[np.integer]) -> Floats:
    """Unit normals of vertices: the mean of their triangles' normals, weighted by area."""
    corners = positions[triangles].astype(np.float64)
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat = triangles.ravel()
    total = [np.bincount(flat, np.repeat(faces[:, axis], 3), len(positions)) for axis in range(3)]
    return unit(np.stack(total, axis=1))


def tangents(positions: Floats, normals: Floats, uvs: Floats, triangles: NDArray[np.integer]) -> Floats:
    """Tangents along growing u, orthogonal to the normals; w = 1 where cross(n, t) follows growing v, else -1.

    Where the uvs say nothing (no area) any orthogonal direction is given, so that a shader never divides by nothing.
    """
    p, t = positions[triangles].astype(np.float64), uvs[triangles].astype(np.float64)
    e1, e2 = p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]
    d1, d2 = t[:, 1] - t[:, 0], t[:, 2] - t[:, 0]
    area = d1[:, 0] * d2[:, 1] - d2[:, 0] * d1[:, 1]
    sign = np.sign(area)[:, None]
    along_u = (e1 * d2[:, 1:] - e2 * d1[:, 1:]) * sign
    along_v = (e2 * d1[:, :1] - e1 * d2[:, :1]) * sign
    flat = triangles.ravel()
    sums = [np.bincount(flat, np.repeat(edge[:, axis], 3), len(positions)) for edge in (along_u, along_v) for axis in range(3)]
    u, v = np.stack(sums[:3], axis=1), np.stack(sums[3:], axis=1)
    u -= normals * np.sum(normals * u, axis=1, keepdims=True)
    helper = np.where(np.abs(normals[:, 2:]) < 0.9, np.array((0.0, 0.0, 1.0)), np.array((1.0, 0.0, 0.0)))
    spare = np.cross(normals.astype(np.float64), helper)
    u = np.where(np.linalg.norm(u, axis=1, keepdims=True) > 1e-12, u, spare)
    direction = unit(np.asarray(u, np.float64))
    hand = np.where(np.sum(np.cross(normals, direction) * v, axis=1) < 0.0, -1.0, 1.0)
    return np.column_stack([direction, hand]).astype(np.float32)


def make_mesh(
    material: Material,
    positions: NDArray[np.floating],
    triangles: NDArray[np.integer],
    *,
    normals: NDArray[np.floating] | None = None,
    uvs: NDArray[np.floating] | None = None,
    colours: NDArray[np.floating] | None = None,
) -> Mesh:
    """A mesh with what is left out filled in: smooth normals, uvs of 0, white unoccluded colours, tangents from the uvs."""
    p = np.ascontiguousarray(positions, dtype=np.float32)
    faces = np.ascontiguousarray(triangles, dtype=np.uint32)
    n = smooth_normals(p, faces) if normals is None else unit(normals)
    t = np.zeros((len(p), 2), np.float32) if uvs is None else np.ascontiguousarray(uvs, dtype=np.float32)
    c = np.ones((len(p), 4), np.float32) if colours is None else np.ascontiguousarray(colours, dtype=np.float32)
    return Mesh(material, p, n, tangents(p, n, t, faces), t, c, faces)
