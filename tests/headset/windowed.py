"""A piece of Python in a process of its own, before a screen."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.headset.desktop import x_server


def run_before_a_screen(code: str, seconds: float = 300.0) -> subprocess.CompletedProcess[str]:
    """Run it to its end, with this process's X server as its screen. (Not by xvfb-run: two at once may choose one number.)"""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DISPLAY": x_server(), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
