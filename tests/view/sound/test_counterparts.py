"""Nothing is said by a sound alone: each has something that shows it, and what hands do they feel."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.host.panels import OpenPanel
from engine.interaction.buttons import FINGER
from engine.session import Session
from engine.view.calm import AT_ONCE
from engine.view.marks import FILLING, RING, figure_of
from engine.view.sound.earcons import ALARM_PEAKS, BY_PATTERN, EARCONS
from engine.view.ui import sheets
from engine.world.attention import Attention, By
from engine.world.bursts import lit
from engine.world.joints import turn_about
from engine.world.vectors import Transform, compose, look_at
from headset.inputs import Command, Person, Pose
from tests.host.pointing import pointing
from tests.interaction.ward import at, control_at, facing, onto_face, ward
from tests.view.sound.hearing import Hearing, ringing


@dataclass(frozen=True)
class Shown:
    """A moment: how it comes about, and what one sees of it then."""

    does: Callable[[Hearing], object]
    seen: Callable[[Hearing], bool]


def finger(away: float) -> Callable[[Hearing], object]:
    def move(bay: Hearing) -> object:
        world = bay.session.world
        face = world.places["bell"].local(control_at(world, "bell", "button"))
        point = world.places["bell"].point((face[0], face[1] + away + FINGER, face[2]))
        return bay.play(at(world, facing(world, "bell", point)), seconds=0.2)

    return move


def both(first: Callable[[Hearing], object], then: Callable[[Hearing], object]) -> Callable[[Hearing], object]:
    def do(bay: Hearing) -> object:
        first(bay)
        bay.device.felt.clear()
        return then(bay)

    return do


def hand(squeeze: int) -> Callable[[Hearing], object]:
    def move(bay: Hearing) -> object:
        return bay.play(at(bay.session.world, bay.session.world.places["stone"], squeeze), seconds=0.2)

    return move


def look(seconds: float) -> Callable[[Hearing], object]:
    def rest(bay: Hearing) -> object:
        eyes, world = (0.0, 0.0, 1.6), bay.session.world
        bay.play(Person(head=Pose.of(eyes, look_at(eyes, (30.0, 0.0, 6.0)))), seconds=2.5)
        head = Pose.of(eyes, look_at(eyes, world.origin.local(control_at(world, "bell", "button"))))
        return bay.play(Person(head=head), seconds=seconds)

    return rest


def turned(degrees: float) -> Callable[[Hearing], object]:
    def turn(bay: Hearing) -> object:
        world = bay.session.world
        place = facing(world, "oxygen", control_at(world, "oxygen", "dial"))
        axis = world.places["oxygen"].direction((0.0, 1.0, 0.0))
        return bay.play(at(world, Transform(place.position, compose(turn_about(axis, degrees), place.turn)), squeeze=100))

    return turn


def refused(bay: Hearing) -> object:
    there = at(bay.session.world, facing(bay.session.world, "bell", (0.0, 0.0, 1.0)))
    return bay.play(there, Command("participant", "do", "lift moon"), seconds=0.3)


def panel(bay: Hearing) -> object:
    bay.panel = OpenPanel(sheets.all_right("en", "normal"), Transform((0.0, 1.0, 1.5)))
    return bay.play(at(bay.session.world, facing(bay.session.world, "bell", (0.0, 0.0, 1.0))), seconds=0.3)


def chosen(bay: Hearing) -> object:
    """The right hand pulls the trigger on the first item, and lets go; the panel closes."""
    panel = bay.panel
    assert panel is not None
    item = panel.names()[0]
    for pulls in (False, True, False):
        person = pointing(panel, item, trigger=100 if pulls else 0)
        if panel.step(person) == item:
            bay.panel = None
    return bay.play(person, chosen=item)


def take(thing: str) -> Callable[[Hearing], object]:
    """Take a thing at its middle, by the right hand."""

    def close(bay: Hearing) -> object:
        world = bay.session.world
        place = world.places[thing].taking((0.0, 0.0, world.bodies[thing].size[2] / 2), (1.0, 0.0, 0.0, 0.0))
        bay.play(at(world, place), seconds=0.2)
        return bay.play(at(world, place, squeeze=100), seconds=0.1)

    return close


def fit(bay: Hearing) -> object:
    """Bring the mask in the hand to the face, as fast as hands go, and let go."""
    world = bay.session.world
    grip = world.hand("participant", "right")
    assert grip is not None
    target = onto_face(world) @ (world.places["mask"].inverse() @ grip)
    for step in range(1, 41):
        x, y, z = (a + (b - a) * step / 40 for a, b in zip(grip.position, target.position, strict=True))
        bay.play(at(world, Transform((x, y, z), target.turn), squeeze=100))
    return bay.play(at(world, target))


def leaves(bay: Hearing) -> object:
    there = at(bay.session.world, facing(bay.session.world, "bell", (0.0, 0.0, 1.0)))
    return bay.play(Person(head=there.head, right=there.right, keys=frozenset({"back"})), seconds=1.2)


def figure(bay: Hearing, by: By) -> int | None:
    one = bay.session.world.attention.get(("participant", by))
    return None if one is None else figure_of(one)


MOMENTS: Mapping[str, Shown] = {
    "hover": Shown(finger(0.06), lambda bay: figure(bay, "right") == RING),
    "focus": Shown(look(0.3), lambda bay: figure(bay, "gaze") == FILLING),
    "dwell": Shown(look(0.8), lambda bay: figure(bay, "gaze") == FILLING),
    "press": Shown(
        both(finger(0.06), finger(-0.01)), lambda bay: figure(bay, "right") == figure_of(Attention("bell", "button", "select"))
    ),
    "take": Shown(both(hand(0), hand(100)), lambda bay: bay.session.world.held["stone"] == ("participant", "right")),
    "put": Shown(both(hand(100), hand(0)), lambda bay: "stone" not in bay.session.world.held),
    "choose": Shown(both(panel, chosen), lambda bay: bay.panel is None),
    "fit": Shown(both(take("mask"), fit), lambda bay: bay.session.world.fitted["mask"] == ("patient", "face")),
    "detent": Shown(both(turned(0.0), turned(40.0)), lambda bay: float(bay.session.world.value(("oxygen", "flow"))) > 0.0),
    "refused": Shown(refused, lambda bay: bay.refusal.shown),
    "notice": Shown(panel, lambda bay: bay.panel is not None and bool(bay.panel.panels())),
    "leave": Shown(leaves, lambda bay: bay.session.world.leaving["participant"] > 0.25),
}
"""Each sound that comes in a session; `calm` comes after it."""


@pytest.fixture
def bay(tmp_path: Path) -> Hearing:
    bay = Hearing(Session(ward(tmp_path)))
    bay.play(seconds=0.1)
    return bay


def test_every_sound_has_its_moment_here() -> None:
    assert {*MOMENTS, "calm"} == set(EARCONS)
    assert 0.0 < AT_ONCE < 1.0, "the calm room is seen in its first picture"


@pytest.mark.parametrize("name", MOMENTS)
def test_what_is_heard_is_seen_and_felt_in_the_same_moment(name: str, bay: Hearing) -> None:
    cues = MOMENTS[name].does(bay)
    assert isinstance(cues, list)
    assert name in [cue.name for cue in cues]
    assert MOMENTS[name].seen(bay), EARCONS[name].seen  # type: ignore[index]  # a name of the table above
    felt = EARCONS[name].felt  # type: ignore[index]
    if isinstance(felt, str):
        assert bool(bay.device.felt) == (felt == BY_PATTERN), felt
    else:
        strengths = [(amplitude, seconds) for side, amplitude, seconds in bay.device.felt if side == "right"]
        assert set(strengths) >= {(amplitude, seconds) for _, amplitude, seconds in felt}


def test_hands_feel_nothing_of_it_once_one_has_left(bay: Hearing) -> None:
    leaves(bay)
    bay.play(Command("participant", "leave"))
    bay.device.felt.clear()
    bay.play(seconds=1.0)
    assert bay.device.felt == []


def test_an_alarm_is_seen_while_it_is_heard(tmp_path: Path) -> None:
    session = ringing(tmp_path)
    session.step(1000)
    face = session.world.monitors["monitor"]
    assert face.priority == "medium"
    assert any(reading.priority for reading in face.readings)
    assert len({lit("medium", clock) for clock in range(1000, 1160)}) == 2, "its lamp flashes"


def test_every_sound_says_what_it_means_and_what_shows_it() -> None:
    told = [(earcon.says, earcon.seen) for earcon in EARCONS.values()]
    assert all(says and seen for says, seen in told)
    assert len({says for says, _ in told}) == len(EARCONS)


def test_the_readmes_say_so_of_every_sound() -> None:
    root = Path(__file__).resolve().parents[3]
    bodies = (root / "engine" / "interaction" / "README.md").read_text(encoding="utf-8")
    assets = (root / "assets" / "README.md").read_text(encoding="utf-8")
    for name, earcon in EARCONS.items():
        assert f"| `{name}` | {earcon.says} | {earcon.seen} | " in bodies
        assert re.search(rf"\| `{name}` \| {re.escape(earcon.says)} \| [\d.]+ s \| {earcon.peak:g} \| -\d+ \|", assets), name
    for priority, peak in ALARM_PEAKS.items():
        assert re.search(rf"\| `alarm_{priority}` \| .+ \| [\d.]+ s \| {peak:g} \| -\d+ \|", assets), priority
