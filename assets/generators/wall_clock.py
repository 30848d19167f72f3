"""A wall clock of 30 cm: a turned rim of walnut, a matt white dial with figures and strokes, two dark hands.

It stands still, a little after four on an afternoon: a room that is looked at for minutes has no other time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assets.generators import surfaces, walnut
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lettering import FONT
from assets.generators.lofts import soft_box
from assets.generators.shapes import Shape, join, lathe, lit, shape
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.textures import bytes_of, layered
from engine.view.geometry.mesh import Material

RADIUS, DEPTH = 0.150, 0.042
DIAL, DIAL_AT = 0.137, 0.024
"""Radius of the dial, and how far before the wall it is, metres."""
HOUR, MINUTE = 0.078, 0.112
"""Lengths of the hands from the middle, metres."""
TIME = (4, 7)
"""The hour and the minute that it shows."""


def _rim() -> Shape:
    """Turned of one piece: round outside, a bevel towards the dial, a shadow gap at the wall."""
    profile = [(RADIUS - 0.010, 0.0), (RADIUS - 0.010, 0.004), (RADIUS - 0.003, 0.006)]
    for turn in np.radians(np.linspace(0.0, 90.0, 7)):
        profile.append((RADIUS - 0.007 + 0.007 * float(np.cos(turn)), DEPTH - 0.007 + 0.007 * float(np.sin(turn))))
    profile += [(RADIUS - 0.0095, DEPTH - 0.001), (DIAL + 0.0005, DIAL_AT + 0.004), (DIAL, DIAL_AT - 0.001)]
    return _hung(lathe(profile, 72, 34.0))


def _hung(made: Shape) -> Shape:
    """What was turned about z, hung on a wall: it looks to +y, its middle at its radius over the foot."""
    return made.turned("x", -90.0).moved(0.0, -DEPTH / 2, RADIUS)


def _dial() -> Shape:
    """A disc, its uvs 0-1 as one reads it."""
    turn = np.linspace(0.0, 2.0 * np.pi, 73)[:-1]
    ring = np.column_stack([DIAL * np.cos(turn), np.full(72, DIAL_AT - DEPTH / 2), RADIUS + DIAL * np.sin(turn)])
    points = np.concatenate([[(0.0, DIAL_AT - DEPTH / 2, RADIUS)], ring])
    faces = np.array([(0, 1 + (index + 1) % 72, 1 + index) for index in range(72)])
    uvs = np.concatenate([[(0.5, 0.5)], np.column_stack([0.5 - 0.5 * np.cos(turn), 0.5 + 0.5 * np.sin(turn)])])
    return shape(points, faces, np.tile((0.0, 1.0, 0.0), (73, 1)), uvs)


def _hand(length: float, wide: float, out: float, degrees: float) -> Shape:
    """A slim bar with a short tail, turned clockwise from twelve as one reads the dial."""
    bar = soft_box(wide, 0.0016, length + 0.020, 0.0007, steps=1).moved(0.0, 0.0, length / 2 - 0.010)
    return bar.turned("y", -degrees).moved(0.0, out - DEPTH / 2, RADIUS)


def _hands() -> list[Shape]:
    hour, minute = TIME
    pin = lathe(((0.0095, 0.0), (0.0095, 0.0078), (0.0085, 0.0088), (0.0, 0.0092)), 24, 40.0)
    return [
        _hand(HOUR, 0.0125, DIAL_AT + 0.0035, 30.0 * hour + 0.5 * minute),
        _hand(MINUTE, 0.0088, DIAL_AT + 0.0065, 6.0 * minute),
        pin.turned("x", -90.0).moved(0.0, DIAL_AT - DEPTH / 2, RADIUS),
    ]


@cache
def _face(size: int = 512) -> Material:
    """Figures, strokes at the hours, dots at the minutes, on paper white."""
    scale = 3
    page = Image.new("RGB", (size * scale, size * scale), (243, 241, 234))
    pen = ImageDraw.Draw(page)
    middle = size * scale / 2
    for minute in range(60):
        turn = np.radians(6.0 * minute)
        way = np.array((np.sin(turn), -np.cos(turn)))
        side = np.array((way[1], -way[0]))
        if minute % 5:
            at, small = middle + way * middle * 0.905, middle * 0.0085
            pen.ellipse((*(at - small), *(at + small)), fill=(112, 112, 108))
            continue
        start, half = 0.865, 0.016 if minute % 15 == 0 else 0.010
        corners = [middle + way * middle * along + side * middle * off for along, off in
                   ((start, -half), (0.925, -half), (0.925, half), (start, half))]  # fmt: skip
        pen.polygon([(float(x), float(y)) for x, y in corners], fill=(52, 54, 56))
    font = ImageFont.truetype(str(FONT), round(size * scale * 0.118))
    for hour in range(1, 13):
        turn = np.radians(30.0 * hour)
        at = middle + np.array((np.sin(turn), -np.cos(turn))) * middle * 0.715
        pen.text((float(at[0]), float(at[1])), str(hour), font=font, fill=(40, 42, 45), anchor="mm")
    colour = np.asarray(page.resize((size, size), Image.Resampling.LANCZOS), float)
    return Material(
        "clock_dial", roughness=0.62, colour_map=bytes_of(colour * (0.985 + 0.03 * layered(size, (96, 96), 281, 1))[..., None])
    )


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    rim, dial, hands = lit([_rim(), _dial(), join(_hands())], rays=32, reach=0.03, floor=None)
    write_glb(
        "wall_clock",
        {
            "clock": [
                (walnut.walnut(), tiled(rim, walnut.TILE)),
                (_face(), dial),
                (surfaces.moulded("clock_hands", (0.035, 0.037, 0.04), 0.5), tiled(hands, GRAIN_TILE)),
            ]
        },
        folder,
    )


if __name__ == "__main__":
    make()
