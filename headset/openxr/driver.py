"""The OpenXR driver: `headset.driver.Driver` for everything with an OpenXR runtime.

A headset comes and goes; the session does not. While there is no headset, `wait` goes on giving frames that nobody draws, asks
every half second whether one is back, and then draws on the same canvas again. Each of these turns is a `Link` input.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import xr

from headset.driver import Canvas, Consent, Device, DriverError, Frame, Panel, Stage, Stereo, Surface, View
from headset.inputs import Command, Input, Link, Person, Side
from headset.openxr.calls import LOST, NotReadyError
from headset.openxr.clock import Clock
from headset.openxr.graphics import current_graphics
from headset.openxr.instance import Instance, Notice, System
from headset.openxr.life import Life
from headset.openxr.links import Links
from headset.openxr.table import DEFAULT, read_table

RETRY_SECONDS: Final = 0.5
PAUSE_SECONDS: Final = 0.01
"""How long a frame lasts while there is no headset to pace it: one tick."""

Say = Callable[[str], object]


class OpenXRDriver:
    """A headset.

    `open` waits up to `wait_seconds` for a headset that is not ready yet and tells `say` about it. `stereo` overrules what the
    stage finds quicker, `table` is another file of actions.
    """

    def __init__(
        self,
        *,
        wait_seconds: float = 300.0,
        say: Say = print,
        stereo: Stereo | None = None,
        samples: int = 4,
        table: Path = DEFAULT,
    ) -> None:
        self.wait_seconds = wait_seconds
        self.say = say
        self.stereo = stereo
        self.samples = samples
        self.table = read_table(table)
        self.canvas: Canvas | None = None
        self.life: Life | None = None
        self._stage: Stage | None = None
        self._system: System | None = None
        self._clock = Clock()
        self._links = Links()
        self._notes: list[Input] = []
        self._retry_at = 0.0
        self._present = True
        self._sensed = False
        self._gone = False

    @property
    def device(self) -> Device:
        """The headset as the runtime calls it. How often it draws is known from its first frame on."""
        if self._system is None:
            raise DriverError("the headset is not open yet: call open first")
        period = self.life.frames.period if self.life else 0
        rate = 1e9 / period if period else 0.0
        return Device("openxr", self._system.name, self._system.resolution, 2, rate, frozenset({"hands", "haptics", "real_time"}))

    def open(self, stage: Stage) -> None:
        """Take the headset and wait until it is worn and wants frames.

        Raises DriverError at once if there is no runtime or no OpenGL, and after `wait_seconds` if there is no headset.
        """
        self._stage = stage
        deadline = time.monotonic() + self.wait_seconds
        said = ""
        while not (self.life and self.life.lifecycle.running):
            trouble = self._try(stage) if self.life is None else "put the headset on"
            if self.life is not None:
                try:
                    self._listen(self.life)
                except LOST as error:
                    self._lose(error)
                if self.life is not None and self.life.lifecycle.running:
                    return
            if self._gone:
                raise DriverError("the OpenXR runtime closed the session before it began: start the scene again")
            if time.monotonic() >= deadline:
                self.close()
                raise DriverError(f"no headset within {self.wait_seconds:g} s: {trouble or 'put the headset on'}")
            if trouble and trouble != said:
                said = trouble
                self.say(f"waiting for the headset: {trouble} (Ctrl+C gives up)")
            time.sleep(RETRY_SECONDS if self.life is None else PAUSE_SECONDS)

    def wait(self) -> Frame | None:
        """Wait for the headset's next frame, or for a tick while there is none. None once the person has closed us from the
        runtime's menu."""
        if self._gone:
            return None
        draw = False
        if self.life is None:
            self._come_back()
        if self.life is not None:
            try:
                self.life.frames.skip()
                self._listen(self.life)
                if self.life is not None and self.life.lifecycle.running:
                    draw = self.life.frames.wait()
                    if self._stage is not None and not self.life.spaces.has_floor:
                        self.life.spaces.floor = self._stage.eye_height
            except LOST as error:
                self._lose(error)
        if self._gone:
            return None
        life = self.life
        if life is None or not life.frames.waiting:
            time.sleep(PAUSE_SECONDS)
            now = self._clock.now()
            return Frame(self._clock.tick(now), now, draw=False)
        now = self._clock.now()
        return Frame(self._clock.tick(now), self._clock.shown(now, life.frames.time, life.frames.period), draw)

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What became of the headset, then where the person is."""
        person = self._person()
        notes, self._notes = self._notes, []
        return notes if person is None else [*notes, person]

    def render(self, frame: Frame, stage: Stage) -> None:
        """Draw with the newest views. A frame that nobody sees is ended without a picture."""
        life, canvas = self.life, self.canvas
        if life is None or canvas is None or not life.frames.waiting:
            return
        try:
            views = life.spaces.look(life.frames.time) if frame.draw else None
            if views is not None:
                canvas.look(views)
                stage.draw()
            life.frames.skip()
        except LOST as error:
            self._lose(error)

    def panels(self, panels: Sequence[Panel]) -> bool:
        """The view draws them."""
        return False

    def allow(self, consents: frozenset[Consent]) -> None:
        """It measures neither gaze nor joints."""

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """A pulse for one hand."""
        if self.life is None or not self.life.lifecycle.running:
            return
        try:
            self.life.actions.haptic(side, amplitude, seconds)
        except LOST as error:
            self._lose(error)

    def close(self) -> None:
        """Give the headset back; a second call does nothing."""
        if self.life is not None:
            self.life.close()
            self.life = None
        if self.canvas is not None:
            self.canvas.close()
            self.canvas = None

    def _person(self) -> Person | None:
        life = self.life
        if life is not None and life.frames.waiting:
            self._sensed = True
            try:
                spaces, shown = life.spaces, life.frames.time
                left, right = life.actions.hands(spaces, shown)
                return Person(head=spaces.pose(spaces.head, shown), left=left, right=right)
            except LOST as error:
                self._lose(error)
        if not self._sensed:
            return None
        # Nothing stays pressed by someone whom nobody sees: a menu button held as the runtime died would end the session.
        self._sensed = False
        return Person()

    def _draw(self, draw: Callable[[], None]) -> None:
        life, canvas = self.life, self.canvas
        if life is None or canvas is None or not life.frames.waiting:
            return
        life.frames.draw(canvas.look, draw)

    def _listen(self, life: Life) -> None:
        for notice in life.instance.notices():
            self._heed(life, notice)
            if self.life is None:
                return

    def _heed(self, life: Life, notice: Notice) -> None:
        kind, value = notice
        if kind == "state":
            deed = life.follow(value)
            if deed == "begin":
                self._clock.tie(life.instance.now())
                self._note(*self._links.attached(), *self._links.worn(self._present))
            elif deed == "end":
                self._note(*self._links.worn(False))
            elif deed == "lose":
                self._lose(None)
            elif deed == "quit":
                self._gone = True
            self._note(*self._links.focused(life.lifecycle.focused))
        elif kind == "lost":
            self._lose(None)
        elif kind == "present":
            self._present = bool(value)
            self._note(*self._links.worn(self._present))
        elif kind == "recentred":
            self._notes.append(Command("participant", "recentre"))

    def _note(self, *links: Link) -> None:
        self._notes.extend(links)

    def _lose(self, error: Exception | None) -> None:
        """Give up what is left of the runtime; the canvas and all that is on the stage stay."""
        if self.life is None:
            return
        self.life.close()
        self.life = None
        self._present = True
        self._retry_at = time.monotonic() + RETRY_SECONDS
        self._note(*self._links.lost())
        self.say(f"the headset is lost ({'the runtime ends' if error is None else error}); the session goes on and waits for it")

    def _come_back(self) -> None:
        if self._stage is None or time.monotonic() < self._retry_at:
            return
        # Without its service a runtime may look like none at all; while a session runs that is no reason to end it.
        with suppress(DriverError):
            self._try(self._stage)
        self._retry_at = time.monotonic() + RETRY_SECONDS

    def _try(self, stage: Stage) -> str:
        """Begin a life with the headset; an empty text, or why there is none yet."""
        try:
            instance = Instance()
        except NotReadyError as reason:
            return str(reason)
        try:
            system = instance.system()
            self._open_canvas(stage, system)
            graphics = current_graphics()
        except NotReadyError as reason:
            instance.close()
            return str(reason)
        except BaseException:
            instance.close()
            raise
        try:
            self.life = Life(instance, system, graphics, self.table)
        except LOST as error:
            return f"the OpenXR runtime ended as the session began ({error})"
        except xr.exception.ErrorResult as error:
            raise DriverError(f"the OpenXR runtime refuses us ({error}): update it and the graphics driver") from error
        self._system = system
        return ""

    def _open_canvas(self, stage: Stage, system: System) -> None:
        size = (2 * system.resolution[0], system.resolution[1])
        if self.canvas is not None and self.canvas.size != size:
            self.canvas.close()
            self.canvas = None
        if self.canvas is None:
            stereo = self.stereo or ("single_pass" if stage.single_pass else "two_pass")
            self.canvas = stage.open(Surface("buffer", size, stereo, self.samples, "headset"))
            self.canvas.around_draw = self._draw
        # Drawing once makes the GL context current; until there is a life, nothing is drawn in it.
        self.canvas.look((_AHEAD, _AHEAD))
        stage.draw()


_AHEAD: Final = View((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -1.0, 1.0))
