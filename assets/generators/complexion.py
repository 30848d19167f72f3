"""The colours of the patient's head and how its skin shines: where blood shines through, where it is shaven, spotted and worn,
and the hair that lies close to it.

All in the head's own axes (left-right, ahead, up), metres; colours are linear. How strong each is, is our own.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from assets.generators.shapes import Array
from assets.generators.visage import (
    Life,
    bell,
    brow_line,
    eye_width,
    grain,
    growth,
    lashes,
    lid_fold,
    lips,
    mottle,
    mouth_line,
    nasolabial,
    opening,
    resolved,
    scalp,
    step,
    streaks,
    under_eye,
    wrinkles,
)

Tint = tuple[float, float, float]
Wash = tuple[Array, Tint]
"""How much of each point, 0-1, takes how much of each colour."""
_FLUSHED: Tint = (1.01, 0.890, 0.875)


def colours(p: Array, life: Life, base: Tint) -> tuple[Array, Array]:
    """Linear colour of the skin and its hair at points, and its roughness 0-1."""
    tint = np.ones_like(p) * np.array(life.tone)
    for share, colour in [*_blood(p, life), *_shaven(p, life), *_eyes(p, life.worn), *_worn(p, life.worn), *_lips(p, life.worn)]:
        tint = tint * (1.0 - share[..., None] + share[..., None] * np.array(colour))
    found, rough = tint * np.array(base), _roughness(p)
    for share, colour_, matt in (
        (*_stubble(p, life), 0.70),
        (*_brow(p, life), 0.80),
        (*_eyelashes(p, life), 0.80),
        (*_short_hair(p, life), 0.72),
    ):
        found = found * (1.0 - share[..., None]) + share[..., None] * colour_
        rough = rough * (1.0 - share) + share * matt
    return np.clip(found, 0.0, 1.0), np.clip(rough, 0.2, 1.0)


def _front(p: Array) -> Array:
    return step(p[..., 1], 0.040, 0.060)


def _blood(p: Array, life: Life) -> list[Wash]:
    """Cheeks, nose and chin are red, more so where vessels have widened, and in fine veins; the forehead and the skin about the
    mouth are pale, temples are blue, the scalp is white."""
    x, y, z, worn = np.abs(p[..., 0]), p[..., 1], p[..., 2], life.worn
    front = _front(p)
    blotched = np.clip(0.80 + 0.30 * grain(p, 55.0, 21) + 0.18 * grain(p, 150.0, 22), 0.25, 1.25)
    cheeks = bell(np.sqrt((x - 0.041) ** 2 + ((z + 0.024) / 0.9) ** 2), 0.023) * step(y, 0.020, 0.060)
    nose = bell(np.hypot(p[..., 0], z + 0.031), 0.0150) * front
    chin = bell(np.hypot(p[..., 0], z + 0.090), 0.016) * front
    brows = bell(np.hypot(p[..., 0], (z - 0.021) / 1.4), 0.013) * front
    fine = grain(p, 330.0, 5) * resolved(p)
    veins = np.maximum(cheeks, 0.8 * nose) * bell(grain(p, 105.0, 41), 0.11) * step(grain(p, 60.0, 42), -0.3, 0.9) * resolved(p)
    mouth = bell(np.hypot(x / 1.35, z + 0.064), 0.0165) * front * (1.0 - _red_of_lips(p, 1.15))
    temple = bell(np.sqrt(((y - 0.045) / 1.1) ** 2 + ((z - 0.028) / 1.2) ** 2), 0.017) * step(x, 0.038, 0.052)
    return [
        (step(grain(p, 30.0, 3), -1.5, 1.5), (0.970, 0.905, 0.880)),
        (step(grain(p, 130.0, 4), -1.5, 1.5), (0.970, 0.935, 0.925)),
        (0.14 * np.clip(fine, 0.0, 1.5), (0.82, 0.76, 0.73)),
        (0.14 * np.clip(-fine, 0.0, 1.5), (1.10, 1.10, 1.08)),
        (cheeks * np.where(worn > 0.5, blotched, 1.0) * (0.85 + 0.15 * worn), _FLUSHED),
        (nose * (0.80 + 0.20 * worn * np.clip(blotched, 0.5, 1.1)), (1.31, 1.245, 1.255)),
        (0.30 * worn * veins, (0.88, 0.68, 0.68)),
        (0.6 * chin, (1.00, 0.92, 0.905)),
        (0.7 * mouth, (1.02, 1.065, 1.055)),
        (0.35 * brows * worn, (1.00, 0.92, 0.905)),
        (0.9 * np.maximum(bell(z - 0.052, 0.022), step(z, 0.052, 0.075)) * step(y, -0.010, 0.045), (1.04, 1.085, 1.06)),
        ((0.5 + 0.5 * worn) * temple, (0.86, 0.93, 1.02)),
        (0.8 * scalp(p, life) * step(z, 0.015, 0.045), (1.00, 1.10, 1.14)),
    ]


def _shaven(p: Array, life: Life) -> list[Wash]:
    """The shadow of a beard under the skin."""
    return [(life.beard * beard(p), (0.87, 0.91, 0.975))]


def _stubble(p: Array, life: Life) -> tuple[Array, Array]:
    """A day's beard: how much of a point its hairs hide, dark ones and white ones, and their colour."""
    grown, fine = beard(p), resolved(p)
    dark, pale = grain(p, 480.0, 8), grain(p, 430.0, 18)
    white = step(pale, 0.9, 1.5) * life.white
    share = grown * fine * np.maximum(0.34 * life.beard * (1.0 - 0.6 * life.white) * step(dark, 0.6, 1.6), 0.40 * white)
    return share, np.where((white > 0.1)[..., None], np.array((0.56, 0.54, 0.51)), np.array((0.10, 0.085, 0.075)))


def _eyes(p: Array, worn: float) -> list[Wash]:
    """Lids and the skin about them: thin, so blue and brown."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    front, eye = _front(p), eye_width(x)
    socket = bell(np.sqrt(((x - 0.0300) / 1.25) ** 2 + ((z - 0.0050) / 1.15) ** 2), 0.0165) * front
    inner = bell(np.hypot(x - 0.0150, z - 0.0020), 0.0075) * front
    bag = step(x, 0.011, 0.018) * (1.0 - step(x, 0.028, 0.046)) * front
    return [
        (socket * (0.60 + 0.25 * worn), (0.745, 0.655, 0.680)),
        (inner * (0.35 + 0.35 * worn), (0.74, 0.60, 0.62)),
        (0.45 * worn * eye * bell(z - lid_fold(x) - 0.0030, 0.0050), (0.68, 0.54, 0.53)),
        (bag * bell(z - under_eye(x), 0.0034) * (0.40 + 0.45 * worn), (0.70, 0.59, 0.625)),
        ((0.60 - 0.25 * worn) * eye * bell(z - lid_fold(x), 0.0016), (0.60, 0.46, 0.43)),
    ]


def _worn(p: Array, worn: float) -> list[Wash]:
    """Wrinkles and folds hold shade and see little sun; and the spots of age."""
    x, z, front = np.abs(p[..., 0]), p[..., 2], _front(p)
    far, _ = nasolabial(x, z)
    return [
        (0.6 * worn * np.clip(-wrinkles(p) / 0.0010, 0.0, 1.0) * step(p[..., 1], 0.015, 0.040), (0.70, 0.60, 0.57)),
        ((0.34 + 0.20 * worn) * bell(far, 0.0030 + 0.0016 * worn) * front * step(z, -0.072, -0.060), (0.72, 0.63, 0.61)),
        (worn * spots(p), (0.74, 0.62, 0.54)),
    ]


def _lips(p: Array, worn: float) -> list[Wash]:
    """Lips, thinner and paler with the years, what is dark between them, and the nostrils."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    mouth = z - mouth_line(x, worn)
    apart = 1.0 - step(np.abs(mouth) - opening(x), 0.0000, 0.0011)
    hole = bell(np.sqrt(((x - 0.0064) / 1.25) ** 2 + ((z + 0.0408) / 0.8) ** 2 + (0.45 * (y - 0.1035)) ** 2), 0.0040)
    return [
        (_red_of_lips(p, 1.10 - 0.18 * worn), (0.84 + 0.10 * worn, 0.52 + 0.13 * worn, 0.53 + 0.14 * worn)),
        (0.95 * apart * (1.0 - step(x, 0.0200, 0.0255)) * _front(p), (0.20, 0.095, 0.09)),
        (0.95 * hole, (0.085, 0.058, 0.054)),
    ]


def _roughness(p: Array) -> Array:
    """Oily on nose, forehead and cheekbones, wet on the lips, dry on the lids and where it is shaven."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    front = _front(p)
    nose = 0.19 * bell(np.hypot(p[..., 0], z + 0.016), 0.019)
    oily = np.maximum(nose, 0.17 * bell(np.hypot(p[..., 0] / 2.0, z - 0.052), 0.018)) * front
    oily = oily + 0.08 * bell(np.hypot(x - 0.044, z + 0.012), 0.015) * front
    rough = 0.545 - oily * np.clip(0.85 + 0.55 * grain(p, 110.0, 26), 0.2, 1.4) + 0.07 * beard(p)
    rough = rough + 0.14 * bell(np.hypot((x - 0.031) / 1.3, z - 0.008), 0.017) * front
    far, _ = nasolabial(x, z)
    creased = bell(far, 0.0070) * step(-z, 0.020, 0.030) + eye_width(x) * bell(z - under_eye(x) - 0.002, 0.0065)
    rough = rough + 0.10 * np.minimum(creased, 1.0) * front
    rough = rough - 0.12 * _red_of_lips(p, 1.10) + 0.04 * grain(p, 90.0, 6)
    gap = (1.0 - step(np.abs(z - mouth_line(x, 1.0)) - opening(x), -0.0002, 0.0010)) * (1.0 - step(x, 0.0200, 0.0255)) * front
    rough = rough * (1.0 - gap) + 0.90 * gap
    return np.asarray(rough + 0.06 * grain(p, 300.0, 27) * resolved(p))


@cache
def _spotted(count: int = 34, seed: int = 61) -> tuple[tuple[Array, float, float], ...]:
    """Spots of age: where, how large (m) and how dark each is; most are on temples, forehead and cheekbones."""
    chance = np.random.Generator(np.random.PCG64(seed))
    made = []
    for _ in range(count):
        side = -1.0 if chance.random() < 0.5 else 1.0
        middle = ((0.062, 0.040, 0.035), (0.045, 0.062, 0.060), (0.055, 0.055, -0.018))[int(chance.integers(0, 3))]
        at = np.array(middle) * (side, 1.0, 1.0) + chance.normal(0.0, 0.015, 3)
        made.append((at, float(chance.uniform(0.0012, 0.0040)), float(chance.uniform(0.25, 0.85))))
    return tuple(made)


def spots(p: Array) -> Array:
    """0-1: how much of a point is a spot of age."""
    found = np.zeros(p.shape[:-1])
    ragged = 1.0 + 0.22 * grain(p, 260.0, 31)
    for at, wide, dark in _spotted():
        # Where exactly the skin is matters little: a spot is a rod through it.
        away = np.hypot(p[..., 0] - at[0], np.hypot(0.45 * (p[..., 1] - at[1]), p[..., 2] - at[2])) * ragged
        found = np.maximum(found, dark * (1.0 - step(away / wide, 0.65, 1.15)))
    return found


def beard(p: Array) -> Array:
    """0-1: where a beard grows: about the mouth, over the jaw and under it, before the ears as far as the hair."""
    x, y, z = np.abs(p[..., 0]), p[..., 1], p[..., 2]
    upper = np.interp(x, (0.012, 0.024, 0.036, 0.050, 0.062, 0.080), (-0.040, -0.053, -0.060, -0.056, -0.036, -0.005))
    upper = upper + 0.0025 * mottle(p, 40.0, 2.0)
    below = step(y - 0.36 * (z + 0.115), -0.012, 0.022)
    bare = 1.0 - 0.5 * bell(np.hypot((x - 0.019) / 0.8, z + 0.084), 0.0090)
    bare = bare * (1.0 - _red_of_lips(p, 1.15))
    return np.asarray((1.0 - step(z - upper, -0.018, 0.012)) * below * bare * step(z, -0.136, -0.108))


def _red_of_lips(p: Array, end: float) -> Array:
    """0-1: how far a point is on the lips, out to `end` times their border."""
    x, (upper, lower) = np.abs(p[..., 0]), lips(p)
    edge = np.where(p[..., 2] > mouth_line(x, 0.0), upper, lower)
    return np.asarray((1.0 - step(edge, end - 0.36, end)) * (1.0 - step(x, 0.0205, 0.0250)) * step(p[..., 1], 0.066, 0.076))


def _brow(p: Array, life: Life) -> tuple[Array, Array]:
    """How much of a point is hidden by the brow's hairs, and their colour: with the years they are fewer, longer and grey."""
    x, z, worn = np.abs(p[..., 0]), p[..., 2], life.worn
    middle = brow_line(x)
    thick = np.interp(x, (0.008, 0.013, 0.022, 0.034, 0.045, 0.055), (0.0, 0.0058, 0.0072, 0.0058, 0.0040, 0.0))
    ragged = (0.0004 + 0.0010 * worn) * grain(p, 160.0, 9) + 0.0005 * worn * grain(p, 420.0, 10)
    far = np.abs(z - middle + ragged) / np.maximum(thick, 1e-4)
    inside = (1.0 - step(far, 0.35 - 0.20 * worn, 1.05)) * (thick > 1e-4) * step(thick, 0.0, 0.0035)
    lean = 0.9 - 24.0 * (x - 0.010)
    stroke = np.sin(2 * np.pi * (x * 540.0 - (z - middle) * 540.0 * lean) + 3.0 * mottle(p, 90.0, 0.7))
    cover = np.clip(inside * (0.92 - 0.02 * worn + 0.16 * stroke), 0.0, 1.0)
    mixed = np.clip(0.5 + 0.5 * mottle(p, 210.0, 3.0) + 0.25 * stroke * worn, 0.0, 1.0)[..., None]
    tone = np.array(life.brow) * (0.55 + 0.8 * mixed)
    return cover * (0.94 - 0.24 * worn) * step(p[..., 1], 0.03, 0.045), tone


def _eyelashes(p: Array, life: Life) -> tuple[Array, Array]:
    """The closed lid's edge and the lashes that hang from it."""
    x, z = np.abs(p[..., 0]), p[..., 2]
    lash = lashes(x)
    fringe = np.clip(0.5 + 0.9 * np.sin(2 * np.pi * (x * 1250.0 + 260.0 * (z - lash) * np.sign(x - 0.0318))), 0.0, 1.0)
    below = np.clip(1.0 - (lash - z) / 0.0034, 0.0, 1.0) * (z < lash) * fringe * (0.70 - 0.25 * life.worn)
    edge = bell(z - lash + 0.0008, 0.0028)
    share = np.clip((edge + below) * step(x, 0.0170, 0.0240) * (1.0 - step(x, 0.0430, 0.0470)) * _front(p), 0.0, 0.90)
    return share * (1.0 - 0.06 * life.worn), np.array((0.034, 0.022, 0.017)) * np.ones_like(p)


def _short_hair(p: Array, life: Life) -> tuple[Array, Array]:
    """How much of a point is hidden by the hair that lies close to the scalp, in strands at its border, and its colour."""
    grown, streak, thick = scalp(p, life), streaks(p), growth(p, life)
    share = step(grown + 0.16 * streak * (1.0 - grown) * step(grown, 0.0, 0.3), 0.06, 0.96)
    thin = np.clip(thick + (1.0 - thick) * 0.55 * streak, 0.12, 1.0)
    fine, lock = np.clip(0.5 + 0.5 * mottle(p, 420.0, 5.0), 0.0, 1.0), grain(p * (1.0, 0.5, 0.5), 60.0, 33)
    light = 0.60 + 0.08 * fine + 0.13 * np.clip(streak, -1.2, 1.6) + 0.045 * np.clip(lock, -1.5, 1.5)
    return share * thin * 0.96, np.maximum(np.array(life.hair) * light[..., None], 0.004)
