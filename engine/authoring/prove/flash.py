"""Whether a scene's own timing can make light flash too fast.

WCAG 2.2 (W3C 2023), success criterion 2.3.1, allows three flashes in any second; a flash is a pair of opposing changes of a tenth
or more. Counted here is what a scene does by itself, as fast as its settings allow; what a person does with a switch is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.authoring.prove.chart import Chart, Spot
from engine.authoring.prove.explore import END, Graph
from engine.authoring.prove.truth import TICK, View
from engine.authoring.prove.values import Range
from engine.spec.diagnostics import Span
from engine.spec.model import Change, Step, Wait

FLASHES = 3
"""Flashes allowed in any second."""

SECOND = 1.0
TENTH = 0.1
"""The least change of relative luminance that counts."""

MOST = 20_000
"""Changes looked at from one beginning; a scene that makes more in a second flashes, whatever they are."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pulse:
    """A change of something's light: when, to which part (0–1) of its most, and where that is written."""

    moment: float
    path: Path
    bright: float
    span: Span


@dataclass(frozen=True, slots=True)
class Flashing:
    """What flashes too fast, how often in a second, and where the scene says so."""

    path: Path
    flashes: int
    span: Span


def flashing(graph: Graph) -> Flashing | None:
    """The first thing that can flash more often than it may, or None."""
    walker = _Walker(graph)
    for start in graph.starts:
        found = walker.look(start, frozenset())
        if found:
            return found
    for node in graph.nodes.values():
        for edge in node.edges:
            kept = frozenset(spot.path for spot in node.config.root.everyone()) - edge.left
            for target in edge.targets:
                found = walker.look(target, kept, edge.rule.do) if target != END else None
                if found:
                    return found
    return None


class _Walker:
    def __init__(self, graph: Graph) -> None:
        self.graph, self.chart = graph, Chart(graph.scene)
        self.lights = {
            (thing.name, name): name
            for thing in graph.scene.everything.values()
            for name in thing.live
            if name == "flux" or (name == "present" and "flux" in thing.live)
        }
        self.left = 0

    def look(self, key: str, kept: frozenset[Path], first: Step = ()) -> Flashing | None:
        """Follow the scene from the entering of a configuration for a second; `kept` were active before."""
        if not self.lights:
            return None
        self.left = MOST
        view = self.graph.nodes[key].config.view(self.graph.scene)
        begun = list(self._pulses(first, 0.0, view))
        return self._follow(key, kept, 0.0, begun)

    def _follow(self, key: str, kept: frozenset[Path], now: float, before: list[Pulse]) -> Flashing | None:
        node = self.graph.nodes[key]
        view = node.config.view(self.graph.scene)
        pulses = list(before)
        for spot in node.config.root.everyone():
            if spot.path not in kept:
                pulses += self._timeline(spot, now, view)
            for rule in spot.state.rules:
                both = view.truth(rule.when, spot.holder())
                if not rule.go and both.must and now + both.may.first <= SECOND:
                    pulses += self._pulses(rule.do, now + both.may.first, view)
        found = _fast(pulses)
        if found:
            return found
        for edge in node.edges:
            then = now + max(edge.first, TICK)
            self.left -= 1
            if not edge.sure or then > SECOND or self.left < 0:
                continue
            done = [pulse for pulse in pulses if pulse.moment <= then]
            still = frozenset(spot.path for spot in node.config.root.everyone()) - edge.left
            for target in edge.targets:
                more = list(self._pulses(edge.rule.do, then, view))
                found = self._follow(target, still, then, done + more) if target != END else None
                if found:
                    return found
        return None

    def _timeline(self, spot: Spot, now: float, view: View) -> Iterator[Pulse]:
        """What a state does when it is entered, and its steps as fast as they can follow one another."""
        state = spot.state
        yield from self._pulses(state.do, now, view)
        rounds = 1.0 if state.repeat is None else view.number(state.repeat).high
        done = 0
        while state.steps and now <= SECOND and done < rounds:
            began = now
            for step in state.steps:
                yield from self._pulses(step, now, view)
                now += self._takes(step, view)
            now = max(now, began + TICK)
            done += 1

    def _takes(self, step: Step, view: View) -> float:
        times = [0.0]
        for action in step:
            if isinstance(action, Wait):
                times.append(view.number(action.time).low)
            elif isinstance(action, Change) and action.over is not None:
                times.append(view.number(action.over).low)
        return max(times)

    def _pulses(self, step: Step, now: float, view: View) -> Iterator[Pulse]:
        for action in step:
            if not isinstance(action, Change) or action.property not in self.lights or now > SECOND:
                continue
            end = self.chart.target(action, view)
            if isinstance(end, Range):
                most = self.chart.limits(action.property)[1] or 1.0
                yield Pulse(now, action.property, end.low / most, action.span)
                if end.high != end.low:
                    yield Pulse(now, action.property, end.high / most, action.span)
            else:
                yield Pulse(now, (action.property[0], "flux"), 1.0 if True in end else 0.0, action.span)


def _fast(pulses: list[Pulse]) -> Flashing | None:
    for path in dict.fromkeys(pulse.path for pulse in pulses):
        mine = sorted((pulse for pulse in pulses if pulse.path == path), key=lambda pulse: pulse.moment)
        ways, last, way = 0, mine[0].bright, 0
        for pulse in mine[1:]:
            change = pulse.bright - last
            if abs(change) < TENTH:
                continue
            turn = 1 if change > 0 else -1
            ways, way, last = ways + (turn != way), turn, pulse.bright
        flashes = (ways + 1) // 2
        if flashes > FLASHES:
            return Flashing(path, flashes, mine[0].span)
    return None
