"""A reading lamp 1.5 m tall: a drum shade of linen on a slim stem of brass, a weighted foot, its cord along the floor.

The shade is cloth over two rings, hemmed with tape, open above and below; in it an opal bulb on a socket, the shade's carrier and
a short pull chain. Cloth glows as the bulb shines through it: most round the bulb, least at its hems.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.forms import aired
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, curve, join, lathe, lit, tube
from assets.generators.textures import bytes_of, layered, normal_map, surface
from engine.view.geometry.mesh import Material

TALL, FOOT = 1.500, 0.125
"""Height of the whole and radius of its foot, metres."""
LOW, HIGH, WIDE, NARROW = 1.245, 1.500, 0.165, 0.145
"""The shade: heights of its hems, its radius below and above, metres."""
BULB_AT = 1.360
"""Height of the bulb's middle, metres: the card's place `flame`."""
STEM, SIDES = 0.0075, 60
"""Radius of the stem, metres; facets round the shade."""
CORD = (0.09, 0.09, 0.10)
"""Tint of the cord: darker than the bronze."""
HEM, CLOTH = 0.0080, 0.0012
"""Width of the tape at both hems, and how thick cloth and lining are together, metres."""


def _foot() -> Shape:
    """Cast bronze, dulled: a low disc with a round rim."""
    profile = [(0.0, 0.0), (FOOT - 0.006, 0.0)]
    for turn in np.radians(np.linspace(-90.0, 90.0, 7)):
        profile.append((FOOT - 0.0065 + 0.0065 * float(np.cos(turn)), 0.0075 + 0.0065 * float(np.sin(turn))))
    profile += [(0.060, 0.0170), (0.022, 0.0195), (0.016, 0.0215), (0.0, 0.0220)]
    return lathe(profile, SIDES, 40.0)


def _stem() -> list[Shape]:
    """The tube, a collar on the foot, a turned knuckle below the shade, the socket, and the carrier with its three spokes."""
    rod = lathe(((STEM, 0.018), (STEM, 0.45), (STEM, 0.9), (STEM, BULB_AT - 0.09)), 20, 40.0)
    collar = ((0.0155, 0.0205), (0.0160, 0.0225), (0.0160, 0.0300), (0.0145, 0.0335), (0.0100, 0.0355), (STEM, 0.0360))
    knuckle = (*((STEM, 1.150), (0.0105, 1.1515), (0.0120, 1.1545), (0.0120, 1.1655), (0.0105, 1.1685), (STEM, 1.1700)),)
    at = BULB_AT - 0.092
    socket = (
        *((STEM, at - 0.006), (0.0165, at - 0.004), (0.0185, at), (0.0185, at + 0.034), (0.0175, at + 0.042)),
        *((0.0130, at + 0.046), (0.0, at + 0.046)),
    )
    made = [rod, *(lathe(each, 24, 40.0) for each in (collar, knuckle, socket))]
    for degrees in (90.0, 210.0, 330.0):
        way = np.array((np.cos(np.radians(degrees)), np.sin(np.radians(degrees)), 0.0))
        rise = ((0.017, at), (0.060, at - 0.008), (0.120, LOW + 0.020), (WIDE - 0.004, LOW + 0.010))
        made.append(tube(curve([(*(out * way)[:2], z) for out, z in rise], 9), 0.0018, 8))
    return made


def _chain() -> list[Shape]:
    """A pull chain of balls from the socket, with a turned end that fingers find."""
    x, top = 0.040, LOW + 0.010
    ball = lathe(((0.0, -0.0017), (0.0012, -0.0012), (0.0017, 0.0), (0.0012, 0.0012), (0.0, 0.0017)), 6, 80.0)
    drop = lathe(((0.0, 0.0), (0.0040, 0.0010), (0.0052, 0.0050), (0.0040, 0.0140), (0.0018, 0.0190), (0.0, 0.0195)), 16, 50.0)
    return [*(ball.moved(x, 0.0, top - 0.0040 * step) for step in range(22)), drop.moved(x, 0.0, top - 0.0040 * 22 - 0.018)]


def _cord() -> Shape:
    """Out of the foot's rim, down to the floor, and along it to the wall behind."""
    path = (
        *((0.030, -FOOT + 0.004, 0.008), (0.034, -FOOT - 0.012, 0.006), (0.046, -0.148, 0.0032), (0.085, -0.158, 0.0030)),
        *((0.130, -0.150, 0.0030), (0.166, -0.156, 0.0030)),
    )
    return tube(curve(path, 26), 0.0030, 8)


def _shade() -> tuple[Shape, Shape]:
    """Cloth outside and inside, v from hem to hem; and the tapes over both hems."""
    levels = np.linspace(0.0, 1.0, 5)

    def wall(out: float, back: bool) -> Shape:
        line = [(WIDE + (NARROW - WIDE) * float(s) + out, LOW + (HIGH - LOW) * float(s)) for s in levels]
        made = lathe(line[::-1] if back else line, SIDES, 80.0)
        share = (made.positions[:, 2] - LOW) / (HIGH - LOW)
        turn = made.uvs[:, 0] / max(float(made.uvs[:, 0].max()), 1e-9)
        return replace(made, uvs=np.column_stack([turn * 4.0, 0.004 + 0.992 * share]))

    tapes = []
    for radius, low, high in ((WIDE, LOW - 0.0005, LOW + HEM), (NARROW, HIGH - HEM, HIGH)):
        lean = (NARROW - WIDE) / (HIGH - LOW) * (high - low)
        inner, outer, e = radius - CLOTH - 0.0006, radius + 0.0008, 0.0006
        first, last = (0.0, lean) if radius == WIDE else (-lean, 0.0)
        if radius == WIDE:
            ring = ((inner + last, high), (inner, low + e), (radius, low), (outer, low + e), (outer + last, high))
        else:
            ring = ((outer + first, low), (outer, high - e), (radius, high), (inner, high - e), (inner + first, low))
        tapes.append(lathe(ring, SIDES, 35.0))
    return join([wall(0.0, False), wall(-CLOTH, True)]), join(tapes)


def _bulb() -> Shape:
    """An opal bulb of 60 mm, its neck in the socket."""
    neck = [(0.0130, BULB_AT - 0.047), (0.0140, BULB_AT - 0.040), (0.0185, BULB_AT - 0.028)]
    for turn in np.radians(np.linspace(-40.0, 90.0, 9)):
        neck.append((0.030 * float(np.cos(turn)), BULB_AT + 0.002 + 0.030 * float(np.sin(turn))))
    return lathe([*neck[:-1], (0.0, neck[-1][1])], 24, 80.0)


@cache
def _linen(size: int = 256, seed: int = 341) -> Material:
    """Natural linen with slubs, lit from within: brightest a little over the middle, where the bulb is, amber at its hems."""
    up = 1.0 - np.mgrid[0:size, 0:size][0] / size
    warp, weft = layered(size, (4, 100), seed, 2, 0.7), layered(size, (90, 5), seed + 3, 2, 0.7)
    slubs = np.clip((layered(size, (50, 4), seed + 7, 2) - 0.60) * 3.0, 0.0, 1.0)
    weave = 0.5 * warp + 0.5 * weft
    tone = 0.93 + 0.14 * (weave - 0.5) - 0.04 * slubs
    colour = bytes_of(tone[..., None] * np.array((196.0, 178.0, 150.0)))
    # What a small source gives to a wall beside it: the inverse square of its distance, at a slant.
    near = (1.0 + ((LOW + (HIGH - LOW) * up - BULB_AT) / (0.62 * WIDE)) ** 2) ** -1.5
    # Four panels of cloth, lapped and glued: two layers let less through.
    across = np.mgrid[0:size, 0:size][1] / size
    seam = 1.0 - 0.16 * (np.abs(across - 0.5) < 0.022) - 0.10 * np.exp(-(((np.abs(across - 0.5) - 0.022) / 0.004) ** 2))
    bright = (0.34 + 0.66 * near) * seam * (0.94 + 0.22 * (weave - 0.5) - 0.08 * slubs)
    warm = np.stack([np.ones_like(near), 0.74 + 0.18 * near, 0.42 + 0.36 * near], axis=-1)
    return Material(
        "linen_shade",
        emissive=(4.6, 3.6, 2.3),
        colour_map=colour,
        normal_map=normal_map(0.6 * weave + 0.4 * slubs, 0.7),
        surface_map=surface(np.ones_like(weave), np.full_like(weave, 0.95)),
        emissive_map=bytes_of(255.0 * bright[..., None] * warm),
    )


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    cloth, tape = _shade()
    foot, brass, chain, cord = lit([_foot(), join(_stem()), join(_chain()), _cord()], rays=24, reach=0.06)
    bronze = Material("lamp_bronze", colour=(0.46, 0.335, 0.185, 1.0), metallic=0.55, roughness=0.34)
    metal = Material("lamp_brass", colour=(0.62, 0.46, 0.25, 1.0), metallic=0.7, roughness=0.40)
    opal = Material("lamp_bulb", colour=(0.9, 0.88, 0.82, 1.0), roughness=0.4, emissive=(3.0, 2.5, 1.7))
    hem = Material("lamp_hem", colour=(0.44, 0.33, 0.21, 1.0), roughness=0.9, emissive=(0.80, 0.56, 0.30))
    write_glb(
        "floor_lamp",
        {
            "foot": [(bronze, join([foot, cord.tinted(CORD)]))],
            "stem": [(metal, aired(join([brass, chain]), 0.5))],
            "shade": [(_linen(), cloth), (hem, tape)],
            "bulb": [(opal, _bulb())],
        },
        folder,
    )


if __name__ == "__main__":
    make()
