"""Both scenes are finished by bodies that have no hands: by looking, by one switch, by keys, by words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.session import Event, Session
from engine.spec.load import load_scene
from engine.world.joints import place_of
from engine.world.vectors import Vec3, look_at
from headset.inputs import Command, Key, Person, Pose
from tests.interaction.ward import control_at

TASKS = (
    ("press", "bell", "button", 1),
    ("pick", "mask", "", 1),
    ("place", "mask", "", 1),
    ("step_up", "oxygen", "dial", 10),
    ("step_up", "bed", "lever", 20),
)
"""What is to be done in breathless_bay: verb, thing, control, how often at the most."""


SAID = {"press": "press", "pick": "take", "place": "place", "step_up": "raise"}
"""What is said for each verb."""


class Body:
    """Someone without hands, who plays a session from where they are."""

    def __init__(self, scene: str) -> None:
        self.session = Session(load_scene(scene))
        self.world = self.session.world
        self.eyes: Vec3 = (0.0, 0.0, self.world.eye_height)
        self.events: list[Event] = []
        self.play(2.5, self.ahead())

    def ahead(self, *down: Key) -> Person:
        return Person(head=Pose.of(self.eyes), keys=frozenset(down))

    def play(self, seconds: float, given: Person | Command) -> None:
        self.events += self.session.step(self.session.tick + round(seconds * 100), [given])

    def do(self, verb: str, thing: str, control: str, times: int) -> None:
        raise NotImplementedError

    def enough(self, verb: str, thing: str) -> bool:
        """Whether a step has been repeated often enough."""
        level = {"oxygen": (("oxygen", "flow"), 10.0), "bed": (("bed", "backrest"), 45.0)}
        if verb != "step_up":
            return False
        value = self.world.value(level[thing][0])
        assert isinstance(value, float)
        return value >= level[thing][1]


class Looking(Body):
    """Works by looking."""

    def look(self, point: Vec3) -> Person:
        return Person(head=Pose.of(self.eyes, look_at(self.eyes, self.world.origin.local(point))))

    def do(self, verb: str, thing: str, control: str, times: int) -> None:
        self.play(1.3, self.look(self.world.origin.point((-3.0, 4.0, 4.0))))
        if control:
            point = control_at(self.world, thing, control)
        elif verb == "place" and thing == "mask":
            point = place_of(self.world, "patient", "face").position
        else:
            point = self.world.places[thing].point((0.0, 0.0, self.world.bodies[thing].size[2] / 2))
        self.play(1.3, self.look(point))
        if verb == "step_up":
            mark = next(one.point for one in self.world.marks["participant", "gaze"] if one.deed == verb)
            for _ in range(times * 100):
                if self.enough(verb, thing):
                    break
                self.play(0.01, self.look(mark))


class Keying(Body):
    """Works by keys."""

    def press(self, key: Key) -> None:
        self.play(0.1, self.ahead(key))
        self.play(0.3, self.ahead())

    def focus(self) -> tuple[str, str, str]:
        found = self.world.attention.get(("participant", "keys"))
        return (found.deed, found.thing, found.control) if found is not None else ("", "", "")

    def seek(self, wanted: tuple[str, str, str]) -> None:
        for _ in range(60):
            if self.focus() == wanted:
                return
            self.press("next")
        raise AssertionError(wanted)

    def do(self, verb: str, thing: str, control: str, times: int) -> None:
        self.seek((verb, thing, control))
        for _ in range(times):
            if not self.enough(verb, thing):
                self.press("select")


class OneSwitch(Keying):
    """Works by one switch."""

    def __init__(self, scene: str) -> None:
        super().__init__(scene)
        for wish in ("scan=one", "scan_period=0.6"):
            self.play(0.01, Command("participant", "set", wish))

    def seek(self, wanted: tuple[str, str, str]) -> None:
        for _ in range(6000):
            if self.focus() == wanted:
                return
            if not self.focus()[0]:
                self.press("select")
            self.play(0.01, self.ahead())
        raise AssertionError(wanted)


class Speaking(Body):
    """Works by words."""

    def do(self, verb: str, thing: str, control: str, times: int) -> None:
        for _ in range(times):
            if not self.enough(verb, thing):
                self.play(0.5, Command("participant", "say", f"{SAID[verb]} the {thing}"))


BODIES: tuple[Callable[[str], Body], ...] = (Looking, Keying, OneSwitch, Speaking)


@pytest.mark.parametrize("body", BODIES)
def test_the_bay_is_finished_with_every_item_met(body: Callable[[str], Body]) -> None:
    one = body("breathless_bay")
    for task in TASKS:
        one.do(*task)
    assert one.session.state == "treated"
    while one.session.state == "treated":
        one.play(1, one.ahead())
    one.eyes = (one.eyes[0], one.eyes[1], 1.6)
    one.play(2.5, one.ahead())
    one.do("press", "board", "done", 1)
    one.play(0.5, one.ahead())
    assert one.session.outcome == "finished"
    assert {item: outcome.result for item, outcome in one.session.outcomes.items()} == {
        "oxygen_in_time": "met",
        "help_called": "met",
        "sat_up": "met",
    }


@pytest.mark.parametrize("body", BODIES)
def test_every_body_has_the_same_story(body: Callable[[str], Body]) -> None:
    one = body("breathless_bay")
    for task in TASKS:
        one.do(*task)
    kinds = ("raised", "grabbed", "fitted", "released", "state_entered", "item_met")
    assert [(event.state, event.event, event.what) for event in one.events if event.event in kinds] == [
        ("", "state_entered", "untreated"),
        ("", "state_entered", "untreated.compensated"),
        ("untreated.compensated", "raised", "bell.pressed"),
        ("untreated.compensated", "item_met", "help_called"),
        ("untreated.compensated", "grabbed", "mask"),
        ("untreated.compensated", "released", "mask"),
        ("untreated.compensated", "fitted", "mask"),
        ("untreated.compensated", "state_entered", "treated"),
        ("untreated.compensated", "item_met", "oxygen_in_time"),
        ("treated", "item_met", "sat_up"),
    ]


@pytest.mark.parametrize("body", BODIES)
def test_the_stone_of_the_lake_is_held_and_put_back(body: Callable[[str], Body]) -> None:
    one = body("lakeside")
    while one.session.tick < 3000:
        one.play(1, one.ahead())
    one.do("pick", "stone", "", 1)
    one.play(5, one.ahead())
    one.do("place", "stone", "", 1)
    one.play(1, one.ahead())
    told = [(event.event, event.what) for event in one.events if event.event in ("grabbed", "released", "haptic")]
    assert told[0] == ("grabbed", "stone")
    assert ("haptic", "stone") in told
    assert told[-1] == ("released", "stone")
