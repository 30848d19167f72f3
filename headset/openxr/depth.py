"""Depth beside the pictures (XR_KHR_composition_layer_depth), by which a runtime moves what it shows late to where it belongs.

The canvas has drawn it already; it is copied, like the colours, into an image of the runtime's. OpenGL copies depth only between
equal formats, so the image is given the canvas's own; a runtime that does not offer that one gets no depth, and all else stays as
it is.
"""

from __future__ import annotations

import ctypes
import logging
from typing import Any, Final, Literal

import xr

from headset.openxr.gl import DEPTH_ATTACHMENT, DEPTH_BUFFER_BIT
from headset.openxr.swapchain import Images, Swapchain

_log = logging.getLogger(__name__)

EXTENSION: Final = "XR_KHR_composition_layer_depth"

FURTHEST: Final = 3.4028234663852886e38
"""Metres to the far plane that there is not, as the largest number of four bytes: an infinity of its own a runtime may divide
into nothing that is a number."""


class Depth:
    """The depth of the pictures of one session. The stage's projection is infinite: the depth of what is d metres ahead is
    1 - near / d."""

    def __init__(self, session: Any, pictures: Swapchain, near: float) -> None:
        self.session = session
        self.pictures = pictures
        self.images: Images | None = None
        """None before the first picture, and if OpenGL and the runtime have no format in common."""
        self.infos = [
            xr.CompositionLayerDepthInfoKHR(min_depth=0.0, max_depth=1.0, near_z=near, far_z=FURTHEST) for _ in range(2)
        ]
        """One for each eye, as the runtime reads them."""
        self._at = [ctypes.addressof(info) for info in self.infos]
        self._framebuffers: list[int] = []
        self._chained: tuple[bool, tuple[int, int]] | None = None
        """What the eyes' views, which are always the same ones, were told last."""
        self._state: Literal["unknown", "tried", "good", "none"] = "unknown"

    def copy(self) -> bool:
        """Copy the depth of what has just been drawn, in the draw; whether there is any to show with this frame."""
        if self._state == "unknown":
            self._state = "tried" if self._begin() else "none"
        if self.images is None:
            return False
        try:
            if not self.images.acquire():
                return False
            if self._state == "good":
                self._blit()
            else:
                self._state = "none" if self.pictures.gl.fails(self._blit) else "good"
        finally:
            self.images.release()
        if self._state == "none":
            _log.warning("no depth for the runtime: OpenGL does not copy it")
            self.close()
        return self._state == "good"

    def chain(self, eyes: Any, shown: bool) -> None:
        """Hang the depth on both eyes' views, where they lie in the picture, or take it off."""
        if self._chained == (shown, self.pictures.used):
            return
        self._chained = (shown, self.pictures.used)
        for eye, info, address in zip(eyes, self.infos, self._at, strict=True):
            info.sub_image.image_rect = eye.sub_image.image_rect
            eye._next = address if shown else None

    def close(self) -> None:
        """Give the images back."""
        images, self.images = self.images, None
        if images is not None:
            images.gl.delete(self._framebuffers)
            images.close()

    def _begin(self) -> bool:
        gl, pictures = self.pictures.gl, self.pictures
        kind = gl.depth_format()
        if kind is None or kind not in xr.enumerate_swapchain_formats(self.session):
            _log.info("no depth for the runtime: it does not offer the canvas's format (%s)", hex(kind or 0))
            return False
        usage = xr.SwapchainUsageFlags.DEPTH_STENCIL_ATTACHMENT_BIT
        self.images = Images(self.session, pictures.size, kind, usage, pictures.graphics)
        self._framebuffers = [gl.framebuffer_of(texture, DEPTH_ATTACHMENT) for texture in self.images.textures]
        for info in self.infos:
            info.sub_image.swapchain = self.images.handle
        return True

    def _blit(self) -> None:
        if self.images is not None:
            self.pictures.gl.resolve(self._framebuffers[self.images.index], *self.pictures.used, DEPTH_BUFFER_BIT)
