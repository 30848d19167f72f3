"""What is printed on three makers' boxes of gloves, with the openings torn into them and what lies inside, in one picture.

The makers are our own. Words are sizes, counts, what the gloves are made of and their standard, EN 455, as on boxes anywhere.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from assets.generators import lettering
from assets.generators.shapes import Array
from engine.view.geometry.mesh import Pixels

WIDE, HIGH = 352, 178
"""What one box's front, 240 x 122 mm, is drawn in."""
KEPT = (276, 140)
"""Pixels of it that are kept."""
_FINE = 3
"""How much larger it is drawn than it is kept."""
PAPER, INK = (238, 239, 237), (30, 40, 58)
NITRILE, VINYL, VIOLET = (66, 122, 196), (226, 214, 188), (124, 92, 168)
"""The gloves in the boxes, from the lowest to the highest; sRGB."""
OPENINGS = ((0.545, 0.40, 0.205, 0.205, 2.2), (0.435, 0.365, 0.250, 0.125, 5.0), (0.60, 0.42, 0.185, 0.165, 2.0))
"""Of each box, from the lowest: the opening's middle and half of its width and height, shares of the front from its lower left
corner; and how square it is (the power of a superellipse)."""
Colour = tuple[int, int, int]


def outline(box: int, count: int = 40, grown: float = 0.0) -> Array:
    """The edge of a box's opening, torn along its perforation: `count` points, shares of the front as `OPENINGS` has them;
    `grown` by a share of the front's height."""
    x, z, wide, high, power = OPENINGS[box]
    chance = np.random.Generator(np.random.PCG64(640 + box))
    turn = np.arange(count) * 2.0 * np.pi / count
    c, s = np.cos(turn), np.sin(turn)
    ragged = 1.0 + (0.012, 0.03, 0.055)[box] * chance.normal(size=count)
    across = np.sign(c) * np.abs(c) ** (2.0 / power) * (wide * ragged + grown * HIGH / WIDE)
    up = np.sign(s) * np.abs(s) ** (2.0 / power) * (high * ragged + grown)
    return np.column_stack([x + across, z + up])


def fronts() -> Pixels:
    """All three, the highest box's first."""
    return np.concatenate([_kept(box, painter) for box, painter in ((2, _third), (1, _second), (0, _first))])


def _kept(box: int, painter: Callable[[ImageDraw.ImageDraw], None]) -> Pixels:
    picture = Image.new("RGB", (WIDE * _FINE, HIGH * _FINE), PAPER)
    painter(ImageDraw.Draw(picture))
    _torn(picture, box)
    return np.asarray(picture.resize(KEPT, Image.Resampling.LANCZOS), np.uint8)


def _first(draw: ImageDraw.ImageDraw) -> None:
    """A white box with a blue side, on it a large L in a ring, and a wave along the foot."""
    for step, tone in enumerate(((176, 208, 236), (92, 150, 210), (24, 74, 140))):
        x = np.linspace(0.0, WIDE, 60)
        crest = 150 + 9 * step - (10 - 2 * step) * np.sin(2 * np.pi * (x / WIDE * 1.1 + 0.16 * step))
        _area(draw, [*zip(x, crest, strict=True), (WIDE, HIGH), (0, HIGH)], tone)
    _area(draw, [(0, 0), (96, 0), (70, HIGH), (0, HIGH)], (20, 66, 130))
    _ring(draw, (40, 52), 27, (240, 244, 250), 4)
    _words(draw, (29, 36), (24, 32), "L", (245, 248, 252))
    _words(draw, (14, 104), (52, 17), "100", (245, 248, 252))
    _words(draw, (14, 130), (52, 11), "EN 455", (170, 200, 232))
    _words(draw, (108, 16), (150, 21), "NITRILE", (20, 66, 130))
    _bars(draw, (262, 18), (74, 58, 66), (130, 146, 166))


def _second(draw: ImageDraw.ImageDraw) -> None:
    """A box green all over with a white hand at its right, its size in a white tab."""
    _area(draw, [(0, 0), (WIDE, 0), (WIDE, HIGH), (0, HIGH)], (18, 116, 100))
    _area(draw, [(0, 132), (WIDE, 118), (WIDE, HIGH), (0, HIGH)], (12, 84, 76))
    _area(draw, [(0, 126), (WIDE, 112), (WIDE, 118), (0, 132)], (196, 222, 92))
    _hand(draw, (292, 116), 0.95, (236, 243, 240))
    _area(draw, [(18, 0), (62, 0), (62, 44), (40, 54), (18, 44)], PAPER)
    _words(draw, (27, 12), (28, 24), "M", (12, 84, 76))
    _words(draw, (78, 16), (150, 19), "VINYL", (240, 246, 243))
    _words(draw, (20, 146), (60, 16), "100", (240, 246, 243))
    _bars(draw, (92, 146), (96, 70), (128, 190, 176))


def _third(draw: ImageDraw.ImageDraw) -> None:
    """A pale lilac box, a broad stripe of dots down its left, a square with an S."""
    _area(draw, [(0, 0), (WIDE, 0), (WIDE, HIGH), (0, HIGH)], (222, 212, 232))
    _area(draw, [(0, 0), (WIDE, 0), (WIDE, 40), (0, 40)], (92, 58, 138))
    for row in range(9):
        for column in range(5):
            radius = 5.4 - 0.95 * column
            _disc(draw, (14 + 17 * column + 8.5 * (row % 2), 54 + 14.5 * row), radius, (164, 132, 196))
    _area(draw, [(290, 12), (336, 12), (336, 66), (290, 66)], (236, 120, 60))
    _words(draw, (302, 25), (26, 28), "S", (255, 250, 244))
    _words(draw, (16, 11), (170, 19), "NITRILE 3.5", (240, 234, 248))
    _bars(draw, (290, 84), (46, 34, 42, 28), (120, 100, 150))
    _words(draw, (290, 142), (46, 14), "200", (92, 58, 138))


def _torn(picture: Image.Image, box: int) -> None:
    """The opening: the card's pale torn edge, the dark of the box, in it the gloves that are left."""
    size = (WIDE * _FINE, HIGH * _FINE)

    def dots(points: Array) -> list[tuple[float, float]]:
        return [(float(x) * size[0], (1.0 - float(z)) * size[1]) for x, z in points]

    ImageDraw.Draw(picture).polygon(dots(outline(box, grown=0.030)), fill=(206, 200, 190))
    hole = Image.new("L", size, 0)
    ImageDraw.Draw(hole).polygon(dots(outline(box)), fill=255)
    inside = Image.new("RGB", size, (17, 16, 16))
    pen = ImageDraw.Draw(inside)
    x, z, wide, high, _ = OPENINGS[box]
    chance = np.random.Generator(np.random.PCG64(660 + box))
    colour, left = (NITRILE, VINYL, VIOLET)[box], (9, 8, 3)[box]
    full = (0.55, 0.45, -0.62)[box]  # how high the gloves lie: the third box is nearly empty
    for index in range(left):
        at = np.array((x + wide * chance.uniform(-0.8, 0.8), z + high * (full - 1.1 * index / left)))
        half = np.array((wide * chance.uniform(0.35, 0.7), high * chance.uniform(0.22, 0.40)))
        tone = (0.20 + 0.42 * index / left) * np.array(colour)
        lean = chance.uniform(-0.5, 0.5)
        turn = np.linspace(0.0, 2.0 * np.pi, 24)
        fold = np.column_stack([np.cos(turn), np.sin(turn) + lean * np.cos(turn)]) * half
        pen.polygon(dots(at + fold), fill=tuple(int(each) for each in tone * 0.55))
        pen.polygon(dots(at + fold * 0.86 - (0.0, 0.010)), fill=tuple(int(each) for each in tone))
    inside = inside.filter(ImageFilter.GaussianBlur(1.2 * _FINE))
    shade = Image.new("L", size, 0)
    ImageDraw.Draw(shade).polygon(dots(outline(box) - (0.0, 0.11)), fill=255)
    shade = shade.filter(ImageFilter.GaussianBlur(5 * _FINE))
    inside = Image.composite(inside, Image.new("RGB", size, (12, 11, 11)), shade)
    picture.paste(inside, (0, 0), hole)


def _hand(draw: ImageDraw.ImageDraw, at: tuple[float, float], scale: float, colour: Colour) -> None:
    """A hand's sign, upright: four fingers, a thumb, a palm; `at` is the foot of its middle."""
    x, y = at

    def stroke(points: list[tuple[float, float]], width: float) -> None:
        way = [((x + px * scale) * _FINE, (y - py * scale) * _FINE) for px, py in points]
        draw.line(way, fill=colour, width=int(width * scale * _FINE), joint="curve")
        r = width * scale * _FINE / 2
        for px, py in way:
            draw.ellipse((px - r, py - r, px + r, py + r), fill=colour)

    stroke([(-1, 14), (1, 40)], 36)
    for foot, top in (((-14, 46), (-22, 84)), ((-4, 50), (-7, 94)), ((6, 50), (8, 92)), ((15, 44), (22, 80))):
        stroke([foot, top], 9.5)
    stroke([(-16, 24), (-34, 44), (-40, 58)], 10.5)


def _area(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], colour: Colour) -> None:
    draw.polygon([(float(x) * _FINE, float(y) * _FINE) for x, y in points], fill=colour)


def _disc(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, colour: Colour) -> None:
    x, y, r = at[0] * _FINE, at[1] * _FINE, radius * _FINE
    draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _ring(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, colour: Colour, width: float) -> None:
    x, y, r = at[0] * _FINE, at[1] * _FINE, radius * _FINE
    draw.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=int(width * _FINE))


def _words(draw: ImageDraw.ImageDraw, at: tuple[float, float], size: tuple[float, float], said: str, colour: Colour) -> None:
    lettering.line(draw, (at[0] * _FINE, at[1] * _FINE), (size[0] * _FINE, size[1] * _FINE), said, colour)


def _bars(draw: ImageDraw.ImageDraw, at: tuple[float, float], long: tuple[float, ...], colour: Colour) -> None:
    """Lines too small to be read."""
    for row, each in enumerate(long):
        x, y = at[0], at[1] + 9 * row
        _area(draw, [(x, y), (x + each, y), (x + each, y + 4), (x, y + 4)], colour)
