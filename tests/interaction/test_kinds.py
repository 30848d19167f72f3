"""Every kind of control: a door, a drawer, a knob, a switch, by hand and by name."""

from __future__ import annotations

from math import cos, radians, sin
from pathlib import Path

import pytest

from engine.interaction import Deed, deeds_of
from engine.interaction.buttons import FINGER
from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.world.joints import turn_about
from engine.world.vectors import Transform, add, compose, look_at
from tests.interaction.ward import at, control_at, facing
from tests.making import play, told

LAMP = """\
card: 1
kind: prop
doc: A lamp with a knob and a switch.
size: [20 cm, 10 cm, 30 cm]
live:
  glow: {default: 0.5, range: 0.0 to 1.0}
  lit: {default: false}
joints:
  turner: {by: glow, axis: depth, at: [0 m, 5 cm, 10 cm], from: 0 deg, to: 270 deg}
  rocker: {by: lit, axis: depth, at: [0 m, 5 cm, 25 cm], from: 0 cm, to: -0.4 cm}
controls:
  knob: {kind: knob, at: [0 m, 5 cm, 10 cm], radius: 5 cm, sets: glow}
  rocker: {kind: switch, at: [0 m, 5 cm, 25 cm], radius: 3 cm, sets: lit}
"""

SCENE = """\
spec: 1
language: en
rooms:
  bay: {size: [6 m, 4 m, 2.7 m]}
  corridor: {size: [6 m, 2 m, 2.7 m], south_of: bay}
openings:
  door: {use: clinic_door, against: bay.south, open: 30 deg}
props:
  units: {use: cupboard, against: bay.west}
  lamp: {use: lamp, against: bay.north, at: [0 m, 1.2 m]}
people:
  participant: {in: bay, at: [1 m, 0 m]}
scenario:
  start: stay
  rules: {when: lamp.lit, do: {log: light}}
  states:
    stay: {rules: {when: after 10 min, go: end}}
text:
  title: Kinds
"""


@pytest.fixture
def session(tmp_path: Path) -> Session:
    (tmp_path / "lamp.yaml").write_text(LAMP, encoding="utf-8")
    path = tmp_path / "kinds.yaml"
    path.write_text(SCENE, encoding="utf-8")
    session = Session(load_scene(path, cards=tmp_path))
    play(session, 0.1)
    return session


def bring(session: Session, place: Transform, squeeze: int) -> list[Event]:
    return play(session, 0.01, [at(session.world, place, squeeze)])


def test_a_door_follows_the_hand_on_its_arc_and_stays_where_it_is_let_go(session: Session) -> None:
    world = session.world
    handle = control_at(world, "door", "handle")
    joint = world.bodies["door"].card.joints["leaf"]
    pin = world.places["door"].point((joint.at[0], joint.at[1], 0.0))
    east, north = handle[0] - pin[0], handle[1] - pin[1]
    bring(session, Transform(handle), 0)
    assert told(bring(session, Transform(handle), 100), "grabbed")[0][2] == "door.handle"
    for degrees in range(1, 41):
        # The door opens against the sense of the axis: to -100 degrees.
        c, s = cos(radians(-degrees)), sin(radians(-degrees))
        place = Transform((pin[0] + east * c - north * s, pin[1] + east * s + north * c, handle[2]))
        bring(session, place, 100)
    assert world.value(("door", "open")) == pytest.approx(70.0, abs=0.5)
    bring(session, place, 0)
    assert control_at(world, "door", "handle") == pytest.approx(place.position, abs=0.01)
    play(session, 0.5)
    assert world.value(("door", "open")) == pytest.approx(70.0, abs=0.5)


def test_a_door_pushed_too_far_stops_at_its_end(session: Session) -> None:
    world = session.world
    handle = control_at(world, "door", "handle")
    bring(session, Transform(handle), 0)
    bring(session, Transform(handle), 100)
    for step in range(40):
        bring(session, Transform(add(handle, (0.0, -0.02 * step, 0.0))), 100)
    assert world.value(("door", "open")) == 0.0


def test_a_drawer_comes_out_as_far_as_the_hand_goes(session: Session) -> None:
    world = session.world
    pull = control_at(world, "units", "pull")
    out = world.places["units"].direction((0.0, 1.0, 0.0))
    bring(session, Transform(pull), 0)
    for step in range(26):
        bring(session, Transform(add(pull, (out[0] * step / 100, out[1] * step / 100, 0.0))), 100)
    assert world.value(("units", "drawer")) == pytest.approx(0.25, abs=1e-3)
    # Across its way it does not go.
    bring(session, Transform(add(pull, (out[0] / 4, out[1] / 4, -0.2))), 100)
    assert world.value(("units", "drawer")) == pytest.approx(0.25, abs=1e-3)


def test_a_knob_turns_without_detents(session: Session) -> None:
    world = session.world
    knob = control_at(world, "lamp", "knob")
    hand, axis = facing(world, "lamp", knob), world.places["lamp"].direction((0.0, 1.0, 0.0))
    bring(session, hand, 0)
    for degrees in range(55):
        bring(session, Transform(knob, compose(turn_about(axis, float(degrees)), hand.turn)), 100)
    assert world.value(("lamp", "glow")) == pytest.approx(0.5 + 54 / 270, abs=2e-3)


def poke(session: Session) -> list[Event]:
    face = session.world.places["lamp"].point((0.0, 0.05, 0.25))
    out = session.world.places["lamp"].direction((0.0, 1.0, 0.0))
    events: list[Event] = []
    for away in (0.1, 0.04, -0.01, -0.01, 0.1):
        point = add(face, (out[0] * (away + FINGER), out[1] * (away + FINGER), 0.0))
        events += bring(session, facing(session.world, "lamp", point), 0)
    return events


def test_a_switch_turns_over_with_each_press(session: Session) -> None:
    for lit in (True, False, True):
        events = poke(session)
        assert session.world.value(("lamp", "lit")) is lit
        assert [(event.what, event.value) for event in events if event.event == "changed"] == [("lamp.lit", lit)]
        assert bool(told(events, "logged")) == lit
    assert session.world.raised == {}, "its part goes by its value, not by the finger"


def test_every_kind_tells_its_deeds_and_does_them(session: Session) -> None:
    world, deeds = session.world, session._bodies.deeds
    assert [deed.verb for deed in deeds_of(world, "lamp")] == ["step_up", "step_down", "press"]
    assert [deed.verb for thing in ("door", "units") for deed in deeds_of(world, thing)] == ["step_up", "step_down"] * 2
    for deed, path, value in (
        (Deed("door", "handle", "step_up"), ("door", "open"), 35.0),
        (Deed("units", "pull", "step_up"), ("units", "drawer"), 0.0175),
        (Deed("lamp", "knob", "step_down"), ("lamp", "glow"), 0.45),
        (Deed("lamp", "rocker", "press"), ("lamp", "lit"), True),
    ):
        assert deeds.do("participant", deed, "a test")
        assert world.value(path) == pytest.approx(value)


def test_a_hand_that_goes_through_a_door_slips_off_its_handle(session: Session) -> None:
    handle = control_at(session.world, "door", "handle")
    bring(session, Transform(handle), 0)
    bring(session, Transform(handle), 100)
    events = bring(session, Transform(add(handle, (1.5, 0.0, 0.0))), 100)
    assert [event.because for event in events if event.event == "released"] == ["right hand slipped off"]


def away(session: Session, thing: str, control: str, far: float) -> Transform:
    """A hand so many metres before a control, out of its thing's front, that points at it."""
    point, out = control_at(session.world, thing, control), session.world.places[thing].direction((0.0, 1.0, 0.0))
    start = add(point, (out[0] * far, out[1] * far, 0.0))
    return Transform(start, look_at(start, point))


def test_a_trigger_that_points_at_a_switch_turns_it_over(session: Session) -> None:
    hand = away(session, "lamp", "rocker", 0.5)
    play(session, 0.1, [at(session.world, hand)])
    events = play(session, 0.1, [at(session.world, hand, trigger=100)])
    assert [(event.what, event.value) for event in events if event.event == "changed"] == [("lamp.lit", True)]


@pytest.mark.parametrize(
    ("thing", "control", "prop"),
    [("lamp", "knob", "glow"), ("units", "pull", "drawer"), ("door", "handle", "open")],
)
def test_what_is_pulled_or_turned_is_so_from_afar_too(session: Session, thing: str, control: str, prop: str) -> None:
    hand, before = away(session, thing, control, 0.5), session.world.value((thing, prop))
    out = session.world.places[thing].direction((0.0, 1.0, 0.0))
    play(session, 0.1, [at(session.world, hand)])
    assert told(play(session, 0.05, [at(session.world, hand, squeeze=100)]), "grabbed")[0][2] == f"{thing}.{control}"
    for part in range(1, 21):
        point = add(hand.position, (out[0] * part / 100, out[1] * part / 100, part / 100))
        turn = compose(turn_about(out, float(part)), hand.turn)
        play(session, 0.01, [at(session.world, Transform(point, turn), squeeze=100)])
    assert session.world.value((thing, prop)) != before
