"""Hints for who is new: what matters now, no longer than until it has been used."""

from __future__ import annotations

from headset.inputs import SIDES, Side
from headset.simulator.arm import Arm, Wish
from headset.simulator.body import Body
from headset.simulator.hints import ENOUGH, FREE, HOLDING, STANDING, STEP, Hints
from headset.simulator.sight import Sight

BODY = Body(1.6)
AHEAD = Sight(BODY.eyes, (0.0, 1.0, 0.0), 0.5)
IDLE, REACH, POKE = Wish(), Wish(reach=True), Wish(poke=True)


class Seat:
    """Two hands, and the hints that they get."""

    def __init__(self) -> None:
        self.hints = Hints()
        self.arms: dict[Side, Arm] = {side: Arm(side) for side in SIDES}

    def do(self, wish: Wish = IDLE, *, seated: bool = False) -> tuple[str, ...]:
        """The right hand does this for a second; the hint at its end."""
        lines: tuple[str, ...] = ()
        for _ in range(50):
            for side, arm in self.arms.items():
                arm.step(BODY, AHEAD, wish if side == "right" else IDLE, 0.02)
            lines = self.hints.lines(self.arms.values(), seated=seated)
        return lines


def test_free_hands_are_told_how_to_take_and_press_and_who_stands_how_to_step() -> None:
    seat = Seat()
    assert seat.do(seated=True) == FREE
    assert seat.do() == STANDING
    assert "Left button held: reach and hold" in FREE[0]
    assert "F held: point and press with a fingertip" in FREE[0]
    assert "I: step there" in STANDING[1]


def test_a_hand_that_holds_on_is_told_how_to_turn_and_what_else_it_can() -> None:
    seat = Seat()
    assert seat.do(REACH) == HOLDING
    assert "turn the wrist" in HOLDING[0]
    assert "Ctrl held: the mouse tilts the wrist" in HOLDING[0]  # without it no mask comes to sit on a face
    assert "nearer, farther" in HOLDING[1]
    assert seat.do() == STANDING


def test_what_was_done_often_enough_is_not_told_again() -> None:
    seat = Seat()
    for _ in range(ENOUGH):
        assert seat.do() == STANDING
        assert seat.do(REACH) == HOLDING
    assert seat.do() == ()
    assert seat.do(REACH) == ()


def test_pressing_is_a_lesson_too() -> None:
    seat = Seat()
    for _ in range(ENOUGH):
        seat.do(POKE)
        seat.do()
    assert seat.do() == ()
    assert seat.do(REACH) == HOLDING


def test_who_walks_against_the_edge_of_their_space_is_told_how_to_get_further() -> None:
    body, seat = Body(1.6), Seat()
    for _ in range(ENOUGH):
        seat.do(REACH)
        seat.do()

    def walked(ahead: float, seconds: float) -> tuple[str, ...]:
        for _ in range(round(seconds * 50)):
            body.move(0.0, ahead, 0.0, 0.02)
        return seat.hints.lines(seat.arms.values(), seated=body.seated, stopped=body.stopped)

    assert walked(1.0, 1.0) == ()
    assert walked(1.0, 2.0) == (STEP,)
    assert walked(0.0, 0.5) == ()
    assert walked(-1.0, 0.5) == ()
    body.eye_height = 1.2  # who sits and leans as far as they can has nowhere to step
    assert walked(1.0, 3.0) == ()
