"""Keeping a session: whole files whatever happens, in any sink, and no frame that waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from engine.host.keep import LOG, RECORDING, Keeper
from engine.host.player import Player, open_recording
from engine.host.writer import FileSink
from engine.session import Session
from engine.session.log import digest
from engine.session.recording import Header, read
from headset.driver import Frame
from headset.inputs import Person, Pose
from tests.making import scene

STAY = "start: stay\nstates:\n  stay: {rules: {when: after 40 s, go: end}}"


def visit(keeper: Keeper, session: Session, ticks: int) -> None:
    """Frames of two ticks in which a head rises."""
    for tick in range(0, ticks, 2):
        inputs = [Person(head=Pose((0, 0, 10_000 + tick)))]
        keeper.watch(Frame(tick, tick / 100), inputs, session.step(tick + 1, inputs))


class Xor:
    """A sink that enciphers (not well)."""

    def __init__(self, path: Path) -> None:
        self.file = FileSink(path)

    def append(self, data: bytes) -> None:
        self.file.append(bytes(byte ^ 0x5A for byte in data))

    def close(self) -> None:
        self.file.close()


def test_a_sink_may_encrypt_and_recording_does_not_notice(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    for name, sink in (("plain", FileSink), ("secret", Xor)):
        (tmp_path / name).mkdir()
        session = Session(spec)
        with closing(Keeper(tmp_path / name, session, Header("made", spec.digest), sink=sink)) as keeper:
            visit(keeper, session, 5000)
    for file in (LOG, RECORDING):
        secret = (tmp_path / "secret" / file).read_bytes()
        assert b"abaton" not in secret
        assert b"stay" not in secret
        assert bytes(byte ^ 0x5A for byte in secret) == (tmp_path / "plain" / file).read_bytes()


def test_what_is_kept_is_what_was_played_with_a_snapshot_every_ten_seconds(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    out = tmp_path / "out"
    out.mkdir()
    session = Session(spec)
    with closing(Keeper(out, session, Header(str(tmp_path / "made.yaml"), spec.digest))) as keeper:
        visit(keeper, session, 5000)
    recording, fresh = open_recording(out / RECORDING)
    assert [one.tick for one in recording.snapshots] == [1001, 2001, 3001]
    events = Player(recording, fresh).play(recording.last_tick)
    assert digest(events) == recording.log == keeper.digest


class Failing(FileSink):
    """A disk that is full when the first block comes."""

    def append(self, data: bytes) -> None:
        if b'"block"' in data:
            raise OSError(28, "No space left on device", str(self.path))
        super().append(data)


def test_a_full_disk_is_told_once_and_the_session_goes_on(tmp_path: Path) -> None:
    spec = scene(tmp_path, STAY)
    out, said = tmp_path / "out", list[str]()
    out.mkdir()
    session = Session(spec)
    keeper = Keeper(out, session, Header("made", spec.digest), say=said.append, sink=Failing)
    while not (out / RECORDING).read_text():
        time.sleep(0.01)
    visit(keeper, session, 3000)
    while not said:
        time.sleep(0.01)
        keeper.watch(Frame(3000, 30.0), (), ())
    keeper.watch(Frame(3000, 30.0), (), session.step(5000))
    with pytest.raises(OSError, match="No space left"):
        keeper.close()
    assert said == [
        f"the recording can no longer be kept ({out / RECORDING}: No space left on device); the session goes on, and what was "
        "written until then stays"
    ]
    assert '"session_ended"' in (out / LOG).read_text().splitlines()[-1], "the log is whole"
    assert read(out / RECORDING).end is None


KILLED = """
import sys, time
from pathlib import Path
from engine.host.keep import Keeper
from engine.session import Session
from engine.session.recording import Header
from engine.spec.load import load_scene
from headset.driver import Frame
from headset.inputs import Person, Pose
session = Session(load_scene("lakeside"))
keeper = Keeper(Path(sys.argv[1]), session, Header("lakeside", session.scene.digest))
keeper.patient = False
began = time.monotonic()
tick = -1
while True:
    now = int((time.monotonic() - began) * 100)
    if now > tick:
        inputs = [Person(head=Pose((now, 0, 12_000)))]
        first, tick = tick + 1, now
        keeper.watch(Frame(first, first / 100), inputs, session.step(tick, inputs))
        print(tick, flush=True)
    time.sleep(0.005)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [150, 222, 301])
def test_a_killed_process_loses_less_than_a_second(tmp_path: Path, after: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    tick = 0
    while tick < after:
        tick = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    ticks = [tick, *(int(line) for line in process.stdout.read().splitlines() if line.isdigit())]
    process.wait()
    process.stdout.close()
    recording, session = open_recording(tmp_path / RECORDING)
    assert recording.end is None
    assert ticks[-1] - recording.last_tick < 100, "at most a second is lost"
    assert len(Player(recording, session).play(recording.last_tick)) > 2
    log = (tmp_path / LOG).read_text()
    assert log.endswith("\n")
    assert '"session_began"' in log
