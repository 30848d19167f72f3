"""The statechart of a scene: states within states, rules from the outside in, steps one after another.

The algorithm is SCXML's (W3C Recommendation of 1 September 2015, appendix D), one microstep a tick of 10 ms:

- all rules of all active states are asked first, then the chosen ones are followed (`selectTransitions`, then `microstep`), so no
  rule sees half of what another one does in the same tick;
- of rules that would leave the same state, one is followed (`removeConflictingTransitions`); the others are passed over;
- leave, do what the rule says, enter (`exitStates`, `executeTransitionContent`, `enterStates`); regions all at once;
- `resume: true` is a shallow history (section 3.10); `done` is `done.state.id` (section 3.7) as a condition.

It leaves SCXML where the scene language says otherwise:

- outer states come first, in SCXML inner ones: a rule at the top holds whatever the state (language, section 7);
- a rule that only does is never shadowed by another, and fires when its condition *turns* true; there is no queue of events;
- a rule without an event may be followed once a tick, not until all is stable (`macrostep`), so no loop of rules can hang a
  session: what is entered is asked from the next tick on;
- rules are followed one after another, each with its own leaving and entering, so that the log reads in the order of causes;
- to go where one is already does nothing, where SCXML would leave and enter again.

So a flag that is up for one tick is seen by every state that is active as the tick begins, except by those that a rule further
out leaves in that tick: there SCXML says the same of an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.scenario.actions import Doer
from engine.scenario.active import Active, Way, inner, ways
from engine.scenario.causes import Causes
from engine.scenario.chance import Chance
from engine.scenario.formulas import LARGEST, Formula, Formulas
from engine.scenario.unrest import OFTEN, Unrest
from engine.spec.expression import Done, Expression, walk
from engine.spec.model import Rule, SceneSpec, State, Step
from engine.world import World
from engine.world.events import Draft, Emit

OUT, END = "out", "end"

AGES = 1 << 40
"""Ticks longer than any `after`."""

Asked = tuple[tuple[int, Rule, Formula], ...]
"""Rules as they are asked: number, rule, condition."""


class Scenario:
    """The scenario of one session. `begin` enters the start; `step` plays one tick of scene time."""

    def __init__(self, scene: SceneSpec, world: World, emit: Emit, causes: Causes, seed: int = 0) -> None:
        self.scene = scene
        self.world = world
        self.emit = emit
        self.causes = causes
        self.formulas = Formulas(world, self, self._overflow)
        self.doer = Doer(scene, world, self.formulas, emit, causes=causes, chance=Chance(seed))
        self.over = False
        self.ended_by: int | None = None
        """The event of the rule that went to `end`."""
        self.flags: frozenset[tuple[str, str]] = frozenset()
        """The flags that are up in this tick."""
        self.names: frozenset[str] = frozenset()
        """The names of the active states."""
        self._innermost: tuple[str, ...] = ()
        self._root: Active | None = None
        self._everyone: tuple[Active, ...] = ()
        """All active states, outer first."""
        self._asking: tuple[tuple[Active, Asked], ...] = ()
        """Those of them that have rules, with their rules."""
        self._ways = dict(ways(scene.scenario))
        self._rules: dict[int, Asked] = {}
        """Of each state by its id: its rules."""
        self._entries = 0
        self._memory: dict[tuple[str, ...], str] = {}
        self._unrest = Unrest()
        self._overflown: set[str] = set()

    def begin(self, cause: int) -> None:
        """Enter the scenario and its start states at the clock's present tick."""
        self._root = self._enter(self.scene.scenario, (), cause, "the session began")
        self._changed()

    def step(self, flags: frozenset[tuple[str, str]]) -> None:
        """Play one tick: values move, steps go on, then rules are asked from the outside in. `flags` are (thing, flag) pairs."""
        self.doer.motions.move()
        spoken = self.doer.speech.step()
        self.flags = flags | spoken if spoken else flags
        if self._root is None or self.over:
            return
        for active in self._everyone:
            if active.state.steps:
                self._advance(active)
        self._follow(self._select())

    def states(self) -> tuple[str, ...]:
        """The paths of the innermost active states, `untreated.compensated`."""
        return self._innermost

    def done(self, active: Active) -> bool:
        """Whether a state's own `do` and `steps` are over, or its inner states were left by `out`."""
        if active.left_out:
            return True
        if active.children:
            return False
        steps_over = not active.state.steps or active.round >= active.rounds
        return steps_over and self.world.clock >= active.do_ends

    def hasten(self) -> str:
        """What the innermost states wait for is over: their own `do` and `steps`, so that `done` holds; where these are over
        already, or no rule waits for them, their time, so that each `after` holds. In words what that was. What glides or speaks
        goes on to its end."""
        clock, found = self.world.clock, list[str]()
        for active in self._everyone:
            if active.children:
                continue
            name = ".".join(active.path) or "the scenario"
            waits = any(isinstance(node, Done) for rule in active.state.rules for node in walk(rule.when))
            if waits and not self.done(active):
                active.round, active.step, active.step_ends, active.do_ends = active.rounds, -1, clock, clock
                found.append(f"{name} is done")
            else:
                active.entered = clock - AGES
                found.append(f"the time of {name} is over")
        return " and ".join(found)

    def end(self) -> None:
        """Leave every state and end all that they began."""
        if self._root is not None:
            self._exit(self._root)
            self._root = None
        self._changed()
        self.over = True

    # --- entering, leaving

    def _enter(self, state: State, path: tuple[str, ...], cause: int, because: str, towards: Way = ()) -> Active:
        """Enter a state, and of its inner ones those that lie on the way `towards` where a rule goes, else the starts."""
        self._entries += 1
        event = cause
        if path:
            event = self.emit(Draft("scenario", "state_entered", ".".join(path), because=because, cause=cause))
        active = Active(state, path, self._entries, self.world.clock, event, rounds=1)
        if state.repeat is not None:
            active.rounds = max(0, int(self.formulas.number(state.repeat, active)))
        for prop, rate in state.drift.items():
            self.doer.motions.drift(prop, self.formulas.number(rate, active), active.entry, event)
        active.do_ends = self._run(state.do, active, event)
        active.step_ends = self.world.clock
        self._advance(active)
        for region, holder in inner(state):
            if towards and towards[0][0] == region:
                name = towards[0][1]
                active.children[region] = self._enter(holder.states[name], (*path, name), event, because, towards[1:])
                continue
            start = self._memory.get((*path, region), holder.start) if state.resume or holder.resume else holder.start
            if start:
                why = f"{'.'.join(path) or 'the scenario'} starts there"
                active.children[region] = self._enter(holder.states[start], (*path, start), event, why)
        return active

    def _exit(self, active: Active) -> None:
        for region, child in active.children.items():
            self._memory[(*active.path, region)] = child.path[-1]
            self._exit(child)
        self.doer.motions.end(active.entry)

    def _changed(self) -> None:
        """Some states were entered or left."""
        self._everyone = () if self._root is None else tuple(self._root.everyone())
        self._asking = tuple((active, self._asked(active.state)) for active in self._everyone if active.state.rules)
        self.names = frozenset(active.path[-1] for active in self._everyone if active.path)
        self._innermost = tuple(".".join(active.path) for active in self._everyone if not active.children)

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
            ends = max(ends, self.doer.do(action, active, cause))
        return ends

    def _select(self) -> list[tuple[Active, int, Rule]]:
        """Ask every rule of every active state; those to follow, outer states' first, with their numbers."""
        chosen: list[tuple[Active, int, Rule]] = []
        for active, rules in self._asking:
            goes, was = False, active.was
            for index, rule, condition in rules:
                now = condition(active) is True
                if not rule.go:
                    if now and not was.get(index, False):
                        chosen.append((active, index, rule))
                    was[index] = now
                elif now and not goes and self._leads_on(active, rule.go):
                    chosen.append((active, index, rule))
                    goes = True
        return chosen

    def _asked(self, state: State) -> Asked:
        rules = self._rules.get(id(state))
        if rules is None:
            rules = tuple((index, rule, self.formulas.of(rule.when)) for index, rule in enumerate(state.rules))
            self._rules[id(state)] = rules
        return rules

    def _follow(self, chosen: list[tuple[Active, int, Rule]]) -> None:
        mark = self._entries
        for active, index, rule in chosen:
            if active not in self._everyone or (rule.go and not self._free(active, rule.go, mark)):
                continue
            where = f"{'.'.join(active.path) or 'scenario'}.rules[{index}]"
            reason = self.causes.behind(rule.when, active.cause)
            cause = self.emit(Draft("scenario", "rule_fired", where, rule.go or None, rule.words, reason))
            if restless := self._unrest.fired(where, self.world.clock):
                because = f"these rules fired {OFTEN} times within a second and do not settle"
                self.emit(Draft("engine", "fault", ", ".join(restless), because=because, cause=cause))
            if rule.go:
                self._go(active, rule, cause)
                self._changed()
            else:
                self._run(rule.do, active, cause)
            if self.over:
                return

    def _leads_on(self, active: Active, go: str) -> bool:
        """Whether going there changes anything: one can be there already, or nothing be left that `out` could leave."""
        if go == OUT:
            return bool(active.children) or (bool(active.path) and not inner(active.state))
        return go == END or go not in self.names

    def _free(self, active: Active, go: str, mark: int) -> bool:
        """Whether a rule can still be followed: it leads on, and leaves nothing that was entered in this tick, after `mark`."""
        if not self._leads_on(active, go):
            return False
        return all(one.entry <= mark for left in self._leaves(active, go) for one in left.everyone())

    def _leaves(self, active: Active, go: str) -> list[Active]:
        """The outermost states that a rule leaves."""
        if go == END:
            return []
        if go == OUT:
            return list(active.children.values()) or [active]
        holder, ((region, _), *_) = self._holder(go)
        return [holder.children[region]] if region in holder.children else []

    def _go(self, active: Active, rule: Rule, cause: int) -> None:
        """Follow a rule that goes somewhere: leave, do what the rule says, enter (SCXML appendix D: exit, content, enter)."""
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
            states = dict(inner(holder.state))[region].states
            holder.children[region] = self._enter(states[name], (*holder.path, name), cause, rule.words, tuple(towards))

    def _holder(self, target: str) -> tuple[Active, Way]:
        """The innermost active state around `target`, and the way on from there; the target itself is not active."""
        assert self._root is not None
        here, way = self._root, self._ways[target]
        while (child := here.children.get(way[0][0])) is not None and child.path[-1] == way[0][1]:
            here, way = child, way[1:]
        return here, way

    def _parent(self, active: Active) -> Active:
        return next(other for other in self._everyone if any(child is active for child in other.children.values()))

    def _overflow(self, expression: Expression, active: Active) -> None:
        # Without its folder: a log is the same wherever the scene lies.
        file = expression.span.file.replace("\\", "/").rpartition("/")[2]
        where = f"{file}:{expression.span.line}:{expression.span.column}"
        if where not in self._overflown:
            self._overflown.add(where)
            because = f"a number grew beyond {LARGEST:.0f} and is held there"
            self.emit(Draft("engine", "fault", where, because=because, cause=active.cause))

    # --- snapshot

    def snapshot(self) -> dict[str, Any]:
        """All that can change, sharing nothing that changes with the scenario."""
        return {
            "root": None if self._root is None else self._root.copy(),
            "entries": self._entries,
            "memory": dict(self._memory),
            "over": self.over,
            "ended_by": self.ended_by,
            "doer": self.doer.snapshot(),
            "unrest": self._unrest.snapshot(),
            "overflown": set(self._overflown),
        }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Become what `snapshot` was taken of."""
        self._root = None if snapshot["root"] is None else snapshot["root"].copy()
        self._changed()
        self._entries = snapshot["entries"]
        self._memory = dict(snapshot["memory"])
        self.over = snapshot["over"]
        self.ended_by = snapshot["ended_by"]
        self.doer.restore(snapshot["doer"])
        self._unrest.restore(snapshot["unrest"])
        self._overflown = set(snapshot["overflown"])
