"""The heartbeat of a run: what a process that draws for a person tells the one that watches over it (`engine.host.supervisor`).

It is a file of four whole numbers in memory that both processes see. Writing them takes less than a microsecond, waits for
nobody, and works where the reader has died. CLOCK_MONOTONIC is one clock for all processes of a machine.

    beats        frames so far; 0 while the scene is still being built
    at           nanoseconds of the monotonic clock at the newest of them
    late_after   nanoseconds after which a frame is late
    hung_after   nanoseconds after which the process is taken for dead
"""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "ABATON_SUPERVISED"
"""Environment variable with the folder in which supervisor and run meet."""

LATE_SECONDS, HUNG_SECONDS = 0.5, 3.0
"""Without a frame: a person in a headset sees the world stick; a process that does not come back by itself."""

LATE_FRAMES, HUNG_FRAMES = 4.0, 20.0
"""The same in frames, for machines that draw by software and need longer for each."""

NANO = 1_000_000_000
SIZE = 32
BEAT, FOLDER = "beat", "folder"


@dataclass(frozen=True, slots=True)
class Pulse:
    """What was last heard of a run."""

    beats: int
    at: int
    late_after: int
    hung_after: int


class Heart:
    """The run's side; without a `meeting` nobody listens to it. `clock` gives monotonic nanoseconds."""

    def __init__(self, meeting: Path | None = None, clock: Callable[[], int] = time.monotonic_ns) -> None:
        self.meeting = meeting
        self._clock = clock
        self._memory = bytearray(SIZE) if meeting is None else _shared(meeting)
        self._cells = memoryview(self._memory).cast("Q")
        self._usual = 0.0
        """Nanoseconds that a frame takes, of late."""

    @classmethod
    def of_environment(cls) -> Heart:
        """The heart of this process, which a supervisor listens to if it began it."""
        meeting = os.environ.get(VARIABLE)
        return cls(None if meeting is None else Path(meeting))

    def beat(self) -> None:
        """A frame was drawn, or there was nobody to draw it for."""
        now, before = self._clock(), self._cells[1]
        if self._cells[0]:
            took = min(now - before, HUNG_SECONDS * NANO)
            self._usual += (took - self._usual) / 8.0
        self._cells[2] = int(max(LATE_SECONDS * NANO, LATE_FRAMES * self._usual))
        self._cells[3] = int(max(HUNG_SECONDS * NANO, HUNG_FRAMES * self._usual))
        self._cells[1] = now
        self._cells[0] += 1

    def expect(self, seconds: float) -> None:
        """Ask for patience: the next frame may take so long, because a scene is built anew before it."""
        self._cells[2] = self._cells[3] = int(seconds * NANO)
        self._cells[1] = self._clock()

    def keeps_in(self, folder: Path) -> None:
        """Say where the log of this run is."""
        if self.meeting is None:
            return
        new = self.meeting / f"{FOLDER}.new"
        new.write_text(str(folder.absolute()), encoding="utf-8")
        new.replace(self.meeting / FOLDER)


class Stethoscope:
    """The supervisor's side: makes the file, and reads it."""

    def __init__(self, meeting: Path) -> None:
        self.meeting = meeting
        (meeting / BEAT).write_bytes(bytes(SIZE))
        self._memory = _shared(meeting)
        self._cells = memoryview(self._memory).cast("Q")

    def listen(self) -> Pulse:
        """What is heard now."""
        return Pulse(*self._cells)

    @property
    def folder(self) -> Path | None:
        """Where the run keeps its log; None before it has one."""
        path = self.meeting / FOLDER
        return Path(path.read_text(encoding="utf-8")) if path.exists() else None

    def close(self) -> None:
        """Let go of the memory."""
        self._cells.release()
        self._memory.close()


def is_heard() -> bool:
    """Whether a supervisor began this process."""
    return VARIABLE in os.environ


def _shared(meeting: Path) -> mmap.mmap:
    with (meeting / BEAT).open("r+b") as file:
        return mmap.mmap(file.fileno(), SIZE)
