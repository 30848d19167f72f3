"""A visitor's chair with arms: a bent beech frame, seat and back upholstered in coated cloth, for a waiting room or a bedside.

The frame is two closed sides of bent beech, 38 x 26 mm, that carry the arms and end in glides; rails tie them under the seat.
Seat height 0.44 m, 0.50 m between the arms. The posts of the back stand behind the seat's cushion, in the frame.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import planed_wood, surfaces, upholstery
from assets.generators.forms import aired, bends, block, rounded, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import picked, without
from assets.generators.shapes import Array, Shape, bar, bolt, join, lathe, lit
from assets.generators.surfaces import GRAIN_TILE, tiled
from assets.generators.upholstery import piping, pulled, stitches

SEAT = 0.44
SIDE = 0.276
"""x of the middle of a side frame, metres."""
POST = 0.214
"""x of a post of the back."""
LEAN = 12.0
"""Degrees that the back leans back."""
SEAT_SEAM, BACK_SEAM = -0.138, -0.062
"""Where a seam crosses: y on the seat, from its middle; height on the back, from its middle."""
ROW = 0.0075
"""How far a row of stitches runs from its seam."""


def _side(x: float, kind: int) -> Shape:
    """Front leg, arm and back leg in one bend of laminated beech; the arm is flat where the hand lies."""
    path = bends([(x, 0.235, 0.012), (x, 0.262, 0.648), (x, -0.200, 0.612), (x, -0.262, 0.012)], 0.075, 8)
    flat = np.clip((path[:, 2] - 0.52) / 0.10, 0.0, 1.0)
    return sweep(
        path,
        rounded(0.036, 0.030, 0.009, 2),
        scale=np.column_stack([1.0 - 0.25 * flat, 1.0 + 0.45 * flat]),
        up=(1.0, 0.0, 0.0),
        crease_deg=50.0,
    ).shifted_uv(0.041 * kind, 0.23 * kind)


def _post(x: float, kind: int) -> Shape:
    """A side of the back, of beech: from the frame under the seat up behind both cushions."""
    path = np.array([(x, -0.184, 0.318), (x, -0.187, 0.440), (x, -0.196, 0.560), (x, -0.221, 0.680), (x, -0.245, 0.790)])
    return sweep(
        path,
        rounded(0.034, 0.024, 0.007, 2),
        scale=np.array((1.0, 1.0, 1.0, 0.95, 0.85)),
        up=(1.0, 0.0, 0.0),
        ends=0.004,
        crease_deg=50.0,
    ).shifted_uv(0.057 * kind, 0.31 * kind)


def _rows(seam: float, half: float, even: int) -> list[float]:
    """Rows of a pad's faces, as shares of half their length: close together where a seam pulls them in."""
    near = [seam + by for by in (-0.030, -0.016, -0.007, -0.003, 0.0, 0.003, 0.007, 0.016, 0.030)]
    rest = [at for at in np.linspace(-half, half, even + 1) if abs(at - seam) > 0.038]
    return [float(at) / half for at in sorted({-half, *near, *rest, half})]


def _creases(a: Array, b: Array) -> Array:
    """The soft unevenness of a cover that has been sat on, about -1 to 1, over metres."""
    return np.asarray(
        0.5 * np.sin(31.0 * a + 9.0 * b + 0.7) * np.cos(23.0 * b - 6.0 * a) + 0.5 * np.sin(47.0 * b - 15.0 * a + 2.1)
    )


def _seat() -> tuple[list[Shape], list[Shape]]:
    """The cushion, sat hollow and proud in front, a seam across it, piped round its top; and the board of plywood beneath."""
    wide, deep, thick, radius = 0.480, 0.446, 0.072, 0.026

    def dish(p: Array) -> Array:
        q = p.copy()
        u, v = p[:, 0] / (wide / 2), p[:, 1] / (deep / 2)
        up = np.clip(p[:, 2] / thick + 0.5, 0.0, 1.0)
        crown = (1.0 - np.abs(u) ** 2.5) * (1.0 - v**4)
        seam = pulled(p[:, 1] - SEAT_SEAM, 0.0065)
        q[:, 2] += up * (0.012 * crown - 0.022 * np.exp(-((u / 0.55) ** 2) - ((v - 0.05) / 0.55) ** 2) - seam)
        q[:, 2] += up * crown * 0.0024 * _creases(p[:, 0], p[:, 1])
        q[:, 2] -= 0.020 * np.clip(v, 0.0, 1.0) ** 3 * up + 0.008 * np.clip(-v, 0, 1) * up
        belly = np.sin(np.pi * np.clip(up * 1.25, 0.0, 1.0))
        q[:, 1] += 0.007 * belly * np.sign(v) * (np.abs(v) > 0.9)
        q[:, 0] += (0.007 * belly - 0.5 * seam * up) * np.sign(u) * (np.abs(u) > 0.9)
        q[:, 0] *= 1.0 - 0.05 * np.clip(-v, 0.0, 1.0)
        return q

    at = (0.0, 0.060, SEAT - thick / 2 + 0.004)
    rows = _rows(SEAT_SEAM, deep / 2 - radius, 9)
    foam = without(block((wide, deep, thick), radius, cells=(12, rows, 1), steps=2, bend=dish), (0.0, 0.0, -1.0))
    inset = 0.27 * radius
    cord = piping((wide - 2 * inset, deep - 2 * inset), radius, thick / 2 - inset + 0.0008, dish)
    sewn = [
        stitches(np.array((-0.205, y, thick / 2)), np.array((0.205, y, thick / 2)), np.array((0.0, 0.0, 1.0)), dish)
        for y in (SEAT_SEAM - ROW, SEAT_SEAM + ROW)
    ]
    # Its edges are up in the foam, out of sight; the rails under it carry both.
    pan = block((wide - 0.05, deep - 0.04, 0.012), 0.004).moved(0.0, 0.058, SEAT - thick + 0.0102)
    return [each.moved(*at) for each in (foam, cord, *sewn)], [pan]


def _back() -> tuple[list[Shape], list[Shape]]:
    """The back's pad, curved to a back in plan, a seam across it, piped round its front; made upright and leaned."""
    wide, high, thick, radius = 0.465, 0.330, 0.055, 0.022

    def curve_in(p: Array) -> Array:
        q = p.copy()
        u, w = p[:, 0] / (wide / 2), p[:, 2] / (high / 2)
        front = np.clip(p[:, 1] / thick + 0.5, 0.0, 1.0)
        seam = pulled(p[:, 2] - BACK_SEAM, 0.0050)
        q[:, 1] += 0.020 * u**2 + front * (
            0.012 * (1.0 - u**2) * (1.0 - w**4) + 0.010 * np.exp(-(((w + 0.62) / 0.4) ** 2)) - seam
        )
        q[:, 1] += front * (1.0 - u**4) * (1.0 - w**4) * 0.0014 * _creases(p[:, 2], p[:, 0])
        q[:, 0] -= 0.4 * seam * np.sign(u) * (np.abs(u) > 0.9)
        q[:, 2] += 0.012 * (1.0 - u**2) * (w > 0.7)
        return q

    def lean(each: Shape) -> Shape:
        return each.turned("x", LEAN).moved(0.0, -0.190, 0.672)

    rows = _rows(BACK_SEAM, high / 2 - radius, 6)
    foam = block((wide, thick, high), radius, cells=(11, 1, rows), steps=2, bend=curve_in)
    foam = picked(foam, (foam.normals[foam.triangles][:, :, 1] > -0.8).any(axis=1))
    inset = 0.27 * radius
    cord = piping((wide - 2 * inset, high - 2 * inset), radius, thick / 2 - inset + 0.0008, curve_in, upright=True)
    sewn = [
        stitches(np.array((0.200, thick / 2, z)), np.array((-0.200, thick / 2, z)), np.array((0.0, 1.0, 0.0)), curve_in)
        for z in (BACK_SEAM - ROW, BACK_SEAM + ROW)
    ]
    shell = block((wide - 0.05, 0.008, high - 0.06), 0.003, cells=(5, 1, 1), bend=curve_in).moved(y=-thick / 2 - 0.003)
    return [lean(each) for each in (foam, cord, *sewn)], [lean(shell)]


def _frame() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """The wood, the heads of its bolts, and the glides that it stands on."""
    wood, heads, feet = [], [], []
    for kind, x in enumerate((-SIDE, SIDE)):
        wood += [_side(x, 2 * kind), _post(POST if x > 0 else -POST, 2 * kind + 1)]
        for y in (0.2384, -0.2482):
            glide = ((0.0, 0.0), (0.013, 0.0), (0.015, 0.003), (0.015, 0.010), (0.010, 0.014), (0.0, 0.014))
            feet.append(lathe(glide, 12, 40.0).moved(x, y, 0.0))
    for kind, (y, z) in enumerate(((0.240, 0.345), (-0.2286, 0.335))):
        rail = bar(0.022, 2 * SIDE - 0.02, 0.058, 0.004, cuts=1).shifted_uv(0.071 * kind, 0.17 * kind)
        wood.append(rail.turned("z", 90).moved(0.0, y, z))
    for kind, x in enumerate((-POST, POST)):
        wood.append(bar(0.018, 0.46, 0.056, 0.003).shifted_uv(0.033 + 0.05 * kind, 0.4 * kind).moved(x, 0.008, 0.346))
    for side in (-1.0, 1.0):
        heads += [
            bolt(0.0055, 0.002).turned("y", 90 * side).moved(side * (SIDE + 0.0147), y, z)
            for y, z in ((0.242, 0.345), (-0.225, 0.335))
        ]
    return wood, heads, feet


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, heads, feet = _frame()
    seat, pan = _seat()
    back, shell = _back()
    groups = {"frame": join([*wood, *pan]), "cover": join([*seat, *back]), "shell": join([*shell, *feet]), "bolts": join(heads)}
    shaded = dict(zip(groups, lit(list(groups.values()), rays=24, reach=0.10, floor=None), strict=True))
    write_glb(
        "visitor_chair",
        {
            "frame": [(planed_wood.beech(), tiled(aired(shaded["frame"], 0.55), planed_wood.BEECH_TILE))],
            "cover": [
                (
                    upholstery.cloth("chair_cover", (0.098, 0.180, 0.188)),
                    tiled(aired(shaded["cover"], 0.7), upholstery.CLOTH_TILE),
                )
            ],
            "shell": [(surfaces.moulded("chair_shell", (0.06, 0.062, 0.066), 0.6), tiled(shaded["shell"], GRAIN_TILE))],
            "bolts": [(surfaces.steel(), tiled(shaded["bolts"], GRAIN_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
