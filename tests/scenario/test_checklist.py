"""The checklist: met, missed, late, open; what the time counts from."""

from __future__ import annotations

from pathlib import Path

from engine.session import Session
from engine.world.screens import Outcome
from headset.inputs import Command
from tests.making import play, scene, told

DISTRESS = Command("participant", "distress")
TEN = """
start: calm
states:
  calm: {rules: {when: after 5 s, go: late}}
  late: {rules: {when: after 5 s, go: end}}
"""
ITEM = "checklist: {hello: {expect: participant distressed, within: 3 s}}"


def items(session: Session) -> dict[str, str]:
    return {name: outcome.result for name, outcome in session.outcomes.items()}


def test_what_is_done_in_time_is_met_in_whatever_state(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, TEN, "checklist: {hello: {expect: participant distressed}}"))
    play(session, 7)
    events = play(session, 5, [DISTRESS])
    assert told(events, "item_met") == [(700, "item_met", "hello")]
    assert session.outcomes["hello"] == Outcome("met", settled=700, event=events[1].n)
    assert events[1].cause == events[0].n
    assert events[0].event == "distressed"


def test_the_last_tick_of_the_time_still_counts(tmp_path: Path) -> None:
    spec = scene(tmp_path, TEN, ITEM)
    for tick, result in ((300, "met"), (301, "missed")):
        session = Session(spec)
        session.step(tick - 1)
        session.step(tick, [DISTRESS])
        assert items(session) == {"hello": result}


def test_what_is_done_too_late_was_missed_and_late(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, TEN, ITEM))
    events = play(session, 4) + play(session, 1, [DISTRESS])
    assert told(events, "item_met", "item_missed", "item_late") == [(301, "item_missed", "hello"), (400, "item_late", "hello")]
    assert (session.outcomes["hello"].settled, session.outcomes["hello"].late) == (301, 400)


def test_the_time_counts_from_since_and_without_it_there_is_no_limit(tmp_path: Path) -> None:
    since = "checklist: {hello: {expect: participant distressed, within: 3 s, since: in late}}"
    session = Session(scene(tmp_path, TEN, since))
    events = play(session, 9)
    assert told(events, "item_missed") == [(801, "item_missed", "hello")]
    missed = next(event for event in events if event.event == "item_missed")
    assert events[missed.cause or 0].what == "late", "the reason is what the time counts from"
    assert missed.because == "not within 3 s since 5 s"
    never = "checklist: {hello: {expect: stone held, within: 3 s, since: participant distressed}}"
    session = Session(scene(tmp_path, TEN, never))
    events = play(session, 20)
    assert told(events, "item_missed", "item_open") == [(1000, "item_open", "hello")]


def test_what_neither_came_nor_ran_out_is_open_at_the_end_however_it_ends(tmp_path: Path) -> None:
    spec = scene(tmp_path, TEN, "checklist: {hello: {expect: stone held, within: 1 min}, bye: {expect: in calm}}")
    session = Session(spec)
    play(session, 2)
    events = play(session, 0.01, [Command("participant", "leave")])
    assert told(events) == [(200, "leave", ""), (200, "item_open", "hello"), (200, "session_ended", "made")]
    assert items(session) == {"hello": "open", "bye": "met"}


def test_an_item_can_ask_for_something_that_lasts(tmp_path: Path) -> None:
    more = "checklist: {hello: {expect: in late for 2 s, within: 8 s}}"
    assert told(play(Session(scene(tmp_path, TEN, more)), 20), "item_met") == [(700, "item_met", "hello")]


def test_outcomes_are_part_of_a_snapshot(tmp_path: Path) -> None:
    spec = scene(tmp_path, TEN, "checklist: {hello: {expect: in late for 2 s, within: 8 s}}")
    session = Session(spec)
    play(session, 6)
    kept = session.snapshot()
    again = Session(spec)
    again.restore(kept)
    assert told(play(again, 20)) == told(play(session, 20))
    assert items(again) == {"hello": "met"}
