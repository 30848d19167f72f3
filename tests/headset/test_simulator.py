"""The window driver, with a real window on an X server of its own and real keys and mouse moves from xdotool."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from math import atan2, degrees, hypot, radians, tan
from pathlib import Path

import pytest
from PIL import ImageGrab

from engine.session import Session
from engine.view.stage import Stage
from headset.driver import DriverError
from headset.inputs import Command, Input, Link, Person
from headset.simulator import WindowDriver, help_lines
from headset.simulator.arm import ARM, SHOULDER, Arm, resting
from headset.simulator.bindings import BINDINGS
from headset.simulator.body import Body
from tests.making import scene

pytestmark = pytest.mark.gl


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X server that nobody else uses."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as number:
            name = f":{number.readline().strip()}"
        yield name
        server.terminate()


class Desk:
    """A window driver on a stage, and hands on its keyboard and mouse."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.stage = Stage()
        self.driver = WindowDriver((480, 300), samples=0)
        self.inputs: list[Input] = []
        self.driver.open(self.stage)
        self.run(0.3)

    @property
    def person(self) -> Person:
        """The person as last sent."""
        return next(given for given in reversed(self.inputs) if isinstance(given, Person))

    @property
    def said(self) -> list[Input]:
        """What was sent besides the person."""
        return [given for given in self.inputs if not isinstance(given, Person)]

    def run(self, seconds: float, session: Session | None = None) -> None:
        """Play for so long; with a session, it is stepped."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            frame = self.driver.wait()
            assert frame is not None
            given = self.driver.inputs(frame)
            self.inputs += given
            if session is not None:
                session.step(session.tick + 2, given)
            self.driver.render(frame, self.stage)

    def do(self, *words: str, run: float = 0.15, session: Session | None = None) -> None:
        """Let xdotool do something, and go on."""
        subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self.display}, check=True)
        self.run(run, session)

    def capture(self) -> None:
        """Click into the window."""
        self.do("mousemove", "400", "300")
        self.do("click", "1", run=0.3)

    def aim(self, yaw: float, pitch: float, session: Session | None = None) -> None:
        """Move the mouse until the head looks there, in degrees."""
        for _ in range(60):
            right, down = ((yaw - self.driver.body.yaw) / 0.12, (self.driver.body.pitch - pitch) / 0.12)
            if abs(right) < 3 and abs(down) < 3:
                return
            step = [str(round(max(-60.0, min(60.0, pixels)))) for pixels in (right, down)]
            self.do("mousemove_relative", "--", *step, run=0.05, session=session)
        raise AssertionError(f"looks at {self.driver.body.yaw}, {self.driver.body.pitch}")


@pytest.fixture
def desk(display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("DISPLAY", display)
    made = Desk(display)
    yield made
    made.driver.close()
    made.stage.close()


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
    desk.stage.eye_height = world.eye_height

    def touch(start: Sequence[float], along: Sequence[float], limit: float) -> float:
        # The stage takes rays from the person's space to the scene's; its origin has not been told to this one.
        (x, y, z), (right, ahead, up) = start, along
        return world.touch(world.origin.point((x, y, z)), world.origin.direction((right, ahead, up)), limit)[1]

    desk.stage.solid = touch
    desk.capture()
    x, y, z = world.origin.local(world.places["stone"].position)
    down = world.eye_height - z - world.bodies["stone"].size[2] / 2
    desk.aim(degrees(atan2(x, y)), -degrees(atan2(down, hypot(x, y))), session)
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
    desk.do("keydown", "w", "mousedown", "1", run=0.4)
    assert desk.person.right.squeeze == 100
    with _screen(desk.display) as (x11, server):
        x11.XSetInputFocus(server, 0, 0, 0)  # nobody has the focus
        x11.XSync(server, 0)
    desk.run(0.3)
    assert desk.said == [Link("window", "unfocused")]
    assert desk.person.right.squeeze == 0
    assert not desk.driver.desk.captured
    desk.do("keyup", "w", "mouseup", "1")


def test_closing_the_window_ends_it(desk: Desk) -> None:
    _ask_to_close(desk.display, desk.driver)
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


def test_someone_seated_leans_and_someone_standing_walks() -> None:
    seated, standing = Body(1.2), Body(1.6)
    for body in (seated, standing):
        body.look(90.0 / 0.12, 0.0)
        for _ in range(600):
            body.move(0.0, 1.0, -1.0, 1 / 60)
    assert hypot(*seated.offset) == pytest.approx(0.3)
    assert standing.offset == pytest.approx((2.5, 0.0, -1.1), abs=0.01)
    seated.recentre()
    assert seated.eyes == (0.0, 0.0, 1.2)


def test_walking_is_as_fast_across_as_along_and_starts_gently() -> None:
    body = Body(1.6)
    body.move(1.0, 1.0, 0.0, 1 / 60)
    assert hypot(*body.offset) < 0.01
    for _ in range(59):
        body.move(1.0, 1.0, 0.0, 1 / 60)
    assert 1.0 < hypot(*body.offset) < 1.2


def test_the_lap_stays_in_the_seat_and_shoulders_follow_who_stands() -> None:
    seated, standing = Body(1.2), Body(1.6)
    before = resting(seated, "right")
    for body in (seated, standing):
        body.look(90.0 / 0.12, 0.0)
    assert resting(seated, "right") == before
    assert standing.torso == pytest.approx(45.0)
    standing.look(-1000.0, 0.0)
    assert standing.torso == pytest.approx(15.0)


@pytest.mark.parametrize("pitch", [-80.0, -30.0, 0.0, 45.0])
@pytest.mark.parametrize("yaw", [-120.0, 0.0, 90.0])
def test_no_hand_reaches_further_than_an_arm(yaw: float, pitch: float) -> None:
    body, arm = Body(1.2), Arm()
    body.yaw, body.pitch = yaw, pitch
    for _ in range(60):
        arm.step(body, True, 1, lambda position, direction, limit: limit, 1 / 60)
    grip = arm.hand(body, False, False, lambda position, direction, limit: limit).grip
    assert grip is not None
    shoulder = body.near(*SHOULDER)
    assert hypot(*(a - b for a, b in zip(grip.metres, shoulder, strict=True))) <= ARM + 0.001


def test_the_help_is_the_table() -> None:
    words = "\n".join(help_lines())
    assert all(binding.says in words and binding.label in words for binding in BINDINGS)
    assert all(len(line) <= 90 for line in help_lines())


class _screen:  # noqa: N801 - used as a function
    """A connection of our own to the X server."""

    def __init__(self, display: str) -> None:
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XInternAtom.restype = ctypes.c_ulong
        self.server = ctypes.c_void_p(self.x11.XOpenDisplay(display.encode()))

    def __enter__(self) -> tuple[ctypes.CDLL, ctypes.c_void_p]:
        return self.x11, self.server

    def __exit__(self, *_: object) -> None:
        self.x11.XCloseDisplay(self.server)


def _ask_to_close(display: str, driver: WindowDriver) -> None:
    """What a window manager sends when its close button is pressed (ICCCM, section 4.2.8.1)."""

    class Message(ctypes.Structure):
        _fields_ = (
            ("type", ctypes.c_int),
            ("serial", ctypes.c_ulong),
            ("send_event", ctypes.c_int),
            ("display", ctypes.c_void_p),
            ("window", ctypes.c_ulong),
            ("message_type", ctypes.c_ulong),
            ("format", ctypes.c_int),
            ("data", ctypes.c_long * 5),
            ("rest", ctypes.c_long * 24),
        )

    window = driver._window.get_window_handle().get_int_handle()
    with _screen(display) as (x11, server):
        protocols, close = (x11.XInternAtom(server, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        message = Message(33, 0, 1, None, window, protocols, 32, (ctypes.c_long * 5)(close, 0, 0, 0, 0))
        x11.XSendEvent(server, ctypes.c_ulong(window), 0, 0, ctypes.byref(message))
        x11.XSync(server, 0)
