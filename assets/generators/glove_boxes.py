"""Three boxes of gloves in a coated wire frame on the wall, of three makers: one fresh, one in use, one nearly empty.

Each has an opening torn into its front; what hangs out of it is crumpled, and as it was left. The openings' dark insides are
printed with the fronts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import glove_prints, surfaces
from assets.generators.forms import block, facing, oval, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet
from assets.generators.shapes import Shape, curve, join, lit, tube
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material

WIDE, DEEP, HIGH = 0.240, 0.085, 0.122
"""A box lying on its long side."""
BACK = -0.058
"""y of the wall, metres."""
FOOT = 0.002
SET = ((0.0, 0.0, 0.0), (-0.003, -0.001, 0.7), (0.002, -0.0025, -0.9))
"""How each box stands in its place: metres aside and back, degrees about its upright axis."""
CARD = ((0.80, 0.81, 0.80), (0.020, 0.165, 0.125), (0.70, 0.62, 0.76))
"""Tints of the boxes' card, from the lowest to the highest."""
NITRILE, VINYL, VIOLET = (0.045, 0.170, 0.480), (0.700, 0.610, 0.450), (0.170, 0.090, 0.330)
"""Tints of the gloves, from the lowest box to the highest."""


def _at(across: float, up: float) -> tuple[float, float, float]:
    """A point of a box's front by shares of its width, as one reads it, and height; the box's middle is the origin."""
    return ((0.5 - across) * WIDE, DEEP / 2, (up - 0.5) * HIGH)


def _pulled(points: Sequence[tuple[float, float, float]], widths: Sequence[float], thick: float, seed: int) -> Shape:
    """A piece of a glove that hangs or stands out of its box: a flat, crumpled sleeve along a curve, so wide at its points."""
    count = 2 * len(points) + 1
    chance = np.random.Generator(np.random.PCG64(seed))
    line = curve(points, count)
    wide = np.interp(np.linspace(0.0, 1.0, count), np.linspace(0.0, 1.0, len(widths)), widths)
    ring = oval(1.0, 1.0, 10, 2.4)
    creased = 1.0 + 0.16 * np.sin(3.0 * np.arctan2(ring[:, 1], ring[:, 0]) + chance.uniform(0.0, 6.0))
    scale = np.column_stack([wide * (1.0 + 0.10 * chance.normal(size=count)), thick * (0.8 + 0.5 * chance.random(count))])
    rising = points[-1][2] > points[0][2]  # it lies across, whichever way it leaves its box
    return sweep(line, ring * creased[:, None], scale=scale, up=(0.0, -1.0 if rising else 1.0, 1.0), crease_deg=85.0)


def _gloves(box: int) -> Shape:
    """What peeps out: a cuff pulled half out and a finger; two fingers and a thumb that hang; of the last pair, one fingertip."""
    across, up, _, high, _ = glove_prints.OPENINGS[box]
    x, y, z = _at(across, up)
    low = z - high * HIGH
    if box == 0:
        cuff = [(x + 0.004, y - 0.012, z - 0.010), (x + 0.002, y + 0.006, z - 0.004), (x - 0.004, y + 0.013, z + 0.010)]
        cuff += [(x - 0.012, y + 0.017, z + 0.026), (x - 0.016, y + 0.015, z + 0.038)]
        finger = [(x + 0.016, y - 0.006, z - 0.012), (x + 0.020, y + 0.010, z - 0.014), (x + 0.026, y + 0.013, z - 0.030)]
        made = [_pulled(cuff, (0.030, 0.038, 0.040, 0.052, 0.058), 0.009, 71), _pulled(finger, (0.014, 0.013, 0.009), 0.009, 72)]
        return join(made).tinted(NITRILE)
    if box == 1:
        made = []
        for aside, long, wide, seed in ((-0.030, 0.024, 0.020, 81), (-0.006, 0.038, 0.024, 82), (0.022, 0.026, 0.016, 83)):
            way = [
                (x + aside, y - 0.010, z - 0.004),
                (x + aside, y + 0.006, low + 0.010),
                (x + aside * 1.1, y + 0.009, low - 0.006),
            ]
            made.append(
                _pulled([*way, (x + aside * 1.25, y + 0.007, low - long)], (wide, wide, 0.9 * wide, 0.6 * wide), 0.008, seed)
            )
        return join(made).tinted(VINYL)
    tip = [(x + 0.012, y - 0.008, low + 0.012), (x + 0.010, y + 0.005, low + 0.004), (x + 0.006, y + 0.007, low - 0.014)]
    return _pulled(tip, (0.017, 0.015, 0.009), 0.007, 91).tinted(VIOLET)


def _flap() -> Shape:
    """The torn card of the lowest box's opening, which still hangs at its foot, curled forward."""
    across, up, _, high, _ = glove_prints.OPENINGS[0]
    x, y, low = _at(across, up - high)
    u = np.linspace(-1.0, 1.0, 9)
    rows = []
    for share, out, down in ((0.0, 0.0012, -0.006), (0.35, 0.0060, -0.001), (0.7, 0.0120, -0.006), (1.0, 0.0150, -0.014)):
        half = 0.030 * np.sqrt(max(1.0 - (0.9 * share) ** 2, 0.0))
        rows.append(np.column_stack([x + 0.012 - half * u, np.full(9, y + out), np.full(9, low + 0.006 + down)]))
    face = sheet(np.stack(rows))
    return join([face, replace(face, normals=-face.normals, triangles=face.triangles[:, ::-1])]).tinted((0.80, 0.77, 0.71))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    boxes, fronts, gloves = [], [], []
    front = BACK + 0.006 + DEEP
    for index, (aside, back, turned) in enumerate(SET):
        at = (aside, BACK + 0.006 + DEEP / 2 + back, 0.012 + FOOT + index * (HIGH + 0.012) + HIGH / 2)
        box = block((WIDE, DEEP, HIGH), 0.0015, cells=(2, 1, 1), steps=1).tinted(CARD[index])
        face = facing(WIDE - 0.002, HIGH - 0.002).moved(0.0, DEEP / 2 + 0.0006)
        face = replace(face, uvs=(face.uvs + np.array((0.0, index))) / np.array((1.0, len(SET))))
        boxes.append(box.turned("z", turned).moved(*at))
        fronts.append(face.turned("z", turned).moved(*at))
        gloves += [each.turned("z", turned).moved(*at) for each in (_gloves(index), *([_flap()] if index == 0 else []))]
    wires = []
    tall = 3 * (HIGH + 0.012)
    for x in (-WIDE / 2 - 0.004, WIDE / 2 + 0.004):
        for y in (BACK + 0.003, front + 0.003):
            wires.append(tube(np.array([(x, y, FOOT), (x, y, tall)]), 0.002, 6))
    for index in range(4):
        z = 0.002 + FOOT + index * (HIGH + 0.012)
        x, y0, y1 = WIDE / 2 + 0.004, BACK + 0.003, front + 0.003
        wires.append(tube(np.array([(-x, y0, z), (x, y0, z), (x, y1, z), (-x, y1, z)]), 0.002, 6, closed=True))
        wires += [tube(np.array([(a, y0, z), (a, y1, z)]), 0.0016, 5) for a in (-0.07, 0.0, 0.07)]
    plain = join([*boxes, *gloves])
    shaded = lit([plain, *fronts, join(wires)], rays=20, reach=0.02, floor=None)
    card = Material("glove_card", colour=(1.0, 1.0, 1.0, 1.0), roughness=0.62)
    wire = surfaces.painted("glove_wire", (0.70, 0.70, 0.70), 0.35)
    # One picture for all three, the lowest box's at its foot.
    printed = Material("glove_print", roughness=0.55, colour_map=glove_prints.fronts())
    write_glb(
        "glove_boxes",
        {"boxes": [(card, shaded[0]), (printed, join(shaded[1:-1])), (wire, tiled(shaded[-1], FINE_TILE))]},
        folder,
    )


if __name__ == "__main__":
    make()
