"""Telling a runtime which OpenGL context we draw with.

The stage draws by EGL where there is no window and by GLX beside one, so whichever context is current is bound:

    EGL   XR_MNDX_egl_enable             display, config, context, eglGetProcAddress
    GLX   XR_KHR_opengl_enable (12.18)   display, visual, framebuffer configuration, drawable, context

Every field is filled: a runtime may take any of them as given (Monado 25 refuses a binding without its glxFBConfig). Windows
(WGL) is not written yet.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import xr

from headset.driver import DriverError
from headset.openxr.gl import Address

EGL_EXTENSION: Final = "XR_MNDX_egl_enable"

_EGL_CONFIG_ID, _EGL_NONE, _EGL_DRAW, _EGL_READ = 0x3028, 0x3038, 0x3059, 0x305A
_GLX_VISUAL_ID, _GLX_SCREEN, _GLX_FBCONFIG_ID = 0x800B, 0x800C, 0x8013
_HANDLE, _INT = ctypes.c_void_p, ctypes.c_int


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


def current_graphics() -> Graphics:
    """The context that is current in this thread. Raises DriverError if there is none that OpenXR can use."""
    for find in (_egl, _glx):
        graphics = find()
        if graphics is not None:
            return graphics
    raise DriverError("OpenXR needs an OpenGL context by EGL or GLX, and none is current: run on Linux with libegl1 and libgl1")


def _egl() -> Graphics | None:
    egl = _library("libEGL.so.1")
    if egl is None:
        return None
    display, context = _function(egl.eglGetCurrentDisplay, _HANDLE)(), _function(egl.eglGetCurrentContext, _HANDLE)
    mine = context()
    if not display or not mine:
        return None
    number = _INT()
    _function(egl.eglQueryContext, _INT, _HANDLE, _HANDLE, _INT, _HANDLE)(display, mine, _EGL_CONFIG_ID, ctypes.addressof(number))
    wish = (_INT * 3)(_EGL_CONFIG_ID, number.value, _EGL_NONE)
    config, count = _HANDLE(), _INT()
    choose = _function(egl.eglChooseConfig, _INT, _HANDLE, _HANDLE, _HANDLE, _INT, _HANDLE)
    choose(display, ctypes.addressof(wish), ctypes.addressof(config), 1, ctypes.addressof(count))
    if not config.value or count.value != 1:
        raise DriverError(f"EGL does not say which configuration its context has ({number.value}): update the graphics driver")
    surface = _function(egl.eglGetCurrentSurface, _HANDLE, _INT)
    draw, read = surface(_EGL_DRAW), surface(_EGL_READ)
    make_current = _function(egl.eglMakeCurrent, _INT, _HANDLE, _HANDLE, _HANDLE, _HANDLE)
    binding = _filled(
        xr.GraphicsBindingEGLMNDX(),
        get_proc_address=ctypes.cast(egl.eglGetProcAddress, _HANDLE).value,
        display=display,
        config=config.value,
        context=mine,
    )
    address = _function(egl.eglGetProcAddress, _HANDLE, ctypes.c_char_p)
    return Graphics(binding, EGL_EXTENSION, address, context, lambda: make_current(display, draw, read, mine))


def _glx() -> Graphics | None:
    glx = _library("libGLX.so.0") or _library("libGL.so.1")
    if glx is None:
        return None
    context = _function(glx.glXGetCurrentContext, _HANDLE)
    display, mine = _function(glx.glXGetCurrentDisplay, _HANDLE)(), context()
    if not display or not mine:
        return None
    drawable = _function(glx.glXGetCurrentDrawable, ctypes.c_ulong)()
    query = _function(glx.glXQueryContext, _INT, _HANDLE, _HANDLE, _INT, _HANDLE)
    number, screen, visual = _INT(), _INT(), _INT()
    query(display, mine, _GLX_FBCONFIG_ID, ctypes.addressof(number))
    query(display, mine, _GLX_SCREEN, ctypes.addressof(screen))
    attribute = _function(glx.glXGetFBConfigAttrib, _INT, _HANDLE, _HANDLE, _INT, _HANDLE)
    count, value = _INT(), _INT()
    get_configs = _function(glx.glXGetFBConfigs, ctypes.POINTER(_HANDLE), _HANDLE, _INT, _HANDLE)
    configs = get_configs(display, screen.value, ctypes.addressof(count))
    config = None
    for index in range(count.value):
        attribute(display, configs[index], _GLX_FBCONFIG_ID, ctypes.addressof(value))
        if value.value == number.value:
            config = configs[index]
            attribute(display, config, _GLX_VISUAL_ID, ctypes.addressof(visual))
    if config is None:
        raise DriverError(f"GLX does not say which configuration its context has ({number.value}): update the graphics driver")
    binding = _filled(
        xr.GraphicsBindingOpenGLXlibKHR(),
        x_display=display,
        visualid=visual.value,
        glx_fbconfig=config,
        glx_drawable=drawable,
        glx_context=mine,
    )
    make_current = _function(glx.glXMakeCurrent, _INT, _HANDLE, ctypes.c_ulong, _HANDLE)
    address = _function(glx.glXGetProcAddressARB, _HANDLE, ctypes.c_char_p)
    return Graphics(binding, None, address, context, lambda: make_current(display, drawable, mine))


def _filled(binding: Any, **fields: int | None) -> Any:
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


def _function(function: Any, result: Any, *arguments: Any) -> Any:
    # CDLL shares one function object for each name; a second prototype of the same library may not change the first.
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _HANDLE).value or 0)


def _library(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
