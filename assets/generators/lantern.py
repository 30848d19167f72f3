"""A hurricane lantern as high and wide as the Feuerhand Baby Special 276: 265 mm and 150 mm, its bail down. The rest is our own.

Tank, burner and hood are lathed; the two side tubes lead air from the hood down to the burner, as in every hurricane lantern.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, curve, join, lathe, lit, tube
from assets.generators.surfaces import BEECH_TILE, METAL_TILE, beech, tiled
from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material
from engine.view.srgb import encode

FLAME_AT = 0.110
"""Height of the flame, metres: the card's place `flame`."""
CLEAR = (0.88, 0.95, 0.91, 0.17)
"""The glass's own tint, linear, and how much of what is behind it that covers."""
WIRE = 0.0019
"""Radius of the guard's wires, metres: as thin as can be seen across a room without falling to dots."""
BAIL, PIVOT_AT, HANGS = (0.0746, 0.088), 0.178, 62.0
"""Half the bail's width and its length; the height that it turns at; metres. How far below the level it hangs, degrees."""


def _body() -> list[Shape]:
    """Tank, burner, hood and chimney cap."""
    tank = lathe(
        (
            (0.0, 0.004), (0.050, 0.004), (0.052, 0.0), (0.0585, 0.0), (0.0605, 0.0025),
            (0.0605, 0.0055), (0.0585, 0.008), (0.0582, 0.030), (0.0600, 0.0325), (0.0600, 0.0355),
            (0.0570, 0.039), (0.046, 0.0445), (0.034, 0.0475), (0.030, 0.0485),
        ),
        30, 42,
    )  # fmt: skip
    burner = lathe(
        (
            (0.030, 0.046), (0.030, 0.054), (0.0335, 0.0555), (0.0385, 0.0565), (0.0400, 0.0590),
            (0.0385, 0.0640), (0.0355, 0.0680), (0.0355, 0.0720), (0.0330, 0.0720), (0.0320, 0.0690),
            (0.0200, 0.0760), (0.0120, 0.0890), (0.0085, 0.0930), (0.0, 0.0930),
        ),
        28, 40,
    )  # fmt: skip
    hood = lathe(
        (
            (0.0300, 0.1660), (0.0360, 0.1650), (0.0400, 0.1670), (0.0405, 0.1700), (0.0370, 0.1760),
            (0.0335, 0.1900), (0.0320, 0.2050), (0.0330, 0.2075), (0.0330, 0.2100), (0.0270, 0.2120),
            (0.0270, 0.2260),
        ),
        28, 38,
    )  # fmt: skip
    cap = lathe(
        (
            (0.0270, 0.2260), (0.0390, 0.2270), (0.0400, 0.2290), (0.0370, 0.2360), (0.0280, 0.2450),
            (0.0150, 0.2510), (0.0060, 0.2530), (0.0060, 0.2580), (0.0085, 0.2600), (0.0080, 0.2640),
            (0.0, 0.2650),
        ),
        28, 38,
    )  # fmt: skip
    filler = lathe(((0.0105, 0.0), (0.0105, 0.008), (0.0120, 0.0085), (0.0120, 0.0140), (0.0105, 0.0155), (0.0, 0.0160)), 16, 40)
    # Dull on top: it stands in the burner's shade, which the lamp's own light does not know so near.
    filler = filler.tinted(np.interp(filler.normals[:, 2], (0.1, 0.6), (0.50, 0.05))[:, None] * np.ones(3))
    slots = [
        tube(np.array([(0.0274 * np.cos(a), 0.0274 * np.sin(a), z) for z in (0.2142, 0.2190, 0.2240)]), 0.0022, 4)
        for a in np.linspace(0.0, 2.0 * np.pi, 9, endpoint=False)
    ]
    return [
        _from_above(tank, 0.72), burner, hood, _from_above(cap), *slots,
        _from_above(filler).turned("x", 12).moved(0.0, -0.042, 0.0425),
    ]  # fmt: skip


def _tubes() -> list[Shape]:
    """The side tubes, flattened, with their elbows."""
    made = []
    for side in (-1.0, 1.0):
        path = curve(
            (
                (0.029 * side, 0, 0.2030), (0.046 * side, 0, 0.2075), (0.060 * side, 0, 0.2035), (0.0672 * side, 0, 0.1860),
                (0.0690 * side, 0, 0.1500), (0.0690 * side, 0, 0.1000), (0.0683 * side, 0, 0.0720),
                (0.0640 * side, 0, 0.0570), (0.0520 * side, 0, 0.0510), (0.0270 * side, 0, 0.0505),
            ),
            28,
        )  # fmt: skip
        pipe = tube(path, 0.0062, 12)
        made.append(pipe.bent(lambda p: p * (1.0, 1.45, 1.0)))
    return made


def _wires() -> list[Shape]:
    """The globe's guard, its wires let into sockets on burner and hood; and the bail, hanging down from its pivots."""
    made = []
    for degrees in (45.0, 135.0, 225.0, 315.0):
        a = np.radians(degrees)
        c, s = float(np.cos(a)), float(np.sin(a))
        bow = (
            (0.0335, 0.0720),
            (0.0410, 0.0830),
            (0.0458, 0.0990),
            (0.0468, 0.1150),
            (0.0456, 0.1310),
            (0.0405, 0.1500),
            (0.0345, 0.1650),
        )
        made.append(tube(curve([(r * c, r * s, z) for r, z in bow], 13), WIRE, 6))
        for r, z, turn in ((0.0337, 0.0705, 0.0), (0.0348, 0.1672, 180.0)):
            socket = lathe(((0.0026, 0.0), (0.0026, 0.0030), (0.0018, 0.0042), (0.0, 0.0042)), 8, 40)
            made.append(socket.turned("x", turn).moved(r * c, r * s, z))
    for height, radius in ((0.0990, 0.0462), (0.1310, 0.0460)):
        round_ = np.linspace(0.0, 2.0 * np.pi, 28, endpoint=False)
        made.append(
            tube(np.column_stack([radius * np.cos(round_), radius * np.sin(round_), np.full(28, height)]), WIRE, 5, closed=True)
        )
        ties = [np.array([(radius * s, 0, height), (0.0640 * s, 0, height + 0.001)]) for s in (-1.0, 1.0)]
        made += [tube(np.array([a, (a + b) / 2, b]), WIRE, 5) for a, b in ties]
    half = np.linspace(0.0, np.pi, 22)
    bail = np.column_stack([BAIL[0] * np.cos(half), BAIL[1] * np.sin(half) ** 0.9, np.zeros(22)])
    made.append(tube(bail, 0.0022, 8).turned("x", 180.0 + HANGS).moved(z=PIVOT_AT))
    return made


def _pivots() -> list[Shape]:
    """On each side tube a boss, and the riveted pin that the bail turns on."""
    boss = lathe(((0.0072, 0.0), (0.0066, 0.0058), (0.0058, 0.0064), (0.0, 0.0064)), 12, 40)
    pin = lathe(((0.0038, 0.0), (0.0038, 0.0060), (0.0030, 0.0072), (0.0, 0.0076)), 10, 50)
    return [
        each.turned("y", 90.0 * side).moved(x * side, 0.0, PIVOT_AT)
        for side in (-1.0, 1.0)
        for each, x in ((boss, 0.0668), (pin, 0.0696))
    ]


def _grip() -> Shape:
    """A turned wooden grip round the bail's middle, which the hand finds."""
    profile = (
        (0.0, -0.0240), (0.0040, -0.0240), (0.0054, -0.0228), (0.0050, -0.0200), (0.0058, -0.0120), (0.0061, 0.0),
        (0.0058, 0.0120), (0.0050, 0.0200), (0.0054, 0.0228), (0.0040, 0.0240), (0.0, 0.0240),
    )  # fmt: skip
    grip = lathe(profile, 14).turned("y", 90).tinted((0.50, 0.34, 0.24))
    # It is bent as the bail is that runs through it.
    grip = grip.bent(lambda p: np.column_stack([p[:, 0], p[:, 1] + BAIL[1] * (1.0 - (p[:, 0] / BAIL[0]) ** 2) ** 0.45, p[:, 2]]))
    return grip.turned("x", 180.0 + HANGS).moved(z=PIVOT_AT)


def _globe() -> Shape:
    """The glass: one wall, a bellied chimney."""
    wall = lathe(
        (
            (0.0325, 0.0700), (0.0345, 0.0730), (0.0400, 0.0860), (0.0430, 0.1000), (0.0440, 0.1140),
            (0.0428, 0.1300), (0.0390, 0.1480), (0.0345, 0.1610), (0.0335, 0.1665),
        ),
        26, 80,
    )  # fmt: skip
    turn = np.arctan2(wall.positions[:, 1], wall.positions[:, 0]) / np.pi
    return replace(wall, uvs=np.column_stack([np.abs(turn), np.clip((wall.positions[:, 2] - 0.0700) / 0.0965, 0.01, 0.99)]))


def _sooted(size: int = 64, seed: int = 77) -> Material:
    """Glass that was wiped in its middle: lamp black thickens to the chimney's top in tongues, where the flame once smoked, and
    lies as a haze at its foot. v runs up the globe."""
    up = np.linspace(1.0, 0.0, size)[:, None]  # textures have their top row first
    cloud = layered(size, (3, 4), seed, 4, 0.55) - 0.5
    black = np.interp(up + 0.26 * cloud, (0.0, 0.08, 0.62, 0.76, 0.95), (0.30, 0.0, 0.0, 0.50, 0.95))[..., None]
    cover = black + (1.0 - black) * CLEAR[3]
    tint = (1.0 - black) * CLEAR[3] * np.array(CLEAR[:3]) / cover + black / cover * np.array((0.035, 0.028, 0.022))
    pixels = np.concatenate([255.0 * encode(tint), 255.0 * cover], axis=-1)
    return Material("glass", (1.0, 1.0, 1.0, 1.0), roughness=0.04, alpha="blend", colour_map=bytes_of(pixels))


def _flame(wide: float, tall: float) -> Shape:
    """A flat-wick flame, 33 mm high and pointed at `wide` and `tall` of 1; v runs from its foot to its tip."""
    foot = -0.0135
    profile = (
        (0.0, foot),
        (0.0046, -0.0112),
        (0.0074, -0.0060),
        (0.0080, -0.0010),
        (0.0066, 0.0055),
        (0.0042, 0.0115),
        (0.0018, 0.0165),
        (0.0, 0.0195),
    )
    flame = lathe([(r * wide, foot + (z - foot) * tall) for r, z in profile], 16, 80)
    flame = flame.bent(
        lambda p: p * (1.0, 0.62, 1.0) + np.column_stack([0.0016 * np.sin(p[:, 2] * 190), 0 * p[:, 0], 0 * p[:, 0]])
    )
    rise = np.clip((flame.positions[:, 2] - foot) / (0.033 * tall), 0.0, 1.0)
    return replace(flame, uvs=np.column_stack([np.full(len(rise), 0.5), 0.03 + 0.94 * rise])).moved(z=FLAME_AT)


def _fire() -> Material:
    """Blue at the wick, where the gas burns clean; then glowing soot: orange, yellow-white in the middle, orange at the tip."""
    at, colours = (0.0, 0.10, 0.24, 0.42, 0.66, 0.85, 1.0), (
        (26, 34, 92), (92, 58, 60), (226, 128, 30), (255, 226, 142), (255, 240, 188), (255, 188, 74), (226, 104, 16)
    )  # fmt: skip
    rise = np.linspace(1.0, 0.0, 64)  # textures have their top row first
    column = np.stack([np.interp(rise, at, [colour[channel] for colour in colours]) for channel in range(3)], axis=-1)
    ramp = np.asarray(np.round(np.repeat(column[:, None], 8, axis=1)), np.uint8)
    return Material("flame", colour=(0.1, 0.06, 0.03, 1.0), roughness=1.0, emissive=(3.2, 2.5, 1.5), emissive_map=ramp)


@cache
def _brass(size: int = 512, seed: int = 31) -> Material:
    """Old lacquered brass: bright where hands and cloths have rubbed it, brown in patches where the lacquer has gone,
    freckled, with fine scratches; a tile is `METAL_TILE`."""
    broad, fine = layered(size, (4, 4), seed, 5, 0.55), layered(size, (40, 40), seed + 9, 3, 0.6)
    gone = np.clip((broad + 0.16 * (fine - 0.5) - 0.42) * 3.2, 0.0, 1.0)
    patch = 0.62 * gone * gone * (3.0 - 2.0 * gone)
    freckle = np.clip((layered(size, (60, 60), seed + 19, 2) - 0.79) * 7.0, 0.0, 1.0)
    scratch = np.clip((layered(size, (7, 250), seed + 29, 1) - 0.86) * 9.0, 0.0, 1.0)
    scratch = np.maximum(scratch, np.clip((layered(size, (250, 9), seed + 39, 1) - 0.90) * 10.0, 0.0, 1.0)) * (1.0 - patch)
    tone = np.clip(0.70 + 0.5 * (broad - 0.5) + 0.25 * (fine - 0.5), 0.0, 1.0)
    bright = ramp(tone, ((156, 108, 62), (206, 152, 94), (236, 188, 132)))
    dull = ramp(tone, ((78, 54, 38), (116, 80, 52), (146, 104, 68)))
    colour = bright * (1.0 - patch)[..., None] + dull * patch[..., None]
    colour *= (1.0 - 0.30 * freckle)[..., None]
    colour += 18.0 * scratch[..., None]
    rough = np.clip(0.31 + 0.20 * patch + 0.10 * freckle + 0.05 * fine + 0.08 * scratch, 0.0, 1.0)
    relief = 0.30 * patch - 0.35 * freckle - 0.2 * scratch + 0.05 * fine
    half = (slice(None, None, 2), slice(None, None, 2))
    maps = (normal_map(relief[half], 0.5), surface((1.0 - 0.3 * freckle)[half], rough[half], 1.0))
    return Material("brass", metallic=1.0, colour_map=bytes_of(colour), normal_map=maps[0], surface_map=maps[1])


def _grimed(each: Shape) -> Shape:
    """Its brass brown in hollows, where no cloth gets, and bright on edges."""
    open_ = np.clip((each.light - 0.25) / 0.70, 0.0, 1.0)[:, None]
    return each.tinted(each.tint * (np.array((0.34, 0.29, 0.25)) * (1.0 - open_) + open_))


def _from_above(each: Shape, up: float = -1.0) -> Shape:
    """Its metal as seen from above, where its normals look up at least so far: round a lathe's axis the texture would run
    together in slices."""
    return replace(each, uvs=np.where(each.normals[:, 2:] > up, each.positions[:, :2], each.uvs))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    # The air about a flame glows; as it is clear and shines, the stage draws a halo round it too.
    aura = Material("aura", colour=(1.0, 0.5, 0.12, 0.02), roughness=1.0, emissive=(0.85, 0.36, 0.07), alpha="blend")
    soot = Material("wick", colour=(0.03, 0.026, 0.022, 1.0), roughness=0.95)
    wick = lathe(((0.0050, 0.0900), (0.0052, 0.0965), (0.0, 0.0975)), 10, 50).bent(lambda p: p * (1.0, 0.5, 1.0))
    brass, wire = _brass(), Material("wire", colour=(0.36, 0.23, 0.11, 1.0), metallic=1.0, roughness=0.50)
    frame, wires = [*_body(), *_tubes(), *_pivots()], _wires()
    shaded = [_grimed(each) for each in lit([*frame, *wires], rays=24, reach=0.035)]
    write_glb(
        "lantern",
        {
            "tank": [(brass, tiled(shaded[0], METAL_TILE))],
            "frame": [(brass, tiled(join(shaded[1 : len(frame)]), METAL_TILE))],
            "wires": [(wire, join(shaded[len(frame) :]))],
            "grip": [(beech(), tiled(_grip(), BEECH_TILE))],
            "wick": [(soot, wick)],
            "flame": [(_fire(), _flame(0.86, 1.0)), (aura, _flame(1.25, 1.12))],
            "glass": [(_sooted(), _globe())],
        },
        folder,
    )


if __name__ == "__main__":
    make()
