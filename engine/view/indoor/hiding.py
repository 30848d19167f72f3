"""What of a room hides light: what is solid wholly, what is clear a little; and what lies so flat on the floor that it is lit as
the floor is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Mesh, Part
from engine.view.geometry.room import Shell
from engine.view.indoor.contact import LAID
from engine.view.indoor.pieces import Piece
from engine.view.render.clear import is_gas

Stood = tuple[Floats, Mesh]
"""A mesh, and where its vertices are in the scene."""

SPREAD = 0.05
"""Square metres of a thing's upper face from which on it is a rug, and not the foot of something."""

WIRE = (0.012, 0.0025)
"""Square metres of a wire's surface, at most; and metres of its volume by its surface: half the radius of a round one."""


@dataclass(frozen=True, eq=False)
class Things:
    """Corners n x 3 in the scene, and triangles of them (k x 3): of what is `solid`, of what is `clear`, and of what is `laid` on
    the floor."""

    points: Floats
    solid: NDArray[np.uint32]
    clear: NDArray[np.uint32]
    laid: NDArray[np.uint32]


def things_of(solid: Sequence[Stood], clear: Sequence[Stood], laid: Sequence[Stood]) -> Things:
    """All of a room's things."""
    points, faces = together([*solid, *clear, *laid])
    ends = np.cumsum([sum(len(mesh.triangles) for _, mesh in some) for some in (solid, clear)])
    return Things(points, *np.split(faces, ends))


def together(stood: Sequence[Stood]) -> tuple[Floats, NDArray[np.uint32]]:
    """Corners and triangles of meshes, one after the other."""
    first = np.cumsum([0, *(len(at) for at, _ in stood)])
    faces = [mesh.triangles + np.uint32(start) for (_, mesh), start in zip(stood, first[:-1], strict=True)]
    corners = np.concatenate([np.zeros((0, 3), np.float32), *(at for at, _ in stood)])
    return corners, np.concatenate([np.zeros((0, 3), np.uint32), *faces])


def clear_in(shell: Shell, part: Part, place: Floats) -> list[Stood]:
    """What of a clear part, its body standing at a 4 x 4 place, hides light in a room: not what glows, and not panes in its
    walls, whose light is what comes past them."""
    if is_gas(part.mesh.material):
        return []
    points = [part.mesh.positions @ turn[:3, :3].T + turn[:3, 3] for turn in place @ part.copies]
    low, high = np.array(shell.room.low), np.array(shell.room.high)
    inside = [at for at in points if ((at.mean(0) > low) & (at.mean(0) < high)).all()]
    return [(np.asarray(at, np.float32), part.mesh) for at in inside]


def is_wire(mesh: Mesh) -> bool:
    """Whether a mesh is a wire, a tube or a strap: too thin for the few looks of a live shadow, which would draw it as many faint
    lines. A sheet is thin too, and wide."""
    a, b, c = (mesh.positions[mesh.triangles[:, corner]].astype(np.float64) for corner in range(3))
    area = float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum()) / 2
    volume = abs(float((np.cross(a, b) * c).sum())) / 6
    return area < WIRE[0] and volume < WIRE[1] * area


def lies_flat(piece: Piece, at: Floats, shell: Shell) -> bool:
    """Whether a piece, its vertices `at` places in the scene, lies on a room's floor as a rug does: thinner than a floor's light
    can tell, and wide."""
    low, high = np.array(shell.room.low), np.array(shell.room.high)
    within = (at[:, :2] >= low[:2]) & (at[:, :2] <= high[:2])
    if piece.parent is not None or at[:, 2].max() > low[2] + LAID or not within.all():
        return False
    a, b, c = (at[piece.mesh.triangles[:, corner]] for corner in range(3))
    return float(np.maximum(np.cross(b - a, c - a)[:, 2], 0.0).sum()) / 2 > SPREAD
