"""The colours of a clear sky, from the physics of air.

Sunlight is scattered by air molecules (Rayleigh), by haze (Mie) and absorbed by ozone; light scattered more than once is
summed as a geometric series. The method and the coefficients are those of Hillaire, "A Scalable and Production Ready Sky and
Atmosphere Rendering Technique" (EGSR 2020), sections 4 and 5.5; here it runs once for each of some heights of the sun, in
numpy, and the shaders look the result up. Lengths are kilometres; radiance is relative to a sun of irradiance 1 above the
air.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.cache import kept

Array = NDArray[np.float64]

GROUND, TOP = 6360.0, 6460.0
RAYLEIGH = np.array((5.802e-3, 13.558e-3, 33.1e-3))
MIE_SCATTERED, MIE_LOST = 3.996e-3, 4.440e-3
OZONE = np.array((0.650e-3, 1.881e-3, 0.085e-3))
RAYLEIGH_HEIGHT, MIE_HEIGHT = 8.0, 1.2
FORWARD = 0.8
"""Asymmetry of scattering by haze (Henyey and Greenstein 1941)."""
ALBEDO = 0.25
"""What the ground sends back: meadows, rock, snow, water."""
SUN = np.array((1.0, 0.949, 0.880))
"""Colour of sunlight above the air in linear sRGB (a black body of 5772 K)."""
EYE = 0.6
"""Kilometres above the sea at which a lake lies."""
SIZE = 64
"""Pixels of the sky map in each direction."""


@dataclass(frozen=True, eq=False)
class Sky:
    """A sky. `radiance` is SIZE x SIZE x 3, rows by root of the sine of elevation (0 at the horizon), columns by the sine of
    half the bearing from the sun. `sunlight` is the irradiance of a surface facing the sun; `light` the nine coefficients of
    the irradiance from all else (sun at bearing +x), ready for `light.glsl`."""

    radiance: Array
    sunlight: Array
    light: Array


def blend(low: Sky, high: Sky, share: float) -> Sky:
    """The sky between two."""
    pairs = ((low.radiance, high.radiance), (low.sunlight, high.sunlight), (low.light, high.light))
    return Sky(*((1 - share) * a + share * b for a, b in pairs))


@lru_cache(maxsize=64)
def sky(sun_deg: float, haze: float) -> Sky:
    """The sky with the sun so many degrees up; `haze` 1 is very clear air."""
    found = kept(__name__, [sun_deg, haze], lambda: asdict(_sky(sun_deg, haze)))
    radiance, sunlight, light = (np.asarray(found[name], np.float64) for name in ("radiance", "sunlight", "light"))
    return Sky(radiance, sunlight, light)


def _sky(sun_deg: float, haze: float) -> Sky:
    air = _air(haze)
    steps = np.linspace(0.0, 1.0, SIZE)
    elevation_sine, half_sine = np.meshgrid(steps**2, steps, indexing="ij")
    level = np.sqrt(1 - elevation_sine**2)
    bearing_cos = 1 - 2 * half_sine**2
    bearing_sin = np.sqrt(np.maximum(0.0, 1 - bearing_cos**2))
    directions = np.stack((level * bearing_cos, level * bearing_sin, elevation_sine), axis=-1)
    up = math.sin(math.radians(sun_deg))
    sun = np.array((math.sqrt(1 - up * up), 0.0, up))
    radiance = air.scattered(directions, sun) * SUN
    sunlight = air.transmitted(np.array(GROUND + EYE), np.array(up)) * SUN
    return Sky(radiance, sunlight, _irradiance(radiance, sunlight * max(up, 0.0)))


class _Air:
    """Air of one clarity, with its tables."""

    def __init__(self, haze: float) -> None:
        self.haze = haze
        self.table_heights = np.linspace(0.0, 1.0, 32) ** 2 * (TOP - GROUND - 0.2) + 0.1
        self.table_cosines = np.sign(c := np.linspace(-1, 1, 128)) * c**2
        heights, cosines = np.meshgrid(GROUND + self.table_heights, self.table_cosines, indexing="ij")
        self.clear = np.exp(-self._depth(heights, cosines))
        self.again = self._multiple()

    def density(self, heights: Array) -> tuple[Array, Array, Array]:
        """Rayleigh scattering, Mie scattering and extinction per kilometre (rgb) at heights above the ground."""
        heights = np.maximum(heights, 0.0)
        rayleigh = np.exp(-heights / RAYLEIGH_HEIGHT)[..., None] * RAYLEIGH
        mie = self.haze * np.exp(-heights / MIE_HEIGHT)[..., None]
        ozone = np.maximum(0.0, 1 - np.abs(heights - 25) / 15)[..., None] * OZONE
        return rayleigh, mie * MIE_SCATTERED, rayleigh + mie * MIE_LOST + ozone

    def _depth(self, radii: Array, cosines: Array) -> Array:
        """Optical depth to the top of the air."""
        far = -radii * cosines + np.sqrt(np.maximum(0.0, (radii * cosines) ** 2 - radii**2 + TOP**2))
        total = np.zeros((*radii.shape, 3))
        count = 40
        for step in range(count):
            along = far * ((step + 0.5) / count) ** 2
            weight = far * (2 * step + 1) / count**2
            at = np.sqrt(radii**2 + along**2 + 2 * radii * cosines * along)
            total += self.density(at - GROUND)[2] * weight[..., None]
        return total

    def transmitted(self, radii: Array, cosines: Array) -> Array:
        """The share of sunlight that arrives; none from below the horizon."""
        horizon = -np.sqrt(np.maximum(0.0, 1 - (GROUND / radii) ** 2))
        seen = np.clip((cosines - horizon) / 0.01 + 0.5, 0.0, 1.0)
        return _table(self.clear, *self._cell(radii, cosines)) * seen[..., None]

    def _cell(self, radii: Array, cosines: Array) -> tuple[Array, Array]:
        height = np.sqrt(np.clip((radii - GROUND - 0.1) / (TOP - GROUND - 0.2), 0.0, 1.0)) * (len(self.table_heights) - 1)
        cosine = (np.sign(cosines) * np.sqrt(np.abs(cosines)) + 1) / 2 * (len(self.table_cosines) - 1)
        return height, cosine

    def march(self, radius: float, directions: Array, sun: Array, count: int) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
        """Steps along rays: radii, the sun's cosines, lengths, and whether each ray meets the ground (-> its length is to
        there)."""
        up = directions[..., 2]
        under = (radius * up) ** 2 - radius**2 + GROUND**2
        hits = (under > 0) & (up < 0)
        top = -radius * up + np.sqrt((radius * up) ** 2 - radius**2 + TOP**2)
        far = np.where(hits, -radius * up - np.sqrt(np.maximum(0.0, under)), top)
        edges = (np.arange(count + 1) / count) ** 2
        along = far[..., None] * (edges[1:] + edges[:-1]) / 2
        points = directions[..., None, :] * along[..., None] + np.array((0.0, 0.0, radius))
        radii = np.linalg.norm(points, axis=-1)
        return radii, points @ sun / radii, far[..., None] * np.diff(edges), hits

    def _multiple(self) -> Array:
        """Radiance of light scattered twice and more, by height (16) and the sun's cosine (32), for isotropic scattering."""
        turns = np.arange(32) + 0.5
        z, bearing = 1 - 2 * turns / 32, turns * math.pi * (3 - math.sqrt(5))
        around = np.stack((np.sqrt(1 - z * z) * np.cos(bearing), np.sqrt(1 - z * z) * np.sin(bearing), z), axis=-1)
        result = np.zeros((16, 32, 3))
        for row, height in enumerate(np.linspace(0.0, 1.0, 16) ** 2 * (TOP - GROUND - 1) + 0.2):
            for column, cosine in enumerate(np.linspace(-1, 1, 32)):
                sun = np.array((math.sqrt(max(0.0, 1 - cosine * cosine)), 0.0, cosine))
                radii, cosines, lengths, hits = self.march(GROUND + height, around, sun, 12)
                rayleigh, mie, lost = self.density(radii - GROUND)
                scattered = rayleigh + mie
                steps = lost * lengths[..., None]
                clear = np.exp(-(np.cumsum(steps, axis=1) - steps))
                share = clear * scattered * ((1 - np.exp(-steps)) / lost)
                second = (share * self.transmitted(radii, cosines)).sum(1) / (4 * math.pi)
                sunlight = self.transmitted(np.array(GROUND + 0.2), np.array(cosine)) * max(cosine, 0.0)
                second += np.where(hits[:, None], np.exp(-steps.sum(1)) * (ALBEDO / math.pi) * sunlight, 0.0)
                result[row, column] = second.mean(0) / (1 - share.sum(1).mean(0))
        return result

    def scattered(self, directions: Array, sun: Array) -> Array:
        """Radiance that comes to the eye from each direction."""
        radii, cosines, lengths, _ = self.march(GROUND + EYE, directions, sun, 32)
        rayleigh, mie, lost = self.density(radii - GROUND)
        towards = (directions @ sun)[..., None, None]
        thin = 3 / (16 * math.pi) * (1 + towards**2)
        thick = (1 - FORWARD**2) / (4 * math.pi * (1 + FORWARD**2 - 2 * FORWARD * towards) ** 1.5)
        steps = lost * lengths[..., None]
        share = np.exp(-(np.cumsum(steps, axis=-2) - steps)) * ((1 - np.exp(-steps)) / lost)
        height = np.sqrt(np.clip((radii - GROUND - 0.2) / (TOP - GROUND - 1), 0.0, 1.0)) * 15
        again = _table(self.again, height, (cosines + 1) / 2 * 31)
        light = self.transmitted(radii, cosines)
        total: Array = (share * (light * (rayleigh * thin + mie * thick) + (rayleigh + mie) * again)).sum(-2)
        return total


@lru_cache(maxsize=8)
def _air(haze: float) -> _Air:
    return _Air(haze)


def _table(table: Array, row: Array, column: Array) -> Array:
    """Values between a table's entries (bilinear)."""
    r, c = np.clip(row, 0, table.shape[0] - 1.001), np.clip(column, 0, table.shape[1] - 1.001)
    i, j = r.astype(int), c.astype(int)
    u, v = (r - i)[..., None], (c - j)[..., None]
    low, high = (table[k, j] * (1 - v) + table[k, j + 1] * v for k in (i, i + 1))
    value: Array = low * (1 - u) + high * u
    return value


def _irradiance(radiance: Array, sun_on_ground: Array) -> Array:
    """Nine coefficients of irradiance (Ramamoorthi and Hanrahan 2001), the sky's map above and lit ground below."""
    bearings, sines = np.meshgrid((np.arange(32) + 0.5) / 32 * math.pi, (np.arange(32) + 0.5) / 16 - 1, indexing="ij")
    level = np.sqrt(1 - sines**2)
    rows = np.sqrt(np.clip(sines, 0, 1)) * (SIZE - 1)
    seen = _table(radiance, rows, np.sin(bearings / 2) * (SIZE - 1))
    down = (seen * np.maximum(sines, 0)[..., None]).mean((0, 1)) * 2 * math.pi + sun_on_ground
    seen = np.where((sines < 0)[..., None], ALBEDO / math.pi * down, seen)
    x, y, z = level * np.cos(bearings), level * np.sin(bearings), sines
    one = np.ones_like(x)
    # Each basis function with its constant, the cosine lobe's weight, and the constant again for the evaluation.
    # Those that are odd in y are 0, for the sky is the same on both sides of the sun.
    none = (0 * one, 0.0, 0.0)
    basis = [
        *((one, 0.282095, math.pi), none, (z, 0.488603, 2 * math.pi / 3), (x, 0.488603, 2 * math.pi / 3)),
        *(none, none, (3 * z * z - 1, 0.315392, math.pi / 4), (x * z, 1.092548, math.pi / 4)),
        (x * x - y * y, 0.546274, math.pi / 4),
    ]
    return np.array([(seen * (f * k)[..., None]).mean((0, 1)) * 4 * math.pi * weight * k for f, k, weight in basis])
