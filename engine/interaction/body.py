"""A person as their session feels them: hands that reach further than arms do, hold stiller than they tremble, or are one.

It changes poses where they come in, so that everything after it, the drawn hands too, agrees on where they are. Who wishes for
nothing is passed on as they came, the same object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.interaction.buttons import JUMP
from engine.interaction.preferences import Preferences
from engine.world.vectors import NO_TURN, Turn, Vec3, add, compose, distance, scale, subtract
from headset.inputs import SIDES, TICKS_PER_SECOND, Hand, Person, Pose, Side

SMOOTHED = 0.25
"""Seconds that a smoothed hand is behind at the most: of tremor of 4–12 Hz (Bhatia et al. 2018) a sixth or less is left then."""

BREAST = 0.3
"""Metres from the eyes down to the shoulders, from which a reach is counted (ISO 7250-1, sitting: eye height less shoulder
height)."""


@dataclass(frozen=True, slots=True)
class Smoothed:
    """A pose as it is smoothed so far: where, how turned, and the tick of it."""

    position: Vec3
    turn: Turn
    tick: int


class Felt:
    """Makes of each person who comes in the one that the session knows."""

    def __init__(self) -> None:
        self.poses: dict[tuple[str, Side, str], Smoothed] = {}

    def person(self, given: Person, wishes: Preferences, tick: int) -> Person:
        """The person as their wishes have them, in a tick of the session."""
        if wishes.hands == "both" and wishes.tremor <= 0.0 and wishes.reach <= 1.0:
            return given
        hands = {side: self._hand(given, side, wishes, tick) for side in SIDES}
        return replace(given, left=hands["left"], right=hands["right"])

    def snapshot(self) -> dict[Any, Any]:
        """All that can change."""
        return dict(self.poses)

    def restore(self, snapshot: Mapping[Any, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self.poses = dict(snapshot)

    def _hand(self, given: Person, side: Side, wishes: Preferences, tick: int) -> Hand:
        hand = given.hand(side)
        if wishes.hands not in ("both", side):
            # The other hand meets nothing; its menu button is still a way out.
            return Hand(buttons=hand.buttons & {"menu"})
        poses = [("grip", hand.grip), ("aim", hand.aim)]
        moved: dict[str, Pose | None] = {}
        for name, pose in poses:
            key = (given.id, side, name)
            if pose is None:
                self.poses.pop(key, None)
                moved[name] = None
                continue
            place, turn = pose.metres, pose.quaternion
            if wishes.tremor > 0.0:
                kept = self.poses[key] = _smoothed(self.poses.get(key), Smoothed(place, turn, tick), wishes.tremor)
                place, turn = kept.position, kept.turn
            if wishes.reach > 1.0 and given.head is not None:
                x, y, z = given.head.metres
                breast = (x, y, z - BREAST)
                place = add(breast, scale(subtract(place, breast), wishes.reach))
            moved[name] = Pose.of(place, turn)
        same = moved["aim"] == moved["grip"]
        return replace(hand, grip=moved["grip"], aim=moved["grip"] if same else moved["aim"])


def _smoothed(before: Smoothed | None, now: Smoothed, tremor: float) -> Smoothed:
    """A step of an exponential filter, by backward Euler; a pose that jumps, or was not seen for a while, is not smoothed."""
    if before is None or distance(before.position, now.position) > 2.0 * JUMP:
        return now
    passed = (now.tick - before.tick) / TICKS_PER_SECOND
    if passed <= 0.0:
        return before
    part = passed / (passed + SMOOTHED * tremor)
    x, y, z = subtract(now.position, before.position)
    a, b = before.turn, now.turn
    # Of the two quaternions of a turn, the nearer one.
    sign = 1.0 if a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] >= 0.0 else -1.0
    turned = tuple(a[i] + part * (sign * b[i] - a[i]) for i in range(4))
    place = add(before.position, (part * x, part * y, part * z))
    return Smoothed(place, compose((turned[0], turned[1], turned[2], turned[3]), NO_TURN), now.tick)
