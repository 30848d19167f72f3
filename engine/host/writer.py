"""What a session leaves on disk, written by a thread of its own so that no frame waits for a disk.

Files are only ever appended to, readable by their owner alone, and synced to the disk at least every half second: a process
that is killed loses less than a second.
"""

from __future__ import annotations

import os
import queue
import threading
from pathlib import Path
from types import TracebackType
from typing import Protocol

SYNC_SECONDS = 0.4


class Sink(Protocol):
    """Where lines go. A later sink may encrypt them; nothing above it will notice."""

    def write(self, lines: str) -> None:
        """Take whole lines, each with its line end."""

    def close(self) -> None:
        """Make sure that all is kept."""


class FileSink:
    """A new file, mode 0600. Raises FileExistsError rather than touch one that is there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)

    def write(self, lines: str) -> None:
        """Append, and sync to the disk."""
        left = lines.encode()
        try:
            while left:
                left = left[os.write(self._file, left) :]
            os.fsync(self._file)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.path)) from error

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class Writer:
    """A thread that feeds a sink. `put` never blocks; an error of the disk is raised by the next `put` or by `close`."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def put(self, line: str) -> None:
        """Take one line, without its line end."""
        if self._error is not None:
            raise self._error
        self._queue.put(line)

    def close(self) -> None:
        """Write what is left and close the sink."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
            self.sink.close()
        if self._error is not None:
            raise self._error

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _run(self) -> None:
        ended = False
        while not ended:
            lines: list[str] = []
            line = self._queue.get()
            pause = threading.Event()
            if line is not None and self._queue.empty():
                # A short wait gathers a frame's or a few frames' lines into one sync.
                pause.wait(SYNC_SECONDS / 4)
            while line is not None:
                lines.append(line)
                try:
                    line = self._queue.get_nowait()
                except queue.Empty:
                    break
            ended = line is None
            try:
                if lines and self._error is None:
                    self.sink.write("".join(f"{text}\n" for text in lines))
            except OSError as error:
                self._error = error
