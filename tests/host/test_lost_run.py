"""A real run in a window whose process hangs or is killed: its log is whole, and the person is in the calm room."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.host.supervisor import HOST_LOG, LOG
from tests.headset.desktop import x_server

pytestmark = [pytest.mark.gl, pytest.mark.slow]

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "engine", "run", "lakeside", "--size", "160x90", "--language", "de"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def child_of(pid: int) -> int:
    """The process that plays."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(found[0])


def until(true: Callable[[], bool], process: subprocess.Popen[str], seconds: float = 90.0) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_a_run_that_is_lost_leads_into_the_calm_room(tmp_path: Path, number: int) -> None:
    environment = {**os.environ, "DISPLAY": x_server()}
    folder = tmp_path / "lakeside-001"
    with subprocess.Popen(
        [*COMMAND, "--out", str(tmp_path)], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        until(lambda: len(lines(folder / LOG)) > 3, process)
        time.sleep(2.0)
        os.kill(child_of(process.pid), number)
        until(lambda: "calm_room" in [line["event"] for line in lines(folder / HOST_LOG)], process)
        noted = [line["event"] for line in lines(folder / HOST_LOG)]
        assert ("hung" in noted) == (number == signal.SIGSTOP)
        assert lines(folder / LOG)[-1]["event"] == "session_ended"
        assert lines(folder / LOG)[-1]["value"] == "lost"
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 128 + signal.SIGKILL
    assert "the session was lost" in said
    assert "Traceback" not in said
    assert lines(folder / HOST_LOG)[-1]["event"] == "calm_room_left"
