"""Whether drawing makes a process grow."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Callable
from pathlib import Path

MEGABYTE = 1_000_000


def growth(frame: Callable[[], None], first: int, last: int) -> float:
    """Megabytes by which the process is larger after `last` frames than it was after `first`."""
    for _ in range(first):
        frame()
    before = resident()
    for _ in range(last - first):
        frame()
    return (resident() - before) / MEGABYTE


def resident() -> int:
    """Bytes of memory that this process holds, after what is free was given back (Linux with glibc: proc(5), malloc_trim(3))."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
