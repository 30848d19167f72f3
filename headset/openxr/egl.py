"""The EGL context (XR_MNDX_egl_enable): where there is no window, and on Wayland."""

from __future__ import annotations

import ctypes
from typing import Final

import xr

from headset.driver import DriverError
from headset.openxr.context import HANDLE, INT, Graphics, filled, function, library

EXTENSION: Final = "XR_MNDX_egl_enable"

_CONFIG_ID, _NONE, _DRAW, _READ = 0x3028, 0x3038, 0x3059, 0x305A


def current() -> Graphics | None:
    """The context that is current in this thread, if there is one by EGL."""
    egl = library("libEGL.so.1")
    if egl is None:
        return None
    display, context = function(egl.eglGetCurrentDisplay, HANDLE)(), function(egl.eglGetCurrentContext, HANDLE)
    mine = context()
    if not display or not mine:
        return None
    number = INT()
    function(egl.eglQueryContext, INT, HANDLE, HANDLE, INT, HANDLE)(display, mine, _CONFIG_ID, ctypes.addressof(number))
    wish = (INT * 3)(_CONFIG_ID, number.value, _NONE)
    config, count = HANDLE(), INT()
    choose = function(egl.eglChooseConfig, INT, HANDLE, HANDLE, HANDLE, INT, HANDLE)
    choose(display, ctypes.addressof(wish), ctypes.addressof(config), 1, ctypes.addressof(count))
    if not config.value or count.value != 1:
        raise DriverError(f"EGL does not say which configuration its context has ({number.value}): update the graphics driver")
    surface = function(egl.eglGetCurrentSurface, HANDLE, INT)
    draw, read = surface(_DRAW), surface(_READ)
    make_current = function(egl.eglMakeCurrent, INT, HANDLE, HANDLE, HANDLE, HANDLE)
    binding = filled(
        xr.GraphicsBindingEGLMNDX(),
        get_proc_address=ctypes.cast(egl.eglGetProcAddress, HANDLE).value,
        display=display,
        config=config.value,
        context=mine,
    )
    address = function(egl.eglGetProcAddress, HANDLE, ctypes.c_char_p)
    return Graphics(binding, EXTENSION, address, context, lambda: make_current(display, draw, read, mine))
