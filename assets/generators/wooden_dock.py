"""The dock's pieces: planks, beams, ties, piles and cleats, laid out along its length by its card.

Our own design, 2 m wide: deck planks of 140 x 38 mm with gaps of about 5 mm, two screws at each of three 60 x 160 mm beams;
they lie on pairs of ties bolted through 160 mm piles, which stand outside and rise 0.4 m over the deck. A kerb runs along both
sides, and ropes lie ready on the cleats of one side.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, bar, bolt, curve, join, lathe, screw, shape, tube
from assets.generators.surfaces import LARCH_TILE, METAL_TILE, iron, rope, tiled, weathered_larch
from engine.view.geometry.mesh import Material

DECK, PLANK = 0.5, (0.140, 2.0, 0.038)
"""Height of the deck's top over the water; width, length, thickness of a plank. Metres."""
BEAM = (0.060, 0.160)
BEAMS_AT = (-0.78, 0.0, 0.78)
POST, POST_AT = (0.080, 0.40), 1.085
"""Radius of a pile and how far it rises over the deck; how far from the middle it stands. Metres."""

ROPE = 0.011
"""Radius of the mooring lines, metres."""

_WOOD_TINTS = ((0.94, 0.93, 0.92), (0.76, 0.78, 0.82), (1.08, 1.02, 0.93), (0.88, 0.82, 0.75), (0.68, 0.68, 0.70))


def _plank(kind: int) -> list[tuple[Material, Shape]]:
    """A plank across the dock; each kind is cupped, bowed and weathered in its own way."""
    chance = np.random.Generator(np.random.PCG64(100 + kind))
    width, length, thick = PLANK
    cup, bow, twist, skew = chance.uniform(-1.0, 1.0, 4) * (0.0025, 0.0018, 0.012, 0.0015)

    def weather(p: Array) -> Array:
        along, across = p[:, 1] / length * 2, p[:, 0] / width * 2
        q = p.copy()
        q[:, 2] += cup * across**2 + twist * along * p[:, 0] - abs(bow) * 0.4 * along**2
        q[:, 0] += bow * along**2 + skew * along
        q[:, 1] += 0.004 * across * chance_end
        return q

    chance_end = float(chance.uniform(-1.0, 1.0))
    board = bar(width, length - float(chance.uniform(0.0, 0.018)), thick, 0.004, cuts=5).bent(weather)
    up, end, high = board.normals[:, 2], np.abs(board.normals[:, 1]) > 0.5, board.positions[:, 2] > 0.0
    # Into the gaps of 5 mm between planks next to no light falls; the planks' ends stand free.
    sides = np.where(end, np.where(high, 0.8, 0.5), np.where(high, 0.12, 0.04))
    board = replace(board, light=np.where(up > 0.5, 1.0, np.where(up < -0.5, 0.38, sides)))
    # Upper edges are worn round: shaded as the face that they end, they draw no line of their own. Below them dirt and wet have
    # darkened the gap.
    side = np.abs(board.normals[:, 0]) > 0.5
    board = replace(board, normals=np.where((side & high)[:, None], (0.0, 0.0, 1.0), board.normals))
    gap = np.where(side, np.where(high, 0.16, 0.08), 1.0)[:, None]
    tint = np.array(_WOOD_TINTS[kind])
    # Each was washed and trodden on more in some places than in others.
    worn = np.interp(board.positions[:, 1], np.linspace(-length / 2, length / 2, 7), chance.uniform(0.80, 1.08, 7))[:, None]
    board = (
        board.tinted(board.tint * tint * worn * gap)
        .shifted_uv(0.061 * kind, 0.37 * kind)
        .turned("z", 90)
        .moved(z=DECK - thick / 2)
    )
    spots = np.array([(y, -x, thick / 2) for x in BEAMS_AT for y in (-width * 0.3, width * 0.3)])
    heads = weather(spots)
    screws = [screw(0.0052).moved(-y, x, DECK - thick + z) for x, y, z in heads + np.array((0.0, 0.0, thick / 2))]
    return [(weathered_larch(), tiled(board, LARCH_TILE)), (iron(), tiled(join(screws), METAL_TILE))]


def _beams() -> Shape:
    """A metre of the three beams; pieces meet end to end, so the texture must repeat after a metre too."""
    one = bar(BEAM[0], 1.0, BEAM[1], 0.005, cuts=1, open_ends=True).tinted((0.70, 0.66, 0.62))
    light = np.interp(one.positions[:, 2], (-BEAM[1] / 2, BEAM[1] / 2), (0.62, 0.30))
    one = replace(one, light=light)
    height = DECK - PLANK[2] - BEAM[1] / 2
    return join([one.moved(x, 0.0, height).shifted_uv(0.09 * index, 0.31 * index) for index, x in enumerate(BEAMS_AT)])


def _fascia() -> list[tuple[Material, Shape]]:
    """The board that closes an end of the beams, with its bolts."""
    board = bar(0.15, 1.92, 0.034, 0.004, cuts=1).turned("y", 90).turned("z", 90)
    board = replace(board.moved(z=DECK - PLANK[2] - 0.079), light=np.full(len(board.positions), 0.75)).tinted((0.82, 0.79, 0.76))
    bolts = [
        bolt(0.010, 0.006).turned("x", -90 * side).moved(x, 0.0168 * side, DECK - PLANK[2] - 0.079 + dz)
        for x in BEAMS_AT
        for dz in (-0.035, 0.035)
        for side in (-1, 1)
    ]
    return [(weathered_larch(), tiled(board, LARCH_TILE)), (iron(), tiled(join(bolts), METAL_TILE))]


def _trestle() -> list[tuple[Material, Shape]]:
    """Two piles in the lake's bed with caps of iron, and the pair of ties bolted through them on which the beams lie."""
    seat, top = DECK - PLANK[2] - BEAM[1], DECK + POST[1]
    piles, irons = [], []
    for index, x in enumerate((-POST_AT, POST_AT)):
        r = POST[0]
        profile = [(r * 0.85, -3.2), (r, -0.6), (r, -0.1), (r, 0.12), (r, seat), (r, DECK), (r, top - 0.10), (r, top - 0.03)]

        def grown(p: Array, phase: float = float(index) * 2.1) -> Array:
            turn = np.arctan2(p[:, 1], p[:, 0])
            out = 1.0 + 0.016 * np.sin(3 * turn + phase) + 0.010 * np.sin(5 * turn - 2 * phase + 4.0 * p[:, 2])
            return np.column_stack([p[:, :2] * out[:, None] + 0.008 * np.sin(1.3 * p[:, 2:] + phase), p[:, 2]])

        pile = lathe(profile, 18).bent(grown)
        wet = np.clip((0.12 - pile.positions[:, 2]) / 0.12, 0.0, 1.0)[:, None]
        pile = pile.tinted(np.array((0.86, 0.83, 0.80)) * (1 - wet) + np.array((0.26, 0.29, 0.20)) * wet)
        light = np.interp(pile.positions[:, 2], (-0.1, seat, DECK - 0.02, DECK + 0.06), (0.85, 0.6, 0.55, 1.0))
        piles.append(replace(pile.moved(x=x).shifted_uv(0.1 * index, 0.4), light=light))
        sway = 0.008 * np.sin(1.3 * top + index * 2.1)
        cap = lathe(
            ((r * 1.07, -0.045), (r * 1.09, -0.043), (r * 1.09, -0.008), (r * 1.05, 0.0), (0.03, 0.022), (0.0, 0.026)), 20, 35.0
        )
        irons.append(cap.moved(x + sway, sway, top))
        for side in (-1, 1):
            irons.append(bolt(0.012, 0.008).turned("x", -90 * side).moved(x, 0.1365 * side, seat - 0.075))
    for side in (-1, 1):
        tie = bar(0.15, 2 * POST_AT + 0.24, 0.055, 0.005, cuts=1).turned("y", 90).turned("z", 90)
        tie = tie.moved(0.0, 0.107 * side, seat - 0.076).tinted((0.72, 0.69, 0.66)).shifted_uv(0.05 + 0.1 * side, 0.2)
        piles.append(replace(tie, light=np.where(np.abs(tie.positions[:, 0]) > 1.0, 0.9, 0.5)))
    return [(weathered_larch(), tiled(join(piles), LARCH_TILE)), (iron(), tiled(join(irons), METAL_TILE))]


def _kerb() -> list[tuple[Material, Shape]]:
    """A metre of both sides: a kerb, so that a foot or a wheel feels the edge, and the joist under the planks' ends."""
    made, heads = [], []
    for index, side in enumerate((-1.0, 1.0)):
        rail = bar(0.070, 1.0, 0.075, 0.006, cuts=1, open_ends=True).moved(0.955 * side, 0.0, DECK + 0.034)
        shade = np.interp(rail.positions[:, 2], (DECK, DECK + 0.05), (0.30, 1.0))
        made.append(replace(rail.tinted((0.95, 0.93, 0.90)).shifted_uv(0.13 * index, 0.23 + 0.4 * index), light=shade))
        joist = bar(0.036, 1.0, 0.15, 0.004, cuts=1, open_ends=True).moved(0.976 * side, 0.0, DECK - PLANK[2] - 0.077)
        light = np.where(np.abs(joist.positions[:, 0]) > 0.976, 0.85, 0.4)
        made.append(replace(joist.tinted((0.80, 0.77, 0.74)).shifted_uv(0.07 * index, 0.6), light=light))
        heads += [bolt(0.008, 0.005).moved(0.955 * side, y, DECK + 0.0715) for y in (-0.25, 0.25)]
    return [(weathered_larch(), tiled(join(made), LARCH_TILE)), (iron(), tiled(join(heads), METAL_TILE))]


def _rope() -> list[tuple[Material, Shape]]:
    """A mooring line of 22 mm: belayed on a cleat in eights, its tail laid down beside it in a coil of two layers."""
    r = ROPE
    t = np.linspace(0.0, 4.0 * np.pi, 48)
    eights = np.column_stack([0.034 * np.sin(2 * t), 0.060 * np.cos(t), 0.021 + 0.0024 * t + 0.006 * np.cos(2 * t)])
    way = curve(((*eights[-1],), (0.030, -0.115, 0.024), (0.055, -0.165, r), (0.115, -0.180, r), (0.20, -0.180, r)), 12)[1:]
    turn = np.linspace(0.5 * np.pi, 0.5 * np.pi - 2.0 * np.pi * 5.0, 100)
    # Inwards on the deck, then outwards on top of what lies there.
    far = np.concatenate([np.linspace(0.150, 0.075, 60), np.linspace(0.075, 0.128, 40)]) * (1.0 + 0.03 * np.sin(3 * turn))
    high = r + np.interp(np.arange(100), (0, 58, 64, 100), (0.0, 0.0, 1.75 * r, 1.75 * r))
    coil = np.column_stack([0.20 + far * np.cos(turn), -0.33 + far * np.sin(turn), high])
    line = tube(np.concatenate([eights, way, coil[1:]]), r, 6)
    # Turns lie on each other and on the deck: light falls in from above only.
    high_up = np.clip(line.positions[:, 2] / (2.2 * r), 0.0, 1.0)
    light = np.clip(0.15 + 0.55 * np.clip(line.normals[:, 2], -0.2, 1.0) + 0.45 * high_up, 0.05, 1.0)
    return [(rope(), tiled(replace(line, light=light).moved(z=DECK), (2.0 * np.pi * r, 0.044)))]


def _leaves() -> list[tuple[Material, Shape]]:
    """What the wind has brought: a few birch leaves, curled as they dry."""
    chance = np.random.Generator(np.random.PCG64(77))
    made = []
    for _ in range(6):
        long, turn = chance.uniform(0.034, 0.055), chance.uniform(0.0, 360.0)
        outline = np.array(
            (
                (0.0, -0.5),
                (0.20, -0.40),
                (0.33, -0.15),
                (0.27, 0.14),
                (0.12, 0.38),
                (0.0, 0.58),
                (-0.12, 0.38),
                (-0.27, 0.14),
                (-0.33, -0.15),
                (-0.20, -0.40),
            )
        )
        outline = outline * long * chance.uniform(0.92, 1.08, (10, 1))
        curl = chance.uniform(6.0, 16.0)
        points = np.column_stack([outline, 0.003 + curl * (outline**2).sum(axis=1) + 0.35 * np.abs(outline[:, 0])])
        points = np.concatenate([[(0.0, 0.0, 0.0015)], points])
        leaf = shape(points, np.array([(0, index, index % 10 + 1) for index in range(1, 11)]))
        tone = np.array((0.30, 0.17, 0.055)) * chance.uniform(0.45, 1.0) * (1.0, chance.uniform(0.7, 1.1), 1.0)
        leaf = replace(leaf.tinted(tone), light=np.concatenate([[0.6], chance.uniform(0.8, 1.0, 10)]))
        made.append(leaf.turned("z", turn).moved(chance.uniform(-0.9, 0.9), chance.uniform(-0.5, 0.5), DECK))
    return [(Material("leaf", roughness=0.85, two_sided=True), join(made))]


def _cleat() -> list[tuple[Material, Shape]]:
    """A cast mooring cleat, 200 mm over its horns, lying along the dock."""
    base = lathe(((0.024, 0.0), (0.024, 0.004), (0.020, 0.009), (0.014, 0.022), (0.013, 0.034)), 10, 60)
    horns = np.column_stack([np.zeros(9), np.linspace(-0.1, 0.1, 9), 0.040 + 0.012 * np.linspace(-1, 1, 9) ** 2])
    arms = tube(horns, 0.0115 - 0.0045 * np.abs(np.linspace(-1, 1, 9)) ** 1.5, 10)
    plate = bar(0.045, 0.13, 0.006, 0.002).moved(z=0.003)
    heads = [bolt(0.006, 0.003).moved(x, y, 0.006) for x in (-0.013, 0.013) for y in (-0.053, 0.053)]
    made = join([plate, base.moved(y=-0.028), base.moved(y=0.028), arms, *heads])
    light = np.clip(0.30 + 24.0 * made.positions[:, 2], 0.0, 1.0)
    return [(iron(), tiled(replace(made, light=light).moved(z=DECK), METAL_TILE))]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    model = {f"plank_{'abcde'[kind]}": _plank(kind) for kind in range(5)}
    model["beams"] = [(weathered_larch(), tiled(_beams(), LARCH_TILE))]
    write_glb(
        "wooden_dock",
        model
        | {"fascia": _fascia(), "trestle": _trestle(), "cleat": _cleat(), "kerb": _kerb(), "rope": _rope(), "leaves": _leaves()},
        folder,
    )


if __name__ == "__main__":
    make()
