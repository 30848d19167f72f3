"""Preferences: what can be wished, how it is written, and what is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from engine.interaction.preferences import CHOICES, RANGES, PreferenceError, Preferences, Wishes
from engine.session import Session
from headset.inputs import Command
from tests.interaction.ward import ward
from tests.making import play, told


def test_every_preference_is_a_number_with_a_range_or_a_word_with_choices() -> None:
    assert {one.name for one in fields(Preferences)} == {*RANGES, *CHOICES}
    for name, (low, high, _) in RANGES.items():
        assert low <= getattr(Preferences(), name) <= high
    for name, words in CHOICES.items():
        assert getattr(Preferences(), name) in words


@pytest.mark.parametrize("name", RANGES)
def test_numbers_reach_the_ends_of_their_range_and_no_further(name: str) -> None:
    low, high, _ = RANGES[name]
    for end in (low, high):
        assert getattr(Preferences().with_(f"{name}={end:g}"), name) == end
    for beyond in (low - 0.1, high + 0.1):
        with pytest.raises(PreferenceError, match=f"{name} cannot be .*{high:g}"):
            Preferences().with_(f"{name}={beyond:g}")


@pytest.mark.parametrize("name", CHOICES)
def test_words_are_those_that_there_are(name: str) -> None:
    for word in CHOICES[name]:
        assert getattr(Preferences().with_(f" {name} = {word} "), name) == word
    with pytest.raises(PreferenceError, match=f"{name} cannot be 'whatever'; choose"):
        Preferences().with_(f"{name}=whatever")


@pytest.mark.parametrize("value", ["", "nan", "inf", "1e0", "0x1", "1,5", "1.5 s", "٢", "1" * 400, "--1"])
def test_what_is_no_plain_number_is_refused(value: str) -> None:
    with pytest.raises(PreferenceError, match="dwell cannot be"):
        Preferences().with_(f"dwell={value}")


@pytest.mark.parametrize(
    ("text", "why"), [("dwell", "changes nothing"), ("", "changes nothing"), ("colour=red", "no preference")]
)
def test_a_wish_that_is_none_says_what_to_write(text: str, why: str) -> None:
    with pytest.raises(PreferenceError, match=why):
        Preferences().with_(text)


def test_wishes_are_written_as_they_are_read() -> None:
    wished = Preferences().with_("dwell=1.25").with_("captions=largest").with_("height=-0.2")
    assert wished.texts() == {"dwell": "1.25", "captions": "largest", "height": "-0.2"}
    again = Preferences()
    for name, value in wished.texts().items():
        again = again.with_(f"{name}={value}")
    assert again == wished


def test_each_person_has_their_own_and_others_the_defaults() -> None:
    wishes = Wishes()
    wishes.set("anna", "dwell=2")
    with pytest.raises(PreferenceError):
        wishes.set("anna", "dwell=20")
    assert (wishes["anna"].dwell, wishes["ben"].dwell) == (2.0, 1.0)
    again = Wishes()
    again.restore(wishes.snapshot())
    assert again["anna"] == wishes["anna"]


def test_a_session_keeps_wishes_and_logs_them_and_what_it_refuses(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    given = ("dwell=0.5", "minutes=60", "gloves=red")
    events = play(session, 0.1, [Command("participant", "set", value) for value in given])
    assert session.preferences["participant"].dwell == 0.5
    assert session.preferences["participant"].minutes == 20.0
    assert [(one.value, bool(one.because)) for one in events if one.event == "set"] == [("dwell=0.5", False)]
    refused = [one for one in events if one.event == "set_refused"]
    assert [one.value for one in refused] == ["minutes=60", "gloves=red"]
    assert "5 to 30 min" in refused[0].because
    assert "no preference 'gloves'" in refused[1].because


def test_who_leads_sets_the_wishes_of_the_participant(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    events = play(session, 0.1, [Command("operator", "set", "captions=large"), Command("anna", "set", "captions=off")])
    assert session.preferences["participant"].captions == "large"
    assert session.preferences["anna"].captions == "off"
    assert [event.who for event in events if event.event == "set"] == ["operator", "anna"]


def test_wishes_are_part_of_a_snapshot(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    play(session, 0.1, [Command("participant", "set", "scan=one")])
    kept = session.snapshot()
    play(session, 0.1, [Command("participant", "set", "scan=two")])
    session.restore(kept)
    assert session.preferences["participant"].scan == "one"
    assert not told(play(session, 0.1), "set")
