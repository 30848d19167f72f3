"""Panels: what a finger, a ray and a gaze choose on them, and what they do not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from engine.interaction.buttons import FINGER
from engine.interaction.panels import PanelEvent, PanelPointer, Rect
from engine.world.joints import turn_about
from engine.world.vectors import Transform, look_at
from headset.inputs import Hand, Person, Pose

LEFT, RIGHT = (-0.2, 1.3, 1.5), (0.2, 1.3, 1.5)
RECTS = {"no": Rect(Transform(LEFT), (0.3, 0.1)), "yes": Rect(Transform(RIGHT), (0.3, 0.1))}
"""Two buttons before someone at the origin who looks north."""


def ray(target: tuple[float, float, float], trigger: int = 0) -> Person:
    """A right hand at the hip that points at a spot."""
    start = (0.2, 0.2, 1.0)
    return Person(right=Hand(grip=Pose.of(start), aim=Pose.of(start, look_at(start, target)), trigger=trigger))


def finger(x: float, before: float, z: float = 1.5) -> Person:
    """A right fingertip so many metres before the panels' plane."""
    grip = Pose.of((x, 1.3 - before - FINGER, z))
    return Person(right=Hand(grip=grip, aim=grip))


def phases(pointer: PanelPointer, people: Iterable[Person]) -> list[tuple[str, str]]:
    return [(event.rect, event.phase) for person in people for event in pointer.step(RECTS, person)]


def test_a_ray_that_is_pulled_and_let_go_on_the_same_button_chooses_it() -> None:
    pointer = PanelPointer()
    found = phases(pointer, [ray(RIGHT), ray(RIGHT, 100), ray(RIGHT, 100), ray(RIGHT), ray(RIGHT)])
    assert found == [("yes", "hover"), ("yes", "press"), ("yes", "drag"), ("yes", "release"), ("yes", "hover")]


def test_who_slides_off_chooses_nothing() -> None:
    found = phases(PanelPointer(), [ray(RIGHT), ray(RIGHT, 100), ray(LEFT, 100), ray(LEFT)])
    assert found == [("yes", "hover"), ("yes", "press"), ("yes", "drag"), ("yes", "cancel")]


def test_who_turns_away_and_lets_go_chooses_nothing() -> None:
    found = phases(PanelPointer(), [ray(RIGHT), ray(RIGHT, 100), ray((0.2, -2.0, 1.5), 100), ray((0.2, -2.0, 1.5))])
    assert [phase for _, phase in found] == ["hover", "press", "drag", "cancel"]


def test_a_trigger_that_was_pulled_before_it_came_there_presses_nothing() -> None:
    found = phases(PanelPointer(), [ray((3.0, 1.0, 1.0), 100), ray(RIGHT, 100), ray(RIGHT)])
    assert found == [("yes", "hover"), ("yes", "hover")]


def test_a_trembling_trigger_presses_once() -> None:
    people = [ray(RIGHT, trigger) for trigger in (0, 61, 45, 62, 41, 70, 39)]
    assert [phase for _, phase in phases(PanelPointer(), people)] == ["hover", "press", "drag", "drag", "drag", "drag", "release"]


@pytest.mark.parametrize(("x", "z", "u", "v"), [(0.2, 1.5, 0.5, 0.5), (0.05, 1.55, 0.0, 0.0), (0.35, 1.45, 1.0, 1.0)])
def test_where_it_is_met_counts_from_the_top_left_as_it_is_read(x: float, z: float, u: float, v: float) -> None:
    near = ((x - 0.2) * 0.99 + 0.2, 1.3, (z - 1.5) * 0.99 + 1.5)
    (event,) = PanelPointer().step(RECTS, ray(near))
    assert (event.u, event.v) == pytest.approx((u, v), abs=0.02)
    assert event.point == pytest.approx(near, abs=0.002)


def test_a_drag_beyond_the_edge_stays_at_the_edge() -> None:
    pointer = PanelPointer()
    pointer.step(RECTS, ray(RIGHT))
    pointer.step(RECTS, ray(RIGHT, 100))
    (event,) = pointer.step(RECTS, ray((1.5, 1.3, 1.5), 100))
    assert (event.phase, event.u) == ("drag", 1.0)


def test_a_panel_is_not_met_from_behind() -> None:
    turned = {"back": Rect(Transform(RIGHT, turn_about((0.0, 0.0, 1.0), 180.0)), (0.3, 0.1))}
    assert PanelPointer().step(turned, ray(RIGHT)) == []


def test_the_nearer_of_two_is_met() -> None:
    rects = {"far": Rect(Transform((0.2, 2.6, 2.0)), (2.0, 2.0)), **RECTS}
    assert [event.rect for event in PanelPointer().step(rects, ray(RIGHT))] == ["yes"]


def test_a_finger_that_goes_through_and_comes_out_chooses_once() -> None:
    way = (0.15, 0.05, 0.01, -0.01, -0.02, 0.001, -0.01, 0.02, 0.05)
    found = phases(PanelPointer(), [finger(0.2, before) for before in way])
    assert [phase for _, phase in found] == ["hover", "hover", "hover", "press", "drag", "drag", "drag", "release", "hover"]


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ((-0.1, -0.05, -0.01, 0.05), "from behind"),
        ((0.4, -0.02, 0.05), "a jump"),
        ((0.05, -0.02, -0.3), "through to the other side"),
    ],
)
def test_a_finger_presses_only_from_the_front(way: tuple[float, ...], why: str) -> None:
    found = phases(PanelPointer(), [finger(0.2, before) for before in way])
    assert "release" not in [phase for _, phase in found], why


def test_a_finger_close_by_turns_the_ray_off() -> None:
    """So that a hand that reaches for one button does not hover another."""
    start = (0.2, 1.3 - 0.05 - FINGER, 1.5)
    aside = Person(right=Hand(grip=Pose.of(start), aim=Pose.of(start, (1.0, 0.0, 0.0, 0.0)), trigger=100))
    assert phases(PanelPointer(), [finger(0.2, 0.05), aside]) == [("yes", "hover"), ("yes", "hover")]


def test_a_hand_that_is_lost_chooses_nothing() -> None:
    pointer = PanelPointer()
    assert phases(pointer, [ray(RIGHT), ray(RIGHT, 100), Person()]) == [("yes", "hover"), ("yes", "press"), ("yes", "cancel")]
    assert phases(pointer, [ray(RIGHT)]) == [("yes", "hover")]


def test_a_panel_that_goes_while_it_is_pressed_is_forgotten() -> None:
    pointer = PanelPointer()
    phases(pointer, [ray(RIGHT), ray(RIGHT, 100)])
    assert pointer.step({"no": RECTS["no"]}, ray(RIGHT, 100)) == []
    assert phases(pointer, [ray(RIGHT)]) == [("yes", "hover")]


def looks(target: tuple[float, float, float]) -> Person:
    eyes = (0.0, 0.0, 1.6)
    return Person(head=Pose.of(eyes, look_at(eyes, target)))


def test_a_gaze_chooses_after_its_dwell_and_must_leave_before_it_chooses_again() -> None:
    pointer = PanelPointer(dwell=0.5)
    found: list[PanelEvent] = []
    for _ in range(200):
        found += pointer.step(RECTS, looks(RIGHT))
    assert [event.phase for event in found if event.phase != "hover"] == ["press", "release"]
    assert found[25].progress == pytest.approx(0.5)
    pointer.step(RECTS, looks((0.0, 3.0, 0.0)))
    again = [event.phase for _ in range(60) for event in pointer.step(RECTS, looks(RIGHT))]
    assert "release" in again


def test_a_gaze_chooses_nothing_for_who_has_a_hand_or_no_dwell() -> None:
    one, two = PanelPointer(dwell=0.5), PanelPointer()
    away = Hand(grip=Pose.of((0.0, -0.5, 0.8), (0.0, 0.0, 0.0, 1.0)))
    for _ in range(100):
        assert one.step(RECTS, Person(head=looks(RIGHT).head, right=away)) == []
        assert [event.phase for event in two.step(RECTS, looks(RIGHT))] == ["hover"]


def test_steps_of_several_ticks_dwell_as_long() -> None:
    pointer = PanelPointer(dwell=0.5)
    count = next(index for index in range(100) if any(event.phase == "release" for event in pointer.step(RECTS, looks(RIGHT), 5)))
    assert count == 10
