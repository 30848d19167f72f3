"""The light of a scene, as shader inputs on its root: sun and sky for the sun's height, haze, lamps, exposure, time.

Photometry is relative: 1.0 is the sun's irradiance above the air (about 128,000 lux). The inputs, as `light.glsl` has them:

    sky_map, sky_light[9], sun, sun_light    from `engine.view.render.atmosphere`
    air                haze extinction per metre, mist extinction per metre at the ground, 1 / mist height in metres, water level
                       in metres
    lamp_...           by `engine.view.render.lamps`
    horizon_map        the land before the sun, by `engine.view.geometry.horizon`
    horizon            towards the sun on the level (x, y), 1 / metres of the map
    picture            seconds, exposure
    cloud, cloud_map   cover 0-1, drift, tiles; how much cloud, tiling
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import panda3d.core as p3d
from numpy.typing import NDArray

from engine.view.geometry.textures import data_texture, float_texture
from engine.view.render import atmosphere
from engine.view.render.lamps import BARE, Lamps, Stand
from engine.view.render.noise import clouds

NODES = (-6.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0)
"""Degrees of the sun for which the sky is computed; between them it is blended."""

LAMP_GAIN = 400.0
"""How much brighter than by photometry a lamp is shown by day. Eyes adapt by a factor of a million, a display by none: a true
120 lm lantern could not be seen to shine before night."""

LUMEN = 1.0 / (4 * math.pi * 128_000.0)
"""Relative intensity of a lamp of one lumen that shines evenly all around."""

ADAPTED = 0.75
"""How much of a change of the light the eye makes up for: 1 all of it, 0 none."""

SUNLIGHT = 128_000.0
"""Lux of what is 1 out of doors: the sun's light above the air, as `LUMEN` has it."""

OUTLOOK = 0.94
"""How much of the difference between a room and what lies outside an eye at a window makes up for."""

LUMINANCE = np.array((0.2126, 0.7152, 0.0722))

FOG = {"clear": (3.0e-5, 0.0), "light": (1.4e-4, 8.0e-4), "dense": (6.0e-4, 1.2e-2)}
"""Haze and mist extinction per metre: visibility (Koschmieder, 3.9 / extinction) of 130, 28 and 6.5 km, less in the mist."""

HAZE = {"clear": 1.0, "light": 1.5, "dense": 5.0}
CLOUD = {"clear": 0.42, "cloudy": 0.75, "overcast": 1.0, "snow": 1.0}
MIST_HEIGHT = 14.0
NO_WATER = -1e6
"""Metres: a water level that nothing lies below."""


class Light:
    """Sun, sky, air and lamps over everything beneath `root`."""

    def __init__(
        self,
        root: p3d.NodePath,
        *,
        bearing_deg: float = 324.0,
        fog: str = "light",
        weather: str = "clear",
        water: float | None = None,
    ) -> None:
        self.bearing_deg = bearing_deg
        self.direction = (0.0, 0.0, 1.0)
        self._haze = HAZE[fog]
        self._indoors: float | None = None
        self._sun_deg: float | None = None
        self._sky_map = float_texture("sky", np.zeros((atmosphere.SIZE, atmosphere.SIZE, 3), np.float32))
        self._sun = _vectors(1)
        self._sun_light = _vectors(1)
        self._sky_light = _vectors(9)
        self._picture = _vectors(1)
        self._root = root
        self.set_horizon(np.full((1, 1, 3), (-1.0, 0.0, 0.0), np.float32), 1.0)
        self._cloud = _vectors(1)
        self._lamps = Lamps(root)
        haze, mist = FOG[fog]
        self._cover = CLOUD[weather]
        inputs = {
            "sky_map": self._sky_map,
            "sky_light": self._sky_light,
            "sun": self._sun,
            "sun_light": self._sun_light,
            "air": p3d.LVecBase4f(haze, mist, 1 / MIST_HEIGHT, NO_WATER if water is None else water),
            "picture": self._picture,
            "cloud": self._cloud,
            "cloud_map": data_texture("clouds", clouds()),
        }
        for name, value in inputs.items():
            root.set_shader_input(name, value)

    def prepare(self, low_deg: float, high_deg: float) -> None:
        """Compute the skies between two heights of the sun now, rather than as the sun gets there (about 50 ms each)."""
        for low, high in pairwise(NODES):
            if high > low_deg and low < high_deg:
                self._between(low)
                self._between(high)

    def set_time(self, seconds: float) -> None:
        """Waves, wind and clouds at a time."""
        picture = self._picture.get_element(0)
        self._picture.set_element(0, p3d.LVecBase4f(seconds, picture[1], 0, 0))
        self._cloud.set_element(0, p3d.LVecBase4f(self._cover, 0.31 + seconds * 2e-5, 0.12 + seconds * 6e-5, 0.11))

    def set_sun(self, degrees: float) -> bool:
        """The sun so many degrees above the horizon; whether that changed anything."""
        if self._sun_deg is not None and abs(degrees - self._sun_deg) < 0.01:
            return False
        self._sun_deg = degrees
        sky = self._between(degrees)
        up, bearing = math.radians(degrees), math.radians(self.bearing_deg)
        self.direction = (math.cos(up) * math.sin(bearing), math.cos(up) * math.cos(bearing), math.sin(up))
        self._sun.set_element(0, p3d.LVecBase4f(*self.direction, 0))
        self._sun_light.set_element(0, p3d.LVecBase4f(*sky.sunlight, 0))
        for index, coefficient in enumerate(_turned(sky.light, math.pi / 2 - bearing)):
            self._sky_light.set_element(index, p3d.LVecBase4f(*coefficient, 0))
        view = memoryview(self._sky_map.modify_ram_image()).cast("B")
        view[:] = np.ascontiguousarray(sky.radiance[:, :, ::-1], dtype=np.float32).tobytes()
        exposure = self._exposure(sky, max(math.sin(up), 0.0))
        if self._indoors is not None:
            exposure = exposure**OUTLOOK * (self._indoors * SUNLIGHT) ** (1.0 - OUTLOOK)
        self._picture.set_element(0, p3d.LVecBase4f(self._picture.get_element(0)[0], exposure, 0, 0))
        return True

    def look_out(self, indoors: float) -> None:
        """Expose for an eye in a room, adapted so that its cd/m2 come into the picture by `indoors`: out of its windows it sees
        by its own adaptation to the light there, but not quite."""
        self._indoors = indoors
        if self._sun_deg is None:
            self._picture.set_element(0, p3d.LVecBase4f(self._picture.get_element(0)[0], indoors, 0, 0))
            return
        degrees, self._sun_deg = self._sun_deg, None
        self.set_sun(degrees)

    def through_windows(self, outwards: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean luminance in cd/m2, linear sRGB, of what a window that looks `outwards` (a unit vector) shows: the sky's light on
        a surface that faces there, spread evenly. The sun itself is left out."""
        x, y, z = (float(each) for each in outwards)
        basis = (1.0, y, z, x, x * y, y * z, 3 * z * z - 1, x * z, x * x - y * y)
        light = sum(np.array(self._sky_light.get_element(index))[:3] * factor for index, factor in enumerate(basis))
        return np.asarray(np.maximum(light, 0.0) * SUNLIGHT / math.pi, np.float64)

    def set_horizon(self, land: NDArray[np.float32], metres: float) -> None:
        """The land before the sun, a map by `engine.view.geometry.horizon` so many metres wide: it throws its shadow."""
        bearing = math.radians(self.bearing_deg)
        self._root.set_shader_input("horizon_map", float_texture("horizon", land))
        self._root.set_shader_input("horizon", p3d.LVecBase4f(math.sin(bearing), math.cos(bearing), 1.0 / metres, 0.0))

    def set_lamp(self, index: int, position: Sequence[float], lumens: float, kelvin: float, stand: Stand = BARE) -> None:
        """A lamp's place in metres, its luminous flux and its colour; what shades it and how that stands."""
        self._lamps.set(index, position, black_body(kelvin) * (lumens * LUMEN * LAMP_GAIN), stand)

    def _between(self, degrees: float) -> atmosphere.Sky:
        degrees = min(max(degrees, NODES[0]), NODES[-1])
        above = next(node for node in NODES[1:] if degrees <= node)
        below = NODES[NODES.index(above) - 1]
        share = (degrees - below) / (above - below)
        return atmosphere.blend(atmosphere.sky(below, self._haze), atmosphere.sky(above, self._haze), share)

    def _exposure(self, sky: atmosphere.Sky, up: float) -> float:
        """The factor that makes a grey card (18 %) in this light 0.18, as far as the eye adapts to it."""
        upright = float((sky.sunlight * (up + 0.5 * (1 - up * up) ** 0.5) + sky.light[0]) @ LUMINANCE) / math.pi
        noon = 0.25
        return float(2.7 / (noon * (upright / noon) ** ADAPTED))


@lru_cache(maxsize=64)
def black_body(kelvin: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The colour of a glowing body in linear sRGB, luminance 1 (Planck's law at 611, 549 and 464 nm, the primaries'
    wavelengths). It is asked for in every frame; the array cannot be written."""
    waves = np.array((611e-9, 549e-9, 464e-9))
    power = waves**-5.0 / (np.exp(1.4388e-2 / (waves * kelvin)) - 1)
    white = waves**-5.0 / (np.exp(1.4388e-2 / (waves * 6504.0)) - 1)
    colour: np.ndarray[tuple[int], np.dtype[np.float64]] = power / white
    colour /= float(colour @ LUMINANCE)
    colour.flags.writeable = False
    return colour


def _vectors(count: int) -> p3d.PTA_LVecBase4f:
    vectors = p3d.PTA_LVecBase4f.empty_array(count)
    for index in range(count):  # "empty" is whatever the memory held
        vectors.set_element(index, p3d.LVecBase4f(0))
    return vectors


def _turned(light: atmosphere.Array, angle: float) -> atmosphere.Array:
    """The sky's coefficients with its sun at an angle counter-clockwise from +x (they come with it at +x)."""
    turned = light.copy()
    turned[3], turned[1] = light[3] * math.cos(angle), light[3] * math.sin(angle)
    turned[7], turned[5] = light[7] * math.cos(angle), light[7] * math.sin(angle)
    turned[8], turned[4] = light[8] * math.cos(2 * angle), light[8] * 2 * math.sin(2 * angle)
    return turned
