"""The legs of someone who lies on the back at ease, as distances that the blanket comes to rest on, metres.

Knees are a little bent, one more than the other; feet fall outwards, as they do when their muscles are slack. Lengths after
Drillis and Contini (1966) for a stature of 1.70 m.
"""

from __future__ import annotations

import numpy as np

from assets.generators.drape import ball, limb, melt
from assets.generators.shapes import Array

Place = tuple[float, float, float]

HIP: dict[int, Place] = {1: (0.092, 0.040, 0.082), -1: (-0.092, 0.040, 0.082)}
KNEE: dict[int, Place] = {1: (0.126, 0.408, 0.122), -1: (-0.138, 0.418, 0.100)}
ANKLE: dict[int, Place] = {1: (0.138, 0.828, 0.050), -1: (-0.146, 0.832, 0.048)}
TOES: dict[int, Place] = {1: (0.212, 0.926, 0.116), -1: (-0.252, 0.914, 0.092)}
"""Where the great toes' tips are: both feet have sunk down and fallen out, the left one further."""


def legs(p: Array) -> Array:
    """The distance to the legs without the feet: thighs, kneecaps, shins and calves."""
    made = np.full(p.shape[:-1], 9.0)
    for side in (1, -1):
        hip, knee, ankle = HIP[side], KNEE[side], ANKLE[side]
        x, y, z = (0.66 * a + 0.34 * b for a, b in zip(knee, ankle, strict=True))
        d = limb(p, hip, knee, 0.078, 0.054)
        d = melt(d, limb(p, knee, ankle, 0.052, 0.036), 0.04)
        d = melt(d, ball(p, _moved(knee, 0.0, -0.004, 0.014), (0.043, 0.052, 0.050)), 0.024)
        made = np.minimum(made, melt(d, ball(p, (x, y, z - 0.016), (0.050, 0.135, 0.050)), 0.03))
    return made


def feet(p: Array) -> Array:
    """The distance to both feet: heels on the mattress, toes up and outwards."""
    made = np.full(p.shape[:-1], 9.0)
    for side in (1, -1):
        ankle, toes = ANKLE[side], TOES[side]
        sole = limb(p, _moved(ankle, 0.0, 0.034, -0.014), _moved(toes, 0.0, -0.002, -0.020), 0.040, 0.036)
        d = melt(sole, limb(p, ankle, _moved(toes, 0.0, -0.030, -0.055), 0.036, 0.026), 0.03)
        made = np.minimum(made, melt(d, limb(p, toes, _moved(toes, 0.058 * side, -0.010, -0.030), 0.033, 0.027), 0.030))
    return made


def _moved(place: Place, x: float, y: float, z: float) -> Place:
    return place[0] + x, place[1] + y, place[2] + z
