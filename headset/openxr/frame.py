"""One frame: wait, begin, acquire, look, draw, fill, release, end (OpenXR 1.1, section 10.4).

There is one display time a frame, and every frame that was waited for is begun and ended, with or without a picture, even when
drawing raises.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import xr
from xr import raw_functions as raw

from headset.driver import View
from headset.openxr.calls import check
from headset.openxr.spaces import Spaces
from headset.openxr.swapchain import Swapchain


class FrameLoop:
    """The frames of a running session."""

    def __init__(self, session: Any, spaces: Spaces, swapchain: Swapchain, blend: Any) -> None:
        self.session = session
        self.spaces = spaces
        self.swapchain = swapchain
        self.waiting = False
        """Whether a frame was waited for that has not been ended."""
        self.time = 0
        """Its display time, in the runtime's nanoseconds."""
        self.period = 0
        self.drawn = 0
        """Frames that ended with a picture."""
        self._state = xr.FrameState()
        self._eyes = _eyes(swapchain)
        self._layer = xr.CompositionLayerProjection(space=spaces.base, views=self._eyes)
        self._layers = (ctypes.POINTER(xr.CompositionLayerBaseHeader) * 1)(
            ctypes.cast(ctypes.pointer(self._layer), ctypes.POINTER(xr.CompositionLayerBaseHeader))
        )
        self._with = xr.FrameEndInfo(environment_blend_mode=blend, layers=self._layers)
        self._without = xr.FrameEndInfo(environment_blend_mode=blend)

    def wait(self) -> bool:
        """Wait until the runtime wants the next frame; whether anybody would see a picture."""
        check(raw.xrWaitFrame(self.session, None, ctypes.byref(self._state)), "xrWaitFrame")
        self.waiting = True
        self.time = int(self._state.predicted_display_time)
        self.period = int(self._state.predicted_display_period)
        return bool(self._state.should_render)

    def draw(self, look: Callable[[tuple[View, View]], None], draw: Callable[[], None]) -> None:
        """Draw the frame and end it. Must be called inside the draw; `look` gets the newest views just before."""
        check(raw.xrBeginFrame(self.session, None), "xrBeginFrame")
        shown = False
        try:
            if self.swapchain.acquire():
                views = self.spaces.look(self.time)
                if views is not None:
                    look(views)
                    draw()
                    self.swapchain.fill()
                    shown = True
        finally:
            self._finish(shown)

    def skip(self) -> None:
        """End the frame without a picture, if one was waited for."""
        if self.waiting:
            check(raw.xrBeginFrame(self.session, None), "xrBeginFrame")
            self._end(self._without)

    def _finish(self, shown: bool) -> None:
        try:
            self.swapchain.release()
        finally:
            if shown:
                for eye, view in enumerate(self.spaces.views):
                    self._eyes[eye].pose = view.pose
                    self._eyes[eye].fov = view.fov
            self._end(self._with if shown else self._without)
            self.drawn += shown

    def _end(self, info: Any) -> None:
        self.waiting = False
        info.display_time = self.time
        check(raw.xrEndFrame(self.session, ctypes.byref(info)), "xrEndFrame")


def _eyes(swapchain: Swapchain) -> Any:
    width, height = swapchain.size[0] // 2, swapchain.size[1]
    eyes = (xr.CompositionLayerProjectionView * 2)(xr.CompositionLayerProjectionView(), xr.CompositionLayerProjectionView())
    for index, eye in enumerate(eyes):
        eye.sub_image.swapchain = swapchain.handle
        eye.sub_image.image_rect.offset.x = index * width
        eye.sub_image.image_rect.extent.width = width
        eye.sub_image.image_rect.extent.height = height
    return eyes
