"""The start screen, drawn: scenes as tiles with their pictures (`Tiles`), what is set for one of them (`Setup`), and who takes
part (`engine.view.ui.people`).

It is laid out for 1280 x 720 and drawn at any size, as large as fits. Nothing that can be chosen is lower than 44 of those pixels
(WCAG 2.2, 2.5.5). What a press means is `engine.host.start`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.view.ui.painter import Box, Painter
from engine.view.ui.palette import MARKS, PALETTES, Contrast, Look
from engine.view.ui.panel import Setting
from engine.view.ui.pen import EDGE, EM, HEIGHT, TOP, WIDTH, Pen, at, fit, ground, mirrored
from engine.view.ui.people import People, draw_people, people_boxes

PERSON: Final = (544, 38, 920, 86)
MOST_TILES = 6
MOST_ROWS = 7
"""Tiles on one page, and settings on one tab."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A scene to choose. `language` is that of its title."""

    name: str
    title: str
    detail: str
    picture: Path | None
    language: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The first page. `more` and `less`: whether there are further pages; items `more`, `less`, and each tile's name."""

    title: str
    hint: str
    tiles: tuple[Tile, ...]
    speaks: Setting
    person: str
    """For whom; the item `person` leads to the page where that is chosen."""
    language: str
    more: bool = False
    less: bool = False
    contrast: Contrast = "normal"


@dataclass(frozen=True, slots=True)
class Tab:
    """A heading over settings."""

    name: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """The second page: one scene, and what is set for it. `ready`: whether the headset is (None: it is being looked for)."""

    tile: Tile
    tabs: tuple[Tab, ...]
    rows: tuple[Setting, ...]
    headset: str
    ready: bool | None
    look_again: str
    back: str
    start: str
    hint: str
    speaks: Setting
    person: str
    problem: str
    """Why what was chosen could not be begun; said in place of the hint."""
    language: str
    contrast: Contrast = "normal"


Page = Tiles | Setup | People


def boxes(page: Page, size: tuple[int, int] = (WIDTH, HEIGHT)) -> dict[str, Box]:
    """Where each item that can be chosen stands, in pixels of a picture of that size, in reading order."""
    scale, left, top = fit(size)
    return {name: at(box, scale, left, top) for name, box in _items(page).items()}


@lru_cache(maxsize=4)
def draw(page: Page, size: tuple[int, int] = (WIDTH, HEIGHT), looks: tuple[tuple[str, Look], ...] = ()) -> NDArray[np.uint8]:
    """The picture, height x width x 3, sRGB; it may not be written to."""
    scale, left, top = fit(size)
    said = dict(looks)
    image = ground(size, page.contrast)
    pen = Pen(Painter(image, PALETTES[page.contrast], page.language, max(8, round(EM * scale))), scale, left, top)
    pen.write("Abaton", mirrored((EDGE, 34, 480, 88), page.language), size=1.9)
    pen.setting(page.speaks, _items(page), said)
    if isinstance(page, People):
        draw_people(pen, page, _items(page), said)
    else:
        pen.button(page.person, _items(page)["person"], said.get("person", "plain"))
        if isinstance(page, Tiles):
            _draw_tiles(pen, page, said)
        else:
            _draw_setup(pen, page, said)
    picture = np.asarray(image).copy()
    picture.flags.writeable = False
    return picture


def _draw_tiles(pen: Pen, page: Tiles, looks: Mapping[str, Look]) -> None:
    pen.write(page.title, mirrored((EDGE, 92, 900, TOP), page.language), dim=True, size=1.15)
    items = _items(page)
    for tile in page.tiles:
        box, look = items[tile.name], looks.get(tile.name, "plain")
        pen.painter.button(pen.box(box), look)
        left, top, right, bottom = box
        high = round((right - left - 16) * 9 / 16)
        pen.picture(tile.picture, (left + 8, top + 8, right - 8, top + 8 + high))
        ink = pen.palette.button(look)[1]
        words = pen.box((left + 22, top + high + 16, right - 22, bottom - 46))
        pen.painter.write(tile.title, words, ink, size=1.2, language=tile.language)
        dim = ink if look == "pressed" else pen.palette.dim
        pen.painter.write(tile.detail, pen.box((left + 22, bottom - 46, right - 22, bottom - 14)), dim, size=0.9)
    for name, shown, plus in (("less", page.less, False), ("more", page.more, True)):
        if shown:
            ink = pen.painter.button(pen.box(items[name]), looks.get(name, "plain"))
            pen.painter.arrow(pen.box(items[name]), ink, left=plus == pen.painter.mirrored)
    pen.write(page.hint, mirrored((EDGE, 664, 1000, 700), page.language), dim=True, size=0.85)


def _draw_setup(pen: Pen, page: Setup, looks: Mapping[str, Look]) -> None:
    items, language = _items(page), page.language
    pen.picture(page.tile.picture, mirrored((EDGE, TOP, 488, TOP + 243), language))
    pen.write(page.tile.title, mirrored((EDGE, 386, 488, 446), language), size=1.4, language=page.tile.language)
    pen.write(page.tile.detail, mirrored((EDGE, 448, 488, 476), language), dim=True)
    pen.painter.line(pen.box(mirrored((EDGE, 494, 488, 578), language)), pen.palette.edge, 1, 10 * pen.scale)
    light = pen.box(mirrored((EDGE + 18, 525, EDGE + 40, 547), language))
    mark = "met" if page.ready else "open"
    pen.painter.mark(mark, light, MARKS[mark] if page.contrast == "normal" else pen.palette.ink)
    room = 300 if page.ready is False else 476
    pen.write(page.headset, mirrored((EDGE + 56, 498, room, 574), language), size=0.85)
    if page.ready is False:
        pen.button(page.look_again, items["look_again"], looks.get("look_again", "plain"), size=0.85)
    for tab in page.tabs:
        pen.button(tab.words, items[tab.name], looks.get(tab.name, "plain"), main=tab.chosen)
    for index, row in enumerate(page.rows):
        top = _row(index)
        pen.setting(row, items, looks, mirrored((544, top, 846, top + 48), language))
        if row.part is not None:
            _draw_part(pen, row.part, top)
    pen.button(page.back, items["back"], looks.get("back", "plain"))
    pen.button(page.start, items["start"], looks.get("start", "plain"), main=True, size=1.15)
    if page.problem:
        pen.painter.mark("missed", pen.box(mirrored((548, 648, 574, 674), language)), MARKS["missed"])
        pen.write(page.problem, mirrored((596, 618, 1224, 706), language), size=0.85)
    else:
        pen.write(page.hint, mirrored((544, 664, 1224, 700), language), dim=True, size=0.85)


def _draw_part(pen: Pen, part: float, top: int) -> None:
    bar = pen.box(mirrored((932, top + 42, 1152, top + 48), pen.painter.language))
    pen.painter.face(bar, pen.palette.face, 3)
    pen.painter.line(bar, pen.palette.rim, 1, 3)
    full = round((bar[2] - bar[0]) * min(1.0, max(0.0, part)))
    if full > 1:
        begin = bar[2] - full if pen.painter.mirrored else bar[0]
        pen.painter.face((begin, bar[1], begin + full, bar[3]), pen.palette.main, 3)


def _items(page: Page) -> dict[str, Box]:
    """The boxes of all items on 1280 x 720."""
    found: dict[str, Box] = {f"{page.speaks.name}-": (944, 38, 992, 86), f"{page.speaks.name}+": (1176, 38, 1224, 86)}
    if isinstance(page, People):
        found |= people_boxes(page)
    elif isinstance(page, Tiles):
        found |= {"person": PERSON} | _tile_boxes(page)
    else:
        found["person"] = PERSON
        wide = (680 - 12 * (len(page.tabs) - 1)) // max(1, len(page.tabs))
        for index, tab in enumerate(page.tabs):
            begin = 544 + index * (wide + 12)
            found[tab.name] = (begin, TOP, 1224 if index == len(page.tabs) - 1 else begin + wide, TOP + 48)
        for index, row in enumerate(page.rows):
            top = _row(index)
            found |= {f"{row.name}-": (864, top, 912, top + 48), f"{row.name}+": (1176, top, 1224, top + 48)}
        if page.ready is False:
            found["look_again"] = (312, 510, 476, 562)
        found |= {"back": (EDGE, 608, 196, 664), "start": (212, 608, 488, 664)}
    return {name: mirrored(box, page.language) for name, box in found.items()}


def _tile_boxes(page: Tiles) -> dict[str, Box]:
    few = len(page.tiles) <= 3 and not (page.more or page.less)
    wide, gap = (290, 22) if not few else (374, 23) if len(page.tiles) == 3 else (572, 24)
    high = round((wide - 16) * 9 / 16) + (126 if few else 92)
    left, top = (EDGE, 164 if len(page.tiles) < 3 else 204) if few else ((WIDTH - wide * 3 - gap * 2) // 2, TOP + 8)
    found: dict[str, Box] = {}
    for index, tile in enumerate(page.tiles[:MOST_TILES]):
        x, y = left + index % 3 * (wide + gap), top + index // 3 * (high + 16)
        found[tile.name] = (x, y, x + wide, y + high)
    if page.less:
        found["less"] = (EDGE, 380, EDGE + 56, 436)
    if page.more:
        found["more"] = (WIDTH - EDGE - 56, 380, WIDTH - EDGE, 436)
    return found


def _row(index: int) -> int:
    return TOP + 72 + index * 60
