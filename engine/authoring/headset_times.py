"""What a frame in the headset costs the processor: part by part on the OpenXR runtime of this machine, `abaton bench --headset`,
and our own side of it alone on a runtime that answers at once, for `abaton bench`.

The former is measured in a process of its own, `python -m engine.authoring.headset_times`, which plays lakeside and prints JSON.
What counts is the time that the processor worked for the frame's thread (`time.thread_time`), without that in xrWaitFrame: what
neighbours on a shared machine take is not in it, nor the threads of a software OpenGL. The unit is `sp`, one NodePath.set_pos in
the same process. A software OpenGL does much of its drawing in that thread, within cull, draw and submit; the limit is not held
there.

    poll     events and what follows from them        cull     what there is to draw, sorted
    sync     actions, amounts and buttons              draw     it drawn in both eyes
    locate   spaces and views                          submit   begun, an image had, filled and given back, ended
    scene    the session's ticks and the view brought up to date

The latter, `python -m engine.authoring.headset_times instant`, is measured as `engine.authoring.frames` does it, under
`GALLIUM_NOOP=1`: the whole frame of lakeside, both eyes in two passes, hands with all their joints, gaze, two panels as
layers, depth, and a recording with all of it, less what the answers took that runtime, against the same graph drawn bare. (On
Monado 25 this cannot be: Mesa's driver that draws nothing still announces GL_EXT_memory_object_fd, but glImportMemoryFdEXT,
by which Monado's client takes its images in xrCreateSwapchain, leads nowhere in it and the process crashes.)
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from engine.authoring.frames import BLOCK as FRAMES_TOGETHER
from engine.authoring.frames import interleave, whole_frame
from engine.host.keep import Keeper
from engine.host.loop import play
from engine.host.quiet import no_full_collections
from engine.session import Session
from engine.session.recording import Header
from engine.spec.load import load_scene
from engine.view.measure import set_pos_seconds
from engine.view.stage import Stage
from engine.view.ui.captions import Captions
from engine.view.view import View
from headset.driver import DriverError, Frame, Panel
from headset.inputs import Command
from headset.openxr import OpenXRDriver
from headset.openxr.instant import driver_on, installed

FRAMES = 100
WARM = 20
BLOCK = 20
"""Frames in a block; the least block counts."""
PARTS = ("poll", "sync", "locate", "scene", "cull", "draw", "submit")
WAIT_SECONDS = 10.0
"""How long a headset is waited for."""

BLOCKS = 40
"""Twice as many as elsewhere: a block of these frames is longer, and so more seldom left alone by neighbours."""

MOST_SP = 1500
"""What a frame may cost at most."""

SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swr")
"""How a software OpenGL calls itself."""


class Meter:
    """Seconds of each part. Parts lie within each other: what is measured within a part is not counted in it."""

    def __init__(self) -> None:
        self.frames: list[dict[str, float]] = []
        self._now = dict.fromkeys((*PARTS, "wait"), 0.0)
        self._within = [0.0]

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What is done meanwhile belongs to a part."""
        self._within.append(0.0)
        began = time.thread_time()
        try:
            yield
        finally:
            passed = time.thread_time() - began
            self._now[name] += passed - self._within.pop()
            self._within[-1] += passed

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose time belongs to a part."""

        def call(*arguments: Any) -> Any:
            with self.part(name):
                return function(*arguments)

        return call

    def end_frame(self) -> None:
        """The next frame begins."""
        self.frames.append(self._now)
        self._now = dict.fromkeys((*PARTS, "wait"), 0.0)


def meter_frames(meter: Meter, driver: OpenXRDriver, stage: Stage, frames: int) -> None:
    """Measure an open driver and its stage from now on; the driver is gone after so many frames."""
    wait, left, measured = driver.wait, frames, None

    def next_frame() -> Frame | None:
        nonlocal left, measured
        if left == 0:
            return None
        left -= 1
        meter.end_frame()
        life = driver.life
        if life is not None and life is not measured:
            # Also one that came after a loss.
            measured = life
            life.frames.wait = meter.timed("wait", life.frames.wait)  # type: ignore[method-assign]
            life.spaces.pose = meter.timed("locate", life.spaces.pose)  # type: ignore[method-assign]
            life.spaces.look = meter.timed("locate", life.spaces.look)  # type: ignore[method-assign]
        with meter.part("poll"):
            return wait()

    canvas = driver.canvas
    assert canvas is not None
    around = canvas.around_draw
    assert around is not None
    canvas.around_draw = lambda draw: meter.timed("submit", around)(meter.timed("draw", draw))
    stage.draw = meter.timed("cull", stage.draw)  # type: ignore[method-assign]
    driver.wait = next_frame  # type: ignore[method-assign]
    driver.inputs = meter.timed("sync", driver.inputs)  # type: ignore[method-assign]
    driver.render = meter.timed("submit", driver.render)  # type: ignore[method-assign]


def measure(frames: int) -> Mapping[str, Any]:
    """Play lakeside in the headset for so many frames. Raises DriverError if there is none."""
    session = Session(load_scene("lakeside"), seed=1)
    with closing(Stage()) as stage, closing(OpenXRDriver(wait_seconds=WAIT_SECONDS, say=lambda _: None, samples=0)) as driver:
        driver.open(stage)
        view, meter = View(session, stage), Meter()
        session.step = meter.timed("scene", session.step)  # type: ignore[method-assign]
        view.update = meter.timed("scene", view.update)  # type: ignore[method-assign]
        with no_full_collections():
            meter_frames(meter, driver, stage, WARM + frames)
            play(session, driver, view, lambda *_: None)
        name = driver.device.name
        renderer = driver.canvas.output.gsg.driver_renderer if driver.canvas is not None else ""
        counted = [frame for frame in meter.frames[WARM:] if frame["draw"]]
    if len(counted) < frames // 2:
        raise DriverError(f"{name} showed {len(counted)} of {frames} frames: put the headset on, and let nothing cover the scene")
    sp = set_pos_seconds()
    whole = [sum(frame[part] for part in PARTS) for frame in counted]
    blocks = [slice(begin, begin + BLOCK) for begin in range(0, len(whole) - BLOCK + 1, BLOCK)]
    best = min(blocks, key=lambda block: float(np.mean(whole[block])))
    parts = {part: sum(frame[part] for frame in counted[best]) / BLOCK for part in PARTS}
    return {
        "device": name,
        "renderer": renderer,
        "frames": len(counted),
        "sp_us": sp * 1e6,
        "parts_us": {part: seconds * 1e6 for part, seconds in parts.items()},
        "frame_us": sum(parts.values()) * 1e6,
        "p99_us": sorted(whole)[int(0.99 * len(whole))] * 1e6,
    }


def measure_instant(blocks: int) -> Mapping[str, Any]:
    """A frame of lakeside in a headset whose runtime answers at once, and the same graph drawn bare: milliseconds, and `sp`.

    `answers` is what the runtime itself took of ours, in its best block, and that it is Python which answers there.
    """
    session = Session(load_scene("lakeside"))
    board = np.full((64, 128, 4), 255, np.uint8)
    boards = [Panel(f"{bend}", board, (0.4, 0.2), (-0.3, 1.5, 1.2), (1.0, 0.0, 0.0, 0.0), bend) for bend in (0.0, 1.0)]
    with (
        installed() as runtime,
        closing(Stage()) as stage,
        closing(driver_on(runtime, stereo="two_pass", samples=0)) as driver,
        TemporaryDirectory() as folder,
        closing(Keeper(Path(folder), session, Header("lakeside", session.scene.digest))) as keeper,
        no_full_collections(),
    ):
        driver.open(stage)
        driver.allow(frozenset({"joints", "gaze"}))
        view, canvas, life = View(session, stage, Captions(stage, session.world)), driver.canvas, driver.life
        assert canvas is not None
        assert life is not None
        if not driver.panels(boards):
            raise DriverError("the panels are not shown as layers")
        consents = [Command("participant", "consent", f"record_{what}") for what in ("joints", "gaze")]
        frame, around = whole_frame(session, driver, stage, view, keeper, first=consents), canvas.around_draw
        answers: list[float] = []
        runtime.calls.clear()

        def ours() -> None:
            if canvas.around_draw is None:
                canvas.around_draw = around
            before = runtime.answering
            frame()
            answers.append(runtime.answering - before)

        def bare() -> None:
            if canvas.around_draw is not None:
                canvas.around_draw = None
            stage.draw()

        times = interleave({"ours": ours, "bare": bare}, blocks)
        if life is not driver.life or life.frames.drawn < runtime.frame - 1 or session.over:
            raise DriverError(f"{life.frames.drawn} of {runtime.frame} frames were shown")
        calls = dict(runtime.calls)
        crossed = sum(calls[name] * seconds for name, seconds in runtime.crossing().items()) / len(answers)
    least = min(float(np.mean(answers[begin : begin + FRAMES_TOGETHER])) for begin in range(0, len(answers), FRAMES_TOGETHER))
    summaries = {name: one.summary() for name, one in times.items()}
    return {"sp_us": set_pos_seconds() * 1e6, **summaries, "answers": {"min_ms": (least + crossed) * 1e3}}


def bench_headset() -> int:
    """Print the table. 0 if a frame costs no more than it may; 1 with a sentence if it does, or if there is no headset."""
    command = [sys.executable, "-m", "engine.authoring.headset_times", str(FRAMES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        # The runtime's own words come in between.
        said = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
        print(said[-1] if said else "error: the headset cannot be measured here; run `abaton doctor`", file=sys.stderr)
        return 1
    found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(table(found))
    software = any(word in found["renderer"].lower() for word in SOFTWARE)
    if found["frame_us"] / found["sp_us"] > MOST_SP and not software:
        print(f"limit broken: a frame costs {found['frame_us'] / found['sp_us']:.0f} sp, more than {MOST_SP}", file=sys.stderr)
        return 1
    return 0


def table(found: Mapping[str, Any]) -> str:
    """A Markdown table of what was measured."""
    sp = found["sp_us"]
    lines = [
        f"{found['device']}, {found['frames']} frames of lakeside, {found['renderer']}, one sp {sp:.2f} µs",
        "",
        "| part of a frame | µs | sp |",
        "|---|---:|---:|",
    ]
    rows = [*found["parts_us"].items(), ("all of it", found["frame_us"]), ("p99 of all", found["p99_us"])]
    return "\n".join([*lines, *(f"| {part} | {microseconds:.0f} | {microseconds / sp:.0f} |" for part, microseconds in rows)])


def main(arguments: Sequence[str]) -> None:
    """What to measure, and how many frames, or how many blocks of them."""
    instant = arguments[:1] == ["instant"]
    sizes = [int(size) for size in arguments[instant:]]
    json.dump(measure_instant(*sizes or [BLOCKS]) if instant else measure(*sizes or [FRAMES]), sys.stdout)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DriverError as error:
        sys.exit(f"error: {error}")
