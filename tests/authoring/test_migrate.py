"""`abaton migrate`: a diff first; and when it writes, the old file is kept, and no half file is ever there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.authoring.migrate import migrate
from engine.spec import SceneError
from tests.spec.test_migrate import NEW, OLD, renamed, scene


def ask(path: Path | str, *, write: bool = False) -> str:
    said: list[str] = []
    migrate(str(path), 1, write, said.append, {0: renamed})
    return "\n".join(said)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_diff_is_shown_and_nothing_written(tmp_path: Path) -> None:
    path = scene(tmp_path)
    said = ask(path)
    assert "-spec:   0          # as it was in the old days\n+spec:   1          # as it was" in said
    assert "-  lamp: {use: lantern, power: 80 lm," in said
    assert "+  lamp: {use: lantern, flux: 80 lm," in said
    assert said.endswith("--write` does it")
    assert path.read_text() == OLD
    assert names(tmp_path) == ["quiet.yaml"]


def test_the_old_file_is_kept_and_no_kept_one_overwritten(tmp_path: Path) -> None:
    path = scene(tmp_path)
    path.chmod(0o640)
    assert "now version 1" in ask(path, write=True)
    assert (path.read_text(), (tmp_path / "quiet.yaml.bak").read_text()) == (NEW, OLD)
    assert path.stat().st_mode & 0o777 == 0o640
    scene(tmp_path, OLD.replace("quiet", "loud"))
    assert "quiet.yaml.bak2" in ask(path, write=True)
    assert (tmp_path / "quiet.yaml.bak").read_text() == OLD
    assert names(tmp_path) == ["quiet.yaml", "quiet.yaml.bak", "quiet.yaml.bak2"]


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scene(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        ask(path, write=True)
    assert path.read_text() == OLD
    assert names(tmp_path) == ["quiet.yaml", "quiet.yaml.bak"]


def test_a_scene_of_today_is_said_to_be_one() -> None:
    assert ask("lakeside") == "lakeside: nothing to change; this is version 1"


def test_an_unknown_scene_is_said_to_be_one() -> None:
    with pytest.raises(SceneError, match="did you mean 'lakeside'"):
        ask("lakesied")
