"""`abaton bench --headset` on a real runtime."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.monado.service import Service

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]


def test_a_frame_in_the_headset_is_measured_part_by_part(
    service: Service, record_property: Callable[[str, object], None]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "engine", "bench", "--headset"], capture_output=True, text=True, timeout=400, check=False
    )
    print(done.stdout)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.startswith("Monado: Remote HMD, "), done.stderr[-3000:]
    rows = {line.split("|")[1].strip(): float(line.split("|")[2]) for line in done.stdout.splitlines()[4:]}
    record_property("microseconds of a frame", rows)
    assert list(rows) == ["poll", "sync", "locate", "scene", "cull", "draw", "submit", "all of it", "p99 of all"]
    assert all(rows[part] > 0 for part in rows)
    assert sum(rows[part] for part in list(rows)[:7]) == pytest.approx(rows["all of it"], abs=5.0)
