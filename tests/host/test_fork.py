"""A recorded session goes on otherwise, and that is a recording like any."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from engine.host.fork import fork
from engine.host.keep import RECORDING, Keeper
from engine.host.loop import play
from engine.host.player import Player, open_recording
from engine.host.run import Settings
from engine.rehearsal import Visitor
from engine.session import Session
from engine.session.log import digest
from engine.session.recording import Header, RecordingError, read
from engine.spec.load import load_scene
from headset.inputs import Command
from headset.offscreen import Offscreen


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short session of lakeside, in which the operator notes something."""
    spec = load_scene("lakeside", parameters={"rounds": "4"})
    session, folder = Session(spec, 5), tmp_path_factory.mktemp("out")
    visitor = Visitor(session.world, 5)
    notes = {300: [Command("operator", "note", "before")], 900: [Command("operator", "note", "after")]}
    with closing(Keeper(folder, session, Header("lakeside", spec.digest, 5, parameters={"rounds": "4"}))) as keeper:
        device = Offscreen(script=lambda frame: [visitor.person(frame.tick), *notes.get(frame.tick, ())], refresh_hz=100.0)
        play(session, device, None, keeper.watch)
    return folder / RECORDING


@pytest.mark.gl
def test_a_fork_begins_as_the_recording_and_goes_on_by_itself(path: Path, tmp_path: Path) -> None:
    said: list[str] = []
    session = fork(path, 600, "headless", tmp_path, settings=Settings(size=(64, 36)), say=said.append)
    assert session.over
    (made,) = tmp_path.glob(f"*/{RECORDING}")
    before, after = (list(read(one).tape) for one in (path, made))
    assert [taken for taken in after if taken[0] <= 600] == [taken for taken in before if taken[0] <= 600]
    notes = [one.value for _, taken in after for one in taken if isinstance(one, Command) and one.verb == "note"]
    assert notes == ["before"]
    assert after[-1][0] > 600, "someone else went on"
    recording, fresh = open_recording(made)
    assert digest(Player(recording, fresh).play(recording.last_tick)) == recording.log
    assert "playing the recording up to 0:06" in said


@pytest.mark.parametrize("tick", [10**6, -1])
def test_nobody_can_go_on_after_the_end(path: Path, tmp_path: Path, tick: int) -> None:
    end = read(path).last_tick
    with pytest.raises(RecordingError, match="nobody can go on"):
        fork(path, max(tick, end), "headless", tmp_path, settings=Settings(), say=print)
    assert list(tmp_path.iterdir()) == [], "nothing was written"
