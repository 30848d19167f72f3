"""A luminaire over the head of a bed, 1.2 m long: an extruded body of aluminium between moulded ends, a cover of opal below.

It shines down, on who lies there and on the wall. Its light comes from the front half: the body shuts the rear off, so that the
wall right below it does not glare. The cover turns up round the lower edge in front, where one sees it glow. A cord with a toggle
hangs on the patient's right. z = 0 is where its light is taken to come from; all but the cord lies above.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.forms import aired, block, level, rounded, stack
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, sheet, without
from assets.generators.shapes import Shape, curve, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, moulded, tiled
from engine.view.geometry.mesh import Material

LONG, DEEP, HIGH = 1.20, 0.18, 0.0615
"""Length along the wall, metres off it, height of the body."""
END, ROUND = 0.024, 0.020
"""Length of a moulded end; radius of the ends' corners."""
ABOVE = 0.0012
"""Metres that the lowest edge lies over the plane of the light: edges in it would flicker between light and dark."""
FACE = (1.14, 0.085, 0.030)
"""What shines: its length and width, and how far its middle lies before the body's, metres; the card has the same."""
COVER = (
    (-0.0125, 0.0040), (-0.0105, 0.0012), (0.0050, 0.0006), (0.0400, 0.0006), (0.0620, 0.0012), (0.0740, 0.0038),
    (0.0812, 0.0085), (0.0846, 0.0150), (0.0856, 0.0220), (0.0850, 0.0285),
)  # fmt: skip
"""The cover's section, from its rear edge along its foot and up in front: y and z, metres."""
SPILL = (0.30, 1.0, 1.0, 1.0, 0.50, 0.20, 0.092, 0.050, 0.030, 0.016)
"""How bright each of these lines is: the diodes shine down, and only what the opal spreads goes up in front."""
FADES = ((0.0, 0.22), (0.02, 0.34), (0.05, 0.56), (0.09, 0.78), (0.15, 0.93), (0.30, 1.0))
"""Metres from the cover's ends, and how bright it is there: the row of diodes ends a little before the cover does."""
CORD_AT, CORD_LONG = 0.535, 0.16
"""Metres right of the middle, and down from the body."""


def _body() -> list[Shape]:
    """The extrusion, closed below in its rear half; and the two larger, rounder ends."""
    back, front = -DEEP / 2, DEEP / 2 - 0.0055
    section = [
        (back + 0.002, 0.0), (-0.0150, 0.0), (-0.0138, 0.0010), (-0.0138, 0.0070), (0.0600, 0.0290), (front - 0.0015, 0.0290),
        (front, 0.0305), (front, HIGH - 0.007), (front - 0.0018, HIGH - 0.0022), (front - 0.007, HIGH), (back + 0.002, HIGH),
        (back, HIGH - 0.002), (back, 0.002),
    ]  # fmt: skip
    long = LONG - 2 * END + 0.004
    made = without(extrude(section, long, cuts=7), (1.0, 0.0, 0.0), (-1.0, 0.0, 0.0))
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
    return [made, join(ends)]


def _cover() -> Shape:
    """The opal cover; its vertices' light says how much of the diodes' light comes through there."""
    half = LONG / 2 - END + 0.001
    near = np.array((0.0, 0.02, 0.05, 0.09, 0.15, 0.30))
    x = np.concatenate([-half + near, [0.0], half - near[::-1]])
    line = np.array(COVER)
    rows = np.stack([np.column_stack([np.full(len(line), each), line]) for each in x])
    made = sheet(rows)
    fade = np.interp(half - np.abs(x), *np.array(FADES).T)
    return replace(made, light=np.outer(fade, SPILL).ravel())


def _cord() -> tuple[Shape, Shape]:
    """A braided cord out of its bush, and the toggle at its end."""
    x, y = CORD_AT, -0.030
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
    plate = block((0.046, 0.0012, 0.009), 0.0004).moved(-(LONG / 2 - END - 0.06), DEEP / 2 - 0.0058, 0.0475)
    return join([*caps, plate])


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    body, ends = _body()
    cord, toggle = _cord()
    shaded = lit([body, ends, cord, toggle, _details()], rays=24, reach=0.03, floor=None)
    body, ends, cord, toggle, details = (each.moved(z=ABOVE) for each in shaded)
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
            "diffuser": [(opal, _cover().moved(z=ABOVE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
