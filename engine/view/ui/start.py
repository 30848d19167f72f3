"""The start screen, drawn: scenes as tiles with their pictures (`Tiles`), then what is set for one of them (`Setup`).

It is laid out for 1280 x 720 and drawn at any size, as large as fits. Nothing that can be chosen is lower than 44 of those pixels
(WCAG 2.2, 2.5.5). What a press means is `engine.host.start`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from engine.view.ui.painter import Box, Painter, rounded
from engine.view.ui.palette import MARKS, PALETTES, Contrast, Look
from engine.view.ui.panel import Setting

WIDTH, HEIGHT, EM = 1280, 720, 21
MOST_TILES = 6
MOST_ROWS = 7
"""Tiles on one page, and settings on one tab."""

EDGE, TOP = 56, 128


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
    language: str
    contrast: Contrast = "normal"


Page = Tiles | Setup


def boxes(page: Page, size: tuple[int, int] = (WIDTH, HEIGHT)) -> dict[str, Box]:
    """Where each item that can be chosen stands, in pixels of a picture of that size, in reading order."""
    scale, left, top = _fit(size)
    return {name: _at(box, scale, left, top) for name, box in _items(page).items()}


@lru_cache(maxsize=4)
def draw(page: Page, size: tuple[int, int] = (WIDTH, HEIGHT), looks: tuple[tuple[str, Look], ...] = ()) -> NDArray[np.uint8]:
    """The picture, height x width x 3, sRGB; it may not be written to."""
    scale, left, top = _fit(size)
    said = dict(looks)
    image = _ground(size, page.contrast)
    pen = _Pen(Painter(image, PALETTES[page.contrast], page.language, max(8, round(EM * scale))), scale, left, top)
    pen.write("Abaton", _mirrored((EDGE, 34, 480, 88), page.language), size=1.9)
    pen.setting(page.speaks, _items(page), said)
    if isinstance(page, Tiles):
        _draw_tiles(pen, page, said)
    else:
        _draw_setup(pen, page, said)
    picture = np.asarray(image).copy()
    picture.flags.writeable = False
    return picture


class _Pen:
    """A painter that is told boxes of the 1280 x 720 layout."""

    def __init__(self, painter: Painter, scale: float, left: float, top: float) -> None:
        self.painter, self.palette = painter, painter.palette
        self.scale, self.left, self.top = scale, left, top

    def box(self, box: Box) -> Box:
        return _at(box, self.scale, self.left, self.top)

    def write(self, words: str, box: Box, *, size: float = 1.0, dim: bool = False, align: str = "start", top: bool = False,
              language: str = "") -> None:  # fmt: skip
        ink = self.palette.dim if dim else self.palette.ink
        self.painter.write(words, self.box(box), ink, size=size, align=align, top=top, language=language)

    def button(self, words: str, box: Box, look: Look, *, main: bool = False, size: float = 1.0) -> None:
        ink = self.painter.button(self.box(box), look, main=main)
        self.painter.write(words, self.box((box[0] + 8, box[1], box[2] - 8, box[3])), ink, size=size, align="middle")

    def setting(self, row: Setting, items: Mapping[str, Box], looks: Mapping[str, Look], label: Box | None = None) -> None:
        """A value between its two items, with its label if there is room for one."""
        lower, higher = f"{row.name}-", f"{row.name}+"
        one, other = items[lower], items[higher]
        middle = (min(one[2], other[2]) + 6, one[1], max(one[0], other[0]) - 6, one[3])
        if label is not None:
            self.write(row.label, label)
        self.write(row.value, middle, align="middle")
        for name, able in ((lower, row.lower), (higher, row.higher)):
            ink = self.painter.button(self.box(items[name]), looks.get(name, "plain") if able else "disabled")
            if row.part is not None:
                self.painter.sign(self.box(items[name]), ink, plus=name == higher)
            else:
                self.painter.arrow(self.box(items[name]), ink, left=(name == lower) != self.painter.mirrored)

    def picture(self, path: Path | None, box: Box) -> None:
        """A picture that fills a box with round corners."""
        at = self.box(box)
        wide, high = at[2] - at[0], at[3] - at[1]
        mask = rounded(wide, high, round(10 * self.scale))
        if path is None:
            self.painter.image.paste(self.palette.face, at, mask)
        else:
            self.painter.image.paste(_cropped(path, (wide, high)), at, mask)


def _draw_tiles(pen: _Pen, page: Tiles, looks: Mapping[str, Look]) -> None:
    pen.write(page.title, _mirrored((EDGE, 92, 900, TOP), page.language), dim=True, size=1.15)
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
    pen.write(page.hint, _mirrored((EDGE, 664, 1000, 700), page.language), dim=True, size=0.85)


def _draw_setup(pen: _Pen, page: Setup, looks: Mapping[str, Look]) -> None:
    items, language = _items(page), page.language
    pen.picture(page.tile.picture, _mirrored((EDGE, TOP, 488, TOP + 243), language))
    pen.write(page.tile.title, _mirrored((EDGE, 386, 488, 446), language), size=1.4, language=page.tile.language)
    pen.write(page.tile.detail, _mirrored((EDGE, 448, 488, 476), language), dim=True)
    pen.painter.line(pen.box(_mirrored((EDGE, 494, 488, 578), language)), pen.palette.edge, 1, 10 * pen.scale)
    light = pen.box(_mirrored((EDGE + 18, 525, EDGE + 40, 547), language))
    mark = "met" if page.ready else "open"
    pen.painter.mark(mark, light, MARKS[mark] if page.contrast == "normal" else pen.palette.ink)
    room = 300 if page.ready is False else 476
    pen.write(page.headset, _mirrored((EDGE + 56, 498, room, 574), language), size=0.85)
    if page.ready is False:
        pen.button(page.look_again, items["look_again"], looks.get("look_again", "plain"), size=0.85)
    for tab in page.tabs:
        pen.button(tab.words, items[tab.name], looks.get(tab.name, "plain"), main=tab.chosen)
    for index, row in enumerate(page.rows):
        top = _row(index)
        pen.setting(row, items, looks, _mirrored((544, top, 846, top + 48), language))
        if row.part is not None:
            _draw_part(pen, row.part, top)
    pen.button(page.back, items["back"], looks.get("back", "plain"))
    pen.button(page.start, items["start"], looks.get("start", "plain"), main=True, size=1.15)
    pen.write(page.hint, _mirrored((544, 664, 1224, 700), language), dim=True, size=0.85)


def _draw_part(pen: _Pen, part: float, top: int) -> None:
    bar = pen.box(_mirrored((932, top + 42, 1152, top + 48), pen.painter.language))
    pen.painter.face(bar, pen.palette.face, 3)
    pen.painter.line(bar, pen.palette.rim, 1, 3)
    full = round((bar[2] - bar[0]) * min(1.0, max(0.0, part)))
    if full > 1:
        begin = bar[2] - full if pen.painter.mirrored else bar[0]
        pen.painter.face((begin, bar[1], begin + full, bar[3]), pen.palette.main, 3)


def _items(page: Page) -> dict[str, Box]:
    """The boxes of all items on 1280 x 720."""
    found: dict[str, Box] = {f"{page.speaks.name}-": (944, 38, 992, 86), f"{page.speaks.name}+": (1176, 38, 1224, 86)}
    if isinstance(page, Tiles):
        found |= _tile_boxes(page)
    else:
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
    return {name: _mirrored(box, page.language) for name, box in found.items()}


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


def _mirrored(box: Box, language: str) -> Box:
    """A box of a layout that runs from left to right, in a language's own direction."""
    if not Painter(Image.new("L", (1, 1)), PALETTES["normal"], language, EM).mirrored:
        return box
    return (WIDTH - box[2], box[1], WIDTH - box[0], box[3])


def _fit(size: tuple[int, int]) -> tuple[float, float, float]:
    scale = min(size[0] / WIDTH, size[1] / HEIGHT)
    return scale, (size[0] - WIDTH * scale) / 2, (size[1] - HEIGHT * scale) / 2


def _at(box: Box, scale: float, left: float, top: float) -> Box:
    return (
        round(left + box[0] * scale), round(top + box[1] * scale), round(left + box[2] * scale), round(top + box[3] * scale),
    )  # fmt: skip


def _ground(size: tuple[int, int], contrast: Contrast) -> Image.Image:
    """A ground that is a little lighter above."""
    colour = np.array(PALETTES[contrast].ground, float)
    fall = np.linspace(1.15, 0.75, size[1])[:, None, None]
    return Image.fromarray(np.rint(np.broadcast_to(colour * fall, (size[1], size[0], 3))).astype(np.uint8))


@lru_cache(maxsize=16)
def _cropped(path: Path, size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as image:
        return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)
