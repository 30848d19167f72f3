"""A client that shows many frames, in a process of its own: `python -m tests.monado.soak CLIENT WARM FRAMES` prints as JSON how
many megabytes it held meanwhile, every EVERY frames after `WARM`.

    bare     the probe: straight calls of pyopenxr, nothing drawn
    empty    our driver and our loop, all inputs read, nothing on the stage
    scene    the same with the lakeside in both eyes, hands and all their joints, and a recording; pictures are tiny and heavy
             meshes are not drawn, so that software OpenGL is done in time (a machine that does not keep up with 20 Hz sees the
             session's end before all frames; half of them must be)

Each has a runtime of its own, and a network of its own, as every service listens on the same port: so they can run side by side.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from engine.authoring.memory import DRAWN, MEGABYTE, resident
from engine.view.census import hide_heavy
from headset.inputs import Command
from tests.monado.probe import probe
from tests.monado.remote import Controller, Head, Pose, Remote
from tests.monado.service import Service
from tests.monado.visit import Nothing, Script, Visit, visit

Client = Literal["bare", "empty", "scene"]

EVERY = 50
"""Frames from one look at the memory to the next."""

LONG = {"rounds": "60", "inhale": "6 s", "exhale": "9 s"}
"""So that the session is not over before all frames are shown."""


TINY = (2 * 32, 24)
"""Pixels of both eyes."""


def start(client: Client, warm: int, frames: int) -> subprocess.Popen[str]:
    """Begin to measure; what it prints is for `held`."""
    # No network but its own loopback.
    alone = ["unshare", "--net", "bash", "-c", 'ip link set lo up; exec "$@"', "alone"]
    command = [*alone, sys.executable, "-m", "tests.monado.soak", client, str(warm), str(frames)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def held(started: subprocess.Popen[str], seconds: float) -> list[float]:
    """Wait until all frames are shown; the megabytes held."""
    said, problems = started.communicate(timeout=seconds)
    assert started.returncode == 0, problems[-6000:]
    found: list[float] = json.loads(said.splitlines()[-1])
    return found


def bare(warm: int, frames: int) -> list[float]:
    """Megabytes held by the smallest client that there can be."""
    found: list[float] = []
    with Service(), probe() as running:
        for frame in range(warm + frames + 1):
            running.frame()
            if frame >= warm and frame % EVERY == 0:
                found.append(resident() / MEGABYTE)
    return found


def ours(warm: int, frames: int, *, drawn: bool) -> list[float]:
    """Megabytes held by a session in the headset."""
    found: list[float] = []

    def script(visiting: Visit) -> Script:
        visiting.driver.allow(frozenset({"joints", "gaze"}))
        yield from visiting.until(lambda: "focused" in visiting.links())
        life = visiting.driver.life
        assert life is not None
        life.frames._use(TINY)
        for frame in range(warm + frames + 1):
            remote.head(Head(Pose((0.0002 * (frame % 500), 1.2, 0.0))))
            curl = frame % 100 / 100
            hand = Controller(Pose((0.2, 1.0 + 0.001 * (frame % 300), -0.4)), curl=(curl, curl, curl, curl, curl))
            remote.controllers(right=hand)
            yield from visiting.drawn_frames_pass(1)
            # What the test itself remembers of a visit is not the driver's.
            visiting.inputs[:] = visiting.inputs[-1:]
            visiting.frames.clear()
            visiting.events.clear()
            if frame >= warm and frame % EVERY == 0:
                found.append(resident() / MEGABYTE)

    with Service(), Remote() as remote, TemporaryDirectory() as folder, visit(samples=0, drawn=drawn, asked=LONG) as visiting:
        remote.reset()
        if drawn:
            hide_heavy(visiting.stage, DRAWN)
            visiting.record(Path(folder))
        else:
            visiting.view = Nothing(visiting.stage)
        visiting.play(script(visiting), first=[Command("participant", "consent", "record_joints")])
        assert len(found) > frames // EVERY // 2, f"over after {len(found) * EVERY} of {frames} frames: the machine is too busy"
    return found


def main(client: str, sizes: Sequence[int]) -> None:
    """Measure one client."""
    warm, frames = sizes
    json.dump(bare(warm, frames) if client == "bare" else ours(warm, frames, drawn=client == "scene"), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]])
