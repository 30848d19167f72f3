"""What lies around every outdoor scene: the sky, and a lake."""

from __future__ import annotations

import math

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.plain import BOX, BOX_FACES, plain
from engine.view.geometry.textures import data_texture, float_texture
from engine.view.render.mirror import MIRROR, PROBE, Mirror
from engine.view.render.noise import CRACK_REACH, CRACK_TILE, WAVE_TILE, cracks, wave_slopes
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW
from engine.view.stage import Stage

RINGS = (0.0, 4.0, 15.0, 60.0, 250.0, 1000.0, 4000.0)
"""Metres from the middle of a lake to its rings of vertices: a few, so that far points are exact enough."""

CALM, RUFFLED, RIPPLED = 0.0012, 0.0042, 1.8
"""Root mean square slopes of the water's waves out of and in the wind: a mountain lake in calm air (Cox and Munk 1954 give 0.05
for it at sea); and how much steeper ripples a hand wide are."""


def add_sky(stage: Stage) -> None:
    """The sky, behind everything."""
    sky = stage.root.attach_new_node(plain("sky", BOX, BOX_FACES))
    sky.set_shader(program("sky"))
    sky.set_two_sided(True)
    sky.set_depth_write(False)
    sky.set_attrib(p3d.DepthTestAttrib.make(p3d.RenderAttrib.M_less_equal))
    sky.set_bin("sky", 0)
    sky.node().set_bounds(p3d.OmniBoundingVolume())
    sky.hide(p3d.BitMask32(SHADOW))


def add_lake(stage: Stage, level: float, *, frozen: bool = False) -> None:
    """Still water or ice at a height in metres, wherever no land rises above it, with its mirror image on every canvas."""
    turns = np.arange(48) * (2 * math.pi / 48)
    points = [(0.0, 0.0, level)] + [(r * math.cos(t), r * math.sin(t), level) for r in RINGS[1:] for t in turns]
    triangles = [(0, 1 + i, 1 + (i + 1) % 48) for i in range(48)]
    for ring in range(len(RINGS) - 2):
        for i in range(48):
            a, b = 1 + ring * 48 + i, 1 + ring * 48 + (i + 1) % 48
            triangles += [(a, a + 48, b + 48), (a, b + 48, b)]
    lake = stage.root.attach_new_node(plain("lake", np.array(points, np.float32), np.array(triangles, np.uint32)))
    if frozen:
        lake.set_shader(program("ice"))
        lake.set_shader_input("crack_map", data_texture("cracks", cracks()))
        lake.set_shader_input("crack", p3d.LVecBase4f(1 / CRACK_TILE, CRACK_REACH, 0, 0))
    else:
        lake.set_shader(program("water"))
        lake.set_shader_input("wave_map", float_texture("waves", wave_slopes(), mipmaps=True))
        lake.set_shader_input("wave", p3d.LVecBase4f(1 / WAVE_TILE, CALM, RUFFLED, RIPPLED))
        lake.set_transparency(p3d.TransparencyAttrib.M_premultiplied_alpha)
    lake.set_depth_write(False)
    lake.set_bin("water", 0)
    lake.hide(p3d.BitMask32(MIRROR | SHADOW | PROBE))
    stage.passes.append(lambda canvas: Mirror(canvas, level))
