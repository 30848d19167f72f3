"""More shapes: boxes with round edges, mitred frames, swept profiles, and sheets between rows of points.

As in `shapes`: metres, z up, uvs in metres, counter-clockwise from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assets.generators.shapes import Array, Faces, Shape, join, shape
from engine.view.geometry.surfaces import smooth_normals, unit

Points = Sequence[tuple[float, float]]


def soft_box(width: float, depth: float, height: float, radius: float, *, steps: int = 1, cell: float = 0.0) -> Shape:
    """A box along x, y, z, centred, with round edges and corners; `steps` facets make up an edge's quarter round but one.

    `cell` cuts the flat faces into squares no larger than that, for light to be baked on; 0: not at all.
    """
    half = np.array((width, depth, height)) / 2
    inner = half - radius

    def stations(axis: int) -> Array:
        count = max(1, int(np.ceil(2 * inner[axis] / cell))) if cell > 0.0 else 1
        flat = np.linspace(-inner[axis], inner[axis], count + 1)
        turn = np.tan(np.linspace(0.0, np.pi / 4, steps + 1)[1:])
        return np.concatenate([-inner[axis] - radius * turn[::-1], flat, inner[axis] + radius * turn])

    sides = []
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        u, v = np.meshgrid(stations(one), stations(two), indexing="ij")
        for sign in (-1.0, 1.0):
            points = np.empty((*u.shape, 3))
            points[..., axis], points[..., one], points[..., two] = sign * half[axis], u, v
            core = np.clip(points, -inner, inner)
            away = unit(points - core).astype(float)
            uvs = np.stack([u * sign, v] if axis != 1 else [-v * sign, u], -1)
            faces = strips(*u.shape)
            sides.append(
                shape(
                    (core + radius * away).reshape(-1, 3),
                    faces[:, ::-1] if sign > 0 else faces,
                    away.reshape(-1, 3),
                    uvs.reshape(-1, 2),
                )
            )
    return join(sides)


def strips(rows: int, columns: int) -> Faces:
    """Triangles between rows of equally many points; they face along cross(next column, next row)."""
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    return np.concatenate([np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)])


def tidy(made: Shape) -> Shape:
    """Without triangles of no area, and without the vertices that nothing uses then."""
    corners = made.positions[made.triangles]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    return picked(made, area > 1e-10)


def picked(made: Shape, which: NDArray[np.bool_] | np.bool_) -> Shape:
    """Only some of its triangles, by a truth for each."""
    kept = made.triangles[which]
    used, renamed = np.unique(kept.ravel(), return_inverse=True)
    return Shape(
        made.positions[used],
        made.normals[used],
        made.uvs[used],
        renamed.reshape(-1, 3).astype(np.int64),
        made.tint[used],
        made.light[used],
    )


def without(made: Shape, *facing: tuple[float, float, float]) -> Shape:
    """Without the flat faces that look in these directions, because nobody can see them."""
    normals = made.normals[made.triangles]
    hidden = np.zeros(len(made.triangles), bool)
    for direction in facing:
        hidden |= (normals @ np.array(direction) > 0.999).all(axis=1)
    return picked(made, ~hidden)


def sheet(points: Array, *, around: bool = False, flip: bool = False) -> Shape:
    """A surface through rows x columns x 3 points; it faces along cross(next column, next row), or away from it by `flip`.

    `around`: the last column meets the first. Normals are smooth, uvs are metres along columns and rows.
    """
    rows, columns = points.shape[:2]
    across = np.linalg.norm(np.diff(points, axis=1), axis=2)
    along = np.linalg.norm(np.diff(points, axis=0), axis=2)
    u = np.concatenate([np.zeros((rows, 1)), np.cumsum(across, axis=1)], axis=1)
    u = np.broadcast_to(u.mean(axis=0), (rows, columns))
    v = np.concatenate([np.zeros(1), np.cumsum(along.mean(axis=1))])
    uvs = np.stack([u, np.broadcast_to(v[:, None], (rows, columns))], -1).reshape(-1, 2)
    faces = strips(rows, columns)
    flat = points.reshape(-1, 3)
    normals = smooth_normals(flat, faces).astype(float)
    if around:
        grid = normals.reshape(rows, columns, 3)
        seam = unit(grid[:, 0] + grid[:, -1])
        grid[:, 0], grid[:, -1] = seam, seam
        normals = grid.reshape(-1, 3)
    if flip:
        return shape(flat, faces[:, ::-1], -normals, uvs)
    return shape(flat, faces, normals, uvs)


def loft(rings: Array, *, capped: tuple[bool, bool] = (True, True)) -> Shape:
    """A closed skin over rows x columns x 3 points, each row a ring that runs counter-clockwise seen from the last row.

    The ends are closed by fans over the rings' middles, with soft shading where `capped`.
    """
    closed = np.concatenate([rings, rings[:, :1]], axis=1)
    rows = [closed]
    if capped[0]:
        rows.insert(0, np.broadcast_to(closed[:1, :-1].mean(axis=1, keepdims=True), closed[:1].shape))
    if capped[1]:
        rows.append(np.broadcast_to(closed[-1:, :-1].mean(axis=1, keepdims=True), closed[-1:].shape))
    made = sheet(np.concatenate(rows), around=True)
    normals = made.normals.reshape(-1, closed.shape[1], 3).copy()
    for end, sign in ((0, -1.0), (-1, 1.0)):
        if capped[0 if end == 0 else 1]:
            ring = closed[end, :-1]
            turn = np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0) - np.cross(
                np.broadcast_to(ring.mean(axis=0), ring.shape), np.roll(ring, -1, axis=0) - ring
            ).sum(axis=0)
            normals[end] = unit(turn * sign)
    return tidy(replace(made, normals=normals.reshape(-1, 3)))


def rounded(width: float, height: float, radius: float, steps: int = 3) -> Array:
    """The outline of a rectangle with round corners, counter-clockwise, centred: points x 2."""
    made = []
    for corner in range(4):
        a = np.pi / 2 * (corner + np.linspace(0.0, 1.0, steps + 1))
        middle = np.array(((1, 1), (-1, 1), (-1, -1), (1, -1))[corner]) * (width / 2 - radius, height / 2 - radius)
        made.append(middle + radius * np.column_stack([np.cos(a), np.sin(a)]))
    return np.concatenate(made)


def plate(outline: Array, thick: float, edge: float, *, back: bool = False) -> Shape:
    """A convex outline (counter-clockwise, x and y) made a plate on z = 0, its upper rim broken by `edge`; `back` closes it."""
    middle = outline.mean(axis=0)
    small = outline - edge * unit2(outline - middle)
    rows = [(outline, 0.0), (outline, thick - edge), (small, thick)]
    sides = np.stack([np.column_stack([ring, np.full(len(ring), z)]) for ring, z in rows])
    wall = sheet(np.concatenate([sides, sides[:, :1]], axis=1), around=True)
    out = unit(np.column_stack([outline - middle, np.zeros(len(outline))])).astype(float)
    rim = np.concatenate([out, out[:1]])
    wall = replace(wall, normals=np.concatenate([rim, rim, unit(rim + np.array((0.0, 0.0, 1.6))).astype(float)]))
    made = [wall, _fan(sides[2], (0.0, 0.0, 1.0))]
    if back:
        made.append(_fan(sides[0], (0.0, 0.0, -1.0)))
    return join(made)


def _fan(ring: Array, normal: tuple[float, float, float]) -> Shape:
    count = len(ring)
    fan = np.array([(0, index, index + 1) for index in range(1, count - 1)])
    fan = fan if normal[2] > 0 else fan[:, ::-1]
    return shape(ring, fan, np.tile(normal, (count, 1)), ring[:, :2].copy())


def extrude(profile: Points, length: float, *, smooth_deg: float = 35.0, cuts: int = 0) -> Shape:
    """A closed outline in (y, z) that does not cross itself, drawn out along x, centred, its ends closed.

    Corners sharper than `smooth_deg` keep an edge; `cuts` rows of vertices between the ends are for light to be baked on.
    """
    p = np.array(profile, float)
    ring, facing = _creased(p, smooth_deg)
    along = np.linspace(-length / 2, length / 2, cuts + 2)
    rows = np.stack([np.column_stack([np.full(len(ring), x), ring]) for x in along])
    normals = np.tile(np.column_stack([np.zeros(len(ring)), facing]), (cuts + 2, 1))
    u = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    uvs = np.concatenate([np.column_stack([u, np.full(len(ring), x)]) for x in along])
    side = shape(
        rows.reshape(-1, 3), strips(cuts + 2, len(ring))[:, ::-1] if _turn(p) < 0 else strips(cuts + 2, len(ring)), normals, uvs
    )
    ends = []
    for x, sign in ((-length / 2, -1.0), (length / 2, 1.0)):
        flat = np.column_stack([np.full(len(p), x), p])
        fan = _ears(p)
        ends.append(shape(flat, fan if sign > 0 else fan[:, ::-1], np.tile((sign, 0.0, 0.0), (len(p), 1)), p.copy()))
    return tidy(join([agreeing(side), *[agreeing(end) for end in ends]]))


def agreeing(made: Shape) -> Shape:
    """Triangles turned about where they look away from their vertices' normals."""
    corners = made.positions[made.triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    wrong = np.sum(faces * made.normals[made.triangles].mean(axis=1), axis=1) < 0.0
    return replace(made, triangles=np.where(wrong[:, None], made.triangles[:, ::-1], made.triangles))


def _turn(outline: Array) -> float:
    nxt = np.roll(outline, -1, axis=0)
    return float(np.sum(outline[:, 0] * nxt[:, 1] - nxt[:, 0] * outline[:, 1]))


def _ears(outline: Array) -> Faces:
    """Triangles of a simple polygon (ear clipping)."""
    left = list(range(len(outline)))
    sign = 1.0 if _turn(outline) > 0 else -1.0
    found = []

    def area(a: int, b: int, c: int) -> float:
        p, q, r = outline[a], outline[b], outline[c]
        return sign * float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    while len(left) > 3:
        for index in range(len(left)):
            a, b, c = left[index - 1], left[index], left[(index + 1) % len(left)]
            clear = all(min(area(a, b, d), area(b, c, d), area(c, a, d)) < 0.0 for d in left if d not in (a, b, c))
            if area(a, b, c) > 1e-12 and clear:
                found.append((a, b, c))
                del left[index]
                break
        else:
            break
    return np.array([*found, tuple(left[:3])], np.int64)


def _creased(outline: Array, smooth_deg: float) -> tuple[Array, Array]:
    """A closed outline's points, doubled at its creases and at its end, with the outward normal of each."""
    count = len(outline)
    steps = unit2(np.roll(outline, -1, axis=0) - outline)
    sign = 1.0 if _turn(outline) > 0 else -1.0
    outward = sign * np.column_stack([steps[:, 1], -steps[:, 0]])
    points, facing = [], []
    for index in range(count + 1):
        before, after = outward[(index - 1) % count], outward[index % count]
        point = outline[index % count]
        if before @ after < np.cos(np.radians(smooth_deg)):
            if index > 0:
                points.append(point)
                facing.append(before)
            if index < count:
                points.append(point)
                facing.append(after)
        else:
            points.append(point)
            facing.append(unit2((before + after)[None])[0])
    return np.array(points), np.array(facing)


def unit2(vectors: Array) -> Array:
    """Each row of two numbers scaled to length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12))


def frame(
    width: float, height: float, profile: Points, *, smooth_deg: float = 35.0, sides: str = "bottom right top left", cuts: int = 0
) -> Shape:
    """A frame in the x-z plane, mitred: `profile` is a closed outline of (inset from the outer edge, y), drawn round.

    Outer size `width` x `height`, centred on x, from z = 0 up. `sides` names those that are made, as one sees them who looks
    along +y; without the bottom, the uprights stand on z = 0.
    `cuts` rows of vertices between the corners are for light to be baked on.
    """
    p = np.array(profile, float)
    ring, facing = _creased(p, smooth_deg)
    u = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    shares = np.linspace(0.0, 1.0, cuts + 2)[:, None, None]
    corners = {
        "bottom": ((-1, 0), (1, 0), (0, 1)),
        "right": ((1, 0), (1, 1), (-1, 0)),
        "top": ((1, 1), (-1, 1), (0, -1)),
        "left": ((-1, 1), (-1, 0), (1, 0)),
    }
    made = []
    for name in sides.split():
        start, end, inward = corners[name]
        rows = []
        for x, z in (start, end):
            foot = ring[:, 0] if "bottom" in sides else np.zeros(len(ring))
            rows.append(np.column_stack([x * (width / 2 - ring[:, 0]), ring[:, 1], foot if z == 0 else height - ring[:, 0]]))
        points = rows[0] + (rows[1] - rows[0]) * shares
        normal = np.column_stack([facing[:, 0] * inward[0], facing[:, 1], facing[:, 0] * inward[1]])
        lengthwise = points[:, :, 0] if name in ("bottom", "top") else points[:, :, 2]
        uvs = np.stack([np.broadcast_to(u, lengthwise.shape), lengthwise], -1).reshape(-1, 2)
        made.append(
            agreeing(tidy(shape(points.reshape(-1, 3), strips(cuts + 2, len(ring)), np.tile(normal, (cuts + 2, 1)), uvs)))
        )
    return join(made)
