"""What stands in a room, as it is attached: things lit by their vertices, and what is clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.geoms import geom, merged_node
from engine.view.geometry.looks import Kind, Look, factors
from engine.view.geometry.mesh import Floats, Mesh, Part
from engine.view.geometry.textures import row_texture
from engine.view.render.clear import add_clear, is_gas, tint
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW

Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Mount:
    """A node that moves: the room that lights it, where it stands in the scene, and where when its joint has slid to its other
    end."""

    node: p3d.NodePath
    room: str
    scene: Matrix
    slid: Matrix | None = None


@dataclass(frozen=True, eq=False)
class Piece:
    """A mesh to be lit by its vertices: where it stands in the node it is put under, and where that is in the scene."""

    mesh: Mesh
    place: Matrix
    scene: Matrix
    parent: p3d.NodePath | None
    look: Look
    room: str
    hides: bool
    slid: Matrix | None = None
    """Where its node is in the scene when its joint has slid to its other end."""
    on_wall: Floats | None = None
    """Of a moulding, where its vertices lie on the room's light map (n x 2): what is thrown on its wall is thrown on it too."""

    def stood(self, scene: Matrix | None = None) -> tuple[Floats, Floats]:
        """Its vertices and normals in the scene, or if its node stood elsewhere."""
        matrix = (self.scene if scene is None else scene) @ self.place
        normals = self.mesh.normals @ np.linalg.inv(matrix[:3, :3])
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
        return np.asarray(self.mesh.positions @ matrix[:3, :3].T + matrix[:3, 3], np.float32), np.asarray(normals, np.float32)


def attach_pieces(room: p3d.NodePath, pieces: Sequence[Piece], lights: Sequence[tuple[Floats, Floats]]) -> None:
    """One geom for each kind of look and node; `lights` are what each piece's vertices get by way of walls, and see of panels.
    Mouldings are apart: `room` has the input `forms_map` for them."""
    grouped: dict[tuple[Kind, bool, bool, p3d.NodePath], list[int]] = {}
    for index, piece in enumerate(pieces):
        parent = piece.parent or room
        # The live shadows are those of what moves: what stands still may throw one or not.
        casts, moulding = piece.look.casts and parent != room, piece.on_wall is not None
        grouped.setdefault((piece.look.kind, casts, moulding, parent), []).append(index)
    for (_, _, moulding, parent), some in grouped.items():
        looks = list(dict.fromkeys(pieces[index].look for index in some))
        columns = {
            "bounce": np.concatenate([lights[index][0] for index in some]),
            "seen": np.concatenate([lights[index][1] for index in some]),
        }
        words = ("BAKED",) if parent == room else ("BAKED", "TURNS")
        if moulding:
            words = (*words, "FORMS")
            columns["light_uv"] = np.concatenate([uv for index in some if (uv := pieces[index].on_wall) is not None])
        name, several = looks[0].name, len(looks) > 1
        if several:
            name, words = "mixed", (*words, "MIXED")
            counts = [len(pieces[index].mesh.positions) for index in some]
            which = np.array([[looks.index(pieces[index].look)] for index in some], np.float32)
            columns["material"] = np.repeat(which, counts, axis=0)
        placed = [(pieces[index].mesh, pieces[index].place) for index in some]
        path = parent.attach_new_node(merged_node(name, placed, tangents=looks[0].maps, light=columns))
        looks[0].wear(path, copies=0, sway=0.0, height=1.0, light=words)
        if several:
            rows = np.concatenate([factors(look.material) for look in looks])
            path.set_shader_input("materials", row_texture("materials", rows, p3d.GeomEnums.UH_static))


def attach_clear(parent: p3d.NodePath, part: Part, place: Matrix, casts: bool = False) -> None:
    """A part that one sees through. Of what moves it `casts` a live shadow; that of what stands still is traced."""
    material = part.mesh.material
    if is_gas(material):
        add_clear(parent, part, np.asarray(place, np.float32))
        return
    node = p3d.GeomNode(part.name)
    node.add_geom(geom(((part.mesh, place @ copy) for copy in part.copies), tangents=material.colour_map is not None))
    path = parent.attach_new_node(node)
    path.set_shader(program("glass", *tint(path, material)))
    path.set_shader_input("base", p3d.LVecBase4f(*material.colour))
    path.set_shader_input("finish", p3d.LVecBase4f(0, material.roughness, 0, 0))
    path.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
    path.set_depth_write(False)
    if material.two_sided:
        path.set_two_sided(True)
    if casts and part.casts:
        path.set_tag("shadow", "clear")
    else:
        path.hide(p3d.BitMask32(SHADOW))
