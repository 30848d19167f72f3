"""Hands: reach, take, carry, let go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.session import Session
from headset.inputs import Hand, Person, Pose
from tests.making import play, reaching, scene, told

STAY = """
start: stay
rules: {when: stone grabbed, do: {log: taken}}
states:
  stay: {rules: {when: after 60 s, go: end}}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(scene(tmp_path, STAY))
    play(session, 0.1)
    return session


def moved(person: Person, x: float, y: float, z: float, squeeze: int) -> Person:
    grip = Pose.of((x, y, z))
    return replace(person, right=Hand(grip=grip, squeeze=squeeze))


def test_a_hand_that_closes_on_a_thing_takes_it_and_the_flag_is_up_for_one_tick(session: Session) -> None:
    events = play(session, 1, [reaching(session, "stone")])
    assert not told(events, "grabbed")
    events = play(session, 1, [reaching(session, "stone", squeeze=100)])
    assert [what for _, _, what in told(events, "grabbed", "logged")] == ["stone", "taken"]


def test_a_hand_out_of_reach_takes_nothing(session: Session) -> None:
    far = session.world.bodies["stone"].card.grab
    assert far is not None
    assert not told(play(session, 1, [reaching(session, "stone", squeeze=100, away=far.radius + 0.1)]), "grabbed")


def test_a_fist_that_comes_near_takes_nothing(session: Session) -> None:
    play(session, 0.1, [reaching(session, "stone", squeeze=100, away=0.5)])
    assert not told(play(session, 1, [reaching(session, "stone", squeeze=100)]), "grabbed")


def test_what_is_held_follows_the_hand(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    play(session, 0.1, [person])
    before = session.world.places["stone"].position
    assert person.right.grip is not None
    x, y, z = person.right.grip.metres
    play(session, 0.1, [moved(person, x + 0.2, y + 0.1, z + 0.3, 100)])
    after = session.world.places["stone"].position
    assert [round(b - a, 3) for a, b in zip(before, after, strict=True)] == [0.2, 0.1, 0.3]


def test_a_trembling_squeeze_drops_nothing(session: Session) -> None:
    person = reaching(session, "stone", squeeze=61)
    play(session, 0.1, [person])
    for squeeze in (58, 62, 45, 70, 41):
        assert not told(play(session, 0.05, [replace(person, right=replace(person.right, squeeze=squeeze))]), "released")


def test_what_is_let_go_falls_on_what_is_below(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    start = session.world.places["stone"].position
    assert person.right.grip is not None
    x, y, z = person.right.grip.metres
    play(session, 0.1, [person])
    play(session, 0.1, [moved(person, x, y, z + 0.3, 100)])
    events = play(session, 1, [moved(person, x, y, z + 0.3, 0)])
    released, landed = told(events, "released", "landed")
    # 0.3 m take sqrt(2 * 0.3 / 9.81) = 0.247 s.
    assert landed[0] - released[0] == 25
    assert session.world.places["stone"].position == pytest.approx(start, abs=1e-3)


def test_what_is_pressed_into_the_bench_comes_to_lie_on_it(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    start = session.world.places["stone"].position
    assert person.right.grip is not None
    x, y, z = person.right.grip.metres
    for depth, floor in ((0.03, start[2]), (0.2, start[2] - session.world.bodies["seat"].rest_height)):
        play(session, 0.1, [moved(person, x, y, z, 0)])
        play(session, 0.1, [person])
        play(session, 0.1, [moved(person, x, y, z - depth, 100)])
        play(session, 1, [moved(person, x, y, z - depth, 0)])
        assert session.world.places["stone"].position[2] == pytest.approx(floor, abs=1e-3)


def test_what_was_held_askew_lies_level_when_it_lands(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    assert person.right.grip is not None
    play(session, 0.1, [person])
    askew = Pose.of(person.right.grip.metres, (0.8, 0.4, 0.3, 0.3))
    play(session, 0.1, [replace(person, right=Hand(grip=askew, squeeze=100))])
    play(session, 1, [replace(person, right=Hand(grip=askew, squeeze=0))])
    up = session.world.places["stone"].direction((0.0, 0.0, 1.0))
    assert up == pytest.approx((0.0, 0.0, 1.0), abs=1e-9)
    ahead = session.world.places["stone"].direction((0.0, 1.0, 0.0))
    assert ahead[0] < -0.1, "it keeps the bearing it was held at"


def test_what_falls_into_the_water_comes_back(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    home = session.world.places["stone"]
    play(session, 0.1, [person])
    play(session, 0.1, [moved(person, 5.0, 3.0, 1.0, 100)])
    events = play(session, 5, [moved(person, 5.0, 3.0, 1.0, 0)])
    assert [event for _, event, _ in told(events, "released", "landed", "returned")] == ["released", "returned"]
    assert session.world.places["stone"] == home


def test_the_other_hand_takes_over(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    play(session, 0.1, [person])
    both = replace(person, left=replace(person.right, squeeze=0))
    play(session, 0.1, [both])
    events = play(session, 0.1, [replace(both, left=replace(both.left, squeeze=100))])
    assert [(event.event, event.value) for event in events if event.who == "participant"] == [
        ("released", "right"),
        ("grabbed", "left"),
    ]


def test_a_hand_lost_while_holding_keeps_what_it_holds_for_half_a_second(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    play(session, 0.1, [person])
    where = session.world.places["stone"]
    play(session, 0.5, [Person(head=person.head, right=Hand())])
    assert session.world.places["stone"] == where
    assert "stone" in session.world.held
    events = play(session, 0.1)
    assert [event.because for event in events if event.event == "released"] == ["right hand was lost"]


def test_a_hand_found_again_in_time_has_never_let_go(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    events = play(session, 0.1, [person])
    for _ in range(5):
        events += play(session, 0.4, [Person(head=person.head, right=Hand())])
        events += play(session, 0.1, [person])
    assert not told(events, "released")
    assert "stone" in session.world.held


def test_a_hand_that_jumps_a_metre_carries_the_thing_along(session: Session) -> None:
    person = reaching(session, "stone", squeeze=100)
    play(session, 0.1, [person])
    events = play(session, 0.1, [moved(person, 2.0, 2.0, 2.0, 100)])
    assert not told(events, "released")
    assert "stone" in session.world.held
