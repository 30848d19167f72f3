"""Parts come back from the disk as they were, what they shared shared again."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.stored import put_parts, take_parts
from tests.view.conftest import box_mesh

OAK = Material("wood", (0.5, 0.4, 0.3, 1.0), 0.25, 0.5, alpha="mask", two_sided=True, colour_map=np.full((2, 2, 4), 9, np.uint8))
WOOD = replace(OAK, scatter=(3e-3, 2e-3, 1e-3))


def test_parts_come_back_as_they_were() -> None:
    one, other = (box_mesh((0.0, 0.0, 0.0), (size, 1.0, 1.0), WOOD) for size in (1.0, 2.0))
    parts = [
        Part("leg", one, HERE, sway=0.1, casts=False, joint="knee"),
        Part("top", other, np.repeat(HERE, 3, 0), follows="scale", screen="main", shines="flux"),
        Part("leg", one, HERE),
    ]
    found = take_parts(put_parts(parts))
    for before, after in zip(parts, found, strict=True):
        for field in fields(Part):
            if field.name not in ("mesh", "copies"):
                assert getattr(after, field.name) == getattr(before, field.name)
        assert np.array_equal(after.copies, before.copies)
        for field in fields(before.mesh):
            if field.name != "material":
                assert np.array_equal(getattr(after.mesh, field.name), getattr(before.mesh, field.name))
    assert found[0].mesh is found[2].mesh
    material = found[0].mesh.material
    assert material is found[1].mesh.material
    assert repr(material) == repr(WOOD)
    assert np.array_equal(material.colour_map, WOOD.colour_map)  # type: ignore[arg-type]
    assert material.normal_map is None
