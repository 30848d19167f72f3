"""Ctrl-C and a polite kill: taken between two frames, so that a session ends in order wherever it was.

Python raises KeyboardInterrupt at whatever it is just doing. In the middle of a tick that would leave events behind that no log
holds and no replay could find again.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, `kill` or a machine that shuts down, a terminal that was closed."""


class Interrupts:
    """While entered, the first of SIGNALS only sets `why`, which the loop asks between its frames; a second one is raised at
    once. On leaving, the first is raised again: as KeyboardInterrupt if it was Ctrl-C, else as SystemExit with 128 and its
    number, as a shell would say it."""

    def __init__(self) -> None:
        self.number = 0
        self._before: dict[int, Any] = {}

    def why(self) -> str:
        """Why the session has to end now, in words; empty while it may go on."""
        if not self.number:
            return ""
        return "Ctrl-C" if self.number == signal.SIGINT else signal.Signals(self.number).name

    def __enter__(self) -> Interrupts:
        # Only the main thread may set handlers, and only there they run.
        if threading.current_thread() is threading.main_thread():
            self._before = {number: signal.signal(number, self._come) for number in SIGNALS}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        if error is None:
            self._raise()

    def _come(self, number: int, frame: FrameType | None) -> None:
        again, self.number = bool(self.number), number
        if again:
            self._raise()

    def _raise(self) -> None:
        if self.number == signal.SIGINT:
            raise KeyboardInterrupt
        if self.number:
            raise SystemExit(128 + self.number)
