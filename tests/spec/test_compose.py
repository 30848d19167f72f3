"""Who wins: card < scene < variants < session; and files that are merged into one scene."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec import SceneSpec, load_scene, read_scene
from engine.spec.expression import Number
from tests.spec.writing import found, good, sentences, write

LAMPS = """\
parameters:
  inhale: {default: 4 s, range: 3 s to 6 s}
  rounds: {default: 10, range: 3 to 60}
  depth: {default: 1.0, range: 0 to 3}
  mood: {default: calm, choices: [calm, bright]}
props:
  lamp: {use: lantern, flux: 100 lm}
  other: {use: lantern}
variants:
  dim:
    props.lamp.flux: 10 lm
    text.title: A dim test
  bright:
    props.lamp.flux: 500 lm
  dark:
    props.lamp: none
  third:
    props.third: {use: lantern}
"""


def flux(scene: SceneSpec) -> float:
    value = scene.things["lamp"].values["flux"]
    assert isinstance(value, Number)
    return value.value


def test_a_variant_wins_over_the_scene(tmp_path: Path) -> None:
    assert flux(good(tmp_path, LAMPS)) == 100
    dim = good(tmp_path, LAMPS, variants=["dim"])
    assert flux(dim) == 10
    assert dim.text["title"] == "A dim test"
    assert dim.variants == ("dim", "bright", "dark", "third")


def test_none_takes_a_thing_away_and_a_variant_can_bring_one(tmp_path: Path) -> None:
    scene = good(tmp_path, LAMPS, variants=["dark", "third"])
    assert list(scene.things) == ["other", "third", "participant", "guide"]


@pytest.mark.parametrize("chosen", [["dim", "bright"], ["dark", "dim"], ["dim", "dark"]])
def test_two_variants_that_set_one_path_clash(tmp_path: Path, chosen: list[str]) -> None:
    assert [one.code for one in found(tmp_path, LAMPS, variants=chosen)] == ["E0708"]


def test_a_variant_takes_away_only_what_is_there(tmp_path: Path) -> None:
    said = sentences(found(tmp_path, "variants:\n  bare:\n    props.lamp: none\n", variants=["bare"]))
    assert said == ["there is no 'props.lamp' to take away: check the name, or leave it out"]


def test_an_unknown_variant_is_set_right(tmp_path: Path) -> None:
    assert sentences(found(tmp_path, LAMPS, variants=["dimm"])) == ["no variant is named 'dimm': did you mean 'dim'?"]


def test_the_session_wins_over_the_default(tmp_path: Path) -> None:
    scene = good(tmp_path, LAMPS, parameters={"inhale": "5 s", "rounds": "3", "depth": "2.5", "mood": "bright"})
    assert [one.value for one in scene.parameters.values()] == [5.0, 3.0, 2.5, "bright"]
    assert scene.parameters["inhale"].default == 4.0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("inhale", "9 s", "9 s is more than 'inhale' can be: 'inhale' is 3 s to 6 s"),
        ("inhale", "5", "'5' is no value for 'inhale', which is a time (s, min or h): 'inhale' is 3 s to 6 s"),
        ("inhale", "5 sec", "'5 sec' is no value for 'inhale': 'sec' is not a unit"),
        ("rounds", "3.5", "'3.5' is no value for 'rounds', which is a whole number: 'rounds' is 3 to 60"),
        ("mood", "brigt", "'mood' cannot be 'brigt': did you mean 'bright'?"),
        ("inhal", "5 s", "the scene has no parameter 'inhal': did you mean 'inhale'?"),
        ("inhale", "rounds", "'rounds' is no value for 'inhale', which is a time (s, min or h): 'inhale' is 3 s to 6 s"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    diagnostics = found(tmp_path, LAMPS, parameters={name: text})
    assert len(diagnostics) == 1
    assert sentences(diagnostics)[0].startswith(message)
    assert str(diagnostics[0].span) == f"setting {name}"


def test_included_files_are_merged(tmp_path: Path) -> None:
    (tmp_path / "lamps.yaml").write_text("props:\n  lamp: {use: lantern, flux: 7 lm}\ntext:\n  hello: Hello\n")
    scene = good(tmp_path, "include: lamps.yaml\nprops.other: {use: lantern}\n")
    assert flux(scene) == 7
    assert set(scene.things) == {"lamp", "other", "participant", "guide"}
    assert scene.text == {"title": "A test", "hello": "Hello"}


def test_a_path_given_by_two_files_is_an_error_that_names_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lamps.yaml").write_text("props:\n  lamp: {use: lantern}\n")
    diagnostics = found(tmp_path, "include: lamps.yaml\nprops.lamp: {use: lantern}\n")
    assert [str(one.span) for one in diagnostics] == ["lamps.yaml:2:10"]
    assert "made.yaml:4:" in diagnostics[0].remedy


@pytest.mark.parametrize("name", ["../outside.yaml", "/etc/passwd", "none.yaml", "lamps.txt", ".", "made.yaml"])
def test_only_files_inside_the_scenes_folder_are_included(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.yaml").write_text("props: {lamp: {use: lantern}}\n")
    folder = tmp_path / "scene"
    folder.mkdir()
    assert found(folder, f"include: {name}\n")


def test_a_link_out_of_the_scenes_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "scene"
    folder.mkdir()
    (tmp_path / "outside.yaml").write_text("props: {lamp: {use: lantern}}\n")
    (folder / "inside.yaml").symlink_to(tmp_path / "outside.yaml")
    assert [one.code for one in found(folder, "include: inside.yaml\n")] == ["E0703"]


def test_a_language_replaces_texts_before_the_variant_does(tmp_path: Path) -> None:
    path = write(tmp_path, LAMPS)
    (tmp_path / "made.de.yaml").write_text("text:\n  title: Ein Test\nvariants.dim.text.title: Ein dunkler Test\n")
    assert load_scene(path, language="de").text["title"] == "Ein Test"
    assert load_scene(path, language="de").language == "de"
    assert load_scene(path, language="de", variants=["dim"]).text["title"] == "Ein dunkler Test"
    assert load_scene(path).text["title"] == "A test"


def test_a_language_file_holds_texts_of_the_scene_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path, LAMPS)
    (tmp_path / "made.de.yaml").write_text(
        "props.lamp.flux: 1 lm\ntext:\n  titel: Ein Test\nvariants:\n  dmi.text.title: x\n  dim.props.lamp.flux: 1 lm\n"
    )
    scene, diagnostics = read_scene(path, language="de")
    assert scene is None
    assert [one.code for one in diagnostics] == [
        *("W0715", "W0715", "E0712", "E0713", "E0714", "E0712"),
    ]


def test_a_language_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "made.de.yaml").write_text("text:\n  title: Ein Test\n")
    assert sentences(found(tmp_path, language="fr")) == ["this scene has no texts in 'fr': it speaks en, de"]


def test_a_text_may_say_none(tmp_path: Path) -> None:
    scene = good(tmp_path, "variants:\n  bare:\n    text.title: none\n", variants=["bare"])
    assert scene.text["title"] == "none"
