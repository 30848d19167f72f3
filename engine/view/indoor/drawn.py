"""What is drawn in rooms, as a digest: equal digests, equal pictures. By it, what things mirror is found on the disk again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import Given
from engine.view.geometry.mesh import Part
from engine.view.stage import Stage
from engine.world import World


class Drawn:
    """A digest of parts and of where they stand, in the order in which they are noted."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._known: dict[int, NDArray[np.generic]] = {}
        """What was digested whole, by id; held, for an id is an object's own only while it lives."""

    def note(self, part: Part, places: Sequence[NDArray[np.float32]] = ()) -> None:
        """Take a part, its body standing at these places (4 x 4)."""
        mesh, material = part.mesh, part.mesh.material
        self._digest.update(repr((part.name, part.casts, part.joint, part.shines, material)).encode())
        for place in (part.copies, *places):
            self._digest.update(np.ascontiguousarray(place).data)
        shape = (mesh.positions, mesh.normals, mesh.uvs, mesh.colours, mesh.triangles)
        for array in (*shape, material.colour_map, material.normal_map, material.surface_map):
            if array is None or id(array) in self._known:
                self._digest.update(b"known" if array is not None else b"none")
                continue
            self._known[id(array)] = array
            self._digest.update(np.ascontiguousarray(array).data)

    def seen(self, stage: Stage, world: World, white: NDArray[np.float64], flux: Mapping[str, float]) -> list[Given]:
        """All that a picture of the rooms depends on: what was noted, what can be seen outside, and the light."""
        bodies = [repr((name, body.parameters, body.copies, world.places[name])) for name, body in world.bodies.items()]
        return [stage.renderer, repr(world.rooms), white, repr(flux), *bodies, self._digest.digest()]
