"""The instance and the system: which runtime there is, what it can do, which headset is on it, and what it announces."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

import xr
from xr import raw_functions as raw

from headset.driver import Ability, DriverError
from headset.openxr.abilities import EXTENSIONS as SENSES
from headset.openxr.abilities import NEEDS, senses
from headset.openxr.calls import LOST, NotReadyError, check, optional
from headset.openxr.depth import EXTENSION as DEPTH
from headset.openxr.egl import EXTENSION as EGL
from headset.openxr.panels import EXTENSION as CYLINDER
from headset.openxr.profiles import EXTENSIONS as CONTROLLERS
from headset.openxr.refresh import EXTENSION as REFRESH
from headset.openxr.visibility import EXTENSION as VISIBILITY

OPENGL: Final = "XR_KHR_opengl_enable"
LOCAL_FLOOR: Final = "XR_EXT_local_floor"
PRESENCE: Final = "XR_EXT_user_presence"
TIMESPEC: Final = "XR_KHR_convert_timespec_time"
OPTIONAL: Final = (EGL, LOCAL_FLOOR, PRESENCE, TIMESPEC, DEPTH, CYLINDER, VISIBILITY, REFRESH, *CONTROLLERS, *SENSES)

WITHOUT: Final = "ABATON_OPENXR_WITHOUT"
"""Names of extensions, with commas between, that are not used although they are there: for a runtime that does one of them
wrong."""

STEREO: Final = xr.ViewConfigurationType.PRIMARY_STEREO

Notice = tuple[Literal["state", "lost", "present", "recentred", "mask", "refresh", "controllers"], int]
"""What the runtime announced: a new session state, its own end, 1 or 0 for a person who wears the headset, a moved origin, other
hidden parts of an eye's picture, thousandths of a Hz at which the display is lit from now on, something else in a hand."""


@dataclass(frozen=True, slots=True)
class System:
    """A headset on the runtime."""

    id: Any
    name: str
    resolution: tuple[int, int]
    """Of one eye, as the runtime recommends."""
    blend: Any
    """How it mixes our picture with the room."""
    layers: int = 16
    """How many it composites at once (XR_MIN_COMPOSITION_LAYERS_SUPPORTED at least)."""
    largest: tuple[int, int] = (4096, 4096)
    """Width and height of an image that it takes."""
    abilities: frozenset[Ability] = frozenset()
    """Which of joints and gaze it can measure."""


class Instance:
    """A connection to the runtime.

    Raises DriverError if there is no runtime or it cannot do OpenGL, NotReadyError if it is there but does not answer.
    """

    def __init__(self) -> None:
        # The loader's own words for "not yet" would fill the terminal, twice a second.
        os.environ.setdefault("XR_LOADER_DEBUG", "none")
        try:
            offered = {extension.extension_name.decode() for extension in xr.enumerate_instance_extension_properties()}
            offered -= set(os.environ.get(WITHOUT, "").replace(" ", "").split(",")) - {OPENGL}
            if OPENGL not in offered:
                raise DriverError("the OpenXR runtime has no OpenGL (XR_KHR_opengl_enable): choose another, as SteamVR or Monado")
            used = [name for name in OPTIONAL if name in offered and NEEDS.get(name, OPENGL) in offered]
            self.extensions = frozenset([OPENGL, *used])
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
        except xr.exception.XrException as error:
            raise DriverError(f"the OpenXR runtime cannot be used ({error}): update or restart it") from error
        try:
            self.runtime = xr.get_instance_properties(self.handle).runtime_name.decode(errors="replace")
            self._clock = optional(self._find_clock, None, "exact clock") if TIMESPEC in self.extensions else None
        except xr.exception.XrException as error:
            self.close()
            raise NotReadyError(f"the OpenXR runtime ended as it began ({error}): restart it") from error
        self._event = xr.EventDataBuffer()
        self._at_event = ctypes.byref(self._event)
        state = _read_as(self._event, xr.EventDataSessionStateChanged)
        present = _read_as(self._event, xr.EventDataUserPresenceChangedEXT)
        refresh = _read_as(self._event, xr.EventDataDisplayRefreshRateChangedFB)
        kinds = xr.StructureType
        self._events: dict[int, Callable[[], Notice]] = {
            kinds.EVENT_DATA_SESSION_STATE_CHANGED.value: lambda: ("state", int(state._state)),
            kinds.EVENT_DATA_INSTANCE_LOSS_PENDING.value: lambda: ("lost", 0),
            kinds.EVENT_DATA_USER_PRESENCE_CHANGED_EXT.value: lambda: ("present", int(present.is_user_present)),
            kinds.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING.value: lambda: ("recentred", 0),
            kinds.EVENT_DATA_INTERACTION_PROFILE_CHANGED.value: lambda: ("controllers", 0),
            kinds.EVENT_DATA_VISIBILITY_MASK_CHANGED_KHR.value: lambda: ("mask", 0),
            kinds.EVENT_DATA_DISPLAY_REFRESH_RATE_CHANGED_FB.value: lambda: (
                "refresh",
                _thousandths(refresh.to_display_refresh_rate),
            ),
        }

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
        sizes = [(view.recommended_image_rect_width, view.recommended_image_rect_height) for view in views]
        width, height = sizes[0] if len(sizes) == 2 else (0, 0)
        if width < 1 or height < 1:
            raise NotReadyError(f"{self.runtime} does not say how large an eye's picture is ({sizes}): restart it")
        # Both eyes lie side by side in one image, which may be wider than the runtime makes them.
        shrink = min(1.0, largest.max_swapchain_image_width / (2 * width), largest.max_swapchain_image_height / height)
        return System(
            system,
            properties.system_name.decode(errors="replace"),
            (int(width * shrink), int(height * shrink)),
            blends[0] if blends and xr.EnvironmentBlendMode.OPAQUE not in blends else xr.EnvironmentBlendMode.OPAQUE,
            int(largest.max_layer_count),
            (int(largest.max_swapchain_image_width), int(largest.max_swapchain_image_height)),
            senses(self.handle, system, self.extensions),
        )

    def require_opengl(self, system: System) -> None:
        """Ask which OpenGL it wants, which must be asked before a session is made (section 12.18)."""
        requirements = xr.GraphicsRequirementsOpenGLKHR()
        function = self.function("xrGetOpenGLGraphicsRequirementsKHR", xr.PFN_xrGetOpenGLGraphicsRequirementsKHR)
        check(function(self.handle, system.id, ctypes.byref(requirements)), "xrGetOpenGLGraphicsRequirementsKHR")

    def now(self) -> int | None:
        """What its clock shows, in nanoseconds, or None if it does not tell."""
        return None if self._clock is None else self._clock()

    def notices(self) -> Iterator[Notice]:
        """What it announced since the last time, oldest first."""
        event, read = self._event, self._events
        while True:
            event._type, event._next = _ANY, None
            if check(raw.xrPollEvent(self.handle, self._at_event), "xrPollEvent") == _NOTHING:
                return
            notice = read.get(event._type)
            if notice is not None:
                yield notice()

    def close(self) -> None:
        """Give the connection back; a runtime that has died refuses even that."""
        with suppress(xr.exception.XrException):
            xr.destroy_instance(self.handle)

    def function(self, name: str, kind: Any) -> Any:
        """A function of an extension that is enabled, by name and type."""
        return ctypes.cast(xr.get_instance_proc_addr(self.handle, name), kind)

    def _find_clock(self) -> Callable[[], int]:
        convert = self.function("xrConvertTimespecTimeToTimeKHR", xr.PFN_xrConvertTimespecTimeToTimeKHR)
        clock = ctypes.CDLL(None).clock_gettime
        moment, runtime = xr.timespec(), xr.Time()

        def now() -> int:
            clock(1, ctypes.byref(moment))  # CLOCK_MONOTONIC, as time.monotonic
            check(convert(self.handle, ctypes.byref(moment), ctypes.byref(runtime)), "xrConvertTimespecTimeToTimeKHR")
            return int(runtime.value)

        return now


_ANY: Final = xr.StructureType.EVENT_DATA_BUFFER.value
_NOTHING: Final = xr.Result.EVENT_UNAVAILABLE.value


def _thousandths(rate: float) -> int:
    """A rate in Hz, or 0 if it is none."""
    return round(rate * 1000) if 0 < rate < 10_000 else 0


def _read_as(event: Any, kind: Any) -> Any:
    """The same memory, read as another structure."""
    return ctypes.cast(ctypes.pointer(event), ctypes.POINTER(kind)).contents
