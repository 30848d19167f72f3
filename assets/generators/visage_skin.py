"""The patient's head as a mesh with a texture of its own: its rings lie about the line from the nose to the back of the head, and
the texture is a disc with the nose at its middle and the back of the head at its rim. Its skin ends on the neck, where that of
the throat begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assets.generators import figure
from assets.generators.complexion import colours
from assets.generators.drape import gradient, pulled, struck
from assets.generators.lofts import agreeing, picked, sheet, tidy
from assets.generators.shapes import Array, Shape
from assets.generators.textures import bytes_of, surface
from assets.generators.visage import MIDDLE, THATCH, Life, relief, thatch
from engine.view.geometry.mesh import Material, Pixels
from engine.view.geometry.surfaces import unit
from engine.view.srgb import encode

SKIN = (0.575, 0.355, 0.265)
"""Linear colour of the skin."""
SCATTERS = (0.00367, 0.00137, 0.00068)
"""Metres that red, green and blue light goes aside in it: 1 / sigma_tr by the coefficients that Jensen et al. measured ("A
Practical Model for Subsurface Light Transport", 2001, figure 5, "Skin1")."""
_MIDDLE = np.array((0.0, 0.012, -0.030))
SEAM = -0.113
"""Where the head's skin meets the throat's, under the jaw, by the measure of `above`, and how far down it ends beneath that."""
_LOWEST = 0.150
_END = 152.0
"""Degrees from the nose where the mesh ends: within the pillow."""


def _radius(turn: Array) -> Array:
    """Where in the texture degrees from the nose lie, 0 to 0.5: the face has most of it."""
    return np.asarray(0.5 * (1.0 - np.exp(-turn / 80.0)) / (1.0 - np.exp(-180.0 / 80.0)))


def _turn(radius: Array) -> Array:
    return np.asarray(-80.0 * np.log(np.maximum(1.0 - np.minimum(radius, 0.5) / 0.5 * (1.0 - np.exp(-180.0 / 80.0)), 1e-6)))


def _points(turn: Array, around: Array) -> Array:
    """The form of head and neck in directions given by degrees from ahead and radians about it."""
    t = np.radians(turn)
    way = np.stack([np.sin(t) * np.cos(around), np.cos(t), np.sin(t) * np.sin(around)], -1)

    def short(p: Array) -> Array:
        return np.maximum(figure.head(p), -p[..., 2] - _LOWEST)

    found = struck(short, np.broadcast_to(_MIDDLE, way.shape), way, 0.24)
    low = (found[..., 2] < -0.06) & (found[..., 2] > 0.001 - _LOWEST)
    found[low] = pulled(_whole, found[low], 4)
    return found


def _whole(p: Array) -> Array:
    return figure.bust(figure.out_of_head(p))


def _outward(p: Array) -> Array:
    return gradient(_whole, p, 2e-3)


def above(local: Array) -> Array:
    """How high points in the head's own axes are above the throat: the more, the farther ahead under the jaw."""
    return np.asarray(local[..., 2] + 0.45 * np.maximum(local[..., 1] - 0.030, 0.0))


def sunk(local: Array, way: float) -> Array:
    """How far a skin lies under another beyond the line on the neck where they meet, metres; `way` 1 for the head's, below it, -1
    for the throat's, above. Points in the head's own axes."""
    beyond = way * (SEAM - above(local)) - 0.001
    return np.asarray(0.22 * np.clip(beyond, 0.0, 0.02) + 0.8 * np.clip(beyond - 0.011, 0.0, 0.02))


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
    # Behind the face rows stand closer where the jaw meets the throat than at the back of the head, which the pillow hides.
    behind = 64.0 + (_END - 64.0) * np.linspace(0.0, 1.0, rows[1]) ** 1.25
    turn = np.concatenate([np.linspace(0.0, 64.0, rows[0], endpoint=False), behind])
    around = np.linspace(0.0, 2 * np.pi, columns + 1)
    t, a = np.meshgrid(turn, around, indexing="ij")
    points = _points(t, a)
    return _Grid(turn, around, points, _outward(points))


_DRAWN = ((19, 8), 44)
_FINE = ((72, 34), 168)


def face() -> Shape:
    """Head and neck, its uvs those of its texture."""
    grid = _grid(*_DRAWN)
    t, a = np.meshgrid(grid.turn, grid.around, indexing="ij")
    radius = _radius(t)
    p = _thinned(grid, grid.points)
    made = sheet(p + (thatch(p)[..., None] - sunk(p, 1.0)[..., None]) * grid.normals, around=True)
    uvs = _thinned(grid, np.stack([0.5 + radius * np.cos(a), 0.5 + radius * np.sin(a)], -1))
    made = replace(made, normals=_outward(p).reshape(-1, 3), uvs=uvs.reshape(-1, 2))
    inner = (made.positions[:, 2] < 0.001 - _LOWEST)[made.triangles].all(axis=1)
    return _seen(placed(tidy(agreeing(picked(made, ~inner)))))


def _thinned(grid: _Grid, values: Array) -> Array:
    """What the grid's points have, every second one's put onto its neighbour's: about the nose, where columns are close, and
    under the hair."""
    near = np.broadcast_to(grid.turn[:, None] < 18.0, grid.points.shape[:2])
    under = thatch(grid.points) > 0.97 * THATCH
    for axis in (0, 1):
        under = under & np.roll(under, 1, axis=axis) & np.roll(under, -1, axis=axis)
    move = (near | under) & (np.arange(grid.points.shape[1]) % 2 == 1)
    return np.where(move[..., None], np.roll(values, 1, axis=1), values)


def scalp_points() -> Array:
    """Points spread over the head's form in its own axes, n x 3: more than a thousand to where hair may grow."""
    grid = _grid(*_FINE)
    return np.asarray(grid.points[:, :-1].reshape(-1, 3))


def _seen(made: Shape) -> Shape:
    """Without triangles that lie within the pillow."""
    low = made.positions[:, 2] < 0.055
    return picked(made, ~low[made.triangles].all(axis=1))


_SIZES = {"young": 384, "middle": 384, "old": 512}
"""Texels along a side: what the years draw is fine."""


def skin_of(life: Life) -> Material:
    """The head's surface at a time of life."""
    size = _SIZES[life.name]
    p, _ = _texels(size)
    colour, _ = colours(p, life, SKIN)
    ours = _ours(p)[..., None]
    colour = ours * colour + (1.0 - ours) * np.array(SKIN)
    # Panels light hollows as if nothing stood before them. The renderer makes what light is left there red by itself, from what
    # `_finish` says of them, and no hollow is redder than it is dark.
    colour *= 1.0 - (1.0 - _openness(size)[..., None]) * np.array((0.32, 0.21, 0.18))
    return Material(
        f"face_{life.name}",
        colour_map=bytes_of(encode(colour) * 255.0),
        normal_map=_normal_map(life, size),
        surface_map=_finish(),
        scatter=SCATTERS,
    )


@cache
def _finish(size: int = 256) -> Pixels:
    """Where the skin is oily and where dry: the same at every age."""
    _, rough = colours(_texels(size)[0], MIDDLE, SKIN)
    ours = _ours(_texels(size)[0])
    return surface(_openness(size), ours * rough + (1.0 - ours) * 0.57, 0.0)


def _ours(p: Array) -> Array:
    """1 on the head, falling to 0 before its skin meets the throat's: there it has that one's look, and the two may cross."""
    return np.asarray(np.clip((above(p) - SEAM - 0.008) / 0.020, 0.0, 1.0))


@cache
def _openness(size: int) -> Array:
    """How much of the sky the form leaves to each texel, 0.5-1 (five samples along its normal: Evans, "Fast Approximations for
    Global Illumination on Dynamic Scenes", 2006), at the points of the fine grid and between them."""
    grid = _grid(*_FINE)
    p, out = grid.points, grid.normals
    hidden = np.zeros(p.shape[:-1])
    for reach, share in ((0.003, 0.32), (0.006, 0.24), (0.012, 0.18), (0.020, 0.11), (0.032, 0.07)):
        hidden += share * np.clip(1.0 - _whole(p + reach * out) / reach, 0.0, 1.0)
    # Blended forms are a little farther than their distance says; and where the throat goes on, this ends.
    hidden = np.maximum(hidden - 0.08, 0.0) * _ours(p)
    return grid.at(*_directions(size), np.clip(1.0 - hidden, 0.5, 1.0)[..., None])[..., 0]


def _directions(size: int) -> tuple[Array, Array]:
    """Each texel's degrees from ahead and radians about it."""
    v, u = np.mgrid[0:size, 0:size] / size + 0.5 / size
    x, z = u - 0.5, 0.5 - v
    return np.minimum(_turn(np.hypot(x, z)), _END), np.arctan2(z, x)


@cache
def _texels(size: int) -> tuple[Array, Array]:
    """The head's point under each texel, and the rows of its frame (along u, along v, out) as the mesh's vertices have it."""
    turn, around = _directions(size)
    fine, drawn_ = _grid(*_FINE), _grid(*_DRAWN)
    p = fine.at(turn, around, fine.points)
    normal = np.asarray(unit(drawn_.at(turn, around, drawn_.normals)), float)
    along = np.gradient(drawn_.at(turn, around, drawn_.points), axis=1)
    along -= normal * np.sum(along * normal, axis=-1, keepdims=True)
    one = np.asarray(unit(along), float)
    two = np.cross(one, normal)
    upward = -np.gradient(p, axis=0)
    two *= np.sign(np.sum(two * upward, axis=-1, keepdims=True) + 1e-12)
    return p, np.stack([one, two, normal], -2)


@cache
def _form_normals(size: int) -> Array:
    p, _ = _texels(size)
    return _outward(p)


_HELD = 1.5
"""How much less the form may lean from its triangles where it does so most: skin spreads red light farther than the form's own
bends and blue light hardly, so that where the two lean apart much, as beneath the nose, it would be orange."""


def _normal_map(life: Life, size: int) -> Pixels:
    """The form's own normals and the relief's slopes, in the frame of the mesh."""
    p, frame = _texels(size)
    step = 3e-4
    rise = np.stack([(relief(p + step * move, life) - relief(p - step * move, life)) / (2 * step) for move in np.eye(3)], -1)
    form = _form_normals(size)
    rise -= form * np.sum(rise * form, axis=-1, keepdims=True)
    own, slope = (np.einsum("...ij,...j->...i", frame, each) for each in (form, rise))
    own[..., :2] /= 1.0 + _HELD * np.linalg.norm(own[..., :2], axis=-1, keepdims=True) ** 2
    local = np.asarray(unit(own), float) - slope
    local[..., 2] = np.maximum(local[..., 2], 0.15)
    return np.asarray(np.round(unit(local) * 127.5 + 127.5), np.uint8)
