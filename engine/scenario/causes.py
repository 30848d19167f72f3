"""Why: which event last made a condition what it is.

A rule fires because something happened: a hand pressed a bell, a value passed its limit, time went by in a state. The newest
event about anything that the rule's condition names is that something; its own cause leads further back, to an input.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.spec.expression import Expression, Flag, In, Name, walk
from engine.world.events import Draft
from engine.world.world import Path

ENGINE = frozenset({"scenario", "engine"})
"""Who does not move things by hand: what these say about a thing (`haptic stone`) raises none of its flags."""


class Causes:
    """Notes every event, and finds the newest one behind a condition or a property."""

    def __init__(self) -> None:
        self.newest: dict[str, int] = {}
        """`thing` or `thing.property` or `in state` -> number of the newest event about it."""

    def note(self, draft: Draft, number: int) -> None:
        """An event has got its number."""
        if draft.event == "state_entered":
            self.newest[f"in {draft.what.rpartition('.')[2]}"] = number
        elif draft.event in ("teleported", "moved", "turned", "walked"):
            self.newest["participant.place"] = number
        elif draft.event in ("said", "line_ended"):
            self.newest[draft.who] = number
        elif draft.who not in ENGINE or "." in draft.what:
            self.newest[draft.what] = number

    def put(self, path: Path, number: int) -> None:
        """A property moves from now on because of that event."""
        self.newest[".".join(path)] = number

    def of(self, path: Path, otherwise: int) -> int:
        """The event behind a property's value; `otherwise` if nothing ever changed it."""
        return self.newest.get(".".join(path), otherwise)

    def behind(self, condition: Expression, entered: int) -> int:
        """The newest event behind a condition that has just come true, or the entering of the state whose rule it is."""
        latest = entered
        for node in walk(condition):
            match node:
                case Flag():
                    found = max(self.newest.get(node.thing, -1), self.newest.get(f"{node.thing}.{node.flag}", -1))
                case Name() if len(node.path) == 2:
                    found = self.of(node.path, -1)
                case Name():
                    found = self.newest.get(node.path[0], -1)
                case In():
                    found = self.newest.get(f"in {node.state}", -1)
                case _:
                    continue
            latest = max(latest, found)
        return latest

    def snapshot(self) -> Mapping[str, int]:
        """All that can change."""
        return dict(self.newest)

    def restore(self, snapshot: Mapping[str, int]) -> None:
        """Become what `snapshot` was taken of."""
        self.newest = dict(snapshot)
