"""How a runtime's answers become exceptions.

Every frame makes some twenty calls. They go to the loader's C functions (`xr.raw_functions`) with structures that are made once:
pyopenxr's convenient wrappers make new ones each time and cost 16 to 78 µs a call (measured), these 2 to 5. What happens once a
session goes through the wrappers. Both raise the same exceptions.
"""

from __future__ import annotations

from typing import Any

import xr

LOST: tuple[type[Exception], ...] = (
    xr.exception.InstanceLostError,
    xr.exception.SessionLostError,
    xr.exception.SessionLossPending,
    xr.exception.RuntimeFailureError,
    xr.exception.RuntimeUnavailableError,
)
"""The runtime is gone, or says that it cannot go on: everything of it is to be destroyed and made anew. (A Monado that was killed
shows as the first, or, while a new instance is made, as the third.)"""


class NotReadyError(Exception):
    """There is a runtime but no headset yet, or no service behind it: worth waiting for. The message says what to do."""


def check(result: Any, call: str) -> int:
    """The result of a raw call as a number, 0 for plain success; raises pyopenxr's exception if it is an error."""
    code = int(result)
    if code < 0:
        raise xr.check_result(xr.Result(code), call)
    return code
