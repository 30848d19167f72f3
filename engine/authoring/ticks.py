"""What a tick of a session costs, without any picture: `measure` is part of `abaton bench`.

Each number is processor time, and the least of several runs: a session does the same each time, so what is more was the machine's
doing.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

from engine.scenario.active import Active
from engine.session import Session
from engine.spec.expression import Comparison, Name, Number
from engine.spec.load import load_scene
from engine.spec.model import Action, Haptic, Log, Rule, SceneSpec, State, Teleport
from headset.inputs import Hand, Person, Pose

RUNS = 5
TICKS = 2000
RULES = 1000


@dataclass(frozen=True, slots=True)
class Ticks:
    """Microseconds of a tick of breathless_bay with two people in it, of one with a thousand rules asked, of the slowest verb."""

    bay_us: float
    rules_us: float
    action_us: float


def measure(scene: str = "breathless_bay") -> Ticks:
    """Measure all three on this machine."""
    bay = load_scene(scene)
    return Ticks(min(_bay(bay) for _ in range(RUNS)), min(_rules(bay) for _ in range(RUNS)), _slowest_action(bay))


def _people(tick: int) -> list[Person]:
    """Two people who never stand still: what a device sends in every frame."""
    found = []
    for name, east in (("participant", 0), ("colleague", 6000)):
        head = Pose((east + tick % 50, 0, 16_000))
        hands = (Hand(Pose((east - 2000, 3000 + tick % 90, 11_000))), Hand(Pose((east + 2000, 3000 + tick % 70, 11_000))))
        found.append(Person(name, head, *hands))
    return found


def _bay(scene: SceneSpec) -> float:
    session = Session(scene)
    inputs = [_people(tick) for tick in range(TICKS)]
    began = process_time()
    for tick in range(TICKS):
        session.step(tick, inputs[tick])
    return (process_time() - began) / TICKS * 1e6


def _rules(scene: SceneSpec) -> float:
    """A thousand rules at the top, each about a value and none ever true."""
    asked = [Comparison("<", Name(("patient", "spo2")), Number(-1.0 - index)) for index in range(RULES)]
    rules = tuple(Rule(when=when, do=(Log(word="low"),)) for when in asked)
    session = Session(scene.model_copy(update={"scenario": State(rules=rules), "checklist": {}}))
    session.step(0)
    began = process_time()
    session.step(TICKS // 4)
    return (process_time() - began) / (TICKS // 4) * 1e6


def _slowest_action(scene: SceneSpec) -> float:
    """The verb that looks about most is `teleport`; the others change a value and write an event."""
    actions: tuple[Action, ...] = (Teleport(target="board"), Haptic(thing="bell"), Log(word="low"))
    return max(min(_action(scene, action) for _ in range(RUNS)) for action in actions)


def _action(scene: SceneSpec, action: Action) -> float:
    scenario = Session(scene)._scenario
    active = Active(scene.scenario, (), 0, 0, 0)
    began = process_time()
    scenario.doer.do(action, active, 0)
    return (process_time() - began) * 1e6
