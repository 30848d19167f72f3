"""A run of clinic cupboards, 1.2 m wide: base units with a worktop, drawers and doors, and wall units above.

Melamine-faced carcasses with lipped fronts, bar handles, a worktop with a rounded front and an upstand, a recessed plinth. The
back (y = -0.3 m) is the wall. The upper drawer is a real one: the card's joint `drawer` pulls it out by 35 cm.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, plate, rounded, soft_box, without
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import GRAIN_TILE, painted, plain, polished, tiled

WIDE, DEEP, TOP = 1.20, 0.60, 0.90
"""The base units with their worktop, metres."""
BACK = -DEEP / 2
CARCASS = 0.235
"""Where the carcasses end at the front, along y; the fronts stand on it."""
FRONT = 0.019
PLINTH, UNDER = 0.10, 0.862
"""Heights of the carcass's foot and of the worktop's underside."""
WALL_FOOT, WALL_TOP, WALL_DEEP = 1.42, 2.12, 0.33
DRAWERS = 0.40
"""Width of the unit with the drawers, at +x."""
GAP = 0.0020
GABLE = 0.018
"""How thick the end panels are; at the base units they come forward to the face of the fronts."""


def _front(wide: float, tall: float, x: float, foot: float, y: float) -> Shape:
    """A door or a drawer's face, x its middle; its rear lies on y."""
    made = soft_box(wide - 2 * GAP, FRONT, tall - 2 * GAP, 0.0022, cell=0.20)
    return without(made, (0.0, -1.0, 0.0)).moved(x, y + FRONT / 2, foot + tall / 2)


def _handle(length: float) -> list[Shape]:
    """A bar handle lying along x, 12 mm thick on two posts, on a face that looks to +y at y = 0."""
    r = 0.006
    bar = lathe(
        (
            (0.0, -length / 2),
            (r - 0.001, -length / 2),
            (r, -length / 2 + 0.001),
            (r, length / 2 - 0.001),
            (r - 0.001, length / 2),
            (0.0, length / 2),
        ),
        9,
        50.0,
    )
    post = lathe(((0.0070, 0.0), (0.0070, 0.0012), (0.0042, 0.0030), (0.0042, 0.030)), 8, 50.0).turned("x", -90)
    at = length / 2 - 0.032
    return [bar.turned("y", 90).moved(y=0.032), post.moved(-at), post.moved(at)]


def _slab(size: tuple[float, float, float], at: tuple[float, float, float], cell: float = 0.0) -> Shape:
    """A board of this width, depth and height; `at` is the middle of its foot."""
    return soft_box(*size, 0.0012, cell=cell).moved(at[0], at[1], at[2] + size[2] / 2)


def _carcasses() -> list[Shape]:
    """Sides, bottoms, backs and tops that the fronts leave to be seen; outer sides are cut up for the light."""
    back, front = (0.0, -1.0, 0.0), (0.0, 1.0, 0.0)
    deep, mid = CARCASS - BACK, (CARCASS + BACK) / 2
    made = [_slab((0.018, deep, UNDER - PLINTH), (WIDE / 2 - DRAWERS, mid, PLINTH))]
    made.append(_slab((WIDE - 0.002, deep - 0.004, 0.018), (0.0, mid, PLINTH)))
    made.append(_slab((WIDE - 0.04, 0.008, UNDER - PLINTH - 0.02), (0.0, BACK + 0.012, PLINTH + 0.01)))
    for side in (-1.0, 1.0):
        x = side * (WIDE - GABLE) / 2
        made.append(without(_slab((GABLE, deep + FRONT, UNDER - PLINTH), (x, mid + FRONT / 2, PLINTH), 0.15), back))
    deep = WALL_DEEP - FRONT
    y = BACK + deep / 2
    for side in (-1.0, 1.0):
        x = side * (WIDE / 2 - 0.009)
        made.append(without(_slab((0.018, deep, WALL_TOP - WALL_FOOT), (x, y, WALL_FOOT), 0.15), (-side, 0.0, 0.0), back, front))
    for foot, inside in ((WALL_FOOT, 1.0), (WALL_TOP - 0.018, -1.0)):
        made.append(without(_slab((WIDE - 0.037, deep, 0.018), (0.0, y, foot), 0.15), (0.0, 0.0, inside), back, front))
    return made


def _fronts() -> tuple[list[Shape], list[Shape]]:
    """The fixed fronts and their handles."""
    fronts, handles = [], []
    left = -WIDE / 2
    for begin, end in ((left + GABLE, left + (WIDE - DRAWERS) / 2), (left + (WIDE - DRAWERS) / 2, WIDE / 2 - DRAWERS)):
        x, top = (begin + end) / 2, UNDER - 0.004 - PLINTH - 0.600
        fronts += [_front(end - begin, 0.600, x, PLINTH, CARCASS), _front(end - begin, top, x, PLINTH + 0.600, CARCASS)]
        for z in (PLINTH + 0.545, PLINTH + 0.600 + top / 2):
            handles += [each.moved(x, CARCASS + FRONT, z) for each in _handle(end - begin - 0.05)]
    x, wide = (WIDE - DRAWERS - GABLE) / 2, DRAWERS - GABLE
    for foot, tall in ((PLINTH, 0.300), (PLINTH + 0.300, 0.300)):
        fronts.append(_front(wide, tall, x, foot, CARCASS))
        handles += [each.moved(x, CARCASS + FRONT, foot + tall - 0.055) for each in _handle(wide - 0.05)]
    third = WIDE / 3
    y = BACK + WALL_DEEP - FRONT
    for index in range(3):
        x = left + third * (index + 0.5)
        fronts.append(_front(third, WALL_TOP - WALL_FOOT, x, WALL_FOOT, y))
        at = x + (third / 2 - 0.045) * (1 if index == 0 else -1)
        handles += [each.turned("y", 90).moved(at, y + FRONT, WALL_FOOT + 0.15) for each in _handle(0.20)]
    return fronts, handles


def _drawer() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """The upper drawer, shut: its front, its box of steel, its handle."""
    x, foot = (WIDE - DRAWERS - GABLE) / 2, PLINTH + 0.600
    tall = UNDER - 0.004 - foot
    front = [_front(DRAWERS - GABLE, tall, x, foot, CARCASS)]
    handle = [each.moved(x, CARCASS + FRONT, foot + tall / 2) for each in _handle(DRAWERS - GABLE - 0.05)]
    wide, deep, high = DRAWERS - 0.075, 0.45, 0.085
    y = CARCASS - deep / 2
    box = [
        _slab((wide, deep, 0.006), (x, y, foot + 0.030)),
        _slab((wide, 0.006, high), (x, CARCASS - deep + 0.003, foot + 0.034)),
        *[_slab((0.0125, deep, high), (x + side * wide / 2, y, foot + 0.034)) for side in (-1, 1)],
    ]
    return front, box, handle


def _worktop() -> list[Shape]:
    """The top with its rolled front edge, and the upstand along the wall."""
    t, r = TOP - UNDER, 0.013
    front = DEEP / 2
    upper = [(front - r + r * np.sin(a), TOP - r + r * np.cos(a)) for a in np.linspace(0.0, np.pi / 2, 5)]
    lower = [(front - r + r * np.cos(a), UNDER + r - r * np.sin(a)) for a in np.linspace(0.0, np.pi / 2, 5)]
    edge = extrude([(front - 0.05, TOP), *upper, *lower, (front - 0.05, UNDER)], WIDE)
    hidden = ((0.0, 0.0, -1.0), (0.0, -1.0, 0.0), (0.0, 1.0, 0.0))
    body = without(soft_box(WIDE, DEEP - 0.045, t, 0.001, cell=0.12), *hidden).moved(0.0, -0.0225, UNDER + t / 2)
    up = without(soft_box(WIDE, 0.016, 0.080, 0.004, steps=2, cell=0.15), *hidden[:2]).moved(0.0, BACK + 0.008, TOP + 0.040)
    return [edge, body, up]


def _hardware() -> list[Shape]:
    """The lamp strip under the wall units, and the feet behind the plinth that one sees when bending down."""
    lamp = soft_box(0.90, 0.034, 0.014, 0.004, steps=2).moved(0.0, BACK + 0.20, WALL_FOOT - 0.007)
    feet = [
        lathe(((0.030, 0.0), (0.030, 0.006), (0.016, 0.014), (0.016, PLINTH)), 14, 40.0).moved(x, 0.10, 0.0)
        for x in (-0.5, 0.0, 0.5)
    ]
    return [lamp, *feet]


def _outlet() -> list[Shape]:
    """A double socket outlet over the worktop."""
    cover = plate(rounded(0.146, 0.086, 0.008), 0.009, 0.003).turned("x", -90)
    sockets = [
        lathe(((0.0205, 0.0), (0.0205, 0.0012), (0.0195, 0.0018), (0.0188, -0.006), (0.0, -0.0065)), 24, 35.0)
        .turned("x", -90)
        .moved(dx, 0.009, 0.0)
        for dx in (-0.0355, 0.0355)
    ]
    return [each.moved(0.36, BACK, 1.13) for each in (cover, *sockets)]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    carcass, (fronts, handles) = _carcasses(), _fronts()
    front, box, pull = _drawer()
    tops, hardware, outlet = _worktop(), _hardware(), _outlet()
    plinth = [_slab((WIDE - 0.004, 0.016, PLINTH - 0.001), (0.0, CARCASS - 0.055, 0.0))]
    groups = [carcass, fronts, handles, front, box, pull, tops, hardware, outlet, plinth]
    shaded = iter(lit([each for group in groups for each in group], rays=28, reach=0.12, floor=0.0))
    carcass, fronts, handles, front, box, pull, tops, hardware, outlet, plinth = [
        [next(shaded) for _ in group] for group in groups
    ]
    lights = [replace(each, light=np.maximum(each.light, 0.55)) for each in (*fronts, *front)]
    fronts, front = lights[: len(fronts)], lights[len(fronts) :]
    white = painted("melamine", (0.70, 0.70, 0.685), 0.46)
    sage = painted("sage_front", (0.30, 0.385, 0.34), 0.40)
    metal = polished("bar_steel", (0.95, 0.95, 0.94), 0.16)
    stone = painted("solid_surface", (0.50, 0.49, 0.465), 0.34)
    dark = plain("plinth", (0.065, 0.066, 0.068), 0.6)
    write_glb(
        "cupboard",
        {
            "carcass": [
                (white, tiled(join([*carcass, *outlet, hardware[0]]), GRAIN_TILE)),
                (dark, join([*plinth, *hardware[1:]])),
            ],
            "worktop": [(stone, tiled(join(tops), GRAIN_TILE))],
            "fronts": [(sage, tiled(join(fronts), GRAIN_TILE)), (metal, tiled(join(handles), GRAIN_TILE))],
            "drawer": [(sage, tiled(join(front), GRAIN_TILE)), (metal, tiled(join([*pull, *box]), GRAIN_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
