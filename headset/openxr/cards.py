"""Panels drawn over a copied picture: what the runtime composites in the headset, for who looks at the mirror window."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from headset.driver import Panel, View
from headset.openxr.gl import Box

COLUMNS: Final = 24
"""Into which a curved panel is parted."""

_VERTEX = """#version 330
uniform mat4 p3d_ModelMatrix; uniform vec3 eye; uniform vec4 turn; uniform vec4 tangents;
in vec4 p3d_Vertex; in vec2 p3d_MultiTexCoord0; out vec2 at;
void main() {
    vec3 there = (p3d_ModelMatrix * p3d_Vertex).xyz - eye;
    vec3 aside = 2.0 * cross(there, turn.xyz);
    vec3 seen = there + turn.w * aside + cross(aside, turn.xyz);
    vec2 low = tangents.xz, high = tangents.yw;
    gl_Position = vec4((2.0 * seen.xz - (high + low) * seen.y) / (high - low), 0.0, seen.y);
    at = p3d_MultiTexCoord0;
}
"""

_FRAGMENT = """#version 330
uniform sampler2D panel; in vec2 at; out vec4 colour;
void main() { colour = texture(panel, at); }
"""

_OVER: Final = p3d.ColorBlendAttrib.make(
    p3d.ColorBlendAttrib.M_add, p3d.ColorBlendAttrib.O_one, p3d.ColorBlendAttrib.O_one_minus_incoming_alpha
)


class Cards:
    """The panels of a window, in a region of it that has the shape of what is shown there."""

    def __init__(self, output: p3d.GraphicsOutput) -> None:
        self.output = output
        self.encoded = bool(output.get_fb_properties().get_srgb_color())
        """Whether the window knows that it holds sRGB."""
        self._scene = p3d.NodePath("cards")
        self._scene.set_shader(p3d.Shader.make(p3d.Shader.SL_GLSL, _VERTEX, _FRAGMENT))
        self._scene.set_depth_test(False)
        self._scene.set_depth_write(False)
        self._scene.set_two_sided(True)
        self._scene.set_attrib(_OVER)
        self._shown: dict[str, tuple[Panel, p3d.NodePath]] = {}
        self.look(View((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -1.0, 1.0)))
        self.region = output.make_display_region()
        self.region.set_sort(1000)
        self.region.set_camera(self._scene.attach_new_node(p3d.Camera("cards", p3d.OrthographicLens())))

    def show(self, panels: Sequence[Panel]) -> None:
        """Show these, the last one in front, and nothing else."""
        wanted = {panel.name: panel for panel in panels}
        for name in self._shown.keys() - wanted.keys():
            self._shown.pop(name)[1].remove_node()
        for order, (name, panel) in enumerate(wanted.items()):
            before, node = self._shown.get(name, (None, None))
            if node is None:
                node = self._scene.attach_new_node(name)
            if before is None or (before.size, before.radius) != (panel.size, panel.radius):
                node.node().remove_all_children()
                node.attach_new_node(_sheet(panel))
            if before is None or before.pixels is not panel.pixels:
                node.set_shader_input("panel", self._texture(panel.pixels))
            node.set_pos_quat(p3d.LVecBase3f(*panel.position), p3d.LQuaternionf(*panel.orientation))
            node.set_bin("fixed", order)
            self._shown[name] = panel, node

    def look(self, view: View) -> None:
        """See them with this eye."""
        w, i, j, k = view.orientation
        self._scene.set_shader_input("eye", p3d.LVecBase3f(*view.position))
        self._scene.set_shader_input("turn", p3d.LVecBase4f(i, j, k, w))
        self._scene.set_shader_input("tangents", p3d.LVecBase4f(*view.fov))

    def fit(self, shape: float) -> None:
        """Take as much of the middle of the window as something of this width by height can fill."""
        width, height = self.output.get_fb_x_size(), self.output.get_fb_y_size()
        if width <= 0 or height <= 0:
            return
        wide = min(1.0, shape * height / width)
        high = min(1.0, width / (shape * height))
        self.region.set_dimensions((1 - wide) / 2, (1 + wide) / 2, (1 - high) / 2, (1 + high) / 2)

    @property
    def box(self) -> Box:
        """Where in the window that is."""
        width, height = self.output.get_fb_x_size(), self.output.get_fb_y_size()
        left, right, low, high = self.region.get_dimensions()
        return (round(left * width), round(low * height), round(right * width), round(high * height))

    def close(self) -> None:
        """Let go of the window."""
        self.region.clear_draw_callback()
        self._shown.clear()
        self._scene.remove_node()

    def _texture(self, pixels: NDArray[np.uint8]) -> p3d.Texture:
        height, width, _ = pixels.shape
        texture = p3d.Texture("panel")
        kind = p3d.Texture.F_srgb_alpha if self.encoded else p3d.Texture.F_rgba
        texture.setup_2d_texture(width, height, p3d.Texture.T_unsigned_byte, kind)
        # Panda3D's rows begin below, and its colours with blue.
        texture.set_ram_image(np.ascontiguousarray(pixels[::-1, :, [2, 1, 0, 3]]).tobytes())
        texture.set_minfilter(p3d.SamplerState.FT_linear)
        return texture


def _sheet(panel: Panel) -> p3d.GeomNode:
    """The panel's surface, in axes with its middle as their origin: read along +y, z up."""
    (width, height), radius = panel.size, panel.radius
    data = p3d.GeomVertexData("panel", p3d.GeomVertexFormat.get_v3t2(), p3d.Geom.UH_static)
    corners, at = p3d.GeomVertexWriter(data, "vertex"), p3d.GeomVertexWriter(data, "texcoord")
    columns = COLUMNS if radius else 1
    for column in range(columns + 1):
        part = column / columns
        along = (part - 0.5) * width
        x, y = (radius * math.sin(along / radius), radius * (math.cos(along / radius) - 1.0)) if radius else (along, 0.0)
        for row in (0.0, 1.0):
            corners.add_data3(x, y, (row - 0.5) * height)
            at.add_data2(part, row)
    strip = p3d.GeomTristrips(p3d.Geom.UH_static)
    strip.add_next_vertices(2 * (columns + 1))
    geom = p3d.Geom(data)
    geom.add_primitive(strip)
    node = p3d.GeomNode("panel")
    node.add_geom(geom)
    # What is seen is not what this region's camera sees: nothing is culled.
    node.set_bounds(p3d.OmniBoundingVolume())
    node.set_final(True)
    return node
