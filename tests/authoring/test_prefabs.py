"""`abaton prefabs`: what a person needs to know of a card before they use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.authoring.prefabs import example, prefabs
from engine.library import assets_folder
from engine.spec import SceneError, load_scene
from engine.spec.schema import all_cards
from engine.spec.things import BUILT_IN
from tests.spec.glb import Writer
from tests.spec.writing import REST

CARDS = {**all_cards([assets_folder() / "prefabs"]), **BUILT_IN}

ROOM = """\
spec: 1
language: en
rooms:
  room: {size: [6 m, 6 m, 3 m]}
"""


def test_every_card_is_listed_under_its_section() -> None:
    lines = prefabs(None, False).splitlines()
    for name, card in CARDS.items():
        assert any(line.split() and line.split()[0] == name and line.endswith(card.doc) for line in lines), name
    assert [line for line in lines if line.endswith(":")] == [
        "environment:",
        "openings:",
        "lights:",
        "props:",
        "sounds:",
        "people:",
    ]


@pytest.mark.parametrize("name", CARDS)
def test_all_that_an_author_may_say_is_shown(name: str) -> None:
    card, shown = CARDS[name], prefabs(name, False)
    for word in (*card.params, *card.changeable, *card.flags, *card.places, *card.controls):
        assert f"    {word}" in shown, word
    for slot in card.params.values():
        assert slot.doc in shown
        assert all(choice in shown for choice in slot.choices)
    assert card.doc in shown
    assert card.source in shown


def test_a_model_file_has_a_card_too(tmp_path: Path) -> None:
    shown = prefabs(str(Writer().save(tmp_path / "My chair-2.glb")), False)
    assert shown.startswith("My chair-2.glb: a model file, as a prop\n    12 triangles\n    1 × 1 × 1 m (width, depth, height)\n")
    assert "  my_my_chair_2: {use: My chair-2.glb, at: [0 m, 3 m]}" in shown
    assert json.loads(prefabs(str(tmp_path / "My chair-2.glb"), True))["size"] == [1.0, 1.0, 1.0]


def test_a_model_file_that_no_scene_could_use_is_said(tmp_path: Path) -> None:
    (tmp_path / "chair.glb").write_text("no model")
    for name, code in (("chair.glb", "E0814"), ("stool.glb", "E0813")):
        with pytest.raises(SceneError) as caught:
            prefabs(str(tmp_path / name), False)
        assert [one.code for one in caught.value.diagnostics] == [code]


def test_a_person_reads_units_and_what_a_flag_means() -> None:
    bed, button, mask = (prefabs(name, False) for name in ("exam_bed", "call_button", "oxygen_mask"))
    assert "backrest: an angle (deg), 0 deg to 75 deg; 0 deg if you say nothing" in bed
    assert "pressed (moment: true for one moment, as it happens)" in button
    assert "It can be picked up" in mask
    assert "fitted (lasting: true for as long as it lasts; with `fits`)" in mask
    assert "hr: a bare number (/min), 0 to 300; 80 if you say nothing" in prefabs("adult", False)


@pytest.mark.parametrize("name", CARDS)
def test_the_line_to_paste_works(name: str, tmp_path: Path) -> None:
    lines = example(CARDS[name])
    bed = "" if lines[0] == "props:" else "props:\n"
    path = tmp_path / "made.yaml"
    paste = "\n".join(lines)
    more = f"{bed}  bed: {{use: exam_bed, in: room}}" if "in: bed" in paste else ""
    path.write_text(f"{ROOM}{paste}\n{more}\n{REST}text:\n  title: A test\n", encoding="utf-8")
    scene = load_scene(path)
    assert name in {thing.card.name for thing in scene.everything.values()}


@pytest.mark.parametrize(("name", "face"), [("led_panel", "room.ceiling"), ("bed_light", "room.north")])
def test_lights_hang_under_a_ceiling_but_for_those_made_for_walls(name: str, face: str) -> None:
    assert prefabs(name, False).count(f"against: {face}") == 2, "in the list of ways to place it, and in the example"


def test_json_says_the_same_for_programs() -> None:
    assert {one["name"] for one in json.loads(prefabs(None, True))} == set(CARDS)
    bed = json.loads(prefabs("exam_bed", True))
    assert bed["live"]["backrest"]["high"] == 75
    assert bed["sections"] == ["openings", "lights", "props"]
    assert "model" not in bed


def test_a_misspelt_name_is_set_right() -> None:
    with pytest.raises(SceneError, match="did you mean 'exam_bed'"):
        prefabs("exam_bad", False)
