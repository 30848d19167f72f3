"""Shapes that models are put together from: bars with bevels, lathed and drawn-out forms, and the light that reaches them.

All in metres, z up, y ahead. A shape's uvs are metres too (u across the grain, v along it), until a
material's tile size divides them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.surfaces import smooth_normals, unit

Array = NDArray[np.float64]
Faces = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Shape:
    """n vertices and m triangles, counter-clockwise from outside; `tint` is linear colour, `light` ambient occlusion 0–1."""

    positions: Array
    normals: Array
    uvs: Array
    triangles: Faces
    tint: Array
    light: Array

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Shape:
        """Shifted by metres."""
        return replace(self, positions=self.positions + np.array((x, y, z)))

    def turned(self, axis: str, degrees: float) -> Shape:
        """Turned about an axis through the origin, right-handed."""
        a = np.radians(degrees)
        c, s = np.cos(a), np.sin(a)
        turn = {
            "x": np.array(((1, 0, 0), (0, c, -s), (0, s, c))),
            "y": np.array(((c, 0, s), (0, 1, 0), (-s, 0, c))),
            "z": np.array(((c, -s, 0), (s, c, 0), (0, 0, 1))),
        }[axis]
        return replace(self, positions=self.positions @ turn.T, normals=self.normals @ turn.T)

    def tinted(self, tint: Array | Sequence[float]) -> Shape:
        """With another colour, one for all vertices or one for each."""
        return replace(self, tint=np.broadcast_to(np.asarray(tint, float), self.positions.shape).copy())

    def shifted_uv(self, u: float, v: float) -> Shape:
        """The texture slid along, so that no two pieces show the same grain."""
        return replace(self, uvs=self.uvs + np.array((u, v)))

    def bent(self, bend: Callable[[Array], Array]) -> Shape:
        """Every point moved by a function; normals are found anew where the surface is smooth."""
        step = 1e-4
        moved = bend(self.positions)
        helper = np.where(np.abs(self.normals[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
        one = unit(np.cross(self.normals, helper)).astype(float)
        two = np.cross(self.normals, one)
        across = bend(self.positions + step * one) - moved
        along = bend(self.positions + step * two) - moved
        return replace(self, positions=moved, normals=unit(np.cross(across, along)).astype(float))


def shape(positions: Array, triangles: Faces, normals: Array | None = None, uvs: Array | None = None) -> Shape:
    """A shape of one white surface."""
    found = smooth_normals(positions, triangles).astype(float) if normals is None else unit(normals).astype(float)
    places = np.zeros((len(positions), 2)) if uvs is None else uvs
    return Shape(positions, found, places, triangles, np.ones((len(positions), 3)), np.ones(len(positions)))


def join(shapes: Sequence[Shape]) -> Shape:
    """Several shapes as one."""
    starts = np.cumsum([0] + [len(each.positions) for each in shapes[:-1]])
    return Shape(
        np.concatenate([each.positions for each in shapes]),
        np.concatenate([each.normals for each in shapes]),
        np.concatenate([each.uvs for each in shapes]),
        np.concatenate([each.triangles + start for each, start in zip(shapes, starts, strict=True)]),
        np.concatenate([each.tint for each in shapes]),
        np.concatenate([each.light for each in shapes]),
    )


def bar(width: float, length: float, thickness: float, bevel: float, *, cuts: int = 0, open_ends: bool = False) -> Shape:
    """A bar along y, centred: x `width`, z `thickness`; its edges broken by `bevel`, `cuts` loops between the ends to bend it by.

    Flat faces stay flat and the bevel's shading turns smoothly, because its normals are those of the faces it joins.
    Grain runs along y; `open_ends` leaves both ends off, for pieces that meet.
    """
    w, t, b = width / 2, thickness / 2, bevel
    outline = np.array(
        ((w, b - t), (w, t - b), (w - b, t), (b - w, t), (-w, t - b), (-w, b - t), (b - w, -t), (w - b, -t), (w, b - t))
    )
    facing = np.array(((1, 0), (1, 0), (0, 1), (0, 1), (-1, 0), (-1, 0), (0, -1), (0, -1), (1, 0)), float)
    around = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(outline, axis=0), axis=1))])
    end = length / 2 - (0.0 if open_ends else b)
    stations = np.linspace(-end, end, cuts + 2)
    count = len(outline)
    points = [np.column_stack([outline[:, 0], np.full(count, y), outline[:, 1]]) for y in stations]
    normals = [np.column_stack([facing[:, 0], np.zeros(count), facing[:, 1]]) for _ in stations]
    uvs = [np.column_stack([around, np.full(count, y)]) for y in stations]
    if not open_ends:
        small = outline - facing * b
        ends = [np.column_stack([small[:, 0], np.full(count, y), small[:, 1]]) for y in (-length / 2, length / 2)]
        points = [ends[0], *points, ends[1]]
        normals = [np.tile((0.0, -1.0, 0.0), (count, 1)), *normals, np.tile((0.0, 1.0, 0.0), (count, 1))]
        uvs = [
            np.column_stack([around, np.full(count, -length / 2)]),
            *uvs,
            np.column_stack([around, np.full(count, length / 2)]),
        ]
    tube_faces = _strips(len(points), count)
    body = shape(np.concatenate(points), tube_faces, np.concatenate(normals), np.concatenate(uvs))
    if open_ends:
        return body
    caps = [_cap(points[0][:-1], (0.0, -1.0, 0.0)), _cap(points[-1][:-1], (0.0, 1.0, 0.0))]
    return _tidy(join([body, *caps]))


def _cap(ring: Array, normal: tuple[float, float, float]) -> Shape:
    """A flat end: a fan over a ring that is convex. End grain is darker."""
    count = len(ring)
    fan = np.array([(0, index, index + 1) for index in range(1, count - 1)])
    facing = np.cross(ring[1] - ring[0], ring[count // 2] - ring[0]) @ np.asarray(normal)
    uvs = np.column_stack([ring[:, 0], ring[:, 2] * 0.3])
    return shape(ring, fan if facing > 0 else fan[:, ::-1], np.tile(normal, (count, 1)), uvs).tinted((0.72, 0.68, 0.64))


def _strips(rows: int, columns: int) -> Faces:
    """Triangles between rows of equally many points, each row running the same way round."""
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    return np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)])


def _tidy(made: Shape) -> Shape:
    """Without triangles of no area."""
    corners = made.positions[made.triangles]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    return replace(made, triangles=made.triangles[area > 1e-12])


def lathe(profile: Sequence[tuple[float, float]], sides: int, crease_deg: float = 50.0) -> Shape:
    """A form turned about z from (radius, height) points, listed so that the outside is on their right going up, or back down.

    Corners sharper than `crease_deg` keep an edge, others are smooth. Radius 0 closes it.
    """
    points = np.array(profile, float)
    steps = np.diff(points, axis=0)
    steps /= np.maximum(np.linalg.norm(steps, axis=1, keepdims=True), 1e-12)
    outward = np.column_stack([steps[:, 1], -steps[:, 0]])
    rows: list[tuple[Array, Array, float]] = []
    travelled = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    for index, point in enumerate(points):
        before = outward[max(index - 1, 0)]
        after = outward[min(index, len(outward) - 1)]
        if before @ after < np.cos(np.radians(crease_deg)):
            rows += [(point, before, travelled[index]), (point, after, travelled[index])]
        else:
            rows.append((point, before + after, travelled[index]))
    angles = np.linspace(0.0, 2.0 * np.pi, sides + 1)
    positions = np.concatenate(
        [np.column_stack([p[0] * np.cos(angles), p[0] * np.sin(angles), np.full(sides + 1, p[1])]) for p, _, _ in rows]
    )
    normals = np.concatenate(
        [np.column_stack([n[0] * np.cos(angles), n[0] * np.sin(angles), np.full(sides + 1, n[1])]) for _, n, _ in rows]
    )
    girth = max(float(points[:, 0].max()), 1e-6)
    uvs = np.concatenate([np.column_stack([angles * girth, np.full(sides + 1, v)]) for _, _, v in rows])
    return _tidy(shape(positions, _strips(len(rows), sides + 1)[:, ::-1], normals, uvs))


def tube(path: Array, radius: float | Array, sides: int = 8, closed: bool = False) -> Shape:
    """A round wire or pipe along a path of points, its ends rounded off; `closed` joins its ends."""
    points = np.asarray(path, float)
    if closed:
        points = np.concatenate([points, points[:1]])
    ahead = np.gradient(points, axis=0)
    if closed:
        ahead[0] = ahead[-1] = points[1] - points[-2]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    radii = np.broadcast_to(np.asarray(radius, float), (len(points),))
    first = np.cross(ahead[0], (0.0, 0.0, 1.0) if abs(ahead[0][2]) < 0.9 else (1.0, 0.0, 0.0))
    frames = [first / np.linalg.norm(first)]
    for direction in ahead[1:]:
        carried = frames[-1] - direction * (frames[-1] @ direction)
        frames.append(carried / np.linalg.norm(carried))
    side = np.array(frames)
    angles = np.linspace(0.0, 2.0 * np.pi, sides + 1)
    other = np.cross(ahead, side)
    around = np.cos(angles)[None, :, None] * side[:, None] + np.sin(angles)[None, :, None] * other[:, None]
    rings = points[:, None] + around * radii[:, None, None]
    normals = around.copy()
    travelled = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    uvs = np.stack(np.broadcast_arrays(angles[None] * radii.mean(), travelled[:, None]), -1)
    if not closed:
        tips = []
        for end, sign in ((0, -1.0), (-1, 1.0)):
            ring = points[end] + around[end] * radii[end] * 0.55 + ahead[end] * sign * radii[end] * 0.6
            tips.append((ring, unit(around[end] * 0.4 + ahead[end] * sign).astype(float), uvs[end]))
            middle = np.tile(points[end] + ahead[end] * sign * radii[end] * 0.75, (sides + 1, 1))
            tips.append((middle, np.tile(ahead[end] * sign, (sides + 1, 1)), uvs[end]))
        rings = np.concatenate([[tips[1][0], tips[0][0]], rings, [tips[2][0], tips[3][0]]])
        normals = np.concatenate([[tips[1][1], tips[0][1]], normals, [tips[2][1], tips[3][1]]])
        uvs = np.concatenate([[tips[1][2], tips[0][2]], uvs, [tips[2][2], tips[3][2]]])
    faces = _strips(len(rings), sides + 1)
    return _tidy(shape(rings.reshape(-1, 3), faces[:, ::-1], normals.reshape(-1, 3), uvs.reshape(-1, 2)))


def curve(points: Sequence[tuple[float, float, float]], count: int) -> Array:
    """A smooth path through points (Catmull-Rom, centripetal enough for evenly spread ones)."""
    p = np.array(points, float)
    p = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
    found = []
    for s in np.linspace(0.0, len(points) - 1 - 1e-9, count):
        index, t = int(s), s - int(s)
        a, b, c, d = p[index : index + 4]
        found.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.array(found)


def bolt(radius: float, height: float) -> Shape:
    """A cup-headed bolt's head on a flat washer, standing on z = 0."""
    r, h = radius, height
    return lathe(
        ((r * 1.35, 0.0), (r * 1.35, h * 0.22), (r, h * 0.24), (r * 0.95, h * 0.55), (r * 0.6, h * 0.9), (0.0, h)), 10, 40.0
    )


def screw(radius: float) -> Shape:
    """A countersunk screw's head, all but flush, on z = 0."""
    r = radius
    return lathe(((r, -0.0006), (r * 0.92, 0.0004), (0.0, 0.0007)), 8, 90.0)


def lit(shapes: Sequence[Shape], rays: int = 40, reach: float = 0.5, floor: float | None = 0.0) -> list[Shape]:
    """Shapes with ambient occlusion: how far rays get over each vertex before they meet one of them, or the floor.

    Rays are `reach` metres long, cosine-weighted and the same for every vertex, so the result is smooth and repeatable.
    """
    corners = np.concatenate([each.positions[each.triangles] for each in shapes]).astype(np.float32)
    middles, radii = corners.mean(axis=1), np.linalg.norm(corners - corners.mean(axis=1, keepdims=True), axis=2).max(axis=1)
    index = np.arange(rays) + 0.5
    up, turn = np.sqrt(1.0 - index / rays), np.pi * (1.0 + 5.0**0.5) * index
    local = np.column_stack([np.sqrt(1.0 - up * up) * np.cos(turn), np.sqrt(1.0 - up * up) * np.sin(turn), up])
    solid = _Solid(corners, middles, radii, local, reach, floor)
    finished = []
    for each in shapes:
        light = np.array([solid.open(p, n) for p, n in zip(each.positions, each.normals, strict=True)])
        finished.append(replace(each, light=light * each.light))
    return finished


@dataclass(frozen=True, eq=False)
class _Solid:
    """What rays may meet: triangles with their bounding balls, a floor; and the rays themselves around a normal."""

    corners: NDArray[np.float32]
    middles: NDArray[np.float32]
    radii: NDArray[np.float32]
    local: Array
    reach: float
    floor: float | None

    def open(self, point: Array, normal: Array) -> float:
        """How far rays get from a point, 0.12 (nowhere) to 1 (all of their reach)."""
        helper = np.array((0.0, 0.0, 1.0)) if abs(normal[2]) < 0.9 else np.array((1.0, 0.0, 0.0))
        side = np.cross(normal, helper)
        side /= np.linalg.norm(side)
        ways = (self.local @ np.array((side, np.cross(normal, side), normal))).astype(np.float32)
        start = (point + normal * 1.5e-3).astype(np.float32)
        near = np.linalg.norm(self.middles - start, axis=1) < self.reach + self.radii
        blocked = np.full(len(ways), self.reach)
        if near.any():
            a, e1, e2 = (
                self.corners[near, 0],
                self.corners[near, 1] - self.corners[near, 0],
                self.corners[near, 2] - self.corners[near, 0],
            )
            s = start - a
            q = np.cross(s, e1)
            det = ways @ np.cross(e2, e1).T
            inverse = 1.0 / np.where(np.abs(det) < 1e-12, np.inf, det)
            u = ways @ np.cross(e2, s).T * inverse
            v = ways @ q.T * inverse
            far = np.sum(e2 * q, axis=1)[None] * inverse
            hit = (u >= 0) & (v >= 0) & (u + v <= 1) & (far > 0) & (far < self.reach) & (np.abs(det) >= 1e-12)
            blocked = np.where(hit, far, self.reach).min(axis=1)
        if self.floor is not None:
            down = np.where(ways[:, 2] < -1e-6, (start[2] - self.floor) / np.maximum(-ways[:, 2], 1e-6), np.inf)
            blocked = np.minimum(blocked, np.clip(down, 0.0, self.reach))
        return float(np.mean(0.12 + 0.88 * blocked / self.reach))
