"""Frames of synthetic loads, in a process of its own: `python -m engine.authoring.loads < cases.json` prints what each took.

A case is `{"load": "static", "count": 1000, "size": 64, "eyes": 1, "samples": 0, "blocks": 20, "frames": 50}`; `load` is
`static`, `movable` (all of it moves in every frame) or `empty`, `size` is the width and height of an eye's picture. After each
block of frames one waits until OpenGL has done all of it, as `tests/bench/peers` does with three.js, which gets the same cases.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from engine.view.loads import light_up, put_movable, put_static
from engine.view.stage import Stage
from headset.driver import Stereo, Surface
from headset.offscreen import eyes, look

FOV_DEG = 53.13
"""Degrees that an eye sees: tangents of ±1/2, so that the raster fills three fifths of the picture each way."""


@contextmanager
def loaded(
    load: str, count: int, stereo: Stereo = "mono", size: int = 64, samples: int = 0
) -> Iterator[tuple[Callable[[], None], Callable[[], object]]]:
    """A load before the eyes: a function that moves and draws a frame, and one that waits until all is drawn."""
    head = look((0.0, 0.0, 0.0), fov_deg=FOV_DEG, aspect=1.0)
    with closing(Stage()) as stage:
        move = put_movable(stage, count) if load == "movable" else None
        if load == "static":
            put_static(stage, count)
        _held = light_up(stage)
        canvas = stage.open(Surface("buffer", (size if stereo == "mono" else 2 * size, size), stereo, samples))
        canvas.look((head,) if stereo == "mono" else eyes(head))

        def frame() -> None:
            if move is not None:
                move()
            stage.draw()

        frame()
        yield frame, canvas.read


def measure(case: Mapping[str, Any]) -> dict[str, object]:
    """Milliseconds of a frame: of each block by the clock, on the whole by the processor, and with each frame waited for."""
    stereo: Stereo = "mono" if case["eyes"] == 1 else case.get("stereo", "two_pass")
    with loaded(case["load"], case["count"], stereo, case["size"], case["samples"]) as (frame, finish):
        finish()
        clock, processor, waited = [], [], []
        for block in range(case["blocks"] + 1):
            began, worked = time.perf_counter(), time.process_time()
            for _ in range(case["frames"]):
                frame()
            finish()
            ended, done = time.perf_counter(), time.process_time()
            for _ in range(case["frames"]):
                frame()
                finish()
            if block:
                clock.append((ended - began) / case["frames"] * 1e3)
                processor.append((done - worked) / case["frames"] * 1e3)
                waited.append((time.perf_counter() - ended) / case["frames"] * 1e3)
    return {"clock": clock, "processor": sum(processor) / len(processor), "waited": waited}


if __name__ == "__main__":
    json.dump([measure(case) for case in json.load(sys.stdin)], sys.stdout)
