"""Parts to Panda3D nodes: few, large draw calls.

What stands still is merged by material into one geom each; what is repeated often, or sways in the wind, becomes instanced nodes,
cut into neighbourhoods so that those out of sight are not drawn. Vertices move as whole arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.eyes import COPIES_TAG
from engine.view.geometry.looks import Look
from engine.view.geometry.mesh import Floats, Mesh, Part
from engine.view.geometry.plain import with_faces
from engine.view.render.mirror import MIRROR

MERGED = 60_000
"""A repeated part with no more vertices than this, all copies together, is merged rather than instanced."""

NEIGHBOURS = 96
"""Copies in one neighbourhood, at most, if it is wider than `NARROW` metres."""

NARROW = 40.0

WIDE = 3.0
"""Metres of radius from which on a node surrounds others, and is drawn after them: what they hide of it is then not shaded."""

MATERIALS_TAG = "materials"
"""What is merged names all its materials under this tag, a line each."""

Placed = tuple[Mesh, NDArray[np.float32]]
"""A mesh and one transform, 4 x 4."""


def attach(
    parent: p3d.NodePath, parts: Iterable[tuple[Part, Floats]], look: Callable[[Part], Look], know: Callable[[int], None]
) -> None:
    """Put parts, each with its body's own 4 x 4 transform, under a node. `know` is told how often instanced nodes repeat."""
    merged: dict[tuple[Look, bool], list[Placed]] = {}
    for part, place in parts:
        copies = np.asarray(place @ part.copies, np.float32)
        if part.sway == 0.0 and (len(copies) == 1 or len(copies) * len(part.mesh.positions) <= MERGED):
            merged.setdefault((look(part), part.mirrored), []).extend((part.mesh, copy) for copy in copies)
            continue
        for some in neighbourhoods(copies):
            _attach_copies(parent, part, some, look(part), know)
    for (how, mirrored), placed in merged.items():
        node = merged_node(how.name, placed, tangents=how.maps)
        path = parent.attach_new_node(node)
        how.wear(path, copies=0, sway=0.0, height=1.0)
        if not mirrored:
            path.hide(p3d.BitMask32(MIRROR))
        if node.get_bounds().radius > WIDE:
            draw_late(path)


def draw_late(path: p3d.NodePath) -> None:
    """Draw a solid node after the others."""
    path.set_bin("opaque", 1)


def merged_node(
    name: str, placed: Sequence[Placed], *, tangents: bool = False, light: Mapping[str, Floats] | None = None
) -> p3d.GeomNode:
    """A node of one `geom`, which says what it is made of."""
    node = p3d.GeomNode(name)
    node.set_tag(MATERIALS_TAG, "\n".join(dict.fromkeys(mesh.material.name for mesh, _ in placed)))
    node.add_geom(geom(placed, tangents=tangents, light=light))
    return node


def geom(placed: Iterable[Placed], *, tangents: bool = False, light: Mapping[str, Floats] | None = None) -> p3d.Geom:
    """One geom of meshes, each at its transform. `light` are further columns by name, n x width for the n vertices of all of
    them."""
    positions, normals, along, uvs, colours, triangles = [], [], [], [], [], []
    first = 0
    for mesh, copy in placed:
        turn = copy[:3, :3]
        upright = np.linalg.inv(turn).T
        positions.append(mesh.positions @ turn.T + copy[:3, 3])
        normals.append(_unit(mesh.normals @ upright.T))
        along.append(np.column_stack((_unit(mesh.tangents[:, :3] @ turn.T), mesh.tangents[:, 3])))
        uvs.append(mesh.uvs)
        colours.append(mesh.colours)
        triangles.append((mesh.triangles if np.linalg.det(turn) > 0 else mesh.triangles[:, ::-1]) + np.uint32(first))
        first += len(mesh.positions)
    further = {} if light is None else dict(light)
    widths = tuple((name, column.shape[1]) for name, column in further.items())
    data = p3d.GeomVertexData("mesh", _format(tangents, widths), p3d.Geom.UH_static)
    data.unclean_set_num_rows(first)
    fields = [("position", np.float32, 3), ("normal", np.float32, 3), ("colour", np.uint8, 4)]
    if tangents:
        fields += [("uv", np.float32, 2), ("tangent", np.float32, 4)]
    fields += [(name, np.float32, width) for name, width in widths]
    rows = np.empty(first, dtype=[(name, kind, (count,)) for name, kind, count in fields])
    rows["position"], rows["normal"] = np.concatenate(positions), np.concatenate(normals)
    rows["colour"] = np.clip(np.concatenate(colours) * 255 + 0.5, 0, 255).astype(np.uint8)
    if tangents:
        rows["uv"], rows["tangent"] = np.concatenate(uvs), np.concatenate(along)
    for name, column in further.items():
        rows[name] = column
    memoryview(data.modify_array(0)).cast("B")[:] = rows.tobytes()
    return with_faces(data, np.concatenate(triangles))


def neighbourhoods(copies: Floats) -> list[Floats]:
    """Copies cut in halves, across their longer side, until each group is small or narrow."""
    across = np.ptp(copies[:, :2, 3], axis=0)
    if len(copies) <= NEIGHBOURS or across.max() < NARROW:
        return [copies]
    order = copies[:, int(across.argmax()), 3].argsort(kind="stable")
    middle = len(copies) // 2
    return [*neighbourhoods(copies[order[:middle]]), *neighbourhoods(copies[order[middle:]])]


def quad(width: float, height: float) -> p3d.Geom:
    """An upright card facing -y, centred, in metres."""
    x, z = width / 2, height / 2
    corners = ((-x, -z, 0, 0), (x, -z, 1, 0), (x, z, 1, 1), (-x, z, 0, 1))
    data = p3d.GeomVertexData("quad", p3d.GeomVertexFormat.get_v3t2(), p3d.Geom.UH_static)
    data.unclean_set_num_rows(4)
    rows = np.array([(a, 0, b, u, v) for a, b, u, v in corners], np.float32)
    memoryview(data.modify_array(0)).cast("B")[:] = rows.tobytes()
    triangles = p3d.GeomTriangles(p3d.Geom.UH_static)
    triangles.add_vertices(0, 1, 2)
    triangles.add_vertices(0, 2, 3)
    made = p3d.Geom(data)
    made.add_primitive(triangles)
    return made


def _attach_copies(parent: p3d.NodePath, part: Part, copies: Floats, how: Look, know: Callable[[int], None]) -> None:
    node = p3d.GeomNode(part.name)
    node.add_geom(geom([(part.mesh, np.eye(4, dtype=np.float32))], tangents=how.maps))
    low, high = part.mesh.positions.min(0), part.mesh.positions.max(0)
    corners = np.array(
        [(x, y, z, 1) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])], np.float32
    )
    points = (copies @ corners.T)[:, :3]
    reach = part.sway * 1.5
    least, most = points.min((0, 2)) - reach, points.max((0, 2)) + reach
    node.set_bounds(p3d.BoundingBox(p3d.LPoint3f(*map(float, least)), p3d.LPoint3f(*map(float, most))))
    node.set_final(True)
    path = parent.attach_new_node(node)
    path.set_instance_count(len(copies))
    path.set_tag(COPIES_TAG, str(len(copies)))
    know(len(copies))
    how.wear(path, copies=len(copies), sway=part.sway, height=float(max(high[2], 1e-3)))
    path.set_shader_input("copies", how.matrices(copies))
    if not part.mirrored:
        path.hide(p3d.BitMask32(MIRROR))


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.maximum(np.sqrt((vectors * vectors).sum(axis=1, keepdims=True)), np.float32(1e-12))
    return unit


def _format(tangents: bool, further: tuple[tuple[str, int], ...]) -> p3d.GeomVertexFormat:
    array = p3d.GeomVertexArrayFormat()
    array.add_column(p3d.InternalName.get_vertex(), 3, p3d.Geom.NT_float32, p3d.Geom.C_point)
    array.add_column(p3d.InternalName.get_normal(), 3, p3d.Geom.NT_float32, p3d.Geom.C_normal)
    array.add_column(p3d.InternalName.get_color(), 4, p3d.Geom.NT_uint8, p3d.Geom.C_color)
    if tangents:
        array.add_column(p3d.InternalName.get_texcoord(), 2, p3d.Geom.NT_float32, p3d.Geom.C_texcoord)
        array.add_column(p3d.InternalName.make("tangent"), 4, p3d.Geom.NT_float32, p3d.Geom.C_other)
    for name, width in further:
        array.add_column(p3d.InternalName.make(name), width, p3d.Geom.NT_float32, p3d.Geom.C_other)
    return p3d.GeomVertexFormat.register_format(array)
