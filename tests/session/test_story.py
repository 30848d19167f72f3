"""Why: any event leads back to an input, told in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.session.story import NoSuchEventError, chain, why
from headset.inputs import Command
from tests.making import play, reaching, scene

TOLD = """
rules:
  - {when: stone held, do: {change: orb.scale, to: 0.9, over: 1 s}}
  - {when: orb.scale > 0.8, do: {log: large}}
  - {when: participant distressed, do: {say: hello}}
  - {when: guide finished, do: {log: heard}}
  - {when: after 1 min, go: end}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(scene(tmp_path, TOLD))


def number(events: list[Event], kind: str, what: str = "") -> int:
    return next(event.n for event in events if event.event == kind and what in event.what)


def kinds(events: list[Event], asked: int) -> list[str]:
    return [f"{event.event} {event.what}" for event in chain(events, asked)]


def test_a_value_that_a_hand_set_going_leads_back_to_that_hand(session: Session) -> None:
    events = play(session, 1) + play(session, 3, [reaching(session, "stone", squeeze=100)])
    assert kinds(events, number(events, "logged", "large")) == [
        "grabbed stone",
        "rule_fired scenario.rules[0]",
        "change_began orb.scale",
        "rule_fired scenario.rules[1]",
        "logged large",
    ]
    story = why(events, number(events, "logged", "large"))
    assert (
        story[0] == f"  0:01.00  #{number(events, 'grabbed'):<5} participant took stone (right), because right hand closed on it"
    )
    assert story[-1] == "it all began with an input of participant in tick 100"


def test_what_was_said_leads_back_to_who_asked_for_it(session: Session) -> None:
    events = play(session, 1) + play(session, 5, [Command("operator", "distress", "the therapist saw it")])
    assert kinds(events, number(events, "logged", "heard"))[0] == "distressed participant"
    assert why(events, number(events, "said"))[-1] == "it all began with an input of operator in tick 100"


def test_what_time_alone_did_leads_back_to_the_beginning(session: Session) -> None:
    events = play(session, 70)
    assert kinds(events, number(events, "session_ended")) == [
        "session_began made",
        "rule_fired scenario.rules[4]",
        "session_ended made",
    ]
    assert why(events, 0)[-1] == "it all began with the session"


def test_a_number_that_is_not_in_the_log_is_said_so(session: Session) -> None:
    events = play(session, 1)
    with pytest.raises(NoSuchEventError, match=rf"there is no event 99 in this log; it has 0 to {len(events) - 1}"):
        why(events, 99)
