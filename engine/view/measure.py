"""Yardsticks for measuring frames: the cost of one Panda3D call, and a field of so many separate things."""

from __future__ import annotations

import time

import numpy as np
import panda3d.core as p3d

from engine.view.geometry.geoms import quad
from engine.view.geometry.textures import colour_texture
from engine.view.render.shaders import program
from engine.view.stage import Stage


def set_pos_seconds(blocks: int = 30, calls: int = 2000) -> float:
    """Seconds that one `NodePath.set_pos` takes, the least of several blocks: the unit `sp` of every other time."""
    node = p3d.NodePath("yardstick")
    least = 1.0
    for _ in range(blocks):
        began = time.perf_counter()
        for number in range(calls):
            node.set_pos(number, 0, 0)
        least = min(least, (time.perf_counter() - began) / calls)
    return least


def field(stage: Stage, count: int) -> None:
    """Put `count` separate cards before the eyes, each a node and a draw call of its own, in one state."""
    root = stage.root.attach_new_node("field")
    root.set_shader(program("card"))
    root.set_shader_input("colour_map", colour_texture("grey", np.full((1, 1, 4), 128, np.uint8)))
    root.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))
    side = int(np.ceil(np.sqrt(count)))
    for number in range(count):
        node = p3d.GeomNode("card")
        node.add_geom(quad(0.05, 0.05))
        path = root.attach_new_node(node)
        path.set_pos((number % side - side / 2) * 0.06, 3.0, (number // side - side / 2) * 0.06 + 1.6)
