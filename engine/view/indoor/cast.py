"""The shadows of what moves in a room, as `render/cast.glsl` has them: hands, what is carried, parts that joints have moved.

The two panels that light them most get a depth map each, drawn as from the panel's middle and only when something has moved. What
stands still is not drawn into them: its shadows were traced. A point sees as much of a panel as the lesser of both lets it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.eyes import Eyes
from engine.view.indoor.bake import LIVE
from engine.view.indoor.panels import Panel, form_factor
from engine.view.indoor.spots import vectors
from engine.view.render.light import LUMINANCE
from engine.view.render.shaders import program
from engine.view.render.shadow import KINDS, SHADOW
from engine.view.stage import Stage

MAPS, BALLS = 2, 6
SIDE = 512
"""Pixels of a map: soft shadows need no more."""

WIDEST = math.tan(math.radians(65.0))
"""Tangent of half the widest angle of a map."""

_TO_TEXTURE = p3d.LMatrix4f(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0.5, 0.5, 0.5, 1)
Ball = tuple[float, float, float, float]
Sphere = tuple[NDArray[np.float64], float]
"""Middle and radius."""


class Cast:
    """The maps of a stage and who is drawn into them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._matrices = p3d.PTA_LMatrix4f.empty_array(MAPS)
        self._lenses, self._balls = vectors(MAPS), vectors(BALLS)
        self._texture = _depth_texture()
        self._eyes = [_map_eyes(stage) for _ in range(MAPS)]
        self._output: p3d.GraphicsOutput | None = None
        self._frame = -1
        self._casting: set[p3d.NodePath] = set()
        self._of: p3d.PTA_LVecBase4f | None = None
        for index in range(MAPS):
            self._matrices.set_element(index, p3d.LMatrix4f.ident_mat())
        root = stage.root
        for name, value in (("matrix", self._matrices), ("lens", self._lenses), ("ball", self._balls), ("map", self._texture)):
            root.set_shader_input(f"cast_{name}", value)

    def inputs(self, node: p3d.NodePath) -> p3d.PTA_LVecBase4f:
        """Give a room's node the input that says which of its panels have maps: none yet. Nothing in it casts before `follow`."""
        node.hide(p3d.BitMask32(SHADOW))
        of = vectors(1)
        of.set_element(0, p3d.LVecBase4f(-1))
        node.set_shader_input("cast_of", of)
        return of

    def follow(
        self,
        movers: Sequence[p3d.NodePath],
        balls: Sequence[Ball],
        room: tuple[Sequence[Panel], Callable[[Panel, Sphere], float], p3d.PTA_LVecBase4f],
        moved: bool,
    ) -> None:
        """Cast the shadows of nodes and balls in a room: its panels, what each gives in lumens now to what is within a sphere,
        and its `inputs`; `moved` says that any of them has moved."""
        panels, lumens, of = room
        if not moved and set(movers) == self._casting and of is self._of:
            if self._output is not None and self.stage.frames > self._frame:
                self._output.set_active(False)
            return
        for node in self._casting - set(movers):
            node.node().adjust_draw_mask(p3d.BitMask32.all_off(), p3d.BitMask32.all_off(), p3d.BitMask32(SHADOW))
        for node in set(movers) - self._casting:
            node.show_through(p3d.BitMask32(SHADOW))
        if self._of is not None:
            self._of.set_element(0, p3d.LVecBase4f(-1))
        self._casting, self._of = set(movers), of
        for index in range(BALLS):
            self._balls.set_element(index, p3d.LVecBase4f(*(balls[index] if index < len(balls) else (0, 0, 0, 0))))
        sphere = self._sphere(movers)
        if sphere is None:
            if self._output is not None:
                self._output.set_active(False)
            return
        chosen = strongest(panels, lumens, sphere)
        shares = [-1.0] * LIVE
        for index, which in enumerate(chosen):
            shares[which] = float(index)
            self._aim(index, panels[which], *sphere)
        of.set_element(0, p3d.LVecBase4f(*shares))
        self._output = self._output or self._open()
        self._output.set_active(True)
        self._frame = self.stage.frames

    def _sphere(self, movers: Sequence[p3d.NodePath]) -> Sphere | None:
        """A ball round all that casts."""
        whole: Sphere | None = None
        for node in movers:
            bounds = node.get_bounds()
            if bounds.is_empty() or bounds.is_infinite():
                continue
            bounds.xform(node.get_parent().get_mat(self.stage.root))
            ball = np.array(bounds.get_center(), np.float64), float(bounds.get_radius())
            whole = ball if whole is None else round_both(whole, ball)
        return whole

    def _aim(self, index: int, panel: Panel, middle: NDArray[np.float64], radius: float) -> None:
        """Look from a panel's middle at a ball, as narrowly as it fits."""
        away = middle - panel.middle
        distance = max(float(np.linalg.norm(away)), 0.05)
        near = max(0.12, distance - radius)
        far = distance + radius + 12.0
        fits = radius / math.sqrt(distance**2 - radius**2) if distance > radius * 1.05 else WIDEST
        tangent = min(max(fits * 1.05, 0.02), WIDEST)
        pose = p3d.LMatrix4f()
        ahead = p3d.LVector3f(*map(float, away))
        up = p3d.LVector3f(0, 1, 0) if abs(away[2]) > 0.9 * distance else p3d.LVector3f(0, 0, 1)
        p3d.look_at(pose, ahead, up)
        pose.set_row(3, p3d.LVecBase3f(*map(float, panel.middle)))
        eye_from_scene = p3d.LMatrix4f()
        eye_from_scene.invert_affine_from(pose)
        a, b = (far + near) / (far - near), -2 * far * near / (far - near)
        lens = p3d.LMatrix4f(1 / tangent, 0, 0, 0, 0, 0, a, 1, 0, 1 / tangent, 0, 0, 0, 0, b, 0)
        eyes = self._eyes[index]
        eyes.set(0, eye_from_scene * lens, pose.get_row3(3))
        eyes.camera.set_mat(pose)
        wide = math.sqrt(float(np.linalg.norm(panel.half_x) * np.linalg.norm(panel.half_y)))
        self._matrices.set_element(index, eye_from_scene * lens * _TO_TEXTURE)
        self._lenses.set_element(index, p3d.LVecBase4f(near, far, 0.5 / tangent, wide))

    def _open(self) -> p3d.GraphicsOutput:
        properties = p3d.FrameBufferProperties()
        properties.set_depth_bits(24)
        output = self.stage.buffer("cast", (MAPS * SIDE, SIDE), sort=-30, properties=properties)
        output.add_render_texture(self._texture, p3d.GraphicsOutput.RTM_bind_or_copy, p3d.GraphicsOutput.RTP_depth)
        output.set_clear_color_active(False)
        output.set_clear_depth_active(True)
        for index, eyes in enumerate(self._eyes):
            output.make_display_region(index / MAPS, (index + 1) / MAPS, 0, 1).set_camera(eyes.camera)
        return output

    def close(self) -> None:
        """Give the maps back."""
        for eyes in self._eyes:
            eyes.close()
        if self._output is not None:
            self.stage.remove(self._output)


def round_both(one: Sphere, other: Sphere) -> Sphere:
    """The smallest ball round two."""
    away = other[0] - one[0]
    far = float(np.linalg.norm(away))
    radius = max(one[1], other[1], (far + one[1] + other[1]) / 2)
    if radius in {one[1], other[1]}:
        return one if radius == one[1] else other
    return one[0] + away * ((radius - one[1]) / far), radius


def strongest(panels: Sequence[Panel], lumens: Callable[[Panel, Sphere], float], ball: Sphere) -> list[int]:
    """Which of a room's live panels light a ball most, at most as many as there are maps."""
    middle = ball[0][None]
    gives = []
    for panel in panels[:LIVE]:
        towards = panel.middle - middle
        facing = towards / max(float(np.linalg.norm(towards)), 1e-6)
        gives.append(float(form_factor(panel, middle, facing)[0] * (panel.radiance(lumens(panel, ball)) @ LUMINANCE)))
    order = sorted(range(len(gives)), key=lambda index: -gives[index])
    return [index for index in order[:MAPS] if gives[index] > 0.0]


def _map_eyes(stage: Stage) -> Eyes:
    eyes = Eyes(stage.root, "mono", SHADOW)
    camera = eyes.camera.node()
    camera.set_tag_state_key("shadow")
    camera.set_cull_bounds(p3d.OmniBoundingVolume())
    for kind, words in {**KINDS, "clear": ("CLEAR",)}.items():
        look = p3d.NodePath(kind)
        look.set_shader(program("shadow", "OWN", "MARKED", *words), 10)
        look.set_depth_write(True, 10)
        look.set_transparency(p3d.TransparencyAttrib.M_none, 10)
        look.set_attrib(p3d.DepthOffsetAttrib.make(-1), 10)
        camera.set_tag_state(kind, look.get_state())
    return eyes


def _depth_texture() -> p3d.Texture:
    texture = p3d.Texture("cast")
    texture.setup_2d_texture(MAPS * SIDE, SIDE, p3d.Texture.T_float, p3d.Texture.F_depth_component)
    texture.set_clear_color(p3d.LVecBase4f(1))
    texture.set_minfilter(p3d.SamplerState.FT_nearest)
    texture.set_magfilter(p3d.SamplerState.FT_nearest)
    texture.set_wrap_u(p3d.SamplerState.WM_clamp)
    texture.set_wrap_v(p3d.SamplerState.WM_clamp)
    return texture
