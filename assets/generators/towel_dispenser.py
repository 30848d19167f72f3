"""A dispenser of paper towels for the wall: a cover with a lock and a slot that shows how full it is; a towel hangs out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.forms import aired, block
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet
from assets.generators.shapes import Array, Shape, join, lathe, lit
from assets.generators.surfaces import GRAIN_TILE, tiled

WIDE, DEEP, HIGH = 0.285, 0.115, 0.360
BACK = -DEEP / 2
"""y of the wall, metres."""
FOOT = 0.045
"""Height of the cover's lower edge; the towel hangs down to 0."""


def _cover() -> Shape:
    """The cover: a rounded box whose front bellies by 8 mm and leans back towards its foot."""

    def belly(p: Array) -> Array:
        high = (p[:, 2] + (HIGH - FOOT) / 2) / (HIGH - FOOT)
        front = np.clip(p[:, 1] / (DEEP / 2), 0.0, 1.0)
        out = front * (0.004 * np.sin(np.pi * high) - 0.016 * (1.0 - high) ** 1.5 - 0.005)
        return np.column_stack([p[:, 0], p[:, 1] + out, p[:, 2]])

    return block((WIDE, DEEP, HIGH - FOOT), 0.020, cells=(4, 2, 7), steps=4, bend=belly).moved(z=(HIGH + FOOT) / 2)


def _trim() -> list[Shape]:
    """The dark slots: the gauge in the cover's front, the mouth below it, the seam round the back plate."""
    gauge = block((0.016, 0.004, 0.110), 0.0019, cells=(1, 1, 3), steps=2).moved(WIDE / 2 - 0.042, DEEP / 2 - 0.0030, 0.205)
    mouth = block((0.200, 0.044, 0.006), 0.002, cells=(4, 1, 1), steps=1).moved(0.0, 0.006, FOOT + 0.0005)
    plate = block((WIDE - 0.016, 0.006, HIGH - FOOT - 0.016), 0.002).moved(0.0, BACK + 0.003, (HIGH + FOOT) / 2)
    return [gauge, mouth, plate]


def _lock() -> Shape:
    """The lock in the cover's top edge that takes a key."""
    face = ((0.0085, 0.0), (0.0085, 0.0018), (0.0072, 0.0028), (0.0022, 0.0028), (0.0018, 0.0014), (0.0, 0.0014))
    return lathe(face, 24, 40.0).turned("x", -90).moved(0.0, DEEP / 2 - 0.0030, HIGH - 0.040)


def _towel() -> Shape:
    """The towel that comes next: it hangs out of the mouth, bent forward along its fold; both of its sides."""
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 13), np.linspace(0.0, 1.0, 9))
    drop = FOOT + 0.020
    y = 0.004 + 0.020 * np.sin(1.4 * v) + 0.0025 * np.sin(9.0 * u + 1.0) * v
    z = drop - (drop - 0.001) * v + 0.0022 * (1.0 + np.sin(7.0 * u)) * v
    points = np.stack([0.185 * u * (1.0 - 0.05 * v), y, z], -1)
    return join([sheet(points), sheet(points, flip=True)])


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    cover, trim, lock, towel = lit([_cover(), join(_trim()), _lock(), _towel()], rays=28, reach=0.04, floor=None)
    white = surfaces.moulded("dispenser_cover", (0.72, 0.72, 0.71), 0.40)
    dark = surfaces.plain("dispenser_slot", (0.045, 0.10, 0.12), 0.35)
    pale = [cover.tinted((0.97, 0.98, 0.985)), lock.tinted((0.62, 0.63, 0.64)), aired(towel, 0.8)]
    write_glb("towel_dispenser", {"dispenser": [(white, tiled(join(pale), GRAIN_TILE)), (dark, trim)]}, folder)


if __name__ == "__main__":
    make()
