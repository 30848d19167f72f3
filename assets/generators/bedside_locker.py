"""A bedside locker on castors: a drawer, a cupboard, a worktop with a gallery on three sides, and what patients keep on it.

On the worktop stand a lidded jug of water, a glass and a box of tissues, and someone's paperback lies there; a towel hangs from
the bar at its side.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import fabrics, surfaces
from assets.generators.forms import aired, bends, block, castor, facing, grown, level, panel, rounded, stack, sweep
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet
from assets.generators.shapes import Array, Shape, bar, join, lathe, lit, tube
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
TERRY_TILE = (0.064, 0.064)
"""Metres that one repeat of the weave covers where its threads are loops of terry: 2 mm each."""


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


_BOX, _BOOK, _JUG, _GLASS = (0.094, -0.080), (-0.060, 0.104), (-0.064, -0.078), (-0.141, -0.004)
"""Where on the worktop the box of tissues, the paperback, the jug and the glass stand."""


def _gallery() -> list[Shape]:
    """A bent rail round the back and both sides of the worktop on four posts; and the towel's bar at the side."""
    x, y, z = WIDE / 2 - 0.012, DEEP / 2 - 0.012, TOP + 0.062
    rail = bends(
        [(x, y - 0.075, TOP), (x, y - 0.075, z), (x, -y, z), (-x, -y, z), (-x, y - 0.075, z), (-x, y - 0.075, TOP)], 0.028, 4
    )
    posts = [tube(np.array([(side * x, -y + 0.055, TOP), (side * x, -y + 0.055, z)]), 0.0048, 7) for side in (-1.0, 1.0)]
    side = WIDE / 2 - 0.010
    out = side + 0.022
    hanger = bends([(side - 0.004, 0.13, 0.70), (out, 0.13, 0.70), (out, -0.13, 0.70), (side - 0.004, -0.13, 0.70)], 0.014, 3)
    return [tube(rail, 0.0058, 9), *posts, tube(hanger, 0.0050, 8)]


_ROD = (WIDE / 2 + 0.012, 0.70)
"""x and z of the towel's bar, whose radius is 5 mm."""
_FALLS = (0.29, 0.22)
"""How far the towel's two ends hang below the bar, metres."""
_BORDER = (0.845, 0.900)
"""Between which shares of the outer end its woven border lies."""
_SLAB = (0.084, 0.0052)
"""Half the width and half the thickness of the towel, which is folded in three lengthwise."""


def _towel() -> Shape:
    """A terry towel, folded in three and hung over the bar: thick, soft at its edges, its ends at two heights; a flat border is
    woven in before the hem."""
    edges = [share + d for share in _BORDER for d in (-0.004, 0.004)]
    shares = [1.0, 0.992, 0.965, *edges[::-1], 0.72, 0.58, 0.44, 0.30, 0.17, 0.05]
    x, z = _ROD
    half, bend = _SLAB[1], 0.005 + _SLAB[1]
    way = [(x + bend, z - _FALLS[0] * k, k) for k in shares]
    way += [(x + bend * np.cos(a), z + bend * np.sin(a), 0.0) for a in np.radians(np.linspace(0.0, 180.0, 7))]
    way += [(x - bend, z - _FALLS[1] * k, -k) for k in (0.08, 0.35, 0.65, 0.97, 1.0)]
    middle = np.array([(px, pz) for px, pz, _ in way])
    ahead = np.gradient(middle, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    rings = []
    for index, ((px, pz), (ax, az), (_, _, k)) in enumerate(zip(middle, ahead, way, strict=True)):
        slim = 0.55 if index in (0, len(way) - 1) else 0.62 if any(abs(k - e) < 0.006 for e in edges[1:3]) else 1.0
        y, off = _folded(slim * half, max(k, 0.0))
        rings.append(np.column_stack([px + az * off, y, pz - ax * off]))
    made = stack(rings[::-1], crease_deg=70.0)
    down = (z - made.positions[:, 2]) / _FALLS[0] * (made.positions[:, 0] > x)
    border = ((down > _BORDER[0]) & (down < _BORDER[1]))[:, None]
    return made.tinted(np.where(border, (0.15, 0.30, 0.42), (0.36, 0.54, 0.64)))


def _folded(half: float, down: float) -> tuple[Array, Array]:
    """The towel's section, y and how far off its middle: broad soft folds outside, at either edge the grooves between layers."""
    wide = _SLAB[0] * (1.0 - 0.035 * down)
    flat = np.linspace(wide - half, half - wide, 8)
    waves = 0.0030 * np.sqrt(down) * np.sin(38.0 * flat + 0.9 + 1.1 * down) + 0.0008 * np.sin(91.0 * flat + 2.0)
    edge = np.array(((0.0, 0.62), (-0.28, 0.32), (0.0, 0.0), (-0.28, -0.32), (0.0, -0.62)))
    y = np.concatenate([flat, -wide - edge[:, 0] * half, (half - wide, wide - half), wide + edge[::-1, 0] * half])
    off = np.concatenate([half + waves, edge[:, 1] * half, (-half, -half), edge[::-1, 1] * half])
    return y, off


def _marks(at: float) -> list[Shape]:
    """The marks of its volume on the jug's side that looks along `at` degrees, long ones between short ones."""
    made = []
    for index in range(6):
        z = 0.040 + 0.020 * index
        half = np.radians(13.0 if index % 2 else 22.0)
        turn = np.radians(at) + np.linspace(-half, half, 5)
        radius = 0.0506 + 0.006 * (z - 0.004) / 0.096
        ring = np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])
        made.append(sheet(np.stack([np.column_stack([ring, np.full(5, z + d)]) for d in (0.0, 0.0022)])))
    return made


def _jug() -> tuple[list[Shape], list[Shape], list[Shape], list[Shape]]:
    """A clear jug and the glass beside it; the water in both; the jug's lid with a flap, and its handle; the marks on the jug."""
    at, glass = _JUG, _GLASS
    body = lathe(((0.0, 0.0), (0.046, 0.0), (0.050, 0.004), (0.056, 0.100), (0.062, 0.172), (0.063, 0.186)), 32, 40.0)
    handle = sweep(
        bends([(0.056, 0.0, 0.155), (0.104, 0.0, 0.150), (0.094, 0.0, 0.050), (0.051, 0.0, 0.040)], 0.026, 5),
        rounded(0.017, 0.009, 0.004, 1),
        up=(0.0, 1.0, 0.0),
    )
    water = lathe(((0.0, 0.0045), (0.0480, 0.0060), (0.0545, 0.100), (0.0570, 0.134), (0.0, 0.134)), 32, 30.0)
    lid = lathe(((0.0645, 0.181), (0.0660, 0.184), (0.0660, 0.193), (0.0630, 0.197), (0.020, 0.200), (0.0, 0.2005)), 32, 35.0)
    flap = block((0.030, 0.034, 0.009), 0.004).moved(-0.058, 0.0, 0.1965)
    cup = lathe(((0.0, 0.0), (0.027, 0.0), (0.029, 0.003), (0.0345, 0.098)), 24, 40.0)
    drink = lathe(((0.0, 0.0035), (0.0275, 0.0045), (0.0302, 0.052), (0.0, 0.052)), 24, 30.0)

    def put(each: Shape, spot: tuple[float, float], turned: float = 0.0) -> Shape:
        return each.turned("z", turned).moved(*spot, TOP + 0.001)

    clear = [put(body, at), put(cup, glass)]
    wet = [put(water, at), put(drink, glass)]
    return (
        clear,
        wet,
        [put(lid, at), put(flap, at, 82.0), put(handle, at, 82.0)],
        [put(each, at) for side in (20.0, 200.0) for each in _marks(side)],
    )


def _tissues() -> tuple[list[Shape], Shape]:
    """A box of tissues with one that stands out of its slit."""
    box = block((0.205, 0.115, 0.078), 0.003, cells=(3, 2, 1)).turned("z", 86.0)
    band = block((0.2062, 0.1162, 0.026), 0.003).turned("z", 86.0)
    rows = []
    u = np.linspace(-1.0, 1.0, 15)
    for t in np.linspace(0.0, 1.0, 7):
        x = u * (0.043 - 0.010 * t) + 0.010 * t * np.sin(2.2 * u + 0.6)
        y = t * (0.017 * np.sin(3.1 * u + 0.5) + 0.005 * np.sin(7.3 * u + 1.6 * t)) + 0.016 * t * t
        z = 0.074 * t * (0.70 + 0.30 * np.cos(1.9 * (u - 0.15))) + 0.004 * t * t * np.sin(8.0 * u + 0.7)
        rows.append(np.column_stack([x, y, z]))
    leaf = sheet(np.stack(rows)).turned("z", 86.0)
    at = (*_BOX, TOP + 0.001)
    slit = _print(0.118, 0.030).turned("x", 90.0).moved(z=0.0394).tinted((0.10, 0.16, 0.20))
    words = [
        _print(wide, high).moved(x, 0.0578, z).turned("z", side).tinted(tint)
        for side in (0.0, 180.0)
        for wide, high, x, z, tint in (
            (0.070, 0.011, 0.050, 0.021, (0.16, 0.36, 0.52)), (0.044, 0.004, 0.063, 0.010, (0.28, 0.48, 0.62)),
            (0.030, 0.016, -0.074, -0.009, (0.80, 0.88, 0.90)),
        )
    ]  # fmt: skip
    made = [box.moved(z=0.039), band.moved(z=0.030), *(each.turned("z", 86.0).moved(z=0.039) for each in (slit, *words))]
    return [each.moved(*at) for each in made], leaf.moved(at[0], at[1], at[2] + 0.076)


def _print(wide: float, high: float) -> Shape:
    """A flat field printed on something that looks to +y."""
    field = facing(wide, high)
    return replace(field, uvs=field.uvs * (wide, high))


def _paperback() -> list[Shape]:
    """A paperback that lies closed, a pale field for its title on the cover."""
    wide, long, thick = 0.112, 0.176, 0.021
    pages = bar(wide - 0.006, long - 0.006, thick - 0.003, 0.001).moved(-0.002, 0.0, thick / 2).tinted((0.86, 0.81, 0.68))
    cover = (0.58, 0.20, 0.13)
    boards = [bar(wide, long, 0.0018, 0.0006).moved(0.0, 0.0, z).tinted(cover) for z in (0.0011, thick - 0.0005)]
    spine = bar(0.0030, long, thick, 0.0012).moved(-wide / 2 + 0.0010, 0.0, thick / 2).tinted(cover)
    top = thick + 0.0006
    field = panel(rounded(0.080, 0.046, 0.002, 1), 0.0004, 0.0001, 1).moved(0.0, 0.040, top).tinted((0.88, 0.80, 0.62))
    lines = [
        _print(long, high).turned("x", 90.0).moved(x, y, top + 0.0007).tinted(tint)
        for long, high, x, y, tint in (
            (0.060, 0.0095, 0.0, 0.0500, cover),
            (0.042, 0.0095, 0.0, 0.0350, cover),
            (0.048, 0.0060, 0.0, -0.066, (0.88, 0.80, 0.62)),
        )
    ]
    return [each.turned("z", 9.0).moved(*_BOOK, TOP + 0.001) for each in (pages, *boards, spine, field, *lines)]


def _castors() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Four castors: hoods, tyres, hubs."""
    hoods: list[Shape] = []
    tyres: list[Shape] = []
    hubs: list[Shape] = []
    for index, (x, y) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        hood, (tyre, hub) = castor(0.0375, 0.026, 0.09, 14, arch=9)
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
    clear, wet, lids, marks = _jug()
    box, leaf = _tissues()
    grey, black = (0.42, 0.44, 0.45), (0.040, 0.042, 0.045)
    plastic = [
        *_top(),
        *(each.tinted(grey) for each in hoods),
        *(each.tinted((0.5, 0.52, 0.54)) for each in hubs),
        *(each.tinted(black) for each in tyres),
        *(each.tinted((0.18, 0.42, 0.66)) for each in lids),
        *(each.tinted((0.10, 0.24, 0.44)) for each in marks),
        *_paperback(),
    ]
    boxes = [box[0].tinted((0.62, 0.78, 0.86)), box[1].tinted((0.20, 0.42, 0.58)), *box[2:]]
    body, fronts, steel, moulded, paper, towel = lit(
        [join(_carcass()), join(_fronts()), join([*_handles(), *_gallery()]), join([*plastic, *boxes]), leaf, _towel()],
        rays=24,
        reach=0.06,
        floor=0.0,
    )
    flat = np.abs(moulded.positions[:, 2] - TOP) < 1e-6  # the worktop: its contact is drawn closer than its own corners could
    moulded = replace(moulded, light=np.where(flat, 1.0, moulded.light))
    linen = fabrics.cotton("locker_linen", (0.90, 0.90, 0.88), two_sided=True)
    clear_ = Material("water_jug", (0.70, 0.84, 0.90, 0.22), roughness=0.06, alpha="blend", two_sided=True)
    water = Material("jug_water", (0.40, 0.66, 0.82, 0.34), roughness=0.05, alpha="blend", two_sided=True)
    coat = surfaces.painted("locker_coat", (0.60, 0.60, 0.575), 0.42)
    front = aired(fronts, 0.45)
    coated = surfaces.trodden(join([aired(body, 0.40), front.tinted(front.tint * (0.54, 0.71, 0.72))]), 0.45)
    model: list[tuple[Material, Shape]] = [
        (coat, tiled(coated, GRAIN_TILE)),
        (surfaces.moulded("locker_plastic", (0.78, 0.78, 0.77), 0.48), tiled(moulded, GRAIN_TILE)),
        (surfaces.chrome("locker_metal"), aired(steel, 1.0)),
        (linen, join([tiled(aired(paper, 0.75), fabrics.WEAVE_TILE), tiled(aired(towel, 0.7), TERRY_TILE)])),
        (water, join(wet)),
        (clear_, join(clear)),
    ]
    centred = [(material, each.moved(x=-ASIDE)) for material, each in model]
    write_glb("bedside_locker", {"locker": centred}, folder)


if __name__ == "__main__":
    make()
