"""The dock's pieces: beams, ties, piles, kerbs and cleats under and on its `planks`, laid out along its length by its card.

Our own design, 2 m wide: deck planks of 140 x 38 mm with gaps of about 5 mm, two screws at each of three 60 x 160 mm beams;
they lie on pairs of ties bolted through 160 mm piles, which stand outside and rise 0.4 m over the deck. A kerb runs along both
sides, and ropes lie ready on the cleats of one side.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.planks import BEAMS_AT, DECK, PLANK, ZINC, plank, screw
from assets.generators.shapes import Array, Shape, bar, curve, join, lathe, shape, tube
from assets.generators.surfaces import DECK_TILE, GRAIN_TILE, METAL_TILE, iron, lead, rope, steel, tiled, weathered_larch
from engine.view.geometry.mesh import Material

BEAM = (0.060, 0.160)
POST, POST_AT = (0.080, 0.40), 1.085
"""Radius of a pile and how far it rises over the deck; how far from the middle it stands. Metres."""

KERB, KERB_AT = (0.070, 0.075), 0.955
"""Width and height of a kerb, and how far from the middle it stands. Metres."""
SLOW_GROWN = 1.6
"""How much finer the grain of a kerb is than a plank's: it is cut from slower trees, and one sees it from closer by."""

ROPE = 0.011
"""Radius of the mooring lines, metres."""
COIL_SHADE, CLEAT_SHADE = 0.22, (0.060, 0.125)
"""Metres, half the width and length of what a coil and a cleat shade of the deck."""

PACKED = 0.009
"""How high a kerb stands over the deck on its packers, so that rain drains away under it; metres."""
CONTACT = (0.034, 0.024)
"""How far on the deck a kerb's foot is dark before it, and under it; metres."""

_KERB_TINTS = ((0.86, 0.84, 0.82), (0.70, 0.68, 0.66))


def _beams() -> Shape:
    """Two metres of the three beams; pieces meet end to end, as the texture does after two metres."""
    one = bar(BEAM[0], 2.0, BEAM[1], 0.005, cuts=1, open_ends=True).tinted((0.70, 0.66, 0.62))
    light = np.interp(one.positions[:, 2], (-BEAM[1] / 2, BEAM[1] / 2), (0.62, 0.30))
    one = replace(one, light=light)
    height = DECK - PLANK[2] - BEAM[1] / 2
    return join([one.moved(x, 0.0, height).shifted_uv(0.09 * index, 0.31 * index) for index, x in enumerate(BEAMS_AT)])


def _bolt(radius: float) -> Shape:
    """A cup-headed bolt's head, smooth, on z = 0: seen from afar only."""
    r = radius
    return lathe(((r, 0.0), (0.93 * r, 0.22 * r), (0.6 * r, 0.44 * r), (0.0, 0.5 * r)), 6, 90.0)


def _fascia() -> list[tuple[Material, Shape]]:
    """The board that closes an end of the beams, with its bolts."""
    board = bar(0.15, 1.92, 0.034, 0.004, cuts=1).turned("y", 90).turned("z", 90)
    board = replace(board.moved(z=DECK - PLANK[2] - 0.079), light=np.full(len(board.positions), 0.75)).tinted((0.82, 0.79, 0.76))
    bolts = [
        _bolt(0.0135).turned("x", -90 * side).moved(x, 0.0168 * side, DECK - PLANK[2] - 0.079)
        for x in BEAMS_AT
        for side in (-1, 1)
    ]
    # The kerbs' ends, a hair larger than the kerbs that they close.
    blocks = [
        bar(KERB[0] + 0.001, 0.026, KERB[1] + 0.001, 0.006)
        .moved(KERB_AT * side, 0.0, DECK + PACKED + KERB[1] / 2)
        .tinted((0.72, 0.67, 0.62))
        for side in (-1, 1)
    ]
    return [(weathered_larch(), tiled(join([board, *blocks]), DECK_TILE)), (iron(), tiled(join(bolts), METAL_TILE))]


def _trestle() -> list[tuple[Material, Shape]]:
    """Two piles in the lake's bed with caps of lead, and the pair of ties bolted through them on which the beams lie."""
    seat = DECK - PLANK[2] - BEAM[1]
    piles, caps = [], []
    for index, x in enumerate((-POST_AT, POST_AT)):
        # No two trees are alike, nor were both driven equally deep.
        r, top = POST[0] * (1.0, 0.93)[index], DECK + POST[1] - (0.0, 0.035)[index]
        profile = [
            (r * 0.85, -3.2),
            (r, -0.1),
            (r, 0.14),
            (r, seat),
            (r, DECK + 0.07),
            (r, DECK + 0.15),
            (r, top - 0.20),
            (r, top - 0.085),
            (r, top - 0.054),
            (r, top - 0.03),
        ]

        def grown(p: Array, phase: float = float(index) * 2.1) -> Array:
            turn = np.arctan2(p[:, 1], p[:, 0])
            out = 1.0 + 0.014 * np.sin(3 * turn + phase) + 0.003 * np.sin(5 * turn - 2 * phase + 4.0 * p[:, 2])
            return np.column_stack([p[:, :2] * out[:, None] + 0.008 * np.sin(1.3 * p[:, 2:] + phase), p[:, 2]])

        pile = lathe(profile, 24).bent(grown)
        # Its grain closes round it; what rain runs down from the cap is grey, what waves reach is dark and green.
        pile = replace(pile, uvs=pile.uvs * (DECK_TILE[0] / (2.0 * np.pi * r), 1.0))
        wet = np.clip((0.14 - pile.positions[:, 2]) / 0.12, 0.0, 1.0)[:, None]
        grey = np.clip((pile.positions[:, 2] - top + 0.22) / 0.20, 0.0, 1.0)[:, None] * (0.5, 0.8)[index]
        dry = np.array(((0.88, 0.83, 0.77), (0.78, 0.77, 0.76))[index]) * (1 - grey) + np.array((0.62, 0.64, 0.68)) * grey
        # Behind the kerb dirt gathers on it, which rain splashes up.
        soil = np.interp(pile.positions[:, 2], (DECK, DECK + 0.07, DECK + 0.15), (0.45, 0.52, 1.0))[:, None]
        pile = pile.tinted(dry * soil * (1 - wet) + np.array((0.26, 0.29, 0.20)) * wet)
        # The cap keeps the sky from what is close under it.
        heights = (-0.1, seat, DECK - 0.02, DECK + 0.07, DECK + 0.15, top - 0.085, top - 0.054)
        light = np.interp(pile.positions[:, 2], heights, (0.85, 0.6, 0.40, 0.48, 1.0, 1.0, 0.35))
        piles.append(replace(pile.moved(x=x).shifted_uv(0.23 * index, 0.4), light=light))
        sway = 0.008 * np.sin(1.3 * top + index * 2.1)
        caps.append(_lead_cap(r, index).moved(x + sway, sway, top))
        for side in (-1, 1):
            caps.append(_bolt(0.016).turned("x", -90 * side).moved(x, 0.1365 * side, seat - 0.075))
    for side in (-1, 1):
        tie = bar(0.15, 2 * POST_AT + 0.24, 0.055, 0.005, cuts=1).turned("y", 90).turned("z", 90)
        tie = tie.moved(0.0, 0.107 * side, seat - 0.076).tinted((0.72, 0.69, 0.66)).shifted_uv(0.05 + 0.1 * side, 0.2)
        piles.append(replace(tie, light=np.where(np.abs(tie.positions[:, 0]) > 1.0, 0.9, 0.5)))
    return [(weathered_larch(), tiled(join(piles), DECK_TILE)), (lead(), tiled(join(caps), METAL_TILE))]


def _lead_cap(r: float, index: int) -> Shape:
    """A cap of sheet lead on the end of a pile of radius `r`, which is z = 0: a low cone that sheds the rain, its skirt dressed
    down over the wood by hand, its edge turned over, and copper nails all round."""
    chance = np.random.Generator(np.random.PCG64(900 + index))
    skirt, eave = r * 1.055, r * 1.075
    profile = [
        (skirt, -0.050), (eave + 0.0018, -0.0475), (skirt + 0.0006, -0.0415), (skirt, -0.018), (skirt - 0.001, -0.004),
        (r * 0.96, 0.005), (r * 0.82, 0.012), (r * 0.12, 0.037), (0.0, 0.0385),
    ]  # fmt: skip
    dents = chance.uniform(0.0, 2.0 * np.pi, 6)

    def dressed(p: Array) -> Array:
        turn = np.arctan2(p[:, 1], p[:, 0])
        beaten = np.sin(9 * turn + dents[0] + 150.0 * p[:, 2]) + np.sin(14 * turn + dents[1] - 110.0 * p[:, 2])
        waved = np.sin(2 * turn + dents[2]) + 0.6 * np.sin(5 * turn + dents[3])
        low = np.clip((-0.030 - p[:, 2]) / 0.015, 0.0, 1.0)
        out = np.hypot(p[:, 0], p[:, 1]) / r
        q: Array = p * np.column_stack([1.0 + 0.0042 * beaten, 1.0 + 0.0042 * beaten, np.ones(len(p))])
        q[:, 2] += 0.0016 * waved * low + 0.0007 * beaten * np.clip(out, 0.0, 1.0)
        return q

    cap = lathe(profile, 20, 50.0).bent(dressed)
    # Its top as seen from above: round the axis the texture would run together in slices.
    cap = replace(cap, uvs=np.where(cap.positions[:, 2:] > 0.001, cap.positions[:, :2], cap.uvs))
    soot = np.interp(cap.positions[:, 2], (-0.050, -0.042, -0.030, 0.002, 0.012, 0.0385), (0.62, 0.50, 0.80, 0.90, 0.78, 1.0))
    cap = replace(cap.tinted(soot[:, None] * np.ones(3)), light=np.interp(cap.positions[:, 2], (-0.0505, -0.040), (0.55, 1.0)))
    nail = lathe(((0.0046, 0.0), (0.0034, 0.0016), (0.0, 0.0022)), 5, 90.0).turned("x", 90.0).moved(y=-skirt - 0.0002, z=-0.030)
    nails = [nail.turned("z", 60.0 * turn + 12.0 + 12.0 * chance.random()) for turn in range(6)]
    return join([cap, *(nail.tinted((0.66, 0.47, 0.36)) for nail in nails)])


def _kerb() -> list[tuple[Material, Shape]]:
    """Two metres of both sides: a kerb, so that a foot or a wheel feels the edge, and the joist under the planks' ends."""
    made, heads = [], []
    for index, side in enumerate((-1.0, 1.0)):
        rail, top = bar(*KERB[:1], 2.0, KERB[1], 0.0035, cuts=1, open_ends=True), KERB[1] / 2
        middle = float(rail.uvs[rail.normals[:, 2] > 0.9, 0].mean())
        sinks = []
        for y in (-0.75, -0.25, 0.25, 0.75):
            sink, head = (each.moved(0.004 * np.sin(9.0 * y + side), y, top) for each in screw(y))
            sinks.append(replace(sink, uvs=sink.positions[:, :2] * (-1.0, 1.0) + (middle, 0.0)))
            heads.append(head.moved(KERB_AT * side, 0.0, DECK + PACKED + top))
        rail = join([rail, *sinks]).moved(KERB_AT * side, 0.0, DECK + PACKED + top)
        # The deck before it sends much of the sky's light back up.
        shade = np.interp(rail.positions[:, 2], (DECK + PACKED, DECK + 0.022, DECK + 0.06), (0.40, 0.80, 1.0))
        soil = np.interp(rail.positions[:, 2], (DECK + PACKED, DECK + PACKED + 0.0036, DECK + 0.08), (0.12, 0.62, 1.0))[:, None]
        rail = replace(rail.tinted(rail.tint * soil * _KERB_TINTS[index]), light=shade)
        rail = replace(rail, uvs=rail.uvs * (SLOW_GROWN, 1.0))
        made.append(rail.shifted_uv(0.16 + 0.28 * index, 0.23 + 0.17 * index))
        # Under it no light falls, and wet leaves lie.
        gap = bar(KERB[0] - 0.030, 2.0, 0.018, 0.001, open_ends=True).moved(KERB_AT * side, 0.0, DECK + PACKED - 0.006)
        made.append(replace(gap.tinted((0.02, 0.018, 0.016)), light=np.full(len(gap.positions), 0.05)))
        joist = bar(0.036, 2.0, 0.15, 0.004, cuts=1, open_ends=True).moved(0.976 * side, 0.0, DECK - PLANK[2] - 0.077)
        light = np.where(np.abs(joist.positions[:, 0]) > 0.976, 0.85, 0.4)
        made.append(replace(joist.tinted((0.80, 0.77, 0.74)).shifted_uv(0.07 * index, 0.6), light=light))
    return [
        (weathered_larch(), tiled(join(made), DECK_TILE)),
        (steel(*ZINC), tiled(join(heads), GRAIN_TILE)),
        (_contact(), join([_edged(side) for side in (-1.0, 1.0)])),
    ]


@cache
def _contact() -> Material:
    """Black along one edge, as far as it covers, gone along the other: where a kerb stands on the deck, no light comes from its
    side and nobody sweeps."""
    cover = np.interp(
        np.linspace(-CONTACT[1], CONTACT[0], 64), (-CONTACT[1], 0.0, 0.004, 0.012, CONTACT[0]), (0.9, 0.9, 0.62, 0.24, 0.0)
    )
    pixels = np.zeros((4, 64, 4), np.uint8)
    pixels[:, :, 3] = np.round(255 * cover)
    return Material("contact", (0.0, 0.0, 0.0, 1.0), 0.0, 1.0, alpha="blend", unlit=True, colour_map=pixels)


def _edged(side: float) -> Shape:
    """Two metres of the dark line along the inner foot of a kerb, lying over the planks' own humps."""
    inner = KERB_AT - KERB[0] / 2
    x = np.array((inner - CONTACT[0], inner + CONTACT[1])) * side
    points = np.array([(at, y, DECK + 0.0030) for y in (-1.0, 1.0) for at in x])
    uvs = np.array([(u, 0.5) for _ in range(2) for u in (0.99, 0.01)])
    faces = np.array(((0, 1, 3), (0, 3, 2)))[:, :: int(side)]
    return shape(points, faces, np.tile((0.0, 0.0, 1.0), (4, 1)), uvs)


def _rope() -> list[tuple[Material, Shape]]:
    """A mooring line of 22 mm: belayed on a cleat in eights, its tail laid down beside it in a coil of two layers."""
    r = ROPE
    t = np.linspace(0.0, 4.0 * np.pi, 32)
    eights = np.column_stack([0.034 * np.sin(2 * t), 0.060 * np.cos(t), 0.021 + 0.0024 * t + 0.006 * np.cos(2 * t)])
    way = curve(((*eights[-1],), (0.030, -0.115, 0.024), (0.055, -0.165, r), (0.115, -0.180, r), (0.20, -0.180, r)), 10)[1:]
    turn = np.linspace(0.5 * np.pi, 0.5 * np.pi - 2.0 * np.pi * 5.0, 98)
    # Inwards on the deck, then outwards on top of what lies there.
    far = np.concatenate([np.linspace(0.150, 0.075, 58), np.linspace(0.075, 0.128, 40)]) * (1.0 + 0.03 * np.sin(3 * turn))
    high = r + np.interp(np.arange(98), (0, 56, 62, 98), (0.0, 0.0, 1.75 * r, 1.75 * r))
    coil = np.column_stack([0.20 + far * np.cos(turn), -0.33 + far * np.sin(turn), high])
    line = tube(np.concatenate([eights, way, coil[1:]]), r, 6)
    # Turns lie on each other and on the deck: light falls in from above only.
    high_up = np.clip(line.positions[:, 2] / (2.2 * r), 0.0, 1.0)
    light = np.clip(0.15 + 0.55 * np.clip(line.normals[:, 2], -0.2, 1.0) + 0.45 * high_up, 0.05, 1.0)
    lying = tiled(replace(line, light=light).moved(z=DECK), (2.0 * np.pi * r, 0.044))
    return [(rope(), lying), (_shade(), _shaded((COIL_SHADE, COIL_SHADE), 0.0, -0.12).moved(0.20, -0.33))]


@cache
def _shade() -> Material:
    """What lies on the deck keeps from the wood under it and close round it: black, as far as it covers. The upper half of the
    picture is a cleat's, the lower the coil's."""
    out = np.hypot(*np.meshgrid(*2 * [np.linspace(-COIL_SHADE, COIL_SHADE, 64)]))
    coil = np.interp(out, (0.0, 0.05, 0.075, 0.150, 0.166, 0.185, 0.215), (0.30, 0.42, 0.85, 0.85, 0.66, 0.20, 0.0))
    x, y = np.meshgrid(*(np.linspace(-half, half, 64) for half in CLEAT_SHADE))
    beside = np.hypot(np.maximum(np.abs(x) - 0.020, 0.0), np.maximum(np.abs(y) - 0.060, 0.0))
    cleat = np.interp(beside, (0.0, 0.004, 0.014, 0.036), (0.80, 0.66, 0.34, 0.0))
    horns = np.interp(np.hypot(x / 0.022, y / 0.105), (0.5, 1.0), (0.45, 0.0))
    pixels = np.zeros((128, 64, 4), np.uint8)
    pixels[:, :, 3] = np.round(255 * np.concatenate([np.maximum(cleat, horns), coil]))
    return Material("shade", (1.0, 1.0, 1.0, 1.0), 0.0, 1.0, alpha="blend", unlit=True, colour_map=pixels)


def _shaded(halves: tuple[float, float], low: float, near: float = -1.0) -> Shape:
    """A rectangle that looks up, with half the picture of `_shade` on it, that from v = `low`; above the planks' own humps, and
    cut off at `near` metres, where the deck ends."""
    (w, h), near = halves, max(near, -halves[1])
    points = np.array(((-w, near, 0.0), (w, near, 0.0), (w, h, 0.0), (-w, h, 0.0)))
    uvs = points[:, :2] / (2.0 * w, 4.0 * h) + (0.5, low + 0.25)
    flat = shape(points, np.array(((0, 1, 2), (0, 2, 3))), np.tile((0.0, 0.0, 1.0), (4, 1)), uvs)
    return flat.moved(z=DECK + 0.0035)


def _cleat() -> list[tuple[Material, Shape]]:
    """A cast mooring cleat, 200 mm over its horns, lying along the dock."""
    base = lathe(((0.024, 0.0), (0.024, 0.004), (0.020, 0.009), (0.014, 0.022), (0.013, 0.034)), 16, 60)
    horns = np.column_stack([np.zeros(9), np.linspace(-0.1, 0.1, 9), 0.040 + 0.012 * np.linspace(-1, 1, 9) ** 2])
    arms = tube(horns, 0.0115 - 0.0045 * np.abs(np.linspace(-1, 1, 9)) ** 1.5, 12)
    plate = bar(0.045, 0.13, 0.006, 0.002).moved(z=0.003)
    heads = [_bolt(0.007).moved(x, y, 0.006) for x in (-0.013, 0.013) for y in (-0.053, 0.053)]
    made = join([plate, base.moved(y=-0.028), base.moved(y=0.028), arms, *heads])
    light = np.clip(0.30 + 24.0 * made.positions[:, 2], 0.0, 1.0)
    return [(iron(), tiled(replace(made, light=light).moved(z=DECK), METAL_TILE)), (_shade(), _shaded(CLEAT_SHADE, 0.5))]


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    model = {f"plank_{'abcde'[kind]}": plank(kind) for kind in range(5)}
    model["beams"] = [(weathered_larch(), tiled(_beams(), DECK_TILE))]
    write_glb(
        "wooden_dock",
        model | {"fascia": _fascia(), "trestle": _trestle(), "cleat": _cleat(), "kerb": _kerb(), "rope": _rope()},
        folder,
    )


if __name__ == "__main__":
    make()
