"""The checklist: what is expected of the person, by when, and what came of it.

An item is met in the first tick in which its `expect` is true, in whatever state, and missed once `within` is over; `within`
counts from `since` turning true, or from the start. Until then it is open, and one that never gets a limit stays open. What is
done after the limit is noted too: it was late, not left undone. Outcomes lie in `World.outcomes`, each change is an event.

Each item is a small machine fed by conditions, asked once a tick. An item of another kind (what must never be done, what must
come after something else) is another way to settle it, by the same conditions and the same outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.scenario.active import Active
from engine.scenario.causes import Causes
from engine.scenario.formulas import Formula, Formulas
from engine.spec.model import Item, SceneSpec, State
from engine.world import World
from engine.world.events import Draft, Emit
from engine.world.screens import Outcome
from engine.world.time import ticks
from headset.inputs import TICKS_PER_SECOND


@dataclass(slots=True)
class _Watch:
    item: Item
    expect: Formula
    since: Formula | None
    holder: Active = field(default_factory=lambda: Active(State(), (), 0, 0, 0))
    """Keeps the times of `for`; the items belong to no state."""


class Checklist:
    """All items of a session. `step` once a tick, after the scenario's."""

    def __init__(self, scene: SceneSpec, world: World, formulas: Formulas, emit: Emit, causes: Causes) -> None:
        self.world = world
        self.formulas = formulas
        self.emit = emit
        self.causes = causes
        self._watches = {
            name: _Watch(item, formulas.of(item.expect), None if item.since is None else formulas.of(item.since))
            for name, item in scene.checklist.items()
        }
        world.outcomes.update({name: Outcome() for name in self._watches})

    def step(self) -> None:
        """Look at every item that is not met."""
        for name, watch in self._watches.items():
            outcome = self.world.outcomes[name]
            if outcome.result == "met" or outcome.late is not None:
                continue
            self._count(name, watch)
            if watch.expect(watch.holder) is True:
                self._settle(name, watch)
            elif outcome.result == "open" and (due := self.world.outcomes[name].due) is not None and self.world.clock > due:
                self._miss(name, watch)

    def close(self, cause: int | None) -> None:
        """The session ends: say which items are still open."""
        for name, outcome in self.world.outcomes.items():
            if outcome.result == "open":
                event = self.emit(Draft("engine", "item_open", name, because="the session ends", cause=cause))
                self.world.outcomes[name] = replace(outcome, event=event)

    def snapshot(self) -> Mapping[str, Any]:
        """All that can change, besides the world's outcomes."""
        return {name: dict(watch.holder.since) for name, watch in self._watches.items()}

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        for name, since in snapshot.items():
            self._watches[name].holder.since = dict(since)

    def _count(self, name: str, watch: _Watch) -> None:
        """Begin to count the time that there is."""
        outcome, item = self.world.outcomes[name], watch.item
        if outcome.counted is not None or item.within is None:
            return
        if watch.since is not None and watch.since(watch.holder) is not True:
            return
        # Without `since` the time counts from the session's start, which is this first tick.
        counted = self.world.clock
        due = counted + ticks(self.formulas.number(item.within, watch.holder))
        self.world.outcomes[name] = replace(outcome, counted=counted, due=due)

    def _settle(self, name: str, watch: _Watch) -> None:
        """It was done: in time, or late."""
        outcome, clock = self.world.outcomes[name], self.world.clock
        late = outcome.result == "missed" or (outcome.due is not None and clock > outcome.due)
        if late and outcome.result == "open":
            self._miss(name, watch)
            outcome = self.world.outcomes[name]
        cause = self.causes.behind(watch.item.expect, 0)
        said = "item_late" if late else "item_met"
        event = self.emit(Draft("participant", said, name, clock / TICKS_PER_SECOND, _limit(outcome), cause))
        if late:
            self.world.outcomes[name] = replace(outcome, late=clock)
        else:
            self.world.outcomes[name] = replace(outcome, result="met", settled=clock, event=event)

    def _miss(self, name: str, watch: _Watch) -> None:
        outcome, clock = self.world.outcomes[name], self.world.clock
        cause = 0 if watch.item.since is None else self.causes.behind(watch.item.since, 0)
        because = f"not {_limit(outcome)}"
        event = self.emit(Draft("participant", "item_missed", name, clock / TICKS_PER_SECOND, because, cause))
        self.world.outcomes[name] = replace(outcome, result="missed", settled=clock, event=event)


def _limit(outcome: Outcome) -> str:
    """What was asked, in words."""
    if outcome.due is None or outcome.counted is None:
        return "whenever"
    seconds, since = (outcome.due - outcome.counted) / TICKS_PER_SECOND, outcome.counted / TICKS_PER_SECOND
    return f"within {seconds:g} s" + (f" since {since:g} s" if since else "")
