"""A visit: a whole session in Monado's headset, played by the host's own loop, with a script that moves the person."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.host.keep import Keeper
from engine.host.loop import play
from engine.session import Event, Session
from engine.session.recording import Header
from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.view import View
from headset.driver import Consent, Device, Frame, Panel, Stereo
from headset.driver import Stage as AnyStage
from headset.inputs import TICKS_PER_SECOND, Input, Link, Person, Side
from headset.openxr import OpenXRDriver
from headset.openxr.gl import FRAMEBUFFER, READ_FRAMEBUFFER
from headset.openxr.mirror import Show

Pixels = NDArray[np.uint8]
Script = Iterator[None]
"""Each `yield` lets one frame pass."""

PATIENCE = 120.0
_RGBA, _UNSIGNED_BYTE = 0x1908, 0x1401


class Still:
    """A view whose sky and water stand still, so that pictures of different moments can be compared."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.stage = view.stage

    def update(self, display_time: float) -> None:
        self.view.update(0.0)


class Nothing:
    """A view in which there is nothing to see but what else lies on the stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def update(self, display_time: float) -> None: ...


class Directed:
    """A driver that lets a script act before each frame, and is gone when the script ends. It remembers its frames."""

    def __init__(self, driver: OpenXRDriver, script: Script, frames: list[Frame], shows: Callable[[], bool]) -> None:
        self.driver = driver
        self.script = script
        self.frames = frames
        self.shows = shows

    @property
    def device(self) -> Device:
        return self.driver.device

    def open(self, stage: AnyStage) -> None:
        self.driver.open(stage)

    def wait(self) -> Frame | None:
        try:
            next(self.script)
        except StopIteration:
            return None
        frame = self.driver.wait()
        if frame is None:
            return None
        frame = replace(frame, draw=frame.draw and self.shows())
        self.frames.append(frame)
        return frame

    def inputs(self, frame: Frame) -> Sequence[Input]:
        return self.driver.inputs(frame)

    def render(self, frame: Frame, stage: AnyStage) -> None:
        self.driver.render(frame, stage)

    def panels(self, panels: Sequence[Panel]) -> bool:
        return False

    def allow(self, consents: frozenset[Consent]) -> None: ...

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        self.driver.haptic(side, amplitude, seconds)

    def close(self) -> None:
        self.driver.close()


class Visit:
    """A session of a scene, with settings as a person writes them, on an open OpenXR driver. `drawn` says whether there is a
    picture at all; software GL draws the lake twice as fast with no `samples`."""

    def __init__(
        self,
        *,
        scene: str = "lakeside",
        asked: Mapping[str, str] | None = None,
        stereo: Stereo | None = None,
        samples: int = 4,
        drawn: bool = True,
        still: bool = False,
        adaptive: bool = False,
        mirror: Show | None = None,
    ) -> None:
        self.scene = scene
        self.session = Session(load_scene(scene, parameters=asked), seed=7)
        self.said: list[str] = []
        self.stage = Stage()
        self.driver = OpenXRDriver(
            wait_seconds=60.0, say=self.said.append, stereo=stereo, samples=samples, adaptive=adaptive, mirror=mirror
        )
        self.view: View | Still | Nothing | None = None
        self.events: list[Event] = []
        self.frames: list[Frame] = []
        self.inputs: list[Input] = []
        self.keeper: Keeper | None = None
        self.shows = True
        """Whether frames are drawn. A scene that is played for its story needs a picture only where one is looked at."""
        try:
            self.driver.open(self.stage)
            if drawn:
                view = View(self.session, self.stage)
                self.view = Still(view) if still else view
        except BaseException:
            self.close()
            raise

    def record(self, folder: Path) -> Path:
        """Keep the session in a folder; the recording's path."""
        folder.mkdir(parents=True, exist_ok=True)
        self.keeper = Keeper(folder, self.session, Header(scene=self.scene, digest=self.session.scene.digest, seed=7))
        assert self.keeper.recording_path is not None
        return self.keeper.recording_path

    def let_pass(self, seconds: float) -> None:
        """Let time pass before the headset is put on, as a recording does from which a session goes on."""
        now = self.session.tick
        self._watch(Frame(now + 1, 0.0, draw=False), (), self.session.step(now + round(seconds * TICKS_PER_SECOND), ()))

    def play(self, script: Script, first: Sequence[Input] = ()) -> None:
        """Let the host's loop run until the script or the session ends; `first` are inputs of its first tick."""
        begin = self.session.tick + 1
        directed = Directed(self.driver, script, self.frames, lambda: self.shows)
        try:
            play(self.session, directed, self.view, self._watch, first=first, from_tick=begin)
        finally:
            if self.keeper is not None:
                self.keeper.close()

    def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> Script:
        """Let frames pass until something is so."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds} s; last events: {self.events[-3:]}; said: {self.said[-3:]}"
            yield

    def frames_pass(self, count: int) -> Script:
        """Let some frames pass."""
        for _ in range(count):
            yield

    def drawn_frames_pass(self, count: int) -> Script:
        """Let some frames be drawn and shown."""
        wanted = self.drawn + count
        yield from self.until(lambda: self.drawn >= wanted)

    @property
    def drawn(self) -> int:
        """Frames shown in the life that the headset has now."""
        return self.driver.life.frames.drawn if self.driver.life else 0

    @property
    def person(self) -> Person:
        """The person as the session knows them."""
        return self.session.world.people["participant"]

    def told(self, *kinds: str) -> list[tuple[str, str, str]]:
        """(who, event, what) of the events of these kinds."""
        return [(event.who, event.event, event.what) for event in self.events if event.event in kinds]

    def links(self) -> list[str]:
        """What became of the headset."""
        return [given.state for given in self.inputs if isinstance(given, Link)]

    def close(self) -> None:
        self.driver.close()
        self.stage.close()

    def _watch(self, frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        self.inputs.extend(inputs)
        self.events.extend(events)
        if self.keeper is not None:
            self.keeper.watch(frame, inputs, events)


@contextmanager
def visit(**settings: Any) -> Iterator[Visit]:
    """A visit that is closed whatever happens."""
    visiting = Visit(**settings)
    try:
        yield visiting
    finally:
        visiting.close()


def take_picture(visiting: Visit) -> Generator[None, None, Pixels]:
    """`picture = yield from take_picture(visiting)`, in a script: the next image that the runtime gets, left eye and right eye
    side by side, top row first, sRGB."""
    life = visiting.driver.life
    assert life is not None
    chain = life.swapchain
    taken: list[Pixels] = []

    def fill_and_read() -> None:
        type(chain).fill(chain)
        taken.append(_read(chain))

    chain.fill = fill_and_read  # type: ignore[method-assign]
    try:
        yield from visiting.until(lambda: bool(taken))
    finally:
        del chain.fill
    return taken[-1]


def _read(chain: Any) -> Pixels:
    gl, (width, height) = chain.gl, chain.size
    read_pixels = ctypes.CFUNCTYPE(None, *[ctypes.c_int] * 6, ctypes.c_void_p)(chain.graphics.address(b"glReadPixels"))
    pixels = np.empty((height, width, 4), np.uint8)
    drawn = gl.bound_framebuffer()
    gl.bind_framebuffer(READ_FRAMEBUFFER, chain.framebuffers[chain._index.value])
    read_pixels(0, 0, width, height, _RGBA, _UNSIGNED_BYTE, pixels.ctypes.data)
    gl.bind_framebuffer(FRAMEBUFFER, drawn)
    return np.ascontiguousarray(pixels[::-1, :, :3])
