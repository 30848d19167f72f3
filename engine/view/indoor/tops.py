"""Contact on the tops of things: on tables, shelves, sills and lockers, what stands there leaves a soft darkness round its foot.

Things are lit at their vertices, and a flat top has few. So its contact is a picture of its own: for texels of a few millimetres,
how far above them the nearest thing is, and from that, as on floors (`engine.view.indoor.contact`), how much light is left. The
pictures of all tops of a room lie on one map, and copies of the tops' own triangles are drawn once more, which multiply what is
there by it: one draw call. What moves is left out; its shade goes with it (`engine.view.indoor.cast`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.cache import Arrays, Given, kept
from engine.view.geometry.geoms import Placed, geom
from engine.view.geometry.mesh import Floats, Mesh
from engine.view.geometry.textures import data_texture
from engine.view.indoor.hiding import Stood
from engine.view.indoor.lightmap import shelved
from engine.view.indoor.panels import Panel
from engine.view.indoor.softening import Sheet
from engine.view.indoor.spots import some_triangles
from engine.view.indoor.thrown import Between, thrown
from engine.view.render.shaders import program
from engine.view.render.shadow import SHADOW

Indices = NDArray[np.intp]

TEXEL = 0.004
"""Metres of a texel."""

LEAST = 0.008
"""Square metres of a top, at least: smaller ones carry nothing."""

LEVEL, FLAT = 0.9995, 0.002
"""Upward part of a top's normals, at least; and metres that it may be uneven."""

ROUNDED = 0.7
"""The same of the first bit of its rounded edges, which belongs to it."""

SLOPING, SOFT, CLOTH = 0.9, 0.02, 0.45
"""Upward part of normals, and metres over and under a level spot, within which slopes beside it are those of cloth, if they are
more than such a share of it."""

EDGE = 0.01
"""Metres by which these edges go beyond it, at most."""

OVER = 0.0008
"""Metres over a top from which on something is there: below are its own edges, and what is let into it."""

SLIM = 0.06
"""Metres across, at least, along both axes of a scene: on mouldings and the rails of windows nothing stands."""

LIFT = 0.001
"""Metres by which undersides are raised, to be over what they touch."""

AT_ONCE, STEP = 1 << 16, 0.001
"""Points that are looked for at once, about; and metres of height to which they are sorted."""

BESIDE, HIGH = 0.12, 0.25
"""Metres round a top, and above it, in which things shade it."""

KERNELS = ((0.020, 0.005, 0.005, 0.66, 5.0), (0.090, 0.016, 0.026, 0.62, 6.0), (0.250, 0.080, 0.060, 0.24, 4.0))
"""Metres up to which a thing is near; metres of height from which on it counts wholly (a leaflet shades little, a lantern much);
metres that its shade spreads (a standard deviation); how much light that takes; and times that what is near is counted, the more
the less of the rest: what is slender darkens too."""

TAKEN = 0.42
"""How much light the form of a thing takes where a lamp is wholly hidden."""

EVENLY = np.ones((4, 4), np.float32)
"""How much of a lamp is seen all over a top, for its forms: whatever hides it besides makes them no different."""

NOTICED = 0.04
"""Light that a top must lack somewhere, at least, to be drawn again."""

BORDER = 2
"""Texels round each top on the map that repeat its edge."""

WIDTH = 512
"""Texels of a map's width, unless a single top is wider."""


@dataclass(frozen=True, eq=False)
class Top:
    """A flat top: its `triangles`, by their numbers in the mesh of that number; its height `z` and its `low` corner (x, y) in
    metres; and its texels, row by row towards +y."""

    mesh: int
    triangles: Indices
    z: float
    low: tuple[float, float]
    sheet: Sheet


@dataclass(frozen=True, eq=False)
class _Level:
    """A top, so many texels more round it, as a flat side."""

    top: Top
    pad: int
    size: tuple[float, float]
    along: Floats = field(default_factory=lambda: np.array((1.0, 0.0, 0.0), np.float32))
    up: Floats = field(default_factory=lambda: np.array((0.0, 1.0, 0.0), np.float32))
    inward: Floats = field(default_factory=lambda: np.array((0.0, 0.0, 1.0), np.float32))

    @property
    def corner(self) -> Floats:
        """Its low corner in the scene."""
        x, y = (low - self.pad * TEXEL for low in self.top.low)
        return np.array((x, y, self.top.z), np.float32)


def attach_tops(
    room: p3d.NodePath, placed: Sequence[Placed], clear: Sequence[Stood], panels: Sequence[Panel] = ()
) -> p3d.NodePath | None:
    """Darken the tops of what stands still under a room's node, `placed` meshes, by each other and by what is `clear`, in the
    light of panels. Returns the node that does, None if nothing stands on anything."""
    given: list[Given] = [len(placed), *(array for mesh, copy in placed for array in (mesh.positions, mesh.triangles, copy))]
    given += [array for at, mesh in clear for array in (at, mesh.triangles)]
    given += [np.concatenate([panel.middle, panel.half_x, panel.half_y, panel.radiance()]) for panel in panels]
    made = kept(__name__, given, lambda: _pictured(placed, clear, panels))
    if not len(made["tops"]):
        return None
    some, first = [], 0
    for index, end in zip(made["tops"].tolist(), np.cumsum(made["counts"]).tolist(), strict=True):
        mesh, copy = placed[index]
        mine = np.zeros(len(mesh.triangles), np.bool_)
        mine[made["triangles"][first:end]] = True
        some.append((some_triangles(mesh, mine), copy))
        first = end
    uvs = np.asarray(made["uvs"], np.float32)
    node = p3d.GeomNode("tops")
    node.add_geom(geom(some, light={"light_uv": uvs}))
    path = room.attach_new_node(node)
    path.set_shader(program("tops"))
    texture = data_texture("tops", np.asarray(made["left"], np.uint8)[::-1, :, None], repeat=False)
    texture.set_minfilter(p3d.SamplerState.FT_linear)
    path.set_shader_input("left_map", texture)
    path.hide(p3d.BitMask32(SHADOW))
    path.set_bin("opaque", 2)  # after what stands there and after walls
    blend = p3d.ColorBlendAttrib
    path.set_attrib(blend.make(blend.M_add, blend.O_fbuffer_color, blend.O_zero))
    return path


def tops_of(placed: Sequence[Placed]) -> list[Top]:
    """The flat tops of meshes, in the scene."""
    found = []
    for index, (mesh, copy) in enumerate(placed):
        corners = _corners(mesh, copy)
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        doubled = np.linalg.norm(normals, axis=1)
        upward = normals[:, 2] / np.maximum(doubled, 1e-12)
        lowest, highest, middles = corners[:, :, 2].min(1), corners[:, :, 2].max(1), corners[:, :, :2].mean(1)
        free = np.ones(len(corners), np.bool_)
        groups = _joined(corners, np.nonzero(upward > LEVEL)[0])
        for some in sorted(groups, key=lambda group: -float(doubled[group].sum())):
            if doubled[some].sum() / 2 < LEAST:
                break
            if np.ptp(corners[some][:, :, :2], (0, 1)).min() < SLIM:
                continue
            if not free[some].all() or highest[some].max() - lowest[some].min() > FLAT:
                continue  # what lies in another one's plane is a part of it, and darkened once
            z = float(highest[some].max())
            low, high = (end(corners[some][:, :, :2], (0, 1)) for end in (np.min, np.max))
            about = ((middles > low - EDGE) & (middles < high + EDGE)).all(1)
            wide = ((middles > low - SLIM) & (middles < high + SLIM)).all(1)
            slight = (upward > SLOPING) & (upward <= LEVEL) & wide & (lowest > z - SOFT) & (highest < z + SOFT)
            if doubled[slight].sum() > CLOTH * doubled[some].sum():
                continue  # a level spot of cloth: its shade would end where the spot does
            mine = np.nonzero(free & (upward > ROUNDED) & (lowest > z - FLAT) & (highest < z + OVER) & about)[0]
            free[mine] = False
            low, high = (end(corners[mine][:, :, :2], (0, 1)) for end in (np.min, np.max))
            columns, rows = (max(2, int(np.ceil(side / TEXEL))) for side in high - low)
            found.append(Top(index, mine, z, (float(low[0]), float(low[1])), Sheet(rows, columns, TEXEL)))
    return found


def left_on(top: Top, points: Floats, panels: Sequence[Panel] = ()) -> Floats:
    """How much light, that of panels, things leave to the texels of a top, rows x columns, 0-1; 3 x n points lie all over the
    things, sorted by height, in steps."""
    pad, sheet = int(np.ceil(BESIDE / TEXEL)), top.sheet
    rows, columns = sheet.rows + 2 * pad, sheet.columns + 2 * pad
    low, high = np.array((top.z + OVER, top.z + HIGH), np.float32)
    x, y, z = points[:, slice(*np.searchsorted(points[2], np.array((low - STEP, high + STEP), np.float32)).tolist())]
    column, row = (
        np.floor((at - np.float32(first)) / np.float32(TEXEL)).astype(np.int32) + pad
        for at, first in zip((x, y), top.low, strict=True)
    )
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows) & (z >= low) & (z < high)
    left = np.ones((rows, columns), np.float32)
    if inside.any():
        texel, high = (row * columns + column)[inside], z[inside] - np.float32(top.z)
        away, tall = np.full(rows * columns, np.inf, np.float32), np.zeros(rows * columns, np.float32)
        np.minimum.at(away, texel, high)
        np.maximum.at(tall, texel, high)
        for reach, whole, spread, takes, times in KERNELS:
            near = np.clip(1.0 - away / reach, 0.0, 1.0) * np.minimum(tall / whole, 1.0)
            shade = _softened(near.reshape(rows, columns), spread / TEXEL)
            left *= 1.0 - takes * (1.0 - np.exp(-times * np.maximum(shade, 0.0)))
        things = [Between(away.reshape(rows, columns), np.maximum(tall, away + LIFT).reshape(rows, columns))]
        over = _Level(top, pad, (columns * TEXEL, rows * TEXEL))
        left *= 1.0 - TAKEN * thrown(over, (rows, columns), things, [(panel, EVENLY) for panel in panels])
    return left[pad:-pad, pad:-pad]


def darkened(placed: Sequence[Placed], clear: Sequence[Stood], panels: Sequence[Panel] = ()) -> list[tuple[Top, Floats]]:
    """The tops of `placed` meshes on which something stands, be it `clear`, the highest first; and how much light, that of
    panels, is left on each, rows x columns, 0-1."""
    corners = [_corners(mesh, copy) for mesh, copy in placed]
    corners += [at[mesh.triangles].astype(np.float64) for at, mesh in clear]
    tops = tops_of(placed)
    points = _points(np.concatenate([np.zeros((0, 3, 3)), *corners]), tops)
    # Where one lies a hair above another, and is drawn first, the lower is hidden, and what shows is darkened once.
    every = [(top, left_on(top, points, panels)) for top in sorted(tops, key=lambda top: -top.z)]
    return [(top, left) for top, left in every if left.min() < 1.0 - NOTICED]


def _pictured(placed: Sequence[Placed], clear: Sequence[Stood], panels: Sequence[Panel]) -> Arrays:
    """What is `darkened`: the meshes whose tops they are (`tops`), how many `triangles` each has and which, where the corners of
    these lie on a map (`uvs`), and the map: how much light is `left`, row 0 lowest, 0-255."""
    found = darkened(placed, clear, panels)
    shown = [top for top, _ in found]
    pictures = [np.pad(np.round(left * 255).astype(np.uint8), BORDER, mode="edge") for _, left in found]
    where, (width, height) = shelved([(len(picture), picture.shape[1]) for picture in pictures], WIDTH)
    left_map, uvs = np.full((height, width), 255, np.uint8), [np.zeros((0, 2), np.float32)]
    for top, picture, (x, y) in zip(shown, pictures, where, strict=True):
        left_map[y : y + picture.shape[0], x : x + picture.shape[1]] = picture
        mesh, copy = placed[top.mesh]
        used = np.unique(mesh.triangles[top.triangles])
        texels = (_at(mesh.positions[used], copy)[:, :2] - top.low) / TEXEL + BORDER + (x, y)
        uvs.append((texels / (width, height)).astype(np.float32))
    return {
        "tops": np.array([top.mesh for top in shown], np.int64),
        "counts": np.array([len(top.triangles) for top in shown], np.int64),
        "triangles": np.concatenate([np.zeros(0, np.intp), *(top.triangles for top in shown)]),
        "uvs": np.concatenate(uvs),
        "left": left_map,
    }


def _joined(corners: NDArray[np.float64], flat: Indices) -> list[Indices]:
    """Level triangles, by their numbers, in groups that hang together: by their corners, to a tenth of a millimetre."""
    if not len(flat):
        return []
    places = np.round(corners[flat].reshape(-1, 3) * 1e4).astype(np.int64)
    _, corner = np.unique(places, axis=0, return_inverse=True)
    corner = corner.reshape(-1, 3)
    group = np.arange(corner.max() + 1)
    while True:
        least = group[corner].min(1)
        before = group.copy()
        for which in range(3):
            np.minimum.at(group, corner[:, which], least)
        group = group[group]
        if (group == before).all():
            break
    order = group[corner[:, 0]].argsort(kind="stable")
    cuts = np.nonzero(np.diff(group[corner[order, 0]]))[0] + 1
    return [flat[order[a:b]] for a, b in pairwise([0, *cuts.tolist(), len(order)])]


def _points(triangles: NDArray[np.float64], tops: Sequence[Top]) -> Floats:
    """Points all over those of some triangles (m x 3 x 3) that tops may notice, no further apart than texels: 3 x n, sorted by
    height, in steps."""
    some = triangles[_noticed(triangles, tops)]
    sides = np.linalg.norm(np.roll(some, -1, axis=1) - some, axis=2)
    longest = sides.argmax(1)
    a, b, c = (some[np.arange(len(some)), (longest + step) % 3] for step in range(3))
    length = np.maximum(sides.max(1, initial=0.0), 1e-9)
    normals = np.cross(b - a, c - a)
    across = np.linalg.norm(normals, axis=1) / length
    # What stands there touches: its underside counts as over the top.
    a[:, 2] += (lift := np.where(normals[:, 2] < -LEVEL * length * across, LIFT, 0.0))
    c[:, 2] += lift
    start, side, over = (np.asarray(each, np.float32) for each in (a, b + lift[:, None] * (0.0, 0.0, 1.0) - a, c - a))
    # Rows beside the longest side, all with as many points.
    along, rows = (np.ceil(metres / TEXEL).astype(np.intp) + 1 for metres in (length, across))
    counts = along * rows
    cuts = np.searchsorted(np.cumsum(counts), np.arange(AT_ONCE, counts.sum(), AT_ONCE)).tolist()
    found = [np.zeros((0, 3), np.float32)]
    for first, end in pairwise(sorted({0, *cuts, len(some)})):
        part = slice(first, end)
        which = np.repeat(np.arange(first, end), counts[part])
        number = np.arange(len(which)) - np.repeat(np.cumsum(counts[part]) - counts[part], counts[part])
        row, column = np.divmod(number, along[which])
        v = (row / (rows[which] - 1)).astype(np.float32)[:, None]
        u = (column / (along[which] - 1)).astype(np.float32)[:, None] * (1 - v)
        found.append(start[which] + u * side[which] + v * over[which])
    points = np.ascontiguousarray(np.concatenate(found).T)
    steps = (points[2] - points[2].min(initial=0.0)) * np.float32(1.0 / STEP)
    return points[:, steps.astype(np.uint16).argsort(kind="stable")]


def _noticed(triangles: NDArray[np.float64], tops: Sequence[Top]) -> NDArray[np.bool_]:
    """Which of some triangles (m x 3 x 3) are near and over one of the tops."""
    low, high = (np.ascontiguousarray(end(triangles, 1).T) for end in (np.min, np.max))
    noticed = np.zeros(len(triangles), np.bool_)
    for top in tops:
        level = np.nonzero((low[2] < top.z + HIGH) & (high[2] > top.z + OVER - LIFT))[0]
        for axis, side in enumerate((top.sheet.columns, top.sheet.rows)):
            level = level[low[axis, level] < top.low[axis] + side * TEXEL + BESIDE]
            level = level[high[axis, level] > top.low[axis] - BESIDE]
        noticed[level] = True
    return noticed


def _softened(values: Floats, texels: float) -> Floats:
    """Rows x columns, blurred by a bell of so many texels. All tops differ in size: `softening.blurred` would keep weights for
    each."""
    down, across = np.fft.fftfreq(values.shape[0])[:, None], np.fft.rfftfreq(values.shape[1])
    bell = np.exp(-2.0 * (np.pi * texels) ** 2 * (down**2 + across**2))
    return np.fft.irfft2(np.fft.rfft2(values) * bell, values.shape).astype(np.float32)


def _at(points: Floats, copy: Floats) -> NDArray[np.float64]:
    return points.astype(np.float64) @ copy[:3, :3].T.astype(np.float64) + copy[:3, 3]


def _corners(mesh: Mesh, copy: Floats) -> NDArray[np.float64]:
    """A mesh's triangles in the scene, m x 3 corners x 3. Those of a mirrored copy are turned about, as they are drawn."""
    corners = _at(mesh.positions, copy)[mesh.triangles]
    return corners if np.linalg.det(copy[:3, :3]) > 0 else corners[:, ::-1]
