"""How much of the eyes' images is drawn: less while frames are missed, more again when they are not.

A frame that comes late is seen as a judder of the whole world, which makes people ill; one with fewer pixels is seen as a little
soft. So the picture shrinks at once and grows slowly. This is state alone: it makes no calls and reads no clock.
"""

from __future__ import annotations

from typing import Final

STEPS: Final = (1.0, 0.85, 0.7, 0.6)
"""Shares of the recommended width and height: each step leaves about 70 % of the pixels of the one before. Text in the scene
cannot be read below the last."""

WINDOW: Final = 60
"""Frames that are looked at together."""

TOO_MANY: Final = 4
"""Missed frames among them that make the picture smaller. Fewer may be another program, or something that was loaded."""

CALM: Final = 600
"""Frames without one missed before it grows again: some seven seconds at 90 Hz."""

MOST_CALM: Final = 8 * CALM
"""… and at most, when growing has failed again and again."""


class Resolution:
    """The share that is drawn. Growing that made frames late is undone, and the next try waits twice as long."""

    def __init__(self) -> None:
        self._step = 0
        self._recent: list[bool] = []
        self._calm = 0
        self._patience = CALM
        self._grew = False

    @property
    def share(self) -> float:
        """Of the width and of the height, 0 to 1."""
        return STEPS[self._step]

    def note(self, missed: int) -> bool:
        """A frame has come, with so many missed before it; whether the share is another one now."""
        self._recent = [*self._recent[-(WINDOW - 1) :], missed > 0]
        self._calm = 0 if missed else self._calm + 1
        if sum(self._recent) >= TOO_MANY:
            return self._shrink()
        if self._calm >= self._patience and self._step > 0:
            self._grew = True
            return self._turn(self._step - 1)
        if self._calm >= CALM and self._grew:
            # It has held: the next time may be tried as soon as ever.
            self._grew, self._patience = False, CALM
        return False

    def _shrink(self) -> bool:
        if self._grew:
            self._grew, self._patience = False, min(2 * self._patience, MOST_CALM)
        if self._step == len(STEPS) - 1:
            self._recent = []
            return False
        return self._turn(self._step + 1)

    def _turn(self, step: int) -> bool:
        # What is drawn next says nothing of what was drawn before.
        self._step, self._recent, self._calm = step, [], 0
        return True


def missed(before_ns: int, now_ns: int, period_ns: int) -> int:
    """Frames that were not shown between two that were, by their display times; after a pause of a second or more, none."""
    if before_ns <= 0 or period_ns <= 0:
        return 0
    gap = now_ns - before_ns
    return 0 if gap >= 1_000_000_000 else max(0, round(gap / period_ns) - 1)
