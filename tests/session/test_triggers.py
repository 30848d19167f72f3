"""What a facilitator sets off: a moment flag of the scene, by a command that is recorded like every other."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.session.encoder import Encoder
from engine.session.recording import Header, read
from engine.session.story import why
from engine.spec.played import not_played
from headset.inputs import Command
from tests.making import play, scene, told

SCENARIO = """
start: calm
rules: [{when: facilitator worsen, go: bad}, {when: after 1 min, go: end}]
states:
  calm: {rules: {when: after 50 s, go: end}}
  bad: {rules: {when: facilitator recover or after 20 s, go: calm}}
"""

TRIGGERS = "triggers: [worsen, recover]"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(scene(tmp_path, SCENARIO, TRIGGERS))


def test_the_scene_follows_in_the_same_tick_and_the_log_says_why(session: Session) -> None:
    events = play(session, 1) + play(session, 0.01, [Command("operator", "trigger", "worsen")])
    assert session.state == "bad"
    assert told(events, "triggered", "rule_fired") == [
        (100, "triggered", "facilitator.worsen"),
        (100, "rule_fired", "scenario.rules[0]"),
    ]
    entered = next(event for event in events if event.what == "bad")
    story = why(events, entered.n)
    assert "operator set off facilitator.worsen" in story[0]
    assert story[-1] == "it all began with an input of operator in tick 100"


def test_it_is_up_for_one_tick_only(session: Session) -> None:
    play(session, 1, [Command("operator", "trigger", "recover")])
    play(session, 1, [Command("operator", "trigger", "worsen")])
    assert session.state == "bad", "the recovery set off before has passed by"
    play(session, 0.01, [Command("operator", "trigger", "recover")])
    assert session.state == "calm"


def test_what_is_set_off_while_paused_waits_until_the_clock_goes_on(session: Session) -> None:
    play(session, 1, [Command("operator", "pause")])
    play(session, 1, [Command("operator", "trigger", "worsen")])
    assert session.state == "calm"
    play(session, 0.01, [Command("operator", "resume")])
    assert session.state == "bad"


@pytest.mark.parametrize(
    ("command", "because"),
    [
        (Command("operator", "trigger", "wosren"), "the scene has worsen, recover"),
        (Command("participant", "trigger", "worsen"), "only an operator sets it off"),
    ],
)
def test_what_cannot_be_set_off_is_refused_in_words(session: Session, command: Command, because: str) -> None:
    (refused,) = [event for event in play(session, 1, [command]) if event.event == "trigger_refused"]
    assert (refused.who, refused.because, session.state) == (command.author, because, "calm")


def test_a_scene_without_triggers_says_so(tmp_path: Path) -> None:
    events = play(Session(scene(tmp_path, "rules: {when: after 1 min, go: end}")), 1, [Command("operator", "trigger", "worsen")])
    assert [event.because for event in events if event.event == "trigger_refused"] == ["the scene has no triggers"]


def test_a_recording_holds_it_and_plays_it_again(session: Session, tmp_path: Path) -> None:
    encoder, path = Encoder(), tmp_path / "recording.jsonl"
    command = Command("operator", "trigger", "worsen")
    lines = [encoder.header(Header("made", session.scene.digest)), encoder.inputs(50, [command]), encoder.end(200, "")]
    path.write_text("".join(f"{text}\n" for text in lines if text), encoding="utf-8")
    ((tick, given),) = read(path).tape
    assert given == (command,)
    events: list[Event] = session.step(tick - 1) + session.step(tick, given)
    assert told(events, "triggered") == [(50, "triggered", "facilitator.worsen")]


def test_triggers_are_no_longer_among_what_is_not_played(session: Session) -> None:
    assert not_played(session.scene) == {}
