"""Bare shapes: points and triangles as Panda3D wants them, without a material."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

BOX = np.array([(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float32)
BOX_FACES = np.array(
    [
        triangle
        for a, b, c, d in ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
        for triangle in ((a, b, c), (a, c, d))
    ],
    np.uint32,
)
"""Points and triangles of a box of 2 m around the origin."""


def plain(name: str, points: NDArray[np.float32], triangles: NDArray[np.uint32]) -> p3d.GeomNode:
    """A node of bare points (n x 3) and triangles (m x 3)."""
    data = p3d.GeomVertexData(name, p3d.GeomVertexFormat.get_v3(), p3d.Geom.UH_static)
    data.unclean_set_num_rows(len(points))
    memoryview(data.modify_array(0)).cast("B")[:] = np.ascontiguousarray(points, np.float32).tobytes()
    node = p3d.GeomNode(name)
    node.add_geom(with_faces(data, triangles))
    return node


def never_culled(node: p3d.GeomNode) -> p3d.GeomNode:
    """The same node, drawn wherever the camera looks."""
    node.set_bounds(p3d.OmniBoundingVolume())
    node.set_final(True)
    return node


def with_faces(data: p3d.GeomVertexData, triangles: NDArray[np.uint32]) -> p3d.Geom:
    """A geom of vertices and the triangles between them (m x 3)."""
    corners = p3d.GeomTriangles(p3d.Geom.UH_static)
    corners.set_index_type(p3d.Geom.NT_uint32)
    index = corners.modify_vertices()
    index.unclean_set_num_rows(triangles.size)
    memoryview(index).cast("B")[:] = np.ascontiguousarray(triangles, np.uint32).tobytes()
    made = p3d.Geom(data)
    made.add_primitive(corners)
    return made
