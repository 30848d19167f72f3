"""What each of the engine's panels says: pure functions from what is so to a `Sheet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.view.ui.board import clock_text, times
from engine.view.ui.palette import Contrast
from engine.view.ui.panel import Button, Buttons, Result, Row, Setting, Sheet
from engine.view.ui.panel import Words as Paragraph
from engine.view.ui.wishes import setting
from engine.view.ui.words import Words, words
from engine.world import World
from engine.world.screens import Outcome

IN_THE_MENU = ("captions", "turn", "move", "vignette")
"""Wishes that can be changed while one is in the scene."""

WORST = 20
"""The worst of the Fast Motion Sickness scale: 0 (no sickness at all) to 20 (frank sickness), asked in one word for nausea,
discomfort and stomach problems (Keshavarz and Hecht 2011, Human Factors 53:415–426)."""

NARROW = 760
"""Pixels of a panel that asks or says one thing."""


def pause(
    language: str, wishes: Mapping[str, str], contrast: Contrast = "normal", *, mine: bool = True, recentres: bool = True
) -> Sheet:
    """The pause menu: `go_on`, which is off while it is not the person's own pause (`mine`); a setting for each of IN_THE_MENU;
    `recentre`, if the device can; `leave`."""
    own = words(language)
    settings: tuple[Setting, ...] = tuple(setting(name, wishes[name], own) for name in IN_THE_MENU)
    rows: tuple[Row, ...] = (
        Buttons((Button("go_on", own["go_on"], main=True, enabled=mine),)),
        *settings,
        Buttons((*((Button("recentre", own["recentre"]),) if recentres else ()), Button("leave", own["leave"]))),
    )
    return Sheet("pause", own["paused"], rows, own.language, contrast)


def sickness(language: str, contrast: Contrast = "normal") -> Sheet:
    """How sick one feels: items `0` to `20`, and `skip`."""
    own = words(language)
    numbers = [Button(str(number), str(number)) for number in range(WORST + 1)]
    rows: tuple[Row, ...] = (
        Paragraph(own["fms_hint"], 0.8, dim=True),
        *(Buttons(tuple(numbers[begin : begin + 7])) for begin in range(0, WORST + 1, 7)),
        Buttons((Button("skip", own["skip"]),)),
    )
    return Sheet("fms", own["fms"], rows, own.language, contrast)


def all_right(language: str, contrast: Contrast = "normal") -> Sheet:
    """Asked of someone who said that they feel uneasy: `yes`, `break`, `leave`."""
    own = words(language)
    rows = (
        Buttons((Button("yes", own["all_right_yes"], main=True),)),
        Buttons((Button("break", own["all_right_break"]), Button("leave", own["leave"]))),
    )
    return Sheet("all_right", own["all_right"], rows, own.language, contrast, NARROW)


def message(said: str, language: str, contrast: Contrast = "normal") -> Sheet:
    """A sentence to read, with nothing to choose."""
    return Sheet("message", "", (Paragraph(said, 1.1),), language, contrast, NARROW)


def calm(language: str, outcome: str, contrast: Contrast = "normal", *, desktop: bool = False) -> Sheet:
    """What the calm room says to someone whose session ended `left`, `limit`, `finished`, or was `lost`."""
    own = words(language)
    said = own[f"calm_{outcome}" if f"calm_{outcome}" in own.keys else "calm_finished"]
    return Sheet("calm", "", _said(said, own, desktop), own.language, contrast, NARROW)


def farewell(language: str, contrast: Contrast = "normal", *, desktop: bool = False) -> Sheet:
    """The last thing that the calm room says, after what was asked."""
    own = words(language)
    rows: tuple[Row, ...] = (
        Paragraph(own["farewell"], 1.1),
        *((Paragraph(own["calm_window"], 0.8, dim=True),) if desktop else ()),
    )
    return Sheet("farewell", "", rows, own.language, contrast, NARROW)


def summary(world: World, ticks: int, contrast: Contrast = "normal") -> Sheet:
    """How a session went: how long it was, and what came of its checklist; item `close`."""
    language, labels = world.scene.language, world.scene.text
    own = words(language)
    rows: Sequence[Row] = (
        Paragraph(own.filled("summary_time", time=clock_text(ticks)), dim=True),
        *(_result(outcome, labels.get(name, name.replace("_", " ")), language) for name, outcome in world.outcomes.items()),
        Buttons((Button("close", own["close"], main=True),)),
    )
    return Sheet("summary", labels.get("title", own["summary"]), tuple(rows), own.language, contrast)


def _said(said: str, own: Words, desktop: bool) -> tuple[Row, ...]:
    return (Paragraph(said, 1.1), *((Paragraph(own["calm_window"], 0.8, dim=True),) if desktop else ()))


def _result(outcome: Outcome, label: str, language: str) -> Result:
    return Result(outcome.result, label, times(outcome), language)
