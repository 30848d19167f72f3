"""Reads glTF 2.0 (.glb: nodes, meshes, metallic-roughness materials, textures) into `Part`s: our own models, and designers'.

glTF has y up and z ahead (its section 3.3); the engine has z up and y ahead. That turn is made here and, for the world, in
`engine.spec.modelfile`. Vertices may carry `_OCCLUSION`, an attribute of our own: 0–1, how much of the sky a vertex sees.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.spec.glb import Elements, Glb, ModelFileError, mapping, whole
from engine.spec.glb_nodes import FAN, STRIP, TRIANGLES, Drawn, drawn, primitives
from engine.spec.glb_surfaces import GlbMaterial, Layout, read_material
from engine.spec.modelfile import read_model
from engine.view.cache import kept
from engine.view.geometry.mesh import Material, Mesh, Part
from engine.view.geometry.pictures import Pictures, see_through, shades_over
from engine.view.geometry.stored import put_parts, take_parts
from engine.view.geometry.surfaces import make_mesh, unit

_AXES = np.array(((-1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)))
"""Engine axes = _AXES @ glTF axes: x right is glTF's -x, y ahead its z, z up its y. It is its own inverse."""
_TYPES = {"b": "i1", "B": "u1", "h": "i2", "H": "u2", "I": "u4", "f": "f4"}

PLAIN = Material("plain")
CLEAREST = 0.12
"""How much of what is behind it a clear material covers at least: one that covered nothing could not be seen."""

Numbers = NDArray[np.float64]


class ModelError(Exception):
    """A model cannot be used. The message is one sentence: which file, what is wrong, what to do."""


def read_glb(path: Path) -> list[Part]:
    """Every mesh of a file's scene: a part for each node and material, named as its node, standing where the node stands."""
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").digest()
    except OSError as problem:
        raise ModelError(f"{path} cannot be read ({problem.strerror}); check the name and the place of the file.") from problem
    return take_parts(kept(__name__, [content], lambda: put_parts(_read_glb(path))))


def _read_glb(path: Path) -> list[Part]:
    try:
        read_model(path)  # all that is wrong with a file is found there, before anything large is made
        with path.open("rb") as file:
            return _File.open(path.name, Glb(file)).parts()
    except OSError as problem:
        raise ModelError(f"{path} cannot be read ({problem.strerror}); check the name and the place of the file.") from problem
    except ModelFileError as fault:
        raise ModelError(f"{path.name} {fault.message}; {fault.remedy}.") from fault


@dataclass(frozen=True)
class _File:
    """One file, opened, and what has been made of it."""

    name: str
    glb: Glb
    shown: Sequence[Drawn]
    given: Mapping[int, GlbMaterial]
    pictures: Pictures
    materials: dict[int, Material] = field(default_factory=dict)
    meshes: dict[tuple[int, bool], list[Mesh]] = field(default_factory=dict)

    @classmethod
    def open(cls, name: str, glb: Glb) -> _File:
        """Its nodes and materials, read; no image and no vertex yet."""
        shown = drawn(glb)
        surfaces = [one for mesh in dict.fromkeys(each.mesh for each in shown) for one in primitives(glb, mesh)]
        used = dict.fromkeys(whole(one, "material") for one in surfaces if "material" in one)
        given = {index: read_material(glb, index) for index in used}
        return cls(name, glb, shown, given, Pictures.of(glb, name, given.values()))

    def parts(self) -> list[Part]:
        """All that it shows."""
        return [part for one in self.shown for part in self._node_parts(one)]

    def _node_parts(self, one: Drawn) -> list[Part]:
        place = np.array(one.place)
        mirrored = bool(np.linalg.det(place[:, :3]) < 0.0)
        turned = np.eye(4)
        turned[:3, :3] = _AXES @ place[:, :3] @ _AXES
        turned[:3, 3] = _AXES @ place[:, 3]
        if mirrored:
            turned = turned @ np.diag((-1.0, 1.0, 1.0, 1.0))
        if abs(np.linalg.det(turned[:3, :3])) < 1e-18:
            return []  # scaled to nothing, or to a plane: what has no inverse cannot be lit
        return [Part(one.name, mesh, turned[None].astype(np.float32)) for mesh in self._mesh(one.mesh, mirrored)]

    def _mesh(self, index: int, mirrored: bool) -> list[Mesh]:
        key = (index, mirrored)
        if key not in self.meshes:
            found = [self._primitive(each, mirrored) for each in primitives(self.glb, index)]
            self.meshes[key] = [mesh for mesh in found if mesh is not None]
        return self.meshes[key]

    def _primitive(self, primitive: Mapping[str, Any], mirrored: bool) -> Mesh | None:
        attributes = mapping(primitive["attributes"])
        positions = self._vectors(attributes["POSITION"]) @ _AXES.T
        triangles = self._triangles(primitive, len(positions))
        if not len(triangles):
            return None
        given = self.given[primitive["material"]] if "material" in primitive else GlbMaterial("plain")
        normals = unit(self._vectors(attributes["NORMAL"]) @ _AXES.T) if "NORMAL" in attributes else None
        tangents = self._vectors(attributes["TANGENT"]) if "TANGENT" in attributes else None
        uvs = self._coordinates(attributes, given.layout, len(positions))
        colours = self._colours(attributes, given, len(positions))
        if normals is None:  # each face is flat (section 3.7.2.1), and has its own vertices
            flat = triangles.ravel()
            positions, uvs, colours, tangents = positions[flat], uvs[flat], colours[flat], None
            triangles = np.arange(len(flat), dtype=np.uint32).reshape(-1, 3)
        mirror = np.array((-1.0, 1.0, 1.0)) if mirrored else np.ones(3)
        mesh = make_mesh(
            self._material(primitive),
            positions * mirror,
            triangles[:, ::-1] if mirrored else triangles,
            normals=None if normals is None else normals * mirror,
            uvs=uvs,
            colours=np.clip(colours, 0.0, 1.0),
        )
        if tangents is not None and not mirrored:
            mesh.tangents[:] = np.column_stack([unit(tangents[:, :3] @ _AXES.T), np.where(tangents[:, 3] < 0.0, -1.0, 1.0)])
        return mesh

    def _triangles(self, primitive: Mapping[str, Any], count: int) -> NDArray[np.uint32]:
        """Corners, three by three, whatever the mode (section 3.7.2.1)."""
        corners = np.arange(count, dtype=np.uint32)
        if "indices" in primitive:
            corners = _stored(self.glb.elements(primitive["indices"])).ravel().astype(np.uint32)
        mode = whole(primitive, "mode", TRIANGLES)
        if mode == TRIANGLES:
            return corners.reshape(-1, 3)
        faces = np.arange(max(len(corners) - 2, 0))
        if mode == FAN:
            return np.column_stack([corners[faces + 1], corners[faces + 2], np.full(len(faces), corners[:1], np.uint32)])
        assert mode == STRIP, mode
        odd = faces % 2
        return np.column_stack([corners[faces], corners[faces + 1 + odd], corners[faces + 2 - odd]])

    def _coordinates(self, attributes: Mapping[str, Any], layout: Layout, count: int) -> Numbers:
        """Texture coordinates with v up from the bottom; glTF's v goes down from the top (section 3.8.3)."""
        name = f"TEXCOORD_{layout.coordinates}"
        if name not in attributes:
            return np.zeros((count, 2))
        uvs = self._vectors(attributes[name]) * layout.scale
        cosine, sine = math.cos(layout.turn), math.sin(layout.turn)
        uvs = uvs @ np.array(((cosine, -sine), (sine, cosine))) + layout.offset
        return np.asarray(uvs * (1.0, -1.0) + (0.0, 1.0))

    def _colours(self, attributes: Mapping[str, Any], given: GlbMaterial, count: int) -> Numbers:
        """The vertices' tint; and as alpha how much of the sky they see, by our own attribute or by an occlusion map that lies on
        coordinates of its own."""
        colours = np.ones((count, 4))
        if "COLOR_0" in attributes:
            colours[:, :3] = self._vectors(attributes["COLOR_0"])[:, :3]
        if "_OCCLUSION" in attributes:
            colours[:, 3] = self._vectors(attributes["_OCCLUSION"])[:, 0]
        shade = given.occlusion_map
        if shade is not None and shade.layout != given.layout:
            picture = self.pictures.occlusion(shade)
            u, v = (self._coordinates(attributes, shade.layout, count) % 1.0).T
            rows, columns = ((1.0 - v) * picture.shape[0]).astype(int), (u * picture.shape[1]).astype(int)
            seen = picture[rows % picture.shape[0], columns % picture.shape[1]] / 255.0
            colours[:, 3] *= 1.0 - min(max(shade.strength, 0.0), 1.0) * (1.0 - seen)
        return colours

    def _material(self, primitive: Mapping[str, Any]) -> Material:
        if "material" not in primitive:
            return PLAIN
        index = primitive["material"]
        if index not in self.materials:
            self.materials[index] = self._make_material(self.given[index])
        return self.materials[index]

    def _make_material(self, given: GlbMaterial) -> Material:
        """What has holes is drawn cut out, what is half there as clear, what only says that it is see-through as solid."""
        r, g, b, cover = given.colour
        picture, alpha = self.pictures.colour(given), given.alpha
        if alpha == "mask":
            cover = 1.0 if picture is not None else cover * 0.5 / max(given.cutoff, 1e-3)
        if alpha == "blend" and cover > 0.98 and (picture is None or not shades_over(picture)):
            alpha = "mask" if picture is not None and see_through(picture) else "opaque"
        if given.transmission > 0.0 and alpha == "opaque":
            alpha, cover = "blend", 1.0 - given.transmission
        if alpha == "blend" and picture is None:
            cover = max(cover, CLEAREST)
        shine = None if alpha == "blend" else self.pictures.glow(given)
        red, green, blue = given.emissive if shine is not None or given.emissive_map is None else (0.0, 0.0, 0.0)
        return Material(
            name=given.name,
            colour=(r, g, b, min(cover, 1.0)),
            metallic=given.metallic,
            roughness=given.roughness,
            emissive=(red, green, blue),
            alpha=alpha,
            two_sided=given.two_sided,
            unlit=given.unlit,
            scatter=given.scatter,
            colour_map=picture,
            normal_map=self.pictures.normal(given),
            surface_map=self.pictures.surface(given),
            emissive_map=shine,
        )

    def _vectors(self, index: int) -> Numbers:
        """The numbers of an accessor as floats; whole numbers are normalised (section 3.6.2.2), and what is no number is 0."""
        found = self.glb.elements(index)
        raw = _stored(found)
        with np.errstate(invalid="ignore"):  # a signalling NaN; it becomes 0 below
            values = raw.astype(np.float64)
        if found.normalized and raw.dtype.kind != "f":
            values = np.maximum(values / np.iinfo(raw.dtype).max, -1.0)
        return np.nan_to_num(values, posinf=0.0, neginf=0.0)


def _stored(found: Elements) -> NDArray[Any]:
    """The numbers of an accessor as they are in the file, count x width."""
    kind = np.dtype(f"<{_TYPES[found.kind]}")
    return np.ndarray((found.count, found.width), kind, found.data, 0, (found.stride, kind.itemsize))


def triangle_count(parts: list[Part]) -> int:
    """Triangles that the parts draw, copies included."""
    return sum(len(part.mesh.triangles) * len(part.copies) for part in parts)
