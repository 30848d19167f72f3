"""Rocks, and the ball they are cut from."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.view.geometry.leafage import SNOW
from engine.view.geometry.mesh import Floats, Material, Mesh
from engine.view.geometry.noise import noise
from engine.view.geometry.paint import stone, tiling
from engine.view.geometry.surfaces import Triangles, make_mesh, smooth_normals, unit


@lru_cache(maxsize=2)
def _stone(far: bool) -> Material:
    return replace(_stone(False), roughness=1.0) if far else tiling("rock", stone(256), 0.9)


def boulder(seed: int, frozen: bool, far: bool = False, times: int = 2) -> Mesh:
    """A rock about 1 m across, half sunk: a ball of 20 triangles, each cut into four so many times (320 in all), pressed flat by
    some planes and roughened. A `far` one, across the water, is wet and dark at its foot, and does not glint through mist."""
    chance = np.random.Generator(np.random.PCG64(seed))
    ball, faces = icosphere(times)
    points = ball.astype(np.float64)
    for _ in range(9):
        plane = unit(chance.normal(size=3) * (1.0, 1.0, 0.7))
        beyond = np.maximum(points @ plane - chance.uniform(0.62, 0.88), 0.0)
        points = points - 0.9 * beyond[:, None] * plane
    rough = noise(points[:, 0] * 1.9 + points[:, 2], points[:, 1] * 1.9 - points[:, 2], seed)
    points = points * (1.0 + 0.10 * rough[:, None]) * chance.uniform(0.42, 0.6, 3) * (1.0, 1.0, 0.75)
    normals = smooth_normals(points, faces)
    grey = np.array((0.215, 0.208, 0.196)) * (1.0 + 0.25 * rough[:, None]) * chance.uniform(0.8, 1.15)
    if far:
        grey *= 0.22 + 0.60 * np.clip((points[:, 2:] - 0.06) / 0.16, 0.0, 1.0)
    moss = np.clip((normals[:, 2:] - 0.55) * 2.2, 0.0, 1.0) * np.clip(0.4 + rough[:, None], 0.0, 1.0)
    top = np.array(SNOW) if frozen else np.array((0.060, 0.075, 0.026))
    colours = np.ones((len(points), 4), np.float32)
    colours[:, :3] = grey + (top - grey) * (np.clip((normals[:, 2:] - 0.35) * 3.0, 0.0, 1.0) if frozen else 0.7 * moss)
    colours[:, 3] = np.clip(0.62 + 0.9 * points[:, 2], 0.35, 1.0)
    uvs = np.column_stack([points[:, 0] + 0.7 * points[:, 2], points[:, 1] - 0.7 * points[:, 2]]) * 1.3
    return make_mesh(_stone(far), points, faces, normals=normals, uvs=uvs, colours=np.clip(colours, 0.0, 1.0))


def icosphere(times: int) -> tuple[Floats, Triangles]:
    """A unit ball of 20 triangles, each cut into four so many times."""
    golden = (1.0 + 5.0**0.5) / 2.0
    corners = [(-1, golden, 0), (1, golden, 0), (-1, -golden, 0), (1, -golden, 0), (0, -1, golden), (0, 1, golden)]
    corners += [(0, -1, -golden), (0, 1, -golden), (golden, 0, -1), (golden, 0, 1), (-golden, 0, -1), (-golden, 0, 1)]
    points = [tuple(float(each) for each in unit(np.array(corner, np.float64))) for corner in corners]
    faces = [(0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2), (10, 7, 6), (7, 1, 8)]
    faces += [(3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5), (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1)]
    for _ in range(times):
        halves: dict[tuple[int, int], int] = {}

        def half(a: int, b: int, halves: dict[tuple[int, int], int] = halves) -> int:
            key = (min(a, b), max(a, b))
            if key not in halves:
                halves[key] = len(points)
                points.append(tuple(float(each) for each in unit(np.add(points[a], points[b]))))
            return halves[key]

        cut = []
        for a, b, c in faces:
            ab, bc, ca = half(a, b), half(b, c), half(c, a)
            cut += [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
        faces = cut
    return np.array(points, np.float32), np.array(faces, np.uint32)
