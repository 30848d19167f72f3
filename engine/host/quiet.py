"""No long pauses: Python's full garbage collections are kept out of a session, and threads make way for frames."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_SECONDS = 0.0002
"""After so long another thread lets the frame's go on; Python's own 5 ms are half a frame."""


@contextmanager
def no_full_collections() -> Iterator[None]:
    """Collect all there is, set it aside, and let only young garbage be collected until the end.

    A full collection over a loaded scene takes tens of milliseconds, which a person in a headset sees as a jump. What a
    session makes is freed by reference counts and the two young generations; a session is too short for the rest to matter.
    """
    gc.collect()
    gc.freeze()
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, 1_000_000)
    switch = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(switch)
        gc.set_threshold(young, middle, old)
        gc.unfreeze()
