"""The statechart of a scene: states within states, rules from the outside in, steps one after another.

The algorithm is SCXML's (W3C Recommendation 2015, appendix D) except where the scene language says otherwise: outer states are
asked before inner ones, so that a rule at the top holds whatever the state; a region takes at most one `go` a tick, and what a
state that was just entered says is asked from the next tick on, so no loop of rules can hang a session.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.scenario.actions import Doer
from engine.spec.expression import Expression, Held, Value, number, truth, walk
from engine.spec.model import Rule, SceneSpec, State, Step
from engine.world import World
from engine.world.events import Draft, Emit
from headset.inputs import TICKS_PER_SECOND

OUT, END = "out", "end"

Way = tuple[tuple[str, str], ...]
"""Steps inwards from a state: the region (empty for `states`) and the name of each inner one."""


@dataclass(slots=True)
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
    """Rule number -> whether its condition was true a tick ago."""
    since: dict[int, int] = field(default_factory=dict)
    """`for` number -> the scene tick since which it has been true."""

    def everyone(self) -> Iterator[Active]:
        """This state and all active ones within it, outer first."""
        yield self
        for child in self.children.values():
            yield from child.everyone()


class Scenario:
    """The scenario of one session. `begin` enters the start; `step` plays one tick of scene time."""

    def __init__(self, scene: SceneSpec, world: World, emit: Emit) -> None:
        self.scene = scene
        self.world = world
        self.emit = emit
        self.doer = Doer(scene, world, emit)
        self.over = False
        self.ended_by: int | None = None
        """The event of the rule that went to `end`."""
        self.flags: frozenset[tuple[str, str]] = frozenset()
        """The flags that are up in this tick."""
        self._root: Active | None = None
        self._ways = dict(_ways(scene.scenario, ()))
        self._entries = 0
        self._memory: dict[tuple[str, ...], str] = {}
        self._held_numbers: dict[int, int] = {}

    def begin(self, cause: int) -> None:
        """Enter the scenario and its start states at the clock's present tick."""
        self._root = self._enter(self.scene.scenario, (), cause, "the session began")

    def step(self, flags: frozenset[tuple[str, str]]) -> None:
        """Play one tick: values move, steps go on, then rules are asked from the outside in. `flags` are (thing, flag) pairs."""
        self.doer.move()
        self.flags = flags | self.doer.speech()
        if self._root is None or self.over:
            return
        for active in list(self._root.everyone()):
            self._advance(active)
        self._ask(self._root)

    def active(self, name: str) -> bool:
        """Whether a state of that name is active."""
        return self._root is not None and any(active.path and active.path[-1] == name for active in self._root.everyone())

    def states(self) -> tuple[str, ...]:
        """The paths of the innermost active states, `untreated.compensated`."""
        if self._root is None:
            return ()
        return tuple(".".join(active.path) for active in self._root.everyone() if not active.children)

    def end(self) -> None:
        """Leave every state and end all that they began."""
        if self._root is not None:
            self._exit(self._root)
            self._root = None
        self.over = True

    # --- entering, leaving

    def _enter(self, state: State, path: tuple[str, ...], cause: int, because: str, towards: Way = ()) -> Active:
        """Enter a state, and of its inner ones those that lie on the way `towards` where a rule goes, else the starts."""
        self._entries += 1
        number_ = cause
        if path:
            number_ = self.emit(Draft("scenario", "state_entered", ".".join(path), because=because, cause=cause))
        clock = self.world.clock
        active = Active(state, path, self._entries, clock, number_, rounds=1)
        scope = _Scope(self, active)
        if state.repeat is not None:
            active.rounds = max(0, int(number(state.repeat, scope)))
        for prop, rate in state.drift.items():
            self.doer.drift(prop, number(rate, scope), active.entry, number_)
        active.do_ends = self._run(state.do, active, number_)
        active.step_ends = clock
        self._advance(active)
        for region, inner in self._inner(state):
            if towards and towards[0][0] == region:
                name = towards[0][1]
                active.children[region] = self._enter(inner.states[name], (*path, name), number_, because, towards[1:])
                continue
            start = self._memory.get((*path, region), inner.start) if state.resume or inner.resume else inner.start
            if start:
                why = f"{'.'.join(path) or 'the scenario'} starts there"
                active.children[region] = self._enter(inner.states[start], (*path, start), number_, why)
        return active

    @staticmethod
    def _inner(state: State) -> list[tuple[str, State]]:
        """The regions of a state: its own `states` under the empty name, then the named ones."""
        own = [("", state)] if state.states else []
        return own + list(state.regions.items())

    def _exit(self, active: Active) -> None:
        for region, child in active.children.items():
            self._memory[(*active.path, region)] = child.path[-1]
            self._exit(child)
        self.doer.end(active.entry)

    # --- one tick

    def _advance(self, active: Active) -> None:
        """Begin the next step once the last is over. A round of steps that take no time takes one tick, so none can hang a
        session."""
        steps = active.state.steps
        while steps and active.round < active.rounds and self.world.clock >= active.step_ends:
            active.step += 1
            if active.step == len(steps):
                active.step, active.round = -1, active.round + 1
                if self.world.clock == active.round_began:
                    active.step_ends = self.world.clock + 1
                continue
            if active.step == 0:
                active.round_began = self.world.clock
            active.step_ends = self._run(steps[active.step], active, active.cause)

    def _run(self, step: Step, active: Active, cause: int) -> int:
        """Do a step's actions; the scene tick at which it is over."""
        ends = self.world.clock
        for action in step:
            ends = max(ends, self.doer.do(action, _Scope(self, active), active.entry, cause))
        return ends

    def _done(self, active: Active) -> bool:
        if active.left_out:
            return True
        if active.children:
            return False
        steps_over = not active.state.steps or active.round >= active.rounds
        return steps_over and self.world.clock >= active.do_ends

    def _ask(self, active: Active) -> None:
        """Ask a state's rules, then its inner ones', unless a `go` was taken: what is entered is asked from the next tick on."""
        target: tuple[Rule, str] | None = None
        scope = _Scope(self, active)
        for index, rule in enumerate(active.state.rules):
            now = truth(rule.when, scope)
            before, active.was[index] = active.was.get(index, False), now
            if not now or target is not None:
                continue
            where = f"{'.'.join(active.path) or 'scenario'}.rules[{index}]"
            if rule.go:
                if self._leads_on(active, rule.go):
                    target = (rule, where)
            elif not before:
                cause = self.emit(Draft("scenario", "rule_fired", where, because=rule.words, cause=active.cause))
                self._run(rule.do, active, cause)
        if target is not None:
            self._take(active, *target)
            return
        for child in list(active.children.values()):
            if not self.over and self._is_active(child):
                self._ask(child)

    def _leads_on(self, active: Active, go: str) -> bool:
        """Whether going there changes anything: one can be there already, or nothing be left that `out` could leave."""
        if go == OUT:
            return bool(active.children) or (bool(active.path) and not self._inner(active.state))
        return go == END or not self.active(go)

    def _take(self, active: Active, rule: Rule, where: str) -> None:
        """Follow a rule that goes somewhere: leave, do what the rule says, enter (SCXML appendix D: exit, content, enter)."""
        cause = self.emit(Draft("scenario", "rule_fired", where, value=rule.go, because=rule.words, cause=active.cause))
        if rule.go == END:
            self._run(rule.do, active, cause)
            self.over, self.ended_by = True, cause
        elif rule.go == OUT:
            holder = active if active.children else self._parent(active)
            for region, child in list(holder.children.items()):
                if holder is active or child is active:
                    self._exit(child)
                    del holder.children[region]
            holder.left_out = not holder.children
            self._run(rule.do, holder, cause)
        else:
            holder, ((region, name), *towards) = self._holder(rule.go)
            if region in holder.children:
                self._memory[(*holder.path, region)] = holder.children[region].path[-1]
                self._exit(holder.children[region])
            holder.left_out = False
            self._run(rule.do, holder, cause)
            inner = dict(self._inner(holder.state))[region]
            holder.children[region] = self._enter(inner.states[name], (*holder.path, name), cause, rule.words, tuple(towards))

    def _is_active(self, active: Active) -> bool:
        return self._root is not None and any(other is active for other in self._root.everyone())

    def _holder(self, target: str) -> tuple[Active, Way]:
        """The innermost active state around `target`, and the way on from there; the target itself is not active."""
        assert self._root is not None
        here, way = self._root, self._ways[target]
        while (child := here.children.get(way[0][0])) is not None and child.path[-1] == way[0][1]:
            here, way = child, way[1:]
        return here, way

    def _parent(self, active: Active) -> Active:
        assert self._root is not None
        for other in self._root.everyone():
            if any(child is active for child in other.children.values()):
                return other
        raise LookupError(f"{active.path} is not active")

    # --- snapshot

    def snapshot(self) -> dict[str, Any]:
        """All that can change, sharing nothing that changes with the scenario."""
        # States are frozen and shared on purpose; a deep copy of them would cost more than the rest together.
        memo = {id(active.state): active.state for active in (self._root.everyone() if self._root else ())}
        return {
            "root": copy.deepcopy(self._root, memo),
            "entries": self._entries,
            "memory": dict(self._memory),
            "over": self.over,
            "ended_by": self.ended_by,
            "doer": self.doer.snapshot(),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        root: Active | None = snapshot["root"]
        memo = {id(active.state): active.state for active in (root.everyone() if root else ())}
        self._root = copy.deepcopy(root, memo)
        self._entries = snapshot["entries"]
        self._memory = dict(snapshot["memory"])
        self.over = snapshot["over"]
        self.ended_by = snapshot["ended_by"]
        self.doer.restore(snapshot["doer"])

    def held_number(self, test: Held) -> int:
        """A number for a `for`, the same in every session of a scene."""
        if not self._held_numbers:
            self._held_numbers = {
                id(node): index
                for index, node in enumerate(node for when in conditions(self.scene.scenario) for node in walk(when))
            }
        return self._held_numbers[id(test)]


def _ways(state: State, way: Way) -> Iterator[tuple[str, Way]]:
    """Every inner state's name, which is its own in the whole scenario, and the way to it from the outermost."""
    for region, inner in Scenario._inner(state):
        for name, one in inner.states.items():
            here = (*way, (region, name))
            yield name, here
            yield from _ways(one, here)


class _Scope:
    """What an expression of one active state can ask."""

    def __init__(self, scenario: Scenario, active: Active) -> None:
        self.scenario = scenario
        self.holder = active

    def value(self, path: tuple[str, ...]) -> Value:
        return self.scenario.world.value(path)

    def flag(self, thing: str, flag: str) -> bool:
        return (thing, flag) in self.scenario.flags

    def active(self, state: str) -> bool:
        return self.scenario.active(state)

    def done(self) -> bool:
        return self.scenario._done(self.holder)

    def elapsed(self) -> float:
        return (self.scenario.world.clock - self.holder.entered) / TICKS_PER_SECOND

    def held(self, test: Held, now: bool) -> float:
        key = self.scenario.held_number(test)
        clock = self.scenario.world.clock
        if not now:
            self.holder.since.pop(key, None)
            return -1.0
        return (clock - self.holder.since.setdefault(key, clock)) / TICKS_PER_SECOND


def conditions(state: State) -> Iterator[Expression]:
    """The conditions of every rule of a state and those within, in the file's order."""
    for rule in state.rules:
        yield rule.when
    for inner in (*state.states.values(), *state.regions.values()):
        yield from conditions(inner)
