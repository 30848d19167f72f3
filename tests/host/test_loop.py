"""The loop: what a driver gives reaches the session, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from engine.host.keep import Keeper
from engine.host.loop import LONGEST_STEP, Shown, play
from engine.session import Event, Session
from engine.session.log import digest
from engine.session.recording import Header, read
from headset.driver import Ability, Consent, Device, Frame, Panel, Stage
from headset.inputs import Command, Input, Person, Pose, Side
from headset.replay import ReplayDriver, Tape
from tests.making import scene, told

SCENARIO = """
start: stay
rules: {when: participant distressed, do: {log: uneasy}}
states:
  stay: {rules: {when: after 2 s, go: end}}
"""


class Script:
    """A driver that gives these frames, each with these inputs."""

    def __init__(
        self, frames: Sequence[tuple[int, Sequence[Input]]], fault: Exception | None = None, *, real_time: bool = False
    ) -> None:
        self.frames = list(frames)
        self.fault = fault
        self.real_time = real_time

    @property
    def device(self) -> Device:
        abilities: frozenset[Ability] = frozenset({"real_time"}) if self.real_time else frozenset()
        return Device("script", "script", (1, 1), 1, 90.0, abilities)

    def open(self, stage: Stage) -> None: ...

    def wait(self) -> Frame | None:
        if not self.frames:
            if self.fault:
                raise self.fault
            return None
        self.tick, self.given = self.frames.pop(0)
        return Frame(self.tick, self.tick / 100)

    def inputs(self, frame: Frame) -> Sequence[Input]:
        return self.given

    def render(self, frame: Frame, stage: Stage) -> None: ...

    def panels(self, panels: Sequence[Panel]) -> bool:
        return False

    def allow(self, consents: frozenset[Consent]) -> None: ...

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None: ...

    def close(self) -> None: ...


class Blank:
    """A view of nothing."""

    stage = cast(Stage, None)

    def update(self, display_time: float) -> None: ...


class Watcher:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.tape: list[tuple[int, tuple[Input, ...]]] = []

    def __call__(self, frame: Frame, inputs: Sequence[Input], events: Sequence[Event]) -> None:
        self.events += events
        if inputs:
            self.tape.append((frame.tick, tuple(inputs)))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(scene(tmp_path, SCENARIO))


def test_inputs_of_frames_that_share_a_tick_are_not_lost(session: Session) -> None:
    watch = Watcher()
    play(session, Script([(0, ()), (0, [Command("participant", "distress")]), (0, ()), (1, ()), (300, ())]), None, watch)
    assert told(watch.events, "logged") == [(1, "logged", "uneasy")]


def test_what_is_known_of_the_person_comes_before_what_the_device_gives_and_is_recorded(session: Session) -> None:
    watch = Watcher()
    wish, worn = Command("participant", "set", "dwell=2"), Command("operator", "note", "worn")
    play(session, Script([(0, [worn]), (1, ())]), None, watch, first=[wish])
    assert watch.tape[0] == (0, (wish, worn))
    assert session.preferences["participant"].dwell == 2.0


def test_a_device_that_goes_away_ends_the_session_in_order(session: Session) -> None:
    watch = Watcher()
    play(session, Script([(0, ()), (10, ())]), None, watch)
    assert session.outcome == "left"
    assert (watch.events[-1].event, watch.events[-1].because) == ("session_ended", "the device was closed")


def test_a_fault_of_the_driver_ends_the_session_in_order_and_is_raised(session: Session) -> None:
    watch = Watcher()
    with pytest.raises(RuntimeError, match="cable"):
        play(session, Script([(0, ()), (10, ())], RuntimeError("cable")), None, watch)
    assert (session.outcome, watch.events[-1].because) == ("left", "stopped by RuntimeError")


def test_a_machine_that_slept_leaves_the_time_out_and_says_so(session: Session) -> None:
    watch = Watcher()
    slept: list[tuple[int, Sequence[Input]]] = [(tick, ()) for tick in (0, 50, 450 + LONGEST_STEP, 451 + LONGEST_STEP)]
    play(session, Script(slept, real_time=True), None, watch)
    skipped = [event for event in watch.events if event.event == "time_skipped"]
    assert [event.value for event in skipped] == [LONGEST_STEP + 399]
    assert session.tick == 53, "52 ticks were played, and one to leave"


def test_what_was_kept_replays_to_the_same_log(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    keeper = Keeper(out, session, Header("made", session.scene.digest))
    head = [Person(head=Pose.of((0.0, tick / 1000, 1.2))) for tick in range(30)]
    frames: list[tuple[int, Sequence[Input]]] = [(tick, [person]) for tick, person in zip(range(0, 90, 3), head, strict=True)]
    play(session, Script([*frames, (95, [Command("participant", "distress")]), (250, ())]), None, keeper.watch)
    keeper.close()
    recording = read(keeper.recording_path or out)
    again = Watcher()
    fresh = Session(session.scene)
    play(fresh, ReplayDriver(Tape(recording.tape, recording.last_tick)), None, again)
    assert fresh.outcome == "finished"
    assert digest(again.events) == recording.log == keeper.digest
    assert keeper.log_path.read_text(encoding="utf-8").count("\n") == len(again.events)


def test_another_session_can_take_over_between_two_frames(session: Session) -> None:
    watch, after = Watcher(), Session(session.scene)
    asked: list[int] = []

    def change(now: Session) -> tuple[Session, Shown, Sequence[Event]] | None:
        asked.append(now.tick)
        if now is after or now.tick < 10:
            return None
        after.restore(now.snapshot())
        return after, Blank(), [Event(99, now.tick, "engine", "reloaded")]

    play(session, Script([(0, ()), (10, ()), (20, [Command("participant", "distress")]), (300, ())]), None, watch, change=change)
    assert asked[:3] == [-1, 0, 10]
    assert (session.tick, session.over) == (10, False), "the one before is asked nothing more"
    assert after.over
    found = [(one.tick, one.event) for one in watch.events if one.event in ("reloaded", "logged")]
    assert found == [(10, "reloaded"), (11, "logged")]
