"""First tries: what people write before they know the language is put right, whatever stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec import read_scene
from engine.spec.findings import nearest, slips
from engine.spec.first_tries import MEANT, UNIT_WORDS, celsius, meant_by
from engine.spec.units import UNITS
from tests.spec.test_bad import CARDS
from tests.spec.writing import write

CLINIC = """\
rooms:
  bay: {size: [4 m, 4 m, 2.7 m]}
parameters:
  inhale: {default: 4 s, range: 3 s to 6 s}
props:
  bed: {use: exam_bed}
  oxygen: {use: flow_dial, against: bay.north, at: [0 m, 1.2 m]}
people:
  patient: {use: adult, in: bed}
"""


def remedy(folder: Path, action: str = "{log: begun}", when: str = "after 1 min") -> tuple[str, str]:
    """Code and remedy of the one thing that is wrong with an action or a condition."""
    rules = f"  rules:\n    - {{when: {when}, go: end}}\n    - {{when: after 9 min, go: end}}\n"
    said = read_scene(write(folder, CLINIC, f"scenario:\n  do: {action}\n{rules}"), cards=CARDS)[1]
    assert len(said) == 1, said
    return said[0].code, said[0].remedy


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("after 5min", ("E0303", "write '5 min'")),
        ("after 5 minutes", ("E0302", "write '5 min'")),
        ("after 5 mn", ("E0302", "write '5 min'")),
        ("after 5 m", ("E0304", "write '5 s', '5 min' or '5 h'")),
        ("after 5", ("E0301", "write '5 s', '5 min' or '5 h'")),
        ("after 1,5 min", ("E0332", "write '1.5 min'")),
        ("patient.spo2 < 90%", ("E0329", "write '90'")),
        ("patient.temp > 101.5 °F", ("E0330", "write '38.6'")),
        ("patient.hr > 120 bpm or after 3 min", ("E0329", "write '120'")),
        ("patient.hr > 120/min", ("E0337", "write '120'")),
        ("oxygen.flow >= 10", ("E0301", "write '10 L/min'")),
        ("oxygen.flow >= 10 l/min", ("E0302", "write '10 L/min'")),
        ("oxygen.flow >= 10 lpm", ("E0302", "write '10 L/min'")),
        ("oxygen.flow >= 10 L", ("E0302", "write '10 L/min'")),
        ("oxygen.flow >= 10 kg", ("E0337", "write '10 L/min'")),
        ("bed.backrest >= 45°", ("E0302", "write '45 deg'")),
        ("bed.backrest >= 45 degrees for 3 sec", ("E0302", "write '45 deg'")),
        ("bed.backrest >= 45 s", ("E0337", "write '45 deg'")),
    ],
)
def test_a_wrong_unit_gets_the_right_one(tmp_path: Path, when: str, expected: tuple[str, str]) -> None:
    assert remedy(tmp_path, when=when) == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("{wait: 5}", ("E0301", "write '5 s', '5 min' or '5 h'")),
        ("{wait: inhale + 2}", ("E0336", "write '2 s', '2 min' or '2 h'")),
        ("{change: patient.spo2, to: 95%}", ("E0329", "write '95'")),
        ("{change: patient.temp, to: 101.5}", ("E0330", "write '38.6'")),
        ("{change: patient.temp, to: '38,5'}", ("E0332", "write '38.5'")),
        ("{fade: oxygen.flow}", ("E0509", "here it is called 'change'")),
        ("{wiat: 5 s}", ("E0509", "did you mean 'wait'?")),
    ],
)
def test_a_wrong_action_gets_the_right_one(tmp_path: Path, action: str, expected: tuple[str, str]) -> None:
    assert remedy(tmp_path, action) == expected


def test_every_spelling_of_a_unit_leads_to_one_there_is() -> None:
    assert {unit for unit, _ in UNIT_WORDS.values()} <= set(UNITS)
    assert not set(UNIT_WORDS) & set(UNITS)


def test_no_first_try_is_also_a_word_it_stands_for() -> None:
    for word, meant in MEANT.items():
        assert word not in meant


def test_a_slip_of_the_finger_is_nearer_than_another_word() -> None:
    assert meant_by("ovre", ["over", "ease"]) == "did you mean 'over'?"
    assert meant_by("pulse", ["use", "hr"]) == "here it is called 'hr'"
    assert meant_by("xyzzy", ["over", "ease"]) == "one of: ease, over"


@pytest.mark.parametrize("word", ["hr", "patient", "oxygen", "go"])
def test_one_slip_finds_every_word(word: str) -> None:
    for at in range(len(word)):
        assert word in slips(word[:at] + "z" + word[at + 1 :], [word, "unrelated"])
        assert word in slips(word[:at] + "z" + word[at:], [word, "unrelated"])
        if len(word) > 2:
            assert word in slips(word[:at] + word[at + 1 :], [word, "unrelated"])
        if at and word[at] != word[at - 1]:
            assert word in slips(word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], [word, "unrelated"])
    assert slips("zzz", [word]) == []


def test_equal_slips_are_all_offered() -> None:
    assert nearest("xbp", ["sbp", "dbp", "hr"]) == ["dbp", "sbp"]


def test_fahrenheit_is_reckoned_to_a_tenth() -> None:
    assert [celsius(one) for one in (98.6, 101.5, 104.0)] == [37.0, 38.6, 40.0]
