"""The alpine lake's land as parts: ground, forest, rocks and reeds. Water and sky are drawn by `engine.view.render`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import kept
from engine.view.geometry import flora, rocks, species, spruces
from engine.view.geometry.ground import Ground, build_ground
from engine.view.geometry.lilies import lilies
from engine.view.geometry.mesh import HERE, Floats, Mesh, Part
from engine.view.geometry.mountains import FAR_FROM
from engine.view.geometry.noise import Numbers, fbm
from engine.view.geometry.relief import Relief
from engine.view.geometry.stored import put_parts, take_parts

NEAR_TREES, FAR_TREES, GROVES, THICKETS, FAR_ROCKS = 60, 1700, 8300, 1100, 115
EYES = 2.0
"""Metres over the water from which one looks at most."""
STEEPEST = 1.0
"""Metres up for a metre aside beyond which no stand of trees holds."""
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
    parts = [
        Part("lake_bed", ground.bed, HERE, casts=False),
        Part("shore", ground.shore, HERE, casts=False),
        Part("meadow", ground.meadow, HERE, casts=False),
        Part("mountains", ground.far.mesh, HERE, casts=False),
    ]
    chance = np.random.Generator(np.random.PCG64(seed + 1000))
    near = [spruces.spruce(11 + kind, frozen, 15.0 - kind, 0.19 + 0.02 * kind) for kind in range(3)]
    parts += _dealt("spruce", near, _near_trees(relief, chance), 0.25)
    parts += _forest(relief, chance, _far_trees(relief, ground, chance), frozen)
    parts += _dealt("grove", [spruces.stand(kind, frozen) for kind in range(2)], _groves(relief, ground, chance), 0.0)
    chance.random(19_260)  # what is strewn near the dock lies where it has always lain
    parts += _dealt("rock", [rocks.boulder(41 + kind, frozen) for kind in range(3)], _rocks(relief, chance), 0.0)
    parts += _dealt("reeds", [flora.reeds(51 + kind, frozen) for kind in range(2)], _reed_beds(relief, chance), 0.14)
    parts += _dealt("tuft", [flora.tuft(61 + kind, frozen) for kind in range(2)], _tufts(relief, chance), 0.05)
    # By luck of its own: how much undergrowth there is moves nothing else.
    undergrowth = _thickets(relief, np.random.Generator(np.random.PCG64(seed + 1001)))
    parts += _dealt("thicket", [species.thicket(frozen)], undergrowth, 0.0)
    boulders = _far_rocks(relief, np.random.Generator(np.random.PCG64(seed + 1003)))
    parts += _dealt("far_rock", [rocks.boulder(45, frozen, far=True)], boulders, 0.0)
    if not frozen:
        beds = _lily_beds(relief, np.random.Generator(np.random.PCG64(seed + 1002)))
        parts += _dealt("lilies", [lilies(71 + kind) for kind in range(2)], beds, 0.0)
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


def _far_trees(relief: Relief, ground: Ground, chance: _Draw) -> Floats:
    """The forest's edge all around the lake, thinning upwards."""
    count = 30000
    bearing = chance.uniform(-np.pi, np.pi, count)
    inland = 2.4 + 190.0 * chance.random(count) ** 1.7
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    groups = fbm(x / 16.0, y / 16.0, relief.seed + 91, 2)
    grown = fbm(x / 45.0, y / 45.0, relief.seed + 82, 3) + 0.75 * groups > -0.16 + 0.0012 * inland
    spots = (bearing, distance)
    copies = _standing(
        relief, chance, spots, grown & (distance > 62.0), most=FAR_TREES, apart=2.2, scales=(0.42, 1.2), sunk=0.4, facing=0.25
    )
    # Groups are of one age: old ones tower, young ones crowd before them.
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    age = np.clip(1.0 + 0.75 * fbm(x / 30.0, y / 30.0, relief.seed + 92, 2), 0.5, 1.6)
    copies[:, :3, :3] *= age[:, None, None]
    # Some are slender, some spread.
    copies[:, :2, :2] *= np.random.Generator(np.random.PCG64(relief.seed + 1004)).uniform(0.90, 1.45, (len(copies), 1, 1))
    return _on_mesh(relief, ground, copies, 0.4)


def _forest(relief: Relief, chance: _Draw, copies: Floats, frozen: bool) -> list[Part]:
    """Far trees by their kinds, which stand in groups: spruces most, firs, pines, larches, and birches where it is open."""
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    inland = relief.inland(np.arctan2(x, y), np.hypot(x, y))
    luck = np.clip(chance.random(len(copies)) + 0.5 * fbm(x / 26.0, y / 26.0, relief.seed + 86, 2), 0.0, 0.999)
    luck = np.where(inland > 40.0, 0.86 * luck, luck)
    kinds = [(f"far_spruce_{kind}", spruces.far_spruce(kind, frozen), 0.26) for kind in range(2)]
    kinds += [("fir", species.tree(species.FIR, frozen, 16.0), 0.15), ("pine", species.tree(species.PINE, frozen, 13.0), 0.12)]
    kinds += [
        ("larch", species.tree(species.LARCH, frozen, 14.0), 0.11),
        ("birch", species.tree(species.BIRCH, frozen, 9.0), 0.10),
    ]
    parts, low = [], 0.0
    for name, mesh, share in kinds:
        chosen = (luck >= low) & (luck < low + share + 1e-6)
        parts.append(Part(name, mesh, copies[chosen]))
        low += share
    return parts


def _groves(relief: Relief, ground: Ground, chance: _Draw) -> Floats:
    """Forest on the slopes above, up to where the mountain is bare: stands that face the lake, most of them in the north.

    The nearest come first: whoever draws them draws little of what they hide.
    """
    count = 60000
    bearing = np.concatenate([chance.normal(0.0, 0.62, count * 3 // 4), chance.uniform(-np.pi, np.pi, count // 4)])
    bearing = np.where(np.abs(bearing) < np.pi, bearing, 0.0)
    inland = 70.0 + 1000.0 * chance.random(count) ** 0.9
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    high = ground.far.height(x, y)
    treeline = 280.0 + 100.0 * fbm(x / 140.0, y / 140.0, relief.seed + 83, 3)
    clearings = fbm(x / 120.0, y / 120.0, relief.seed + 87, 3) + 0.2 * fbm(x / 9.0, y / 9.0, relief.seed + 90, 1)
    grown = (high < treeline) & (clearings > -0.22) & (distance > 230.0)
    copies = _standing(
        relief, chance, (bearing, distance), grown, most=GROVES, apart=8.0, scales=(0.5, 1.2), sunk=0.0, facing=0.6
    )
    # Each patch is of one age, and none ends in a line.
    age = np.clip(1.0 + 0.9 * fbm(copies[:, 0, 3] / 65.0, copies[:, 1, 3] / 65.0, relief.seed + 95, 2), 0.5, 1.4)
    copies[:, :3, :3] *= age[:, None, None]
    # Each is drawn from one of two pictures: some tower, some are thin, or on a crest they would stand like the teeth of a comb.
    luck = np.random.Generator(np.random.PCG64(relief.seed + 1005))
    copies[:, :2, :2] *= luck.uniform(0.70, 1.25, (len(copies), 1, 1))
    copies[:, 2, 2] *= 0.60 + 0.95 * luck.random(len(copies)) ** 1.8
    copies = _on_mesh(relief, ground, copies, 0.8)
    copies = _laid(ground, copies[_in_sight(ground, copies)])
    return copies[np.argsort(np.hypot(copies[:, 0, 3], copies[:, 1, 3]), kind="stable")]


def _in_sight(ground: Ground, copies: Floats) -> NDArray[np.bool_]:
    """Which stands one sees from the dock: not those whose tops lie below a crest before them."""
    bearings = np.linspace(-np.pi, np.pi, 721)[:, None]
    away = np.geomspace(100.0, 1400.0, 140)[None]
    steep = (ground.far.height(away * np.sin(bearings), away * np.cos(bearings)) - EYES) / away
    crest = np.maximum.accumulate(steep, axis=1)
    x, y, top = copies[:, 0, 3], copies[:, 1, 3], copies[:, 2, 3] + spruces.STAND[1] * copies[:, 2, 2]
    distance = np.hypot(x, y)
    column = np.round((np.arctan2(x, y) + np.pi) / (2.0 * np.pi) * 720.0).astype(np.int64)
    row = np.clip(np.searchsorted(away[0], 0.97 * distance) - 1, 0, away.size - 1)
    return np.asarray((top - EYES) / distance > crest[column, row])


def _on_mesh(relief: Relief, ground: Ground, copies: Floats, sunk: float) -> Floats:
    """Copies that stand on the mesh rather than on the relief, which it cannot follow everywhere: none hangs in the air."""
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    away = relief.inland(np.arctan2(x, y), np.hypot(x, y)) > FAR_FROM
    reach = 3.0
    feet = [ground.far.height(x + dx, y + dy) for dx, dy in ((0, 0), (reach, 0), (-reach, 0), (0, reach), (0, -reach))]
    stood = copies.copy()
    stood[:, 2, 3] = np.where(away, np.minimum.reduce(feet) - sunk * copies[:, 2, 2], copies[:, 2, 3])
    return stood


def _laid(ground: Ground, copies: Floats) -> Floats:
    """Copies that lean with the slope they stand on, upright as they are, so that their feet follow it on every side;
    without those whose slope is too steep to hold them."""
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    reach, height = 6.0, ground.far.height
    east = (height(x + reach, y) - height(x - reach, y)) / (2 * reach)
    north = (height(x, y + reach) - height(x, y - reach)) / (2 * reach)
    laid = copies.copy()
    laid[:, 2, :2] += east[:, None] * copies[:, 0, :2] + north[:, None] * copies[:, 1, :2]
    return np.asarray(laid[np.hypot(east, north) < STEEPEST], np.float32)


def _thickets(relief: Relief, chance: _Draw) -> Floats:
    """Bushes and reeds along the far shore and in under the trees, so that forest and water meet in no line."""
    count = 16000
    bearing = chance.uniform(-np.pi, np.pi, count)
    inland = 16.0 * chance.random(count) ** 2.0 - 0.3
    distance = relief.out(bearing, inland)
    spots = (bearing, distance)
    # In clumps: between them the bank is seen.
    grown = fbm(distance * np.sin(bearing) / 14.0, distance * np.cos(bearing) / 14.0, relief.seed + 93, 2) > -0.02 * inland
    return _standing(
        relief,
        chance,
        spots,
        grown & (distance > 60.0),
        most=THICKETS,
        apart=2.6,
        scales=(0.3, 1.25),
        sunk=0.2,
        small=1.4,
        facing=0.6,
    )


def _far_rocks(relief: Relief, chance: _Draw) -> Floats:
    """Boulders at the far water's edge, that the banks and the ice have let fall: in groups, few of them large."""
    count = 5000
    bearing = np.where(chance.random(count) < 0.85, chance.uniform(-1.0, 1.0, count), chance.uniform(-np.pi, np.pi, count))
    distance = relief.out(bearing, chance.normal(0.1, 0.9, count))
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    fallen = fbm(x / 19.0, y / 19.0, relief.seed + 94, 2) > 0.12
    return _standing(
        relief,
        chance,
        (bearing, distance),
        fallen & (distance > 70.0),
        most=FAR_ROCKS,
        apart=1.1,
        scales=(0.9, 4.2),
        sunk=0.10,
        small=1.8,
    )


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
    x[:2], y[:2] = (1.98, 2.85), (2.75, 4.1)  # two lie at the dock's end, whatever the seed
    bearing, distance = np.arctan2(x, y), np.hypot(x, y)
    beside = 0.6 * np.exp(-((x - 2.4) ** 2 + (y - 3.1) ** 2) / 1.6)
    grown = fbm(x / 3.2, y / 3.2, relief.seed + 85, 2) + beside > 0.10 + 0.02 * np.abs(y - 3.0)
    free = (np.abs(x) > 1.9 + 0.12 * np.maximum(y - 3.0, 0.0)) & (relief.inland(bearing, distance) < -1.2)
    beds = _standing(relief, chance, (bearing, distance), grown & free, most=26, apart=1.15, scales=(0.75, 1.15), sunk=0.0)
    # On the other side two lie farther out.
    out = np.arctan2((-3.3, -4.5), (8.4, 9.4)), np.hypot((-3.3, -4.5), (8.4, 9.4))
    others = _standing(relief, chance, out, np.ones(2, np.bool_), most=2, apart=0.5, scales=(0.9, 1.15), sunk=0.0)
    beds = np.concatenate([beds, others])
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
    facing: float = 0.0,
) -> Floats:
    """Copies on the ground at the first allowed spots that are `apart` metres from each other, turned and sized by chance.

    `spots` are bearings and distances, `scales` the least and greatest size, `sunk` how deep they stand in
    the ground, metres at scale 1; `small` above 1 makes small ones common; `facing` ones look at the dock, to so many
    radians.
    """
    bearing, distance = spots
    kept = np.flatnonzero(allowed)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    cells = np.stack([x[kept] // apart, y[kept] // apart], -1).astype(np.int64)
    _, first = np.unique(cells[:, 0] * 100_003 + cells[:, 1], return_index=True)
    chosen = kept[np.sort(first)[:most]]
    scale = scales[0] + (scales[1] - scales[0]) * chance.random(len(chosen)) ** small
    low, high = (-facing, facing) if facing else (0.0, 2.0 * np.pi)
    turn = chance.uniform(low, high, len(chosen)) - (bearing[chosen] if facing else 0.0)
    copies = np.zeros((len(chosen), 4, 4), np.float32)
    copies[:, 0, 0] = copies[:, 1, 1] = np.cos(turn) * scale
    copies[:, 1, 0] = np.sin(turn) * scale
    copies[:, 0, 1] = -copies[:, 1, 0]
    copies[:, 2, 2] = scale * chance.uniform(0.88, 1.12, len(chosen))
    copies[:, 0, 3], copies[:, 1, 3] = x[chosen], y[chosen]
    copies[:, 2, 3] = relief.height(bearing[chosen], distance[chosen]) - sunk * scale
    copies[:, 3, 3] = 1.0
    return copies
