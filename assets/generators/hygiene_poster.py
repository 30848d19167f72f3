"""A poster over a basin that says without words how hands are washed: six pictures, DIN A2, in a snap frame of aluminium.

Wet, soap, palm to palm, between the fingers, rinse, dry: of the eleven steps of WHO's "How to handwash?" (2009) those that can be
told apart from across a room. The drawings are our own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import surfaces
from assets.generators.forms import aired, facing
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import frame, soft_box
from assets.generators.shapes import Shape, join, lit
from assets.generators.surfaces import GRAIN_TILE, tiled
from engine.view.geometry.mesh import Material, Pixels

WIDE, HIGH, DEEP = 0.440, 0.614, 0.014
SHEET = (0.420, 0.594)
"""What of the sheet lies in the frame, metres; its lip laps over it by 10 mm."""
BACK = -DEEP / 2
K = 4
"""How many times finer it is drawn than it is stored."""
PIXELS = (360, 509)
INK, BAND, WATER, PAPER, TILE = (24, 58, 92), (20, 96, 150), (58, 150, 205), (244, 246, 246), (224, 235, 242)

Point = tuple[float, float]


class _Board:
    """A drawing in units of a tile's hundredth, whose pieces are strokes with round ends, discs and boxes."""

    def __init__(self) -> None:
        self.picture = Image.new("RGB", (PIXELS[0] * K, PIXELS[1] * K), PAPER)
        self.draw = ImageDraw.Draw(self.picture)
        self.at, self.unit = (0.0, 0.0), 1.0 * K

    def place(self, left: float, top: float, side: float) -> None:
        """From here on 0-100 are a square of `side` stored pixels."""
        self.at, self.unit = (left * K, top * K), side * K / 100.0

    def dot(self, x: float, y: float) -> Point:
        return (self.at[0] + x * self.unit, self.at[1] + y * self.unit)

    def box(self, a: Point, b: Point, radius: float, fill: tuple[int, int, int]) -> None:
        self.draw.rounded_rectangle((*self.dot(*a), *self.dot(*b)), radius * self.unit, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: tuple[int, int, int]) -> None:
        self.draw.ellipse((*self.dot(x - radius, y - radius), *self.dot(x + radius, y + radius)), fill=fill)

    def stroke(self, points: list[Point], width: float, fill: tuple[int, int, int]) -> None:
        placed = [self.dot(*each) for each in points]
        self.draw.line(placed, fill=fill, width=round(width * self.unit), joint="curve")
        for x, y in points:
            self.disc(x, y, width / 2, fill)

    def drop(self, x: float, y: float, size: float) -> None:
        self.disc(x, y, size, WATER)
        self.draw.polygon(
            [self.dot(x - size * 0.92, y - size * 0.4), self.dot(x, y - size * 2.4), self.dot(x + size * 0.92, y - size * 0.4)],
            fill=WATER,
        )

    def hand(self, at: Point, turn: float, size: float = 1.0, *, flip: float = 1.0, fill: tuple[int, int, int] = INK) -> None:
        """A hand whose palm's middle lies at a point and whose fingers point at `turn` degrees clockwise from the right."""
        a = np.radians(turn)
        along, across = np.array((np.cos(a), np.sin(a))), np.array((-np.sin(a), np.cos(a))) * flip

        def p(u: float, v: float) -> Point:
            end = np.array(at) + size * (u * along + v * across)
            return (float(end[0]), float(end[1]))

        self.stroke([p(-9, -5), p(5, -5), p(5, 5), p(-9, 5), p(-9, -5)], 11 * size, fill)
        self.stroke([p(-30, 0), p(-6, 0)], 16 * size, fill)
        for v, reach in ((-8.4, 24.0), (-2.8, 29.0), (2.8, 28.0), (8.4, 22.0)):
            self.stroke([p(4, v), p(reach, v * 1.12)], 4.9 * size, fill)
        self.stroke([p(-4, -9), p(8, -20)], 5.6 * size, fill)

    def tap(self) -> None:
        self.stroke([(14, 22), (52, 22), (58, 26), (58, 34)], 9, INK)
        self.box((9, 10), (19, 34), 3, INK)
        self.stroke([(34, 22), (34, 9)], 5, INK)
        self.stroke([(26, 9), (42, 9)], 5, INK)


def _wet(b: _Board) -> None:
    b.tap()
    for x, y in ((58, 50), (50, 58), (66, 58)):
        b.drop(x, y, 3.6)
    b.hand((56, 80), -4, 1.0)


def _soap(b: _Board) -> None:
    b.box((16, 42), (44, 92), 7, INK)
    b.box((22, 56), (38, 78), 2, TILE)
    b.stroke([(30, 42), (30, 22), (52, 22), (54, 28)], 6, INK)
    b.box((23, 34), (37, 43), 2, INK)
    b.drop(55, 46, 4.6)
    b.hand((70, 74), -8, 0.9)


def _palms(b: _Board) -> None:
    b.hand((38, 46), 28, 1.05)
    b.hand((60, 62), 208, 1.05, fill=BAND)
    for x, y, r in ((78, 24, 5), (88, 36, 3.4), (18, 78, 4.4), (28, 88, 3)):
        b.disc(x, y, r, WATER)


def _fingers(b: _Board) -> None:
    b.hand((30, 60), -30, 1.1)
    b.hand((70, 60), 210, 1.1, flip=-1.0, fill=BAND)
    for x, y, r in ((50, 18, 5), (62, 13, 3.4), (39, 14, 3)):
        b.disc(x, y, r, WATER)


def _rinse(b: _Board) -> None:
    b.tap()
    b.stroke([(58, 40), (58, 66)], 7, WATER)
    for x in (48, 68):
        b.drop(x, 92, 3.0)
    b.hand((40, 74), 4, 0.9)
    b.hand((76, 74), 176, 0.9, flip=-1.0, fill=BAND)


def _dry(b: _Board) -> None:
    b.box((20, 12), (80, 62), 4, WATER)
    b.box((20, 12), (80, 22), 4, BAND)
    b.stroke([(20, 54), (80, 54)], 2.5, PAPER)
    b.hand((36, 72), -42, 1.0)
    b.hand((64, 72), 222, 1.0, flip=-1.0, fill=BAND)


def _print() -> Pixels:
    """The sheet: a band with a hand and drops, and six tiles read row by row."""
    b = _Board()
    b.box((0, 0), (PIXELS[0], 84), 0, BAND)
    b.place(20, 8, 68)
    b.hand((54, 50), -90, 1.25, fill=PAPER)
    b.place(96, 8, 68)
    for x, y, size in ((20, 64, 13.0), (52, 48, 9.0), (78, 70, 7.0)):
        b.disc(x, y, size, PAPER)
        b.draw.polygon(
            [b.dot(x - size * 0.92, y - size * 0.4), b.dot(x, y - size * 2.4), b.dot(x + size * 0.92, y - size * 0.4)], fill=PAPER
        )
    side, gap = 126.0, 12.0
    left, top = (PIXELS[0] - 2 * side - gap) / 2, 98.0
    steps = (_wet, _soap, _palms, _fingers, _rinse, _dry)
    for index, step in enumerate(steps):
        b.place(left + (index % 2) * (side + gap), top + (index // 2) * (side + gap - 3), side)
        b.box((0, 0), (100, 100), 9, TILE)
        step(b)
    return np.asarray(b.picture.resize(PIXELS, Image.Resampling.LANCZOS), np.uint8)


def _frame() -> Shape:
    """The snap profile: a flat lip of 20 mm with round edges, mitred."""
    front = DEEP / 2
    p = [
        (0.0, BACK), (0.0, front - 0.004), (0.0012, front - 0.0012), (0.004, front), (0.017, front - 0.001),
        (0.0195, front - 0.003), (0.020, front - 0.006), (0.020, BACK + 0.003), (0.020, BACK),
    ]  # fmt: skip
    return frame(WIDE, HIGH, p, cuts=6)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    back = soft_box(WIDE - 0.016, 0.003, HIGH - 0.016, 0.001).moved(0.0, BACK + 0.002, HIGH / 2)
    corners = [
        soft_box(0.024, 0.004, 0.024, 0.0018, steps=2).moved(
            x * (WIDE / 2 - 0.0125), DEEP / 2 - 0.0018, HIGH / 2 + z * (HIGH / 2 - 0.0125)
        )
        for x in (-1, 1)
        for z in (-1, 1)
    ]
    sides, board, caps = lit([_frame(), back, join(corners)], rays=28, reach=0.02, floor=None)
    paper = Material("poster_print", roughness=0.42, colour_map=_print())
    silver = replace(surfaces.painted("snap_frame", (0.80, 0.80, 0.79), 0.46), metallic=0.6)
    profile = [aired(sides, 0.7), board, caps.tinted((0.62, 0.63, 0.63))]
    write_glb(
        "hygiene_poster",
        {
            "poster": [
                (silver, tiled(join(profile), GRAIN_TILE)),
                (paper, facing(WIDE - 0.039, HIGH - 0.039).moved(0.0, BACK + 0.0042, HIGH / 2)),
            ]
        },
        folder,
    )


if __name__ == "__main__":
    make()
