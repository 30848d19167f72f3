"""The traced light of parts that joints move: kept as how it compares with the light all round, and followed to where they go.

What was traced for a vertex is divided by what comes from the side that it faced then; the shader multiplies it by what comes
from the side that it faces now (`room.glsl`, TURNS). At rest both cancel out; how open a vertex lies stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.mesh import Floats
from engine.view.indoor.pieces import Piece

STEP = 0.05
"""Metres that a part moves before it takes on the light of its new place."""

MOST = 4.0
"""Times that a vertex may be lighter than what comes from its side: beyond, the grid is too coarse there to say."""


def from_round(ambient: Floats, normals: Floats) -> Floats:
    """What arrives on sides that face n normals of light from +x, -x, +y, -y, +z, -z (6 x rgb…), n x 3; as `room.glsl` has it."""
    squared = normals**2
    found = np.zeros((len(normals), 3), np.float32)
    for axis in range(3):
        found += squared[:, axis, None] * ambient[np.where(normals[:, axis] < 0.0, 2 * axis + 1, 2 * axis), :3]
    return found


def compared(bounce: Floats, ambient: Floats, normals: Floats) -> Floats:
    """Traced light (n x 4: lux, openness) as shares of the light all round."""
    share = bounce[:, :3] / np.maximum(from_round(ambient, normals), 1e-3)
    return np.column_stack([np.minimum(share, MOST), bounce[:, 3]]).astype(np.float32)


def lightest(
    pieces: Sequence[Piece], out: Sequence[Piece], bounces: list[Floats], seen: list[Floats]
) -> list[tuple[Floats, Floats]]:
    """Traced light at the vertices of pieces: of those drawn `out`, whose light at the other end of their joints follows that of
    all `pieces`, whichever is lighter. What one end hides is seen at the other only."""
    lit = list(zip(bounces, seen, strict=True))
    found = dict(zip(pieces, lit, strict=False))
    for piece, (bounce, sight) in zip(out, lit[len(pieces) :], strict=True):
        first, second = found[piece]
        found[piece] = (np.maximum(first, bounce), np.maximum(second, sight))
    return list(found.values())


class Middle:
    """Where the parts of a joint's node are in the scene."""

    def __init__(self, node: p3d.NodePath, root: p3d.NodePath, scene: Floats, points: Floats) -> None:
        self.node, self.root = node, root
        middle = (points.min(0) + points.max(0)) / 2
        local = np.linalg.inv(scene) @ np.append(middle, 1.0)
        self.start = (float(middle[0]), float(middle[1]), float(middle[2]))
        self._local = p3d.LPoint3f(float(local[0]), float(local[1]), float(local[2]))
        self._lit = self.start

    def moved(self) -> tuple[float, float, float] | None:
        """Where it is now, if that is some way from where this last said."""
        x, y, z = self.node.get_mat(self.root).xform_point(self._local)
        if max(abs(a - b) for a, b in zip((x, y, z), self._lit, strict=True)) < STEP:
            return None
        self._lit = (x, y, z)
        return self._lit
