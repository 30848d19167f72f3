"""After a session: the calm room, until the headset is taken off. What is asked and said there is no part of the session.

The session's log has its end before this begins, so what happens here is kept in `host.jsonl` (`engine.host.supervisor.note`):
`calm_room` with the outcome that led to it, `answered` with the comfort after, `calm_room_left` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.host.panels import OpenPanel, Ways
from engine.interaction.limits import AFTER, BREAK, RISES
from engine.view.calm import CalmRoom
from engine.view.ui import sheets
from engine.view.ui.palette import Contrast
from engine.view.ui.panel import Sheet
from engine.view.ui.shelf import Shelf, ahead
from engine.world import World
from engine.world.vectors import Transform
from headset.driver import Driver
from headset.inputs import TICKS_PER_SECOND, Command, Input, Link, Person

READ_SECONDS = 5.0
"""For how long only its line is shown, before anything is asked: two short sentences, read calmly."""

DESKTOP_SECONDS = 60.0
"""After which a window closes that nobody touches: nobody takes it off."""

DEAF_SECONDS = 0.5
"""For which a press that still belongs to leaving is not heard."""

HEIGHT: Final = 4.0
"""Degrees under the horizon of what it says."""

Note = Callable[..., None]
"""Keeps a line of `host.jsonl`: the event's name, and what belongs to it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The session that ended."""

    outcome: str
    """`left`, `limit`, `finished`; `lost` if its process was."""
    language: str
    ticks: int = 0
    world: World | None = None
    """As it was at the end, for its checklist; None if it is lost."""
    ask: bool = False
    """Whether to ask for the comfort after it."""
    comfort: int | None = None
    """The comfort before it, 0 to 20; None if it is not known."""
    contrast: Contrast = "normal"
    ways: Ways = field(default_factory=Ways)


class Rest:
    """What someone is shown in the calm room, step by step, as a pure state machine: the line, a question, how it went."""

    def __init__(self, ended: Ended, *, desktop: bool) -> None:
        self.ended = ended
        self.desktop = desktop
        self.answer = ""
        """The comfort after, 0 to 20, or `skip`; empty until it is given."""
        self.over = ""
        """Why it is over; empty while it goes on."""
        self.panel: OpenPanel | None = None
        self._sheets = self._all()
        self._sheet = next(self._sheets)
        self._quiet = 0.0
        self._person = Person()

    def step(self, seconds: float, inputs: Sequence[Input], ticks: int) -> None:
        """Go on to `seconds` after the session ended; `ticks` of them are new."""
        self._quiet += ticks / TICKS_PER_SECOND
        for given in inputs:
            if isinstance(given, Link) and given.state in ("unworn", "lost"):
                self.over = f"{given.device} {given.state}"
            elif isinstance(given, Command) and given.verb == "leave" and seconds >= DEAF_SECONDS:
                self.over = given.value or "leave"
            elif isinstance(given, Person) and given.id == "participant":
                if given != self._person:
                    self._quiet = 0.0
                self._person = given
        if self.desktop and self._quiet >= DESKTOP_SECONDS:
            self.over = "nobody touched it"
        if self._sheet.name == "calm" and seconds >= READ_SECONDS:
            self._turn()
        self._follow(ticks if seconds >= DEAF_SECONDS else 0, hears=seconds >= DEAF_SECONDS)

    def _follow(self, ticks: int, *, hears: bool) -> None:
        head = self._person.head
        if head is None:
            return
        if self.panel is None:
            self.panel = OpenPanel(self._sheet, ahead(Transform(head.metres, head.quaternion), HEIGHT), self.ended.ways)
        chosen = self.panel.step(self._person, ticks) if hears else ""
        if not chosen:
            return
        if self._sheet.name == "fms":
            self.answer = chosen
        elif self.desktop:
            self.over = "closed by hand"
        self._turn()

    def _turn(self) -> None:
        """Show the next sheet, if there is one."""
        after = next(self._sheets, None)
        if after is None:
            return
        self._sheet = after
        if self.panel is not None:
            self.panel = OpenPanel(after, self.panel.place, self.ended.ways)

    def _all(self) -> Iterator[Sheet]:
        ended = self.ended
        calm = sheets.calm(ended.language, ended.outcome, ended.contrast, desktop=self.desktop)
        yield calm
        if ended.ask:
            yield sheets.sickness(ended.language, ended.contrast)
        if ended.world is not None and ended.world.outcomes:
            yield sheets.summary(ended.world, ended.ticks, ended.contrast)
        if ended.ask or (ended.world is not None and ended.world.outcomes):
            yield sheets.farewell(ended.language, ended.contrast, desktop=self.desktop)


def rest(
    driver: Driver,
    room: CalmRoom,
    shelf: Shelf,
    ended: Ended,
    note: Note,
    *,
    stop: Callable[[], str] = lambda: "",
    beat: Callable[[], None] = lambda: None,
) -> str:
    """Stay in the calm room on an open device until it is taken off, closed or left; why it was. `stop` is asked before each
    frame, `beat` called after it."""
    desktop = "window" in driver.device.abilities
    resting = Rest(ended, desktop=desktop)
    note("calm_room", outcome=ended.outcome)
    began, before, answered = -1.0, 0, False
    why = ""
    while not why:
        if why := stop():
            break
        frame = driver.wait()
        if frame is None:
            why = "the device was closed"
            break
        if began < 0.0:
            began, before = frame.display_time, frame.tick
        seconds = frame.display_time - began
        resting.step(seconds, driver.inputs(frame), frame.tick - before)
        before = frame.tick
        if resting.answer and not answered:
            answered = True
            _keep(resting.answer, ended.comfort, note)
        why = resting.over
        if frame.draw:
            room.show(seconds)
            shelf.show(resting.panel.panels() if resting.panel is not None and room.there >= 1.0 else ())
            driver.render(frame, room.stage)
        beat()
    shelf.show(())
    note("calm_room_left", because=why)
    return why


def _keep(answer: str, before: int | None, note: Note) -> None:
    """Keep the comfort after, and whether it advises a break."""
    note("answered", question=AFTER, answer=answer)
    if answer.isdigit() and int(answer) - (before or 0) >= RISES:
        note("break_advised", minutes=BREAK)
