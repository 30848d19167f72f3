"""`abaton run` in a real window, with a real mouse: the whole way from a click to a recording that replays the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from math import asin, atan2, degrees
from pathlib import Path
from typing import Any

import pytest

from engine.session.recording import read
from headset.inputs import Person
from tests.headset.desktop import x_server
from tests.host.running import kill, lines, until

pytestmark = [pytest.mark.gl, pytest.mark.slow]

ABATON = [sys.executable, "-m", "engine"]
ROOT = Path(__file__).resolve().parent.parent.parent
STONE = (90.0, -61.5)
"""Yaw and pitch in degrees at which someone on the bench looks at the stone beside them."""


class Run:
    """An `abaton run lakeside --record` that plays in a window, and what it has written so far."""

    def __init__(self, out: Path) -> None:
        self.display = x_server()
        self.out = out
        self.environment = {**os.environ, "DISPLAY": self.display}
        self.process = subprocess.Popen(
            [*ABATON, "run", "lakeside", "--record", "--size", "320x180", "--set", "rounds=60", "--out", str(out)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.until(lambda: self.looks() is not None)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something; software GL draws a frame or two a second."""
        until(true, self.process, self.events)

    def lines(self, name: str) -> list[Any]:
        return lines(self.out / "lakeside-001" / name)

    def events(self) -> list[str]:
        return [event["event"] for event in self.lines("events.jsonl")]

    def hosted(self, event: str) -> Any:
        """What `host.jsonl` holds of an event, if it does."""
        return next((one for one in self.lines("host.jsonl") if one["event"] == event), None)

    def looks(self) -> tuple[float, float] | None:
        """Yaw and pitch of the head as last recorded."""
        path = self.out / "lakeside-001" / "recording.jsonl"
        if not path.exists() or not path.read_bytes():
            return None
        people = [one for _, given in read(path).tape for one in given if isinstance(one, Person)]
        if not people or people[-1].head is None:
            return None
        w, x, y, z = people[-1].head.quaternion
        up = max(-1.0, min(1.0, 2 * (y * z + w * x)))
        return degrees(atan2(2 * (x * y - w * z), 1 - 2 * (x * x + z * z))), degrees(asin(up))

    def do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def aim(self, yaw: float, pitch: float) -> None:
        """Move the mouse until the head looks there."""
        for _ in range(100):
            was = self.looks()
            assert was is not None
            pixels = [(yaw - was[0]) / 0.12, (was[1] - pitch) / 0.12]
            if max(map(abs, pixels)) < 5:
                return
            self.do("mousemove_relative", "--", *[str(round(max(-40.0, min(40.0, far)))) for far in pixels])
            # What is moved while the pointer is being taken does not count, so it may have to be done again.
            self.until(partial(self._looks_elsewhere, was, time.monotonic() + 3.0))
        raise AssertionError(f"looks at {self.looks()}")

    def _looks_elsewhere(self, was: tuple[float, float], or_from: float) -> bool:
        return self.looks() != was or time.monotonic() > or_from

    def end(self) -> tuple[int, str, str]:
        """Wait for the end; the exit status, and what was said."""
        out, problems = self.process.communicate(timeout=180)
        return self.process.returncode, out, problems


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    made = Run(tmp_path)
    yield made
    kill(made.process)


def verify(recording: Path) -> None:
    done = subprocess.run([*ABATON, "replay", str(recording), "--verify"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "the same log as recorded"), done.stderr


def test_someone_at_a_desk_takes_the_stone_lays_it_down_and_leaves(run: Run) -> None:
    run.do("mousemove", "400", "300", "click", "1")
    run.aim(*STONE)
    run.do("mousedown", "1")
    run.until(lambda: "grabbed" in run.events())
    run.do("mouseup", "1")
    run.until(lambda: "landed" in run.events())
    run.do("key", "p")
    run.until(lambda: "paused" in run.events())
    run.do("key", "p")
    run.until(lambda: "resumed" in run.events())
    run.do("key", "Escape")
    run.until(lambda: run.hosted("calm_room") is not None)
    calm = run.hosted("calm_room")
    assert calm is not None
    assert calm["outcome"] == "left"
    time.sleep(1.0)
    run.do("key", "Escape")
    status, said, _ = run.end()
    assert status == 0
    assert "left (participant: Esc pressed)" in said
    last = run.lines("events.jsonl")[-1]
    assert (last["event"], last["value"], last["because"]) == ("session_ended", "left", "Esc pressed")
    verify(run.out / "lakeside-001" / "recording.jsonl")


def test_ctrl_c_at_the_terminal_ends_a_window_in_order(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)
    status, _, problems = run.end()
    assert status == 130
    assert "Traceback" not in problems
    assert run.lines("events.jsonl")[-1]["because"] == "Ctrl-C"
    verify(run.out / "lakeside-001" / "recording.jsonl")
