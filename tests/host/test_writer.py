"""The writer thread: nothing is lost, nothing is overwritten, nobody else can read it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from engine.host.keep import Keeper
from engine.host.writer import FileSink, Writer
from engine.session import Session
from engine.session.recording import Header
from headset.driver import Frame
from tests.making import scene


def test_lines_come_out_whole_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with Writer(FileSink(path)) as writer:
        for number in range(5000):
            writer.put(f"{number} ä")
    assert path.read_text(encoding="utf-8") == "".join(f"{number} ä\n" for number in range(5000))


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


def test_a_full_disk_is_told_not_swallowed() -> None:
    class Full:
        def write(self, lines: str) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    writer = Writer(Full())
    writer.put("one")
    with pytest.raises(OSError, match="No space left"):
        writer.close()


def test_the_disk_that_refuses_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    sink = FileSink(tmp_path / "log")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        sink.write("one\n")
    assert refused.value.filename == str(tmp_path / "log")


def test_the_log_is_finished_even_if_the_recording_cannot_be(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, "start: stay\nstates:\n  stay: {rules: {when: after 1 s, go: end}}"))
    out = tmp_path / "out"
    out.mkdir()
    keeper = Keeper(out, session, Header("made", session.scene.digest))
    assert keeper._recording is not None
    keeper._recording._error = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="No space left"), closing(keeper):
        keeper.watch(Frame(100, 1.0), (), session.step(100))
    assert '"session_ended"' in keeper.log_path.read_text().splitlines()[-1]


KILLED = """
import sys, time
from pathlib import Path
from engine.host.writer import FileSink, Writer
writer = Writer(FileSink(Path(sys.argv[1])))
began = time.monotonic()
while True:
    writer.put(f"{time.monotonic() - began:.3f}")
    time.sleep(0.01)
"""


@pytest.mark.slow
def test_a_killed_process_loses_less_than_a_second(tmp_path: Path) -> None:
    path = tmp_path / "log"
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)])
    while not path.exists():
        time.sleep(0.01)
    time.sleep(2.0)
    before = path.read_text()
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = path.read_text()
    assert kept.startswith(before)
    lines = kept.splitlines()
    assert kept.endswith("\n"), "the last line is whole"
    assert 2.0 - float(lines[-1]) < 1.0
