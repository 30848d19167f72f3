"""Textures that are computed: clouds, and the slopes of a lake's waves. All tile, and are the same on every run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CLOUD_SIZE = 256
WAVE_SIZE = 256
WAVE_TILE = 9.0
"""Metres along one side of the wave texture."""


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


def _spectrum(size: int, seed: int) -> NDArray[np.complex128]:
    return np.fft.fft2(np.random.Generator(np.random.PCG64(seed)).standard_normal((size, size)))


def _frequency(size: int) -> NDArray[np.float64]:
    across = np.fft.fftfreq(size, 1 / size)
    frequency: NDArray[np.float64] = np.hypot(*np.meshgrid(across, across))
    return frequency
