"""The runner of the peers: what it says where something is missing, and where it writes."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PEERS = Path(__file__).resolve().parent / "peers"


@pytest.fixture
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("peers_run", PEERS / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_machine_without_chromium_is_told_so_and_is_no_failure(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PEERS / "run.py")], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("skipped: there is no Chromium here; install it")


def test_what_is_missing_is_named_in_turn(run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = {"chromium": "/usr/bin/chromium"}
    monkeypatch.setattr(shutil, "which", there.get)
    assert "there is no Node.js here" in str(run.missing())
    there["node"] = "/usr/bin/node"
    monkeypatch.setattr(run, "HERE", tmp_path)
    assert "run `npm ci`" in str(run.missing())
    (tmp_path / "node_modules" / "three").mkdir(parents=True)
    assert run.missing() is None


def test_both_are_given_the_same_load(run: ModuleType) -> None:
    for case in run.CASES:
        theirs, ours = run._case(case, 0), run._case(case, 1)
        assert {key for key in theirs if theirs[key] != ours[key]} <= {"load"}


def test_the_table_goes_between_the_marks_and_nowhere_else(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    readme = tmp_path / "README.md"
    monkeypatch.setattr(run, "README", readme)
    readme.write_text(f"above\n{run.BEGIN}\nold\n{run.END}\nbelow\n")
    run.write("| new |")
    run.write("| newer |")
    assert readme.read_text() == f"above\n{run.BEGIN}\n| newer |\n{run.END}\nbelow\n"
