"""Someone at a desk before `abaton run SCENE` in a real window: a real mouse and keys, and eyes that see what was recorded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from math import asin, atan2, degrees, hypot
from pathlib import Path
from typing import Any

from engine.host.player import Player, open_recording
from engine.session.recording import read
from engine.world import World
from engine.world.joints import point_of
from engine.world.vectors import Vec3, subtract
from headset.inputs import TICKS_PER_SECOND, Pose
from headset.simulator.body import DEGREES_PER_PIXEL
from tests.headset.desktop import x_server
from tests.host.running import lines, until

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240.0
"""Seconds. The room's light is traced first, and the machine may have other things to do."""
JERK = 40
"""Pixels that the mouse is moved at once: as far as a hand moves it from frame to frame."""
NEAR = 1.0
"""Degrees off a thing that are near enough: a stone on the next seat is four degrees wide."""
SHOWN = 2.0
"""Seconds of the scene by which the recording goes on until what was done shows: it is written once a second."""
ME = "participant"


class Desk:
    """Someone before a window in which a scene is played; what they have of it are the window and what it leaves on disk.

    Nothing is shaded: what is shown is looked at elsewhere, and the scene keeps its time however slow the machine is. `asked` are
    more words of the command.
    """

    def __init__(self, scene: str, out: Path, asked: Sequence[str] = ()) -> None:
        self.folder = out / f"{scene}-001"
        self.environment = {**os.environ, "DISPLAY": x_server(), "GALLIUM_NOOP": "1"}
        self._player: Player | None = None
        self._fidgets = 0
        command = [sys.executable, "-m", "engine", "run", scene, "--record", "--size", "320x180", "--out", str(out), *asked]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            self.until(self._begun)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End what still runs, the one that draws as well as the one that watches over it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    # -- what is seen

    @property
    def world(self) -> World:
        """The scene as last recorded."""
        assert self._player is not None
        self._player.recording = read(self.folder / "recording.jsonl", checked=False)
        self._player.play(self._player.recording.last_tick)
        return self._player.session.world

    @property
    def head(self) -> Pose:
        """The head as last recorded, in the person's own space."""
        head = self.world.people[ME].head
        assert head is not None
        return head

    @property
    def looks(self) -> tuple[float, float]:
        """Yaw and pitch of the head, in degrees."""
        w, i, j, k = self.head.quaternion
        yaw = degrees(atan2(2 * (i * j - w * k), 1 - 2 * (i * i + k * k)))
        return yaw, degrees(asin(max(-1.0, min(1.0, 2 * (j * k + w * i)))))

    @property
    def seconds(self) -> float:
        """Of the session that are recorded."""
        assert self.world is not None
        assert self._player is not None
        return self._player.session.tick / TICKS_PER_SECOND

    @property
    def over(self) -> bool:
        """Whether the recorded session has ended."""
        assert self._player is not None
        return self._player.session.over

    def lines(self, name: str) -> list[Any]:
        """What a file of the run holds in whole lines; nothing while it is not there."""
        return lines(self.folder / name)

    def happened(self, event: str, what: str) -> bool:
        """Whether something was logged."""
        return any((one["event"], one.get("what")) == (event, what) for one in self.lines("events.jsonl"))

    def until(self, true: Callable[[], bool], what: str = "") -> None:
        """Wait for something."""
        until(
            lambda: true() or self._fidget(),
            self.process,
            lambda: (f"not yet {what or 'there'}", self.lines("events.jsonl")[-5:]),
            PATIENCE,
            every=0.2,
        )

    def _fidget(self) -> bool:
        """False; and move the mouse to and fro by a pixel, as a hand does that lies on it: while nobody moves nothing is
        recorded, and what went before is not written either."""
        self._fidgets += 1
        self.do("mousemove_relative", "--", "1" if self._fidgets % 2 else "-1", "0")
        return False

    def spot(self, thing: str, control: str = "") -> Vec3:
        """Where a thing has its middle, or a control of it stands."""
        world = self.world
        if control:
            one = world.bodies[thing].card.controls[control]
            return point_of(world, thing, one.at, one.joint)
        return world.places[thing].point((0.0, 0.0, world.bodies[thing].size[2] / 2))

    # -- what is done

    def do(self, *words: str) -> None:
        """What xdotool is told: `mousedown 1`, `key n`."""
        subprocess.run(["xdotool", *words], env=self.environment, check=True)

    def sit_down(self) -> None:
        """Click into the window, until the mouse turns the head: a click that comes before the window has the focus is lost."""
        began = self.looks
        ends = time.monotonic() + PATIENCE
        while self.looks == began:
            assert time.monotonic() < ends, "the window does not take the mouse"
            self.do("mousemove", "400", "300", "click", "1")
            time.sleep(0.5)
            self.do("mousemove_relative", "--", "20", "10")
            time.sleep(2.0)

    def leave(self) -> tuple[str, str]:
        """Press Esc until the window is gone: one that comes while the calm room opens is not heard. What was said, and what was
        wrong."""
        ends = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < ends, "the window does not close"
            self.do("key", "Escape")
            time.sleep(1.0)
        return self.process.communicate()

    def look_at(self, thing: str, control: str = "") -> None:
        """Move the mouse until the head looks at a thing, or at a control of it."""
        self.look_to(lambda: self.spot(thing, control), thing)

    def look_to(self, point: Callable[[], Vec3], name: str = "it", near: float = NEAR) -> None:
        """Move the mouse until the head looks at a point of the scene, to so many degrees."""
        ends = time.monotonic() + PATIENCE
        while True:
            right, up = self._off(point())
            if max(abs(right), abs(up)) <= near:
                return
            assert time.monotonic() < ends, f"{name} is {right:.0f} degrees to the right and {up:.0f} up"
            self.move(right, up)
            self.wait()

    def wait(self, seconds: float = SHOWN) -> None:
        """Wait until so much more of the scene is recorded, or it is over."""
        ends = self.seconds + seconds
        self.until(lambda: self.seconds >= ends or self.over, "the recording to go on")

    def move(self, right: float, up: float) -> None:
        """Move the mouse as far as it turns the head, or a wrist, by so many degrees."""
        ways = (round(right / DEGREES_PER_PIXEL), round(-up / DEGREES_PER_PIXEL))
        jerks = max(1, -(-max(abs(way) for way in ways) // JERK))
        for jerk in range(jerks):
            step = [str(way * (jerk + 1) // jerks - way * jerk // jerks) for way in ways]
            self.do("mousemove_relative", "--", *step)
            time.sleep(0.04)

    def hold(self, key: str, seconds: float) -> None:
        """Keep a key down for a time, then wait until what it did shows."""
        self.do("keydown", key)
        time.sleep(seconds)
        self.do("keyup", key)
        self.wait()

    def _begun(self) -> bool:
        path = self.folder / "recording.jsonl"
        if not path.exists() or not path.read_bytes():
            return False
        if self._player is None:
            self._player = Player(*open_recording(path))
        return ME in self.world.people

    def _off(self, point: Vec3) -> tuple[float, float]:
        """Degrees to the right and up from where the head looks to a point of the scene."""
        x, y, z = subtract(self.world.origin.local(point), self.head.metres)
        yaw, pitch = self.looks
        return (degrees(atan2(x, y)) - yaw + 180.0) % 360.0 - 180.0, degrees(atan2(z, hypot(x, y))) - pitch
