"""What a frame in the headset costs is told part by part, and in one sentence when there is no headset."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from engine.authoring.headset_times import PARTS, Meter, bench_headset, table


def work(seconds: float) -> None:
    began = time.thread_time()
    while time.thread_time() - began < seconds:
        pass


def test_what_is_measured_within_a_part_is_not_counted_in_it() -> None:
    meter = Meter()
    with meter.part("sync"):
        work(0.002)
        meter.timed("locate", work)(0.02)
    meter.end_frame()
    frame = meter.frames[0]
    assert frame["locate"] >= 0.02
    assert 0.002 <= frame["sync"] < 0.015
    assert frame["draw"] == 0
    meter.end_frame()
    assert meter.frames[1]["locate"] == 0


def test_the_table_has_a_row_for_each_part() -> None:
    found = {
        "device": "Some headset", "renderer": "GPU", "frames": 200, "sp_us": 0.5,
        "parts_us": dict.fromkeys(PARTS, 50.0), "frame_us": 350.0, "p99_us": 400.0,
    }  # fmt: skip
    text = table(found)
    assert text.startswith("Some headset, 200 frames of lakeside, GPU")
    assert "| sync | 50 | 100 |" in text
    assert "| all of it | 350 | 700 |" in text


@pytest.mark.gl
def test_without_a_runtime_it_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("XR_RUNTIME_JSON", str(tmp_path / "none.json"))
    assert bench_headset() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: there is no OpenXR runtime: install one")
    assert said.err.count("\n") == 1
