"""Forms that made things are of: rounded blocks, pressed shells, sections swept along a path, bent tubes, castors.

They give bare triangles and let `solid` find the normals: faces that meet at more than an angle keep their edge, the others are
smooth, and a large face weighs more than the bevel beside it, so that flat things stay flat and only their edges turn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from assets.generators.shapes import Array, Faces, Shape, lathe, shape

Ring = Array
"""Points of a closed line in space, k x 3, the first not repeated."""


def solid(positions: Array, triangles: Faces, crease_deg: float = 38.0, uvs: Array | None = None) -> Shape:
    """A shape of triangles that share vertices, its normals found; without `uvs` it is mapped in metres from the six sides."""
    corners = positions[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(faces, axis=1)
    kept = area > 2e-12
    triangles, faces, ways = triangles[kept], faces[kept], faces[kept] / area[kept, None]
    places, where = np.unique(np.round(positions * 1e6).astype(np.int64), axis=0, return_inverse=True)
    flat = triangles.ravel()
    at, owner = where.ravel()[flat], np.repeat(np.arange(len(triangles)), 3)
    order = np.argsort(at, kind="stable")
    starts = np.searchsorted(at[order], np.arange(len(places) + 1))
    normals = np.empty((len(flat), 3))
    limit = np.cos(np.radians(crease_deg))
    for first, end in pairwise(starts):
        mine = order[first:end]
        near = owner[mine]
        normals[mine] = (ways[near] @ ways[near].T >= limit) @ faces[near]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-15)
    axis, points = np.abs(ways).argmax(axis=1)[owner], positions[flat]
    sides = np.column_stack([np.where(axis == 0, points[:, 1], points[:, 0]), np.where(axis == 2, points[:, 1], points[:, 2])])
    mapped = sides if uvs is None else uvs[flat]
    keys = np.column_stack([points * 1e6, normals * 1e3, mapped * 1e5]).round().astype(np.int64)
    _, chosen, index = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return shape(points[chosen], index.reshape(-1, 3), normals[chosen], mapped[chosen])


def block(
    size: Sequence[float],
    radius: float,
    *,
    cells: Sequence[int | Sequence[float]] = (1, 1, 1),
    steps: int = 1,
    bend: Callable[[Array], Array] | None = None,
) -> Shape:
    """A box, centred, all its edges rounded by `radius` in two times `steps` facets; `bend` moves its points.

    `cells` is how many a flat side has along x, y, z, or where its rows lie: shares of the flat part's half, -1 to 1.
    """
    half = np.asarray(size, float) / 2
    r = min(radius, float(half.min()))
    core = half - r
    lean = np.tan(np.radians(np.linspace(-45.0, 0.0, steps + 1)))[:-1]
    points: list[Array] = []
    faces: list[Faces] = []
    count = 0
    for axis in range(3):
        a, b = (axis + 1) % 3, (axis + 2) % 3
        nodes = []
        for across in (a, b):
            said = cells[across]
            shares = np.linspace(-1.0, 1.0, said + 1) if isinstance(said, int) else np.asarray(said, float)
            inner = core[across] * shares if core[across] > 1e-9 else np.zeros(1)
            at = np.concatenate([np.full(steps, inner[0]), inner, np.full(steps, inner[-1])])
            nodes.append((at, np.concatenate([lean, np.zeros(len(inner)), -lean[::-1]])))
        (pa, ta), (pb, tb) = nodes
        for side in (-1.0, 1.0):
            middle, out = np.zeros((len(pa), len(pb), 3)), np.zeros((len(pa), len(pb), 3))
            middle[..., a], middle[..., b], middle[..., axis] = pa[:, None], pb[None, :], side * core[axis]
            out[..., a], out[..., b], out[..., axis] = ta[:, None], tb[None, :], side
            out /= np.linalg.norm(out, axis=-1, keepdims=True)
            points.append((middle + r * out).reshape(-1, 3))
            index = count + np.arange(len(pa) * len(pb)).reshape(len(pa), len(pb))
            p, q, s, t = (each.ravel() for each in (index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]))
            grid = np.concatenate([np.column_stack([p, q, s]), np.column_stack([p, s, t])])
            faces.append(grid if side > 0 else grid[:, ::-1])
            count += index.size
    made = np.concatenate(points)
    return solid(bend(made) if bend else made, np.concatenate(faces), 60.0)


def rounded(width: float, height: float, radius: float, corner: int = 4) -> Array:
    """A rectangle with round corners, centred, counter-clockwise: 4 x (`corner` + 1) points of (x, y)."""
    r = min(radius, width / 2, height / 2)
    turn = np.radians(np.linspace(0.0, 90.0, corner + 1))
    quarters = []
    for index, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        a = turn + np.pi / 2 * index
        quarters.append(np.column_stack([np.cos(a), np.sin(a)]) * r + (sx * (width / 2 - r), sy * (height / 2 - r)))
    return np.concatenate(quarters)


def oval(width: float, height: float, count: int = 24, power: float = 2.0) -> Array:
    """A superellipse, centred, counter-clockwise, `count` points of (x, y); `power` 2 is an ellipse, larger is squarer."""
    turn = np.arange(count) * 2.0 * np.pi / count
    c, s = np.cos(turn), np.sin(turn)
    return np.column_stack(
        [np.sign(c) * np.abs(c) ** (2.0 / power) * width / 2, np.sign(s) * np.abs(s) ** (2.0 / power) * height / 2]
    )


def grown(outline: Array, by: float) -> Array:
    """A counter-clockwise outline moved outwards; inwards if `by` is negative (by less than its corners' radius)."""
    edges = np.roll(outline, -1, axis=0) - outline
    edges = edges / np.maximum(np.linalg.norm(edges, axis=1, keepdims=True), 1e-12)
    out = np.column_stack([edges[:, 1], -edges[:, 0]])
    mean = out + np.roll(out, 1, axis=0)
    mean /= np.maximum(np.sum(mean * out, axis=1, keepdims=True), 0.3)
    return np.asarray(outline + by * mean)


def level(outline: Array, height: float, x: float = 0.0, y: float = 0.0) -> Ring:
    """An outline lying at a height."""
    return np.column_stack([outline[:, 0] + x, outline[:, 1] + y, np.full(len(outline), height)])


def upright(outline: Array, depth: float, x: float = 0.0, z: float = 0.0) -> Ring:
    """An outline standing at a depth, as one sees it who looks at its front from +y: its x runs to our -x."""
    return np.column_stack([x - outline[:, 0], np.full(len(outline), depth), outline[:, 1] + z])


def stack(
    rings: Sequence[Ring],
    *,
    crease_deg: float = 38.0,
    open_start: bool = False,
    open_end: bool = False,
    uvs: Array | None = None,
) -> Shape:
    """Skin over rings of equally many points, from the first to the last, both closed by a fan unless open.

    Rings that turn counter-clockwise as seen from where the last one lies give a skin seen from outside. `uvs` are for each point
    of each ring.
    """
    count = len(rings[0])
    points, mapped = np.concatenate(rings), uvs
    index = np.arange(len(points)).reshape(len(rings), count)
    a, b = index[:-1].ravel(), np.roll(index[:-1], -1, axis=1).ravel()
    c, d = index[1:].ravel(), np.roll(index[1:], -1, axis=1).ravel()
    faces = [np.column_stack([a, b, d]), np.column_stack([a, d, c])]
    for ring, closed in ((0, not open_start), (len(rings) - 1, not open_end)):
        if not closed:
            continue
        middle, edge = len(points), index[ring]
        points = np.concatenate([points, rings[ring].mean(axis=0, keepdims=True)])
        mapped = None if mapped is None else np.concatenate([mapped, mapped[edge].mean(axis=0, keepdims=True)])
        fan = np.column_stack([np.full(count, middle), edge, np.roll(edge, -1)])
        faces.append(fan[:, ::-1] if ring == 0 and not (len(rings) == 1 and open_start) else fan)
    return solid(points, np.concatenate(faces), crease_deg, mapped)


def panel(outline: Array, thick: float, bevel: float, steps: int = 2) -> Shape:
    """A plate lying on z = 0 with rounded edges above and below; the outline may be any that its middle sees all of."""
    b = min(bevel, thick / 2 - 1e-5)
    turns = np.radians(np.linspace(0.0, 90.0, steps + 1))
    low = [(b - b * float(np.sin(t)), b - b * float(np.cos(t))) for t in turns]
    return stack([level(grown(outline, -inset), z) for inset, z in low + [(inset, thick - z) for inset, z in reversed(low)]])


def sweep(
    path: Array,
    outline: Array,
    *,
    scale: Array | None = None,
    up: Sequence[float] = (0.0, 0.0, 1.0),
    crease_deg: float = 38.0,
    ends: float = 0.0,
) -> Shape:
    """A section drawn along a path: its x to the right of the way, its y towards `up`; `ends` metres at both ends are round.

    `scale` is how large the section is at each point of the path, one number or two (x, y).
    """
    p = np.asarray(path, float)
    ahead = np.gradient(p, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    right = np.cross(ahead, np.asarray(up, float))
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    above = np.cross(right, ahead)
    sizes = np.ones((len(p), 2)) if scale is None else np.broadcast_to(np.asarray(scale, float).reshape(len(p), -1), (len(p), 2))
    if ends > 0.0:
        reach = float(np.abs(outline).max())
        extra = [(ends * np.sin(t), 1.0 - ends / reach * (1.0 - np.cos(t))) for t in np.radians((90.0, 60.0, 30.0))]
        p = np.concatenate([[p[0] - ahead[0] * s for s, _ in extra], p, [p[-1] + ahead[-1] * s for s, _ in reversed(extra)]])
        factor = np.concatenate([[k for _, k in extra], np.ones(len(sizes)), [k for _, k in reversed(extra)]])
        right, above, sizes = (np.concatenate([each[[0] * 3], each, each[[-1] * 3]]) for each in (right, above, sizes))
        sizes = sizes * factor[:, None]
    closed = np.concatenate([outline, outline[:1]])[::-1]
    rings = [at + closed[:, :1] * k[0] * r + closed[:, 1:] * k[1] * u for at, r, u, k in zip(p, right, above, sizes, strict=True)]
    around = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))])
    uvs = np.stack(np.broadcast_arrays(around[None], along[:, None]), -1).reshape(-1, 2)
    return stack(rings, crease_deg=crease_deg, uvs=uvs)


def aired(made: Shape, least: float) -> Shape:
    """With no vertex darker than `least`: for long pieces whose only vertices stand hidden in what they are fixed to."""
    return replace(made, light=np.maximum(made.light, least))


def mirrored(made: Shape, axis: int = 0) -> Shape:
    """The same on the other side: x (0) or y (1) turned about."""
    sign = np.ones(3)
    sign[axis] = -1.0
    return replace(made, positions=made.positions * sign, normals=made.normals * sign, triangles=made.triangles[:, ::-1])


def facing(width: float, height: float) -> Shape:
    """One flat upright rectangle that looks to +y, centred, its uvs 0-1 as one reads it: a screen, a label."""
    x, z = width / 2, height / 2
    points = np.array(((x, 0, -z), (-x, 0, -z), (-x, 0, z), (x, 0, z)), float)
    uvs = np.array(((0, 0), (1, 0), (1, 1), (0, 1)), float)
    return shape(points, np.array(((0, 1, 2), (0, 2, 3))), np.tile((0.0, 1.0, 0.0), (4, 1)), uvs)


def bends(points: Sequence[Sequence[float]] | Array, radius: float, steps: int = 4, closed: bool = False) -> Array:
    """A path of straight lines with its corners rounded, as a tube is bent; `closed` rounds the first and last corner too."""
    p = np.asarray(points, float)
    count = len(p)
    found: list[Array] = [] if closed else [p[0]]
    for index in range(0 if closed else 1, count if closed else count - 1):
        before, here, after = p[index - 1], p[index], p[(index + 1) % count]
        one, two = before - here, after - here
        one, two = one / np.linalg.norm(one), two / np.linalg.norm(two)
        half = np.arccos(np.clip(one @ two, -1.0, 1.0)) / 2
        reach = min(radius / np.tan(half), np.linalg.norm(before - here) / 2, np.linalg.norm(after - here) / 2)
        inner = reach * np.tan(half)
        middle = here + (one + two) / np.linalg.norm(one + two) * np.hypot(reach, inner)
        start, end = here + one * reach - middle, here + two * reach - middle
        angle = np.arccos(np.clip(start @ end / inner**2, -1.0, 1.0))
        for t in np.linspace(0.0, 1.0, steps + 1):
            found.append(middle + (np.sin((1 - t) * angle) * start + np.sin(t * angle) * end) / np.sin(angle))
    if not closed:
        found.append(p[-1])
    return np.array(found)


def castor(radius: float, width: float, fork: float, sides: int = 12, *, arch: int = 7) -> tuple[list[Shape], list[Shape]]:
    """A swivel castor below (0, 0, `fork`): its hood, bent in `arch` points; its tyre and hub, on z = 0, which trail to -y."""
    lean = -0.32 * radius
    w, r = width / 2, radius
    tyre = lathe(((r * 0.62, -w), (r * 0.92, -w), (r, -w * 0.5), (r, w * 0.5), (r * 0.92, w), (r * 0.62, w)), sides, 60.0)
    hub = lathe(
        ((0.0, -w * 0.8), (r * 0.52, -w * 0.8), (r * 0.63, -w), (r * 0.63, w), (r * 0.52, w * 0.8), (0.0, w * 0.8)),
        sides * 3 // 4,
        60.0,
    )
    wheels = [each.turned("y", 90).moved(y=lean, z=radius) for each in (tyre, hub)]
    turn = np.radians(np.linspace(-20.0, 200.0, arch))
    bow = np.column_stack([np.zeros(arch), lean + 1.1 * radius * np.cos(turn), radius + 1.1 * radius * np.sin(turn)])
    hood = sweep(bow, rounded(width * 1.25, radius * 0.16, radius * 0.06, 1), up=(1.0, 0.0, 0.0), crease_deg=50.0)
    return [hood], wheels
