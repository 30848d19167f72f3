"""Every configuration that a session can come to, and the rules that lead from one to the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf

from engine.authoring.prove.chart import Chart, Config, Path, Spot, inners
from engine.authoring.prove.times import Times
from engine.authoring.prove.tracks import Drifting, Gliding, Loose, Owner, Still, Track
from engine.authoring.prove.truth import TICK, Both
from engine.authoring.prove.values import Known, Range, is_within, join
from engine.spec.expression import AnyOf, Expression
from engine.spec.model import Rule, SceneSpec

PATIENCE = 3
"""Visits to a configuration after which what still grows is taken to be all that it can be, so that looking comes to an end."""

MOST = 2_000
"""Configurations that are looked at; a scene with more is told that it is too large to be proved."""

STEPS = 30_000
"""Ways from one configuration to another that are looked at: some seconds' worth."""

END = ""
"""The key of the end."""


class TooManyError(Exception):
    """A scene has more configurations than can be looked at."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule that may fire: between `first` and `last` seconds after its configuration began."""

    at: Owner
    index: int
    rule: Rule
    first: float
    last: float
    sure: bool
    """Whether time alone makes it fire."""
    left: frozenset[Owner] = frozenset()
    """The paths of the states that it leaves."""
    targets: tuple[str, ...] = ()
    """The keys of what it leads to."""


@dataclass(frozen=True, slots=True)
class Node:
    """A configuration with what can happen in it. `stay`: the longest that it lasts, in seconds; infinite if nothing ends it."""

    config: Config
    edges: tuple[Edge, ...]
    stay: float
    fired: frozenset[tuple[Owner, int]]
    """The rules without `go` that may fire here."""
    firsts: Mapping[tuple[Owner, int, int], bool]
    """(state, rule, part of its `or`) -> whether that part can be what makes the rule fire."""


@dataclass(frozen=True, slots=True)
class Graph:
    """All configurations by key, and those a session can begin with."""

    scene: SceneSpec
    nodes: Mapping[str, Node]
    starts: tuple[str, ...]


def explore(scene: SceneSpec) -> Graph:
    """All that a session of a scene can come to. Raises TooManyError."""
    chart = Chart(scene)
    found: dict[str, Config] = {}
    visits: dict[str, int] = {}
    waiting: deque[str] = deque()
    steps = 0

    def visit(config: Config) -> str:
        nonlocal steps
        steps += 1
        config, key = _settled(chart, config), config.key
        old = found.get(key)
        if len(found) > MOST or steps > STEPS:
            raise TooManyError
        visits[key] = visits.get(key, 0) + 1
        new = config if old is None else _merged(old, config, chart if visits[key] > PATIENCE else None)
        if old is None or new != old:
            found[key] = new
            if key not in waiting:
                waiting.append(key)
        return key

    starts = tuple(dict.fromkeys(visit(config) for config in chart.begin()))
    while waiting:
        config = found[waiting.popleft()]
        edges = _look(chart, config).edges
        for index, edge in enumerate(edges):
            for after in _followed(chart, config, edge, edges[index + 1 :]):
                visit(after)
    nodes = {}
    for key, config in found.items():
        node = _look(chart, config)
        edges = tuple(
            replace(
                edge,
                left=chart.left(config, edge.at, edge.rule),
                targets=tuple(dict.fromkeys(one.key for one in _followed(chart, config, edge, node.edges[index + 1 :])))
                or (END,),
            )
            for index, edge in enumerate(node.edges)
        )
        nodes[key] = replace(node, edges=edges)
    return Graph(scene, nodes, starts)


def _followed(chart: Chart, config: Config, edge: Edge, others: tuple[Edge, ...]) -> Iterator[Config]:
    """What a rule leads to, alone, or in one tick with rules of other states: those were asked before any was followed."""
    for after in chart.go(config, edge.at, edge.rule, edge.first, edge.last):
        yield after
        for index, other in enumerate(others):
            spot = next((one for one in after.root.everyone() if one.path == other.at), None)
            together = other.first <= edge.last + TICK and edge.first <= other.last + TICK
            if (
                spot is not None
                and other.at != edge.at
                and together
                and other.rule.go != "end"
                and _leads_on(after, spot, other.rule.go)
            ):
                yield from _followed(chart, after, replace(other, first=0.0, last=0.0), others[index + 1 :])


def _look(chart: Chart, config: Config) -> Node:
    """The rules of a configuration, outer ones first, and when each may be the one that fires."""
    view = config.view(chart.scene)
    rules = [
        (spot, index, rule, view.truth(rule.when, spot.holder()))
        for spot in config.root.everyone()
        for index, rule in enumerate(spot.state.rules)
    ]
    going = [(spot, index, rule, both) for spot, index, rule, both in rules if rule.go and _leads_on(config, spot, rule.go)]
    stay = min((both.must.first for _, _, _, both in going), default=inf)
    edges: list[Edge] = []
    overruled: list[tuple[float, Owner, frozenset[Owner]]] = []
    for spot, index, rule, both in going:
        # A rule further up in its own state, or one that leaves that state, is followed instead, once it must be.
        before = min((must for must, at, left in overruled if at == spot.path or spot.path in left), default=inf)
        last = _last(both.may, stay + TICK)
        if last is not None and (both.may.first < before or before == inf) and both.may.first < inf:
            edges.append(Edge(spot.path, index, rule, both.may.first, last, both.must.first < inf))
        overruled.append((both.must.first, spot.path, chart.left(config, spot.path, rule)))
    fired = frozenset(
        (spot.path, index)
        for spot, index, rule, both in rules
        if (not rule.go and both.may.first <= stay) or any(edge.at == spot.path and edge.index == index for edge in edges)
    )
    firsts = {
        (spot.path, index, part): view.truth(one, spot.holder()).may.first <= min(stay, both.must.first)
        for spot, index, rule, both in rules
        for part, one in enumerate(parts(rule.when))
    }
    return Node(config, tuple(edges), stay + TICK, fired, firsts)


def parts(when: Expression) -> tuple[Expression, ...]:
    """What a condition's `or` joins; of another condition, itself."""
    return when.operands if isinstance(when, AnyOf) else (when,)


def _last(may: Times, stay: float) -> float | None:
    window = may.until(stay)
    return window.stretches[-1][1] if window else None


def _leads_on(config: Config, spot: Spot, go: str) -> bool:
    if go == "out":
        return bool(spot.children) or (bool(spot.path) and not inners(spot.state))
    return go == "end" or go not in config.names


def _settled(chart: Chart, config: Config) -> Config:
    """The configuration with all that may yet be done while it lasts: by its rules without `go`, by steps still to come, by
    drifts that go on when what overruled them is over."""
    for _ in range(PATIENCE + 1):
        tracks, view = dict(config.tracks), config.view(chart.scene)
        drifts = _drifts(config)
        for prop, end, own in _to_come(chart, config):
            track = tracks[prop]
            if prop in drifts:
                tracks[prop] = Still(chart.whole(prop))
            elif not own and not (isinstance(track, Still) and is_within(end, track.value)):
                tracks[prop] = Still(join(track.ever, end))
            drifts.pop(prop, None)
        for prop, spots in drifts.items():
            track, last = tracks[prop], spots[-1]
            nested = all(one.path == last.path[: len(one.path)] for one in spots)
            if prop in chart.free or (isinstance(track, Drifting) and track.owner == last.path and nested):
                continue
            if nested and isinstance(track, Still) and isinstance(track.value, Range):
                if track.value != chart.whole(prop):
                    tracks[prop] = chart.drifting(prop, track.value, last.state.drift[prop], view, last.path)
            else:
                tracks[prop] = Still(chart.whole(prop))
        if tracks == config.tracks:
            return config
        config = replace(config, tracks=tracks)
    widened = {path: Still(chart.whole(path)) if track != config.tracks[path] else track for path, track in tracks.items()}
    return replace(config, tracks=widened)


def _drifts(config: Config) -> dict[Path, list[Spot]]:
    """The properties that drift, and the active states that make them, outer ones first."""
    found: dict[Path, list[Spot]] = {}
    for spot in config.root.everyone():
        for prop in spot.state.drift:
            found.setdefault(prop, []).append(spot)
    return found


def _to_come(chart: Chart, config: Config) -> Iterator[tuple[Path, Known, bool]]:
    """What may be changed at any time while a configuration lasts: the property, what to, whether its track says so already."""
    view = config.view(chart.scene)
    for spot in config.root.everyone():
        if spot.elapsed.low < spot.takes.high:
            for prop, end in (pair for step in spot.state.steps for pair in chart.written(step, view)):
                track = config.tracks[prop]
                yield prop, end, isinstance(track, Loose) and track.owner == spot.path
        for rule in spot.state.rules:
            if not rule.go and view.truth(rule.when, spot.holder()).may:
                yield from ((prop, end, False) for prop, end in chart.written(rule.do, view))


# --- putting together what two ways lead to


def _merged(old: Config, new: Config, chart: Chart | None) -> Config:
    """What is known if either was the way; with a chart, what still grows is taken to be all that it can be."""
    tracks = {}
    for path, track in old.tracks.items():
        both = _track(track, new.tracks[path])
        tracks[path] = Still(chart.whole(path)) if chart and both != track else both
    memory = {key: old.memory.get(key, frozenset()) | new.memory.get(key, frozenset()) for key in {**old.memory, **new.memory}}
    return Config(_spot(old.root, new.root, chart is not None), tracks, memory)


def _track(old: Track, new: Track) -> Track:
    if old == new:
        return old
    if isinstance(old, Drifting) and isinstance(new, Drifting) and (old.rate, old.owner) == (new.rate, new.owner):
        return replace(old, start=old.start | new.start)
    if isinstance(old, Gliding) and isinstance(new, Gliding) and (old.owner, old.ease) == (new.owner, new.ease):
        return replace(old, start=old.start | new.start, end=old.end | new.end, takes=old.takes | new.takes)
    one, two = _loose(old), _loose(new)
    lasts = max(one.lasts, two.lasts)
    anywhere, then = join(one.anywhere, two.anywhere), join(one.then, two.then)
    return Still(then) if lasts == 0.0 else Loose(anywhere, then, lasts, one.owner or two.owner)


def _loose(track: Track) -> Loose:
    match track:
        case Still():
            return Loose(track.value, track.value, 0.0, ())
        case Drifting():
            return Loose(track.ever, track.ever, inf, track.owner)
        case Gliding():
            return Loose(track.ever, track.end, track.takes.high, track.owner)
        case Loose():
            return track


def _spot(old: Spot, new: Spot, widen: bool) -> Spot:
    elapsed = old.elapsed | new.elapsed
    if widen and elapsed != old.elapsed:
        elapsed = Range(0.0, inf)
    children = {region: _spot(child, new.children[region], widen) for region, child in old.children.items()}
    takes = old.takes | new.takes
    return replace(old, elapsed=elapsed, takes=Range(0.0, inf) if widen and takes != old.takes else takes, children=children)


def whole_truth(node: Node, scene: SceneSpec, condition: Expression) -> Both:
    """When a condition that no state holds (a checklist's) may be true in a configuration, and when it must."""
    root = node.config.root
    return node.config.view(scene).truth(condition, root.holder())
