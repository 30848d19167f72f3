"""From every state of every scene, whatever is going on: one can leave at once, and who is distressed is brought to rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.spec.model import State
from engine.world import World
from engine.world.vectors import add, cosine, look_at, sine
from headset.inputs import Command, Hand, Input, Person, Pose
from tests.interaction.ward import at
from tests.making import play, scene, told
from tests.session.nurse import Nurse


def treating(nurse: Nurse) -> None:
    """Until the patient is treated."""
    nurse.play(1)
    nurse.walk_in()
    nurse.give_mask()
    nurse.open_oxygen(220)


def after(second: float) -> Callable[[Nurse], None]:
    return lambda nurse: nurse.until(second)


WAYS: dict[tuple[str, str], Callable[[Nurse], None]] = {
    ("lakeside", "arrive"): after(1),
    ("lakeside", "breathe"): after(25),
    ("lakeside", "settle"): after(125),
    ("breathless_bay", "untreated.compensated"): after(1),
    ("breathless_bay", "untreated.failing"): after(400),
    ("breathless_bay", "treated"): treating,
    ("breathless_bay", "arrest"): after(620),
    ("breathless_bay", "debrief"): after(640),
    ("welcome", "look"): after(1),
    ("welcome", "press"): after(21),
    ("welcome", "pick"): after(61),
    ("welcome", "leave"): after(101),
}
"""(scene, innermost state) → how one comes there."""

AT_HAND = {"lakeside": "stone", "breathless_bay": "mask", "welcome": "stone"}
"""What is taken into the hand in each scene."""


@cache
def kept(where: tuple[str, str]) -> dict[str, Any]:
    nurse = Nurse(Session(load_scene(where[0])))
    WAYS[where](nurse)
    return nurse.session.snapshot()


def brought(where: tuple[str, str], meanwhile: str) -> Session:
    """A session in a state, in which something is going on."""
    session = Session(load_scene(where[0]))
    session.restore(kept(where))
    assert session.state == where[1]
    world, thing = session.world, AT_HAND[where[0]]
    if "holding" in meanwhile:
        play(session, 0.01, [at(world, world.places[thing])])
        play(session, 0.01, [at(world, world.places[thing], squeeze=100)])
        assert thing in world.held
    if "paused" in meanwhile:
        play(session, 2, [Command("operator", "pause")])
        assert world.paused
    return session


def innermost(state: State, path: str = "") -> Iterator[str]:
    if not state.states:
        yield path.removesuffix(".")
    for name, inner in state.states.items():
        yield from innermost(inner, f"{path}{name}.")


@pytest.mark.parametrize("name", AT_HAND)
def test_no_state_of_the_scenes_is_left_out_here(name: str) -> None:
    spec = load_scene(name)
    assert not spec.scenario.regions
    assert {state for scene, state in WAYS if scene == name} == set(innermost(spec.scenario))


@pytest.mark.parametrize("meanwhile", ["nothing", "holding", "paused", "holding and paused"])
@pytest.mark.parametrize("where", WAYS, ids="-".join)
def test_one_can_leave_in_the_very_tick_from_every_state(where: tuple[str, str], meanwhile: str) -> None:
    session = brought(where, meanwhile)
    before = session.tick
    events = play(session, 1, [Command("participant", "leave")])
    assert (session.outcome, session.tick, session.state) == ("left", before + 1, "")
    assert not session.world.held
    assert events[-1].event == "session_ended"


@pytest.mark.parametrize("meanwhile", ["nothing", "holding", "paused"])
@pytest.mark.parametrize("where", WAYS, ids="-".join)
def test_the_menu_button_leaves_from_every_state(where: tuple[str, str], meanwhile: str) -> None:
    session = brought(where, meanwhile)
    play(session, 1.05, [Person(left=Hand(buttons=frozenset({"menu"})))])
    assert session.outcome == "left"


def looking(world: World, bearing: float, height: float) -> Person:
    """Someone without hands, whose head looks to a bearing and a height, in degrees."""
    eyes, level = (0.0, 0.0, world.eye_height), cosine(height / 360.0)
    ahead = (sine(bearing / 360.0) * level, cosine(bearing / 360.0) * level, sine(height / 360.0))
    return Person(head=Pose.of(eyes, look_at(eyes, add(eyes, ahead))))


FISTS = Hand(grip=Pose.of((0.0, 0.3, 1.0)), squeeze=100)

GESTURES: dict[str, Callable[[World], list[tuple[float, Input]]]] = {
    "menu button": lambda _: [(1.05, Person(left=Hand(buttons=frozenset({"menu"}))))],
    "gaze": lambda world: [(2.5, looking(world, 0.0, 10.0)), (2.05, looking(world, -25.0, -30.0))],
    "switch": lambda world: [(2.05, replace(looking(world, 0.0, 0.0), keys=frozenset({"select"})))],
    "key back": lambda world: [(2.05, replace(looking(world, 0.0, 0.0), keys=frozenset({"back"})))],
    "fists": lambda _: [(1.0, Person()), (2.05, Person(left=FISTS, right=FISTS))],
    "spoken word": lambda _: [(0.01, Command("participant", "say", "I want to leave!"))],
    "operator": lambda _: [(0.01, Command("operator", "leave"))],
}
"""Every way out: what comes in, and for how long."""


@pytest.mark.parametrize(
    ("gesture", "meanwhile"),
    [(gesture, "nothing") for gesture in GESTURES]
    + [(gesture, "holding and paused") for gesture in GESTURES if gesture != "fists"],
)
@pytest.mark.parametrize("where", WAYS, ids="-".join)
def test_every_body_can_leave_from_every_state(where: tuple[str, str], gesture: str, meanwhile: str) -> None:
    session = brought(where, meanwhile)
    events: list[Event] = []
    for seconds, given in GESTURES[gesture](session.world):
        assert not session.over
        events += play(session, seconds, [given])
    assert session.outcome == "left"
    assert [event.event for event in events if event.event in ("leave", "session_ended")] == ["leave", "session_ended"]
    assert not session.world.held


@pytest.mark.parametrize("meanwhile", ["nothing", "holding"])
@pytest.mark.parametrize("where", [where for where in WAYS if where[0] == "lakeside"], ids="-".join)
def test_distress_settles_within_a_tick_from_every_state_of_the_lake(where: tuple[str, str], meanwhile: str) -> None:
    session = brought(where, meanwhile)
    events = play(session, 0.01, [Command("participant", "distress")])
    assert told(events, "distressed")
    assert session.state == "settle"
    play(session, 61)
    assert session.outcome == "finished"


@pytest.mark.parametrize("where", [where for where in WAYS if where[0] == "lakeside"], ids="-".join)
def test_distress_while_paused_settles_in_the_tick_that_goes_on(where: tuple[str, str]) -> None:
    session = brought(where, "paused")
    play(session, 5, [Command("participant", "distress")])
    assert session.state == where[1]
    play(session, 0.01, [Command("operator", "resume")])
    assert session.state == "settle"


@pytest.mark.parametrize("where", [where for where in WAYS if where[0] == "breathless_bay"], ids="-".join)
def test_distress_is_told_in_every_state_of_a_scene_that_has_no_rule_for_it(where: tuple[str, str]) -> None:
    session = brought(where, "nothing")
    events = play(session, 0.01, [Command("participant", "distress", "raised hand")])
    (said,) = [event for event in events if event.event == "distressed"]
    assert (said.because, said.state, session.state) == ("raised hand", where[1], where[1])


DEEP = """
start: work
rules: {when: participant distressed, go: rest}
states:
  work:
    do: {change: orb.scale, to: 1.0, over: 30 s}
    rules: {when: after 2 min, go: rest}
    regions:
      left:
        start: one
        states:
          one: {drift: {environment.sun: -0.1 deg/s}, rules: {when: after 3 s, go: two}}
          two:
            start: far
            states:
              far: {steps: [{wait: 3 s}, {say: hello}], rules: {when: after 10 s, go: one}}
      right:
        start: still
        states:
          still: {do: {change: stone.present, to: true}, rules: {when: stone held for 1 s, go: moved}}
          moved: {rules: {when: after 4 s, go: still}}
  rest: {do: {say: bye}, rules: {when: after 5 s, go: end}}
"""


@pytest.mark.parametrize("second", [0.0, 1.5, 2.99, 3.0, 3.01, 6.0, 13.0, 29.99, 30.0, 31.0])
def test_distress_settles_from_inner_states_and_regions_during_a_glide(second: float, tmp_path: Path) -> None:
    session = Session(scene(tmp_path, DEEP))
    if second:
        play(session, second)
    play(session, 0.01, [Command("participant", "distress")])
    assert session.state == "rest"
    scale, sun = (session.world.value(path) for path in (("orb", "scale"), ("environment", "sun")))
    play(session, 1)
    assert (session.world.value(("orb", "scale")), session.world.value(("environment", "sun"))) == (scale, sun), "all stands"
    play(session, 5)
    assert session.outcome == "finished"
