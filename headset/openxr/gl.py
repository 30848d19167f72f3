"""The few OpenGL calls that carry a picture into a swapchain image, taken from the context's own library.

Not PyOpenGL: it costs several times as much a call, and importing xr binds it to GLX, whatever the context is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

from headset.driver import DriverError

TEXTURE_2D: Final = 0x0DE1
SCISSOR_TEST: Final = 0x0C11
COLOR_BUFFER_BIT: Final = 0x4000
NEAREST: Final = 0x2600
READ_FRAMEBUFFER: Final = 0x8CA8
DRAW_FRAMEBUFFER: Final = 0x8CA9
FRAMEBUFFER: Final = 0x8D40
DRAW_FRAMEBUFFER_BINDING: Final = 0x8CA6
FRAMEBUFFER_COMPLETE: Final = 0x8CD5
COLOR_ATTACHMENT0: Final = 0x8CE0
FRAMEBUFFER_SRGB: Final = 0x8DB9
SRGB8_ALPHA8: Final = 0x8C43

Address = Callable[[bytes], int | None]

_INT, _UINT, _VOID_P = ctypes.c_int, ctypes.c_uint, ctypes.c_void_p


class Gl:
    """OpenGL's functions of the current context; `address` finds them by name."""

    def __init__(self, address: Address) -> None:
        def function(name: str, *arguments: Any, result: Any = None) -> Any:
            found = address(name.encode())
            if not found:
                raise DriverError(f"this OpenGL has no {name}: update the graphics driver")
            return ctypes.CFUNCTYPE(result, *arguments)(found)

        self.gen_framebuffers = function("glGenFramebuffers", _INT, _VOID_P)
        self.delete_framebuffers = function("glDeleteFramebuffers", _INT, _VOID_P)
        self.bind_framebuffer = function("glBindFramebuffer", _UINT, _UINT)
        self.framebuffer_texture_2d = function("glFramebufferTexture2D", _UINT, _UINT, _UINT, _UINT, _INT)
        self.check_framebuffer_status = function("glCheckFramebufferStatus", _UINT, result=_UINT)
        self.blit_framebuffer = function("glBlitFramebuffer", *[_INT] * 8, _UINT, _UINT)
        self.get_integer = function("glGetIntegerv", _UINT, _VOID_P)
        self.enable = function("glEnable", _UINT)
        self.disable = function("glDisable", _UINT)
        self._number = _INT()
        self._at_number = ctypes.addressof(self._number)

    def bound_framebuffer(self) -> int:
        """The framebuffer that is drawn to now."""
        self.get_integer(DRAW_FRAMEBUFFER_BINDING, self._at_number)
        return self._number.value

    def framebuffer_of(self, texture: int) -> int:
        """A new framebuffer with this texture as its colour."""
        name = _UINT()
        self.gen_framebuffers(1, ctypes.addressof(name))
        before = self.bound_framebuffer()
        self.bind_framebuffer(FRAMEBUFFER, name.value)
        self.framebuffer_texture_2d(FRAMEBUFFER, COLOR_ATTACHMENT0, TEXTURE_2D, texture, 0)
        status = self.check_framebuffer_status(FRAMEBUFFER)
        self.bind_framebuffer(FRAMEBUFFER, before)
        if status != FRAMEBUFFER_COMPLETE:
            raise DriverError(f"OpenGL cannot draw into the headset's images ({status:#x}): update the graphics driver")
        return name.value

    def delete(self, framebuffers: list[int]) -> None:
        """Give framebuffers back."""
        names = (_UINT * len(framebuffers))(*framebuffers)
        self.delete_framebuffers(len(framebuffers), ctypes.addressof(names))

    def resolve(self, into: int, width: int, height: int) -> None:
        """Copy the framebuffer that is drawn to, all of it, into another, averaging its samples in linear light.

        Panda3D has enabled FRAMEBUFFER_SRGB for its own sRGB buffer, and remembers which framebuffer and scissor it has set: both
        are left as they were.
        """
        drawn = self.bound_framebuffer()
        self.bind_framebuffer(READ_FRAMEBUFFER, drawn)
        self.bind_framebuffer(DRAW_FRAMEBUFFER, into)
        self.disable(SCISSOR_TEST)
        self.blit_framebuffer(0, 0, width, height, 0, 0, width, height, COLOR_BUFFER_BIT, NEAREST)
        self.enable(SCISSOR_TEST)
        self.bind_framebuffer(FRAMEBUFFER, drawn)
