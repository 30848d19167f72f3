"""Witnesses: people who show that something can happen, by doing it in the real session.

What a witness does is a tape of inputs, hands and head, which any replay plays again. Nobody here raises an event or sets a
value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from engine.authoring.prove.claims import Can, Claims
from engine.authoring.prove.explore import END, Edge, Graph
from engine.authoring.prove.truth import TICK
from engine.rehearsal.goals import Goal, goals, wishes
from engine.rehearsal.trainee import Trainee
from engine.rehearsal.traits import CAREFUL
from engine.session import Event, Session
from engine.session.encoder import Encoder
from engine.session.log import line
from engine.session.recording import Header
from engine.spec.expression import Flag, walk
from engine.spec.model import SceneSpec
from headset.inputs import Command, Input

DISTRESSED = Flag("participant", "distressed")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a witness means to do: these goals one after another, from when the session is in one of the states `when` (empty:
    at once), and to show distress so many seconds after that."""

    name: str
    goals: tuple[Goal, ...] = ()
    when: frozenset[str] = frozenset()
    distress: float | None = None


@dataclass(frozen=True, slots=True)
class Tape:
    """What a witness did, tick by tick, and what it showed."""

    plan: str
    shows: tuple[Can, ...]
    lines: tuple[str, ...]
    """A recording, line by line."""


@dataclass(slots=True)
class Witnesses:
    """What was shown, by which tapes, and what nobody managed to show."""

    tapes: list[Tape] = field(default_factory=list)
    open: list[Can] = field(default_factory=list)


def witness(claims: Claims) -> Witnesses:
    """Let people try until all that a scene can come to is shown, or nobody has another idea."""
    found = Witnesses(open=list(claims.cans))
    for plan in _plans(claims, found):
        if not found.open:
            break
        tape = _try(claims, plan, found.open)
        if tape.shows:
            found.tapes.append(tape)
            found.open = [can for can in found.open if can not in tape.shows]
    return found


def _plans(claims: Claims, found: Witnesses) -> Iterator[Plan]:
    """Ideas, the plainest first; those that come later look at what is still to be shown."""
    scene = claims.graph.scene
    asked = goals(Session(scene).world)
    if asked:
        yield Plan("does all that the scene asks for", asked)
    yield Plan("does nothing")
    rules = (edge.rule for node in claims.graph.nodes.values() for edge in node.edges)
    if any(node == DISTRESSED for rule in rules for node in walk(rule.when)):
        yield Plan("shows distress", distress=1.0)
    for can in tuple(found.open):
        yield from _directed(claims, can, found)
    for goal in asked:
        yield Plan(f"does only {goal.name}", (goal,))
    if len(asked) > 1:
        yield Plan("does it all the other way round", tuple(reversed(asked)))


def _directed(claims: Claims, can: Can, found: Witnesses) -> Iterator[Plan]:
    """A plan for one thing to be shown: along the way of rules there, or what the item asks for."""
    if can not in found.open:
        return
    scene = claims.graph.scene
    world = Session(scene).world
    if can.wanted == "met":
        yield Plan(f"does what '{can.name}' asks for", tuple(wishes(world, scene.checklist[can.name].expect)))
        return
    if can.wanted == "missed":
        left = {goal.key for goal in wishes(world, scene.checklist[can.name].expect)}
        yield Plan(f"does all but '{can.name}'", tuple(goal for goal in goals(world) if goal.key not in left))
        return
    for way in _ways(claims.graph, can.name):
        wanted = [(claims.graph.nodes[key], edge) for key, edge in way if not edge.sure]
        if wanted:
            first, edge = wanted[0]
            distress = 0.5 if any(node == DISTRESSED for node in walk(edge.rule.when)) else None
            steps = tuple(goal for _, one in wanted for goal in wishes(world, one.rule.when))
            where = frozenset("+".join(first.config.innermost).split("+"))
            yield Plan(f"goes to '{can.name}'", steps, where, distress)


def _ways(graph: Graph, name: str) -> Iterator[list[tuple[str, Edge]]]:
    """The shortest way of rules to a state, if there is one."""
    came: dict[str, tuple[str, Edge] | None] = dict.fromkeys(graph.starts)
    waiting = list(graph.starts)
    for key in waiting:
        if name in graph.nodes[key].config.names:
            way: list[tuple[str, Edge]] = []
            step = came[key]
            while step is not None:
                way.insert(0, step)
                step = came[step[0]]
            yield way
            return
        for edge in graph.nodes[key].edges:
            for target in edge.targets:
                if target != END and target not in came:
                    came[target] = (key, edge)
                    waiting.append(target)


def _try(claims: Claims, plan: Plan, wanted: Sequence[Can]) -> Tape:
    """Play a session with someone who follows a plan, until all that is wanted is shown or the session ends."""
    scene = claims.graph.scene
    session, encoder, log = Session(scene), Encoder(), sha256()
    lines = [encoder.header(_header(scene, plan))]
    person = Trainee(session.world, CAREFUL, (0,), plan=plan.goals)
    left: dict[tuple[str, str], Can] = {(can.wanted, can.name): can for can in wanted}
    shown: list[Can] = []
    began: int | None = None if plan.when else 0
    # Nobody waits for ever: not in a scene that does.
    last = int((claims.longest.seconds + 1.0) / TICK) if claims.longest.seconds < 1e6 else int(3600 / TICK)
    while not session.over and left and session.tick < last:
        tick = session.tick + 1
        if began is None and plan.when & set(session.state.split("+")):
            began = tick
        inputs: list[Input] = [person.person(tick)] if (began is not None and plan.goals) or tick == 0 else []
        if began is not None and plan.distress is not None and tick == began + int(plan.distress / TICK):
            inputs.append(Command("participant", "distress", ""))
        events = session.step(tick, inputs)
        if inputs and (text := encoder.inputs(tick, inputs)):
            lines.append(text)
        for event in events:
            log.update(line(event).encode() + b"\n")
            can = left.pop(_shows(event), None)
            if can is not None:
                shown.append(can)
    if not session.over:
        tick, done = session.tick + 1, [Command("operator", "leave", "all that was wanted is shown")]
        for event in session.step(tick, done):
            log.update(line(event).encode() + b"\n")
        if text := encoder.inputs(tick, done):
            lines.append(text)
    lines.append(encoder.end(session.tick, log.hexdigest()))
    return Tape(plan.name, tuple(shown), tuple(lines))


def _shows(event: Event) -> tuple[str, str]:
    match event.event:
        case "state_entered":
            return ("reached", event.what.rpartition(".")[2])
        case "item_met":
            return ("met", event.what)
        case "item_missed":
            return ("missed", event.what)
        case _:
            return ("", "")


def _header(scene: SceneSpec, plan: Plan) -> Header:
    return Header(scene=scene.name, digest=scene.digest, language=scene.language, device=f"witness: {plan.name}")
