"""What fits on a place snaps onto it, goes along with it, and comes off again."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.view.marks import FILLING, RINGS, figure_of
from engine.world.attention import Attention
from engine.world.joints import place_of, turn_about
from engine.world.vectors import Transform, compose
from headset.inputs import Hand, Person
from tests.interaction.ward import at, onto_face, ward
from tests.making import play, told


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


def carry(session: Session, thing: str, to: Transform) -> list[Event]:
    """Take a thing, bring it somewhere, let it go there."""
    start = session.world.places[thing]
    events = play(session, 0.1, [at(session.world, start, 0)])
    events += play(session, 0.1, [at(session.world, start, 100)])
    events += play(session, 0.1, [at(session.world, to, 100)])
    return events + play(session, 0.5, [at(session.world, to, 0)])


def moved(place: Transform, up: float = 0.0, turned: float = 0.0) -> Transform:
    x, y, z = place.position
    return Transform((x, y, z + up), compose(turn_about((0.0, 0.0, 1.0), turned), place.turn))


@pytest.mark.parametrize(("up", "turned"), [(0.0, 0.0), (0.11, 0.0), (0.0, 44.0), (-0.05, -30.0)])
def test_a_mask_let_go_near_the_face_snaps_onto_it(session: Session, up: float, turned: float) -> None:
    sits = onto_face(session.world)
    events = carry(session, "mask", moved(sits, up, turned))
    assert told(events, "fitted", "landed", "returned", "logged")[0][1:] == ("fitted", "mask")
    assert [what for _, _, what in told(events, "logged")] == ["on_face"]
    assert session.world.places["mask"].position == pytest.approx(sits.position, abs=1e-9)
    assert session.world.fitted == {"mask": ("patient", "face")}


@pytest.mark.parametrize(("up", "turned"), [(0.13, 0.0), (0.0, 46.0), (0.0, 180.0)])
def test_a_mask_too_far_off_or_askew_falls(session: Session, up: float, turned: float) -> None:
    events = carry(session, "mask", moved(onto_face(session.world), up, turned))
    assert not told(events, "fitted")
    assert session.world.fitted == {}


def hold(session: Session, thing: str, to: Transform) -> Attention:
    """Take a thing, and hold it somewhere: what the hand attends to there."""
    start = session.world.places[thing]
    for place, squeeze in ((start, 0), (start, 100), (to, 100)):
        play(session, 0.1, [at(session.world, place, squeeze)])
    return session.world.attention["participant", "right"]


@pytest.mark.parametrize(("up", "turned", "fits"), [(0.11, 0.0, True), (0.0, 44.0, True), (0.13, 0.0, False), (0.0, 46.0, False)])
def test_whether_it_would_snap_on_is_shown_before_it_is_let_go(session: Session, up: float, turned: float, fits: bool) -> None:
    shown = hold(session, "mask", moved(onto_face(session.world), up, turned))
    assert (shown.thing, shown.stage, shown.deed) == ("mask", *(("focus", "fit") if fits else ("select", "")))
    assert figure_of(shown) == (FILLING if fits else RINGS)
    assert ("mask" in session.world.fitted) is False


def test_over_a_place_that_is_taken_nothing_is_promised(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    assert hold(session, "spare", onto_face(session.world, "spare")).stage == "select"


def test_what_was_just_taken_off_would_go_back_on(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    assert hold(session, "mask", moved(onto_face(session.world), 0.05)).deed == "fit"


def test_the_reason_of_a_fit_leads_back_to_the_hand(session: Session) -> None:
    events = carry(session, "mask", onto_face(session.world))
    fitted = next(event for event in events if event.event == "fitted")
    released = next(event for event in events if event.n == fitted.cause)
    grabbed = next(event for event in events if event.n == released.cause)
    assert (fitted.who, fitted.value) == ("participant", "patient.face")
    assert (released.event, grabbed.event, grabbed.what) == ("released", "grabbed", "mask")


def test_a_fitted_mask_goes_along_as_the_backrest_rises(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    before = session.world.places["mask"]
    session.world.properties[("bed", "backrest")] = 60.0
    play(session, 0.02)
    after = session.world.places["mask"]
    assert after.position[2] > before.position[2] + 0.05
    face = place_of(session.world, "patient", "face")
    fit = session.world.bodies["mask"].card.places["fit"].at
    assert math.dist(after.point(fit), face.position) < 1e-6
    assert after.direction((0.0, 1.0, 0.0)) == pytest.approx(face.direction((0.0, 1.0, 0.0)), abs=1e-6)


def test_it_comes_off_again_and_goes_back_on(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    away = moved(onto_face(session.world), 0.4)
    events = carry(session, "mask", away)
    assert [event.event for event in events if event.what == "mask"][:2] == ["grabbed", "taken_off"]
    assert session.world.fitted == {}
    assert told(carry(session, "mask", onto_face(session.world)), "fitted")


def test_a_second_mask_is_refused_and_the_first_stays(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    events = carry(session, "spare", onto_face(session.world, "spare"))
    refused = next(event for event in events if event.event == "fit_refused")
    assert (refused.what, refused.value, refused.because) == ("spare", "patient.face", "mask is on patient.face already")
    assert session.world.fitted == {"mask": ("patient", "face")}
    assert session.world.places["spare"].position != session.world.places["mask"].position


def test_a_mask_on_a_face_that_goes_falls_down(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    session.world.properties[("patient", "present")] = False
    events = play(session, 1)
    assert next((event.event, event.because) for event in events if event.what == "mask") == ("taken_off", "patient is gone")
    assert session.world.places["mask"].position[2] < 1.0


def test_what_goes_while_it_is_held_is_held_no_longer(session: Session) -> None:
    play(session, 0.1, [at(session.world, session.world.places["stone"], 0)])
    play(session, 0.1, [at(session.world, session.world.places["stone"], 100)])
    session.world.properties[("stone", "present")] = False
    events = play(session, 0.1)
    assert [event.because for event in events if event.event == "released"] == ["stone is gone"]
    assert session.world.held == {}
    assert not told(play(session, 0.5, [at(session.world, session.world.places["stone"], 0)]), "landed")


def test_a_lost_hand_keeps_the_mask_half_a_second_then_lets_go(session: Session) -> None:
    play(session, 0.1, [at(session.world, session.world.places["mask"], 0)])
    play(session, 0.1, [at(session.world, session.world.places["mask"], 100)])
    where = session.world.places["mask"]
    assert not told(play(session, 0.5, [Person(right=Hand())]), "released")
    assert session.world.places["mask"] == where
    assert told(play(session, 0.05), "released")


def test_what_lies_on_the_raised_part_of_the_bed_goes_with_it(tmp_path: Path) -> None:
    from tests.interaction.ward import WARD

    text = WARD.replace("rests_on: chair", "rests_on: bed, at: [0.38 m, -0.5 m]")
    session = Session(ward(tmp_path, text=text))
    play(session, 0.1)
    before = session.world.places["stone"].position
    session.world.properties[("bed", "backrest")] = 30.0
    play(session, 0.1)
    assert session.world.places["stone"].position[2] > before[2] + 0.15


def test_a_snapshot_with_a_fitted_mask_goes_on_the_same(session: Session) -> None:
    carry(session, "mask", onto_face(session.world))
    kept = session.snapshot()
    first = [(event.event, event.what) for event in carry(session, "mask", moved(onto_face(session.world), 0.4))]
    session.restore(kept)
    assert session.world.fitted == {"mask": ("patient", "face")}
    assert [(event.event, event.what) for event in carry(session, "mask", moved(onto_face(session.world), 0.4))] == first
