"""A patient's vital signs: limits, what is derived, what a heart that stands still leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.patient.vitals import VITALS, mean_pressure, vital_signs
from engine.session import Session
from engine.spec.load import load_scene
from tests.making import play
from tests.patient.bedside import bedside

BODY = """
start: stay
states:
  stay:
    drift: {patient.hr: +60/min, patient.sbp: -60/min}
    rules: [{when: after 1 min, do: {change: patient.rhythm, to: asystole}}, {when: after 5 min, go: end}]
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(bedside(tmp_path, BODY))


def test_cards_of_patients_hold_what_a_body_can_have() -> None:
    patient = load_scene("breathless_bay").things["patient"]
    for name, vital in VITALS.items():
        if name != "map":
            slot = patient.card.live[name]
            assert (slot.low, slot.high) == vital.lived, name
            assert slot.charted == vital.shown, name


def test_the_mean_pressure_is_a_third_of_the_way_up(session: Session) -> None:
    assert mean_pressure(120.0, 75.0) == 90.0
    session.step(0)
    values = vital_signs(session.world, "patient")
    assert values["map"] == mean_pressure(float(values["sbp"] or 0), float(values["dbp"] or 0))


def test_a_diastolic_pressure_is_never_above_the_systolic(session: Session) -> None:
    play(session, 58)
    values = vital_signs(session.world, "patient")
    assert values["sbp"] == values["dbp"] == values["map"]
    assert float(session.world.value(("patient", "dbp"))) > float(values["dbp"] or 0), "what the scenario says stays as it is"


def test_drifts_stop_at_what_a_body_can_have(session: Session) -> None:
    play(session, 290)
    assert session.world.value(("patient", "hr")) == 300.0
    assert session.world.value(("patient", "sbp")) == 0.0


def test_asystole_leaves_nothing_to_measure_but_warmth(session: Session) -> None:
    play(session, 61)
    values = vital_signs(session.world, "patient")
    assert (values["hr"], values["rr"]) == (0.0, 0.0)
    assert [name for name, value in values.items() if value is None] == ["spo2", "sbp", "dbp", "map"]
    assert values["temp"] == 37.0


def test_beats_and_breaths_are_counted_exactly_and_stop_with_the_heart(session: Session) -> None:
    play(session, 60)
    # From 80 a minute, one more a minute each second: 80 + 30 in this minute, less half a tick's worth at either end.
    assert session.world.hearts["patient"].beats == pytest.approx(110.0, abs=0.01)
    assert session.world.hearts["patient"].breaths == pytest.approx(14.0, abs=0.01)
    play(session, 1)
    then = session.world.hearts["patient"]
    play(session, 10)
    assert session.world.hearts["patient"] == then
