"""The planks of a deck: cupped, worn and split boards of larch, with the screws that hold them and what lies on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assets.generators.shapes import Array, Shape, join, shape
from assets.generators.surfaces import DECK_TILE, GRAIN_TILE, steel, tiled, weathered_larch
from engine.view.geometry.mesh import Material

DECK, PLANK = 0.5, (0.140, 2.0, 0.038)
"""Height of the deck's top over the water; width, length, thickness of a plank. Metres."""
BEAMS_AT = (-0.78, 0.0, 0.78)
"""Where along a plank its beams lie, metres."""
SCREWS_AT = 0.042
"""How far from the middle of a plank its screws are. Metres."""
ZINC = ("zinc", (0.14, 0.133, 0.122), 1.0)
"""What screws are coated with, as `surfaces.steel` makes it."""
SPLITS = (0.0038, 0.0066)
"""Width of the splits in the ends of planks, metres at the end."""
NEEDLES = 5
"""Needles of the larches on the shore that the wind has left on a plank."""

_WOOD_TINTS = ((0.94, 0.91, 0.88), (0.60, 0.70, 0.84), (1.0, 0.94, 0.84), (0.80, 0.70, 0.60), (0.74, 0.83, 0.94))


def plank(kind: int) -> list[tuple[Material, Shape]]:
    """A plank across the dock; each kind is cupped, bowed and weathered in its own way, and cut from wood of its own."""
    chance = np.random.Generator(np.random.PCG64(100 + kind))
    width, length, thick = PLANK
    cup, bow, twist, skew = chance.uniform(-1.0, 1.0, 4) * (0.0022, 0.0018, 0.010, 0.0015)
    slant = float(chance.uniform(-1.0, 1.0))

    def weather(p: Array) -> Array:
        along, across = p[:, 1] / length * 2, p[:, 0] / width * 2
        q = p.copy()
        q[:, 2] += cup * across**2 + twist * along * p[:, 0] - abs(bow) * 0.4 * along**2
        q[:, 0] += bow * along**2 + skew * along
        q[:, 1] += 0.004 * across * slant
        return q

    board = _board(length - float(chance.uniform(0.0, 0.012)))
    spots = np.array([(y, x) for x in BEAMS_AT for y in (-SCREWS_AT, SCREWS_AT)]) + chance.uniform(-0.005, 0.005, (6, 2))
    pairs = [[each.moved(x, y, thick / 2) for each in screw(float(chance.uniform(0.0, 1.0)))] for x, y in spots]
    sinks = [sink.shifted_uv(x, y) for (sink, _), (x, y) in zip(pairs, spots, strict=True)]
    splits = _splits(np.random.Generator(np.random.PCG64(700 + kind)), thick / 2)
    wood = join([board, *sinks, *_needles(chance, thick / 2), *splits]).bent(weather)
    heads = join([head for _, head in pairs]).bent(weather)
    # Each was washed and trodden on more in some places than in others.
    worn = np.interp(wood.positions[:, 1], np.linspace(-length / 2, length / 2, 7), chance.uniform(0.84, 1.06, 7))[:, None]
    wood = wood.tinted(wood.tint * np.array(_WOOD_TINTS[kind]) * worn).shifted_uv(width * kind, 0.37 * kind)
    return [
        (material, tiled(each.turned("z", 90).moved(z=DECK - thick / 2), tile))
        for material, each, tile in ((weathered_larch(), wood, DECK_TILE), (steel(*ZINC), heads, GRAIN_TILE))
    ]


def _board(length: float) -> Shape:
    """A plank along y with worn edges. Dirt and wet have darkened the gaps beside it, into which no light falls; where the kerbs
    stand on it they shade it, and nobody's feet clean it."""
    w, t = PLANK[0] / 2, PLANK[2] / 2
    # Across: x, z; its normal there; how dark the wood is; how much light it gets.
    right = (
        ((w, -t), (1.0, 0.0), 0.44, 0.34),
        ((w, t - 0.012), (1.0, 0.0), 0.66, 0.80),
        ((w - 0.0012, t - 0.0024), (0.62, 0.78), 0.68, 0.95),
        ((w - 0.0052, t), (0.16, 0.98), 0.84, 1.0),
        ((w - 0.0140, t), (0.0, 1.0), 0.97, 1.0),
        ((SCREWS_AT, t), (0.0, 1.0), 1.0, 1.0),
    )
    left = [((-at[0], at[1]), (-way[0], way[1]), dark, light) for at, way, dark, light in right[::-1]]
    under = [((x, -t), (0.0, -1.0), 0.6, 0.38) for x in (-w, w)]
    rows = [*right, *left, *under]
    outline, facing = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    end = length / 2
    half = np.array((0.43, 0.855, 0.897, 0.919, end - 0.003, end))
    stations = np.concatenate([-half[::-1], [0.0], half])
    lit = np.interp(np.abs(stations), (0.855, 0.897, 0.919, 0.93, end - 0.003), (1.0, 0.74, 0.34, 0.30, 0.8))
    soiled = np.interp(np.abs(stations), (0.0, 0.43, 0.855, 0.897, 0.919, end), (1.06, 1.0, 0.74, 0.48, 0.20, 0.45))
    shrunk = np.where(np.arange(len(stations)) % (len(stations) - 1) == 0, 0.97, 1.0)
    count = len(rows)
    points = np.concatenate(
        [np.column_stack([outline[:, 0], np.full(count, y), outline[:, 1] * s]) for y, s in zip(stations, shrunk, strict=True)]
    )
    normals = np.tile(np.column_stack([facing[:, 0], np.zeros(count), facing[:, 1]]), (len(stations), 1))
    dark = np.outer(soiled, [row[2] for row in rows]).ravel()
    light = np.outer(lit, [row[3] for row in rows]).ravel()
    strip, across = np.arange(len(stations) - 1)[:, None] * count, np.arange(count - 1)[None]
    a = (strip + across)[:, np.arange(count - 1) != count - 3].ravel()  # sides and underside meet in a hard edge
    faces = np.concatenate([np.column_stack([a, a + count, a + 1]), np.column_stack([a + 1, a + count, a + count + 1])])
    down = np.cumsum(np.concatenate([[0.0], np.linalg.norm(np.diff(outline, axis=0), axis=1)]))
    # On the top, u is as far across as x.
    uvs = np.column_stack([np.tile(2 * w - 0.014 + down[4] - down, len(stations)), points[:, 1]])
    made = replace(shape(points, faces, normals, uvs).tinted(dark[:, None] ** np.array((0.94, 1.0, 1.08))), light=light)
    return join([made, *(_end(points[at : at + count - 2], side) for at, side in ((0, -1.0), (len(points) - count, 1.0)))])


def _end(ring: Array, side: float) -> Shape:
    """The end grain of a plank, darker than its faces, for it drinks the rain."""
    index = np.arange(1, len(ring) - 1)
    fan = np.column_stack([0 * index, index, index + 1])[:, :: -1 if side > 0 else 1]
    uvs = np.column_stack([ring[:, 0] + PLANK[0] / 2, 0.3 * ring[:, 2]])
    return replace(
        shape(ring, fan, np.tile((0.0, side, 0.0), (len(ring), 1)), uvs).tinted((0.52, 0.47, 0.42)),
        light=0.75 * np.ones(len(ring)),
    )


def screw(turn: float) -> tuple[Shape, Shape]:
    """A countersunk screw on z = 0: the bowl that it was driven into, stained by it, and its head, dull and flat."""
    sides, r = 6, 0.0052
    around = np.linspace(0.0, 2.0 * np.pi, sides + 1) + turn

    def turned(rows: Sequence[tuple[float, float, float, float]]) -> Shape:
        # Each row: radius in radii of the head, height, how far its normal leans outwards, tone.
        points = [np.column_stack([r * k * np.cos(around), r * k * np.sin(around), np.full(sides + 1, z)]) for k, z, _, _ in rows]
        leans = [np.column_stack([k * np.cos(around), k * np.sin(around), np.ones(sides + 1)]) for _, _, k, _ in rows]
        index = np.arange((len(rows) - 1) * (sides + 1)).reshape(len(rows) - 1, -1)[:, :-1].ravel()
        on = index + sides + 1
        faces = np.concatenate([np.column_stack([index, on + 1, on]), np.column_stack([index, index + 1, on + 1])])
        flat = np.concatenate(points)
        made = shape(flat, faces, np.concatenate(leans), flat[:, :2] + (PLANK[0] / 2, 0.0))
        return made.tinted(np.repeat([tone for *_, tone in rows], sides + 1)[:, None] * np.ones(3))

    # Larch is full of tannin, which iron turns black: a stain fades out round the head, and runs further along the grain.
    sink = turned(((2.7, 0.0005, 0.0, 1.0), (1.5, 0.0007, 0.0, 0.34), (0.98, 0.0007, -0.15, 0.10)))
    spread = np.interp(np.hypot(sink.positions[:, 0], sink.positions[:, 1]), (1.5 * r, 2.7 * r), (1.0, 1.9))
    sink = replace(sink, positions=sink.positions * np.column_stack([np.ones(len(spread)), spread, np.ones(len(spread))]))
    head = turned(((1.0, 0.0009, 0.2, 0.8), (0.1, 0.0010, 0.0, 0.9)))
    return sink, head


def _splits(chance: np.random.Generator, high: float) -> list[Shape]:
    """What has opened in a plank as it dried: from both ends splits run in along the grain, 10-40 cm past the kerbs that stand on
    them; and on its face a few checks, finer and shorter. Deep and narrow, they are dark."""
    made = []
    for end in (-1.0, -1.0, 1.0, 1.0, 0.0, 0.0):
        wide = float(chance.uniform(*SPLITS)) * (1.0 if end else 0.62)
        start = end * 0.95 if end else float(chance.uniform(-0.75, 0.75))
        long = float(chance.uniform(0.16, 0.46)) if end else float(chance.uniform(0.08, 0.22))
        steps = np.linspace(0.0, 1.0, 4)
        along = start - (end or 1.0) * long * steps
        wander = np.cumsum(chance.uniform(-0.0018, 0.0018, 4)) + float(chance.uniform(-0.050, 0.050))
        half = 0.5 * wide * (np.maximum(1.0 - steps, 0.04) ** 0.7 if end else np.sin(np.pi * np.clip(steps, 0.02, 0.98)) ** 0.6)
        points = np.concatenate([np.column_stack([wander + s * half, along, np.full(4, high + 0.0005)]) for s in (-1.0, 1.0)])
        one = np.arange(3)
        faces = np.concatenate([np.column_stack([one, one + 4, one + 1]), np.column_stack([one + 1, one + 4, one + 5])])
        if end > -0.5:  # it runs the other way
            faces = faces[:, ::-1]
        flat = shape(points, faces, np.tile((0.0, 0.0, 1.0), (8, 1)), points[:, :2] + (PLANK[0] / 2, 0.0))
        made.append(replace(flat.tinted((0.11, 0.10, 0.09)), light=np.full(8, 0.25)))
    return made


def _needles(chance: np.random.Generator, high: float) -> list[Shape]:
    """Needles that have fallen on a plank, 15-25 mm long, most of them towards its ends where nobody walks."""
    made = []
    for _ in range(NEEDLES):
        long, wide, turn = chance.uniform(0.015, 0.025), 0.0017, chance.uniform(0.0, np.pi)
        x, y = chance.uniform(-0.055, 0.055), chance.choice((-1.0, 1.0)) * (0.88 - 0.7 * chance.random() ** 2)
        ahead, aside = np.array((np.cos(turn), np.sin(turn))), np.array((-np.sin(turn), np.cos(turn)))
        flat = np.array([-0.5 * long * ahead, 0.5 * wide * aside, 0.5 * long * ahead, -0.5 * wide * aside])
        points = np.column_stack([flat, (0.0008, 0.0016, 0.0012, 0.0016)])
        one = shape(points, np.array(((0, 3, 2), (0, 2, 1))), np.tile((0.0, 0.0, 1.0), (4, 1)), flat.copy())
        made.append(one.tinted((0.90, 0.66, 0.36)).moved(x, y, high))
    return made
