"""A virtual screen whose pixels can be read: what Monado's own compositor makes of what it was given."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

NAME = ":43"
SIZE = (960, 540)
"""Width and height of Monado's window, which has both eyes side by side in it."""
SCREEN = (960, 720)
COMPOSITED = {"XRT_COMPOSITOR_NULL": "0", "XRT_COMPOSITOR_FORCE_XCB": "1", "DISPLAY": NAME}
"""What a `Service` is started with so that it draws there."""


class Screen:
    """An X server with its framebuffer in a file (an X window dump: XWDFile.h)."""

    def __init__(self, name: str = NAME) -> None:
        self.name = name

    def __enter__(self) -> Self:
        program = shutil.which("Xvfb")
        assert program is not None
        self.folder = Path(tempfile.mkdtemp(prefix="screen-", dir="/tmp"))
        size = f"{SCREEN[0]}x{SCREEN[1]}x24"
        self._server = subprocess.Popen(
            [program, self.name, "-screen", "0", size, "-nolisten", "tcp", "-fbdir", str(self.folder)], stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60.0
        while not Path(f"/tmp/.X11-unix/X{self.name[1:]}").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def eyes(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """What the left and the right eye are shown now: height x width x 3, top row first, sRGB."""
        whole = self.read(self.folder)
        return whole[: SIZE[1], : SIZE[0] // 2], whole[: SIZE[1], SIZE[0] // 2 : SIZE[0]]

    @staticmethod
    def read(folder: Path) -> NDArray[np.uint8]:
        """The whole screen whose framebuffer lies in a folder."""
        dump = (folder / "Xvfb_screen0").read_bytes()
        header = np.frombuffer(dump[:100], ">u4")
        start, high, stride, bits = int(header[0]) + 12 * int(header[19]), int(header[5]), int(header[12]), int(header[11])
        assert bits == 32
        rows = np.frombuffer(dump[start : start + stride * high], np.uint8).reshape(high, stride // 4, 4)
        return np.ascontiguousarray(rows[..., 2::-1])
