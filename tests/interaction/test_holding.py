"""Things in hands: with both, from one to the other, thrown."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.interaction.falling import FASTEST
from engine.interaction.twohands import frame
from engine.session import Event, Session
from engine.world.joints import turn_about
from engine.world.vectors import Transform, Vec3, add, compose, distance, length
from headset.inputs import Hand, Person, Pose
from tests.interaction.ward import ward
from tests.making import play, told


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


def hands(session: Session, left: Transform | None, right: Transform | None, squeeze: tuple[int, int]) -> Person:
    """A person with hands at places of the scene; they point away from everything."""
    back = session.world.origin.inverse()

    def hand(place: Transform | None, closed: int) -> Hand:
        local = None if place is None else back @ place
        return Hand() if local is None else Hand(grip=Pose.of(local.position, local.turn), squeeze=closed)

    return Person(head=Pose.of((0.0, 0.0, 1.6)), left=hand(left, squeeze[0]), right=hand(right, squeeze[1]))


def beside(session: Session, thing: str, x: float) -> Transform:
    place = session.world.places[thing]
    return Transform(place.point((x, 0.0, session.world.bodies[thing].size[2] / 2)))


def both_hold(session: Session, thing: str = "mask") -> tuple[Transform, Transform, list[Event]]:
    left, right = beside(session, thing, -0.1), beside(session, thing, 0.1)
    events: list[Event] = []
    for squeeze in ((0, 0), (0, 100), (100, 100)):
        events += play(session, 0.1, [hands(session, left, right, squeeze)])
    return left, right, events


def test_a_wide_thing_is_held_by_both_hands_and_neither_lets_go(session: Session) -> None:
    left, right, events = both_hold(session)
    assert [event.value for event in events if event.event == "grabbed"] == ["right", "left"]
    assert not told(events, "released")
    place = session.world.places["mask"]
    up = (0.0, 0.0, 0.2)
    play(session, 0.1, [hands(session, Transform(add(left.position, up)), Transform(add(right.position, up)), (100, 100))])
    assert session.world.places["mask"].position == pytest.approx(add(place.position, up), abs=1e-3)
    assert session.world.places["mask"].turn == pytest.approx(place.turn, abs=1e-3)


def test_two_hands_turn_what_they_hold(session: Session) -> None:
    left, right, _ = both_hold(session)
    middle = tuple((a + b) / 2 for a, b in zip(left.position, right.position, strict=True))
    place = session.world.places["mask"]
    quarter = turn_about((0.0, 0.0, 1.0), 90.0)
    swung = [Transform((middle[0], middle[1] + side * 0.1, middle[2]), quarter) for side in (-1, 1)]
    if left.position[0] > right.position[0]:
        swung.reverse()
    play(session, 0.1, [hands(session, swung[0], swung[1], (100, 100))])
    now = session.world.places["mask"]
    ahead, before = now.direction((0.0, 1.0, 0.0)), place.direction((0.0, 1.0, 0.0))
    assert ahead[0] * before[0] + ahead[1] * before[1] == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("first", ["left", "right"])
def test_what_one_hand_lets_go_stays_in_the_other_where_it_is(session: Session, first: str) -> None:
    left, right, _ = both_hold(session)
    place = session.world.places["mask"]
    squeeze = (0, 100) if first == "left" else (100, 0)
    events = play(session, 0.2, [hands(session, left, right, squeeze)])
    assert [event.value for event in events if event.event == "released"] == [first]
    assert session.world.places["mask"].position == pytest.approx(place.position, abs=1e-9)
    assert session.world.held == {"mask": ("participant", "right" if first == "left" else "left")}
    events = play(session, 1.0, [hands(session, left, right, (0, 0))])
    assert told(events, "landed")


def test_a_hand_lost_while_both_hold_leaves_the_thing_in_the_other(session: Session) -> None:
    _, right, _ = both_hold(session)
    events = play(session, 1.0, [hands(session, None, right, (0, 100))])
    assert [event.because for event in events if event.event == "released"] == ["left hand was lost"]
    assert session.world.held == {"mask": ("participant", "right")}


def test_what_goes_leaves_both_hands(session: Session) -> None:
    both_hold(session)
    session.world.properties["mask", "present"] = False
    assert len(told(play(session, 0.1), "released")) == 2
    assert session.world.held == {}


def test_a_small_thing_changes_hands(session: Session) -> None:
    _, _, events = both_hold(session, "stone")
    assert [(event.event, event.value) for event in events if event.what == "stone"] == [
        ("grabbed", "right"),
        ("released", "right"),
        ("grabbed", "left"),
    ]


def test_a_session_taken_up_with_a_thing_in_both_hands_goes_on_the_same(session: Session) -> None:
    left, right, _ = both_hold(session)
    kept = session.snapshot()
    found = []
    for _ in range(2):
        session.restore(kept)
        events = play(session, 0.3, [hands(session, Transform(add(left.position, (0.0, 0.0, 0.1))), right, (100, 100))])
        events += play(session, 0.3, [hands(session, left, right, (100, 0))])
        found.append((told(events), session.world.places["mask"]))
    assert found[0] == found[1]


turns = st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda one: sum(part * part for part in one) > 0.1)


@given(turns, st.tuples(*[st.floats(-1, 1)] * 3))
def test_the_frame_of_two_hands_moves_with_them(turn: tuple[float, float, float, float], away: Vec3) -> None:
    one, two = Transform((-0.2, 0.1, 0.0)), Transform((0.2, 0.0, 0.05), turn_about((1.0, 0.0, 0.0), 20.0))
    moved = Transform(away, compose(turn, (1.0, 0.0, 0.0, 0.0)))
    here, there = frame(one, two), frame(moved @ one, moved @ two)
    assert here is not None
    assert there is not None
    for point in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)):
        assert distance(there.point(point), moved.point(here.point(point))) < 1e-6


def test_hands_in_one_spot_make_no_frame() -> None:
    assert frame(Transform(), Transform((0.01, 0.0, 0.0))) is None


def thrown(session: Session, speed: float, way: Vec3 = (1.0, 0.0, 0.0), ticks: int = 12) -> list[Event]:
    """Take the stone to the middle of the room, swing it, let go; a tick each, for as long as it takes to land."""
    start = beside(session, "stone", 0.0)
    play(session, 0.1, [hands(session, None, start, (0, 0))])
    play(session, 0.1, [hands(session, None, start, (0, 100))])
    at: Vec3 = (0.0, -0.5, 1.4)
    for _ in range(30):  # carried there without haste
        play(session, 0.01, [hands(session, None, Transform(at), (0, 100))])
    for tick in range(ticks + 1):
        at = (at[0], at[1], at[2]) if tick == 0 else add(at, tuple(part * speed / 100 for part in way))  # type: ignore[arg-type]
        play(session, 0.01, [hands(session, None, Transform(at), (0, 100))])
    return play(session, 3.0, [hands(session, None, Transform(at), (0, 0))])


def test_what_is_thrown_flies_as_far_as_a_stone_does(session: Session) -> None:
    events = thrown(session, 2.0)
    assert [(event.event, event.because) for event in events if event.what == "stone"][-1] == ("landed", "it was thrown")
    released = next(event for event in events if event.event == "released")
    landed = next(event for event in events if event.event == "landed")
    assert landed.cause == released.n
    seconds = sqrt(2.0 * 1.385 / 9.81)
    assert (landed.tick - released.tick) / 100 == pytest.approx(seconds, abs=0.02)
    x, y, z = session.world.places["stone"].position
    assert x == pytest.approx(0.24 + 2.0 * seconds, abs=0.1)
    assert (y, z) == pytest.approx((-0.5, 0.0), abs=1e-3)


def test_nothing_flies_faster_than_a_throw_across_a_room(session: Session) -> None:
    falling = session._hands.falling
    assert falling.throw("stone", (-20.0, 0.0, 20.0), 0)
    assert length(falling.flights["stone"].way) == pytest.approx(FASTEST)
    assert told(play(session, 3.0), "landed")
    assert session.world.room_of(session.world.places["stone"].position) == "bay"


def test_a_hand_that_moves_slowly_lets_go_without_a_throw(session: Session) -> None:
    events = thrown(session, 0.9)
    assert [event.because for event in events if event.event == "landed"] == ["it fell"]
    assert session.world.places["stone"].position[0] < 0.15


@pytest.mark.parametrize("way", [(0.0, -1.0, 0.2), (-1.0, 0.0, 0.3), (1.0, 0.0, 0.5), (0.0, 1.0, 0.3), (0.0, 0.0, 1.0)])
def test_what_is_thrown_at_a_wall_or_a_thing_stays_in_the_room(session: Session, way: Vec3) -> None:
    events = thrown(session, 5.0, way)
    assert told(events, "landed")
    assert session.world.room_of(session.world.places["stone"].position) == "bay"


def test_a_hand_that_jumps_throws_nothing(session: Session) -> None:
    start = beside(session, "stone", 0.0)
    play(session, 0.1, [hands(session, None, start, (0, 0))])
    play(session, 0.1, [hands(session, None, start, (0, 100))])
    far = Transform((0.0, -0.5, 1.2))
    play(session, 0.01, [hands(session, None, far, (0, 100))])
    events = play(session, 1.0, [hands(session, None, far, (0, 0))])
    assert [event.because for event in events if event.event == "landed"] == ["it fell"]
    assert session.world.places["stone"].position[:2] == pytest.approx((0.0, -0.5), abs=0.1)


def test_a_hand_that_is_lost_in_a_swing_throws_nothing(session: Session) -> None:
    start = beside(session, "stone", 0.0)
    play(session, 0.1, [hands(session, None, start, (0, 0))])
    play(session, 0.1, [hands(session, None, start, (0, 100))])
    for tick in range(10):
        play(session, 0.01, [hands(session, None, Transform(add(start.position, (0.03 * tick, 0.0, 0.3))), (0, 100))])
    events = play(session, 2.0, [Person()])
    assert [event.because for event in events if event.event == "landed"] == ["it fell"]


def test_what_is_thrown_can_be_caught(session: Session) -> None:
    start = beside(session, "stone", 0.0)
    play(session, 0.1, [hands(session, None, start, (0, 0))])
    play(session, 0.1, [hands(session, None, start, (0, 100))])
    for tick in range(30):
        at = Transform((0.02 * tick, -0.5, 1.4))
        play(session, 0.01, [hands(session, None, at, (0, 100))])
    play(session, 0.1, [hands(session, None, at, (0, 0))])
    now = session.world.places["stone"]
    assert session._hands.falling.flights
    person = hands(session, None, Transform(now.position), (0, 100))
    play(session, 0.01, [replace(person, left=person.right, right=hands(session, None, at, (0, 0)).right)])
    assert session.world.held == {"stone": ("participant", "left")}
    assert not session._hands.falling.flights


def test_a_throw_taken_up_in_its_flight_lands_the_same(session: Session) -> None:
    thrown(session, 3.0, ticks=12)
    start = beside(session, "stone", 0.0)
    play(session, 0.1, [hands(session, None, start, (0, 0))])
    play(session, 0.1, [hands(session, None, start, (0, 100))])
    for tick in range(8):
        play(session, 0.01, [hands(session, None, Transform((-0.03 * tick, -0.5, 1.4)), (0, 100))])
    play(session, 0.1, [hands(session, None, Transform((-0.24, -0.5, 1.4)), (0, 0))])
    kept = session.snapshot()
    first = (told(play(session, 2.0)), session.world.places["stone"])
    session.restore(kept)
    assert (told(play(session, 2.0)), session.world.places["stone"]) == first
    assert [event for _, event, _ in first[0]] == ["landed"]
