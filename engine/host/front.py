"""What stands between a person and the scene: the pause menu, questions, messages. They choose; the session is told.

`Front` is a driver around the device's own: what is chosen on a panel comes in with the frame's other inputs, as commands, so it
is recorded and replayed like everything that changes a session. The loop and the session know nothing of panels.

    pause      while the session is paused
    fms        before the session begins, and in the calm room after it (`engine.host.calm`), where it is asked for
    all_right  asked once of someone who said that they feel uneasy
    message    for a while, when a minute is left
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from engine.host.panels import OpenPanel, Ways
from engine.interaction.limits import BEFORE
from engine.session import Event, Session
from engine.view.stage import Stage
from engine.view.ui import sheets
from engine.view.ui.captions import Captions
from engine.view.ui.palette import Contrast
from engine.view.ui.panel import Sheet, picture
from engine.view.ui.shelf import Shelf, ahead
from engine.view.ui.wishes import FIRST, stepped
from engine.view.ui.words import words
from engine.world.vectors import Transform
from headset.driver import Consent, Device, Driver, Frame, Hears, Panel, Recentres
from headset.driver import Stage as DriversStage
from headset.inputs import SIDES, TICKS_PER_SECOND, Command, Input, Person, Side

MESSAGE_SECONDS = 6.0
"""For how long a message is shown: two short sentences read twice."""

ABOVE = -12.0
"""Degrees under the horizon of a message: above it, clear of captions and of what hands do."""

TAP = 50
"""Ticks within which a menu button is let go that was only tapped: the pause menu. Held for a second it leaves."""

Question = Literal["", "fms", "all_right"]


class Front:
    """A driver with panels before it. `ask`: whether the comfort question is asked."""

    def __init__(
        self,
        driver: Driver,
        session: Session,
        shelf: Shelf,
        *,
        ask: bool = False,
    ) -> None:
        self.driver = driver
        self.session = session
        self.shelf = shelf
        self.open_panel: OpenPanel | None = None
        self.question: Question = "fms" if ask else ""
        self.comfort: int | None = None
        """How sick they felt before it, 0 to 20; None if they did not say."""
        self._asked = False
        self._chosen = ""
        """The item that was chosen on a panel, until someone takes note of it."""
        self._prepare()
        self._mine = False
        """Whether it is this person's own wish that the session is paused."""
        self._person = Person()
        self._message: OpenPanel | None = None
        self._message_ticks = 0
        self._tapped: dict[Side, int] = {}
        self._tick = 0

    @property
    def device(self) -> Device:
        """The device itself."""
        return self.driver.device

    def open(self, stage: DriversStage) -> None:
        """Open the device."""
        self.driver.open(stage)

    def wait(self) -> Frame | None:
        """The next frame of the device."""
        return self.driver.wait()

    def inputs(self, frame: Frame) -> Sequence[Input]:
        """What came in, and what was chosen."""
        given = self.driver.inputs(frame)
        ticks, self._tick = max(0, frame.tick - self._tick), frame.tick
        self._message_ticks -= ticks
        if self._message_ticks <= 0:
            self._message = None
        for one in given:
            if isinstance(one, Command) and one.author == "participant" and one.verb in ("pause", "resume"):
                self._mine = one.verb == "pause"
            if isinstance(one, Person) and one.id == "participant":
                self._person = one
        commands = self._decide(ticks)
        if isinstance(self.driver, Hears):
            for command in commands:
                if command.author == "participant" and command.verb in ("pause", "resume"):
                    self.driver.hear(command)
        return [*given, *commands]

    def render(self, frame: Frame, stage: DriversStage) -> None:
        """Draw, with the panels as they are."""
        self.shelf.show(self._panels())
        self.driver.render(frame, stage)

    def panels(self, panels: Sequence[Panel]) -> bool:
        """Show other panels than its own."""
        return self.driver.panels(panels)

    def allow(self, consents: frozenset[Consent]) -> None:
        """Pass on what the person has consented to."""
        self.driver.allow(consents)

    def haptic(self, side: Side, amplitude: float, seconds: float) -> None:
        """Pass on a pulse."""
        self.driver.haptic(side, amplitude, seconds)

    def close(self) -> None:
        """Take the panels away; the device stays open for whoever opened it."""
        self.open_panel = None
        self.shelf.show(())

    def take_chosen(self) -> str:
        """The item that was chosen on a panel since this was last asked; empty if none was."""
        chosen, self._chosen = self._chosen, ""
        return chosen

    def watch(self, events: Sequence[Event]) -> None:
        """Follow what happened in the session."""
        for event in events:
            if event.event == "distressed" and not self.question:
                self.question = "all_right"
            elif event.event == "time_nearly_over":
                self.tell(words(self._language)["minute_left"])

    def tell(self, said: str) -> None:
        """Show a sentence for MESSAGE_SECONDS, ahead and above what hands do."""
        head = self._person.head
        if head is not None:
            place = ahead(Transform(head.metres, head.quaternion), ABOVE)
            self._message = OpenPanel(sheets.message(said, self._language, self.contrast), place)
            self._message_ticks = round(MESSAGE_SECONDS * TICKS_PER_SECOND)

    @property
    def wishes(self) -> Mapping[str, str]:
        """What the person wants, as the session knows it."""
        return {**FIRST, **self.session.preferences["participant"].texts()}

    @property
    def ways(self) -> Ways:
        """How the person chooses on panels."""
        wants = self.session.preferences["participant"]
        return Ways(0.0 if wants.gaze == "off" else wants.dwell, wants.scan == "one", wants.scan_period)

    @property
    def contrast(self) -> Contrast:
        """The contrast of panels that the person wants."""
        return self.session.preferences["participant"].contrast

    @property
    def _language(self) -> str:
        return self.session.scene.language

    def _prepare(self) -> None:
        """Draw what may open, before anyone waits for a frame: the first time takes 0.1 s, mostly for its letters."""
        for mine in (True, False):
            picture(self._menu(mine))
        picture(sheets.all_right(self._language, self.contrast))

    def _menu(self, mine: bool) -> Sheet:
        able = isinstance(self.driver, Recentres)
        return sheets.pause(self._language, self.wishes, self.contrast, mine=mine, recentres=able)

    def _decide(self, ticks: int) -> list[Command]:
        commands = self._tap(ticks)
        if self.question == "fms" and not self._asked:
            self._asked = True
            commands.append(Command("engine", "pause", "a question is asked before the session"))
        sheet = self._sheet()
        head = self._person.head
        if sheet is None or head is None:
            self.open_panel = None
            return commands
        if self.open_panel is None or self.open_panel.sheet.name != sheet.name:
            self.open_panel = OpenPanel(sheet, ahead(Transform(head.metres, head.quaternion)), self.ways)
        elif self.open_panel.sheet != sheet:
            self.open_panel.change(sheet)
        self.open_panel.ways = self.ways  # the first question opens before the session knows what its person wishes
        chosen = self.open_panel.step(self._person, ticks)
        self._chosen = chosen or self._chosen
        return [*commands, *(self._choose(sheet.name, chosen) if chosen else ())]

    def _sheet(self) -> Sheet | None:
        if self.question == "fms":
            return sheets.sickness(self._language, self.contrast)
        if self.question == "all_right":
            return sheets.all_right(self._language, self.contrast)
        if self.session.world.paused:
            return self._menu(self._mine)
        return None

    def _choose(self, sheet: str, item: str) -> list[Command]:
        if sheet == "fms":
            return self._answer_sickness(item)
        if sheet == "all_right":
            self.question = ""
            answer = Command("participant", "answer", f"all_right={item}")
            return [answer, *(self._choose("pause", item) if item == "leave" else self._pause() if item == "break" else ())]
        if item == "go_on":
            self._mine = False
            return [Command("participant", "resume", "chosen on the panel")]
        if item == "leave":
            return [Command("participant", "leave", "chosen on the panel")]
        if item == "recentre" and isinstance(self.driver, Recentres):
            self.driver.recentre()
            self.open_panel = None  # it opens anew, where ahead is now
            return [Command("participant", "recentre")]
        name = item[:-1]
        return [Command("participant", "set", f"{name}={stepped(name, self.wishes[name], up=item.endswith('+'))}")]

    def _answer_sickness(self, item: str) -> list[Command]:
        self.question = ""
        resume = Command("engine", "resume", "the question was answered")
        if item == "skip":
            return [resume]
        self.comfort = int(item)
        return [Command("participant", "answer", f"{BEFORE}={item}"), resume]

    def _tap(self, ticks: int) -> list[Command]:
        """A menu button that was only tapped pauses, or goes on."""
        for side in SIDES:
            if "menu" in self._person.hand(side).buttons:
                self._tapped[side] = self._tapped.get(side, 0) + ticks
            elif 0 < self._tapped.pop(side, 0) <= TAP and not self.question:
                return self._choose("pause", "go_on") if self._mine else self._pause()
        return []

    def _pause(self) -> list[Command]:
        self._mine = True
        return [Command("participant", "pause", "chosen by the person")]

    def _panels(self) -> list[Panel]:
        shown = self.open_panel.panels() if self.open_panel is not None else []
        return [*(self._message.panels() if self._message is not None else ()), *shown]


def captions(stage: Stage, session: Session) -> Captions:
    """The captions of a session, as its participant wants them. Raises TextError."""
    return Captions(stage, session.world, lambda: session.preferences["participant"])
