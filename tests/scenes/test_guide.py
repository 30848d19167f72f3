"""The designers' guide is true: every step plays, every line that is new is shown, every command answers what the page says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.authoring.check import check_scene
from engine.session import Session
from engine.spec.load import load_scene, read_scene
from tests.making import play
from tests.making import told as said
from tests.scenes.guide import COUNT, FOLDER, MOST, PAGE, Told, answer, picture_file, sections, shown, step_file, told
from tests.scenes.make_guide import SIZE

TEXT = PAGE.read_text(encoding="utf-8")
STEPS = range(1, COUNT + 1)
LARGEST = 60_000
"""Bytes of a picture in a page."""


def lines(number: int) -> list[str]:
    return step_file(number).read_text(encoding="utf-8").splitlines()


def test_the_page_has_ten_steps_each_with_its_file_its_picture_and_a_slip() -> None:
    found = sections(TEXT)
    assert list(found) == list(STEPS)
    for number, section in found.items():
        assert f"(guide/{step_file(number).name})" in section
        assert section.count(f"](guide/{picture_file(number).name})") == 1
        assert any(one.slip for one in told(TEXT) if one.step == number)
    assert {path.name for path in FOLDER.glob("*.webp")} == {picture_file(number).name for number in STEPS}


@pytest.mark.parametrize("number", STEPS)
def test_every_step_has_nothing_to_find_fault_with(number: int) -> None:
    report = check_scene(step_file(number))
    assert report.diagnostics == ()
    assert report.unplayed == {}
    assert report.scene is not None


@pytest.mark.parametrize("number", STEPS)
def test_every_step_plays_to_its_end(number: int) -> None:
    session = Session(load_scene(step_file(number)))
    events = play(session, MOST)
    assert session.over
    assert [one.value for one in events if one.event == "session_ended"] == ["finished"]


@pytest.mark.parametrize("number", STEPS)
def test_what_a_step_shows_stands_in_its_file(number: int) -> None:
    whole = "\n" + "\n".join(lines(number)) + "\n"
    parts = shown(sections(TEXT)[number])
    assert parts
    for part in parts:
        assert f"\n{part}" in whole


@pytest.mark.parametrize("number", STEPS)
def test_every_line_that_is_new_is_shown(number: int) -> None:
    before = set(lines(number - 1)) if number > 1 else set()
    parts = {line for part in shown(sections(TEXT)[number]) for line in part.splitlines()}
    assert set(lines(number)) - before - parts - {""} == set()


@pytest.mark.parametrize("number", range(2, COUNT + 1))
def test_no_step_is_larger_than_a_person_can_take_in(number: int) -> None:
    assert len(set(lines(number)) - set(lines(number - 1))) <= 36


def names(one: Told) -> str:
    return f"{one.step}-{one.command.split()[0]}-{one.slip[0] if one.slip else 'right'}"


@pytest.mark.parametrize("one", told(TEXT), ids=names)
def test_every_command_answers_what_the_page_says(one: Told, tmp_path: Path) -> None:
    really = answer(one, tmp_path)
    assert really == one.answer, "`python -m tests.scenes.make_guide --words` writes it anew; read it as a beginner would"
    if one.slip:
        assert "error[" in really or "warning[" in really


def test_no_command_of_the_page_goes_untried() -> None:
    assert TEXT.count("\n$ abaton ") == len(told(TEXT)) > COUNT


def test_the_sicker_patient_begins_sicker_and_speaks_german() -> None:
    scene, found = read_scene(step_file(COUNT), variants=("sicker",), language="de", parameters={"time_alone": "4 min"})
    assert found == ()
    assert scene is not None
    session = Session(scene)
    assert session.value(("patient", "spo2"), 0.0) == 90
    events = play(session, 7 * 60)
    assert [tick for tick, _, what in said(events, "state_entered") if what.endswith("talk_it_over")] == [6 * 60 * 100]
    assert scene.text["hard_to_breathe"] == "Ich bekomme schlecht Luft."


@pytest.mark.parametrize("number", STEPS)
def test_every_picture_is_small_and_shows_something(number: int) -> None:
    path = picture_file(number)
    assert path.stat().st_size <= LARGEST
    with Image.open(path) as picture:
        assert picture.size == SIZE
        assert np.asarray(picture.convert("L")).std() > 8
