"""`abaton run welcome` by hand in a real window, from its first word to its end: a mouse and a key are a body too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.desk_by_hand import Desk

pytestmark = [pytest.mark.gl, pytest.mark.slow]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk("welcome", tmp_path)
    yield made
    made.close()


def test_welcome_is_finished_with_a_mouse_and_a_key(desk: Desk) -> None:
    desk.sit_down()
    desk.look_at("lantern")
    desk.until(lambda: desk.happened("state_entered", "press"))
    desk.look_at("bell", "button")
    desk.do("keydown", "f")
    desk.until(lambda: desk.happened("raised", "bell.pressed"))
    desk.do("keyup", "f")
    desk.look_at("stone")
    desk.do("mousedown", "1")
    desk.until(lambda: desk.happened("grabbed", "stone"))
    desk.do("mouseup", "1")
    desk.until(lambda: any(one["event"] == "calm_room" for one in desk.lines("host.jsonl")))
    events = desk.lines("events.jsonl")
    assert (events[-1]["event"], events[-1]["value"]) == ("session_ended", "finished")
    entered = [(one["what"], one["because"]) for one in events if one["event"] == "state_entered"]
    assert entered == [
        ("look", "the scenario starts there"),
        ("press", "lantern seen for 1 s and after 3 s"),
        ("pick", "bell pressed"),
        ("leave", "stone grabbed"),
    ]
    said, problems = desk.leave()
    assert (desk.process.returncode, "Traceback" in problems) == (0, False)
    assert "session ended  finished" in said
