"""The loop: wait, sense, decide, show. The same four lines for a headset, a window, pictures and a replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from engine.session import Event, Session
from headset.driver import Driver, Frame, Stage
from headset.inputs import TICKS_PER_SECOND, Clock, Command, Input

LONGEST_STEP = 100
"""Ticks that one frame may play. A machine that slept or a debugger that stopped leaves out the rest, and the log says so."""


class Shown(Protocol):
    """What the loop needs of a view."""

    @property
    def stage(self) -> Stage:
        """What drivers draw on."""

    def update(self, display_time: float) -> None:
        """Bring the picture to a time, in seconds since tick 0."""


Change = Callable[[Session], tuple[Session, Shown, Sequence[Event]] | None]
"""Asked between frames: another session and view to go on with, and the events of the change; None to go on as it is."""

Watch = Callable[[Frame, Sequence[Input], Sequence[Event]], None]
"""Told of every frame that played a tick, after it was decided and before it is drawn: the log, the recording, the pictures."""


def play(
    session: Session,
    driver: Driver,
    view: Shown | None,
    watch: Watch,
    shown: Callable[[Frame], None] | None = None,
    *,
    first: Sequence[Input] = (),
    from_tick: int = 0,
    ends: bool = True,
    stop: Callable[[], str] = lambda: "",
    change: Change = lambda _: None,
    beat: Callable[[], None] = lambda: None,
) -> None:
    """Run a session on an open driver until it is over.

    Without a view nothing is drawn. `first` are inputs of the first tick, before the driver's own: what is known of the person.
    `from_tick` is the session's tick at the driver's tick 0, if it was played before. `shown` is told of each frame that was
    drawn. `stop` is asked before each frame: words other than none are why the operator ends the session here. `change` is asked
    then too, and may put another session of the same tick and another view in the place of these. `beat` is called once a frame,
    drawn or not: a supervisor hears by it that all is well.

    When that happens, when the driver goes away or something raises, the session is left in order, so that the log and the
    recording have an end; what was raised is raised again. With `ends` False it stays as it stands when the driver goes away,
    as that of a replay does which is to end in the middle.
    """
    pacer = _Pacer(session, "real_time" in driver.device.abilities, from_tick)
    pacer.waiting.extend(first)
    try:
        while not session.over:
            if why := stop():
                pacer.leave(watch, why, "operator")
                return
            if (other := change(session)) is not None:
                session, view, events = other
                pacer.session = session
                watch(Frame(session.tick, session.tick / TICKS_PER_SECOND, draw=False), (), events)
            frame = driver.wait()
            if frame is None:
                if ends:
                    pacer.leave(watch, "the device was closed")
                return
            frame = pacer.step(frame, driver.inputs(frame), watch)
            if view is not None and frame.draw:
                view.update(frame.display_time)
                driver.render(frame, view.stage)
                if shown is not None:
                    shown(frame)
            beat()
    except BaseException as error:
        pacer.leave(watch, f"stopped by {type(error).__name__}")
        raise


class _Pacer:
    """Turns a driver's frames into a session's ticks: keeps inputs until a tick is due, leaves out what a standstill would
    add."""

    def __init__(self, session: Session, real_time: bool, from_tick: int = 0) -> None:
        self.session = session
        self.real_time = real_time
        self.skipped = -from_tick
        self.waiting: list[Input] = []

    def step(self, frame: Frame, inputs: Sequence[Input], watch: Watch) -> Frame:
        """Play the ticks of a frame; the frame in the session's own time."""
        self.waiting.extend(inputs)
        behind = frame.tick - self.skipped - self.session.tick
        if self.real_time and behind > LONGEST_STEP and self.session.tick >= 0:
            self.skipped += behind - 1
            self.waiting.append(Clock(behind - 1))
        now = replace(frame, tick=frame.tick - self.skipped, display_time=frame.display_time - self.skipped / TICKS_PER_SECOND)
        if now.tick > self.session.tick:
            taken, self.waiting = self.waiting, []
            first = replace(now, tick=self.session.tick + 1)
            events = self.session.step(now.tick, taken)
            watch(first, taken, events)
        return now

    def leave(self, watch: Watch, why: str, author: str = "engine") -> None:
        """End a session that cannot go on."""
        if not self.session.over:
            inputs: list[Input] = [Command(author, "leave", why)]
            first = Frame(self.session.tick + 1, 0.0, draw=False)
            watch(first, inputs, self.session.step(first.tick, inputs))
