"""A window at the desk that shows what the person in the headset sees, or the scene from where a clinician likes to look.

It lies in the same GL context and thread, and never makes the headset wait: it is not tied to the screen's beat, is drawn 30
times a second at most, and not at all with a frame before which one was missed. An eye's picture is copied, not drawn again.
Panels that the runtime composites itself are in no picture of ours: they are drawn over the copy (`cards`). Once it is closed,
the headset goes on without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final, Literal

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from headset.driver import Panel, Stage, Surface, View
from headset.openxr.cards import Cards
from headset.openxr.gl import Box, Gl
from headset.openxr.graphics import current_graphics
from headset.openxr.swapchain import Swapchain
from headset.overlay import Letters, Overlay

Show = Literal["left", "right", "free"]

RATE: Final = 30.0
"""Pictures a second at most."""

SIZE: Final = (960, 720)

ABOVE: Final = View((0.0, -1.6, 2.3), (0.9763, -0.2164, 0.0, 0.0), (-0.77, 0.77, -0.577, 0.577))
"""Where a free camera looks from before it is told: over the person's head, 25 degrees down."""


class MirrorWindow:
    """The window. It must be the first surface of its stage."""

    def __init__(
        self,
        stage: Stage,
        show: Show,
        *,
        size: tuple[int, int] = SIZE,
        letters: Letters | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.show = show
        self.clock = clock
        self.view = ABOVE
        """Where a free camera is, in the person's own space. The tangents of its view are those of a window of 4:3; it keeps its
        height in others."""
        surface = Surface("window", size, "mono", 0, "Abaton", beside=True, scene=show == "free")
        self._canvas = stage.open(surface)
        self.output = self._canvas.output
        self.output.set_active(False)
        self.open = True
        """Whether it is still there."""
        self.drawn = 0
        """Pictures it has shown."""
        self._cards = Cards(self.output)
        self._cards.region.set_draw_callback(p3d.PythonCallbackObject(self._draw))
        self._copy = Copy()
        self._overlay = Overlay(self.output, letters)
        self._told = False
        self._due = 0.0
        self._armed = False
        self._failure: BaseException | None = None
        self._keys: list[str] = []
        self._down: set[str] = set()

    def keys(self) -> list[str]:
        """The names of the keys that were pressed since this was last asked, oldest first: `f1`, `escape`, `a`."""
        pressed, self._keys = self._keys, []
        return pressed

    def tell(self, pixels: NDArray[np.uint8]) -> None:
        """Show a picture (height x width x 4, sRGB, top row first) until the next one of an eye."""
        self._copy.send(pixels)
        self._told = True

    def help(self, lines: Sequence[str]) -> None:
        """Show these lines over the picture; a second time, none."""
        self._overlay.show(() if self._overlay.shown else lines)

    def panels(self, panels: Sequence[Panel]) -> None:
        """What the runtime shows over the eyes' pictures."""
        self._cards.show(panels)

    def draw(self, draw: Callable[[], None], *, late: bool = False) -> None:
        """Draw the stage, and with it the window if it is due and the headset is not `late`."""
        now = self.clock()
        self._armed = self.open and not late and now >= self._due
        if self._armed:
            self._due = now + 1.0 / RATE
            self._look()
        if self.open:
            self.output.set_active(self._armed)
        try:
            draw()
        finally:
            self.drawn += self._armed
            self._armed = False
            if self.open:
                self.output.set_active(False)
                self._listen()
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure

    def idle(self, draw: Callable[[], None]) -> None:
        """The same while no headset is drawn for; nothing is drawn unless the window is due."""
        if self.open and self.clock() >= self._due:
            self.draw(draw)

    def take(self, chain: Swapchain, views: tuple[View, View]) -> None:
        """Copy an eye's picture, in the draw, if the window is drawn with this frame."""
        if not self._armed:
            return
        self._told = False
        if self.show != "free":
            eye = 0 if self.show == "left" else 1
            width, height = chain.used[0] // 2, chain.used[1]
            self._copy.take(chain, (eye * width, 0, (eye + 1) * width, height))
            self._cards.look(views[eye])

    def close(self) -> None:
        """Give the window back; a second call does nothing."""
        if self.open:
            self.open = False
            self._cards.close()
            self._canvas.close()

    def _look(self) -> None:
        width, height = self._canvas.size
        self._overlay.fit()
        if self.show != "free" or self._told:
            self._cards.fit(self._copy.shape)
        elif width > 0 and height > 0:
            self._cards.fit(width / height)
            _, _, down, up = self.view.fov
            across = (up - down) / 2 * width / height
            view = View(self.view.position, self.view.orientation, (-across, across, down, up))
            self._canvas.look((view,))
            self._cards.look(view)

    def _draw(self, data: p3d.DisplayRegionDrawCallbackData) -> None:
        try:
            if self.show != "free" or self._told:
                self._copy.put(self._cards.box, encoding=self._cards.encoded)
            if not self._told:
                data.upcall()
        except BaseException as error:  # Panda3D prints and forgets what leaves a callback: `draw` raises it.
            self._failure = error

    def _listen(self) -> None:
        if not self.output.get_properties().get_open():
            self.close()
            return
        events = self.output.get_input_device(0).get_button_events()
        for number in range(events.get_num_events()):
            event = events.get_event(number)
            name = event.button.name
            if event.type == p3d.ButtonEvent.T_down and name not in self._down:
                self._down.add(name)
                if not name.startswith(("mouse", "wheel")):
                    self._keys.append(name)
            elif event.type == p3d.ButtonEvent.T_up:
                self._down.discard(name)


class Copy:
    """A picture of its own, of whatever size it was given last. What it holds goes with the GL context."""

    def __init__(self) -> None:
        self.size = (4, 3)
        self._pixels: NDArray[np.uint8] | None = None
        self._gl: Gl | None = None
        self._made: tuple[int, int] | None = None
        """Its texture and its framebuffer."""

    @property
    def shape(self) -> float:
        """Width by height."""
        return self.size[0] / self.size[1]

    def send(self, pixels: NDArray[np.uint8]) -> None:
        """Become these, once it is asked for."""
        self._pixels = pixels
        self._resize(pixels.shape[1], pixels.shape[0])

    def take(self, chain: Swapchain, part: Box) -> None:
        """Become a part of the image that is being filled, in the draw."""
        self._gl, self._pixels = chain.gl, None
        width, height = part[2] - part[0], part[3] - part[1]
        self._resize(width, height)
        chain.gl.copy(chain.framebuffer, part, self._framebuffer(chain.gl), (0, 0, width, height), encoding=True)

    def put(self, box: Box, *, encoding: bool) -> None:
        """Fill a place in what is drawn to now."""
        gl = self._gl or Gl(current_graphics().address)
        self._gl = gl
        framebuffer = self._framebuffer(gl)
        if self._pixels is not None and self._made is not None:
            gl.upload(self._made[0], self._pixels[::-1])
            self._pixels = None
        gl.copy(framebuffer, (0, 0, *self.size), gl.bound_framebuffer(), box, encoding=encoding)

    def _resize(self, width: int, height: int) -> None:
        if self.size != (width, height):
            self.size = (width, height)
            self._stale = True

    def _framebuffer(self, gl: Gl) -> int:
        if self._made is not None and self._stale:
            gl.delete([self._made[1]])
            gl.forget(self._made[0])
            self._made = None
        if self._made is None:
            texture = gl.texture(*self.size)
            self._made = (texture, gl.framebuffer_of(texture))
        self._stale = False
        return self._made[1]

    _stale = False
