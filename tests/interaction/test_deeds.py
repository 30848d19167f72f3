"""Deeds by name do what hands do: the same flags, values and events, whatever the body."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.interaction import Deed, Deeds, deeds_of
from engine.session import Session
from tests.interaction.ward import at, ward
from tests.making import play, told


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


@pytest.fixture
def deeds(session: Session) -> Deeds:
    return session._bodies.deeds


def test_every_thing_tells_its_deeds(session: Session) -> None:
    world = session.world
    assert list(deeds_of(world, "bell")) == [Deed("bell", "button", "press")]
    assert list(deeds_of(world, "oxygen")) == [Deed("oxygen", "dial", "step_up"), Deed("oxygen", "dial", "step_down")]
    assert [deed.verb for deed in deeds_of(world, "mask")] == ["pick", "place"]
    assert not list(deeds_of(world, "patient"))


def test_a_scene_is_played_by_deeds_alone(session: Session, deeds: Deeds) -> None:
    assert deeds.do("participant", Deed("bell", "button", "press"), "gaze for 1 s")
    for _ in range(10):
        assert deeds.do("participant", Deed("oxygen", "dial", "step_up"), "switch")
    assert deeds.do("participant", Deed("mask", "", "pick"), "switch")
    assert deeds.do("participant", Deed("mask", "", "place"), "switch")
    assert [what for _, _, what in told(play(session, 0.1), "logged")] == ["rung", "on_face", "flowing"]
    assert session.world.fitted == {"mask": ("patient", "face")}


def test_steps_end_at_the_range(session: Session, deeds: Deeds) -> None:
    for _ in range(3):
        deeds.do("participant", Deed("oxygen", "dial", "step_down"), "switch")
    assert session.world.value(("oxygen", "flow")) == 0.0


def test_what_is_in_a_hand_is_not_done_to_by_another_body(session: Session, deeds: Deeds) -> None:
    play(session, 0.1, [at(session.world, session.world.places["mask"], 0)])
    play(session, 0.1, [at(session.world, session.world.places["mask"], 100)])
    assert not deeds.do("participant", Deed("mask", "", "pick"), "switch")
    assert not deeds.do("participant", Deed("mask", "", "place"), "switch")


def test_what_was_picked_and_fits_nowhere_stays_where_it_was(session: Session, deeds: Deeds) -> None:
    where = session.world.places["stone"]
    assert deeds.do("participant", Deed("stone", "", "pick"), "switch")
    assert not deeds.do("participant", Deed("mask", "", "place"), "switch"), "something else was picked"
    assert deeds.do("participant", Deed("stone", "", "place"), "switch")
    play(session, 1)
    assert session.world.places["stone"] == where


def test_a_deed_there_is_not_does_nothing(session: Session, deeds: Deeds) -> None:
    assert not deeds.do("participant", Deed("bell", "button", "step_up"), "switch")
    session.world.properties[("bell", "present")] = False
    assert not deeds.do("participant", Deed("bell", "button", "press"), "switch")
