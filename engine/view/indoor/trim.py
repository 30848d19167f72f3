"""What trims a room, as pieces to be lit: of mouldings along walls each vertex has its place on the room's light map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Floats
from engine.view.geometry.mouldings import RAIL_NAME, SKIRTING_NAME
from engine.view.geometry.room import ON_WALLS, Face, Shell
from engine.view.indoor.lightmap import Layout
from engine.view.indoor.pieces import Piece


def trim_of(shell: Shell, looks: Looks, layout: Layout) -> list[Piece]:
    """The pieces of a room's trim."""
    name, base = shell.room.name, np.eye(4, dtype=np.float32)
    return [
        Piece(
            part.mesh, part.copies[0], base, None, looks(part), name, part.name in ON_WALLS,
            on_wall=on_wall(layout, part.mesh.positions) if part.name in (RAIL_NAME, SKIRTING_NAME) else None,
        )
        for part in shell.trim
    ]  # fmt: skip


def on_wall(layout: Layout, points: Floats) -> Floats:
    """Where n points of a moulding (n x 3) lie on a light map, n x 2: on the wall that it runs along."""
    return layout.uvs(_along(layout.faces, points), points)


def _along(faces: Sequence[Face], points: Floats) -> Face:
    """The wall that points are nearest to."""
    walls = [face for face in faces if face.is_wall]
    return min(walls, key=lambda wall: float(np.abs((points - wall.corner) @ wall.inward).mean()))
