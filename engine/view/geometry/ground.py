"""The ground as meshes: rings around the origin whose triangles all look about equally large from the dock.

Near the shore, vertex colours over small tiling textures; beyond `FAR_FROM` metres inland, one mesh with a colour and a normal
map painted from the relief at several times the mesh's fineness, so that ribs and
snow fields show that no triangle carries.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.mesh import Floats, Material, Mesh, Pixels
from engine.view.geometry.noise import Numbers, fbm, noise, smoothstep
from engine.view.geometry.paint import blend, encoded, mix, pebbles, tiling, turf
from engine.view.geometry.relief import REACH, Relief
from engine.view.geometry.surfaces import Triangles, make_mesh, smooth_normals, tangents, unit

FAR_FROM = 46.0
COLUMNS, ROWS = 512, 72
"""Of the far mesh, around and outwards."""
FINE = (8, 3)
"""Texels to a row and to a column of it: rows lie further apart than columns."""
NEAR_COLUMNS = COLUMNS // 2

GRASS, MOSS, EARTH = (0.105, 0.135, 0.042), (0.060, 0.085, 0.028), (0.130, 0.098, 0.066)
SHINGLE, WET, BED = (0.285, 0.268, 0.240), (0.120, 0.112, 0.098), (0.060, 0.068, 0.058)
FOREST, MEADOW = (0.026, 0.044, 0.020), (0.105, 0.120, 0.048)
ROCK, SCREE, SNOW = (0.175, 0.168, 0.162), (0.270, 0.255, 0.235), (0.80, 0.84, 0.90)


@dataclass(frozen=True, eq=False)
class Ground:
    """The land's meshes."""

    bed: Mesh
    shore: Mesh
    meadow: Mesh
    far: Mesh


def build_ground(relief: Relief, frozen: bool) -> Ground:
    """All ground for a landscape; `frozen` lays snow on what is flat enough to hold it."""
    fine = _bearings(COLUMNS * FINE[1])
    shore = _rings(relief, _bearings(NEAR_COLUMNS), np.array((-0.7, -0.35, -0.12, 0.0, 0.12, 0.3, 0.6, 1.0, 1.5, 2.2)))
    spread = 2.2 * (FAR_FROM / 2.2) ** np.linspace(0.0, 1.0, 22)
    meadow = _rings(relief, _bearings(NEAR_COLUMNS), spread)
    return Ground(
        bed=_bed(relief),
        shore=_near_mesh(relief, shore, tiling("shingle", pebbles(256), 0.75), 1.1, frozen),
        meadow=_near_mesh(relief, meadow, tiling("meadow", turf(256), 0.95), 2.0, frozen),
        far=_far_mesh(relief, fine, frozen),
    )


def _bearings(count: int) -> Floats:
    """Bearings from south to south, closest together in the north, where the crests are looked at."""
    even = np.linspace(-np.pi, np.pi, 4001)
    share = np.cumsum(1.0 + 0.72 * np.cos(even))
    share = (share - share[0]) / (share[-1] - share[0])
    return np.interp(np.linspace(0.0, 1.0, count + 1), share, even).astype(np.float32)


def _rings(relief: Relief, bearings: Floats, inland: Numbers) -> tuple[Floats, Floats, Floats]:
    """Positions (rows x columns x 3), metres inland and bearings of rings so many metres from the water's edge."""
    d = np.broadcast_to(np.asarray(inland, np.float32)[:, None], (len(inland), len(bearings)))
    distance = relief.out(bearings[None], d)
    height = relief.height(bearings[None], distance, d)
    return _placed(bearings[None], distance, height), d, np.broadcast_to(bearings[None], d.shape)


def _placed(bearing: Numbers, distance: Numbers, height: Numbers) -> Floats:
    x, y, z = np.broadcast_arrays(distance * np.sin(bearing), distance * np.cos(bearing), height)
    return np.stack([x, y, z], axis=-1).astype(np.float32)


def _grid_triangles(rows: int, columns: int) -> Triangles:
    """Two triangles a cell; rows go outwards and columns clockwise, so they are counter-clockwise seen from above."""
    index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    even = (np.add.outer(np.arange(rows - 1), np.arange(columns - 1)) % 2 == 0)[..., None]
    one = np.where(even, np.stack([a, b, d], -1), np.stack([a, b, c], -1))
    two = np.where(even, np.stack([a, d, c], -1), np.stack([b, d, c], -1))
    return np.concatenate([one.reshape(-1, 3), two.reshape(-1, 3)])


def _near_mesh(relief: Relief, rings: tuple[Floats, Floats, Floats], material: Material, tile: float, frozen: bool) -> Mesh:
    """Shore or meadow: `tile` metres to a repeat of its texture."""
    places, inland, _ = rings
    rows, columns = inland.shape
    positions = places.reshape(-1, 3)
    faces = _grid_triangles(rows, columns)
    normals = smooth_normals(positions, faces).reshape(rows, columns, 3)
    normals[:, 0] = normals[:, -1] = unit(normals[:, 0] + normals[:, -1])
    colours = _near_colours(relief, places, inland, normals, frozen)
    return make_mesh(
        material, positions, faces, normals=normals.reshape(-1, 3), uvs=positions[:, :2] / tile, colours=colours.reshape(-1, 4)
    )


def _near_colours(relief: Relief, places: Floats, inland: Floats, normals: Floats, frozen: bool) -> Floats:
    x, y = places[..., 0], places[..., 1]
    patches = fbm(x / 1.7, y / 1.7, relief.seed + 61, 3)
    broad = fbm(x / 14.0, y / 14.0, relief.seed + 62, 3)
    wobbly = inland + 0.9 * patches * smoothstep(0.0, 1.5, inland)
    colour = mix(BED, WET, smoothstep(-0.5, 0.0, inland))
    colour = blend(colour, SHINGLE, smoothstep(0.05, 0.55, wobbly) * (0.8 + 0.2 * patches))
    turf = mix(GRASS, MOSS, smoothstep(-0.2, 0.5, broad))
    turf = blend(turf, MEADOW, smoothstep(0.1, 0.6, -broad + 0.5 * patches))
    colour = blend(colour, turf, smoothstep(1.0, 2.0, wobbly))
    distance = np.hypot(x, y)
    path = (
        (1.0 - smoothstep(0.5, 1.0, np.abs(x + 0.4 * patches)))
        * (1.0 - smoothstep(20.0, 30.0, distance))
        * (y < 0)
        * (inland > 0.3)
    )
    colour = blend(colour, EARTH, path * 0.8)
    needles = smoothstep(9.0, 22.0, inland) * smoothstep(-0.4, 0.3, broad + 0.4 * patches)
    colour = blend(colour, (0.085, 0.058, 0.034), 0.75 * needles)
    if frozen:
        lying = smoothstep(0.15, 0.9, wobbly) * smoothstep(0.55, 0.8, normals[..., 2]) * (0.93 - 0.10 * path + 0.07 * patches)
        colour = blend(colour, SNOW, lying)
    colour *= (1.0 + 0.12 * patches)[..., None]
    occlusion = np.clip(0.92 - 0.25 * smoothstep(10.0, 30.0, inland), 0.0, 1.0)
    return np.concatenate([np.clip(colour, 0.0, 1.0), occlusion[..., None]], axis=-1).astype(np.float32)


def _bed(relief: Relief) -> Mesh:
    """The lake's bed around the dock: it falls away from the southern shore and is lost in the dark."""
    even = np.linspace(-1.0, 1.0, 53)
    across = 44.0 * np.sign(even) * np.abs(even) ** 1.7
    x, y = np.meshgrid(across, np.concatenate([[-6.0, -4.5], -3.0 + 53.0 * np.linspace(0.0, 1.0, 29) ** 1.5]))
    bearing, distance = np.arctan2(x, y), np.hypot(x, y)
    z = np.minimum(relief.height(bearing, distance), -0.14) - 0.03
    positions = np.stack([x, y, z], axis=-1).reshape(-1, 3).astype(np.float32)
    deep = smoothstep(0.0, 3.5, -positions[:, 2])
    colours = np.ones((len(positions), 4), np.float32)
    colours[:, :3] = (
        mix(BED, (0.012, 0.020, 0.020), deep) * (1.0 + 0.3 * noise(positions[:, 0], positions[:, 1], relief.seed))[:, None]
    )
    faces = _grid_triangles(*x.shape)
    return make_mesh(tiling("lake_bed", pebbles(256), 0.9), positions, faces, uvs=positions[:, :2] / 1.1, colours=colours)


def _far_mesh(relief: Relief, bearings: Floats, frozen: bool) -> Mesh:
    """Forests and mountains from `FAR_FROM` metres inland to the last crest."""
    first = relief.out(bearings, np.full(len(bearings), FAR_FROM))[None]
    steps = _outwards(ROWS * FINE[0] + 1)[:, None]
    distance = (first * (REACH / first) ** steps).astype(np.float32)
    height = relief.height(bearings[None], distance)
    places = _placed(bearings[None], distance, height)
    canopy, colour_map = _paint(relief, places, _grid_normals(places), frozen)
    texel_normals = _grid_normals(_placed(bearings[None], distance, height + canopy))
    coarse = _placed(bearings[None], distance, _softened(height))[:: FINE[0], :: FINE[1]]
    rows, columns = coarse.shape[:2]
    positions = coarse.reshape(-1, 3).copy()
    _close_seam(positions.reshape(rows, columns, 3))
    faces = _grid_triangles(rows, columns)
    normals = _grid_normals(coarse).reshape(-1, 3)
    size = np.array((COLUMNS * FINE[1] + 1, ROWS * FINE[0] + 1), np.float32)
    column, row = np.meshgrid(np.arange(columns) * FINE[1] + 0.5, np.arange(rows) * FINE[0] + 0.5)
    uvs = (np.stack([column, row], -1).reshape(-1, 2) / size).astype(np.float32)
    normal_map = _relief_map(texel_normals, normals, tangents(positions, normals, uvs, faces), rows, columns)
    material = Material("mountains", roughness=0.95, colour_map=colour_map, normal_map=normal_map)
    colours = np.ones((len(positions), 4), np.float32)
    return make_mesh(material, positions, faces, normals=normals, uvs=uvs, colours=colours)


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


def _softened(height: Floats) -> Floats:
    """Heights without what is finer than the mesh, which would make its crests jump; the rings nearest the shore stay exact."""
    soft = height.copy()
    soft[2:-2] = (height[:-4] + 2.0 * height[1:-3] + 3.0 * height[2:-2] + 2.0 * height[3:-1] + height[4:]) / 9.0
    soft[:, 1:-1] = (soft[:, :-2] + 4.0 * soft[:, 1:-1] + soft[:, 2:]) / 6.0
    soft[0], soft[:, -1] = height[0], soft[:, 0]
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


def _paint(relief: Relief, places: Floats, normals: Floats, frozen: bool) -> tuple[Floats, Pixels]:
    """How high crowns stand over the ground, metres; and its colour by height, slope and hollows: forest, scree, rock, snow."""
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
    streak = fbm(np.arctan2(x, y) * 150.0, np.log(np.hypot(x, y)) * 5.0, relief.seed + 74, 3, 0.6)
    treeline = 300.0 + 110.0 * broad + 90.0 * patches
    wooded = 1.0 - smoothstep(-30.0, 60.0, z - treeline)
    colour = blend(
        colour, mix(MEADOW, (0.090, 0.094, 0.050), smoothstep(-0.3, 0.4, patches)), smoothstep(0.0, 90.0, z - treeline)
    )
    bare = smoothstep(0.0, 120.0, z - treeline - 70.0 + 260.0 * (steep - 0.25))
    layers = 0.5 + 0.5 * np.sin(z / 17.0 + 3.0 * patches + 2.0 * broad)
    rock = mix(ROCK, (0.118, 0.112, 0.110), layers * 0.8)
    stones = blend(rock, SCREE, 1.0 - smoothstep(0.16, 0.30, steep))
    colour = blend(colour, stones, np.maximum(bare, smoothstep(0.30, 0.42, steep) * smoothstep(90.0, 200.0, z)))
    snowline = (330.0 if frozen else 560.0) + 90.0 * broad + 60.0 * patches
    lying = smoothstep(-15.0, 60.0, z - snowline + 150.0 * hollow + 70.0 * speck) * (
        1.0 - smoothstep(0.385, 0.455, steep - 0.16 * hollow + 0.05 * speck + 0.09 * streak)
    )
    colour = blend(colour, SNOW, lying)
    if frozen:
        dusted = smoothstep(0.0, 0.5, 0.75 - 1.6 * steep + 0.4 * patches) * (0.75 - 0.35 * smoothstep(0.0, 1.0, speck))
        colour = blend(colour, SNOW, np.clip(dusted * (1.0 - 0.45 * wooded), 0.0, 0.95))
    colour *= (1.0 + 0.10 * patches - 0.18 * np.clip(hollow, 0.0, 1.0) * (1.0 - lying))[..., None]
    return np.asarray(wooded * np.maximum(speck, -0.5) * 2.6, np.float32), encoded(colour)


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
