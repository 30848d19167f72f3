"""The headset by OpenXR.

`OpenXRDriver` is loaded when it is asked for, so that `headset.openxr.probe` can say what is missing on a machine where the
libraries that it needs cannot be loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headset.driver import DriverError

if TYPE_CHECKING:
    from headset.openxr.driver import OpenXRDriver as OpenXRDriver

__all__ = ["OpenXRDriver"]


def __getattr__(name: str) -> object:
    if name != "OpenXRDriver":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from headset.openxr.driver import OpenXRDriver  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise DriverError(f"OpenXR cannot be loaded ({error}): install OpenGL (libgl1, libegl1) and pyopenxr") from error
    return OpenXRDriver
