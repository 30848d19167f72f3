"""Keeping a session: its event log always, its recording when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from engine.host.writer import FileSink, Writer
from engine.session import Event, Session
from engine.session.encoder import SNAPSHOT_TICKS, Encoder
from engine.session.log import line
from engine.session.recording import Header
from engine.session.sink import Sink
from headset.driver import Frame
from headset.inputs import Input

LOG, RECORDING = "events.jsonl", "recording.jsonl"


def _silent(words: str) -> None:
    """Nobody is told."""


class Keeper:
    """Writes `events.jsonl`, and with a header `recording.jsonl`, into a folder. Pass `watch` to the loop; close it at the
    end.

    A disk that refuses does not end a session: `say` is told once for each file, the session goes on, and `close` raises what it
    was. `sink` makes what each file's bytes go to. In real time set `patient` to False: then no frame ever waits for the disk.
    """

    def __init__(
        self,
        folder: Path,
        session: Session,
        header: Header | None,
        *,
        say: Callable[[str], None] = _silent,
        sink: Callable[[Path], Sink] = FileSink,
    ) -> None:
        self.session = session
        self.log_path = folder / LOG
        self.recording_path = folder / RECORDING if header else None
        self._say = say
        self._log = Writer(sink(self.log_path))
        self._encoder = Encoder()
        self._recording: Writer | None = None
        self._digest = sha256()
        self._next_snapshot = SNAPSHOT_TICKS
        self._told: set[Writer] = set()
        if header is not None:
            self._recording = Writer(sink(folder / RECORDING), self._encoder.flush)
            self._recording.put(partial(self._encoder.header, header))

    @property
    def digest(self) -> str:
        """The SHA-256 of the event log, once it is closed."""
        return self._digest.hexdigest()

    @property
    def patient(self) -> bool:
        """Whether frames wait for a disk that is slower than they are."""
        return self._log.patient

    @patient.setter
    def patient(self, patient: bool) -> None:
        for writer in (self._log, self._recording):
            if writer is not None:
                writer.patient = patient

    def watch(self, frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        """Keep a frame's inputs and events. Nothing is computed here that the writer's thread can."""
        for event in events:
            self._log.put(partial(self._line, event))
        if self._recording is not None:
            if inputs:
                self._recording.put(partial(self._encoder.inputs, frame.tick, tuple(inputs)))
            if self.session.tick >= self._next_snapshot and not self.session.over:
                self._next_snapshot = (self.session.tick // SNAPSHOT_TICKS + 1) * SNAPSHOT_TICKS
                self._recording.put(partial(self._encoder.snapshot, self.session.snapshot()))
            self._tell(self._recording, "recording")
        self._tell(self._log, "event log")

    def close(self) -> None:
        """Finish the files. Raises what kept one of them from being whole."""
        try:
            self._log.close()
        finally:
            if self._recording is not None:
                ended = self.session.over
                self._recording.put(partial(self._encoder.end, self.session.tick, self.digest) if ended else self._encoder.flush)
                self._recording.close()

    def _line(self, event: Event) -> str:
        text = line(event)
        self._digest.update(text.encode() + b"\n")
        return text

    def _tell(self, writer: Writer, name: str) -> None:
        error = writer.error
        if error is None or writer in self._told:
            return
        self._told.add(writer)
        why = str(error)
        if isinstance(error, OSError) and error.strerror:
            why = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
        self._say(f"the {name} can no longer be kept ({why}); the session goes on, and what was written until then stays")
