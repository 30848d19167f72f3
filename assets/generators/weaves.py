"""The cloths that cover a patient, drawn on pictures of them: a cellular blanket with bound edges, and an ironed cotton sheet.

A cellular blanket is woven in cells of some millimetres between ribs, which hold air (BS 5866-4 calls it leno or cellular weave);
hospitals use it for it is light, warm and survives boiling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.folds import Drawn, noise, raised
from assets.generators.textures import Field, softened


@dataclass(frozen=True, eq=False)
class Weave:
    """A cloth over the texels of its picture: height in metres, colour in sRGB 0-255, roughness 0-1."""

    height: Field
    colour: Field
    rough: Field


CELL = 4
"""Texels from cell to cell: a power of two, so that from afar, in mipmaps, cells average out to an even colour without moiré; and
a divisor of JPEG's blocks, in which a wave of this length and phase is one number."""
_BLUE = np.array((126.0, 162.0, 181.0))
_SATIN = np.array((170.0, 197.0, 211.0))


def cellular(size: tuple[int, int], edge: Field, hem: float) -> Weave:
    """A cellular blanket; `edge` is how far each texel is from its sides' edges, metres, which are bound `hem` wide in satin."""
    rows, columns = np.indices(size)
    down, right = (np.sin(2.0 * np.pi * (each + 0.5) / CELL) for each in (rows, columns))
    woven = 0.5 + 0.25 * (down + right) / np.sin(np.pi / CELL)
    wells = [0.5 - 0.5 * np.cos(2.0 * np.pi * (each + 0.5) / CELL) for each in (rows, columns)]
    band = np.clip((hem - edge) / 0.0030, 0.0, 1.0)
    height = (1.0 - band) * 0.0013 * woven
    # The binding is folded round the edge and sewn through twice: it swells between its seams, and is rolled where it ends.
    across = np.clip((hem - edge) / hem, 0.0, 1.0)
    seams = sum(np.exp(-(((edge - at) / 0.0024) ** 2)) for at in (hem - 0.006, hem - 0.012))
    stitch = seams * (0.6 + 0.4 * np.cos(2.0 * np.pi * rows / 4.0))
    height = height + band * (0.0030 + 0.0012 * np.sin(np.pi * across)) - 0.0018 * band * stitch
    height = height - 0.0050 * np.clip(1.0 - edge / 0.006, 0.0, 1.0) ** 2
    tone = 1.0 - 0.112 * wells[0] * wells[1] * (1.0 - band) - 0.10 * band * stitch
    tone = tone * (1.0 - 0.30 * np.exp(-(((edge - hem - 0.002) / 0.0028) ** 2)))
    colour = (1.0 - band[..., None]) * _BLUE * 1.04 + band[..., None] * _SATIN
    return Weave(height, tone[..., None] * colour, np.clip(1.0 - 0.42 * band, 0.0, 1.0))


_PRESSED = (-0.225, 0.0, 0.225)
"""Where it was folded lengthwise when it was ironed, metres from its middle; its halves stand up along these lines."""
_LAID = 0.128
"""Where it was folded across, metres from the blanket's edge on."""


def ironed(across: Field, along: Field) -> Weave:
    """A cotton sheet over places across and along it, metres: fold lines from ironing, and what arms and hands draw in it."""
    sway = 0.0015 * noise(across, along, 1.0)
    lines = [(across - at + sway, 1.0) for at in _PRESSED] + [(along - _LAID + sway, 0.8)]
    height = np.zeros_like(across)
    for off, much in lines:
        height = height + 0.0022 * much * np.exp(-np.abs(off) / 0.0040) - 0.0005 * much * np.exp(-((off / 0.016) ** 2))
    drawn = raised(_WRINKLES, across, along)
    height = height + drawn
    hollow = np.clip((softened(np.pad(height, 7, mode="edge"), 7)[7:-7, 7:-7] - height) / 0.0022, -0.35, 1.0)
    tone = (0.985 - 0.15 * hollow)[..., None]
    return Weave(height, tone * np.array((236.0, 236.0, 234.0)), np.full(height.shape, 0.93))


@dataclass(frozen=True)
class _Fan:
    """Wrinkles that go out from a place between two directions, degrees from +x, no two alike; about so long and high, metres."""

    at: tuple[float, float]
    ways: tuple[float, float]
    count: int
    long: float
    high: float

    def folds(self, seed: int) -> tuple[Drawn, ...]:
        chance = np.random.Generator(np.random.PCG64(seed))
        stray = 0.5 * abs(self.ways[1] - self.ways[0]) / self.count
        made = []
        for way in np.linspace(*self.ways, self.count):
            turn = np.radians(way + chance.uniform(-stray, stray))
            near, far = chance.uniform(0.030, 0.045), self.long * chance.uniform(0.55, 1.15)
            wide, high, bow = (
                chance.uniform(0.0060, 0.0100),
                self.high * chance.uniform(0.6, 1.0),
                far * chance.uniform(-0.06, 0.06),
            )
            start, end = (
                (self.at[0] + off * float(np.cos(turn)), self.at[1] + off * float(np.sin(turn))) for off in (near, near + far)
            )
            made.append(Drawn(start, end, high, (wide, 2.2 * wide), bow))
        return tuple(made)


_FANS = (
    _Fan((0.313, 0.136), (-70.0, 60.0), 7, 0.120, 0.0075),
    _Fan((0.313, 0.136), (110.0, 200.0), 5, 0.120, 0.0065),
    _Fan((-0.318, 0.136), (120.0, 250.0), 7, 0.120, 0.0075),
    _Fan((-0.318, 0.136), (-20.0, 70.0), 5, 0.120, 0.0065),
    _Fan((0.060, 0.100), (20.0, 160.0), 6, 0.110, 0.0060),
    _Fan((-0.040, 0.150), (200.0, 330.0), 6, 0.110, 0.0060),
    _Fan((0.100, 0.085), (200.0, 300.0), 6, 0.100, 0.0070),
    _Fan((-0.110, 0.120), (190.0, 300.0), 6, 0.130, 0.0070),
    _Fan((0.440, 0.030), (100.0, 170.0), 3, 0.140, 0.0055),
    _Fan((-0.440, 0.040), (20.0, 80.0), 3, 0.140, 0.0055),
)
"""What presses the sheet down or holds it: elbows, wrists and hands, and the mattress's edges; across and along it."""
_WRINKLES = tuple(fold for seed, fan in enumerate(_FANS) for fold in fan.folds(seed + 11))
