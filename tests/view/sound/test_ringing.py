"""Alarms ring as the monitor alarms: at once, then every so often, and not in a pause, when silenced, or afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Session
from engine.view.sound.ringing import Burst, Ringing
from engine.world.bursts import SIGNALS
from headset.inputs import Command, Person, Pose
from tests.making import play
from tests.view.sound.hearing import ringing

EVERY = SIGNALS["medium"].every


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = ringing(tmp_path)
    session.step(0, [Person(head=Pose.of((0.0, 0.0, 1.6)))])
    return session


def heard(session: Session, rings: Ringing, seconds: float, *given: Command) -> list[tuple[int, str]]:
    """(session tick, priority) of each burst that begins; an empty priority for one that ends."""
    found: list[tuple[int, str]] = []
    for _ in range(round(seconds * 100)):
        session.step(session.tick + 1, given)
        given = ()
        found += [(session.tick, burst.priority) for burst in rings.watch(over=session.over)]
    return found


def test_the_first_burst_begins_as_the_alarm_does_and_then_one_comes_every_so_often(session: Session) -> None:
    rings = Ringing(session.world)
    bursts = heard(session, rings, 40)
    began = next(alarm.began for alarm in session.world.monitors["monitor"].alarms)
    assert bursts == [(400, "low"), (began, ""), (began, "medium"), (began + EVERY, "medium"), (began + 2 * EVERY, "medium")]


def test_it_rings_at_the_monitor_s_screen(session: Session) -> None:
    rings = Ringing(session.world)
    play(session, 10)
    (burst,) = rings.watch()
    place = session.world.places["monitor"]
    assert burst == Burst("monitor", "medium", place.point((0.0, 0.0, 1.5 * 0.87)))


def test_a_frame_of_many_ticks_loses_no_burst(session: Session) -> None:
    rings, found = Ringing(session.world), []
    for _ in range(8):
        play(session, 5)
        found += [(session.tick, burst.priority) for burst in rings.watch()]
    assert found == [(500, "low"), (1000, ""), (1000, "medium"), (2500, "medium"), (3500, "medium")]


def test_nothing_rings_in_a_pause_nor_begins_anew_after_it(session: Session) -> None:
    rings = Ringing(session.world)
    play(session, 10)
    assert [burst.priority for burst in rings.watch()] == ["medium"]
    assert [burst for _, burst in heard(session, rings, 30, Command("operator", "pause"))] == [""]
    assert heard(session, rings, 11, Command("operator", "resume")) == []
    assert [burst for _, burst in heard(session, rings, 1.5)] == ["medium"]


def test_who_silences_it_hears_nothing_until_it_makes_itself_heard_again(session: Session) -> None:
    rings = Ringing(session.world)
    play(session, 10)
    list(rings.watch())
    assert [burst for _, burst in heard(session, rings, 1, Command("operator", "do", "press monitor.silence"))] == [""]
    assert heard(session, rings, 115) == []
    assert [burst for _, burst in heard(session, rings, 5)] == ["medium"]


def test_leaving_silences_it_in_the_same_tick(session: Session) -> None:
    rings = Ringing(session.world)
    play(session, 10)
    list(rings.watch())
    assert heard(session, rings, 5, Command("participant", "leave")) == [(1001, "")]


def test_a_monitor_that_is_not_there_rings_not(session: Session) -> None:
    rings = Ringing(session.world)
    play(session, 10)
    session.world.properties["monitor", "present"] = False
    assert list(rings.watch()) == []
