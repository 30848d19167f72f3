"""The memory of a session in the headset does not grow.

Measured is what the process holds (VmRSS) while frames are drawn and shown and all inputs read, after a warming up. Asserted is
the slope of a straight line through it, in megabytes of 10,000 frames.
In CI 1,500 frames pass (75 s at the null compositor's 20 Hz); all 10,000 by

    ABATON_SOAK_FRAMES=10000 tests/monado/run.sh -k memory
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.monado.remote import Head, Pose, Remote
from tests.monado.service import Service
from tests.monado.test_latency import Nothing
from tests.monado.visit import Script, Visit, visit

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

FRAMES = int(os.environ.get("ABATON_SOAK_FRAMES", "1500"))
WARM = 300
MOST_MB = 2.0
"""In 10,000 frames."""
EVERY = 20


def resident_mb() -> float:
    """What this process holds in memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def test_it_does_not_grow(service: Service, record_property: Callable[[str, object], None]) -> None:
    held: list[float] = []

    def script(visiting: Visit) -> Script:
        yield from visiting.until(lambda: "focused" in visiting.links())
        for frame in range(WARM + FRAMES):
            remote.head(Head(Pose((0.0002 * (frame % 500), 1.2, 0.0))))
            yield from visiting.drawn_frames_pass(1)
            # What the test itself remembers of a visit is not the driver's.
            visiting.inputs[:] = visiting.inputs[:1]
            visiting.frames.clear()
            visiting.events.clear()
            if frame >= WARM and frame % EVERY == 0:
                gc.collect()
                held.append(resident_mb())

    with Remote() as remote, visit(samples=0, drawn=False) as visiting:
        remote.reset()
        visiting.view = Nothing(visiting)  # type: ignore[assignment]
        visiting.play(script(visiting))
    slope = float(np.polyfit(np.arange(len(held)) * EVERY, held, 1)[0]) * 10_000
    record_property("megabytes more in 10,000 frames, of how many held", (round(slope, 2), round(held[0], 1)))
    print("slope", slope, "held", held[0], held[-1])
    assert slope <= MOST_MB
    assert held[-1] - held[0] <= MOST_MB
