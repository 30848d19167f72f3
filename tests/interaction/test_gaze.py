"""Gaze: what rests under a look for long enough is worked; nothing is that is only looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.world.attention import Attention
from engine.world.joints import place_of
from engine.world.vectors import Transform, Vec3, add, look_at, scale, subtract, unit
from headset.inputs import Command, Hand, Person, Pose
from tests.interaction.ward import control_at, ward
from tests.making import play, told

EYES: Vec3 = (0.0, 0.0, 1.6)
AWAY: Vec3 = (30.0, 0.0, 6.0)
"""Where nothing is to be seen."""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Someone without hands, who has looked at nothing for so long that their gaze works things."""
    session = Session(ward(tmp_path))
    play(session, 2.5, [looking(session, AWAY)])
    return session


def toward(session: Session, point: Vec3) -> Pose:
    found = Pose.of(EYES, look_at(EYES, session.world.origin.local(point)))
    assert found is not None
    return found


def looking(session: Session, point: Vec3) -> Person:
    return Person(head=toward(session, point))


def bell(session: Session) -> Person:
    return looking(session, control_at(session.world, "bell", "button"))


def shown(session: Session) -> Attention:
    return session.world.attention["participant", "gaze"]


def mark(session: Session, verb: str) -> Vec3:
    return next(one.point for one in session.world.marks["participant", "gaze"] if one.deed == verb)


def pressed(events: list[Event]) -> list[int]:
    return [event.tick for event in events if event.event == "raised"]


def test_a_button_is_pressed_after_the_dwell_and_not_again_before_the_look_has_left_it(session: Session) -> None:
    assert not pressed(play(session, 0.9, [bell(session)]))
    events = play(session, 8)
    assert len(pressed(events)) == 1
    assert next(event.because for event in events if event.event == "raised") == "gaze on it for 1 s"
    assert ("logged", "rung") in [(event.event, event.what) for event in events]
    play(session, 0.5, [looking(session, AWAY)])
    assert len(pressed(play(session, 1.2, [bell(session)]))) == 1


def test_what_it_is_on_and_how_far_it_is_shows(session: Session) -> None:
    play(session, 0.1, [bell(session)])
    assert (shown(session).thing, shown(session).control, shown(session).stage) == ("bell", "button", "hover")
    play(session, 0.4)
    assert (shown(session).stage, shown(session).deed) == ("focus", "press")
    assert 0.3 < shown(session).progress < 0.7
    play(session, 0.7)
    assert (shown(session).stage, shown(session).progress) == ("select", 1.0)
    play(session, 0.6, [looking(session, AWAY)])
    assert ("participant", "gaze") not in session.world.attention


@pytest.mark.parametrize(("dwell", "seconds"), [("0.4", 0.4), ("4", 4.0)])
def test_the_dwell_is_the_person_s(session: Session, dwell: str, seconds: float) -> None:
    play(session, 0.1, [Command("participant", "set", f"dwell={dwell}")])
    assert not pressed(play(session, seconds - 0.06, [bell(session)]))
    assert pressed(play(session, 0.2))


def test_a_blink_loses_nothing_and_a_look_elsewhere_all(session: Session) -> None:
    play(session, 0.8, [bell(session)])
    play(session, 0.2, [looking(session, AWAY)])
    assert pressed(play(session, 0.4, [bell(session)]))
    play(session, 0.5, [looking(session, AWAY)])
    play(session, 0.8, [bell(session)])
    play(session, 0.5, [looking(session, AWAY)])
    assert not pressed(play(session, 0.8, [bell(session)]))


def test_eyes_work_things_where_they_are_measured(session: Session) -> None:
    eyes = toward(session, control_at(session.world, "bell", "button"))
    assert pressed(play(session, 1.2, [Person(head=toward(session, AWAY), gaze=eyes)]))


def test_a_look_past_a_thing_is_not_on_it_but_a_trembling_one_may_be(session: Session) -> None:
    point = control_at(session.world, "bell", "button")
    beside = (point[0] + 0.24, point[1], point[2])
    assert not pressed(play(session, 3, [looking(session, beside)]))
    play(session, 0.5, [Command("participant", "set", "tremor=1"), looking(session, AWAY)])
    assert pressed(play(session, 1.2, [looking(session, beside)]))


def test_a_dial_opens_two_marks_and_steps_for_as_long_as_one_is_looked_at(session: Session) -> None:
    dial = control_at(session.world, "oxygen", "dial")
    play(session, 0.8, [looking(session, dial)])
    more, less = mark(session, "step_up"), mark(session, "step_down")
    assert more[0] > dial[0] > less[0], "more is on the right as one stands before it"
    eyes = session.world.origin.point(EYES)
    one, two = unit(subtract(more, eyes)), unit(subtract(less, eyes))
    assert sum(a * b for a, b in zip(one, two, strict=True)) < 0.9903, "at least 8 degrees apart"
    assert session.world.value(("oxygen", "flow")) == 0.0, "looking at the dial itself turns nothing"
    events = play(session, 7.1, [looking(session, more)])
    flow = session.world.value(("oxygen", "flow"))
    assert flow == 11.0
    assert {event.because for event in events if event.event == "changed"} == {"gaze on its mark for 1 s"}
    assert shown(session).deed == "step_up"
    assert ("logged", "flowing") in [(event.event, event.what) for event in events]
    play(session, 1.1, [looking(session, less)])
    assert session.world.value(("oxygen", "flow")) == 10.0
    above = (dial[0], dial[1], dial[2] + 3.0)
    play(session, 0.9, [looking(session, above)])
    assert ("participant", "gaze") in session.world.marks
    play(session, 0.3)
    assert ("participant", "gaze") not in session.world.marks
    assert not told(play(session, 5, [looking(session, more)]), "changed")


def test_between_two_marks_nothing_is_worked(session: Session) -> None:
    play(session, 8, [looking(session, control_at(session.world, "oxygen", "dial"))])
    assert session.world.value(("oxygen", "flow")) == 0.0


def test_a_thing_is_picked_then_placed_where_it_fits(session: Session) -> None:
    world = session.world
    mask = world.places["mask"].point((0.0, 0.0, 0.1))
    events = play(session, 1.2, [looking(session, mask)])
    assert told(events, "grabbed")
    play(session, 0.6, [looking(session, AWAY)])
    assert (shown(session).thing, shown(session).stage) == ("mask", "select")
    events = play(session, 1.3, [looking(session, place_of(world, "patient", "face").position)])
    assert world.fitted == {"mask": ("patient", "face")}
    assert ("logged", "on_face") in [(event.event, event.what) for event in events]


def test_what_fits_nowhere_is_put_back_by_looking_at_it_again(session: Session) -> None:
    world = session.world
    where = world.places["stone"]
    stone = looking(session, where.position)
    events = play(session, 4, [stone])
    assert [name for _, name, _ in told(events, "grabbed", "released")] == ["grabbed"]
    play(session, 0.6, [looking(session, AWAY)])
    assert told(play(session, 1.3, [stone]), "released")
    assert world.places["stone"] == where


def test_what_is_picked_by_a_look_is_held_as_in_a_hand(tmp_path: Path) -> None:
    session = Session(ward(tmp_path, "rules: [{when: stone held for 2 s, do: {log: felt}}, {when: after 1 min, go: end}]"))
    play(session, 2.5, [looking(session, AWAY)])
    assert told(play(session, 3.5, [looking(session, session.world.places["stone"].position)]), "logged")


def test_what_is_hidden_or_gone_is_not_worked(session: Session) -> None:
    world = session.world
    point, eyes = control_at(world, "bell", "button"), world.origin.point(EYES)
    x, y, z = add(eyes, scale(subtract(point, eyes), 0.5))
    board = world.places["board"]
    world.places["board"] = Transform((x, y, z - world.bodies["board"].size[2] / 2), board.turn)
    assert not pressed(play(session, 2, [bell(session)]))
    world.places["board"] = board
    world.properties["bell", "present"] = False
    assert not pressed(play(session, 2))
    world.properties["bell", "present"] = True
    assert pressed(play(session, 1.2))


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_gaze_works_nothing_for_who_has_hands_unless_they_wish_it(tmp_path: Path, side: str) -> None:
    session = Session(ward(tmp_path))
    hand = Hand(grip=Pose.of((0.2, 0.1, 1.0)))
    head = bell(session).head
    person = Person(head=head, left=hand) if side == "left" else Person(head=head, right=hand)
    play(session, 1, [person])
    assert not pressed(play(session, 60, [Person(head=head)])), "hands that have been shown are only out of sight"
    assert pressed(play(session, 1.2, [Command("participant", "set", "gaze=on")]))


def test_a_gaze_works_nothing_for_who_uses_keys_or_wishes_it_off(session: Session) -> None:
    play(session, 0.1, [Command("participant", "set", "gaze=off")])
    assert not pressed(play(session, 3, [bell(session)]))
    play(session, 0.5, [Command("participant", "set", "gaze=auto"), looking(session, AWAY)])
    play(session, 0.1, [Person(head=toward(session, AWAY), keys=frozenset({"back"}))])
    assert not pressed(play(session, 3, [bell(session)]))


def test_nothing_is_worked_while_paused_nor_by_a_head_that_is_lost(session: Session) -> None:
    play(session, 0.8, [bell(session)])
    assert not pressed(play(session, 3, [Command("operator", "pause")]))
    assert ("participant", "gaze") not in session.world.attention
    assert not pressed(play(session, 0.8, [Command("operator", "resume")])), "the look rests anew"
    assert not pressed(play(session, 3, [Person()]))


def test_a_look_goes_on_in_a_session_taken_up_from_a_snapshot(session: Session) -> None:
    play(session, 0.8, [looking(session, control_at(session.world, "oxygen", "dial"))])
    play(session, 2.5, [looking(session, mark(session, "step_up"))])
    kept = session.snapshot()
    again = Session(session.scene)
    again.restore(kept)
    assert play(again, 3) == play(session, 3)
    assert again.world.value(("oxygen", "flow")) == session.world.value(("oxygen", "flow")) == 8.0
