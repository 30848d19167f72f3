"""What people do with their hands in the window: real keys and mouse moves, in the real scene, to the end that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import degrees, hypot

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.session import Session
from engine.spec.load import load_scene
from engine.world.joints import placed_fit, point_of
from engine.world.vectors import Transform, dot, subtract
from headset.driver import Panel
from headset.inputs import HAND_JOINTS, SIDES, Command, Person
from headset.profile import read_profile
from headset.simulator.body import rotated
from headset.simulator.window import INVITATION
from tests.headset.desktop import Desk, sitting

pytestmark = pytest.mark.gl

AXES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
BESIDE_THE_BED = Transform((0.85, 1.1, 0.0))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from sitting(monkeypatch)


@pytest.fixture
def bay(desk: Desk) -> Session:
    """The clinic's scene, with the person beside the bed and the mouse taken."""
    session = Session(load_scene("breathless_bay"))
    session.world.origin = BESIDE_THE_BED
    desk.lay_out(session)
    desk.capture()
    desk.run(0.2, session)
    return session


def look_at_control(desk: Desk, session: Session, thing: str, name: str) -> None:
    control = session.world.bodies[thing].card.controls[name]
    desk.look_at(point_of(session.world, thing, control.at, control.joint), session)


def test_a_bell_is_pressed_with_a_finger_of_either_hand(desk: Desk, bay: Session) -> None:
    bay.world.origin = Transform((1.05, 1.1, 0.0))
    look_at_control(desk, bay, "bell", "button")
    for side in SIDES:
        if side == "left":
            desk.do("keydown", "shift", session=bay)
        desk.do("keydown", "f", run=0.6, session=bay)
        assert bay.world.worked == {("bell", "button"): ("participant", side)}
        desk.do("keyup", "f", "keyup", "shift", run=0.5, session=bay)
        assert not bay.world.worked


def test_a_dial_is_turned_by_the_wrist(desk: Desk, bay: Session) -> None:
    look_at_control(desk, bay, "oxygen", "dial")
    desk.do("mousedown", "1", run=0.6, session=bay)
    assert bay.world.worked == {("oxygen", "dial"): ("participant", "right")}
    for _ in range(60):  # 20 degrees a litre, 90 degrees a second
        if bay.world.properties["oxygen", "flow"] == 6.0:
            break
        desk.do("keydown", "z", run=0.05, session=bay)
        desk.do("keyup", "z", run=0.05, session=bay)
    assert bay.world.properties["oxygen", "flow"] == 6.0
    desk.do("keydown", "ctrl", "click", "5", "click", "5", "click", "5", "click", "5", "keyup", "ctrl", session=bay)
    assert bay.world.properties["oxygen", "flow"] == 9.0  # four notches of 15 degrees
    desk.do("keydown", "ctrl", "click", "4", "click", "4", "keyup", "ctrl", session=bay)
    assert bay.world.properties["oxygen", "flow"] in (7.0, 8.0)
    desk.do("mouseup", "1", run=0.4, session=bay)
    assert not bay.world.worked


def test_a_mask_is_fitted(desk: Desk, bay: Session) -> None:
    world, arm = bay.world, desk.driver.arms["right"]
    world.origin = Transform((0.5, 1.1, -0.1))  # bent over the bed
    desk.look_at(world.places["mask"].point((0.0, 0.0, 0.285)), bay)
    desk.do("mousedown", "1", run=0.6, session=bay)
    assert world.held == {"mask": ("participant", "right")}
    desk.look_at(placed_fit(world, "mask", "patient", "face").point((0.0, 0.0, 0.285)), bay)
    desk.do("keydown", "x", session=bay)
    while arm.roll < 75.0:
        desk.run(0.05, bay)
    desk.do("keyup", "x", "keydown", "ctrl", session=bay)
    while arm.tilt > -45.0:
        desk.do("mousemove_relative", "--", "0", "20", run=0.05, session=bay)
    desk.do("keyup", "ctrl", session=bay)
    for _ in range(12):
        if steered(desk, bay):
            break
    desk.do("mouseup", "1", run=0.3, session=bay)
    assert world.fitted == {"mask": ("patient", "face")}


def steered(desk: Desk, session: Session) -> bool:
    """Bring what is in the right hand nearer to its place with the mouse and the wheel, as an eye would: by what is still
    missing. Whether it is there."""
    world, body, arm = session.world, desk.driver.body, desk.driver.arms["right"]
    gap = subtract(placed_fit(world, "mask", "patient", "face").position, world.places["mask"].position)
    across, deep, up = (dot(gap, rotated(body.turn, axis)) for axis in AXES)
    if hypot(across, deep, up) < 0.06:
        return True
    if abs(deep) > 0.03:
        desk.do("click", "4" if deep > 0.0 else "5", run=0.05, session=session)
    desk.aim(body.yaw + degrees(across / arm.distance) / 2, body.pitch + degrees(up / arm.distance) / 2, session)
    return False


def test_both_hands_hold_something_at_once(desk: Desk, bay: Session) -> None:
    desk.look_at(bay.world.places["mask"].point((0.0, 0.0, 0.285)), bay)
    desk.do("keydown", "shift", "mousedown", "1", run=0.6, session=bay)
    desk.do("key", "g", session=bay)
    desk.do("keyup", "shift", "mouseup", "1", run=0.3, session=bay)
    assert bay.world.held == {"mask": ("participant", "left")}
    look_at_control(desk, bay, "oxygen", "dial")
    desk.do("mousedown", "1", run=0.6, session=bay)
    assert bay.world.worked == {("oxygen", "dial"): ("participant", "right")}
    assert bay.world.held == {"mask": ("participant", "left")}
    desk.do("mouseup", "1", "keydown", "shift", "key", "g", "keyup", "shift", run=0.4, session=bay)
    assert bay.world.held == {}


def test_buttons_and_sticks_are_those_of_the_hand_that_is_meant(desk: Desk) -> None:
    desk.do("keydown", "i", "keydown", "l", "keydown", "1", run=0.1)
    assert (desk.person.right.stick, desk.person.right.buttons) == ((100, 100), frozenset(("primary",)))
    desk.do("keyup", "i", "keyup", "l", "keyup", "1", "keydown", "shift", "keydown", "k", "keydown", "2", run=0.1)
    assert (desk.person.left.stick, desk.person.left.buttons) == ((0, -100), frozenset(("secondary",)))
    assert (desk.person.right.stick, desk.person.right.buttons) == ((0, 0), frozenset())
    desk.do("keyup", "k", "keyup", "2", "keydown", "h", run=0.1)
    assert (desk.person.left.squeeze, desk.person.right.squeeze) == (100, 0)
    desk.do("keyup", "h", "keyup", "shift", run=0.1)
    assert desk.person.left.squeeze == 0


def test_fingers_and_gaze_are_told_only_with_consent(desk: Desk) -> None:
    desk.run(0.1)
    assert desk.person.left.joints is None
    assert desk.person.gaze is None
    desk.driver.allow(frozenset(("gaze", "joints")))
    desk.do("mousemove", "500", "300")  # a free pointer, to the right of the window's middle
    assert desk.person.left.joints is not None
    assert len(desk.person.left.joints) == HAND_JOINTS
    assert desk.person.gaze is not None
    right, ahead, up = rotated(desk.person.gaze.quaternion, (0.0, 1.0, 0.0))
    assert right / ahead == pytest.approx(0.3849, abs=0.02)  # 100 of 150 pixels, times the tangent of 30 degrees
    assert up == pytest.approx(0.0, abs=0.02)
    desk.driver.allow(frozenset(("joints",)))
    desk.run(0.1)
    assert desk.person.gaze is None


def test_a_click_on_a_panel_is_for_the_panel(desk: Desk) -> None:
    panel = Panel("dialog", np.zeros((8, 8, 4), np.uint8), (0.4, 0.4), (0.0, 1.2, 1.6), (1.0, 0.0, 0.0, 0.0))
    assert not desk.driver.panels([panel])
    desk.do("mousemove", "400", "300")
    desk.do("mousedown", "1")
    assert not desk.driver.desk.captured
    assert desk.person.right.trigger == 100
    aim = desk.person.right.aim
    assert aim is not None
    x, y, z = rotated(aim.quaternion, (0.0, 1.0, 0.0))
    far = (1.2 - aim.metres[1]) / y
    assert (aim.metres[0] + far * x, aim.metres[2] + far * z) == pytest.approx((0.0, 1.6), abs=0.02)
    desk.do("mouseup", "1")
    desk.do("mousemove", "230", "200")  # beside it, a click takes the pointer as ever
    desk.do("click", "1", run=0.3)
    assert desk.driver.desk.captured


def test_a_window_plays_a_headset_with_both_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    index = read_profile("valve_index")
    for desk in sitting(monkeypatch, profile=index, stereo=True, noise=3):
        device = desk.driver.device
        assert (device.name, device.views, device.refresh_hz) == ("Valve Index in a desktop window", 2, 90.0)
        assert device.resolution[0] / device.resolution[1] == pytest.approx(0.9, abs=0.01)
        assert "joints" not in device.abilities  # it tracks no hands
        left, right = desk.stage.canvases[0].eyes.fovs
        assert left == pytest.approx(index.left, abs=0.02)
        assert right == pytest.approx(index.right, abs=0.02)
        heads = {given.head for given in desk.inputs if isinstance(given, Person)}
        assert len(heads) > 3  # it trembles
        desk.do("key", "Escape")
        assert Command("participant", "leave", "Esc pressed") in desk.said


def test_a_played_headset_has_its_controllers_until_it_tracks_hands_and_help_in_the_hosts_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines: list[tuple[str, ...]] = []

    def letters(some: Sequence[str]) -> NDArray[np.uint8]:
        lines.append(tuple(some))
        return np.full((30, 70), 255, np.uint8)

    for desk in sitting(monkeypatch, profile=read_profile("quest_3"), letters=letters):
        assert desk.stage.held == dict.fromkeys(SIDES, ("stick", 60.0))
        desk.driver.allow(frozenset({"joints"}))
        assert desk.stage.held == dict.fromkeys(SIDES, ("", 90.0))
        desk.driver.allow(frozenset())
        assert desk.stage.held == dict.fromkeys(SIDES, ("stick", 60.0))
        assert lines[0] == INVITATION
        assert desk.driver.overlay.size == (70, 30)
