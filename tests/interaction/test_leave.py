"""The way out: every gesture that leaves, how long it is held, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.world.vectors import Vec3, cosine, look_at, sine
from headset.inputs import Command, Hand, Key, Person, Pose
from tests.interaction.ward import at, ward
from tests.making import play, told

EYES: Vec3 = (0.0, 0.0, 1.6)
FIST = Hand(grip=Pose.of((0.2, 0.2, 1.0)), squeeze=100)
MARK = (-25.0, -30.0)
"""Bearing from where the body faces and height of the mark that leaves, in degrees."""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.01)
    return session


def toward(bearing: float, height: float) -> Pose:
    """A head that looks to a bearing and a height, in degrees."""
    east, north, up = sine(bearing / 360.0), cosine(bearing / 360.0), sine(height / 360.0)
    level = cosine(height / 360.0)
    found = Pose.of(EYES, look_at(EYES, (EYES[0] + east * level, EYES[1] + north * level, EYES[2] + up)))
    assert found is not None
    return found


def looking(bearing: float, height: float) -> Person:
    return Person(head=toward(bearing, height))


def keys(*down: Key) -> Person:
    return Person(head=toward(0, 0), keys=frozenset(down))


def ended(events: list[Event]) -> str:
    return next((event.because for event in events if event.event == "leave"), "")


HELD = {
    "left menu": (Person(left=Hand(buttons=frozenset({"menu"}))), 1.0, "menu button"),
    "right menu": (Person(right=Hand(buttons=frozenset({"menu"}))), 1.0, "menu button"),
    "one switch": (keys("select"), 2.0, "select held"),
    "key back": (keys("back"), 2.0, "back held"),
    "both fists": (Person(left=FIST, right=FIST), 2.0, "nothing in them"),
}


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("way", HELD)
def test_a_gesture_leaves_when_it_was_held_without_a_break_and_not_before(session: Session, way: str, paused: bool) -> None:
    person, seconds, because = HELD[way]
    if paused:
        play(session, 0.01, [Command("operator", "pause")])
    play(session, seconds - 0.05, [person])
    assert 0.9 < session.world.leaving["participant"] < 1.0
    play(session, 0.02, [Person()])
    assert not session.world.leaving
    play(session, seconds - 0.05, [person])
    assert not session.over
    events = play(session, 0.1)
    assert session.outcome == "left"
    assert because in ended(events)


def test_fists_that_hold_something_leave_nobody(session: Session) -> None:
    mask = session.world.places["mask"]
    play(session, 0.1, [at(session.world, mask)])
    right = at(session.world, mask, squeeze=100).right
    play(session, 3, [Person(left=FIST, right=right)])
    assert session.world.held
    assert not session.over
    assert not session.world.leaving


def test_a_look_that_rests_on_the_mark_leaves(session: Session) -> None:
    play(session, 3, [looking(0, 0)])
    assert [mark.deed for mark in session.world.marks["participant", "leave"]] == ["leave"]
    play(session, 1.9, [looking(*MARK)])
    assert not session.over
    assert "gaze rested" in ended(play(session, 0.2))


def test_eyes_leave_where_they_are_measured(session: Session) -> None:
    play(session, 3, [looking(0, 0)])
    play(session, 2.1, [Person(head=toward(0, 0), gaze=toward(*MARK))])
    assert session.outcome == "left"


@pytest.mark.parametrize("wherever", [(0, -30), (-25, 0), (25, -30), (-25, -42), (-12, -30)])
def test_a_look_beside_the_mark_leaves_nobody(session: Session, wherever: tuple[float, float]) -> None:
    play(session, 3, [looking(0, 0)])
    play(session, 6, [looking(*wherever)])
    assert not session.over


def test_who_has_hands_looks_at_the_mark_without_leaving(session: Session) -> None:
    hand = Hand(grip=Pose.of((0.2, 0.2, 1.0)))
    for bearing, height in ((0.0, 0.0), MARK):
        play(session, 4, [Person(head=toward(bearing, height), right=hand)])
    assert not session.over
    assert ("participant", "leave") not in session.world.marks


def test_who_has_hands_and_wishes_for_gaze_leaves_by_it(session: Session) -> None:
    hand = Hand(grip=Pose.of((0.2, 0.2, 1.0)))
    play(session, 1, [Command("participant", "set", "gaze=on"), Person(head=toward(0, 0), right=hand)])
    play(session, 2.1, [Person(head=toward(*MARK), right=hand)])
    assert session.outcome == "left"


def test_hands_that_are_lost_for_two_seconds_bring_the_mark_back(session: Session) -> None:
    play(session, 3, [Person(head=toward(0, 0), right=Hand(grip=Pose.of((0.2, 0.2, 1.0))))])
    play(session, 1.9, [looking(0, 0)])
    assert ("participant", "leave") not in session.world.marks
    play(session, 0.2)
    assert ("participant", "leave") in session.world.marks
    play(session, 2.1, [looking(*MARK)])
    assert session.outcome == "left"


def test_a_wish_that_gaze_works_nothing_does_not_take_the_way_out_away(session: Session) -> None:
    play(session, 3, [Command("participant", "set", "gaze=off"), looking(0, 0)])
    play(session, 2.1, [looking(*MARK)])
    assert session.outcome == "left"


def test_the_mark_stands_still_for_who_looks_at_it_and_follows_who_has_turned(session: Session) -> None:
    play(session, 3, [looking(0, 0)])
    play(session, 0.01, [looking(-40, -30)])
    before = session.world.marks["participant", "leave"]
    play(session, 2)
    assert session.world.marks["participant", "leave"] == before
    play(session, 5, [looking(180, 0)])
    play(session, 2.1, [looking(180 + MARK[0], MARK[1])])
    assert session.outcome == "left"


def test_who_looks_straight_up_faces_as_before(session: Session) -> None:
    play(session, 3, [looking(90, 0)])
    play(session, 1, [looking(0, 89.9)])
    play(session, 2.1, [looking(90 + MARK[0], MARK[1])])
    assert session.outcome == "left"


def test_a_trembling_look_has_a_wider_mark(session: Session) -> None:
    play(session, 3, [Command("participant", "set", "tremor=1"), looking(0, 0)])
    play(session, 2.1, [looking(MARK[0], MARK[1] - 7.5)])
    assert session.outcome == "left"


def test_a_gesture_goes_on_in_a_session_taken_up_from_a_snapshot(session: Session) -> None:
    play(session, 3, [looking(0, 0)])
    play(session, 1, [looking(*MARK)])
    kept = session.snapshot()
    again = Session(session.scene)
    again.restore(kept)
    play(again, 1.02)
    assert again.outcome == "left"


def test_leaving_is_told_once_and_ends_all(session: Session) -> None:
    events = play(session, 5, [Person(left=FIST, right=FIST, keys=frozenset({"select"}))])
    assert told(events, "leave", "session_ended") == [(201, "leave", ""), (201, "session_ended", "ward")]
