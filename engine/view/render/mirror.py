"""The image in the water: what each eye would see from its mirror image below the surface, drawn before the picture.

Each eye has its own, so that reflections have the right depth. The shader looks a reflected ray up by the matrices with which the
image was drawn, so that nothing swims when the eyes are set again at the last moment.
"""

from __future__ import annotations

import panda3d.core as p3d

from engine.view.canvas import Canvas
from engine.view.eyes import projection

MIRROR = 2
"""Bit of a node that is seen in mirror images."""

PROBE = 16
"""Bit of a node that is seen in what things in rooms mirror; a lake is not, whose own mirror image each canvas has."""

SHARE = 0.5
"""Pixels of the image in each direction, as a share of the picture's."""

_FLIP = p3d.LMatrix4f.scale_mat(p3d.LVecBase3f(-1, 1, 1))
Fov = tuple[float, float, float, float]


class Mirror:
    """The mirror image of one canvas, at a water level in metres, as inputs `mirror_map` and `mirror_view_projection[2]` of
    its eyes."""

    def __init__(self, canvas: Canvas, level: float) -> None:
        self._canvas, self._level = canvas, level
        stage = canvas.stage
        self._eyes = stage.eyes(stage.root, canvas.eyes, MIRROR)
        self._eyes.top.set_shader_input("tone_map", 0)
        self._eyes.halve(self._size()[0])
        properties = p3d.FrameBufferProperties()
        properties.set_float_color(True)
        properties.set_rgba_bits(16, 16, 16, 0)
        properties.set_depth_bits(24)
        self._output = stage.buffer("mirror", self._size(), sort=-10, properties=properties)
        self._output.set_clear_color_active(False)
        texture = p3d.Texture("mirror")
        texture.set_wrap_u(p3d.SamplerState.WM_clamp)
        texture.set_wrap_v(p3d.SamplerState.WM_clamp)
        self._output.add_render_texture(texture, p3d.GraphicsOutput.RTM_bind_or_copy)
        canvas.share_out(self._output).set_camera(self._eyes.camera)
        canvas.eyes.top.set_shader_input("mirror_map", texture)
        canvas.eyes.top.set_shader_input("mirror_view_projection", self._eyes.matrices())

    def look(self) -> None:
        """Take the mirrored eyes to where the canvas's eyes are now."""
        size = self._size()
        if size != (self._output.get_fb_x_size(), self._output.get_fb_y_size()):
            self._output.set_size(*size)
            self._eyes.halve(size[0])
        reflect = p3d.LMatrix4f(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 2 * self._level, 1)
        # A mirror turns right-handed axes into left-handed ones: x is turned back, so that triangles still face the way they did.
        places = [_FLIP * place * reflect for place in self._canvas.eyes.scene_from_eye]
        fovs: list[Fov] = [(-right, -left, down, up) for left, right, down, up in self._canvas.eyes.fovs]
        self._eyes.place(places, fovs, [_above(fov, place, self._level) for fov, place in zip(fovs, places, strict=True)])
        self._eyes.cull()

    def close(self) -> None:
        """The picture is closed."""
        self._eyes.close()
        self._canvas.stage.remove(self._output)

    def _size(self) -> tuple[int, int]:
        width, height = self._canvas.size
        return (max(2, int(width * SHARE) // 2 * 2), max(1, int(height * SHARE)))


def _above(fov: Fov, scene_from_eye: p3d.LMatrix4f, level: float) -> p3d.LMatrix4f:
    """An eye's projection with its near plane laid into the surface, so that nothing below is drawn.

    Lengyel, "Oblique View Frustum Depth Projection and Clipping", Journal of Game Development 1(2), 2005; solved for
    `engine.view.eyes.projection`, whose far corners are the tangents themselves.
    """
    left, right, down, up = fov
    clip_from_eye = projection(fov)
    x, y, z, w = (scene_from_eye.get_cell(axis, 2) for axis in range(4))
    w -= level + 0.01
    towards = x * (right if x > 0 else left) + y + z * (up if z > 0 else down)
    if towards < 1e-4:
        return clip_from_eye
    share = 2.0 / towards
    clip_from_eye.set_col(2, p3d.LVecBase4f(share * x, share * y - 1.0, share * z, share * w))
    return clip_from_eye
