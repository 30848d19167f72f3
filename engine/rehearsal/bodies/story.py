"""The story of a session: what happened that means something, whoever did it, with what body and how quickly.

Two bodies that do what a scene asks for have the same story. It knows neither positions nor times nor sides, of a value only
which of the scene's comparisons with it hold, and nothing of reminders that come with time alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engine.rehearsal.bodies.asked import paths
from engine.rehearsal.goals import FLIPPED, Seen, conditions
from engine.session import Event
from engine.spec.expression import Comparison, Expression, Flag, In, Name, Value, number, walk
from engine.spec.model import SceneSpec
from engine.world import World

MEANT = (
    "state_entered",
    "rule_fired",
    "raised",
    "grabbed",
    "fitted",
    "changed",
    "item_met",
    "item_missed",
    "item_late",
    "item_open",
    "session_ended",
)
"""Events that a story is made of."""

PEOPLE = ("participant",)
"""Whose doing is part of a story where the scenario's own is not: what it changes goes by time."""


HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": float.__lt__,
    "<=": float.__le__,
    "==": float.__eq__,
    "!=": float.__ne__,
    ">=": float.__ge__,
    ">": float.__gt__,
}

Bound = tuple[str, float]
"""A comparison of the scene's with a value, `>= 10`."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Something that happened: in which state, what, with which thing or value, and which comparisons with the value hold."""

    state: str
    event: str
    subject: str
    bucket: str = ""

    def __str__(self) -> str:
        """In words."""
        bucket = f" ({self.bucket})" if self.bucket else ""
        return f"{self.event.replace('_', ' ')} {self.subject}{bucket}{f' in {self.state}' if self.state else ''}"


def story_of(events: Iterable[Event], scene: SceneSpec, world: World) -> tuple[Chapter, ...]:
    """The story that a log tells. `world` is that of its session: it knows what bounds are worth that go by parameters."""
    bounds, timed = _bounds(scene, world), _timed(scene)
    last: dict[str, str] = {}
    found: list[Chapter] = []
    for event in events:
        if event.event not in MEANT:
            continue
        if event.event == "rule_fired" and event.what in timed:
            continue
        bucket = ""
        if event.event in ("grabbed", "fitted", "changed"):
            if event.who not in PEOPLE:
                continue
            if event.event == "grabbed" and "." in event.what:
                continue  # hands take hold of a dial to turn it, and a gaze does not
        if event.event == "changed":
            bucket = _bucket(event.value, bounds.get(event.what, ()))
            if last.get(event.what) == bucket:
                continue
            last[event.what] = bucket
        if event.event in ("fitted", "session_ended"):
            bucket = str(event.value)
        found.append(Chapter(event.state, event.event, event.what, bucket))
    return tuple(found)


def parting(one: Sequence[Chapter], other: Sequence[Chapter]) -> str:
    """Where a story parts from another, in words; empty if it does not."""
    for index, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return f"at {index + 1}: '{mine}', not '{theirs}'"
    if len(one) == len(other):
        return ""
    longer, word = (one, "there is also") if len(one) > len(other) else (other, "there is no")
    return f"at {min(len(one), len(other)) + 1}: {word} '{longer[min(len(one), len(other))]}'"


def _bucket(value: Value | None, bounds: Sequence[Bound]) -> str:
    """Which of the scene's comparisons with a value hold."""
    if isinstance(value, (str, bool)) or value is None:
        return str(value)
    return " and ".join(
        f"{'' if HOLDS[operator](float(value), bound) else 'not '}{operator} {bound:g}" for operator, bound in bounds
    )


def _bounds(scene: SceneSpec, world: World) -> dict[str, tuple[Bound, ...]]:
    """Property → all that the scene's conditions compare it with, the least first."""
    found: dict[str, set[Bound]] = {}
    asked: list[Expression] = [when for when, _ in conditions(scene.scenario, later=False)]
    asked += [item.expect for item in scene.checklist.values()]
    for when in asked:
        for node in walk(when):
            if isinstance(node, Comparison):
                sides = ((node.left, node.operator, node.right), (node.right, FLIPPED[node.operator], node.left))
                for name, operator, bound in sides:
                    if isinstance(name, Name) and len(name.path) == 2 and isinstance(world.value(name.path), (int, float)):
                        worth = _worth(world, bound)
                        if worth is not None:
                            found.setdefault(".".join(name.path), set()).add((operator, worth))
    return {path: tuple(sorted(bounds, key=lambda one: (one[1], one[0]))) for path, bounds in found.items()}


def _timed(scene: SceneSpec) -> set[str]:
    """The rules that go nowhere, and fire for nothing but time: reminders, which the slower hear and the quicker do not."""
    return {
        f"{path or 'scenario'}.rules[{index}]"
        for path, state in paths(scene.scenario)
        for index, rule in enumerate(state.rules)
        if not rule.go and not any(isinstance(node, (Flag, Comparison, In)) for node in walk(rule.when))
    }


def _worth(world: World, bound: Expression) -> float | None:
    """What a bound is worth; None if it is no number that can be reckoned from values."""
    try:
        return float(number(bound, Seen(world)))
    except TypeError:
        return None
