"""What stands around the scenario: typed, checked, and listed while it is not played."""

from __future__ import annotations

from pathlib import Path

from engine.spec import load_scene, not_played
from engine.spec.expression import Comparison, Flag, Held, Not
from engine.spec.model import Draw, Review, Telling
from tests.spec.writing import write

WHOLE = """\
reviewed_by:
  - name: A. Clinician
    role: consultant anaesthetist
    date: "2026-05-01"
variables:
  course: {default: mild, choices: [mild, severe]}
  beds: {default: 2, range: 1 to 4}
props:
  bed: {use: exam_bed}
  stone: {use: smooth_stone}
people:
  patient:
    use: adult
    in: bed
    findings:
      chest: [{tell: crackles, when: patient.spo2 < 90}, clear]
      skin: clear
    questions: {do_you_smoke: twenty}
prebrief: [you_are_a_nurse, he_is_breathless]
triggers: [worsen, recover]
hints:
  look: {when: not stone held for 90 s}
"""
SCENARIO = """\
scenario:
  do: [{draw: course}, {draw: beds}]
  rules:
    - {when: facilitator worsen or course == severe, do: {log: worse}}
    - {when: after 1 min, go: end}
"""
TEXT = """\
text:
  title: A test
  crackles: Crackles on both sides
  clear: Clear
  do_you_smoke: Do you smoke?
  twenty: Twenty a day
  you_are_a_nurse: You are a nurse
  he_is_breathless: He is breathless
  look: Look at the stone
  worsen: Let it get worse
"""


def test_all_of_it_is_typed(tmp_path: Path) -> None:
    scene = load_scene(write(tmp_path, WHOLE, SCENARIO, TEXT))
    review = scene.reviewed_by[0]
    assert review == Review(span=review.span, name="A. Clinician", role="consultant anaesthetist", date="2026-05-01")
    assert scene.prebrief == ("you_are_a_nurse", "he_is_breathless")
    assert scene.triggers == ("worsen", "recover")
    assert isinstance(scene.hints["look"].when, Not)
    assert isinstance(scene.hints["look"].when.operand, Held)
    chest = scene.things["patient"].findings["chest"]
    assert [(one.tell, type(one.when)) for one in chest] == [("crackles", Comparison), ("clear", type(None))]
    smoke = scene.things["patient"].questions["do_you_smoke"]
    assert smoke == (Telling(span=smoke[0].span, tell="twenty"),)
    assert [(type(one), one.variable) for one in scene.scenario.do if isinstance(one, Draw)] == [(Draw, "course"), (Draw, "beds")]


def test_a_trigger_is_a_flag_of_the_facilitator(tmp_path: Path) -> None:
    scene = load_scene(write(tmp_path, WHOLE, SCENARIO.replace(" or course == severe", ""), TEXT))
    when = scene.scenario.rules[0].when
    assert when == Flag("facilitator", "worsen", when.span)


def test_what_the_engine_does_not_play_is_listed(tmp_path: Path) -> None:
    unplayed = not_played(load_scene(write(tmp_path, WHOLE, SCENARIO, TEXT)))
    assert {key: unplayed[key] for key in ("reviewed_by", "prebrief", "hints", "findings", "questions")} == {
        "reviewed_by": 1,
        "prebrief": 2,
        "hints": 1,
        "findings": 2,
        "questions": 1,
    }
