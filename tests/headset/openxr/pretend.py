"""A made-up runtime, a stage that only remembers, and a driver on both."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import xr

from headset.driver import DriverError, Frame, View
from headset.inputs import Hand, Input, Person, Pose
from headset.openxr import OpenXRDriver
from headset.openxr.calls import NotReadyError
from headset.openxr.instance import System
from headset.openxr.lifecycle import Deed, Lifecycle, State

VIEW = View((0, 0, 1.6), (1, 0, 0, 0), (-1, 1, -1, 1))
READY: list[tuple[str, int]] = [
    ("state", state) for state in (State.IDLE, State.READY, State.SYNCHRONIZED, State.VISIBLE, State.FOCUSED)
]
LOST = xr.exception.InstanceLostError("xrSomething")


class Runtime:
    """A made-up runtime: what it announces next, and where it fails."""

    def __init__(self) -> None:
        self.notices: list[tuple[str, int]] = list(READY)
        self.not_ready = 0
        self.absent = False
        self.fails: set[str] = set()
        self.lives = 0
        self.closed = 0
        self.canvases = 0
        self.drawn = 0
        self.pressed: frozenset[Any] = frozenset()
        self.looked_up = 0
        self.quieted = 0

    def fail(self, step: str) -> None:
        if step in self.fails:
            self.fails.discard(step)
            raise LOST

    def instance(self) -> Any:
        if self.absent:
            raise DriverError("there is no OpenXR runtime")
        if self.not_ready:
            self.not_ready -= 1
            raise NotReadyError("switch it on")

        def notices() -> Any:
            self.fail("poll")
            while self.notices:
                yield self.notices.pop(0)

        return SimpleNamespace(
            system=lambda: System(1, "Made up", (100, 80), None), notices=notices, now=lambda: None, close=lambda: None
        )

    def life(self, instance: Any, *_: Any) -> Any:
        self.lives += 1
        return Life(self, instance)


class Life:
    """One life on it."""

    def __init__(self, runtime: Runtime, instance: Any) -> None:
        self.runtime, self.instance = runtime, instance
        self.lifecycle = Lifecycle()
        self.centred: list[str] = []
        self.frames: Any = self
        self.spaces: Any = self
        self.actions: Any = self
        self.senses: Any = self
        self.allowed: frozenset[Any] = frozenset()
        self.floor, self.head = 0.0, None
        self.bounds: tuple[float, float] | None = None
        self.waiting, self.time, self.period, self.missed = False, 5_000_000_000, 11_111_111, 0
        self.swapchain = SimpleNamespace(used=(200, 80))
        self.panels = SimpleNamespace(show=lambda panels: True)
        self.refresh = None

    def recentred(self) -> None:
        self.centred.append("by the runtime")

    def recentre(self) -> bool:
        self.centred.append("by us")
        return True

    def follow(self, state: int) -> Deed | None:
        return self.lifecycle.follow(state)

    def wait(self) -> bool:
        self.runtime.fail("wait")
        self.waiting, self.time = True, self.time + self.period
        return True

    def hidden(self) -> tuple[list[Any], list[Any]]:
        return [], []

    def skip(self) -> None:
        self.waiting = False

    def draw(self, look: Any, draw: Any) -> None:
        self.waiting = False
        self.runtime.fail("draw")
        look((VIEW, VIEW))
        draw()
        self.runtime.drawn += 1

    def look(self, _time: int) -> tuple[View, View]:
        self.runtime.fail("look")
        return (VIEW, VIEW)

    def pose(self, _space: Any, _time: int) -> Pose | None:
        return Pose.of((0, 0, 1.2 + self.floor))

    def person(self, _time: int) -> Person:
        self.runtime.fail("sync")
        return Person(head=self.pose(None, 0), left=Hand(buttons=self.runtime.pressed))

    def allow(self, consents: frozenset[Any]) -> None:
        self.runtime.fail("allow")
        self.allowed = consents

    def changed(self) -> None:
        self.runtime.looked_up += 1

    def quiet(self) -> None:
        self.runtime.quieted += 1

    def find_floor(self, _time: int, eyes: float) -> None:
        self.floor = eyes

    def find_bounds(self) -> None:
        self.bounds = (2.0, 3.0)

    def haptic(self, *_: Any) -> None:
        self.runtime.fail("haptic")

    def close(self) -> None:
        self.runtime.closed += 1


class Theatre:
    """A stage with canvases that only remember."""

    eye_height = 1.1
    near = 0.08
    single_pass = False

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.canvas: Any = None

    def open(self, surface: Any) -> Any:
        self.runtime.canvases += 1
        self.canvas = SimpleNamespace(
            size=surface.size,
            output=None,
            around_draw=None,
            look=lambda views: None,
            use=lambda width, height: None,
            hide=lambda hidden: None,
            close=lambda: None,
            surface=surface,
        )
        return self.canvas

    def draw(self) -> None:
        if self.canvas is not None and self.canvas.around_draw:
            self.canvas.around_draw(lambda: None)

    def hold(self, *_: Any) -> None: ...

    def touch(self, *_: Any) -> float:
        return 1.0


class Headset:
    """A driver on it and what it said."""

    def __init__(self, runtime: Runtime, **settings: Any) -> None:
        self.runtime = runtime
        self.said: list[str] = []
        self.stage: Any = Theatre(runtime)
        self.driver = OpenXRDriver(say=self.said.append, **settings)
        self.ticks: list[int] = []

    def turn(self) -> tuple[Frame | None, list[Input]]:
        """One turn of the loop."""
        frame = self.driver.wait()
        if frame is None:
            return None, []
        self.ticks.append(frame.tick)
        given = list(self.driver.inputs(frame))
        self.driver.render(frame, self.stage)
        return frame, given

    def turns(self, seconds: float) -> list[Input]:
        """What came in for a while."""
        end, given = time.monotonic() + seconds, list[Input]()
        while time.monotonic() < end:
            given += self.turn()[1]
        return given
