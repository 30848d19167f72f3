"""Where a model file's scene puts its meshes (glTF 2.0 sections 3.5 and 3.7.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.spec.glb import Glb, ModelFileError, Tree, damaged, mapping, numbers, said, whole

MOST_NODES = 20_000
DEEPEST_NODE = 64

Row = tuple[float, float, float, float]
Matrix = tuple[Row, Row, Row]
"""The upper three rows of a transform of column vectors; the fourth is 0, 0, 0, 1."""

UNTURNED: Matrix = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0))

TRIANGLES, STRIP, FAN = 4, 5, 6
"""The modes of a primitive that are surfaces; the others are points and lines."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A node that shows a mesh, and the transform from the mesh to the scene, in the file's own axes."""

    name: str
    mesh: int
    place: Matrix


def drawn(glb: Glb) -> list[Drawn]:
    """All that the file's scene shows. What has a skin stands as it was bound to its bones, by the first of them.

    Raises ModelFileError for nodes in a ring, under two parents, too deep or too many.
    """
    worlds: dict[int, Matrix] = {}
    nodes: list[tuple[int, Tree]] = []
    scenes = glb.items("scenes")
    if not scenes:
        raise ModelFileError("E0819", "holds no scene", "export at least one object")
    waiting = [(index, UNTURNED, 1) for index in reversed(_indices(glb.item("scenes", glb.tree.get("scene", 0)), "nodes"))]
    while waiting:
        index, above, depth = waiting.pop()
        if depth > DEEPEST_NODE:
            raise ModelFileError("E0818", f"nests its nodes more than {DEEPEST_NODE} deep", "flatten its hierarchy")
        node = glb.item("nodes", index)
        if index in worlds:
            raise damaged(f"node {index} stands in two places, or in itself")
        if len(worlds) >= MOST_NODES:
            raise ModelFileError("E0818", f"has more than {MOST_NODES:,} nodes", "join its objects")
        worlds[index] = combined(above, _own(node))
        nodes.append((index, node))
        waiting.extend((child, worlds[index], depth + 1) for child in reversed(_indices(node, "children")))
    return list(_shown(glb, nodes, worlds))


def _shown(glb: Glb, nodes: list[tuple[int, Tree]], worlds: Mapping[int, Matrix]) -> Iterator[Drawn]:
    bound: dict[int, Matrix] = {}
    for index, node in nodes:
        if "mesh" not in node:
            continue
        mesh = whole(node, "mesh")
        place = worlds[index]
        if "skin" in node:
            skin = whole(node, "skin")
            if skin not in bound:
                bound[skin] = _bound(glb, skin, worlds)
            place = bound[skin]
        if any(not math.isfinite(value) or abs(value) > 1e12 for row in place for value in row):
            raise damaged(f"node {index} stands nowhere")
        yield Drawn(said(node, "name") or f"node {index}", mesh, place)


def primitives(glb: Glb, mesh: int) -> Iterator[Tree]:
    """The surfaces of a mesh; its points and lines are left out."""
    found = glb.item("meshes", mesh).get("primitives")
    if not isinstance(found, list):
        raise damaged(f"mesh {mesh} has no list of primitives")
    for one in map(mapping, found):
        if whole(one, "mode", TRIANGLES) in (TRIANGLES, STRIP, FAN):
            yield one


def combined(above: Matrix, own: Matrix) -> Matrix:
    """The transform that first does `own`, then `above`."""
    rows = []
    for a, b, c, d in above:
        x, y, z = own
        rows.append(
            (
                a * x[0] + b * y[0] + c * z[0],
                a * x[1] + b * y[1] + c * z[1],
                a * x[2] + b * y[2] + c * z[2],
                a * x[3] + b * y[3] + c * z[3] + d,
            )
        )
    return (rows[0], rows[1], rows[2])


def _own(node: Tree) -> Matrix:
    if "matrix" in node:
        m = numbers(node, "matrix", (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0))
        return ((m[0], m[4], m[8], m[12]), (m[1], m[5], m[9], m[13]), (m[2], m[6], m[10], m[14]))
    turn = numbers(node, "rotation", (0.0, 0.0, 0.0, 1.0))
    long = math.sqrt(turn[0] * turn[0] + turn[1] * turn[1] + turn[2] * turn[2] + turn[3] * turn[3])
    if not 1e-6 < long < 1e6:
        raise damaged("a node is turned by no rotation")
    x, y, z, w = (value / long for value in turn)
    a, b, c = numbers(node, "scale", (1.0, 1.0, 1.0))
    at = numbers(node, "translation", (0.0, 0.0, 0.0))
    return (
        ((1 - 2 * (y * y + z * z)) * a, 2 * (x * y - z * w) * b, 2 * (x * z + y * w) * c, at[0]),
        (2 * (x * y + z * w) * a, (1 - 2 * (x * x + z * z)) * b, 2 * (y * z - x * w) * c, at[1]),
        (2 * (x * z - y * w) * a, 2 * (y * z + x * w) * b, (1 - 2 * (x * x + y * y)) * c, at[2]),
    )


def _bound(glb: Glb, skin: int, worlds: Mapping[int, Matrix]) -> Matrix:
    """From a skinned mesh to the scene, by its first joint; the node's own place does not count (section 3.7.3.2)."""
    tree = glb.item("skins", skin)
    joints = _indices(tree, "joints")
    if not joints or joints[0] not in worlds:
        raise damaged(f"the bones of skin {skin} are not in the scene")
    if "inverseBindMatrices" not in tree:
        return worlds[joints[0]]
    elements = glb.elements(tree["inverseBindMatrices"])
    if elements.width != 16 or elements.kind != "f" or not elements.count:
        raise damaged(f"skin {skin} has no matrices")
    m = [float(elements.column(axis)[0]) for axis in range(16)]
    return combined(worlds[joints[0]], ((m[0], m[4], m[8], m[12]), (m[1], m[5], m[9], m[13]), (m[2], m[6], m[10], m[14])))


def _indices(tree: Tree, key: str) -> list[int]:
    found = tree.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, int) and not isinstance(one, bool) for one in found):
        raise damaged(f"its '{key}' is no list of numbers")
    return found
