"""Every field of a graphics binding is filled, for whichever context is current."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import xr
from xr.base_struct import BaseXrStructure

from engine.view.stage import Stage
from headset.driver import DriverError
from headset.openxr import graphics, wgl
from headset.openxr.context import filled as filled_in
from tests.headset.windowed import run_before_a_screen

pytestmark = pytest.mark.gl

IN_A_WINDOW = """
from engine.view.stage import Stage
from headset.driver import Surface
from headset.openxr.graphics import current_graphics
from tests.headset.openxr.test_graphics import filled

stage = Stage()
stage.open(Surface("window", (64, 64)))
stage.draw()
found = current_graphics()
assert type(found.binding).__name__ == "GraphicsBindingOpenGLXlibKHR", found.binding
assert found.extension is None
print(sorted(name for name, value in filled(found.binding).items() if value))
"""


def filled(binding: Any) -> dict[str, int]:
    """Each field of a structure as the number that C sees."""
    numbers = {}
    for name, kind in binding._fields_:
        start = getattr(type(binding), name).offset
        raw = bytes(binding)[start : start + ctypes.sizeof(kind)]
        numbers[name] = int.from_bytes(raw, sys.byteorder)
    return numbers


def test_headless_by_egl() -> None:
    stage = Stage()
    stage.host()
    stage.draw()
    found = graphics.current_graphics()
    assert isinstance(found.binding, xr.GraphicsBindingEGLMNDX)
    assert found.extension == "XR_MNDX_egl_enable"
    values = filled(found.binding)
    assert set(values) == {"get_proc_address", "display", "config", "context"}
    assert all(values.values()), values
    assert found.address(b"glBlitFramebuffer")
    stage.close()


def test_beside_a_window_by_glx() -> None:
    done = run_before_a_screen(IN_A_WINDOW)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['glx_context', 'glx_drawable', 'glx_fbconfig', 'visualid', 'x_display']"


def test_a_field_that_cannot_be_filled_is_named() -> None:
    with pytest.raises(DriverError, match=r"GraphicsBindingEGLMNDX\.config is unknown"):
        filled_in(xr.GraphicsBindingEGLMNDX(), get_proc_address=1, display=1, config=0, context=1)


def test_a_field_that_is_not_known_is_named() -> None:
    with pytest.raises(DriverError, match=r"unknown fields \(context\)"):
        filled_in(xr.GraphicsBindingEGLMNDX(), get_proc_address=1, display=1, config=1)


class Wgl:
    """An opengl32.dll whose functions answer with what they are told to."""

    def __init__(self, device: int, context: int) -> None:
        pointer = ctypes.c_void_p
        self.made: list[tuple[int, int]] = []
        self.wglGetCurrentDC = ctypes.CFUNCTYPE(pointer)(lambda: device)
        self.wglGetCurrentContext = ctypes.CFUNCTYPE(pointer)(lambda: context)
        self.wglMakeCurrent = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer)(self._make_current)
        found = {b"glBlitFramebuffer": 0x1234, b"glClear": 0, b"glFinish": 3, b"glFlush": ctypes.c_void_p(-1).value}
        self.wglGetProcAddress = ctypes.CFUNCTYPE(pointer, ctypes.c_char_p)(lambda name: found.get(name, 0))
        self.glClear = self.glFinish = self.glFlush = ctypes.CFUNCTYPE(None)(lambda: None)

    def _make_current(self, device: int, context: int) -> int:
        self.made.append((device, context))
        return 1


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyopenxr's structures of Windows, which it does not make elsewhere: the fields of its xr/platform/windows.py."""

    class GraphicsBindingOpenGLWin32KHR(BaseXrStructure):  # type: ignore[misc]
        _fields_ = (("h_dc", ctypes.c_void_p), ("h_glrc", ctypes.c_void_p))

    monkeypatch.setattr(xr, "GraphicsBindingOpenGLWin32KHR", GraphicsBindingOpenGLWin32KHR, raising=False)


@pytest.mark.usefixtures("windows")
def test_on_windows_by_wgl() -> None:
    library = Wgl(0x7FFF_0000_0001, 0x10002)
    found = wgl.of(library)
    assert found is not None
    assert filled(found.binding) == {"h_dc": 0x7FFF_0000_0001, "h_glrc": 0x10002}
    assert found.extension is None
    found.keep()
    assert library.made == []
    found.take_back()
    assert library.made == [(0x7FFF_0000_0001, 0x10002)]


@pytest.mark.usefixtures("windows")
def test_on_windows_what_opengl_1_1_had_is_found_in_its_library() -> None:
    found = wgl.of(Wgl(1, 2))
    assert found is not None
    assert found.address(b"glBlitFramebuffer") == 0x1234
    assert all(found.address(name) not in (None, 0, 3) for name in (b"glClear", b"glFinish", b"glFlush"))
    assert found.address(b"glNothing") is None


@pytest.mark.usefixtures("windows")
def test_on_windows_without_a_context_there_is_none() -> None:
    assert wgl.of(Wgl(0, 0)) is None


def test_pyopenxr_has_the_fields_of_windows_that_are_filled() -> None:
    source = (Path(xr.__file__).parent / "platform" / "windows.py").read_text(encoding="utf-8")
    body = source.split("class GraphicsBindingOpenGLWin32KHR")[1].split("class ")[0]
    assert re.findall(r'^        \("(\w+)", ', body.split("_fields_")[1], re.MULTILINE) == ["h_dc", "h_glrc"]
