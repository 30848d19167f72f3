"""What the engine plays today of what a scene can say: one table, so that no scene promises what it does not do.

A line here goes when the thing is played. `abaton check` counts them for each scene.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from engine.spec.model import Action, Play, SceneSpec, State, Stop, Teleport, Thing


def not_played(spec: SceneSpec) -> dict[str, int]:
    """What the scene says that is typed and checked, but not played yet: the word for it, and how often it is said."""
    counts = Counter({word: count(spec) for word, count in NOT_YET.items()})
    return {word: count for word, count in counts.items() if count}


def _things(test: Callable[[Thing], bool]) -> Callable[[SceneSpec], int]:
    return lambda spec: sum(test(thing) for thing in spec.things.values())


def _actions(*kinds: type[Action]) -> Callable[[SceneSpec], int]:
    return lambda spec: sum(isinstance(action, kinds) for action in actions(spec.scenario))


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
    "rooms": lambda spec: len(spec.rooms),
    "openings": _things(lambda thing: thing.section == "openings"),
    "sounds": _things(lambda thing: thing.section == "sounds"),
    "patients": _things(lambda thing: thing.section == "people" and thing.name not in {"participant", "guide"}),
    "model files": _things(lambda thing: thing.card.name.endswith(".glb")),
    "against": _things(lambda thing: thing.place.placing == "against"),
    "beside": _things(lambda thing: thing.place.placing == "beside"),
    "hangs_from": _things(lambda thing: thing.place.placing == "hangs_from"),
    "grid": _things(lambda thing: thing.place.grid is not None),
    "fits": _things(lambda thing: bool(thing.place.fits)),
    "voice": _things(lambda thing: "voice" in thing.values),
    "play": _actions(Play),
    "stop": _actions(Stop),
    "teleport": _actions(Teleport),
    "checklist": lambda spec: len(spec.checklist),
}
"""What is not played yet, and how to count it."""
