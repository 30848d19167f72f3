"""`abaton run --watch` in a real window: a scene is saved, broken and mended while it plays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.headset.desktop import x_server
from tests.host.running import kill, lines, until
from tests.host.test_watch import ROOM

pytestmark = [pytest.mark.gl, pytest.mark.slow]

ABATON = [sys.executable, "-m", "engine"]
ROOT = Path(__file__).resolve().parent.parent.parent


class Run:
    """An `abaton run FILE --watch` that plays in a window."""

    def __init__(self, folder: Path) -> None:
        self.file, self.out, self.told = folder / "room.yaml", folder / "out", folder / "told.txt"
        self.file.write_text(ROOM, encoding="utf-8")
        self.environment = {**os.environ, "DISPLAY": x_server(), "PYTHONUNBUFFERED": "1"}
        with self.told.open("w") as told:
            self.process = subprocess.Popen(
                [*ABATON, "run", str(self.file), "--watch", "--size", "240x160", "--out", str(self.out)],
                cwd=ROOT,
                env=self.environment,
                stdout=told,
                stderr=subprocess.STDOUT,
            )
        self.until(lambda: bool(self.events("state_entered")))

    def until(self, true: Callable[[], bool]) -> None:
        until(true, self.process, self.told.read_text)

    def events(self, *kinds: str) -> list[dict[str, Any]]:
        return [event for event in lines(self.out / "room-001" / "events.jsonl") if event["event"] in kinds]

    def save(self, old: str = "", new: str = "") -> None:
        """As careful editors do: a new file in the old one's place."""
        beside = self.file.with_suffix(".part")
        beside.write_text(ROOM.replace(old, new) if old else ROOM, encoding="utf-8")
        beside.replace(self.file)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    made = Run(tmp_path)
    yield made
    kill(made.process)


def test_an_author_saves_breaks_and_mends_a_scene_that_plays(run: Run) -> None:
    run.save("[0 m, 1 m]", "[0.8 m, 1 m]")
    run.until(lambda: len(run.events("reloaded")) == 1)
    run.save("visitor_chair", "visitor_chiar")
    run.until(lambda: "there is no prefab 'visitor_chiar'" in run.told.read_text())
    run.save("look_around", "look_about")
    run.until(lambda: len(run.events("reloaded")) == 2)
    first, second = run.events("reloaded")
    assert (first["what"], first["value"]) == ("room", "went on")
    assert second["value"] == "began again"
    assert second["because"].endswith("the scenario has no state 'look_around' any more")
    assert first["because"] != second["because"]
    assert [event["what"] for event in run.events("state_entered")] == ["look_around", "look_about"]
    run.process.send_signal(signal.SIGINT)
    run.process.wait(180)
    told = run.told.read_text()
    assert run.process.returncode == 130, told
    assert "Traceback" not in told
    assert "reloaded  went on, scene " in told
    last = run.events("session_ended")[-1]
    assert (last["value"], last["because"]) == ("left", "Ctrl-C")
    numbers = [event["n"] for event in run.events("session_began", "state_entered", "reloaded", "leave", "session_ended")]
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--watch", "--record"], "give --watch or --record, not both"),
        (["--watch", "--headless"], "--watch needs a window or a headset"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_a_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    done = subprocess.run(
        [*ABATON, "run", "lakeside", "--out", str(tmp_path), *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []
