"""Panels: a title, words, and what can be chosen, laid out and drawn into a picture; and where on it each thing can be chosen.

    Sheet ─► laid_out ─► boxes of its items ─► pointing (`engine.interaction.panels`)
                  └────► picture, with each item as it looks now ─► `headset.driver.Panel`

Whatever its texts are: buttons grow with their words, words part into lines, and in a language that runs from right to left
everything is the other way round. A letter of a headset's panel is 1.5 degrees an em (small letters 0.75 degrees, two and a half
times newsprint), and what can be chosen at least 2.5 degrees high and wide, as a finger or a tracked eye can hold; on a screen
that is 60 pixels, more than the 44 of WCAG 2.2 (2.5.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import radians, tan

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.view.ui import text
from engine.view.ui.bidi import runs_right_to_left
from engine.view.ui.follow import DISTANCE
from engine.view.ui.painter import Box, Painter, height_of, rounded
from engine.view.ui.palette import MARKS, PALETTES, Contrast, Look

PIXELS_PER_DEGREE = 24.0
"""As fine as headsets are."""

METRES_PER_PIXEL = DISTANCE * tan(radians(1.0)) / PIXELS_PER_DEGREE
EM = 36
"""Pixels of a letter."""

TARGET = 60
"""Pixels that an item is high and wide at least: 2.5 degrees."""

WIDTH = 960
"""Pixels of a panel: 40 degrees, seen without turning the head."""

GAP, MARGIN = 22, 52
BUTTON = 84
"""Pixels that a button is high, with one line on it."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `size` in ems. `language` is that of its words, if it is not the sheet's."""

    words: str
    size: float = 1.0
    dim: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to choose. `main`: what most will want."""

    name: str
    words: str
    main: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side, of one width."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that goes up and down: the items are `NAME-` and `NAME+`. With `part`, 0–1, it also shows how much it is."""

    name: str
    label: str
    value: str
    lower: bool = True
    higher: bool = True
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A line of a checklist: met, missed or open, what, and when."""

    result: str
    words: str
    time: str
    language: str
    """That of the words, which are the scene's."""


Row = Words | Buttons | Setting | Result


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a panel says. `language` is that of its own words and its direction."""

    name: str
    title: str
    rows: tuple[Row, ...]
    language: str
    contrast: Contrast = "normal"
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Laid:
    """A sheet's size and boxes in pixels; `items` are the boxes of all items."""

    size: tuple[int, int]
    rows: tuple[Box, ...]
    title: Box
    items: Mapping[str, Box] = field(hash=False)

    def part(self, name: str) -> tuple[float, float, float, float]:
        """An item's middle, from the panel's own, and its size, in metres: across to the right, up, width, height."""
        left, up, right, down = self.items[name]
        width, height = self.size
        across, above = (left + right - width) / 2, (height - up - down) / 2
        return tuple(METRES_PER_PIXEL * one for one in (across, above, right - left, down - up))  # type: ignore[return-value]


@lru_cache(maxsize=64)
def laid_out(sheet: Sheet) -> Laid:
    """Where everything of a sheet stands."""
    inner = sheet.width - 2 * MARGIN
    mirrored = runs_right_to_left("", sheet.language)
    at = MARGIN
    title = (MARGIN, at, MARGIN + inner, at + (height_of(sheet.title, sheet.language, _px(1.4), inner) if sheet.title else 0))
    at = title[3] + (GAP if sheet.title else 0)
    rows: list[Box] = []
    items: dict[str, Box] = {}
    for before, row in zip((None, *sheet.rows), sheet.rows, strict=False):
        if isinstance(row, Buttons) and isinstance(before, Words | Result):
            at += GAP // 2  # what is to be read stands apart from what is to be pressed
        high = _height(row, sheet.language, inner)
        box = (MARGIN, at, MARGIN + inner, at + high)
        rows.append(box)
        items.update(_items(row, box, mirrored=mirrored))
        at = box[3] + GAP
    return Laid((sheet.width, at - GAP + MARGIN), tuple(rows), title, items)


def choosable(sheet: Sheet) -> tuple[str, ...]:
    """The items that can be chosen now, in reading order."""
    names: list[str] = []
    for row in sheet.rows:
        if isinstance(row, Buttons):
            names += [button.name for button in row.buttons if button.enabled]
        elif isinstance(row, Setting):
            names += [f"{row.name}{way}" for way, able in (("-", row.lower), ("+", row.higher)) if able]
    return tuple(names)


def picture(sheet: Sheet, looks: tuple[tuple[str, Look], ...] = ()) -> NDArray[np.uint8]:
    """A sheet with its items as they look (`plain` where nothing is said), as `headset.driver.Panel` wants pixels.

    The same sheet and looks are the same array.
    """
    return _picture(sheet, tuple(sorted(looks)))


@lru_cache(maxsize=24)
def _picture(sheet: Sheet, looks: tuple[tuple[str, Look], ...]) -> NDArray[np.uint8]:
    if not looks:
        return on_round_ground(_plain(sheet), EM)
    # A pointer wanders over a panel while frames are drawn: only rows in which something looks different are drawn anew.
    pixels, image = _picture(sheet, ()).copy(), _plain(sheet).copy()
    painter, said = Painter(image, PALETTES[sheet.contrast], sheet.language, EM), dict(looks)
    for row, box in zip(sheet.rows, laid_out(sheet).rows, strict=True):
        if not said.keys() & _items(row, box, mirrored=painter.mirrored).keys():
            continue
        _draw_items(painter, row, box, said)
        top, bottom = box[1] - GAP, box[3] + GAP
        pixels[top:bottom, MARGIN - GAP : GAP - MARGIN, :3] = np.asarray(
            image.crop((MARGIN - GAP, top, sheet.width - MARGIN + GAP, bottom))
        )
    pixels.flags.writeable = False
    return pixels


def on_round_ground(image: Image.Image, radius: int) -> NDArray[np.uint8]:
    """A picture with its corners rounded away, with premultiplied alpha; it may not be written to."""
    cover = np.asarray(rounded(*image.size, radius))
    pixels = np.empty((*cover.shape, 4), np.uint8)
    pixels[..., :3], pixels[..., 3] = np.asarray(image), cover
    edge = cover < 255
    pixels[edge, :3] = text.dimmed(pixels[edge, :3], cover[edge, None] / 255.0)
    pixels.flags.writeable = False
    return pixels


@lru_cache(maxsize=8)
def _plain(sheet: Sheet) -> Image.Image:
    laid, palette = laid_out(sheet), PALETTES[sheet.contrast]
    image = Image.new("RGB", laid.size, palette.ground)
    painter = Painter(image, palette, sheet.language, EM)
    painter.line((0, 0, *laid.size), palette.edge, 2 * palette.rim_px, EM)
    if sheet.title:
        painter.write(sheet.title, laid.title, palette.ink, size=1.4, top=True)
    for row, box in zip(sheet.rows, laid.rows, strict=True):
        match row:
            case Words():
                ink = palette.dim if row.dim else palette.ink
                # A paragraph in another language begins on the side where that one does.
                other = row.language and runs_right_to_left("", row.language) != painter.mirrored
                side = "end" if other else "start"
                painter.write(row.words, box, ink, size=row.size, align=side, top=True, language=row.language)
            case Result():
                _draw_result(painter, row, box)
            case Setting():
                label, middle = _parts(box, mirrored=painter.mirrored)[:2]
                painter.write(row.label, label, palette.ink)
                painter.write(row.value, (middle[0], middle[1], middle[2], middle[3] - (16 if row.part is not None else 0)),
                              palette.ink, align="middle")  # fmt: skip
                if row.part is not None:
                    _draw_part(painter, row.part, middle)
        _draw_items(painter, row, box, {})
    return image


def _draw_items(painter: Painter, row: Row, box: Box, looks: Mapping[str, Look]) -> None:
    """The items of a row that look as said; with no looks at all, every one as it is."""
    boxes = _items(row, box, mirrored=painter.mirrored)
    if isinstance(row, Buttons):
        for button in row.buttons:
            if looks and button.name not in looks:
                continue
            look: Look = looks.get(button.name, "plain") if button.enabled else "disabled"
            ink = painter.button(boxes[button.name], look, main=button.main)
            left, up, right, down = boxes[button.name]
            painter.write(button.words, (left + 14, up, right - 14, down), ink, align="middle")
    elif isinstance(row, Setting):
        for name, able in ((f"{row.name}-", row.lower), (f"{row.name}+", row.higher)):
            if looks and name not in looks:
                continue
            ink = painter.button(boxes[name], looks.get(name, "plain") if able else "disabled")
            if row.part is not None:
                painter.sign(boxes[name], ink, plus=name.endswith("+"))
            else:
                painter.arrow(boxes[name], ink, left=name.endswith("-") != painter.mirrored)


def _draw_result(painter: Painter, row: Result, box: Box) -> None:
    left, up, right, down = box
    mark, time = EM, 5 * EM
    spots = [(left, left + mark), (left + mark + GAP, right - time), (right - time, right)]
    if painter.mirrored:
        spots = [(left + right - b, left + right - a) for a, b in spots]
    middle = (up + down - mark) // 2
    painter.mark(row.result, (spots[0][0], middle, spots[0][1], middle + mark), MARKS[row.result])
    painter.write(row.words, (spots[1][0], up, spots[1][1], down), painter.palette.ink, language=row.language)
    painter.write(row.time, (spots[2][0], up, spots[2][1], down), painter.palette.dim, align="end", language="en")


def _draw_part(painter: Painter, part: float, middle: Box) -> None:
    """How much of a bar is full."""
    left, _, right, down = middle
    bar = (left + 16, down - 24, right - 16, down - 12)
    painter.face(bar, painter.palette.face, 6)
    painter.line(bar, painter.palette.rim, 1, 6)
    full = round((bar[2] - bar[0]) * min(1.0, max(0.0, part)))
    if full > 12:
        begin = bar[2] - full if painter.mirrored else bar[0]
        painter.face((begin, bar[1], begin + full, bar[3]), painter.palette.main, 6)


def _px(size: float) -> int:
    return round(size * EM)


def _height(row: Row, language: str, inner: int) -> int:
    match row:
        case Words():
            return height_of(row.words, row.language or language, _px(row.size), inner)
        case Buttons():
            wide = (inner - GAP * (len(row.buttons) - 1)) // len(row.buttons) - 28
            return max(BUTTON, *(height_of(button.words, language, EM, wide) + 28 for button in row.buttons))
        case Setting():
            label, middle, _, _ = _parts((0, 0, inner, BUTTON), mirrored=False)
            words = ((row.label, label[2] - label[0]), (row.value, middle[2] - middle[0]))
            return max(BUTTON, *(height_of(one, language, EM, wide) + 12 for one, wide in words))
        case Result():
            return max(round(1.5 * EM), height_of(row.words, row.language, EM, inner - 6 * EM - GAP))


def _items(row: Row, box: Box, *, mirrored: bool) -> dict[str, Box]:
    left, up, right, down = box
    if isinstance(row, Setting):
        _, _, lower, higher = _parts(box, mirrored=mirrored)
        return {f"{row.name}-": lower, f"{row.name}+": higher}
    if not isinstance(row, Buttons):
        return {}
    count = len(row.buttons)
    wide = (right - left - GAP * (count - 1)) / count
    begins = [round(left + index * (wide + GAP)) for index in range(count)]
    if mirrored:
        begins.reverse()
    return {button.name: (begin, up, begin + round(wide), down) for button, begin in zip(row.buttons, begins, strict=True)}


def _parts(box: Box, *, mirrored: bool) -> tuple[Box, Box, Box, Box]:
    """Of a setting: its label, its value, and the items that lower and raise it."""
    left, up, right, down = box
    middle = (up + down - BUTTON) // 2
    lower = left + round((right - left) * 0.46)
    spots = [(left, lower - GAP), (lower + BUTTON + 8, right - BUTTON - 8), (lower, lower + BUTTON), (right - BUTTON, right)]
    if mirrored:
        spots = [(left + right - b, left + right - a) for a, b in spots]
    return (
        (spots[0][0], up, spots[0][1], down),
        (spots[1][0], up, spots[1][1], down),
        (spots[2][0], middle, spots[2][1], middle + BUTTON),
        (spots[3][0], middle, spots[3][1], middle + BUTTON),
    )
