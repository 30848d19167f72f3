"""Buttons: what presses them, what does not, and what one sees of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.interaction.buttons import DEED_TICKS, FINGER
from engine.interaction.rays import FAR
from engine.session import Event, Session
from engine.world.joints import Face, face_of
from engine.world.vectors import add, dot, subtract
from headset.inputs import Hand, Person
from tests.interaction.ward import at, control_at, facing, ward
from tests.making import play, told


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


def bell(session: Session) -> Face:
    """Where the bell's face is while nobody presses it."""
    return face_of(session.world, "bell", session.world.bodies["bell"].card.controls["button"])


def pointing(session: Session, away: float, aside: float = 0.0, trigger: int = 0, squeeze: int = 0) -> Person:
    """A right hand before the bell whose fingertip is so many metres in front of its face, and so many beside its middle."""
    middle = session.world.places["bell"].local(bell(session).middle)
    point = session.world.places["bell"].point(add(middle, (aside, away + FINGER, 0.0)))
    return at(session.world, facing(session.world, "bell", point), squeeze=squeeze, trigger=trigger)


def moves(session: Session, start: float, end: float, seconds: float, aside: float = 0.0) -> list[Event]:
    """Move the fingertip from one distance to another; the events on the way."""
    events: list[Event] = []
    count = round(seconds * 100)
    for index in range(count + 1):
        events += play(session, 0.01, [pointing(session, start + (end - start) * index / count, aside)])
    return events


def test_a_finger_that_goes_in_presses_once_and_the_flag_is_up_for_a_tick(session: Session) -> None:
    events = moves(session, 0.1, -0.01, 0.3)
    assert [what for _, _, what in told(events, "raised", "logged")] == ["bell.pressed", "rung"]
    pressed, fired, rung = (next(event for event in events if event.event == kind) for kind in ("raised", "rule_fired", "logged"))
    assert (pressed.who, pressed.value, pressed.because) == ("participant", "right", "right finger pressed button in")
    assert fired.cause == pressed.n
    assert rung.cause == fired.n


def test_a_pressed_button_is_seen_to_go_in_and_to_come_out(session: Session) -> None:
    quarter = -0.25 * bell(session).travel
    moves(session, 0.1, quarter, 0.3)
    assert session.world.raised[("bell", "pressed")] == pytest.approx(0.25, abs=0.05)
    moves(session, quarter, -0.02, 0.1)
    assert session.world.raised[("bell", "pressed")] == 1.0
    assert session.world.worked == {("bell", "button"): ("participant", "right")}
    moves(session, -0.02, 0.1, 0.2)
    assert session.world.raised == {}
    assert session.world.worked == {}


def test_a_trembling_finger_presses_once(session: Session) -> None:
    travel = bell(session).travel
    deep, shallow, out = -travel, -0.5 * travel, 0.03
    events = moves(session, 0.1, deep, 0.3)
    for _ in range(20):
        events += moves(session, deep, shallow, 0.02)
        events += moves(session, shallow, deep, 0.02)
    assert len(told(events, "raised")) == 1
    events = moves(session, deep, out, 0.1) + moves(session, out, deep, 0.1)
    assert len(told(events, "raised")) == 1, "a finger that came out presses again"


@pytest.mark.parametrize("aside", [0.031, -0.05])
def test_a_finger_beside_the_button_presses_the_wall(session: Session, aside: float) -> None:
    assert not told(moves(session, 0.1, -0.02, 0.3, aside), "raised")


def test_a_finger_that_comes_from_behind_presses_nothing(session: Session) -> None:
    assert not told(moves(session, -0.1, 0.1, 0.3), "raised")
    assert told(moves(session, 0.1, -0.1, 0.3), "raised")


def test_a_hand_that_jumps_a_metre_does_not_sweep_over_buttons(session: Session) -> None:
    play(session, 0.1, [pointing(session, 0.5)])
    events = play(session, 0.1, [pointing(session, -0.01)])
    events += play(session, 0.1, [pointing(session, -0.02)])
    assert not told(events, "raised")


def test_a_hand_that_is_lost_lets_the_button_come_out(session: Session) -> None:
    moves(session, 0.1, -0.01, 0.3)
    events = play(session, 0.1, [Person(right=Hand())])
    assert session.world.raised == {}
    assert not told(events, "raised")


def test_a_finger_that_went_through_the_wall_no_longer_presses(session: Session) -> None:
    moves(session, 0.1, -0.3, 0.5)
    assert session.world.raised == {}


def test_a_fast_poke_within_a_tick_is_not_missed(session: Session) -> None:
    play(session, 0.01, [pointing(session, 0.05)])
    assert told(play(session, 0.01, [pointing(session, -0.05)]), "raised")


def test_the_trigger_presses_what_is_pointed_at_from_close_by(session: Session) -> None:
    play(session, 0.1, [pointing(session, 0.1)])
    events = play(session, 0.1, [pointing(session, 0.1, trigger=100)])
    assert [(event.what, event.because) for event in events if event.event == "raised"] == [
        ("bell.pressed", "right hand pointed at button and pulled the trigger")
    ]
    assert session.world.raised[("bell", "pressed")] == 1.0
    play(session, 0.1, [pointing(session, 0.1)])
    assert session.world.raised == {}


@pytest.mark.parametrize(("away", "aside"), [(0.1, 0.05), (FAR + 0.05, 0.0), (-0.05, 0.0)])
def test_the_trigger_presses_nothing_beside_far_off_or_from_behind(session: Session, away: float, aside: float) -> None:
    play(session, 0.1, [pointing(session, away, aside)])
    assert not told(play(session, 0.1, [pointing(session, away, aside, trigger=100)]), "raised")


def test_a_hand_that_holds_something_presses_nothing(session: Session) -> None:
    stone = session.world.places["stone"]
    play(session, 0.1, [at(session.world, stone, squeeze=100)])
    events = []
    for away in (0.1, 0.05, 0.0, -0.01):
        events += play(session, 0.01, [pointing(session, away, squeeze=100)])
    assert session.world.held
    assert not told(events, "raised")


def test_both_hands_on_one_button_press_it_once(session: Session) -> None:
    events: list[Event] = []
    for step in range(30):
        right = pointing(session, 0.1 - step * 0.004)
        events += play(session, 0.01, [Person(head=right.head, left=right.right, right=right.right)])
    assert len(told(events, "raised")) == 1


def test_a_button_that_is_not_there_is_not_pressed(session: Session) -> None:
    session.world.properties[("bell", "present")] = False
    assert not told(moves(session, 0.1, -0.02, 0.3), "raised")


def test_a_deed_presses_as_a_finger_does(session: Session) -> None:
    hands = session._hands
    hands.buttons.press("participant", ("bell", "button"), "gaze for 1 s")
    events = play(session, 0.02)
    assert [what for _, _, what in told(events, "logged")] == ["rung"]
    assert session.world.raised[("bell", "pressed")] == 1.0
    play(session, (DEED_TICKS + 1) / 100)
    assert session.world.raised == {}


def test_a_session_taken_up_while_a_finger_is_in_goes_on_the_same(session: Session) -> None:
    moves(session, 0.1, -0.001, 0.3)
    kept = session.snapshot()
    first = [(event.event, event.what) for event in moves(session, -0.001, -0.02, 0.1)]
    session.restore(kept)
    assert [(event.event, event.what) for event in moves(session, -0.001, -0.02, 0.1)] == first
    assert ("raised", "bell.pressed") in first


def test_the_face_stays_where_it_is_while_the_button_is_in(session: Session) -> None:
    before = bell(session)
    moves(session, 0.1, -0.02, 0.3)
    assert session.world.raised[("bell", "pressed")] == 1.0
    assert bell(session) == before
    pushed = control_at(session.world, "bell", "button")
    assert dot(subtract(pushed, before.middle), before.out) == pytest.approx(-before.travel), "and what is seen has gone in"
