"""The driver's manners, with a made-up runtime: what a session is told as a headset comes and goes."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
import xr

from headset.driver import DriverError, Frame, View
from headset.inputs import Command, Hand, Input, Link, Person, Pose
from headset.openxr import OpenXRDriver
from headset.openxr import driver as module
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
        self.frames: Any = self
        self.spaces: Any = self
        self.actions: Any = self
        self.has_floor, self.floor, self.head = False, 0.0, None
        self.waiting, self.time, self.period = False, 5_000_000_000, 11_111_111

    def follow(self, state: int) -> Deed | None:
        return self.lifecycle.follow(state)

    def wait(self) -> bool:
        self.runtime.fail("wait")
        self.waiting, self.time = True, self.time + self.period
        return True

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

    def hands(self, _spaces: Any, _time: int) -> tuple[Hand, Hand]:
        self.runtime.fail("sync")
        return Hand(buttons=self.runtime.pressed), Hand()

    def haptic(self, *_: Any) -> None:
        self.runtime.fail("haptic")

    def close(self) -> None:
        self.runtime.closed += 1


class Theatre:
    """A stage with canvases that only remember."""

    eye_height = 1.1
    single_pass = False

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.canvas: Any = None

    def open(self, surface: Any) -> Any:
        self.runtime.canvases += 1
        self.canvas = SimpleNamespace(
            size=surface.size, output=None, around_draw=None, look=lambda views: None, close=lambda: None, surface=surface
        )
        return self.canvas

    def draw(self) -> None:
        if self.canvas is not None and self.canvas.around_draw:
            self.canvas.around_draw(lambda: None)

    def touch(self, *_: Any) -> float:
        return 1.0


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    made_up = Runtime()
    monkeypatch.setattr(module, "Instance", made_up.instance)
    monkeypatch.setattr(module, "Life", made_up.life)
    monkeypatch.setattr(module, "current_graphics", lambda: None)
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.03)
    return made_up


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


@pytest.fixture
def headset(runtime: Runtime) -> Headset:
    open_headset = Headset(runtime)
    open_headset.driver.open(open_headset.stage)
    return open_headset


def links(given: list[Input]) -> list[str]:
    return [one.state for one in given if isinstance(one, Link)]


def test_it_opens_worn_and_running_and_draws(headset: Headset) -> None:
    assert headset.driver.device.resolution == (100, 80)
    assert headset.stage.canvas.surface.size == (200, 80)
    frame, given = headset.turn()
    assert frame is not None
    assert frame.draw
    assert links(given) == ["focused"]
    assert isinstance(given[-1], Person)
    assert headset.runtime.drawn == 1
    assert headset.said == []


def test_where_the_runtime_knows_no_floor_it_lies_below_the_eyes(headset: Headset) -> None:
    _, given = headset.turn()
    assert isinstance(given[-1], Person)
    assert given[-1].head == Pose.of((0, 0, 2.3))


def test_a_headset_that_is_not_ready_is_waited_for_with_one_line(runtime: Runtime) -> None:
    runtime.not_ready = 4
    headset = Headset(runtime)
    headset.driver.open(headset.stage)
    assert headset.said == ["waiting for the headset: switch it on (Ctrl+C gives up)"]


def test_waiting_ends_with_a_sentence(runtime: Runtime) -> None:
    runtime.not_ready = 10_000
    headset = Headset(runtime, wait_seconds=0.1)
    with pytest.raises(DriverError, match=r"no headset within 0\.1 s: switch it on"):
        headset.driver.open(headset.stage)


def test_no_runtime_is_not_waited_for(runtime: Runtime) -> None:
    runtime.absent = True
    with pytest.raises(DriverError, match="no OpenXR runtime"):
        Headset(runtime).driver.open(Headset(runtime).stage)


def test_a_headset_that_nobody_wears_is_waited_for(runtime: Runtime) -> None:
    runtime.notices = [("state", State.IDLE)]
    headset = Headset(runtime, wait_seconds=0.1)
    with pytest.raises(DriverError, match="put the headset on"):
        headset.driver.open(headset.stage)
    assert runtime.closed == 1


@pytest.mark.parametrize("step", ["poll", "wait", "sync", "look", "draw", "haptic"])
def test_lost_at_any_call_it_is_said_once_nothing_stays_pressed_and_it_comes_back_on_the_same_canvas(
    headset: Headset, step: str
) -> None:
    runtime = headset.runtime
    runtime.pressed = frozenset({"menu"})
    headset.turn()
    runtime.fails, runtime.not_ready, runtime.notices = {step}, 3, []
    headset.driver.haptic("left", 0.5, 0.1)
    given = headset.turn()[1] + headset.turn()[1]
    assert links(given) == ["lost"]
    assert given[-1] == Person()
    assert headset.ticks == sorted(headset.ticks)
    runtime.notices = list(READY)
    given = headset.turns(0.4)
    assert links(given) == ["back", "focused"]
    assert runtime.lives == 2
    assert runtime.closed == 1
    assert runtime.canvases == 1
    assert len(headset.said) == 1
    frame, _ = headset.turn()
    assert frame is not None
    assert frame.draw


def test_a_session_goes_on_while_even_the_runtime_is_gone(headset: Headset) -> None:
    headset.turn()
    headset.runtime.absent, headset.runtime.fails = True, {"wait"}
    began, used = time.monotonic(), time.process_time()
    assert links(headset.turns(0.5)) == ["lost"]
    assert time.process_time() - used < 0.25
    assert headset.ticks[-1] == pytest.approx((time.monotonic() - began) * 100, abs=20)


def test_taken_off_and_put_on_again(headset: Headset) -> None:
    headset.turn()
    headset.runtime.notices = [("state", state) for state in (State.VISIBLE, State.SYNCHRONIZED, State.STOPPING, State.IDLE)]
    given = headset.turn()[1]
    assert links(given) == ["unfocused", "unworn"]
    assert given[-1] == Person()
    frame, given = headset.turn()
    assert frame is not None
    assert not frame.draw
    assert given == []
    headset.runtime.notices = list(READY[1:])
    assert links(headset.turn()[1]) == ["worn", "focused"]
    assert headset.runtime.lives == 1


def test_presence_and_recentring_are_told(headset: Headset) -> None:
    headset.turn()
    headset.runtime.notices = [("present", 0), ("present", 0), ("recentred", 0), ("present", 1)]
    given = headset.turn()[1]
    assert links(given) == ["unworn", "worn"]
    assert Command("participant", "recentre") in given


def test_closed_from_the_runtimes_own_menu_it_does_not_come_back(headset: Headset) -> None:
    headset.turn()
    headset.runtime.notices = [("state", State.STOPPING), ("state", State.IDLE), ("state", State.EXITING)]
    assert headset.turn() == (None, [])
    assert headset.turn() == (None, [])


def test_a_runtime_that_says_it_will_end_is_left_and_found_again(headset: Headset) -> None:
    headset.turn()
    headset.runtime.notices = [("lost", 0)]
    assert links(headset.turn()[1]) == ["lost"]
    headset.runtime.notices = list(READY)
    assert links(headset.turns(0.2)) == ["back", "focused"]


def test_what_raises_while_drawing_comes_out(headset: Headset, monkeypatch: pytest.MonkeyPatch) -> None:
    headset.turn()

    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(headset.stage, "draw", broken)
    with pytest.raises(ZeroDivisionError):
        headset.turn()


def test_closing_twice_does_nothing(headset: Headset) -> None:
    headset.driver.close()
    headset.driver.close()
    assert headset.runtime.closed == 1
