"""A dispenser of paper towels for the wall: a grey cover with a lock, and a smoked window in it that shows how full it is.

Through the window one sees the stack of folded towels, pale below, and above it the dark hollow; one towel hangs out.
"""

from __future__ import annotations

from itertools import pairwise
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
WINDOW = (0.190, 0.185, 0.222)
"""Width, height and height of the middle of the smoked window, metres."""
STACK, FOLD = 0.215, 0.0065
"""Height up to which towels lie in it, and how thick a folded one is."""
SMOKE, PAPER, SHADE = (0.030, 0.033, 0.036), (0.225, 0.220, 0.205), (0.105, 0.103, 0.097)
"""Linear colours seen through the window: the hollow, an edge of paper, the gap between two."""
GREY = (0.50, 0.515, 0.525)
"""Linear colour of the cover."""


def _belly(p: Array) -> Array:
    """The front bellies by 8 mm and leans back towards its foot; heights are from the cover's middle."""
    high = np.clip((p[:, 2] + (HIGH - FOOT) / 2) / (HIGH - FOOT), 0.0, 1.0)
    front = np.clip(p[:, 1] / (DEEP / 2), 0.0, 1.0)
    out = front * (0.004 * np.sin(np.pi * high) - 0.016 * (1.0 - high) ** 1.5 - 0.005)
    return np.column_stack([p[:, 0], p[:, 1] + out, p[:, 2]])


def _cover() -> Shape:
    """The cover: a rounded box with a belly."""
    return block((WIDE, DEEP, HIGH - FOOT), 0.020, cells=(4, 2, 7), steps=4, bend=_belly).moved(z=(HIGH + FOOT) / 2)


def _window() -> list[Shape]:
    """A pane on the cover's front, its corners round, in rows: one for each edge of a towel and each gap, some for the hollow."""
    wide, high, middle = WINDOW
    low, top, soft = middle - high / 2, middle + high / 2, 0.022
    edges = [low, *np.arange(low + FOLD, STACK, FOLD), *np.linspace(STACK, top - soft, 4), *np.linspace(top - soft, top, 5)[1:]]
    edges = sorted({round(float(z), 6) for z in (*edges, *np.linspace(low, low + soft, 5))})
    made: list[Shape] = []
    for one, two in pairwise(edges):
        fold = int((one - low + 1e-6) / FOLD)
        tint = SMOKE if one >= STACK - 1e-6 else PAPER if fold % 2 else SHADE
        rows = []
        for z in (one, two):
            past = max(low + soft - z, z - top + soft, 0.0)
            half = wide / 2 - soft + np.sqrt(max(soft**2 - past**2, 0.0))
            x = half * np.linspace(1.0, -1.0, 7)
            flat = np.column_stack([x, np.full(7, DEEP / 2), np.full(7, z - (HIGH + FOOT) / 2)])
            rows.append(_belly(flat) + np.array((0.0, 0.0006, (HIGH + FOOT) / 2)))
        made.append(sheet(np.stack(rows)).tinted(tint))
    return made


def _trim() -> list[Shape]:
    """The dark slots: the mouth below, the seam round the back plate."""
    mouth = block((0.200, 0.044, 0.006), 0.002, cells=(4, 1, 1), steps=1).moved(0.0, 0.006, FOOT + 0.0005)
    plate = block((WIDE - 0.016, 0.006, HIGH - FOOT - 0.016), 0.002).moved(0.0, BACK + 0.003, (HIGH + FOOT) / 2)
    return [mouth.tinted(SMOKE), plate.tinted(SMOKE)]


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
    cover, trim, lock, towel, pane = lit(
        [_cover(), join(_trim()), _lock(), _towel(), join(_window())], rays=28, reach=0.04, floor=None
    )
    shell = surfaces.moulded("dispenser_cover", (0.86, 0.86, 0.85), 0.46)
    glossy = surfaces.plain("dispenser_window", (1.0, 1.0, 1.0), 0.09)
    parts = [cover.tinted(GREY), lock.tinted((0.30, 0.31, 0.32)), aired(towel, 0.8)]
    model = [(shell, tiled(join(parts), GRAIN_TILE)), (glossy, join([trim, aired(pane, 0.9)]))]
    write_glb("towel_dispenser", {"dispenser": model}, folder)


if __name__ == "__main__":
    make()
