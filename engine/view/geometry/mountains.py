"""Forests and mountains beyond the near ground: one mesh around the lake, with a colour and a normal map painted from the relief
at several times its fineness, so that ribs and snow fields show that no triangle carries.

What is finer still, ledges and the edges of the snow, `engine/view/render/mountains.glsl` draws by a tiling map of crags.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.mesh import Floats, Material, Mesh, Pixels
from engine.view.geometry.noise import Numbers, fbm, smoothstep
from engine.view.geometry.paint import blend, crags, encoded, mix
from engine.view.geometry.relief import REACH, Relief
from engine.view.geometry.surfaces import Triangles, make_mesh, tangents, unit

FAR_FROM = 46.0
"""Metres inland at which it begins."""
COLUMNS, ROWS = 640, 84
"""Of the mesh, around and outwards."""
FINE = (5, 3)
"""Texels to a row and to a column of it: rows lie further apart than columns."""

FOREST, MEADOW = (0.034, 0.055, 0.026), (0.105, 0.120, 0.048)
ROCK, SCREE, SNOW = (0.175, 0.168, 0.162), (0.270, 0.255, 0.235), (0.80, 0.84, 0.90)


def glades(relief: Relief, x: Numbers, y: Numbers) -> Floats:
    """Where woods on the slopes are open, 0 to 1: meadows, screes and bald rock, with ragged edges."""
    open_land = fbm(x / 120.0, y / 120.0, relief.seed + 87, 3) + 0.22 * fbm(x / 19.0, y / 19.0, relief.seed + 90, 2)
    return smoothstep(0.12, 0.26, -open_land)


def placed(bearing: Numbers, distance: Numbers, height: Numbers) -> Floats:
    """Points at bearings, distances and heights, ... x 3."""
    x, y, z = np.broadcast_arrays(distance * np.sin(bearing), distance * np.cos(bearing), height)
    return np.stack([x, y, z], axis=-1).astype(np.float32)


def grid_triangles(rows: int, columns: int) -> Triangles:
    """Two triangles a cell; rows go outwards and columns clockwise, so they are counter-clockwise seen from above."""
    index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    even = (np.add.outer(np.arange(rows - 1), np.arange(columns - 1)) % 2 == 0)[..., None]
    one = np.where(even, np.stack([a, b, d], -1), np.stack([a, b, c], -1))
    two = np.where(even, np.stack([a, d, c], -1), np.stack([b, d, c], -1))
    return np.concatenate([one.reshape(-1, 3), two.reshape(-1, 3)])


@dataclass(frozen=True, eq=False)
class Mountains:
    """The mesh, and what it takes to say how high it stands somewhere: bearings (columns), metres to the first row along each,
    shares of the way from there to the last row, and heights (rows x columns)."""

    mesh: Mesh
    bearings: Floats
    first: Floats
    steps: Floats
    heights: Floats

    def height(self, x: Numbers, y: Numbers) -> Floats:
        """Metres above the water of the mesh itself, not of the relief that it cannot follow everywhere."""
        bearing, distance = np.arctan2(x, y), np.hypot(x, y)
        rows, columns = self.heights.shape
        column = np.clip(np.interp(bearing, self.bearings, np.arange(columns)), 0.0, columns - 1.001)
        left = column.astype(np.int64)
        u = column - left
        start = self.first[left] * (1.0 - u) + self.first[left + 1] * u
        share = np.log(np.maximum(distance / start, 1.0)) / np.log(REACH / start)
        row = np.clip(np.interp(share, self.steps, np.arange(rows)), 0.0, rows - 1.001)
        low = row.astype(np.int64)
        v = row - low
        near, far = (self.heights[each, left] * (1.0 - u) + self.heights[each, left + 1] * u for each in (low, low + 1))
        return np.asarray(near * (1.0 - v) + far * v, np.float32)


def build_mountains(relief: Relief, bearings: Floats, frozen: bool) -> Mountains:
    """Forests and mountains from `FAR_FROM` metres inland to the last crest, at fine bearings."""
    first = relief.out(bearings, np.full(len(bearings), FAR_FROM))[None]
    steps = _outwards(ROWS * FINE[0] + 1)[:, None]
    distance = (first * (REACH / first) ** steps).astype(np.float32)
    height = relief.height(bearings[None], distance)
    places = placed(bearings[None], distance, height)
    canopy, colour_map, bare = _paint(relief, places, _grid_normals(places), frozen)
    texel_normals = _grid_normals(placed(bearings[None], distance, height + canopy))
    coarse = placed(bearings[None], distance, _outlined(height))[:: FINE[0], :: FINE[1]]
    rows, columns = coarse.shape[:2]
    positions = coarse.reshape(-1, 3).copy()
    _close_seam(positions.reshape(rows, columns, 3))
    faces = grid_triangles(rows, columns)
    normals = _grid_normals(coarse).reshape(-1, 3)
    size = np.array((COLUMNS * FINE[1] + 1, ROWS * FINE[0] + 1), np.float32)
    column, row = np.meshgrid(np.arange(columns) * FINE[1] + 0.5, np.arange(rows) * FINE[0] + 0.5)
    uvs = (np.stack([column, row], -1).reshape(-1, 2) / size).astype(np.float32)
    normal_map = _relief_map(texel_normals, normals, tangents(positions, normals, uvs, faces), rows, columns)
    normal_map = np.dstack([normal_map, np.round(bare[::-1] * 255.0).astype(np.uint8)])
    material = Material(
        "mountains", roughness=0.95, rugged=True, colour_map=colour_map, normal_map=normal_map, surface_map=crags(512)
    )
    colours = np.ones((len(positions), 4), np.float32)
    mesh = make_mesh(material, positions, faces, normals=normals, uvs=uvs, colours=colours)
    every = np.asarray(steps[:: FINE[0], 0], np.float32)
    return Mountains(mesh, bearings[:: FINE[1]], first[0, :: FINE[1]], every, positions.reshape(rows, columns, 3)[..., 2])


def _outwards(count: int) -> Floats:
    """Shares of the way from shore to last crest, in equal ratios of distance: closest where slopes face the lake and are seen in
    their full height."""
    even = np.linspace(0.0, 1.0, 2001)
    weight = 0.6 + 1.0 * _between(even, 0.20, 0.42) + 2.6 * _between(even, 0.54, 0.75) + 1.5 * _between(even, 0.83, 0.95)
    share = np.cumsum(weight)
    share = (share - share[0]) / (share[-1] - share[0])
    return np.interp(np.linspace(0.0, 1.0, count), share, even).astype(np.float32)


def _between(x: Numbers, low: float, high: float) -> Floats:
    return np.asarray(smoothstep(low - 0.05, low + 0.05, x) * (1.0 - smoothstep(high - 0.05, high + 0.05, x)), np.float32)


def _outlined(height: Floats) -> Floats:
    """Heights for a mesh of fewer rows: without what is finer than it, which would make its crests jump, but as high as crests
    that lie between its rows, so that it has their outline; the rings nearest the shore stay exact."""
    soft = height.copy()
    soft[1:-1] = 0.25 * (height[:-2] + 2.0 * height[1:-1] + height[2:])
    reach = FINE[0] // 2 + 1
    rows = height.shape[0]
    inner = np.maximum.reduce([height[reach + shift : rows - reach + shift] for shift in range(1 - reach, reach)])
    ends = np.maximum(height[: rows - 2 * reach], height[2 * reach :])
    soft[reach:-reach] = np.where(inner > ends, inner, soft[reach:-reach])
    soft[:, 1:-1] = (soft[:, :-2] + 4.0 * soft[:, 1:-1] + soft[:, 2:]) / 6.0
    soft[: 2 * FINE[0]], soft[:, -1] = height[: 2 * FINE[0]], soft[:, 0]
    return soft


def _close_seam(grid: Floats) -> None:
    """The first ring has twice the near ground's columns: odd ones go onto its straight edges, so no gap shows."""
    grid[0, 1:-1:2] = 0.5 * (grid[0, 0:-2:2] + grid[0, 2::2])


def _grid_normals(places: Floats) -> Floats:
    """Normals of a grid of points by its central differences."""
    across = np.empty_like(places)
    across[:, 1:-1] = places[:, 2:] - places[:, :-2]
    across[:, 0] = across[:, -1] = places[:, 1] - places[:, -2]
    outwards = np.empty_like(places)
    outwards[1:-1] = places[2:] - places[:-2]
    outwards[0], outwards[-1] = places[1] - places[0], places[-1] - places[-2]
    return unit(np.cross(across, outwards))


def _paint(relief: Relief, places: Floats, normals: Floats, frozen: bool) -> tuple[Floats, Pixels, Floats]:
    """How high crowns stand over the ground, metres; its colour by height, slope and hollows: forest, scree, rock; in its alpha
    how much snow lies there; and how bare it is, 0 to 1."""
    x, y, z = places[..., 0], places[..., 1], places[..., 2]
    steep = 1.0 - normals[..., 2]
    patches = fbm(x / 60.0, y / 60.0, relief.seed + 71, 4, 0.6)
    broad = fbm(x / 420.0, y / 420.0, relief.seed + 72, 3)
    hollow = _hollows(z, 3)
    speck = fbm(x / 7.0, y / 7.0, relief.seed + 73, 2)
    colour = mix((0.008, 0.014, 0.009), FOREST, smoothstep(-0.45, 0.45, speck))
    colour = blend(
        colour, (0.046, 0.062, 0.020), 0.4 * smoothstep(0.15, 0.6, broad + 0.6 * patches) * smoothstep(-0.2, 0.5, speck)
    )
    # Snow slides down the fall line, which on these slopes leads towards the lake.
    streak = fbm(np.arctan2(x, y) * 60.0, np.log(np.hypot(x, y)) * 5.0, relief.seed + 74, 2, 0.6)
    treeline = 300.0 + 110.0 * broad + 90.0 * patches
    inland = smoothstep(200.0, 340.0, np.hypot(x, y))
    bald = glades(relief, x, y) * inland
    wooded = (1.0 - smoothstep(-30.0, 60.0, z - treeline)) * (1.0 - bald)
    colour = blend(
        colour, mix(MEADOW, (0.090, 0.094, 0.050), smoothstep(-0.3, 0.4, patches)), smoothstep(0.0, 90.0, z - treeline)
    )
    # Glades: grass where it is flat, rock that the ice has left bare where it is steep or high.
    colour = blend(colour, mix((0.052, 0.068, 0.026), MEADOW, smoothstep(-0.3, 0.5, patches)), bald)
    colour = blend(colour, ROCK, 0.75 * bald * smoothstep(-0.1, 0.35, patches + 0.004 * (z - 120.0) + 1.2 * (steep - 0.2)))
    bare = smoothstep(0.0, 120.0, z - treeline - 70.0 + 260.0 * (steep - 0.25))
    # Beds of rock, tilted, each of nearly one tone; below the cliffs what falls off them lies in fans.
    beds = z + 0.10 * x - 0.06 * y + 34.0 * broad + 12.0 * patches
    layers = 0.5 + 0.12 * np.sin(beds / 15.0) + 0.14 * np.sin(beds / 6.1 + 1.0)
    rock = mix((0.098, 0.094, 0.094), ROCK, layers)
    stones = blend(rock, SCREE, 0.8 * (1.0 - smoothstep(0.14, 0.30, steep - 0.08 * streak)))
    colour = blend(colour, stones, np.maximum(bare, smoothstep(0.30, 0.42, steep) * smoothstep(90.0, 200.0, z)))
    # Snow lies the deeper the higher, slides off what is steep and off ribs, and fills couloirs and the hollows under cliffs.
    bowl = np.clip(0.45 * hollow + 0.75 * _hollows(z, 10), -1.0, 1.0)
    snowline = (300.0 if frozen else 520.0) + 80.0 * broad
    high = smoothstep(-60.0, 260.0, z - snowline + 230.0 * bowl + 50.0 * patches)
    holds = 1.0 - smoothstep(0.22, 0.58, steep - 0.24 * bowl + 0.10 * streak)
    snow = _evened(high * holds)
    if frozen:
        dusted = smoothstep(0.0, 0.5, 0.75 - 1.6 * steep + 0.4 * patches) * (0.75 - 0.35 * smoothstep(0.0, 1.0, speck))
        colour = blend(colour, SNOW, np.clip(dusted * (1.0 - 0.55 * wooded), 0.0, 0.95))
    colour *= (1.0 + 0.10 * patches - 0.22 * np.clip(hollow, 0.0, 1.0))[..., None]
    pixels = encoded(colour)
    pixels[..., 3] = np.round(snow[::-1] * 255.0)
    return np.asarray(wooded * np.maximum(speck, -0.5) * 2.6, np.float32), pixels, np.asarray(1.0 - wooded, np.float32)


def _evened(share: Floats) -> Floats:
    """A grid averaged with its neighbours: what is as narrow as one texel would show as that texel."""
    for axis in (0, 1):
        share = 0.25 * (np.roll(share, 1, axis) + 2.0 * share + np.roll(share, -1, axis))
    return share


def _hollows(height: Floats, reach: int) -> Floats:
    """Positive where the ground lies lower than around it, -1 to 1, judged against its own roughness."""
    total = height
    for axis in (0, 1):
        total = np.asarray(sum(np.roll(total, shift, axis) for shift in range(-reach, reach + 1)) / (2 * reach + 1))
    difference = total - height
    return np.asarray(np.clip(difference / (np.abs(difference).mean() * 2.5), -1.0, 1.0), np.float32)


def _relief_map(texels: Floats, normals: Floats, tangent: Floats, rows: int, columns: int) -> Pixels:
    """The fine normals as a tangent-space map over the coarse mesh's own interpolated frames."""
    n = _stretched(normals.reshape(rows, columns, 3))
    t = _stretched(tangent[:, :3].reshape(rows, columns, 3))
    t = unit(t - n * np.sum(n * t, axis=-1, keepdims=True))
    b = np.cross(n, t) * tangent[0, 3]
    local = np.stack([np.sum(texels * axis, axis=-1) for axis in (t, b, n)], axis=-1)
    local[..., 2] = np.maximum(local[..., 2], 0.05)
    return np.asarray(np.round(unit(local)[::-1] * 127.5 + 127.5), np.uint8)


def _stretched(grid: Floats) -> Floats:
    """A coarse grid of directions drawn out to the texels between."""
    for axis in (0, 1):
        fine = FINE[axis]
        low = np.repeat(np.take(grid, range(grid.shape[axis] - 1), axis), fine, axis)
        high = np.repeat(np.take(grid, range(1, grid.shape[axis]), axis), fine, axis)
        shape = [1, 1, 1]
        shape[axis] = -1
        share = np.tile(np.arange(fine, dtype=np.float32) / fine, low.shape[axis] // fine).reshape(shape)
        last = np.take(grid, [-1], axis)
        grid = np.concatenate([low + share * (high - low), last], axis=axis)
    return unit(grid)
