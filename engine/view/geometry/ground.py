"""The ground as meshes: rings around the origin whose triangles all look about equally large from the dock.

Near the shore, vertex colours over small tiling textures; what lies beyond is `engine.view.geometry.mountains`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.islet import LONG, WIDE, islet
from engine.view.geometry.mesh import Floats, Material, Mesh
from engine.view.geometry.mountains import (
    COLUMNS,
    FAR_FROM,
    FINE,
    MEADOW,
    SNOW,
    Mountains,
    build_mountains,
    grid_triangles,
    placed,
)
from engine.view.geometry.noise import Numbers, fbm, noise, smoothstep
from engine.view.geometry.paint import blend, mix, pebbles, tiling, turf
from engine.view.geometry.relief import Relief
from engine.view.geometry.surfaces import make_mesh, smooth_normals, unit

NEAR_COLUMNS = COLUMNS // 2

PEAT, UNDERWOOD, BANK = (0.030, 0.026, 0.018), (0.066, 0.092, 0.032), (0.175, 0.160, 0.128)
GRASS, MOSS, EARTH = (0.105, 0.135, 0.042), (0.060, 0.085, 0.028), (0.130, 0.098, 0.066)
UNDERCUT = (0.012, 0.011, 0.009)
SHINGLE, WET, BED = (0.285, 0.268, 0.240), (0.120, 0.112, 0.098), (0.060, 0.068, 0.058)


@dataclass(frozen=True, eq=False)
class Ground:
    """The land's meshes."""

    bed: Mesh
    shore: Mesh
    meadow: Mesh
    far: Mountains
    islet: Mesh


def build_ground(relief: Relief, frozen: bool) -> Ground:
    """All ground for a landscape; `frozen` lays snow on what is flat enough to hold it."""
    fine = _bearings(COLUMNS * FINE[1])
    shore = _rings(relief, _bearings(NEAR_COLUMNS), np.array((-0.7, -0.35, -0.12, 0.0, 0.12, 0.3, 0.6, 1.0, 1.5, 2.2)))
    spread = 2.2 * (FAR_FROM / 2.2) ** np.linspace(0.0, 1.0, 22)
    meadow = _rings(relief, _bearings(NEAR_COLUMNS), spread)
    shingle = tiling("shingle", pebbles(256), 0.99)
    return Ground(
        bed=_bed(relief),
        shore=_near_mesh(relief, shore, shingle, 1.1, frozen),
        islet=_islet(relief, shingle, frozen),
        meadow=_near_mesh(relief, meadow, tiling("meadow", turf(256), 1.0), 2.0, frozen),
        far=build_mountains(relief, fine, frozen),
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
    return placed(bearings[None], distance, height), d, np.broadcast_to(bearings[None], d.shape)


def _near_mesh(relief: Relief, rings: tuple[Floats, Floats, Floats], material: Material, tile: float, frozen: bool) -> Mesh:
    """Shore or meadow: `tile` metres to a repeat of its texture."""
    return _grid_mesh(relief, rings[:2], material, tile, frozen)


def _grid_mesh(relief: Relief, grid: tuple[Floats, Floats], material: Material, tile: float, frozen: bool) -> Mesh:
    """Positions and metres inland, rows x columns, whose last column is where the first is."""
    places, inland = grid
    rows, columns = inland.shape
    positions = places.reshape(-1, 3)
    faces = grid_triangles(rows, columns)
    normals = smooth_normals(positions, faces).reshape(rows, columns, 3)
    normals[:, 0] = normals[:, -1] = unit(normals[:, 0] + normals[:, -1])
    colours = _near_colours(relief, places, inland, normals, frozen)
    return make_mesh(
        material, positions, faces, normals=normals.reshape(-1, 3), uvs=positions[:, :2] / tile, colours=colours.reshape(-1, 4)
    )


def _islet(relief: Relief, material: Material, frozen: bool) -> Mesh:
    """The islet's ground, from under the water to its middle: rings around a last corner."""
    land, columns = islet(relief.seed), 72
    turn = np.linspace(0.0, -2.0 * np.pi, columns + 1)[None]
    share = 1.0 - np.array((1.0, 0.72, 0.5, 0.35, 0.24, 0.16, 0.10, 0.055, 0.02, 0.0, -0.03, -0.07, -0.15))[:, None]
    rho = land.edge(turn) * np.maximum(share, 0.004)
    x, y = land.place(LONG * rho * np.cos(turn), WIDE * rho * np.sin(turn))
    bearing, distance = np.arctan2(x, y), np.hypot(x, y)
    inland = relief.inland(bearing, distance)
    places = placed(bearing, distance, relief.height(bearing, distance, inland))
    return _grid_mesh(relief, (places, inland), material, 1.1, frozen)


def _near_colours(relief: Relief, places: Floats, inland: Floats, normals: Floats, frozen: bool) -> Floats:
    x, y = places[..., 0], places[..., 1]
    patches = fbm(x / 1.7, y / 1.7, relief.seed + 61, 3)
    broad = fbm(x / 14.0, y / 14.0, relief.seed + 62, 3)
    wobbly = inland + 0.9 * patches * smoothstep(0.0, 1.5, inland)
    colour = mix(BED, WET, smoothstep(-0.5, 0.0, inland))
    # Shingle by the dock, where people come; elsewhere banks of peat and roots under the trees.
    away = smoothstep(22.0, 60.0, np.hypot(x, y))
    colour = blend(colour, SHINGLE, smoothstep(0.05, 0.55, wobbly) * (0.8 + 0.2 * patches) * (1.0 - away))
    colour = blend(colour, PEAT, away * smoothstep(-0.3, 0.1, inland))
    # Above a dark wet edge it is stones here, roots and moss there.
    dry = smoothstep(0.35, 0.9, inland + 0.5 * patches) * smoothstep(-0.35, 0.35, patches + 1.4 * broad)
    colour = blend(colour, BANK, away * dry)
    # Across the lake waves have cut the bank steep: what one sees of it is its wet foot and the dark under its edge.
    across = smoothstep(70.0, 110.0, np.hypot(x, y)) * (1.0 - smoothstep(0.9, 1.5, inland + 0.4 * patches))
    colour = blend(colour, UNDERCUT, across)
    turf = mix(GRASS, MOSS, smoothstep(-0.2, 0.5, broad))
    turf = blend(turf, MEADOW, smoothstep(0.1, 0.6, -broad + 0.5 * patches))
    turf = blend(turf, UNDERWOOD, 0.85 * away)
    colour = blend(colour, turf, smoothstep(1.0, 2.0, wobbly) * (1.0 - across))
    distance = np.hypot(x, y)
    path = (
        (1.0 - smoothstep(0.5, 1.0, np.abs(x + 0.4 * patches)))
        * (1.0 - smoothstep(20.0, 30.0, distance))
        * (y < 0)
        * (inland > 0.3)
    )
    colour = blend(colour, EARTH, path * 0.8)
    needles = smoothstep(9.0, 22.0, inland) * smoothstep(-0.4, 0.3, broad + 0.4 * patches)
    colour = blend(colour, (0.085, 0.058, 0.034), 0.75 * needles * (1.0 - 0.8 * away))
    if frozen:
        lying = smoothstep(0.15, 0.9, wobbly) * smoothstep(0.55, 0.8, normals[..., 2]) * (0.93 - 0.10 * path + 0.07 * patches)
        colour = blend(colour, SNOW, lying)
    colour *= (1.0 + 0.12 * patches)[..., None]
    occlusion = np.clip(0.92 - 0.25 * smoothstep(10.0, 30.0, inland) - 0.55 * across, 0.0, 1.0)
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
    faces = grid_triangles(*x.shape)
    return make_mesh(tiling("lake_bed", pebbles(256), 0.9), positions, faces, uvs=positions[:, :2] / 1.1, colours=colours)
