"""The patient's face in fine: lids, lips, folds, where hair grows and wrinkles as relief over the form of `figure.head`.

All in the head's own axes (left-right, ahead, up), metres. Relief is how far the skin stands out there; it is drawn as a normal
map; its colours are in `complexion`. A time of life is a `Life`: what years do to skin and hair (Vierkötter and Krutmann,
"Environmental influences on skin aging and ethnic-specific manifestations", 2012, for where wrinkles and spots come; Mendelson
and Wong, "Changes in the facial skeleton with aging", 2012, for what sinks in; how strong all that is is our own).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from assets.generators.shapes import Array


@dataclass(frozen=True)
class Life:
    """A time of life: 0-1 how wrinkled and spotted the skin is, how far the hair has gone back over the temples (m), 0-1 how
    thick it still grows on the top, the colours of the brightest hairs on head and brow (linear), what the skin's colour is
    times, 0-1 how much a shaven beard shows, and 0-1 how white its stubble is."""

    name: str
    worn: float
    receded: float
    thick: float
    hair: tuple[float, float, float]
    brow: tuple[float, float, float]
    tone: tuple[float, float, float]
    beard: float
    white: float


YOUNG = Life("young", 0.0, 0.0, 1.0, (0.105, 0.062, 0.037), (0.034, 0.020, 0.013), (1.06, 1.035, 1.01), 0.12, 0.0)
MIDDLE = Life("middle", 0.36, 0.004, 0.96, (0.165, 0.120, 0.088), (0.040, 0.027, 0.020), (1.05, 1.02, 1.00), 0.55, 0.1)
OLD = Life("old", 1.0, 0.011, 0.92, (0.470, 0.448, 0.416), (0.390, 0.342, 0.284), (1.07, 1.05, 1.05), 0.42, 0.9)

MOUTH = -0.0624
THATCH = 0.0066
FORELOCK = 0.0116
"""How far the hair stands off the head at its sides and back, and over the forehead: from the feet one sees that edge alone."""


def bell(value: Array, wide: Array | float) -> Array:
    """1 at 0, falling off over so much to both sides."""
    return np.asarray(np.exp(-((value / wide) ** 2)))


def step(value: Array, low: float, high: float) -> Array:
    """0 up to `low`, 1 from `high`, smooth between them."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def _line(x: Array, z: Array, *path: tuple[float, float]) -> tuple[Array, Array]:
    """How far points are from a path of straight pieces, and on which side: + is left of its way."""
    best, sign = np.full_like(x, 9.0), np.ones_like(x)
    for (ax, az), (bx, bz) in pairwise(path):
        wx, wz = bx - ax, bz - az
        share = np.clip(((x - ax) * wx + (z - az) * wz) / (wx * wx + wz * wz), 0.0, 1.0)
        far = np.hypot(x - ax - share * wx, z - az - share * wz)
        turn = np.sign(wx * (z - az) - wz * (x - ax))
        sign = np.where(far < best, turn, sign)
        best = np.minimum(best, far)
    return best, sign


def mottle(p: Array, scale: float, phase: float) -> Array:
    """Unrest in space, about -1 to 1; `scale` in waves a metre."""
    x, y, z = (p * scale * 2 * np.pi).T if p.ndim == 2 else np.moveaxis(p * scale * 2 * np.pi, -1, 0)
    return np.asarray(
        (
            np.sin(x + 0.7 * z + phase + 1.3 * np.sin(0.8 * z - 0.5 * x))
            + np.sin(0.9 * z - 1.1 * x + 0.6 * y + 2.1 * phase + 1.1 * np.sin(1.2 * x + phase))
            + np.sin(1.7 * x + 1.3 * z + 1.4 * y + 0.4 * phase)
        )
        / 3.0
    )


@cache
def _waves(seed: int, count: int = 20) -> tuple[Array, Array]:
    """Ways and lengths of waves, count x 3, and their phases: all over a shell, so that their sum has no grain of its own."""
    chance = np.random.Generator(np.random.PCG64(seed))
    ways = chance.normal(size=(count, 3))
    ways *= chance.uniform(0.6, 1.4, (count, 1)) / np.linalg.norm(ways, axis=1, keepdims=True)
    return ways, chance.uniform(0.0, 2 * np.pi, count)


def grain(p: Array, scale: float, seed: int) -> Array:
    """Unrest that runs no way more than another, about -2 to 2, most of it within 1; `scale` in waves a metre."""
    total = np.zeros(p.shape[:-1])
    for way, phase in zip(*_waves(seed), strict=True):
        total += np.cos(p @ (2 * np.pi * scale * way) + phase)
    return np.asarray(total / np.sqrt(10.0))


def lashes(x: Array) -> Array:
    """How high the closed lid's edge is."""
    return np.asarray(-0.0056 + 0.0086 * ((x - 0.0318) / 0.0135) ** 2)


def lid_fold(x: Array) -> Array:
    """How high the fold of the upper lid lies."""
    return np.asarray(0.0098 - 0.0034 * ((x - 0.0318) / 0.0150) ** 2)


def under_eye(x: Array) -> Array:
    """How high the groove lies that runs from the eye's inner corner down and outwards beneath its bag."""
    return np.interp(x, (0.010, 0.014, 0.019, 0.027, 0.036, 0.046), (-0.002, -0.006, -0.0115, -0.0165, -0.0195, -0.0190))


def nasolabial(x: Array, z: Array) -> tuple[Array, Array]:
    """How far points are from the fold between nose and cheek, and on which side."""
    return _line(x, z, (0.0170, -0.0265), (0.0238, -0.0420), (0.0290, -0.0560), (0.0318, -0.0690))


def mouth_line(x: Array, worn: float) -> Array:
    """How high the middle between the lips lies: its corners sink with the years."""
    return np.asarray(MOUTH - 0.0010 + (0.0008 - 0.0022 * worn) * (x / 0.022) ** 2)


def opening(x: Array) -> Array:
    """Half of how far the lips are apart, in sleep: metres."""
    return np.asarray(0.0031 * np.clip(1.0 - (x / 0.0175) ** 2, 0.0, 1.0))


def eye_width(x: Array) -> Array:
    """1 within the eye's width, 0 beyond its corners."""
    return step(x, 0.0165, 0.0195) * (1.0 - step(x, 0.0440, 0.0480))


def _hairline(y: Array) -> Array:
    """How high the hair begins: round the ears, down before them, and back over the temples."""
    return np.interp(
        y,
        (-0.12, -0.045, -0.032, -0.020, 0.000, 0.008, 0.014, 0.020, 0.026, 0.034, 0.044, 0.056, 0.12),
        (-0.06, -0.06, -0.030, 0.012, 0.012, -0.008, -0.006, 0.013, 0.031, 0.046, 0.051, 0.053, 0.055),
    )


def _temple(p: Array, receded: float) -> Array:
    """By how much the hairline lies higher where hair has gone back: in two bays beside the forelock."""
    x, y = np.abs(p[..., 0]), p[..., 1]
    return np.asarray(receded * step(y, 0.014, 0.040) * (0.15 + 1.25 * bell(x - 0.041, 0.018)))


def brow_line(x: Array) -> Array:
    """How high the middle of a brow lies."""
    return np.interp(x, (0.010, 0.019, 0.030, 0.040, 0.050), (0.0205, 0.0240, 0.0268, 0.0256, 0.0205))


def scalp(p: Array, life: Life) -> Array:
    """0-1: how far a point has hair."""
    uneven = 0.0022 * mottle(p, 45.0, 1.0) + 0.0018 * grain(p, 110.0, 7) + 0.0030 * streaks(p)
    soft = 0.010 * life.worn
    return step(p[..., 2] - _hairline(p[..., 1]) - _temple(p, life.receded) + uneven, -0.007 - 0.3 * soft, 0.017 + soft)


def growth(p: Array, life: Life) -> Array:
    """0-1: how thickly hair stands where it grows: thinner over the forehead and on the crown, when it has gone back."""
    crown = bell(np.linalg.norm((p - np.array((0.010, -0.050, 0.105))) / (1.0, 1.15, 1.0), axis=-1), 0.055)
    fore = step(p[..., 2], 0.050, 0.080) * step(p[..., 1], -0.020, 0.045)
    return np.asarray(1.0 - (1.0 - life.thick) * np.maximum(fore, 0.8 * crown))


def streaks(p: Array) -> Array:
    """Unrest long the way hair falls: ahead over the forehead, down at the sides; about -2 to 2."""
    top = step(p[..., 2], 0.030, 0.050)
    return np.asarray(top * grain(p * (1.0, 0.22, 0.4), 270.0, 11) + (1.0 - top) * grain(p * (1.0, 1.0, 0.20), 250.0, 12))


def thatch(p: Array) -> Array:
    """By how much the hair's underside stands off the scalp, metres, FORELOCK at most: nothing at its border, wherever the years
    have left that."""
    y, z = p[..., 1], p[..., 2]
    fore = step(z, 0.050, 0.075)
    grown = (1.0 - fore) * (1.0 - step(y, 0.05, 0.09)) + fore * (FORELOCK / THATCH)
    return np.asarray(THATCH * step(z - _hairline(y) - _temple(p, OLD.receded), 0.004, 0.030) * grown)


def relief(p: Array, life: Life) -> Array:
    """How far skin and hair stand out over the form, metres; less than 5 mm everywhere, so that a mask still fits."""
    x, z, worn = np.abs(p[..., 0]), p[..., 2], life.worn
    front = step(p[..., 1], 0.030, 0.055)
    made = _lids(p, worn) + _mouth(p, worn)
    far, side = nasolabial(x, z)
    fold = step(z, -0.078, -0.060) * (1.0 - step(z, -0.034, -0.026))
    beside = side * (bell(far, 0.0100) - bell(far, 0.0044))
    made = made + fold * (0.0005 + 0.0018 * worn) * (0.50 * beside - 0.9 * bell(far, 0.0032 + 0.0022 * worn))
    far, _ = _line(x, z, (0.0260, -0.0660), (0.0300, -0.0770), (0.0315, -0.0910))
    made = made - (0.00015 + 0.0008 * worn) * bell(far, 0.0046)
    wing = np.sqrt((x - 0.0110) ** 2 + (z + 0.0325) ** 2)
    made = made - 0.0012 * bell(wing - 0.0098, 0.0012) * step(x, 0.0125, 0.0165)
    made = (made + worn * wrinkles(p)) * front + worn * _sunken(p)
    hair = scalp(p, life)
    fine = resolved(p)
    pores = fine * 0.000014 * grain(p, 620.0, 1) + fine * (0.000012 + 0.000018 * worn) * grain(p, 340.0, 2)
    strands = 0.00022 * hair * step(hair, 0.55, 1.0) * streaks(p) * step(p[..., 1], -0.05, 0.02)
    return np.asarray((made + pores) * (1.0 - hair) + strands)


def _lids(p: Array, worn: float) -> Array:
    """Closed lids, the fold over them, which the years let droop, and the bags under them."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    lash, eye = lashes(x), eye_width(x)
    over = z - lash
    made = eye * (0.0008 * step(over, -0.0006, 0.0007) * (1.0 - step(over, 0.006, 0.014)) - 0.0008 * bell(over + 0.0007, 0.0009))
    crease = lid_fold(x)
    made = made - eye * (0.0006 + 0.0002 * worn) * bell(z - crease, 0.0018)
    made = made + eye * (0.0003 + 0.0007 * worn) * bell(z - crease - 0.0040, 0.0042)
    bag, wide = under_eye(x), step(x, 0.010, 0.016) * (1.0 - step(x, 0.030, 0.046))
    made = made + wide * 0.0007 * worn * bell(z - bag - 0.0060, 0.0044)
    return np.asarray(made - wide * (0.0003 + 0.0006 * worn) * bell(z - bag, 0.0028 + 0.0010 * worn))


def _mouth(p: Array, worn: float) -> Array:
    """Lips a little open, their borders, and the lines that lead to them."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    mouth = z - mouth_line(x, worn)
    wide = 1.0 - step(x, 0.0205, 0.0255)
    made = -wide * (0.0024 * bell(mouth, 0.0009 + opening(x)) + 0.0010 * bell(mouth, 0.0030 + opening(x)))
    upper, lower = lips(p)
    made = made + 0.00045 * (bell(upper - 1.0, 0.16) * (mouth > 0) + bell(lower - 1.0, 0.2) * (mouth <= 0)) * wide
    inside = np.where(mouth > 0, 1.0 - step(upper, 0.85, 1.1), 1.0 - step(lower, 0.85, 1.1)) * wide
    inside = inside * step(np.abs(mouth) - opening(x), 0.0004, 0.0016)
    made = made + inside * (0.00011 + 0.0001 * worn) * np.sin(2 * np.pi * 560.0 * p[..., 0] + 40.0 * z)
    around = bell(np.hypot(x / 1.6, z - MOUTH), 0.0110) * (1.0 - inside)
    folds = np.maximum(np.sin(2 * np.pi * 190.0 * p[..., 0] + 2.0 * mottle(p, 40.0, 1.0)), 0.0) ** 3
    return np.asarray(made - 0.0004 * worn * around * folds)


def _sunken(p: Array) -> Array:
    """What the years take from temples and cheeks, and what they let hang along the jaw."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    made = -0.0017 * bell(np.sqrt((y - 0.048) ** 2 + ((z + 0.045) / 1.3) ** 2), 0.019) * step(x, 0.025, 0.045)
    made = made + 0.0009 * bell(np.sqrt((y - 0.052) ** 2 + ((z + 0.013) / 0.55) ** 2), 0.017) * step(x, 0.030, 0.045)
    made = made - 0.0024 * bell(np.sqrt((y - 0.046) ** 2 + ((z - 0.030) / 1.4) ** 2), 0.016) * step(x, 0.035, 0.050)
    jowl = bell(np.sqrt((y - 0.055) ** 2 + ((z + 0.084) / 0.8) ** 2), 0.014) * step(x, 0.022, 0.034)
    return np.asarray(made + 0.0020 * jowl)


def wrinkles(p: Array) -> Array:
    """Across the forehead, between the brows, over the nose's root and at the eyes' corners, as deep as they get; metres."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    made = np.zeros_like(x)
    for height, much in ((0.0395, 0.7), (0.0475, 1.0), (0.0560, 1.0), (0.0640, 0.7)):
        wave = z - height - 0.0022 * np.sin(p[..., 0] * 75.0 + height * 900.0) + 0.05 * x * x / 0.05
        broken = np.clip(0.75 + 0.6 * np.sin(p[..., 0] * 130.0 + height * 3000.0), 0.0, 1.0)
        made = made - 0.0007 * much * broken * bell(wave, 0.0017) * (1.0 - step(x, 0.030, 0.046))
        made = made + 0.0006 * much * bell(wave - 0.0042, 0.0034) * (1.0 - step(x, 0.036, 0.052))
    made = made - 0.0012 * bell(x - 0.0062 - 0.06 * (z - 0.022), 0.0012) * bell(z - 0.0225, 0.0090)
    made = made - 0.0008 * bell(z - 0.0115 + 6.0 * x * x, 0.0014) * (1.0 - step(x, 0.007, 0.011))
    far, turn = np.hypot(x - 0.0465, z - 0.0010), np.arctan2(z - 0.0010, x - 0.0465)
    rays = np.maximum(np.cos(9.0 * (turn + 0.12) + 0.9 * np.sin(far * 260.0)), 0.0) ** 3
    made = made - 0.0005 * rays * step(far, 0.003, 0.007) * (1.0 - step(far, 0.015, 0.024)) * (np.abs(turn) < 0.95)
    return np.asarray(made)


def lips(p: Array) -> tuple[Array, Array]:
    """How far into the upper and the lower lip: 0 where they meet, 1 at their borders."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    across = np.clip(1.0 - (x / 0.0245) ** 2, 0.0, 1.0)
    bow = 0.0078 * across - 0.0021 * bell(x, 0.0032) + 0.0006 * bell(x - 0.0055, 0.003)
    return (z - MOUTH) / np.maximum(bow, 1e-4), (MOUTH - z) / np.maximum(0.0106 * across, 1e-4)


def resolved(p: Array) -> Array:
    """How much of pores is drawn, 0.1 to 1: aside, where the texture is too coarse for them, they would run together."""
    return np.asarray(0.1 + 0.9 * step(p[..., 1], 0.012, 0.072))
