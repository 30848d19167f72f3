"""Panels that the runtime composites itself, as quads (core) and cylinders (XR_KHR_composition_layer_cylinder).

Text that goes through the eyes' pictures is sampled twice; a layer is sampled once, at the display's own resolution, and stays
sharp and still however late a picture is. Each panel has a swapchain of its own. Its picture is sent when its array is another
object, never each frame: the first one into a static image; from the second on the panel is one that changes, and gets images
that can.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import xr
from numpy.typing import NDArray

from headset.driver import Panel
from headset.openxr.axes import place
from headset.openxr.calls import optional
from headset.openxr.context import Graphics
from headset.openxr.gl import SRGB8_ALPHA8
from headset.openxr.swapchain import Images

EXTENSION: Final = "XR_KHR_composition_layer_cylinder"

Pixels = NDArray[np.uint8]
Pointer = ctypes.POINTER(xr.CompositionLayerBaseHeader)


class Panels:
    """The panels of one session, in `space`. `most` is how many layers there may be besides the eyes' pictures, `largest` how
    wide and high an image may be, `curved` whether there are cylinders."""

    def __init__(
        self, session: Any, space: Any, graphics: Graphics, *, most: int, largest: tuple[int, int], curved: bool
    ) -> None:
        self.session = session
        self.space = space
        self.graphics = graphics
        self.most = most
        self.largest = largest
        self.curved = curved
        self._wanted: Sequence[Panel] = ()
        self._layers: dict[str, _Layer] = {}
        self._refused = False

    def rebase(self, space: Any) -> None:
        """The space in which they lie is another one now."""
        self.space = space
        for layer in self._layers.values():
            layer.rebase(space)

    def show(self, panels: Sequence[Panel]) -> bool:
        """Show these from the next frame on, the last one in front, and nothing else; False, and none of them, if they cannot all
        be."""
        able = (
            not self._refused
            and len(panels) <= self.most
            and all(map(self._can, panels))
            and len({one.name for one in panels}) == len(panels)
        )
        self._wanted = tuple(panels) if able else ()
        return able

    def update(self) -> None:
        """Send the pictures that are new and give back what is not shown any more. Call it in the draw, where the GL context is
        current."""
        for name in self._layers.keys() - {panel.name for panel in self._wanted}:
            self._layers.pop(name).close()
        for panel in self._wanted:
            if panel.name not in self._layers:
                self._layers[panel.name] = _Layer(self.session, self.space, self.graphics)
            if not optional(partial(self._layers[panel.name].update, panel), False, "panels of its own"):
                # From now on `show` says so, and the view draws them.
                self._refused, self._wanted = True, ()
                return

    def pointers(self, floor: float) -> Iterator[Any]:
        """What xrEndFrame is given of them, from the back to the front. `floor` is that of `Spaces`."""
        for panel in self._wanted:
            layer = self._layers.get(panel.name)
            if layer is not None and layer.shown:
                yield layer.pointer(panel, floor)

    def close(self) -> None:
        """Give all images back."""
        for layer in self._layers.values():
            layer.close()
        self._layers.clear()

    def _can(self, panel: Panel) -> bool:
        height, width, _ = panel.pixels.shape
        if width > self.largest[0] or height > self.largest[1]:
            return False
        # A cylinder closes where it begins (section 12.2: its angle is less than a full turn).
        return not panel.radius or (self.curved and panel.size[0] < panel.radius * 2 * math.pi)


class _Layer:
    """One panel: its images and the two structures that it may be."""

    def __init__(self, session: Any, space: Any, graphics: Graphics) -> None:
        self.session = session
        self.graphics = graphics
        self.images: Images | None = None
        self.shown = False
        """Whether there is a picture to show."""
        self._pixels: Pixels | None = None
        self._changes = False
        # The pictures' alpha is premultiplied, which is what a runtime takes it for if it is not told otherwise.
        flags = xr.CompositionLayerFlags.BLEND_TEXTURE_SOURCE_ALPHA_BIT
        self._flat = xr.CompositionLayerQuad(layer_flags=flags, space=space)
        self._round = xr.CompositionLayerCylinderKHR(layer_flags=flags, space=space)
        self._at_flat, self._at_round = (ctypes.cast(ctypes.pointer(one), Pointer) for one in (self._flat, self._round))
        self._placed: tuple[Panel, float] | None = None

    def rebase(self, space: Any) -> None:
        """Lie in another space."""
        self._flat.space = self._round.space = space

    def update(self, panel: Panel) -> bool:
        """Send the panel's picture if it is another one. True: a picture that cannot be sent yet is, later."""
        if panel.pixels is self._pixels:
            return True
        height, width, _ = panel.pixels.shape
        self._changes |= self.images is not None and self.shown
        if self.images is None or self.images.size != (width, height) or (self._changes and self.images.still):
            self._renew((width, height))
        images = self.images
        if images is None or not images.acquire():
            return True
        try:
            # OpenGL counts rows from below.
            images.gl.upload(images.textures[images.index], panel.pixels[::-1])
        finally:
            images.release()
        self._pixels, self.shown = panel.pixels, True
        return True

    def pointer(self, panel: Panel, floor: float) -> Any:
        """The layer as the runtime takes it."""
        placed = self._placed
        if placed is None or placed[0] is not panel or placed[1] != floor:
            self._place(panel, floor)
            self._placed = (panel, floor)
        return self._at_round if panel.radius else self._at_flat

    def _place(self, panel: Panel, floor: float) -> None:
        width, height = panel.size
        if not panel.radius:
            place(self._flat.pose, panel.position, panel.orientation, floor)
            self._flat.size.width, self._flat.size.height = width, height
            return
        x, y, z = panel.position
        ahead = _ahead(panel.orientation)
        axis = (x - ahead[0] * panel.radius, y - ahead[1] * panel.radius, z - ahead[2] * panel.radius)
        place(self._round.pose, axis, panel.orientation, floor)
        self._round.radius, self._round.central_angle, self._round.aspect_ratio = (
            panel.radius,
            width / panel.radius,
            width / height,
        )

    def close(self) -> None:
        """Give the images back."""
        images, self.images, self.shown = self.images, None, False
        if images is not None:
            images.close()

    def _renew(self, size: tuple[int, int]) -> None:
        self.close()
        usage = xr.SwapchainUsageFlags.TRANSFER_DST_BIT
        self.images = Images(self.session, size, SRGB8_ALPHA8, usage, self.graphics, still=not self._changes)
        for layer in (self._flat, self._round):
            layer.sub_image.swapchain = self.images.handle
            layer.sub_image.image_rect.extent.width, layer.sub_image.image_rect.extent.height = size


def _ahead(turn: tuple[float, float, float, float]) -> tuple[float, float, float]:
    """The +y axis of what is turned so."""
    w, i, j, k = turn
    return (2 * (i * j - w * k), 1 - 2 * (i * i + k * k), 2 * (j * k + w * i))
