"""One frame: wait, begin, send panels, acquire, look, draw, fill, release, end (OpenXR 1.1, section 10.4).

There is one display time a frame, and every frame that was waited for is begun and ended, with or without a picture, even when
drawing raises.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

import xr
from xr import raw_functions as raw

from headset.driver import View
from headset.openxr.calls import check
from headset.openxr.depth import Depth
from headset.openxr.panels import Panels, Pointer
from headset.openxr.resolution import Resolution, missed
from headset.openxr.spaces import Spaces
from headset.openxr.swapchain import Swapchain


class FrameLoop:
    """The frames of a running session, whose pictures shrink when frames are missed if `resolution` is there to say so."""

    def __init__(
        self,
        session: Any,
        spaces: Spaces,
        swapchain: Swapchain,
        blend: Any,
        *,
        panels: Panels | None = None,
        depth: Depth | None = None,
    ) -> None:
        self.session = session
        self.spaces = spaces
        self.swapchain = swapchain
        self.panels = panels
        self.depth = depth
        self.resolution: Resolution | None = None
        self.taken: Callable[[Swapchain, tuple[View, View]], None] | None = None
        """Told, in the draw, of each picture that is whole, and from where it is seen: what else shows it may copy it now."""
        self.waiting = False
        """Whether a frame was waited for that has not been ended."""
        self.time = 0
        """Its display time, in the runtime's nanoseconds."""
        self.period = 0
        self.missed = 0
        """Frames that were not shown before this one, because it came late."""
        self.drawn = 0
        """Frames that ended with a picture."""
        self._state = xr.FrameState()
        self._eyes = (xr.CompositionLayerProjectionView * 2)(
            xr.CompositionLayerProjectionView(), xr.CompositionLayerProjectionView()
        )
        for eye in self._eyes:
            eye.sub_image.swapchain = swapchain.handle
        self._seen = [(_seen_of(eye), _seen_of(view)) for eye, view in zip(self._eyes, spaces.views, strict=True)]
        self._use(swapchain.size)
        self._layer = xr.CompositionLayerProjection(space=spaces.base, views=self._eyes)
        self._layers = (Pointer * (1 + (panels.most if panels else 0)))()
        self._layers[0] = ctypes.cast(ctypes.pointer(self._layer), Pointer)
        self._with = xr.FrameEndInfo(environment_blend_mode=blend, layers=self._layers)
        self._without = xr.FrameEndInfo(environment_blend_mode=blend)

    def rebase(self) -> None:
        """The person's own space is another one now."""
        self._layer.space = self.spaces.base

    def wait(self) -> bool:
        """Wait until the runtime wants the next frame; whether anybody would see a picture."""
        check(raw.xrWaitFrame(self.session, None, ctypes.byref(self._state)), "xrWaitFrame")
        self.waiting = True
        time, self.period = int(self._state.predicted_display_time), int(self._state.predicted_display_period)
        self.missed, self.time = missed(self.time, time, self.period), time
        seen = bool(self._state.should_render)
        if seen and self.resolution is not None and self.resolution.note(self.missed):
            width, height = self.swapchain.size
            share = self.resolution.share
            self._use((2 * max(1, round(width // 2 * share)), max(1, round(height * share))))
        return seen

    def draw(self, look: Callable[[tuple[View, View]], None], draw: Callable[[], None]) -> None:
        """Draw the frame and end it. Must be called inside the draw; `look` gets the newest views just before."""
        check(raw.xrBeginFrame(self.session, None), "xrBeginFrame")
        shown = deep = False
        try:
            if self.panels is not None:
                self.panels.update()
            if self.swapchain.acquire():
                views = self.spaces.look(self.time)
                if views is not None:
                    look(views)
                    draw()
                    self.swapchain.fill()
                    shown = True
                    if self.taken is not None:
                        self.taken(self.swapchain, views)
                    deep = self.depth is not None and self.depth.copy()
        finally:
            self._finish(shown, deep)

    def skip(self) -> None:
        """End the frame without a picture, if one was waited for."""
        if self.waiting:
            check(raw.xrBeginFrame(self.session, None), "xrBeginFrame")
            self._end(self._without)

    def _finish(self, shown: bool, deep: bool) -> None:
        released = False
        try:
            self.swapchain.release()
            released = True
        finally:
            shown = shown and released
            if shown:
                for shown_from, located in self._seen:
                    shown_from[:] = located
                if self.depth is not None:
                    self.depth.chain(self._eyes, deep)
                count = 1
                for pointer in self.panels.pointers(self.spaces.floor) if self.panels is not None else ():
                    self._layers[count] = pointer
                    count += 1
                self._with.layer_count = count
            self._end(self._with if shown else self._without)
            self.drawn += shown

    def _use(self, size: tuple[int, int]) -> None:
        """Draw in the lower left of that size from now on, both eyes side by side."""
        self.swapchain.used = size
        width, height = size[0] // 2, size[1]
        for index, eye in enumerate(self._eyes):
            eye.sub_image.image_rect.offset.x = index * width
            eye.sub_image.image_rect.extent.width = width
            eye.sub_image.image_rect.extent.height = height

    def _end(self, info: Any) -> None:
        self.waiting = False
        info.display_time = self.time
        check(raw.xrEndFrame(self.session, ctypes.byref(info)), "xrEndFrame")


def _seen_of(eye: Any) -> memoryview:
    """The pose and the field of view of an XrView, or of what is submitted of one: both have them alike, one after the other."""
    return memoryview(eye).cast("B")[_SEEN]


_SEEN: Final = slice(xr.View.pose.offset, xr.View.fov.offset + xr.View.fov.size)
