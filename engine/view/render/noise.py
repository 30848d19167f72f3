"""Textures that are computed: clouds, the slopes of a lake's waves, cracks in ice. All tile, and are the same on every run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLOUD_SIZE = 256
WAVE_SIZE = 256
WAVE_TILE = 9.0
"""Metres along one side of the wave texture."""
CRACK_SIZE = 512
CRACK_TILE, CRACK_REACH = 16.0, 0.25
"""Metres along one side of the crack texture, and from a crack to where the texture says nothing of it."""


def clouds() -> NDArray[np.uint8]:
    """How much cloud, 0-255: noise whose power falls with the 3.4th power of frequency, spread evenly over the range."""
    field = np.real(np.fft.ifft2(_spectrum(CLOUD_SIZE, 7) / np.maximum(_frequency(CLOUD_SIZE), 1.0) ** 1.7))
    ranks = field.ravel().argsort().argsort().reshape(field.shape)
    return (ranks * 255 // (ranks.size - 1)).astype(np.uint8)[..., None]


def wave_slopes() -> NDArray[np.float32]:
    """Slopes of small wind waves on a lake: d/dx, d/dy and the square of the slope (for its variance in mipmaps: Olano and
    Baker, "LEAN Mapping", 2010), with root mean square slope 1. Waves of 0.1 to 2.5 m, most across the wind, which blows
    along +x."""
    across = np.fft.fftfreq(WAVE_SIZE, 1 / WAVE_SIZE)
    kx, ky = np.meshgrid(across, across)
    k = np.maximum(np.hypot(kx, ky), 1e-6)
    metres = WAVE_TILE / k
    band = np.exp(-((np.log(metres / 0.65) / 0.75) ** 2)) * (metres < 3.0)
    along = 0.35 + 0.65 * (kx / k) ** 2
    height = _spectrum(WAVE_SIZE, 11) * band * along / k
    slope_x, slope_y = (np.real(np.fft.ifft2(1j * each * height)) for each in (kx, ky))
    scale = 1 / np.sqrt((slope_x**2 + slope_y**2).mean())
    slope_x, slope_y = slope_x * scale, slope_y * scale
    return np.stack((slope_x, slope_y, slope_x**2 + slope_y**2), axis=-1).astype(np.float32)


def cracks() -> NDArray[np.uint8]:
    """How near the next crack of the ice is: 255 on it, 0 at CRACK_REACH and beyond. Others start from the long ones."""
    chance = np.random.Generator(np.random.PCG64(23))
    metres = (np.arange(CRACK_SIZE) + 0.5) * (CRACK_TILE / CRACK_SIZE)
    x, y = np.meshgrid(metres, metres)
    wander = _spectrum(CRACK_SIZE, 5) / np.maximum(_frequency(CRACK_SIZE), 1.5) ** 2.6
    field = np.real(np.fft.ifft2(wander))
    x, y = x + field * (0.28 / field.std()), y + field.T * (0.28 / field.std())
    nearest = np.full(x.shape, CRACK_REACH)
    made: list[tuple[float, float, float, float]] = []
    for index in range(46):
        length = CRACK_TILE * float(chance.uniform(0.5, 0.85) if index < 7 else chance.uniform(0.06, 0.32))
        heading = float(chance.uniform(0.0, 2 * np.pi))
        start_x, start_y = map(float, chance.uniform(0.0, CRACK_TILE, 2))
        if index >= 7:
            parent_x, parent_y, parent_heading, parent_length = made[int(chance.integers(len(made)))]
            along = float(chance.uniform(-0.5, 0.5)) * parent_length
            start_x, start_y = parent_x + along * np.cos(parent_heading), parent_y + along * np.sin(parent_heading)
            heading = parent_heading + float(chance.choice((-1, 1)) * chance.uniform(0.45, 1.35))
        ahead_x, ahead_y = float(np.cos(heading)), float(np.sin(heading))
        middle_x, middle_y = start_x + ahead_x * length / 2, start_y + ahead_y * length / 2
        made.append((middle_x, middle_y, heading, length))
        # The way round the torus that is shorter; no crack is as long as the tile.
        dx, dy = ((d + CRACK_TILE / 2) % CRACK_TILE - CRACK_TILE / 2 for d in (x - middle_x, y - middle_y))
        along_it = dx * ahead_x + dy * ahead_y
        beyond = np.maximum(np.abs(along_it) - length / 2, 0.0)
        finer = 0.016 * np.clip(along_it / length + 0.5, 0.0, 1.0) ** 2
        np.minimum(nearest, np.hypot(dx * ahead_y - dy * ahead_x, beyond) + finer, out=nearest)
    return np.round((1.0 - nearest / CRACK_REACH) * 255.0).astype(np.uint8)[..., None]


def _spectrum(size: int, seed: int) -> NDArray[np.complex128]:
    return np.fft.fft2(np.random.Generator(np.random.PCG64(seed)).standard_normal((size, size)))


def _frequency(size: int) -> NDArray[np.float64]:
    across = np.fft.fftfreq(size, 1 / size)
    frequency: NDArray[np.float64] = np.hypot(*np.meshgrid(across, across))
    return frequency
