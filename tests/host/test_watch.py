"""Watching a scene: what is saved is read in a thread and shown in place of what was; what is wrong is told inside the scene."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.host.reload import Watched
from engine.host.run import Settings
from engine.host.watch import Reading, Watcher, look
from engine.session import Event, Session
from engine.view.geometry.gltf import ModelError
from engine.view.indoor import house
from engine.view.stage import Stage
from engine.view.view import View
from headset.inputs import Person, Pose
from headset.offscreen import Offscreen

ROOM = """\
spec: 1
language: en
rooms:
  bay: {size: [4.2 m, 3.6 m, 2.7 m]}
lights:
  panel: {use: led_panel, against: bay.ceiling}
props:
  chair: {use: visitor_chair, in: bay, at: [0 m, 1 m], facing: south}
people:
  participant: {in: bay, at: [0 m, -1.2 m]}
scenario:
  start: look_around
  states:
    look_around:
      rules: {when: after 10 min, go: end}
text:
  title: A room
"""
HEAD = Person(head=Pose.of((0.0, 0.0, 1.6)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small scene on the disk."""
    path = tmp_path / "room.yaml"
    path.write_text(ROOM, encoding="utf-8")
    return path


def save(path: Path, old: str = "", new: str = "") -> None:
    """Save the scene with some words replaced."""
    assert old in ROOM
    path.write_text(ROOM.replace(old, new) if old else ROOM, encoding="utf-8")


def until(found: Callable[[], Reading | None], seconds: float = 120.0) -> Reading:
    ends = time.monotonic() + seconds
    while (reading := found()) is None:
        assert time.monotonic() < ends, "nothing was read"
        time.sleep(0.01)
    return reading


@pytest.fixture
def watcher(file: Path) -> Iterator[Watcher]:
    def read() -> Session:
        return Session(Settings().load(str(file)))

    with closing(Watcher(str(file), read(), read)) as one:
        yield one


def test_nothing_is_read_until_something_is_saved(watcher: Watcher) -> None:
    time.sleep(0.5)
    assert watcher.newest() is None


def test_what_is_saved_is_read_once(watcher: Watcher, file: Path) -> None:
    save(file, "[0 m, 1 m]", "[0.5 m, 1 m]")
    session = until(watcher.newest).session
    assert session is not None
    assert session.tick == -1
    assert session.world.places["chair"].position[0] == pytest.approx(0.5)
    time.sleep(0.5)
    assert watcher.newest() is None


def test_a_broken_save_is_read_as_what_is_wrong_and_the_next_good_one_as_a_scene(watcher: Watcher, file: Path) -> None:
    save(file, "visitor_chair", "visitor_chiar")
    broken = until(watcher.newest)
    assert broken.session is None
    assert [(one.code, one.span.line, one.remedy) for one in broken.diagnostics] == [
        ("E0801", 8, "did you mean 'visitor_chair'?")
    ]
    save(file)
    assert until(watcher.newest).session is not None


def test_things_that_have_no_place_are_wrong_too(watcher: Watcher, file: Path) -> None:
    save(file, "[0 m, 1 m]", "[9 m, 1 m]")
    assert until(watcher.newest).diagnostics


def test_a_file_that_the_scene_includes_is_watched_from_then_on(watcher: Watcher, file: Path) -> None:
    (file.parent / "more").mkdir()
    more = file.parent / "more" / "texts.yaml"
    more.write_text("text:\n  hello: Hello\n", encoding="utf-8")
    save(file, "language: en\n", "language: en\ninclude: [more/texts.yaml]\n")
    first = until(watcher.newest).session
    assert first is not None
    time.sleep(0.5)
    assert watcher.newest() is None, "that another file is watched is no change"
    more.write_text("text:\n  hello: Welcome\n", encoding="utf-8")
    second = until(watcher.newest).session
    assert second is not None
    assert (first.scene.text["hello"], second.scene.text["hello"]) == ("Hello", "Welcome")


def test_other_languages_cards_and_models_are_looked_at(file: Path) -> None:
    (file.parent / "room.de.yaml").write_text("text: {title: Ein Zimmer}\n", encoding="utf-8")
    names = {path.name for path in look(str(file))}
    assert {"room.yaml", "room.de.yaml", "visitor_chair.yaml", "visitor_chair.glb"} <= names


class Room:
    """The scene, watched and drawn offscreen: the loop's four lines, one frame at a time."""

    def __init__(self, file: Path, stage: Stage) -> None:
        settings = Settings()
        self.session = Session(settings.load(str(file)))
        self.driver = Offscreen((240, 160), samples=0, script=lambda _: [HEAD])
        self.driver.open(stage)
        self.stage = stage
        self.said: list[str] = []
        self.events: list[Event] = []
        self.watched = Watched(str(file), settings, self.session, stage, self.said.append)
        self.frame()

    def frame(self) -> None:
        if (other := self.watched.change(self.session)) is not None:
            self.session = other[0]
            self.events += other[2]
        frame = self.driver.wait()
        assert frame is not None
        self.events += self.session.step(self.session.tick + 1, self.driver.inputs(frame))
        self.watched.update(self.session.tick / 100)
        self.driver.render(frame, self.stage)

    def until(self, true: Callable[[], bool], seconds: float = 120.0) -> None:
        """Play until something is so, and draw it."""
        ends = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < ends, (self.said, self.watched.notice.words)
            time.sleep(0.05)  # what is read and traced meanwhile needs the processor more than frames that nobody sees
            self.frame()
        self.frame()

    def reloads(self, count: int) -> Callable[[], bool]:
        return lambda: len([one for one in self.events if one.event == "reloaded"]) == count

    def picture(self) -> NDArray[np.int16]:
        return self.driver.picture().astype(np.int16)


@pytest.fixture
def room(file: Path) -> Iterator[Room]:
    with closing(Stage()) as stage:
        made = Room(file, stage)
        with closing(made.watched), closing(made.driver):
            yield made


def differs(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    """The part of a picture that is clearly another."""
    return float((np.abs(one - other).max(-1) > 24).mean())


@pytest.mark.gl
@pytest.mark.slow
def test_a_moved_thing_is_seen_where_it_is_now_and_its_light_follows(room: Room, file: Path) -> None:
    before = room.picture()
    save(file, "[0 m, 1 m]", "[0.8 m, 1 m]")
    room.until(room.reloads(1))
    drafted = room.picture()
    assert room.watched.view.drafted
    assert differs(before, drafted) > 0.02
    room.until(lambda: not room.watched.view.drafted)
    traced = room.picture()
    assert room.session.world.people["participant"] == HEAD
    assert differs(drafted, traced) < 0.02 < differs(before, traced)
    assert np.abs(drafted - traced).mean() < 3.0
    with closing(Stage()) as stage, closing(Offscreen((240, 160), samples=0, script=lambda _: [HEAD])) as driver:
        driver.open(stage)
        session = Session(Settings().load(str(file)))
        view = View(session, stage)
        frame = driver.wait()
        assert frame is not None
        session.step(0, driver.inputs(frame))
        view.update(0.0)
        driver.render(frame, stage)
        assert np.abs(driver.picture().astype(np.int16) - traced).max() <= 2  # as if it had been started so
    save(file)
    room.until(room.reloads(2))
    assert not room.watched.view.drafted  # its light is known
    assert np.abs(room.picture() - before).max() <= 2


@pytest.mark.gl
@pytest.mark.slow
def test_a_broken_save_is_told_inside_the_scene_and_the_next_good_one_clears_it(room: Room, file: Path) -> None:
    before, tick = room.picture(), room.session.tick
    save(file, "visitor_chair", "visitor_chiar")
    room.until(lambda: bool(room.watched.notice.words))
    assert room.watched.notice.words == (
        "room.yaml:8: there is no prefab 'visitor_chiar'\n→ did you mean 'visitor_chair'?\nThe last good scene goes on."
    )
    told = room.picture()
    changed = np.abs(told - before).max(-1) > 24
    assert 0.02 < changed.mean() < 0.4
    assert changed[60:100].mean() > 3 * changed[:40].mean()  # in the middle of the picture
    assert room.session.tick > tick
    assert any("there is no prefab 'visitor_chiar'" in line for line in room.said)
    save(file)
    room.until(room.reloads(1))
    assert room.watched.notice.words == ""
    assert np.abs(room.picture() - before).max() <= 2


@pytest.mark.gl
@pytest.mark.slow
def test_a_model_that_cannot_be_drawn_leaves_the_last_good_world(room: Room, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = room.picture()
    build = house.House.add

    def refuse(*given: Any, **named: Any) -> None:
        monkeypatch.setattr(house.House, "add", build)
        raise ModelError("chair.glb has an image that cannot be decoded; export it with PNG or JPEG images.")

    monkeypatch.setattr(house.House, "add", refuse)
    save(file, "[0 m, 1 m]", "[0.8 m, 1 m]")
    room.until(lambda: bool(room.watched.notice.words))
    assert room.watched.notice.words.startswith("chair.glb has an image that cannot be decoded")
    assert room.reloads(0)()
    room.watched.notice.clear()
    room.frame()
    assert np.abs(room.picture() - before).max() <= 2
