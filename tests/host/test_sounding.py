"""A person's session is heard, from its panels to the calm room; one that nobody plays opens no sound device."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from engine.host import run as running
from engine.host.heart import Heart
from engine.host.run import Around, _live, _lose_sound, pictures
from engine.session import Event, Session
from engine.view.stage import Stage
from headset.driver import Frame
from headset.inputs import Command, Input, Person, Pose
from headset.offscreen import Offscreen
from tests.host.pointing import idle
from tests.interaction.ward import ward
from tests.view.sound.hearing import NotingEars

HEAD = Person(head=Pose.of((0.0, 0.0, 1.6)))

GIVEN: dict[int, Sequence[Input]] = {
    5: (HEAD,),
    10: (Command("operator", "do", "press bell"),),
    20: (Command("operator", "volume", "+10"),),
    30: (Command("participant", "pause"),),
    40: (idle(["next"]),),
    45: (HEAD,),
    50: (idle(["next"]),),
    55: (HEAD,),
    60: (idle(["previous"]),),
    65: (HEAD,),
    70: (idle(["select"]),),
    75: (HEAD,),
    100: (Command("participant", "leave"),),
    300: (Command("participant", "leave", "Enter pressed"),),
}
"""What comes in at which of the device's ticks: a press, the pause menu and its first item, leaving, the end in the calm room."""


class Blank:
    """A view of nothing."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def update(self, display_time: float) -> None:
        """Nothing is shown."""


@pytest.mark.gl
def test_a_session_is_heard_from_its_first_press_to_the_calm_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ears, said, heard = NotingEars(), list[str](), list[tuple[str, int]]()
    monkeypatch.setattr(running, "open_ears", lambda: ears)
    session = Session(ward(tmp_path))

    def watch(frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        heard.append((session.state, len(ears.heard)))

    device = Offscreen((32, 18), refresh_hz=100.0, script=lambda frame: GIVEN.get(frame.tick, ()), wanted=lambda tick: False)
    with closing(Stage()) as stage, closing(device):
        device.open(stage)
        around = Around(device, stage, tmp_path, said.append, Heart())
        _live(session, Blank(stage), around, watch, stop=lambda: "")
    keys = [key for key, _ in ears.heard]
    assert keys[:6] == ["press", "notice at the head", *["hover"] * 3, "choose"]
    assert [key for key in keys[6:] if key != "hover"] == ["calm at the head"]
    assert keys[-1] == "calm at the head"
    assert ears.volumes == [70.0, 80.0]
    assert "          volume 80 %" in said
    assert ears.stopped[-1] == "all"
    assert ears.closed
    assert heard[-1][1] == len(ears.heard) - 1, "the swell comes after the session"


@pytest.mark.gl
def test_what_nobody_plays_opens_no_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("a sound device was opened")

    monkeypatch.setattr(running, "open_ears", refuse)
    session = Session(ward(tmp_path))
    device = Offscreen((32, 18), script=lambda frame: GIVEN.get(frame.tick, ()))
    with closing(Stage()) as stage, closing(device):
        device.open(stage)
        pictures(session, Blank(stage), device, tmp_path, watch=lambda *_: None, say=lambda _: None)  # type: ignore[arg-type]
    assert session.outcome == "left"


def test_a_device_that_has_gone_is_told_and_kept(tmp_path: Path) -> None:
    said: list[str] = []
    around = Around(Offscreen(), Stage(), tmp_path, said.append, Heart())
    _lose_sound(around, "the sound device has gone")
    assert said == ["the sound device has gone"]
    (line,) = (tmp_path / "host.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["event"] == "sound_lost"
