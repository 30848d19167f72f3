"""The start screen, opened: in a window for mouse and keys, or in the headset in the calm room. `engine.host.start` decides."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Final, Literal

import numpy as np

from engine.host.offers import Offer
from engine.host.panels import OpenPanel, Ways
from engine.host.start import Outcome, Start, StartChoice, found_headset, items, neighbour, page, pressed, typed
from engine.view.calm import CalmRoom
from engine.view.stage import Stage
from engine.view.start_window import Happened, StartWindow, at
from engine.view.ui.cursor import STEPS as DWELL_STEPS
from engine.view.ui.palette import Look
from engine.view.ui.panel import METRES_PER_PIXEL, Sheet
from engine.view.ui.pen import HEIGHT, WIDTH
from engine.view.ui.shelf import Shelf, ahead
from engine.view.ui.start import boxes, draw
from engine.world.vectors import Transform
from headset.driver import Driver, Panel
from headset.inputs import Command, Person

Offers = Callable[[str], tuple[Offer, ...]]
Way = Literal["left", "right", "up", "down"]

ARROWS: Final[Mapping[str, Way]] = {"arrow_left": "left", "arrow_right": "right", "arrow_up": "up", "arrow_down": "down"}
CHOOSE = ("enter", "space")
STEPS: Final[Mapping[str, int]] = {"tab": 1, "page_down": 1, "shift-tab": -1, "page_up": -1}
"""Keys and switches that go over all items; in a session `page_down` and `page_up` do the same."""
EVERY = 1 / 60
"""Seconds between two looks at mouse and keys."""

LONGEST_LOOK = 0.1
"""Seconds that count at most between two looks: a machine that stood still has not seen anyone wait."""

LARGER = 1.2
"""In the headset it is so much larger than other panels: its letters are smaller."""


class Looking:
    """Looks for the headset in a thread of its own: a runtime can take seconds to answer."""

    def __init__(self, look: Callable[[], str]) -> None:
        self._look = look
        self._found: str | None = None
        self.begin()

    def begin(self) -> None:
        """Look anew."""
        self._found = None
        self._thread = threading.Thread(target=self._run, name="headset", daemon=True)
        self._thread.start()

    def answer(self) -> str | None:
        """The headset's name, or empty, once; None as long as it is not known and after it was told."""
        found, self._found = self._found, None
        return found

    def _run(self) -> None:
        self._found = self._look()


def ways(start: Start) -> Ways:
    """How who takes part chooses, by their wishes: the same on the start screen as in a session."""
    dwell = 0.0 if start.wish("gaze") == "off" else float(start.wish("dwell"))
    return Ways(dwell, start.wish("scan") == "one", float(start.wish("scan_period")))


def on_another_page(one: Start, other: Start) -> bool:
    """Whether two states show different pages."""
    return (one.scene, one.people is None) != (other.scene, other.people is None)


class Screen:
    """The start screen as mouse, keys and switches work it: a state, what keys are on, what the mouse is on.

    For who has one switch the focus steps by itself. A pointer that rests chooses only for who wishes to choose by looking
    (`gaze=on`): eye trackers at a desk move the pointer.
    """

    def __init__(self, start: Start, offers: Offers, focus: str = "") -> None:
        self.start = start
        self.offers = offers
        self.focus = focus
        self.hover = ""
        self._down = ""
        self._waited = 0.0
        """Seconds for which a focus that steps by itself has been where it is."""
        self._rested: float | None = None
        """Seconds for which the pointer has rested on an item; None once it has chosen, or before it has moved."""
        self._opened = True
        """Whether a page has just opened: what lies under the pointer then was not looked for."""

    def do(
        self, happened: Happened, size: tuple[int, int], seconds: float = 0.0
    ) -> StartChoice | Literal["look", "close"] | None:
        """Take what happened, `seconds` after the last time; what is to be done about it, if anything is. A press counts where it
        is let go again."""
        if happened.typed and self.start.people is not None:
            self.start = typed(self.start, happened.typed)
            self.focus = "take" if self.start.letters else ""
        placed = boxes(page(self.start), size)
        able = [(name, placed[name]) for name in items(self.start)]
        before, self.hover = self.hover, at(able, happened.pointer)
        self._scan([name for name, _ in able], seconds)
        for key in happened.keys:
            if (done := self._key(key, dict(able))) is not None:
                return done
        if happened.clicked:
            self._down = self.hover
        elif self._down and not happened.held:
            chosen, self._down = self._down, ""
            if chosen == self.hover:
                return self.press(chosen)
        elif self._dwelt(before, seconds):
            return self.press(self.hover)
        return None

    @property
    def dwelt(self) -> float:
        """How far a dwell of the pointer is, 0 to 1."""
        return min(1.0, (self._rested or 0.0) / max(1e-3, ways(self.start).dwell))

    def press(self, item: str) -> StartChoice | Literal["look", "close"] | None:
        """Press an item; what is to be done about it, if anything is."""
        outcome: Outcome = pressed(self.start, item, self.offers)
        if not isinstance(outcome, Start):
            return outcome
        turned = on_another_page(self.start, outcome)
        self.start = outcome
        if turned:
            # One who works with keys goes on where most will: the start of the next page.
            begins = "start" if outcome.scene >= 0 and outcome.people is None else items(outcome)[0]
            self.focus = begins if self.focus else ""
            self._opened = True
        elif self.focus and self.focus not in items(outcome):
            self.focus = next((name for name in items(outcome) if name[:-1] == self.focus[:-1]), items(outcome)[0])
        return None

    def looks(self) -> tuple[tuple[str, Look], ...]:
        """Every item that does not look plain."""
        found: dict[str, Look] = {}
        if self.hover:
            found[self.hover] = "hover"
        if self.focus:
            found[self.focus] = "focus"
        if self._down and self._down == self.hover:
            found[self._down] = "pressed"
        return tuple(sorted(found.items()))

    def _scan(self, names: list[str], seconds: float) -> None:
        """Let the focus step by itself, for who has one switch."""
        wanted = ways(self.start)
        self._waited += seconds
        if wanted.scans and (self.focus not in names or self._waited >= wanted.scan_period):
            self._waited = 0.0
            self.focus = names[(names.index(self.focus) + 1) % len(names)] if self.focus in names else names[0]

    def _dwelt(self, before: str, seconds: float) -> bool:
        """Whether the pointer has rested long enough on what it is on."""
        opened, self._opened = self._opened, False
        if opened or self.start.wish("gaze") != "on" or not self.hover:
            self._rested = None
        elif self.hover != before:
            self._rested = 0.0
        elif self._rested is not None:
            self._rested += seconds
            if self._rested >= ways(self.start).dwell:
                self._rested = None
                return True
        return False

    def _key(self, key: str, able: Mapping[str, tuple[int, int, int, int]]) -> StartChoice | Literal["look", "close"] | None:
        names = list(able)
        if key == "escape":
            return self.press("escape")
        if key in CHOOSE and self.focus in able:
            self._waited = 0.0
            return self.press(self.focus)
        if key in ARROWS:
            self.focus = neighbour(able, self.focus, ARROWS[key]) if self.focus else names[0]
        elif key in STEPS:
            step = STEPS[key]
            self.focus = names[(names.index(self.focus) + step) % len(names)] if self.focus in able else names[0]
        return None


def choose_in_window(
    start: Start, offers: Offers, look: Callable[[], str], size: tuple[int, int]
) -> tuple[Start, StartChoice | None]:
    """Open the start screen in a window until something is chosen (None: it was closed); and the state it was left in.

    Raises DriverError if there is no display.
    """
    screen, looking = Screen(replace(start, types=True), offers), Looking(look)
    with closing(Stage()) as stage:
        window = StartWindow(stage, size)
        shown: object = None
        happened, last = Happened((), None, clicked=False, held=False), time.monotonic()
        while window.open:
            if (found := looking.answer()) is not None:
                screen.start = found_headset(screen.start, found)
            now = (page(screen.start), window.size, screen.looks())
            dwelt = (round(screen.dwelt * DWELL_STEPS), happened.pointer if screen.dwelt else None)
            if (now, dwelt) != shown:
                window.show(draw(*now), *dwelt)
                shown = (now, dwelt)
            happened, before, last = window.look(), last, time.monotonic()
            done = screen.do(happened, window.size, min(LONGEST_LOOK, last - before))
            if done == "look":
                screen.start = replace(screen.start, headset=None, problem="")
                looking.begin()
            elif done == "close":
                break
            elif isinstance(done, StartChoice):
                return screen.start, done
            time.sleep(EVERY)
    return screen.start, None


class _StartPanel(OpenPanel):
    """The start screen before a person in a headset."""

    def __init__(self, start: Start, place: Transform) -> None:
        super().__init__(Sheet("start", "", (), start.language), place)
        self.start = start
        self._drawn: object = None

    def names(self) -> tuple[str, ...]:
        return items(self.start)

    def part(self, name: str) -> tuple[float, float, float, float]:
        left, top, right, bottom = boxes(page(self.start))[name]
        pixel = METRES_PER_PIXEL * LARGER
        return (
            (left + right - WIDTH) / 2 * pixel,
            (HEIGHT - top - bottom) / 2 * pixel,
            (right - left) * pixel,
            (bottom - top) * pixel,
        )

    def size(self) -> tuple[float, float]:
        return (WIDTH * METRES_PER_PIXEL * LARGER, HEIGHT * METRES_PER_PIXEL * LARGER)

    def card(self, looks: tuple[tuple[str, Look], ...]) -> Panel:
        picture = draw(page(self.start), (WIDTH, HEIGHT), tuple(sorted(looks)))
        if self._drawn is not picture:
            self._drawn = picture
            self._pixels = np.concatenate((picture, np.full((HEIGHT, WIDTH, 1), 255, np.uint8)), axis=2)
        return Panel("start", self._pixels, self.size(), self.place.position, self.place.turn)


def choose_in_headset(driver: Driver, stage: Stage, start: Start, offers: Offers) -> tuple[Start, StartChoice | None]:
    """Open the start screen in the calm room of an open device until something is chosen; None if the device went or was left."""
    room, shelf = CalmRoom(stage), Shelf(stage, driver.panels)
    room.warm()
    screen = Screen(replace(found_headset(start, driver.device.name), types=False), offers)
    panel: _StartPanel | None = None
    before = 0
    while (frame := driver.wait()) is not None:
        ticks, before = max(0, frame.tick - before), frame.tick
        for given in driver.inputs(frame):
            if isinstance(given, Command) and given.verb == "leave":
                return screen.start, None
            if not isinstance(given, Person) or given.head is None:
                continue
            panel = panel or _StartPanel(screen.start, ahead(Transform(given.head.metres, given.head.quaternion)))
            panel.start, panel.ways = screen.start, ways(screen.start)
            chosen = panel.step(given, ticks)
            before_it, screen.focus = screen.start, panel.focus
            done = screen.press(chosen) if chosen else None
            if isinstance(done, StartChoice):
                shelf.show(())
                return screen.start, done
            if done == "close":
                return screen.start, None
            panel.start, panel.focus = screen.start, screen.focus
            if on_another_page(before_it, screen.start):
                panel.disarm()
        if frame.draw:
            room.show(1.0)
            shelf.show(panel.panels() if panel is not None else ())
            driver.render(frame, stage)
    return screen.start, None
