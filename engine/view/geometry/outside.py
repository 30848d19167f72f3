"""What lies outside a window: a city at dusk, a garden. Real geometry, so that both eyes see it where it is; painted with its own
light, because no lamp of the room reaches it.

Meshes stand as seen from the window's middle: +y is outwards, z = 0 its height above the ground outside. Vertex colours are the
light on a surface (rgb) and how bright its windows are (a), both of the `Sight`'s luminances.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import kept
from engine.view.geometry.garden import garden_parts
from engine.view.geometry.mesh import Material, Part, Pixels
from engine.view.geometry.skies import drum, dusk
from engine.view.geometry.stored import put_parts, take_parts
from engine.view.geometry.surfaces import make_mesh

HERE = np.eye(4, dtype=np.float32)[None]
Points = NDArray[np.float64]

STOREYS = 13.0
"""Metres from the ground to the window of the city: a ward on the fourth floor."""

GLOW = (0.62, 0.40, 0.38)
"""What the air over a city sends back at dusk, of a sight's `lit`."""


@dataclass(frozen=True, slots=True)
class Sight:
    """`light` is the mean luminance of the sight in cd/m2, coloured (linear sRGB): what the window gives as a lamp. `lit` is the
    luminance of a white surface outside, `shining` of a lit window there."""

    light: tuple[float, float, float]
    lit: float
    shining: float
    build: Callable[[], list[Part]]


def city() -> list[Part]:
    """A city after sunset: streets of houses with lit windows, towers further off, the last light behind them."""
    return list(_stored("city"))


def garden() -> list[Part]:
    """A lawn with a path, borders, a hedge and trees on a mild afternoon."""
    return list(_stored("garden"))


SIGHTS: Mapping[str, Sight] = {
    "city_dusk": Sight((26.0, 27.0, 40.0), 62.0, 260.0, city),
    "garden": Sight((300.0, 330.0, 310.0), 620.0, 0.0, garden),
}
"""Choices of a window's `view`. Luminances: about 15 minutes after sunset; broken cloud, through sun-protection glass."""


def before(part: Part, left: bool, right: bool) -> Part:
    """A part of a sight without what lies more than 45 degrees to the left or right of straight out, where another side of the
    house has a sight of its own: two gardens in one place would stand among one another."""
    mesh = part.mesh
    middles = mesh.positions[mesh.triangles].mean(1)
    keep = np.ones(len(mesh.triangles), bool)
    if left:
        keep &= middles[:, 0] >= -middles[:, 1]
    if right:
        keep &= middles[:, 0] <= middles[:, 1]
    return replace(part, mesh=replace(mesh, triangles=mesh.triangles[keep]))


def turned_about(part: Part) -> Part:
    """A painted sky the other way round: where it meets that of the next side of the house, both show the same."""
    uvs = part.mesh.uvs.copy()
    uvs[:, 0] = 1.0 - uvs[:, 0]
    return replace(part, mesh=replace(part.mesh, uvs=uvs))


@lru_cache(maxsize=2)
def _stored(name: str) -> tuple[Part, ...]:
    make = {"city": _city, "garden": garden_parts}[name]
    return tuple(take_parts(kept(__name__, [name], lambda: put_parts(make()))))


def _city() -> tuple[Part, ...]:
    chance = np.random.Generator(np.random.PCG64(41))
    boxes: list[tuple[float, float, float, float, float]] = []
    rows = ((42.0, 5.0, 10.0), (64.0, 7.0, 14.0), (100.0, 9.0, 20.0), (165.0, 11.0, 32.0), (290.0, 13.0, 56.0))
    for row, (far, low, high) in enumerate(rows):
        x = -far * 1.9 + row * 3.0
        while x < far * 1.9:
            wide = float(chance.uniform(0.16, 0.42)) * (12.0 + far * 0.28)
            deep = float(chance.uniform(9.0, 16.0)) * (1.0 + 0.12 * row)
            if chance.random() < 0.9:
                away = far * (1.0 + float(chance.uniform(0.0, 0.12)))
                boxes.append((x + wide / 2, away, wide, deep, float(chance.uniform(low, high))))
            x += wide + float(chance.choice((0.0, 0.0, 2.5, 6.0)))
    points: list[Points] = []
    uvs: list[Points] = []
    colours: list[Points] = []
    faces: list[NDArray[np.int64]] = []
    tints = np.array(((0.58, 0.40, 0.31), (0.46, 0.45, 0.47), (0.66, 0.55, 0.42), (0.46, 0.27, 0.22), (0.36, 0.38, 0.45)))
    for middle, near, wide, deep, high in boxes:
        tint = tints[int(chance.integers(len(tints)))] * float(chance.uniform(0.75, 1.15))
        haze = 1.0 - np.exp(-near / 190.0)
        shift = chance.integers(0, 16, 2) / 16.0
        x0, x1, y0, y1, top = middle - wide / 2, middle + wide / 2, near, near + deep, high
        sides = (
            (((x0, y0), (x1, y0)), 0.26),
            (((x1, y0), (x1, y1)), 0.34 if middle < 0 else 0.20),
            (((x0, y1), (x0, y0)), 0.20 if middle < 0 else 0.34),
        )
        for (a, b), shade in sides:
            along = float(np.hypot(b[0] - a[0], b[1] - a[1]))
            columns, storeys = max(1, round(along / 3.0)), max(1, round(top / 3.2))
            lit = tint * shade * np.array((0.80, 0.88, 1.25)) * (1 - haze) + np.array(GLOW) * haze
            # Street lamps light the lowest storeys from below.
            low = lit + tint * np.array((0.42, 0.24, 0.09)) * (1 - haze)
            first = sum(len(each) for each in points)
            points.append(np.array(((*a, 0.0), (*b, 0.0), (*b, top), (*a, top))))
            uvs.append(np.array(((0, 0), (columns / 16, 0), (columns / 16, storeys / 16), (0, storeys / 16))) + shift)
            bright = float(chance.uniform(0.6, 1.0)) * (1 - 0.6 * haze)
            colours.append(np.array(((*low, bright), (*low, bright), (*lit, bright), (*lit, bright))))
            faces.append(np.array(((0, 1, 2), (0, 2, 3))) + first)
        first = sum(len(each) for each in points)
        roof = tint * np.array((0.22, 0.25, 0.36)) * (1 - haze) + np.array(GLOW) * haze
        points.append(np.array(((x0, y0, top), (x1, y0, top), (x1, y1, top), (x0, y1, top))))
        uvs.append(np.tile((0.002, 0.002), (4, 1)))
        colours.append(np.tile((*roof, 0.0), (4, 1)))
        faces.append(np.array(((0, 1, 2), (0, 2, 3))) + first)
    first = sum(len(each) for each in points)
    points.append(np.array(((-400.0, 2.0, 0.0), (400.0, 2.0, 0.0), (400.0, 500.0, 0.0), (-400.0, 500.0, 0.0))))
    uvs.append(np.tile((0.002, 0.002), (4, 1)))
    colours.append(np.array(((0.20, 0.125, 0.06, 0.0),) * 2 + ((*GLOW, 0.0),) * 2))
    faces.append(np.array(((0, 1, 2), (0, 2, 3))) + first)
    houses = make_mesh(
        Material("houses", colour_map=_windows()), np.concatenate(points) - (0, 0, STOREYS), np.concatenate(faces),
        uvs=np.concatenate(uvs), colours=np.concatenate(colours),
    )  # fmt: skip
    return (Part("houses", houses, HERE, casts=False), Part("sky", drum(dusk()), HERE, casts=False))


def _windows() -> Pixels:
    """Sixteen by sixteen windows of a brick facade; alpha is what shines. sRGB, white walls."""
    chance = np.random.Generator(np.random.PCG64(42))
    cells, size = 16, 48
    picture = np.zeros((cells * size, cells * size, 4), np.float32)
    picture[..., :3] = (0.96 * _bricks(chance, cells * size))[..., None]
    warm = np.array(((1.0, 0.80, 0.52), (1.0, 0.86, 0.66), (1.0, 0.93, 0.84), (0.84, 0.92, 1.0)))
    y, x = (np.mgrid[0:size, 0:size] + 0.5) / size
    pane = (np.abs(x - 0.5) < 0.19) & (np.abs(y - 0.46) < 0.27)
    frame = (np.abs(x - 0.5) < 0.215) & (np.abs(y - 0.46) < 0.292) & ~pane
    bars = pane & ((np.abs(x - 0.5) < 0.016) | (np.abs(y - 0.36) < 0.014))
    # The opening is set back: its head and one side shade the pane.
    hollow = 1.0 - 0.55 * np.exp(-(y - 0.19) / 0.05) - 0.30 * np.exp(-(x - 0.31) / 0.04)
    below = np.exp(-((y - 0.80) / 0.05)) * (y > 0.80) * (np.abs(x - 0.5) < 0.25)
    for row in range(cells):
        for column in range(cells):
            cell = picture[row * size : (row + 1) * size, column * size : (column + 1) * size]
            cell[..., :3] *= (1.0 - 0.28 * below - 0.10 * (y > 0.955))[..., None]
            cell[(np.abs(x - 0.5) < 0.27) & (np.abs(y - 0.125) < 0.042)] = (0.90, 0.88, 0.86, 0.0)
            cell[(np.abs(x - 0.5) < 0.27) & (np.abs(y - 0.775) < 0.026)] = (0.97, 0.95, 0.93, 0.0)
            # Dark panes mirror the sky, the lower the dimmer.
            sky = (0.66 - 0.50 * y) * hollow * float(chance.uniform(0.75, 1.1))
            cell[pane] = np.column_stack([np.outer(sky[pane], (0.66, 0.68, 0.92)), np.zeros(int(pane.sum()))])
            lamp = bool(chance.random() < 0.44)
            if lamp:
                hue = warm[int(chance.choice(4, p=(0.4, 0.3, 0.2, 0.1)))] * float(chance.uniform(0.45, 0.95))
                blind = 0.17 + 0.6 * float(chance.random()) * (chance.random() < 0.4)
                glow = pane & (y > blind)
                # A lamp under the ceiling, curtains at the sides, and the wall behind.
                curtain = np.where(np.abs(x - 0.5) > 0.19 - 0.10 * float(chance.random()), 0.62 + 0.10 * np.sin(x * 190.0), 1.0)
                bright = curtain * (1.08 - 0.75 * np.abs(y - 0.28)) * np.where(y > 0.60, 0.72, 1.0) * (0.5 + 0.5 * hollow)
                cell[glow] = np.column_stack([np.clip(np.outer(bright[glow], hue), 0.0, 1.0), np.ones(int(glow.sum()))])
                cell[pane & (y <= blind)] = (0.72, 0.66, 0.56, 0.25)
            # Round a lamp's light frames are dark against it: pale ones would shine where texels mix.
            cell[frame | bars] = (0.34, 0.32, 0.30, 0.0) if lamp else (0.80, 0.79, 0.78, 0.0)
    picture[-2:, :2] = (0.96, 0.96, 0.96, 0.0)
    return np.round(np.clip(picture, 0.0, 1.0) * 255).astype(np.uint8)


def _bricks(chance: np.random.Generator, side: int) -> Points:
    """How light the bricks of a wall are, 0-1: courses of 7 cm, two texels and a joint, every other one shifted."""
    y, x = np.mgrid[0:side, 0:side]
    course = y // 3
    brick = (x + 3 * (course % 2)) // 6 % (side // 6)
    tones = chance.normal(0.93, 0.035, (side // 3, side // 6))
    joint = (y % 3 == 2) | ((x + 3 * (course % 2)) % 6 == 5)
    return np.clip(np.where(joint, 0.86, tones[course, brick]), 0.6, 1.0)
