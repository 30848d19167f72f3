"""A desktop for tests: an X server of their own, a window driver on it, and hands on its keyboard and mouse."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from math import atan2, degrees, hypot
from pathlib import Path
from typing import Any

import panda3d.core as p3d
import pytest

from engine.session import Session
from engine.view.stage import Stage, Vec3
from headset.inputs import Input, Person
from headset.simulator import WindowDriver

HELD = ("shift", "ctrl", "w", "a", "s", "d", "q", "f", "h", "x", "z", "i", "j", "k", "l", "1", "2", "m", "space")
"""Keys that a test may hold down."""


@cache
def x_server() -> str:
    """An X server that nobody else uses. It goes when this process does: Panda3D keeps its connection until then."""
    # Not -displayfd: it takes no lock, so that two test workers can be given one display.
    for number in range(100, 200):
        command = f"Xvfb :{number} -screen 0 800x600x24 -terminate >&2 & echo $!"
        started = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        pid = int(started.stdout)
        while _runs(pid):
            if _serves(pid, number):
                # A server with -terminate goes with its last client; this one stays as long as the process.
                Connection(f":{number}")
                return f":{number}"
            time.sleep(0.02)
    raise AssertionError("no X server could be started: install Xvfb")


def _runs(pid: int) -> bool:
    """Whether a process is alive: one that has ended, but that nobody has asked how, has no command line any more."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def _serves(pid: int, number: int) -> bool:
    """Whether this very process, and not that of another test worker, answers for a display."""
    try:
        owner = int(Path(f"/tmp/.X{number}-lock").read_text())
    except (OSError, ValueError):
        return False
    return owner == pid and Path(f"/tmp/.X11-unix/X{number}").exists()


def sitting(monkeypatch: pytest.MonkeyPatch, **driver: Any) -> Iterator[Desk]:
    """A desk for one test; `driver` is what its window driver is made with."""
    display = x_server()
    monkeypatch.setenv("DISPLAY", display)
    # Panda3D read its environment when it was imported.
    p3d.ExecutionEnvironment.set_environment_variable("DISPLAY", display)
    made = Desk(display, WindowDriver((480, 300), samples=0, **driver))
    yield made
    # The next test has the same keyboard; what this one holds down, it would find down.
    made.do(*(word for key in HELD for word in ("keyup", key)), "mouseup", "1", "mouseup", "3", run=0.0)
    made.driver.close()
    made.stage.close()


class Desk:
    """A window driver on a stage, and hands on its keyboard and mouse."""

    def __init__(self, display: str, driver: WindowDriver) -> None:
        self.display = display
        self.stage = Stage()
        self.driver = driver
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
        """Play for so long, and for as many frames as that is at 40 a second, however slow they are; with a session, it is
        stepped."""
        until, frames = time.monotonic() + seconds, round(40 * seconds)
        while time.monotonic() < until or frames > 0:
            frames -= 1
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

    def lay_out(self, session: Session) -> None:
        """Let hands and eyes meet the things of a session, as the view does."""
        world = session.world
        self.stage.eye_height = world.eye_height

        def touch(start: Vec3, along: Vec3, limit: float) -> float:
            # The stage takes rays from the person's space to the scene's; its origin has not been told to this one.
            return world.touch(world.origin.point(start), world.origin.direction(along), limit)[1]

        self.stage.solid = touch

    def look_at(self, point: Vec3, session: Session) -> None:
        """Move the mouse until the head looks at a point of the scene."""
        x, y, z = (a - b for a, b in zip(session.world.origin.local(point), self.driver.body.eyes, strict=True))
        self.aim(degrees(atan2(x, y)), degrees(atan2(z, hypot(x, y))), session)

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


class Connection:
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


def ask_to_close(display: str, driver: WindowDriver) -> None:
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
    with Connection(display) as (x11, server):
        protocols, close = (x11.XInternAtom(server, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
        message = Message(33, 0, 1, None, window, protocols, 32, (ctypes.c_long * 5)(close, 0, 0, 0, 0))
        x11.XSendEvent(server, ctypes.c_ulong(window), 0, 0, ctypes.byref(message))
        x11.XSync(server, 0)
