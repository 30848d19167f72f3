"""What a runtime is told of an OpenGL context, and the tools by which `egl`, `glx` and `wgl` find it out.

Functions are called through prototypes of their own, made for each: a library's shared ones could be changed by anyone.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from headset.driver import DriverError
from headset.openxr.gl import Address

HANDLE: Final = ctypes.c_void_p
INT: Final = ctypes.c_int


@dataclass(frozen=True)
class Graphics:
    """A context as a runtime wants to know it."""

    binding: Any
    """An XrGraphicsBinding… structure."""
    extension: str | None
    """An extension that it needs besides XR_KHR_opengl_enable."""
    address: Address
    """Finds OpenGL's functions by name."""
    context: Callable[[], int | None]
    """Which context is current now."""
    take_back: Callable[[], object]
    """Makes this context current again, on what it was drawing to."""

    def keep(self) -> None:
        """Take the context back if a runtime has left another one current. SteamVR on Linux does so in xrCreateSwapchain and in
        xrWaitSwapchainImage."""
        if self.context() != self._mine:
            self.take_back()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_mine", self.context())

    _mine: int | None = None


def filled(binding: Any, **fields: int | None) -> Any:
    """Fill all fields of a structure, or say which one is missing: their types differ between pyopenxr's platforms."""
    own = dict(type(binding)._fields_)
    for name, value in fields.items():
        if not value:
            raise DriverError(f"{type(binding).__name__}.{name} is unknown to this OpenGL: update the graphics driver")
        kind = own.pop(name)
        setattr(binding, name, value if issubclass(kind, ctypes._SimpleCData) else ctypes.cast(value, kind))
    if own:
        raise DriverError(
            f"{type(binding).__name__} has unknown fields ({', '.join(own)}): install the pyopenxr that Abaton asks for"
        )
    return binding


def function(named: Any, result: Any, *arguments: Any) -> Any:
    """A C function with these types."""
    # CDLL shares one function object for each name; a second prototype of the same library may not change the first.
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(named, HANDLE).value or 0)


def library(name: str) -> ctypes.CDLL | None:
    """A library that is there, or None."""
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
