"""Screens and boards: flat rectangles of things on which something is written live.

    slot = view.screens["monitor", "main"]
    slot.show(texture)           # sRGB, its rows as one reads them; None: the screen is dark

Whoever writes knows the size in metres and a fitting one in pixels; the view only shows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.geoms import geom
from engine.view.geometry.mesh import Floats, Part
from engine.view.geometry.textures import colour_texture
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW

PIXELS = 1400.0
"""A metre: letters of 5 mm are legible from as near as one steps to a screen."""

BRIGHT = 0.92
"""How bright a white spot of a screen is, 1 as bright as a white page in the room's light."""


@dataclass(frozen=True, eq=False)
class Screen:
    """A rectangle that can be written on."""

    node: p3d.NodePath
    size: tuple[float, float]
    """Metres, width and height as one reads it."""

    @property
    def size_px(self) -> tuple[int, int]:
        """A fitting size of its picture."""
        return (max(8, round(self.size[0] * PIXELS)), max(8, round(self.size[1] * PIXELS)))

    def show(self, texture: p3d.Texture | None) -> None:
        """Show a picture, or nothing."""
        self.node.set_shader_input("screen_map", texture or dark())
        self.node.set_shader_input("screen", p3d.LVecBase4f(0.0 if texture is None else BRIGHT))


def dark() -> p3d.Texture:
    """A screen that is off."""
    return colour_texture("dark", np.zeros((1, 1, 4), np.uint8))


def attach_screen(parent: p3d.NodePath, part: Part) -> Screen:
    """Put a screen's rectangle under its body's node, which has the light of a room."""
    mesh, copy = part.mesh, part.copies[0]
    node = p3d.GeomNode(f"screen {part.screen}")
    node.add_geom(geom([(mesh, copy)], tangents=True))
    path = parent.attach_new_node(node)
    path.set_shader(program("screen"))
    path.hide(p3d.BitMask32(SHADOW))
    screen = Screen(path, _size(mesh.positions, mesh.uvs, mesh.triangles))
    screen.show(None)
    return screen


def _size(positions: Floats, uvs: Floats, triangles: np.ndarray[tuple[int, int], np.dtype[np.uint32]]) -> tuple[float, float]:
    """Metres for one unit of u and of v, from the largest triangle."""
    edges = positions[triangles]
    areas = np.linalg.norm(np.cross(edges[:, 1] - edges[:, 0], edges[:, 2] - edges[:, 0]), axis=1)
    a, b, c = triangles[int(areas.argmax())]
    across = np.array((positions[b] - positions[a], positions[c] - positions[a]), float)
    along = np.array((uvs[b] - uvs[a], uvs[c] - uvs[a]), float)
    per_unit = np.linalg.pinv(along) @ across
    return (float(np.linalg.norm(per_unit[0])), float(np.linalg.norm(per_unit[1])))
