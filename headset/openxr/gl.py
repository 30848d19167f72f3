"""The few OpenGL calls that carry a picture into a swapchain image, taken from the context's own library.

Not PyOpenGL: it costs several times as much a call, and importing xr binds it to GLX, whatever the context is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

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
DEPTH_BUFFER_BIT: Final = 0x100
DEPTH_ATTACHMENT: Final = 0x8D00
DEPTH_COMPONENT16: Final = 0x81A5
DEPTH_COMPONENT24: Final = 0x81A6
DEPTH_COMPONENT32F: Final = 0x8CAC
DEPTH24_STENCIL8: Final = 0x88F0
DEPTH32F_STENCIL8: Final = 0x8CAD

_TEXTURE_MIN_FILTER, _LINEAR = 0x2801, 0x2601
_TEXTURE_BINDING_2D: Final = 0x8069
_RGBA, _UNSIGNED_BYTE, _PIXEL_UNPACK_BUFFER = 0x1908, 0x1401, 0x88EC
_NONE, _FLOAT = 0, 0x1406
_COMPONENT_TYPE, _DEPTH_SIZE, _STENCIL_SIZE, _OBJECT_TYPE = 0x8211, 0x8216, 0x8217, 0x8CD0
_STENCIL_ATTACHMENT: Final = 0x8D20

_DEPTHS: Final = {
    (16, 0, False): DEPTH_COMPONENT16,
    (24, 0, False): DEPTH_COMPONENT24,
    (24, 8, False): DEPTH24_STENCIL8,
    (32, 0, True): DEPTH_COMPONENT32F,
    (32, 8, True): DEPTH32F_STENCIL8,
}
"""Bits of depth, bits of stencil, whether they are a float: the format that has them."""

Box = tuple[int, int, int, int]
"""Left, lower, right and upper edge in pixels."""

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
        self.draw_buffer = function("glDrawBuffer", _UINT)
        self.get_attachment = function("glGetFramebufferAttachmentParameteriv", _UINT, _UINT, _UINT, _VOID_P)
        self.bind_texture = function("glBindTexture", _UINT, _UINT)
        self.bind_buffer = function("glBindBuffer", _UINT, _UINT)
        self.gen_textures = function("glGenTextures", _INT, _VOID_P)
        self.delete_textures = function("glDeleteTextures", _INT, _VOID_P)
        self.tex_image_2d = function("glTexImage2D", _UINT, *[_INT] * 5, _UINT, _UINT, _VOID_P)
        self.tex_parameter = function("glTexParameteri", _UINT, _UINT, _INT)
        self.is_enabled = function("glIsEnabled", _UINT, result=ctypes.c_ubyte)
        self.tex_sub_image_2d = function("glTexSubImage2D", _UINT, *[_INT] * 5, _UINT, _UINT, _VOID_P)
        self.get_error = function("glGetError", result=_UINT)
        self.enable = function("glEnable", _UINT)
        self.disable = function("glDisable", _UINT)
        self._number = _INT()
        self._at_number = ctypes.addressof(self._number)

    def bound_framebuffer(self) -> int:
        """The framebuffer that is drawn to now."""
        self.get_integer(DRAW_FRAMEBUFFER_BINDING, self._at_number)
        return self._number.value

    def framebuffer_of(self, texture: int, attachment: int = COLOR_ATTACHMENT0) -> int:
        """A new framebuffer with this texture as its colour, or as its depth alone."""
        name = _UINT()
        self.gen_framebuffers(1, ctypes.addressof(name))
        before = self.bound_framebuffer()
        self.bind_framebuffer(FRAMEBUFFER, name.value)
        self.framebuffer_texture_2d(FRAMEBUFFER, attachment, TEXTURE_2D, texture, 0)
        if attachment != COLOR_ATTACHMENT0:
            self.draw_buffer(_NONE)
        status = self.check_framebuffer_status(FRAMEBUFFER)
        self.bind_framebuffer(FRAMEBUFFER, before)
        if status != FRAMEBUFFER_COMPLETE:
            raise DriverError(f"OpenGL cannot draw into the headset's images ({status:#x}): update the graphics driver")
        return name.value

    def depth_format(self) -> int | None:
        """The format of the depth that is drawn to now, or None if it has no name of its own."""
        if self._attached(DEPTH_ATTACHMENT, _OBJECT_TYPE) == _NONE:
            return None
        stencil = self._attached(_STENCIL_ATTACHMENT, _OBJECT_TYPE) != _NONE
        return _DEPTHS.get(
            (
                self._attached(DEPTH_ATTACHMENT, _DEPTH_SIZE),
                self._attached(_STENCIL_ATTACHMENT, _STENCIL_SIZE) if stencil else 0,
                self._attached(DEPTH_ATTACHMENT, _COMPONENT_TYPE) == _FLOAT,
            )
        )

    def upload(self, texture: int, pixels: NDArray[np.uint8]) -> None:
        """Put a picture, height x width x 4 with the bottom row first, into a texture of its size.

        Panda3D remembers which texture it has bound: that one is bound again.
        """
        rows = np.ascontiguousarray(pixels)
        height, width, _ = rows.shape
        self.get_integer(_TEXTURE_BINDING_2D, self._at_number)
        before = self._number.value
        self.bind_buffer(_PIXEL_UNPACK_BUFFER, 0)
        self.bind_texture(TEXTURE_2D, texture)
        self.tex_sub_image_2d(TEXTURE_2D, 0, 0, 0, width, height, _RGBA, _UNSIGNED_BYTE, rows.ctypes.data)
        self.bind_texture(TEXTURE_2D, before)

    def texture(self, width: int, height: int) -> int:
        """A new texture of that size, sRGB."""
        name = _UINT()
        self.gen_textures(1, ctypes.addressof(name))
        self.get_integer(_TEXTURE_BINDING_2D, self._at_number)
        before = self._number.value
        self.bind_texture(TEXTURE_2D, name.value)
        self.tex_image_2d(TEXTURE_2D, 0, SRGB8_ALPHA8, width, height, 0, _RGBA, _UNSIGNED_BYTE, None)
        self.tex_parameter(TEXTURE_2D, _TEXTURE_MIN_FILTER, _LINEAR)
        self.bind_texture(TEXTURE_2D, before)
        return name.value

    def forget(self, texture: int) -> None:
        """Give a texture back."""
        self.delete_textures(1, ctypes.addressof(_UINT(texture)))

    def copy(self, source: int, part: Box, into: int, place: Box, *, encoding: bool) -> None:
        """Copy a part of one framebuffer to a place in another, larger or smaller as need be.

        `encoding`: both hold sRGB and know it, so that it is light which is mixed; else numbers are copied as they are. Panda3D
        remembers what it has set: all is left as it was.
        """
        drawn, encoded = self.bound_framebuffer(), bool(self.is_enabled(FRAMEBUFFER_SRGB))
        self.bind_framebuffer(READ_FRAMEBUFFER, source)
        self.bind_framebuffer(DRAW_FRAMEBUFFER, into)
        self.disable(SCISSOR_TEST)
        (self.enable if encoding else self.disable)(FRAMEBUFFER_SRGB)
        self.blit_framebuffer(*part, *place, COLOR_BUFFER_BIT, _LINEAR)
        (self.enable if encoded else self.disable)(FRAMEBUFFER_SRGB)
        self.enable(SCISSOR_TEST)
        self.bind_framebuffer(FRAMEBUFFER, drawn)

    def fails(self, deed: Callable[[], None]) -> bool:
        """Whether OpenGL refuses a deed; what it refused before is not counted."""
        while self.get_error():
            pass
        deed()
        return bool(self.get_error())

    def delete(self, framebuffers: list[int]) -> None:
        """Give framebuffers back."""
        names = (_UINT * len(framebuffers))(*framebuffers)
        self.delete_framebuffers(len(framebuffers), ctypes.addressof(names))

    def resolve(self, into: int, width: int, height: int, what: int = COLOR_BUFFER_BIT) -> None:
        """Copy the lower left of the framebuffer that is drawn to into another, averaging its samples in linear light; of depth,
        one of them is taken.

        Panda3D has enabled FRAMEBUFFER_SRGB for its own sRGB buffer, and remembers which framebuffer and scissor it has set: both
        are left as they were.
        """
        drawn = self.bound_framebuffer()
        self.bind_framebuffer(READ_FRAMEBUFFER, drawn)
        self.bind_framebuffer(DRAW_FRAMEBUFFER, into)
        self.disable(SCISSOR_TEST)
        self.blit_framebuffer(0, 0, width, height, 0, 0, width, height, what, NEAREST)
        self.enable(SCISSOR_TEST)
        self.bind_framebuffer(FRAMEBUFFER, drawn)

    def _attached(self, attachment: int, what: int) -> int:
        self.get_attachment(DRAW_FRAMEBUFFER, attachment, what, self._at_number)
        return self._number.value
