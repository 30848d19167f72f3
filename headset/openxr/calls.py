"""How a runtime's answers become exceptions.

Every frame makes some forty calls. They go to the loader's C functions (`xr.raw_functions`) with structures that are made once:
pyopenxr's convenient wrappers make new ones each time and cost 16 to 78 µs a call (measured), these 1 to 3. What happens once a
session goes through the wrappers. Both raise the same exceptions.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from typing import Any, Final, TypeVar

import xr
from xr import raw_functions as raw

_log = logging.getLogger(__name__)

T = TypeVar("T")

LOST: tuple[type[Exception], ...] = (
    xr.exception.InstanceLostError,
    xr.exception.SessionLostError,
    xr.exception.SessionLossPending,
    xr.exception.RuntimeFailureError,
    xr.exception.RuntimeUnavailableError,
)
"""The runtime is gone, or says that it cannot go on: everything of it is to be destroyed and made anew. (A Monado that was killed
shows as the first, or, while a new instance is made, as the third.)"""

TROUBLE: tuple[type[Exception], ...] = (xr.exception.XrException,)
"""Whatever a runtime refuses once a session runs: to go on would break its rules, so then too all is made anew."""


def _unknown(_: type[xr.Result], value: object) -> xr.Result:
    return xr.Result.SUCCESS if isinstance(value, int) and value >= 0 else xr.Result.ERROR_RUNTIME_FAILURE


# A runtime may be newer than pyopenxr, which has no exception for what it does not know, only a ValueError.
xr.Result._missing_ = classmethod(_unknown)


EACH_FRAME: Final = (
    "xrPollEvent", "xrSyncActions", "xrLocateSpace", "xrLocateViews", "xrGetActionStateBoolean", "xrGetActionStateFloat",
    "xrGetActionStateVector2f", "xrWaitFrame", "xrBeginFrame", "xrEndFrame", "xrAcquireSwapchainImage", "xrWaitSwapchainImage",
    "xrReleaseSwapchainImage",
)  # fmt: skip
"""What is called in every frame."""

# An answer that is made a member of pyopenxr's enumeration costs as much as the call (1 to 2 µs). Its wrappers take a number too.
for _name in EACH_FRAME:
    getattr(raw, _name).restype = ctypes.c_int


class NotReadyError(Exception):
    """There is a runtime but no headset yet, or no service behind it: worth waiting for. The message says what to do."""


def optional(deed: Callable[[], T], otherwise: T, what: str) -> T:
    """Do what a session can go on without; `otherwise` if the runtime refuses it. A runtime that is gone is still gone."""
    try:
        return deed()
    except LOST:
        raise
    except xr.exception.ErrorResult as error:
        _log.warning("no %s: the OpenXR runtime refuses it (%s)", what, error)
        return otherwise


def check(result: Any, call: str) -> int:
    """The result of a raw call as a number, 0 for plain success; raises pyopenxr's exception if it is an error."""
    if result < 0:
        raise xr.check_result(xr.Result(result), call)
    return int(result)
