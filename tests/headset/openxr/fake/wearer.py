"""A driver on the made-up runtime: a stage that draws nothing, and the host's four lines."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import xr

from headset.driver import Frame, Panel, Surface, View
from headset.inputs import Input, Link
from headset.openxr import OpenXRDriver
from headset.openxr.graphics import Graphics
from tests.headset.openxr.fake.model import Runtime
from tests.headset.openxr.fake.nogl import NoGl


class Blank:
    """A canvas that shows nothing."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.size = surface.size
        self.output: Any = None
        self.around_draw: Callable[[Callable[[], None]], None] | None = None
        self.looks: list[tuple[View, ...]] = []
        self.open = True
        self.used = surface.size
        self.hidden: Sequence[Sequence[tuple[float, float]]] = ()

    def use(self, width: int, height: int) -> None:
        self.used = (width, height)

    def hide(self, hidden: Sequence[Sequence[tuple[float, float]]]) -> None:
        self.hidden = hidden

    def look(self, views: Sequence[View]) -> None:
        self.looks[:] = [tuple(views)]

    def close(self) -> None:
        self.open = False


class Empty:
    """A stage with nothing on it."""

    eye_height = 1.1
    single_pass = False
    near = 0.05

    def __init__(self) -> None:
        self.canvases: list[Blank] = []
        self.drawn = 0
        self.trouble: BaseException | None = None

    def open(self, surface: Surface) -> Any:
        self.canvases.append(Blank(surface))
        return self.canvases[-1]

    def draw(self) -> None:
        for canvas in self.canvases:
            if canvas.open and canvas.around_draw is not None:
                canvas.around_draw(self._paint)

    def hold(self, *_: Any) -> None: ...

    def touch(self, *_: Any) -> float:
        return 1.0

    def _paint(self) -> None:
        self.drawn += 1
        if self.trouble is not None:
            raise self.trouble


class Wearer:
    """Someone in the headset: a driver, its stage, what it said and what came in."""

    def __init__(self, runtime: Runtime, **settings: Any) -> None:
        self.runtime = runtime
        self.said: list[str] = []
        self.stage: Any = Empty()
        self.driver = OpenXRDriver(**{"say": self.said.append, "wait_seconds": 60.0, **settings})
        self.frames: list[Frame] = []
        self.inputs: list[Input] = []
        self.gone = False

    def open(self) -> None:
        self.driver.open(self.stage)

    def turn(self) -> list[Input]:
        """One turn of the loop; what came in."""
        frame = self.driver.wait()
        if frame is None:
            self.gone = True
            return []
        self.frames.append(frame)
        given = list(self.driver.inputs(frame))
        self.inputs += given
        self.driver.render(frame, self.stage)
        return given

    def turns(self, count: int) -> list[Input]:
        """Some turns, unless it is gone before."""
        given: list[Input] = []
        for _ in range(count):
            if self.gone:
                break
            given += self.turn()
        return given

    def until_drawn(self, count: int = 1, seconds: float = 30.0) -> None:
        """Turns until so many more pictures were drawn; raises TimeoutError if they are not within seconds of virtual time."""
        wanted, end = self.stage.drawn + count, self.runtime.time.seconds + seconds
        while self.stage.drawn < wanted:
            if self.gone or self.runtime.time.seconds > end:
                raise TimeoutError(f"{self.stage.drawn} pictures, not {wanted}; it said {self.said[-3:]}")
            self.turn()

    def links(self) -> list[str]:
        """What became of the headset."""
        return [one.state for one in self.inputs if isinstance(one, Link)]

    def read(self) -> bool:
        """Two cards with text before them, one of them curved; whether the runtime shows them."""
        board = np.full((4, 8, 4), 255, np.uint8)
        ahead, straight = (0.0, 1.0, 1.3), (1.0, 0.0, 0.0, 0.0)
        flat = Panel("flat", board, (0.4, 0.2), ahead, straight)
        return self.driver.panels([flat, Panel("curved", board, (0.4, 0.2), ahead, straight, radius=1.0)])

    def close(self) -> None:
        self.driver.close()


def graphics(gl: NoGl) -> Graphics:
    """A binding whose every field is filled, of an OpenGL that does nothing."""
    binding = xr.GraphicsBindingEGLMNDX()
    for index, (name, kind) in enumerate(binding._fields_):
        value = 0x100 + index
        setattr(binding, name, value if issubclass(kind, ctypes._SimpleCData) else ctypes.cast(value, kind))
    return Graphics(binding, "XR_MNDX_egl_enable", gl.address, lambda: 1, lambda: 1)
