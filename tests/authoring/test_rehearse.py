"""`abaton rehearse`: the same seed leaves the same bytes, whoever plays the runs, at once or after an interruption."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from PIL import Image

from engine.authoring.outcomes import summary, table
from engine.authoring.rehearse import Plan, rehearse
from engine.rehearsal import People, Run
from engine.session.recording import RecordingError
from engine.spec.load import load_scene

ROOT = Path(__file__).resolve().parents[2]

SHORT = """\
spec: 1
language: en
rooms:
  bay: {size: [4 m, 4 m, 2.7 m]}
props:
  bell: {use: call_button, against: bay.north, at: [0.5 m, 1.1 m]}
people:
  participant: {in: bay}
scenario:
  start: waiting
  states:
    waiting:
      rules: [{when: bell pressed, go: rung}, {when: after 40 s, go: end}]
    rung: {rules: {when: after 2 s, go: end}}
checklist:
  rings: {expect: bell pressed, within: 25 s}
text:
  title: A bell
  rings: Rang the bell
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return Plan(str(path), seed=3)


def quiet(plan: Plan, runs: int, jobs: int, out: Path) -> list[Run]:
    with (out.parent / f"{out.name}.progress").open("w", encoding="utf-8") as progress:
        return rehearse(plan, runs, jobs, out, say=lambda words: None, progress=progress)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_is_left_behind_agrees_with_itself(plan: Plan, tmp_path: Path) -> None:
    runs = quiet(plan, 4, 1, tmp_path / "out")
    left = contents(tmp_path / "out")
    assert set(left) == {
        "rehearsal.json",
        "runs.csv",
        "runs.png",
        "summary.txt",
        *(f"runs/{number:04}.{kind}" for number in range(4) for kind in ("json", "jsonl")),
    }
    rows = list(csv.DictReader(StringIO(left["runs.csv"].decode())))
    assert [row["run"] for row in rows] == ["0", "1", "2", "3"]
    assert [row["rings"] for row in rows] == [run.items["rings"][0] for run in runs]
    assert {row["success"] for row in rows} <= {"yes", "no"}
    good = sum(run.success for run in runs)
    assert f"  {good} of 4 ({100 * good / 4:.0f} %) came to the end" in left["summary.txt"].decode()
    with Image.open(tmp_path / "out" / "runs.png") as picture:
        assert picture.width == 1400
        assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 20
    assert "short [##############################] 4/4" in (tmp_path / "out.progress").read_text(encoding="utf-8")


def test_an_interrupted_rehearsal_goes_on_and_ends_up_the_same(plan: Plan, tmp_path: Path) -> None:
    quiet(plan, 5, 1, tmp_path / "whole")
    quiet(plan, 2, 1, tmp_path / "parts")
    # The third run was being written when the power went.
    (tmp_path / "parts" / "runs" / "0002.jsonl").write_text("{", encoding="utf-8")
    before = (tmp_path / "parts" / "runs" / "0001.json").stat().st_mtime_ns
    quiet(plan, 5, 1, tmp_path / "parts")
    assert contents(tmp_path / "whole") == contents(tmp_path / "parts")
    assert (tmp_path / "parts" / "runs" / "0001.json").stat().st_mtime_ns == before, "a finished run is not played again"


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(plan: Plan, tmp_path: Path) -> None:
    quiet(plan, 6, 1, tmp_path / "one")
    quiet(plan, 6, 3, tmp_path / "three")
    assert contents(tmp_path / "one") == contents(tmp_path / "three")


@pytest.mark.parametrize(
    "other",
    [
        lambda plan: Plan(plan.scene, seed=4),
        lambda plan: Plan(plan.scene, plan.seed, People(reach=0.3)),
        lambda plan: Path(plan.scene).write_text(SHORT.replace("25 s", "26 s"), encoding="utf-8") and plan,
    ],
    ids=["another seed", "other people", "the scene was changed"],
)
def test_a_folder_with_another_rehearsal_is_left_alone(plan: Plan, tmp_path: Path, other: Callable[[Plan], Plan]) -> None:
    quiet(plan, 1, 1, tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(RecordingError, match=r"out: holds a rehearsal with another .*; give another folder"):
        quiet(other(plan), 1, 1, tmp_path / "out")
    assert contents(tmp_path / "out") == before


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_what_is_done_valid(plan: Plan, tmp_path: Path, jobs: int) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "engine", "rehearse", plan.scene, "--runs", "5000", "--jobs", str(jobs), "--out", str(out)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 180
    while len(list((out / "runs").glob("*.json"))) < 3 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    # As a terminal does: to every process of the group.
    os.killpg(process.pid, signal.SIGINT)
    said, wrong = process.communicate(timeout=180)
    assert process.returncode != 0
    assert "Traceback" not in wrong
    assert "runs of 5000: interrupted" in said
    rows = list(csv.DictReader(StringIO((out / "runs.csv").read_text(encoding="utf-8"))))
    whole = [path.stem for path in sorted((out / "runs").glob("*.json"))]
    assert [f"{int(row['run']):04}" for row in rows] == whole
    assert 3 <= len(rows) < 5000
    assert not list(out.rglob("*.part"))


def test_each_runs_recording_is_one_that_abaton_replays(plan: Plan, tmp_path: Path) -> None:
    from engine.host.rerun import replay

    quiet(plan, 1, 1, tmp_path / "out")
    assert replay(tmp_path / "out" / "runs" / "0000.jsonl", say=lambda words: None).same is True


def test_the_words_say_who_got_stuck_and_what_was_too_late() -> None:
    scene = load_scene("breathless_bay")
    runs = [
        Run(0, 1, "finished", 200.0, dict.fromkeys(scene.checklist, ("met", 60.0)), {"treated": 120.0}),
        Run(
            1,
            2,
            "finished",
            400.0,
            dict.fromkeys(scene.checklist, ("missed", 260.0)),
            {"treated": 120.0},
            ("mask: cannot be seen",),
        ),
        Run(2, 3, "left", 7200.0, dict.fromkeys(scene.checklist, ("missed", None)), {}, (), ("forgot mask",)),
    ]
    words = summary(scene, runs, 5)
    for line in (
        "Breathless in bay 4 (breathless_bay), 3 runs of 5: interrupted",
        "  1 of 3 (33 %) came to the end with everything on the checklist met",
        "  1 of 3 (33 %) did not come to the end: runs 2",
        "  1 of 3 (33 %) Called for help within 2 minutes (help_called): after 1:00; 1 more too late",
        "      of the 2 who did not: 1 forgot mask; 1 mask: cannot be seen",
        "  2 of 3 (67 %) treated, 2:00",
        "  1 of 3 (33 %) mask: cannot be seen",
        "  1 of 3 (33 %) forgot mask",
    ):
        assert line in words.splitlines()
    rows = list(csv.DictReader(StringIO(table(scene, runs))))
    assert rows[1]["stuck"] == "mask: cannot be seen"
    assert (rows[1]["help_called"], rows[1]["help_called s"], rows[2]["help_called s"]) == ("missed", "260.00", "")


def test_no_runs_are_no_fault() -> None:
    scene = load_scene("lakeside")
    assert summary(scene, [], 3) == "Breathing by the lake (lakeside), 0 runs of 3: interrupted\n"
    assert table(scene, []).count("\n") == 1
