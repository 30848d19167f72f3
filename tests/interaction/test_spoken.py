"""Spoken words: what a recogniser heard, matched with what can be done; and deeds by their name."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.interaction.spoken import SAFE, VERBS, plain
from engine.session import Event, Session
from engine.spec.load import load_scene
from headset.inputs import Command, Person, Pose
from tests.interaction.ward import WARD, at, ward
from tests.making import play, told

ALONE = WARD.replace("  second: {use: flow_dial, against: bay.north, at: [2 m, 1.2 m]}\n", "").replace(
    "  spare: {use: oxygen_mask, hangs_from: second, fits: patient.face}\n", ""
)
"""A ward with one of each thing."""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path, text=ALONE))
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    return session


def tongue(folder: Path, language: str) -> Session:
    session = Session(ward(folder, text=ALONE.replace("language: en", f"language: {language}")))
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    return session


def say(session: Session, words: str) -> list[Event]:
    return play(session, 0.1, [Command("participant", "say", words)])


def do(session: Session, deed: str, who: str = "participant") -> list[Event]:
    return play(session, 0.1, [Command(who, "do", deed)])


@pytest.mark.parametrize(
    ("words", "event", "what"),
    [
        ("Press the bell!", "raised", "bell.pressed"),
        ("ring the call button", "raised", "bell.pressed"),
        ("more oxygen, please", "changed", "oxygen.flow"),
        ("take the mask", "grabbed", "mask"),
        ("Pick up the oxygen mask", "grabbed", "mask"),
    ],
)
def test_words_do_what_they_say(session: Session, words: str, event: str, what: str) -> None:
    done = [one for one in say(session, words) if one.event == event]
    assert [one.what for one in done] == [what]
    assert done[0].because.startswith("heard '")


def test_a_scene_is_played_by_words_alone(session: Session) -> None:
    events = say(session, "press the bell") + say(session, "take the mask") + say(session, "put the mask on")
    for _ in range(10):
        events += say(session, "more oxygen")
    assert [what for _, _, what in told(events, "logged")] == ["rung", "on_face", "flowing"]


@pytest.mark.parametrize(("language", "words"), [("de", "Drücke bitte bell"), ("ar", "اِضغط bell"), ("de", "press bell")])
def test_verbs_are_those_of_the_scene_s_language_and_english(tmp_path: Path, language: str, words: str) -> None:
    assert told(say(tongue(tmp_path, language), words), "raised")


def test_a_thing_is_called_as_the_scene_s_text_has_it(tmp_path: Path) -> None:
    text = ALONE.replace("language: en", "language: de").replace("  hello:", "  bell: Klingel\n  hello:")
    session = Session(ward(tmp_path, text=text))
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    assert told(say(session, "Die Klingel drücken"), "raised")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("hello there", "no word for a deed"),
        ("press it", "no thing of the scene"),
        ("press the mask", "not what to do"),
        ("", "no word"),
        ("🙂", "no word"),
    ],
)
def test_what_is_not_understood_is_told_with_the_reason(session: Session, words: str, why: str) -> None:
    events = say(session, words)
    assert [one.event for one in events] == ["not_understood"]
    assert why in events[0].because


def test_of_two_things_that_sound_alike_neither_is_worked(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    play(session, 0.1, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    events = say(session, "take the oxygen mask")
    assert [one.event for one in events] == ["not_understood"]
    assert "pick mask, pick spare" in events[0].because
    session.world.properties["spare", "present"] = False
    assert told(say(session, "take the oxygen mask"), "grabbed")


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("language", SAFE)
def test_the_safe_words_of_every_language_always_work(tmp_path: Path, language: str, paused: bool) -> None:
    scene = tongue(tmp_path, language).scene
    for meant, phrases in SAFE[language].items():
        for phrase in (*phrases, "Stop!", "STOP") if meant == "leave" else (*phrases, "Help me!"):
            session = Session(scene)
            if paused:
                play(session, 0.1, [Command("operator", "pause")])
            events = say(session, f" {phrase}. ")
            assert (session.outcome == "left") == (meant == "leave"), phrase
            assert bool(told(events, "distressed")) == (meant == "distress"), phrase


def test_a_safe_word_within_a_sentence_is_not_meant_so(session: Session) -> None:
    say(session, "let us stop for a moment to help him")
    assert not session.over


def test_no_word_means_two_deeds_of_one_thing_or_is_a_safe_one() -> None:
    for language, verbs in VERBS.items():
        words = [plain(word) for many in verbs.values() for word in many]
        assert len(words) == len(set(words)), language
        assert not {plain(one) for many in SAFE[language].values() for one in many} & set(words), language


def test_what_is_said_is_compared_without_case_marks_and_ways_of_writing() -> None:
    assert plain("  Stop!  It's_ME ") == "stop it s me"
    assert plain("أُريدُ الخُروج") == plain("اريد الخروج")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("press bell.button", "raised"),
        ("press bell", "raised"),
        ("press bell.pressed", "raised"),
        ("step_up oxygen.flow", "changed"),
        ("step_up oxygen.dial", "changed"),
        ("pick mask", "grabbed"),
    ],
)
def test_a_deed_is_done_by_its_name(session: Session, text: str, event: str) -> None:
    assert [one.because for one in do(session, text) if one.event == event] == ["by its name"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no deed"),
        ("dance bell", "'dance' is no deed; there are press"),
        ("press", "there is no thing ''"),
        ("press nothing", "there is no thing 'nothing'"),
        ("press mask", "mask cannot do press; there is pick mask, place mask"),
        ("press patient", "nothing can be done to it"),
        ("press bell.dial", "there is press bell.button"),
        ("place mask", "mask was not picked"),
    ],
)
def test_a_deed_that_cannot_be_done_is_refused_with_the_reason(session: Session, text: str, why: str) -> None:
    events = do(session, text)
    assert [one.event for one in events] == ["deed_refused"]
    assert why in events[0].because


def test_a_deed_needs_eyes_that_have_the_thing_in_sight_unless_it_is_the_operator_s() -> None:
    session = Session(load_scene("breathless_bay"))
    play(session, 0.1, [Person()])
    assert "not tracked" in do(session, "press bell")[0].because
    play(session, 0.1, [Person(head=Pose.of((0.0, -20.0, 1.6)))])
    assert "m away" in do(session, "press bell")[0].because
    play(session, 0.1, [Person(head=Pose.of((-3.0, 0.0, 1.6)))])
    assert do(session, "press bell")[0].because == "bell is not in sight", "along the corridor, with a wall between"
    assert told(do(session, "press bell", "operator"), "raised")
    play(session, 1, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    assert told(do(session, "press bell"), "raised"), "through the door"


def test_no_deed_is_done_while_paused_or_while_a_hand_is_on_it(session: Session) -> None:
    mask = session.world.places["mask"]
    play(session, 0.1, [at(session.world, mask)])
    play(session, 0.1, [at(session.world, mask, squeeze=100)])
    assert do(session, "pick mask")[0].because == "mask is in a hand"
    play(session, 0.1, [Command("operator", "pause")])
    assert do(session, "press bell")[0].because == "the session is paused"
    assert "paused" in say(session, "press the bell")[0].because


def test_who_picks_another_thing_puts_back_the_first_and_a_hand_takes_over(session: Session) -> None:
    events = do(session, "pick mask") + do(session, "pick stone")
    assert told(events, "grabbed", "released") == [(10, "grabbed", "mask"), (20, "released", "mask"), (20, "grabbed", "stone")]
    stone = session.world.places["stone"]
    play(session, 0.1, [at(session.world, stone)])
    events = play(session, 0.1, [at(session.world, stone, squeeze=100)])
    assert [one.because for one in events if one.event == "released"] == ["taken by a hand"]
    assert session.world.held == {"stone": ("participant", "right")}


def test_what_is_picked_is_put_back_as_the_session_ends(session: Session) -> None:
    do(session, "pick mask")
    events = play(session, 0.1, [Command("operator", "leave")])
    assert told(events, "released")
