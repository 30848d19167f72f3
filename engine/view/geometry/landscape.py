"""The alpine lake's land as parts: ground, forest, rocks and reeds. Water and sky are drawn by `engine.view.render`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import kept
from engine.view.geometry import flora, rocks, spruces
from engine.view.geometry.ground import build_ground
from engine.view.geometry.mesh import Floats, Mesh, Part
from engine.view.geometry.noise import Numbers, fbm
from engine.view.geometry.relief import Relief
from engine.view.geometry.stored import put_parts, take_parts

NEAR_TREES, FAR_TREES, GROVES = 60, 1536, 2800
CLEAR = 8.5
"""Metres around the origin without trees: whoever sits there sees the sky and the water."""

_Draw = np.random.Generator


def build_landscape(seed: int, frozen: bool = False) -> list[Part]:
    """The land around the lake, in the scene's axes; the dock's foot stands at the origin and z = 0 is the water.

    Equal seeds give equal landscapes on one machine. `frozen` lays snow on ground and trees and dries the reeds.
    """
    return take_parts(kept(__name__, [seed, frozen], lambda: put_parts(_landscape(seed, frozen))))


def _landscape(seed: int, frozen: bool) -> list[Part]:
    relief = Relief(seed)
    ground = build_ground(relief, frozen)
    here = np.eye(4, dtype=np.float32)[None]
    parts = [
        Part("lake_bed", ground.bed, here, casts=False),
        Part("shore", ground.shore, here, casts=False),
        Part("meadow", ground.meadow, here, casts=False),
        Part("mountains", ground.far, here, casts=False),
    ]
    chance = np.random.Generator(np.random.PCG64(seed + 1000))
    near = [spruces.spruce(11 + kind, frozen, 15.0 - kind, 0.19 + 0.02 * kind) for kind in range(3)]
    far = [spruces.far_spruce(kind, frozen) for kind in range(2)]
    parts += _dealt("spruce", near, _near_trees(relief, chance), 0.25)
    parts += _dealt("far_spruce", far, _far_trees(relief, chance), 0.0)
    parts += _dealt("grove", [spruces.stand(kind, frozen) for kind in range(2)], _laid(relief, _groves(relief, chance)), 0.0)
    parts += _dealt("rock", [rocks.boulder(41 + kind, frozen) for kind in range(3)], _rocks(relief, chance), 0.0)
    parts += _dealt("reeds", [flora.reeds(51 + kind, frozen) for kind in range(2)], _reed_beds(relief, chance), 0.14)
    parts += _dealt("tuft", [flora.tuft(61 + kind, frozen) for kind in range(2)], _tufts(relief, chance), 0.05)
    if not frozen:
        parts += _dealt("lilies", [flora.lilies(71)], _lily_beds(relief, chance), 0.0)
    return parts


def _dealt(name: str, kinds: list[Mesh], copies: Floats, sway: float) -> list[Part]:
    """One part for each kind, the copies dealt out in turn; far things throw no shadow that could be seen."""
    casts = name in ("spruce", "far_spruce", "rock", "reeds")
    groups = [copies[index :: len(kinds)] for index in range(len(kinds))]
    return [
        Part(f"{name}_{index}", kind, group, sway=sway, casts=casts)
        for index, (kind, group) in enumerate(zip(kinds, groups, strict=True))
        if len(group)
    ]


def _near_trees(relief: Relief, chance: _Draw) -> Floats:
    """Trees one can walk up to: on both sides and behind, close to the shore, never before the dock."""
    count = 4000
    bearing = np.radians(chance.uniform(48.0, 312.0, count))
    distance = CLEAR + 62.0 * chance.random(count) ** 0.8
    inland = relief.inland(bearing, distance)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = fbm(x / 16.0, y / 16.0, relief.seed + 81, 2) > -0.12
    off_path = (np.abs(x) > 3.0) | (y > -4.0)
    return _standing(
        relief,
        chance,
        (bearing, distance),
        (inland > 2.6) & grown & off_path,
        most=NEAR_TREES,
        apart=3.2,
        scales=(0.55, 1.15),
        sunk=0.25,
    )


def _far_trees(relief: Relief, chance: _Draw) -> Floats:
    """The forest's edge all around the lake, thinning upwards."""
    count = 30000
    bearing = chance.uniform(-np.pi, np.pi, count)
    inland = 3.0 + 190.0 * chance.random(count) ** 1.7
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = fbm(x / 45.0, y / 45.0, relief.seed + 82, 3) > -0.22 + 0.0012 * inland
    far_enough = distance > 62.0
    return _standing(
        relief, chance, (bearing, distance), grown & far_enough, most=FAR_TREES, apart=2.6, scales=(0.6, 1.35), sunk=0.4
    )


def _groves(relief: Relief, chance: _Draw) -> Floats:
    """Clumps on the slopes above, up to where the mountain is bare."""
    count = 20000
    bearing = chance.uniform(-np.pi, np.pi, count)
    inland = 90.0 + 900.0 * chance.random(count) ** 1.2
    distance = relief.out(bearing, inland)
    low = relief.height(bearing, distance) < 300.0
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = fbm(x / 120.0, y / 120.0, relief.seed + 83, 3) > -0.3
    return _standing(
        relief,
        chance,
        (bearing, distance),
        low & grown & (distance > 260.0),
        most=GROVES,
        apart=9.0,
        scales=(0.75, 1.3),
        sunk=1.6,
    )


def _laid(relief: Relief, copies: Floats) -> Floats:
    """Copies that lean with the slope they stand on, upright as they are, so that their feet follow it on every side."""
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    reach = 6.0

    def height(x: Numbers, y: Numbers) -> Floats:
        return relief.height(np.arctan2(x, y), np.hypot(x, y))

    east = (height(x + reach, y) - height(x - reach, y)) / (2 * reach)
    north = (height(x, y + reach) - height(x, y - reach)) / (2 * reach)
    laid = copies.copy()
    laid[:, 2, :2] += east[:, None] * copies[:, 0, :2] + north[:, None] * copies[:, 1, :2]
    return laid


def _rocks(relief: Relief, chance: _Draw) -> Floats:
    """Rocks at the water's edge, most of them near the dock where they can be seen."""
    count = 900
    bearing = np.radians(chance.uniform(60.0, 300.0, count))
    inland = chance.normal(0.2, 0.7, count)
    distance = relief.out(bearing, inland)
    x = distance * np.sin(bearing)
    clear = (np.abs(x) > 1.9) & (distance < 70.0)
    return _standing(relief, chance, (bearing, distance), clear, most=52, apart=0.35, scales=(0.18, 1.3), sunk=0.05, small=2.2)


def _reed_beds(relief: Relief, chance: _Draw) -> Floats:
    """Reeds in the shallows left and right of the dock, leaving its end and the view free."""
    count = 1500
    bearing = np.radians(chance.uniform(75.0, 285.0, count))
    inland = -chance.uniform(0.15, 2.4, count)
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = (np.abs(x) > 2.1) & (distance < 34.0) & (fbm(x / 6.0, y / 6.0, relief.seed + 84, 2) > 0.02)
    return _standing(relief, chance, (bearing, distance), grown, most=34, apart=0.4, scales=(0.7, 1.1), sunk=-0.3)


def _lily_beds(relief: Relief, chance: _Draw) -> Floats:
    """Water lilies on both sides of the dock, where the wind lets them be; the water before it stays free."""
    x, y = chance.uniform(-11.0, 11.0, 700), chance.uniform(-2.0, 13.0, 700)
    bearing, distance = np.arctan2(x, y), np.hypot(x, y)
    beside = 0.6 * np.exp(-((x - 2.4) ** 2 + (y - 3.1) ** 2) / 1.6)
    grown = fbm(x / 3.2, y / 3.2, relief.seed + 85, 2) + beside > 0.10 + 0.02 * np.abs(y - 3.0)
    free = (np.abs(x) > 1.9 + 0.12 * np.maximum(y - 3.0, 0.0)) & (relief.inland(bearing, distance) < -1.2)
    beds = _standing(relief, chance, (bearing, distance), grown & free, most=26, apart=1.15, scales=(0.75, 1.15), sunk=0.0)
    beds[:, 2, 2], beds[:, 2, 3] = 1.0, 0.0
    return beds


def _tufts(relief: Relief, chance: _Draw) -> Floats:
    """Grass where shingle turns to meadow."""
    count = 2500
    bearing = np.radians(chance.uniform(80.0, 280.0, count))
    inland = 0.9 + 9.0 * chance.random(count) ** 1.6
    distance = relief.out(bearing, inland)
    x = distance * np.sin(bearing)
    return _standing(
        relief,
        chance,
        (bearing, distance),
        (np.abs(x) > 1.3) & (distance < 18.0),
        most=380,
        apart=0.22,
        scales=(0.6, 1.5),
        sunk=0.0,
    )


def _standing(
    relief: Relief,
    chance: _Draw,
    spots: tuple[Numbers, Numbers],
    allowed: NDArray[np.bool_],
    *,
    most: int,
    apart: float,
    scales: tuple[float, float],
    sunk: float,
    small: float = 1.0,
) -> Floats:
    """Copies on the ground at the first allowed spots that are `apart` metres from each other, turned and sized by chance.

    `spots` are bearings and distances, `scales` the least and greatest size, `sunk` how deep they stand in
    the ground, metres at scale 1; `small` above 1 makes small ones common.
    """
    bearing, distance = spots
    kept = np.flatnonzero(allowed)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    taken: set[tuple[int, int]] = set()
    free: list[int] = []
    for index in kept:
        cell = (int(x[index] // apart), int(y[index] // apart))
        if cell not in taken:
            taken.add(cell)
            free.append(int(index))
        if len(free) == most:
            break
    chosen = np.array(free, dtype=np.int64)
    scale = scales[0] + (scales[1] - scales[0]) * chance.random(len(chosen)) ** small
    turn = chance.uniform(0.0, 2.0 * np.pi, len(chosen))
    copies = np.zeros((len(chosen), 4, 4), np.float32)
    copies[:, 0, 0] = copies[:, 1, 1] = np.cos(turn) * scale
    copies[:, 1, 0] = np.sin(turn) * scale
    copies[:, 0, 1] = -copies[:, 1, 0]
    copies[:, 2, 2] = scale * chance.uniform(0.88, 1.12, len(chosen))
    copies[:, 0, 3], copies[:, 1, 3] = x[chosen], y[chosen]
    copies[:, 2, 3] = relief.height(bearing[chosen], distance[chosen]) - sunk * scale
    copies[:, 3, 3] = 1.0
    return copies
