"""The scene for whoever is here for the first time: a minute, by any body, and at the end how to leave."""

from __future__ import annotations

import pytest

from engine.interaction.spoken import SAFE
from engine.rehearsal.bodies import BODIES, play_body
from engine.session import Session
from engine.spec.load import load_scene
from headset.inputs import Person, Pose
from tests.making import play

SHORT = {"en": ("menu", "palm", "mark", "switch", "stop"), "de": ("Menü", "Handfläche", "Zeichen", "Schalter", "Stopp"),
         "ar": ("القائمة", "راحة", "العلامة", "مفتاحك", "توقف")}  # fmt: skip
"""A word of each way out, in each language."""


@pytest.mark.parametrize("body", list(BODIES))
def test_every_body_is_through_in_a_minute_without_waiting_for_anything(body: str) -> None:
    played = play_body(load_scene("welcome"), body)
    assert played.finished
    assert played.seconds <= 60.0
    fired = [chapter.subject for chapter in played.story if chapter.event == "rule_fired"]
    assert fired == ["look.rules[0]", "press.rules[0]", "pick.rules[0]", "leave.rules[0]"]


def test_who_does_nothing_is_led_through_and_told_how_it_goes() -> None:
    session = Session(load_scene("welcome"))
    person = Person(head=Pose.of((0.0, 0.0, 1.2), (0.0, 0.0, 0.0, 1.0)))
    events = play(session, 130, [person])
    assert session.outcome == "finished"
    assert [event.what for event in events if event.event == "said"] == [
        "look_there",
        "press_this",
        "your_way",
        "pick_this",
        "your_way",
        "how_to_leave",
    ]


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_last_line_tells_each_way_out_in_one_caption(language: str) -> None:
    scene = load_scene("welcome", language=language)
    line = scene.text["how_to_leave"]
    assert all(word in line for word in SHORT[language])
    assert any(word in line.casefold() for word in SAFE[language]["leave"]), "the word that it gives does leave"
    assert len(line) <= 150
    events = play(Session(scene), 130)
    spoken = next(event.tick for event in events if (event.event, event.what) == ("said", "how_to_leave"))
    ended = next(event.tick for event in events if event.event == "session_ended")
    assert (ended - spoken) / 100 >= 0.065 * len(line), "there is time to read it"


def test_nothing_is_far_from_who_sits_there() -> None:
    scene = load_scene("welcome")
    world = Session(scene).world
    eyes = world.origin.point((0.0, 0.0, world.eye_height))
    for thing in ("bell", "stone"):
        away = [one - other for one, other in zip(world.places[thing].position, eyes, strict=True)]
        assert sum(one * one for one in away) <= 1.1 * 1.1, thing
