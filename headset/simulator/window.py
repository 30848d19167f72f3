"""The driver `window`: a desktop window as a headset."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
import panda3d.core as p3d

from headset.driver import Ability, Canvas, Consent, Device, Frame, Panel, Stage, Surface, View
from headset.held import play
from headset.inputs import SIDES, TICKS_PER_SECOND, Command, Input, Link, Person, Pose, Side
from headset.operator import operator_command
from headset.overlay import Letters, Overlay
from headset.profile import Profile
from headset.simulator.arm import Arm
from headset.simulator.bindings import Deed, help_lines, label
from headset.simulator.body import DEGREES_PER_PIXEL, Body, headed, turned
from headset.simulator.desk import Desk, Moment
from headset.simulator.gamepad import Gamepad
from headset.simulator.hints import Hints
from headset.simulator.noise import Noise
from headset.simulator.pad import Pad, meant
from headset.simulator.sight import Sight, sight, under, views
from headset.simulator.wishes import Wishes, joined, keys

LONGEST_STEP = 0.25
"""Seconds by which head and hand move in one frame at most, so that a machine that stood still does not throw them."""

DOT = np.zeros((7, 7), np.uint8)
DOT[2:5, 2:5] = 255
"""What is in the middle of the window while the mouse turns the head: hands go there. White on dark shows on everything."""

INVITATION = (f"Click to look around   {label('help')}: all keys   {label('leave')}: leave",)

COMMANDS: dict[Deed, Command] = {
    "leave": Command("participant", "leave", "Esc pressed"),
    "distress": Command("participant", "distress", "I feel uneasy"),
    "recentre": Command("participant", "recentre"),
}


class WindowDriver:
    """A desktop window, paced to `refresh_hz` frames a second of `clock` (seconds).

    `size` in pixels is that of the window; with a `profile` the room in which each eye's picture has that headset's shape, and
    the pace is the headset's. `stereo` shows both eyes side by side. `noise` is the seed of a profile's trembling and losing
    track; None leaves them out. `gamepad` is the device that is read besides mouse and keyboard. `letters` draw what is said over
    the picture.
    """

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        *,
        title: str = "Abaton",
        full_screen: bool = False,
        samples: int = 4,
        refresh_hz: float = 60.0,
        profile: Profile | None = None,
        stereo: bool = False,
        noise: int | None = None,
        gamepad: Gamepad | None = None,
        letters: Letters | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.profile = profile
        self.stereo = stereo
        self.surface = Surface(
            "window", size if profile is None else profile.picture(size, stereo), "two_pass" if stereo else "mono", samples, title
        )
        self.refresh_hz = refresh_hz if profile is None else profile.refresh_hz[0]
        self.clock = clock
        self.sleep = sleep
        self.body = Body(1.6)
        self.arms: dict[Side, Arm] = {side: Arm(side) for side in SIDES}
        self._wishes = Wishes()
        self._hints = Hints()
        self._noise = None if noise is None or profile is None else Noise(profile.tracking, noise)
        self._gamepad = gamepad
        self._letters = letters
        self._pad = Pad()
        self._panels: tuple[Panel, ...] = ()
        self._allowed: frozenset[Consent] = frozenset()
        self._full_screen = full_screen
        self._canvas: Canvas | None = None
        self._began: float | None = None
        self._due = 0.0
        self._shown_at = 0.0
        self._focused: bool | None = None
        self._paused: set[str] = set()
        """Who has paused the scene from this window: it goes on when each has let it go on."""
        self._helping = False

    @property
    def device(self) -> Device:
        """The window as it is now."""
        width, height = self._canvas.size if self._canvas else self.surface.size
        count = 2 if self.stereo else 1
        abilities: set[Ability] = {"window", "hands", "real_time"}
        if self.profile is None or self.profile.hands:
            abilities.add("joints")
        if self.profile is None or self.profile.gaze:
            abilities.add("gaze")
        name = "desktop window" if self.profile is None else f"{self.profile.name} in a desktop window"
        return Device("window", name, (width // count, height), count, self.refresh_hz, frozenset(abilities))

    def open(self, stage: Stage) -> None:
        """Open the window; raises DriverError if there is no display."""
        self._canvas = stage.open(self.surface)
        self._window = self._canvas.output
        self.desk = Desk(self._window)
        self.overlay = Overlay(self._window, self._letters)
        self.overlay.show(INVITATION)
        self.dot = Overlay(self._window, lambda _: DOT, middle=True)
        self._stage = stage
        play(stage, self.profile, bare=self._fingers)
        if self._gamepad is None:
            self._gamepad = Gamepad()
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
        """The person as mouse, keys and gamepad move them, and what they and the operator asked for."""
        moment = self.desk.read()
        inputs: list[Input] = []
        if moment.focused != bool(self._focused):
            # A window that has just opened is given the focus a little later; that is no news.
            if self._focused is not None:
                inputs.append(Link("window", "focused" if moment.focused else "unfocused"))
            self._focused = True if self._focused is None else moment.focused
        for deed in moment.pressed:
            inputs.extend(self._do(deed))
        for name in moment.others:
            inputs.extend(self._operate(name))
        seconds = max(0.0, min(LONGEST_STEP, frame.display_time - self._shown_at))
        self._shown_at = frame.display_time
        # Read each time: where the person is, and whether they sit, may change while the scene runs.
        self.body.eye_height = self._stage.eye_height
        inputs.extend(self._move(moment, seconds))
        self.overlay.show(self._words())
        # Two eyes are shown side by side: what is ahead is in the middle of neither half of the window.
        self.dot.show(("dot",) if self.desk.captured and not self.stereo and not self._helping else ())
        return inputs

    def render(self, frame: Frame, stage: Stage) -> None:
        """Draw what the head sees."""
        if self._canvas is None:
            return
        if shown := self._views():
            self._canvas.look(shown)
            self.overlay.fit()
            self.dot.fit()
        stage.draw()

    def panels(self, panels: Sequence[Panel]) -> bool:
        """The view draws them; here they are what hands and the pointer can be pointed at."""
        self._panels = tuple(panels)
        return False

    def allow(self, consents: frozenset[Consent]) -> None:
        """Tell fingers and gaze only of who allows it."""
        self._allowed = consents
        if self._canvas is not None:
            play(self._stage, self.profile, bare=self._fingers)

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """A mouse feels nothing."""

    def recentre(self) -> None:
        """Make ahead where the head looks now."""
        self.body.recentre()

    def hear(self, command: Command) -> None:
        """Show what someone did to the session's pause elsewhere, and let the keys go on from there."""
        if command.verb == "pause":
            self._paused.add(command.author)
        elif command.verb == "resume":
            self._paused.discard(command.author)

    def close(self) -> None:
        """Close the window."""
        if self._canvas is not None:
            self.desk.capture(False)
            self._canvas.close()
            self._canvas = None

    def _do(self, deed: Deed) -> Sequence[Input]:
        match deed:
            case "pause":
                return (self._toggle_pause("participant", "P pressed"),)
            case "full_screen":
                self._toggle_full_screen()
            case "help":
                self._helping = not self._helping
            case "recentre":
                self.body.recentre()
        return (COMMANDS[deed],) if deed in COMMANDS else ()

    def _operate(self, name: str) -> Sequence[Input]:
        """Do what a key of the operator's asks for."""
        command = operator_command(name, paused="operator" in self._paused)
        if command is None:
            return ()
        if command.verb in ("pause", "resume"):
            return (self._toggle_pause("operator", command.value),)
        if command.verb == "recentre":
            self.body.recentre()
        return (command,)

    def _toggle_pause(self, who: str, why: str) -> Command:
        self._paused ^= {who}
        return Command(who, "pause" if who in self._paused else "resume", why)

    def _move(self, moment: Moment, seconds: float) -> Sequence[Input]:
        """Move head and hands for a time: the person as they are then, and what the gamepad asked for."""

        def wish(one: Deed, other: Deed) -> float:
            return float((one in moment.held) - (other in moment.held))

        now = Pad() if self._gamepad is None else self._gamepad.read()
        pad, self._pad = meant(now, self._pad, seconds), now
        right, down = self._wishes.looks(moment)
        self.body.look(right + pad.look[0] / DEGREES_PER_PIXEL, down - pad.look[1] / DEGREES_PER_PIXEL)
        aside, ahead = wish("right", "left") + pad.walk[0], wish("forward", "back") + pad.walk[1]
        self.body.move(aside, ahead, wish("up", "down"), seconds)
        asked: list[Input] = list(self._do("recentre")) if pad.recentre else []
        seen = self._sight(moment)
        self.desk.clicks = "trigger" if seen.panel and moment.pointer is not None else None
        wishes = self._wishes.step(moment, seconds)
        for side, arm in self.arms.items():
            arm.step(self.body, seen, joined(wishes[side], pad.wish(side)), seconds)
        abilities = self.device.abilities
        fingers = self._fingers
        person = Person(
            head=Pose.of(self.body.eyes, self.body.turn),
            left=self.arms["left"].hand(fingers),
            right=self.arms["right"].hand(fingers),
            gaze=Pose.of(seen.start, turned(*headed(seen.ahead))) if "gaze" in self._allowed and "gaze" in abilities else None,
            keys=keys(moment) | pad.keys,
        )
        return (*asked, person if self._noise is None else self._noise.spoil(person, seconds))

    @property
    def _fingers(self) -> bool:
        """Whether it tells all joints: then the hands are bare, as a headset sees them that tracks hands without controllers."""
        return "joints" in self._allowed and "joints" in self.device.abilities

    def _views(self) -> tuple[View, ...]:
        """The eyes; none while the window has no size."""
        width, height = (0, 0) if self._canvas is None else self._canvas.size
        return views(self.body, (width, height), self.stereo, self.profile) if width >= self.device.views and height >= 1 else ()

    def _sight(self, moment: Moment) -> Sight:
        """Where the person looks: ahead, or to where a free pointer is."""
        shown = self._views() if moment.pointer is not None else ()
        ahead = under(moment.pointer, shown) if moment.pointer is not None and shown else self.body.ahead
        return sight(self.body.eyes, ahead, self._stage, self._panels)

    def _words(self) -> Sequence[str]:
        if self._helping:
            return help_lines()
        if self._paused:
            key = label("pause") if "participant" in self._paused else "F2"
            return (f"Paused   {key}: go on   {label('leave')}: leave",)
        if not self.desk.captured:
            return INVITATION
        return self._hints.lines(self.arms.values(), seated=self.body.seated, stopped=self.body.stopped)

    def _toggle_full_screen(self) -> None:
        self._full_screen = full = not bool(self._window.get_properties().get_fullscreen())
        pipe = self._window.get_pipe()
        size = (pipe.get_display_width(), pipe.get_display_height()) if full else self.surface.size
        wish = p3d.WindowProperties(size=size)
        wish.set_fullscreen(full)
        self.desk.settle()
        self._window.request_properties(wish)
