"""Every kind of thing by every body without hands: the same events, each told of the same thing, with the same value.

The table of the README has a cell for each kind and interactor; those of hands name the tests that show them, those of all others
are played here, one session for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.session import Event, Session
from engine.spec.expression import Value
from engine.spec.load import load_scene
from engine.world.joints import place_of
from engine.world.vectors import Vec3, look_at
from headset.inputs import Command, Key, Person, Pose
from tests.interaction.test_kinds import LAMP
from tests.interaction.ward import control_at
from tests.making import play

ROOT = Path(__file__).parents[2]
README = (ROOT / "engine" / "interaction" / "README.md").read_text(encoding="utf-8")
ME = "participant"

SCENE = """\
spec: 1
language: en
rooms:
  bay: {size: [6 m, 5 m, 2.7 m]}
  corridor: {size: [6 m, 2 m, 2.7 m], south_of: bay}
openings:
  door: {use: clinic_door, against: bay.south, at: 2 m, open: 60 deg}
props:
  bed: {use: exam_bed, against: bay.north}
  lamp: {use: lamp, against: bay.west, at: [0.8 m, 1.2 m]}
  oxygen: {use: flow_dial, against: bay.north, at: [1 m, 1.2 m]}
  mask: {use: oxygen_mask, hangs_from: oxygen, fits: patient.face}
  bell: {use: call_button, against: bay.north, at: [1.6 m, 1.1 m]}
  units: {use: cupboard, against: bay.east}
  chair: {use: visitor_chair, against: bay.west, at: -1 m}
  stone: {use: smooth_stone, rests_on: units}
people:
  participant: {in: bay, at: [0.6 m, -0.9 m]}
  patient: {use: adult, in: bed}
scenario:
  start: stay
  states:
    stay: {rules: {when: after 20 min, go: end}}
text:
  title: A table
"""

TABLE: tuple[tuple[str, str, str, str, tuple[str, str, Value | None]], ...] = (
    ("button", "press", "bell", "button", ("raised", "bell.pressed", None)),
    ("switch", "press", "lamp", "rocker", ("changed", "lamp.lit", True)),
    ("dial", "step_up", "oxygen", "dial", ("changed", "oxygen.flow", 1.0)),
    ("knob", "step_up", "lamp", "knob", ("changed", "lamp.glow", 0.55)),
    ("lever", "step_up", "bed", "lever", ("changed", "bed.backrest", 15.0)),
    ("slider", "step_up", "units", "pull", ("changed", "units.drawer", 0.0175)),
    ("hinge", "step_up", "door", "handle", ("changed", "door.open", 65.0)),
    ("grab", "pick", "stone", "", ("grabbed", "stone", None)),
    ("let go", "place", "stone", "", ("released", "stone", None)),
    ("take", "pick", "mask", "", ("grabbed", "mask", None)),
    ("socket", "place", "mask", "", ("fitted", "mask", "patient.face")),
    ("anchor", "go", "chair", "", ("moved", "chair.seat", "bay")),
    ("area", "go", "bay", "", ("moved", "bay", "bay")),
    ("zone", "go", "corridor", "", ("entered", "corridor", None)),
)
"""Kind; deed, thing and control; the event, of what, and its value."""


class Someone:
    """A person without hands, in a session of their own."""

    def __init__(self, folder: Path, *wishes: str) -> None:
        (folder / "lamp.yaml").write_text(LAMP, encoding="utf-8")
        path = folder / "table.yaml"
        path.write_text(SCENE, encoding="utf-8")
        self.session = Session(load_scene(path, cards=folder))
        self.world = self.session.world
        self.wait(2.5)
        for wish in wishes:
            play(self.session, 0.01, [Command(ME, "set", wish)])

    def wait(self, seconds: float, *keys: Key, toward: Vec3 | None = None) -> list[Event]:
        eyes = (0.0, 0.0, 1.6)
        turn = (1.0, 0.0, 0.0, 0.0) if toward is None else look_at(eyes, self.world.origin.local(toward))
        return play(self.session, seconds, [Person(head=Pose.of(eyes, turn), keys=frozenset(keys))])

    def do(self, verb: str, thing: str, control: str) -> list[Event]:
        raise NotImplementedError


class Gazing(Someone):
    def do(self, verb: str, thing: str, control: str) -> list[Event]:
        self.wait(1.3, toward=self.world.origin.point((0.0, 1.0, 5.0)))
        points = {"bay": (0.6, -0.9, 0.0), "corridor": (2.0, -3.4, 0.0)}
        if control:
            point = control_at(self.world, thing, control)
        elif thing in points:
            point = points[thing]
        elif (verb, thing) == ("place", "mask"):
            point = place_of(self.world, "patient", "face").position
        else:
            point = self.world.places[thing].point((0.0, 0.05, self.world.bodies[thing].size[2] / 2))
        if verb == "go" and thing == "chair":
            point = self.world.places[thing].point((0.0, 0.1, 0.44))
        events = self.wait(1.2 if verb in ("press", "pick", "place") else 0.9, toward=point)
        mark = next((mark for mark in self.world.marks.get((ME, "gaze"), ()) if mark.deed == verb), None)
        return events if mark is None else events + self.wait(1.2, toward=mark.point)


class Keying(Someone):
    def focus(self) -> tuple[str, str, str]:
        found = self.world.attention.get((ME, "keys"))
        return ("", "", "") if found is None else (found.deed, found.thing, found.control)

    def press(self, key: Key) -> list[Event]:
        return self.wait(0.1, key) + self.wait(0.3)

    def do(self, verb: str, thing: str, control: str) -> list[Event]:
        for _ in range(60):
            if self.focus() == (verb, thing, control):
                return self.press("select")
            self.press("next")
        return []


class OneSwitch(Keying):
    def do(self, verb: str, thing: str, control: str) -> list[Event]:
        for _ in range(6000):
            if self.focus() == (verb, thing, control):
                return self.press("select")
            if self.focus() == ("", "", ""):
                self.press("select")
            self.wait(0.02)
        return []


class Speaking(Someone):
    def do(self, verb: str, thing: str, control: str) -> list[Event]:
        words = {"press": "press", "step_up": "more", "pick": "take", "place": "put down", "go": "go to"}[verb]
        words = "put" if (verb, thing) == ("place", "mask") else words
        return play(self.session, 0.3, [Command(ME, "say", f"{words} the {thing}")])


class Named(Someone):
    def do(self, verb: str, thing: str, control: str) -> list[Event]:
        return play(self.session, 0.3, [Command(ME, "do", f"{verb} {thing}.{control}".rstrip("."))])


BODIES: dict[str, Callable[[Path], Someone]] = {
    "gaze": Gazing,
    "keys": Keying,
    "two switches": lambda folder: Keying(folder, "scan=two"),
    "one switch": lambda folder: OneSwitch(folder, "scan=one", "scan_period=0.5"),
    "words": Speaking,
    "name": Named,
}


@pytest.mark.parametrize("body", BODIES)
def test_every_kind_does_the_same_for_every_body_without_hands(tmp_path: Path, body: str) -> None:
    someone = BODIES[body](tmp_path)
    for kind, verb, thing, control, (event, what, value) in TABLE:
        found = [one for one in someone.do(verb, thing, control) if (one.event, one.what) == (event, what)]
        assert found, f"{body} cannot {verb} {thing}: {kind}"
        assert found[0].who == ME
        if value is not None:
            assert found[0].value == (pytest.approx(value) if isinstance(value, float) else value), kind


def rows() -> list[list[str]]:
    """The cells of the README's table of kinds and interactors, but for its head."""
    lines = README.partition("### Kinds and interactors")[2].partition("\n## ")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]


def test_the_readme_has_a_cell_for_each_kind_and_interactor_and_each_is_shown_or_says_why_not() -> None:
    assert [row[0].strip("`") for row in rows()] == [
        *("button", "switch", "dial", "knob", "lever", "slider", "hinge"),
        *("grab", "both hands", "throw", "socket", "anchor", "area", "zone", "panel"),
    ]
    for row in rows():
        assert len(row) == 6, row[0]
        for cell in row[1:]:
            for module, name in re.findall(r"`(\w+): (\w+)`", cell):
                source = (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
                assert f"def {name}(" in source, (module, name)
            assert re.search(r"`\w+: \w+`|test_table|none: \S", cell), (row[0], cell)
