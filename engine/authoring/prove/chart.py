"""The statechart, played with all that can be at once: which states are active, how values go, what is entered and left.

It follows `engine.scenario.statechart` step for step; where that has one value, this has all that the value can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf

from engine.authoring.prove.times import since
from engine.authoring.prove.tracks import Drifting, Gliding, Loose, Owner, Still, Track
from engine.authoring.prove.truth import NOT_EVER, TICK, Both, Holder, View
from engine.authoring.prove.values import Known, Range, join
from engine.spec.expression import Expression, Name, walk
from engine.spec.model import Change, Draw, Rule, SceneSpec, State, Step, Wait

Path = tuple[str, ...]
Way = tuple[tuple[str, str], ...]
NOTHING = Range(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """An active state: for how long it has been so as the configuration begins, and how long its own doings take in all."""

    state: State
    path: Owner
    takes: Range
    elapsed: Range = NOTHING
    children: Mapping[str, Spot] = field(default_factory=dict)
    left_out: bool = False

    def everyone(self) -> Iterator[Spot]:
        """This one and all within it, outer first."""
        yield self
        for child in self.children.values():
            yield from child.everyone()

    @property
    def key(self) -> str:
        """What tells configurations apart."""
        inner = "|".join(f"{region}:{child.key}" for region, child in self.children.items())
        return f"{'.'.join(self.path)}{'-' if self.left_out else ''}({inner})"

    def holder(self) -> Holder:
        """What its rules can ask of it."""
        if self.left_out:
            done = Both(since(0.0), since(0.0))
        elif self.children:
            done = NOT_EVER
        else:
            done = Both(since(self.takes.low - self.elapsed.high), since(self.takes.high - self.elapsed.low))
        return Holder(self.elapsed, done)


@dataclass(frozen=True)
class Config:
    """A configuration as it begins: what is active, how values go, what was last active where `resume` asks for it."""

    root: Spot
    tracks: Mapping[Path, Track]
    memory: Mapping[tuple[Owner, str], frozenset[str]]

    @cached_property
    def key(self) -> str:
        """What tells it from others."""
        return self.root.key

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its active states."""
        return frozenset(spot.path[-1] for spot in self.root.everyone() if spot.path)

    def view(self, scene: SceneSpec) -> View:
        """What its expressions are asked against."""
        return View(scene, self.tracks, self.names)

    @property
    def innermost(self) -> tuple[str, ...]:
        """The names of its innermost states, as a log writes them."""
        return tuple(".".join(spot.path) for spot in self.root.everyone() if not spot.children)


class Chart:
    """Enters, leaves and goes on, as the scene's rules say. `free` are the properties that people or the engine can set."""

    def __init__(self, scene: SceneSpec) -> None:
        self.scene = scene
        self.free = frozenset(_free(scene))

    def begin(self) -> list[Config]:
        """The configurations that a session can begin with."""
        empty = Config(Spot(self.scene.scenario, (), NOTHING), self._start(), {})
        return [replace(config, root=spot) for spot, config in self._enter(self.scene.scenario, (), empty, ())]

    def _start(self) -> dict[Path, Track]:
        found: dict[Path, Track] = {}
        for one in self.scene.parameters.values():
            if one.dimension in {"word", "truth"}:
                found[(one.name,)] = Still(frozenset(one.choices or (True, False)))
            else:
                found[(one.name,)] = Still(Range(_or(one.low, -inf), _or(one.high, inf)))
        for one in self.scene.variables.values():
            found[(one.name,)] = Still(known(one.value))
        asked = View(self.scene, found, frozenset())
        for thing in self.scene.everything.values():
            for name, slot in thing.live.items():
                value = thing.present if name == "present" else thing.values.get(name)
                start = known(slot.default) if value is None else asked.known(value) if name != "present" else frozenset([True])
                path = (thing.name, name)
                found[path] = Still(self.whole(path) if path in self.free else start)
        return found

    def limits(self, path: Path) -> tuple[float | None, float | None]:
        """The least and most of a property or variable."""
        if len(path) == 1:
            variable = self.scene.variables[path[0]]
            return variable.low, variable.high
        slot = self.scene.everything[path[0]].live[path[1]]
        return slot.low, slot.high

    def whole(self, path: Path) -> Known:
        """All that a property or variable can ever be."""
        choices: tuple[str, ...]
        if len(path) == 1:
            dimension, choices = self.scene.variables[path[0]].dimension, self.scene.variables[path[0]].choices
        else:
            slot = self.scene.everything[path[0]].live[path[1]]
            dimension, choices = slot.dimension, slot.choices
        if dimension == "truth":
            return frozenset([True, False])
        if dimension == "word":
            return frozenset(choices)
        if dimension == "thing":
            return frozenset(self.scene.everything)
        if dimension == "text":
            return frozenset(self.scene.text)
        low, high = self.limits(path)
        return Range(_or(low, -inf), _or(high, inf))

    # --- doing

    def do(self, step: Step, config: Config, owner: Owner) -> tuple[Config, Range]:
        """Begin a step's actions; how long it takes."""
        tracks, takes = dict(config.tracks), NOTHING
        for action in step:
            view = View(self.scene, tracks, config.names)
            if isinstance(action, Wait):
                takes = _longer(takes, view.number(action.time))
            elif isinstance(action, Draw):
                tracks[(action.variable,)] = Still(self.whole((action.variable,)))
            elif isinstance(action, Change):
                over = NOTHING if action.over is None else view.number(action.over)
                takes = _longer(takes, over)
                if action.property not in self.free:
                    tracks[action.property] = self._changed(action, view, over, owner)
        return replace(config, tracks=tracks), takes

    def target(self, action: Change, view: View, first: float = 0.0, last: float = 0.0) -> Known:
        """What a change brings its property to."""
        if action.to is not None:
            end = view.known(action.to, first, last)
        elif action.add is not None:
            end = view.number(action.add, first, last) + _numbers(view.track(action.property).ever)
        else:
            raise ValueError("a change has neither 'to' nor 'add'")
        return end.within(*self.limits(action.property)) if isinstance(end, Range) else end

    def _changed(self, action: Change, view: View, over: Range, owner: Owner) -> Track:
        end, start = self.target(action, view), view.track(action.property).curve if action.to is None else None
        if start is not None and action.add is not None:
            end = (start().at(0.0) + view.number(action.add)).within(*self.limits(action.property))
        if not isinstance(end, Range) or over.high == 0.0:
            return Still(end)
        return Gliding(view.track(action.property).curve().at(0.0), end, over, action.ease, owner)

    def drifting(self, prop: Path, now: Range, rate: Expression, view: View, owner: Owner) -> Track:
        """A property that drifts from `now` on. A rate that hangs on a variable was fixed as its state was entered, whatever the
        variable is now: then it can be anything."""
        if any(isinstance(one, Name) and one.path[0] in self.scene.variables for one in walk(rate)):
            return Still(self.whole(prop))
        return Drifting(now, view.number(rate), *self.limits(prop), owner)

    # --- entering

    def _enter(self, state: State, path: Owner, config: Config, towards: Way) -> list[tuple[Spot, Config]]:
        """Enter a state and its inner ones: each way that this can go."""
        tracks = dict(config.tracks)
        view = View(self.scene, tracks, config.names | {path[-1]} if path else config.names)
        for prop, rate in state.drift.items():
            if prop not in self.free:
                now = _numbers(view.track(prop).curve().at(0.0))
                tracks[prop] = self.drifting(prop, now, rate, view, path)
        config, takes = self.do(state.do, replace(config, tracks=tracks), path)
        config, steps = self._steps(state, path, config)
        ways = [(Spot(state, path, _longer(takes, steps)), config)]
        for region, inner in inners(state):
            ways = [way for spot, here in ways for way in self._inner(spot, here, region, inner, towards)]
        return ways

    def _inner(self, spot: Spot, config: Config, region: str, inner: State, towards: Way) -> Iterator[tuple[Spot, Config]]:
        further: Way = ()
        if towards and towards[0][0] == region:
            starts, further = frozenset([towards[0][1]]), towards[1:]
        else:
            starts = frozenset([inner.start]) if inner.start else frozenset[str]()
            if spot.state.resume or inner.resume:
                starts = config.memory.get((spot.path, region), starts)
        if not starts:
            yield spot, config
        for name in sorted(starts):
            for child, here in self._enter(inner.states[name], (*spot.path, name), config, further):
                yield replace(spot, children={**spot.children, region: child}), here

    def _steps(self, state: State, path: Owner, config: Config) -> tuple[Config, Range]:
        """How long the steps take, and how values go meanwhile: anywhere between, and at the last target when all are over."""
        if not state.steps:
            return config, NOTHING
        view = View(self.scene, config.tracks, config.names)
        rounds = Range(1.0, 1.0) if state.repeat is None else view.number(state.repeat)
        rounds = Range(float(max(0, int(rounds.low))), rounds.high if rounds.high == inf else float(max(0, int(rounds.high))))
        one = NOTHING
        for step in state.steps:
            one = one + self._takes(step, view)
        # A round that takes no time takes a tick, but for the last one.
        total = Range(one.low, max(one.high, TICK)) * rounds
        tracks = dict(config.tracks)
        ends: dict[Path, list[Known]] = {}
        for prop, end in (pair for step in state.steps for pair in self.written(step, view)):
            ends.setdefault(prop, []).append(end)
        for prop, brought in ends.items():
            now = tracks[prop].ever
            for end in brought:
                now = join(now, end)
            tracks[prop] = Loose(now, brought[-1] if rounds.low >= 1.0 else now, total.high, path)
        return replace(config, tracks=tracks), total

    def _takes(self, step: Step, view: View) -> Range:
        takes = NOTHING
        for action in step:
            time = action.time if isinstance(action, Wait) else action.over if isinstance(action, Change) else None
            if time is not None:
                takes = _longer(takes, view.number(time, 0.0, inf))
        return takes

    def written(self, step: Step, view: View) -> Iterator[tuple[Path, Known]]:
        """The properties that a step changes, and what to, whenever it is done while a configuration lasts."""
        for action in step:
            if isinstance(action, Draw):
                yield (action.variable,), self.whole((action.variable,))
            elif isinstance(action, Change) and action.property not in self.free:
                # To add means: to add again, perhaps.
                yield action.property, self.whole(action.property) if action.to is None else self.target(action, view, 0.0, inf)

    # --- going

    def go(self, config: Config, at: Owner, rule: Rule, first: float, last: float) -> list[Config]:
        """The configurations that a rule of the active state `at` leads to, if it fires at some moment between two."""
        if rule.go == "end":
            return []
        if rule.go == "out":
            spot = _find(config.root, at)
            holder = spot if spot.children else _parent(config.root, at)
            gone = [child for child in holder.children.values() if holder is spot or child is spot]
            later = self._later(config, first, last, gone)
            holder = _find(later.root, holder.path)
            left = {name: child for name, child in holder.children.items() if child.path not in {one.path for one in gone}}
            emptied = replace(holder, children=left, left_out=not left)
            later, _ = self.do(rule.do, later, holder.path)
            return [replace(later, root=_replaced(later.root, emptied))]
        holder, way = self._holder(config.root, rule.go)
        (region, name), *towards = way
        gone = [holder.children[region]] if region in holder.children else []
        later = self._later(config, first, last, gone)
        holder = replace(_find(later.root, holder.path), left_out=False)
        later, _ = self.do(rule.do, later, holder.path)
        inner = dict(inners(holder.state))[region]
        found = []
        for spot, here in self._enter(inner.states[name], (*holder.path, name), later, tuple(towards)):
            entered = replace(holder, children={**holder.children, region: spot})
            found.append(replace(here, root=_replaced(here.root, entered)))
        return found

    def left(self, config: Config, at: Owner, rule: Rule) -> frozenset[Owner]:
        """The paths of the states that a rule leaves."""
        if rule.go == "end":
            gone = [config.root]
        elif rule.go == "out":
            spot = _find(config.root, at)
            gone = list(spot.children.values()) or [spot]
        else:
            holder, ((region, _), *_) = self._holder(config.root, rule.go)
            gone = [holder.children[region]] if region in holder.children else []
        return frozenset(one.path for spot in gone for one in spot.everyone())

    def _later(self, config: Config, first: float, last: float, gone: list[Spot]) -> Config:
        """The configuration at some moment between two, without what the states that are left had begun."""
        left = {one.path for spot in gone for one in spot.everyone()}
        memory = dict(config.memory)
        for spot in gone:
            for one in (_parent(config.root, spot.path), *spot.everyone()):
                for region, child in one.children.items():
                    if child.path in left:
                        memory[(one.path, region)] = frozenset([child.path[-1]])
        tracks = {
            path: track.after(first, last, not isinstance(track, Still) and track.owner not in left)
            for path, track in config.tracks.items()
        }

        def aged(spot: Spot) -> Spot:
            inner = {region: aged(child) for region, child in spot.children.items()}
            return replace(spot, elapsed=spot.elapsed + Range(first, last), children=inner)

        return Config(aged(config.root), tracks, memory)

    def _holder(self, root: Spot, target: str) -> tuple[Spot, Way]:
        here, way = root, dict(_ways(self.scene.scenario, ()))[target]
        while (child := here.children.get(way[0][0])) is not None and child.path[-1] == way[0][1]:
            here, way = child, way[1:]
        return here, way


def inners(state: State) -> list[tuple[str, State]]:
    """The regions of a state: its own `states` under the empty name, then the named ones."""
    return ([("", state)] if state.states else []) + list(state.regions.items())


def known(value: float | bool | str) -> Known:
    """One value, as all that is known."""
    return frozenset([value]) if isinstance(value, (bool, str)) else Range(float(value), float(value))


def _free(scene: SceneSpec) -> Iterator[Path]:
    """What people set by controls, and what the engine sets by itself: a monitor's alarm."""
    for thing in scene.everything.values():
        yield from ((thing.name, control.sets) for control in thing.card.controls.values() if control.sets)
        if "alarm" in thing.card.live:
            yield (thing.name, "alarm")


def _ways(state: State, way: Way) -> Iterator[tuple[str, Way]]:
    for region, inner in inners(state):
        for name, one in inner.states.items():
            here = (*way, (region, name))
            yield name, here
            yield from _ways(one, here)


def _find(root: Spot, path: Owner) -> Spot:
    return next(spot for spot in root.everyone() if spot.path == path)


def _parent(root: Spot, path: Owner) -> Spot:
    return next(spot for spot in root.everyone() if any(child.path == path for child in spot.children.values()))


def _replaced(root: Spot, spot: Spot) -> Spot:
    if root.path == spot.path:
        return spot
    return replace(root, children={region: _replaced(child, spot) for region, child in root.children.items()})


def _longer(one: Range, two: Range) -> Range:
    return Range(max(one.low, two.low), max(one.high, two.high))


def _numbers(value: Known) -> Range:
    if isinstance(value, Range):
        return value
    raise TypeError("words are not added")


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
