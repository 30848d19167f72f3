"""A scene that was changed while it plays: its session goes on where the old one stands, as far as the change lets it.

What goes on: the person, the session's tick and the scene's clock; every value, and every thing's place, whose start is the
same in both scenes; what moves values; states, as long as each that is active is there by its name, with the same regions inside.
Else the scenario begins again, and the event `reloaded` says so. Hands let go of what they hold. A condition's `for` counts anew,
and a rule that only does, in a state whose rules were changed, waits until its condition turns true again.

This is a tool for authors: a session that was reloaded is none that can be replayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.scenario.active import Active, inner
from engine.scenario.motion import Drift
from engine.session.log import Event
from engine.session.session import Session
from engine.spec.model import State
from engine.world import World, build
from engine.world.events import Draft

GOES_ON = ("tick", "count", "stopped_by", "commands", "preferences", "felt", "limits", "consents", "signals", "causes")
"""What of a session's state no change of its scene can touch."""

WENT_ON, BEGAN_AGAIN = "went on", "began again"
"""What the event `reloaded` has as its value."""


def succeed(after: Session, before: Session) -> list[Event]:
    """Let a session that has not begun take over from one of the scene as it was; the events of that: what hands let go of,
    `reloaded`, and what the scenario did if it began again."""
    before._events = []
    before._bodies.end()
    before._hands.drop_all()
    old, new = before.snapshot(), after.snapshot()
    was = build(before.scene)
    same_things = {name: body.card for name, body in was.bodies.items()} == {
        name: body.card for name, body in after.world.bodies.items()
    }
    why, root = _rebased(old["scenario"]["root"], after)
    new |= {name: old[name] for name in GOES_ON}
    new["bodies"]["way_out"] = old["bodies"]["way_out"]
    new["world"] = _world(old["world"], was, after.world, went_on=not why)
    if same_things:
        new["hands"] = old["hands"]
    if not why:
        new["scenario"] = _scenario(old["scenario"], root, after)
        if before.scene.checklist == after.scene.checklist:
            new["checklist"] = old["checklist"]
            new["world"]["outcomes"] = old["world"]["outcomes"]
        if set(was.rooms) == set(after.world.rooms):
            new["zones"] = old["zones"]
        if same_things:
            new["monitors"] = old["monitors"]
            new["world"] |= {name: old["world"][name] for name in ("monitors", "hearts")}
    after.restore(new)
    because = f"scene {after.scene.digest}"
    after._events, after._state = list(before._events), before._state
    reloaded = Draft(
        "engine", "reloaded", after.scene.name, BEGAN_AGAIN if why else WENT_ON, f"{because}; {why}" if why else because
    )
    number = after._emit(reloaded)
    if why:
        after._scenario.begin(number)
    elif after._scenario._root is not None:
        _drift_anew(after, number)
    return after._events


def _rebased(root: Active | None, after: Session) -> tuple[str, Active | None]:
    """The active states as those of the new scene; or why that cannot be."""
    if root is None:
        return "the scenario was over", None
    copy = root.copy()
    return _rebase(copy, after.scene.scenario), copy


def _rebase(active: Active, state: State) -> str:
    """Make an active state that of another scene; empty, or why it cannot be one."""
    where = ".".join(active.path) or "the scenario"
    if [region for region, _ in inner(active.state)] != [region for region, _ in inner(state)]:
        return f"{where} has other states inside"
    if active.step >= len(state.steps) and active.round < active.rounds and active.state.steps:
        return f"{where} has no step {active.step + 1} any more"
    if _words(active.state) != _words(state):
        active.was = dict.fromkeys(range(len(state.rules)), True)
    active.since = {}
    active.state = state
    holders = dict(inner(state))
    for region, child in active.children.items():
        name = child.path[-1]
        if name not in holders[region].states:
            return f"{where} has no state '{name}' any more"
        if why := _rebase(child, holders[region].states[name]):
            return why
    return ""


def _words(state: State) -> list[tuple[str, str]]:
    return [(rule.words, rule.go) for rule in state.rules]


def _names(state: State) -> set[str]:
    """The names of all states inside one."""
    found: set[str] = set()
    for _, holder in inner(state):
        for name, one in holder.states.items():
            found |= {name} | _names(one)
    return found


def _world(old: Mapping[str, Any], was: World, now: World, *, went_on: bool) -> dict[str, Any]:
    """The new world's state: what began alike in both goes on as it is."""
    fresh = now.snapshot()
    state = fresh | {"people": old["people"], "paused": old["paused"]}
    if was.origin == now.origin:
        state["origin"] = old["origin"]
    if not went_on:
        return state
    state["clock"] = old["clock"]
    for name, start in (("places", was.places), ("properties", was.properties)):
        values = fresh[name]
        for one, value in values.items():
            if one in start and one in old[name] and start[one] == value and (name == "places" or _alike(one, was, now)):
                values[one] = old[name][one]
        state[name] = values
    there = set(now.bodies)
    state["fitted"] = {thing: at for thing, at in old["fitted"].items() if thing in there and at[0] in there}
    state["raised"] = {
        one: far for one, far in old["raised"].items() if one[0] in there and one[1] in now.bodies[one[0]].card.flags
    }
    state["sounds"] = {name: began for name, began in old["sounds"].items() if name in now.scene.things}
    text = now.scene.text
    state["lines"] = {who: replace(line, text=text[line.key]) for who, line in old["lines"].items() if line.key in text}
    return state


def _alike(path: tuple[str, ...], was: World, now: World) -> bool:
    """Whether a property is declared alike: a variable with the same limits, or a live property of the same kind."""
    if len(path) == 1:
        limits = [
            (one.low, one.high, one.choices) if (one := world.scene.variables.get(path[0])) is not None else None
            for world in (was, now)
        ]
        return limits[0] == limits[1]
    thing, prop = path[0], path[1]
    both = [world.bodies[thing].card.live.get(prop) if thing in world.bodies else None for world in (was, now)]
    return both[0] == both[1]


def _scenario(old: Mapping[str, Any], root: Active | None, after: Session) -> dict[str, Any]:
    """The scenario's state, of what the new scene still has."""
    names, properties, text = _names(after.scene.scenario), after.world.properties, after.scene.text
    doer = old["doer"]
    motions = doer["motions"]
    return {
        **old,
        "root": root,
        "memory": {where: name for where, name in old["memory"].items() if name in names},
        "doer": {
            **doer,
            "motions": {
                "running": {path: motion for path, motion in motions["running"].items() if path in properties},
                "rates": {},
                "changed": set(),
            },
            "speech": {who: waiting for who, waiting in doer["speech"].items() if waiting[0] in text},
        },
    }


def _drift_anew(after: Session, cause: int) -> None:
    """Let the active states' drifts, as the new scene has them, go on from where values are."""
    scenario = after._scenario
    motions = scenario.doer.motions
    motions.running = {path: motion for path, motion in motions.running.items() if not isinstance(motion, Drift)}
    assert scenario._root is not None
    for active in scenario._root.everyone():
        for path, rate in active.state.drift.items():
            glide = motions.running.get(path)
            motions.drift(path, scenario.formulas.number(rate, active), active.entry, cause)
            if glide is not None:  # a newer change runs; the drift rests until it is over
                motions.running[path] = glide
