"""Beside a window the stage draws by GLX, and the headset with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.monado.service import Service

pytestmark = [pytest.mark.monado, pytest.mark.gl]

SESSION = """
from engine.view.stage import Stage
from headset.driver import Surface
from headset.openxr import OpenXRDriver

stage = Stage()
stage.open(Surface("window", (64, 64)))
driver = OpenXRDriver(wait_seconds=60.0)
driver.open(stage)
while driver.life.frames.drawn < 10:
    frame = driver.wait()
    driver.inputs(frame)
    driver.render(frame, stage)
print(type(driver.life.swapchain.graphics.binding).__name__)
driver.close()
stage.close()
"""


@pytest.fixture
def display(service: Service) -> Iterator[str]:
    """A virtual screen."""
    name = ":42"
    program = shutil.which("Xvfb")
    assert program is not None
    screen = subprocess.Popen([program, name, "-screen", "0", "320x240x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 10.0
    while not os.path.exists("/tmp/.X11-unix/X42"):  # noqa: PTH110
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield name
    screen.terminate()
    screen.wait()


def test_a_runtime_takes_the_glx_binding_and_shows_frames(display: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SESSION],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("GraphicsBindingOpenGLXlibKHR")
