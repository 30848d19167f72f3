"""The story of a log: what it is made of, what it leaves out, and where two part."""

from __future__ import annotations

from pathlib import Path

from engine.rehearsal.bodies import Chapter, parting, story_of
from engine.session import Event, Session
from engine.spec.expression import Value
from engine.spec.load import load_scene

SCENE = load_scene("breathless_bay")
WORLD = Session(SCENE).world


def told(*events: Event) -> list[str]:
    return [str(one) for one in story_of(events, SCENE, WORLD)]


def flow(value: Value, who: str = "participant", tick: int = 0) -> Event:
    return Event(0, tick, who, "changed", "oxygen.flow", value, state="s")


def test_a_value_counts_by_the_bounds_that_the_scene_has_for_it() -> None:
    assert told(flow(1.0), flow(5.0), flow(9.9)) == ["changed oxygen.flow (not >= 10) in s"]
    assert told(flow(9.0), flow(10.0), flow(10.5), flow(9.5)) == [
        "changed oxygen.flow (not >= 10) in s",
        "changed oxygen.flow (>= 10) in s",
        "changed oxygen.flow (not >= 10) in s",
    ]
    assert told(flow(10.0)) != told(flow(9.9))


def test_it_knows_neither_time_nor_side_nor_what_goes_by_itself() -> None:
    left = Event(0, 5, "participant", "grabbed", "mask", "left", because="left hand closed on it", state="s")
    right = Event(3, 900, "participant", "grabbed", "mask", "right", because="gaze on it for 1 s", state="s")
    assert told(left) == told(right) == ["grabbed mask in s"]
    assert told(Event(0, 0, "participant", "grabbed", "oxygen.dial", "right", state="s")) == []
    assert told(flow(12.0, "scenario")) == []
    assert told(Event(0, 0, "participant", "released", "mask"), Event(0, 0, "engine", "haptic", "mask", "tap")) == []


def test_a_reminder_that_comes_with_time_alone_is_left_out() -> None:
    scene = load_scene("welcome")
    world = Session(scene).world
    fired = [Event(0, 0, "scenario", "rule_fired", f"press.rules[{index}]", "pick", state="press") for index in range(3)]
    assert [one.subject for one in story_of(fired, scene, world)] == ["press.rules[0]", "press.rules[2]"]


def test_bounds_may_go_by_parameters(tmp_path: Path) -> None:
    path = tmp_path / "made.yaml"
    path.write_text(BOUND, encoding="utf-8")
    scene = load_scene(path)
    events = [Event(0, 0, "participant", "changed", "oxygen.flow", value, state="s") for value in (3.0, 6.0)]
    found = story_of(events, scene, Session(scene).world)
    assert [one.bucket for one in found] == ["> 2 and not >= 6", "> 2 and >= 6"]


BOUND = """\
spec: 1
language: en
parameters: {enough: {default: 6 L/min, range: 1 L/min to 15 L/min}}
rooms: {bay: {size: [4 m, 4 m, 2.7 m]}}
props: {oxygen: {use: flow_dial, against: bay.north}}
people: {participant: {in: bay}}
scenario:
  start: a
  states:
    a: {rules: [{when: oxygen.flow >= enough and 2 L/min < oxygen.flow, go: end}, {when: after 9 s, go: end}]}
text:
  title: Oxygen
"""


def test_where_two_stories_part_is_told() -> None:
    one = (Chapter("s", "raised", "bell.pressed"), Chapter("s", "grabbed", "mask"))
    other = (Chapter("s", "raised", "bell.pressed"), Chapter("s", "changed", "oxygen.flow", ">= 10"))
    assert parting(one, one) == ""
    assert parting(one, other) == "at 2: 'grabbed mask in s', not 'changed oxygen.flow (>= 10) in s'"
    assert parting(one, one[:1]) == "at 2: there is also 'grabbed mask in s'"
    assert parting(one[:1], one) == "at 2: there is no 'grabbed mask in s'"
