"""Slips whose remedy is not the nearest word of the place they stand in: what was meant stands elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec import slots
from engine.spec.grammar import WIDEST
from engine.spec.read import MOST_STATES
from tests.spec.writing import REST, found

CLINIC = "rooms:\n  bay: {size: [4 m, 4 m, 3 m]}\n"
PATIENT = "people:\n  patient: {use: adult}\n"

SLIPS = {
    "a person who exists unasked": (
        "people:\n  participnat: {at: [0 m, 0 m]}\n",
        REST,
        "participnat",
        "did you mean 'participant'?",
    ),
    "an opening in no wall": (f"{CLINIC}openings:\n  entry: {{use: clinic_door}}\n", REST, "use", "add 'against: …'"),
    "a colour": (CLINIC.replace("3 m]", "3 m], finish: {walls: satin_paint/sgae}"), REST, "sgae", "did you mean 'sage'?"),
    "a material": (
        CLINIC.replace("3 m]", "3 m], finish: {walls: satin_pain/sage}"),
        REST,
        "satin_pain",
        "did you mean 'satin_paint'?",
    ),
    "a default": ("parameters:\n  x: {default: 4 kg, range: 3 s to 6 s}\n", REST, "4 kg", "write '4 s'"),
    "a default without a unit": ("parameters:\n  x: {default: 4, range: 3 s to 6 s}\n", REST, "4,", "write '4 s'"),
    "a range": ("parameters:\n  x: {default: 4, range: 3 too 6}\n", REST, "too", "did you mean 'to'?"),
    "the thing of a drift": (
        PATIENT,
        "scenario:\n  drift: {pateint.hr: +1/min}\n  rules: {when: after 1 min, go: end}\n",
        "pateint",
        "'patient'?",
    ),
    "an action without its verb": (
        "",
        "scenario:\n  do: {pattern: tap}\n  rules: {when: after 1 min, go: end}\n",
        "pattern",
        "add 'haptic: …'",
    ),
    "a change of nothing": (
        "",
        "scenario:\n  do: {to: 3, over: 2 s}\n  rules: {when: after 1 min, go: end}\n",
        "to: 3",
        "add 'change: …'",
    ),
    "a state without rules": ("", "scenario:\n  do: {log: begun}\n", "scenario", "add rules as in 'rules: "),
}


@pytest.mark.parametrize(("more", "scenario", "words", "remedy"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_where_it_stands_with_what_was_meant(
    tmp_path: Path, more: str, scenario: str, words: str, remedy: str
) -> None:
    (only,) = found(tmp_path, more, scenario)
    assert only.source[only.span.column - 1 :].startswith(words)
    assert remedy in only.remedy


@pytest.mark.parametrize(
    ("path", "words", "remedy"),
    [
        ("props.lamb: none", "lamb", "did you mean 'lamp'?"),
        ("prosp.lamp: none", "prosp", "did you mean 'props'?"),
        ("props.lamp: nnone", "nnone", "did you mean 'none'?"),
    ],
)
def test_a_slip_in_what_a_variant_takes_away_is_told_at_its_own_word(tmp_path: Path, path: str, words: str, remedy: str) -> None:
    more = f"props:\n  lamp: {{use: lantern}}\nvariants:\n  dark:\n    {path}\n"
    first = next(one for one in found(tmp_path, more, variants=["dark"]) if one.severity == "error")
    assert first.source[first.span.column - 1 : first.span.end_column - 1] == words
    assert first.remedy == remedy


def test_a_text_that_nothing_says_is_told_with_the_one_that_is_near(tmp_path: Path) -> None:
    unread = [one for one in found(tmp_path, text="text:\n  titel: A test\n") if one.code == "W0521"]
    assert [one.remedy for one in unread] == ["did you mean 'title'?"]


def test_an_expression_and_all_of_them_together_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (long,) = found(tmp_path, f"props:\n  lamp: {{use: lantern, flux: {'x' * (WIDEST + 1)}}}\n")
    assert (long.code, f"{WIDEST} characters" in long.message) == ("E0324", True)
    monkeypatch.setattr(slots, "MOST", 100)
    more = "parameters:\n  x: {default: 1.5 lm, range: 1 lm to 2 lm}\nprops:\n"
    (last,) = found(tmp_path, f"{more}  lamp: {{use: lantern, flux: {'x + ' * 49}x}}\n")
    assert (last.code, last.message) == ("E0324", "the expressions of this scene have more than 100 words")


def test_a_scenario_has_so_many_states_and_no_more(tmp_path: Path) -> None:
    states = "".join(f"    s{i}: {{rules: {{when: after 3 s, go: end}}}}\n" for i in range(MOST_STATES + 1))
    (only,) = found(tmp_path, scenario=f"scenario:\n  start: s0\n  states:\n{states}")
    assert (only.code, only.message) == ("E0118", f"the scenario has more than {MOST_STATES} states")
