"""`abaton rehearse`: many virtual people play a scene, and what came of it is laid out for whoever writes the scene.

    OUT/rehearsal.json       the scene, its digest, the settings, the seed: what makes two rehearsals the same
    OUT/runs/0000.jsonl      each run's recording; `abaton replay OUT/runs/0000.jsonl --verify` plays it again
    OUT/runs/0000.json       what came of it
    OUT/runs.csv             all of them, a row a run
    OUT/runs.png             the same as a picture
    OUT/summary.txt          the same in words

The same scene, settings and seed give the same bytes in every file, whatever the number of processes. A rehearsal that was
interrupted goes on where it was: runs that are there are not played again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import asdict, dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TextIO

from engine import __version__
from engine.authoring.outcomes import summary, table
from engine.authoring.outcomes_plot import picture
from engine.authoring.workers import CONTEXT, Workers
from engine.host.interrupt import Interrupts
from engine.rehearsal import People, Run, StoppedError, play
from engine.session.recording import Header, RecordingError
from engine.spec.load import load_scene
from engine.spec.model import SceneSpec

Say = Callable[[str], None]

BAR = 30
"""Characters of the progress bar."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be rehearsed: a scene with its settings, by whom, with which seed."""

    scene: str
    seed: int = 0
    people: People = field(default_factory=People)
    variants: tuple[str, ...] = ()
    language: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)

    def load(self) -> SceneSpec:
        """The scene, composed; raises SceneError."""
        return load_scene(self.scene, variants=self.variants, language=self.language, parameters=self.parameters)

    def header(self, scene: SceneSpec) -> Header:
        """What the recordings begin with."""
        return Header(
            scene=self.scene,
            digest=scene.digest,
            language=self.language or "",
            variants=self.variants,
            parameters=dict(self.parameters),
            engine=__version__,
            device="rehearsal",
        )


def rehearse(plan: Plan, runs: int, jobs: int, out: Path, *, say: Say = print, progress: TextIO | None = None) -> list[Run]:
    """Play `runs` runs in `jobs` processes and leave all in `out`; those that are there already are not played again.

    Raises SceneError, and RecordingError if `out` holds another rehearsal. Ctrl-C gives up the runs that are being played; what
    is done is laid out, and then the interrupt is raised.
    """
    scene = plan.load()
    _begin(plan, scene, out)
    left = [number for number in range(runs) if _read(out, number) is None]
    if len(left) < runs:
        say(f"{runs - len(left)} of {runs} runs are there already")
    bar = _Bar(sys.stderr if progress is None else progress, scene.name, runs, runs - len(left))
    with Interrupts() as interrupts:
        for _ in _play_all(plan, left, jobs, out, interrupts.why):
            bar.step()
        bar.close()
        done = [run for number in range(runs) if (run := _read(out, number)) is not None]
        _write(out / "runs.csv", table(scene, done))
        words = summary(scene, done, runs)
        _write(out / "summary.txt", words)
        picture(scene, done).save(out / "runs.png")
        say(words.rstrip())
        say(f"in {out}: runs.csv, runs.png, summary.txt, and each run's recording in runs{os.sep}")
    return done


def _begin(plan: Plan, scene: SceneSpec, out: Path) -> None:
    """Make the folder, or see that it holds this same rehearsal."""
    marks = json.dumps(
        {"abaton_rehearsal": 1, "engine": __version__, "digest": scene.digest, **asdict(plan)}, indent=2, sort_keys=True
    )
    path = out / "rehearsal.json"
    (out / "runs").mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write(path, marks + "\n")
    elif path.read_text(encoding="utf-8") != marks + "\n":
        raise RecordingError(f"{out}: holds a rehearsal with another scene, seed or settings; give another folder with --out")


def _play_all(plan: Plan, numbers: Sequence[int], jobs: int, out: Path, stop: Callable[[], str]) -> Iterator[int]:
    """Play runs, and yield the number of each as it is done, until `stop` gives a reason."""
    if jobs <= 1:
        scene = plan.load()
        for number in numbers:
            if not _play_one(plan, scene, number, out, stop):
                return
            yield number
        return
    stopped = CONTEXT.Event()
    with Workers(jobs, _prepare, (plan, stopped)) as workers:
        waiting: set[Future[int | None]] = set()
        ahead = list(numbers)
        while True:
            while ahead and not stop() and len(waiting) < 2 * jobs:
                waiting.add(workers.submit(_work, ahead.pop(0), out))
            if stop():
                stopped.set()
                waiting = {one for one in waiting if not one.cancel()}
            if not waiting:
                return
            done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            yield from sorted(played for one in done if (played := one.result()) is not None)


_prepared: dict[str, tuple[Plan, SceneSpec, Event]] = {}
"""What a process of the pool plays, read once and not once a run, and what tells it to stop."""


def _prepare(plan: Plan, stopped: Event) -> None:
    _prepared["plan"] = (plan, plan.load(), stopped)


def _work(number: int, out: Path) -> int | None:
    plan, scene, stopped = _prepared["plan"]
    return number if _play_one(plan, scene, number, out, stopped.is_set) else None


def _play_one(plan: Plan, scene: SceneSpec, number: int, out: Path, stop: Callable[[], object]) -> bool:
    """Play a run and keep it; False, and nothing kept, if it had to stop."""
    try:
        run, lines = play(scene, plan.header(scene), plan.people, plan.seed, number, stop=stop)
    except StoppedError:
        return False
    _write(out / "runs" / f"{number:04}.jsonl", "\n".join(lines) + "\n")
    # Last, and at once: a run that has this file is whole.
    _write(out / "runs" / f"{number:04}.json", json.dumps(run.plain(), ensure_ascii=False, indent=1) + "\n")
    return True


def _read(out: Path, number: int) -> Run | None:
    path = out / "runs" / f"{number:04}.json"
    if not path.exists() or not path.with_suffix(".jsonl").exists():
        return None
    return Run.of(json.loads(path.read_text(encoding="utf-8")))


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(path)


class _Bar:
    """How far a rehearsal has come, on one line of a terminal; elsewhere a line at each tenth."""

    def __init__(self, stream: TextIO, name: str, runs: int, done: int) -> None:
        self.stream, self.name, self.runs = stream, name, runs
        self.first = self.done = done
        self.began = time.monotonic()
        self.lively = stream.isatty()
        self._show()

    def step(self) -> None:
        self.done += 1
        if self.lively or self.done * 10 // self.runs != (self.done - 1) * 10 // self.runs:
            self._show()

    def close(self) -> None:
        if self.lively:
            self.stream.write("\n")

    def _show(self) -> None:
        full = BAR * self.done // max(1, self.runs)
        played = self.done - self.first
        left = (time.monotonic() - self.began) / played * (self.runs - self.done) if played else 0.0
        words = f", {left:.0f} s left" if played and self.done < self.runs else ""
        text = f"{self.name} [{'#' * full}{'.' * (BAR - full)}] {self.done}/{self.runs}{words}"
        self.stream.write(f"\r{text:<78}" if self.lively else f"{text}\n")
        self.stream.flush()
