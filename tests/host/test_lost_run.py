"""A real run in a window whose process hangs or is killed: its log is whole, and the person is in the calm room."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.host.supervisor import HOST_LOG, LOG
from tests.headset.desktop import x_server
from tests.host.running import lines, until

pytestmark = [pytest.mark.gl, pytest.mark.slow]

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "engine", "run", "lakeside", "--size", "160x90", "--language", "de"]


def child_of(pid: int) -> int:
    """The process that plays."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(found[0])


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_a_run_that_is_lost_leads_into_the_calm_room(tmp_path: Path, number: int) -> None:
    environment = {**os.environ, "DISPLAY": x_server()}
    folder = tmp_path / "lakeside-001"
    with subprocess.Popen(
        [*COMMAND, "--out", str(tmp_path)], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            until(lambda: len(lines(folder / LOG)) > 3, process, lambda: lines(folder / LOG)[-3:])
            time.sleep(2.0)
            os.kill(child_of(process.pid), number)
            until(
                lambda: "calm_room" in [line["event"] for line in lines(folder / HOST_LOG)],
                process,
                lambda: lines(folder / LOG)[-3:],
            )
            noted = [line["event"] for line in lines(folder / HOST_LOG)]
            assert ("hung" in noted) == (number == signal.SIGSTOP)
            assert lines(folder / LOG)[-1]["event"] == "session_ended"
            assert lines(folder / LOG)[-1]["value"] == "lost"
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=180)[1]
        finally:
            process.kill()  # nobody waits for ever
    assert process.returncode == 128 + signal.SIGKILL
    assert "the session was lost" in said
    assert "Traceback" not in said
    assert lines(folder / HOST_LOG)[-1]["event"] == "calm_room_left"
