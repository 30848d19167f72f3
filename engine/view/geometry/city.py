"""A city after sunset, seen from a ward on the fourth floor: a street of houses, roofs behind them, towers in the haze.

As `outside` has it: +y is out of the window, z = 0 the window's middle; vertex colours are the light on a surface (rgb) and how
bright its windows are (a), both shares of the sight's luminances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.facades import CELLS, PLAIN, ROWS, Kind, facades
from engine.view.geometry.mesh import HERE, Material, Mesh, Part
from engine.view.geometry.skies import drum, dusk
from engine.view.geometry.surfaces import make_mesh

EYE = 13.0
"""Metres from the street to the window's middle: a ward on the fourth floor."""

SEED = 50
"""One city; others are as good."""

STOREY, BAY = 3.2, 2.3
"""Metres that a cell of the facades stands for, up and across."""

AIR = (0.47, 0.38, 0.43)
"""What the air over a city sends back at dusk, of a sight's `lit`."""

CLEAR = 190.0
"""Metres over which 63 % of what one sees becomes air."""

SKY = np.array((0.78, 0.88, 1.20))
"""The colour of the light that falls from the sky."""

LAMPS = np.array((0.40, 0.24, 0.10))
"""Light of the street's lamps on walls beside them, of `lit`."""

STREET = (8.0, 34.0)
"""y of the kerb on this side of the street, and of the houses on the other."""

ALLEY = (7.0, 16.0)
"""x between which a street leads away."""

WALLS = ((0.62, 0.40, 0.28), (0.60, 0.56, 0.50), (0.76, 0.68, 0.54), (0.52, 0.31, 0.24), (0.48, 0.52, 0.58), (0.70, 0.62, 0.56))
"""Brick, stone and render, linear."""

SLATE = (0.20, 0.215, 0.25)

Vector = Sequence[float]
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _House:
    """A block x0-x1 wide and y0-y1 deep, with so many storeys of a kind; `attic` has it end in a slated storey."""

    x0: float
    x1: float
    y0: float
    y1: float
    storeys: int
    kind: Kind
    shops: bool
    attic: bool
    tint: Points

    @property
    def top(self) -> float:
        """Height of its cornice above the street."""
        return self.storeys * STOREY


class _Builder:
    """Quads with their texture and light."""

    def __init__(self) -> None:
        self.points: list[Points] = []
        self.uvs: list[Points] = []
        self.colours: list[Points] = []

    def quad(self, corners: Sequence[Vector], uvs: Sequence[Vector], light: Sequence[Vector]) -> None:
        """Four corners, counter-clockwise from below on the left; `light` is one colour, or one below and one above."""
        low, high = light[0], light[-1]
        self.points.append(np.array(corners, float))
        self.uvs.append(np.array(uvs, float))
        self.colours.append(np.array((low, low, high, high), float))

    def plain(self, corners: Sequence[Vector], light: Vector) -> None:
        """A surface without windows."""
        self.quad(corners, [PLAIN] * 4, [(*light, 0.0)])

    def box(self, middle: Vector, size: Vector, tint: Points, far: float) -> None:
        """A small thing on a roof or a wall; `middle` is that of its foot. Its back and underside are never seen."""
        (x, y, z), (wide, deep, high) = middle, size
        x0, x1, y0, y1, top = x - wide / 2, x + wide / 2, y - deep / 2, y + deep / 2, z + high
        self.plain(((x0, y0, z), (x1, y0, z), (x1, y0, top), (x0, y0, top)), aired(tint * SKY * 0.24, far))
        self.plain(((x1, y0, z), (x1, y1, z), (x1, y1, top), (x1, y0, top)), aired(tint * SKY * 0.19, far))
        self.plain(((x0, y1, z), (x0, y0, z), (x0, y0, top), (x0, y1, top)), aired(tint * SKY * 0.29, far))
        self.plain(((x0, y0, top), (x1, y0, top), (x1, y1, top), (x0, y1, top)), aired(tint * SKY * 0.40, far))

    def mesh(self, name: str) -> Mesh:
        """All of it as one mesh, seen from the window."""
        count = len(self.points)
        faces = np.array(((0, 1, 2), (0, 2, 3)))[None] + 4 * np.arange(count)[:, None, None]
        return make_mesh(
            Material(name, colour_map=facades()), np.concatenate(self.points) - (0, 0, EYE), faces.reshape(-1, 3),
            uvs=np.concatenate(self.uvs), colours=np.clip(np.concatenate(self.colours), 0.0, 1.0),
        )  # fmt: skip


def aired(light: NDArray[np.floating], far: float) -> tuple[float, float, float]:
    """Light that comes through so many metres of air."""
    haze = 1.0 - float(np.exp(-far / CLEAR))
    r, g, b = np.asarray(light) * (1.0 - haze) + np.array(AIR) * haze
    return float(r), float(g), float(b)


def city_parts() -> tuple[Part, ...]:
    """The houses, and the sky behind them."""
    chance = np.random.Generator(np.random.PCG64(SEED))
    made = _Builder()
    _ground(made)
    _street(made)
    for house in _houses(chance):
        _walls(made, house, chance)
        _roof(made, house, chance)
    return (Part("houses", made.mesh("houses"), HERE, casts=False), Part("sky", drum(dusk()), HERE, casts=False))


def _houses(chance: np.random.Generator) -> list[_House]:
    """Rows one behind another: y, fewest and most storeys, how much wider than in the street, and how often there is a gap."""
    found: list[_House] = []
    rows = (
        (STREET[1], 3, 4, 1.0, 0.0), (58.0, 3, 5, 1.1, 0.15), (84.0, 4, 7, 1.2, 0.3), (128.0, 5, 11, 1.4, 0.3),
        (200.0, 6, 15, 1.7, 0.35), (320.0, 8, 20, 2.4, 0.4), (520.0, 10, 26, 3.6, 0.45),
    )  # fmt: skip
    for index, (near, low, high, wider, gaps) in enumerate(rows):
        x, end = -near * 1.9 - 8.0, near * 1.9 + 8.0
        while x < end:
            wide = BAY * int(chance.integers(4, 8)) * wider
            if index < 3 and x < ALLEY[1] and x + wide > ALLEY[0]:  # a street that leads away
                wide = ALLEY[0] - x
                if wide < 2.0 * BAY:
                    x, wide = ALLEY[1], BAY * int(chance.integers(4, 8)) * wider
            away = near * (1.0 + (0.0 if index == 0 else float(chance.uniform(0.0, 0.10))))
            storeys = int(chance.integers(low, high + 1))
            home: Kind = "brick" if chance.random() < 0.5 else "stucco"
            kind: Kind = "office" if storeys > 7 or (index and chance.random() < 0.25) else home
            tint = np.array(WALLS[int(chance.integers(len(WALLS)))]) * float(chance.uniform(0.85, 1.10))
            attic = kind == "stucco" and chance.random() < 0.65
            shops = index == 0 and bool(chance.random() < 0.6)
            if chance.random() >= gaps:
                found.append(_House(x, x + wide, away, away + 11.0 + 1.5 * index, storeys, kind, shops, bool(attic), tint))
            x += wide + (0.0 if index == 0 else float(chance.choice((0.0, 3.0, 8.0))))
    return found


def _walls(made: _Builder, house: _House, chance: np.random.Generator) -> None:
    """Its front, and the side that can be seen from the window, storey by storey."""
    front = ((house.x0, house.y0), (house.x1, house.y0), 0.30, house.kind)
    left = ((house.x0, house.y1), (house.x0, house.y0), 0.30, "blank" if house.y0 < 50.0 else house.kind)
    right = ((house.x1, house.y0), (house.x1, house.y1), 0.18, "blank" if house.y0 < 50.0 else house.kind)
    for a, b, shade, kind in (front, left if house.x0 > 0.0 else right) if house.x0 * house.x1 > 0.0 else (front,):
        bays = max(1, round(float(np.hypot(b[0] - a[0], b[1] - a[1])) / BAY))
        for storey in range(house.storeys):
            is_shop = storey == 0 and house.shops and kind != "blank"
            first, count = ROWS["shop" if is_shop else kind]
            row = first + int(chance.integers(count))
            u, z = int(chance.integers(CELLS)) / CELLS, storey * STOREY
            bright = float(chance.uniform(0.7, 1.0)) * float(np.exp(-house.y0 / (1.6 * CLEAR)))
            light = [(*_lit(house, shade, height), bright) for height in (z, z + STOREY)]
            v0, v1 = 1.0 - (row + 1) / CELLS, 1.0 - row / CELLS
            inset = 0.5 / CELLS / 64  # half a texel: the next kind's row does not shine through
            corners = ((*a, z), (*b, z), (*b, z + STOREY), (*a, z + STOREY))
            u1 = u + bays / CELLS
            made.quad(corners, ((u, v0 + inset), (u1, v0 + inset), (u1, v1 - inset), (u, v1 - inset)), light)


def _lit(house: _House, shade: float, height: float) -> tuple[float, float, float]:
    """Light of a wall at a height: of the sky, less of it deep in the street; of lamps, low down."""
    deep = 0.62 + 0.38 * min(1.0, height / 9.0)
    lamps = LAMPS * float(np.exp(-height / 2.6)) if house.y0 < 120.0 else 0.0
    return aired(house.tint * (SKY * shade * deep + lamps), house.y0)


def _roof(made: _Builder, house: _House, chance: np.random.Generator) -> None:
    """What it ends in: a cornice, slates or a flat roof, and what stands on that."""
    wide, top, far, stone = house.x1 - house.x0, house.top, house.y0, np.array((0.62, 0.60, 0.56))
    x, z = (house.x0 + house.x1) / 2, top
    if house.kind != "office":
        made.box((x, house.y0 - 0.05, top - 0.35), (wide, 0.75, 0.55), stone if house.kind == "stucco" else house.tint, far)
        z += 0.20
    if house.attic:
        back, row, u = 1.5, ROWS["attic"][0], int(chance.integers(CELLS)) / CELLS
        u1, v0, v1 = u + round(wide / BAY) / CELLS, 1.0 - (row + 1) / CELLS + 0.001, 1.0 - row / CELLS - 0.001
        y0, y1, high = house.y0 + 0.3, house.y0 + 0.3 + back, z + 2.9
        slate = np.array(SLATE) * 1.5
        light = [(*aired(slate * SKY * 0.42, far), 0.9)]
        made.quad(
            ((house.x0, y0, z), (house.x1, y0, z), (house.x1, y1, high), (house.x0, y1, high)),
            ((u, v0), (u1, v0), (u1, v1), (u, v1)), light,
        )  # fmt: skip
        for edge in (house.x0, house.x1):
            gable = ((edge, house.y1, z), (edge, y0, z), (edge, y1, high), (edge, house.y1, high))
            made.plain(gable, aired(house.tint * SKY * 0.20, far))
        z, y0 = high, y1
    else:
        y0 = house.y0
    roof = ((house.x0, y0, z), (house.x1, y0, z), (house.x1, house.y1, z), (house.x0, house.y1, z))
    made.plain(roof, aired(np.array(SLATE) * SKY * 0.62, far))
    if far > 250.0:
        return
    for _ in range(int(chance.integers(2, 4)) if house.kind != "office" else 1):
        at = (float(chance.uniform(house.x0 + 1.0, house.x1 - 1.0)), float(chance.uniform(y0 + 1.5, house.y1 - 1.0)))
        if house.kind == "office":
            made.box((*at, z), (min(6.0, wide * 0.4), 4.0, 2.6), stone * 0.8, far)
            made.box((at[0] + 1.0, at[1], z + 2.6), (0.12, 0.12, 4.0), stone * 0.5, far)
            continue
        made.box((*at, z), (1.9, 0.75, 1.5), house.tint * 0.9, far)
        for pot in (-0.6, 0.0, 0.6):
            made.box((at[0] + pot, at[1], z + 1.5), (0.26, 0.26, 0.45), np.array((0.55, 0.34, 0.25)), far)


def _ground(made: _Builder) -> None:
    """Pavements and the carriageway under lamps, from this house to the other side, and the street that leads away."""
    half = 420.0
    strips = ((-6.0, 0.16), (STREET[0], 0.20), (STREET[0] + 3.0, 0.055), (STREET[1] - 4.5, 0.060), (STREET[1] - 4.3, 0.20))
    for index, (y0, tone) in enumerate(strips):
        y1 = strips[index + 1][0] if index + 1 < len(strips) else STREET[1]
        light = aired(np.array((tone, tone, tone)) * (SKY * 0.30 + LAMPS * 1.6), (y0 + y1) / 2)
        made.plain(((-half, y0, 0.0), (half, y0, 0.0), (half, y1, 0.0), (-half, y1, 0.0)), light)
    far = [34.0, 60.0, 100.0, 180.0, 320.0, 700.0]
    for y0, y1 in pairwise(far):
        one, two = ((*aired(np.array((0.07, 0.07, 0.07)) * (SKY * 0.3 + LAMPS * 1.6), y), 0.0) for y in (y0, y1))
        made.quad(((-900.0, y0, 0.0), (900.0, y0, 0.0), (900.0, y1, 0.0), (-900.0, y1, 0.0)), [PLAIN] * 4, [one, two])


def _street(made: _Builder) -> None:
    """Lamps along both kerbs."""
    for x in np.arange(-70.0, 71.0, 14.0):
        for y in (STREET[0] + 1.0, STREET[1] - 5.0):
            post = np.array((0.10, 0.11, 0.12))
            made.box((x, y, 0.0), (0.14, 0.14, 5.8), post, y)
            made.box((x, y, 5.8), (0.42, 0.42, 0.10), post, y)
            made.box((x, y, 5.35), (0.30, 0.30, 0.45), np.array((9.0, 6.2, 3.0)), y)
