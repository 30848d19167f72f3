"""Stages to draw on, and simple things to draw."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.view.geometry.mesh import HERE, Material, Mesh, Part
from engine.view.geometry.surfaces import make_mesh
from engine.view.stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """An empty stage."""
    one = Stage()
    yield one
    one.close()


def box(
    low: tuple[float, float, float], high: tuple[float, float, float], colour: tuple[float, float, float] = (0.5, 0.5, 0.5)
) -> Part:
    """A rough box between two corners."""
    return Part("box", box_mesh(low, high, Material("box", (*colour, 1.0))), HERE)


def box_mesh(low: tuple[float, float, float], high: tuple[float, float, float], material: Material) -> Mesh:
    """A box's six sides, each with corners of its own."""
    points: list[list[float]] = []
    faces: list[tuple[int, int, int]] = []
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        for side in (0, 1):
            first = len(points)
            for a, b in ((0, 0), (1, 0), (1, 1), (0, 1)):
                point = [0.0, 0.0, 0.0]
                point[axis], point[one], point[two] = (low, high)[side][axis], (low, high)[a][one], (low, high)[b][two]
                points.append(point)
            corners = (first, first + 1, first + 2, first + 3) if side else (first, first + 3, first + 2, first + 1)
            faces += [(corners[0], corners[1], corners[2]), (corners[0], corners[2], corners[3])]
    return make_mesh(material, np.array(points), np.array(faces))
