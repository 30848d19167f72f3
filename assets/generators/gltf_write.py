"""Writes models as glTF 2.0 binary: named nodes, one primitive for each material, textures as JPEG inside the file."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assets.generators.shapes import Shape
from engine.spec.glb_surfaces import SCATTER
from engine.view.geometry.mesh import Material, Pixels

MODELS = Path(__file__).resolve().parents[1] / "models"
_AXES = np.array(((-1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)))
"""Ours (x right, y ahead, z up) to glTF's (x left, y up, z ahead)."""


def write_glb(name: str, model: Mapping[str, Sequence[tuple[Material, Shape]]], folder: Path) -> Path:
    """Write `NAME.glb`, node by node its materials and shapes; the same model gives the same bytes."""
    file = _Writer()
    for node, primitives in model.items():
        file.add_node(node, primitives)
    path = folder / f"{name}.glb"
    path.write_bytes(file.bytes())
    return path


class _Writer:
    """The JSON and the binary chunk while they are filled."""

    def __init__(self) -> None:
        self.binary = bytearray()
        self.tree: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": "Abaton assets/generators", "copyright": "CC0-1.0"},
            "scene": 0,
            "scenes": [{"nodes": []}],
        }
        self.materials: dict[str, int] = {}
        self.textures: dict[int, int] = {}
        self.stored: dict[bytes, int] = {}

    def _list(self, name: str) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = self.tree.setdefault(name, [])
        return made

    def _append(self, name: str, entry: dict[str, Any]) -> int:
        self._list(name).append(entry)
        return len(self._list(name)) - 1

    def add_node(self, name: str, primitives: Sequence[tuple[Material, Shape]]) -> None:
        """A node that stands at the origin, as its model was made."""
        made = [self._primitive(material, each) for material, each in primitives]
        mesh = self._append("meshes", {"name": name, "primitives": made})
        self.tree["scenes"][0]["nodes"].append(self._append("nodes", {"name": name, "mesh": mesh}))

    def _primitive(self, material: Material, each: Shape) -> dict[str, Any]:
        positions = (each.positions @ _AXES.T).astype("<f4")
        normals = (each.normals @ _AXES.T).astype("<f4")
        uvs = (each.uvs * (1.0, -1.0) + (0.0, 1.0)).astype("<f4")
        tint = np.column_stack([np.clip(each.tint, 0, 1), np.ones(len(positions))])
        light = np.zeros((len(positions), 4), "<u1")
        light[:, 0] = np.round(np.clip(each.light, 0, 1) * 255)
        attributes = {
            "POSITION": self._accessor(positions, 5126, "VEC3", 34962, limits=True),
            "NORMAL": self._accessor(normals, 5126, "VEC3", 34962),
            "TEXCOORD_0": self._accessor(uvs, 5126, "VEC2", 34962),
            "COLOR_0": self._accessor(np.round(tint * 255).astype("<u1"), 5121, "VEC4", 34962, normalized=True),
            "_OCCLUSION": self._accessor(light, 5121, "SCALAR", 34962, normalized=True, stride=4),
        }
        wide = len(positions) > 65535
        indices = self._accessor(
            each.triangles.reshape(-1, 1).astype("<u4" if wide else "<u2"), 5125 if wide else 5123, "SCALAR", 34963
        )
        return {"attributes": attributes, "indices": indices, "material": self._material(material)}

    def _view(self, data: bytes, target: int = 0, stride: int = 0) -> int:
        """Where some bytes lie; what nodes share is written once."""
        key = b"%d %d " % (target, stride) + data
        if key not in self.stored:
            self.stored[key] = self._add_view(data, target, stride)
        return self.stored[key]

    def _add_view(self, data: bytes, target: int, stride: int) -> int:
        self.binary.extend(b"\0" * (-len(self.binary) % 4))
        entry: dict[str, Any] = {"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data)}
        if target:
            entry["target"] = target
        if stride:
            entry["byteStride"] = stride
        self.binary.extend(data)
        return self._append("bufferViews", entry)

    def _accessor(
        self,
        values: NDArray[Any],
        kind: int,
        shape: str,
        target: int,
        *,
        normalized: bool = False,
        limits: bool = False,
        stride: int = 0,
    ) -> int:
        entry: dict[str, Any] = {
            "bufferView": self._view(values.tobytes(), target, stride),
            "componentType": kind,
            "count": len(values),
            "type": shape,
        }
        if normalized:
            entry["normalized"] = True
        if limits:
            entry["min"], entry["max"] = values.min(axis=0).tolist(), values.max(axis=0).tolist()
        return self._append("accessors", entry)

    def _material(self, material: Material) -> int:
        if material.name in self.materials:
            return self.materials[material.name]
        pbr: dict[str, Any] = {
            "baseColorFactor": list(material.colour),
            "metallicFactor": material.metallic,
            "roughnessFactor": material.roughness,
        }
        entry: dict[str, Any] = {"name": material.name, "pbrMetallicRoughness": pbr}
        if material.colour_map is not None:
            pbr["baseColorTexture"] = self._texture(material.colour_map, 88)
        if material.surface_map is not None:
            slot = self._texture(material.surface_map, 85)
            pbr["metallicRoughnessTexture"] = slot
            entry["occlusionTexture"] = dict(slot)
        if material.normal_map is not None:
            entry["normalTexture"] = self._texture(material.normal_map, 88)
        if material.emissive_map is not None:
            entry["emissiveTexture"] = self._texture(material.emissive_map, 90)
        strongest = max(material.emissive)
        if strongest > 0.0:
            entry["emissiveFactor"] = [each / max(strongest, 1.0) for each in material.emissive]
        if strongest > 1.0:
            self._extend(entry, "KHR_materials_emissive_strength", {"emissiveStrength": strongest})
        if material.unlit:
            self._extend(entry, "KHR_materials_unlit", {})
        if material.alpha != "opaque":
            entry["alphaMode"] = material.alpha.upper()
        if material.two_sided:
            entry["doubleSided"] = True
        if any(material.scatter):
            entry["extras"] = {SCATTER: list(material.scatter)}
        self.materials[material.name] = self._append("materials", entry)
        return self.materials[material.name]

    def _extend(self, entry: dict[str, Any], name: str, values: dict[str, Any]) -> None:
        entry.setdefault("extensions", {})[name] = values
        used = self.tree.setdefault("extensionsUsed", [])
        if name not in used:
            used.append(name)

    def _texture(self, pixels: Pixels, quality: int) -> dict[str, int]:
        """JPEG without chroma subsampling, which would smear normals, and PNG for what has holes; pixels that materials share are
        written once."""
        if id(pixels) in self.textures:
            return {"index": self.textures[id(pixels)]}
        stream = io.BytesIO()
        holes = pixels.shape[2] == 4 and bool((pixels[:, :, 3] < 255).any())
        if holes:
            Image.fromarray(np.ascontiguousarray(pixels)).save(stream, "PNG", optimize=True)
        else:
            Image.fromarray(np.ascontiguousarray(pixels[:, :, :3])).save(
                stream, "JPEG", quality=quality, subsampling=0, optimize=True
            )
        kind = "image/png" if holes else "image/jpeg"
        image = self._append("images", {"bufferView": self._view(stream.getvalue()), "mimeType": kind})
        if "samplers" not in self.tree:
            self.tree["samplers"] = [{"magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 10497}]
        self.textures[id(pixels)] = self._append("textures", {"sampler": 0, "source": image})
        return {"index": self.textures[id(pixels)]}

    def bytes(self) -> bytes:
        """The whole file (glTF 2.0 section 4.4)."""
        self.binary.extend(b"\0" * (-len(self.binary) % 4))
        self.tree["buffers"] = [{"byteLength": len(self.binary)}]
        text = json.dumps(self.tree, separators=(",", ":"), sort_keys=True).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.binary)
        head = struct.pack("<4sII", b"glTF", 2, total) + struct.pack("<I4s", len(text), b"JSON")
        return head + text + struct.pack("<I4s", len(self.binary), b"BIN\0") + bytes(self.binary)
