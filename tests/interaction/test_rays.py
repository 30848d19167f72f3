"""Rays: what a hand works from a little further off than it reaches, what it shows before, and what hides things from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.interaction.hands import HOVERS
from engine.interaction.rays import FAR, FARTHER
from engine.session import Event, Session
from engine.world.joints import turn_about
from engine.world.vectors import Transform, Vec3, compose, distance, look_at, scale
from headset.inputs import Hand, Person, Pose, Side
from tests.interaction.ward import at, control_at, ward
from tests.making import play, told

ME = "participant"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = Session(ward(tmp_path))
    play(session, 0.1)
    return session


def before(session: Session, thing: str, point: Vec3, away: float) -> Transform:
    """A hand so many metres before a point of a thing, out of its front, that points at it."""
    out = scale(session.world.places[thing].direction((0.0, 1.0, 0.0)), away)
    start = (point[0] + out[0], point[1] + out[1], point[2])
    return Transform(start, look_at(start, point))


def middle(session: Session, thing: str) -> Vec3:
    return session.world.places[thing].point((0.0, 0.0, session.world.bodies[thing].size[2] / 2))


def tells(session: Session, place: Transform, trigger: int = 0, squeeze: int = 0, side: Side = "right") -> list[Event]:
    return play(
        session, 0.04, [at(session.world, place, squeeze, trigger, side)]
    )  # what is shown is looked for in every fourth tick


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_bell_a_step_off_is_shown_as_one_points_and_pressed_by_the_trigger(session: Session, side: Side) -> None:
    place = before(session, "bell", control_at(session.world, "bell", "button"), 0.6)
    tells(session, place, side=side)
    shown = session.world.attention[ME, side]
    assert (shown.thing, shown.control, shown.stage) == ("bell", "button", "hover")
    assert shown.point is not None
    assert distance(shown.point, control_at(session.world, "bell", "button")) < 0.02
    events = tells(session, place, trigger=100, side=side)
    assert [what for _, _, what in told(events, "raised", "logged")] == ["bell.pressed", "rung"]
    assert session.world.attention[ME, side].stage == "select"
    tells(session, place, side=side)
    assert session.world.raised == {}


def test_a_squeeze_presses_no_button_from_afar(session: Session) -> None:
    place = before(session, "bell", control_at(session.world, "bell", "button"), 0.6)
    tells(session, place)
    assert not told(tells(session, place, squeeze=100), "raised")


@pytest.mark.parametrize(
    ("wish", "far"), [("", FAR), ("hands=right", FARTHER), ("reach=2", 2 * FARTHER), ("posture=seated", FARTHER)]
)
def test_how_far_a_ray_works_goes_by_who_points(tmp_path: Path, wish: str, far: float) -> None:
    for away, works in ((far, True), (far + 0.3, False)):
        session = Session(ward(tmp_path))
        if wish:
            session.preferences.set(ME, wish)
        play(session, 0.1)
        place = before(session, "bell", control_at(session.world, "bell", "button"), away)
        # The session holds a hand that reaches further where it would be felt: the ray is asked from there.
        session.world.people[ME] = replace(at(session.world, place), head=None)
        session._hands.step()
        session.world.people[ME] = replace(at(session.world, place, trigger=100), head=None)
        session._hands.step()
        assert bool(session.world.raised) == works, (wish, away)


def test_a_thing_that_is_drawn_near_comes_to_the_hand_and_not_at_once(session: Session) -> None:
    place = before(session, "mask", middle(session, "mask"), 0.65)
    tells(session, place)
    assert session.world.attention[ME, "right"].thing == "mask"
    start = middle(session, "mask")
    events = tells(session, place, squeeze=100)
    assert [event.because for event in events if event.event == "grabbed"] == ["right hand drew it near"]
    assert distance(middle(session, "mask"), start) < 0.1
    far = [distance(middle(session, "mask"), place.position)]
    for _ in range(12):
        tells(session, place, squeeze=100)
        far.append(distance(middle(session, "mask"), place.position))
    assert far == sorted(far, reverse=True)
    assert far[-1] < 1e-9
    moved = Transform((place.position[0] - 0.3, place.position[1], place.position[2]), place.turn)
    tells(session, moved, squeeze=100)
    assert distance(middle(session, "mask"), moved.position) < 1e-9
    assert told(tells(session, moved), "released")


def test_a_dial_is_turned_from_afar_by_the_twist_of_the_hand(session: Session) -> None:
    place = before(session, "oxygen", control_at(session.world, "oxygen", "dial"), 0.6)
    axis = session.world.places["oxygen"].direction((0.0, 1.0, 0.0))
    tells(session, place)
    for degrees in range(0, 101, 5):
        tells(session, Transform(place.position, compose(turn_about(axis, float(degrees)), place.turn)), squeeze=100)
    assert session.world.value(("oxygen", "flow")) == 5.0
    assert session.world.attention[ME, "right"].stage == "select"
    assert [event for _, event, _ in told(tells(session, place), "released")] == ["released"]


def test_touch_wins_over_what_is_pointed_at(session: Session) -> None:
    """A hand in the mask points at the dial behind it, or at whatever there is: it takes the mask."""
    bell = control_at(session.world, "bell", "button")
    start = middle(session, "mask")
    place = Transform((start[0], start[1] - 0.02, start[2]), look_at(start, bell))
    tells(session, place)
    shown = session.world.attention[ME, "right"]
    assert (shown.thing, shown.point) == ("mask", None)
    assert told(tells(session, place, squeeze=100), "grabbed")[0][2] == "mask"


def test_a_finger_close_to_a_button_shows_it_by_touch(session: Session) -> None:
    place = before(session, "bell", control_at(session.world, "bell", "button"), 0.15)
    tells(session, place)
    shown = session.world.attention[ME, "right"]
    assert (shown.thing, shown.stage, shown.point) == ("bell", "hover", None)


def test_what_something_hides_is_neither_shown_nor_worked(tmp_path: Path) -> None:
    session = Session(ward(tmp_path))
    session.preferences.set(ME, "reach=3")
    play(session, 0.1)
    stone = middle(session, "stone")
    # From low behind the back of the chair.
    start = session.world.places["chair"].point((0.0, 0.9, 0.1))
    place = Transform(start, look_at(start, stone))
    low = Transform((start[0], start[1], 0.1), look_at((start[0], start[1], 0.1), stone))
    for hand, seen in ((Transform((start[0], start[1], 1.0), look_at((start[0], start[1], 1.0), stone)), True), (low, False)):
        session.world.people[ME] = at(session.world, hand)
        session.world.clock += (2 - session.world.clock) % HOVERS or HOVERS  # the next tick in which a right hand is looked at
        session._hands.step()
        assert ((ME, "right") in session.world.attention) == seen, hand
        session.world.clock += 100
    session.world.people[ME] = at(session.world, place, squeeze=100)
    session._hands.step()
    assert session.world.held == {}


def test_what_goes_is_no_longer_shown_nor_taken(session: Session) -> None:
    place = before(session, "mask", middle(session, "mask"), 0.6)
    tells(session, place)
    session.world.properties["mask", "present"] = False
    events = tells(session, place, squeeze=100)
    assert not told(events, "grabbed")
    shown = session.world.attention.get((ME, "right"))
    assert shown is None or shown.thing != "mask"


def test_a_hand_that_is_lost_attends_to_nothing(session: Session) -> None:
    tells(session, before(session, "mask", middle(session, "mask"), 0.6))
    play(session, 0.02, [Person(right=Hand())])
    assert (ME, "right") not in session.world.attention


def test_a_pose_that_is_none_is_a_hand_that_is_lost(session: Session) -> None:
    """NaN and infinities are no poses (`Pose.of`), so a hand with one is not tracked."""
    nan = float("nan")
    assert Pose.of((nan, 0.0, 1.0)) is None
    assert Pose.of((0.0, 0.0, 1.0), (nan, 0.0, 0.0, 0.0)) is None
    place = before(session, "mask", middle(session, "mask"), 0.6)
    tells(session, place, squeeze=100)
    grip = Pose.of((nan, 0.0, 1.0))
    play(session, 0.02, [Person(right=Hand(grip=grip, aim=grip, squeeze=100))])
    assert (ME, "right") not in session.world.attention


def test_a_hand_without_an_aim_points_at_nothing(session: Session) -> None:
    place = before(session, "mask", middle(session, "mask"), 0.65)
    person = at(session.world, place, squeeze=0)
    play(session, 0.02, [replace(person, right=replace(person.right, aim=None))])
    assert (ME, "right") not in session.world.attention
