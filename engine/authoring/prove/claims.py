"""What is claimed of a scene, and how far each claim holds.

*Never*-claims (the session never goes on for ever, no rule is dead, nothing flashes) hold on all that can be (`explore`), so what
is proved is so whatever people do. *Can*-claims (a state is reached, an item is met) need a witness: they stay open here, and
`witness` shows them by a person who does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from engine.authoring.prove.bounds import Length, earliest, longest, shortest
from engine.authoring.prove.explore import END, Graph, Node, explore, parts, whole_truth
from engine.authoring.prove.flash import FLASHES, flashing
from engine.authoring.prove.truth import TICK, View
from engine.spec.diagnostics import Span
from engine.spec.expression import After, Number
from engine.spec.model import Item, SceneSpec, State

HARD_LIMIT = 30 * 60.0
"""Seconds: no session in a headset should last longer (20 minutes with a hard end at 30 are common in trials of VR therapy; a
clinician must sign it off)."""

_NEVER = "see in which states it is asked, for how long they last, and what its values can be there; or take it out"

_SPARE = "as it stands it is a safeguard that is never needed; give it a shorter time, or leave it"

Wanted = Literal["reached", "met", "missed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, what to do about it; and how it comes about, told leg by leg."""

    code: str
    span: Span
    message: str
    remedy: str
    story: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Can:
    """Something that can happen as far as is known, and that a witness must show: a state reached, an item met or missed."""

    wanted: Wanted
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is known of a scene without playing it."""

    graph: Graph
    shortest: Length
    longest: Length
    findings: tuple[Finding, ...]
    cans: tuple[Can, ...]


def claim(scene: SceneSpec) -> Claims:
    """Look at all that a session of a scene can come to. Raises TooManyError."""
    graph = explore(scene)
    least, most = shortest(graph), longest(graph)
    findings = [*_ends(scene, most), *_dead(graph), *_flashes(graph)]
    cans = [Can("reached", state.name, state.span) for state in _states(scene.scenario) if _reached(graph, state.name)]
    for item in scene.checklist.values():
        meets, misses = _can_be_met(graph, item), _can_be_missed(graph, item)
        if meets:
            cans.append(Can("met", item.name, item.span))
        else:
            findings.append(_never_met(item))
        if misses:
            cans.append(Can("missed", item.name, item.span))
        elif meets:
            message = f"'{item.name}' is met in every session, whatever anyone does"
            findings.append(Finding("W0556", item.span, message, "ask for something that can also go wrong, or leave it out"))
    return Claims(graph, least, most, tuple(findings), tuple(cans))


def spoken(seconds: float) -> str:
    """A time as a person says it: `6 min 15 s`."""
    if seconds == inf:
        return "for ever"
    whole = int(seconds + 0.5)
    minutes, rest = divmod(whole, 60)
    return " ".join([f"{minutes} min"] * bool(minutes) + [f"{rest} s"] * bool(rest or not minutes))


def told(length: Length) -> tuple[str, ...]:
    """A way through a scene, leg by leg."""
    found = []
    for leg in length.legs:
        where = " + ".join(leg.states) or "the scenario"
        why = f", until {leg.words}" if leg.words else ""
        found.append(f"{where}: {spoken(leg.seconds)}{why}")
    return tuple(found)


def _ends(scene: SceneSpec, most: Length) -> Iterator[Finding]:
    span = scene.scenario.span
    if most.seconds == inf:
        where = " or ".join(f"'{name}'" for name in most.legs[-1].states if name) or "the scenario"
        message = f"a session can stay in {where} for ever"
        yield Finding(
            "E0550", span, message, "give it a rule that time alone meets, as in '{when: after 5 min, go: …}'", told(most)
        )
    elif most.seconds > HARD_LIMIT + 1.0:
        message = f"a session can last {spoken(most.seconds)}, and {spoken(HARD_LIMIT)} is the most that one should"
        yield Finding("E0551", span, message, "shorten it, or give the scenario a rule 'when: after 30 min, go: end'", told(most))


def _dead(graph: Graph) -> Iterator[Finding]:
    """States that nothing leads to, rules that never fire, parts of an `or` that are never the first to be true."""
    fired = {one for node in graph.nodes.values() for one in node.fired}
    firsts = [node.firsts for node in graph.nodes.values()]
    for state, path in _paths(graph.scene.scenario, ()):
        if path and not _reached(graph, state.name):
            message = f"no session ever comes to '{state.name}'"
            yield Finding("E0553", state.span, message, f"give a state that is reached a rule with 'go: {state.name}'")
            continue
        for index, rule in enumerate(state.rules):
            if (path, index) not in fired:
                yield Finding("E0554", rule.when.span, f"this rule never fires: '{rule.words}' is never true in time", _NEVER)
                continue
            for part, one in enumerate(parts(rule.when) if len(parts(rule.when)) > 1 else ()):
                seen = [known[path, index, part] for known in firsts if (path, index, part) in known]
                if seen and not any(seen):
                    stays = max(node.stay for node in graph.nodes.values() if (path, index, part) in node.firsts) - TICK
                    message = f"this part is never what fires the rule: the state is left after {spoken(stays)} at the latest"
                    remedy = _SPARE if isinstance(one, After) else "take it out, or change its value"
                    yield Finding("W0552", one.span, message, remedy)


def _flashes(graph: Graph) -> Iterator[Finding]:
    found = flashing(graph)
    if found:
        message = (
            f"this can flash '{found.path[0]}' {found.flashes} times within a second; {FLASHES} are allowed (WCAG 2.2, 2.3.1)"
        )
        yield Finding("E0557", found.span, message, "give its changes an 'over' of at least 0.4 s each, or wait between them")


def _never_met(item: Item) -> Finding:
    when = f" within {spoken(_seconds(item))}" if item.within is not None and item.since is None else ""
    return Finding(
        "E0555", item.span, f"'{item.name}' can never be met{when}", "see what 'expect' asks for, and by when it can be so"
    )


def _seconds(item: Item) -> float:
    return item.within.value if isinstance(item.within, Number) else inf


# --- items


def _can_be_met(graph: Graph, item: Item) -> bool:
    """Whether an item's condition may be true in some configuration, early enough."""
    times = earliest(graph)
    for key, node in graph.nodes.items():
        may = whole_truth(node, graph.scene, item.expect).may
        if may.first <= node.stay and key in times and times[key] + may.first <= _limit(graph, node, item) + TICK:
            return True
    return False


def _can_be_missed(graph: Graph, item: Item) -> bool:
    """Whether some way to the end leaves an item's condition untrue, or true too late; `since` may never come true at all."""
    if item.since is not None:
        return True
    sure = {key for key, node in graph.nodes.items() if whole_truth(node, graph.scene, item.expect).must.first <= _soonest(node)}
    if item.within is not None and not _in_time(graph, item, sure):
        return True
    waiting, seen = [start for start in graph.starts if start not in sure], set(graph.starts)
    while waiting:
        for edge in graph.nodes[waiting.pop()].edges:
            for target in edge.targets:
                if target == END:
                    return True
                if target not in seen and target not in sure:
                    seen.add(target)
                    waiting.append(target)
    return False


def _soonest(node: Node) -> float:
    """The earliest moment at which a configuration can be over."""
    return min((edge.first for edge in node.edges), default=inf)


def _in_time(graph: Graph, item: Item, sure: set[str]) -> bool:
    """Whether every session is in one of the configurations `sure` before the item's time is over."""
    ends = Graph(
        graph.scene,
        {
            key: node if key not in sure else _over(node, whole_truth(node, graph.scene, item.expect).must.first)
            for key, node in graph.nodes.items()
        },
        graph.starts,
    )
    first = graph.nodes[graph.starts[0]]
    return longest(ends).seconds <= _limit(graph, first, item, latest=False)


def _over(node: Node, seconds: float) -> Node:
    """A configuration that ends the session after so many seconds."""
    first = next(iter(node.edges), None)
    edges = (replace(first, first=seconds, last=seconds, targets=(END,)),) if first else ()
    return replace(node, edges=edges, stay=seconds)


def _limit(graph: Graph, node: Node, item: Item, latest: bool = True) -> float:
    if item.within is None or item.since is not None:
        return inf
    time = View(graph.scene, node.config.tracks, frozenset()).number(item.within)
    return time.high if latest else time.low


# --- states


def _reached(graph: Graph, name: str) -> bool:
    return any(name in node.config.names for node in graph.nodes.values())


def _states(state: State) -> Iterator[State]:
    return (one for one, path in _paths(state, ()) if path)


def _paths(state: State, path: tuple[str, ...]) -> Iterator[tuple[State, tuple[str, ...]]]:
    """Every state with its path; a region is a state only for what it holds."""
    yield state, path
    for inner in (state, *state.regions.values()):
        for name, one in inner.states.items():
            yield from _paths(one, (*path, name))
