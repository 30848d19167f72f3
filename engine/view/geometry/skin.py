"""Meshes that go with bones: gloves that bend, controllers whose parts move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.bones import COUNT
from engine.view.geometry.geoms import geom
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import Floats, Mesh, Part

REACHES = 0.3
"""Metres around its node within which all of a hand, and of what it holds, is."""


class Bones:
    """COUNT bones, that are nowhere until they are put somewhere."""

    def __init__(self) -> None:
        self.shown = p3d.PTA_LMatrix4f.empty_array(COUNT)
        """As the shaders read them."""
        self._rows: NDArray[np.float32] = np.frombuffer(memoryview(self.shown).cast("B"), np.float32).reshape(COUNT, 4, 4)

    def put(self, matrices: NDArray[np.float32]) -> None:
        """Move them to where matrices (16 x 4 x 4, for row vectors) take them."""
        self._rows[:] = matrices


def attach_skin(parent: p3d.NodePath, meshes: Sequence[Mesh], going: Floats, looks: Looks, bones: Bones) -> p3d.NodePath:
    """Meshes of one material under a node; `going` is of each of their vertices two bones and the share of the second."""
    here = np.eye(4, dtype=np.float32)
    look = looks(Part(meshes[0].material.name, meshes[0], here[None], casts=False))
    made = p3d.GeomNode(look.name)
    made.add_geom(geom([(mesh, here) for mesh in meshes], tangents=look.maps, light={"bones": going}))
    made.set_bounds(p3d.BoundingSphere(p3d.LPoint3f(0), REACHES))
    made.set_final(True)
    path = parent.attach_new_node(made)
    look.wear(path, copies=0, sway=0.0, height=1.0, light=("BONES",))
    path.set_shader_input("bone", bones.shown)
    return path
