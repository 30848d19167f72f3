"""`abaton run welcome` by hand in a real window, from its first word to its end: a mouse and a key are a body too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from math import asin, atan2, degrees, hypot
from pathlib import Path
from typing import Any

import pytest

from engine.session import Session
from engine.session.recording import read
from engine.spec.load import load_scene
from engine.world import World
from engine.world.joints import point_of
from headset.inputs import Person, Pose
from headset.simulator.body import DEGREES_PER_PIXEL
from tests.headset.desktop import x_server

pytestmark = [pytest.mark.gl, pytest.mark.slow]

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240.0
"""Seconds. The room's light is traced first, and the machine may have other things to do."""
JERK = 40
"""Pixels that the mouse is moved at once: as far as a hand moves it from frame to frame."""
NEAR = 1.0
"""Degrees off a thing that are near enough: a stone on the next seat is four degrees wide."""


class Desk:
    """Someone before a window in which a scene is played; what they have of it are the window and what it leaves on disk.

    Nothing is shaded: what is shown is looked at elsewhere, and the scene keeps its time however slow the machine is.
    """

    def __init__(self, scene: str, out: Path) -> None:
        self.folder = out / f"{scene}-001"
        self.environment = {**os.environ, "DISPLAY": x_server(), "GALLIUM_NOOP": "1"}
        session = Session(load_scene(scene))
        session.step(0)
        self.world: World = session.world
        """Where things are as it begins."""
        command = [sys.executable, "-m", "engine", "run", scene, "--record", "--size", "320x180", "--out", str(out)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            self.until(lambda: self.head() is not None)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something."""
        ends = time.monotonic() + PATIENCE
        while not true():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < ends, f"waited {PATIENCE:g} s in vain; so far: {self.lines('events.jsonl')[-5:]}"
            time.sleep(0.2)

    def lines(self, name: str) -> list[Any]:
        """What a file of the run holds in whole lines; nothing while it is not there."""
        path = self.folder / name
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def happened(self, event: str, what: str) -> bool:
        return any((one["event"], one.get("what")) == (event, what) for one in self.lines("events.jsonl"))

    def head(self) -> Pose | None:
        """The head as last recorded."""
        path = self.folder / "recording.jsonl"
        if not path.exists() or not path.read_bytes():
            return None
        people = [one for _, given in read(path).tape for one in given if isinstance(one, Person)]
        return people[-1].head if people else None

    def do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def sit_down(self) -> None:
        """Click into the window, until the mouse turns the head: a click that comes before the window has the focus is lost."""
        began = self.head()
        ends = time.monotonic() + PATIENCE
        while self.head() == began:
            assert time.monotonic() < ends, "the window does not take the mouse"
            self.do("mousemove", "400", "300", "click", "1")
            time.sleep(0.5)
            self.do("mousemove_relative", "--", "20", "10")
            time.sleep(2.0)

    def look_at(self, thing: str, control: str = "") -> None:
        """Move the mouse until the head looks at a thing, or at a control of it."""
        ends = time.monotonic() + PATIENCE
        while True:
            head = self.head()
            assert head is not None
            right, up = self._off(head, thing, control)
            if max(abs(right), abs(up)) <= NEAR:
                return
            assert time.monotonic() < ends, f"{thing} is {right:.0f} degrees to the right and {up:.0f} up"
            self._move(round(right / DEGREES_PER_PIXEL), round(-up / DEGREES_PER_PIXEL))
            # The recording is written once a second; what is moved while the pointer is being taken does not count.
            waits = time.monotonic() + 3.0
            self.until(lambda: self.head() != head or time.monotonic() > waits)  # noqa: B023

    def _move(self, right: int, down: int) -> None:
        jerks = max(1, -(-max(abs(right), abs(down)) // JERK))
        for jerk in range(jerks):
            step = [str(way * (jerk + 1) // jerks - way * jerk // jerks) for way in (right, down)]
            self.do("mousemove_relative", "--", *step)
            time.sleep(0.04)

    def _off(self, head: Pose, thing: str, control: str) -> tuple[float, float]:
        """Degrees to the right and up from where the head looks to a thing."""
        if control:
            one = self.world.bodies[thing].card.controls[control]
            point = point_of(self.world, thing, one.at, one.joint)
        else:
            point = self.world.places[thing].point((0.0, 0.0, self.world.bodies[thing].size[2] / 2))
        x, y, z = (a - b for a, b in zip(self.world.origin.local(point), head.metres, strict=True))
        w, i, j, k = head.quaternion
        yaw = degrees(atan2(2 * (i * j - w * k), 1 - 2 * (i * i + k * k)))
        pitch = degrees(asin(max(-1.0, min(1.0, 2 * (j * k + w * i)))))
        return (degrees(atan2(x, y)) - yaw + 180.0) % 360.0 - 180.0, degrees(atan2(z, hypot(x, y))) - pitch


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
    assert "time_skipped" not in [one["event"] for one in events]
    desk.do("key", "Escape")
    said, problems = desk.process.communicate(timeout=PATIENCE)
    assert (desk.process.returncode, "Traceback" in problems) == (0, False)
    assert "session ended  finished" in said
