"""A bedside locker on castors: a drawer, a cupboard, a worktop with a gallery on three sides, and what patients keep on it.

On the worktop stand a lidded jug of water, a glass and a box of tissues; a towel hangs from the bar at its side.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import fixtures, surfaces
from assets.generators.forms import aired, bends, block, castor, grown, level, rounded, stack, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet
from assets.generators.shapes import Shape, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, tiled
from engine.view.geometry.mesh import Material

WIDE, DEEP = 0.39, 0.42
"""Of the worktop, metres."""
TOP = 0.800
"""Height of the worktop's surface."""
FOOT = 0.105
"""Height of the carcass's foot over the floor, on castors of 75 mm."""
ASIDE = 0.0125
"""How far the carcass stands to its left of the middle, for the towel at its right."""
SLOT = 0.004
"""Width of the gaps between fronts."""


def _carcass() -> list[Shape]:
    """Sides, back and floor as one body, open in front behind the fronts."""
    wide, deep, high = WIDE - 0.020, DEEP - 0.030, TOP - 0.022 - FOOT
    return [block((wide, deep, high), 0.006, cells=(2, 2, 3)).moved(0.0, -0.008, FOOT + high / 2)]


def _fronts() -> list[Shape]:
    """A drawer over a door, each a lid with a turned edge."""
    wide, face = WIDE - 0.024, DEEP / 2 - 0.017
    made = []
    low = FOOT + 0.006
    for high, cells in ((0.462, 3), (0.196, 1)):
        made.append(block((wide, 0.020, high), 0.005, cells=(3, 1, cells), steps=2).moved(0.0, face, low + high / 2))
        low += high + SLOT
    return made


def _handles() -> list[Shape]:
    """Bow handles of satin steel: level on the drawer, upright on the door."""
    face = DEEP / 2 - 0.007
    drawer, door = FOOT + 0.006 + 0.462 + SLOT + 0.120, FOOT + 0.006 + 0.330
    made = []
    for ends in (
        ((-0.064, drawer), (0.064, drawer)),
        ((0.128, door - 0.064), (0.128, door + 0.064)),
    ):
        (x0, z0), (x1, z1) = ends
        path = bends([(x0, face - 0.004, z0), (x0, face + 0.027, z0), (x1, face + 0.027, z1), (x1, face - 0.004, z1)], 0.016, 3)
        made.append(tube(path, 0.0060, 9))
    return made


def _top() -> list[Shape]:
    """The worktop, moulded, with a lip; a gallery rail on three sides keeps things from falling behind."""
    outline = rounded(WIDE, DEEP, 0.030, 5)
    slab = stack(
        [
            level(grown(outline, by), TOP + z)
            for by, z in (
                (-0.010, -0.024), (-0.002, -0.022), (0.0, -0.018), (0.0, 0.004), (-0.003, 0.007), (-0.007, 0.007),
                (-0.011, 0.0015), (-0.016, 0.0),
            )
        ],
        crease_deg=40.0,
    )  # fmt: skip
    return [slab]


def _gallery() -> list[Shape]:
    """A bent rail round the back and both sides of the worktop on four posts; and the towel's bar at the side."""
    x, y, z = WIDE / 2 - 0.012, DEEP / 2 - 0.012, TOP + 0.062
    rail = bends(
        [(x, y - 0.075, TOP), (x, y - 0.075, z), (x, -y, z), (-x, -y, z), (-x, y - 0.075, z), (-x, y - 0.075, TOP)], 0.028, 4
    )
    posts = [tube(np.array([(side * x, -y + 0.055, TOP), (side * x, -y + 0.055, z)]), 0.0048, 7) for side in (-1.0, 1.0)]
    side = WIDE / 2 - 0.010
    out = side + 0.022
    bar = bends([(side - 0.004, 0.13, 0.70), (out, 0.13, 0.70), (out, -0.13, 0.70), (side - 0.004, -0.13, 0.70)], 0.014, 3)
    return [tube(rail, 0.0058, 9), *posts, tube(bar, 0.0050, 8)]


def _towel() -> Shape:
    """A hand towel over the bar, its ends at two heights."""
    bar = np.array((WIDE / 2 + 0.012, 0.70))
    turn = np.radians(np.linspace(0.0, 180.0, 7))
    over = [(bar[0] + 0.0075 * np.cos(a), bar[1] + 0.0075 * np.sin(a)) for a in turn]
    line = [(bar[0] + 0.0085 + 0.0015 * k, bar[1] - 0.26 * k) for k in np.linspace(1.0, 0.02, 12)]
    line += over
    line += [(bar[0] - 0.0082, bar[1] - 0.20 * k) for k in np.linspace(0.02, 1.0, 10)]
    y = np.linspace(-0.092, 0.092, 15)
    rows = []
    for index, (x, z) in enumerate(line):
        free = min(1.0, abs(bar[1] - z) / 0.20)
        fold = 0.0035 * free * np.sin(y * 62.0 + 0.5) * (1.0 if index < 15 else 0.35)
        rows.append(np.column_stack([x + fold, y * (1.0 - 0.05 * free), np.full(15, z)]))
    return sheet(np.stack(rows))


def _jug() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """A clear jug with its handle; the water in it; a lid with a spout's flap. Then the glass beside it, half full."""
    at, glass = (-0.082, -0.060), (0.002, 0.045)
    body = lathe(
        ((0.0, 0.0), (0.046, 0.0), (0.050, 0.004), (0.056, 0.100), (0.062, 0.172), (0.063, 0.186), (0.0605, 0.186),
         (0.0535, 0.100), (0.0475, 0.008), (0.0, 0.006)),
        26,
        40.0,
    )  # fmt: skip
    handle = sweep(
        bends([(0.056, 0.0, 0.155), (0.104, 0.0, 0.150), (0.094, 0.0, 0.050), (0.051, 0.0, 0.040)], 0.026, 4),
        rounded(0.017, 0.009, 0.004, 1),
        up=(0.0, 1.0, 0.0),
    )
    water = lathe(((0.0, 0.0075), (0.0465, 0.0095), (0.0530, 0.100), (0.0555, 0.126), (0.0, 0.126)), 24, 30.0)
    lid = lathe(((0.0645, 0.181), (0.0660, 0.184), (0.0660, 0.193), (0.0630, 0.197), (0.020, 0.200), (0.0, 0.2005)), 26, 35.0)
    flap = block((0.030, 0.034, 0.009), 0.004).moved(-0.058, 0.0, 0.1965)
    cup = lathe(
        ((0.0, 0.0), (0.027, 0.0), (0.029, 0.003), (0.0345, 0.098), (0.0330, 0.098), (0.0272, 0.006), (0.0, 0.005)), 20, 40.0
    )
    drink = lathe(((0.0, 0.0055), (0.0268, 0.0065), (0.0295, 0.052), (0.0, 0.052)), 18, 30.0)

    def put(each: Shape, spot: tuple[float, float], turned: float = 0.0) -> Shape:
        return each.turned("z", turned).moved(*spot, TOP + 0.001)

    clear = [put(body, at), put(handle, at, 122.0), put(cup, glass)]
    wet = [put(water, at), put(drink, glass)]
    return clear, wet, [put(lid, at), put(flap, at, 122.0)]


def _tissues() -> tuple[list[Shape], Shape]:
    """A box of tissues with one that stands out of its slit."""
    box = block((0.225, 0.115, 0.078), 0.003, cells=(3, 2, 1)).turned("z", 78.0)
    band = block((0.2262, 0.1162, 0.026), 0.003).turned("z", 78.0)
    rows = []
    for t in np.linspace(0.0, 1.0, 9):
        u = np.linspace(-1.0, 1.0, 13)
        half = 0.046 * (1.0 - 0.25 * t) + 0.012 * np.sin(np.pi * t)
        wave = 0.016 * t * np.sin(4.2 * u + 2.0 * t) + 0.008 * t * np.cos(9.0 * u)
        rows.append(np.column_stack([u * half, wave, 0.070 * t * (1.0 - 0.22 * u**2 * t)]))
    leaf = sheet(np.stack(rows)).turned("z", 78.0)
    at = (0.088, -0.055, TOP + 0.001)
    return [box.moved(at[0], at[1], at[2] + 0.039), band.moved(at[0], at[1], at[2] + 0.030)], leaf.moved(
        at[0], at[1], at[2] + 0.076
    )


def _castors() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Four castors: hoods, tyres, hubs."""
    hoods: list[Shape] = []
    tyres: list[Shape] = []
    hubs: list[Shape] = []
    for index, (x, y) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        hood, (tyre, hub) = castor(0.0375, 0.026, 0.09, 12)
        stem = lathe(((0.010, 0.060), (0.010, 0.090), (0.026, 0.092), (0.026, 0.104)), 12, 40.0)
        trail = (20.0, -35.0, 140.0, 65.0)[index]
        spot = (x * (WIDE / 2 - 0.055), y * (DEEP / 2 - 0.060), 0.0)
        hoods += [each.turned("z", trail).moved(*spot) for each in (*hood, stem)]
        tyres.append(tyre.turned("z", trail).moved(*spot))
        hubs.append(hub.turned("z", trail).moved(*spot))
    return hoods, tyres, hubs


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    hoods, tyres, hubs = _castors()
    clear, wet, lids = _jug()
    box, leaf = _tissues()
    grey, black = (0.42, 0.44, 0.45), (0.040, 0.042, 0.045)
    plastic = [
        *_top(),
        *(each.tinted(grey) for each in hoods),
        *(each.tinted((0.5, 0.52, 0.54)) for each in hubs),
        *(each.tinted(black) for each in tyres),
        *(each.tinted((0.18, 0.42, 0.66)) for each in lids),
    ]
    body, fronts, steel, moulded, paper, towel = lit(
        [
            join(_carcass()),
            join(_fronts()),
            join([*_handles(), *_gallery()]),
            join(plastic),
            join([box[0].tinted((0.62, 0.78, 0.86)), box[1].tinted((0.20, 0.42, 0.58)), leaf]),
            _towel(),
        ],
        rays=24,
        reach=0.06,
        floor=0.0,
    )
    linen = Material("locker_linen", (0.86, 0.86, 0.84, 1.0), roughness=0.95, two_sided=True)
    water = Material("water_jug", (0.86, 0.93, 0.96, 0.20), roughness=0.08, alpha="blend", two_sided=True)
    coat = surfaces.painted("locker_coat", (0.66, 0.67, 0.665), 0.42)
    panel = surfaces.painted("locker_front", (0.355, 0.475, 0.480), 0.40)
    model: list[tuple[Material, Shape]] = [
        (coat, tiled(aired(body, 0.40), GRAIN_TILE)),
        (panel, tiled(aired(fronts, 0.45), GRAIN_TILE)),
        (surfaces.moulded("locker_plastic", (0.78, 0.78, 0.77), 0.48), tiled(moulded, GRAIN_TILE)),
        (fixtures.satin("locker_metal"), tiled(aired(steel, 0.5), GRAIN_TILE)),
        (linen, join([paper, towel.tinted((0.80, 0.90, 0.92))])),
        (water, join([*clear, *wet])),
    ]
    centred = [(material, each.moved(x=-ASIDE)) for material, each in model]
    write_glb("bedside_locker", {"locker": centred}, folder)


if __name__ == "__main__":
    make()
