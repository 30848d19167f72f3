"""What there is to do is read from a scene's rules and checklist, whatever the scene."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.rehearsal.goals import amount, goals, meets
from engine.spec.load import load_scene
from engine.world import build
from tests.interaction.ward import ward


def test_the_goals_of_the_clinic_are_those_of_its_author() -> None:
    found = {goal.name: goal for goal in goals(build(load_scene("breathless_bay")))}
    assert {name: goal.verb for name, goal in found.items()} == {
        "mask": "fit",
        "oxygen.dial": "turn",
        "board.done": "press",
        "bell.button": "press",
        "bed.lever": "turn",
    }
    assert {name: goal.due for name, goal in found.items() if goal.due} == {"bell.button": 120.0, "bed.lever": 180.0}
    assert [name for name, goal in found.items() if goal.later] == ["board.done"], "the session does not begin in its debriefing"


def test_the_lake_asks_to_take_a_stone() -> None:
    assert [(goal.verb, goal.name) for goal in goals(build(load_scene("lakeside")))] == [("take", "stone")]


SCENARIO = """
start: stay
states:
  stay:
    rules:
      - {{when: {when}, do: {{log: it}}}}
      - {{when: after 10 min, go: end}}
"""


@pytest.mark.parametrize(
    ("when", "wanted"),
    [
        ("oxygen.flow >= 9.5 L/min", 10.0),
        ("oxygen.flow > 4 L/min", 5.0),
        ("oxygen.flow < 4 L/min", 3.0),
        ("oxygen.flow < 3.5 L/min", 3.0),
        ("oxygen.flow >= 12 L/min", 12.0),
        ("8 L/min <= oxygen.flow", 8.0),
        ("oxygen.flow <= 3.5 L/min", 3.0),
        ("oxygen.flow == 6 L/min for 5 s", 6.0),
    ],
)
def test_an_amount_is_the_detent_on_the_right_side(tmp_path: Path, when: str, wanted: float) -> None:
    world = build(ward(tmp_path, SCENARIO.format(when=when)))
    (goal,) = goals(world)
    assert amount(world, goal) == pytest.approx(wanted)
    assert meets(world, goal, amount(world, goal))


@pytest.mark.parametrize("when", ["patient.spo2 < 90", "not bell pressed", "participant distressed", "oxygen.flow != 0 L/min"])
def test_what_hands_cannot_do_is_no_goal(tmp_path: Path, when: str) -> None:
    assert goals(build(ward(tmp_path, SCENARIO.format(when=when)))) == ()
