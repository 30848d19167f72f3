"""The GLX context (XR_KHR_opengl_enable, section 12.18): beside a window on X11."""

from __future__ import annotations

import ctypes

import xr

from headset.driver import DriverError
from headset.openxr.context import HANDLE, INT, Graphics, filled, function, library

_VISUAL_ID, _SCREEN, _FBCONFIG_ID = 0x800B, 0x800C, 0x8013


def current() -> Graphics | None:
    """The context that is current in this thread, if there is one by GLX."""
    glx = library("libGLX.so.0") or library("libGL.so.1")
    if glx is None:
        return None
    context = function(glx.glXGetCurrentContext, HANDLE)
    display, mine = function(glx.glXGetCurrentDisplay, HANDLE)(), context()
    if not display or not mine:
        return None
    drawable = function(glx.glXGetCurrentDrawable, ctypes.c_ulong)()
    query = function(glx.glXQueryContext, INT, HANDLE, HANDLE, INT, HANDLE)
    number, screen, visual = INT(), INT(), INT()
    query(display, mine, _FBCONFIG_ID, ctypes.addressof(number))
    query(display, mine, _SCREEN, ctypes.addressof(screen))
    attribute = function(glx.glXGetFBConfigAttrib, INT, HANDLE, HANDLE, INT, HANDLE)
    count, value = INT(), INT()
    get_configs = function(glx.glXGetFBConfigs, ctypes.POINTER(HANDLE), HANDLE, INT, HANDLE)
    configs = get_configs(display, screen.value, ctypes.addressof(count))
    config = None
    for index in range(count.value):
        attribute(display, configs[index], _FBCONFIG_ID, ctypes.addressof(value))
        if value.value == number.value:
            config = configs[index]
            attribute(display, config, _VISUAL_ID, ctypes.addressof(visual))
    if config is None:
        raise DriverError(f"GLX does not say which configuration its context has ({number.value}): update the graphics driver")
    binding = filled(
        xr.GraphicsBindingOpenGLXlibKHR(),
        x_display=display,
        visualid=visual.value,
        glx_fbconfig=config,
        glx_drawable=drawable,
        glx_context=mine,
    )
    make_current = function(glx.glXMakeCurrent, INT, HANDLE, ctypes.c_ulong, HANDLE)
    address = function(glx.glXGetProcAddressARB, HANDLE, ctypes.c_char_p)
    return Graphics(binding, None, address, context, lambda: make_current(display, drawable, mine))
