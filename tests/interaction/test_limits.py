"""How long a session lasts, and how one feels before and after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.session.log import line
from engine.spec.load import load_scene
from headset.inputs import Command
from tests.interaction.ward import ward
from tests.making import play, told

LONG = "rules: {when: after 2 h, go: end}"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(ward(tmp_path, LONG))


def wish(session: Session, minutes: str) -> list[Event]:
    return play(session, 0.01, [Command("participant", "set", f"minutes={minutes}")])


def test_a_session_ends_after_twenty_minutes_and_says_so_a_minute_before(session: Session) -> None:
    events = play(session, 25 * 60)
    assert told(events, "time_nearly_over", "session_ended", "break_advised") == [
        (114000, "time_nearly_over", ""),
        (120000, "session_ended", "ward"),
        (120000, "break_advised", ""),
    ]
    assert session.outcome == "limit"
    nearly, ended, advised = events[-3:]
    assert (nearly.value, ended.value, advised.value) == (60.0, "limit", 15)
    assert (ended.cause, advised.cause) == (nearly.n, ended.n)
    assert ended.because == "20 minutes are over"


def test_a_person_s_minutes_count_and_none_are_more_than_thirty(session: Session) -> None:
    wish(session, "30")
    assert told(wish(session, "31"), "set_refused")
    play(session, 40 * 60)
    assert session.tick == 30 * 60 * 100


def test_time_counts_while_paused(session: Session) -> None:
    wish(session, "5")
    play(session, 6 * 60, [Command("participant", "pause")])
    assert (session.outcome, session.tick) == ("limit", 5 * 60 * 100)


def test_a_limit_that_is_set_late_still_leaves_a_minute(session: Session) -> None:
    play(session, 10 * 60)
    events = wish(session, "5")
    assert told(events, "time_nearly_over")
    play(session, 59)
    assert not session.over
    play(session, 1.1)
    assert session.outcome == "limit"


def test_who_wishes_for_more_when_it_is_nearly_over_is_given_it(session: Session) -> None:
    wish(session, "5")
    play(session, 4.5 * 60)
    wish(session, "6")
    play(session, 60)
    assert not session.over
    play(session, 60)
    assert session.outcome == "limit"


def test_every_scene_ends_before_any_limit() -> None:
    for name in ("lakeside", "breathless_bay", "welcome"):
        session = Session(load_scene(name))
        assert not told(play(session, 20 * 60), "time_nearly_over"), name
        assert session.outcome == "finished"


@pytest.mark.parametrize(("before", "after", "advised"), [(3, 7, False), (3, 8, True), (None, 5, True), (10, 2, False)])
def test_a_break_is_advised_to_who_feels_worse_than_before(
    session: Session, before: int | None, after: int, advised: bool
) -> None:
    if before is not None:
        events = play(session, 0.1, [Command("participant", "answer", f"fms_before={before}")])
        assert [(one.what, one.value) for one in events if one.event == "answered"] == [("fms_before", float(before))]
    play(session, 0.1, [Command("participant", "leave")])
    assert session.over
    events = play(session, 0.1, [Command("participant", "answer", f"fms_after={after}")])
    assert [one.event for one in events] == ["answered", "break_advised"] if advised else ["answered"]
    assert events[0].n == session._count - len(events)


@pytest.mark.parametrize("answer", ["fms_before=21", "fms_before=-1", "fms_before=3.5", "fms_before=²", "fms_before=", "x", "=3"])
def test_an_answer_that_is_none_is_refused_with_the_reason(session: Session, answer: str) -> None:
    events = play(session, 0.1, [Command("participant", "answer", answer)])
    refused = [event for event in events if event.event == "answer_refused"]
    assert len(refused) == 1
    assert refused[0].because
    assert not told(events, "answered")


def test_any_other_answer_is_kept_as_it_was_given(session: Session) -> None:
    events = play(session, 0.1, [Command("participant", "answer", "all_right=not so good")])
    assert [(one.what, one.value) for one in events if one.event == "answered"] == [("all_right", "not so good")]


def test_after_the_end_only_what_is_said_about_it_is_taken_in(session: Session) -> None:
    play(session, 0.1, [Command("participant", "leave")])
    ended = session.tick
    assert play(session, 5) == []
    assert session.tick == ended
    commands = [Command("participant", "distress"), Command("operator", "note", "pale"), Command("operator", "pause")]
    events = play(session, 1, commands)
    assert [(event.event, event.tick, event.state) for event in events] == [("note", ended + 100, "")]


def test_limits_go_on_in_a_session_taken_up_from_a_snapshot(session: Session) -> None:
    wish(session, "5")
    play(session, 4.2 * 60, [Command("participant", "answer", "fms_before=2")])
    kept = session.snapshot()
    again = Session(session.scene)
    again.restore(kept)
    said = [Command("participant", "answer", "fms_after=9")]
    both = [[line(event) for event in play(one, 60) + play(one, 1, said)] for one in (session, again)]
    assert both[0] == both[1]
    assert "break_advised" in both[0][-1]
