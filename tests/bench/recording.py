"""What an hour of recording weighs, and what a frame and a seek in it cost: `python -m tests.bench.recording [SECONDS]`.

A head, two controllers (grip and aim each) and, in the second row, all 52 joints of two hands never rest: at 90 Hz each pose
sways by itself, 19 cm/s in the mean, and has its own noise of 0.3 mm along each axis and 0.05 degrees about each (one standard
deviation). That is a bad case: a real hand's joints, and a grip and its aim, move and shake together.

Megabytes are counted from the files' bytes, snapshots included; the frame thread's time is that of `Keeper.watch`, by the clock,
while the writer's thread is at work. A seek is from a path and a scene that is loaded to a session at a moment of an hour of
breathless_bay without its scenario, which would be over before; processor time, the slowest of nine.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import radians
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep

import numpy as np
from numpy.typing import NDArray

from engine.host.keep import RECORDING, Keeper
from engine.host.player import Player
from engine.host.quiet import no_full_collections
from engine.interaction.limits import Limits
from engine.session import Session
from engine.session.encoder import Encoder
from engine.session.recording import Header, read
from engine.spec.load import load_scene
from engine.spec.model import State
from headset.driver import Frame
from headset.inputs import HAND_JOINTS, TICKS_PER_SECOND, Command, Hand, Input, Joints, Person, Pose

REFRESH = 90.0
NOISE_M, NOISE_RAD = 0.0003, radians(0.05)
SCENE = "breathless_bay"

LIMITS = {"controllers": 12.0, "controllers and joints": 100.0}
"""Megabytes (10^6 bytes) of an hour."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Megabytes of an hour's recording, and microseconds that frames waited: the mean and the 99th percentile."""

    megabytes: float
    mean_us: float
    p99_us: float


class Motion:
    """Poses that move smoothly, each about its own place, with noise."""

    def __init__(self, poses: int, seed: int = 0) -> None:
        self.draw = np.random.Generator(np.random.PCG64(seed))
        self.middle = self.draw.uniform(-0.4, 1.4, (poses, 3))
        self.rates = self.draw.uniform(0.05, 0.5, (6, poses, 3))
        self.turns = self.draw.uniform(0.0, 6.28, (6, poses, 3))

    def at(self, seconds: float) -> list[Pose]:
        """All poses at a time: sways of 15 cm and 30 degrees, and noise."""
        waves = np.sin(6.283 * self.rates * seconds + self.turns)
        places = self.middle + 0.05 * waves[:3].sum(axis=0) + self.draw.normal(0.0, NOISE_M, self.middle.shape)
        halves = 0.09 * waves[3:].sum(axis=0) + self.draw.normal(0.0, NOISE_RAD / 2.0, self.middle.shape)
        w = np.sqrt(1.0 - (halves**2).sum(axis=1, keepdims=True))
        return _poses(places, np.concatenate([w, halves], axis=1))


def _poses(places: NDArray[np.float64], turns: NDArray[np.float64]) -> list[Pose]:
    found = [Pose.of(place, turn) for place, turn in zip(places.tolist(), turns.tolist(), strict=True)]
    return [pose for pose in found if pose is not None]


def people(joints: bool, frames: int) -> Iterator[Person]:
    """What a driver would tell in each frame."""
    motion = Motion(5 + 2 * HAND_JOINTS * joints)
    for number in range(frames):
        head, left, left_aim, right, right_aim, *rest = motion.at(number / REFRESH)
        reach = number // 90 % 7 == 0
        squeeze, trigger = (100, number % 101) if reach else (0, 0)
        bones: list[Sequence[Pose] | None] = [rest[:HAND_JOINTS], rest[HAND_JOINTS:]] if joints else [None, None]
        one, other = (
            Hand(grip, aim, squeeze, trigger, joints=None if bone is None else Joints.of(bone))
            for grip, aim, bone in zip((left, right), (left_aim, right_aim), bones, strict=True)
        )
        yield Person("participant", head, one, other)


def weigh(joints: bool, seconds: float, hurry: float = 1.0) -> Weight:
    """Record so many seconds; frames come `hurry` times as quickly as they would."""
    session = Session(load_scene(SCENE))
    consent = [Command("participant", "consent", "record_joints")]
    waited: list[float] = []
    with TemporaryDirectory() as folder, no_full_collections():
        keeper = Keeper(Path(folder), session, Header(SCENE, session.scene.digest))
        for number, person in enumerate(people(joints, int(seconds * REFRESH))):
            began = perf_counter()
            tick = int(number * TICKS_PER_SECOND / REFRESH)
            inputs: list[Input] = [person] if number else [*consent, person]
            events = session.step(tick, inputs)
            asked = perf_counter()
            keeper.watch(Frame(tick, tick / TICKS_PER_SECOND), inputs, events)
            waited.append(perf_counter() - asked)
            sleep(max(0.0, 1.0 / (REFRESH * hurry) - (perf_counter() - began)))
        keeper.close()
        size = (Path(folder) / RECORDING).stat().st_size
    micro = np.array(waited) * 1e6
    return Weight(size / 1e6 * 3600.0 / seconds, float(micro.mean()), float(np.percentile(micro, 99)))


def size(joints: bool, seconds: float) -> float:
    """Megabytes of an hour, without a thread or a clock, and without snapshots."""
    encoder = Encoder()
    encoder.inputs(0, [Command("participant", "consent", "record_joints")])
    total = 0
    for number, person in enumerate(people(joints, int(seconds * REFRESH))):
        total += len(encoder.inputs(1 + int(number * TICKS_PER_SECOND / REFRESH), [person]))
    total += len(encoder.flush())
    return total / 1e6 * 3600.0 / seconds


def slowest_seek(joints: bool, minutes: int = 60, loop_seconds: int = 10) -> float:
    """Seconds, of nine moments in a recording of so many minutes, in which the same ten seconds are moved again and again."""
    spec = load_scene(SCENE).model_copy(update={"scenario": State(), "checklist": {}})
    session = Session(spec)
    encoder = Encoder()
    encoder.inputs(0, [Command("participant", "consent", "record_joints")])
    again = list(people(joints, int(loop_seconds * REFRESH)))
    # Half an hour is the longest that a session lasts; what is measured here is a longer one.
    setattr(Limits, "step", lambda *_: False)  # noqa: B010
    with TemporaryDirectory() as folder:
        path = Path(folder) / RECORDING
        with path.open("w", encoding="utf-8") as file:
            file.write(encoder.header(Header(SCENE, spec.digest)) + "\n")
            for number in range(1, int(minutes * 60 * REFRESH)):
                tick, inputs = 1 + int(number * TICKS_PER_SECOND / REFRESH), [again[number % len(again)]]
                if text := encoder.inputs(tick, inputs):
                    file.write(text + "\n")
                session.step(tick, inputs)
                if number % int(10 * REFRESH) == 0:
                    file.write(encoder.snapshot(session.snapshot()) + "\n")
        last, slowest = int(minutes * 60 * TICKS_PER_SECOND), 0.0
        for part in range(1, 10):
            began = process_time()
            Player(read(path, checked=False), Session(spec)).seek(last * part // 10 - 1)
            slowest = max(slowest, process_time() - began)
    return slowest


def main() -> None:
    """Print a table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    print("| recorded | MB an hour | at most | frame thread, mean | p99 | slowest seek |")
    print("|---|---:|---:|---:|---:|---:|")
    for (name, most), joints in zip(LIMITS.items(), (False, True), strict=True):
        found = weigh(joints, seconds)
        seek = slowest_seek(joints) * 1e3
        micro = f"{found.mean_us:.0f} µs | {found.p99_us:.0f} µs"
        print(f"| {name} | {found.megabytes:.1f} | {most:.0f} | {micro} | {seek:.0f} ms |", flush=True)


if __name__ == "__main__":
    main()
