"""The writer thread: nothing is lost, nothing is overwritten, nobody else can read it, and nobody waits for it."""

from __future__ import annotations

import os
import stat
import threading
from functools import partial
from pathlib import Path

import pytest

from engine.host.writer import MOST_JOBS, FileSink, TooSlowError, Writer


def words(text: str) -> str:
    return text


class Kept:
    """A sink in memory."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.closed = False

    def append(self, data: bytes) -> None:
        self.parts.append(data)

    def close(self) -> None:
        self.closed = True


class Full(Kept):
    """A sink that takes one piece and no more."""

    def append(self, data: bytes) -> None:
        if self.parts:
            raise OSError(28, "No space left on device", "/disk/recording.jsonl")
        super().append(data)


class Hanging(Kept):
    """A sink that takes nothing until it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may = threading.Event()

    def append(self, data: bytes) -> None:
        self.may.wait()
        super().append(data)


def test_lines_come_out_whole_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with Writer(FileSink(path)) as writer:
        for number in range(5000):
            writer.put(partial(words, f"{number} ä"))
    assert path.read_text(encoding="utf-8") == "".join(f"{number} ä\n" for number in range(5000))


def test_a_sink_gets_whole_lines_and_is_closed() -> None:
    sink = Kept()
    with Writer(sink) as writer:
        for number in range(100):
            writer.put(partial(words, "" if number % 3 else f"{number}\nmore"))
    assert all(part.endswith(b"\n") for part in sink.parts)
    assert b"".join(sink.parts).decode() == "".join(f"{number}\nmore\n" for number in range(0, 100, 3))
    assert sink.closed


def test_what_waits_is_written_when_nothing_more_comes() -> None:
    sink, written = Kept(), threading.Event()

    def idle() -> str:
        written.set()
        return "what waited"

    with Writer(sink, idle) as writer:
        writer.put(partial(words, "first"))
        assert written.wait(10.0)
    assert b"".join(sink.parts).startswith(b"first\nwhat waited\n")


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Writer(FileSink(tmp_path / "log")):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("precious")
    with pytest.raises(FileExistsError):
        FileSink(path)
    assert path.read_text() == "precious"


def test_after_an_error_nothing_more_is_written_and_it_is_told_at_the_end() -> None:
    sink = Full()
    writer = Writer(sink)
    writer.put(partial(words, "one"))
    while not sink.parts:
        pass
    writer.put(partial(words, "two"))
    while writer.error is None:
        pass
    writer.put(partial(words, "three"))
    with pytest.raises(OSError, match="No space left"):
        writer.close()
    assert sink.parts == [b"one\n"]


def test_a_fault_of_ours_is_not_swallowed() -> None:
    def fault() -> str:
        raise ValueError("a fault")

    writer = Writer(Kept())
    writer.put(fault)
    with pytest.raises(ValueError, match="a fault"):
        writer.close()


def test_a_disk_that_hangs_makes_no_frame_wait_and_fills_no_memory() -> None:
    sink = Hanging()
    writer = Writer(sink, patient=False)
    for _ in range(3 * MOST_JOBS):
        writer.put(partial(words, "x"))
    assert isinstance(writer.error, TooSlowError)
    sink.may.set()
    with pytest.raises(TooSlowError, match="took nothing"):
        writer.close()


def test_in_virtual_time_a_slow_disk_is_waited_for() -> None:
    sink = Hanging()
    with Writer(sink) as writer:
        threading.Timer(0.3, sink.may.set).start()
        for _ in range(2 * MOST_JOBS):
            writer.put(partial(words, "x"))
    assert b"".join(sink.parts).count(b"x") == 2 * MOST_JOBS


def test_the_disk_that_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    sink = FileSink(tmp_path / "log")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        sink.append(b"one\n")
    assert refused.value.filename == str(tmp_path / "log")
    sink.close()
