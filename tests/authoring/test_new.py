"""`abaton new`: a scene of one's own, with every line explained, that passes; and nothing is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine.authoring.check import check_scene
from engine.authoring.new import ORIGINS, Origin, new, origin_file
from engine.library import scenes_folder
from engine.spec import SceneError, load_scene


def made(folder: Path, origin: Origin = "empty", name: str = "quiet_room") -> tuple[Path, list[str]]:
    said: list[str] = []
    return new(name, origin, folder, said.append), said


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_new_scene_passes_without_a_finding(origin: Origin, tmp_path: Path) -> None:
    path, _ = made(tmp_path, origin)
    report = check_scene(path)
    assert report.good
    assert report.diagnostics == ()
    assert path == tmp_path / "quiet_room" / "quiet_room.yaml"
    assert load_scene(path).text["title"] == "Quiet room"


@pytest.mark.parametrize("origin", ORIGINS)
def test_it_is_the_scene_it_was_made_from(origin: Origin, tmp_path: Path) -> None:
    path, _ = made(tmp_path, origin)
    new_one, old = (yaml.safe_load(one.read_text(encoding="utf-8")) for one in (path, origin_file(origin)))
    assert new_one.pop("text") == {**old.pop("text"), "title": "Quiet room"}
    assert new_one == old


@pytest.mark.parametrize("origin", ORIGINS)
def test_every_key_is_explained_where_it_first_stands(origin: Origin, tmp_path: Path) -> None:
    text = made(tmp_path, origin)[0].read_text(encoding="utf-8")
    lines = text.splitlines()
    for key in yaml.safe_load(text):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
        above = [line for line in lines[max(0, at - 12) : at] if line.startswith("# ")]
        assert any(line.startswith(f"# {key}: ") for line in above), key
    assert sum(line.lstrip().startswith("# when: ") for line in lines) == 1
    assert max(map(len, (line for line in lines if line.lstrip().startswith("#")))) <= 110


def test_a_card_and_its_parameters_are_explained(tmp_path: Path) -> None:
    lines = [line.strip() for line in made(tmp_path)[0].read_text(encoding="utf-8").splitlines()]
    assert "# bench: A wooden bench without a back, for two. One sits on it looking out of its front." in lines
    assert "# length: From the shore end to the water end." in lines


def test_an_editor_finds_the_schema(tmp_path: Path) -> None:
    path, said = made(tmp_path)
    schema = path.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
    assert (path.parent / schema).read_bytes() == (scenes_folder() / "scene.schema.json").read_bytes()
    assert said[0].startswith(str(tmp_path / "scene.schema.json"))
    (tmp_path / "scene.schema.json").write_text("{}")
    made(tmp_path, name="other")
    assert (tmp_path / "scene.schema.json").read_text() == "{}"


def test_it_is_said_what_it_was_made_from_and_who_must_sign_off(tmp_path: Path) -> None:
    text = made(tmp_path, "clinic")[0].read_text(encoding="utf-8")
    assert "\nspec: 1  # from clinic: Breathless in bay 4: low oxygen in pneumonia; numbers need a clinician's sign-off\n" in text
    assert "\nlanguage: en\n" in text


def test_what_to_do_next_is_said(tmp_path: Path) -> None:
    path, said = made(tmp_path)
    for command in ("check", "shots", "run"):
        assert any(line.strip().startswith(f"abaton {command} {path}") for line in said)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path, _ = made(tmp_path)
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        made(tmp_path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Quiet Room", "write 'quiet_room'"),
        ("../up", "write 'up'"),
        ("4bays", "as in 'quiet_room'"),
        ("", "as in 'quiet_room'"),
        ("end", "'end' is a word of the language"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SceneError, match=said):
        made(tmp_path, name=name)
    assert list(tmp_path.iterdir()) == []
