"""One origin for ticks and display times.

Ticks are counted on this machine's monotonic clock, so they go on while there is no runtime. A runtime's XrTime has an origin of
its own (OpenXR 1.1, section 2.13); it is tied to the monotonic clock once for each session, exactly where
XR_KHR_convert_timespec_time is there, else from the first frame: a frame is waited for until about one period before it is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from headset.inputs import TICKS_PER_SECOND

FURTHEST = 0.2
"""Seconds that a frame may be shown ahead of now, and a quarter of it behind; a clock that says otherwise has jumped, as in a
suspend."""

NANO = 1e-9


class Clock:
    """Ticks and display times from one origin. `seconds` is this machine's monotonic clock."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._origin: float | None = None
        self._offset: float | None = None
        """What the runtime's clock shows more than this machine's, in seconds."""

    def now(self) -> float:
        """Seconds since tick 0, which is when this was first asked."""
        seconds = self._seconds()
        if self._origin is None:
            self._origin = seconds
        return seconds - self._origin

    @staticmethod
    def tick(now: float) -> int:
        """The last tick that has begun."""
        return int(now * TICKS_PER_SECOND)

    def tie(self, runtime_ns: int | None) -> None:
        """Say what the runtime's clock shows now; None if it is another runtime, or none can tell."""
        self._offset = None if runtime_ns is None else runtime_ns * NANO - self._seconds()

    def shown(self, now: float, predicted_ns: int, period_ns: int) -> float:
        """When a frame is shown, in seconds since tick 0."""
        origin = self._origin or 0.0
        on_runtime = predicted_ns * NANO
        if self._offset is not None:
            seconds = on_runtime - self._offset - origin
            if now - FURTHEST / 4 <= seconds <= now + FURTHEST:
                return seconds
        seconds = now + min(period_ns * NANO, FURTHEST)
        self._offset = on_runtime - origin - seconds
        return seconds
