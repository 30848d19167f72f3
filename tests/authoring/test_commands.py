"""The commands for authors, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.authoring.reference import FILE
from engine.cli import app
from engine.library import scenes_folder
from engine.spec import SceneError


def asked(*words: object) -> str:
    result = CliRunner().invoke(app, [*map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_a_new_scene_is_written_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "abaton check bay_five/bay_five.yaml" in asked("new", "bay_five", "--from", "clinic")
    assert "ok: Bay five" in asked("check", "bay_five")
    asked("new", "shore", "-o", tmp_path / "mine" / "scenes")
    assert (tmp_path / "mine" / "scenes" / "shore" / "shore.yaml").is_file()


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    assert asked("schema", "--out", path) == ""
    assert (
        path.read_text(encoding="utf-8") == asked("schema") == (scenes_folder() / "scene.schema.json").read_text(encoding="utf-8")
    )


def test_prefabs_are_listed_and_shown() -> None:
    assert "exam_bed" in asked("prefabs")
    assert asked("prefabs", "bench").startswith("bench: a prop\n")
    assert json.loads(asked("prefabs", "bench", "--json"))["name"] == "bench"


def test_a_scene_of_today_needs_no_migration() -> None:
    assert "nothing to change" in asked("migrate", "lakeside")
    with pytest.raises(SceneError, match="get a newer engine"):
        asked("migrate", "lakeside", "--to", 2)


def test_the_reference_is_printed() -> None:
    assert asked("reference") == FILE.read_text(encoding="utf-8")
