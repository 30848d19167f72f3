"""What lies outside a window: a city at dusk, a garden. Real geometry, so that both eyes see it where it is; painted with its own
light, because no lamp of the room reaches it.

Meshes stand as seen from the window's middle: +y is outwards, z = 0 its height above the ground outside. Vertex colours are the
light on a surface (rgb) and how bright its windows are (a), both of the `Sight`'s luminances.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import kept
from engine.view.geometry.mesh import Material, Mesh, Part, Pixels
from engine.view.geometry.noise import fbm
from engine.view.geometry.stored import put_parts, take_parts
from engine.view.geometry.surfaces import make_mesh

HERE = np.eye(4, dtype=np.float32)[None]
Points = NDArray[np.float64]

STOREYS = 13.0
"""Metres from the ground to the window of the city: a ward on the fourth floor."""

GLOW = (0.62, 0.40, 0.38)
"""What the air over a city sends back at dusk, of a sight's `lit`."""

SKY_FAR = 900.0
"""Metres to the painted sky."""


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
    """A lawn with a hedge, shrubs and trees on an overcast afternoon."""
    return list(_stored("garden"))


SIGHTS: Mapping[str, Sight] = {
    "city_dusk": Sight((26.0, 27.0, 40.0), 62.0, 260.0, city),
    "garden": Sight((300.0, 330.0, 310.0), 620.0, 0.0, garden),
}
"""Choices of a window's `view`. Luminances: about 15 minutes after sunset; an overcast sky through sun-protection glass."""


@lru_cache(maxsize=2)
def _stored(name: str) -> tuple[Part, ...]:
    make = {"city": _city, "garden": _garden}[name]
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
        haze = 1.0 - np.exp(-near / 260.0)
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
    return (Part("houses", houses, HERE, casts=False), Part("sky", _sky(_dusk()), HERE, casts=False))


def _windows() -> Pixels:
    """Sixteen by sixteen windows of a facade; alpha is what shines. sRGB, white walls."""
    chance = np.random.Generator(np.random.PCG64(42))
    cells, size = 16, 32
    picture = np.zeros((cells * size, cells * size, 4), np.float32)
    picture[..., :3] = 0.96
    warm = np.array(((1.0, 0.80, 0.52), (1.0, 0.86, 0.66), (1.0, 0.93, 0.84), (0.84, 0.92, 1.0)))
    y, x = np.mgrid[0:size, 0:size] / size
    for row in range(cells):
        for column in range(cells):
            cell = picture[row * size : (row + 1) * size, column * size : (column + 1) * size]
            pane = (np.abs(x - 0.5) < 0.20) & (np.abs(y - 0.47) < 0.27)
            # Dark panes mirror the sky, the lower the dimmer; a sill and a lintel throw lines of shade.
            cell[pane] = np.column_stack([np.outer(0.62 - 0.5 * y[pane], (0.62, 0.66, 0.95)), np.zeros(int(pane.sum()))])
            cell[(np.abs(x - 0.5) < 0.24) & (np.abs(y - 0.765) < 0.025)] = (0.82, 0.80, 0.78, 0.0)
            cell[y > 0.955] *= np.array((0.86, 0.86, 0.86, 1.0), np.float32)
            if chance.random() < 0.44:
                hue = warm[int(chance.choice(4, p=(0.4, 0.3, 0.2, 0.1)))] * float(chance.uniform(0.5, 1.0))
                blind = 0.17 + 0.6 * float(chance.random()) * (chance.random() < 0.4)
                glow = pane & (y > blind)
                cell[glow] = (*hue, 1.0)
                cell[glow & (y > 0.62)] *= np.array((0.72, 0.66, 0.6, 1.0), np.float32)
            cell[pane & (np.abs(x - 0.5) < 0.02)] = (0.7, 0.7, 0.7, 0.0)
    picture[-2:, :2] = (0.96, 0.96, 0.96, 0.0)
    return np.round(picture * 255).astype(np.uint8)


def _dusk() -> Pixels:
    """The sky from the horizon up: 1 is the sight's `lit`; some streaks of cloud."""
    rows, columns = 256, 512
    up = np.linspace(1.0, 0.0, rows)
    stops = (0.0, 0.09, 0.15, 0.26, 0.45, 1.0)
    colours = np.array(
        ((1.00, 0.50, 0.20), (1.00, 0.56, 0.30), (0.92, 0.52, 0.40), (0.50, 0.42, 0.56), (0.22, 0.29, 0.52), (0.10, 0.17, 0.38))
    )
    light = np.stack([np.interp(up, stops, colours[:, channel]) for channel in range(3)], -1)[:, None, :]
    y, x = np.mgrid[0:rows, 0:columns]
    streak = np.clip(fbm(x / 90.0, y / 7.0, 43, 4) - 0.08, 0.0, 1.0) * np.exp(-(((up - 0.2) / 0.2) ** 2))[:, None]
    cloud = np.array((0.62, 0.40, 0.42)) * (0.7 + 0.5 * np.exp(-up / 0.1))[:, None, None]
    light = light * (1 - 0.75 * streak[..., None]) + cloud * 0.75 * streak[..., None]
    return _srgb(light)


def _overcast() -> Pixels:
    rows, columns = 256, 512
    y, x = np.mgrid[0:rows, 0:columns]
    up = np.linspace(1.0, 0.0, rows)[:, None]
    grey = 0.80 + 0.16 * (1 - up) + 0.07 * fbm(x / 70.0, y / 26.0, 44, 4)
    return _srgb(grey[..., None] * np.array((0.97, 0.99, 1.03)))


def _srgb(light: NDArray[np.floating]) -> Pixels:
    c = np.clip(light, 0.0, 1.0)
    srgb = np.where(c <= 0.0031308, c * 12.92, 1.055 * np.maximum(c, 1e-5) ** (1 / 2.4) - 0.055)
    return np.dstack([np.round(srgb * 255), np.zeros(c.shape[:2])]).astype(np.uint8)


def _sky(picture: Pixels) -> Mesh:
    """Half a drum round the window, its inside painted."""
    turns = np.radians(np.linspace(-100.0, 100.0, 25))
    low, high = -60.0, 620.0
    points = np.array([(np.sin(t) * SKY_FAR, np.cos(t) * SKY_FAR, z) for t in turns for z in (low, high)])
    share = np.repeat(np.linspace(0.0, 1.0, len(turns)), 2)
    uvs = np.column_stack([share, np.tile(((low + 60.0) / 680.0 + 0.002, 0.998), len(turns))])
    faces = np.array([t for i in range(len(turns) - 1) for t in ((2 * i, 2 * i + 2, 2 * i + 3), (2 * i, 2 * i + 3, 2 * i + 1))])
    return make_mesh(Material("painted sky", colour_map=picture), points, faces, uvs=uvs)


def _garden() -> tuple[Part, ...]:
    chance = np.random.Generator(np.random.PCG64(45))
    meshes: list[tuple[Points, NDArray[np.int64], Points]] = []
    grid_x, grid_y = np.meshgrid(np.linspace(-45, 45, 91), np.linspace(1.0, 61.0, 61))
    tone = 0.75 + 0.35 * fbm(grid_x / 3.0, grid_y / 3.0, 46, 4)
    lawn = np.stack([grid_x, grid_y, 0.06 * fbm(grid_x / 5, grid_y / 5, 47, 2) - 0.85], -1).reshape(-1, 3)
    index = np.arange(61 * 91).reshape(61, 91)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)
    meshes.append((lawn, np.concatenate([quads[:, :3], quads[:, [0, 2, 3]]]), tone.reshape(-1, 1) * np.array((0.13, 0.21, 0.06))))
    for x in np.arange(-40.0, 40.0, 1.1):
        meshes.append(_bush(chance, (x, 22.0 + 0.3 * chance.standard_normal(), -0.85), (0.85, 0.7, 1.6), (0.075, 0.13, 0.05)))
    for _ in range(16):
        at = (float(chance.uniform(-14, 14)), float(chance.uniform(7.0, 19.0)), -0.85)
        meshes.append(_bush(chance, at, (0.7, 0.7, 0.75), tuple(np.array((0.10, 0.17, 0.06)) * chance.uniform(0.7, 1.4))))
    for _ in range(22):
        x, y = float(chance.uniform(-38, 38)), float(chance.uniform(25.0, 55.0))
        tall, green = float(chance.uniform(5.0, 11.0)), np.array((0.085, 0.15, 0.045)) * chance.uniform(0.7, 1.3)
        for _ in range(9):
            off = chance.standard_normal(3) * (0.15 * tall, 0.15 * tall, 0.14 * tall)
            half = (0.21 * tall, 0.21 * tall, 0.36 * tall)
            meshes.append(_bush(chance, (x + off[0], y + off[1], 0.45 * tall + off[2]), half, tuple(green)))
        around = np.array(((-0.16, -0.16), (0.16, -0.16), (0.16, 0.16), (-0.16, 0.16))) + np.array((x, y))
        trunk = np.concatenate([np.column_stack([around, np.full(4, z)]) for z in (-0.85, 0.6 * tall)])
        sides = np.array([t for i in range(4) for t in ((i, (i + 1) % 4, (i + 1) % 4 + 4), (i, (i + 1) % 4 + 4, i + 4))])
        meshes.append((trunk, sides, np.tile((0.09, 0.07, 0.05), (8, 1))))
    first = np.cumsum([0, *(len(points) for points, _, _ in meshes)])
    mesh = make_mesh(
        Material("garden", colour_map=np.full((1, 1, 4), (255, 255, 255, 0), np.uint8)),
        np.concatenate([points for points, _, _ in meshes]),
        np.concatenate([faces + start for (_, faces, _), start in zip(meshes, first[:-1], strict=True)]),
        colours=np.column_stack([np.concatenate([colours for _, _, colours in meshes]), np.zeros(first[-1])]),
    )
    return (Part("garden", mesh, HERE, casts=False), Part("sky", _sky(_overcast()), HERE, casts=False))


def _bush(
    chance: np.random.Generator, foot: tuple[float, float, float], half: tuple[float, ...], green: tuple[float, ...]
) -> tuple[Points, NDArray[np.int64], Points]:
    """A ragged clump of leaves standing on a point: lighter above, dark below."""
    rows, columns = 9, 14
    tilt, turn = np.meshgrid(np.linspace(0.0, np.pi, rows), np.linspace(0.0, 2 * np.pi, columns + 1)[:-1], indexing="ij")
    ragged = 1.0 + 0.16 * chance.standard_normal(tilt.shape)
    x, y, z = np.sin(tilt) * np.cos(turn) * ragged, np.sin(tilt) * np.sin(turn) * ragged, np.cos(tilt) * ragged
    points = np.stack([x * half[0], y * half[1], (z + 1.0) * half[2] / 2], -1).reshape(-1, 3) + foot
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b = index[:-1], index[1:]
    c, d = np.roll(b, -1, 1), np.roll(a, -1, 1)
    faces = np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    shade = (0.45 + 0.55 * (z + 1.0) / 2) * (1.0 + 0.35 * (ragged - 1.0) / 0.16 * 0.5)
    return points, faces, np.clip(shade, 0.1, 2.0).reshape(-1, 1) * np.array(green)
