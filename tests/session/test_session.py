"""Session.step: inputs in, events out, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.rehearsal import Visitor
from engine.session import Event, Session
from engine.session.log import digest, line
from engine.spec.load import load_scene
from headset.inputs import Clock, Command, Hand, Input, Link, Person, Pose, Signal
from tests.making import play, reaching, scene, told

LONG = """
start: stay
states:
  stay: {rules: {when: after 10 s, go: end}}
"""

FULL = """
start: one
rules: {when: stone held, do: {haptic: stone, pattern: tap}}
states:
  one:
    do: [{say: hello}, {change: orb.scale, to: 1.0, over: 3 s}]
    drift: {environment.sun: -0.5 deg/s}
    rules: {when: after 4 s, go: two}
  two:
    repeat: 2
    steps: [{change: orb.scale, to: 0.5, over: 1 s}, {change: orb.scale, to: 1.0, over: 1 s}]
    rules: [{when: done, go: end}, {when: orb.scale < 0.7 for 0.2 s, do: {say: bye}}]
"""


def visit(session: Session, ticks_a_frame: int) -> list[Event]:
    """Play a whole session in frames of so many ticks; a person reaches for the stone and holds it from tick 120 to 540."""
    events: list[Event] = []
    away = reaching(session, "stone", away=0.05)
    tick = -1
    while not session.over and tick < 5000:
        given: list[Input] = []
        if tick + 1 in (0, 120, 540):
            given.append(Person(head=away.head, right=Hand(grip=away.right.grip, squeeze=100 if tick + 1 == 120 else 0)))
        # Inputs fall into the tick in which they were recorded: a frame never passes over one.
        due = [moment for moment in (0, 120, 540) if moment > tick + 1]
        tick = min(tick + ticks_a_frame, due[0] - 1 if due else tick + ticks_a_frame)
        tick = max(tick, session.tick + 1)
        events += session.step(tick, given)
    return events


def test_how_ticks_are_grouped_into_frames_changes_nothing(tmp_path: Path) -> None:
    spec = scene(tmp_path, FULL)
    logs = {digest(visit(Session(spec), frames)) for frames in (1, 2, 7, 50)}
    assert len(logs) == 1


def test_inputs_that_come_without_a_new_tick_are_refused_not_lost(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    session.step(5)
    with pytest.raises(ValueError, match="tick 5 has been played"):
        session.step(5, [Command("participant", "leave")])


@pytest.mark.parametrize("second", [0, 1, 5, 9])
def test_leaving_works_at_any_moment_and_says_who_and_why(tmp_path: Path, second: int) -> None:
    session = Session(scene(tmp_path, LONG))
    play(session, second + 0.01)
    events = play(session, 0.01, [Command("participant", "leave", "Esc")])
    assert session.outcome == "left"
    assert (events[-1].event, events[-1].who, events[-1].because) == ("session_ended", "participant", "Esc")
    assert play(session, 5) == []


def test_a_menu_button_held_for_a_second_leaves_even_while_paused(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    play(session, 1, [Command("operator", "pause")])
    play(session, 0.9, [Person(left=Hand(buttons=frozenset({"menu"})))])
    assert not session.over
    play(session, 0.2)
    assert session.outcome == "left"


def test_a_menu_button_let_go_too_soon_does_not_leave(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    for _ in range(3):
        play(session, 0.8, [Person(left=Hand(buttons=frozenset({"menu"})))])
        play(session, 0.2, [Person()])
    assert not session.over


def test_the_scene_stands_still_while_paused(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    play(session, 2)
    play(session, 30, [Command("operator", "pause")])
    assert not session.over
    events = play(session, 10, [Command("operator", "resume")])
    assert told(events, "session_ended") == [(1000 + 3000, "session_ended", "made")]


def test_distress_while_paused_is_kept_until_the_clock_goes_on(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, "rules: {when: participant distressed, do: {log: uneasy}}\n" + LONG.lstrip()))
    play(session, 1)
    play(session, 1, [Command("operator", "pause"), Command("participant", "distress")])
    assert told(play(session, 1, [Command("operator", "resume")]), "logged") == [(200, "logged", "uneasy")]


def test_a_headset_taken_off_pauses_and_only_its_return_goes_on(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    play(session, 1, [Link("headset", "unworn")])
    play(session, 1, [Command("operator", "pause")])
    play(session, 1, [Command("operator", "resume")])
    assert session.world.paused, "the headset still lies on the table"
    events = play(session, 1, [Link("headset", "worn")])
    assert not session.world.paused
    assert told(events, "resumed")


def test_a_standstill_of_the_loop_is_logged(tmp_path: Path) -> None:
    assert (0, "time_skipped", "") in told(play(Session(scene(tmp_path, LONG)), 1, [Clock(300)]))


def test_a_signal_is_measured_once_a_value_and_refused_outside_its_limits(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    good = Signal("hr", 72.0, "/min", 95, "belt")
    events = play(session, 1, [good, good, Signal("hr", 900.0, "/min", 95, "belt"), Signal("hr", 70.0, "/min", 10, "belt")])
    assert [event.event for event in events if event.who == "belt"] == ["measured", "signal_refused", "signal_refused"]


def test_a_session_taken_up_from_a_snapshot_goes_on_the_same(tmp_path: Path) -> None:
    spec = scene(tmp_path, FULL)
    session = Session(spec)
    away = reaching(session, "stone", squeeze=100)
    play(session, 2.5, [away])
    kept = session.snapshot()
    rest = play(session, 20)
    again = Session(spec)
    again.restore(kept)
    assert [line(event) for event in play(again, 20)] == [line(event) for event in rest]
    session.restore(kept)
    assert [line(event) for event in play(session, 20)] == [line(event) for event in rest], "a snapshot can be taken up twice"


def test_every_event_can_be_traced_back_to_the_begin(tmp_path: Path) -> None:
    events = visit(Session(scene(tmp_path, FULL)), 3)
    from_outside = {"session_began", "grabbed", "link", "paused", "resumed", "distressed", "measured", "note"}
    for event in events:
        assert event.cause is None or event.cause < event.n
        first = event
        while first.cause is not None:
            first = events[first.cause]
        assert first.event in from_outside or first.who == "participant", line(event)
    held = next(event for event in events if event.event == "haptic")
    fired = events[held.cause or 0]
    assert (fired.event, fired.what, fired.because) == ("rule_fired", "scenario.rules[0]", "stone held")


def test_the_end_of_the_scenario_names_the_rule_that_led_there(tmp_path: Path) -> None:
    events = play(Session(scene(tmp_path, "start: stay\nstates:\n  stay: {rules: {when: after   1 s, go: end}}")), 2)
    *_, fired, ended = events
    assert (fired.event, fired.value, fired.because) == ("rule_fired", "end", "after 1 s")
    assert (ended.event, ended.value, ended.cause) == ("session_ended", "finished", fired.n)


def test_what_is_not_played_is_said_as_the_session_begins() -> None:
    events = Session(load_scene("lakeside")).step(0)
    said = [(event.who, event.what, event.value, event.cause) for event in events if event.event == "not_played"]
    assert said == [("engine", "sounds", 2, 0), ("engine", "voice", 1, 0)]


def test_a_log_says_what_was_played_and_how_it_was_set() -> None:
    scene = load_scene("lakeside", variants=["winter"], language="de", parameters={"inhale": "3.5 s", "rounds": "4"})
    began, *settings = (event for event in Session(scene, 7).step(0) if event.event in ("session_began", "setting"))
    assert (began.what, began.value, began.because) == ("lakeside", 7, f"scene {scene.digest}")
    assert [(event.what, event.value) for event in settings] == [
        ("language", "de"),
        ("variant", "winter"),
        ("inhale", 3.5),
        ("exhale", 6.0),
        ("rounds", 4.0),
    ]
    assert {event.cause for event in settings} == {began.n}


def test_a_command_is_logged_with_the_words_it_came_with(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    events = play(session, 1, [Command("participant", "pause", "P pressed")])
    events += play(session, 1, [Command("participant", "resume")])
    assert [event.because for event in events if event.event in ("paused", "resumed")] == ["P pressed", "resume"]


def test_lakeside_by_itself_lasts_three_minutes() -> None:
    session = Session(load_scene("lakeside"))
    visitor = Visitor(session.world)
    events: list[Event] = []
    while not session.over and session.tick < 30000:
        events += session.step(session.tick + 1, [visitor.person(session.tick + 1)])
    assert (session.outcome, session.tick) == ("finished", 18000)
    assert told(events, "state_entered") == [
        (0, "state_entered", "arrive"),
        (2000, "state_entered", "breathe"),
        (12000, "state_entered", "settle"),
    ]
    assert {event.event for event in events} >= {"grabbed", "haptic", "released", "landed", "said"}
    assert session.world.value(("environment", "sun")) == 4.0


def test_lakeside_in_distress_settles_within_a_tick_and_lasts_a_minute() -> None:
    session = Session(load_scene("lakeside"))
    events = session.step(0, [Command("participant", "distress")])
    events += play(session, 100)
    assert told(events, "state_entered", "session_ended") == [
        (0, "state_entered", "arrive"),
        (0, "state_entered", "settle"),
        (6000, "session_ended", "lakeside"),
    ]


def test_poses_that_are_none_leave_the_hand_where_it_was(tmp_path: Path) -> None:
    session = Session(scene(tmp_path, LONG))
    person = reaching(session, "stone", squeeze=100)
    play(session, 0.5, [person])
    assert session.world.held == {"stone": ("participant", "right")}
    lost = Person(head=Pose.of((0, 0, 1.2)), right=Hand(grip=None, squeeze=0))
    play(session, 0.5, [lost])
    assert session.world.held == {"stone": ("participant", "right")}
