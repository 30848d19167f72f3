"""What the lenses of a headset hide of its pictures, so that nothing is shaded there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import panda3d.core as p3d

from engine.view.eyes import Eyes
from engine.view.geometry.plain import never_culled, plain
from engine.view.render.shaders import program

Corners = Sequence[tuple[float, float]]


def hide(eyes: Eyes, hidden: Sequence[Corners]) -> list[p3d.NodePath]:
    """Draw each eye's triangles (three corners each, as tangents to the right and up) before all else, as near as can be; the
    nodes that do, none if nothing is hidden."""
    corners = np.array([(x, y, eye) for eye, one in enumerate(hidden) for x, y in one], np.float32)
    if not len(corners):
        return []
    # Its corners are no places, so nothing can be said of what is in sight.
    node = never_culled(plain("hidden", corners, np.arange(len(corners), dtype=np.uint32)))
    return [_attach(end, node) for end in eyes.ends]


def _attach(end: p3d.NodePath, node: p3d.GeomNode) -> p3d.NodePath:
    path = end.attach_new_node(node.make_copy())
    path.set_shader(program("hidden"))
    path.set_bin("background", 0)
    path.set_two_sided(True)
    # OpenGL writes no depth without a test of it.
    path.set_attrib(p3d.DepthTestAttrib.make(p3d.RenderAttrib.M_always))
    path.set_attrib(p3d.ColorWriteAttrib.make(p3d.ColorWriteAttrib.C_off))
    return path
