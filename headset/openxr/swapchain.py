"""The images that the runtime shows: swapchains, and the one that holds both eyes side by side, in sRGB, filled from the canvas's
own multisampled buffer."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.driver import DriverError
from headset.openxr.calls import check
from headset.openxr.context import Graphics
from headset.openxr.gl import SRGB8_ALPHA8, Gl

PATIENCE_NS: Final = 100_000_000
"""How long one frame waits for an image. A frame whose image does not come is shown without one; the next waits again."""


_LATE: Final = xr.Result.TIMEOUT_EXPIRED.value


class Images:
    """The images of one swapchain, two-dimensional, of one sample. The GL context must be current in every call.

    `still` ones are one image that is acquired once (XR_SWAPCHAIN_CREATE_STATIC_IMAGE_BIT), for pictures that do not change.
    """

    def __init__(
        self, session: Any, size: tuple[int, int], kind: int, usage: Any, graphics: Graphics, *, still: bool = False
    ) -> None:
        self.size = size
        self.still = still
        self.graphics = graphics
        self.gl = Gl(graphics.address)
        flags = xr.SwapchainCreateFlags
        self.handle = xr.create_swapchain(
            session,
            xr.SwapchainCreateInfo(
                create_flags=flags.STATIC_IMAGE_BIT if still else flags.NONE,
                usage_flags=usage | xr.SwapchainUsageFlags.SAMPLED_BIT,
                format=kind,
                sample_count=1,
                width=size[0],
                height=size[1],
                face_count=1,
                array_size=1,
                mip_count=1,
            ),
        )
        graphics.keep()
        self.textures = [int(image.image) for image in xr.enumerate_swapchain_images(self.handle, xr.SwapchainImageOpenGLKHR)]
        self._index = ctypes.c_uint32()
        self._at_index = ctypes.byref(self._index)
        self._wait = ctypes.byref(xr.SwapchainImageWaitInfo(timeout=PATIENCE_NS))
        self._acquired = False
        self._ready = False

    @property
    def index(self) -> int:
        """Which image was acquired last."""
        return int(self._index.value)

    def acquire(self) -> bool:
        """Get the next image; False if it is not free yet."""
        if not self._acquired:
            check(raw.xrAcquireSwapchainImage(self.handle, None, self._at_index), "xrAcquireSwapchainImage")
            self._acquired = True
            if self.index >= len(self.textures):
                raise xr.exception.RuntimeFailureError(f"xrAcquireSwapchainImage: {self.index} of {len(self.textures)}")
        result = check(raw.xrWaitSwapchainImage(self.handle, self._wait), "xrWaitSwapchainImage")
        self.graphics.keep()
        self._ready = result != _LATE
        return self._ready

    def release(self) -> None:
        """Hand the image over, if there is one; one that was not waited for may not be (section 10.1)."""
        if self._ready:
            self._acquired = self._ready = False
            check(raw.xrReleaseSwapchainImage(self.handle, None), "xrReleaseSwapchainImage")

    def close(self) -> None:
        """Give the images back."""
        xr.destroy_swapchain(self.handle)


class Swapchain(Images):
    """What both eyes see, twice as wide as an eye."""

    def __init__(self, session: Any, resolution: tuple[int, int], graphics: Graphics) -> None:
        if SRGB8_ALPHA8 not in xr.enumerate_swapchain_formats(session):
            raise DriverError("the OpenXR runtime offers no sRGB images (SRGB8_ALPHA8): choose another runtime")
        size = (2 * resolution[0], resolution[1])
        super().__init__(session, size, SRGB8_ALPHA8, xr.SwapchainUsageFlags.COLOR_ATTACHMENT_BIT, graphics)
        self.framebuffers = [self.gl.framebuffer_of(texture) for texture in self.textures]
        self.used = size
        """Width and height of its lower left that are drawn in and shown, of both eyes together."""

    @property
    def framebuffer(self) -> int:
        """The framebuffer of the image that was acquired."""
        return self.framebuffers[self.index]

    def fill(self) -> None:
        """Copy what has been drawn into the image that was acquired."""
        self.gl.resolve(self.framebuffer, *self.used)

    def close(self) -> None:
        """Give the images back."""
        self.gl.delete(self.framebuffers)
        super().close()
