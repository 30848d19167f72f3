"""Dials and levers follow the hand that holds them, in steps one can feel, and stay where they were left."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.interaction.turning import detent
from engine.session import Event, Session
from engine.world.joints import turn_about
from engine.world.vectors import Transform, Vec3, add, compose, look_at, rotate, subtract
from headset.inputs import Hand, Person, Pose
from tests.interaction.ward import at, control_at, facing, ward
from tests.making import play, told

STEPLESS = """
start: stay
rules: {when: bed.backrest >= 45 deg, do: {log: up}}
states:
  stay: {drift: {oxygen.flow: 1 L/min/s}, rules: {when: after 10 min, go: end}}
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


def flow(session: Session) -> float:
    return float(session.world.value(("oxygen", "flow")))


def twisted(session: Session, degrees: float, squeeze: int = 100, away: Vec3 = (0.0, 0.0, 0.0)) -> Person:
    """A hand on the dial, twisted so far about the dial's axis, which looks out of its front."""
    dial = session.world.places["oxygen"]
    point = dial.point(add(dial.local(control_at(session.world, "oxygen", "dial")), away))
    turn = compose(turn_about(dial.direction((0.0, 1.0, 0.0)), degrees), facing(session.world, "oxygen", point).turn)
    return at(session.world, Transform(point, turn), squeeze)


def turn(session: Session, start: float, end: float, seconds: float = 0.5) -> list[Event]:
    """Take the dial, twist the hand from one angle to another, let go."""
    events = play(session, 0.05, [twisted(session, start, 0)])
    count = round(seconds * 100)
    for index in range(count + 1):
        events += play(session, 0.01, [twisted(session, start + (end - start) * index / count)])
    return events + play(session, 0.05, [twisted(session, end, 0)])


def test_a_dial_follows_the_twist_of_the_hand_and_stays(session: Session) -> None:
    events = turn(session, -30.0, 50.0)  # 80 of 300 degrees for 15 L/min
    assert flow(session) == 4.0
    assert [event.value for event in events if event.event == "changed"] == [1.0, 2.0, 3.0, 4.0]
    assert told(events, "grabbed", "released")[0][2] == "oxygen.dial"
    play(session, 1, [twisted(session, -80.0, 0)])
    assert flow(session) == 4.0


def test_several_grips_add_up_and_a_rule_gives_the_hand_as_its_reason(session: Session) -> None:
    events = turn(session, -40.0, 60.0) + turn(session, -40.0, 60.0)
    assert flow(session) == 10.0
    logged = next(event for event in events if event.event == "logged")
    fired = events[[event.n for event in events].index(logged.cause or 0)]
    changed = next(event for event in events if event.n == fired.cause)
    assert (changed.who, changed.what, changed.value) == ("participant", "oxygen.flow", 10.0)
    assert changed.because == "right hand turned dial"
    grabbed = next(event for event in events if event.n == changed.cause)
    assert (grabbed.event, grabbed.what) == ("grabbed", "oxygen.dial")


def test_every_detent_is_felt(session: Session) -> None:
    events = turn(session, 0.0, 100.0)
    felt = [event for event in events if event.event == "haptic"]
    assert [(event.what, event.value) for event in felt] == [("oxygen", "tap")] * 5


def test_a_dial_ends_at_its_range_and_turning_back_is_felt_at_once(session: Session) -> None:
    turn(session, 0.0, -90.0)
    assert flow(session) == 0.0
    play(session, 0.05, [twisted(session, 0.0, 0)])
    for degrees in [*range(0, -91, -5), *range(-90, -49, 5)]:
        play(session, 0.01, [twisted(session, float(degrees))])
    assert flow(session) == 2.0, "40 degrees back from where the hand had slipped to"


def test_a_hand_that_turns_all_the_way_round_turns_the_dial_all_the_way(session: Session) -> None:
    turn(session, 0.0, 400.0, 2.0)
    assert flow(session) == 15.0


def test_a_trembling_hand_does_not_rattle_between_detents(session: Session) -> None:
    play(session, 0.05, [twisted(session, 0.0, 0)])
    events = play(session, 0.01, [twisted(session, 0.0)])
    for index in range(100):
        events += play(session, 0.01, [twisted(session, 10.0 + (1.5 if index % 2 else -1.5))])
    assert len(told(events, "changed")) <= 1


def test_a_flipped_pose_turns_no_more_than_half_round(session: Session) -> None:
    play(session, 0.05, [twisted(session, 0.0, 0)])
    play(session, 0.05, [twisted(session, 0.0)])
    play(session, 0.01, [twisted(session, 1000.0)])
    assert flow(session) <= 9.0


def test_a_hand_beyond_the_dials_radius_takes_nothing(session: Session) -> None:
    events = play(session, 0.1, [twisted(session, 0.0, 0, away=(0.0, 0.0, 0.06))])
    events += play(session, 0.1, [twisted(session, 0.0, 100, away=(-0.26, 0.0, 0.1))])
    assert not told(events, "grabbed")


def test_a_hand_that_goes_away_has_slipped_off(session: Session) -> None:
    play(session, 0.1, [twisted(session, 0.0, 0)])
    play(session, 0.1, [twisted(session, 0.0)])
    events = play(session, 0.1, [twisted(session, 90.0, away=(0.0, 1.0, 0.0))])
    assert [event.because for event in events if event.event == "released"] == ["right hand slipped off"]
    assert flow(session) == 0.0


def test_a_hand_lost_on_a_dial_keeps_it_half_a_second(session: Session) -> None:
    play(session, 0.1, [twisted(session, 0.0, 0)])
    play(session, 0.1, [twisted(session, 40.0)])
    assert not told(play(session, 0.4, [Person(right=Hand(grip=Pose.of((float("nan"), 0.0, 0.0))))]), "released")
    events = play(session, 0.4)
    assert [event.because for event in events if event.event == "released"] == ["right hand was lost"]
    assert session.world.worked == {}


def test_the_dial_is_taken_not_the_mask_that_hangs_below_it(session: Session) -> None:
    assert [what for _, _, what in told(turn(session, 0.0, 40.0), "grabbed")] == ["oxygen.dial"]
    mask = at(session.world, Transform(session.world.places["mask"].point((0.0, 0.0, 0.1))), 0)
    play(session, 0.1, [mask])
    events = play(session, 0.1, [at(session.world, Transform(session.world.places["mask"].point((0.0, 0.0, 0.1))), 100)])
    assert [what for _, _, what in told(events, "grabbed")] == ["mask"]


def arc(session: Session, degrees: float) -> Iterator[Vec3]:
    """The way of a hand that lifts the bed's lever so far about the hinge of the backrest."""
    bed = session.world.places["bed"]
    joint = session.world.bodies["bed"].card.joints["back"]
    start = control_at(session.world, "bed", "lever")
    pivot = bed.point(joint.at)
    axis = bed.direction((1.0, 0.0, 0.0))
    for index in range(51):
        yield add(pivot, rotate(turn_about(axis, -degrees * index / 50), subtract(start, pivot)))


def lift(session: Session, degrees: float) -> list[Event]:
    way = list(arc(session, degrees))
    events = play(session, 0.1, [at(session.world, Transform(way[0]), 0)])
    for point in way:
        events += play(session, 0.02, [at(session.world, Transform(point), 100)])
    return events + play(session, 0.1, [at(session.world, Transform(way[-1]), 0)])


def test_a_lever_goes_with_the_angle_of_the_hand_about_its_hinge(session: Session) -> None:
    events = lift(session, 47.0)
    assert session.world.value(("bed", "backrest")) == 45.0
    assert [event.value for event in events if event.event == "changed"] == [15.0, 30.0, 45.0]
    assert events[-1].event == "released"


def test_a_lever_is_pulled_from_afar_as_if_the_hand_were_at_it(session: Session) -> None:
    way = list(arc(session, 47.0))
    aside = session.world.places["bed"].direction((-0.4, 0.0, 0.0))
    turn = look_at(add(way[0], aside), way[0])
    play(session, 0.1, [at(session.world, Transform(add(way[0], aside), turn))])
    for point in way:
        play(session, 0.02, [at(session.world, Transform(add(point, aside), turn), 100)])
    assert session.world.value(("bed", "backrest")) == 45.0


def test_the_lever_has_moved_with_the_part_it_is_on(session: Session) -> None:
    before = control_at(session.world, "bed", "lever")
    lift(session, 47.0)
    after = control_at(session.world, "bed", "lever")
    assert after[2] > before[2] + 0.2
    assert told(lift(session, -47.0), "grabbed")
    assert session.world.value(("bed", "backrest")) == 0.0


def test_a_control_without_detents_follows_smoothly_and_is_logged_now_and_then(tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    session = Session(ward(folder.parent))
    card = session.world.bodies["oxygen"].card
    smooth = card.model_copy(update={"controls": {"dial": card.controls["dial"].model_copy(update={"step": 0.0})}})
    object.__setattr__(session.world.bodies["oxygen"], "card", smooth)
    events = turn(session, 0.0, 100.0)
    values = [float(event.value or 0.0) for event in events if event.event == "changed"]
    assert flow(session) == pytest.approx(5.0, abs=0.01)
    assert 5 <= len(values) <= 8
    assert values[-1] == flow(session), "where it was left is always told"
    assert all(two > one for one, two in pairwise(values))


def test_a_hand_overrules_a_drift_while_it_turns_and_the_drift_goes_on_from_there(tmp_path: Path) -> None:
    session = Session(ward(tmp_path, STEPLESS))
    play(session, 3)
    assert flow(session) == pytest.approx(3.0, abs=0.05)
    play(session, 0.05, [twisted(session, 0.0, 0)])
    play(session, 0.5, [twisted(session, 0.0)])
    for degrees in range(0, 61, 2):
        play(session, 0.01, [twisted(session, float(degrees))])
    left = flow(session)
    assert left > 5.5
    play(session, 1, [twisted(session, 60.0, 0)])
    assert flow(session) == pytest.approx(left + 1.0, abs=0.1)


@given(st.floats(0, 15), st.floats(-3, 18), st.sampled_from([0.5, 1.0, 4.0]))
def test_a_detent_is_always_one_of_the_steps_or_an_end(now: float, wanted: float, step: float) -> None:
    wanted = max(0.0, min(15.0, wanted))
    found = detent(now, wanted, 0.0, 15.0, step)
    assert found in (now, 15.0) or abs(found / step - round(found / step)) < 1e-09
    assert found == now or abs(found - wanted) <= step / 2 + 1e-9
