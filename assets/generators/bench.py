"""A bench without a back, 1.5 m for two: five larch slats on two splayed trestles, held by sunk bolts and braced by a beam.

As its card has it: 1.5 x 0.52 x 0.45 m. Slats of 96 x 40 mm with gaps of 10 mm, their ends rounded; legs of 60 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assets.generators.forms import aired
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.planed_wood import larch
from assets.generators.shapes import Shape, bar, join, lathe, lit, shape
from assets.generators.surfaces import GRAIN_TILE, LARCH_TILE, steel, tiled

_TINTS = ((1.0, 1.0, 1.0), (0.80, 0.79, 0.80), (0.95, 0.90, 0.84), (0.74, 0.72, 0.72), (0.88, 0.90, 0.88))
_SHIFTS = ((0.031, 0.12), (0.148, 0.71), (0.092, 0.38), (0.207, 0.93), (0.012, 0.55))
"""Where in the larch each board was cut, metres across and along."""
BORE, HEAD = 0.0095, 0.0066
"""Radii of a bored hole and of the bolt head that is sunk in it, metres."""
FRAMES_AT = (-0.56, 0.56)


def _strut(start: Sequence[float], end: Sequence[float], wide: float, thick: float, bevel: float = 0.006) -> Shape:
    """A bar from point to point in a plane of equal x; `thick` is along x."""
    a, b = np.array(start, float), np.array(end, float)
    way = b - a
    length = float(np.linalg.norm(way))
    tilt = np.degrees(np.arctan2(way[2], way[1]))
    return bar(thick, length, wide, bevel).turned("x", tilt).moved(*((a + b) / 2))


def _sunk() -> tuple[Shape, Shape]:
    """A bolt head in its bored hole, on z = 0: the shaded wood of the hole round it, and a galvanised head."""
    r = BORE
    turn = np.linspace(0.0, 2.0 * np.pi, 15)[:-1]
    rim = np.column_stack([r * np.cos(turn), r * np.sin(turn), np.full(14, 0.00012)])
    floor = np.column_stack([0.86 * r * np.cos(turn), 0.86 * r * np.sin(turn), np.full(14, 0.00016)])
    index = np.arange(14)
    after = (index + 1) % 14
    ring = [np.column_stack([index, after, 14 + index]), np.column_stack([after, 14 + after, 14 + index])]
    disc = np.column_stack([14 + index[1:-1], 14 + index[1:-1] + 1, np.full(12, 14)])
    points = np.concatenate([rim, floor])
    bore = shape(points, np.concatenate([*ring, disc]), np.tile((0.0, 0.0, 1.0), (28, 1)), points[:, :2].copy())
    shade = np.where(np.arange(28)[:, None] < 14, 0.62, 0.26) * np.ones(3)
    h = HEAD
    head = lathe(
        ((h, 0.0002), (h, 0.0006), (h * 0.90, 0.0012), (h * 0.62, 0.0015), (h * 0.50, 0.0014), (h * 0.42, 0.0005), (0.0, 0.0005)),
        12,
        40.0,
    )
    dark = np.where(np.hypot(head.positions[:, 0], head.positions[:, 1]) < h * 0.46, 0.25, 1.0)
    return bore.tinted(shade), head.tinted(dark[:, None] * np.ones(3))


def _slat(length: float, wide: float, thick: float, kind: int) -> Shape:
    made = bar(wide, length, thick, 0.005, cuts=3).turned("z", 90)
    return made.tinted(made.tint * np.array(_TINTS[kind % 5])).shifted_uv(*_SHIFTS[kind % 5])


def _slats() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """The seat, the holes bored into it, and the bolt heads in them that hold it to the trestles."""
    wood, holes, heads = [], [], []
    chance = np.random.Generator(np.random.PCG64(29))
    for index in range(5):
        y = 0.212 - 0.106 * index
        wood.append(_slat(1.5 - 0.004 * (index % 3), 0.096, 0.040, index).moved(y=y, z=0.43))
        for x in FRAMES_AT:
            for dy in (-0.024, 0.024):
                off = chance.uniform(-0.002, 0.002, 2)
                hole, head = (each.turned("z", float(chance.uniform(0, 60))) for each in _sunk())
                spot = (x + float(off[0]) + 0.16 * dy, y + dy + float(off[1]), 0.45)
                holes.append(hole.moved(*spot))
                heads.append(head.moved(*spot))
    return wood, holes, heads


def _trestle(x: float, kind: int) -> tuple[list[Shape], list[Shape]]:
    """Two splayed legs with their feet, a head under the slats, and a cross-piece let into both legs."""
    wood = [
        _strut((x, 0.228, 0.009), (x, 0.140, 0.352), 0.060, 0.060),
        _strut((x, -0.228, 0.009), (x, -0.140, 0.352), 0.060, 0.060),
        _strut((x, 0.240, 0.380), (x, -0.240, 0.380), 0.060, 0.066, 0.010),
        _strut((x, 0.190, 0.135), (x, -0.190, 0.135), 0.055, 0.036),
    ]
    wood = [
        each.tinted(each.tint * np.array(_TINTS[(kind + i) % 5])).shifted_uv(0.1 * i, 0.3 * i + kind)
        for i, each in enumerate(wood)
    ]
    heads = []
    spots = ((0.141, 0.345, 0.030), (-0.141, 0.345, 0.030), (0.199, 0.135, 0.030), (-0.199, 0.135, 0.030))
    for y, z, half in spots:
        for side in (-1, 1):
            hole, head = (each.turned("y", 90 * side).moved(x + side * half, y, z) for each in _sunk())
            wood.append(hole)
            heads.append(head)
    return wood, heads


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    slats, holes, heads = _slats()
    legs, bolts = [], []
    for kind, x in enumerate(FRAMES_AT):
        wood, irons = _trestle(x, kind)
        legs += wood
        bolts += irons
    beam = bar(0.060, 1.18, 0.036, 0.006, cuts=1).turned("y", 90).turned("z", 90).moved(z=0.135 + 0.058)
    legs.append(beam.shifted_uv(0.13, 0.2))
    shaded = lit([*slats, *legs], reach=0.35)
    count = len(slats)
    galvanised = steel("galvanised", (0.50, 0.51, 0.52), 0.5)
    write_glb(
        "bench",
        {
            "slats": [(larch(), tiled(join([*shaded[:count], *holes]), LARCH_TILE))],
            "trestles": [(larch(), tiled(aired(join(shaded[count:]), 0.45), LARCH_TILE))],
            "bolts": [(galvanised, tiled(join([*heads, *bolts]), GRAIN_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
