"""What a person hears of a session, as ears are told: the interface, alarms, their wishes, and silence once they have left."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Session
from engine.view.sound.cues import Cue, Cues
from engine.view.sound.ears import Ears
from engine.view.sound.sound import Sound
from headset.inputs import Command, Input, Person, Pose
from tests.interaction.ward import control_at
from tests.view.sound.hearing import NotingEars, ringing


class Evening:
    """A session with ears, frame by frame of a tick."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ears = NotingEars()
        self.told: list[str] = []
        self.cues = Cues(session.world)
        self.sound = Sound(session, self.ears, self.told.append)  # type: ignore[arg-type]

    def play(self, *given: Input, seconds: float = 0.01) -> list[str]:
        """Play so long; what was heard."""
        before = len(self.ears.heard)
        for _ in range(round(seconds * 100)):
            events = self.session.step(self.session.tick + 1, given)
            given = ()
            self.sound.watch(self.cues.watch(events, self.session.tick))
        return [key for key, _ in self.ears.heard[before:]]


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    evening = Evening(ringing(tmp_path))
    evening.play(Person(head=Pose.of((0.0, 0.0, 1.6))))
    return evening


def test_a_press_is_heard_at_the_button(evening: Evening) -> None:
    assert evening.play(Command("operator", "do", "press bell")) == ["press"]
    assert evening.ears.heard[-1][1] == pytest.approx(control_at(evening.session.world, "bell", "button"), abs=1e-3)


def test_an_alarm_is_heard_at_its_monitor_and_ends_when_it_is_silenced(evening: Evening) -> None:
    assert evening.play(seconds=10.0) == ["monitor low", "monitor medium"]
    assert evening.ears.stopped == ["monitor low"]
    assert evening.play(Command("operator", "do", "press monitor.silence"), seconds=0.1) == ["press"]
    assert evening.ears.stopped == ["monitor low", "monitor medium"]


def test_once_one_has_left_nothing_more_is_heard_but_one_swell(evening: Evening) -> None:
    evening.play(seconds=10.0)
    heard = evening.play(Command("participant", "do", "press bell"), Command("participant", "leave"))
    assert heard == [], "not even what was pressed in the same tick"
    assert "monitor medium" in evening.ears.stopped
    assert evening.ears.stopped[-1] == "all"
    evening.ears.heard.clear()
    for _ in range(200):
        evening.sound.rest()
    assert [key for key, _ in evening.ears.heard] == ["calm at the head"]


def test_a_pause_silences_alarms(evening: Evening) -> None:
    evening.play(seconds=10.0)
    evening.play(Command("operator", "pause"))
    assert evening.ears.stopped[-1] == "monitor medium"
    assert evening.play(seconds=20.0) == []


def test_it_is_as_loud_as_the_person_wants_it_whoever_says_so(evening: Evening) -> None:
    assert evening.ears.volumes == [70.0]
    evening.play(Command("operator", "volume", "+10"))
    evening.play(Command("participant", "set", "volume=35"))
    for _ in range(5):
        evening.play(Command("operator", "volume", "-10"))
    assert evening.ears.volumes == [70.0, 80.0, 35.0, 25.0, 15.0, 5.0, 0.0]
    evening.play(seconds=0.5)
    assert len(evening.ears.volumes) == 7, "it is told when it changes"


def test_mono_is_the_person_s_wish(evening: Evening) -> None:
    assert not evening.ears.mono
    evening.play(Command("participant", "set", "sound=mono"))
    assert evening.ears.mono


def test_a_gesture_that_is_called_off_is_no_longer_heard(evening: Evening) -> None:
    head = Pose.of((0.0, 0.0, 1.6))
    assert evening.play(Person(head=head, keys=frozenset({"back"})), seconds=1.0) == ["leave at the head"]
    evening.play(Person(head=head))
    assert evening.ears.stopped == ["leave at the head"]


def test_each_third_of_a_dwell_is_a_tone_higher(evening: Evening) -> None:
    evening.sound.watch([Cue("dwell", (0.0, 0.0, 0.0), third=1), Cue("dwell", (0.0, 0.0, 0.0), third=2)])
    one, two = evening.ears.rates[-2:]
    assert 1.0 < one < two < 1.3


def test_a_lost_device_is_told_once_and_the_session_goes_on(evening: Evening) -> None:
    evening.ears.lost = True
    evening.sound.watch([])
    assert evening.told == []
    evening.ears.lost = False

    def lose(head: object) -> None:
        evening.ears.lost = True

    evening.ears.hear = lose  # type: ignore[method-assign]
    assert evening.play(Command("operator", "do", "press bell"), seconds=0.2) == ["press"]
    assert evening.told == ["the sound device has gone: the session goes on without sound"]
    assert evening.play(Command("operator", "do", "press bell"), seconds=0.5) == []
    assert not evening.session.over


def test_without_a_device_nothing_is_done(tmp_path: Path) -> None:
    session = ringing(tmp_path)
    sound = Sound(session, None)
    session.step(1000, [Command("participant", "do", "press bell")])
    sound.watch([Cue("press", (0.0, 0.0, 0.0))])
    sound.rest()
    sound.follow(ringing(tmp_path))
    sound.close()


def test_a_scene_that_is_written_anew_is_followed(evening: Evening, tmp_path: Path) -> None:
    evening.play(seconds=10.0)
    other = ringing(tmp_path)
    other.step(1000, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    evening.session, evening.cues.world = other, other.world
    evening.sound.follow(other)
    assert evening.play() == ["monitor medium"]


def test_closing_gives_the_device_back_once(evening: Evening) -> None:
    evening.sound.close()
    evening.sound.close()
    assert evening.ears.closed
    assert evening.play(Command("operator", "do", "press bell")) == []


def test_ears_that_note_can_do_what_ears_can() -> None:
    assert {name for name in vars(Ears) if not name.startswith("_")} <= {*dir(NotingEars())}
