"""The instance and the system (chapters 4 and 5)."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import xr

from tests.headset.openxr.bridge import chain, fill, give_handle, number, text
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime

SYSTEM: Final = 1
STEREO: Final = xr.ViewConfigurationType.PRIMARY_STEREO


def function_address(runtime: Runtime, instance: Any, name: bytes, function: Any) -> Any:
    """xrGetInstanceProcAddr (section 3.2): an extension's function is there only for one who has enabled the extension."""
    from tests.headset.openxr.fake.rows import ROWS

    row = ROWS.get(name.decode())
    if number(instance):
        runtime.find(number(instance), "instance")
    if row is None or (row.extension and not runtime.enabled(row.extension)):
        raise RefusalError(
            R.ERROR_FUNCTION_UNSUPPORTED, f"{name.decode()} is asked for without its extension, or the fake lacks it"
        )
    function[0] = runtime.pointer_of(name.decode())
    return None


def layers(runtime: Runtime, *out: Any) -> int:
    """No API layers."""
    return fill((), *out)


def extensions(runtime: Runtime, layer: Any, *out: Any) -> int:
    """What it offers."""
    if not runtime.there:
        return int(R.ERROR_RUNTIME_UNAVAILABLE)
    return fill([xr.ExtensionProperties(name, 1) for name in runtime.extensions], *out)


def create(runtime: Runtime, info: Any, out: Any) -> Any:
    """One at a time in a process, as SteamVR has it."""
    if not runtime.there:
        return R.ERROR_RUNTIME_FAILURE
    if runtime.living("instance"):
        raise RefusalError(R.ERROR_LIMIT_REACHED, "there is an instance already")
    info = info.contents
    if not text(info.application_info.application_name):
        raise RefusalError(R.ERROR_NAME_INVALID, "the application has no name")
    wanted = [info._enabled_extension_names[index].decode() for index in range(info.enabled_extension_count)]
    for name in wanted:
        if name not in runtime.extensions:
            raise RefusalError(R.ERROR_EXTENSION_NOT_PRESENT, f"{name} is not offered")
    version = info.application_info._api_version
    runtime.events.clear()
    made = runtime.make("instance", None, extensions=frozenset(wanted), lost=False, required=False, version=number(version))
    give_handle(out, made.number)
    return None


def destroy(runtime: Runtime, instance: Handle) -> None:
    runtime.destroy(instance)


def properties(runtime: Runtime, instance: Handle, out: Any) -> None:
    out.contents.runtime_name = b"Made up"
    out.contents._runtime_version = 1


def poll(runtime: Runtime, instance: Handle, out: Any) -> Any:
    """The oldest event; the session goes on when there is none (section 2.20.1)."""
    if not runtime.events:
        runtime.advance()
    if not runtime.events:
        return R.EVENT_UNAVAILABLE
    event = runtime.events.popleft()
    buffer = out.contents
    ctypes.memset(ctypes.addressof(buffer), 0, ctypes.sizeof(buffer))
    ctypes.memmove(ctypes.addressof(buffer), ctypes.addressof(event), ctypes.sizeof(event))
    session = runtime.living("session")
    if session is not None and "session" in dict(type(event)._fields_):
        slot = type(event).session.offset
        ctypes.cast(ctypes.addressof(buffer) + slot, ctypes.POINTER(ctypes.c_void_p))[0] = session.number
    return None


def system(runtime: Runtime, instance: Handle, info: Any, out: Any) -> Any:
    """The headset, if it is plugged in (section 5.1)."""
    if int(info.contents._form_factor) != xr.FormFactor.HEAD_MOUNTED_DISPLAY:
        raise RefusalError(R.ERROR_FORM_FACTOR_UNSUPPORTED, "it drives only headsets")
    if not runtime.plugged:
        return R.ERROR_FORM_FACTOR_UNAVAILABLE
    instance.facts["system"] = True
    ctypes.cast(out, ctypes.POINTER(ctypes.c_uint64))[0] = SYSTEM
    return None


def known_system(instance: Handle, identity: Any) -> None:
    """A system's number counts only once xrGetSystem has given it."""
    if number(identity) != SYSTEM or "system" not in instance.facts:
        raise RefusalError(R.ERROR_SYSTEM_INVALID, f"{number(identity)} is no system that xrGetSystem gave")


def system_properties(runtime: Runtime, instance: Handle, identity: Any, out: Any) -> None:
    """Its name, its limits, and what hangs on for hands and gaze."""
    known_system(instance, identity)
    found = out.contents
    found.system_id, found.vendor_id = SYSTEM, 1
    found.system_name = b"Made up"
    found.graphics_properties.max_swapchain_image_width = 8192
    found.graphics_properties.max_swapchain_image_height = 8192
    found.graphics_properties.max_layer_count = 16
    found.tracking_properties.orientation_tracking = found.tracking_properties.position_tracking = 1
    kinds = xr.StructureType
    known = {
        kinds.SYSTEM_HAND_TRACKING_PROPERTIES_EXT.value: xr.SystemHandTrackingPropertiesEXT,
        kinds.SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT.value: xr.SystemEyeGazeInteractionPropertiesEXT,
        kinds.SYSTEM_USER_PRESENCE_PROPERTIES_EXT.value: xr.SystemUserPresencePropertiesEXT,
    }
    for more in chain(found, known):
        for name in ("supports_hand_tracking", "supports_eye_gaze_interaction", "supports_user_presence"):
            if name in dict(getattr(type(more), "_fields_", ())):
                setattr(more, name, 1)


def view_configurations(runtime: Runtime, instance: Handle, identity: Any, *out: Any) -> int:
    known_system(instance, identity)
    return fill([STEREO.value], *out)


def views(runtime: Runtime, instance: Handle, identity: Any, kind: int, *out: Any) -> int:
    known_system(instance, identity)
    require_stereo(kind)
    width, height = runtime.resolution
    eye = xr.ViewConfigurationView(
        recommended_image_rect_width=width,
        max_image_rect_width=8192,
        recommended_image_rect_height=height,
        max_image_rect_height=8192,
        recommended_swapchain_sample_count=1,
        max_swapchain_sample_count=4,
    )
    return fill([eye, eye], *out)


def require_stereo(kind: Any) -> None:
    """Two eyes are all it has."""
    if number(kind) != STEREO:
        raise RefusalError(
            R.ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED, f"{number(kind)} is no view configuration of this headset"
        )


def blend_modes(runtime: Runtime, instance: Handle, identity: Any, kind: int, *out: Any) -> int:
    known_system(instance, identity)
    require_stereo(kind)
    return fill([xr.EnvironmentBlendMode.OPAQUE.value], *out)


def to_path(runtime: Runtime, instance: Handle, string: bytes, out: Any) -> None:
    """Section 6.1: small letters, digits, dashes, underscores, dots and slashes."""
    written = string.decode()
    legal = "abcdefghijklmnopqrstuvwxyz0123456789-_./"
    if not written.startswith("/") or written.endswith("/") or "//" in written or set(written) - set(legal):
        raise RefusalError(R.ERROR_PATH_FORMAT_INVALID, f"'{written}' is not written as a path")
    ctypes.cast(out, ctypes.POINTER(ctypes.c_uint64))[0] = runtime.path(written)


def to_string(runtime: Runtime, instance: Handle, path: Any, *out: Any) -> Any:
    capacity, count, buffer = out
    written = runtime.path_text(number(path)).encode() + b"\0"
    count[0] = len(written)
    if capacity == 0:
        return None
    if capacity < len(written):
        return R.ERROR_SIZE_INSUFFICIENT
    ctypes.memmove(buffer, written, len(written))
    return None


def opengl(runtime: Runtime, instance: Handle, identity: Any, out: Any) -> None:
    """Must be asked before a session is made (XR_KHR_opengl_enable)."""
    known_system(instance, identity)
    out.contents.min_api_version_supported = xr.Version(4, 0, 0).number()
    out.contents.max_api_version_supported = xr.Version(4, 6, 0).number()
    instance.facts["required"] = True


def convert_time(runtime: Runtime, instance: Handle, moment: Any, out: Any) -> None:
    """The runtime's clock for a moment of CLOCK_MONOTONIC: as the clock is a virtual one, now."""
    ctypes.cast(out, ctypes.POINTER(ctypes.c_int64))[0] = runtime.now_ns()
