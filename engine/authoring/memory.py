"""Whether drawing makes a process grow, in a process of its own: `python -m engine.authoring.memory` prints megabytes as JSON.

This draws on the machine's real OpenGL: under `GALLIUM_NOOP=1` Mesa 22 itself keeps 50 kB of every frame. So that software OpenGL
is done in time, pictures are tiny and heavy meshes are not drawn; all of the engine's work for a frame is done.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from engine.authoring.frames import running
from engine.host.quiet import no_full_collections

MEGABYTE = 1_000_000
FIRST, LAST = 4_000, 12_000
"""Frames: what is compiled and cached before the first is no growth (the visitor's hand comes into the picture at 3,000)."""

LOOKS = 15

DRAWN = 2_000
"""Triangles of the largest mesh that is drawn."""


def measure(scene: str = "lakeside") -> dict[str, float]:
    """Megabytes by which the process grows from frame FIRST to LAST: drawing a graph bare, and then as a running session."""
    with running(scene, size=(8, 8), most_triangles=DRAWN) as (ours, bare, _), no_full_collections():
        ours()  # Eyes are set, and passes opened.
        return {name: growth(frame, FIRST, LAST) for name, frame in (("bare", bare), ("ours", ours))}


def growth(frame: Callable[[], None], first: int, last: int) -> float:
    """Megabytes by which the process grows from frame `first` to frame `last`.

    A process breathes by a megabyte or two. So it is looked at LOOKS times on the way, and the middle of the last third is held
    against that of the first; a steady growth comes out whole.
    """
    for _ in range(first):
        frame()
    found = [resident()]
    for look in range(1, LOOKS):
        for _ in range((last - first) * look // (LOOKS - 1) - (last - first) * (look - 1) // (LOOKS - 1)):
            frame()
        found.append(resident())
    third = LOOKS // 3
    return (median(found[-third:]) - median(found[:third])) / MEGABYTE * (LOOKS - 1) / (LOOKS - third)


def resident() -> int:
    """Bytes of memory that this process holds, after what is free was given back (Linux with glibc: proc(5), malloc_trim(3))."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
