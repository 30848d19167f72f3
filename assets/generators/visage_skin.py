"""The patient's head as a mesh with a texture of its own: its rings lie about the line from the nose to the back of the head, and
the texture is a disc with the nose at its middle and the back of the head at its rim. The ears, with helix, antihelix and concha.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assets.generators import figure
from assets.generators.drape import gradient, struck
from assets.generators.lofts import agreeing, picked, sheet, tidy
from assets.generators.shapes import Array, Shape, curve
from assets.generators.textures import bytes_of, surface
from assets.generators.visage import MIDDLE, Life, colours, relief, scalp
from engine.view.geometry.mesh import Material, Pixels
from engine.view.geometry.surfaces import unit

SKIN = (0.575, 0.355, 0.265)
"""Linear colour of the skin."""
_MIDDLE = np.array((0.0, 0.012, -0.030))
_END = 152.0
"""Degrees from the nose where the mesh ends: within the pillow."""


def _radius(turn: Array) -> Array:
    """Where in the texture degrees from the nose lie, 0 to 0.5: the face has most of it."""
    return np.asarray(0.5 * (1.0 - np.exp(-turn / 80.0)) / (1.0 - np.exp(-180.0 / 80.0)))


def _turn(radius: Array) -> Array:
    return np.asarray(-80.0 * np.log(np.maximum(1.0 - np.minimum(radius, 0.5) / 0.5 * (1.0 - np.exp(-180.0 / 80.0)), 1e-6)))


def _points(turn: Array, around: Array) -> Array:
    """The head's form in directions given by degrees from ahead and radians about it."""
    t = np.radians(turn)
    way = np.stack([np.sin(t) * np.cos(around), np.cos(t), np.sin(t) * np.sin(around)], -1)
    return struck(figure.skull, np.broadcast_to(_MIDDLE, way.shape), way, 0.24)


def placed(made: Shape) -> Shape:
    """From the head's own axes to the person's."""
    return replace(made, positions=figure.out_of_head(made.positions), normals=made.normals @ figure.HEAD_TURN.T)


@dataclass(frozen=True, eq=False)
class _Grid:
    """The form sampled: rows of degrees x columns of radians x 3 points and normals; the last column is the first."""

    turn: Array
    around: Array
    points: Array
    normals: Array

    def at(self, turn: Array, around: Array, values: Array) -> Array:
        """Values of the grid between its rows and columns."""
        row = np.interp(turn, self.turn, np.arange(len(self.turn)))
        column = np.interp(around % (2 * np.pi), self.around, np.arange(len(self.around)))
        r, c = np.minimum(row.astype(int), len(self.turn) - 2), np.minimum(column.astype(int), len(self.around) - 2)
        dr, dc = (row - r)[..., None], (column - c)[..., None]
        top = values[r, c] * (1 - dc) + values[r, c + 1] * dc
        return np.asarray(top * (1 - dr) + (values[r + 1, c] * (1 - dc) + values[r + 1, c + 1] * dc) * dr)


@cache
def _grid(rows: tuple[int, int], columns: int) -> _Grid:
    turn = np.concatenate([np.linspace(0.0, 64.0, rows[0], endpoint=False), np.linspace(64.0, _END, rows[1])])
    around = np.linspace(0.0, 2 * np.pi, columns + 1)
    t, a = np.meshgrid(turn, around, indexing="ij")
    points = _points(t, a)
    return _Grid(turn, around, points, gradient(figure.head, points, 2.5e-3))


_DRAWN = ((21, 10), 45)
_FINE = ((72, 34), 168)


def face() -> Shape:
    """Head and neck, its uvs those of its texture."""
    grid = _grid(*_DRAWN)
    t, a = np.meshgrid(grid.turn, grid.around, indexing="ij")
    radius = _radius(t)
    hair = scalp(grid.points, MIDDLE)[..., None]
    made = sheet(grid.points + 0.0045 * hair * grid.normals, around=True)
    uvs = np.stack([0.5 + radius * np.cos(a), 0.5 + radius * np.sin(a)], -1)
    made = replace(made, normals=grid.normals.reshape(-1, 3), uvs=uvs.reshape(-1, 2))
    return _seen(placed(tidy(agreeing(made))))


def _seen(made: Shape) -> Shape:
    """Without triangles that lie within the pillow."""
    low = made.positions[:, 2] < 0.055
    return picked(made, ~low[made.triangles].all(axis=1))


def skin_of(life: Life, size: int = 512) -> Material:
    """The head's surface at a time of life."""
    p, _ = _texels(size)
    colour, _ = colours(p, life, SKIN)
    srgb = np.where(colour < 0.0031308, 12.92 * colour, 1.055 * colour ** (1 / 2.4) - 0.055)
    return Material(
        f"face_{life.name}",
        colour_map=bytes_of(srgb * 255.0),
        normal_map=_normal_map(life, size),
        surface_map=_finish(size),
    )


@cache
def _finish(size: int) -> Pixels:
    """Where the skin is oily and where dry: the same at every age."""
    _, rough = colours(_texels(size)[0], MIDDLE, SKIN)
    return surface(np.ones_like(rough), rough, 0.0)


@cache
def _texels(size: int) -> tuple[Array, Array]:
    """The head's point under each texel, and the rows of its frame (along u, along v, out) as the mesh's vertices have it."""
    v, u = np.mgrid[0:size, 0:size] / size + 0.5 / size
    x, z = u - 0.5, 0.5 - v
    turn, around = np.minimum(_turn(np.hypot(x, z)), _END), np.arctan2(z, x)
    fine, drawn_ = _grid(*_FINE), _grid(*_DRAWN)
    p = fine.at(turn, around, fine.points)
    normal = np.asarray(unit(drawn_.at(turn, around, drawn_.normals)), float)
    along = np.gradient(p, axis=1)
    along -= normal * np.sum(along * normal, axis=-1, keepdims=True)
    one = np.asarray(unit(along), float)
    two = np.cross(one, normal)
    upward = -np.gradient(p, axis=0)
    two *= np.sign(np.sum(two * upward, axis=-1, keepdims=True) + 1e-12)
    return p, np.stack([one, two, normal], -2)


@cache
def _form_normals(size: int) -> Array:
    p, _ = _texels(size)
    return gradient(figure.head, p)


def _normal_map(life: Life, size: int) -> Pixels:
    """The form's own normals and the relief's slopes, in the frame of the mesh."""
    p, frame = _texels(size)
    step = 3e-4
    rise = np.stack([(relief(p + step * move, life) - relief(p - step * move, life)) / (2 * step) for move in np.eye(3)], -1)
    form = _form_normals(size)
    rise -= form * np.sum(rise * form, axis=-1, keepdims=True)
    out = np.asarray(unit(form - rise), float)
    local = np.einsum("...ij,...j->...i", frame, out)
    local[..., 2] = np.maximum(local[..., 2], 0.15)
    return np.asarray(np.round(unit(local) * 127.5 + 127.5), np.uint8)


_RIM = (
    (0.012, 0.000), (0.0135, 0.012), (0.0115, 0.024), (0.002, 0.0315), (-0.011, 0.0285), (-0.0185, 0.015), (-0.0180, -0.001),
    (-0.0130, -0.015), (-0.0060, -0.0265), (0.0025, -0.0315), (0.0090, -0.0265), (0.0105, -0.014), (0.012, 0.000),
)  # fmt: skip
"""An ear's outline, ahead and up of its middle: 63 mm high, 34 mm broad (ISO 7250-1, 4.3.9 gives 62 mm as a mean length)."""


def ears(columns: int = 20) -> list[Shape]:
    """Both ears: bowl, antihelix, the groove behind it, the rolled rim, the lobe, and the back that goes to the head."""
    outline = curve([(a, b, 0.0) for a, b in _RIM], columns + 1)[:, :2]
    outline[-1] = outline[0]
    core = np.array((0.0015, -0.0055))
    angle = np.arctan2(outline[:, 1] - core[1], outline[:, 0] - core[0])
    low = np.clip((-outline[:, 1] - 0.016) / 0.010, 0.0, 1.0)
    ahead = np.clip((outline[:, 0] - 0.004) / 0.006, 0.0, 1.0) * (1.0 - low)
    tragus = np.exp(-(((angle - 0.15) / 0.45) ** 2))
    rows = []
    for share, bowl, flat, before in (
        (0.00, -0.0060, -0.0060, -0.0060), (0.30, -0.0058, -0.0052, -0.0058), (0.46, -0.0025, -0.0020, -0.0040),
        (0.58, 0.0022, 0.0012, -0.0015), (0.74, 0.0008, 0.0024, -0.0003),
        (0.89, 0.0034, 0.0028, 0.0002), (0.97, 0.0040, 0.0022, 0.0), (1.01, 0.0020, 0.0006, -0.0015),
        (0.97, -0.0012, -0.0016, -0.004),
        (0.80, -0.0060, -0.0050, -0.0080),
    ):  # fmt: skip
        out = (
            bowl * (1.0 - low) * (1.0 - ahead)
            + flat * low
            + before * ahead
            + 0.0030 * tragus * np.exp(-(((share - 0.62) / 0.14) ** 2))
        )
        rows.append(np.column_stack([core + share * (outline - core), out]))
    grid = np.stack(rows)
    shade = np.interp(np.arange(len(rows)), (0, 2, 3, 4, 5, 9), (0.62, 0.80, 1.0, 0.84, 1.0, 0.85))
    made = []
    for side in (-1.0, 1.0):
        out = 0.0735 + grid[..., 2] - 0.36 * (grid[..., 0] - 0.008)
        points = np.stack([side * out, grid[..., 0] - 0.008, grid[..., 1] - 0.008], -1)
        one = sheet(points, around=True, flip=side < 0)
        rosy = np.repeat(shade[:, None], columns + 1, axis=1).reshape(-1, 1) * np.array((1.0, 0.80, 0.76))
        made.append(placed(tidy(one.tinted(np.clip(rosy, 0.0, 1.0)))))
    return made
