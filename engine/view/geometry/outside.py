"""What lies outside a window: a city at dusk, a garden. Real geometry, so that both eyes see it where it is; painted with its own
light, because no lamp of the room reaches it.

Meshes stand as seen from the window's middle: +y is outwards, z = 0 its height above the ground outside. Vertex colours are the
light on a surface (rgb) and how bright its windows are (a), both of the `Sight`'s luminances.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.view.cache import kept
from engine.view.geometry.city import city_parts
from engine.view.geometry.garden import garden_parts
from engine.view.geometry.lawn import HAZE
from engine.view.geometry.mesh import Part
from engine.view.geometry.stored import put_parts, take_parts


@dataclass(frozen=True, slots=True)
class Sun:
    """The sun of a sight: degrees clockwise from north and above the horizon, lux on what faces it behind the glass, kelvin."""

    bearing: float
    altitude: float
    lux: float
    kelvin: float

    @property
    def towards(self) -> tuple[float, float, float]:
        """The unit vector to it, in the scene's axes."""
        bearing, altitude = math.radians(self.bearing), math.radians(self.altitude)
        level = math.cos(altitude)
        return (math.sin(bearing) * level, math.cos(bearing) * level, math.sin(altitude))


@dataclass(frozen=True, slots=True)
class Sight:
    """`light` is the mean luminance of the sight in cd/m2, coloured (linear sRGB): what the window gives as a lamp. `lit` is the
    luminance of a white surface outside, `shining` of a lit window there; `haze`, of `lit`, is what plants fade to. Its `sun`, if
    it has one, is the same at all sides of a house, and comes in where windows are turned to it. So many times brighter than it
    is shown, a sight is `mirrored`: the light of day in a polished thing is no less for the display's small range."""

    light: tuple[float, float, float]
    lit: float
    shining: float
    build: Callable[[], list[Part]]
    sun: Sun | None = None
    haze: tuple[float, float, float] = HAZE
    mirrored: float = 1.0


def city() -> list[Part]:
    """A city after sunset: streets of houses with lit windows, towers further off, the last light behind them."""
    return list(_stored("city"))


def garden() -> list[Part]:
    """A lawn with a path, borders, a hedge and trees on a mild afternoon."""
    return list(_stored("garden"))


SIGHTS: Mapping[str, Sight] = {
    "city_dusk": Sight((26.0, 27.0, 40.0), 62.0, 260.0, city),
    "garden": Sight((300.0, 330.0, 310.0), 580.0, 0.0, garden, Sun(246.0, 34.0, 2200.0, 3500.0), mirrored=3.0),
}
"""Choices of a window's `view`. Luminances: about 15 minutes after sunset; broken cloud, through sun-protection glass. The
garden's sun, behind thin cloud, is as much dimmer than it is (40,000 lux and more) as the garden is: an eye's range is wider
than a display's."""


def before(part: Part, left: bool, right: bool) -> Part:
    """A part of a sight without what lies more than 45 degrees to the left or right of straight out, where another side of the
    house has a sight of its own: two gardens in one place would stand among one another."""
    mesh = part.mesh
    middles = mesh.positions[mesh.triangles].mean(1)
    keep = np.ones(len(mesh.triangles), bool)
    if left:
        keep &= middles[:, 0] >= -middles[:, 1]
    if right:
        keep &= middles[:, 0] <= middles[:, 1]
    return replace(part, mesh=replace(mesh, triangles=mesh.triangles[keep]))


def turned_about(part: Part) -> Part:
    """A painted sky the other way round: where it meets that of the next side of the house, both show the same."""
    uvs = part.mesh.uvs.copy()
    uvs[:, 0] = 1.0 - uvs[:, 0]
    return replace(part, mesh=replace(part.mesh, uvs=uvs))


@lru_cache(maxsize=2)
def _stored(name: str) -> tuple[Part, ...]:
    make = {"city": city_parts, "garden": garden_parts}[name]
    return tuple(take_parts(kept(__name__, [name], lambda: put_parts(make()))))
