"""The smallest client of OpenXR that shows pictures: what any frame costs at least, on the same runtime in the same run.

Straight calls of pyopenxr, no action, no panel, nothing drawn: wait, begin, an image, the views, end.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import xr

from engine.view.stage import Stage
from headset.openxr.graphics import current_graphics
from tests.headset.openxr.trace import Eye, eye_of

STEREO = xr.ViewConfigurationType.PRIMARY_STEREO
SIZE = 64
SRGB8_ALPHA8 = 0x8C43


class Probe:
    """A running session. `frame` shows one frame and says which views it showed."""

    def __init__(self, instance: Any, session: Any) -> None:
        self.instance = instance
        self.session = session
        self.space = xr.create_reference_space(session, xr.ReferenceSpaceCreateInfo(xr.ReferenceSpaceType.LOCAL))
        self.chain = xr.create_swapchain(
            session,
            xr.SwapchainCreateInfo(
                usage_flags=xr.SwapchainUsageFlags.COLOR_ATTACHMENT_BIT,
                format=SRGB8_ALPHA8, sample_count=1, width=SIZE, height=SIZE, face_count=1, array_size=1, mip_count=1,
            ),
        )  # fmt: skip
        self._begun = False

    def begin(self) -> None:
        """Wait until the session is wanted, and begin it."""
        while not self._begun:
            try:
                event = xr.poll_event(self.instance)
            except xr.exception.EventUnavailable:
                continue
            if event.type == xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED:
                changed = ctypes.cast(ctypes.pointer(event), ctypes.POINTER(xr.EventDataSessionStateChanged)).contents
                if changed.state == xr.SessionState.READY:
                    xr.begin_session(self.session, xr.SessionBeginInfo(STEREO))
                    self._begun = True

    def frame(self, paint: Callable[[int, Any], None] | None = None) -> tuple[Eye, ...]:
        """One frame, whose picture is empty, or is what `paint` makes of an image's index and the left view; the views that it
        was shown with, left and right."""
        state = xr.wait_frame(self.session)
        xr.begin_frame(self.session)
        index = xr.acquire_swapchain_image(self.chain)
        xr.wait_swapchain_image(self.chain, xr.SwapchainImageWaitInfo(timeout=1_000_000_000))
        time = state.predicted_display_time
        _, views = xr.locate_views(self.session, xr.ViewLocateInfo(STEREO, time, self.space))
        if paint is not None:
            paint(int(index), views[0])
        xr.release_swapchain_image(self.chain)
        rect = xr.Rect2Di(xr.Offset2Di(0, 0), xr.Extent2Di(SIZE, SIZE))
        eyes = [
            xr.CompositionLayerProjectionView(pose=view.pose, fov=view.fov, sub_image=xr.SwapchainSubImage(self.chain, rect))
            for view in views
        ]
        layer = xr.CompositionLayerProjection(space=self.space, views=eyes)
        xr.end_frame(
            self.session,
            xr.FrameEndInfo(
                display_time=time,
                environment_blend_mode=xr.EnvironmentBlendMode.OPAQUE,
                layers=[ctypes.pointer(layer)],
            ),
        )
        return tuple(eye_of(view) for view in views)


@contextmanager
def probe() -> Iterator[Probe]:
    """A probe whose session runs."""
    stage = Stage()
    stage.host()
    stage.draw()
    graphics = current_graphics()
    names = ["XR_KHR_opengl_enable", *([graphics.extension] if graphics.extension else [])]
    instance = xr.create_instance(
        xr.InstanceCreateInfo(
            application_info=xr.ApplicationInfo(application_name="probe", api_version=xr.Version(1, 0, 0)),
            enabled_extension_names=names,
        )
    )
    try:
        system = xr.get_system(instance, xr.SystemGetInfo(form_factor=xr.FormFactor.HEAD_MOUNTED_DISPLAY))
        require = ctypes.cast(
            xr.get_instance_proc_addr(instance, "xrGetOpenGLGraphicsRequirementsKHR"), xr.PFN_xrGetOpenGLGraphicsRequirementsKHR
        )
        require(instance, system, ctypes.byref(xr.GraphicsRequirementsOpenGLKHR()))
        binding = ctypes.cast(ctypes.pointer(graphics.binding), ctypes.c_void_p)
        session = xr.create_session(instance, xr.SessionCreateInfo(system_id=system, next=binding))
        running = Probe(instance, session)
        running.begin()
        yield running
        xr.destroy_session(session)
    finally:
        xr.destroy_instance(instance)
        stage.close()
