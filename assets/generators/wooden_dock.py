"""The dock's pieces: planks, beams, ties, piles and cleats, laid out along its length by its card.

Our own design, 2 m wide: deck planks of 140 x 38 mm with gaps of about 5 mm, two screws at each of three 60 x 160 mm beams;
they lie on pairs of ties bolted through 180 mm piles.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, bar, bolt, join, lathe, screw, tube
from assets.generators.surfaces import LARCH_TILE, METAL_TILE, iron, larch, tiled
from engine.view.geometry.mesh import Material

DECK, PLANK = 0.5, (0.140, 2.0, 0.038)
"""Height of the deck's top over the water; width, length, thickness of a plank. Metres."""
BEAM = (0.060, 0.160)
BEAMS_AT = (-0.78, 0.0, 0.78)

_WOOD_TINTS = ((1.0, 1.0, 1.0), (0.84, 0.85, 0.88), (1.08, 1.02, 0.95), (0.93, 0.89, 0.84), (0.76, 0.76, 0.77))


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
    board = bar(width, length - float(chance.uniform(0.0, 0.018)), thick, 0.004, cuts=3).bent(weather)
    up = board.normals[:, 2]
    board = replace(board, light=np.where(up > 0.5, 1.0, np.where(up < -0.5, 0.38, 0.55)))
    tint = np.array(_WOOD_TINTS[kind])
    board = board.tinted(board.tint * tint * 0.92).shifted_uv(0.061 * kind, 0.37 * kind).turned("z", 90).moved(z=DECK - thick / 2)
    screws = [
        screw(0.0048).moved(x + float(chance.uniform(-0.004, 0.004)), y + float(chance.uniform(-0.003, 0.003)), DECK)
        for x in BEAMS_AT
        for y in (-width * 0.3, width * 0.3)
    ]
    return [(larch("larch", 512, 3, 0.05), tiled(board, LARCH_TILE)), (iron(), tiled(join(screws), METAL_TILE))]


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
    return [(larch("larch", 512, 3, 0.05), tiled(board, LARCH_TILE)), (iron(), tiled(join(bolts), METAL_TILE))]


def _trestle() -> list[tuple[Material, Shape]]:
    """Two piles in the lake's bed, and the pair of ties bolted through them on which the beams lie."""
    seat = DECK - PLANK[2] - BEAM[1]
    piles, irons = [], []
    for index, x in enumerate((-0.80, 0.80)):
        profile = [
            (0.075, -3.2),
            (0.088, -0.6),
            (0.090, -0.1),
            (0.0895, 0.12),
            (0.090, seat - 0.016),
            (0.082, seat - 0.005),
            (0.0, seat - 0.002),
        ]
        pile = lathe(profile, 14)

        def grown(p: Array, phase: float = float(index) * 2.1) -> Array:
            turn = np.arctan2(p[:, 1], p[:, 0])
            out = 1.0 + 0.025 * np.sin(3 * turn + phase) + 0.015 * np.sin(5 * turn - 2 * phase + 4.0 * p[:, 2])
            return np.column_stack([p[:, :2] * out[:, None] + 0.012 * np.sin(1.3 * p[:, 2:] + phase), p[:, 2]])

        pile = pile.bent(grown)
        wet = np.clip((0.10 - pile.positions[:, 2]) / 0.10, 0.0, 1.0)[:, None]
        pile = pile.tinted(np.array((0.74, 0.70, 0.66)) * (1 - wet) + np.array((0.26, 0.29, 0.20)) * wet)
        piles.append(
            replace(
                pile.moved(x=x).shifted_uv(0.1 * index, 0.4), light=np.interp(pile.positions[:, 2], (-0.1, seat), (0.85, 0.5))
            )
        )
        for side in (-1, 1):
            irons.append(bolt(0.012, 0.008).turned("x", -90 * side).moved(x, 0.148 * side, seat - 0.075))
    for side in (-1, 1):
        tie = bar(0.15, 1.90, 0.055, 0.005, cuts=1).turned("y", 90).turned("z", 90).moved(0.0, 0.1185 * side, seat - 0.076)
        piles.append(
            replace(tie.tinted((0.72, 0.69, 0.66)).shifted_uv(0.05 + 0.1 * side, 0.2), light=np.full(len(tie.positions), 0.55))
        )
    return [(larch("larch", 512, 3, 0.05), tiled(join(piles), LARCH_TILE)), (iron(), tiled(join(irons), METAL_TILE))]


def _cleat() -> list[tuple[Material, Shape]]:
    """A cast mooring cleat, 200 mm over its horns, lying along the dock."""
    base = lathe(((0.024, 0.0), (0.024, 0.004), (0.020, 0.009), (0.014, 0.022), (0.013, 0.034)), 10, 60)
    horns = np.column_stack([np.zeros(9), np.linspace(-0.1, 0.1, 9), 0.040 + 0.012 * np.linspace(-1, 1, 9) ** 2])
    arms = tube(horns, 0.0115 - 0.0045 * np.abs(np.linspace(-1, 1, 9)) ** 1.5, 10)
    plate = bar(0.045, 0.13, 0.006, 0.002).moved(z=0.003)
    heads = [bolt(0.006, 0.003).moved(x, y, 0.006) for x in (-0.013, 0.013) for y in (-0.053, 0.053)]
    made = join([plate, base.moved(y=-0.028), base.moved(y=0.028), arms, *heads])
    light = np.clip(0.6 + 10.0 * made.positions[:, 2], 0.0, 1.0)
    return [(iron(), tiled(replace(made, light=light).moved(z=DECK), METAL_TILE))]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    model = {f"plank_{'abcde'[kind]}": _plank(kind) for kind in range(5)}
    model["beams"] = [(larch("larch", 512, 3, 0.05), tiled(_beams(), LARCH_TILE))]
    write_glb("wooden_dock", model | {"fascia": _fascia(), "trestle": _trestle(), "cleat": _cleat()}, folder)


if __name__ == "__main__":
    make()
