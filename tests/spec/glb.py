"""Small model files, written by hand for tests: a tree of JSON and the bytes that it points at."""

from __future__ import annotations

import json
import struct
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

CUBE = [(x, y, z) for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)]
"""Corners of a cube of 1 m, in glTF's axes, from 0 to 1."""

FACES = (
    *(0, 1, 3, 0, 3, 2, 4, 6, 7, 4, 7, 5, 0, 4, 5, 0, 5, 1),
    *(2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 5, 7, 1, 7, 3),
)


def packed(tree: Any, binary: bytes = b"", text: bytes | None = None) -> bytes:
    """The container (glTF 2.0 section 4.4)."""
    text = json.dumps(tree).encode() if text is None else text
    text += b" " * (-len(text) % 4)
    binary += b"\0" * (-len(binary) % 4)
    total = 28 + len(text) + len(binary)
    head = struct.pack("<4sII", b"glTF", 2, total) + struct.pack("<I4s", len(text), b"JSON")
    return head + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary


class Writer:
    """A model file while it is filled: one scene, one node and one mesh, until a test changes `tree`."""

    def __init__(self, points: Sequence[Sequence[float]] = CUBE, faces: Sequence[int] = FACES) -> None:
        self.binary = bytearray()
        self.tree: dict[str, Any] = {
            "asset": {"version": "2.0"},
            "scene": 0,
            "scenes": [{"nodes": [0]}],
            "nodes": [{"mesh": 0, "name": "cube"}],
            "bufferViews": [],
            "accessors": [],
        }
        flat = [value for point in points for value in point]
        self.primitive: dict[str, Any] = {"attributes": {"POSITION": self.accessor(flat, "f", "VEC3", len(points))}}
        if faces:
            self.primitive["indices"] = self.accessor(faces, "H", "SCALAR", len(faces))
        self.tree["meshes"] = [{"primitives": [self.primitive]}]

    def view(self, data: bytes) -> int:
        """Some bytes; the number of their view."""
        self.binary.extend(b"\0" * (-len(self.binary) % 4))
        self.tree["bufferViews"].append({"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(data)})
        self.binary.extend(data)
        return len(self.tree["bufferViews"]) - 1

    def accessor(self, values: Sequence[float], kind: str, shape: str, count: int, **more: Any) -> int:
        """Some numbers; the number of their accessor."""
        component = {"b": 5120, "B": 5121, "h": 5122, "H": 5123, "I": 5125, "f": 5126}[kind]
        view = self.view(array(kind, values if kind == "f" else [int(one) for one in values]).tobytes())
        self.tree["accessors"].append({"bufferView": view, "componentType": component, "count": count, "type": shape, **more})
        return len(self.tree["accessors"]) - 1

    def picture(self, image: Image.Image | bytes, path: Path, form: str = "PNG") -> dict[str, int]:
        """An image, or the bytes of one; the slot of a texture of it. `path` is a folder to write it in."""
        if isinstance(image, Image.Image):
            image.save(path / "picture", form)
            image = (path / "picture").read_bytes()
        self.tree.setdefault("images", []).append({"bufferView": self.view(image), "mimeType": f"image/{form.lower()}"})
        self.tree.setdefault("textures", []).append({"source": len(self.tree["images"]) - 1})
        return {"index": len(self.tree["textures"]) - 1}

    def material(self, **material: Any) -> None:
        """Give the mesh a material."""
        self.tree.setdefault("materials", []).append(material)
        self.primitive["material"] = len(self.tree["materials"]) - 1

    def bytes(self) -> bytes:
        """The whole file."""
        self.tree["buffers"] = [{"byteLength": len(self.binary)}]
        return packed(self.tree, bytes(self.binary))

    def save(self, path: Path) -> Path:
        """The file, written."""
        path.write_bytes(self.bytes())
        return path
