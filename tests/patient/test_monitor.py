"""Monitors: what they show and when, and how they tell an alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.spec.model import SceneSpec
from engine.world.vectors import add
from tests.interaction.ward import at, control_at, facing
from tests.making import told
from tests.patient.bedside import bedside

COURSE = """
start: stay
states:
  stay:
    rules:
      - {when: after 30 s, do: {change: patient.hr, to: 140}}
      - {when: after 60 s, do: {change: patient.rhythm, to: asystole}}
      - {when: after 100 s, do: [{change: patient.rhythm, to: sinus}, {change: patient.hr, to: 80}]}
      - {when: monitor.alarm, do: {log: alarming}}
      - {when: after 5 min, go: end}
"""


@pytest.fixture
def spec(tmp_path: Path) -> SceneSpec:
    return bedside(tmp_path, COURSE)


def shown(session: Session) -> dict[str, float | None]:
    return {reading.vital: reading.value for reading in session.world.monitors["monitor"].readings}


def alarms(events: list[Event]) -> list[tuple[int, str, object]]:
    return [(event.tick, event.event, event.value) for event in events if event.event.startswith("alarm")]


def test_numbers_are_there_at_once_and_rounded(spec: SceneSpec) -> None:
    session = Session(spec)
    session.step(0)
    assert shown(session) == {"hr": 80, "spo2": 97, "rr": 14, "sbp": 120, "dbp": 75, "map": 90, "temp": 37.0}
    face = session.world.monitors["monitor"]
    assert (face.patient, face.rhythm, face.alarms) == ("patient", "sinus", ())


def test_a_change_shows_over_some_seconds(spec: SceneSpec) -> None:
    session = Session(spec)
    values = []
    for second in (30, 31, 33, 36):
        session.step(second * 100)
        values.append(shown(session)["hr"])
    assert values == [90, 100, 120, 140], "a mean over six samples, one a second"


def test_an_alarm_is_told_with_its_reason_and_rules_can_ask_for_it(spec: SceneSpec) -> None:
    session = Session(spec)
    events = session.step(4000)
    began = [event for event in events if event.event == "alarm_began"]
    assert [(event.tick, event.who, event.what, event.value) for event in began] == [
        (3300, "monitor", "monitor.alarm", "hr_highish"),
        (3500, "monitor", "monitor.alarm", "hr_high"),
    ]
    assert began[1].because == "hr 140 is at least 131 /min: medium priority"
    changed = events[began[0].cause or 0]
    assert (changed.event, changed.what) == ("changed", "patient.hr")
    assert told(events, "logged") == [(3301, "logged", "alarming")]
    assert session.world.value(("monitor", "alarm")) is True


def test_asystole_alarms_within_seconds_and_leaves_dashes(spec: SceneSpec) -> None:
    session = Session(spec)
    session.step(5999)
    events = session.step(9000)
    assert (6300, "alarm_began", "asystole") in alarms(events)
    assert (7900, "alarm_began", "apnoea") in alarms(events)
    assert shown(session) == {"hr": 0, "spo2": None, "rr": 0, "sbp": None, "dbp": None, "map": None, "temp": 37.0}
    face = session.world.monitors["monitor"]
    assert (face.rhythm, face.priority) == ("asystole", "high")
    assert {reading.vital: reading.priority for reading in face.readings if reading.priority} == {"hr": "high", "rr": "high"}


def test_an_alarm_of_high_priority_stays_until_it_is_silenced(spec: SceneSpec) -> None:
    session = Session(spec)
    session.step(12000)
    latched = {alarm.name for alarm in session.world.monitors["monitor"].alarms if alarm.latched}
    assert latched == {"asystole", "apnoea"}
    session._monitors.step(frozenset({("monitor", "silenced")}))
    assert session.world.monitors["monitor"].alarms == ()
    assert session.world.value(("monitor", "alarm")) is False


def test_a_finger_on_the_amber_key_silences_and_the_log_leads_back_to_it(spec: SceneSpec) -> None:
    session = Session(spec)
    session.step(7000)
    world = session.world
    assert not any(alarm.silenced for alarm in world.monitors["monitor"].alarms)
    key = world.places["monitor"].local(control_at(world, "monitor", "silence"))
    events: list[Event] = []
    for step in (*range(30), *range(30, -1, -1)):
        finger = world.places["monitor"].point(add(key, (0.0, 0.25 - step * 0.01, 0.0)))
        events += session.step(session.tick + 1, [at(world, facing(world, "monitor", finger))])
    assert world.monitors["monitor"].priority == ""
    assert all(alarm.silenced for alarm in world.monitors["monitor"].alarms)
    raised = next(event for event in events if event.event == "raised")
    assert (raised.who, raised.what, raised.value) == ("participant", "monitor.silenced", "right")
    silenced = [event for event in events if event.event == "alarm_silenced"]
    assert silenced
    assert {event.cause for event in silenced} == {raised.n}


def test_a_session_taken_up_from_a_snapshot_shows_and_alarms_the_same(spec: SceneSpec) -> None:
    session = Session(spec)
    session.step(6150)
    kept = session.snapshot()
    rest = session.step(12000)
    again = Session(spec)
    again.restore(kept)
    assert again.step(12000) == rest
    assert again.world.monitors == session.world.monitors
