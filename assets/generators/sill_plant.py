"""A Chinese money plant (Pilea peperomioides) in a small pot of stoneware, for a window sill: 20 cm tall, leaves like coins.

Leaves are round, 3 to 6 cm, a little cupped, each on a stalk that meets it off its middle; those towards the pane stay short.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.forms import aired
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, curve, join, lathe, lit, shape, tube
from assets.generators.surfaces import tiled
from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

RADIUS, RIM, SOIL = 0.0375, 0.072, 0.062
"""The pot's radius at its rim, and the heights of its rim and of the earth in it, metres."""
LEAVES, FOOT = 23, np.array((0.0, -0.004, SOIL))
CLAY_TILE = (0.08, 0.08)


def _pot() -> Shape:
    """A thrown pot on a narrow foot, glazed but for its lowest band."""
    profile = [(0.0, 0.0), (0.0265, 0.0), (0.0275, 0.0012), (0.0285, 0.006)]
    profile += [(0.0285 + (RADIUS - 0.0285) * (t**0.7), 0.006 + (RIM - 0.012) * t) for t in np.linspace(0.12, 1.0, 7).tolist()]
    profile += [(RADIUS, RIM - 0.003), (RADIUS - 0.0006, RIM - 0.0008), (RADIUS - 0.002, RIM), (RADIUS - 0.0036, RIM - 0.0008)]
    profile += [(RADIUS - 0.0042, RIM - 0.003), (RADIUS - 0.0045, SOIL - 0.004)]
    return lathe(profile, 36, 48.0)


def _earth() -> Shape:
    return lathe(((RADIUS - 0.0043, SOIL - 0.002), (0.024, SOIL + 0.0005), (0.012, SOIL + 0.002), (0.0, SOIL + 0.0025)), 18, 60.0)


def _coin(radius: float, cup: float) -> Shape:
    """A round leaf in the plane z = 0, its upper side up; its stalk meets it at the origin, a third from its edge at -y."""
    sides, rings = 14, (0.0, 0.35, 0.72, 1.0)
    turn = np.linspace(0.0, 2.0 * np.pi, sides + 1)[:-1]
    points, uvs = [(0.0, 0.0, 0.0)], [(0.5, 0.32)]
    for ring in rings[1:]:
        x, y = ring * radius * np.sin(turn), ring * radius * (0.36 * np.ones(sides)) + ring * radius * np.cos(turn)
        z = cup * radius * (ring**2) * (0.6 + 0.4 * np.cos(2.0 * turn)) - 0.05 * radius * ring
        points += list(zip(x.tolist(), y.tolist(), z.tolist(), strict=True))
        uvs += list(
            zip(
                (0.5 + 0.5 * ring * np.sin(turn)).tolist(),
                (0.5 + 0.5 * ring * np.cos(turn) - 0.18 * (1.0 - ring)).tolist(),
                strict=True,
            )
        )
    faces = [(0, 1 + (k + 1) % sides, 1 + k) for k in range(sides)]
    for ring in range(2):
        low, high = 1 + ring * sides, 1 + (ring + 1) * sides
        for k in range(sides):
            n = (k + 1) % sides
            faces += [(low + k, low + n, high + n), (low + k, high + n, high + k)]
    return shape(np.array(points), np.array(faces), None, np.array(uvs))


def _grown() -> tuple[list[Shape], list[Shape]]:
    """Stalks, and leaves at their ends: the oldest lowest and furthest out."""
    chance = np.random.Generator(np.random.PCG64(29))
    stalks, leaves = [], []
    for index in range(LEAVES):
        young = index / (LEAVES - 1)
        bearing = np.radians(137.5 * index + float(chance.uniform(-12.0, 12.0)))
        out = np.array((np.sin(bearing), np.cos(bearing), 0.0))
        # The pane is behind it, at -y.
        near = 0.55 if out[1] < -0.2 else 1.0
        reach = near * (0.060 - 0.045 * young**1.3) * float(chance.uniform(0.85, 1.1))
        high = 0.040 + 0.098 * young**0.8 + float(chance.uniform(-0.008, 0.008))
        end = FOOT + out * reach + np.array((0.0, 0.0, high))
        start = FOOT + np.array((0.006 * np.sin(bearing), 0.004 + 0.006 * np.cos(bearing), 0.002 + 0.030 * young))
        middle = (start + end) / 2 + np.array((0.0, 0.0, 0.012)) - 0.006 * out
        path: Array = curve((tuple(start), tuple(middle), tuple(end)), 6)
        stalks.append(tube(path, np.linspace(0.0017, 0.0012, 6), 5).tinted((0.42, 0.50, 0.24)))
        radius = (0.030 - 0.013 * young**2) * float(chance.uniform(0.82, 1.05)) * (0.8 if near < 1.0 else 1.0)
        lean = 52.0 - 34.0 * young + float(chance.uniform(-8.0, 8.0))
        coin = _coin(radius, float(chance.uniform(0.03, 0.13))).turned("z", float(chance.uniform(-25.0, 25.0)))
        placed = coin.turned("x", -lean).turned("z", -float(np.degrees(bearing)))
        bright = 0.78 + 0.30 * young + float(chance.uniform(-0.08, 0.08))
        leaves.append(placed.moved(*end).tinted(np.clip((bright * 1.02, bright, bright * 0.92), 0.0, 1.0)))
    return stalks, leaves


@cache
def _leaf(size: int = 128, seed: int = 321) -> Material:
    """Pilea: a flat fresh green, a pale point where the stalk meets it, faint veins out of that."""
    v, u = np.mgrid[0:size, 0:size] / size
    x, y = u - 0.5, (1.0 - v) - 0.32
    far, turn = np.hypot(x, y), np.arctan2(x, y)
    vein = np.exp(-(((turn * 9.0 / (2.0 * np.pi)) % 1.0 - 0.5) ** 2) / 0.006) * np.clip(1.0 - far / 0.45, 0.0, 1.0)
    cloud = layered(size, (4, 4), seed, 3)
    share = np.clip(0.48 + 0.4 * (cloud - 0.5) + 0.16 * vein, 0.0, 1.0)
    colour = ramp(share, ((64, 104, 52), (96, 142, 72), (136, 176, 100)))
    point = np.exp(-((far / 0.035) ** 2))[..., None]
    colour = colour * (1.0 - point) + np.array((206.0, 214.0, 160.0)) * point
    maps = (bytes_of(colour), normal_map(0.4 * vein + 0.2 * cloud, 1.0), surface(np.ones_like(far), 0.42 + 0.1 * cloud))
    return Material("pilea_leaf", colour_map=maps[0], normal_map=maps[1], surface_map=maps[2], two_sided=True)


@cache
def _glaze(size: int = 128, seed: int = 331) -> Material:
    """Matt glaze with iron specks. White, for its card to colour."""
    speck = np.clip((layered(size, (56, 56), seed, 1) - 0.80) * 9.0, 0.0, 1.0)
    cloud = layered(size, (3, 3), seed + 8, 3)
    colour = ramp(cloud, ((226, 224, 220), (246, 245, 242))) * (1.0 - 0.36 * speck)[..., None]
    return Material("sill_glaze", roughness=0.55, colour_map=bytes_of(colour))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    stalks, leaves = _grown()
    pot, earth, green, blades = lit([_pot(), _earth(), join(stalks), join(leaves)], rays=24, reach=0.06)
    soil = Material("sill_earth", colour=(0.045, 0.032, 0.024, 1.0), roughness=0.98)
    stalk = Material("pilea_stalk", roughness=0.6)
    write_glb(
        "sill_plant",
        {
            "pot": [(_glaze(), tiled(pot, CLAY_TILE))],
            "plant": [(soil, earth), (stalk, green), (_leaf(), aired(blades, 0.45))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
