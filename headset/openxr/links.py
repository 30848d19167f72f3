"""What became of the headset, said once each time it changes."""

from __future__ import annotations

from headset.inputs import Link

HEADSET = "headset"


class Links:
    """Remembers what was said last. A session begins with a headset that is there and worn."""

    def __init__(self) -> None:
        self._there = True
        self._worn = True
        self._focused = False

    def attached(self) -> list[Link]:
        """It is there."""
        if self._there:
            return []
        self._there = True
        return [Link(HEADSET, "back")]

    def lost(self) -> list[Link]:
        """It is gone, and with it whoever wore it and what they looked at; only the first is worth saying."""
        if not self._there:
            return []
        self._there = False
        self._worn = True
        self._focused = False
        return [Link(HEADSET, "lost")]

    def worn(self, now: bool) -> list[Link]:
        """Whether someone wears it."""
        if now == self._worn:
            return []
        self._worn = now
        return [Link(HEADSET, "worn" if now else "unworn")]

    def focused(self, now: bool) -> list[Link]:
        """Whether the person's hands are with us."""
        if now == self._focused:
            return []
        self._focused = now
        return [Link(HEADSET, "focused" if now else "unfocused")]
