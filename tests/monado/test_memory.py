"""The memory of a session in the headset grows no more than that of the smallest client that there can be, which runs beside it.

Measured is what each process holds after what is free was given back, while frames are shown and all inputs read, after a warming
up of a fifth as many (`soak.py`). In CI 1,500 frames pass, 75 s at the null compositor's 20 Hz, with nothing on the stage; what
counts is the slope of a straight line, in megabytes of 10,000 frames. All 10,000, with the lake and a recording, by

    tests/monado/run.sh --soak
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from tests.monado.soak import EVERY, Client, held, start

pytestmark = [pytest.mark.monado, pytest.mark.gl, pytest.mark.slow]

SOAK = int(os.environ.get("ABATON_SOAK_FRAMES", "0"))
FRAMES = SOAK or 1500
CLIENT: Client = "scene" if SOAK else "empty"
MOST_MB = 2.0
"""In 10,000 frames, more than the smallest client."""
SECONDS_A_FRAME = 0.5
"""However busy the machine is."""


def growth(held_mb: Sequence[float]) -> float:
    """Megabytes more in 10,000 frames, by a straight line."""
    return float(np.polyfit(np.arange(len(held_mb)) * EVERY, held_mb, 1)[0]) * 10_000


def test_it_grows_no_more_than_the_smallest_client(record_property: Callable[[str, object], None]) -> None:
    running = {client: start(client, FRAMES // 5, FRAMES) for client in ("bare", CLIENT)}
    try:
        found = {client: held(one, SECONDS_A_FRAME * FRAMES + 300.0) for client, one in running.items()}
    finally:
        for one in running.values():
            one.kill()
            one.wait()
    grown = {client: growth(one) for client, one in found.items()}
    told = {client: (round(grown[client], 2), round(one[0], 1), round(one[-1] - one[0], 2)) for client, one in found.items()}
    record_property("megabytes more in 10,000 frames, of how many, and more at the end", told)
    print(told)
    assert grown[CLIENT] <= max(grown["bare"], 0.0) + MOST_MB
    assert found[CLIENT][-1] - found[CLIENT][0] <= max(found["bare"][-1] - found["bare"][0], 0.0) + MOST_MB
