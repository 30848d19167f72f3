"""Keeping a session: its event log always, its recording when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from engine.host.writer import FileSink, Writer
from engine.session import Event, Session
from engine.session.log import line
from engine.session.recording import Encoder, Header
from headset.driver import Frame
from headset.inputs import Input

LOG, RECORDING = "events.jsonl", "recording.jsonl"


class Keeper:
    """Writes `events.jsonl`, and with a header `recording.jsonl`, into a folder. Pass `watch` to the loop; close it at the
    end."""

    def __init__(self, folder: Path, session: Session, header: Header | None) -> None:
        self.session = session
        self.log_path = folder / LOG
        self.recording_path = folder / RECORDING if header else None
        self._log = Writer(FileSink(self.log_path))
        self._encoder = Encoder()
        self._recording: Writer | None = None
        self._digest = sha256()
        if header is not None:
            self._recording = Writer(FileSink(folder / RECORDING))
            self._recording.put(self._encoder.header(header))

    @property
    def digest(self) -> str:
        """The SHA-256 of the event log so far."""
        return self._digest.hexdigest()

    def watch(self, frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        """Keep a frame's inputs and events."""
        for event in events:
            text = line(event)
            self._digest.update(text.encode() + b"\n")
            self._log.put(text)
        if self._recording is not None:
            text = self._encoder.inputs(frame.tick, inputs)
            if text:
                self._recording.put(text)

    def close(self) -> None:
        """Finish the files."""
        try:
            if self._recording is not None:
                self._finish(self._recording)
        finally:
            self._log.close()

    def _finish(self, recording: Writer) -> None:
        try:
            if self.session.over:
                recording.put(self._encoder.end(self.session.tick, self.digest))
        finally:
            recording.close()
