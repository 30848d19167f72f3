"""Which hand does what: mouse and keys give wishes, and Shift says whose they are."""

from __future__ import annotations

import pytest

from headset.simulator.arm import Wish
from headset.simulator.bindings import Deed
from headset.simulator.desk import Moment
from headset.simulator.wishes import Wishes, joined, keys


def held(*deeds: Deed, pressed: tuple[Deed, ...] = (), motion: tuple[float, float] = (0.0, 0.0)) -> Moment:
    return Moment(pressed, frozenset(deeds), motion)


def test_the_right_hand_does_it_and_with_shift_the_left() -> None:
    wishes = Wishes()
    asked = wishes.step(held("reach"), 0.02)
    assert (asked["right"].reach, asked["left"].reach) == (True, False)
    wishes.step(held(), 0.02)
    asked = wishes.step(held("reach", "other"), 0.02)
    assert (asked["right"].reach, asked["left"].reach) == (False, True)


def test_a_hand_that_has_begun_goes_on_whatever_shift_does() -> None:
    wishes = Wishes()
    wishes.step(held("reach", "other"), 0.02)
    asked = wishes.step(held("reach"), 0.02)
    assert asked["left"].reach
    asked = wishes.step(held("reach", "poke"), 0.02)
    assert (asked["left"].reach, asked["right"].poke) == (True, True)  # both hands at once


def test_the_wheel_and_the_wrist_go_with_the_hand_at_work() -> None:
    wishes = Wishes()
    wishes.step(held("reach", "other"), 0.02)
    asked = wishes.step(held("reach", "roll_right", pressed=("farther", "farther", "roll_right")), 0.5)
    assert (asked["left"].notches, asked["right"].notches) == (2, 0)
    assert (asked["left"].roll, asked["right"].roll) == (45.0, 0.0)
    asked = wishes.step(held("reach", pressed=("notch_left",)), 0.02)
    assert asked["left"].roll == -15.0


def test_while_ctrl_is_held_the_mouse_tilts_the_wrist_and_not_the_head() -> None:
    wishes = Wishes()
    moment = held("reach", "wrist", pressed=("reach", "wrist"), motion=(50.0, -25.0))
    asked = wishes.step(moment, 0.02)
    assert (asked["right"].swing, asked["right"].tilt) == pytest.approx((6.0, 3.0))
    assert wishes.looks(moment) == (0.0, 0.0)
    assert wishes.looks(held("reach", motion=(50.0, -25.0))) == (50.0, -25.0)


def test_sticks_and_buttons_are_the_hands_that_is_meant() -> None:
    asked = Wishes().step(held("stick_ahead", "stick_left", "primary", "menu", "other"), 0.02)
    assert asked["left"] == Wish(stick=(-100, 100), buttons=frozenset(("primary", "menu")))
    assert asked["right"] == Wish()


def test_keep_is_told_once_for_each_press() -> None:
    wishes = Wishes()
    assert wishes.step(held("keep", pressed=("keep",)), 0.02)["right"].keep
    assert not wishes.step(held("keep"), 0.02)["right"].keep
    assert not wishes.step(held(pressed=("keep", "keep")), 0.02)["right"].keep
    assert wishes.step(held(pressed=("other", "keep")), 0.2)["left"].keep  # a slow frame, in which Shift came and went


def test_a_key_that_was_only_tapped_counts() -> None:
    assert keys(held("next", pressed=("select",))) == {"next", "select"}
    assert keys(held("back")) == frozenset()  # that is walking
    assert keys(held("back_key")) == {"back"}


def test_two_devices_work_one_hand_together() -> None:
    both = joined(Wish(reach=True, roll=3.0, stick=(5, 5)), Wish(trigger=True, stick=(0, 100), buttons=frozenset(("menu",))))
    assert both == Wish(reach=True, trigger=True, roll=3.0, stick=(0, 100), buttons=frozenset(("menu",)))
    assert joined(Wish(stick=(5, 5)), Wish()).stick == (5, 5)
