"""What a tick of a session costs, without any picture: `measure` is part of `abaton bench`.

Each number is processor time, and the least of several runs: a session does the same each time, so what is more was the machine's
doing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import process_time

from engine.interaction import Bodies, Hands, Locomotion, Wishes
from engine.rehearsal import People, play
from engine.scenario.active import Active
from engine.session import Session
from engine.session.recording import Header
from engine.spec.expression import Comparison, Name, Number
from engine.spec.load import load_scene
from engine.spec.model import Action, Haptic, Log, Rule, SceneSpec, State, Teleport
from engine.world import build
from engine.world.events import Draft
from engine.world.vectors import Transform
from headset.inputs import Hand, Key, Person, Pose

RUNS = 5
REHEARSED = 3
TICKS = 2000
RULES = 1000
THINGS = 1000


@dataclass(frozen=True, slots=True)
class Ticks:
    """Microseconds of a tick of breathless_bay with two people in it, of one with a thousand rules asked, of one with a thousand
    things that hands can take and a thousand to press, all four hands pointing, of one with half as many and also a gaze and a
    switch that go over them, of the slowest verb."""

    bay_us: float
    rules_us: float
    things_us: float
    gaze_us: float
    action_us: float
    hour_s: Mapping[str, float]
    """Seconds that an hour of each scene takes to rehearse on one core."""


def measure(scene: str = "breathless_bay") -> Ticks:
    """Measure all of it on this machine."""
    bay = load_scene(scene)
    ticks: list[float] = []

    def again(other: float) -> float:
        # On a shared processor a neighbour may slow everything for seconds: the tick is timed in between all the others.
        ticks.extend(_bay(bay) for _ in range(RUNS))
        return other

    rules = again(min(_rules(bay) for _ in range(RUNS)))
    things = again(min(_things(bay, THINGS) for _ in range(RUNS)))
    gaze = again(min(_things(bay, THINGS // 2, gaze=True) for _ in range(RUNS)))
    action = again(_slowest_action(bay))
    hours = {name: again(hour_seconds(name)) for name in ("lakeside", scene)}
    return Ticks(min(ticks), rules, things, gaze, action, hours)


def hour_seconds(scene: str) -> float:
    """Seconds that the processor works for an hour of rehearsal, by the first of its runs, recordings included."""
    spec = load_scene(scene)
    header = Header(scene, spec.digest)
    began, seconds = process_time(), 0.0
    for number in range(REHEARSED):
        run, _ = play(spec, header, People(), 7, number)
        seconds += run.seconds
    return (process_time() - began) * 3600.0 / seconds


def _people(tick: int) -> list[Person]:
    """Two people who never stand still: what a device sends in every frame."""
    found = []
    for name, east in (("participant", 0), ("colleague", 6000)):
        head = Pose((east + tick % 50, 0, 16_000))
        hands = (Hand(Pose((east - 2000, 3000 + tick % 90, 11_000))), Hand(Pose((east + 2000, 3000 + tick % 70, 11_000))))
        found.append(Person(name, head, *hands))
    return found


def _pointing(person: Person, tick: int) -> Person:
    """The same person, pointing ahead and a little about with both hands."""
    left, right = (
        replace(hand, aim=None if hand.grip is None else Pose(hand.grip.position, (8150, 200 - tick % 400, 0, aside)))
        for hand, aside in ((person.left, 300), (person.right, -300))
    )
    return replace(person, left=left, right=right)


def _gazing(tick: int) -> Person:
    """Someone whose head never stands still, and who presses a switch once a second."""
    keys: frozenset[Key] = frozenset({"next"}) if tick % 100 < 10 else frozenset()
    return Person("gazer", Pose((0, 0, 16_000), (8150, 200 - tick % 400, 0, tick % 600 - 300)), keys=keys)


def _unheard(draft: Draft) -> int:
    """Nobody keeps what happens here."""
    del draft
    return 0


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


def _things(scene: SceneSpec, count: int, *, gaze: bool = False) -> float:
    """So many masks and as many call buttons in a block a metre apart: two people's hands move among them; `gaze`: and a third
    one's gaze wanders over them, who also steps a focus through them by a switch."""
    world = build(scene)
    bodies, places = dict(world.bodies), dict(world.places)
    for index in range(count):
        x, y, z = float(index % 10), float(index // 10 % 10), float(index // 100) * 0.3
        for card in ("mask", "bell"):
            name = f"{card}_{index}"
            bodies[name], places[name] = replace(world.bodies[card], name=name), Transform((x - 4.0, y - 4.0, z))
    world = replace(world, bodies=bodies, places=places)
    # What is fitted, lies or hangs somewhere is looked up in the scene, by name.
    world.scene = scene.model_copy(update={"things": {**dict.fromkeys(bodies, scene.things["chair"]), **scene.things}})
    wishes = Wishes()
    hands = Hands(world, (), _unheard, wishes=wishes)
    others = Bodies(world, hands, Locomotion(world, _unheard, wishes, hands.busy), _unheard, wishes)
    wishes.set("gazer", "gaze=on")
    began = 0.0
    for tick in range(TICKS // 4):
        world.people.update({person.id: _pointing(person, tick) for person in _people(tick)})
        if gaze:
            world.people["gazer"] = _gazing(tick)
        if tick == 1:
            began = process_time()  # the first tick lists where everything is
        if gaze:
            others.step(tick)
        hands.step()
        world.clock += 1
    return (process_time() - began) / (TICKS // 4 - 1) * 1e6


def _slowest_action(scene: SceneSpec) -> float:
    """The verb that looks about most is `teleport`; the others change a value and write an event."""
    actions: tuple[Action, ...] = (Teleport(target="board"), Haptic(thing="bell"), Log(word="low"))
    return max(min(_action(scene, action) for _ in range(RUNS)) for action in actions)


def _action(scene: SceneSpec, action: Action) -> float:
    """Of someone who has come into the room, with the back of the bed raised and the patient with it."""
    session = Session(scene)
    session.step(0)
    session.world.origin = Transform((0.5, 0.3, 0.0))
    session.world.properties[("bed", "backrest")] = 60.0
    session.step(1)
    scenario, active = session._scenario, Active(scene.scenario, (), 0, 0, 0)
    began = process_time()
    scenario.doer.do(action, active, 0)
    return (process_time() - began) * 1e6
