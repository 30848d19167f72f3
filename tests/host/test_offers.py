"""The scenes that can be chosen, and the values that can be set for them, as they are written and as people read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.host.offers import Offer, Value, nice_step, scenes, shown, written
from engine.spec.load import read_scene
from engine.spec.model import Quantity
from engine.view.ui.words import words


def test_a_scene_without_a_language_is_offered_in_its_own(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    text = "spec: 1\nlanguage: en\nrooms: {hall: {size: [4 m, 4 m, 3 m]}}\npeople: {participant: {in: hall}}\n"
    (tmp_path / "room" / "room.yaml").write_text(
        text + "scenario: {start: s, states: {s: {rules: {when: after 1 min, go: end}}}}\ntext:\n  hello: Hi\n"
    )
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "broken.yaml").write_text("spec: 1\nnonsense: [")
    (offer,) = scenes("de", lambda scene: float("inf"), tmp_path)
    assert (offer.name, offer.language, offer.title, offer.minutes, offer.picture) == ("room", "en", "Room", None, None)


@pytest.mark.parametrize(
    ("least", "whole", "step"),
    [(0.25, False, 0.5), (4.75, True, 5.0), (0.2, True, 1.0), (0.05, False, 0.05), (13.0, False, 20.0)],
)
def test_steps_are_round_numbers(least: float, whole: bool, step: float) -> None:
    assert nice_step(least, whole=whole) == pytest.approx(step)


def quantity(dimension: str, value: Value) -> Quantity:
    return Quantity(name="q", value=value, default=value, dimension=dimension)


def test_values_are_written_as_scenes_write_them() -> None:
    assert written(quantity("time", 4.5), 4.5) == "4.5 s"
    assert written(quantity("ratio", 1.0), 1.0) == "1.0"
    assert written(quantity("truth", True), True) == "true"


@pytest.mark.parametrize(
    ("language", "dimension", "value", "said"),
    [
        ("en", "time", 4.5, "4.5 s"),
        ("de", "time", 4.5, "4,5 s"),
        ("ar", "time", 4.5, "4.5 ث"),
        ("en", "time", 150.0, "2 min 30 s"),
        ("ar", "time", 120.0, "2 د"),
        ("de", "flow", 10.0, "10 l/min"),
        ("en", "angle", 30.0, "30°"),
        ("en", "ratio", 0.5, "0.5"),
        ("en", "truth", False, "No"),
        ("de", "word", "left_arm", "Am linken Arm"),
        ("de", "word", "right_arm", "right arm"),
    ],
)
def test_and_shown_as_people_read_them(language: str, dimension: str, value: Value, said: str) -> None:
    offer = Offer("room", "Room", language, None, None, choices={"left_arm": "Am linken Arm"})
    assert shown(offer, quantity(dimension, value), value, words(language)) == said


def test_parameters_their_choices_and_variants_are_called_as_each_language_s_file_says(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "room.yaml").write_text(
        """
spec: 1
language: en
parameters: {arm: {default: left_arm, choices: [left_arm, right_arm]}}
rooms: {hall: {size: [4 m, 4 m, 3 m]}}
people: {participant: {in: hall}}
scenario: {rules: {when: after 1 min, go: end}}
variants: {late: {parameters.arm.default: right_arm}}
text:
  title: Room
  arm: Which arm
  left_arm: The left one
  late: In the evening
"""
    )
    (tmp_path / "room" / "room.de.yaml").write_text(
        "text:\n  title: Raum\n  arm: Welcher Arm\n  left_arm: Der linke\n  late: Am Abend\n"
    )
    for language, label, choice, variant in (
        ("en", "Which arm", "The left one", "In the evening"),
        ("de", "Welcher Arm", "Der linke", "Am Abend"),
    ):
        (offer,) = scenes(language, lambda scene: 60.0, tmp_path)
        ((parameter, said),) = offer.parameters
        assert (said, offer.variants) == (label, (("late", variant),))
        assert shown(offer, parameter, "left_arm", words(language)) == choice
        assert shown(offer, parameter, "right_arm", words(language)) == "Right arm"
    _, diagnostics = read_scene(tmp_path / "room" / "room.yaml")
    assert [one.code for one in diagnostics if one.code == "W0521"] == [], "what labels a choice is not unread"
