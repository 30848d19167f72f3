"""A glove for the hand that a controller or a tracker reports: one smooth shape, of no particular person.

The hand is a sum of rounded bones (capsules) that melt into each other: a signed distance, whose zero is meshed by surface
nets (Gibson, "Constrained Elastic Surface Nets", 1998). Lengths are metres, after a hand 0.185 m long and 0.082 m wide, about
the middle of adults' (Gordon et al., ANSUR II, 2014). The pose is that of a grip (`headset.inputs.Hand`): origin in the
middle of a fist around a rod, +y ahead over the knuckles, +z up towards the thumb.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import kept
from engine.view.geometry.mesh import HERE, Material, Mesh, Part
from engine.view.geometry.stored import put_parts, take_parts
from engine.view.geometry.surfaces import make_mesh
from headset.inputs import Side

Array = NDArray[np.float64]
Vec3 = tuple[float, float, float]
Bone = tuple[Array, Array, float, float]

CELL = 0.0032
"""Metres between samples of the shape."""

MELT = 0.007
"""Metres over which neighbouring bones flow together."""

CUT = -0.112
"""Where the glove ends, in metres along the hand."""

HEM, RIM = 0.015, 0.0035
"""Metres of the band around its end, and of the cloth's thickness there."""

GLOVE = Material("glove", colour=(0.40, 0.39, 0.37, 1.0), roughness=0.8)
BAND, INSIDE = 0.55, 0.32
"""Tones of the band and of what is seen of the glove's inside, as shares of the glove's."""

Shape = Literal["relaxed", "fist", "hold", "spread"]
SHAPES: tuple[Shape, ...] = ("relaxed", "fist", "hold")
"""A hand at rest, one that is closed with nothing in it, and one that is closed around something. One that is spread, so that no
finger touches another, is bent as joints are (`engine.view.geometry.bones`)."""

# Right hand, held as if shaking hands: fingers ahead (+y), thumb up (+z), palm towards -x.
_FINGERS = (
    # knuckle (x, y, z), lengths of three bones, radius; from the forefinger down
    ((0.012, 0.030, 0.026), (0.040, 0.024, 0.020), 0.0090),
    ((0.014, 0.036, 0.006), (0.044, 0.028, 0.021), 0.0094),
    ((0.012, 0.032, -0.014), (0.041, 0.026, 0.020), 0.0088),
    ((0.007, 0.023, -0.032), (0.032, 0.019, 0.018), 0.0078),
)
_BENDS: dict[Shape, tuple[tuple[float, float, float], ...]] = {
    # degrees by which each bone of each finger is turned towards the palm, from the hand's direction
    "relaxed": ((20.0, 47.0, 66.0), (27.0, 58.0, 80.0), (33.0, 66.0, 90.0), (38.0, 72.0, 98.0)),
    "fist": ((72.0, 160.0, 215.0), (76.0, 165.0, 220.0), (78.0, 168.0, 222.0), (80.0, 170.0, 224.0)),
    "hold": ((44.0, 96.0, 128.0), (50.0, 106.0, 138.0), (54.0, 112.0, 146.0), (58.0, 118.0, 152.0)),
    "spread": ((12.0, 22.0, 30.0), (12.0, 22.0, 30.0), (12.0, 22.0, 30.0), (12.0, 22.0, 30.0)),
}
_FANS = (14.0, 1.0, -12.0, -26.0)
"""Degrees towards the thumb, of the fingers of a hand that is spread."""
_THUMBS: dict[Shape, tuple[Vec3, ...]] = {
    "relaxed": ((0.004, -0.040, 0.018), (-0.012, -0.008, 0.042), (-0.020, 0.022, 0.047), (-0.024, 0.046, 0.044)),
    "fist": ((0.004, -0.040, 0.018), (-0.016, -0.010, 0.042), (-0.036, 0.014, 0.038), (-0.047, 0.030, 0.022)),
    "hold": ((0.004, -0.040, 0.018), (-0.020, -0.012, 0.044), (-0.042, 0.009, 0.045), (-0.055, 0.028, 0.038)),
    "spread": ((0.004, -0.040, 0.018), (-0.016, -0.012, 0.050), (-0.030, 0.012, 0.066), (-0.038, 0.032, 0.076)),
}
PALM = -0.002
"""Metres along x at which the right palm's skin lies."""


@cache
def glove(side: Side, shape: Shape = "relaxed") -> Mesh:
    """The glove of one hand, in the axes of its grip."""
    (part,) = take_parts(kept(__name__, [side, shape], lambda: put_parts([Part("glove", _glove(side, shape), HERE)])))
    return replace(part.mesh, material=GLOVE)


def _glove(side: Side, shape: Shape) -> Mesh:
    points, normals, faces = _right(shape)
    tone = np.where(points[:, 1] < CUT + HEM, BAND, 1.0)
    # The end is flat: a rim, and the dark of the sleeve within it.
    within = np.clip((-_melted(points, _bones(shape)) - RIM) / RIM, 0.0, 1.0)
    tone = np.where(points[:, 1] < CUT + 0.0015, tone + (INSIDE - tone) * within, tone)
    colours = np.column_stack((tone, tone, tone, np.ones_like(tone)))
    if side == "left":
        points, normals, faces = points * (-1, 1, 1), normals * (-1, 1, 1), faces[:, ::-1]
    return make_mesh(GLOVE, points, faces, normals=normals, colours=colours)


@cache
def _right(shape: Shape) -> tuple[Array, Array, NDArray[np.uint32]]:
    """Points, normals and triangles of a right hand."""
    bones = _bones(shape)
    low = np.min([np.minimum(a, b) - max(r, s) for a, b, r, s in bones], axis=0) - 3 * CELL
    high = np.max([np.maximum(a, b) + max(r, s) for a, b, r, s in bones], axis=0) + 3 * CELL
    low[1] = CUT - 2.5 * CELL
    counts = np.ceil((high - low) / CELL).astype(int) + 1
    grid = np.stack(np.meshgrid(*(low[i] + CELL * np.arange(counts[i]) for i in range(3)), indexing="ij"), axis=-1)
    points, faces = _surface(_distance(grid, bones), low)
    step = 1e-4 * np.eye(3)
    normals = np.stack([_distance(points + step[i], bones) - _distance(points - step[i], bones) for i in range(3)], axis=-1)
    return points, normals, faces


WRIST = np.array((0.006, -0.062, -0.004))
"""Metres from the grip of a right hand to its wrist."""


def rest_bones() -> list[Bone]:
    """The capsules of a right hand that is spread: of each finger the one within the palm and three more, the thumb's three, and
    the wrist's."""
    return _bones("spread")


def _bones(shape: Shape) -> list[Bone]:
    """Capsules from point to point, with the radius at each end."""
    bones: list[Bone] = []
    for (knuckle, lengths, thick), bends, fan in zip(_FINGERS, _BENDS[shape], np.radians(_FANS), strict=True):
        aside = np.sin(fan) if shape == "spread" else 0.0
        at, radius = np.array(knuckle), thick
        bones.append((WRIST + (at - WRIST) * (0.25, 0.12, 0.55), at, 0.0165, 0.0125))
        for length, bend in zip(lengths, np.radians(bends), strict=True):
            ahead = np.array((-np.sin(bend), np.cos(bend), aside))
            tip = at + length * ahead / np.linalg.norm(ahead)
            bones.append((at, tip, radius * 1.04, radius * 0.94))
            at, radius = tip, radius * 0.94
    thumb = [np.array(point) for point in _THUMBS[shape]]
    bones += [
        (a, b, r, s) for a, b, r, s in zip(thumb, thumb[1:], (0.0165, 0.0120, 0.0105), (0.0125, 0.0108, 0.0088), strict=False)
    ]
    # A wrist is wider than it is thick. The sleeve runs on beyond the cut, which makes its end flat.
    for up in (-0.010, 0.010):
        wrist, ahead = WRIST + up * np.array((0.0, 0.0, 1.0)), np.array((0.0, 1.0, 0.0))
        bones.append((wrist + 0.012 * ahead, wrist + (CUT - HEM) * ahead, 0.0195, 0.0225))
        band = wrist + (CUT + HEM - 0.003 - WRIST[1]) * ahead
        bones.append((band, band - 2 * HEM * ahead, 0.0233, 0.0238))
    return bones


def _distance(points: Array, bones: list[Bone]) -> Array:
    """Metres to the surface, negative within; the end is cut off and its edge rounded, for cells cannot follow a sharp one."""
    hand, end = _melted(points, bones), CUT - points[..., 1]
    near = np.maximum(MELT - np.abs(hand - end), 0.0) / MELT
    rounded: Array = np.maximum(hand, end) + near * near * MELT * 0.25
    return rounded


def _melted(points: Array, bones: list[Bone]) -> Array:
    """The same without the flat end (Quilez, "Distance functions", with his quadratic smooth minimum between bones)."""
    total = np.full(points.shape[:-1], 1.0)
    for a, b, r, s in bones:
        along = b - a
        share = np.clip(((points - a) @ along) / (along @ along), 0.0, 1.0)
        one = np.linalg.norm(points - a - share[..., None] * along, axis=-1) - (r + (s - r) * share)
        near = np.maximum(MELT - np.abs(total - one), 0.0) / MELT
        total = np.minimum(total, one) - near * near * MELT * 0.25
    return total


def _surface(field: Array, low: Array) -> tuple[Array, NDArray[np.uint32]]:
    """Vertices and triangles of the field's zero: a vertex in each cell that it crosses, a quad across each edge that it cuts."""
    inside = field < 0
    ends = (slice(None, -1), slice(1, None))
    corners = np.stack([inside[x, y, z] for x in ends for y in ends for z in ends])
    mixed = corners.any(0) & ~corners.all(0)
    cells = np.argwhere(mixed)
    index = np.full(mixed.shape, -1)
    index[mixed] = np.arange(len(cells))
    total, count = np.zeros((len(cells), 3)), np.zeros((len(cells), 1))
    quads: list[Array] = []
    for axis in range(3):
        step = np.eye(3, dtype=int)[axis]
        one, two = (axis + 1) % 3, (axis + 2) % 3
        for u in (0, 1):
            for v in (0, 1):
                start = cells + u * np.eye(3, dtype=int)[one] + v * np.eye(3, dtype=int)[two]
                f0, f1 = field[tuple(start.T)], field[tuple((start + step).T)]
                cut = (f0 < 0) != (f1 < 0)
                share = np.where(cut, f0 / np.where(cut, f0 - f1, 1.0), 0.0)
                total += np.where(cut[:, None], start + share[:, None] * step, 0.0)
                count += cut[:, None]
        edges = np.argwhere(np.diff(inside.astype(int), axis=axis) != 0)
        back = [
            edges - i * np.eye(3, dtype=int)[one] - j * np.eye(3, dtype=int)[two] for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))
        ]
        ring = np.stack([index[tuple(each.T)] for each in back], axis=1)
        leaves = inside[tuple(edges.T)]
        quads.append(np.where(leaves[:, None], ring, ring[:, ::-1]))
    points = low + CELL * total / np.maximum(count, 1)
    quad = np.concatenate(quads)
    return points, np.concatenate([quad[:, (0, 1, 2)], quad[:, (0, 2, 3)]]).astype(np.uint32)
