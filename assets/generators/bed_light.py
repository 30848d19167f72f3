"""A luminaire over the head of a bed, 1.2 m long: an extruded body of aluminium between moulded ends, a plate of light below.

It shines down, on who lies there and on the wall. A cord with a toggle hangs on the patient's right.
z = 0 is where its light is taken to come from; all but the cord lies above.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators.forms import aired, block, grown, level, rounded, stack
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet
from assets.generators.shapes import Shape, curve, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, moulded, tiled
from engine.view.geometry.mesh import Material

LONG, DEEP, HIGH = 1.20, 0.16, 0.0615
"""Length along the wall, metres off it, height of the body."""
END, ROUND = 0.024, 0.020
"""Length of a moulded end; radius of the ends' corners."""
LIP, SET_BACK = 0.009, 0.004
"""Width of the body's edge round the plate, and how far the plate lies behind it."""
ABOVE = 0.0012
"""Metres that the lowest edge lies over the plane of the light: edges in it would flicker between light and dark."""
CORD_AT, CORD_LONG = 0.47, 0.16
"""Metres right of the middle, and down from the body."""


def _body() -> list[Shape]:
    """The extrusion with a shadow line along its side, open below; and the two ends, a little larger and rounder."""
    plan = rounded(LONG - 2 * END + 0.004, DEEP - 0.004, 0.002, 1)
    rings = (
        (-LIP, SET_BACK + 0.002), (-LIP, 0.001), (-LIP + 0.001, 0.0), (-0.0016, 0.0), (0.0, 0.0016), (0.0, 0.020),
        (-0.0022, 0.021), (-0.0022, 0.0245), (0.0, 0.0255), (0.0, HIGH - 0.006), (-0.0018, HIGH - 0.0018), (-0.006, HIGH),
    )  # fmt: skip
    made = [stack([level(grown(plan, by) if by else plan, z) for by, z in rings], open_start=True, crease_deg=30.0)]
    cap = rounded(END * 2, DEEP, ROUND, 5)
    inside = cap[:, 0] > 0.0
    outline = np.column_stack([np.where(inside, cap[:, 0], 0.0), cap[:, 1]])
    steps = (
        *((-0.0030, -0.0010), (-0.0008, 0.0002), (0.0, 0.0030)),
        *((0.0, HIGH - 0.0030), (-0.0010, HIGH - 0.0004), (-0.0040, HIGH + 0.0010)),
    )
    ends = []
    for side in (1.0, -1.0):
        kept = outline if side > 0 else outline * (-1.0, -1.0)
        rings_ = [level(kept * (1.0 + by / (DEEP / 2)), z, side * (LONG / 2 - END)) for by, z in steps]
        ends.append(stack(rings_, crease_deg=40.0))
    return [made[0], join(ends)]


def _plate() -> Shape:
    """The opal plate, cut so that light and shade can be laid on it, seen from below."""
    x = np.linspace(-(LONG / 2 - END) + LIP, LONG / 2 - END - LIP, 9)
    y = np.linspace(-(DEEP / 2) + LIP, DEEP / 2 - LIP, 3)
    across, along = np.meshgrid(x, y, indexing="ij")
    return sheet(np.stack([across, along, np.full_like(across, SET_BACK)], -1))


def _cord() -> tuple[Shape, Shape]:
    """A braided cord out of its bush, and the toggle at its end."""
    x, y = CORD_AT, DEEP / 2 - 0.026
    bush = lathe(((0.0, -0.0045), (0.0042, -0.0045), (0.0056, -0.0030), (0.0060, 0.0050)), 16, 40.0).moved(x, y, 0.0)
    drop = [(x, y, -0.003), (x + 0.001, y, -0.4 * CORD_LONG), (x, y + 0.001, -CORD_LONG)]
    line = tube(curve(drop, 12), 0.0016, 8)
    bell = ((0.0, 0.0), (0.0062, 0.0008), (0.0078, 0.0040), (0.0070, 0.0160), (0.0046, 0.0270), (0.0030, 0.0300), (0.0, 0.0305))
    return join([bush, line]), lathe(bell, 20, 50.0).moved(x, y, -CORD_LONG - 0.028)


def _details() -> Shape:
    """Where the body is screwed to its bracket: two caps on each end's face, and a maker's plate."""
    caps = []
    for side in (1.0, -1.0):
        for y in (-0.040, 0.040):
            cap = lathe(((0.0, 0.0008), (0.0046, 0.0008), (0.0054, 0.0), (0.0054, -0.002)), 12, 40.0)
            caps.append(cap.turned("y", side * 90.0).moved(side * (LONG / 2 + 0.0002), y * 0.9, HIGH * 0.52))
    plate = block((0.046, 0.0012, 0.011), 0.0004).moved(-(LONG / 2 - END - 0.06), DEEP / 2 - 0.0018, 0.041)
    return join([*caps, plate])


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    body, ends = _body()
    cord, toggle = _cord()
    shaded = lit([body, ends, _plate(), cord, toggle, _details()], rays=24, reach=0.03, floor=None)
    body, ends, plate, cord, toggle, details = (each.moved(z=ABOVE) for each in shaded)
    opal = Material("opal", (0.82, 0.82, 0.81, 1.0), roughness=0.5)
    white = moulded("bed_light_body", (0.80, 0.80, 0.79), 0.45)
    housing = join(
        [
            body.tinted((0.78, 0.79, 0.80)),
            ends.tinted((0.58, 0.60, 0.62)),
            details.tinted((0.38, 0.39, 0.40)),
            aired(cord, 0.6).tinted((0.90, 0.90, 0.88)),
            aired(toggle, 0.6).tinted((0.90, 0.30, 0.04)),
        ]
    )
    write_glb(
        "bed_light",
        {
            "frame": [(white, tiled(housing, GRAIN_TILE))],
            "diffuser": [(opal, aired(plate, 1.0))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
