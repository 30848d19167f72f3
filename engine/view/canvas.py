"""A canvas: a surface that is open on the stage, with the eyes that see its picture.

It is `headset.driver.Canvas`. What a picture needs drawn before it, such as its image in the water, is a `Pass`, which moves with
the eyes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.eyes import Eyes
from engine.view.render.hidden import hide
from headset.driver import DriverError, Surface, View

if TYPE_CHECKING:
    from engine.view.stage import Stage

PICTURE = 1
"""Bit of a node that is seen by pictures; see `render.mirror` and `render.shadow` for theirs."""

VIEWPORTS = "GL_ARB_shader_viewport_layer_array"
"""The extension by which a vertex shader chooses the eye's half of the picture."""

Around = Callable[[Callable[[], None]], None]


class Pass(Protocol):
    """Something drawn before a picture that the picture shows: its image in the water."""

    def look(self) -> None:
        """The picture's eyes have moved."""

    def close(self) -> None:
        """The picture is closed."""


class Canvas:
    """An open surface; `headset.driver.Canvas` says what each part does."""

    def __init__(self, stage: Stage, output: p3d.GraphicsOutput, surface: Surface) -> None:
        self.stage = stage
        self.output = output
        self.scene = surface.scene
        self.eyes = Eyes(stage.root, surface.stereo, PICTURE)
        # Not on the root: Panda3D, asked for it by a shadow map without samples, forgets to begin with it in the first picture.
        self.eyes.top.set_antialias(p3d.AntialiasAttrib.M_multisample)
        if not output.get_fb_properties().get_srgb_color():
            self.eyes.top.set_shader_input("encode", 1)
        self.passes: list[Pass] = []
        self._drawing = False
        self._width = 0
        self._share = (1.0, 1.0)
        self._hidden: list[p3d.NodePath] = []
        self._region = self.share_out(output)
        self._region.set_camera(self.eyes.camera)
        self._region.set_active(surface.scene)
        self._around: Around | None = None

    @property
    def around_draw(self) -> Around | None:
        """Called in place of the drawing, with the function that draws."""
        return self._around

    @around_draw.setter
    def around_draw(self, around: Around | None) -> None:
        self._around = around
        if around is None:
            self._region.clear_draw_callback()
        else:
            self._region.set_draw_callback(p3d.PythonCallbackObject(self._draw))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels now."""
        return (self.output.get_fb_x_size(), self.output.get_fb_y_size())

    def look(self, views: Sequence[View]) -> None:
        """Set the eyes; from `around_draw`, only the matrices with which is drawn."""
        if not self.scene:
            return
        if self._drawing:
            self.eyes.aim(views, self.stage.scene_from_person)
            return
        width = round(self.size[0] * self._share[0])
        if width != self._width:
            self._width = width
            self.eyes.halve(width)
        self.eyes.look(views, self.stage.scene_from_person)
        # A driver opens its canvas before there is a view, so what the view needs drawn first may have come since.
        self.passes.extend(make(self) for make in self.stage.passes[len(self.passes) :])
        for one in self.passes:
            one.look()

    def use(self, width: int, height: int) -> None:
        """Draw only in the lower left of that size, in pixels."""
        share = (width / self.size[0], height / self.size[1])
        if share != self._share:
            self._share = share
            _share_out(self._region, *share)

    def hide(self, hidden: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Draw nothing where each eye's triangles lie."""
        for node in self._hidden:
            node.remove_node()
        self._hidden = hide(self.eyes, hidden)

    def read(self) -> NDArray[np.uint8]:
        """The last picture drawn, height x width x 3, top row first, sRGB."""
        texture = self.output.get_screenshot()
        if texture is None:
            raise DriverError("there is no picture to read: draw the stage first")
        width, height, channels = texture.get_x_size(), texture.get_y_size(), texture.get_num_components()
        rows = np.frombuffer(texture.get_ram_image(), np.uint8).reshape(height, width, channels)
        return np.ascontiguousarray(rows[::-1, :, 2::-1])

    def share_out(self, output: p3d.GraphicsOutput) -> p3d.DisplayRegion:
        """A region over all of an output, with a viewport for each eye where OpenGL has them."""
        region = output.make_display_region()
        if self.eyes.count == 2 and self.stage.has(VIEWPORTS):
            region.set_num_regions(2)
            _share_out(region)
            # Left on, the left eye's scissor also cuts Panda3D's copy of the multisampled picture.
            region.set_scissor_enabled(False)
        return region

    def close(self) -> None:
        """Give the surface back; a second call does nothing."""
        if self not in self.stage.canvases:
            return
        self.stage.canvases.remove(self)
        for one in self.passes:
            one.close()
        self._region.clear_draw_callback()
        self.output.remove_all_display_regions()
        self.eyes.close()
        self.stage.remove(self.output)

    def _draw(self, data: p3d.DisplayRegionDrawCallbackData) -> None:
        self._drawing = True
        try:
            if self._around is not None:
                self._around(data.upcall)
        except BaseException as error:  # Panda3D prints and forgets what leaves a callback: Stage.draw raises it.
            self.stage.failure = error
        finally:
            self._drawing = False


def _share_out(region: p3d.DisplayRegion, wide: float = 1.0, high: float = 1.0) -> None:
    """Give a region a share of its output, and each eye its half of that."""
    if region.get_num_regions() == 1:
        region.set_dimensions(0, p3d.LVecBase4f(0, wide, 0, high))
        return
    region.set_dimensions(0, p3d.LVecBase4f(0, wide / 2, 0, high))
    region.set_dimensions(1, p3d.LVecBase4f(wide / 2, wide, 0, high))
