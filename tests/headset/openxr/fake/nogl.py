"""An OpenGL that does nothing."""

from __future__ import annotations

import ctypes
from typing import Any, Final

COMPLETE: Final = 0x8CD5


class NoGl:
    """OpenGL's functions by name. Each does nothing but to count the names that are made and deleted."""

    def __init__(self) -> None:
        self.alive: set[tuple[str, int]] = set()
        self.next = 0
        self._functions: dict[bytes, Any] = {}

    def address(self, name: bytes) -> int:
        """A function's address; there is one for every name."""
        if name not in self._functions:
            self._functions[name] = self._make(name.decode())
        return int(ctypes.cast(self._functions[name], ctypes.c_void_p).value or 0)

    def _make(self, name: str) -> Any:
        lists = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.POINTER(ctypes.c_uint))
        if name.startswith("glGen") and name != "glGenerateMipmap":
            return lists(lambda count, names: self._gen(name[5:], count, names))
        if name.startswith("glDelete") and name.endswith("s"):
            return lists(lambda count, names: self._delete(name[8:], count, names))
        if name == "glGetIntegerv":
            return ctypes.CFUNCTYPE(None, ctypes.c_uint, ctypes.POINTER(ctypes.c_int))(lambda _, out: out.__setitem__(0, 0))
        if name in ("glGetShaderiv", "glGetProgramiv"):
            return ctypes.CFUNCTYPE(None, ctypes.c_uint, ctypes.c_uint, ctypes.POINTER(ctypes.c_int))(
                lambda _, __, out: out.__setitem__(0, 1)
            )
        result = COMPLETE if name == "glCheckFramebufferStatus" else int(name.startswith("glCreate"))
        return ctypes.CFUNCTYPE(ctypes.c_uint)(lambda: result)

    def _gen(self, kind: str, count: int, names: Any) -> None:
        for index in range(count):
            self.next += 1
            names[index] = self.next
            self.alive.add((kind, self.next))

    def _delete(self, kind: str, count: int, names: Any) -> None:
        for index in range(count):
            self.alive.discard((kind, names[index]))
