"""The driver's manners, with a made-up runtime: what a session is told as a headset comes and goes."""

from __future__ import annotations

import time

import pytest

from headset.driver import Consent, DriverError
from headset.inputs import Command, Input, Link, Person, Pose
from headset.openxr import driver as module
from headset.openxr.lifecycle import State
from tests.headset.openxr.pretend import READY, Headset, Runtime


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Runtime:
    made_up = Runtime()
    monkeypatch.setattr(module, "Instance", made_up.instance)
    monkeypatch.setattr(module, "Life", made_up.life)
    monkeypatch.setattr(module, "current_graphics", lambda: None)
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.03)
    return made_up


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
    headset.runtime.notices = [("present", 0), ("present", 0), ("recentred", 0), ("recentred", 0), ("present", 1)]
    given = headset.turn()[1]
    assert links(given) == ["unworn", "worn"]
    assert given.count(Command("participant", "recentre")) == 1


def test_what_is_allowed_is_measured_in_this_life_and_every_later_one(headset: Headset) -> None:
    allowed = frozenset[Consent](["joints"])
    first = headset.driver.life
    headset.driver.allow(allowed)
    assert first is not None
    assert first.senses.allowed == allowed
    headset.runtime.notices = [("lost", 0)]
    headset.turn()
    assert headset.driver.life is None
    headset.runtime.notices = list(READY)
    headset.turns(0.2)
    second = headset.driver.life
    assert second is not None
    assert second is not first
    assert second.senses.allowed == allowed


def test_a_headset_lost_as_something_is_allowed_comes_back_with_it_allowed(headset: Headset) -> None:
    headset.turn()
    headset.runtime.fails, headset.runtime.notices = {"allow"}, []
    headset.driver.allow(frozenset(["gaze"]))
    assert links(headset.turn()[1]) == ["lost"]
    headset.runtime.notices = list(READY)
    headset.turns(0.2)
    assert headset.driver.life is not None
    assert headset.driver.life.senses.allowed == {"gaze"}


def test_nothing_is_felt_by_someone_whose_hands_are_elsewhere(headset: Headset) -> None:
    headset.turn()
    assert headset.runtime.quieted == 0
    headset.runtime.notices = [("state", State.VISIBLE)]
    headset.turn()
    assert headset.runtime.quieted == 1
    headset.turn()
    assert headset.runtime.quieted == 1


def test_the_runtime_says_that_something_else_is_in_the_hands(headset: Headset) -> None:
    headset.turn()
    headset.runtime.notices = [("controllers", 0)]
    headset.turn()
    assert headset.runtime.looked_up == 1


def test_the_device_says_how_much_floor_is_free(headset: Headset) -> None:
    assert headset.driver.device.bounds == (2.0, 3.0)


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
