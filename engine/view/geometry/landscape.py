"""The alpine lake's land as parts: ground, forest, rocks and reeds. Water and sky are drawn by `engine.view.render`."""

from __future__ import annotations

import numpy as np

from engine.view.cache import kept
from engine.view.geometry import flora, leafage, rocks, species, spruces, woods
from engine.view.geometry.ground import build_ground
from engine.view.geometry.islet import LONG, WIDE, islet
from engine.view.geometry.lilies import lilies, lily_shades
from engine.view.geometry.mesh import HERE, Floats, Mesh, Part
from engine.view.geometry.noise import fbm
from engine.view.geometry.relief import Relief
from engine.view.geometry.standing import Draw, luck, standing
from engine.view.geometry.stored import put_parts, take_parts

NEAR_TREES, THICKETS, FAR_ROCKS, REEDS = 60, 1300, 120, 330
CLEAR = 8.5
"""Metres around the origin without trees: whoever sits there sees the sky and the water."""


def build_landscape(seed: int, frozen: bool = False) -> list[Part]:
    """The land around the lake, in the scene's axes; the dock's foot stands at the origin and z = 0 is the water.

    Equal seeds give equal landscapes on one machine. `frozen` lays snow on ground and trees and dries the reeds.
    """
    return take_parts(kept(__name__, [seed, frozen], lambda: put_parts(_landscape(seed, frozen))))


def _landscape(seed: int, frozen: bool) -> list[Part]:
    relief = Relief(seed)
    ground = build_ground(relief, frozen)
    parts = [
        Part("lake_bed", ground.bed, HERE, casts=False),
        Part("shore", ground.shore, HERE, casts=False),
        Part("meadow", ground.meadow, HERE, casts=False),
        Part("islet", ground.islet, HERE, casts=False),
        Part("mountains", ground.far.mesh, HERE, casts=False),
    ]
    near = [spruces.spruce(11 + kind, frozen, 15.0 - kind, 0.19 + 0.02 * kind) for kind in range(3)]
    parts += _dealt("spruce", near, _near_trees(relief, luck(seed, 0)), 0.25)
    parts += woods.far_woods(relief, ground, frozen)
    kinds = [spruces.stand(kind, frozen) for kind in range(len(leafage.STANDS))]
    parts += _dealt("grove", kinds, woods.stands(relief, ground), 0.0)
    parts.append(woods.fallen(relief, frozen))
    parts += _dealt("rock", [rocks.boulder(41 + kind, frozen) for kind in range(3)], _rocks(relief, luck(seed, 9)), 0.0)
    parts += _dealt("reeds", [flora.reeds(51 + kind, frozen) for kind in range(2)], _reed_beds(relief, luck(seed, 10)), 0.14)
    parts += _dealt("tuft", [flora.tuft(61 + kind, frozen) for kind in range(2)], _tufts(relief, luck(seed, 11)), 0.05)
    parts += _dealt("thicket", [species.thicket(kind, frozen) for kind in range(2)], _thickets(relief, luck(seed, 1)), 0.0)
    parts += _dealt("far_reeds", [species.reed_bed(kind, frozen) for kind in range(2)], _far_reeds(relief, luck(seed, 14)), 0.0)
    parts += _dealt("far_rock", [rocks.boulder(45, frozen, True, 0)], _far_rocks(relief, luck(seed, 3)), 0.0)
    round_islet = _round_islet(relief, luck(seed, 16), 28, inland=0.0, scales=(0.6, 2.8), sunk=0.12)
    parts += _dealt("islet_rock", [rocks.boulder(46 + kind, frozen, True, 1) for kind in range(2)], round_islet, 0.0)
    if not frozen:
        beds = _lily_beds(relief, luck(seed, 2))
        parts += _dealt("lilies", [lilies(71 + kind) for kind in range(2)], beds, 0.0)
        parts.append(Part("lily_shade", lily_shades((71, 72), beds), HERE, casts=False, mirrored=False))
    return parts


def _dealt(name: str, kinds: list[Mesh], copies: Floats, sway: float) -> list[Part]:
    """One part for each kind, the copies dealt out in turn; far things throw no shadow that could be seen."""
    casts = name in ("spruce", "far_spruce", "rock", "reeds")
    # Ripples leave nothing of single trees half a kilometre off, of grass behind the shore, nor of what lies flat on the water.
    mirrored = name not in ("grove", "tuft", "lilies")
    groups = [copies[index :: len(kinds)] for index in range(len(kinds))]
    return [
        Part(f"{name}_{index}", kind, group, sway=sway, casts=casts, mirrored=mirrored)
        for index, (kind, group) in enumerate(zip(kinds, groups, strict=True))
        if len(group)
    ]


def _near_trees(relief: Relief, chance: Draw) -> Floats:
    """Trees one can walk up to: on both sides and behind, close to the shore, never before the dock."""
    count = 4000
    bearing = np.radians(chance.uniform(48.0, 312.0, count))
    distance = CLEAR + 62.0 * chance.random(count) ** 0.8
    inland = relief.inland(bearing, distance)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = fbm(x / 16.0, y / 16.0, relief.seed + 81, 2) > -0.12
    off_path = (np.abs(x) > 3.0) | (y > -4.0)
    return standing(
        relief,
        chance,
        (bearing, distance),
        (inland > 2.6) & grown & off_path,
        most=NEAR_TREES,
        apart=3.2,
        scales=(0.55, 1.15),
        sunk=0.25,
    )


def _thickets(relief: Relief, chance: Draw) -> Floats:
    """Bushes and reeds along the far shore and in under the trees, so that forest and water meet in no line."""
    count = 16000
    bearing = chance.uniform(-np.pi, np.pi, count)
    inland = 52.0 * chance.random(count) ** 2.4 + 0.9
    distance = relief.out(bearing, inland)
    spots = (bearing, distance)
    # In clumps: between them the bank is seen.
    grown = fbm(distance * np.sin(bearing) / 14.0, distance * np.cos(bearing) / 14.0, relief.seed + 93, 2) > 0.14 - 0.02 * inland
    on_shore = standing(
        relief, chance, spots, grown & (distance > 60.0), most=THICKETS, apart=2.6, scales=(0.22, 1.45), sunk=0.2, small=2.2,
        facing=0.6,
    )  # fmt: skip
    return np.concatenate([on_shore, _round_islet(relief, chance, 10, inland=1.5, scales=(0.24, 0.5), sunk=0.1)])


def _round_islet(relief: Relief, chance: Draw, count: int, *, inland: float, scales: tuple[float, float], sunk: float) -> Floats:
    """Copies around the islet, about so many metres from its edge, on the sides that one sees from the dock most."""
    land = islet(relief.seed)
    turn = chance.uniform(0.0, 2.0 * np.pi, 6 * count)
    share = land.edge(turn) - (inland + chance.normal(0.0, 0.25, len(turn))) / WIDE
    x, y = land.place(LONG * share * np.cos(turn), WIDE * share * np.sin(turn))
    seen = (np.hypot(x, y) < np.hypot(*land.middle) + 1.5) | (chance.random(len(turn)) < 0.3)
    # Its ends are low and bare: there it runs out under the water.
    seen &= np.abs(np.cos(turn)) < 0.86
    spots = (np.arctan2(x, y), np.hypot(x, y))
    return standing(relief, chance, spots, seen, most=count, apart=1.3, scales=scales, sunk=sunk, small=1.8, facing=0.5)


def _far_reeds(relief: Relief, chance: Draw) -> Floats:
    """Reeds in the shallows of the far shore, in long beds with open banks between, and at the islet's ends."""
    count = 6000
    bearing = np.where(chance.random(count) < 0.7, chance.uniform(-0.95, 0.95, count), chance.uniform(-np.pi, np.pi, count))
    inland = -2.6 * chance.random(count) ** 1.4 + 0.2
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = fbm(x / 30.0, y / 30.0, relief.seed + 96, 2) > 0.20
    on_shore = standing(
        relief, chance, (bearing, distance), grown & (distance > 62.0), most=REEDS, apart=2.4, scales=(0.30, 0.75), sunk=0.0,
        facing=0.4,
    )  # fmt: skip
    beds = np.concatenate([on_shore, _round_islet(relief, chance, 8, inland=-0.4, scales=(0.2, 0.42), sunk=0.0)])
    beds[:, 2, 3] = -0.05
    return beds


def _far_rocks(relief: Relief, chance: Draw) -> Floats:
    """Boulders at the far water's edge, that the banks and the ice have let fall: in groups, few of them large."""
    count = 5000
    bearing = np.where(chance.random(count) < 0.85, chance.uniform(-1.0, 1.0, count), chance.uniform(-np.pi, np.pi, count))
    distance = relief.out(bearing, chance.normal(0.1, 0.9, count))
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    fallen = fbm(x / 19.0, y / 19.0, relief.seed + 94, 2) > 0.12
    return standing(
        relief, chance, (bearing, distance), fallen & (distance > 70.0), most=FAR_ROCKS, apart=1.1, scales=(0.9, 4.2), sunk=0.0,
        small=1.8,
    )  # fmt: skip


def _rocks(relief: Relief, chance: Draw) -> Floats:
    """Rocks at the water's edge, most of them near the dock where they can be seen."""
    count = 900
    bearing = np.radians(chance.uniform(60.0, 300.0, count))
    inland = chance.normal(0.2, 0.7, count)
    distance = relief.out(bearing, inland)
    x = distance * np.sin(bearing)
    clear = (np.abs(x) > 1.9) & (distance < 70.0)
    return standing(relief, chance, (bearing, distance), clear, most=52, apart=0.35, scales=(0.18, 1.3), sunk=0.05, small=2.2)


def _reed_beds(relief: Relief, chance: Draw) -> Floats:
    """Reeds in the shallows left and right of the dock, leaving its end and the view free."""
    count = 1500
    bearing = np.radians(chance.uniform(75.0, 285.0, count))
    inland = -chance.uniform(0.15, 2.4, count)
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    grown = (np.abs(x) > 2.1) & (distance < 34.0) & (fbm(x / 6.0, y / 6.0, relief.seed + 84, 2) > 0.02)
    return standing(relief, chance, (bearing, distance), grown, most=34, apart=0.4, scales=(0.7, 1.1), sunk=-0.3)


def _lily_beds(relief: Relief, chance: Draw) -> Floats:
    """Water lilies on both sides of the dock, where the wind lets them be; the water before it stays free."""
    x, y = chance.uniform(-11.0, 11.0, 700), chance.uniform(-2.0, 13.0, 700)
    x[:2], y[:2] = (1.98, 2.85), (2.75, 4.1)  # two lie at the dock's end, whatever the seed
    bearing, distance = np.arctan2(x, y), np.hypot(x, y)
    beside = 0.6 * np.exp(-((x - 2.4) ** 2 + (y - 3.1) ** 2) / 1.6)
    grown = fbm(x / 3.2, y / 3.2, relief.seed + 85, 2) + beside > 0.10 + 0.02 * np.abs(y - 3.0)
    free = (np.abs(x) > 1.9 + 0.12 * np.maximum(y - 3.0, 0.0)) & (relief.inland(bearing, distance) < -1.2)
    beds = standing(relief, chance, (bearing, distance), grown & free, most=26, apart=1.15, scales=(0.75, 1.15), sunk=0.0)
    # On the other side two lie farther out.
    out = np.arctan2((-3.3, -4.5), (8.4, 9.4)), np.hypot((-3.3, -4.5), (8.4, 9.4))
    others = standing(relief, chance, out, np.ones(2, np.bool_), most=2, apart=0.5, scales=(0.9, 1.15), sunk=0.0)
    beds = np.concatenate([beds, others])
    beds[:, 2, 2], beds[:, 2, 3] = 1.0, 0.0
    return beds


def _tufts(relief: Relief, chance: Draw) -> Floats:
    """Grass where shingle turns to meadow."""
    count = 2500
    bearing = np.radians(chance.uniform(80.0, 280.0, count))
    inland = 0.9 + 9.0 * chance.random(count) ** 1.6
    distance = relief.out(bearing, inland)
    x = distance * np.sin(bearing)
    return standing(
        relief,
        chance,
        (bearing, distance),
        (np.abs(x) > 1.3) & (distance < 18.0),
        most=380,
        apart=0.22,
        scales=(0.6, 1.5),
        sunk=0.0,
    )
