"""The woods across the lake: single trees along the shore, in groups of one age with glades between them, and stands of trees on
the slopes above. The islet's trees are of the same kinds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry import species, spruces
from engine.view.geometry.ground import Ground
from engine.view.geometry.islet import LONG, WIDE, islet
from engine.view.geometry.mesh import Floats, Part
from engine.view.geometry.mountains import FAR_FROM, glades
from engine.view.geometry.noise import Numbers, fbm, smoothstep
from engine.view.geometry.relief import Relief
from engine.view.geometry.standing import luck, standing

FAR_TREES, STANDS, ON_ISLET = 2600, 7400, 34
EYES = 2.0
"""Metres over the water from which one looks at most."""
STEEPEST = 1.0
"""Metres up for a metre aside beyond which no stand of trees holds."""

KINDS = ("far_spruce_0", "far_spruce_1", "fir", "pine", "larch", "birch", "alder", "snag")
SPRUCE, OTHER_SPRUCE, FIR, PINE, LARCH, BIRCH, ALDER, SNAG = range(len(KINDS))
TALL = (15.0, 15.0, 16.0, 13.0, 14.0, 10.0, 9.0, 13.0)
"""Metres at scale 1."""


def far_woods(relief: Relief, ground: Ground, frozen: bool) -> list[Part]:
    """The trees of the far shore and of the islet, a part for each kind."""
    trees, kinds = _shore_trees(relief, ground)
    others, of_kinds = _islet_trees(relief)
    trees, kinds = np.concatenate([trees, others]), np.concatenate([kinds, of_kinds])
    meshes = [spruces.far_spruce(kind, frozen) for kind in range(2)]
    drawn = (species.FIR, species.PINE, species.LARCH, species.BIRCH, species.ALDER, species.SNAG)
    meshes += [species.tree(kind, frozen, tall) for kind, tall in zip(drawn, TALL[2:], strict=True)]
    return [Part(name, mesh, trees[kinds == kind]) for kind, (name, mesh) in enumerate(zip(KINDS, meshes, strict=True))]


def _shore_trees(relief: Relief, ground: Ground) -> tuple[Floats, NDArray[np.int64]]:
    """Trees all around the lake and their kinds: woods of one age each, open to the water here and there, with leafy trees at
    their edges."""
    chance = luck(relief.seed, 7)
    count = 42000
    ahead = chance.random(count) < 0.72
    bearing = np.where(ahead, chance.uniform(-0.85, 0.85, count), chance.uniform(-np.pi, np.pi, count))
    inland = 2.2 + 188.0 * chance.random(count) ** 2.2
    distance = relief.out(bearing, inland)
    wooded = _wooded(relief, distance * np.sin(bearing), distance * np.cos(bearing))
    front = 1.0 - smoothstep(14.0, 60.0, inland)
    conifers = wooded > -0.12 + 0.20 * front + 0.0012 * inland
    # Leafy ones like light: round the woods and in the glades, never far from the water.
    leafy = (inland < 26.0) & (wooded > -0.34) & (wooded < 0.16) & (chance.random(count) < 0.30)
    copies = standing(
        relief,
        chance,
        (bearing, distance),
        (conifers | leafy) & (distance > 62.0),
        most=FAR_TREES,
        apart=2.6,
        scales=(0.62, 1.0),
        sunk=0.4,
        facing=0.25,
    )
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    inland = np.asarray(relief.inland(np.arctan2(x, y), np.hypot(x, y)))
    wooded = _wooded(relief, x, y)
    front = 1.0 - smoothstep(14.0, 60.0, inland)
    many = len(copies)
    # Groups are of one age; among old ones young ones come up, and here and there one towers over all.
    bearing = np.arctan2(x, y)
    old = 0.6 * fbm(x / 34.0, y / 34.0, relief.seed + 92, 2) + 0.7 * fbm(bearing * 11.0, 0.0 * x + 8.6, relief.seed + 98, 2)
    age = 0.44 + 1.42 * smoothstep(-0.16, 0.22, old)
    own = chance.random(many)
    age *= np.where(own < 0.22, 0.50, np.where(own > 0.95, 1.38, 1.0))
    # On the point, which juts out into the wind, they stay lower.
    age *= 0.74 + 0.26 * smoothstep(140.0, 260.0, np.hypot(x, y))
    kinds = _conifers(relief, chance, x, y)
    broad = (wooded < 0.10 + 0.10 * front) & (chance.random(many) < 0.80 * front) & (inland < 30.0)
    kinds = np.where(broad, np.where(chance.random(many) < 0.45, BIRCH, ALDER), kinds)
    age = np.where(broad, 0.72 + 0.55 * chance.random(many), age)
    dead = (chance.random(many) < 0.035) & ~broad & (inland < 70.0)
    kinds, age = np.where(dead, SNAG, kinds), np.where(dead, np.clip(age, 0.7, 1.25), age)
    copies[:, :3, :3] *= age[:, None, None]
    # Some are slender, some spread: old ones most.
    copies[:, :2, :2] *= (chance.uniform(0.95, 1.30, many) * np.where(age > 1.2, 1.12, 1.0) / np.sqrt(age).clip(0.8, 1.2))[
        :, None, None
    ]
    copies = leaning(copies, np.where(dead, 0.16, 0.035) * chance.standard_normal(many), _aside(copies, chance))
    return on_mesh(relief, ground, copies, 0.4), kinds


def _wooded(relief: Relief, x: Numbers, y: Numbers) -> Floats:
    """How much a place is wood: above about 0 it is; its edges are ragged. Streams and slides have cut lanes to the water."""
    lanes = fbm(np.arctan2(x, y) * 6.5, 0.0 * x + 8.3, relief.seed + 97, 2)
    woods = 0.6 * fbm(x / 62.0, y / 62.0, relief.seed + 82, 2) + 0.40 * fbm(x / 15.0, y / 15.0, relief.seed + 91, 2)
    return np.asarray(woods + 0.75 * lanes, np.float32)


def _conifers(relief: Relief, chance: np.random.Generator, x: Numbers, y: Numbers) -> NDArray[np.int64]:
    """Kinds of conifers, which stand in groups of their like: spruces most, firs, pines, larches."""
    share = np.clip(chance.random(len(x)) + 0.55 * fbm(x / 26.0, y / 26.0, relief.seed + 86, 2), 0.0, 0.999)
    return np.searchsorted(np.array((0.30, 0.58, 0.74, 0.87)), share, side="right")


def _islet_trees(relief: Relief) -> tuple[Floats, NDArray[np.int64]]:
    """The islet's trees and their kinds: old ones on its knoll, young ones around them, leafy ones and a dead trunk by the
    water."""
    chance, land = luck(relief.seed, 13), islet(relief.seed)
    count = 900
    x, y = land.place(chance.uniform(-LONG, LONG, count), chance.uniform(-WIDE, WIDE, count))
    inland = land.inland(x, y)
    spots = (np.arctan2(x, y), np.hypot(x, y))
    copies = standing(relief, chance, spots, inland > 1.15, most=ON_ISLET, apart=1.5, scales=(0.85, 1.1), sunk=0.2, facing=0.25)
    inland = land.inland(copies[:, 0, 3], copies[:, 1, 3])
    order = np.argsort(-inland + chance.uniform(-1.1, 1.1, len(copies)), kind="stable")
    copies, inland = copies[order], inland[order]
    rank = np.arange(len(copies))
    kinds = np.where(rank < 4, np.array((PINE, SPRUCE, OTHER_SPRUCE, PINE))[rank % 4], np.array((FIR, SPRUCE, LARCH))[rank % 3])
    size = np.where(rank < 4, np.array((1.12, 0.98, 0.74, 0.86))[rank % 4], 0.22 + 0.34 * chance.random(len(copies)))
    leafy = (rank >= 6) & (chance.random(len(copies)) < 0.5)
    kinds = np.where(leafy, np.where(rank % 3 == 0, BIRCH, ALDER), kinds)
    size = np.where(leafy, 0.30 + 0.32 * chance.random(len(copies)), size)
    dead = rank == 5
    kinds, size = np.where(dead, SNAG, kinds), np.where(dead, 0.62, size)
    copies[:, :3, :3] *= size[:, None, None]
    copies[:, :2, :2] *= chance.uniform(1.05, 1.35, len(copies))[:, None, None]
    return leaning(copies, np.where(dead, 0.20, 0.03), _aside(copies, chance)), kinds


def _aside(copies: Floats, chance: np.random.Generator) -> Floats:
    """Bearings to the left or right as one sees each copy from the dock: what leans to or fro does not show."""
    side = np.where(chance.random(len(copies)) < 0.5, -0.5 * np.pi, 0.5 * np.pi)
    return np.asarray(np.arctan2(copies[:, 0, 3], copies[:, 1, 3]) + side + chance.uniform(-0.8, 0.8, len(copies)))


def fallen(relief: Relief, frozen: bool) -> Part:
    """Trunks that have fallen from the banks with their heads in the water: some at the islet, others along the far shore."""
    chance, land = luck(relief.seed, 15), islet(relief.seed)
    bearing = np.concatenate([chance.uniform(-0.75, 0.75, 14), chance.uniform(-np.pi, np.pi, 10)])
    distance = relief.out(bearing, np.full(len(bearing), 0.9))
    turn = np.array((0.55, 2.45, 3.7))
    x, y = land.place(LONG * (land.edge(turn) - 0.10) * np.cos(turn), WIDE * (land.edge(turn) - 0.16) * np.sin(turn))
    # Those at the islet lie across the view, where they are seen as what they are.
    aside = np.arctan2(*land.middle) + np.array((1.45, -1.35, -1.9))
    away = [aside, bearing + np.pi + chance.uniform(-1.1, 1.1, len(bearing))]
    spots = (np.concatenate([np.arctan2(x, y), bearing]), np.concatenate([np.hypot(x, y), distance]))
    far = spots[1] > 60.0
    lying = standing(relief, chance, spots, np.ones(len(far), np.bool_), most=40, apart=0.01, scales=(0.40, 0.62), sunk=0.0)
    lying[: len(turn), :3, :3] *= 0.95
    mesh = species.tree(species.SNAG, frozen, TALL[SNAG])
    return Part("driftwood", mesh, leaning(lying, np.full(len(lying), 1.72), np.concatenate(away))[far])


def leaning(copies: Floats, angle: Numbers, bearing: Numbers) -> Floats:
    """Copies turned over by so many radians, each towards a bearing."""
    x, y = np.sin(bearing), np.cos(bearing)
    # Rodrigues' rotation about the level axis across the side it leans to.
    cross = np.zeros((len(copies), 3, 3))
    cross[:, 0, 2], cross[:, 2, 0] = x, -x
    cross[:, 1, 2], cross[:, 2, 1] = y, -y
    sin, cos = np.sin(angle)[:, None, None], np.cos(angle)[:, None, None]
    turned = np.eye(3)[None] + sin * cross + (1.0 - cos) * (cross @ cross)
    leaning = copies.copy()
    leaning[:, :3, :3] = turned @ copies[:, :3, :3]
    return leaning


def stands(relief: Relief, ground: Ground) -> Floats:
    """Forest on the slopes above, up to where the mountain is bare: stands that face the lake, of those in sight from the dock as
    many as there is room for. The nearest come first: whoever draws them draws little of what they hide.
    """
    chance = luck(relief.seed, 8)
    count = 90000
    bearing = np.concatenate([chance.uniform(-0.85, 0.85, count * 5 // 6), chance.uniform(-np.pi, np.pi, count // 6)])
    inland = 60.0 + 1010.0 * chance.random(len(bearing)) ** 0.9
    distance = relief.out(bearing, inland)
    x, y = distance * np.sin(bearing), distance * np.cos(bearing)
    high = ground.far.height(x, y)
    treeline = 280.0 + 100.0 * fbm(x / 140.0, y / 140.0, relief.seed + 83, 3)
    grown = (high < treeline) & (glades(relief, x, y) < 0.5) & (distance > 200.0)
    # Towards the crests they thin out into clumps, with bald ground between them.
    grown &= fbm(x / 38.0, y / 38.0, relief.seed + 99, 2) > -0.75 + 0.68 * smoothstep(450.0, 800.0, distance)
    # Just behind the shore they are of its woods, and leave its glades open.
    grown &= _wooded(relief, x, y) > -0.02 - 0.9 * smoothstep(110.0, 260.0, inland)
    copies = standing(relief, chance, (bearing, distance), grown, most=40000, apart=7.0, scales=(0.55, 1.0), sunk=0.0, facing=0.6)
    # Each patch is of one age, and none ends in a line. Higher up and further in the soil is thin: trees stay low.
    x, y = copies[:, 0, 3], copies[:, 1, 3]
    age = np.clip(1.0 + 0.9 * fbm(x / 65.0, y / 65.0, relief.seed + 95, 2), 0.5, 1.4)
    copies[:, :3, :3] *= age[:, None, None]
    # Some tower, some are thin, or on a crest they would stand like the teeth of a comb.
    away = np.hypot(x, y)
    copies[:, :2, :2] *= (chance.uniform(0.80, 1.35, len(copies)) * (1.35 - 0.35 * smoothstep(300.0, 800.0, away)))[:, None, None]
    copies[:, 2, 2] *= (0.55 + 0.75 * chance.random(len(copies)) ** 1.8) * (2.1 - 0.95 * smoothstep(300.0, 800.0, away))
    copies = on_mesh(relief, ground, copies, 0.8)
    copies = copies[in_sight(ground, copies)][:STANDS]
    copies = _laid(ground, copies)
    return copies[np.argsort(np.hypot(copies[:, 0, 3], copies[:, 1, 3]), kind="stable")]


def in_sight(ground: Ground, copies: Floats) -> NDArray[np.bool_]:
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


def on_mesh(relief: Relief, ground: Ground, copies: Floats, sunk: float) -> Floats:
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
