"""`abaton bench`: what the engine costs on this machine, as ratios within one run, and the limits it must hold.

Frames are measured in a process of their own (`engine.authoring.frames`), without shading. Machines are shared and noisy, so
every limit is a ratio to something measured in the same run: bare Panda3D, mono, starting Python, or `sp`, one
`NodePath.set_pos`. What neighbours on a machine take away is never given back, so a limit counts as broken when it was
broken in each of several runs: each measure counts with the least of them.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.authoring.prove.report import prove
from engine.authoring.starts import StartError, Starts
from engine.authoring.starts import measure as measure_starts
from engine.authoring.ticks import measure as measure_ticks
from engine.library import scenes_folder
from engine.spec import load_scene

BLOCKS = 20
CHECK = (sys.executable, "-m", "engine", "check")

STARTS = 7
"""How often a process is started; the quickest counts."""


Bounds = Mapping[str, Mapping[str, float]]
"""Measure's name → `most`, as limits.toml has it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured number. `name` is its limit's name in limits.toml."""

    name: str
    what: str
    value: float
    unit: str


TRIES = 3
"""How often a group is measured at most, while a limit of it is broken."""


class BenchError(Exception):
    """Nothing could be measured; the message says why."""


def bench(limits: Path | None, out: Path | None) -> int:
    """Measure, print the table, write it to `out`, and hold it to the limits. 0 if all hold, or none were given."""
    bounds = {} if limits is None else tomllib.loads(limits.read_text(encoding="utf-8"))
    try:
        measures = [one for group in GROUPS for one in measure(group, bounds)]
    except BenchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    text = table(measures, bounds)
    print(text)
    if out is not None:
        out.write_text(text + "\n", encoding="utf-8")
    for one in broken(measures, bounds):
        print(f"limit broken: {one.name}: {one.value:.3g} {one.unit} is more than {bounds[one.name]['most']:g}", file=sys.stderr)
    for name in sorted(set(bounds) - {one.name for one in measures}):
        print(f"limit without a measure: {name}; take it out of {limits}, or measure it", file=sys.stderr)
        return 1
    return 1 if broken(measures, bounds) else 0


def measure(group: Callable[[], list[Measure]], bounds: Bounds) -> list[Measure]:
    """The numbers of a group; while a limit of theirs is broken they are measured again, and each counts with its least."""
    measures = group()
    for _ in range(TRIES - 1):
        if not broken(measures, bounds):
            break
        measures = [min(pair, key=lambda one: one.value) for pair in zip(measures, group(), strict=True)]
    return measures


def broken(measures: Sequence[Measure], bounds: Bounds) -> list[Measure]:
    """What is more than its limit."""
    return [one for one in measures if one.name in bounds and one.value > bounds[one.name]["most"]]


def starts(scene: str) -> Starts:
    """How long a scene takes to start."""
    try:
        return measure_starts(scene)
    except StartError as error:
        raise BenchError(f"{scene} cannot be started here; run `abaton doctor`\n{error}") from error


def frames(*command: str) -> Mapping[str, Any]:
    """What `engine.authoring.frames` measures in a process without shading, or another module with its arguments."""
    environment = {**os.environ, "GALLIUM_NOOP": "1"}
    environment.pop("DISPLAY", None)
    command = (sys.executable, "-m", *(command or ("engine.authoring.frames",)), str(BLOCKS))
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"frames cannot be measured here; run `abaton doctor`\n{done.stderr.strip()}")
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def prove_seconds() -> float:
    """Processor seconds in which all shipped scenes are proved; of two tries the least counts."""
    scenes = [load_scene(path) for path in sorted(scenes_folder().glob("*/*.yaml")) if path.stem == path.parent.name]
    least = 1e9
    for _ in range(2):
        began = time.process_time()
        for scene in scenes:
            prove(scene)
        least = min(least, time.process_time() - began)
    return least


def props_seconds(many: int = 10_000, few: int = 1_000) -> tuple[float, float]:
    """Seconds of `abaton check` of a scene of so many props, and of one of so few."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"props_{count}.yaml" for count in (many, few)]
        for path, count in zip(paths, (many, few), strict=True):
            path.write_text(props_scene(count), encoding="utf-8")
        return _seconds(*([*CHECK, str(path)] for path in paths))


def props_scene(count: int) -> str:
    """A scene of so many lanterns, a metre apart in a square."""
    side = next(number for number in range(1, count + 1) if number * number >= count)
    props = (f"  lantern_{i}: {{use: lantern, at: [{i % side} m, {i // side} m]}}" for i in range(count))
    rest = "people: {participant: {at: [-3 m, 0 m]}}\nscenario:\n  rules: {when: after 1 min, go: end}\ntext:\n  title: Many\n"
    return "\n".join(["spec: 1", "language: en", "props:", *props, rest])


def _seconds(one: list[str], other: list[str]) -> tuple[float, float]:
    """Seconds of two commands that take turns; of each the least counts. Raises BenchError if one fails."""
    commands, least = (one, other), [1e9, 1e9]
    for _ in range(STARTS):
        for index, command in enumerate(commands):
            began = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            least[index] = min(least[index], time.perf_counter() - began)
            if done.returncode:
                raise BenchError(f"{' '.join(command)} fails\n{done.stdout}{done.stderr}")
    return least[0], least[1]


def _frames() -> list[Measure]:
    found = frames()
    sp = found["sp_us"]
    stereo, engine, loads = found["stereo"], found["engine"], found["loads"]
    mono = stereo["mono"]["min_ms"]
    above = engine["ours"]["min_ms"] - engine["bare"]["min_ms"]
    return [
        Measure("sp", "one NodePath.set_pos", sp, "µs"),
        Measure("mono", "1,000 separate geoms, mono", mono, "ms"),
        Measure("single_pass", "the same in single-pass stereo, against mono", stereo["single_pass"]["min_ms"] / mono, "×"),
        Measure("two_pass", "the same in two passes, against mono", stereo["two_pass"]["min_ms"] / mono, "×"),
        Measure("static", "1,000 props that stand still, one eye", loads["static_1000"]["min_ms"] * 1e3 / sp, "sp"),
        Measure(
            "static_growth",
            "10,000 of them, against 1,000",
            loads["static_10000"]["min_ms"] / loads["static_1000"]["min_ms"],
            "×",
        ),
        Measure(
            "movable", "1,000 props that all move, against bare geoms that stand", loads["movable_1000"]["min_ms"] / mono, "×"
        ),
        Measure("bare", "lakeside's graph, two eyes, bare Panda3D", engine["bare"]["min_ms"], "ms"),
        Measure("frame", "lakeside running and recorded, above bare", above * 1e3 / sp, "sp"),
        Measure(
            "frame_p99",
            "p99 of that frame minus p99 of bare, processor time",
            engine["ours"]["p99_ms"] - engine["bare"]["p99_ms"],
            "ms",
        ),
        Measure("full_collections", "full garbage collections meanwhile", found["full_collections"], ""),
    ]


def _headset() -> list[Measure]:
    found = frames("engine.authoring.headset_times", "instant")
    above = (found["ours"]["min_ms"] - found["answers"]["min_ms"] - found["bare"]["min_ms"]) * 1e3 / found["sp_us"]
    return [Measure("headset_frame", "the same by OpenXR, with joints, gaze, depth and layers, above bare", above, "sp")]


def _ticks() -> list[Measure]:
    ticks = measure_ticks()
    return [
        Measure("tick", "a tick of breathless_bay with two people in it", ticks.bay_us, "µs"),
        Measure("rules", "a tick in which 1,000 rules are asked", ticks.rules_us / 1e3, "ms"),
        Measure("things", "a tick among 1,000 things to take and 1,000 to press", ticks.things_us / 1e3, "ms"),
        Measure("gaze", "a tick among 1,000 things in all, with hands, a gaze and a switch", ticks.gaze_us / 1e3, "ms"),
        Measure("action", "the slowest action", ticks.action_us / 1e3, "ms"),
        Measure("hour", "an hour rehearsed on one core, of the slower scene", max(ticks.hour_s.values()), "s"),
    ]


def _proofs() -> list[Measure]:
    return [Measure("prove", "all scenes proved, with witnesses", prove_seconds(), "s")]


def _checks() -> list[Measure]:
    check, start = _seconds([*CHECK], [sys.executable, "-c", "import pydantic, yaml, numpy, typer"])
    return [Measure("check", "abaton check of all scenes, against starting Python with its imports", check / start, "×")]


def _starts_of(scene: str, name: str) -> list[Measure]:
    found = starts(scene)
    return [
        Measure(f"{name}_cold", f"{scene} from file to first picture, nothing cached", found.cold, "s"),
        Measure(f"{name}_cached", "the same cached, against that", found.cached / found.cold, "×"),
    ]


def _props() -> list[Measure]:
    many, few = props_seconds()
    return [Measure("props", "abaton check of 10,000 props, against one of 1,000", many / few, "×")]


GROUPS: tuple[Callable[[], list[Measure]], ...] = (
    _frames,
    _headset,
    _ticks,
    _proofs,
    _checks,
    partial(_starts_of, "breathless_bay", "bay"),
    partial(_starts_of, "lakeside", "lake"),
    _props,
)
"""What is measured together, in the order of the table."""


def table(measures: Sequence[Measure], bounds: Bounds) -> str:
    """A Markdown table that says when and where it was measured."""
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    head = f"{when}, {processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, Mesa with GALLIUM_NOOP=1"
    lines = [head, "", "| measure | value | at most |", "|---|---:|---:|"]
    for one in measures:
        most = f"{bounds[one.name]['most']:g} {one.unit}".strip() if one.name in bounds else ""
        value = f"{one.value:,.0f}" if one.value >= 100 else f"{one.value:.2f}"
        lines.append(f"| {one.what} | {value} {one.unit} | {most} |")
    return "\n".join(lines)


def processor() -> str:
    """The processor's name."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.machine()
