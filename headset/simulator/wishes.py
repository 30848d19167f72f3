"""What the keys, the mouse and a gamepad ask of each hand: which hand is meant, and how much of what.

A deed belongs to the hand that was meant as it began, and stays with it until its key is let go: one hand can hold on while Shift
brings the other into play.
"""

from __future__ import annotations

from dataclasses import replace

from headset.inputs import FULL, SIDES, Button, Key, Side
from headset.simulator.arm import ROLL, ROLL_SPEED, Wish
from headset.simulator.bindings import BUTTONS, HAND_DEEDS, KEYS, Deed
from headset.simulator.body import DEGREES_PER_PIXEL
from headset.simulator.desk import Moment


class Wishes:
    """Which hand does what."""

    def __init__(self) -> None:
        self._of: dict[Deed, Side] = {}
        """Deed that goes on -> the hand that does it."""

    def step(self, moment: Moment, seconds: float) -> dict[Side, Wish]:
        """What each hand is asked for in a frame."""
        # On a slow machine Shift may have gone down and up again within one frame.
        meant: Side = "left" if "other" in moment.held or "other" in moment.pressed else "right"
        self._of = {deed: side for deed, side in self._of.items() if deed in moment.held}
        for deed in moment.held & HAND_DEEDS:
            self._of.setdefault(deed, meant)
        # Without Shift the wheel and the wrist go with the hand that is at work.
        busy = self._of.get("reach", self._of.get("poke", meant))
        for deed in ("wrist", "roll_left", "roll_right"):
            if deed in self._of and deed in moment.pressed:
                self._of[deed] = meant if meant == "left" else busy
        notched = meant if meant == "left" else busy
        return {side: self._wish(side, moment, seconds, meant, notched) for side in SIDES}

    def looks(self, moment: Moment) -> tuple[float, float]:
        """The mouse's way in pixels, as far as it turns the head: none while it tilts a wrist."""
        return (0.0, 0.0) if "wrist" in moment.held else moment.motion

    def _wish(self, side: Side, moment: Moment, seconds: float, meant: Side, notched: Side) -> Wish:
        mine = {deed for deed, other in self._of.items() if other == side}

        def notches(more: Deed, less: Deed) -> int:
            return moment.pressed.count(more) - moment.pressed.count(less) if side == notched else 0

        def held(more: Deed, less: Deed) -> int:
            return (more in mine) - (less in mine)

        right, down = moment.motion if "wrist" in mine else (0.0, 0.0)
        buttons: frozenset[Button] = frozenset(button for deed, button in BUTTONS.items() if deed in mine)
        return Wish(
            reach="reach" in mine,
            poke="poke" in mine,
            keep=side == meant and moment.pressed.count("keep") % 2 == 1,
            squeeze="squeeze" in mine,
            trigger="trigger" in mine,
            notches=notches("farther", "nearer"),
            roll=ROLL * notches("notch_right", "notch_left") + ROLL_SPEED * seconds * held("roll_right", "roll_left"),
            tilt=-down * DEGREES_PER_PIXEL,
            swing=right * DEGREES_PER_PIXEL,
            stick=(FULL * held("stick_right", "stick_left"), FULL * held("stick_ahead", "stick_back")),
            buttons=buttons,
        )


def keys(moment: Moment) -> frozenset[Key]:
    """The keys and switches that are down. One that was down for less than a frame counts too."""
    down = moment.held | frozenset(moment.pressed)
    return frozenset(key for deed, key in KEYS.items() if deed in down)


def joined(one: Wish, other: Wish) -> Wish:
    """What two devices together ask of a hand."""
    return replace(
        one,
        reach=one.reach or other.reach,
        poke=one.poke or other.poke,
        keep=one.keep != other.keep,
        squeeze=one.squeeze or other.squeeze,
        trigger=one.trigger or other.trigger,
        notches=one.notches + other.notches,
        roll=one.roll + other.roll,
        tilt=one.tilt + other.tilt,
        swing=one.swing + other.swing,
        stick=other.stick if other.stick != (0, 0) else one.stick,
        buttons=one.buttons | other.buttons,
    )
