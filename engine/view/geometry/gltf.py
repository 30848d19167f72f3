"""Reads the part of glTF 2.0 that models use (.glb: nodes, meshes, metallic-roughness materials, textures) into `Part`s.

glTF has y up and z ahead (its section 3.3); the engine has z up and y ahead. That turn is made here and nowhere else.
Vertices may carry `_OCCLUSION`, an attribute of our own: 0–1, how much of the sky a vertex sees.
"""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from engine.view.geometry.mesh import Material, Mesh, Part, Pixels
from engine.view.geometry.surfaces import make_mesh, unit

LARGEST_FILE = 64 * 2**20
LARGEST_TEXTURE = 4096
MOST_VERTICES = 2_000_000
DEEPEST_NODE = 64
EXTENSIONS = frozenset({"KHR_materials_emissive_strength", "KHR_mesh_quantization", "EXT_texture_webp"})

_AXES = np.array(((-1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)))
"""Engine axes = _AXES @ glTF axes: x right is glTF's -x, y ahead its z, z up its y. It is its own inverse."""
_TYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class ModelError(Exception):
    """A model cannot be used. The message is one sentence: which file, what is wrong, what to do."""


def read_glb(path: Path) -> list[Part]:
    """Every mesh of a file's scene: a part for each node and material, named as its node, standing where the node stands."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ModelError(f"{path.name} has {size / 2**20:.0f} MiB; make it smaller than {LARGEST_FILE >> 20} MiB.")
        data = path.read_bytes()
    except OSError as problem:
        raise ModelError(f"{path} cannot be read ({problem.strerror}); check the name and the place of the file.") from problem
    try:
        return _File.open(path.name, data).parts()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError, struct.error) as problem:
        what = f"{type(problem).__name__}: {problem}".replace("\n", " ")
        raise ModelError(f"{path.name} is not sound glTF 2.0 ({what}); export it again.") from problem


@dataclass(frozen=True)
class _File:
    """One .glb, opened: its JSON, its binary chunk, and what has been made of it."""

    name: str
    tree: Mapping[str, Any]
    binary: memoryview
    images: dict[int, Pixels] = field(default_factory=dict)
    materials: dict[int, Material] = field(default_factory=dict)
    meshes: dict[tuple[int, bool], list[Mesh]] = field(default_factory=dict)

    @classmethod
    def open(cls, name: str, data: bytes) -> _File:
        """Split the container (section 4.4) and refuse what we could not draw faithfully."""
        if data[:4] != b"glTF":
            raise ModelError(f"{name} is no binary glTF; export the model as glTF 2.0 binary (.glb).")
        version, length = struct.unpack_from("<II", data, 4)
        if version != 2:
            raise ModelError(f"{name} is glTF {version}; export it as glTF 2.0.")
        if length > len(data):
            raise ModelError(f"{name} is cut off after {len(data)} of {length} bytes; copy or export it again.")
        chunks: dict[bytes, memoryview] = {}
        start = 12
        while start + 8 <= length:
            size, kind = struct.unpack_from("<I4s", data, start)
            if start + 8 + size > length:
                raise ModelError(f"{name} has a chunk that ends outside the file; export it again.")
            chunks.setdefault(kind, memoryview(data)[start + 8 : start + 8 + size])
            start += 8 + size + (-size % 4)
        tree = json.loads(bytes(chunks[b"JSON"]).decode("utf-8"))
        foreign = set(tree.get("extensionsRequired", ())) - EXTENSIONS
        if foreign:
            raise ModelError(f"{name} needs the glTF extension {min(foreign)}; export it without.")
        for kind in ("skins", "animations"):
            if tree.get(kind):
                raise ModelError(f"{name} has {kind}, which are not drawn yet; export it without.")
        return cls(name, tree, chunks.get(b"BIN\0", memoryview(b"")))

    def parts(self) -> list[Part]:
        """Walk the scene's nodes."""
        scenes = self.tree.get("scenes", [])
        if not scenes:
            raise ModelError(f"{self.name} holds no scene; export at least one object.")
        found: list[Part] = []
        waiting = [(index, np.eye(4), 1) for index in reversed(scenes[self.tree.get("scene", 0)].get("nodes", []))]
        while waiting:
            index, above, depth = waiting.pop()
            if depth > DEEPEST_NODE:
                raise ModelError(f"{self.name} nests nodes deeper than {DEEPEST_NODE}, or in a ring; flatten its hierarchy.")
            node = self.tree["nodes"][index]
            place = above @ _matrix(node)
            waiting.extend((child, place, depth + 1) for child in reversed(node.get("children", [])))
            if "mesh" in node:
                found.extend(self._node_parts(node, index, place))
            if sum(len(part.mesh.positions) for part in found) > MOST_VERTICES:
                raise ModelError(f"{self.name} has more than {MOST_VERTICES} vertices; simplify the model.")
        if not found:
            raise ModelError(f"{self.name} holds no mesh; export at least one object.")
        return found

    def _node_parts(self, node: Mapping[str, Any], index: int, place: NDArray[np.float64]) -> list[Part]:
        name = str(node.get("name", f"node_{index}"))
        mirrored = bool(np.linalg.det(place[:3, :3]) < 0.0)
        turned = np.eye(4)
        turned[:3, :3] = _AXES @ place[:3, :3] @ _AXES
        turned[:3, 3] = _AXES @ place[:3, 3]
        if mirrored:
            turned = turned @ np.diag((-1.0, 1.0, 1.0, 1.0))
        copies = turned[None].astype(np.float32)
        if not np.isfinite(copies).all():
            raise ModelError(f"{self.name} puts its node '{name}' nowhere; apply its transforms and export it again.")
        return [Part(name, mesh, copies) for mesh in self._mesh(node["mesh"], mirrored)]

    def _mesh(self, index: int, mirrored: bool) -> list[Mesh]:
        key = (index, mirrored)
        if key not in self.meshes:
            self.meshes[key] = [self._primitive(each, mirrored) for each in self.tree["meshes"][index]["primitives"]]
        return self.meshes[key]

    def _primitive(self, primitive: Mapping[str, Any], mirrored: bool) -> Mesh:
        if primitive.get("mode", 4) != 4:
            raise ModelError(f"{self.name} has lines, points or strips; export it as triangles.")
        if primitive.get("targets"):
            raise ModelError(f"{self.name} has morph targets, which are not drawn yet; export it without.")
        attributes = primitive["attributes"]
        positions = self._vectors(attributes["POSITION"], 3) @ _AXES.T
        count = len(positions)
        indices = self._accessor(primitive["indices"]).ravel() if "indices" in primitive else np.arange(count)
        if len(indices) == 0 or len(indices) % 3 or int(indices.max()) >= count:
            raise ModelError(f"{self.name} has triangles without vertices; export it again.")
        triangles = indices.astype(np.uint32).reshape(-1, 3)
        normals = unit(self._vectors(attributes["NORMAL"], 3) @ _AXES.T) if "NORMAL" in attributes else None
        uvs = np.zeros((count, 2))
        if "TEXCOORD_0" in attributes:
            uvs = self._vectors(attributes["TEXCOORD_0"], 2) * (1.0, -1.0) + (0.0, 1.0)
        colours = np.ones((count, 4))
        if "COLOR_0" in attributes:
            tint = self._vectors(attributes["COLOR_0"])
            colours[:, :3] = tint[:, :3]
        if "_OCCLUSION" in attributes:
            colours[:, 3] = self._vectors(attributes["_OCCLUSION"], 1)[:, 0]
        tangents = self._vectors(attributes["TANGENT"], 4) if "TANGENT" in attributes else None
        if any(len(each) != count for each in (uvs, colours, normals, tangents) if each is not None):
            raise ModelError(f"{self.name} has attributes of unequal length; export it again.")
        material = self._material(primitive.get("material"))
        mirror = np.array((-1.0, 1.0, 1.0)) if mirrored else np.ones(3)
        mesh = make_mesh(
            material,
            positions * mirror,
            triangles[:, ::-1] if mirrored else triangles,
            normals=None if normals is None else normals * mirror,
            uvs=uvs,
            colours=np.clip(colours, 0.0, 1.0),
        )
        if tangents is not None and not mirrored:
            mesh.tangents[:] = np.column_stack([unit(tangents[:, :3] @ _AXES.T), np.sign(tangents[:, 3])])
        return mesh

    def _material(self, index: int | None) -> Material:
        if index is None:
            return Material("plain")
        if index not in self.materials:
            self.materials[index] = self._make_material(self.tree["materials"][index], index)
        return self.materials[index]

    def _make_material(self, tree: Mapping[str, Any], index: int) -> Material:
        name = str(tree.get("name", f"material_{index}"))
        if "emissiveTexture" in tree:
            raise ModelError(f"{self.name} gives '{name}' an emissive texture, which is not drawn yet; use an emissive colour.")
        pbr = tree.get("pbrMetallicRoughness", {})
        strength = tree.get("extensions", {}).get("KHR_materials_emissive_strength", {}).get("emissiveStrength", 1.0)
        emissive = [float(channel) * float(strength) for channel in tree.get("emissiveFactor", (0.0, 0.0, 0.0))]
        colour = [float(channel) for channel in pbr.get("baseColorFactor", (1.0, 1.0, 1.0, 1.0))]
        normal = self._texture(tree.get("normalTexture"), name)
        return Material(
            name=name,
            colour=(colour[0], colour[1], colour[2], colour[3]),
            metallic=float(pbr.get("metallicFactor", 1.0)),
            roughness=float(pbr.get("roughnessFactor", 1.0)),
            emissive=(emissive[0], emissive[1], emissive[2]),
            alpha={"OPAQUE": "opaque", "MASK": "mask", "BLEND": "blend"}[tree.get("alphaMode", "OPAQUE")],  # type: ignore[arg-type]
            two_sided=bool(tree.get("doubleSided", False)),
            colour_map=self._texture(pbr.get("baseColorTexture"), name),
            normal_map=None if normal is None else np.ascontiguousarray(normal[:, :, :3]),
            surface_map=self._surface_map(tree, pbr, name),
        )

    def _surface_map(self, tree: Mapping[str, Any], pbr: Mapping[str, Any], name: str) -> Pixels | None:
        rough = self._texture(pbr.get("metallicRoughnessTexture"), name)
        occlusion = self._texture(tree.get("occlusionTexture"), name)
        if rough is None and occlusion is None:
            return None
        if rough is not None and occlusion is not None and rough.shape != occlusion.shape:
            raise ModelError(f"{self.name} gives '{name}' occlusion and roughness of different sizes; bake them into one image.")
        some = rough if rough is not None else occlusion
        assert some is not None
        surface = np.full((*some.shape[:2], 3), 255, np.uint8)
        if rough is not None:
            surface[:, :, 1:] = rough[:, :, 1:3]
        if occlusion is not None:
            surface[:, :, 0] = occlusion[:, :, 0]
        return surface

    def _texture(self, slot: Mapping[str, Any] | None, material: str) -> Pixels | None:
        if slot is None:
            return None
        if slot.get("texCoord", 0) != 0 or "KHR_texture_transform" in slot.get("extensions", {}):
            raise ModelError(f"{self.name} puts a texture of '{material}' on a second or moved UV set; bake it onto the first.")
        texture = self.tree["textures"][slot["index"]]
        source = texture.get("extensions", {}).get("EXT_texture_webp", texture)["source"]
        if source not in self.images:
            self.images[source] = self._image(self.tree["images"][source])
        return self.images[source]

    def _image(self, tree: Mapping[str, Any]) -> Pixels:
        if "bufferView" not in tree:
            raise ModelError(f"{self.name} keeps its textures in other files; export it as one .glb with images embedded.")
        try:
            image = Image.open(io.BytesIO(bytes(self._view(tree["bufferView"])[0])), formats=("PNG", "JPEG", "WEBP"))
            if max(image.size) > LARGEST_TEXTURE:
                raise ModelError(f"{self.name} has a texture of {max(image.size)} pixels; use at most {LARGEST_TEXTURE}.")
            return np.array(image.convert("RGBA"), dtype=np.uint8)
        except (UnidentifiedImageError, OSError, SyntaxError) as problem:
            raise ModelError(f"{self.name} holds a texture that cannot be read; export it with PNG or JPEG images.") from problem

    def _view(self, index: int) -> tuple[memoryview, int]:
        view = self.tree["bufferViews"][index]
        if view.get("buffer", 0) != 0 or "uri" in self.tree["buffers"][0]:
            raise ModelError(f"{self.name} keeps its data in other files; export it as one .glb.")
        start, size = int(view.get("byteOffset", 0)), int(view["byteLength"])
        if start < 0 or size < 0 or start + size > len(self.binary):
            raise ModelError(f"{self.name} points outside its own data; export it again.")
        return self.binary[start : start + size], int(view.get("byteStride", 0))

    def _accessor(self, index: int) -> NDArray[Any]:
        """The numbers of an accessor as they are stored, count x width."""
        tree = self.tree["accessors"][index]
        if "sparse" in tree or "bufferView" not in tree:
            raise ModelError(f"{self.name} has sparse accessors; export it without.")
        kind, width, count = np.dtype(_TYPES[tree["componentType"]]), _WIDTHS[tree["type"]], int(tree["count"])
        view, stride = self._view(tree["bufferView"])
        start, step = int(tree.get("byteOffset", 0)), stride or kind.itemsize * width
        if count < 0 or start < 0 or (count and start + step * (count - 1) + kind.itemsize * width > len(view)):
            raise ModelError(f"{self.name} points outside its own data; export it again.")
        if count > 3 * MOST_VERTICES:
            raise ModelError(f"{self.name} has more than {MOST_VERTICES} vertices; simplify the model.")
        return np.ndarray((count, width), kind, view, start, (step, kind.itemsize))

    def _vectors(self, index: int, width: int | None = None) -> NDArray[np.float64]:
        """The numbers of an accessor as floats; whole numbers are normalised (section 3.6.2.2)."""
        raw = self._accessor(index)
        values = raw.astype(np.float64)
        if raw.dtype.kind != "f" and self.tree["accessors"][index].get("normalized", False):
            values = np.maximum(values / np.iinfo(raw.dtype).max, -1.0)
        if (width is not None and values.shape[1] != width) or not np.isfinite(values).all():
            raise ModelError(f"{self.name} has vertices that are no numbers; export it again.")
        return values


def _matrix(node: Mapping[str, Any]) -> NDArray[np.float64]:
    """A node's own transform (section 3.5.3)."""
    if "matrix" in node:
        return np.array(node["matrix"], np.float64).reshape(4, 4).T
    x, y, z, w = (float(each) for each in node.get("rotation", (0.0, 0.0, 0.0, 1.0)))
    turn = np.array(
        (
            (1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)),
            (2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)),
            (2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)),
        )
    )
    matrix = np.eye(4)
    matrix[:3, :3] = turn * np.array(node.get("scale", (1.0, 1.0, 1.0)), np.float64)
    matrix[:3, 3] = node.get("translation", (0.0, 0.0, 0.0))
    return matrix


def triangle_count(parts: list[Part]) -> int:
    """Triangles that the parts draw, copies included."""
    return sum(len(part.mesh.triangles) * len(part.copies) for part in parts)
