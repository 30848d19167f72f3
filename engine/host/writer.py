"""What a session leaves on disk, written by a thread of its own so that no frame waits for a disk.

Files are only ever appended to, readable by their owner alone, and synced to the disk several times a second.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from engine.session.sink import Sink

GATHER_SECONDS = 0.05
"""How long jobs are gathered for one sync."""

IDLE_SECONDS = 0.3
"""After so long without a job, what waits is written as it is."""

MOST_JOBS = 6000
"""Jobs that may wait for the disk: a minute of frames. One that hangs longer must not fill the memory."""

Job = Callable[[], str]
"""What is to be written: lines without the last one's end, or nothing yet. Called by the thread, in the order of `put`."""


class FileSink:
    """A new file, mode 0600. Raises FileExistsError rather than touch one that is there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)

    def append(self, data: bytes) -> None:
        """Append, and sync to the disk."""
        try:
            while data:
                data = data[os.write(self._file, data) :]
            os.fsync(self._file)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.path)) from error

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class TooSlowError(OSError):
    """The disk took nothing for so long that no more could be kept waiting for it."""


class Writer:
    """A thread that feeds a sink.

    After the first error nothing more is written, for what came after a hole would be worth nothing: `error` holds it, and
    `close` raises it. `patient`: `put` waits for a slow disk, where time is virtual; else it never does.
    """

    def __init__(self, sink: Sink, idle: Job = str, *, patient: bool = True) -> None:
        self.sink = sink
        self.error: BaseException | None = None
        self.patient = patient
        self._idle = idle
        self._queue: queue.Queue[Job | None] = queue.Queue(MOST_JOBS)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Have something written."""
        if self.error is not None:
            return
        try:
            self._queue.put(job, block=self.patient)
        except queue.Full:
            self.error = TooSlowError("the disk took nothing for a minute")

    def close(self) -> None:
        """Write what is left and close the sink. Raises what went wrong."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
            self.sink.close()
        if self.error is not None:
            raise self.error

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _run(self) -> None:
        ended = False
        while not ended:
            jobs, ended = self._gather()
            if self.error is not None:
                continue
            try:
                texts = [text for job in jobs if (text := job())]
                if texts:
                    self.sink.append("".join(f"{text}\n" for text in texts).encode())
            # Whatever it was: the session goes on, and whoever closes this is told.
            except BaseException as error:
                self.error = error

    def _gather(self) -> tuple[list[Job], bool]:
        """The jobs that are there, once there are any, and whether that was all."""
        try:
            job = self._queue.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            return [self._idle], False
        if job is not None and self._queue.empty():
            # A short wait gathers a few frames' lines into one sync.
            threading.Event().wait(GATHER_SECONDS)
        jobs: list[Job] = []
        while job is not None:
            jobs.append(job)
            try:
                job = self._queue.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True
