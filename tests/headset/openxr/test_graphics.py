"""Every field of a graphics binding is filled, for whichever context is current."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
import xr

from engine.view.stage import Stage
from headset.driver import DriverError
from headset.openxr import graphics

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
    if shutil.which("xvfb-run") is None:
        pytest.skip("there is no xvfb-run: sh .ci/machine.sh --ci installs it")
    done = subprocess.run(
        ["xvfb-run", "--auto-servernum", sys.executable, "-c", IN_A_WINDOW],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['glx_context', 'glx_drawable', 'glx_fbconfig', 'visualid', 'x_display']"


def test_a_field_that_cannot_be_filled_is_named() -> None:
    with pytest.raises(DriverError, match=r"GraphicsBindingEGLMNDX\.config is unknown"):
        graphics._filled(xr.GraphicsBindingEGLMNDX(), get_proc_address=1, display=1, config=0, context=1)


def test_a_field_that_is_not_known_is_named() -> None:
    with pytest.raises(DriverError, match=r"unknown fields \(context\)"):
        graphics._filled(xr.GraphicsBindingEGLMNDX(), get_proc_address=1, display=1, config=1)
