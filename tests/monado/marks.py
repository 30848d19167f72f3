"""A number in every picture that a client shows, and an eye on the screen that reads it there with where an edge is.

    python -m tests.monado.marks FOLDER     watches the screen whose framebuffer lies in FOLDER, until its input ends; prints as
                                            JSON what it has seen: [number, column of the edge] of each change

The number is the colour of a band along the upper end of the image. The upper end is copied to the screen first and read last: an
edge is never seen with the number of a picture before.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from math import cos, radians, sin, tan
from pathlib import Path
from threading import Thread
from typing import Any, Self

import numpy as np
import xr
from numpy.typing import NDArray

from headset.openxr.gl import COLOR_BUFFER_BIT, FRAMEBUFFER, FRAMEBUFFER_SRGB, SCISSOR_TEST, Gl
from headset.openxr.graphics import Graphics
from tests.monado.remote import Head, Pose
from tests.monado.screen import SIZE

NUMBERS = 64
"""After so many pictures the numbers begin again: four levels of each of three colours."""

BAND = 0.15
"""How much of the image's height the band takes."""

TURN = 10.0
"""Degrees to the left that a turned head is turned."""

AHEAD = SIZE[0] // 4
TURNED = AHEAD + round(SIZE[0] / 4 * tan(radians(TURN)) / tan(0.7417649))
"""The columns of the screen at which the left eye sees straight ahead of the person's seat, with both heads; Monado's left eye
sees 0.742 rad to either side."""

_SCISSOR_BOX, _CLEAR_COLOUR = 0x0C10, 0x0C22
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sight:
    """What was on the screen: the picture's number, and the column of the edge."""

    number: int
    edge: int

    @property
    def turned(self) -> bool:
        """Whether the head is seen to be turned."""
        return self.edge > (AHEAD + TURNED) / 2


def head(turned: bool) -> Head:
    """A head that looks ahead, or is turned."""
    half = radians(TURN / 2) * turned
    return Head(Pose((0.0, 1.2, 0.0), (0.0, sin(half), 0.0, cos(half))))


class Brush:
    """Fills boxes of an image, left, lower, width and height in pixels. Panda3D remembers what it has set: all is left as it
    was."""

    def __init__(self, graphics: Graphics) -> None:
        def function(name: bytes, *arguments: Any) -> Any:
            return ctypes.CFUNCTYPE(None, *arguments)(graphics.address(name) or 0)

        self.gl = Gl(graphics.address)
        self._scissor = function(b"glScissor", *[ctypes.c_int] * 4)
        self._clear = function(b"glClear", ctypes.c_uint)
        self._colour = function(b"glClearColor", *[ctypes.c_float] * 4)
        self._get_floats = function(b"glGetFloatv", ctypes.c_uint, ctypes.c_void_p)

    def fill(self, framebuffer: int, boxes: Sequence[tuple[Box, Sequence[float]]]) -> None:
        """Fill boxes with colours (red, green, blue, 0 to 1), one after the other."""
        gl, box, colour = self.gl, (ctypes.c_int * 4)(), (ctypes.c_float * 4)()
        gl.get_integer(_SCISSOR_BOX, box)
        self._get_floats(_CLEAR_COLOUR, colour)
        drawn, encoded, cut = gl.bound_framebuffer(), gl.is_enabled(FRAMEBUFFER_SRGB), gl.is_enabled(SCISSOR_TEST)
        gl.bind_framebuffer(FRAMEBUFFER, framebuffer)
        gl.enable(SCISSOR_TEST)
        gl.disable(FRAMEBUFFER_SRGB)
        for place, (red, green, blue) in boxes:
            self._scissor(*place)
            self._colour(red, green, blue, 1.0)
            self._clear(COLOR_BUFFER_BIT)
        self._scissor(*box)
        self._colour(*colour)
        for wanted, what in ((encoded, FRAMEBUFFER_SRGB), (cut, SCISSOR_TEST)):
            (gl.enable if wanted else gl.disable)(what)
        gl.bind_framebuffer(FRAMEBUFFER, drawn)

    def number(self, framebuffer: int, size: tuple[int, int], number: int) -> None:
        """Write a number into the band of an image."""
        width, height = size
        band = round(BAND * height)
        self.fill(framebuffer, [((0, height - band, width, band), _colour_of(number))])


def edge_in(view: Any, width: int) -> int:
    """The column at which straight ahead of the person's seat is, in an eye's picture of that width."""
    turn, fov = view.pose.orientation, view.fov
    # The tangent of the angle about y, from a quaternion that turns about it alone.
    aside = 2.0 * turn.y * turn.w / (turn.w * turn.w - turn.y * turn.y)
    left, right = tan(fov.angle_left), tan(fov.angle_right)
    return int((aside - left) / (right - left) * width + 0.5)


def textures_of(chain: Any) -> list[int]:
    """The OpenGL textures of a swapchain."""
    return [int(image.image) for image in xr.enumerate_swapchain_images(chain, xr.SwapchainImageOpenGLKHR)]


class Sights:
    """What the left eye is shown, read from a screen's framebuffer where it lies."""

    def __init__(self, folder: Path) -> None:
        path = folder / "Xvfb_screen0"
        header = np.frombuffer(path.read_bytes()[:100], ">u4")
        start, high, stride = int(header[0]) + 12 * int(header[19]), int(header[5]), int(header[12])
        self._rows: NDArray[np.uint8] = np.memmap(path, np.uint8, "r", start, (high, stride // 4, 4))

    def now(self) -> Sight:
        """What is on the screen: dark left of the edge and light right of it, and dark again beyond the end of a picture that
        Monado has moved."""
        edge = int((self._rows[SIZE[1] // 2, : SIZE[0] // 2, :3].max(axis=1) >= 128).argmax())
        blue, green, red = (int(part) for part in self._rows[round(BAND / 2 * SIZE[1]), AHEAD, :3])
        number = sum(round(part / 85) << shift for part, shift in ((red, 0), (green, 2), (blue, 4)))
        return Sight(number, edge)


class Watcher:
    """Someone else who watches the screen, and so misses nothing while a client works."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.monado.marks", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "watching\n"

    def seen(self) -> list[Sight]:
        """Look no longer; what was seen."""
        said, _ = self._process.communicate(timeout=60.0)
        return [Sight(*one) for one in json.loads(said)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def numbered(chain: Any, brush: Brush) -> Iterator[None]:
    """Meanwhile our driver's pictures have numbers."""
    numbers = count()

    def fill() -> None:
        type(chain).fill(chain)
        brush.number(chain.framebuffer, chain.used, next(numbers))

    chain.fill = fill
    try:
        yield
    finally:
        del chain.fill


def _colour_of(number: int) -> tuple[float, float, float]:
    return ((number & 3) / 3, (number >> 2 & 3) / 3, (number >> 4 & 3) / 3)


def watch(folder: Path) -> None:
    """Look a thousand times a second until the input ends."""
    sights, seen = Sights(folder), list[Sight]()
    ended: list[str] = []
    Thread(target=lambda: ended.append(sys.stdin.read()), daemon=True).start()
    print("watching", flush=True)
    while not ended:
        now = sights.now()
        if not seen or seen[-1] != now:
            seen.append(now)
        time.sleep(0.001)
    print(json.dumps([(one.number, one.edge) for one in seen]))


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
