"""A rubber fig (Ficus elastica) in a glazed planter, 1.25 m tall: three stems with stiff, glossy leaves of 11 to 24 cm.

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
from assets.generators.surfaces import GRAIN_TILE, moulded, tiled
from assets.generators.textures import bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Material

RIM, SOIL, STONES = 0.300, 0.262, 16
"""Heights of the planter's rim and of the soil in it, metres; how many bits of bark and clay lie on it."""
DIP = 0.026
"""Height to which the pot was held out of the glaze, metres."""
MOUND = 0.010
"""How high the soil is heaped round a stem, metres."""
CLAY_TILE, SOIL_TILE = (0.12, 0.12), (0.09, 0.09)
STEMS = (
    ((0.020, 0.010, SOIL - 0.02), (0.030, 0.028, 0.50), (0.012, 0.050, 0.78), (0.030, 0.045, 1.055)),
    ((-0.032, 0.020, SOIL - 0.02), (-0.070, 0.036, 0.44), (-0.100, 0.028, 0.66), (-0.092, 0.020, 0.865)),
    ((0.010, -0.035, SOIL - 0.02), (0.036, -0.080, 0.40), (0.062, -0.098, 0.55), (0.070, -0.100, 0.700)),
)
LEAVES = (20, 14, 10)
"""Leaves on each stem."""
OFF = (0.027, 0.033)
"""By how much the plant stands off the planter's middle, so that its crown is over it, metres."""
BARK, STALK, BUD = (0.215, 0.160, 0.100), (0.175, 0.270, 0.085), (0.240, 0.215, 0.085)
"""Colours of the stems, of the leaves' stalks and of the rolled tips, linear."""
ROWS = (0.0, 0.025, 0.07, 0.14, 0.23, 0.34, 0.46, 0.58, 0.70, 0.81, 0.90, 0.96, 1.0)
"""Where along a leaf its outline is cut."""
GOLDEN = 137.5
"""Degrees from each leaf to the next round its stem."""


def _leaf(length: float, wide: float, rise: float, droop: float, bend: tuple[float, float, float]) -> Shape:
    """A leaf from the origin along +y, its upper side up: `rise` degrees up at its foot, `droop` degrees less at its tip. Hollow
    along the midrib, its margins turned down; `bend` says how far its tip leans aside, in lengths, by how many degrees it is
    twisted there, and how high its margins are waved, metres."""
    s = np.array(ROWS)
    t = np.array((-1.0, -0.52, 0.0, 0.52, 1.0))
    aside, twist, wave = bend
    slope = np.radians(rise - droop * ((s[:-1] + s[1:]) / 2) ** 1.25)
    y = np.concatenate([[0.0], np.cumsum(np.cos(slope) * np.diff(s) * length)])
    z = np.concatenate([[0.0], np.cumsum(np.sin(slope) * np.diff(s) * length)])
    lean = np.gradient(z, y)
    up_y, up_z = -lean / np.hypot(1.0, lean), 1.0 / np.hypot(1.0, lean)
    half = wide / 2 * np.sin(np.pi * s**0.94) ** 0.60 * (1.0 - 0.22 * np.clip((s - 0.6) / 0.4, 0.0, 1.0) ** 2)
    half[-1], half[0] = 0.0004, 0.0030
    hollow = half[:, None] * (0.40 * np.abs(t) - 0.26 * t * t)[None, :]
    up = hollow + wave * np.sin(8.0 * s[:, None] + 2.2 * t[None, :]) * (t**2)[None, :] * np.sin(np.pi * s)[:, None]
    turn = np.radians(twist) * s[:, None]
    across, over = half[:, None] * t * np.cos(turn) - up * np.sin(turn), half[:, None] * t * np.sin(turn) + up * np.cos(turn)
    points = np.stack(
        [across + aside * length * s[:, None] ** 2, y[:, None] + up_y[:, None] * over, z[:, None] + up_z[:, None] * over], axis=-1
    )
    made = sheet(points)
    uvs = np.stack(np.broadcast_arrays((t[None, :] + 1.0) / 2, s[:, None]), -1).reshape(-1, 2)
    return tidy(shape(made.positions, made.triangles, made.normals, uvs))


def _gap(points: Array, others: Array) -> float:
    """Metres from the nearest of some points to the nearest of others."""
    return float(np.sqrt(((points[:, None] - others[None]) ** 2).sum(-1)).min()) if len(others) else 1.0


def _petiole(start: Array, end: Array) -> Shape:
    """What joins a leaf to its stem: a stalk that starts inside the wood, broad there, and bends down a little under its leaf."""
    way = end - start
    side = np.cross(way, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    other = np.cross(side, way / np.linalg.norm(way))
    turn = np.radians(np.linspace(90.0, 450.0, 4))
    around = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * other
    rings = []
    for share, radius in ((0.0, 0.0062), (0.45, 0.0040), (1.04, 0.0032)):
        sag = np.array((0.0, 0.0, -0.0035 * np.sin(np.pi * min(share, 1.0))))
        rings.append(start + share * way + sag + radius * around)
    return sheet(np.stack(rings), around=True).tinted(STALK)


def _stem(paths: list[Array], index: int, grown: list[Array]) -> tuple[list[Shape], list[Shape]]:
    """The wood of one of the stems with its stalks and rolled tip; and its leaves, each turned to where it meets no stem and no
    leaf of those `grown` before it, which it is added to."""
    leaves = LEAVES[index]
    chance = np.random.Generator(np.random.PCG64(41 + index))
    path = paths[index]
    stems = np.concatenate([np.array([np.interp(np.linspace(0, 13, 53), np.arange(14), each[:, axis]) for axis in range(3)]).T
                            for each in paths])  # fmt: skip
    share = np.linspace(0.0, 1.0, len(path))
    low = np.concatenate([share[1] * np.array((0.0, 0.38, 0.62)), share[1:]])
    line = np.array([np.interp(low, share, path[:, axis]) for axis in range(3)]).T
    flare = 0.0075 * np.exp(-((np.maximum(line[:, 2] - SOIL - MOUND, 0.0) / 0.011) ** 2))
    wood = [tube(line, 0.0105 - 0.0055 * low + flare, 8).tinted(BARK)]
    bearing, blades = float(chance.uniform(0.0, 360.0)), []
    first = 0.34 if leaves > 14 else 0.28
    for number in range(leaves):
        at = first + (1.0 - first) * number / (leaves - 1)
        age = 1.0 - (at - first) / (1.0 - first)
        foot = np.array([np.interp(at, share, path[:, axis]) for axis in range(3)])
        bearing += GOLDEN + float(chance.uniform(-14.0, 14.0))
        rise = 68.0 - 46.0 * age + float(chance.uniform(-13.0, 13.0))
        length = (0.138 + 0.082 * np.sin(np.pi * (0.10 + 0.66 * age))) * float(chance.uniform(0.74, 1.12))
        bend = (float(chance.uniform(-0.17, 0.17)), float(chance.uniform(-38.0, 38.0)), 0.0055 * float(chance.uniform(-1.0, 1.0)))
        # Old leaves hang over in an arch, some of them much; a few stay as flat as they grew.
        droop = (18.0 + 52.0 * age) * float(chance.uniform(0.35, 1.65))
        blade = _leaf(length, float(chance.uniform(0.45, 0.56)) * length, rise - 6.0, droop, bend)
        young = (1.0 - age) ** 3
        bright = 0.74 + 0.34 * (1.0 - age) ** 2 + float(chance.uniform(-0.17, 0.15))
        tint = np.clip(np.array((bright * (0.96 + 0.36 * young), bright * (1.0 + 0.10 * young), bright * 0.94)), 0.0, 1.0)
        blade = blade.turned("y", float(chance.uniform(-26.0, 26.0))).tinted(tint)
        stalk = float(chance.uniform(0.030, 0.048))
        tries = []
        for aside in (0.0, -14.0, 14.0, -28.0, 28.0, -44.0, 44.0, -62.0, 62.0):
            turn = np.radians(bearing + aside)
            out = np.array((-np.sin(turn), np.cos(turn), 0.0))
            end = foot + stalk * (out * np.cos(np.radians(rise)) + np.array((0.0, 0.0, np.sin(np.radians(rise)))))
            placed = blade.turned("z", bearing + aside).moved(*end)
            outer = placed.positions[30:]
            before = np.concatenate(grown) if grown else np.zeros((0, 3))
            room = min(_gap(outer, stems) / 0.018, 1.0) + min(_gap(outer, before) / 0.020, 1.0) - abs(aside) / 500.0
            tries.append((room, placed, end))
        _, chosen, end = max(tries, key=lambda each: each[0])
        grown.append(chosen.positions[25:])
        blades.append(chosen)
        wood.append(_petiole(foot, end))
    tip = path[-1] + np.array((0.0, 0.0, 0.085)) + 0.012 * chance.uniform(-1.0, 1.0, 3)
    bud = np.array([path[-1] + (tip - path[-1]) * each for each in np.linspace(0.0, 1.0, 5)])
    wood.append(tube(bud, np.array((0.0045, 0.0066, 0.0055, 0.0032, 0.0008)), 6).tinted(BUD))
    return wood, blades


def _planter() -> tuple[Shape, Shape]:
    """A thrown pot, a little wider above, with a round rim: its glazed wall, where the glaze breaks brown over the rim; and the
    foot below it, which is left bare."""
    foot = [(0.0, 0.0), (0.099, 0.0), (0.102, 0.010), (0.1125, 0.0125), (0.1184, DIP)]
    wall = [(0.1184, DIP), (0.1199, DIP + 0.0008), (0.1206, DIP + 0.003)]
    for z in np.linspace(0.058, RIM - 0.03, 4):
        wall.append((0.1206 + 0.027 * ((z - DIP) / RIM) ** 1.05, float(z)))
    wall += [
        *((0.1480, RIM - 0.010), (0.1500, RIM - 0.006), (0.1492, RIM - 0.0015), (0.1462, RIM), (0.1405, RIM)),
        *((0.1372, RIM - 0.003), (0.1365, RIM - 0.010), (0.1350, SOIL - 0.02)),
    ]
    glazed = lathe(wall, 42, 48.0)
    thin = np.exp(-(((glazed.positions[:, 2] - RIM + 0.001) / 0.0035) ** 2))[:, None]
    return glazed.tinted(1.0 - thin * np.array((0.16, 0.34, 0.50))), lathe(foot, 42, 48.0)


def _soil() -> Shape:
    """Earth, heaped a little round the stems and crumbly, with bits of bark and pebbles of fired clay lying on it."""
    chance = np.random.Generator(np.random.PCG64(17))
    rings, sides = np.linspace(0.0, 0.1372, 8), 24
    turn = np.linspace(0.0, 2.0 * np.pi, sides + 1)
    bump = chance.uniform(-0.0035, 0.0035, (len(rings), sides))
    bump[0] = bump[0].mean()
    bump = np.concatenate([bump, bump[:, :1]], axis=1)
    high = SOIL + 0.010 * (1.0 - (rings / 0.137) ** 2)[:, None] + bump
    for stem in STEMS:
        x, y = rings[:, None] * np.cos(turn) - stem[0][0] - OFF[0], rings[:, None] * np.sin(turn) - stem[0][1] - OFF[1]
        high = high + MOUND * np.exp(-(x * x + y * y) / 0.024**2)
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
    rib = np.exp(-((off / (0.058 * (1.12 - up))) ** 2))
    margin = np.clip((off - 0.93) / 0.07, 0.0, 1.0)
    share = np.clip(0.42 + 0.5 * (cloud - 0.5) + 0.16 * (fine - 0.5) + 0.22 * vein - 0.12 * up, 0.0, 1.0)
    colour = ramp(share, ((56, 84, 52), (90, 128, 76), (134, 166, 106)))
    colour = colour * (1.0 - rib)[..., None] + np.array((196.0, 206.0, 142.0)) * rib[..., None]
    colour = colour * (1.0 - 0.5 * margin)[..., None] + np.array((128.0, 128.0, 72.0)) * (0.5 * margin)[..., None]
    rough = np.clip(0.27 + 0.03 * fine + 0.06 * vein + 0.05 * cloud, 0.0, 1.0)
    maps = (bytes_of(colour), normal_map(0.24 * vein - 1.2 * rib + 0.2 * cloud, 1.0), surface(1.0 - 0.2 * rib, rough))
    return Material("fig_leaf", colour_map=maps[0], normal_map=maps[1], surface_map=maps[2], two_sided=True)


@cache
def _glaze(size: int = 256, seed: int = 161) -> Material:
    """A glossy glaze over stoneware, thin and thick in clouds: iron specks that bleed a little, pale ones, the rings of throwing.
    White, for its card to colour."""
    speck = np.clip((layered(size, (72, 72), seed, 1) - 0.82) * 9.0, 0.0, 1.0)
    large = np.clip((layered(size, (26, 26), seed + 2, 1) - 0.84) * 8.0, 0.0, 1.0)
    pale = np.clip((layered(size, (60, 60), seed + 6, 1) - 0.80) * 8.0, 0.0, 1.0)
    rings, cloud = layered(size, (22, 1), seed + 4, 2), layered(size, (3, 3), seed + 8, 3)
    share = np.clip(0.5 + 0.9 * (cloud - 0.5) + 0.35 * (rings - 0.5), 0, 1)
    colour = ramp(share, ((222, 225, 230), (243, 244, 245), (252, 252, 250)))
    colour = colour + (252.0 - colour) * (0.8 * pale)[..., None]
    colour *= 1.0 - np.maximum(0.50 * speck, 0.62 * large)[..., None] * np.array((0.80, 0.95, 1.0))
    finish = surface(np.ones_like(speck), np.clip(0.17 + 0.12 * cloud + 0.20 * speck, 0, 1))
    height = rings + 0.25 * cloud - 0.15 * large
    return Material("stoneware", colour_map=bytes_of(colour), normal_map=normal_map(height, 1.3), surface_map=finish)


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
    planter, foot, soil, stems, leaves_lit = lit([*_planter(), _soil(), join(wood), join(blades)], rays=20, reach=0.16)
    leaves_lit, stems = aired(leaves_lit, 0.45), aired(stems, 0.50)
    stems, leaves_lit = (each.moved(*OFF) for each in (stems, leaves_lit))
    bark, bare = Material("fig_bark", roughness=0.75), moulded("bare_clay", (0.21, 0.150, 0.105), 0.9)
    write_glb(
        "potted_plant",
        {
            "planter": [(_glaze(), tiled(planter, CLAY_TILE))],
            "soil": [(_earth(), tiled(soil, SOIL_TILE)), (bare, tiled(foot, GRAIN_TILE))],
            "plant": [(bark, stems), (_green(), leaves_lit)],
        },
        folder,
    )


if __name__ == "__main__":
    make()
