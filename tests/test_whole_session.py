"""Whole sessions, from the first tick to the end, where no graphics and no headset can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

PLAY = """
import sys
for name in ("panda3d", "xr", "OpenGL"):
    sys.modules[name] = None  # an import of it now raises ImportError

import json
from engine.rehearsal import Visitor
from engine.session import Session
from engine.session.log import digest
from engine.spec.load import load_scene
from headset.inputs import Command

leave_at = int(sys.argv[2])
session = Session(load_scene(sys.argv[1]), seed=7)
visitor = Visitor(session.world, seed=7)
events = []
for tick in range(100_000):
    inputs = [visitor.person(tick)]
    if tick == leave_at:
        inputs.append(Command("operator", "leave"))
    events += session.step(tick, inputs)
    if session.over:
        break
print(json.dumps({
    "outcome": session.outcome,
    "tick": session.tick,
    "log": digest(events),
    "events": sorted({event.event for event in events}),
    "loaded": sorted(name for name in sys.modules if name.split(".")[0] in {"panda3d", "xr", "OpenGL"} and sys.modules[name]),
}))
"""


def play(scene: str, leave_at: int = -1) -> dict[str, Any]:
    """Play a scene with a visitor in a process of its own; what came out."""
    done = subprocess.run(
        [sys.executable, "-c", PLAY, scene, str(leave_at)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_a_session_runs_to_its_end_without_graphics_and_again_the_same() -> None:
    first, second = play("lakeside"), play("lakeside")
    assert first["outcome"] == "finished"
    assert first["tick"] == 18_000
    assert first["loaded"] == []
    assert first["log"] == second["log"]


def test_the_visitor_takes_what_lies_at_hand_and_puts_it_back() -> None:
    assert {"session_began", "state_entered", "grabbed", "released", "session_ended"} <= set(play("lakeside")["events"])


def test_the_operator_can_end_a_session_at_any_tick() -> None:
    told = play("lakeside", leave_at=4321)
    assert (told["outcome"], told["tick"]) == ("left", 4321)
