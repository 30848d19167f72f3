"""A state that is active, and what it remembers from one tick to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from engine.spec.expression import Expression
from engine.spec.model import SceneSpec, State

Way = tuple[tuple[str, str], ...]
"""Steps inwards from a state: the region (empty for `states`) and the name of each inner one."""


@dataclass(slots=True, eq=False)
class Active:
    """A state that is active now, and its active children."""

    state: State
    path: tuple[str, ...]
    entry: int
    """A number no other entry of a state has; what the state began is its own by this number."""
    entered: int
    """The scene tick of entering."""
    cause: int
    """The event of entering."""
    children: dict[str, Active] = field(default_factory=dict)
    """Region name (empty for `states`) -> the active inner state."""
    left_out: bool = False
    """Whether the inner states were left by `out`."""
    round: int = 0
    rounds: int = 1
    step: int = -1
    """The step that runs now; -1 before the first, len(steps) when all rounds are over."""
    step_ends: int = 0
    round_began: int = 0
    do_ends: int = 0
    was: dict[int, bool] = field(default_factory=dict)
    """Number of a rule that only does -> whether its condition was true a tick ago."""
    since: dict[int, int] = field(default_factory=dict)
    """`for` number -> the scene tick since which it has been true."""

    def everyone(self) -> Iterator[Active]:
        """This state and all active ones within it, outer first."""
        yield self
        for child in self.children.values():
            yield from child.everyone()

    def copy(self) -> Active:
        """This and all within it, sharing nothing that changes."""
        children = {region: child.copy() for region, child in self.children.items()}
        return replace(self, children=children, was=dict(self.was), since=dict(self.since))


def inner(state: State) -> list[tuple[str, State]]:
    """The regions of a state: its own `states` under the empty name, then the named ones."""
    own = [("", state)] if state.states else []
    return own + list(state.regions.items())


def ways(state: State, way: Way = ()) -> Iterator[tuple[str, Way]]:
    """Every inner state's name, which is its own in the whole scenario, and the way to it from the outermost."""
    for region, holder in inner(state):
        for name, one in holder.states.items():
            here = (*way, (region, name))
            yield name, here
            yield from ways(one, here)


def conditions(scene: SceneSpec) -> Iterator[Expression]:
    """Every condition of a scene: of its rules, in the file's order, and of its checklist."""
    yield from _rules(scene.scenario)
    for item in scene.checklist.values():
        yield item.expect
        if item.since is not None:
            yield item.since


def _rules(state: State) -> Iterator[Expression]:
    for rule in state.rules:
        yield rule.when
    for one in (*state.states.values(), *state.regions.values()):
        yield from _rules(one)
