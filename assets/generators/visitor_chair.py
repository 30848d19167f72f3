"""A visitor's chair with arms: a bent beech frame, seat and back upholstered in leathercloth, for a waiting room or a bedside.

The frame is two closed sides of bent beech, 38 x 26 mm, that carry the arms and end in glides; rails tie them under the seat.
Seat height 0.44 m, 0.50 m between the arms.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.forms import aired, bends, block, rounded, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, bar, bolt, join, lathe, lit, tube
from assets.generators.surfaces import BEECH_TILE, GRAIN_TILE, PEBBLE_TILE, tiled

SEAT = 0.44
SIDE = 0.276
"""x of the middle of a side frame, metres."""
LEAN = 12.0
"""Degrees that the back leans back."""
SEAM = (0.55, 0.55, 0.58)


def _side(x: float) -> list[Shape]:
    """Front leg, arm and back leg in one bend of laminated beech; the arm is flat where the hand lies."""
    path = bends([(x, 0.235, 0.012), (x, 0.262, 0.648), (x, -0.200, 0.612), (x, -0.262, 0.012)], 0.075, 6)
    flat = np.clip((path[:, 2] - 0.52) / 0.10, 0.0, 1.0)
    frame = sweep(
        path,
        rounded(0.036, 0.030, 0.009, 2),
        scale=np.column_stack([1.0 - 0.25 * flat, 1.0 + 0.45 * flat]),
        up=(1.0, 0.0, 0.0),
        crease_deg=50.0,
    )
    return [frame]


def _upright(x: float) -> Shape:
    """A side of the back, of beech, from the seat rail up."""
    path = np.array([(x, -0.150, 0.34), (x, -0.172, 0.46), (x, -0.207, 0.62), (x, -0.240, 0.775)])
    return sweep(
        path,
        rounded(0.034, 0.024, 0.007, 2),
        scale=np.array((1.0, 1.0, 0.95, 0.85)),
        up=(1.0, 0.0, 0.0),
        ends=0.004,
        crease_deg=50.0,
    )


def _seat() -> tuple[list[Shape], list[Shape]]:
    """The cushion, a little dished and proud in front, with a piped seam; and the shell beneath."""
    wide, deep, thick = 0.480, 0.475, 0.072

    def dish(p: Array) -> Array:
        q = p.copy()
        u, v = p[:, 0] / (wide / 2), p[:, 1] / (deep / 2)
        up = np.clip(p[:, 2] / thick + 0.5, 0.0, 1.0)
        crown = (1.0 - u**2) * (1.0 - v**4)
        q[:, 2] += up * (0.010 * crown - 0.016 * np.exp(-((u / 0.55) ** 2) - ((v + 0.15) / 0.6) ** 2))
        q[:, 2] -= 0.022 * np.clip(v, 0.0, 1.0) ** 3 * up + 0.012 * np.clip(-v, 0, 1) * up
        q[:, 1] += 0.008 * np.sin(np.pi * up) * np.sign(v) * (np.abs(v) > 0.9)
        q[:, 0] += 0.008 * np.sin(np.pi * up) * np.sign(u) * (np.abs(u) > 0.9)
        q[:, 0] *= 1.0 - 0.05 * np.clip(-v, 0.0, 1.0)
        return q

    at = (0.0, 0.045, SEAT - thick / 2 + 0.004)
    foam = block((wide, deep, thick), 0.026, cells=(7, 7, 1), steps=2, bend=dish).moved(*at)
    outline = rounded(wide - 0.003, deep - 0.003, 0.026, 3)
    seam = tube(dish(np.column_stack([outline, np.full(len(outline), 0.007)])), 0.0034, 6, closed=True).moved(*at).tinted(SEAM)
    stitch = [
        tube(dish(np.column_stack([np.linspace(-0.2, 0.2, 9), np.full(9, y), np.full(9, thick / 2 - 0.0005)])), 0.0022, 6)
        .moved(*at)
        .tinted(SEAM)
        for y in (-0.155,)
    ]
    pan = block((wide - 0.06, deep - 0.07, 0.012), 0.005).moved(0.0, 0.045, SEAT - thick - 0.002)
    return [foam, seam, *stitch], [pan]


def _back() -> tuple[list[Shape], list[Shape]]:
    """The back's pad, curved to a back in plan, with a seam round it and one across; made upright and leaned."""
    wide, high, thick = 0.465, 0.330, 0.055

    def curve_in(p: Array) -> Array:
        q = p.copy()
        u, w = p[:, 0] / (wide / 2), p[:, 2] / (high / 2)
        front = np.clip(p[:, 1] / thick + 0.5, 0.0, 1.0)
        q[:, 1] += 0.020 * u**2 + front * 0.012 * (1.0 - u**2) * (1.0 - w**4) + 0.010 * front * np.exp(-(((w + 0.55) / 0.5) ** 2))
        q[:, 2] += 0.012 * (1.0 - u**2) * (w > 0.7)
        return q

    def lean(each: Shape) -> Shape:
        return each.turned("x", LEAN).moved(0.0, -0.190, 0.672)

    foam = block((wide, thick, high), 0.022, cells=(6, 1, 5), steps=2, bend=curve_in)
    outline = rounded(wide - 0.002, high - 0.002, 0.022, 3)
    ring = np.column_stack([outline[:, 0], np.full(len(outline), 0.004), outline[:, 1]])
    seams = [tube(curve_in(ring), 0.0034, 6, closed=True)]
    xs = np.linspace(-0.222, 0.222, 9)
    seams.append(tube(curve_in(np.column_stack([xs, np.full(9, thick / 2 - 0.0006), np.full(9, -0.055)])), 0.0022, 6))
    shell = block((wide - 0.05, 0.008, high - 0.06), 0.003, cells=(5, 1, 1), bend=curve_in).moved(y=-thick / 2 - 0.003)
    return [lean(foam), *(lean(each).tinted(SEAM) for each in seams)], [lean(shell)]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, heads, feet = [], [], []
    for x in (-SIDE, SIDE):
        wood += [*_side(x)]
        for y, half in ((0.242, 0.010), (-0.252, 0.010)):
            feet.append(
                lathe(((0.0, 0.0), (0.013, 0.0), (0.015, 0.003), (0.015, 0.010), (half, 0.014), (0.0, 0.014)), 12, 40.0).moved(
                    x, y * 0.985, 0.0
                )
            )
    wood += [_upright(-0.214), _upright(0.214)]
    for y, z in ((0.240, 0.345), (-0.2286, 0.335)):
        wood.append(bar(0.022, 2 * SIDE - 0.02, 0.058, 0.004, cuts=1).turned("z", 90).moved(0.0, y, z))
    for x in (-0.214, 0.214):
        wood.append(bar(0.024, 0.46, 0.050, 0.004).moved(x, 0.008, 0.343))
    for x in (-SIDE, SIDE):
        side = 1.0 if x > 0 else -1.0
        heads += [
            bolt(0.007, 0.003).turned("y", 90 * side).moved(x + side * 0.0145, y, z) for y, z in ((0.242, 0.345), (-0.225, 0.335))
        ]
    seat, pan = _seat()
    back, shell = _back()
    groups = {"frame": join(wood), "cover": join([*seat, *back]), "shell": join([*pan, *shell, *feet]), "bolts": join(heads)}
    shaded = dict(zip(groups, lit(list(groups.values()), rays=24, reach=0.10, floor=None), strict=True))
    write_glb(
        "visitor_chair",
        {
            "frame": [(surfaces.beech(), tiled(aired(shaded["frame"], 0.55), BEECH_TILE))],
            "cover": [(surfaces.leathercloth("chair_cover", (0.115, 0.20, 0.185), 0.68), tiled(shaded["cover"], PEBBLE_TILE))],
            "shell": [(surfaces.moulded("chair_shell", (0.06, 0.062, 0.066), 0.6), tiled(shaded["shell"], GRAIN_TILE))],
            "bolts": [(surfaces.steel(), tiled(shaded["bolts"], GRAIN_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
