"""How long a scene takes to start: with an empty cache, and with what that start has left in it.

Each start is a process of its own, `python -m engine.authoring.starts SCENE`, that prints the seconds from the scene's file to
its first picture, without imports, as JSON. It draws without a screen; under `GALLIUM_NOOP=1` nothing is shaded, so that the
processor's work is compared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass

from engine.session import Session
from engine.spec.load import load_scene
from engine.view.stage import Stage
from engine.view.ui.captions import Captions
from engine.view.view import View
from headset.driver import Surface

CACHED = 3
"""How often a cached start is tried; the quickest counts."""


@dataclass(frozen=True, slots=True)
class Starts:
    """Seconds from a scene's file to its first picture."""

    cold: float
    cached: float


class StartError(Exception):
    """A scene did not start; the message is what it said."""


def measure(scene: str) -> Starts:
    """Start a scene in an empty cache of its own, then again. Raises StartError."""
    with tempfile.TemporaryDirectory(prefix="abaton-starts-") as cache:
        cold = start(scene, cache)
        return Starts(cold, min(start(scene, cache) for _ in range(CACHED)))


def start(scene: str, cache: str) -> float:
    """The seconds of one start in a process of its own, with this cache. Raises StartError."""
    environment = {**os.environ, "GALLIUM_NOOP": "1", "ABATON_CACHE": cache}
    environment.pop("DISPLAY", None)
    command = [sys.executable, "-m", "engine.authoring.starts", scene]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StartError(done.stderr.strip())
    return float(json.loads(done.stdout))


def seconds(scene: str) -> float:
    """The seconds of a start in this process."""
    began = time.perf_counter()
    session = Session(load_scene(scene))
    with closing(Stage()) as stage:
        stage.open(Surface("buffer", (64, 64)))
        View(session, stage, Captions(stage, session.world))
        stage.warm()
        return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(seconds(sys.argv[1])))
