"""Through the whole house: the stone is taken, carried and put back in the headset; the session is left, kept and replayed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.host.rerun import replay
from engine.session.log import line
from engine.world.vectors import Vec3, add, distance
from tests.monado.remote import Controller, Head, Pose, Remote, Touchable
from tests.monado.service import Service
from tests.monado.visit import Script, Visit, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl]


def grip_at(visiting: Visit, place: Vec3, squeeze: float) -> Controller:
    """A controller whose grip is at a place of the scene."""
    x, y, z = visiting.session.world.origin.local(place)
    return Controller(Pose((x, z, -y)), squeeze=squeeze)


@pytest.mark.slow
def test_the_stone_is_taken_carried_put_back_and_the_session_left_kept_and_replayed(remote: Remote, tmp_path: Path) -> None:
    def script(visiting: Visit) -> Script:
        world = visiting.session.world
        stone = world.places["stone"].position
        at = add(stone, (0.0, 0.0, 0.015))
        remote.head(Head(Pose((0.0, 1.2, 0.0))))
        yield from visiting.until(lambda: "focused" in visiting.links())
        remote.controllers(right=grip_at(visiting, at, 0.0))
        yield from visiting.frames_pass(3)
        remote.controllers(right=grip_at(visiting, at, 1.0))
        yield from visiting.until(lambda: world.held.get("stone") == ("participant", "right"))
        for step in range(5):
            remote.controllers(right=grip_at(visiting, add(at, (0.0, 0.06 * step, 0.08 * step)), 1.0))
            yield from visiting.frames_pass(1)
        yield from visiting.frames_pass(3)
        carried = world.places["stone"].position
        assert distance(carried, add(stone, (0.0, 0.24, 0.32))) < 0.002
        remote.controllers(right=grip_at(visiting, add(at, (0.0, 0.0, 0.05)), 1.0))
        yield from visiting.frames_pass(3)
        remote.controllers(right=grip_at(visiting, add(at, (0.0, 0.0, 0.05)), 0.0))
        yield from visiting.until(lambda: ("engine", "landed", "stone") in visiting.told("landed"))
        assert distance(world.places["stone"].position, stone) < 0.005
        remote.controllers(right=Controller(Pose((0.2, 1.0, -0.3)), b_button=Touchable(click=True)))
        yield from visiting.until(lambda: visiting.session.over)

    with visit(samples=0) as visiting:
        recording = visiting.record(tmp_path)
        visiting.play(script(visiting))
        deeds = visiting.told("grabbed", "released", "landed", "session_ended")
        assert deeds == [
            ("participant", "grabbed", "stone"),
            ("participant", "released", "stone"),
            ("engine", "landed", "stone"),
            ("participant", "session_ended", "lakeside"),
        ]
        assert visiting.session.outcome == "left"
        log = "".join(f"{line(event)}\n" for event in visiting.events)

    assert (tmp_path / "events.jsonl").read_text(encoding="utf-8") == log
    replayed = replay(recording)
    assert replayed.same
    assert "".join(f"{line(event)}\n" for event in replayed.events) == log


@pytest.mark.slow
def test_abaton_run_headset_plays_until_the_menu_is_held_and_rests_in_the_calm_room(service: Service, tmp_path: Path) -> None:
    """The command itself, in a process of its own."""
    command = [sys.executable, "-m", "engine", "run", "lakeside", "--headset", "--record", "--out", str(tmp_path)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        log = tmp_path / "lakeside-001" / "events.jsonl"
        with Remote() as remote:
            remote.reset()
            deadline = time.monotonic() + 120.0
            while not (log.exists() and '"focused"' in log.read_text(encoding="utf-8")):
                assert running.poll() is None, running.communicate()[0]
                assert time.monotonic() < deadline
                time.sleep(0.1)
            remote.controllers(left=Controller(b_button=Touchable(click=True)))
            rests = log.with_name("host.jsonl")
            while not (rests.exists() and '"calm_room"' in rests.read_text(encoding="utf-8")):
                assert running.poll() is None, running.communicate()[0]
                assert time.monotonic() < deadline
                time.sleep(0.1)
            running.terminate()
            said, _ = running.communicate(timeout=60.0)
    finally:
        running.kill()
        running.wait()
    assert running.returncode == 128 + signal.SIGTERM, said
    assert "session ended  left" in said
    events = [json.loads(text) for text in log.read_text(encoding="utf-8").splitlines()]
    assert events[-1]["event"] == "session_ended"
    assert events[-1]["because"] == "menu button held for a second"
    assert replay(log.with_name("recording.jsonl")).same
