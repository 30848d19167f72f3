"""Parts as plain arrays and back: what `engine.view.cache` keeps of models and landscapes that took long to make.

Meshes, materials and textures that were shared are shared again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.view.cache import Array, Arrays
from engine.view.geometry.mesh import Material, Mesh, Part

_MAPS = ("colour_map", "normal_map", "surface_map", "emissive_map")
_PLAIN = ("name", "metallic", "roughness", "alpha", "two_sided", "leafy", "unlit", "rugged", "crisp")
_TUPLES = ("colour", "emissive", "scatter")
_SHAPE = ("positions", "normals", "tangents", "uvs", "colours", "triangles")
_SAID = ("name", "follows", "sway", "casts", "mirrored", "joint", "screen", "shines")
_TABLE = "table"


def put_parts(parts: Sequence[Part]) -> Arrays:
    """Parts as arrays by name."""
    arrays: dict[int, Array] = {}
    materials: dict[int, dict[str, Any]] = {}
    meshes: dict[int, dict[str, Any]] = {}

    def number(array: Array) -> int:
        """The place of an array among all."""
        arrays.setdefault(id(array), array)
        return list(arrays).index(id(array))

    for part in parts:
        mesh, material = part.mesh, part.mesh.material
        if id(material) not in materials:
            maps = {name: number(each) for name in _MAPS if (each := getattr(material, name)) is not None}
            materials[id(material)] = {name: getattr(material, name) for name in (*_PLAIN, *_TUPLES)} | {"maps": maps}
        if id(mesh) not in meshes:
            shape = {name: number(getattr(mesh, name)) for name in _SHAPE}
            meshes[id(mesh)] = {"material": list(materials).index(id(material)), **shape}
    listed = [
        {name: getattr(part, name) for name in _SAID} | {"mesh": list(meshes).index(id(part.mesh)), "copies": number(part.copies)}
        for part in parts
    ]
    table = json.dumps({"materials": list(materials.values()), "meshes": list(meshes.values()), "parts": listed}).encode()
    return {_TABLE: np.frombuffer(table, np.uint8)} | {str(index): array for index, array in enumerate(arrays.values())}


def take_parts(arrays: Arrays) -> list[Part]:
    """The parts that `put_parts` was given; their arrays may be read-only."""
    table = json.loads(arrays[_TABLE].tobytes())
    materials = []
    for one in table["materials"]:
        maps: dict[str, Any] = {name: arrays[str(index)] for name, index in one.pop("maps").items()}
        said: dict[str, Any] = {name: tuple(one.pop(name)) for name in _TUPLES}
        materials.append(Material(**said, **one, **maps))
    meshes = []
    for one in table["meshes"]:
        material = materials[one.pop("material")]
        shape: dict[str, Any] = {name: arrays[str(index)] for name, index in one.items()}
        meshes.append(Mesh(material, **shape))
    return [
        Part(mesh=meshes[one.pop("mesh")], copies=arrays[str(one.pop("copies"))], **one)  # type: ignore[arg-type]
        for one in table["parts"]
    ]
