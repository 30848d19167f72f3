"""A recording as a device: its tape is played as if someone were wearing a headset.

It only knows ticks and inputs; reading a recording's file is the engine's business.
"""

from __future__ import annotations

from collections.abc import Sequence

from headset.driver import Device, Driver, Frame, Stage
from headset.inputs import TICKS_PER_SECOND, Input, Person, Side

Tape = Sequence[tuple[int, Sequence[Input]]]


class ReplayDriver:
    """Plays (tick, inputs) pairs up to `last_tick`. `shown` draws what the recorded person saw, or is None to draw nothing."""

    def __init__(self, tape: Tape, last_tick: int, shown: Driver | None = None) -> None:
        self.tape = tape
        self.last_tick = last_tick
        self.shown = shown
        self.person = Person()
        self._next = 0
        self._tick = -1

    @property
    def device(self) -> Device:
        """A recording has no screen of its own."""
        resolution = self.shown.device.resolution if self.shown else (0, 0)
        return Device("replay", "recording", resolution, 1, 0.0)

    def open(self, stage: Stage) -> None:
        """Open what it is shown on."""
        if self.shown:
            self.shown.open(stage)

    def wait(self) -> Frame | None:
        """One frame for each tick of the tape, so that inputs fall into the tick in which they were recorded."""
        if self._tick >= self.last_tick:
            return None
        upcoming = self.tape[self._next][0] if self._next < len(self.tape) else self.last_tick
        # Ticks without inputs need no frame of their own; but none is passed over when inputs come in the next.
        self._tick = upcoming if upcoming <= self._tick + 1 else upcoming - 1
        return Frame(self._tick, self._tick / TICKS_PER_SECOND, draw=self.shown is not None)

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What was recorded for this tick."""
        if self._next >= len(self.tape) or self.tape[self._next][0] != frame.tick:
            return ()
        inputs = self.tape[self._next][1]
        self._next += 1
        self.person = next((given for given in reversed(inputs) if isinstance(given, Person)), self.person)
        return inputs

    def render(self, frame: Frame, stage: Stage) -> None:
        """Draw, if there is something to draw on."""
        if self.shown:
            self.shown.render(frame, stage)

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """A recording feels nothing."""

    def close(self) -> None:
        """Close what it is shown on."""
        if self.shown:
            self.shown.close()
