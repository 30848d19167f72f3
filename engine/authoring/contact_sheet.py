"""`abaton prefabs --pictures DIR`: a picture of each prefab, and one sheet of all with names, sizes and what parameters do; and
of what hands hold, which is no prefab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image

from engine.authoring.held_pictures import held_picture
from engine.authoring.prefabs import SECTION, find
from engine.authoring.studio import Pixels
from engine.authoring.thumbnails import Look, has_look, looks
from engine.spec.cards import Card
from engine.view.ui import text
from engine.view.ui.text import Colour

GROUND: Colour = (250, 250, 248)
INK: Colour = (24, 28, 34)
FAINT: Colour = (92, 96, 102)
COLUMNS = 5
"""Pictures that stand beside each other; a row of extremes takes the width of one and a half."""

LETTER = 0.042
"""An em of the captions as a part of a picture's width."""


def pictures(name: str | None, folder: Path, size: tuple[int, int], say: Callable[[str], None]) -> Path:
    """Draw one prefab, or all and `controllers.png`, as NAME.png into a folder, and give the sheet. Raises SceneError for a name
    that no card has."""
    cards = find(name)
    folder.mkdir(parents=True, exist_ok=True)
    order = list(SECTION)
    cards.sort(key=lambda card: order.index(card.kind))
    blocks: list[Pixels] = []
    for number, card in enumerate(cards, 1):
        say(f"{number}/{len(cards)} {card.name}" + ("" if has_look(card) else ": nothing to be seen"))
        shown = list(looks(card, size)) if has_look(card) else []
        if shown:
            Image.fromarray(shown[0].picture).save(folder / f"{card.name.removesuffix('.glb')}.png")
        blocks.append(block(card, shown, size))
    if name is None:
        say("controllers")
        Image.fromarray(held_picture(2 * size[0])).save(folder / "controllers.png", optimize=True)
    path = folder / "contact_sheet.png"
    Image.fromarray(sheet(blocks, size)).save(path, optimize=True)
    return path


def block(card: Card, shown: Sequence[Look], size: tuple[int, int]) -> Pixels:
    """A prefab's place on the sheet: its picture with name and size under it, and at its right a row for each parameter."""
    letter = max(text.SMALLEST, round(size[0] * LETTER))
    if not shown:
        said = "a sound" if card.kind == "sound" else "built in, without a body"
        return column([line(card.name, size[0], letter, INK), line(said, size[0], letter, FAINT)])
    first = shown[0]
    width = first.picture.shape[1]
    main = column([first.picture, line(card.name, width, letter, INK), line(measured(first), width, letter, FAINT)])
    rows = []
    for parameter, group in groupby(shown[1:], key=lambda look: look.parameter):
        cells = []
        for look in group:
            said = look.value if look.size == first.size else f"{look.value}; {measured(look)}"
            small = look.picture.shape[1]
            cells.append(column([look.picture, line(f"{parameter}: {said}", small, round(letter * 0.7), FAINT)]))
        rows.append(row(cells))
    return row([main, column(rows)]) if rows else main


def measured(look: Look) -> str:
    """Width, depth and height in millimetres, for a person."""
    return f"{' × '.join(f'{length * 1000:,.0f}' for length in look.size)} mm" if any(look.size) else "all round"


def sheet(blocks: Sequence[Pixels], size: tuple[int, int]) -> Pixels:
    """All blocks, in their order, in rows as wide as `COLUMNS` pictures or the widest block."""
    gap = size[0] // 16
    wide = max(COLUMNS * (size[0] + gap), *(one.shape[1] + gap for one in blocks)) if blocks else size[0]
    rows: list[list[Pixels]] = [[]]
    for one in blocks:
        if sum(other.shape[1] + gap for other in rows[-1]) + one.shape[1] + gap > wide:
            rows.append([])
        rows[-1].append(one)
    return padded(column([padded(row(beside, gap), gap // 2) for beside in rows]), gap // 2)


def line(said: str, width: int, letter: int, ink: Colour) -> Pixels:
    """A line of words, in smaller letters if it is long."""
    high = round(letter * 1.5)
    strip = np.full((high, width, 3), GROUND, np.uint8)
    if said:
        letters = text.printed(text.coverage(text.fitted(said, "en", (width, high), letter, centred=False)), ink, GROUND)
        strip[: letters.shape[0], : letters.shape[1]] = letters[:high, :width]
    return strip


def column(some: Sequence[Pixels]) -> Pixels:
    """Pictures under each other."""
    width = max(one.shape[1] for one in some)
    return np.concatenate([_filled(one, one.shape[0], width) for one in some])


def row(some: Sequence[Pixels], gap: int = 4) -> Pixels:
    """Pictures beside each other."""
    height = max(one.shape[0] for one in some)
    return np.concatenate([_filled(one, height, one.shape[1] + gap) for one in some], axis=1)


def _filled(one: Pixels, height: int, width: int) -> Pixels:
    made = np.full((height, width, 3), GROUND, np.uint8)
    made[: one.shape[0], : one.shape[1]] = one
    return made


def padded(one: Pixels, by: int) -> Pixels:
    """A picture with a margin all round."""
    made = np.full((one.shape[0] + 2 * by, one.shape[1] + 2 * by, 3), GROUND, np.uint8)
    made[by : by + one.shape[0], by : by + one.shape[1]] = one
    return made
