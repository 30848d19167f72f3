"""Rules that never settle: two that take a state back and forth, or one whose `do` makes it true again and again.

None can hang a session, for a rule goes at most once a tick. But such a pair is a fault of the scene, and its events would fill
a log: so it is said once, with all the rules that take part.
"""

from __future__ import annotations

from collections.abc import Mapping

from headset.inputs import TICKS_PER_SECOND

OFTEN = 10
"""Firings of one rule within a second that no person causes: the quickest fingers tap seven times (Halstead 1947, norms
since)."""


class Unrest:
    """Counts how often each rule fires."""

    def __init__(self) -> None:
        self._fired: dict[str, tuple[int, ...]] = {}
        """Rule -> the scene ticks of its last firings."""
        self._said: set[str] = set()

    def fired(self, rule: str, clock: int) -> tuple[str, ...]:
        """Note a firing; the rules that do not settle, if this is when they are found out, else none."""
        ticks = self._fired[rule] = (*self._fired.get(rule, ())[1 - OFTEN :], clock)
        if rule in self._said or len(ticks) < OFTEN or clock - ticks[0] >= TICKS_PER_SECOND:
            return ()
        since = ticks[0]
        found = tuple(
            name
            for name, times in self._fired.items()
            if name not in self._said and len([time for time in times if time >= since]) >= OFTEN // 2
        )
        self._said.update(found)
        return found

    def snapshot(self) -> tuple[Mapping[str, tuple[int, ...]], frozenset[str]]:
        """All that can change."""
        return dict(self._fired), frozenset(self._said)

    def restore(self, snapshot: tuple[Mapping[str, tuple[int, ...]], frozenset[str]]) -> None:
        """Become what `snapshot` was taken of."""
        self._fired, self._said = dict(snapshot[0]), set(snapshot[1])
