"""Shadows of the sun: two depth maps, one round the person, one of the landscape. They are drawn again only when something
changed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import panda3d.core as p3d

from engine.view.eyes import Eyes
from engine.view.render.shaders import program
from engine.view.stage import Stage

SHADOW = 4
"""Bit of a node that throws a shadow; such a node says under the tag `shadow` how it is drawn: one of KINDS."""

KINDS = {"plain": (), "copies": ("COPIES",), "cut": ("CUT",), "cut copies": ("COPIES", "CUT")}

SIZE = 2048
"""Pixels of a map in each direction."""

NEAR_RADIUS, FAR_RADIUS = 6.5, 1400.0
"""Metres from the person that a map covers."""

TALL = 2.5
"""Metres above and below the person's floor up to which the near map covers what shadows fall on."""

_TO_TEXTURE = p3d.LMatrix4f(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0.5, 0.5, 0.5, 1)


def half_height(radius: float, tall: float, rise: float) -> float:
    """Half the height in metres of a map that covers ground within `radius`, and what stands up to `tall` over or under it, for a
    sun whose direction rises so far (a sine). A low sun sees the ground foreshortened: a map as high as it is wide would draw
    shadows out into long stairs."""
    return min(radius * abs(rise) + tall * math.sqrt(max(1.0 - rise * rise, 0.0)), radius)


class Shadows:
    """The shadow maps of a stage, as inputs `shadow_near`, `shadow_far`, `shadow_matrix[2]` on its root."""

    def __init__(self, stage: Stage) -> None:
        self._matrices = p3d.PTA_LMatrix4f.empty_array(2)
        for index in range(2):
            self._matrices.set_element(index, p3d.LMatrix4f.ident_mat())
        self._maps = [
            _Map(stage, "near", (NEAR_RADIUS, TALL), 60.0, 0.02),
            _Map(stage, "far", (FAR_RADIUS, FAR_RADIUS), 3000.0, 0.1),
        ]
        stage.root.set_shader_input("shadow_matrix", self._matrices)
        for one in self._maps:
            stage.root.set_shader_input(f"shadow_{one.name}", one.texture)

    def follow(self, sun: Sequence[float], degrees: float, middle: Sequence[float], moved: bool) -> None:
        """Cast the shadows of a sun in this direction and height, round `middle`; `moved` says that something near has moved."""
        for index, one in enumerate(self._maps):
            if one.follow(sun, degrees, middle, moved and index == 0):
                self._matrices.set_element(index, one.matrix * _TO_TEXTURE)

    def close(self) -> None:
        """Give the maps back."""
        for one in self._maps:
            one.close()


class _Map:
    def __init__(self, stage: Stage, name: str, reach: tuple[float, float], depth: float, step_deg: float) -> None:
        self.stage, self.name, self.depth, self.step_deg = stage, name, depth, step_deg
        self.radius, self.tall = reach
        self.matrix = p3d.LMatrix4f.ident_mat()
        self.texture = p3d.Texture(f"shadow {name}")
        self.texture.set_format(p3d.Texture.F_depth_component)
        self.texture.set_minfilter(p3d.SamplerState.FT_shadow)
        self.texture.set_magfilter(p3d.SamplerState.FT_shadow)
        self.texture.set_wrap_u(p3d.SamplerState.WM_clamp)
        self.texture.set_wrap_v(p3d.SamplerState.WM_clamp)
        self.eyes = Eyes(stage.root, "mono", SHADOW)
        camera = self.eyes.camera.node()
        camera.set_tag_state_key("shadow")
        for kind, words in KINDS.items():
            look = p3d.NodePath(kind)
            look.set_shader(program("shadow", *words), 10)
            look.set_attrib(p3d.DepthOffsetAttrib.make(-2), 10)
            camera.set_tag_state(kind, look.get_state())
        self._output: p3d.GraphicsOutput | None = None
        self._seen: tuple[float, ...] = ()
        self._frame = -1

    def follow(self, sun: Sequence[float], degrees: float, middle: Sequence[float], moved: bool) -> bool:
        now = (degrees, *middle)
        same = bool(self._seen) and abs(now[0] - self._seen[0]) < self.step_deg and now[1:] == self._seen[1:]
        if same and not moved:
            if self._output is not None and self.stage.frames > self._frame:
                self._output.set_active(False)
            return False
        output = self._output = self._output or self._open()
        output.set_active(True)
        self._frame = self.stage.frames
        if same:
            return False
        self._seen = now
        self._aim(p3d.LVecBase3f(*sun), p3d.LPoint3f(*middle))
        return True

    def _aim(self, sun: p3d.LVecBase3f, middle: p3d.LPoint3f) -> None:
        """Look along the sunlight; parallel, so that a texel is as wide everywhere."""
        ahead = p3d.LVector3f(-sun)
        pose = p3d.LMatrix4f()
        p3d.look_at(pose, ahead, p3d.LVector3f(0, 0, 1))
        pose.set_row(3, middle - ahead * self.depth)
        eye_from_scene = p3d.LMatrix4f()
        eye_from_scene.invert_affine_from(pose)
        r, d, h = self.radius, self.depth, half_height(self.radius, self.tall, sun.z)
        flat = p3d.LMatrix4f(1 / r, 0, 0, 0, 0, 0, 1 / d, 0, 0, 1 / h, 0, 0, 0, 0, -1, 1)
        self.matrix = eye_from_scene * flat
        self.eyes.set(0, self.matrix, pose.get_row3(3))
        self.eyes.camera.set_mat(pose)
        box = p3d.BoundingBox(p3d.LPoint3f(-r, 0, -h), p3d.LPoint3f(r, 2 * d, h))
        self.eyes.camera.node().set_cull_bounds(box)

    def _open(self) -> p3d.GraphicsOutput:
        properties = p3d.FrameBufferProperties()
        properties.set_depth_bits(24)
        output = self.stage.buffer(f"shadow {self.name}", (SIZE, SIZE), sort=-30, properties=properties)
        output.add_render_texture(self.texture, p3d.GraphicsOutput.RTM_bind_or_copy, p3d.GraphicsOutput.RTP_depth)
        output.set_clear_color_active(False)
        output.make_display_region().set_camera(self.eyes.camera)
        return output

    def close(self) -> None:
        self.eyes.close()
        if self._output is not None:
            self.stage.remove(self._output)
