"""The images that the runtime shows: both eyes side by side in one, in sRGB, filled from the canvas's own multisampled buffer."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.driver import DriverError
from headset.openxr.calls import check
from headset.openxr.gl import SRGB8_ALPHA8, Gl
from headset.openxr.graphics import Graphics

PATIENCE_NS: Final = 100_000_000
"""How long one frame waits for an image. A frame whose image does not come is shown without one; the next waits again."""


class Swapchain:
    """One swapchain, twice as wide as an eye. The GL context must be current in every call."""

    def __init__(self, session: Any, resolution: tuple[int, int], graphics: Graphics) -> None:
        self.size = (2 * resolution[0], resolution[1])
        self.graphics = graphics
        self.gl = Gl(graphics.address)
        if SRGB8_ALPHA8 not in xr.enumerate_swapchain_formats(session):
            raise DriverError("the OpenXR runtime offers no sRGB images (SRGB8_ALPHA8): choose another runtime")
        usage = xr.SwapchainUsageFlags
        self.handle = xr.create_swapchain(
            session,
            xr.SwapchainCreateInfo(
                usage_flags=usage.COLOR_ATTACHMENT_BIT | usage.SAMPLED_BIT,
                format=SRGB8_ALPHA8,
                sample_count=1,
                width=self.size[0],
                height=self.size[1],
                face_count=1,
                array_size=1,
                mip_count=1,
            ),
        )
        graphics.keep()
        images = xr.enumerate_swapchain_images(self.handle, xr.SwapchainImageOpenGLKHR)
        self.framebuffers = [self.gl.framebuffer_of(image.image) for image in images]
        self._index = ctypes.c_uint32()
        self._wait = xr.SwapchainImageWaitInfo(timeout=PATIENCE_NS)
        self._acquired = False
        self._ready = False

    def acquire(self) -> bool:
        """Get the next image; False if it is not free yet."""
        if not self._acquired:
            check(raw.xrAcquireSwapchainImage(self.handle, None, ctypes.byref(self._index)), "xrAcquireSwapchainImage")
            self._acquired = True
        result = check(raw.xrWaitSwapchainImage(self.handle, ctypes.byref(self._wait)), "xrWaitSwapchainImage")
        self.graphics.keep()
        self._ready = result != xr.Result.TIMEOUT_EXPIRED.value
        return self._ready

    def fill(self) -> None:
        """Copy what has been drawn into the image that was acquired."""
        self.gl.resolve(self.framebuffers[self._index.value], *self.size)

    def release(self) -> None:
        """Hand the image over, if there is one; one that was not waited for may not be (section 10.1)."""
        if self._ready:
            self._acquired = self._ready = False
            check(raw.xrReleaseSwapchainImage(self.handle, None), "xrReleaseSwapchainImage")

    def close(self) -> None:
        """Give the images back."""
        self.gl.delete(self.framebuffers)
        xr.destroy_swapchain(self.handle)
