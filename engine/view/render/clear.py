"""What one sees through: glass, and things that glow softly, with the glow around them."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.geoms import geom, quad
from engine.view.geometry.mesh import Floats, Material, Part
from engine.view.geometry.textures import colour_texture
from engine.view.render.mirror import MIRROR
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW

HALO = 2.6
"""The glow's radius in radii of the thing."""

GAS = 0.9
"""Roughness from which what shines and is clear has no surface: a flame's air, a core of light. Glass is smooth."""

SMOOTH = 0.1
"""Roughness up to which what is clear and does not shine bends what one sees along its wall: blown glass."""

BRIGHT = 0.5
"""How bright a thing glows, at least, for the air around it to glow too; 1 is a white page in the scene's light."""


def tint(path: p3d.NodePath, material: Material) -> tuple[str, ...]:
    """Give a node of see-through parts the picture that tints it, if it has one; words for its program."""
    words: tuple[str, ...] = ("UNLIT",) if material.unlit else ()
    if material.unlit and not any(material.colour[:3]):
        words = ("DARKENS",)
    if material.colour_map is None:
        return words
    path.set_shader_input("colour_map", colour_texture("tint", material.colour_map))
    return (*words, "MAPS")


def is_gas(material: Material) -> bool:
    """Whether what is clear and shines has no surface."""
    return any(material.emissive) and material.roughness >= GAS


def add_clear(parent: p3d.NodePath, part: Part, place: Floats) -> None:
    """Draw a part of a see-through material, at its body's 4 x 4 transform; one that is bright glows into the air."""
    material = part.mesh.material
    node = p3d.GeomNode(part.name)
    node.add_geom(geom(((part.mesh, place @ copy) for copy in part.copies), tangents=material.colour_map is not None))
    path = parent.attach_new_node(part.name)
    path.set_shader_input("base", p3d.LVecBase4f(*material.colour))
    path.set_shader_input("glow", p3d.LVecBase4f(*material.emissive, 0))
    path.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
    path.set_depth_write(False)
    path.hide(p3d.BitMask32(SHADOW if part.mirrored else SHADOW | MIRROR))
    gas = ("GAS",) if is_gas(material) else ()
    shines = max(material.emissive) >= BRIGHT
    globe = ("GLOBE",) if shines and not gas else ()
    wall = ("WALL",) if material.roughness <= SMOOTH and not shines else ()
    path.attach_new_node(node).set_shader(program("clear", *gas, *globe, *wall, *tint(path, material)))
    if not shines:
        return
    points = np.concatenate([part.mesh.positions @ copy[:3, :3].T + copy[:3, 3] for copy in place @ part.copies])
    middle, radius = (points.min(0) + points.max(0)) / 2, float(np.ptp(points, axis=0).max()) / 2
    glow = p3d.GeomNode("halo")
    glow.add_geom(quad(2 * HALO * radius, 2 * HALO * radius))
    glow.set_bounds(p3d.BoundingSphere(p3d.LPoint3f(0), HALO * radius))
    halo = path.attach_new_node(glow)
    halo.set_pos(*map(float, middle))
    halo.set_shader(program("clear", "HALO"))
    # After what is see-through: a glow has the middle of its thing, and sorted by distance either could be drawn first.
    halo.set_bin("fixed", -1)
    halo.set_shader_input("halo", p3d.LVecBase4f(HALO * radius, 0 if gas else HALO, 0, 0))
