"""Spruces as cards with pictures of foliage: near ones bough by bough, far ones whole, whole stands on the slopes.

A spruce's foot is its origin. All meshes share two pictures for each season; see `engine.view.geometry.leafage`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry import leafage
from engine.view.geometry.mesh import Floats, Material, Mesh
from engine.view.geometry.surfaces import make_mesh, unit

COLUMNS = leafage.SPRUCES + 1
"""Columns of the atlas: the spruces, and a bough."""

BOUGHS = 70
"""Of a spruce to stand near: 8 triangles each."""

STAND = (15.0, 15.0)
"""Metres that a stand is wide, and tall."""


@lru_cache(maxsize=2)
def _atlas(frozen: bool) -> Material:
    return Material("spruce", roughness=0.95, alpha="mask", two_sided=True, leafy=True, colour_map=leafage.spruce_atlas(frozen))


@lru_cache(maxsize=2)
def _forest(frozen: bool) -> Material:
    return Material("forest", roughness=0.95, alpha="mask", two_sided=True, leafy=True, colour_map=leafage.forest(frozen))


class Cards:
    """Strips of two vertices a row, while a tree is put together."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.points: list[Floats] = []
        self.normals: list[Floats] = []
        self.uvs: list[Floats] = []
        self.colours: list[Floats] = []
        self.faces: list[Floats] = []

    def strip(self, points: Floats, normals: Floats, uvs: Floats, colours: Floats) -> None:
        """A strip through `points`, rows x 2 x 3, and what its vertices have."""
        first = sum(len(each) for each in self.points)
        for row in range(len(points) - 1):
            a = first + 2 * row
            self.faces.append(np.array(((a, a + 1, a + 3), (a, a + 3, a + 2))))
        self.points.append(points.reshape(-1, 3))
        self.normals.append(normals.reshape(-1, 3))
        self.uvs.append(uvs.reshape(-1, 2))
        self.colours.append(colours.reshape(-1, 4))

    def cross(
        self,
        size: tuple[float, float],
        columns: list[tuple[float, float]],
        spin: float,
        *,
        shade: float = 1.0,
        dark: float = 0.55,
        rows: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        """Upright planes through the stem, half as wide and as tall as `size` says; each shows its picture from u to u and, as
        `rows` says, from v to v. `dark` is how much of the sky reaches its foot."""
        half, tall = size
        for plane, (left, right) in enumerate(columns):
            angle = spin + np.pi * plane / len(columns)
            side = np.array((np.cos(angle), np.sin(angle), 0.0))
            low, high = -0.02 * tall, 1.02 * tall
            up = np.array((0.0, 0.0, 1.0))
            points = np.array([[hand * half * side + z * up for hand in (-1.0, 1.0)] for z in (low, high)])
            # Bent outwards, so that a flat picture is lit as something round.
            normals = np.array(((-side + 0.35 * up, side + 0.35 * up), (-side + 0.8 * up, side + 0.8 * up)))
            uvs = np.array((((left, rows[0]), (right, rows[0])), ((left, rows[1]), (right, rows[1]))))
            colours = np.array((((shade, shade, shade, dark),) * 2, ((shade, shade, shade, 1.0),) * 2))
            self.strip(points, unit(normals), uvs, colours)

    def mesh(self, material: Material) -> Mesh:
        """All strips."""
        return make_mesh(
            material, np.concatenate(self.points), np.concatenate(self.faces), normals=np.concatenate(self.normals),
            uvs=np.concatenate(self.uvs), colours=np.concatenate(self.colours),
        )  # fmt: skip


def _column(index: int) -> tuple[float, float]:
    column = index % leafage.SPRUCES
    return column / COLUMNS, (column + 1) / COLUMNS


def far_spruce(kind: int, frozen: bool, tall: float = 15.0) -> Mesh:
    """A spruce to stand far off, one side to the lake: three pictures across one another, none edge-on; 6 triangles."""
    cards = Cards()
    cards.cross((leafage.HALF_WIDE * tall, tall), [_column(kind + plane) for plane in range(3)], 0.0)
    return cards.mesh(_atlas(frozen))


def stand(kind: int, frozen: bool) -> Mesh:
    """Trees for slopes half a kilometre off, along x: one stand of the forest's picture, 2 triangles."""
    cards = Cards()
    column, count = kind % len(leafage.STANDS), len(leafage.STANDS)
    cards.cross((STAND[0] / 2, STAND[1]), [((column + 0.004) / count, (column + 0.996) / count)], 0.0, dark=0.30)
    return cards.mesh(_forest(frozen))


def spruce(seed: int, frozen: bool, tall: float = 15.0, lean: float = 0.2) -> Mesh:
    """A spruce to stand near: boughs that hang from a stem, each as seen from above and from its side, round a dark heart."""
    chance = np.random.Generator(np.random.PCG64(seed))
    cards = Cards()
    _stem(cards, tall)
    cards.cross((0.72 * leafage.HALF_WIDE * tall, tall), [_column(seed), _column(seed + 1)], 0.4 * seed, shade=0.55)
    share = (np.arange(BOUGHS) + 0.5) / BOUGHS
    height = tall * (0.05 + 0.90 * share**1.08)
    for index in range(BOUGHS):
        up = float(height[index] / tall)
        reach = float(leafage.girth(np.array(up), lean)) * tall * chance.uniform(0.85, 1.2) + 0.12
        _bough(cards, chance, (float(height[index]), 2.39996 * index + chance.uniform(-0.3, 0.3), reach, up))
    return cards.mesh(_atlas(frozen))


def _bough(cards: Cards, chance: np.random.Generator, shape: tuple[float, float, float, float]) -> None:
    """One bough: a strip that follows its spine, and one that hangs from it."""
    height, turn, reach, up = shape
    out, side = np.array((np.cos(turn), np.sin(turn), 0.0)), np.array((-np.sin(turn), np.cos(turn), 0.0))
    z = np.array((0.0, 0.0, 1.0))
    slope, sag = 0.34 * up - 0.16, 0.40 - 0.26 * up
    t = np.array((0.0, 0.5, 1.0))[:, None]
    spine = out * reach * t + z * (height + reach * (slope * t - sag * t * t + 0.16 * t**4))
    tone = chance.uniform(0.7, 1.0)
    light = np.array((0.55, 0.8, 1.0)) * (0.75 + 0.25 * up)
    rows = np.column_stack([np.full((3, 3), tone), light])
    u = (leafage.SPRUCES + 0.004 + 0.992 * np.array((0.0, 0.47, 0.97))) / COLUMNS
    wide = 0.53 * reach * chance.uniform(0.85, 1.25)
    roll = z * wide * chance.uniform(-0.25, 0.25)
    above = np.stack([spine - side * wide - roll, spine + side * wide + roll], 1)
    normals = np.broadcast_to(unit(z + 0.45 * out), (3, 2, 3))
    cards.strip(above, normals, _columned(u, (0.505, 0.995)), np.stack([rows, rows], 1))
    drop = z * reach * (0.55 - 0.2 * up) * chance.uniform(0.7, 1.2)
    below = np.stack([spine - drop * np.array((1.0, 0.9, 0.55))[:, None], spine], 1)
    normals = np.stack([np.broadcast_to(unit(out + 0.1 * z), (3, 3)), np.broadcast_to(unit(out + 0.7 * z), (3, 3))], 1)
    shaded = rows * np.array((1.0, 1.0, 1.0, 0.8))
    cards.strip(below, normals, _columned(u, (0.02, 0.472)), np.stack([shaded, rows], 1))


def _columned(u: NDArray[np.floating], v: tuple[float, float]) -> Floats:
    """Texture coordinates of a strip along u, from v to v."""
    return np.asarray(np.stack([np.column_stack([u, np.full(len(u), each)]) for each in v], 1))


def _stem(cards: Cards, tall: float) -> None:
    """Three sides of bark: the picture of a bough has wood along its middle."""
    for side in range(3):
        a, b = (np.pi * 2.0 * (side + edge) / 3.0 for edge in (0.0, 1.0))
        ends = np.array([(np.cos(angle), np.sin(angle), 0.0) for angle in (a, b)])
        rings = ((-0.8, 0.017), (0.3 * tall, 0.010), (0.8 * tall, 0.004))
        rows = [ends * radius * tall + np.array((0.0, 0.0, z)) for z, radius in rings]
        uvs = np.broadcast_to(np.array(((leafage.SPRUCES + 0.4) / COLUMNS, 0.7505)), (3, 2, 2))
        colours = np.broadcast_to(np.array((1.0, 1.0, 1.0, 0.6)), (3, 2, 4))
        cards.strip(np.stack(rows), np.broadcast_to(unit(ends), (3, 2, 3)), uvs, colours)
