"""`abaton bench`: the table, and the gate that names what is broken. Unit tests assert no times."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from engine.authoring import bench as module
from engine.authoring.bench import BenchError, Measure, bench, props_scene
from engine.authoring.check import check_scene
from engine.authoring.frames import BLOCK, interleave

LIMITS = Path(__file__).resolve().parent.parent / "bench" / "limits.toml"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[Measure]:
    measures = [
        Measure("sp", "one call", 0.5, "µs"),
        Measure("frame", "a frame", 900.0, "sp"),
        Measure("hour", "an hour", 20.0, "s"),
    ]
    monkeypatch.setattr(module, "GROUPS", (lambda: measures,))
    return measures


def limits(folder: Path, **most: float) -> Path:
    path = folder / "limits.toml"
    path.write_text("".join(f"[{name}]\nmost = {value}\n" for name, value in most.items()))
    return path


def test_limits_that_hold_pass_and_stand_in_the_table(
    measured: list[Measure], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "table.md"
    assert bench(limits(tmp_path, frame=1000, hour=36), out) == 0
    printed = capsys.readouterr().out
    assert "| a frame | 900 sp | 1000 sp |" in printed
    assert "| one call | 0.50 µs |  |" in printed
    assert out.read_text(encoding="utf-8") == printed


def test_a_broken_limit_fails_and_is_named(measured: list[Measure], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(limits(tmp_path, frame=800, hour=36), None) == 1
    assert capsys.readouterr().err == "limit broken: frame: 900 sp is more than 800\n"


def test_a_limit_broken_once_was_noise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    runs = iter([(900.0, 40.0), (1200.0, 30.0)])

    def group() -> list[Measure]:
        return [Measure(*one) for one in zip(("frame", "hour"), "fh", next(runs), ("sp", "s"), strict=True)]

    monkeypatch.setattr(module, "GROUPS", (group,))
    assert bench(limits(tmp_path, frame=1000, hour=36), None) == 0
    printed = capsys.readouterr().out
    assert "| f | 900 sp |" in printed
    assert "| h | 30.00 s |" in printed


def test_a_limit_that_nothing_measures_fails_too(
    measured: list[Measure], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(limits(tmp_path, speed=1), None) == 1
    assert "limit without a measure: speed" in capsys.readouterr().err


def test_the_limits_of_the_project_are_all_of_the_same_shape() -> None:
    bounds = tomllib.loads(LIMITS.read_text(encoding="utf-8"))
    assert bounds
    assert all(list(bound) == ["most"] for bound in bounds.values())


def test_the_scene_of_many_props_has_them_and_nothing_to_find_fault_with(tmp_path: Path) -> None:
    path = tmp_path / "props.yaml"
    path.write_text(props_scene(50))
    report = check_scene(path)
    assert report.diagnostics == ()
    assert report.scene is not None
    assert len(report.scene.things) == 50 + 2


def test_a_command_that_fails_is_no_measure() -> None:
    with pytest.raises(BenchError, match="fails"):
        module._seconds([sys.executable, "-c", "raise SystemExit(3)"], [sys.executable, "-c", ""])


def test_variants_take_turns_and_the_first_block_is_not_counted() -> None:
    order: list[str] = []
    times = interleave({"a": lambda: order.append("a"), "b": lambda: order.append("b")}, 2)
    assert "".join(order) == ("a" * BLOCK + "b" * BLOCK) * 3
    assert {name: [len(block) for block in variant.blocks] for name, variant in times.items()} == {
        "a": [BLOCK] * 2,
        "b": [BLOCK] * 2,
    }
