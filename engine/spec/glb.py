"""A binary glTF 2.0 file, opened: its container (section 4.4), its JSON, and the numbers that its accessors point at.

Nothing is believed: every index, offset and count is held against what is there before anything is read, and only the parts that
are asked for are. Whatever bytes a file has, what comes of it is an answer or a `ModelFileError`.
"""

from __future__ import annotations

import json
import math
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

LARGEST_FILE = 512 * 2**20
LARGEST_JSON = 8 * 2**20
"""Bytes; a file of 20,000 nodes has about 4 MiB. As Python's objects it takes up to thirty times as much."""

MOST_NUMBERS = 6_000_000
"""Vertices or corners of triangles in one accessor."""

AGAIN = "export it again"
FEWER = "simplify it, or split it in two"

Kind = Literal["b", "B", "h", "H", "I", "f"]
"""A component's type, as its letter in `struct`."""

_KINDS: Mapping[Any, Kind] = {5120: "b", 5121: "B", 5122: "h", 5123: "H", 5125: "I", 5126: "f"}
_BYTES = {"b": 1, "B": 1, "h": 2, "H": 2, "I": 4, "f": 4}
_MOST = {"b": 127.0, "B": 255.0, "h": 32767.0, "H": 65535.0}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}

Tree = Mapping[str, Any]


class ModelFileError(Exception):
    """A model file cannot be used: the code of `engine.spec.codes`, what is wrong (said after its name), what to do."""

    def __init__(self, code: str, message: str, remedy: str = AGAIN) -> None:
        super().__init__(f"{message}; {remedy}")
        self.code, self.message, self.remedy = code, message, remedy


def damaged(what: str) -> ModelFileError:
    """The fault of a file that contradicts itself."""
    return ModelFileError("E0814", f"is no sound glTF 2.0: {what}")


@dataclass(frozen=True, slots=True)
class Elements:
    """What an accessor points at: `count` elements of `width` components, the first at the first byte of `data`.

    Whole numbers that are `normalized` stand for 0–1, or -1–1 (section 3.6.2.2).
    """

    data: bytes
    kind: Kind
    width: int
    count: int
    stride: int
    """Bytes from one element to the next."""
    normalized: bool

    def column(self, axis: int) -> Sequence[float]:
        """One component of every element, as stored."""
        size = _BYTES[self.kind]
        data = memoryview(self.data)[: len(self.data) // size * size]
        numbers: Sequence[float] = data.cast("f") if self.kind == "f" else data.cast(self.kind)
        return numbers[axis :: self.stride // size][: self.count]

    def floats(self, axis: int) -> Sequence[float]:
        """One component of every element, as the number it stands for."""
        column = self.column(axis)
        if not self.normalized or self.kind not in _MOST:
            return column
        most = _MOST[self.kind]
        return [max(value / most, -1.0) for value in column]


class Glb:
    """A file whose container and JSON have been read. Raises ModelFileError for one that is no sound .glb."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        if self._size > LARGEST_FILE:
            much = f"has {self._size / 2**20:.0f} MiB, and the most is {LARGEST_FILE >> 20}"
            raise ModelFileError("E0818", much, "make its images smaller, or simplify it")
        text, self._start, self._length = self._chunks()
        self.tree = _parsed(text)
        for kind in ("buffers", "images"):
            for entry in self.items(kind):
                if "uri" in entry:
                    name = said(entry, "uri")
                    other = name and not name.startswith("data:")
                    what = f"looks for its data in '{name}'" if other else f"keeps its {kind} as text"
                    raise ModelFileError("E0817", what, "export it as one binary file (.glb) with everything inside")

    def _chunks(self) -> tuple[bytes, int, int]:
        """The JSON chunk, and where the binary chunk begins and how long it is."""
        head = self._read(0, 20)
        if head.startswith(b"version https://gi"):
            raise ModelFileError("E0814", "is only a pointer of Git LFS", "fetch the file itself with `git lfs pull`")
        if head[:4] != b"glTF":
            raise ModelFileError("E0814", "is no binary glTF", "export the model as glTF 2.0 binary (.glb)")
        if len(head) < 20:
            raise ModelFileError("E0814", f"is cut off after {len(head)} bytes", "copy or export it again")
        version, length, size, kind = struct.unpack("<III4s", head[4:])
        if version != 2:
            raise ModelFileError("E0814", f"is glTF {version}", "export it as glTF 2.0")
        if length > self._size:
            raise ModelFileError("E0814", f"is cut off after {self._size} of {length} bytes", "copy or export it again")
        if kind != b"JSON" or 20 + size > length:
            raise damaged("it does not begin with its JSON")
        if size > LARGEST_JSON:
            much = f"describes itself in {size >> 20} MiB of JSON, and the most is {LARGEST_JSON >> 20}"
            raise ModelFileError("E0818", much, FEWER)
        text, start = self._read(20, size), 20 + size
        if start + 8 > length:
            return text, start, 0
        inner, kind = struct.unpack("<I4s", self._read(start, 8))
        if start + 8 + inner > length:
            raise damaged("a chunk ends outside the file")
        return text, start + 8, inner if kind == b"BIN\0" else 0

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)

    def items(self, kind: str) -> Sequence[Tree]:
        """All entries of a kind: `nodes`, `meshes`…"""
        found = self.tree.get(kind, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise damaged(f"'{kind}' is no list of objects")
        return found

    def item(self, kind: str, index: object) -> Tree:
        """One entry, by its number."""
        found = self.tree.get(kind, [])
        if not isinstance(found, list) or not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(found):
            raise damaged(f"there is no {index!r:.20} in its {kind}")
        return mapping(found[index])

    def image(self, index: int) -> tuple[int, int]:
        """Where an image's bytes begin in the binary chunk, and how many they are."""
        start, size, _ = self._view(self.item("images", index).get("bufferView"))
        return start, size

    def part(self, start: int, size: int) -> bytes:
        """Some bytes of the binary chunk; fewer where it ends."""
        there = max(0, min(size, self._length - start))
        data = self._read(self._start + start, there)
        if len(data) < there:
            raise ModelFileError("E0814", "became shorter while it was read", "try once more when it is written")
        return data

    def count(self, accessor: object) -> int:
        """How many elements an accessor has; nothing is read."""
        return whole(self.item("accessors", accessor), "count", most=MOST_NUMBERS)

    def described(self, accessor: object) -> tuple[Kind, int, int]:
        """An accessor's kind, width and count; all that it points at is there, but nothing is read."""
        tree = self.item("accessors", accessor)
        kind, width = _KINDS.get(_hashable(tree.get("componentType"))), _WIDTHS.get(_hashable(tree.get("type")))
        if kind is None or width is None:
            raise damaged(f"accessor {accessor} is of an unknown type")
        count = self.count(accessor)
        if "bufferView" in tree:
            _, _, stride = self._place(tree["bufferView"], whole(tree, "byteOffset"), count, _BYTES[kind] * width)
            if stride % _BYTES[kind]:
                raise damaged(f"accessor {accessor} is not aligned")
        return kind, width, count

    def elements(self, accessor: object) -> Elements:
        """What an accessor points at, read. What it is sparse in is filled in (section 3.6.2.3)."""
        kind, width, count = self.described(accessor)
        tree, size = self.item("accessors", accessor), _BYTES[kind] * width
        data, stride = bytes(0), size
        if "bufferView" in tree:
            data, stride = self._run(tree["bufferView"], whole(tree, "byteOffset"), count, size)
        sparse = tree.get("sparse")
        if sparse is not None or "bufferView" not in tree:
            data, stride = self._filled(mapping(sparse or {}), data, stride, count, size), size
        return Elements(data, kind, width, count, stride, tree.get("normalized") is True)

    def _run(self, view: object, offset: int, count: int, size: int) -> tuple[bytes, int]:
        """`count` elements of `size` bytes from `offset` in a view, and from one to the next."""
        start, needed, stride = self._place(view, offset, count, size)
        return self.part(start, needed), stride

    def _place(self, view: object, offset: int, count: int, size: int) -> tuple[int, int, int]:
        """Where such elements begin in the binary chunk, how many bytes they span, and from one to the next."""
        start, length, stride = self._view(view)
        stride = stride or size
        needed = stride * (count - 1) + size if count else 0
        if stride < size or offset + needed > length:
            raise damaged("it points outside its own data")
        return start + offset, needed, stride

    def _view(self, index: object) -> tuple[int, int, int]:
        view = self.item("bufferViews", index)
        start, size = whole(view, "byteOffset"), whole(view, "byteLength", most=LARGEST_FILE)
        if whole(view, "buffer") != 0 or start + size > self._length:
            raise damaged("it points outside its own data")
        return start, size, whole(view, "byteStride", most=252)

    def _filled(self, sparse: Tree, data: bytes, stride: int, count: int, size: int) -> bytes:
        full = bytearray(count * size)
        for index in range(count) if data else ():
            full[index * size : (index + 1) * size] = data[index * stride : index * stride + size]
        some = whole(sparse, "count", most=count)
        if some:
            where, what = mapping(sparse.get("indices")), mapping(sparse.get("values"))
            kind = _KINDS.get(_hashable(where.get("componentType")))
            if kind not in ("B", "H", "I"):
                raise damaged("a sparse accessor has no whole numbers for indices")
            raw, step = self._run(where.get("bufferView"), whole(where, "byteOffset"), some, _BYTES[kind])
            values, _ = self._run(what.get("bufferView"), whole(what, "byteOffset"), some, size)
            for place, index in enumerate(map(int, Elements(raw, kind, 1, some, step, False).column(0))):
                if index >= count:
                    raise damaged("a sparse accessor points outside itself")
                full[index * size : (index + 1) * size] = values[place * size : (place + 1) * size]
        return bytes(full)


def whole(tree: Tree, key: str, default: int = 0, most: int = LARGEST_FILE) -> int:
    """A whole number that is not negative; the default where the key is missing."""
    value = tree.get(key, default)
    if not _is_whole(value) or value < 0:
        raise damaged(f"its '{key}' is {value!r:.40}")
    if value > most:
        raise ModelFileError("E0818", f"has a '{key}' of {min(value, 10**15):,}, and the most is {most:,}", FEWER)
    return int(value)


def numbers(tree: Tree, key: str, default: Sequence[float]) -> tuple[float, ...]:
    """As many finite numbers as the default has."""
    found = tree.get(key, default)
    if not isinstance(found, list | tuple) or len(found) != len(default):
        raise damaged(f"its '{key}' is {found!r:.40}")
    return tuple(_finite(value, key) for value in found)


def number(tree: Tree, key: str, default: float) -> float:
    """A finite number."""
    return _finite(tree.get(key, default), key)


def mapping(value: object) -> Tree:
    """A JSON object."""
    if not isinstance(value, dict):
        raise damaged(f"{value!r:.40} stands where an object belongs")
    return value


def said(tree: Tree, key: str, default: str = "") -> str:
    """A text, on one line."""
    value = tree.get(key, default)
    return plain(value) if isinstance(value, str) else default


def plain(text: str) -> str:
    """A name as it can be shown and drawn: on one line, not too long."""
    return "".join(sign if sign.isprintable() else "?" for sign in text[:80])


def _finite(value: object, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e30 or math.isnan(value):
        raise damaged(f"its '{key}' holds {value!r:.40}")
    return float(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _hashable(value: object) -> Any:
    return value if isinstance(value, int | str) else None


def _parsed(text: bytes) -> Tree:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise damaged("its JSON says a key twice")
        return found

    def never(word: str) -> None:
        raise damaged(f"its JSON holds {word}")

    try:
        tree = json.loads(text.decode("utf-8"), object_pairs_hook=once, parse_constant=never)
    except RecursionError:
        raise damaged("its JSON is nested too deep") from None
    except ValueError:
        raise damaged("its JSON cannot be read") from None
    if not isinstance(tree, dict):
        raise damaged("its JSON is no object")
    return tree
