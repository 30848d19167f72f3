"""A recording is played from any moment, back and forth, and always finds the same session."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from engine.host.keep import RECORDING, Keeper
from engine.host.player import Player, open_recording
from engine.rehearsal import Visitor
from engine.session import Event, Session
from engine.session.recording import Header, RecordingError
from engine.session.snapshots import code, freeze
from engine.spec.load import load_scene
from headset.driver import Frame
from headset.inputs import Command, Input


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of lakeside, with a pause and without an end."""
    return record(tmp_path_factory.mktemp("out"), "lakeside", 6000)


def record(folder: Path, name: str, ticks: int) -> Path:
    session = Session(load_scene(name), 5)
    visitor = Visitor(session.world, 5)
    told = {2000: [Command("operator", "pause")], 2300: [Command("operator", "resume")], ticks - 1: [Command("operator", "note")]}
    with closing(Keeper(folder, session, Header(name, session.scene.digest, 5))) as keeper:
        for tick in range(ticks):
            inputs: list[Input] = [visitor.person(tick), *told.get(tick, ())]
            keeper.watch(Frame(tick, tick / 100), inputs, session.step(tick, inputs))
    return folder / RECORDING


def player(path: Path) -> Player:
    recording, session = open_recording(path, checked=False)
    return Player(recording, session)


def test_every_snapshot_is_what_playing_from_the_start_comes_to(path: Path) -> None:
    one = player(path)
    assert [snapshot.tick for snapshot in one.recording.snapshots] == [1000, 2000, 3000, 4000, 5000]
    for snapshot in one.recording.snapshots:
        one.play(snapshot.tick)
        assert freeze(one.session.snapshot()) == snapshot.load()


@pytest.mark.parametrize("tick", [-1, 0, 999, 1000, 1001, 2150, 5998])
def test_seeking_comes_to_where_playing_comes(path: Path, tick: int) -> None:
    played, sought = player(path), player(path)
    played.play(tick)
    sought.seek(tick)
    assert freeze(sought.session.snapshot()) == freeze(played.session.snapshot())
    assert sought.play(6000) == played.play(6000)
    assert sought.hint == ""


def test_one_can_go_back_and_forth(path: Path) -> None:
    one = player(path)
    marks: dict[int, str] = {}
    for tick in (4200, 700, 4200, 1500, 4300, 700):
        one.seek(tick)
        text = freeze(one.session.snapshot())
        assert marks.setdefault(tick, text) == text
        assert one.session.tick == tick


def test_after_the_end_is_the_end(path: Path) -> None:
    one = player(path)
    one.seek(10**9)
    assert one.session.tick == one.recording.last_tick


def damaged(path: Path, tmp_path: Path, old: bytes, new: bytes) -> Path:
    data = path.read_bytes()
    assert old in data
    other = tmp_path / "recording.jsonl"
    other.write_bytes(data.replace(old, new))
    return other


def test_snapshots_of_another_engine_are_left_aside_in_words(path: Path, tmp_path: Path) -> None:
    one = player(damaged(path, tmp_path, code().encode(), b"0123456789abcdef"))
    one.seek(4200)
    other = player(path)
    other.play(4200)
    assert freeze(one.session.snapshot()) == freeze(other.session.snapshot())
    assert one.hint == "its snapshots are of another version of Abaton, so it is played from the start"


def test_a_snapshot_that_is_none_is_left_aside_in_words(path: Path, tmp_path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    snapshots = [number for number, line in enumerate(lines) if line.startswith(b'{"snapshot"')]
    first, second = (lines[number] for number in snapshots[:2])
    # The second moment's snapshot, said to be that of the first.
    wrong = first[: first.index(b',"data"')] + second[second.index(b',"data"') :]
    one = player(damaged(path, tmp_path, first, wrong))
    one.seek(1500)
    assert one.session.tick == 1500
    assert one.hint == "its snapshot cannot be used, so it is played from the start"


def test_a_damaged_snapshot_is_told_as_damage(path: Path, tmp_path: Path) -> None:
    snapshot = next(line for line in path.read_bytes().splitlines() if line.startswith(b'{"snapshot"'))
    one = player(damaged(path, tmp_path, snapshot, snapshot[:-40] + b'"}'))
    with pytest.raises(RecordingError, match="is damaged"):
        one.seek(1500)


@pytest.mark.parametrize("tick", [1500, 3999, 5998])
def test_a_seek_plays_ten_seconds_at_most(path: Path, tick: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """That, and not how long a recording is, is what a seek costs: `python -m tests.bench.recording` measures it."""
    one, played, step = player(path), set[int](), Session.step

    def counted(session: Session, to: int, inputs: Sequence[Input] = ()) -> list[Event]:
        played.update(range(session.tick + 1, to + 1))
        return step(session, to, inputs)

    monkeypatch.setattr(Session, "step", counted)
    one.seek(tick)
    assert min(played) == tick // 1000 * 1000 + 1
    assert max(played) == tick
