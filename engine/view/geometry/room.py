"""The shell of a room: floor, ceiling and walls as faces cut by holes, and what trims them.

A `Face` is a rectangle of the room with its holes cut out. All faces of a room are cut along the same lines, so that their edges
meet vertex by vertex and nothing shines through; where a hole leads into another room its lining joins both. Light falls on faces
by a map (`engine.view.indoor`), so each knows its own axes; linings, mouldings and T-bars are trim, lit by their vertices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.ceiling import bars, lines
from engine.view.geometry.finishes import surface_of, threshold, tile_metres, trim_paint
from engine.view.geometry.fittings import Corners, in_ceiling, on_walls
from engine.view.geometry.mesh import HERE, Floats, Material, Mesh, Part
from engine.view.geometry.mouldings import RAIL_NAME, dado_of, dado_rail, skirting
from engine.view.geometry.surfaces import make_mesh
from engine.world.rooms import RoomBox, Wall

FaceName = Literal["floor", "ceiling", "north", "east", "south", "west"]

ON_WALLS = ("switch", "socket", RAIL_NAME)
"""Trim that lies on walls and darkens them where it does."""

RECESS = 0.14
"""Metres above a ceiling into which a lamp is let."""


Rect = tuple[float, float, float, float]
"""u0, v0, u1, v1 in metres of a face."""


@dataclass(frozen=True, eq=False)
class Face:
    """One flat side of a room. A point of it is `corner + u * along + v * up` (unit vectors, metres), u to `size[0]`, v to
    `size[1]`; `along` x `up` looks into the room. `holes` are what is cut out; `mesh` has uvs by the size of its finish, and so
    has a wall's `dado`, down to which `mesh` then reaches."""

    name: FaceName
    corner: Floats
    along: Floats
    up: Floats
    size: tuple[float, float]
    holes: tuple[Rect, ...]
    mesh: Mesh
    dado: Mesh | None = None

    @property
    def inward(self) -> Floats:
        """The unit vector into the room."""
        return np.cross(self.along, self.up).astype(np.float32)

    @property
    def is_wall(self) -> bool:
        """Whether it is neither floor nor ceiling."""
        return self.name not in ("floor", "ceiling")


@dataclass(frozen=True, eq=False)
class Shell:
    """A room as it is drawn: its faces, and trim as parts in the scene's axes."""

    room: RoomBox
    faces: tuple[Face, ...]
    trim: tuple[Part, ...]


def build_shell(room: RoomBox, lamps: Sequence[Rect] = (), taken: Sequence[Corners] = ()) -> Shell:
    """The shell of a room; `lamps` are what is let into its ceiling, as x0, y0, x1, y1 in the scene, `taken` boxes (low and high
    corners) that fittings on walls keep clear of."""
    low, high = np.array(room.low, np.float64), np.array(room.high, np.float64)
    tiled = room.finish.get("ceiling", "plain").startswith("tile_600")
    let_in = tuple(lamps) if tiled else ()
    across = lines(low[0], high[0], [(x0, x1) for x0, _, x1, _ in let_in]) if tiled else [low[0], high[0]]
    along = lines(low[1], high[1], [(y0, y1) for _, y0, _, y1 in let_in]) if tiled else [low[1], high[1]]
    edges = [
        sorted({low[0], high[0], *across, *_cuts(room, ("north", "south"))}),
        sorted({low[1], high[1], *along, *_cuts(room, ("east", "west"))}),
        sorted({low[2], high[2], *_heights(room), *([low[2] + dado_of(room)] if dado_of(room) else [])}),
    ]
    faces = tuple(_face(room, name, edges, let_in) for name in ("floor", "ceiling", "north", "east", "south", "west"))
    trim = [*skirting(room), *dado_rail(room), *(part for wall in room.walls.values() for part in _linings(room, wall))]
    if tiled:
        trim += bars(across, along, float(high[2]), let_in)
        trim += [_recess(rect, float(high[2])) for rect in let_in]
        trim += in_ceiling(across, along, float(high[2]), let_in)
    trim += on_walls(room, taken)
    return Shell(room, faces, tuple(trim))


def _cuts(room: RoomBox, sides: Iterable[str]) -> list[float]:
    """Where holes begin and end, on the scene's x or y."""
    found: list[float] = []
    for side, wall in room.walls.items():
        if side in sides:
            axis = 0 if side in ("north", "south") else 1
            found += [wall.point(hole.along + half)[axis] for hole in wall.holes for half in (-hole.width / 2, hole.width / 2)]
    return found


def _heights(room: RoomBox) -> list[float]:
    """Where holes begin and end above the floor."""
    return [z for wall in room.walls.values() for hole in wall.holes for z in (hole.up, hole.up + hole.height)]


def _frame(room: RoomBox, name: FaceName) -> tuple[Floats, int, int, int, int]:
    """A face's corner, and which axes and senses its u and v have."""
    low, high = room.low, room.high
    corner, u, v = {
        "floor": ((low[0], low[1], low[2]), (0, 1), (1, 1)),
        "ceiling": ((high[0], low[1], high[2]), (0, -1), (1, 1)),
        "north": ((low[0], high[1], low[2]), (0, 1), (2, 1)),
        "south": ((high[0], low[1], low[2]), (0, -1), (2, 1)),
        "east": ((high[0], high[1], low[2]), (1, -1), (2, 1)),
        "west": ((low[0], low[1], low[2]), (1, 1), (2, 1)),
    }[name]
    return np.array(corner, np.float32), u[0], u[1], v[0], v[1]


def _face(room: RoomBox, name: FaceName, edges: list[list[float]], lamps: Sequence[Rect]) -> Face:
    corner, u_axis, u_sense, v_axis, v_sense = _frame(room, name)
    along, up = np.zeros(3, np.float32), np.zeros(3, np.float32)
    along[u_axis], up[v_axis] = u_sense, v_sense
    us = sorted((edge - corner[u_axis]) * u_sense for edge in edges[u_axis])
    vs = sorted((edge - corner[v_axis]) * v_sense for edge in edges[v_axis])
    holes = (
        _lamp_holes(corner, lamps)
        if name == "ceiling"
        else ()
        if name == "floor"
        else _wall_holes(room.walls[name], corner, along)
    )
    surface = "floor" if name == "floor" else "ceiling" if name == "ceiling" else "walls"
    finish, foot = room.finish.get(surface, "plain"), dado_of(room) if surface == "walls" else 0.0
    axes, above = (corner, along, up), [v for v in vs if v > foot - 1e-6]
    metres = None if finish.startswith("tile_600") else tile_metres(surface, finish)
    mesh, dado = _cells(axes, (us, above), holes, surface_of(surface, finish), metres), None
    if foot:
        sheet = room.finish["dado"]
        below = [v for v in vs if v < foot + 1e-6]
        dado = _cells(axes, (us, below), holes, surface_of("dado", sheet), tile_metres("dado", sheet))
    return Face(name, corner, along, up, (float(us[-1]), float(vs[-1])), holes, mesh, dado)


def _lamp_holes(corner: Floats, lamps: Sequence[Rect]) -> tuple[Rect, ...]:
    x, y = float(corner[0]), float(corner[1])
    return tuple((x - x1, y0 - y, x - x0, y1 - y) for x0, y0, x1, y1 in lamps)


def _wall_holes(wall: Wall, corner: Floats, along: Floats) -> tuple[Rect, ...]:
    found: list[Rect] = []
    for hole in wall.holes:
        sides = (np.array(wall.point(hole.along + half)) for half in (-hole.width / 2, hole.width / 2))
        left, right = sorted(float((side - corner) @ along) for side in sides)
        found.append((left, hole.up, right, hole.up + hole.height))
    return tuple(found)


def _cells(
    axes: tuple[Floats, Floats, Floats],
    cuts: tuple[Sequence[float], Sequence[float]],
    holes: Sequence[Rect],
    material: Material,
    metres: tuple[float, float] | None,
) -> Mesh:
    """A grid of rectangles without those in holes. Its texture covers so many metres, or each rectangle if that is None."""
    (corner, along, up), (us, vs) = axes, cuts
    kept = [
        (i, j)
        for i in range(len(us) - 1)
        for j in range(len(vs) - 1)
        if not any(u0 < (us[i] + us[i + 1]) / 2 < u1 and v0 < (vs[j] + vs[j + 1]) / 2 < v1 for u0, v0, u1, v1 in holes)
    ]
    at: list[tuple[float, float]] = []
    uvs: list[tuple[float, float]] = []
    triangles: list[tuple[int, int, int]] = []
    index: dict[tuple[int, int], int] = {}

    def vertex(i: int, j: int) -> int:
        if (i, j) not in index:
            index[i, j] = len(at)
            at.append((us[i], vs[j]))
            wide, high = metres or (1.0, 1.0)
            uvs.append((us[i] / wide, vs[j] / high))
        return index[i, j]

    for i, j in kept:
        if metres is None:
            first = len(at)
            at += [(us[a], vs[b]) for a, b in ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))]
            uvs += _tile_uvs(us[i + 1] - us[i], vs[j + 1] - vs[j], (i * 7 + j * 3) % 4)
            a, b, c, d = first, first + 1, first + 2, first + 3
        else:
            a, b, c, d = vertex(i, j), vertex(i + 1, j), vertex(i + 1, j + 1), vertex(i, j + 1)
        triangles += [(a, b, c), (a, c, d)]
    flat = np.array(at, np.float64)
    positions = corner + flat[:, :1] * along + flat[:, 1:] * up
    normals = np.broadcast_to(np.cross(along, up), positions.shape)
    return make_mesh(material, positions, np.array(triangles), normals=normals, uvs=np.array(uvs))


def _tile_uvs(width: float, height: float, turn: int) -> list[tuple[float, float]]:
    """A ceiling tile's texture, cut as the tile is, and turned, so that no two neighbours are alike."""
    u, v = min(width / 0.6, 1.0), min(height / 0.6, 1.0)
    corners = [(0.0, 0.0), (u, 0.0), (u, v), (0.0, v)] if turn % 2 == 0 else [(0.0, 0.0), (0.0, u), (v, u), (v, 0.0)]
    return [(1.0 - a, 1.0 - b) for a, b in corners] if turn >= 2 else corners


def _linings(room: RoomBox, wall: Wall) -> list[Part]:
    """The sides of the holes that belong to a wall, from its inner face to its outer one; they look into the hole."""
    found: list[Part] = []
    paint = surface_of("walls", room.finish.get("walls", "plain"))
    back = -np.array(wall.inward) * room.thickness
    for hole in wall.holes:
        if not hole.own:
            continue
        left, right, low, top = hole.along - hole.width / 2, hole.along + hole.width / 2, hole.up, hole.up + hole.height
        ring = [np.array(wall.point(a, z)) for a, z in ((left, low), (right, low), (right, top), (left, top))]
        if np.cross(np.array(wall.run), np.array(wall.inward))[2] < 0:
            ring = ring[::-1]
        middle = sum(ring) / 4 + back / 2
        for index in range(4):
            a, b = ring[index], ring[(index + 1) % 4]
            bottom = hole.up < 1e-6 and max(a[2], b[2]) < 1e-6 + room.low[2]
            found.append(Part("lining", _strip(a, b, back, middle, threshold() if bottom else paint), HERE))
    return found


Vector = NDArray[np.float64]


def _strip(a: Vector, b: Vector, back: Vector, middle: Vector, material: Material) -> Mesh:
    """One side of a hole, cut into squares of about 10 cm for the light's sake."""
    pieces = max(1, round(float(np.linalg.norm(b - a)) / 0.1))
    share = np.linspace(0.0, 1.0, pieces + 1)[:, None]
    rows = [a + (b - a) * share + back * depth for depth in (0.0, 0.5, 1.0)]
    points = np.concatenate(rows)
    n = pieces + 1
    corners = [(r * n + i, r * n + i + 1, (r + 1) * n + i + 1, (r + 1) * n + i) for r in (0, 1) for i in range(pieces)]
    faces = np.array([t for p, q, r, s in corners for t in ((p, q, r), (p, r, s))])
    normal = np.cross(b - a, back)
    if np.dot(normal, middle - (a + b) / 2 - back / 2) < 0:
        faces, normal = faces[:, ::-1], -normal
    uvs = np.column_stack([np.tile(share[:, 0] * np.linalg.norm(b - a), 3), np.repeat((0.0, 0.06, 0.12), n)])
    return make_mesh(material, points, faces, normals=np.broadcast_to(normal, points.shape), uvs=uvs)


def _recess(rect: Rect, height: float) -> Part:
    """The closed box above a lamp."""
    x0, y0, x1, y1 = rect
    z0, z1 = height, height + RECESS
    corners = np.array([(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)])
    quads = ((0, 4, 5, 1), (1, 5, 7, 3), (3, 7, 6, 2), (2, 6, 4, 0), (4, 6, 7, 5))
    points = corners[np.array(quads).ravel()]
    faces = np.array([t for q in range(5) for t in ((4 * q, 4 * q + 1, 4 * q + 2), (4 * q, 4 * q + 2, 4 * q + 3))])
    middle = corners.mean(0)
    normals = np.repeat(np.cross(points[1::4] - points[0::4], points[2::4] - points[0::4]), 4, axis=0)
    outward = ((points - middle) * normals).sum(1) > 0
    normals[outward] *= -1
    if outward.any():
        faces = np.array([face[::-1] if outward[face[0]] else face for face in faces])
    return Part("recess", make_mesh(trim_paint(), points, faces, normals=normals), HERE, casts=False)
