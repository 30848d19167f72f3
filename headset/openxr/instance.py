"""The instance and the system: which runtime there is, what it can do, which headset is on it, and what it announces."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

import xr
from xr import raw_functions as raw

from headset.driver import DriverError
from headset.openxr.calls import LOST, NotReadyError, check
from headset.openxr.graphics import EGL_EXTENSION

OPENGL: Final = "XR_KHR_opengl_enable"
LOCAL_FLOOR: Final = "XR_EXT_local_floor"
PRESENCE: Final = "XR_EXT_user_presence"
TIMESPEC: Final = "XR_KHR_convert_timespec_time"
OPTIONAL: Final = (EGL_EXTENSION, LOCAL_FLOOR, PRESENCE, TIMESPEC)

STEREO: Final = xr.ViewConfigurationType.PRIMARY_STEREO

Notice = tuple[Literal["state", "lost", "present", "recentred"], int]
"""What the runtime announced: a new session state, its own end, 1 or 0 for a person who wears the headset, a moved origin."""


@dataclass(frozen=True, slots=True)
class System:
    """A headset on the runtime."""

    id: Any
    name: str
    resolution: tuple[int, int]
    """Of one eye, as the runtime recommends."""
    blend: Any
    """How it mixes our picture with the room."""


class Instance:
    """A connection to the runtime.

    Raises DriverError if there is no runtime or it cannot do OpenGL, NotReadyError if it is there but does not answer.
    """

    def __init__(self) -> None:
        # The loader's own words for "not yet" would fill the terminal, twice a second.
        os.environ.setdefault("XR_LOADER_DEBUG", "none")
        try:
            offered = {extension.extension_name.decode() for extension in xr.enumerate_instance_extension_properties()}
            if OPENGL not in offered:
                raise DriverError("the OpenXR runtime has no OpenGL (XR_KHR_opengl_enable): choose another, as SteamVR or Monado")
            self.extensions = frozenset([OPENGL, *(name for name in OPTIONAL if name in offered)])
            abaton = xr.ApplicationInfo(application_name="Abaton", engine_name="Abaton", api_version=xr.Version(1, 0, 0))
            self.handle = xr.create_instance(
                xr.InstanceCreateInfo(application_info=abaton, enabled_extension_names=sorted(self.extensions))
            )
        except xr.exception.RuntimeUnavailableError as error:
            raise DriverError(
                "there is no OpenXR runtime: install one (SteamVR, WiVRn or Monado), start it once, "
                "and see that ~/.config/openxr/1/active_runtime.json leads to it"
            ) from error
        except LOST as error:
            raise NotReadyError("the OpenXR runtime does not answer: start it (SteamVR, WiVRn or monado-service)") from error
        except xr.exception.LimitReachedError as error:
            raise DriverError(
                "this process has the headset already, and OpenXR allows one session: close the other one"
            ) from error
        except xr.exception.ErrorResult as error:
            raise DriverError(f"the OpenXR runtime cannot be used ({error}): update or restart it") from error
        self.runtime = xr.get_instance_properties(self.handle).runtime_name.decode()
        self._event = xr.EventDataBuffer()
        self._at_event = ctypes.byref(self._event)
        self._state = _read_as(self._event, xr.EventDataSessionStateChanged)
        self._present = _read_as(self._event, xr.EventDataUserPresenceChangedEXT)
        self._clock = self._find_clock() if TIMESPEC in self.extensions else None

    def system(self) -> System:
        """The headset. Raises NotReadyError while there is none, DriverError if it is none that we can draw for."""
        try:
            system = xr.get_system(self.handle, xr.SystemGetInfo(form_factor=xr.FormFactor.HEAD_MOUNTED_DISPLAY))
        except xr.exception.FormFactorUnavailableError as error:
            raise NotReadyError(f"{self.runtime} finds no headset: switch it on and connect it") from error
        except xr.exception.FormFactorUnsupportedError as error:
            raise DriverError(f"{self.runtime} does not drive headsets: choose another OpenXR runtime") from error
        if STEREO not in xr.enumerate_view_configurations(self.handle, system):
            raise DriverError(f"the device on {self.runtime} does not have two eyes: use a headset")
        views = xr.enumerate_view_configuration_views(self.handle, system, STEREO)
        blends = list(xr.enumerate_environment_blend_modes(self.handle, system, STEREO))
        properties = xr.get_system_properties(self.handle, system)
        largest = properties.graphics_properties
        width, height = views[0].recommended_image_rect_width, views[0].recommended_image_rect_height
        # Both eyes lie side by side in one image, which may be wider than the runtime makes them.
        shrink = min(1.0, largest.max_swapchain_image_width / (2 * width), largest.max_swapchain_image_height / height)
        return System(
            system,
            properties.system_name.decode(errors="replace"),
            (int(width * shrink), int(height * shrink)),
            xr.EnvironmentBlendMode.OPAQUE if xr.EnvironmentBlendMode.OPAQUE in blends else xr.EnvironmentBlendMode(blends[0]),
        )

    def require_opengl(self, system: System) -> None:
        """Ask which OpenGL it wants, which must be asked before a session is made (section 12.18)."""
        requirements = xr.GraphicsRequirementsOpenGLKHR()
        function = self._extension("xrGetOpenGLGraphicsRequirementsKHR", xr.PFN_xrGetOpenGLGraphicsRequirementsKHR)
        check(function(self.handle, system.id, ctypes.byref(requirements)), "xrGetOpenGLGraphicsRequirementsKHR")

    def now(self) -> int | None:
        """What its clock shows, in nanoseconds, or None if it does not tell."""
        return None if self._clock is None else self._clock()

    def notices(self) -> Iterator[Notice]:
        """What it announced since the last time, oldest first."""
        kinds = xr.StructureType
        while True:
            self._event._type = kinds.EVENT_DATA_BUFFER.value
            self._event._next = None
            if check(raw.xrPollEvent(self.handle, self._at_event), "xrPollEvent") == xr.Result.EVENT_UNAVAILABLE.value:
                return
            kind = self._event._type
            if kind == kinds.EVENT_DATA_SESSION_STATE_CHANGED.value:
                yield ("state", int(self._state._state))
            elif kind == kinds.EVENT_DATA_INSTANCE_LOSS_PENDING.value:
                yield ("lost", 0)
            elif kind == kinds.EVENT_DATA_USER_PRESENCE_CHANGED_EXT.value:
                yield ("present", int(self._present.is_user_present))
            elif kind == kinds.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING.value:
                yield ("recentred", 0)

    def close(self) -> None:
        """Give the connection back."""
        xr.destroy_instance(self.handle)

    def _find_clock(self) -> Callable[[], int]:
        convert = self._extension("xrConvertTimespecTimeToTimeKHR", xr.PFN_xrConvertTimespecTimeToTimeKHR)
        clock = ctypes.CDLL(None).clock_gettime
        moment, runtime = xr.timespec(), xr.Time()

        def now() -> int:
            clock(1, ctypes.byref(moment))  # CLOCK_MONOTONIC, as time.monotonic
            check(convert(self.handle, ctypes.byref(moment), ctypes.byref(runtime)), "xrConvertTimespecTimeToTimeKHR")
            return int(runtime.value)

        return now

    def _extension(self, name: str, kind: Any) -> Any:
        return ctypes.cast(xr.get_instance_proc_addr(self.handle, name), kind)


def _read_as(event: Any, kind: Any) -> Any:
    """The same memory, read as another structure."""
    return ctypes.cast(ctypes.pointer(event), ctypes.POINTER(kind)).contents
