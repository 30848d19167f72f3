"""Measuring frames, in a process of its own: `python -m engine.authoring.frames` prints what it found as JSON.

Under `GALLIUM_NOOP=1` Mesa takes every OpenGL call and draws nothing, so that what is left is the CPU's side: Panda3D, the
driver and us. Variants are interleaved in blocks of 50 frames, so that a noisy machine disturbs all alike. A block counts with
its mean, a variant with the least and the 10th percentile of its blocks. `p99` is over single frames, in the time that the
processor worked for this thread: on a shared machine the clock's 99th percentile is that of the neighbours.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from engine.authoring.loads import loaded
from engine.host.keep import Keeper
from engine.host.quiet import no_full_collections
from engine.rehearsal import Visitor
from engine.session import Session
from engine.session.recording import Header
from engine.spec.load import load_scene
from engine.view.census import hide_heavy
from engine.view.measure import field as field_of_cards
from engine.view.measure import set_pos_seconds
from engine.view.stage import Stage
from engine.view.ui.captions import Captions
from engine.view.view import View
from headset.driver import Driver, Stereo, Surface
from headset.inputs import HAND_JOINTS, Command, Input, Joints, Pose
from headset.offscreen import Offscreen, eyes, look

BLOCK = 50
"""Frames in a block."""

SIZE = (64, 64)
"""Pixels of one eye: under GALLIUM_NOOP nothing is shaded, so more would only cost memory."""

STEREO: tuple[Stereo, ...] = ("mono", "two_pass", "single_pass")


@dataclass
class Times:
    """Seconds of frames, block by block; `processor` are those of each frame that the processor worked for it."""

    blocks: list[list[float]] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def least(self) -> float:
        """The least mean of a block."""
        return min(float(np.mean(block)) for block in self.blocks)

    def summary(self) -> Mapping[str, float]:
        """Milliseconds."""
        means = [float(np.mean(block)) for block in self.blocks]
        p10 = float(np.percentile(means, 10))
        return {"min_ms": self.least * 1e3, "p10_ms": p10 * 1e3, "p99_ms": float(np.percentile(self.processor, 99)) * 1e3}


def interleave(variants: Mapping[str, Callable[[], None]], blocks: int) -> dict[str, Times]:
    """Time variants in turn, `blocks` blocks each, after one block of warming up."""
    times = {name: Times() for name in variants}
    for number in range(blocks + 1):
        for name, frame in variants.items():
            block, processor = [], []
            for _ in range(BLOCK):
                began, worked = time.perf_counter(), time.thread_time()
                frame()
                processor.append(time.thread_time() - worked)
                block.append(time.perf_counter() - began)
            if number:
                times[name].blocks.append(block)
                times[name].processor += processor
    return times


def stereo_times(blocks: int, cards: int = 1000) -> dict[str, Times]:
    """The frame of a field of separate cards, in each way of drawing two eyes."""
    head = look((0.0, 0.0, 1.6))
    with closing(Stage()) as stage:
        field_of_cards(stage, cards)
        canvases = {}
        for stereo in STEREO:
            size = SIZE if stereo == "mono" else (2 * SIZE[0], SIZE[1])
            canvases[stereo] = stage.open(Surface("buffer", size, stereo, samples=0))
            canvases[stereo].look((head,) if stereo == "mono" else eyes(head))

        def draw(chosen: str) -> Callable[[], None]:
            def frame() -> None:
                for name, canvas in canvases.items():
                    canvas.output.set_active(name == chosen)
                stage.draw()

            return frame

        return interleave({stereo: draw(stereo) for stereo in STEREO}, blocks)


def load_times(blocks: int) -> dict[str, Times]:
    """The frame of things that stand still, few and many, and of things that all move, on one eye's picture."""
    with ExitStack() as open_loads:
        variants = {
            f"{load}_{count}": open_loads.enter_context(loaded(load, count))[0]
            for load, count in (("static", 1000), ("static", 10_000), ("movable", 1000))
        }
        return interleave(variants, blocks)


@contextmanager
def running(
    scene: str, size: tuple[int, int] = SIZE, most_triangles: int | None = None
) -> Iterator[tuple[Callable[[], None], Callable[[], None], Session]]:
    """A session drawn to both eyes with a visitor's hands, all their joints, and a recording on disk; a function for its whole
    frame, and one that draws the same graph bare. Meshes of more than `most_triangles` are left out."""
    session = Session(load_scene(scene))
    visitor = Visitor(session.world)
    fists = _fists()

    def script(tick: int) -> Sequence[Input]:
        person = visitor.person(tick)
        left, right = (replace(hand, joints=fists[tick % len(fists)]) for hand in (person.left, person.right))
        person = replace(person, left=left, right=right)
        return [Command("participant", "consent", "record_joints"), person] if tick == 0 else [person]

    header = Header(scene, session.scene.digest)
    with closing(Stage()) as stage, TemporaryDirectory() as folder, closing(Keeper(Path(folder), session, header)) as keeper:
        driver = Offscreen((2 * size[0], size[1]), stereo="two_pass", samples=0, script=lambda frame: script(frame.tick))
        driver.open(stage)
        view = View(session, stage, Captions(stage, session.world))
        if most_triangles is not None:
            hide_heavy(stage, most_triangles)

        yield whole_frame(session, driver, stage, view, keeper), stage.draw, session
        driver.close()
    if session.over:
        raise RuntimeError(f"the session of {scene} was over before all was measured; measure fewer frames")


def whole_frame(
    session: Session, driver: Driver, stage: Stage, view: View, keeper: Keeper, *, first: Sequence[Input] = ()
) -> Callable[[], None]:
    """A function for all that happens in one frame of a session that is shown and recorded; `first` are inputs of its first."""
    waiting = list(first)

    def frame() -> None:
        now = driver.wait()
        assert now is not None
        inputs = driver.inputs(now)
        if now.tick > session.tick:
            if waiting:
                inputs = [*waiting, *inputs]
                waiting.clear()
            keeper.watch(now, inputs, session.step(now.tick, inputs))
        view.update(now.display_time)
        driver.render(now, stage)

    return frame


def engine_times(blocks: int, scene: str = "lakeside") -> tuple[dict[str, Times], int]:
    """The whole frame of a running session, and the same graph drawn bare; and how many full garbage collections happened."""
    with running(scene) as (ours, bare, _), no_full_collections():
        before = gc.get_stats()[2]["collections"]
        times = interleave({"ours": ours, "bare": bare}, blocks)
        return times, gc.get_stats()[2]["collections"] - before


def _fists(poses: int = 50) -> list[Joints]:
    """Hands that never rest, as a hand tracker sends them: every joint elsewhere in each frame."""
    return [Joints.of(Pose((joint * 50, pose * 7, 11_000 + pose)) for joint in range(HAND_JOINTS)) for pose in range(poses)]


def measure(blocks: int) -> dict[str, object]:
    """Everything, as plain data."""
    sp = set_pos_seconds()
    stereo = stereo_times(blocks)
    engine, full = engine_times(blocks)
    return {
        "blocks": blocks,
        "sp_us": sp * 1e6,
        "stereo": {name: times.summary() for name, times in stereo.items()},
        "loads": {name: times.summary() for name, times in load_times(max(4, blocks // 3)).items()},
        "engine": {name: times.summary() for name, times in engine.items()},
        "full_collections": full,
    }


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20), sys.stdout)
