"""Pictures of a garden's evergreens in the sun, as those of `engine.view.geometry.crowns` are: a clipped hedge and a fir."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.crowns import SKYLIGHT, SUNLIGHT, YEW, Leaves, attached, blurred, crown
from engine.view.geometry.mesh import Floats
from engine.view.geometry.noise import fbm, noise, smoothstep

FIR = Leaves((0.058, 0.106, 0.078), (0.022, 0.042, 0.020), 0.8)

WHORLS = 19
"""Of a fir's boughs, one for every year or two."""

BUSHES = 11
"""In a picture of the hedge: it was planted as single yews, and shows it."""


def fir(chance: np.random.Generator) -> Floats:
    """A fir, 512 x 512, its width and height 1: whorls of boughs round a straight stem, each a flat spray that hangs at its tip,
    with dark between it and the next."""
    lobes, sizes = [], []
    for whorl in range(WHORLS):
        t = (whorl + 0.5) / WHORLS
        boughs = int(chance.integers(6, 9)) if t < 0.85 else 4
        reach = (0.025 + 0.235 * (1.0 - t) ** 0.86) * chance.uniform(0.86, 1.10, boughs)
        turn = 2.399963 * whorl + 2.0 * np.pi * (np.arange(boughs) + chance.uniform(-0.2, 0.2, boughs)) / boughs
        for along in (0.35, 0.68, 1.0):
            out = along * reach
            up = 0.075 + 0.87 * t**0.94 + 0.020 * along - (0.115 * (1.0 - t) + 0.02) * along**2
            lobes.append(np.column_stack([0.5 + out * np.cos(turn), out * np.sin(turn), np.full(boughs, up)]))
            sizes.append((0.012 + 0.050 * (1.0 - t)) * (1.15 - 0.35 * along) * chance.uniform(0.8, 1.15, boughs))
    top = np.array([(0.5, 0.0, 0.93), (0.5, 0.0, 0.955), (0.5, 0.0, 0.975)])
    s = np.linspace(0.0, 1.0, 400)[:, None]
    across = np.linspace(-1.0, 1.0, 9)[None]
    stem = np.stack([0.5 + across * 0.014 * (1.05 - s), np.zeros((400, 9)), 0.95 * s + 0.0 * across], -1).reshape(-1, 3)
    wood = stem, np.repeat((0.55 - 0.30 * across).repeat(400, 0).reshape(-1, 1), 3, 1) * np.array((0.120, 0.092, 0.075))
    every, radius = np.concatenate([*lobes, top]), np.concatenate([*sizes, (0.018, 0.012, 0.008)])
    return attached(crown(chance, every, radius, FIR, size=(512, 512), sprays=16, each=34, loose=0.22, wood=wood))


def hedge(chance: np.random.Generator) -> Floats:
    """A clipped hedge, 1,024 x 256, 4 wide and 1 high: bush by bush its face swells and hollows, with dark between; its top sees
    the sky, and shears have not been over it since spring. Mirrored at either end it goes on."""
    z, x = np.mgrid[0:256, 0:1024] / 256.0
    z = 1.0 - z
    clefts = (np.arange(BUSHES) + chance.uniform(0.15, 0.85, BUSHES)) * (4.0 / BUSHES)
    lean = 0.10 * (z[..., None] - 0.5) * chance.uniform(-1.0, 1.0, BUSHES)
    away = (x[..., None] - clefts + lean) / chance.uniform(0.035, 0.075, BUSHES)
    deep = (np.exp(-(away**2)) * chance.uniform(0.35, 1.0, BUSHES) * (0.55 + 0.45 * z[..., None])).sum(-1)
    swell = 1.25 * fbm(x * 2.2, z * 2.4, 55, 2) + 0.60 * fbm(x * 8.0, z * 9.0, 57, 3) - 1.1 * deep
    slope = (np.roll(swell, 3, 1) - np.roll(swell, -3, 1)) * 1.0 + (np.roll(swell, -3, 0) - np.roll(swell, 3, 0)) * 0.7
    leaf = blurred(chance.random((256, 1024)).astype(np.float32))
    leaf = 1.0 + 3.4 * (leaf - 0.5) + 0.45 * fbm(x * 30.0, z * 30.0, 59, 2)
    rim = 0.905 + 0.045 * noise(x * 1.7, x * 0.0, 54) + 0.026 * noise(x * 6.0, x * 0.0, 56) - 0.050 * deep[0]
    rim = rim + 0.018 * (leaf - 1.0) + 0.05 * np.clip(noise(x * 34.0, x * 0.0, 61) - 0.30, 0.0, 1.0)
    top = smoothstep(rim - 0.085, rim - 0.02, z + 0.02 * swell)
    sun = np.clip(0.28 + 0.95 * slope, 0.02, 1.0) * (1.0 - top) + 0.62 * top
    # Trees behind and before it shade it in stretches.
    sun = sun * (0.42 + 0.58 * smoothstep(-0.25, 0.20, fbm(x * 0.9 + 0.4 * z, z * 0.8, 63, 3)))
    sky = (0.26 + 0.34 * z) * np.clip(1.0 + 0.45 * swell, 0.25, 1.5) * (1.0 - top) + top
    fresh = 1.0 + np.clip(fbm(x * 3.0, z * 3.0, 65, 2), -0.3, 0.6)[..., None] * np.array((0.75, 0.40, 0.10))
    light = (sun * np.clip(leaf, 0.15, 2.2))[..., None] * SUNLIGHT
    light = light + (sky * np.clip(0.5 + 0.5 * leaf, 0.3, 1.6))[..., None] * SKYLIGHT
    alpha = smoothstep(-0.006, 0.006, rim - z)
    return np.concatenate([light * fresh * np.array(YEW.back) * 1.3, alpha[..., None]], -1).astype(np.float32)
