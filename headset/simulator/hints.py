"""What a window tells who is new to it: the few keys that matter now, until they have been used.

With free hands: how to take, to press, to step. With a hand that holds on: how to turn and tilt it, bring it nearer, let it keep.
A lesson that was taken three times is not repeated; F1 shows all keys at any time. Who walks against the edge of their own space,
which nobody sees, is told each time how to get further.
"""

from __future__ import annotations

from collections.abc import Iterable

from headset.simulator.arm import Arm, Goal
from headset.simulator.bindings import BINDINGS, Deed, label

ENOUGH = 3
"""How often someone does a thing before they are taken to know it."""


def _phrase(deed: Deed) -> str:
    return next(f"{binding.label}: {binding.says}" for binding in BINDINGS if binding.deed == deed)


KEYS = f"{label('help')}: all keys   {label('leave')}: leave"
FREE = (f"{_phrase('reach')}   {_phrase('poke')}", KEYS)
STEP = f"{label('stick_ahead')}: step there when it is let go"
STANDING = (FREE[0], f"{STEP}   {KEYS}")
HOLDING = (
    f"Z X Ctrl+Wheel: {_phrase('roll_left').partition(': ')[2]}   {_phrase('wrist')}",
    f"{_phrase('nearer')}   {_phrase('keep')}",
)
"""Lines of phrases three spaces apart, as windows draw them (`headset.overlay`)."""


class Hints:
    """Knows how often hands have been sent out and have held on."""

    def __init__(self) -> None:
        self._sent = self._held = 0
        self._goals: dict[str, Goal] = {}
        self._closed: dict[str, bool] = {}

    def lines(self, arms: Iterable[Arm], *, seated: bool, stopped: bool = False) -> tuple[str, ...]:
        """What to show while hands are like this; to be asked once a frame. `stopped`: someone walks and comes no further."""
        holding = resting = False
        for arm in arms:
            began = arm.goal in ("reach", "poke") and self._goals.get(arm.side) != arm.goal
            closed = arm.closed and not self._closed.get(arm.side, False)
            self._goals[arm.side], self._closed[arm.side] = arm.goal, arm.closed
            self._sent += began
            self._held += closed
            holding = holding or arm.closed
            resting = resting or arm.goal == "rest"
        if stopped:
            return (STEP,)
        if holding:
            return HOLDING if self._held <= ENOUGH else ()
        if not resting or self._sent >= ENOUGH:
            return ()
        return FREE if seated else STANDING
