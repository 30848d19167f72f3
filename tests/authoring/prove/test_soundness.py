"""What is proved is held against what happens: random scenes, played by random people, never leave what the proof allows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.authoring.prove.bounds import earliest, longest, shortest
from engine.authoring.prove.explore import Graph, explore
from engine.authoring.prove.truth import TICK
from engine.authoring.prove.values import Range
from engine.session import Session
from engine.spec import SceneError, SceneSpec
from headset.inputs import Command, Input
from tests.making import reaching, scene

MORE = "variables:\n  x: {default: 5.0, range: 0.0 to 10.0}\n  mood: {default: low, choices: [low, high]}\n"
STATES = ("a", "b", "c", "d")
ALLOWED = 2 * TICK

numbers = st.integers(0, 20).map(lambda half: f"{half / 2:.1f}")
seconds = st.integers(1, 16).map(lambda half: f"{half / 2:g} s")
states = st.sampled_from(STATES)

facts = st.one_of(
    seconds.map(lambda time: f"after {time}"),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), numbers).map(lambda pair: f"x {pair[0]} {pair[1]}"),
    st.tuples(st.sampled_from(["<", ">="]), numbers, seconds).map(lambda one: f"x {one[0]} {one[1]} for {one[2]}"),
    states.map(lambda name: f"in {name}"),
    st.sampled_from(["done", "mood == high", "mood != high", "stone held", "participant distressed", "stone held for 1 s"]),
)
conditions = st.one_of(
    facts,
    st.tuples(facts, st.sampled_from(["and", "or", "and not"]), facts).map(" ".join),
    facts.map(lambda fact: f"not {fact}"),
)
actions = st.one_of(
    st.tuples(numbers, seconds).map(lambda pair: f"{{change: x, to: {pair[0]}, over: {pair[1]}}}"),
    numbers.map(lambda number: f"{{change: x, to: {number}}}"),
    st.sampled_from(["{change: x, add: 1.0}", "{change: x, add: -2.0, over: 1 s}"]),
    st.sampled_from(["{change: mood, to: high}", "{change: mood, to: low}", "{wait: 1 s}", "{draw: mood}"]),
)
rates = st.integers(-8, 8).map(lambda quarter: f"{quarter / 4:+.2f}/s")


@st.composite
def bodies(draw: st.DrawFn, targets: tuple[str, ...]) -> list[str]:
    """A state's own lines; its rules lead to some of `targets`."""
    lines = []
    if draw(st.booleans()):
        lines.append(f"do: {draw(actions)}")
    if draw(st.booleans()):
        lines += [f"repeat: {draw(st.integers(1, 3))}", f"steps: [{draw(actions)}, {draw(actions)}]"]
    if draw(st.booleans()):
        lines.append(f"drift: {{x: {draw(rates)}}}")
    lines.append("rules:")
    going = st.sampled_from(targets).map(lambda name: f"go: {name}")
    for _ in range(draw(st.integers(0, 3))):
        what = draw(st.one_of(going, actions.map(lambda one: f"do: {one}"), st.just("go: out")))
        lines.append(f"  - {{when: {draw(conditions)}, {what}}}")
    lines.append(f"  - {{when: after {draw(seconds)}, go: {draw(st.sampled_from((*targets, *targets, 'end')))}}}")
    return lines


def within(lines: list[str], depth: int) -> list[str]:
    return [" " * depth + line for line in lines]


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Three states, one of which has a fourth and perhaps a fifth inside; an end after 30 s."""
    lines = ["start: a", "rules: {when: after 30 s, go: end}", "states:"]
    for name in ("a", "b", "c"):
        lines += [f"  {name}:", *within(draw(bodies(STATES)), 4)]
    lines += ["    start: d", "    resume: true", "    states:", "      d:", *within(draw(bodies(STATES)), 8)]
    if draw(st.booleans()):
        lines += ["      e:", *within(draw(bodies(STATES)), 8)]
    return "\n".join(lines)


@st.composite
def regions(draw: st.DrawFn) -> str:
    """Two regions of two states each; an end after 30 s."""
    lines = ["rules: {when: after 30 s, go: end}", "regions:"]
    for region, names in (("one", ("a", "b")), ("two", ("c", "d"))):
        lines += [f"  {region}:", f"    start: {names[0]}", "    states:"]
        for name in names:
            lines += [f"      {name}:", *within(draw(bodies(names)), 8)]
    return "\n".join(lines)


def written(scenario: str) -> SceneSpec | None:
    with TemporaryDirectory() as folder:
        try:
            return scene(Path(folder), scenario, MORE)
        except SceneError:
            return None


def played(graph: Graph, session: Session, acts: list[tuple[int, str]]) -> float:
    """Play a session to its end; see at every tick that it is within the proof. Its length in seconds."""
    by_states: dict[str, list[str]] = {}
    for key, node in graph.nodes.items():
        by_states.setdefault("+".join(node.config.innermost), []).append(key)
    firsts = earliest(graph)
    here, since, squeeze = "", 0, 0
    due = dict(acts)
    while not session.over:
        tick = session.tick + 1
        inputs: list[Input] = []
        if tick in due:
            squeeze = 100 - squeeze if due[tick] == "hand" else squeeze
            inputs = [reaching(session, "stone", squeeze)] if due[tick] == "hand" else [Command("operator", "distress", "")]
        entered = any(event.event == "state_entered" for event in session.step(tick, inputs))
        if session.over:
            break
        now = session.state
        assert now in by_states, f"'{now}' at {tick} was said to be impossible"
        if entered or now != here:
            here, since = now, tick
        assert (tick - since) * TICK <= max(graph.nodes[key].stay for key in by_states[now]) + ALLOWED
        assert tick * TICK >= min(firsts[key] for key in by_states[now]) - ALLOWED
        for path in (("x",), ("mood",)):
            value = session.world.value(path)
            assert any(_can_be(graph, key, path, value) for key in by_states[now]), f"{path[0]} is {value} in '{now}' at {tick}"
    return session.tick * TICK


def _can_be(graph: Graph, key: str, path: tuple[str, ...], value: float | bool | str) -> bool:
    ever = graph.nodes[key].config.tracks[path].ever
    if isinstance(ever, Range):
        return isinstance(value, (int, float)) and ever.low - 1e-6 <= value <= ever.high + 1e-6
    return value in ever


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.one_of(nested(), regions()), st.lists(st.tuples(st.integers(1, 2500), st.sampled_from(["hand", "distress"])), max_size=8)
)
def test_no_session_does_what_was_proved_impossible(scenario: str, acts: list[tuple[int, str]]) -> None:
    spec = written(scenario)
    if spec is None:
        return
    graph = explore(spec)
    seconds_played = played(graph, Session(spec), acts)
    assert shortest(graph).seconds - ALLOWED <= seconds_played <= longest(graph).seconds + ALLOWED
