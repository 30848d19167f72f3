"""The driver `window`: a desktop window as a headset."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from math import radians, tan

import panda3d.core as p3d

from headset.driver import Canvas, Consent, Device, Frame, Panel, Stage, Surface, View
from headset.inputs import TICKS_PER_SECOND, Command, Input, Link, Person, Pose, Side
from headset.simulator.arm import Arm, left_hand
from headset.simulator.bindings import Deed, help_lines, label
from headset.simulator.body import Body
from headset.simulator.desk import Desk, Moment
from headset.simulator.overlay import Overlay

VERTICAL_FOV = 60.0
"""Degrees from the lower to the upper edge of the window, whatever its shape."""

LONGEST_STEP = 0.25
"""Seconds by which head and hand move in one frame at most, so that a machine that stood still does not throw them."""

INVITATION = (f"Click to look around   {label('help')}: all keys   {label('leave')}: leave",)
PAUSED = (f"Paused   {label('pause')}: go on   {label('leave')}: leave",)

COMMANDS: dict[Deed, Command] = {
    "leave": Command("participant", "leave", "Esc pressed"),
    "distress": Command("participant", "distress", "I feel uneasy"),
    "recentre": Command("participant", "recentre"),
}


class WindowDriver:
    """A desktop window: `size` in pixels, paced to `refresh_hz` frames a second of `clock` (seconds)."""

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        *,
        title: str = "Abaton",
        full_screen: bool = False,
        samples: int = 4,
        refresh_hz: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.surface = Surface("window", size, "mono", samples, title)
        self.refresh_hz = refresh_hz
        self.clock = clock
        self.sleep = sleep
        self.body = Body(1.6)
        self.arm = Arm()
        self._full_screen = full_screen
        self._canvas: Canvas | None = None
        self._began: float | None = None
        self._due = 0.0
        self._shown_at = 0.0
        self._focused: bool | None = None
        self._paused = False
        self._helping = False

    @property
    def device(self) -> Device:
        """The window as it is now."""
        size = self._canvas.size if self._canvas else self.surface.size
        return Device("window", "desktop window", size, 1, self.refresh_hz, frozenset(("window", "hands", "real_time")))

    def open(self, stage: Stage) -> None:
        """Open the window; raises DriverError if there is no display."""
        self._canvas = stage.open(self.surface)
        self._window = self._canvas.output
        self.desk = Desk(self._window)
        self.overlay = Overlay(self._window)
        self.overlay.show(INVITATION)
        self._stage = stage
        if self._full_screen:
            self._toggle_full_screen()

    def wait(self) -> Frame | None:
        """Sleep until the next frame is due; None once the window is closed."""
        if self._canvas is None or not self._window.get_properties().get_open():
            return None
        period = 1.0 / self.refresh_hz
        now = self.clock()
        if self._began is None:
            self._began = self._due = now
        else:
            # A late frame moves the beat along: frames are never drawn in a hurry to catch up.
            self._due = max(self._due + period, now)
            if self._due > now:
                self.sleep(self._due - now)
                now = self.clock()
        since = now - self._began
        return Frame(int(since * TICKS_PER_SECOND), since + period)

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """The person as the mouse and the keys move them, and what they asked for."""
        moment = self.desk.read()
        inputs: list[Input] = []
        if moment.focused != bool(self._focused):
            # A window that has just opened is given the focus a little later; that is no news.
            if self._focused is not None:
                inputs.append(Link("window", "focused" if moment.focused else "unfocused"))
            self._focused = True if self._focused is None else moment.focused
        for deed in moment.pressed:
            inputs.extend(self._do(deed))
        seconds = max(0.0, min(LONGEST_STEP, frame.display_time - self._shown_at))
        self._shown_at = frame.display_time
        # Read each time: where the person is, and whether they sit, may change while the scene runs.
        self.body.eye_height = self._stage.eye_height
        self._move(moment, seconds)
        right = self.arm.hand(self.body, "trigger" in moment.held, "menu" in moment.held, self._stage.touch)
        head = Pose.of(self.body.eyes, self.body.turn)
        inputs.append(Person(head=head, left=left_hand(self.body), right=right))
        return inputs

    def render(self, frame: Frame, stage: Stage) -> None:
        """Draw what the head sees. The vertical field of view stays as the window changes its shape."""
        if self._canvas is None:
            return
        width, height = self._canvas.size
        if width > 0 and height > 0:
            up = tan(radians(VERTICAL_FOV / 2))
            right = up * width / height
            self._canvas.look((View(self.body.eyes, self.body.turn, (-right, right, -up, up)),))
            self.overlay.fit()
        stage.draw()

    def panels(self, panels: Sequence[Panel]) -> bool:
        """The view draws them."""
        return False

    def allow(self, consents: frozenset[Consent]) -> None:
        """It measures neither gaze nor joints."""

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """A mouse feels nothing."""

    def close(self) -> None:
        """Close the window."""
        if self._canvas is not None:
            self.desk.capture(False)
            self._canvas.close()
            self._canvas = None

    def _do(self, deed: Deed) -> Sequence[Input]:
        match deed:
            case "pause":
                self._paused = not self._paused
                return (Command("participant", "pause" if self._paused else "resume", "P pressed"),)
            case "full_screen":
                self._toggle_full_screen()
            case "help":
                self._helping = not self._helping
            case "recentre":
                self.body.recentre()
        return (COMMANDS[deed],) if deed in COMMANDS else ()

    def _move(self, moment: Moment, seconds: float) -> None:
        def wish(one: Deed, other: Deed) -> float:
            return float((one in moment.held) - (other in moment.held))

        self.body.look(*moment.motion)
        self.body.move(wish("right", "left"), wish("forward", "back"), wish("up", "down"), seconds)
        notches = moment.pressed.count("farther") - moment.pressed.count("nearer")
        self.arm.step(self.body, "reach" in moment.held, notches, self._stage.touch, seconds)
        self.overlay.show(help_lines() if self._helping else PAUSED if self._paused else () if self.desk.captured else INVITATION)

    def _toggle_full_screen(self) -> None:
        self._full_screen = full = not bool(self._window.get_properties().get_fullscreen())
        pipe = self._window.get_pipe()
        size = (pipe.get_display_width(), pipe.get_display_height()) if full else self.surface.size
        wish = p3d.WindowProperties(size=size)
        wish.set_fullscreen(full)
        self.desk.settle()
        self._window.request_properties(wish)
