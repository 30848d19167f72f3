"""What the engine plays today of what a scene can say: one table, so that no scene promises what it does not do.

A line here goes when the thing is played. `abaton check` counts them for each scene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from engine.spec.model import Action, SceneSpec, State, Thing


def not_played(spec: SceneSpec) -> dict[str, int]:
    """What the scene says that is typed and checked, but not played yet: the word for it, and how often it is said."""
    counts = Counter({word: count(spec) for word, count in NOT_YET.items()})
    return {word: count for word, count in counts.items() if count}


def _things(test: Callable[[Thing], bool]) -> Callable[[SceneSpec], int]:
    return lambda spec: sum(test(thing) for thing in spec.things.values())


def actions(state: State) -> Iterator[Action]:
    """All actions of a state and of the states in it."""
    yield from state.do
    for step in state.steps:
        yield from step
    for rule in state.rules:
        yield from rule.do
    for inner in (*state.states.values(), *state.regions.values()):
        yield from actions(inner)


NOT_YET: Mapping[str, Callable[[SceneSpec], int]] = {
    "sounds": _things(lambda thing: thing.section == "sounds"),
    "voice": _things(lambda thing: "voice" in thing.values),
    "reviewed_by": lambda spec: len(spec.reviewed_by),
    "prebrief": lambda spec: len(spec.prebrief),
    "hints": lambda spec: len(spec.hints),
    "findings": lambda spec: sum(len(thing.findings) for thing in spec.things.values()),
    "questions": lambda spec: sum(len(thing.questions) for thing in spec.things.values()),
}
"""What is not played yet, and how to count it."""
