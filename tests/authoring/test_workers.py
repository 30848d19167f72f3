"""Processes that play scenes: Ctrl-C is for the one in front."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SLOW = """\
from pathlib import Path
import time
Path("begun").touch()
time.sleep(1)
def prepare():
    pass
"""

FRONT = """\
from engine.authoring.workers import Workers
import sys, time, types
if __name__ == "__main__":
    # Only who is started reads the module: the one in front just names it.
    sys.modules["slow"] = slow = types.ModuleType("slow")
    exec("def prepare(): ...", slow.__dict__)
    with Workers(1, slow.prepare) as workers:
        doubled = [workers.submit(int.__mul__, 2, number) for number in (1, 2)]
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            print("interrupted", *[one.result() for one in doubled])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal cannot be blocked there")
def test_ctrl_c_while_they_still_start_reaches_only_the_one_in_front(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    (tmp_path / "front.py").write_text(FRONT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "front.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 180
    while not (tmp_path / "begun").exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    said, wrong = process.communicate(timeout=180)
    assert wrong == ""
    assert said.split() == ["interrupted", "2", "4"]
