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

from headset.driver import Ability, Canvas, Consent, Device, DriverError, Frame, Panel, Stage, Stereo, Surface, View
from headset.inputs import Command, Input, Link, Person, Side
from headset.openxr.calls import LOST, TROUBLE, NotReadyError, optional
from headset.openxr.clock import Clock
from headset.openxr.desk import Desk, Waiting
from headset.openxr.graphics import current_graphics
from headset.openxr.instance import Instance, Notice, System
from headset.openxr.life import Life
from headset.openxr.links import Links
from headset.openxr.mirror import Show
from headset.openxr.resolution import Resolution
from headset.openxr.table import read_table
from headset.overlay import Letters

RETRY_SECONDS: Final = 0.5
PAUSE_SECONDS: Final = 0.01
"""How long a frame lasts while there is no headset to pace it: one tick."""

ABILITIES: Final[frozenset[Ability]] = frozenset({"hands", "haptics", "panels", "real_time"})

LONGEST_RETRY_SECONDS: Final = 8.0
STEADY_FRAMES: Final = 5
"""Frames after which a headset that is lost had been well."""

Say = Callable[[str], object]


class OpenXRDriver:
    """A headset.

    `open` waits up to `wait_seconds` for a headset that is not ready yet and tells `say` about it. `stereo` overrules what the
    stage finds quicker, `actions` is a file that goes over the table of actions. `adaptive` pictures shrink when frames are
    missed. `mirror` opens a window at the desk, in which `waiting` draws what is waited for, and `letters` its help.
    """

    def __init__(
        self,
        *,
        wait_seconds: float = 300.0,
        say: Say = print,
        stereo: Stereo | None = None,
        samples: int = 4,
        actions: Path | None = None,
        adaptive: bool = True,
        mirror: Show | None = None,
        waiting: Waiting | None = None,
        letters: Letters | None = None,
    ) -> None:
        self.wait_seconds = wait_seconds
        self.say = say
        self.stereo = stereo
        self.samples = samples
        self.table = read_table(actions)
        self.adaptive = adaptive
        self.desk = Desk(mirror, waiting, letters)
        self.canvas: Canvas | None = None
        self.life: Life | None = None
        self._stage: Stage | None = None
        self._system: System | None = None
        self._clock = Clock()
        self._links = Links()
        self._notes: list[Input] = []
        self._panels: Sequence[Panel] = ()
        self._retry_at = 0.0
        self._patience = RETRY_SECONDS
        self._waited = 0
        """Frames of the life that the headset has now."""
        self._present = True
        self._sensed = False
        self._gone = False
        self._allowed: frozenset[Consent] = frozenset()

    @property
    def device(self) -> Device:
        """The headset as the runtime calls it. How often it draws is known from its first frame on."""
        if self._system is None:
            raise DriverError("the headset is not open yet: call open first")
        abilities = ABILITIES | self._system.abilities
        bounds = self.life.spaces.bounds if self.life else None
        return Device("openxr", self._system.name, self._system.resolution, 2, self._rate(), abilities, bounds)

    def open(self, stage: Stage) -> None:
        """Take the headset and wait until it is worn and wants frames.

        Raises DriverError at once if there is no runtime or no OpenGL, and after `wait_seconds` if there is no headset.
        """
        self._stage = stage
        self.desk.open(stage)
        deadline = time.monotonic() + self.wait_seconds
        said = ""
        while not (self.life and self.life.lifecycle.running):
            trouble = self._try(stage) if self.life is None else "put the headset on"
            if self.life is not None:
                try:
                    self._listen(self.life)
                except TROUBLE as error:
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
                self.desk.tell(trouble)
            self.desk.pause(RETRY_SECONDS if self.life is None else PAUSE_SECONDS, self.canvas)

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
                    self._waited += 1
                    if self._stage is not None:
                        self.life.spaces.find_floor(self.life.frames.time, self._stage.eye_height)
            except TROUBLE as error:
                self._lose(error)
        if self._gone:
            return None
        life = self.life
        if life is None or not life.frames.waiting:
            self.desk.pause(PAUSE_SECONDS, self.canvas)
            now = self._clock.now()
            return Frame(self._clock.tick(now), now, draw=False)
        if not draw:
            self.desk.idle(self.canvas)
        now = self._clock.now()
        return Frame(self._clock.tick(now), self._clock.shown(now, life.frames.time, life.frames.period), draw)

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What became of the headset, then where the person is."""
        person = self._person()
        for command in self.desk.commands():
            if command.verb == "recentre":
                self.recentre()
            self._notes.append(command)
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
                canvas.use(*life.frames.swapchain.used)
                canvas.look(views)
                self.desk.draw(stage, late=life.frames.missed > 0)
            life.frames.skip()
        except TROUBLE as error:
            self._lose(error)

    def panels(self, panels: Sequence[Panel]) -> bool:
        """Show these as layers of the runtime's own, where it can. While there is no headset nobody sees them, nor whether the
        view draws them."""
        self._panels = tuple(panels)
        shown = True
        try:
            shown = self.life is None or self.life.panels.show(self._panels)
        except TROUBLE as error:
            self._lose(error)
        self.desk.panels(self._panels if shown else ())
        return shown

    def allow(self, consents: frozenset[Consent]) -> None:
        """Measure joints and gaze as far as the headset has them and the person allows it, in this life and every later one."""
        self._allowed = consents
        if self.life is None:
            return
        try:
            self.life.senses.allow(consents)
        except TROUBLE as error:
            self._lose(error)

    def recentre(self) -> None:
        """Make ahead where the person looks now; nothing happens while nobody is seen."""
        try:
            if self.life is not None:
                self.life.recentre()
        except TROUBLE as error:
            self._lose(error)

    def hear(self, command: Command) -> None:
        """Someone paused or resumed the session, not by this device."""
        self.desk.hear(command)

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """A pulse for one hand."""
        if self.life is None or not self.life.lifecycle.running:
            return
        actions = self.life.actions
        try:
            optional(lambda: actions.haptic(side, amplitude, seconds), None, "pulse in the hand")
        except TROUBLE as error:
            self._lose(error)

    def close(self) -> None:
        """Give the headset back, and the mirror; a second call does nothing."""
        self.desk.close()
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
                return life.senses.person(life.frames.time)
            except TROUBLE as error:
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
            self._follow(life, value)
        elif kind == "lost":
            self._lose(None)
        elif kind == "present":
            self._present = bool(value)
            self._note(*self._links.worn(self._present))
        elif kind == "recentred":
            life.recentred()
            # Each reference space that moved is announced; the person has moved once.
            if _RECENTRE not in self._notes:
                self._notes.append(_RECENTRE)
        elif kind == "controllers":
            life.senses.changed()
        elif kind == "mask":
            self._hide(life)
        elif kind == "refresh" and life.refresh is not None:
            life.refresh.hz = value / 1000

    def _follow(self, life: Life, state: int) -> None:
        deed = life.follow(state)
        if deed == "begin":
            self._hide(life)
            optional(life.spaces.find_bounds, None, "free floor")
            self._clock.tie(life.instance.now())
            self._note(*self._links.attached(), *self._links.worn(self._present))
        elif deed == "end":
            self._note(*self._links.worn(False))
        elif deed == "lose":
            self._lose(None)
        elif deed == "quit":
            self._gone = True
        focus = self._links.focused(life.lifecycle.focused)
        if focus and self.life is not None and not life.lifecycle.focused:
            optional(life.actions.quiet, None, "quiet hands")
        self._note(*focus)

    def _hide(self, life: Life) -> None:
        if self.canvas is not None:
            self.canvas.hide(life.hidden())

    def _rate(self) -> float:
        """Frames a second, as the display says, else as its frames are apart."""
        life = self.life
        if life is None:
            return 0.0
        if life.refresh is not None and life.refresh.hz:
            return life.refresh.hz
        return 1e9 / life.frames.period if life.frames.period else 0.0

    def _note(self, *links: Link) -> None:
        self._notes.extend(links)

    def _lose(self, error: Exception | None) -> None:
        """Give up what is left of the runtime; the canvas and all that is on the stage stay."""
        if self.life is None:
            return
        self.life.close()
        self.life = None
        self._present = True
        # What fails again at once will do so the next time: it is tried less and less often.
        self._patience = RETRY_SECONDS if self._waited >= STEADY_FRAMES else min(2 * self._patience, LONGEST_RETRY_SECONDS)
        self._retry_at = time.monotonic() + self._patience
        self._note(*self._links.lost())
        self.desk.tell("the headset is lost")
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
        except TROUBLE as error:
            instance.close()
            return _refused(error)
        except BaseException:
            instance.close()
            raise
        try:
            self.life = Life(instance, system, graphics, self.table, stage.near)
        except TROUBLE as error:
            return _refused(error)
        if self.adaptive:
            self.life.frames.resolution = Resolution()
        self.life.senses.tell = stage.hold
        self._system = system
        self._waited = 0
        self.desk.begin(self.life.frames)
        self.panels(self._panels)
        self.allow(self._allowed)
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


def _refused(error: Exception) -> str:
    """Why there is no session now. Raises DriverError if there will be none later either."""
    if isinstance(error, (*LOST, xr.exception.FormFactorUnavailableError, xr.exception.QualifiedSuccessResult)):
        return f"the OpenXR runtime ended as the session began ({error})"
    raise DriverError(f"the OpenXR runtime refuses us ({error}): update it and the graphics driver") from error


_RECENTRE: Final = Command("participant", "recentre")
_AHEAD: Final = View((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), (-1.0, 1.0, -1.0, 1.0))
