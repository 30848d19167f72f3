"""Light at the vertices of flat pieces, evened out: what is traced in a few directions differs from one vertex to the next by
steps that a panel would show as patches.

A face of a room has its light blurred as softly as shadows are (`softening`); a piece's vertices lie anyhow, so each takes
on some of the light of those it shares an edge with, if they look the same way and are near.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Mesh

TIMES = 3
"""Rounds: light goes over so many edges, at most."""

NEAR = 0.06
"""Metres: along an edge of this length 37 % of the light is shared, along longer ones little: real shadows are kept."""

TURNED = 0.94
"""Cosine of the angle, 20 degrees, from which on two vertices do not lie on one even piece."""


def evened(mesh: Mesh, bounce: NDArray[np.float32], seen: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Light by way of walls and how much is seen of each panel (n x 4 each) at a mesh's n vertices, evened out over their
    neighbours. Lengths are the mesh's own."""
    faces = mesh.triangles.astype(np.int64)
    one = np.concatenate([faces[:, 0], faces[:, 1], faces[:, 2]])
    two = np.concatenate([faces[:, 1], faces[:, 2], faces[:, 0]])
    far = ((mesh.positions[one] - mesh.positions[two]) ** 2).sum(1)
    alike = (mesh.normals[one] * mesh.normals[two]).sum(1) > TURNED
    near = alike & (far < (3.0 * NEAR) ** 2)
    one, two = one[near], two[near]
    weight = np.exp(-far[near].astype(np.float64) / NEAR**2)
    count = len(mesh.positions)
    whole = 1.0 + np.bincount(one, weight, count) + np.bincount(two, weight, count)
    values = np.concatenate([bounce, seen], axis=1).astype(np.float64)
    for _ in range(TIMES):
        for channel in range(values.shape[1]):
            v = values[:, channel]
            shared = np.bincount(one, weight * v[two], count) + np.bincount(two, weight * v[one], count)
            values[:, channel] = (v + shared) / whole
    even, sight = np.split(values.astype(np.float32), [bounce.shape[1]], axis=1)
    return even, sight
