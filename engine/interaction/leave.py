"""The way out that every scene has and none can take away: a menu button held for a second."""

from __future__ import annotations

from headset.inputs import SIDES, TICKS_PER_SECOND, Person, Side

HOLD_TICKS = TICKS_PER_SECOND
"""How long the button is held: one second, long enough not to happen by chance."""


class LeaveGesture:
    """Watches the menu buttons. It counts session ticks, not scene time, so it works while paused."""

    def __init__(self) -> None:
        self.since: dict[tuple[str, Side], int] = {}

    def step(self, tick: int, people: dict[str, Person]) -> str:
        """The id of the person who has just asked to leave, or an empty text."""
        for person in people.values():
            for side in SIDES:
                if "menu" not in person.hand(side).buttons:
                    self.since.pop((person.id, side), None)
                elif tick - self.since.setdefault((person.id, side), tick) >= HOLD_TICKS:
                    return person.id
        return ""
