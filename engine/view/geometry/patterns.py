"""The textures of finishes, painted by seeded noise: roller and brushed paint, mineral tiles, flecked sheet vinyl, boards of oak.

Each gives its normals, then, if it has them, its colours and its surface map; all tile.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Pixels
from engine.view.geometry.surfaces import unit
from engine.view.srgb import encode

Field = NDArray[np.float32]
Linear = tuple[float, float, float]
"""Linear red, green, blue."""


def field(shape: tuple[int, int], waves: tuple[float, float], seed: int) -> Field:
    """Tiling smooth noise of mean 0 and deviation 1; `waves` are pixels of its features down and across."""
    chance = np.random.Generator(np.random.PCG64(seed))
    spectrum = np.fft.rfft2(chance.standard_normal(shape).astype(np.float32))
    # The bell of two axes is the product of one for each; single precision is half the work.
    down = np.exp(-2.2 * (np.fft.fftfreq(shape[0]) * waves[0]) ** 2).astype(np.float32)
    across = np.exp(-2.2 * (np.fft.rfftfreq(shape[1]) * waves[1]) ** 2).astype(np.float32)
    spectrum *= down[:, None]
    spectrum *= across
    made = np.fft.irfft2(spectrum, shape)
    made -= made.mean()
    return np.asarray(made / made.std(), np.float32)


def fields(shape: tuple[int, int], *wanted: tuple[tuple[float, float], int]) -> list[Field]:
    """Several fields, made at once: numpy's transforms leave the other cores free."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda one: field(shape, *one), wanted))


def normals(height: Field, strength: float) -> Pixels:
    """Normals of a tiling height in pixels' widths, v up."""
    dx = (np.roll(height, 1, 1) - np.roll(height, -1, 1)) * (strength / 2)
    dy = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * (strength / 2)
    made = unit(np.stack([dx, dy, np.ones_like(dx)], axis=-1))
    return np.asarray(np.round(made * 127.5 + 127.5), np.uint8)


def picture(light: NDArray[np.float32], mean: Linear) -> Pixels:
    """Linear colours as sRGB with their mean set; RGBA."""
    share = light * (np.array(mean, np.float32) / light.mean((0, 1)) * np.float32(_STEPS))
    made = np.full((*light.shape[:2], 4), 255, np.uint8)
    made[..., :3] = _encoding()[np.clip(share, 0.0, _STEPS).astype(np.uint16)]
    return made


_STEPS = 65535


@lru_cache(maxsize=1)
def _encoding() -> Pixels:
    """Bytes of sRGB for linear light in so many steps: a power for each step, rather than for each pixel."""
    light = (np.arange(_STEPS + 1) + 0.5) / (_STEPS + 1)
    return np.round(encode(light) * 255).astype(np.uint8)


def peel() -> tuple[Pixels]:
    """The skin of paint from a roller: bumps of 2 to 6 mm, some tenths of a millimetre high."""
    shape = (256, 256)
    height = 0.7 * field(shape, (5.0, 5.0), 3) + 0.5 * field(shape, (9.0, 9.0), 4) + 0.8 * field(shape, (60.0, 25.0), 5)
    return (normals(height, 0.066),)


def brushed() -> tuple[Pixels]:
    """The skin of gloss paint from a brush that went along u: ridges of 2 to 4 mm, some hundredths of one high, that start and
    end; and broad waves, where it ran a little before it set."""
    shape = (256, 256)
    height = 0.8 * field(shape, (2.6, 60.0), 6) + 0.6 * field(shape, (6.0, 100.0), 7) + 2.6 * field(shape, (60.0, 26.0), 8)
    return (normals(height, 0.026),)


def mineral() -> tuple[Pixels, Pixels]:
    """A mineral-fibre tile: pinholes and short worm tracks; its edge is a little lower and darker."""
    size = 512
    shape = (size, size)
    grain = field(shape, (3.0, 3.0), 11)
    fissure = np.clip(np.abs(field(shape, (13.0, 30.0), 12) + 0.4 * field(shape, (7.0, 9.0), 13)), 0.0, 1.0)
    worm = np.clip((0.07 - fissure) / 0.07, 0.0, 1.0) * (field(shape, (26.0, 30.0), 14) > 0.55)
    hole = np.clip((field(shape, (4.5, 4.5), 15) - 2.1) / 0.5, 0.0, 1.0)
    hollow = np.maximum(worm, hole)
    edge = np.minimum(np.arange(size), np.arange(size)[::-1])
    rim = np.clip(1.0 - np.minimum(edge[:, None], edge[None, :]) / 9.0, 0.0, 1.0) ** 2
    shade = (1.0 + 0.012 * grain - 0.34 * hollow) * (1.0 - 0.18 * rim)
    light = np.repeat(shade[..., None], 3, -1).astype(np.float32)
    return normals(0.25 * grain - 2.2 * hollow - 3.0 * rim, 0.35), picture(light, (0.98, 0.98, 0.98))


def flecks() -> tuple[Pixels, Pixels, Pixels]:
    """Homogeneous sheet vinyl, without its colour: flecks of 2 to 10 mm, lighter and darker; a welded seam along its edge."""
    size = 1024
    shape = (size, size)
    chips = 0.55 * (field(shape, (4.0, 4.0), 21) > 0.9) + 0.45 * (field(shape, (7.0, 7.0), 22) > 1.1)
    darks = 0.6 * (field(shape, (4.0, 4.0), 23) > 1.0) + 0.4 * (field(shape, (8.0, 8.0), 24) > 1.25)
    cloud = field(shape, (90.0, 90.0), 25)
    shade = 1.0 + 0.10 * chips - 0.13 * darks + 0.012 * cloud
    warmth = 0.02 * field(shape, (40.0, 40.0), 26)
    seam = np.zeros(shape, np.float32)
    seam[:, :2] = 1.0
    light = np.stack([shade + warmth, shade, shade - warmth], -1) * (1.0 - 0.22 * seam)[..., None]
    wear = field(shape, (50.0, 50.0), 27)
    rough = np.clip(0.40 + 0.03 * wear + 0.015 * chips + 0.15 * seam, 0.2, 0.8)
    surface_map = np.round(np.stack([np.ones(shape), rough, np.zeros(shape)], -1) * 255).astype(np.uint8)
    height = 0.25 * field(shape, (5.0, 5.0), 28) + 0.2 * field(shape, (120.0, 120.0), 29) + 1.5 * seam
    return normals(height, 0.035), picture(light.astype(np.float32), (0.97, 0.97, 0.97)), surface_map
