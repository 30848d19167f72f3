"""A panel that is open before a person: what is pointed at, what keys are on, what is chosen. It knows no session and no device.

Hands point, poke and pull the trigger, a gaze dwells (`engine.interaction.panels`). Keys and switches step a focus over what can
be chosen: `next`, `previous`, `select`; with one switch the focus steps by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.interaction.panels import PanelEvent, PanelPointer, Rect
from engine.view.ui.cursor import cursor
from engine.view.ui.palette import Look
from engine.view.ui.panel import METRES_PER_PIXEL, Sheet, choosable, laid_out, picture
from engine.view.ui.shelf import panel
from engine.world.vectors import Transform
from headset.driver import Panel
from headset.inputs import TICKS_PER_SECOND, Key, Person, Side

NEARER = 0.004
"""Metres by which the cursor lies before the panel."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How someone chooses: seconds of a dwell (0: a gaze never chooses); whether the focus steps by itself, as for one switch,
    every so many seconds."""

    dwell: float = 1.0
    scans: bool = False
    scan_period: float = 1.5


class OpenPanel:
    """A sheet at a place of the person's own space. `step` it with each newest person; `panels` shows it."""

    def __init__(self, sheet: Sheet, place: Transform, ways: Ways = Ways()) -> None:
        self.sheet = sheet
        self.place = place
        self.ways = ways
        self.focus = ""
        """What keys and switches are on; empty until the first is pressed."""
        self._pointer, self._behind = PanelPointer(), PanelPointer()
        self._first: str | None = None
        """What the gaze was on as the panel opened. It chooses nothing until it has been elsewhere: what opens ahead of someone
        who only looks ahead would be chosen by itself."""
        self._keys: frozenset[Key] | None = None
        self._events: list[PanelEvent] = []
        self._waited = 0

    def change(self, sheet: Sheet) -> None:
        """Say something else at the same place."""
        self.sheet = sheet
        if self.focus and self.focus not in self.names():
            self.focus = next(iter(self.names()), "")

    def disarm(self) -> None:
        """Let a gaze choose nothing until it has been elsewhere: something else has opened where it rests."""
        self._first = None
        self._pointer.dwell = 0.0

    def step(self, person: Person, ticks: int = 1) -> str:
        """The item that is chosen now; empty if none is. `ticks` have passed since the last step."""
        self._events = self._pointer.step(self._rects(), person, ticks)
        # One also sees where one points between the items, and chooses nothing there.
        met = {event.by for event in self._events}
        behind = self._behind.step({"": Rect(self.place, self.size())}, person, ticks)
        self._events += [event for event in behind if event.by not in met]
        self._arm()
        chosen = self._key(person.keys, ticks)
        for event in self._events:
            if event.phase == "release":
                chosen = event.rect or chosen
        return chosen

    def hand(self) -> Side | None:
        """The hand that is on an item now; None: a look, a key, or nothing is."""
        return next((event.by for event in self._events if event.rect and event.by != "gaze"), None)

    def looks(self) -> Mapping[str, Look]:
        """Every item that does not look plain."""
        found: dict[str, Look] = {self.focus: "focus"} if self.focus else {}
        for event in (one for one in self._events if one.rect):
            found[event.rect] = "pressed" if event.phase in ("press", "drag") else found.get(event.rect, "hover")
        return found

    def panels(self) -> list[Panel]:
        """The panel, and a mark where it is pointed at."""
        shown = [self.card(tuple(self.looks().items()))]
        for event in self._events:
            if event.phase != "cancel":
                at = Transform(event.point, self.place.turn).point((0.0, -NEARER, 0.0))
                dwelt = event.progress if event.rect else 0.0
                shown.append(panel(f"cursor {event.by}", cursor(dwelt), Transform(at, self.place.turn)))
        return shown

    def names(self) -> tuple[str, ...]:
        """What can be chosen, in reading order."""
        return choosable(self.sheet)

    def part(self, name: str) -> tuple[float, float, float, float]:
        """Where an item's middle is from the panel's, and its size, in metres: across, up, width, height."""
        return laid_out(self.sheet).part(name)

    def size(self) -> tuple[float, float]:
        """Width and height of the panel in metres."""
        width, height = laid_out(self.sheet).size
        return (width * METRES_PER_PIXEL, height * METRES_PER_PIXEL)

    def card(self, looks: tuple[tuple[str, Look], ...]) -> Panel:
        """The panel with its items as they look."""
        return panel(self.sheet.name, picture(self.sheet, looks), self.place)

    def _rects(self) -> dict[str, Rect]:
        rects: dict[str, Rect] = {}
        for name in self.names():
            across, up, width, height = self.part(name)
            rects[name] = Rect(Transform(self.place.point((across, 0.0, up)), self.place.turn), (width, height))
        return rects

    def _arm(self) -> None:
        """Let a gaze choose once it has moved, unless someone works with keys."""
        gazed = next((event.rect for event in self._events if event.by == "gaze"), "")
        self._first = gazed if self._first is None else self._first
        if gazed != self._first:
            self._pointer.dwell = 0.0 if self.focus else self.ways.dwell

    def _key(self, keys: frozenset[Key], ticks: int) -> str:
        # What was down as the panel opened was meant for something else.
        pressed = frozenset() if self._keys is None else keys - self._keys
        self._keys = keys
        names = list(self.names())
        if not names:
            return ""
        at = names.index(self.focus) if self.focus in names else -1
        if self.ways.scans:
            self._waited += ticks
            if at < 0 or self._waited >= self.ways.scan_period * TICKS_PER_SECOND:
                self._waited, at = 0, (at + 1) % len(names)
                self.focus = names[at]
        if "select" in pressed:
            if at >= 0:
                self._waited = 0
                return names[at]
            self.focus = names[0]
        if "next" in pressed:
            self.focus = names[(at + 1) % len(names)]
        elif "previous" in pressed or "back" in pressed:
            self.focus = names[(max(at, 0) - 1) % len(names)]
        return ""
