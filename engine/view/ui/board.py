"""The debriefing board: the checklist's items with a mark and their times.

    ✓  High-flow oxygen within 3 minutes      0:34 / 3:00
    ✗  Called for help within 2 minutes       4:10 / 2:00      done after all, too late
    ○  Sat the patient up                        – / 3:00      never done, and its time never ran out

Labels are the scene's own texts, in its language and direction; marks and times are drawn alike in all. One picture,
height x width x 3, uint8, sRGB, top row first.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.view.ui import bidi, text
from engine.world import World
from engine.world.screens import Outcome
from headset.inputs import TICKS_PER_SECOND

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

GROUND: Colour = (245, 245, 240)
INK: Colour = (25, 28, 32)
MARKS: dict[str, Colour] = {"met": (20, 120, 60), "missed": (185, 40, 30), "open": (95, 95, 95)}
"""The colour of each result; its shape says the same to who cannot tell colours. All have 4.5:1 and more on the ground."""


class BoardScreen:
    """The picture of one board. `size` is width and height in pixels."""

    def __init__(self, board: str, size: tuple[int, int]) -> None:
        self.board = board
        self.size = size
        self._drawn: tuple[object, ...] | None = None

    def update(self, world: World) -> Picture | None:
        """The picture, anew if what it shows has changed; None if it has not."""
        shows = world.properties.get((self.board, "shows"), "nothing")
        now = (shows, tuple(world.outcomes.items()) if shows == "checklist" else ())
        if now == self._drawn:
            return None
        self._drawn = now
        if shows != "checklist":
            return np.full((self.size[1], self.size[0], 3), GROUND, np.uint8)
        return draw(world, self.size)


def draw(world: World, size: tuple[int, int]) -> Picture:
    """The checklist of a session."""
    width, height = size
    image = Image.new("RGB", size, GROUND)
    language, labels = world.scene.language, world.scene.text
    margin = round(width * 0.05)
    rows = max(4, len(world.outcomes) + 2)
    line = (height - 2 * margin) / rows
    letter = round(min(line * 0.42, height * 0.055))
    title = labels.get("title", world.scene.name)
    mirrored = bidi.runs_right_to_left(title, language)
    head = (margin, margin, width - margin, round(margin + line))
    _write(image, title, language, round(letter * 1.25), box=head, right=mirrored)
    for index, (name, outcome) in enumerate(world.outcomes.items()):
        top = round(margin + (index + 1.4) * line)
        box = (margin, top, width - margin, round(top + line))
        _row(
            image, labels.get(name, name.replace("_", " ")), outcome, language=language, letter=letter, box=box, mirrored=mirrored
        )
    return np.asarray(image)


def times(outcome: Outcome) -> str:
    """When it was done, and by when it was to be, counted from what the time counts from: `0:34 / 3:00`."""
    begin = outcome.counted or 0
    done = outcome.settled if outcome.result == "met" else outcome.late
    said = "–" if done is None else clock_text(done - begin)
    return said if outcome.due is None else f"{said} / {clock_text(outcome.due - begin)}"


def clock_text(ticks: int) -> str:
    """Minutes and seconds: `4:10`."""
    seconds = ticks // TICKS_PER_SECOND
    return f"{seconds // 60}:{seconds % 60:02}"


def _row(image: Image.Image, label: str, outcome: Outcome, *, language: str, letter: int, box: Box, mirrored: bool) -> None:
    left, top, right, bottom = box
    mark, time = round(letter * 1.6), round((right - left) * 0.24)
    if mirrored:
        spots = (right - mark, (left + time, top, right - 2 * mark, bottom), (left, top, left + time, bottom))
    else:
        spots = (left, (left + 2 * mark, top, right - time, bottom), (right - time, top, right, bottom))
    _mark(image, outcome, (spots[0], round((top + bottom - mark) / 2)), mark)
    _write(image, label, language, letter, box=spots[1], right=mirrored)
    _write(image, times(outcome), "en", letter, box=spots[2], right=not mirrored)


def _mark(image: Image.Image, outcome: Outcome, at: tuple[int, int], size: int) -> None:
    """A tick, a cross or a ring."""
    pen = ImageDraw.Draw(image)
    ink, wide = MARKS[outcome.result], max(2, size // 7)
    x, y = at

    def point(across: float, down: float) -> tuple[float, float]:
        return (x + across * size, y + down * size)

    if outcome.result == "met":
        pen.line([point(0.1, 0.55), point(0.4, 0.85), point(0.9, 0.15)], ink, wide, joint="curve")
    elif outcome.result == "missed":
        pen.line([point(0.15, 0.15), point(0.85, 0.85)], ink, wide)
        pen.line([point(0.85, 0.15), point(0.15, 0.85)], ink, wide)
    else:
        pen.ellipse([point(0.12, 0.12), point(0.88, 0.88)], outline=ink, width=wide)


def _write(image: Image.Image, words: str, language: str, size: int, *, box: Box, right: bool) -> None:
    """Write into a box, in lines, flush with the side where its text begins; smaller if it would not fit."""
    left, top, end, bottom = box
    block = text.lay_out(words, language, size, end - left, centred=False)
    while block.height > bottom - top and size > 8:
        size = size * 9 // 10
        block = text.lay_out(words, language, size, end - left, centred=False)
    letters = Image.fromarray(text.coverage(block))
    at = (end - letters.width if right else left, round((top + bottom - letters.height) / 2))
    image.paste(INK, (*at, at[0] + letters.width, at[1] + letters.height), letters)
