"""A card's parameter that is the key of a text: looked up, counted as read, offered by editors; and letters that no font has."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.authoring.check import check_scene
from engine.session import Session
from engine.spec import SceneSpec, read_scene
from engine.spec.letters import unwritable
from engine.spec.load import load_scene
from tests.spec.examples import read

SIGN = """
rooms: {corridor: {size: [4 m, 4 m, 2.7 m]}}
props:
  door_sign: {use: sign, against: corridor.north, at: [1.6 m], says: SAYS}
scenario:
  rules: {when: after 5 s, go: end}
text:
  title: A corridor
  bay_name: Bay 4
"""


def codes(text: str, folder: Path) -> tuple[SceneSpec | None, list[str]]:
    scene, found = read(text, folder)
    return scene, [one.code for one in found]


def test_a_sign_says_a_text(tmp_path: Path) -> None:
    scene, found = codes(SIGN.replace("SAYS", "bay_name"), tmp_path)
    assert found == [], "the text counts as read"
    assert scene is not None
    session = Session(scene)
    session.step(0)
    assert session.world.bodies["door_sign"].parameters["says"] == "bay_name"


def test_without_the_sign_nobody_meets_the_text(tmp_path: Path) -> None:
    assert codes(SIGN.replace(", says: SAYS", ""), tmp_path)[1] == ["W0521"]


@pytest.mark.parametrize(
    ("says", "code", "remedy"),
    [
        ("bay_nam", "E0210", "did you mean 'bay_name'?"),
        ("Bay 4", "E0520", "put it under 'text'"),
        ("nobody", "E0210", "add 'nobody: …'"),
    ],
)
def test_what_is_no_key_is_told(tmp_path: Path, says: str, code: str, remedy: str) -> None:
    scene, found = read(SIGN.replace("SAYS", says), tmp_path)
    assert scene is None
    error = next(one for one in found if one.code == code)
    assert remedy in error.remedy
    assert error.span.line > 0


def test_it_is_said_in_the_language_of_the_session(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    folder.mkdir()
    (folder / "hall.yaml").write_text("spec: 1\nlanguage: en\n" + SIGN.replace("SAYS", "bay_name"), encoding="utf-8")
    (folder / "hall.he.yaml").write_text("text:\n  title: מסדרון\n  bay_name: עמדה 4\n", encoding="utf-8")
    assert load_scene(folder / "hall.yaml").text["bay_name"] == "Bay 4"
    scene = load_scene(folder / "hall.yaml", language="he")
    assert scene.text[str(Session(scene).world.bodies["door_sign"].parameters["says"])] == "עמדה 4"


def test_check_names_the_letters_that_no_font_has_and_where_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    folder.mkdir()
    text = "spec: 1\nlanguage: en\n" + SIGN.replace("SAYS", "bay_name").replace("Bay 4", "Bay 4 👍 ᚠ")
    (folder / "hall.yaml").write_text(text, encoding="utf-8")
    (folder / "hall.ja.yaml").write_text("text:\n  title: 廊下\n  bay_name: 第四室 🏥\n", encoding="utf-8")
    report = check_scene(folder / "hall.yaml")
    assert report.good, "it is a warning"
    found = [one for one in report.diagnostics if one.code == "W0150"]
    assert [(Path(one.span.file).name, one.source[one.span.column - 1]) for one in found] == [
        ("hall.yaml", "👍"),
        ("hall.ja.yaml", "🏥"),
    ]
    assert "'👍' (U+1F44D), 'ᚠ' (U+16A0)" in found[0].message


def test_what_is_drawn_as_nothing_is_never_missing() -> None:
    assert unwritable("a\u200d\u2068\ufe0f\u00ad b\u00a0\u3000") == ""
    assert unwritable("가각 がパ é") == "", "letters in parts are put together first"


def test_all_scenes_of_the_house_can_be_written() -> None:
    for name in ("lakeside", "breathless_bay", "welcome"):
        for language in (None, "de", "ar"):
            _, found = read_scene(name, language=language)
            assert "W0150" not in {one.code for one in found}
