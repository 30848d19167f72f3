"""Telling a runtime which OpenGL context we draw with.

The stage draws by EGL where there is no window and by GLX beside one, by WGL on Windows; whichever context is current is bound:

    egl   XR_MNDX_egl_enable             display, config, context, eglGetProcAddress
    glx   XR_KHR_opengl_enable (12.18)   display, visual, framebuffer configuration, drawable, context
    wgl   XR_KHR_opengl_enable (12.18)   device context, rendering context

Every field is filled: a runtime may take any of them as given (Monado 25 refuses a binding without its glxFBConfig).
"""

from __future__ import annotations

from headset.driver import DriverError
from headset.openxr import egl, glx, wgl
from headset.openxr.context import Graphics

__all__ = ["Graphics", "current_graphics"]


def current_graphics() -> Graphics:
    """The context that is current in this thread. Raises DriverError if there is none that OpenXR can use."""
    for find in (egl.current, glx.current, wgl.current):
        graphics = find()
        if graphics is not None:
            return graphics
    raise DriverError("OpenXR needs an OpenGL context by EGL, GLX or WGL, and none is current: install libegl1 and libgl1")
