"""What stands on the desk beside the headset: a mirror window, or nothing. All of it may be asked for in either case."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from headset.driver import Canvas, Panel, Stage
from headset.inputs import Command
from headset.openxr.frame import FrameLoop
from headset.openxr.mirror import RATE, MirrorWindow, Show
from headset.operator import OPERATOR_LINES, operator_command
from headset.overlay import Letters

Waiting = Callable[[str], NDArray[np.uint8]]
"""A picture (height x width x 4, sRGB, top row first) that says what the headset is waited for."""


class Desk:
    """`show` is what the mirror shows, None for no mirror; `waiting` draws what it shows while there is no headset, `letters` the
    help over it."""

    def __init__(self, show: Show | None = None, waiting: Waiting | None = None, letters: Letters | None = None) -> None:
        self.show = show
        self.waiting = waiting
        self.letters = letters
        self.mirror: MirrorWindow | None = None
        self._stage: Stage | None = None
        self._paused = False
        """Whether the operator has paused the session."""

    def open(self, stage: Stage) -> None:
        """Open the window, before any other surface. Raises DriverError if there is no screen."""
        self._stage = stage
        if self.show is not None and self.mirror is None:
            self.mirror = MirrorWindow(stage, self.show, letters=self.letters)

    def commands(self) -> list[Command]:
        """What the operator asked for by keys of the window since this was last asked. F1 shows these keys, and hides them."""
        mirror, found = self.mirror, list[Command]()
        if mirror is None:
            return found
        pressed = mirror.keys()
        for name in pressed:
            if name == "f1":
                mirror.help(OPERATOR_LINES)
            command = operator_command(name, paused=self._paused)
            if command is not None:
                self.hear(command)
                found.append(command)
        return found

    def hear(self, command: Command) -> None:
        """The operator has paused the session, or let it go on."""
        if command.author == "operator" and command.verb in ("pause", "resume"):
            self._paused = command.verb == "pause"

    def tell(self, trouble: str) -> None:
        """Say what is waited for."""
        if self.mirror is not None and self.waiting is not None:
            self.mirror.tell(self.waiting(trouble))

    def begin(self, frames: FrameLoop) -> None:
        """Show what is drawn for a headset from now on."""
        frames.taken = None if self.mirror is None else self.mirror.take

    def panels(self, panels: Sequence[Panel]) -> None:
        """Show what the headset shows over its pictures."""
        if self.mirror is not None:
            self.mirror.panels(panels)

    def draw(self, stage: Stage, *, late: bool) -> None:
        """Draw the stage, and the window with it if there is the time."""
        if self.mirror is None:
            stage.draw()
        else:
            self.mirror.draw(stage.draw, late=late)

    def idle(self, canvas: Canvas | None) -> None:
        """Keep the window alive while nothing is drawn for the headset on its canvas."""
        if self.mirror is None or self._stage is None:
            return
        if canvas is not None:
            canvas.output.set_active(False)
        try:
            self.mirror.idle(self._stage.draw)
        finally:
            if canvas is not None:
                canvas.output.set_active(True)

    def pause(self, seconds: float, canvas: Canvas | None) -> None:
        """Let time pass, with the window alive."""
        if self.mirror is None:
            time.sleep(seconds)
            return
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0.0:
            self.idle(canvas)
            time.sleep(min(left, 1.0 / RATE))

    def close(self) -> None:
        """Give the window back."""
        if self.mirror is not None:
            self.mirror.close()
            self.mirror = None
