"""The patient's face in fine: lids, lips, folds, hair and wrinkles as relief over the form of `figure.head`, and its colours.

All in the head's own axes (left-right, ahead, up), metres. Relief is how far the skin stands out there; it is drawn as a normal
map. A time of life is a `Life`: what years do to skin and hair (Vierkötter and Krutmann, "Environmental influences on skin aging
and ethnic-specific manifestations", 2012, for where wrinkles and spots come; how strong they are is our own).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from assets.generators.shapes import Array


@dataclass(frozen=True)
class Life:
    """A time of life: 0-1 how wrinkled and spotted the skin is, how far the hair has gone back (m), the colours of the
    brightest hairs on head and brow (linear), what the skin's colour is times, and 0-1 how much a shaven beard shows."""

    name: str
    worn: float
    receded: float
    hair: tuple[float, float, float]
    brow: tuple[float, float, float]
    tone: tuple[float, float, float]
    beard: float


YOUNG = Life("young", 0.0, 0.0, (0.105, 0.062, 0.037), (0.034, 0.020, 0.013), (1.06, 1.035, 1.01), 0.12)
MIDDLE = Life("middle", 0.38, 0.003, (0.165, 0.120, 0.088), (0.032, 0.021, 0.015), (1.05, 1.02, 1.00), 0.55)
OLD = Life("old", 0.70, 0.004, (0.41, 0.388, 0.363), (0.042, 0.036, 0.031), (1.06, 1.03, 1.01), 0.75)

MOUTH = -0.0624
THATCH = 0.0060
FORELOCK = 0.0086
"""How far the hair stands off the head at its sides and back, and over the forehead: from the feet one sees that edge alone."""


def _bell(value: Array, wide: float) -> Array:
    return np.asarray(np.exp(-((value / wide) ** 2)))


def _step(value: Array, low: float, high: float) -> Array:
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


def _lash(x: Array) -> Array:
    """How high the closed lid's edge is."""
    return np.asarray(-0.0056 + 0.0086 * ((x - 0.0318) / 0.0135) ** 2)


def _eye(x: Array) -> Array:
    """1 within the eye's width, 0 beyond its corners."""
    return _step(x, 0.0165, 0.0195) * (1.0 - _step(x, 0.0440, 0.0480))


def _hairline(y: Array) -> Array:
    """How high the hair begins: round the ears, down before them, and back over the temples."""
    return np.interp(
        y,
        (-0.12, -0.045, -0.032, -0.020, 0.000, 0.008, 0.014, 0.022, 0.030, 0.042, 0.056, 0.12),
        (-0.06, -0.06, -0.030, 0.012, 0.012, -0.006, -0.004, 0.014, 0.029, 0.041, 0.047, 0.049),
    )


def scalp(p: Array, life: Life) -> Array:
    """0-1: how far a point has hair."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    edge = _hairline(y)
    temple = life.receded * _step(y, 0.030, 0.05) * (0.45 + 0.9 * _bell(x - 0.045, 0.016))
    uneven = 0.0016 * mottle(p, 45.0, 1.0) + 0.0014 * grain(p, 110.0, 7) + 0.0016 * _streaks(p)
    return _step(z - edge - temple + uneven, -0.007, 0.017)


def _streaks(p: Array) -> Array:
    """Unrest long the way hair falls: ahead over the forehead, down at the sides; about -2 to 2."""
    top = _step(p[..., 2], 0.030, 0.050)
    return np.asarray(top * grain(p * (1.0, 0.22, 0.4), 270.0, 11) + (1.0 - top) * grain(p * (1.0, 1.0, 0.20), 250.0, 12))


def thatch(p: Array) -> Array:
    """By how much the hair's underside stands off the scalp, metres, FORELOCK at most: nothing at its border."""
    y, z = p[..., 1], p[..., 2]
    fore = _step(z, 0.036, 0.060)
    grown = (1.0 - fore) * (1.0 - _step(y, 0.05, 0.09)) + fore * (FORELOCK / THATCH)
    return np.asarray(THATCH * _step(z - _hairline(y), 0.004, 0.030 - 0.012 * fore) * grown)


def relief(p: Array, life: Life) -> Array:
    """How far skin and hair stand out over the form, metres; less than 5 mm everywhere, so that a mask still fits."""
    x, z, worn = np.abs(p[..., 0]), p[..., 2], life.worn
    front = _step(p[..., 1], 0.030, 0.055)
    lash, eye = _lash(x), _eye(x)
    made = np.zeros_like(x)
    over = z - lash
    made = made + eye * (
        0.0007 * _step(over, -0.0006, 0.0007) * (1.0 - _step(over, 0.006, 0.014)) - 0.0007 * _bell(over + 0.0007, 0.0008)
    )
    crease = 0.0112 - 0.0060 * ((x - 0.0318) / 0.0150) ** 2
    made = made - eye * (0.0006 + 0.0003 * worn) * _bell(z - crease, 0.0013) + eye * 0.0003 * _bell(z - crease - 0.0036, 0.0030)
    bag = -0.0128 + 0.0070 * ((x - 0.0300) / 0.0150) ** 2
    made = made - _step(x, 0.010, 0.016) * (1.0 - _step(x, 0.042, 0.050)) * (0.00030 + 0.0006 * worn) * _bell(z - bag, 0.0020)
    made = made + eye * 0.0007 * worn * _bell(z - bag - 0.0036, 0.0030)
    far, side = _line(x, z, (0.0165, -0.0270), (0.0215, -0.0420), (0.0262, -0.0560), (0.0285, -0.0680))
    fold = _step(z, -0.078, -0.060) * (1.0 - _step(z, -0.034, -0.026))
    beside = side * (_bell(far, 0.0080) - _bell(far, 0.0036))
    made = made + fold * (0.0005 + 0.0003 * worn) * (0.45 * beside - 1.0 * _bell(far, 0.0036))
    far, _ = _line(x, z, (0.0245, -0.0655), (0.0270, -0.0740), (0.0280, -0.0860))
    made = made - (0.00015 + 0.00015 * worn) * _bell(far, 0.0030)
    mouth = z - MOUTH + 0.0016 * worn * (x / 0.022) ** 2 - 0.0008 * (x / 0.022) ** 2
    wide = 1.0 - _step(x, 0.0205, 0.0255)
    made = made - wide * (0.0022 * _bell(mouth, 0.0009) + 0.0010 * _bell(mouth, 0.0030))
    upper, lower = _lips(p)
    made = made + 0.00045 * (_bell(upper - 1.0, 0.16) * (mouth > 0) + _bell(lower - 1.0, 0.2) * (mouth <= 0)) * wide
    inside = np.where(mouth > 0, 1.0 - _step(upper, 0.85, 1.1), 1.0 - _step(lower, 0.85, 1.1)) * wide
    made = made + inside * (0.00011 + 0.0001 * worn) * np.sin(2 * np.pi * 560.0 * p[..., 0] + 40.0 * z)
    around = _bell(np.hypot(x / 1.6, z - MOUTH), 0.0110) * (1.0 - inside)
    made = (
        made - 0.0003 * worn * around * np.maximum(np.sin(2 * np.pi * 190.0 * p[..., 0] + 2.0 * mottle(p, 40.0, 1.0)), 0.0) ** 3
    )
    wing = np.sqrt((x - 0.0110) ** 2 + (z + 0.0325) ** 2)
    made = made - 0.0012 * _bell(wing - 0.0098, 0.0012) * _step(x, 0.0125, 0.0165)
    made = made + _wrinkles(p, worn) * front
    hair = scalp(p, life)
    made = made * (1.0 - hair)
    fine = _resolved(p)
    pores = fine * 0.000014 * grain(p, 620.0, 1) + fine * (0.000012 + 0.000014 * worn) * grain(p, 340.0, 2)
    return np.asarray(made * np.maximum(front, hair) + pores * (1.0 - hair))


def _wrinkles(p: Array, worn: float) -> Array:
    """Across the forehead, between the brows, at the eyes' corners, on the cheeks."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    made = np.zeros_like(x)
    for height, much in ((0.0405, 0.8), (0.0495, 1.0), (0.0585, 0.85), (0.0665, 0.5)):
        wave = z - height - 0.0022 * np.sin(p[..., 0] * 75.0 + height * 900.0) + 0.05 * x * x / 0.05
        broken = np.clip(0.75 + 0.6 * np.sin(p[..., 0] * 130.0 + height * 3000.0), 0.0, 1.0)
        made = made - 0.0007 * much * broken * _bell(wave, 0.0014) * (1.0 - _step(x, 0.028, 0.042))
        made = made + 0.0004 * much * _bell(wave - 0.0042, 0.0032) * (1.0 - _step(x, 0.034, 0.050))
    made = made - 0.0010 * _bell(x - 0.0062 - 0.06 * (z - 0.022), 0.0010) * _bell(z - 0.0225, 0.0080)
    far, turn = np.hypot(x - 0.0465, z - 0.0010), np.arctan2(z - 0.0010, x - 0.0465)
    rays = np.maximum(np.cos(11.0 * (turn + 0.12) + 0.9 * np.sin(far * 260.0)), 0.0) ** 4
    made = made - 0.0004 * rays * _step(far, 0.003, 0.007) * (1.0 - _step(far, 0.013, 0.021)) * (np.abs(turn) < 0.85)
    return np.asarray(worn * made)


def _lips(p: Array) -> tuple[Array, Array]:
    """How far into the upper and the lower lip: 0 where they meet, 1 at their borders."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    across = np.clip(1.0 - (x / 0.0245) ** 2, 0.0, 1.0)
    bow = 0.0078 * across - 0.0021 * _bell(x, 0.0032) + 0.0006 * _bell(x - 0.0055, 0.003)
    return (z - MOUTH) / np.maximum(bow, 1e-4), (MOUTH - z) / np.maximum(0.0092 * across, 1e-4)


def colours(p: Array, life: Life, base: tuple[float, float, float]) -> tuple[Array, Array]:
    """Linear colour of the skin and its hair at points, and its roughness 0-1."""
    x, y, z, worn = np.abs(p[..., 0]), p[..., 1], p[..., 2], life.worn
    front = _step(y, 0.040, 0.060)
    tint = np.ones_like(p) * np.array(life.tone)

    def wash(share: Array, colour: tuple[float, float, float]) -> None:
        nonlocal tint
        tint = tint * (1.0 - share[..., None] + share[..., None] * np.array(colour))

    cheeks = _bell(np.sqrt((x - 0.043) ** 2 + (z + 0.024) ** 2), 0.026) * _step(y, 0.015, 0.060)
    wash(cheeks * (1.0 - 0.25 * worn), (1.0, 0.85, 0.83))
    wash(0.85 * _bell(np.sqrt(p[..., 0] ** 2 + (z + 0.031) ** 2), 0.0155) * front, (1.0, 0.85, 0.82))
    wash(0.5 * _bell(np.sqrt(p[..., 0] ** 2 + (z + 0.092) ** 2), 0.018) * front, (1.0, 0.85, 0.82))
    wash(0.8 * _bell(z - 0.046, 0.022) * front, (1.03, 1.07, 1.09))
    shaven = _beard(p)
    wash(life.beard * shaven, (0.76, 0.80, 0.86))
    wash(life.beard * shaven * np.clip(0.22 * grain(p, 480.0, 8) * _resolved(p), 0.0, 0.5), (0.45, 0.50, 0.56))
    lash, eye = _lash(x), _eye(x)
    socket = _bell(np.sqrt(((x - 0.0310) / 1.25) ** 2 + (z - 0.0010) ** 2), 0.0150) * front
    wash(socket * (0.62 + 0.38 * worn), (0.82, 0.65, 0.66))
    bag = -0.0118 + 0.0070 * ((x - 0.0300) / 0.0150) ** 2
    wash(
        _step(x, 0.012, 0.020) * (1.0 - _step(x, 0.040, 0.050)) * _bell(z - bag, 0.0040) * (0.45 + 0.40 * worn),
        (0.72, 0.56, 0.60),
    )
    wash(0.55 * eye * _bell(z - (0.0112 - 0.0060 * ((x - 0.0318) / 0.0150) ** 2), 0.0013), (0.62, 0.46, 0.42))
    for much, colour in _blotches(p, worn):
        wash(much, colour)
    wash(0.9 * worn * np.clip(-_wrinkles(p, 1.0) / 0.0010, 0.0, 1.0) * front, (0.72, 0.60, 0.56))
    far, _ = _line(x, z, (0.0165, -0.0270), (0.0215, -0.0420), (0.0262, -0.0560))
    wash((0.34 + 0.30 * worn) * _bell(far, 0.0030) * front, (0.68, 0.52, 0.48))
    upper, lower = _lips(p)
    mouth = z - MOUTH
    lip = (
        (1.0 - _step(np.where(mouth > 0.0, upper, lower), 0.86, 1.08)) * (1.0 - _step(x, 0.0215, 0.0250)) * _step(y, 0.066, 0.076)
    )
    wash(lip * (1.0 - 0.15 * worn), (0.78, 0.455, 0.45))
    wash(
        0.85
        * _bell(mouth - 0.0008 * (x / 0.022) ** 2 + 0.0016 * worn * (x / 0.022) ** 2, 0.00085)
        * (1.0 - _step(x, 0.0215, 0.0265))
        * front,
        (0.20, 0.10, 0.095),
    )
    hole = _bell(np.sqrt(((x - 0.0064) / 1.25) ** 2 + ((z + 0.0408) / 0.8) ** 2 + (0.55 * (y - 0.1035)) ** 2), 0.0042)
    wash(0.95 * hole, (0.13, 0.065, 0.055))
    found = tint * np.array(base)
    oily = 0.11 * _bell(np.hypot(p[..., 0], z + 0.020), 0.018) * front + 0.07 * _bell(z - 0.046, 0.022) * front
    rough = 0.60 - oily - 0.07 * _bell(np.hypot(x - 0.046, z + 0.010), 0.018)
    rough = rough + 0.05 * shaven - 0.06 * lip + 0.22 * eye * _bell(z - 0.004, 0.013) + 0.03 * grain(p, 90.0, 6)

    def hairs(share: Array, colour: Array, matt: float) -> None:
        nonlocal found, rough
        found = found * (1.0 - share[..., None]) + share[..., None] * colour
        rough = rough * (1.0 - share) + share * matt

    hairs(*_brow(p, life), 0.85)
    fringe = np.clip(0.5 + 0.9 * np.sin(2 * np.pi * (x * 1250.0 + 260.0 * (z - lash) * np.sign(x - 0.0318))), 0.0, 1.0)
    below = np.clip(1.0 - (lash - z) / 0.0034, 0.0, 1.0) * (z < lash) * fringe * 0.75
    edge = _bell(z - lash + 0.0008, 0.0031)
    hairs(
        np.clip((edge + below) * _step(x, 0.0175, 0.023) * (1.0 - _step(x, 0.0455, 0.0475)) * front, 0.0, 0.92)
        * (1.0 - 0.06 * worn),
        np.array((0.020, 0.013, 0.010)) * np.ones_like(p),
        0.8,
    )
    hairs(*_short_hair(p, life), 0.75)
    return np.clip(found, 0.0, 1.0), np.clip(rough, 0.2, 1.0)


def _short_hair(p: Array, life: Life) -> tuple[Array, Array]:
    """How much of a point is hidden by the hair that lies close to the scalp, in strands at its border, and its colour."""
    fine = np.clip(0.5 + 0.5 * mottle(p, 420.0, 5.0), 0.0, 1.0)
    grown, streak = scalp(p, life), _streaks(p)
    share = _step(grown + 0.22 * streak * (1.0 - grown) * _step(grown, 0.0, 0.3), 0.06, 0.92)
    tone = np.array(life.hair) * (0.40 + 0.10 * fine + 0.13 * np.clip(streak, -1.2, 1.4))[..., None]
    return share * 0.96, np.maximum(tone, 0.004)


def _blotches(p: Array, worn: float) -> list[tuple[Array, tuple[float, float, float]]]:
    """Where blood shines through, where skin is paler between its pores, and the spots of age: how much, and to what colour."""
    fine = grain(p, 330.0, 5) * _resolved(p)
    spots = _step(mottle(p, 74.0, 6.0) + 0.5 * mottle(p, 31.0, 3.3), 0.95, 1.20)
    return [
        (_step(grain(p, 30.0, 3), -1.5, 1.5), (0.985, 0.945, 0.93)),
        (_step(grain(p, 130.0, 4), -1.5, 1.5), (0.975, 0.95, 0.94)),
        (0.14 * np.clip(fine, 0.0, 1.5), (0.82, 0.76, 0.73)),
        (0.14 * np.clip(-fine, 0.0, 1.5), (1.10, 1.10, 1.08)),
        (spots * 0.30 * worn, (0.70, 0.60, 0.53)),
    ]


def _beard(p: Array) -> Array:
    """0-1: where a beard grows: about the mouth, over the jaw and under it, before the ears as far as the hair."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    upper = np.interp(x, (0.012, 0.024, 0.036, 0.050, 0.062, 0.080), (-0.040, -0.053, -0.060, -0.056, -0.036, -0.005))
    upper = upper + 0.0025 * mottle(p, 40.0, 2.0)
    below = _step(y - 0.36 * (z + 0.115), -0.012, 0.022)
    bare = 1.0 - 0.5 * _bell(np.hypot((x - 0.019) / 0.8, z + 0.084), 0.0090)
    return np.asarray((1.0 - _step(z - upper, -0.010, 0.008)) * below * bare * _step(z, -0.136, -0.108))


def _resolved(p: Array) -> Array:
    """How much of pores is drawn, 0.1 to 1: aside, where the texture is too coarse for them, they would run together."""
    return np.asarray(0.1 + 0.9 * _step(p[..., 1], 0.012, 0.072))


def _brow(p: Array, life: Life) -> tuple[Array, Array]:
    """How much of a point is hidden by the brow's hairs, and their colour."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    middle = np.interp(x, (0.010, 0.019, 0.030, 0.040, 0.050), (0.0205, 0.0242, 0.0272, 0.0258, 0.0195))
    thick = np.interp(x, (0.008, 0.013, 0.022, 0.034, 0.045, 0.055), (0.0, 0.0064, 0.0078, 0.0066, 0.0048, 0.0))
    far = np.abs(z - middle + 0.0004 * grain(p, 160.0, 9)) / np.maximum(thick, 1e-4)
    inside = (1.0 - _step(far, 0.15, 1.0)) * (thick > 1e-4) * _step(thick, 0.0, 0.0035)
    lean = 0.9 - 24.0 * (x - 0.010)
    stroke = np.sin(2 * np.pi * (x * 540.0 - (z - middle) * 540.0 * lean) + 3.0 * mottle(p, 90.0, 0.7))
    cover = np.clip(inside * (0.90 + 0.16 * stroke), 0.0, 1.0)
    mixed = np.clip(0.5 + 0.5 * mottle(p, 210.0, 3.0), 0.0, 1.0)[..., None]
    tone = np.array(life.brow) * (0.65 + 0.6 * mixed)
    return cover * (0.96 - 0.06 * life.worn) * _step(p[..., 1], 0.03, 0.045), tone
