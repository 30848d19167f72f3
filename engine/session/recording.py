"""Recordings: every input of a session, tick by tick, which is all that a replay needs.

A recording is JSON Lines. The first line is the header; then come blocks, three quarters of a second of inputs each, packed;
every ten seconds a snapshot of the session, to begin from; the last line says at which tick the session ended and what the
SHA-256 of its event log was. A recording without that was cut off, and replays as far as it goes. This folder's README tells the
format byte by byte.

    {"abaton_recording": 2, "scene": "lakeside", "digest": "…", "seed": 7, "lacks": ["joints", "gaze"], …}
    {"block": [0, 74], "data": "c%1E…"}
    {"snapshot": 999, "code": "3fa9…", "data": "c%1E…"}
    {"end": 18000, "log": "…", "left_out": []}

Hand joints and gaze are left out unless the session was told of a consent to record them; what came in and was left out is named
at the end. Version 1, which had a line of JSON for each tick, is still read.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from engine.packing.base85 import decode
from engine.packing.blocks import LARGEST_BLOCK, WORST, check, unpack
from engine.packing.plain import from_plain, text, texts, whole
from headset.inputs import Input

VERSION = 2
LARGEST_LINE = 1 << 23
"""Bytes; no honest line is longer, and a file that is not a recording at all may be one endless line."""

SENSITIVE = ("joints", "gaze")
"""What needs a consent of its own to be recorded: `record_joints`, `record_gaze`."""

Taken = tuple[int, tuple[Input, ...]]
"""A tick and what came in with it."""


class RecordingError(Exception):
    """A recording cannot be used; the message says in one sentence why, and what to do."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a session was begun with."""

    scene: str
    digest: str
    seed: int = 0
    language: str = ""
    variants: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    engine: str = ""
    device: str = ""
    lacks: tuple[str, ...] = SENSITIVE
    """What no consent to record was given for as it began."""
    person: str = ""
    """Who took part, as a pseudonym (`engine.host.pseudonym`); empty if that was not said."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a recording: its first and last tick, and how its inputs are had."""

    first: int
    last: int
    frames: Callable[[], Sequence[Taken]]
    check: Callable[[], None]
    """Raises RecordingError if it is damaged."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A session after a tick: `code` is the deciding code that wrote it, `load` gives its text (`snapshots.thaw`)."""

    tick: int
    code: str
    load: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as read: inputs are unpacked when they are asked for. `end` and `log` are None if it was cut off."""

    header: Header
    parts: tuple[Part, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    end: int | None = None
    log: str | None = None
    left_out: tuple[str, ...] | None = None
    """What came in and was not recorded; None if the recording does not say."""

    @property
    def tape(self) -> Iterator[Taken]:
        """All inputs, ticks rising. Raises RecordingError where it comes to something damaged."""
        return self.after(-1)

    def after(self, tick: int) -> Iterator[Taken]:
        """The inputs of later ticks."""
        for part in self.parts:
            if part.last > tick:
                yield from (taken for taken in part.frames() if taken[0] > tick)

    def check(self) -> None:
        """Raise RecordingError if anything in it is damaged."""
        for part in self.parts:
            part.check()

    def snapshot(self, tick: int) -> Snapshot | None:
        """The newest snapshot that is not after a tick."""
        return next((one for one in reversed(self.snapshots) if one.tick <= tick), None)

    @property
    def last_tick(self) -> int:
        """The tick to replay to."""
        if self.end is not None:
            return self.end
        return max([-1, *(one.last for one in self.parts[-1:]), *(one.tick for one in self.snapshots[-1:])])

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the person did that is not in it, as far as it says."""
        return self.header.lacks if self.left_out is None else self.left_out


def read(path: Path, *, checked: bool = True) -> Recording:
    """Read a recording. Raises RecordingError if it is none, is of a newer version, or is corrupt before its last line.

    An hour of blocks takes seconds to check: where `checked` is False, what is damaged is found when it is come to.
    """
    if path.exists() and not path.is_file():
        raise RecordingError(f"{path}: is no file; give the path of a recording.jsonl")
    try:
        with path.open("rb") as file:
            recording = _Reader(path).read(file)
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read ({error.strerror}); give the path of a recording.jsonl") from error
    if checked:
        recording.check()
    return recording


class _NewerError(ValueError):
    pass


_LINE = re.compile(rb'\{"(block|snapshot)":(\[\d+,\d+\]|\d+),(?:"code":"(\w+)",)?"data":"')
_LINE_END = b'"}\n'


class _Reader:
    """Goes through the lines of a file once. What is packed is left where it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: Header | None = None
        self.version = 0
        self.parts: list[Part] = []
        self.snapshots: list[Snapshot] = []
        self.loose: list[Taken] = []
        self.last = -1

    def read(self, file: BinaryIO) -> Recording:
        number, place = 0, 0
        while line := file.readline(LARGEST_LINE):
            number += 1
            try:
                if self.header is None:
                    self.version, self.header = _header(json.loads(line))
                elif not self._packed(line, number, place) and (ended := self._plain(json.loads(line))) is not None:
                    return ended
            except _NewerError as error:
                what = f"was made by a newer Abaton (recording version {error}); use that one"
                raise RecordingError(f"{self.path}: {what}") from error
            except WORST as error:
                if self.header is not None and not line.endswith(b"\n"):
                    break  # the line that was being written when the power went
                if self.header is None:
                    raise RecordingError(f"{self.path}:{number}: is not a recording; use another copy of the file") from error
                raise self._damaged(number) from error
            place += len(line)
        if self.header is None:
            raise RecordingError(f"{self.path}: is empty; the session it was made in never began")
        return self._recording(self.header)

    def _packed(self, line: bytes, number: int, place: int) -> bool:
        """Whether a line is a block or a snapshot, which then is noted, not opened."""
        found = _LINE.match(line) if self.version > 1 else None
        if found is None:
            return False
        if not line.endswith(_LINE_END):
            raise ValueError("it has no end")
        where = (number, place + found.end(), len(line) - found.end() - len(_LINE_END))
        if found[1] == b"block":
            first, last = (whole(one, 0) for one in json.loads(found[2]))
            if not self.last < first <= last:
                raise ValueError("ticks must rise")
            self.last = last
            self.parts.append(Part(first, last, partial(self._frames, where, first), partial(self._check, where, first, last)))
        else:
            tick = whole(json.loads(found[2]), max(self.last, 0))
            self.snapshots.append(Snapshot(tick, (found[3] or b"").decode(), partial(self._text, where)))
        return True

    def _plain(self, data: Any) -> Recording | None:
        """Take in a tick of version 1, or the last line, which gives the recording."""
        if isinstance(data, dict):
            end = whole(data["end"])
            if end < max(self.last, 0):
                raise ValueError("it cannot end before its last input")
            assert self.header is not None
            left_out = texts(data["left_out"]) if self.version > 1 else None
            return self._recording(self.header, end, text(data["log"]), left_out)
        if self.version > 1:
            raise ValueError("blocks are expected")
        tick, *inputs = data
        if whole(tick) <= self.last:
            raise ValueError("ticks must rise")
        self.last = tick
        self.loose.append((tick, tuple(from_plain(given) for given in inputs)))
        return None

    def _recording(
        self, header: Header, end: int | None = None, log: str | None = None, left_out: tuple[str, ...] | None = None
    ) -> Recording:
        parts = tuple(self.parts)
        if self.loose:
            parts = (Part(self.loose[0][0], self.last, lambda: self.loose, lambda: None),)
        return Recording(header, parts, tuple(self.snapshots), end, log, left_out)

    def _bytes(self, where: tuple[int, int, int]) -> bytes:
        _, place, size = where
        try:
            with self.path.open("rb") as file:
                file.seek(place)
                return decode(file.read(size))
        except OSError as error:
            raise RecordingError(f"{self.path}: cannot be read any more ({error.strerror}); use another copy of it") from error

    def _frames(self, where: tuple[int, int, int], first: int) -> Sequence[Taken]:
        try:
            return unpack(self._bytes(where), first)
        except WORST as error:
            raise self._damaged(where[0]) from error

    def _check(self, where: tuple[int, int, int], first: int, last: int) -> None:
        try:
            check(self._bytes(where), first, last)
        except WORST as error:
            raise self._damaged(where[0]) from error

    def _text(self, where: tuple[int, int, int]) -> str:
        try:
            opener = zlib.decompressobj()
            plain = opener.decompress(self._bytes(where), LARGEST_BLOCK)
            if not opener.eof:
                raise ValueError("it has no end")
            return plain.decode()
        except WORST as error:
            raise self._damaged(where[0]) from error

    def _damaged(self, number: int) -> RecordingError:
        what = "is damaged here; what comes before cannot be trusted"
        return RecordingError(f"{self.path}:{number}: {what}; use another copy of the file")


def _header(data: Mapping[str, Any]) -> tuple[int, Header]:
    version = whole(data["abaton_recording"], 1)
    if version > VERSION:
        raise _NewerError(version)
    return version, Header(
        scene=text(data["scene"]),
        digest=text(data["digest"]),
        seed=whole(data["seed"]),
        language=text(data["language"]),
        variants=texts(data["variants"]),
        parameters={name: text(value) for name, value in dict(data["parameters"]).items()},
        engine=text(data["engine"]),
        device=text(data["device"]),
        lacks=texts(data["lacks"]),
        person=text(data["person"]) if version > 1 else "",
    )
