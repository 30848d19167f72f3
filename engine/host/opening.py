"""The start screen, opened: in a window for mouse and keys, or in the headset in the calm room. `engine.host.start` decides."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Final, Literal

import numpy as np

from engine.host.panels import OpenPanel
from engine.host.start import Offer, Outcome, Start, StartChoice, found_headset, items, neighbour, page, pressed
from engine.view.calm import CalmRoom
from engine.view.stage import Stage
from engine.view.start_window import Happened, StartWindow, at
from engine.view.ui.palette import Look
from engine.view.ui.panel import METRES_PER_PIXEL, Sheet
from engine.view.ui.shelf import Shelf, ahead
from engine.view.ui.start import HEIGHT, WIDTH, boxes, draw
from engine.world.vectors import Transform
from headset.driver import Driver, Panel
from headset.inputs import Command, Person

Offers = Callable[[str], tuple[Offer, ...]]
Way = Literal["left", "right", "up", "down"]

ARROWS: Final[Mapping[str, Way]] = {"arrow_left": "left", "arrow_right": "right", "arrow_up": "up", "arrow_down": "down"}
CHOOSE = ("enter", "space")
EVERY = 1 / 60
"""Seconds between two looks at mouse and keys."""

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


class Screen:
    """The start screen as mouse and keys work it: a state, what keys are on, what the mouse is on."""

    def __init__(self, start: Start, offers: Offers, focus: str = "") -> None:
        self.start = start
        self.offers = offers
        self.focus = focus
        self.hover = ""
        self._down = ""

    def do(self, happened: Happened, size: tuple[int, int]) -> StartChoice | Literal["look", "close"] | None:
        """Take what happened; what is to be done about it, if anything is. A press counts where it is let go again."""
        placed = boxes(page(self.start), size)
        able = [(name, placed[name]) for name in items(self.start)]
        self.hover = at(able, happened.pointer)
        for key in happened.keys:
            if (done := self._key(key, dict(able))) is not None:
                return done
        if happened.clicked:
            self._down = self.hover
        elif self._down and not happened.held:
            chosen, self._down = self._down, ""
            if chosen == self.hover:
                return self.press(chosen)
        return None

    def press(self, item: str) -> StartChoice | Literal["look", "close"] | None:
        """Press an item; what is to be done about it, if anything is."""
        outcome: Outcome = pressed(self.start, item, self.offers)
        if not isinstance(outcome, Start):
            return outcome
        turned = outcome.scene != self.start.scene
        self.start = outcome
        if turned:
            # One who works with keys goes on where most will: the start of the next page.
            self.focus = ("start" if outcome.scene >= 0 else items(outcome)[0]) if self.focus else ""
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

    def _key(self, key: str, able: Mapping[str, tuple[int, int, int, int]]) -> StartChoice | Literal["look", "close"] | None:
        names = list(able)
        if key == "escape":
            return self.press("escape")
        if key in CHOOSE and self.focus in able:
            return self.press(self.focus)
        if key in ARROWS:
            self.focus = neighbour(able, self.focus, ARROWS[key]) if self.focus else names[0]
        elif key in ("tab", "shift-tab"):
            step = 1 if key == "tab" else -1
            self.focus = names[(names.index(self.focus) + step) % len(names)] if self.focus in able else names[0]
        return None


def choose_in_window(
    start: Start, offers: Offers, look: Callable[[], str], size: tuple[int, int]
) -> tuple[Start, StartChoice | None]:
    """Open the start screen in a window until something is chosen (None: it was closed); and the state it was left in.

    Raises DriverError if there is no display.
    """
    screen, looking = Screen(start, offers), Looking(look)
    with closing(Stage()) as stage:
        window = StartWindow(stage, size)
        shown: object = None
        while window.open:
            if (found := looking.answer()) is not None:
                screen.start = found_headset(screen.start, found)
            now = (page(screen.start), window.size, screen.looks())
            if now != shown:
                window.show(draw(*now))
                shown = now
            done = screen.do(window.look(), window.size)
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
    screen = Screen(replace(found_headset(start, driver.device.name)), offers)
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
            panel.start = screen.start
            chosen = panel.step(given, ticks)
            done = screen.press(chosen) if chosen else None
            if isinstance(done, StartChoice):
                shelf.show(())
                return screen.start, done
            if done == "close":
                return screen.start, None
            panel.start = screen.start
            if panel.focus and panel.focus not in panel.names():
                panel.focus = panel.names()[0]
        if frame.draw:
            room.show(1.0)
            shelf.show(panel.panels() if panel is not None else ())
            driver.render(frame, stage)
    return screen.start, None
