"""The session's life (section 9.1 to 9.3)."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import xr

from tests.headset.openxr.bridge import chain, give_handle, number
from tests.headset.openxr.fake.instance import known_system, require_stereo
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime, State

_KINDS: Final = xr.StructureType
BINDINGS: Final[dict[int, tuple[Any, str]]] = {
    _KINDS.GRAPHICS_BINDING_OPENGL_XLIB_KHR.value: (xr.GraphicsBindingOpenGLXlibKHR, "XR_KHR_opengl_enable"),
    _KINDS.GRAPHICS_BINDING_EGL_MNDX.value: (xr.GraphicsBindingEGLMNDX, "XR_MNDX_egl_enable"),
}


def create(runtime: Runtime, instance: Handle, info: Any, out: Any) -> None:
    """With a graphics binding whose every field is filled, after the requirements were asked."""
    known_system(instance, info.contents.system_id)
    if not instance.facts["required"]:
        raise RefusalError(R.ERROR_GRAPHICS_REQUIREMENTS_CALL_MISSING, "xrGetOpenGLGraphicsRequirementsKHR was not called before")
    if runtime.living("session"):
        raise RefusalError(R.ERROR_LIMIT_REACHED, "there is a session already")
    bound = [one for one in chain(info.contents, {kind: made for kind, (made, _) in BINDINGS.items()}) if one._type in BINDINGS]
    if len(bound) != 1:
        raise RefusalError(R.ERROR_GRAPHICS_DEVICE_INVALID, f"{len(bound)} graphics bindings, not one")
    if not runtime.enabled(BINDINGS[bound[0]._type][1]):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"{type(bound[0]).__name__} without its extension")
    for name, kind in bound[0]._fields_:
        start = getattr(type(bound[0]), name).offset
        if not any(bytes(bound[0])[start : start + ctypes.sizeof(kind)]):
            raise RefusalError(R.ERROR_GRAPHICS_DEVICE_INVALID, f"{type(bound[0]).__name__}.{name} is null")
    made = runtime.make(
        "session", instance, state=State.UNKNOWN, running=False, framed=False, frame="none", time=0, attached=None, lost=False,
        located={}, synced=[],
    )  # fmt: skip
    give_handle(out, made.number)
    runtime.go(State.IDLE)


def destroy(runtime: Runtime, session: Handle) -> None:
    runtime.destroy(session)


def begin(runtime: Runtime, session: Handle, info: Any) -> None:
    """Only when READY, and not twice."""
    require_stereo(info.contents._primary_view_configuration_type)
    if session.facts["running"]:
        raise RefusalError(R.ERROR_SESSION_RUNNING, "the session runs already")
    if session.facts["state"] != State.READY:
        raise RefusalError(R.ERROR_SESSION_NOT_READY, f"the session is {State(session.facts['state']).name}, not READY")
    session.facts |= {"running": True, "framed": False, "frame": "none"}


def end(runtime: Runtime, session: Handle) -> None:
    """Only when STOPPING, with no frame in hand."""
    if not session.facts["running"]:
        raise RefusalError(R.ERROR_SESSION_NOT_RUNNING, "the session does not run")
    if session.facts["state"] != State.STOPPING:
        raise RefusalError(R.ERROR_SESSION_NOT_STOPPING, f"the session is {State(session.facts['state']).name}, not STOPPING")
    if session.facts["frame"] != "none":
        runtime.broke("xrEndSession", f"a frame is still {session.facts['frame']}")
    session.facts["running"] = False


def request_exit(runtime: Runtime, session: Handle) -> None:
    """Section 9.3: of a running session."""
    if not session.facts["running"]:
        raise RefusalError(R.ERROR_SESSION_NOT_RUNNING, "the session does not run")
    runtime.exit()


def require_running(session: Handle) -> None:
    """What only a running session may be asked."""
    if not session.facts["running"]:
        raise RefusalError(R.ERROR_SESSION_NOT_RUNNING, "the session does not run")


def same_session(handle: Handle, other: Handle) -> None:
    """Two things must belong to one session."""
    if handle.above("session") is not other.above("session"):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"a {handle.kind} and a {other.kind} of different sessions")


def space_of(runtime: Runtime, space: Any) -> Handle:
    """The living space."""
    return runtime.find(number(space), "space")
