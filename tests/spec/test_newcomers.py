"""What newcomers type before they know a name: a file, a scene or a prefab that is nearly there is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.library import assets_folder
from engine.spec import read_scene
from engine.spec.prefabs import likely

PREFABS = [path.stem for path in (assets_folder() / "prefabs").glob("*.yaml")]


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("bed", "here it is called 'exam_bed'"),
        ("Bed", "here it is called 'exam_bed'"),
        ("patient", "here it is called 'adult'"),
        ("sink", "here it is called 'wash_basin'"),
        ("chair", "did you mean 'visitor_chair'?"),
        ("mask", "did you mean 'oxygen_mask'?"),
        ("exam-bed", "did you mean 'exam_bed'?"),
        ("xylophone", "`abaton prefabs` lists them all"),
    ],
)
def test_a_prefab_is_found_by_what_people_call_it(typed: str, remedy: str) -> None:
    assert likely(typed, PREFABS) == remedy


@pytest.mark.parametrize(
    ("asked", "remedy"),
    [
        ("my_bay", "write 'my_bay.yaml', the file that is here"),
        ("my_by.yaml", "did you mean 'my_bay.yaml'?"),
        ("my_bay.yml", "did you mean 'my_bay.yaml'?"),
        ("elsewhere/my_bay.yaml", "check the name and the folder"),
    ],
)
def test_a_file_that_is_nearly_there_is_named(asked: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_bay.yaml").write_text("spec: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scene, found = read_scene(asked)
    assert scene is None
    assert [one.remedy for one in found] == [remedy]


def test_a_slip_in_a_file_of_another_language_is_put_right(tmp_path: Path) -> None:
    own = "spec: 1\nlanguage: en\nscenario: {rules: {when: after 1 s, go: end}}\ntext:\n  title: One\n"
    (tmp_path / "made.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "made.de.yaml").write_text("texts:\n  title: Eins\n", encoding="utf-8")
    remedies = {one.code: one.remedy for one in read_scene(tmp_path / "made.yaml", language="de")[1]}
    assert remedies["E0712"] == "did you mean 'text'?"
