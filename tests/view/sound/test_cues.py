"""The moments of the interface: the same for every body, one for a thing in a frame, none for what nobody did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.host.panels import OpenPanel
from engine.interaction.buttons import FINGER
from engine.session import Session
from engine.view.ui import sheets
from engine.world.joints import turn_about
from engine.world.vectors import Transform, Vec3, add, compose, distance, look_at
from headset.inputs import Command, Person, Pose
from tests.interaction.ward import at, control_at, facing, onto_face, ward
from tests.view.sound.hearing import Hearing

AWAY: Vec3 = (30.0, 0.0, 6.0)


@pytest.fixture
def bay(tmp_path: Path) -> Hearing:
    hearing = Hearing(Session(ward(tmp_path)))
    hearing.play(seconds=0.1)
    return hearing


def finger(bay: Hearing, away: float) -> Person:
    """A left finger so many metres before the bell's button."""
    world = bay.session.world
    face = world.places["bell"].local(control_at(world, "bell", "button"))
    point = world.places["bell"].point((face[0], face[1] + away + FINGER, face[2]))
    return at(world, facing(world, "bell", point), side="left")


def hand_on(bay: Hearing, thing: str, squeeze: int = 0) -> Person:
    world = bay.session.world
    return at(world, world.places[thing].taking((0.0, 0.0, world.bodies[thing].size[2] / 2), (1.0, 0.0, 0.0, 0.0)), squeeze)


def looking(bay: Hearing, point: Vec3) -> Person:
    eyes = (0.0, 0.0, 1.6)
    return Person(head=Pose.of(eyes, look_at(eyes, bay.session.world.origin.local(point))))


def test_a_finger_comes_upon_a_button_and_presses_it(bay: Hearing) -> None:
    come = bay.play(finger(bay, 0.06), seconds=0.3)
    assert [(cue.name, cue.side, cue.thing) for cue in come] == [("hover", "left", "bell")]
    (pressed,) = bay.play(finger(bay, -0.01))
    assert (pressed.name, pressed.side, pressed.thing) == ("press", "left", "bell")
    assert pressed.point is not None
    assert distance(pressed.point, control_at(bay.session.world, "bell", "button")) < 0.01
    assert bay.names(seconds=1.0) == [], "it is told once"


def test_what_is_held_where_it_would_snap_on_is_heard_once_and_felt_by_that_hand(bay: Hearing) -> None:
    world = bay.session.world
    hook, face = world.places["mask"], onto_face(world)
    bay.play(at(world, hook), seconds=0.3)
    bay.play(at(world, hook, 100), seconds=0.4)
    come = bay.play(at(world, face, 100), seconds=0.5)
    assert [(cue.name, cue.side, cue.thing) for cue in come] == [("hover", "right", "mask")]


def test_what_is_come_upon_again_at_once_is_no_news_and_later_it_is(bay: Hearing) -> None:
    bay.play(finger(bay, 0.06), seconds=0.3)
    assert bay.names(finger(bay, 0.9), seconds=0.2) == []
    assert bay.names(finger(bay, 0.06), seconds=0.2) == [], "attention flickers at an edge"
    bay.play(finger(bay, 0.9), seconds=1.0)
    assert bay.names(finger(bay, 0.06), seconds=0.2) == ["hover"]


def test_a_thing_is_taken_and_put_down_where_it_is(bay: Hearing) -> None:
    bay.play(hand_on(bay, "stone"), seconds=0.3)
    taken = bay.play(hand_on(bay, "stone", squeeze=100))
    assert [(cue.name, cue.side) for cue in taken] == [("take", "right")]
    assert [(cue.name, cue.side) for cue in bay.play(hand_on(bay, "stone"))] == [("put", "right")]


def test_a_mask_that_fits_is_one_sound_and_one_that_is_refused_another(bay: Hearing) -> None:
    def put(thing: str) -> list[tuple[str, str | None]]:
        world = bay.session.world
        bay.play(hand_on(bay, thing), seconds=0.2)
        bay.play(hand_on(bay, thing, squeeze=100), seconds=0.1)
        held = world.places[thing]
        grip = world.hand("participant", "right")
        assert grip is not None
        target = onto_face(world, thing) @ (held.inverse() @ grip)
        # A hand that goes there in one tick would have been lost: it moves as far as hands do.
        for step in range(1, 41):
            part = step / 40
            at_step = tuple(a + (b - a) * part for a, b in zip(grip.position, target.position, strict=True))
            bay.play(at(world, Transform((at_step[0], at_step[1], at_step[2]), target.turn), squeeze=100))
        return [(cue.name, cue.side) for cue in bay.play(at(world, target))]

    assert put("mask") == [("fit", "right")]
    assert bay.session.world.fitted["mask"] == ("patient", "face")
    assert put("spare") == [("refused", "right")]


def test_each_step_of_a_dial_is_a_detent(bay: Hearing) -> None:
    world = bay.session.world
    place = facing(world, "oxygen", control_at(world, "oxygen", "dial"))
    bay.play(at(world, place), seconds=0.2)
    assert [cue.name for cue in bay.play(at(world, place, squeeze=100))] == ["take"]
    axis = world.places["oxygen"].direction((0.0, 1.0, 0.0))
    heard = []
    for degrees in range(0, 91, 3):
        turned = replace(place, turn=compose(turn_about(axis, float(degrees)), place.turn))
        heard += bay.play(at(world, turned, squeeze=100))
    steps = [event for event in bay.events if event.event == "changed"]
    assert len(steps) >= 3
    assert [(cue.name, cue.side) for cue in heard] == [("detent", "right")] * len(steps)


def test_a_look_that_rests_is_heard_to_begin_and_go_on_until_it_is_done(bay: Hearing) -> None:
    bay.play(looking(bay, AWAY), seconds=2.5)
    button = control_at(bay.session.world, "bell", "button")
    heard = bay.play(looking(bay, button), seconds=1.5)
    assert [(cue.name, cue.third) for cue in heard] == [
        ("hover", 0), ("focus", 0), ("dwell", 1), ("dwell", 2), ("press", 0),
    ]  # fmt: skip
    assert all(cue.side is None and cue.thing == "bell" for cue in heard)


def test_keys_are_heard_to_go_from_thing_to_thing_and_to_press(bay: Hearing) -> None:
    head = Pose.of((0.0, 0.0, 1.6))
    heard = []
    for key in ("next", "next", "next", "select"):
        heard += bay.names(Person(head=head, keys=frozenset({key})), seconds=0.2)
        heard += bay.names(Person(head=head), seconds=0.5)
    assert heard[:3] == ["hover"] * 3
    assert heard[3] in ("take", "press", "detent")


def test_a_word_and_a_helper_do_the_same(bay: Hearing) -> None:
    bay.play(looking(bay, control_at(bay.session.world, "bell", "button")))
    assert bay.names(Command("participant", "do", "press bell"), seconds=0.1)[-1] == "press"
    assert "detent" in bay.names(Command("participant", "do", "step_up oxygen.flow"), seconds=0.1)


def test_what_cannot_be_is_heard_by_who_tried_it(bay: Hearing) -> None:
    assert bay.names(Command("participant", "do", "press moon")) == ["refused"]
    assert bay.names(Command("participant", "say", "abracadabra")) == ["refused"]
    assert bay.names(Command("participant", "set", "dwell=99")) == ["refused"]
    assert bay.names(Command("operator", "do", "press moon")) == []


def test_what_the_scenario_does_is_no_cue(tmp_path: Path) -> None:
    drifts = """
    start: stay
    rules: {when: after 1 s, do: {change: oxygen.flow, to: 6 L/min, over: 1 s}}
    states:
      stay: {rules: {when: after 10 min, go: end}}
    """
    bay = Hearing(Session(ward(tmp_path, drifts)))
    assert bay.names(seconds=4.0) == []
    assert bay.session.world.value(("oxygen", "flow")) == pytest.approx(6.0)


def test_leaving_is_heard_to_begin_once(bay: Hearing) -> None:
    held = Person(head=Pose.of((0.0, 0.0, 1.6)), keys=frozenset({"back"}))
    assert bay.names(held, seconds=0.3) == [], "a key that is only pressed does not leave"
    assert bay.names(held, seconds=0.7) == ["leave"]
    assert bay.names(Person(head=held.head), seconds=0.5) == []
    assert bay.names(held, seconds=0.7) == ["leave"]


def test_a_panel_is_heard_to_open_be_pointed_at_and_chosen_on(bay: Hearing) -> None:
    panel = OpenPanel(sheets.all_right("en", "normal"), Transform((0.0, 1.0, 1.5)))
    bay.panel = panel
    assert bay.names() == ["notice"]
    assert bay.names() == []
    first, second = panel.names()[:2]
    panel.focus = first
    (hover,) = bay.play()
    assert hover.name == "hover"
    assert hover.point is not None
    across, up, _, _ = panel.part(first)
    assert hover.point == pytest.approx(bay.session.world.origin.point((across, 1.0, 1.5 + up)))
    panel.focus = second
    assert bay.names() == ["hover"]
    (chosen,) = bay.play(chosen=second)
    assert (chosen.name, chosen.side) == ("choose", None)
    bay.panel = None
    assert [cue.name for cue in bay.play(chosen=second)] == ["choose"], "it closed as it was chosen on"
    assert bay.names() == []


def test_a_sweep_over_many_things_does_not_rattle(bay: Hearing) -> None:
    world = bay.session.world
    ways = [control_at(world, thing, name) for thing, name in (("bell", "button"), ("oxygen", "dial"), ("second", "dial"))]
    heard = []
    for turn in range(30):
        point = add(ways[turn % 3], (0.0, -0.1 - FINGER, 0.0))
        heard += bay.names(at(world, facing(world, "bell", point)), seconds=0.02)
    assert len(heard) <= 60 // 8 + 1
