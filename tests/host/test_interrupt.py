"""Ctrl-C and a polite kill end a session in order, whatever the loop is doing."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from engine.host.interrupt import Interrupts
from engine.host.loop import play
from engine.session import Session
from engine.session.log import digest
from headset.inputs import Person, Pose
from headset.replay import ReplayDriver, Tape
from tests.host.test_loop import SCENARIO, Script, Watcher
from tests.making import scene


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(scene(tmp_path, SCENARIO))


def test_ctrl_c_waits_for_the_frame_to_be_over_and_is_then_raised(session: Session) -> None:
    watch, frames = Watcher(), [(tick, [Person(head=Pose.of((0.0, tick / 1000, 1.2)))]) for tick in range(90)]

    class Interrupted(Watcher):
        def __call__(self, *frame: object) -> None:
            watch(*frame)  # type: ignore[arg-type]
            if session.tick == 40:
                os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt), Interrupts() as interrupts:
        play(session, Script(frames), None, Interrupted(), stop=interrupts.why)
    last = watch.events[-1]
    assert (last.event, last.who, last.because, last.tick) == ("session_ended", "operator", "Ctrl-C", 41)
    assert [event.n for event in watch.events] == list(range(len(watch.events)))
    again, fresh = Watcher(), Session(session.scene)
    play(fresh, ReplayDriver(Tape(watch.tape, session.tick)), None, again)
    assert digest(again.events) == digest(watch.events)


def test_a_polite_kill_ends_with_the_status_that_a_shell_expects(session: Session) -> None:
    def killed() -> None:
        with Interrupts() as interrupts:
            os.kill(os.getpid(), signal.SIGTERM)
            play(session, Script([(0, ())]), None, Watcher(), stop=interrupts.why)

    with pytest.raises(SystemExit) as ended:
        killed()
    assert (ended.value.code, session.outcome) == (143, "left")


def test_the_second_ctrl_c_does_not_wait() -> None:
    done: list[str] = []

    def impatient() -> None:
        with Interrupts() as interrupts:
            os.kill(os.getpid(), signal.SIGINT)
            done.append(interrupts.why())
            os.kill(os.getpid(), signal.SIGINT)
            done.append("went on")

    with pytest.raises(KeyboardInterrupt):
        impatient()
    assert done == ["Ctrl-C"]


def test_handlers_are_as_they_were_afterwards() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    with Interrupts() as interrupts:
        assert not interrupts.why()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == before
