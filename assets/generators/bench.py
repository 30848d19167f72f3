"""A bench without a back, 1.5 m for two: five larch slats on two splayed trestles, held by iron bolts and braced by a beam.

As its card has it: 1.5 x 0.52 x 0.45 m. Slats of 96 x 40 mm with gaps of 10 mm, their ends rounded; legs of 60 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, bar, bolt, join, lit
from assets.generators.surfaces import LARCH_TILE, METAL_TILE, iron, larch, tiled

_TINTS = ((1.0, 1.0, 1.0), (0.90, 0.87, 0.84), (1.06, 1.03, 0.99), (0.95, 0.92, 0.90))
FRAMES_AT = (-0.56, 0.56)


def _strut(start: Sequence[float], end: Sequence[float], wide: float, thick: float, bevel: float = 0.006) -> Shape:
    """A bar from point to point in a plane of equal x; `thick` is along x."""
    a, b = np.array(start, float), np.array(end, float)
    way = b - a
    length = float(np.linalg.norm(way))
    tilt = np.degrees(np.arctan2(way[2], way[1]))
    return bar(thick, length, wide, bevel).turned("x", tilt).moved(*((a + b) / 2))


def _slat(length: float, wide: float, thick: float, kind: int) -> Shape:
    made = bar(wide, length, thick, 0.006, cuts=1).turned("z", 90)
    return made.tinted(made.tint * np.array(_TINTS[kind % 4])).shifted_uv(0.067 * kind, 0.41 * kind)


def _slats() -> tuple[list[Shape], list[Shape]]:
    """The seat, and the bolt heads that hold it to the trestles."""
    wood, heads = [], []
    for index in range(5):
        y = 0.212 - 0.106 * index
        wood.append(_slat(1.5 - 0.004 * (index % 3), 0.096, 0.040, index).moved(y=y, z=0.43))
        heads += [bolt(0.0075, 0.003).moved(x, y + dy, 0.4499) for x in FRAMES_AT for dy in (-0.022, 0.022)]
    return wood, heads


def _trestle(x: float, kind: int) -> tuple[list[Shape], list[Shape]]:
    """Two splayed legs with their feet, a head under the slats, and a cross-piece let into both legs."""
    wood = [
        _strut((x, 0.228, 0.009), (x, 0.140, 0.352), 0.060, 0.060),
        _strut((x, -0.228, 0.009), (x, -0.140, 0.352), 0.060, 0.060),
        _strut((x, 0.240, 0.380), (x, -0.240, 0.380), 0.060, 0.066, 0.010),
        _strut((x, 0.190, 0.135), (x, -0.190, 0.135), 0.055, 0.036),
    ]
    wood = [
        each.tinted(each.tint * np.array(_TINTS[(kind + i) % 4]) * 0.93).shifted_uv(0.1 * i, 0.3 * i + kind)
        for i, each in enumerate(wood)
    ]
    spots = ((0.141, 0.345, 0.030), (-0.141, 0.345, 0.030), (0.199, 0.135, 0.030), (-0.199, 0.135, 0.030))
    heads = [bolt(0.010, 0.005).turned("y", 90 * side).moved(x + side * half, y, z) for y, z, half in spots for side in (-1, 1)]
    return wood, heads


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    slats, heads = _slats()
    legs, bolts = [], []
    for kind, x in enumerate(FRAMES_AT):
        wood, irons = _trestle(x, kind)
        legs += wood
        bolts += irons
    beam = bar(0.060, 1.18, 0.036, 0.006, cuts=1).turned("y", 90).turned("z", 90).moved(z=0.135 + 0.058)
    legs.append(beam.shifted_uv(0.13, 0.2))
    shaded = lit([*slats, *legs, *heads, *bolts], reach=0.35)
    count = len(slats) + len(legs)
    oiled = larch("oiled_larch", 512, 5, 0.62)
    write_glb(
        "bench",
        {
            "slats": [(oiled, tiled(join(shaded[: len(slats)]), LARCH_TILE))],
            "trestles": [(oiled, tiled(join(shaded[len(slats) : count]), LARCH_TILE))],
            "bolts": [(iron(), tiled(join(shaded[count:]), METAL_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
