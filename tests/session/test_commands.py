"""Commands that have no gesture: what the operator moves on, what someone consents to, what must be looked into."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.session.log import line
from engine.spec.load import load_scene
from headset.inputs import Command
from tests.making import play, scene, told

STEPS = """
start: first
rules: {when: after 10 min, go: end}
states:
  first:
    steps: [{wait: 60 s}, {log: done_waiting}]
    rules: [{when: done and after 2 min, go: second}]
  second: {rules: {when: after 5 min, go: end}}
"""


def order(session: Session, verb: str, value: str = "", who: str = "operator") -> list[Event]:
    return play(session, 0.05, [Command(who, verb, value)])  # type: ignore[arg-type]


def test_next_ends_what_a_state_does_and_then_its_time(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    play(session, 1)
    first = order(session, "next")
    assert [one.because for one in first if one.event == "next"] == ["first is done"]
    assert session.state == "first"
    assert not told(first + play(session, 70), "logged"), "what was ended goes on no more"
    second = order(session, "next")
    assert [one.because for one in second if one.event == "next"] == ["the time of first is over"]
    assert session.state == "second"
    order(session, "next")
    assert session.outcome == "finished"


def test_next_does_not_wait_for_what_no_rule_waits_for(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, GLIDES))
    play(session, 1)
    assert [one.because for one in order(session, "next") if one.event == "next"] == ["the time of first is over"]
    assert session.state == "second"


GLIDES = """
start: first
states:
  first:
    do: {change: orb.scale, to: 1.0, over: 60 s}
    rules: {when: after 2 min, go: second}
  second: {rules: {when: after 5 min, go: end}}
"""


@pytest.mark.parametrize("name", ["lakeside", "breathless_bay", "welcome"])
def test_next_leads_through_a_whole_scene(name: str) -> None:
    session = Session(load_scene(name))
    play(session, 0.1)
    states = [session.state]
    while not session.over and len(states) < 20:
        order(session, "next")
        states.append(session.state)
    assert session.outcome == "finished"
    assert len(set(states)) == len(states)


def test_next_is_the_operator_s_and_waits_for_a_pause_to_end(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    play(session, 1)
    assert order(session, "next", who="participant")[0].event == "next_refused"
    order(session, "pause")
    refused = order(session, "next")[0]
    assert (refused.event, refused.because) == ("next_refused", "the session is paused")


def test_what_next_did_is_part_of_a_snapshot(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    play(session, 1)
    order(session, "next")
    kept = session.snapshot()
    again = Session(session.scene)
    again.restore(kept)
    rest = [[line(event) for event in order(one, "next") + play(one, 700)] for one in (session, again)]
    assert rest[0] == rest[1]
    assert session.outcome == "finished"


def test_consent_is_given_and_taken_back_and_only_to_what_there_is(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    events = order(session, "consent", "gaze", "participant") + order(session, "consent", "record_joints", "participant")
    assert session.consents == {"gaze", "record_joints"}
    events += order(session, "consent", "-gaze", "participant") + order(session, "consent", "everything", "participant")
    assert session.consents == {"record_joints"}
    kinds = ("consented", "consent_withdrawn", "consent_refused")
    assert [(event, what) for _, event, what in told(events, *kinds)] == [
        ("consented", "gaze"),
        ("consented", "record_joints"),
        ("consent_withdrawn", "gaze"),
        ("consent_refused", "everything"),
    ]
    again = Session(session.scene)
    again.restore(session.snapshot())
    assert again.consents == {"record_joints"}


def test_consent_can_be_taken_back_when_the_session_is_over(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    order(session, "consent", "gaze", "participant")
    order(session, "leave")
    assert told(order(session, "consent", "-gaze", "participant"), "consent_withdrawn")
    assert not session.consents


def test_an_adverse_event_is_logged_with_the_state_in_which_it_happened(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    play(session, 1)
    event = order(session, "adverse_event", "dizzy, sat down")[0]
    assert (event.event, event.who, event.value, event.state) == ("adverse_event", "operator", "dizzy, sat down", "first")


def test_the_operator_makes_it_softer_and_louder_for_the_person(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    levels = []
    for value in ("+10", "+10", "+10", "+10", "-10", "35", "-50", "100", "0.5"):
        (event,) = (one for one in order(session, "volume", value) if one.event == "volume")
        assert (event.who, event.value) == ("operator", value)
        levels.append(session.preferences["participant"].volume)
    assert levels == [80.0, 90.0, 100.0, 100.0, 90.0, 35.0, 0.0, 100.0, 0.5]
    again = Session(scene(tmp_path, STEPS))
    again.restore(session.snapshot())
    assert again.preferences["participant"].volume == 0.5


@pytest.mark.parametrize("value", ["", "loud", "+", "-x", "101", "+1e9", "nan"])
def test_a_loudness_that_is_none_is_refused_and_changes_nothing(value: str, tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    (event,) = (one for one in order(session, "volume", value) if one.who == "operator")
    assert event.event == "set_refused"
    assert "0 to 100 %" in event.because
    assert session.preferences["participant"].volume == 70.0


def test_each_person_has_a_loudness_of_their_own(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, STEPS))
    order(session, "volume", "20", who="anna")
    assert (session.preferences["anna"].volume, session.preferences["participant"].volume) == (20.0, 70.0)
