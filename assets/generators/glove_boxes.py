"""Three boxes of gloves in a coated wire frame on the wall, each with its slot in front and a glove peeping out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import surfaces
from assets.generators.forms import block, facing
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, curve, join, lathe, lit, tube
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material, Pixels

WIDE, DEEP, HIGH = 0.240, 0.085, 0.122
"""A box lying on its long side."""
BACK = -0.058
"""y of the wall, metres."""
FOOT = 0.002
COLOURS = ((38, 96, 152), (36, 134, 122), (120, 92, 158))
"""One for each size of glove; sRGB."""


def _front(colour: tuple[int, int, int]) -> Pixels:
    """A box's printed front: a broad band, a pale slot's rim, bars where words would be."""
    k = 3
    picture = Image.new("RGB", (240 * k, 122 * k), (236, 238, 238))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 240 * k, 34 * k), fill=colour)
    draw.polygon([(150 * k, 122 * k), (240 * k, 122 * k), (240 * k, 60 * k)], fill=colour)
    draw.rounded_rectangle((14 * k, 9 * k, 96 * k, 17 * k), 2 * k, fill=(245, 246, 246))
    draw.rounded_rectangle((14 * k, 22 * k, 66 * k, 26 * k), 2 * k, fill=(200, 214, 220))
    draw.ellipse((205 * k, 7 * k, 227 * k, 29 * k), fill=(245, 246, 246))
    draw.ellipse((50 * k, 46 * k, 190 * k, 106 * k), fill=(214, 220, 222))
    for row in range(3):
        draw.rounded_rectangle((14 * k, (94 + 7 * row) * k, (44 - 6 * row) * k, (97 + 7 * row) * k), k, fill=(150, 160, 166))
    return np.asarray(picture.resize((240, 122), Image.Resampling.LANCZOS), np.uint8)


def _slot() -> Shape:
    """The oval slot, dark inside, a little sunk."""
    hole = lathe(((1.0, 0.0004), (0.97, 0.0), (0.8, -0.001), (0.0, -0.001)), 28, 60.0)
    made = hole.turned("x", -90)
    return Shape(made.positions * (0.052, 1.0, 0.017), made.normals, made.uvs, made.triangles, made.tint, made.light)


def _glove(seed: int) -> Shape:
    """Two fingers and a cuff's fold that hang out of the slot."""
    chance = np.random.Generator(np.random.PCG64(seed))
    made = []
    for x in (-0.016, 0.001, 0.017):
        way = curve(
            [
                (x, 0.0, 0.002),
                (x * 1.2, 0.012, 0.004 + 0.003 * float(chance.random())),
                (x * 1.4, 0.020, -0.010),
                (x * 1.5 + 0.004 * float(chance.normal()), 0.019, -0.026 - 0.012 * float(chance.random())),
            ],
            8,
        )
        made.append(tube(way, np.linspace(0.0062, 0.0046, 8), 8))
    return join(made)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    boxes, fronts, slots, gloves = [], [], [], []
    front = BACK + 0.006 + DEEP
    for index in range(3):
        z = 0.012 + FOOT + index * (HIGH + 0.012)
        boxes.append(
            block((WIDE, DEEP, HIGH), 0.0015, cells=(2, 1, 1), steps=1).moved(0.0, BACK + 0.006 + DEEP / 2, z + HIGH / 2)
        )
        face = facing(WIDE - 0.002, HIGH - 0.002).moved(0.0, front + 0.0006, z + HIGH / 2)
        fronts.append(replace(face, uvs=(face.uvs + np.array((0.0, index))) / np.array((1.0, 3.0))))
        slots.append(_slot().moved(0.0, front + 0.0022, z + 0.046))
        gloves.append(_glove(7 + index).moved(0.0, front - 0.002, z + 0.046))
    wires = []
    tall = 3 * (HIGH + 0.012)
    for x in (-WIDE / 2 - 0.004, WIDE / 2 + 0.004):
        for y in (BACK + 0.003, front + 0.003):
            wires.append(tube(np.array([(x, y, FOOT), (x, y, tall)]), 0.002, 8))
    for index in range(4):
        z = 0.002 + FOOT + index * (HIGH + 0.012)
        x, y0, y1 = WIDE / 2 + 0.004, BACK + 0.003, front + 0.003
        wires.append(tube(np.array([(-x, y0, z), (x, y0, z), (x, y1, z), (-x, y1, z)]), 0.002, 8, closed=True))
        wires += [tube(np.array([(a, y0, z), (a, y1, z)]), 0.0016, 6) for a in (-0.07, 0.0, 0.07)]
    shaded = lit([join(boxes), *fronts, join(slots), join(gloves), join(wires)], rays=20, reach=0.02, floor=None)
    card = Material("glove_card", colour=(0.80, 0.81, 0.81, 1.0), roughness=0.75)
    dark = Material("glove_slot", colour=(0.03, 0.035, 0.04, 1.0), roughness=0.9)
    rubber = Material("glove_nitrile", colour=(0.12, 0.28, 0.50, 1.0), roughness=0.5)
    wire = surfaces.painted("glove_wire", (0.70, 0.70, 0.70), 0.35)
    # One picture for all three, the lowest box's at its foot.
    printed = Material("glove_print", roughness=0.6, colour_map=np.concatenate([_front(colour) for colour in reversed(COLOURS)]))
    write_glb(
        "glove_boxes",
        {
            "boxes": [
                (card, shaded[0]),
                (printed, join(shaded[1:4])),
                (dark, shaded[4]),
                (rubber, shaded[5]),
                (wire, tiled(shaded[6], FINE_TILE)),
            ]
        },
        folder,
    )


if __name__ == "__main__":
    make()
