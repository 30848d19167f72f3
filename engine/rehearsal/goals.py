"""What there is to do in a scene: read from its rules and its checklist, never from the scene's name.

A rule that asks `bell pressed` makes a goal of pressing the button that raises that flag; `oxygen.flow >= 10 L/min` of turning
the dial that sets it; `mask fitted` of putting the mask on; `stone held` of taking the stone; `lantern seen` of looking at it.
What nobody can do with their body (a vital, a time, a state) makes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NoReturn

from engine.spec.expression import AllOf, AnyOf, Comparison, Expression, Flag, Held, Name, Value, number
from engine.spec.model import State
from engine.world import World

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True, slots=True)
class Goal:
    """Something to do with a thing.

    `wanted` is what the value of a dial or lever is to be compared with by `operator`, as in `>= 10 L/min`; `due` the seconds
    within which a checklist item asks for it; `later`: only a state that the session does not begin in asks.
    """

    verb: Literal["press", "turn", "fit", "take", "look"]
    thing: str
    control: str = ""
    wanted: Expression | None = None
    operator: str = "=="
    due: float | None = None
    later: bool = False

    @property
    def name(self) -> str:
        """The thing and its control, as in `bell.button`."""
        return f"{self.thing}.{self.control}" if self.control else self.thing

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two goals the same: more of something, or less, or just so much."""
        return (self.verb, self.thing, self.control, self.operator[:1])


class Seen:
    """The scope of an expression as a person knows it: they see values, and know neither states nor times."""

    def __init__(self, world: World) -> None:
        self.world = world

    def value(self, path: tuple[str, ...]) -> Value:
        """The value of a property, parameter or variable."""
        return self.world.value(path)

    def _none(self, *_: object) -> NoReturn:
        raise TypeError("a goal's amount is reckoned from values only")

    flag = active = done = elapsed = held = _none


def goals(world: World) -> tuple[Goal, ...]:
    """All goals of a scene, those of rules in the file's order, then those that only the checklist asks for."""
    found: dict[tuple[str, str, str, str], Goal] = {}
    for goal in _all(world):
        known = found.get(goal.key)
        if known is None:
            found[goal.key] = goal
            continue
        dues = [due for due in (known.due, goal.due) if due is not None]
        found[goal.key] = replace(known, due=min(dues) if dues else None, later=known.later and goal.later)
    return tuple(found.values())


def _all(world: World) -> Iterator[Goal]:
    scene = world.scene
    for when, later in conditions(scene.scenario, later=False):
        yield from (replace(goal, later=later) for goal in wishes(world, when))
    for item in scene.checklist.values():
        due = None if item.within is None else number(item.within, Seen(world))
        yield from (replace(goal, due=due) for goal in wishes(world, item.expect))


def conditions(state: State, later: bool) -> Iterator[tuple[Expression, bool]]:
    """Every rule's condition, and whether its state is one that the session does not begin in."""
    for rule in state.rules:
        yield rule.when, later
    for name, inner in state.states.items():
        yield from conditions(inner, later or name != state.start)
    for region in state.regions.values():
        yield from conditions(region, later)


def wishes(world: World, when: Expression) -> Iterator[Goal]:
    """What hands can do to bring a condition about."""
    match when:
        case AllOf(operands) | AnyOf(operands):
            for one in operands:
                yield from wishes(world, one)
        case Held(test):
            yield from wishes(world, test)
        case Flag(thing, flag) if thing in world.bodies:
            yield from _raising(world, thing, flag)
        case Comparison(operator, Name(path), right) if len(path) == 2 and path[0] in world.bodies:
            yield from _setting(world, path, operator, right)
        case Comparison(operator, left, Name(path)) if len(path) == 2 and path[0] in world.bodies:
            yield from _setting(world, path, FLIPPED[operator], left)


def _raising(world: World, thing: str, flag: str) -> Iterator[Goal]:
    if flag == "fitted":
        yield Goal("fit", thing)
    elif flag == "seen":
        yield Goal("look", thing)
    elif flag in ("grabbed", "held") and world.bodies[thing].card.grab is not None:
        yield Goal("take", thing)
    for name, control in world.bodies[thing].card.controls.items():
        if control.raises == flag:
            yield Goal("press", thing, name)


def _setting(world: World, path: tuple[str, ...], operator: str, wanted: Expression) -> Iterator[Goal]:
    thing, prop = path
    for name, control in world.bodies[thing].card.controls.items():
        if control.sets == prop and operator != "!=" and not control.pressed:
            yield Goal("turn", thing, name, wanted, operator)


def amount(world: World, goal: Goal) -> float:
    """The value that a dial or lever is to be brought to: the detent (without detents, the hundredth of the range) that is next
    to what the scene asks for, on the right side of it; within the range."""
    control = world.bodies[goal.thing].card.controls[goal.control]
    slot = world.bodies[goal.thing].card.live[control.sets]
    low, high = slot.low or 0.0, slot.high or 0.0
    aim = wanted(world, goal)
    step = control.step or (high - low) / 100.0
    steps = (aim - low) / step
    nearest = float(int(steps + 0.5))
    exact = abs(steps - nearest) < 1e-9
    if not control.step and exact and goal.operator in ("==", ">=", "<="):
        return max(low, min(high, aim))
    whole = nearest if exact else float(int(steps))
    if goal.operator == ">" or (goal.operator == ">=" and not exact):
        whole += 1.0
    elif goal.operator == "<" and exact:
        whole -= 1.0
    return max(low, min(high, low + step * whole))


def meets(world: World, goal: Goal, value: float) -> bool:
    """Whether a value is what a goal wants."""
    bound = wanted(world, goal)
    match goal.operator:
        case ">":
            return value > bound
        case ">=":
            return value >= bound
        case "<":
            return value < bound
        case "<=":
            return value <= bound
    return value == bound


def wanted(world: World, goal: Goal) -> float:
    """What the value of a dial or lever is to be compared with, in base units."""
    assert goal.wanted is not None, f"{goal.name} has no amount"
    return number(goal.wanted, Seen(world))
