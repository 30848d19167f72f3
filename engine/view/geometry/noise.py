"""Seeded gradient noise (Perlin, "Improving Noise", SIGGRAPH 2002) and sums of it, over whole arrays at once."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats

Numbers = NDArray[np.floating]


_BLOCK = 16384
"""Points at a time, so that the work stays in a core's cache (3 times as fast as whole arrays)."""


@lru_cache(maxsize=64)
def _gradients(seed: int) -> tuple[Floats, Floats]:
    """Unit gradients of a lattice of 257 x 257, whose last row and column repeat the first."""
    chance = np.random.Generator(np.random.PCG64(seed))
    angles = chance.uniform(0.0, 2.0 * np.pi, (256, 256)).astype(np.float32)
    angles = np.pad(angles, ((0, 1), (0, 1)), mode="wrap")
    return np.cos(angles).ravel(), np.sin(angles).ravel()


def noise(x: Numbers, y: Numbers, seed: int) -> Floats:
    """Smooth noise between about -1 and 1 with features one unit wide; it repeats after 256."""
    xs, ys = np.broadcast_arrays(np.asarray(x, np.float32), np.asarray(y, np.float32))
    flat_x, flat_y = xs.ravel(), ys.ravel()
    result = np.empty(flat_x.size, np.float32)
    for start in range(0, flat_x.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        result[block] = _block(flat_x[block], flat_y[block], *_gradients(seed))
    return result.reshape(xs.shape)


def _block(x: Floats, y: Floats, gx: Floats, gy: Floats) -> Floats:
    floor_x, floor_y = np.floor(x), np.floor(y)
    fx, fy = x - floor_x, y - floor_y
    at = (floor_y.astype(np.int32) & 255) * 257 + (floor_x.astype(np.int32) & 255)
    bx, by = fx - np.float32(1.0), fy - np.float32(1.0)
    u = fx * fx * fx * (fx * (fx * 6.0 - 15.0) + 10.0)
    v = fy * fy * fy * (fy * (fy * 6.0 - 15.0) + 10.0)
    low = gx[at] * fx + gy[at] * fy
    at += 1
    low += u * (gx[at] * bx + gy[at] * fy - low)
    at += 256
    high = gx[at] * fx + gy[at] * by
    at += 1
    high += u * (gx[at] * bx + gy[at] * by - high)
    low += v * (high - low)
    low *= np.float32(1.5)
    return low


def fbm(x: Numbers, y: Numbers, seed: int, octaves: int, gain: float = 0.5) -> Floats:
    """Noise summed over octaves, each half as wide and `gain` as strong; about -1 to 1."""
    total, strength, whole = np.zeros(np.broadcast(x, y).shape, np.float32), 1.0, 0.0
    xs, ys = np.asarray(x, np.float32), np.asarray(y, np.float32)
    for octave in range(octaves):
        scale = 2.03**octave
        total += strength * noise(xs * scale + 17.3 * octave, ys * scale - 9.1 * octave, seed + octave)
        whole, strength = whole + strength, strength * gain
    return np.asarray(total / whole, np.float32)


def ridged(x: Numbers, y: Numbers, seed: int, octaves: int, gain: float = 0.55) -> Floats:
    """Sharp crests between round hollows, finer ones standing on the crests of coarser ones; about 0 to 1."""
    total, strength, whole = np.zeros(np.broadcast(x, y).shape, np.float32), 1.0, 0.0
    carried: Numbers = np.ones_like(total)
    xs, ys = np.asarray(x, np.float32), np.asarray(y, np.float32)
    for octave in range(octaves):
        scale = 2.07**octave
        crest: Numbers = 1.0 - np.abs(noise(xs * scale + 31.7 * octave, ys * scale + 11.9 * octave, seed + octave))
        crest = crest * crest * np.minimum(carried, 1.0)
        carried = crest * 1.9
        total += strength * crest
        whole, strength = whole + strength, strength * gain
    return np.asarray(total / whole, np.float32)


def smoothstep(low: float, high: float, x: Numbers) -> Floats:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((np.asarray(x, np.float32) - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t), np.float32)
