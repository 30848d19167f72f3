"""The WGL context (XR_KHR_opengl_enable, section 12.18): on Windows. It has not been tried there."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import xr

from headset.openxr.context import HANDLE, INT, Graphics, filled, function
from headset.openxr.gl import Address

_NO_ADDRESS = (None, 0, 1, 2, 3, ctypes.c_void_p(-1).value)
"""What wglGetProcAddress gives for what it does not know: functions of OpenGL 1.1 among them."""


def current() -> Graphics | None:
    """The context that is current in this thread, if there is one by WGL."""
    if sys.platform != "win32":
        return None
    return of(ctypes.WinDLL("opengl32"))


def of(opengl: Any) -> Graphics | None:
    """The context that is current by this opengl32.dll."""
    context = function(opengl.wglGetCurrentContext, HANDLE)
    drawing_on, mine = function(opengl.wglGetCurrentDC, HANDLE)(), context()
    if not drawing_on or not mine:
        return None
    make_current = function(opengl.wglMakeCurrent, INT, HANDLE, HANDLE)
    binding = filled(xr.GraphicsBindingOpenGLWin32KHR(), h_dc=drawing_on, h_glrc=mine)
    return Graphics(binding, None, _addresses(opengl), context, lambda: make_current(drawing_on, mine))


def _addresses(opengl: Any) -> Address:
    find = function(opengl.wglGetProcAddress, HANDLE, ctypes.c_char_p)

    def address(name: bytes) -> int | None:
        found: int | None = find(name)
        if found not in _NO_ADDRESS:
            return found
        # What OpenGL 1.1 had lies in the library itself and is not known to wglGetProcAddress.
        old = getattr(opengl, name.decode(), None)
        return None if old is None else ctypes.cast(old, HANDLE).value

    return address
