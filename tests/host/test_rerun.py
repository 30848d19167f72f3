"""A replay of any part of a recording, seen from anywhere."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.host.keep import RECORDING, Keeper
from engine.host.rerun import ViewpointError, eyes_at, replay
from engine.rehearsal import Visitor
from engine.session import Session
from engine.session.recording import Header, RecordingError
from engine.spec.load import load_scene
from engine.view.stage import Stage
from headset.driver import Frame
from headset.inputs import SIDES


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of lakeside, left by the operator."""
    spec = load_scene("lakeside")
    session, folder = Session(spec, 5), tmp_path_factory.mktemp("out")
    visitor = Visitor(session.world, 5)
    with closing(Keeper(folder, session, Header("lakeside", spec.digest, 5))) as keeper:
        for tick in range(3000):
            inputs = [visitor.person(tick)]
            keeper.watch(Frame(tick, tick / 100), inputs, session.step(tick, inputs))
    return folder / RECORDING


def test_parts_of_a_replay_are_the_whole(path: Path) -> None:
    whole = replay(path).events
    first = replay(path, last=1499)
    second = replay(path, first=1500)
    assert first.events + second.events == whole
    assert first.session.tick == 1499
    assert not first.whole
    assert first.same is None
    assert replay(path).whole


def test_a_part_after_the_end_is_refused(path: Path) -> None:
    with pytest.raises(ViewpointError, match="ends at 0:20"):
        replay(path, first=10**6)


def test_another_scene_is_told_with_what_to_do(path: Path, tmp_path: Path) -> None:
    other = tmp_path / RECORDING
    data = path.read_bytes()
    digest = data[data.index(b'"digest":"') + 10 :][:64]
    other.write_bytes(data.replace(digest, b"0" * 64))
    with pytest.raises(RecordingError, match="another version of the scene lakeside; replay it with"):
        replay(other)


@pytest.mark.gl
@pytest.mark.parametrize(("device", "lean"), [("headset", 0.0), ("window", 90.0)])
def test_hands_of_a_headset_are_drawn_along_the_tube_of_their_grips(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, device: str, lean: float
) -> None:
    """Nobody knows with which controllers it was recorded: gloves are drawn, the right way round."""
    other = tmp_path / RECORDING
    head, rest = path.read_bytes().split(b"\n", 1)
    told = json.loads(head) | {"device": device}
    other.write_bytes(json.dumps(told, separators=(",", ":")).encode() + b"\n" + rest)
    stages: list[Stage] = []

    class Seen(Stage):
        def __init__(self) -> None:
            super().__init__()
            stages.append(self)

    monkeypatch.setattr("engine.host.rerun.Stage", Seen)
    replay(other, tmp_path, (32, 18), lambda words: None, first=1500, last=1500)
    assert [one.held for one in stages] == [dict.fromkeys(SIDES, ("", lean))]


@pytest.mark.gl
def test_pictures_are_taken_from_where_one_asks(path: Path, tmp_path: Path) -> None:
    pictures = {}
    for name, view in (("own", "participant"), ("shot", "hero"), ("above", "0,0,9 to 0,1,0")):
        folder = tmp_path / name
        folder.mkdir()
        replay(path, folder, (96, 54), lambda words: None, first=1500, last=1510, viewpoint=view)
        (picture,) = folder.glob("*_to.png")
        pictures[name] = np.asarray(Image.open(picture)).astype(int)
        assert (folder / "01_from.png").exists()
    assert np.abs(pictures["own"] - pictures["above"]).mean() > 5
    assert np.abs(pictures["shot"] - pictures["above"]).mean() > 5


@pytest.mark.parametrize(
    "words", ["nowhere", "", "1,2 to 3,4,5", "1,2,3 to 1,2,3", "nan,0,0 to 0,0,1", "a,b,c to d,e,f", "1,2,3"]
)
def test_a_viewpoint_that_is_none_is_refused_with_those_there_are(words: str) -> None:
    session = Session(load_scene("lakeside"))
    with pytest.raises(ViewpointError, match="give participant, hero"):
        eyes_at(words, session, (160, 90))
