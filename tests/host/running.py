"""A run in a process of its own, and what it has written so far."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def until(
    true: Callable[[], bool],
    process: subprocess.Popen[Any],
    said: Callable[[], object],
    seconds: float = 180.0,
    every: float = 0.05,
) -> None:
    """Wait for something while a process runs, and look every so often; `said` tells what is known if it is in vain."""
    ends = time.monotonic() + seconds
    while not true():
        assert process.poll() is None, (process.returncode, process.communicate(), said())
        assert time.monotonic() < ends, f"waited {seconds:g} s in vain; so far: {said()}"
        time.sleep(every)


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a log that are whole; one that is only begun is none yet."""
    written = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    return [json.loads(line) for line in written if line.endswith("\n")]


def kill(process: subprocess.Popen[Any]) -> None:
    """End it, if it has not ended, and wait until it has."""
    if process.poll() is None:
        process.kill()
    process.communicate()
