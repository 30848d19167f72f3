"""How long a session can last, at the shortest and at the longest, and the way that takes so long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

from engine.authoring.prove.chart import Chart, Spot
from engine.authoring.prove.explore import END, Graph, Node
from engine.authoring.prove.tracks import Owner, Still
from engine.authoring.prove.truth import TICK, UNSURE, Holder, View
from engine.authoring.prove.values import Range

_FRESH = Holder(Range(0.0, 0.0), UNSURE)
"""A state that has just been entered, of whose own doings nothing is known."""


@dataclass(frozen=True, slots=True)
class Leg:
    """Some time in one configuration, or in a loop of them, and the rule that ended it."""

    states: tuple[str, ...]
    seconds: float
    words: str


@dataclass(frozen=True, slots=True)
class Length:
    """A length of a session in seconds, and the way there. Infinite: nothing ends it in the last leg."""

    seconds: float
    legs: tuple[Leg, ...]


def shortest(graph: Graph) -> Length:
    """The shortest way to the end. Its seconds are infinite if no way leads there."""
    times, ways = _earliest(graph)
    legs: list[Leg] = []
    at = END
    while at in ways:
        before, words, seconds = ways[at]
        legs.insert(0, Leg(graph.nodes[before].config.innermost, seconds, words))
        at = before
    return Length(times.get(END, inf), tuple(legs))


def earliest(graph: Graph) -> Mapping[str, float]:
    """The earliest second at which a session can be in each configuration; those it never is in are left out."""
    return _earliest(graph)[0]


def _earliest(graph: Graph) -> tuple[dict[str, float], dict[str, tuple[str, str, float]]]:
    """The earliest second of each configuration, and from which one, by which rule, after how long (Dijkstra 1959).

    Where ways with unlike pasts were put together, how long an outer state has been active is forgotten; that it was not entered
    before its first configuration is not.
    """
    times, ways = dict.fromkeys(graph.starts, 0.0), {}
    entered: dict[Owner, float] = {}
    waiting = [(0.0, start) for start in graph.starts]
    while waiting:
        now, key = heappop(waiting)
        if key == END or now > times[key]:
            continue
        node = graph.nodes[key]
        for spot in node.config.root.everyone():
            entered.setdefault(spot.path, now)
        for edge in node.edges:
            soonest = entered[edge.at] + _anything(graph).truth(edge.rule.when, _FRESH).may.first
            then = max(now + edge.first, soonest)
            for target in edge.targets:
                if then < times.get(target, inf):
                    times[target], ways[target] = then, (key, edge.rule.words, then - now)
                    heappush(waiting, (then, target))
    return times, ways


def longest(graph: Graph) -> Length:
    """The longest that a session can last."""
    loops = _components(graph)
    place = {key: index for index, keys in enumerate(loops) for key in keys}
    found: dict[str, Length] = {END: Length(0.0, ())}
    for index, keys in enumerate(loops):
        if len(keys) == 1 and not any(keys[0] in edge.targets for edge in graph.nodes[keys[0]].edges):
            found[keys[0]] = _alone(graph.nodes[keys[0]], found)
            continue
        bound = _bound(graph, keys)
        on = [
            (edge.rule.words, found[target])
            for key in keys
            for edge in graph.nodes[key].edges
            for target in edge.targets
            if target == END or place[target] != index
        ]
        words, rest = max(on, key=lambda one: one[1].seconds, default=("", Length(0.0, ())))
        states = tuple(dict.fromkeys(name for key in keys for name in graph.nodes[key].config.innermost))
        whole = Length(bound + rest.seconds, (Leg(states, bound, words), *rest.legs))
        found |= dict.fromkeys(keys, whole)
    return max((found[start] for start in graph.starts), key=lambda one: one.seconds)


def _alone(node: Node, found: Mapping[str, Length]) -> Length:
    if node.stay == inf:
        return Length(inf, (Leg(node.config.innermost, inf, ""),))
    ways = [(edge, found[target]) for edge in node.edges for target in edge.targets]
    if not ways:
        return Length(inf, (Leg(node.config.innermost, inf, ""),))
    # Of ways that take as long, the one that needs nobody makes the plainer story.
    edge, rest = max(ways, key=lambda way: (round(way[0].last + way[1].seconds, 1), way[0].sure))
    return Length(edge.last + rest.seconds, (Leg(node.config.innermost, edge.last, edge.rule.words), *rest.legs))


def _bound(graph: Graph, keys: tuple[str, ...]) -> float:
    """How long a session can go round in a loop: an outer state stays active all the while, and time alone leads it out."""
    nodes = [graph.nodes[key] for key in keys]
    inside = set(keys)
    left = {path for node in nodes for edge in node.edges if inside & set(edge.targets) for path in edge.left}
    return min(
        (_limit(graph, nodes, spot, inside) for spot in nodes[0].config.root.everyone() if spot.path not in left), default=inf
    )


def _limit(graph: Graph, nodes: list[Node], spot: Spot, inside: set[str]) -> float:
    anything, best = _anything(graph), inf
    for index, rule in enumerate(spot.state.rules):
        leads_out = all(
            any(edge.at == spot.path and edge.index == index and not inside & set(edge.targets) for edge in node.edges)
            for node in nodes
        )
        if rule.go and leads_out:
            best = min(best, anything.truth(rule.when, _FRESH).must.first + TICK)
    return best


def _anything(graph: Graph) -> View:
    """What holds whatever any value is: only times are left."""
    chart, first = Chart(graph.scene), graph.nodes[graph.starts[0]].config
    tracks = {
        path: Still(track.ever if len(path) == 1 and path[0] in graph.scene.parameters else chart.whole(path))
        for path, track in first.tracks.items()
    }
    return View(graph.scene, tracks, None)


def _components(graph: Graph) -> list[tuple[str, ...]]:
    """The loops of a graph, and what is in none by itself: what a loop leads to comes before it (Tarjan 1972)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in graph.starts:
        work: list[tuple[str, Iterator[str]]] = [(start, iter(()))] if start not in order else []
        while work:
            key, targets = work[-1]
            if key not in order:
                order[key] = low[key] = len(order)
                path.append(key)
                on_path.add(key)
                targets = iter([one for edge in graph.nodes[key].edges for one in edge.targets if one != END])
                work[-1] = (key, targets)
            step = next((one for one in targets if one not in order or one in on_path), None)
            if step is not None:
                if step not in order:
                    work.append((step, iter(())))
                else:
                    low[key] = min(low[key], order[step])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[key])
            if low[key] == order[key]:
                cut = path.index(key)
                found.append(tuple(path[cut:]))
                on_path -= set(path[cut:])
                del path[cut:]
    return found
