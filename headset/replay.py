"""A recording as a device: its tape is played as if someone were wearing a headset.

It only knows ticks and inputs; reading a recording's file is the engine's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headset.driver import Consent, Device, Frame, Panel, Stage
from headset.inputs import TICKS_PER_SECOND, Input, Side


class Tape:
    """(tick, inputs) pairs, ticks rising, given out frame by frame: `tape(frame)` is what was recorded for that frame's tick.

    As the `script` of an offscreen device that draws every tick, it shows what the person saw. The pairs are read one ahead, so
    they may come from a file that is longer than the memory.
    """

    def __init__(self, pairs: Iterable[tuple[int, Sequence[Input]]], last_tick: int) -> None:
        self.last_tick = last_tick
        """The tick to play to: at which the recorded session ended, or an earlier one."""
        self._pairs = iter(pairs)
        self._next = next(self._pairs, None)

    def upcoming(self) -> int:
        """The tick of the next inputs, or the last tick if there are none until then."""
        return self.last_tick if self._next is None else min(self._next[0], self.last_tick)

    def __call__(self, frame: Frame) -> Sequence[Input]:
        """What was recorded for the tick of a frame."""
        if self._next is None or self._next[0] != frame.tick:
            return ()
        inputs = self._next[1]
        self._next = next(self._pairs, None)
        return inputs


class ReplayDriver:
    """Plays a tape with nothing drawn, as fast as the session can."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self._tick = -1

    @property
    def device(self) -> Device:
        """A recording has no screen of its own."""
        return Device("replay", "recording", (0, 0), 1, 0.0)

    def open(self, stage: Stage) -> None:
        """Nothing is drawn on."""

    def wait(self) -> Frame | None:
        """A frame for each tick with inputs, and one for all the ticks before it that have none."""
        if self._tick >= self.tape.last_tick:
            return None
        upcoming = self.tape.upcoming()
        # Inputs fall into the first tick that a frame plays, so the ticks before them need a frame of their own.
        self._tick = upcoming if upcoming <= self._tick + 1 else upcoming - 1
        return Frame(self._tick, self._tick / TICKS_PER_SECOND, draw=False)

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What was recorded for this tick."""
        return self.tape(frame)

    def render(self, frame: Frame, stage: Stage) -> None:
        """Nothing is drawn."""

    def panels(self, panels: Sequence[Panel]) -> bool:
        """The view draws them."""
        return False

    def allow(self, consents: frozenset[Consent]) -> None:
        """It measures neither gaze nor joints."""

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """A recording feels nothing."""

    def close(self) -> None:
        """Nothing is held."""
