"""A designer's own model file (.glb) as a prefab: how large it is, what is solid of it, what it costs, what is not drawn of it.

    model = read_model(path)
    card = card_of("chair.glb", path, model)

glTF has y up and z ahead, in metres (its section 3.4); the engine has z up and y ahead. The thing's origin is the middle of its
foot, wherever the file's own origin lies. Only +, −, ×, ÷ and √: the world is built from these numbers.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.spec.cards import Card, CardBox, Vec3
from engine.spec.findings import a_list
from engine.spec.glb import FEWER, Elements, Glb, ModelFileError, Tree, damaged, mapping, plain, whole
from engine.spec.glb_nodes import TRIANGLES, Drawn, Matrix, drawn, primitives
from engine.spec.glb_surfaces import SUPPORTED, GlbMaterial, read_material
from engine.spec.image_sizes import image_size

MOST_TRIANGLES = 2_000_000
MOST_VERTICES = 2_000_000
"""As they are drawn: a mesh that two nodes show counts twice. What has no normals has three vertices for each triangle."""

LARGEST_IMAGE = 8192
MOST_PIXELS = 8 * LARGEST_IMAGE * LARGEST_IMAGE
"""Of all images together: about five seconds of decoding."""

MOST_IMAGES = 256
MOST_MATERIALS = 512
DRAWN_AT = 2048
"""Pixels of an image's longer side as it is drawn; larger ones are made smaller."""

FEW_BOXES = 12
"""Nodes up to which each has a box of its own; more than that are met as one box."""

LONGEST, SHORTEST = 100.0, 0.001
"""Metres of a thing's longest side that nobody means: such files are in other units."""

_LEFT_OUT = {
    "animations": "animations",
    "skins": "skins: it stands as it was modelled",
    "cameras": "cameras",
}
_WIDTHS = {"NORMAL": (3,), "TANGENT": (4,), "TEXCOORD_": (2,), "COLOR_": (3, 4), "_OCCLUSION": (1,)}
"""How many numbers an attribute has at a vertex, of those that are drawn."""

Extent = tuple[float, float, float, float, float, float]
"""Least x, y, z, then most, in the engine's axes."""


@dataclass(frozen=True)
class ModelFile:
    """What is known of a file. Lengths are metres in the engine's axes: width, depth, height."""

    size: Vec3
    foot: Vec3
    """The middle of its foot, in the file's scene turned to the engine's axes."""
    triangles: int
    vertices: int
    images: tuple[tuple[int, int], ...]
    """Width and height in pixels of those that are drawn."""
    boxes: Mapping[str, CardBox]
    left_out: tuple[str, ...]
    """What is in the file and not drawn."""
    digest: str
    """SHA-256 of the file's bytes."""


def read_model(path: Path) -> ModelFile:
    """What is known of a file. Raises ModelFileError for one that cannot be used, OSError for one that cannot be read."""
    status = path.stat()
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, length: int) -> ModelFile:
    """`changed` and `length` make an edited file a new one."""
    with path.open("rb") as file:
        glb = Glb(file)
        found = _known(glb)
        file.seek(0)
        return ModelFile(*found, hashlib.file_digest(file, "sha256").hexdigest())


def card_of(name: str, path: Path, model: ModelFile) -> Card:
    """The card of a model file, by which a scene uses it."""
    return Card(
        name=name,
        kind="prop",
        doc=told(model),
        source="Its size is that of the file.",
        size=model.size,
        boxes=model.boxes,
        model={"own": str(path), "foot": model.foot},
    )


def told(model: ModelFile) -> str:
    """What a file holds, in one line."""
    parts = [f"{model.triangles:,} triangle{'' if model.triangles == 1 else 's'}"]
    if model.images:
        largest = max(model.images, key=lambda size: (max(size), size))
        several = f"{len(model.images)} images up to" if len(model.images) > 1 else "1 image of"
        parts.append(f"{several} {largest[0]} × {largest[1]}" + (f", drawn at {DRAWN_AT}" if max(largest) > DRAWN_AT else ""))
    return "; ".join((*parts, *(("not drawn: " + ", ".join(model.left_out),) if model.left_out else ())))


def unlikely(model: ModelFile) -> tuple[str, str] | None:
    """What is wrong with the unit of a file whose size nobody means, and what to do; None of a likely one."""
    longest = max(model.size)
    if longest > LONGEST:
        other = f"{longest / 1000:.3g} m if it is in millimetres, {longest / 100:.3g} m in centimetres"
        return f"is {longest:,.0f} m long", f"export it in metres: it is {other}"
    if longest < SHORTEST:
        return f"is {longest * 1000:.2g} mm long", f"export it in metres: a thousand times as large, it is {longest * 1000:.3g} m"
    return None


def _known(glb: Glb) -> tuple[Vec3, Vec3, int, int, tuple[tuple[int, int], ...], Mapping[str, CardBox], tuple[str, ...]]:
    required = glb.tree.get("extensionsRequired", [])
    if not isinstance(required, list) or not all(isinstance(one, str) for one in required):
        raise damaged("'extensionsRequired' is no list of names")
    if missing := sorted({plain(one) for one in required} - SUPPORTED):
        raise ModelFileError("E0816", f"needs {a_list(missing, 'and')}, which this engine does not have", "export it without")
    shown = drawn(glb)
    triangles, vertices = _counted(glb, shown)
    surfaces = [one for mesh in dict.fromkeys(each.mesh for each in shown) for one in primitives(glb, mesh)]
    used = dict.fromkeys(whole(one, "material") for one in surfaces if "material" in one)
    if len(used) > MOST_MATERIALS:
        raise ModelFileError("E0818", f"uses {len(used)} materials, and the most is {MOST_MATERIALS}", "bake them into fewer")
    materials = [read_material(glb, index) for index in used]
    images = _images(glb, materials)
    extents = _extents(glb, shown)
    low, high = _around(extents)
    size = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    foot = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2])
    if max(size) <= 0.0:
        raise ModelFileError("E0819", "has no extent: all of it is one point", "apply its transforms and export it again")
    boxes = _boxes(extents, foot) if 1 < len(extents) <= FEW_BOXES else {}
    return size, foot, triangles, vertices, images, boxes, tuple(_left_out(glb, shown, materials))


def _counted(glb: Glb, shown: Sequence[Drawn]) -> tuple[int, int]:
    """Triangles and vertices as they are drawn, by what the accessors say; no number is read yet."""
    of_mesh: dict[int, tuple[int, int]] = {}
    triangles = vertices = 0
    for mesh in (one.mesh for one in shown):
        if mesh not in of_mesh:
            of_mesh[mesh] = _size_of(glb, mesh)
        triangles, vertices = triangles + of_mesh[mesh][0], vertices + of_mesh[mesh][1]
    for count, most, what in ((triangles, MOST_TRIANGLES, "triangles"), (vertices, MOST_VERTICES, "vertices")):
        if count > most:
            raise ModelFileError("E0818", f"has {count:,} {what}, and the most is {most:,}", FEWER)
    if not triangles:
        raise ModelFileError("E0819", "has no triangles to draw", "export at least one object, with faces")
    return triangles, vertices


def _size_of(glb: Glb, mesh: int) -> tuple[int, int]:
    triangles = vertices = 0
    for one in primitives(glb, mesh):
        attributes = mapping(one.get("attributes"))
        points = glb.count(attributes.get("POSITION"))
        corners = glb.count(one["indices"]) if "indices" in one else points
        if whole(one, "mode", TRIANGLES) == TRIANGLES:
            if corners % 3:
                raise damaged(f"mesh {mesh} has a triangle with {corners % 3} corners")
            faces = corners // 3
        else:
            faces = max(corners - 2, 0)
        triangles += faces
        vertices += points if "NORMAL" in attributes else 3 * faces
        if vertices > MOST_VERTICES or triangles > MOST_TRIANGLES:
            break
    return triangles, vertices


def _images(glb: Glb, materials: Sequence[GlbMaterial]) -> tuple[tuple[int, int], ...]:
    used = dict.fromkeys(texture.image for material in materials for texture in material.textures)
    if len(used) > MOST_IMAGES:
        raise ModelFileError("E0818", f"uses {len(used)} images, and the most is {MOST_IMAGES}", "bake them into fewer")
    found = []
    for index in used:
        start, length = glb.image(index)
        size = image_size(lambda at, many, start=start, length=length: glb.part(start + at, max(0, min(many, length - at))))  # type: ignore[misc]
        if size is None:
            what = f"has an image ({index}) that is no PNG, JPEG or WebP"
            raise ModelFileError("E0815", what, "export it with PNG or JPEG images")
        if max(size) > LARGEST_IMAGE:
            much = f"has an image of {size[0]} × {size[1]} pixels, and the most is {LARGEST_IMAGE} × {LARGEST_IMAGE}"
            raise ModelFileError("E0818", much, f"make it smaller; it is drawn at {DRAWN_AT}")
        found.append(size)
    pixels = sum(width * height for width, height in found)
    if pixels > MOST_PIXELS:
        much = f"has images of {pixels / 1e6:.0f} million pixels together, and the most is {MOST_PIXELS / 1e6:.0f}"
        raise ModelFileError("E0818", much, f"make them smaller; they are drawn at {DRAWN_AT} × {DRAWN_AT} or less")
    return tuple(found)


def _extents(glb: Glb, shown: Sequence[Drawn]) -> list[Extent]:
    """The box round each node's vertices."""
    read: dict[int, list[_Points]] = {}
    found = []
    for one in shown:
        if one.mesh not in read:
            read[one.mesh] = [_Points.read(glb, each) for each in primitives(glb, one.mesh)]
        inner = [points.extent(one.place) for points in read[one.mesh] if points.count]
        if inner:
            low, high = _around(inner)
            found.append((*low, *high))
    return found


@dataclass(frozen=True)
class _Points:
    """A primitive's vertices, as columns, and the least and most of each."""

    count: int
    columns: tuple[Sequence[float], ...]
    ends: tuple[tuple[float, float], ...]

    @classmethod
    def read(cls, glb: Glb, primitive: Tree) -> _Points:
        attributes = mapping(primitive["attributes"])
        elements = glb.elements(attributes["POSITION"])
        if elements.width != 3:
            raise damaged("its vertices are no points")
        for name, index in attributes.items():
            widths = next((widths for start, widths in _WIDTHS.items() if name.startswith(start)), ())
            if widths and glb.described(index)[2] != elements.count:
                raise damaged("its attributes are of unequal length")
            if widths and glb.described(index)[1] not in widths:
                raise damaged(f"its {name} is of the wrong width")
        if "indices" in primitive:
            _checked(glb.elements(primitive["indices"]), elements.count)
        columns = tuple(elements.floats(axis) for axis in range(3))
        # A sum is the quickest way to find a NaN or an infinity among them; its value is not used.
        if not all(math.isfinite(sum(column)) for column in columns):
            raise damaged("it has vertices that are no numbers")
        return cls(elements.count, columns, tuple((min(column), max(column)) for column in columns if elements.count))

    def extent(self, place: Matrix) -> Extent:
        """The box round them where they are drawn: right is the file's −x, ahead its z, up its y."""
        x, up, ahead = (self._ends(row) for row in place)
        return (-x[1], ahead[0], up[0], -x[0], ahead[1], up[1])

    def _ends(self, row: tuple[float, float, float, float]) -> tuple[float, float]:
        """The least and most of one coordinate: along one of its own axes by a mesh's ends, else by every vertex, turned."""
        turned = [axis for axis in range(3) if row[axis] != 0.0]
        if len(turned) < 2:
            ends = [row[axis] * end + row[3] for axis in turned for end in self.ends[axis]] or [row[3]]
            return min(ends), max(ends)
        a, b, c, d = row
        where = [a * x + b * y + c * z for x, y, z in zip(*self.columns, strict=True)]
        return min(where) + d, max(where) + d


def _checked(indices: Elements, points: int) -> None:
    if indices.width != 1 or indices.kind not in ("B", "H", "I"):
        raise damaged("its triangles are given by no whole numbers")
    if indices.count and max(indices.column(0)) >= points:
        raise damaged("it has triangles without vertices")


def _around(extents: Sequence[Extent]) -> tuple[Vec3, Vec3]:
    if not extents:
        raise ModelFileError("E0819", "has no triangles to draw", "export at least one object, with faces")
    x, y, z, right, ahead, up = zip(*extents, strict=True)
    return (min(x), min(y), min(z)), (max(right), max(ahead), max(up))


def _boxes(extents: Sequence[Extent], foot: Vec3) -> Mapping[str, CardBox]:
    """A box for each node, each once."""
    found: dict[str, CardBox] = {}
    for index, (x, y, z, right, ahead, up) in enumerate(dict.fromkeys(extents)):
        at = ((x + right) / 2 - foot[0], (y + ahead) / 2 - foot[1], z - foot[2])
        found[f"part_{index + 1}"] = CardBox(at=at, size=(right - x, ahead - y, up - z))
    return found


def _left_out(glb: Glb, shown: Sequence[Drawn], materials: Sequence[GlbMaterial]) -> Iterator[str]:
    """What is in a file and not drawn, in a designer's words."""
    yield from (words for kind, words in _LEFT_OUT.items() if glb.items(kind))
    surfaces = [one for mesh in dict.fromkeys(each.mesh for each in shown) for one in glb.item("meshes", mesh)["primitives"]]
    if any(one.get("targets") for one in surfaces):
        yield "shape keys"
    if any(whole(one, "mode", TRIANGLES) < TRIANGLES for one in surfaces):
        yield "points and lines"
    if any(material.emissive_map and any(material.emissive) and material.alpha == "blend" for material in materials):
        yield "textures that glow on what is see-through"
    other = (one for material in materials for one in material.textures if one.layout != material.layout)
    if any(one not in (material.occlusion_map for material in materials) for one in other):
        yield "textures on further UV sets"
    used = glb.tree.get("extensionsUsed", [])
    names = {plain(one) for one in used if isinstance(one, str)} if isinstance(used, list) else set()
    yield from sorted(names - SUPPORTED)
