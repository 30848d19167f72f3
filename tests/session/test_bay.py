"""Breathless in bay 4, played from start to end by people who do well, do badly, and do nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.session.story import chain, why
from engine.session.story import told as as_line
from engine.spec.load import load_scene
from headset.inputs import Command
from tests.making import told
from tests.session.nurse import Nurse
from tests.session.reading import log

LOGS = Path(__file__).resolve().parent / "logs"
"""What each of them leaves in the log; `python -m tests.session.test_bay` writes them anew, to be read before they are kept."""


def well(nurse: Nurse) -> None:
    """Rings, sits the patient up, gives the mask, opens the oxygen: all in the first minute."""
    nurse.play(1)
    nurse.until(8)
    nurse.walk_in()
    nurse.press_bell()
    nurse.raise_back(2)
    nurse.give_mask()
    nurse.open_oxygen(220)
    nurse.finish()


def badly(nurse: Nurse) -> None:
    """Opens the oxygen after four minutes, too little of it; gives the mask when the patient fails, opens it fully at last."""
    nurse.play(1)
    nurse.walk_in()
    nurse.until(240)
    nurse.open_oxygen(80)
    nurse.until(400)
    nurse.give_mask()
    nurse.until(500)
    nurse.open_oxygen(140)
    nurse.finish()


def nothing(nurse: Nurse) -> None:
    """Stands in the corridor."""
    nurse.finish()


PEOPLE = {"well": well, "badly": badly, "nothing": nothing}


@cache
def visit(person: Callable[[Nurse], None]) -> tuple[Session, list[Event]]:
    """A session played to its end; it is looked at by several tests and changed by none."""
    session = Session(load_scene("breathless_bay"))
    nurse = Nurse(session)
    person(nurse)
    return session, nurse.events


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_leaves_exactly_this_log(name: str) -> None:
    _, events = visit(PEOPLE[name])
    assert log(events) == (LOGS / f"bay_{name}.txt").read_text(encoding="utf-8")


def test_who_does_nothing_sees_the_patient_fail_at_six_and_a_quarter_minutes_and_die() -> None:
    session, events = visit(nothing)
    assert told(events, "state_entered") == [
        (0, "state_entered", "untreated"),
        (0, "state_entered", "untreated.compensated"),
        (37501, "state_entered", "untreated.failing"),
        (61501, "state_entered", "arrest"),
        (63501, "state_entered", "debrief"),
    ]
    assert (session.outcome, session.tick) == ("finished", 93501)
    assert {outcome.result for outcome in session.outcomes.values()} == {"missed"}


def test_who_does_well_meets_every_item_and_the_patient_recovers() -> None:
    session, events = visit(well)
    assert [outcome.result for outcome in session.outcomes.values()] == ["met", "met", "met"]
    assert [what for _, _, what in told(events, "state_entered")][-2:] == ["treated", "debrief"]
    assert session.world.value(("patient", "spo2")) == 95.0
    assert not told(events, "item_missed", "item_open")


def test_who_is_late_misses_what_counts_and_the_log_says_by_how_much() -> None:
    session, events = visit(badly)
    oxygen = session.outcomes["oxygen_in_time"]
    assert (oxygen.result, oxygen.due) == ("missed", 18000)
    assert oxygen.late is not None
    assert oxygen.late > 50000
    assert told(events, "item_late")[0][2] == "oxygen_in_time"


@pytest.mark.parametrize("mask_first", [True, False])
def test_mask_before_oxygen_and_oxygen_before_mask_both_end_treated(mask_first: bool) -> None:
    session = Session(load_scene("breathless_bay"))
    nurse = Nurse(session)
    nurse.play(1)
    nurse.walk_in()
    deeds: list[Callable[[], None]] = [nurse.give_mask, lambda: nurse.open_oxygen(220)]
    for deed in deeds if mask_first else deeds[::-1]:
        assert session.state == "untreated.compensated"
        deed()
    assert session.state == "treated"
    fired = next(event for event in nurse.events if event.event == "rule_fired")
    cause = next(event for event in nurse.events if event.n == fired.cause)
    assert (cause.event, cause.what) == (("changed", "oxygen.flow") if mask_first else ("fitted", "mask"))


@pytest.mark.parametrize(
    ("second", "state"),
    [(1, "untreated.compensated"), (400, "untreated.failing"), (620, "arrest"), (700, "debrief")],
)
def test_the_bell_counts_in_every_state(second: int, state: str) -> None:
    session = Session(load_scene("breathless_bay"))
    nurse = Nurse(session)
    nurse.play(1)
    nurse.walk_in()
    nurse.until(second)
    assert session.state == state
    nurse.walk_in()
    nurse.press_bell()
    kind = "item_met" if second < 120 else "item_late"
    assert [what for _, _, what in told(nurse.events, kind)] == ["help_called"]


@pytest.mark.slow
def test_the_longest_session_is_that_of_who_treats_in_the_last_second() -> None:
    session = Session(load_scene("breathless_bay"))
    nurse = Nurse(session)
    nurse.play(1)
    nurse.walk_in()
    nurse.open_oxygen(220)
    nurse.until(614.6)
    nurse.give_mask()
    assert session.state == "treated"
    nurse.finish()
    assert 103_400 < session.tick < 103_502, "17 min 15 s, and a tick for each state gone through"


@pytest.mark.parametrize("second", [0, 100, 400, 620, 700])
def test_one_can_leave_from_every_state(second: int) -> None:
    session = Session(load_scene("breathless_bay"))
    nurse = Nurse(session)
    nurse.until(second)
    nurse.play(1, Command("participant", "leave"))
    assert session.outcome == "left"
    assert session.state == ""


def test_why_the_patient_was_treated_leads_back_to_a_hand() -> None:
    _, events = visit(well)
    entered = next(event for event in events if event.what == "treated" and event.event == "state_entered")
    story = why(events, entered.n)
    assert "took oxygen.dial" in story[0]
    assert "changed oxygen.flow (10)" in story[1]
    assert story[-1].startswith("it all began with an input of participant in tick")


@pytest.mark.parametrize("name", PEOPLE)
def test_every_event_leads_back_to_an_input_or_to_the_beginning(name: str) -> None:
    _, events = visit(PEOPLE[name])
    for event in events:
        first = chain(events, event.n)[0]
        assert first.event == "session_began" or first.who == "participant", as_line(event)


def main() -> None:
    LOGS.mkdir(exist_ok=True)
    for name, person in PEOPLE.items():
        (LOGS / f"bay_{name}.txt").write_text(log(visit(person)[1]), encoding="utf-8")


if __name__ == "__main__":
    main()
