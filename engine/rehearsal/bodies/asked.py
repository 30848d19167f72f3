"""What a scene asks for now: by the rules of the states it is in, then by its checklist.

Every body does the same things in the same order, each when it is asked for; only so can their stories be compared. So, unlike a
virtual trainee, a body knows the state that the session is in. It still does everything through a driver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.rehearsal.goals import Goal, Seen, wanted, wishes
from engine.session import Event, Session
from engine.spec.expression import number
from engine.spec.model import State
from engine.world import World

UNDUE = 1e9
"""Seconds that stand for no limit."""


Asking = tuple[str, tuple[str, str, str, str]]
"""Who asks, by the path of a state or `checklist`, and the key of a goal."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """What a body could not do: in which state, what, with which thing, and why."""

    state: str
    goal: str
    thing: str
    why: str

    def __str__(self) -> str:
        """As the report has it."""
        return f"in {self.state or 'no state'}: cannot {self.goal}: {self.why}"


def called(world: World, goal: Goal) -> str:
    """A goal in words."""
    match goal.verb:
        case "press":
            return f"press {goal.name}"
        case "turn":
            return f"turn {goal.name} to {goal.operator} {wanted(world, goal):g}"
        case "fit":
            return f"put on {goal.thing}"
        case "take":
            return f"take {goal.thing}"
        case "look":
            return f"look at {goal.thing}"


class Asked:
    """Hands out what is to be done next, each thing once for each time that its state is entered."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._states = dict(paths(session.scene.scenario))
        self._done: set[Asking] = set()
        self._now: set[Asking] = set()
        """Who asks for what was handed out, less the states that were entered since: they ask for it again."""

    def next(self) -> Goal | None:
        """What is asked for first of all that is left to do; None if there is nothing."""
        asking = list(self._open())
        goal = next((goal for path, goal in asking if (path, goal.key) not in self._done), None)
        self._now = {(path, one.key) for path, one in asking if goal is not None and one.key == goal.key}
        return goal

    def settle(self) -> None:
        """What `next` handed out is done, or was given up."""
        self._done |= self._now

    def note(self, events: Iterable[Event]) -> None:
        """Take in what happened: a state that is entered anew asks anew."""
        entered = {event.what for event in events if event.event == "state_entered"}
        if entered:
            self._done = {one for one in self._done if one[0] not in entered}
            self._now = {one for one in self._now if one[0] not in entered}

    def _open(self) -> Iterator[tuple[str, Goal]]:
        """All that is asked for in these states, with the path of the state that does; the checklist's by when it is due."""
        world = self.session.world
        seen: set[str] = set()
        for innermost in self.session.state.split("+") if self.session.state else ():
            parts = innermost.split(".")
            for path in ("", *(".".join(parts[: index + 1]) for index in range(len(parts)))):
                if path not in seen:
                    seen.add(path)
                    for rule in self._states[path].rules:
                        yield from ((path, goal) for goal in wishes(world, rule.when))
        items: list[tuple[float, int, Goal]] = []
        for index, (name, item) in enumerate(self.session.scene.checklist.items()):
            if world.outcomes[name].result == "open":
                due = UNDUE if item.within is None else number(item.within, Seen(world))
                items += [(due, index, goal) for goal in wishes(world, item.expect)]
        yield from (("checklist", goal) for _, _, goal in sorted(items, key=lambda one: one[:2]))


def paths(state: State, path: str = "") -> Iterator[tuple[str, State]]:
    """Every state by its path, as the session has it; the scenario's own is empty."""
    yield path, state
    for holder in (state, *state.regions.values()):
        for name, inner in holder.states.items():
            yield from paths(inner, f"{path}.{name}" if path else name)
