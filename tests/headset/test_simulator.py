"""The window driver, with a real window on an X server of its own and real keys and mouse moves from xdotool."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from math import radians, tan
from pathlib import Path

import pytest
from PIL import ImageGrab

from engine.session import Session
from engine.view.stage import Stage
from headset.driver import DriverError
from headset.inputs import Command, Link
from headset.simulator import WindowDriver
from headset.simulator.hints import STANDING
from headset.simulator.window import INVITATION
from tests.headset.desktop import Connection, Desk, ask_to_close, sitting
from tests.making import scene

pytestmark = pytest.mark.gl


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from sitting(monkeypatch)


def test_the_window_shows_what_is_drawn(desk: Desk) -> None:
    shown = ImageGrab.grab(xdisplay=desk.display).convert("L")
    bright = shown.point(lambda grey: 255 * (grey > 150)).getbbox()
    assert bright is not None  # the invitation's letters
    assert bright[0] < 300  # it stands in the upper left of a window in the middle of the screen
    assert bright[3] < 220


def test_a_person_sits_at_the_desk_with_resting_hands(desk: Desk) -> None:
    assert desk.person.head is not None
    assert desk.person.head.metres == pytest.approx((0.0, 0.0, 1.6))
    assert desk.person.right.grip is not None
    assert desk.person.left.grip is not None
    assert desk.person.right.squeeze == 0


def test_the_mouse_turns_the_head_only_after_a_click_and_until_tab(desk: Desk) -> None:
    desk.do("mousemove", "420", "310")
    assert desk.driver.body.yaw == 0.0
    desk.capture()
    assert desk.person.right.squeeze == 0  # the click that takes the pointer does nothing else
    desk.do("mousemove_relative", "50", "0")
    desk.do("mousemove_relative", "--", "0", "-25")
    assert desk.driver.body.yaw == pytest.approx(6.0, abs=0.5)
    assert desk.driver.body.pitch == pytest.approx(3.0, abs=0.5)
    desk.do("key", "Tab")
    desk.do("mousemove_relative", "50", "0")
    assert desk.driver.body.yaw == pytest.approx(6.0, abs=0.5)


def test_the_head_turns_further_than_the_window_is_wide(desk: Desk) -> None:
    desk.capture()
    desk.aim(150.0, -60.0)
    assert desk.person.head is not None
    w, x, y, z = desk.person.head.quaternion
    ahead = (2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x))
    assert ahead == pytest.approx((0.25, -0.433, -0.866), abs=0.02)


def test_keys_are_what_the_participant_asks_for(desk: Desk) -> None:
    for key in ("p", "p", "c", "r", "Escape"):
        desk.do("key", key)
    commands = [(given.author, given.verb) for given in desk.said if isinstance(given, Command)]
    assert commands == [("participant", verb) for verb in ("pause", "resume", "distress", "recentre", "leave")]


def test_a_pause_can_be_seen(desk: Desk) -> None:
    desk.capture()
    assert desk.driver.overlay.shown == STANDING
    desk.do("key", "p")
    assert list(desk.driver.overlay.shown) == ["Paused   P: go on   Esc: leave"]
    desk.do("key", "F2")
    desk.do("key", "p")
    assert list(desk.driver.overlay.shown) == ["Paused   F2: go on   Esc: leave"]
    desk.do("key", "F2")
    assert desk.driver.overlay.shown == STANDING
    said = [(given.author, given.verb) for given in desk.said if isinstance(given, Command)]
    assert said == [("participant", "pause"), ("operator", "pause"), ("participant", "resume"), ("operator", "resume")]


def test_the_operators_keys_are_commands_of_the_operators(desk: Desk) -> None:
    desk.capture()
    desk.aim(20.0, 0.0)
    for key in ("F3", "F4", "F5", "F6", "F7", "F8", "F12"):
        desk.do("key", key)
    commands = [given for given in desk.said if isinstance(given, Command)]
    assert [given.verb for given in commands] == ["recentre", "volume", "volume", "note", "next", "adverse_event", "leave"]
    assert {given.author for given in commands} == {"operator"}
    assert desk.driver.body.yaw == 0.0


def test_help_shows_both_tables_and_goes_again(desk: Desk) -> None:
    desk.do("key", "F1")
    assert "F12\tend for the person" in desk.driver.overlay.shown
    desk.do("key", "F1")
    assert desk.driver.overlay.shown == INVITATION


@pytest.mark.parametrize(
    ("key", "means"), [("space", "select"), ("Return", "select"), ("n", "next"), ("Next", "next"), ("b", "previous"),
                       ("Prior", "previous"), ("BackSpace", "back")],
)  # fmt: skip
def test_keys_and_switches_are_down_while_they_are(desk: Desk, key: str, means: str) -> None:
    desk.do("keydown", key, run=0.1)
    assert desk.person.keys == {means}
    desk.do("keyup", key, run=0.1)
    assert desk.person.keys == frozenset()


def test_the_menu_button_is_down_while_its_key_is(desk: Desk) -> None:
    desk.do("keydown", "m", run=0.5)
    assert desk.person.right.buttons == {"menu"}
    desk.do("keyup", "m")
    assert desk.person.right.buttons == frozenset()


def test_a_held_button_reaches_and_the_wheel_moves_what_is_held(desk: Desk) -> None:
    desk.stage.solid = lambda start, along, limit: min(0.5, limit)
    desk.capture()
    desk.do("mousedown", "1", run=0.5)
    grip = desk.person.right.grip
    assert grip is not None
    assert grip.metres == pytest.approx((0.0, 0.5, 1.6), abs=0.02)
    assert desk.person.right.squeeze == 100
    desk.do("click", "5", run=0.1)
    desk.do("click", "5")
    grip = desk.person.right.grip
    assert grip is not None
    assert grip.metres == pytest.approx((0.0, 0.42, 1.6), abs=0.02)
    desk.do("mouseup", "1", run=0.5)
    grip = desk.person.right.grip
    assert desk.person.right.squeeze == 0
    assert grip is not None
    assert grip.metres[2] < 1.0
    desk.do("mousedown", "3")
    assert desk.person.right.trigger == 100
    desk.do("mouseup", "3")


def test_a_stone_is_taken_carried_and_let_go_with_the_mouse(desk: Desk, tmp_path: Path) -> None:
    session = Session(scene(tmp_path, "rules: {when: after 10 min, go: end}"))
    world = session.world
    desk.lay_out(session)
    desk.capture()
    desk.look_at(world.places["stone"].point((0.0, 0.0, world.bodies["stone"].size[2] / 2)), session)
    desk.do("mousedown", "1", run=0.6, session=session)
    assert world.held == {"stone": ("participant", "right")}
    desk.aim(40.0, -40.0, session)
    assert world.places["stone"].position[1] > -2.1
    desk.do("mouseup", "1", run=0.4, session=session)
    assert world.held == {}
    desk.do("key", "Escape", session=session)
    assert session.outcome == "left"


def test_the_vertical_field_of_view_stays_whatever_the_shape(desk: Desk) -> None:
    window = subprocess.run(
        ["xdotool", "search", "--name", "^Abaton$"], env={**os.environ, "DISPLAY": desk.display}, capture_output=True, check=True
    ).stdout.decode()
    up = tan(radians(30))
    for width, height in ((200, 500), (700, 200), (1, 1), (480, 300)):
        desk.do("windowsize", window.split()[-1], str(width), str(height), run=0.4)
        assert desk.driver.device.resolution == (width, height)
        fov = desk.stage.canvases[0].eyes.fovs[0]
        assert fov == pytest.approx((-up * width / height, up * width / height, -up, up))
    desk.do("key", "F11", run=0.6)
    assert desk.driver.device.resolution == (800, 600)
    desk.do("key", "alt+Return", run=0.6)
    assert desk.driver.device.resolution == (480, 300)


def test_losing_focus_frees_everything_and_is_told(desk: Desk) -> None:
    desk.capture()
    desk.do("keydown", "w", "mousedown", "1")
    ends = time.monotonic() + 60.0
    while desk.person.right.squeeze != 100:
        assert time.monotonic() < ends, "the hand does not arrive"
        desk.run(0.1)
    with Connection(desk.display) as (x11, server):
        x11.XSetInputFocus(server, 0, 0, 0)  # nobody has the focus
        x11.XSync(server, 0)
    desk.run(0.3)
    assert desk.said == [Link("window", "unfocused")]
    assert desk.person.right.squeeze == 0
    assert not desk.driver.desk.captured
    desk.do("keyup", "w", "mouseup", "1")


def test_closing_the_window_ends_it(desk: Desk) -> None:
    ask_to_close(desk.display, desk.driver)
    for _ in range(30):
        frame = desk.driver.wait()
        if frame is None:
            return
        desk.driver.inputs(frame)
        desk.driver.render(frame, desk.stage)
    raise AssertionError("the window is still open")


def test_time_is_that_of_the_clock(desk: Desk) -> None:
    now = [1000.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    desk.driver.clock, desk.driver.sleep, desk.driver._began = lambda: now[0], sleep, None
    frames = [desk.driver.wait() for _ in range(3)]
    now[0] += 2.0
    frames.append(desk.driver.wait())
    assert [frame.tick for frame in frames if frame] == [0, 1, 3, 203]
    assert [frame.display_time for frame in frames if frame] == pytest.approx([1 / 60, 2 / 60, 3 / 60, 2.0 + 3 / 60])


def test_without_a_display_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(DriverError, match="DISPLAY"):
        WindowDriver().open(Stage())
