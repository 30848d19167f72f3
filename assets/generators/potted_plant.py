"""A rubber fig (Ficus elastica) in a stoneware planter, 1.25 m tall: three stems with stiff, glossy leaves of 16 to 22 cm.

Leaves are surfaces, not pictures: folded along the midrib, drooping with their age, none alike. The newest are still rolled up.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.forms import aired
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import sheet, tidy
from assets.generators.shapes import Array, Shape, curve, join, lathe, lit, shape, tube
from assets.generators.surfaces import tiled
from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

RIM, SOIL, STONES = 0.300, 0.262, 30
"""Heights of the planter's rim and of the soil in it, metres; how many bits of bark and clay lie on it."""
CLAY_TILE, SOIL_TILE = (0.12, 0.12), (0.09, 0.09)
STEMS = (
    ((0.020, 0.010, SOIL - 0.02), (0.030, 0.028, 0.50), (0.012, 0.050, 0.78), (0.030, 0.045, 1.055)),
    ((-0.032, 0.020, SOIL - 0.02), (-0.070, 0.036, 0.44), (-0.100, 0.028, 0.66), (-0.092, 0.020, 0.865)),
    ((0.010, -0.035, SOIL - 0.02), (0.036, -0.080, 0.40), (0.062, -0.098, 0.55), (0.070, -0.100, 0.700)),
)
LEAVES = (25, 18, 14)
"""Leaves on each stem."""
OFF = (0.015, 0.028)
"""By how much the plant stands off the planter's middle, so that its crown is over it, metres."""
GOLDEN = 137.5
"""Degrees from each leaf to the next round its stem."""


def _leaf(length: float, wide: float, rise: float, droop: float, wave: float) -> Shape:
    """A leaf from the origin along +y, its upper side up: `rise` degrees up at its foot, `droop` degrees less at its tip, which
    is drawn out to a point."""
    s = np.array((0.0, 0.014, 0.045, 0.09, 0.15, 0.22, 0.30, 0.39, 0.48, 0.57, 0.65, 0.72, 0.79, 0.86, 0.92, 0.965, 1.0))
    t = np.linspace(-1.0, 1.0, 3)
    slope = np.radians(rise - droop * ((s[:-1] + s[1:]) / 2) ** 1.25)
    y = np.concatenate([[0.0], np.cumsum(np.cos(slope) * np.diff(s) * length)])
    z = np.concatenate([[0.0], np.cumsum(np.sin(slope) * np.diff(s) * length)])
    lean = np.gradient(z, y)
    up_y, up_z = -lean / np.hypot(1.0, lean), 1.0 / np.hypot(1.0, lean)
    half = wide / 2 * np.sin(np.pi * s**0.90) ** 0.66 * (1.0 - 0.30 * np.clip((s - 0.55) / 0.45, 0.0, 1.0) ** 2)
    half[-1], half[0] = 0.0002, 0.0011
    fold = 0.22 * np.abs(t)[None, :] * half[:, None]
    ripple = wave * np.sin(7.0 * s[:, None] + 2.0 * t[None, :]) * (t**2)[None, :] * np.sin(np.pi * s)[:, None]
    up = fold + ripple
    points = np.stack([half[:, None] * t, y[:, None] + up_y[:, None] * up, z[:, None] + up_z[:, None] * up], axis=-1)
    made = sheet(points)
    uvs = np.stack(np.broadcast_arrays((t[None, :] + 1.0) / 2, s[:, None]), -1).reshape(-1, 2)
    return tidy(shape(made.positions, made.triangles, made.normals, uvs))


def _gap(points: Array, others: Array) -> float:
    """Metres from the nearest of some points to the nearest of others."""
    return float(np.sqrt(((points[:, None] - others[None]) ** 2).sum(-1)).min()) if len(others) else 1.0


def _petiole(start: Array, end: Array) -> Shape:
    """What joins a leaf to its stem: a thin stalk of three sides."""
    way = end - start
    side = np.cross(way, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    other = np.cross(side, way / np.linalg.norm(way))
    turn = np.radians((90.0, 210.0, 330.0, 450.0))
    around = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * other
    return sheet(np.stack([start + 0.0034 * around, end + 0.0022 * around]), around=True)


def _stem(paths: list[Array], index: int, grown: list[Array]) -> tuple[list[Shape], list[Shape]]:
    """The wood of one of the stems with its stalks and rolled tip; and its leaves, each turned to where it meets no stem and no
    leaf of those `grown` before it, which it is added to."""
    leaves = LEAVES[index]
    chance = np.random.Generator(np.random.PCG64(41 + index))
    path = paths[index]
    stems = np.concatenate([np.array([np.interp(np.linspace(0, 13, 53), np.arange(14), each[:, axis]) for axis in range(3)]).T
                            for each in paths])  # fmt: skip
    share = np.linspace(0.0, 1.0, len(path))
    wood = [tube(path, 0.0105 - 0.0055 * share, 8)]
    bearing, blades = float(chance.uniform(0.0, 360.0)), []
    first = 0.34 if leaves > 14 else 0.28
    for number in range(leaves):
        at = first + (1.0 - first) * number / (leaves - 1)
        age = 1.0 - (at - first) / (1.0 - first)
        foot = np.array([np.interp(at, share, path[:, axis]) for axis in range(3)])
        bearing += GOLDEN + float(chance.uniform(-14.0, 14.0))
        rise = 66.0 - 44.0 * age + float(chance.uniform(-8.0, 8.0))
        length = (0.158 + 0.072 * np.sin(np.pi * (0.25 + 0.6 * age))) * float(chance.uniform(0.92, 1.06))
        blade = _leaf(length, 0.48 * length, rise - 6.0, 26.0 + 34.0 * age, 0.004 * float(chance.uniform(-1.0, 1.0)))
        bright = 0.80 + 0.34 * (1.0 - age) ** 2 + float(chance.uniform(-0.08, 0.08))
        tint = np.clip(np.array((bright * (1.0 + 0.20 * (1.0 - age) ** 3), bright, bright * 0.95)), 0.0, 1.0)
        blade = blade.turned("y", float(chance.uniform(-14.0, 14.0))).tinted(tint)
        tries = []
        for aside in (0.0, -14.0, 14.0, -28.0, 28.0, -44.0, 44.0, -62.0, 62.0):
            turn = np.radians(bearing + aside)
            out = np.array((-np.sin(turn), np.cos(turn), 0.0))
            end = foot + 0.036 * (out * np.cos(np.radians(rise)) + np.array((0.0, 0.0, np.sin(np.radians(rise)))))
            placed = blade.turned("z", bearing + aside).moved(*end)
            outer = placed.positions[15:]
            before = np.concatenate(grown) if grown else np.zeros((0, 3))
            room = min(_gap(outer, stems) / 0.018, 1.0) + min(_gap(outer, before) / 0.020, 1.0) - abs(aside) / 500.0
            tries.append((room, placed, end))
        _, chosen, end = max(tries, key=lambda each: each[0])
        grown.append(chosen.positions[12:])
        blades.append(chosen)
        wood.append(_petiole(foot, end).tinted((0.75, 1.0, 0.62)))
    tip = path[-1] + np.array((0.0, 0.0, 0.085)) + 0.012 * chance.uniform(-1.0, 1.0, 3)
    bud = np.array([path[-1] + (tip - path[-1]) * each for each in np.linspace(0.0, 1.0, 5)])
    wood.append(tube(bud, np.array((0.0045, 0.0066, 0.0055, 0.0032, 0.0008)), 6).tinted((0.95, 0.62, 0.42)))
    return wood, blades


def _planter() -> Shape:
    """A thrown pot, a little wider above, with a round rim; on a recessed foot."""
    profile = [(0.0, 0.0), (0.098, 0.0), (0.1005, 0.003), (0.102, 0.010), (0.115, 0.012), (0.1195, 0.0165)]
    for z in np.linspace(0.045, RIM - 0.03, 7):
        profile.append((0.1215 + 0.026 * (z / RIM) ** 1.1 + 0.0004 * float(np.sin(z * 140.0)), float(z)))
    profile += [
        (0.1480, RIM - 0.010),
        (0.1500, RIM - 0.006),
        (0.1492, RIM - 0.0015),
        (0.1462, RIM),
        (0.1405, RIM),
        (0.1372, RIM - 0.003),
    ]
    profile += [(0.1365, RIM - 0.010), (0.1350, SOIL - 0.02)]
    return lathe(profile, 40, 48.0)


def _soil() -> Shape:
    """Earth, heaped a little round the stems and crumbly, with bits of bark and pebbles of fired clay lying on it."""
    chance = np.random.Generator(np.random.PCG64(17))
    rings, sides = np.linspace(0.0, 0.1372, 8), 24
    turn = np.linspace(0.0, 2.0 * np.pi, sides + 1)
    bump = chance.uniform(-0.0035, 0.0035, (len(rings), sides))
    bump[0] = bump[0].mean()
    bump = np.concatenate([bump, bump[:, :1]], axis=1)
    high = SOIL + 0.010 * (1.0 - (rings / 0.137) ** 2)[:, None] + bump
    points = np.stack([rings[:, None] * np.cos(turn), rings[:, None] * np.sin(turn), high], axis=-1)
    made = tidy(sheet(points, around=True, flip=True))
    lying = [shape(made.positions, made.triangles, made.normals, made.positions[:, :2].copy())]
    for index in range(STONES):
        out, way = 0.128 * np.sqrt((index + 0.5) / STONES), 2.399963 * index + float(chance.uniform(-0.4, 0.4))
        wide = float(chance.uniform(0.0055, 0.0105))
        bark = index % 3 != 0
        long, tall = (1.9, 0.36) if bark else (1.15, 0.72)
        bit = lathe(((1.0, -0.25), (0.80, 0.62), (0.0, 1.0)), 6, 80.0)
        bent = bit.positions * (wide, wide * long, wide * tall) * chance.uniform(0.9, 1.1, 3)
        flat = shape(bent, bit.triangles, bit.normals / (1.0, long, tall), bent[:, :2] + chance.random(2))
        tone = np.array((0.80, 0.62, 0.48) if bark else (1.0, 0.80, 0.66)) * float(chance.uniform(0.65, 1.0))
        level = SOIL + 0.010 * (1.0 - (out / 0.137) ** 2) + 0.0004
        turned = flat.turned("x", float(chance.uniform(-16.0, 16.0))).turned("z", float(chance.uniform(0.0, 360.0)))
        lying.append(turned.moved(out * float(np.cos(way)), out * float(np.sin(way)), level).tinted(tone))
    lying[0] = lying[0].tinted((0.52, 0.50, 0.50))
    return join(lying)


@cache
def _green(size: int = 256, seed: int = 151) -> Material:
    """A leaf from foot (below) to tip: dark and glossy, a pale midrib, side veins that run out and up to the edge."""
    v, u = np.mgrid[0:size, 0:size] / size
    up, off = 1.0 - v, np.abs(u - 0.5) * 2.0
    cloud, fine = layered(size, (4, 4), seed, 3), layered(size, (48, 48), seed + 5, 2)
    run = (up * 13.0 - off * 2.6 + 0.35 * (cloud - 0.5)) % 1.0
    vein = np.exp(-(((run - 0.5) / 0.075) ** 2)) * (1.0 - 0.65 * off) * (up < 0.97)
    rib = np.exp(-((off / (0.050 * (1.15 - up))) ** 2))
    margin = np.clip((off - 0.93) / 0.07, 0.0, 1.0)
    share = np.clip(0.42 + 0.5 * (cloud - 0.5) + 0.16 * (fine - 0.5) + 0.22 * vein - 0.12 * up, 0.0, 1.0)
    colour = ramp(share, ((56, 84, 52), (90, 128, 76), (134, 166, 106)))
    colour = colour * (1.0 - rib)[..., None] + np.array((172.0, 184.0, 118.0)) * rib[..., None]
    colour = colour * (1.0 - 0.5 * margin)[..., None] + np.array((128.0, 128.0, 72.0)) * (0.5 * margin)[..., None]
    rough = np.clip(0.30 + 0.12 * fine + 0.12 * vein, 0.0, 1.0)
    maps = (bytes_of(colour), normal_map(0.5 * vein - 1.2 * rib + 0.2 * cloud, 1.4), surface(1.0 - 0.2 * rib, rough))
    return Material("fig_leaf", colour_map=maps[0], normal_map=maps[1], surface_map=maps[2], two_sided=True)


@cache
def _clay(size: int = 256, seed: int = 161) -> Material:
    """Matt glaze over stoneware: iron specks, and the faint rings of throwing. White, for its card to colour."""
    speck = np.clip((layered(size, (72, 72), seed, 1) - 0.80) * 9.0, 0.0, 1.0)
    rings, cloud = layered(size, (22, 1), seed + 4, 2), layered(size, (3, 3), seed + 8, 3)
    colour = ramp(np.clip(0.55 + 0.5 * (cloud - 0.5) + 0.2 * (rings - 0.5), 0, 1), ((226, 224, 220), (246, 245, 242)))
    colour *= (1.0 - 0.38 * speck)[..., None]
    finish = surface(np.ones_like(speck), np.clip(0.62 + 0.14 * cloud, 0, 1))
    return Material("stoneware", colour_map=bytes_of(colour), normal_map=normal_map(rings + 0.3 * cloud, 0.8), surface_map=finish)


@cache
def _earth(size: int = 128, seed: int = 171) -> Material:
    """Potting earth with bits of bark and fired clay."""
    crumbs, bits = layered(size, (24, 24), seed, 3, 0.7), np.clip((layered(size, (14, 14), seed + 5, 1) - 0.66) * 8.0, 0.0, 1.0)
    colour = ramp(crumbs, ((58, 44, 34), (112, 86, 66), (158, 126, 98)))
    colour = colour * (1.0 - bits)[..., None] + np.array((176.0, 128.0, 96.0)) * bits[..., None]
    height = crumbs + 0.8 * bits
    return Material(
        "earth",
        colour_map=bytes_of(colour),
        normal_map=normal_map(height, 3.0),
        surface_map=surface(0.5 + 0.5 * crumbs, 0.9 + 0.1 * crumbs),
    )


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    wood, blades = [], []
    paths: list[Array] = [curve(points, 14) for points in STEMS]
    grown: list[Array] = []
    for index in range(len(STEMS)):
        stem, leafage = _stem(paths, index, grown)
        wood += stem
        blades += leafage
    shaded = lit([_planter(), _soil(), join(wood), join(blades)], rays=20, reach=0.16)
    planter, soil, stems, leaves_lit = shaded
    leaves_lit = aired(leaves_lit, 0.45)
    stems, leaves_lit = (each.moved(*OFF) for each in (stems, leaves_lit))
    bark = Material("fig_bark", colour=(0.20, 0.155, 0.10, 1.0), roughness=0.85)
    write_glb(
        "potted_plant",
        {
            "planter": [(_clay(), tiled(planter, CLAY_TILE))],
            "soil": [(_earth(), tiled(soil, SOIL_TILE))],
            "plant": [(bark, stems), (_green(), leaves_lit)],
        },
        folder,
    )


if __name__ == "__main__":
    make()
