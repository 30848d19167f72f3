"""The page of the start screen where one says who takes part: an id is typed where there are keys, or one is chosen.

Ids are pseudonyms: the page asks for no name, and `engine.host.people` refuses what looks like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.view.ui.painter import Box
from engine.view.ui.palette import Contrast, Look
from engine.view.ui.panel import Setting
from engine.view.ui.pen import EDGE, TOP, WIDTH, Pen, mirrored

MOST_PEOPLE = 16
"""People on one page."""

ACROSS = 4


@dataclass(frozen=True, slots=True)
class Known:
    """Someone to choose: the item, what stands on it, and whether it is who takes part now."""

    name: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part. Items: `take` what was typed, `new`, `nobody`, each of `known`, `more`, `less`, `back`.

    `typed` is None where there are no keys to type with; `problem` why what was typed or chosen cannot be taken.
    """

    title: str
    hint: str
    typed: str | None
    take: str
    new: str
    nobody: Known
    known: tuple[Known, ...]
    none: str
    """What is said if nobody is known."""
    problem: str
    back: str
    speaks: Setting
    language: str
    more: bool = False
    less: bool = False
    contrast: Contrast = "normal"


def people_boxes(page: People) -> dict[str, Box]:
    """The boxes of all items on 1280 x 720, from left to right, in reading order."""
    top, found = _top(page), dict[str, Box]()
    if page.typed:
        found["take"] = (656, top - 76, 932, top - 24)
    found |= {"new": (EDGE, top, 352, top + 52), "nobody": (368, top, 664, top + 52)}
    wide = (WIDTH - 2 * EDGE - 16 * (ACROSS - 1)) // ACROSS
    for index, one in enumerate(page.known):
        left, high = EDGE + index % ACROSS * (wide + 16), top + 76 + index // ACROSS * 60
        found[one.name] = (left, high, left + wide, high + 48)
    if page.less:
        found["less"] = (1096, 640, 1152, 692)
    if page.more:
        found["more"] = (1168, 640, 1224, 692)
    return found | {"back": (EDGE, 640, 196, 692)}


def draw_people(pen: Pen, page: People, items: Mapping[str, Box], looks: Mapping[str, Look]) -> None:
    """Draw all of the page but the name and the language above it."""
    own, top = page.language, _top(page)
    pen.write(page.title, mirrored((EDGE, 92, 900, TOP), own), dim=True, size=1.15)
    if page.typed is not None:
        _draw_field(pen, page.typed, mirrored((EDGE, top - 76, 640, top - 24), own))
    pen.write(page.problem or page.hint, mirrored((EDGE, 136, 1224, 180), own), dim=not page.problem, size=0.9)
    for name, words in (("take", page.take), ("new", page.new), ("back", page.back)):
        if name in items:
            pen.button(words, items[name], looks.get(name, "plain"), main=name == "take")
    for one in (page.nobody, *page.known):
        pen.button(one.words, items[one.name], looks.get(one.name, "plain"), main=one.chosen)
    if not page.known:
        pen.write(page.none, mirrored((EDGE, top + 76, 1224, top + 124), own), dim=True)
    for name, ahead in (("less", False), ("more", True)):
        if name in items:
            ink = pen.painter.button(pen.box(items[name]), looks.get(name, "plain"))
            pen.painter.arrow(pen.box(items[name]), ink, left=ahead == pen.painter.mirrored)


def _top(page: People) -> int:
    """Where the buttons begin: lower if there is a field above them."""
    return 204 if page.typed is None else 268


def _draw_field(pen: Pen, typed: str, box: Box) -> None:
    """What was typed, with a line behind its last letter. Ids run from left to right."""
    within = pen.box(box)
    pen.painter.face(within, pen.palette.ground, 6 * pen.scale)
    pen.painter.line(within, pen.palette.ring, max(2, round(2 * pen.scale)), 6 * pen.scale)
    pen.write(f"{typed}|", (box[0] + 16, box[1], box[2] - 16, box[3]), size=1.15)
