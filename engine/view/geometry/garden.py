"""A garden outside a window, on a mild afternoon: a mown lawn with a path, borders, a hedge, trees and a wood behind.

Foliage stands on cards that face the window, each with a picture of leaves dabbed on by `engine.view.geometry.leafage`, at every
distance, so that they shift against one another as a head moves. +y is outwards, `GROUND` the lawn's height from the window's
middle. Colours are light: how bright a surface is there, of the sight's `lit`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.leafage import Points, cut_out, dab, over
from engine.view.geometry.mesh import Floats, Material, Mesh, Part, Pixels
from engine.view.geometry.noise import fbm, noise, smoothstep
from engine.view.geometry.skies import afternoon, drum, srgb
from engine.view.geometry.surfaces import make_mesh

GROUND = -0.85
ACROSS, AWAY = 48.0, 64.0
"""Half the lawn's width, and how far it goes, in metres."""

HEDGE = 23.0
"""Metres to the hedge."""

SHADE = (0.35, 0.45, 0.55)
"""What the sky gives to leaves below, of what it gives to those above, by height in the crown: foot, middle; the top has 1."""

_HERE = np.eye(4, dtype=np.float32)[None]


@dataclass(frozen=True, slots=True)
class _Leaves:
    """Foliage by the light on it: in the depth of a crown, and where the sky sees it."""

    deep: tuple[float, float, float]
    bright: tuple[float, float, float]


_LIME = _Leaves((0.006, 0.014, 0.004), (0.105, 0.165, 0.030))
_OAK = _Leaves((0.005, 0.011, 0.004), (0.070, 0.110, 0.026))
_BIRCH = _Leaves((0.012, 0.020, 0.006), (0.150, 0.185, 0.040))
_BEECH = _Leaves((0.006, 0.013, 0.004), (0.084, 0.128, 0.024))
_YEW = _Leaves((0.004, 0.009, 0.004), (0.040, 0.070, 0.022))
_WOOD = _Leaves((0.050, 0.075, 0.062), (0.110, 0.150, 0.095))

TREES = ((_LIME, 0.92, 8), (_OAK, 1.0, 11), (_BIRCH, 0.62, 3), (_BEECH, 0.86, 7))
"""Leaves, width for height, and the seed of its boughs."""

FLOWERS = ((0.52, 0.10, 0.22), (0.62, 0.58, 0.66), (0.30, 0.20, 0.60), (0.72, 0.52, 0.10))


def garden_parts() -> tuple[Part, ...]:
    """The garden: lawn, cards of foliage, sky."""
    chance = np.random.Generator(np.random.PCG64(45))
    cards = _planted(chance)
    lawn = _lawn(chance, cards)
    foliage = _cards(cards)
    return (
        Part("lawn", lawn, _HERE, casts=False),
        Part("foliage", foliage, _HERE, casts=False),
        Part("sky", drum(afternoon()), _HERE, casts=False),
    )


@dataclass(frozen=True, slots=True)
class _Card:
    """A plant: its foot, width and height in metres, its cell of the atlas (left, foot, right, top in uv), and its shade."""

    x: float
    y: float
    wide: float
    tall: float
    cell: tuple[float, float, float, float]
    light: float = 1.0
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)


# Cells of the atlas, 2,048 x 1,024: four trees above, then hedge and wood, shrubs and flowers, each as left, foot, right, top.
_TREE = tuple((0.25 * i, 0.5, 0.25 * i + 0.25, 1.0) for i in range(4))
_HEDGE_CELL, _WOOD_CELL = (0.0, 0.25, 0.5, 0.5), (0.5, 0.25, 1.0, 0.5)
_SHRUB = tuple((0.125 * i, 0.0, 0.125 * i + 0.125, 0.25) for i in range(8))


_TREES_AT = (
    (-31.0, 47.0, 1), (-22.0, 36.0, 0), (-14.5, 52.0, 3), (-9.0, 31.0, 2), (-2.5, 44.0, 0), (4.6, 29.0, 1),
    (10.5, 50.0, 2), (16.0, 38.0, 0), (24.0, 31.0, 1), (33.0, 45.0, 3), (-38.0, 30.0, 0), (40.0, 33.0, 2),
)  # fmt: skip
"""Trees: metres to the side and away, and which of the four."""

_BEDS_AT = (
    (-7.6, 11.0, 0, 1.7), (-6.2, 10.2, 4, 0.75), (-8.9, 10.4, 6, 0.8), (8.4, 14.0, 1, 2.1), (6.9, 13.1, 5, 0.8),
    (9.6, 13.0, 7, 0.8), (-13.0, 16.0, 2, 2.3), (14.0, 18.5, 3, 2.2), (3.2, 18.2, 2, 1.2), (-3.0, 18.8, 1, 1.4),
)  # fmt: skip
"""Shrubs and flowers on the lawn: as trees, and how tall they are."""


def _planted(chance: np.random.Generator) -> list[_Card]:
    between = chance.uniform
    cards = [
        _Card(float(x), 78.0 + float(between(-4, 4)), 62.0, 13.0 + float(between(-2, 3)), _WOOD_CELL)
        for x in range(-150, 151, 44)
    ]
    for x, y, kind in _TREES_AT:
        tall = float(between(8.5, 13.0)) * (0.8 if kind == 2 else 1.0)
        tint = (float(between(0.88, 1.12)), 1.0, float(between(0.85, 1.1)))
        cards.append(_Card(x, y, tall * 1.04, tall, _TREE[kind], float(between(0.85, 1.0)), tint))
    for x in np.arange(-46.0, 46.0, 5.6).tolist():
        y = HEDGE + 0.25 * float(chance.standard_normal())
        cards.append(_Card(x, y, 6.6, float(between(1.78, 1.84)), _HEDGE_CELL, 1.0))
    for x in np.arange(-30.0, 30.0, 0.95).tolist():
        kind = int(chance.integers(8))
        tall = float(between(0.85, 1.6)) * (float(between(0.50, 0.72)) if kind >= 4 else 1.0)
        y = HEDGE - 0.9 - 1.3 * float(chance.random()) - (0.9 if kind >= 4 else 0.0)
        tint = (float(between(0.8, 1.3)), 1.0, float(between(0.75, 1.15)))
        wide = tall * float(between(1.0, 1.6))
        cards.append(_Card(x + float(between(-0.6, 0.6)), y, wide, tall, _SHRUB[kind], float(between(0.75, 1.05)), tint))
    cards += [_Card(x, y, tall * 1.25, tall, _SHRUB[kind]) for x, y, kind, tall in _BEDS_AT]
    return cards


def _cards(cards: list[_Card]) -> Mesh:
    """All plants as upright cards; their feet are a little in the grass."""
    points, uvs, colours, faces = [], [], [], []
    for index, card in enumerate(sorted(cards, key=lambda one: one.y)):
        left, right = card.x - card.wide / 2, card.x + card.wide / 2
        foot, top = GROUND - 0.03 * card.tall, GROUND + 0.97 * card.tall
        points += [(left, card.y, foot), (right, card.y, foot), (right, card.y, top), (left, card.y, top)]
        u0, v0, u1, v1 = card.cell
        du, dv = (u1 - u0) * 0.004, (v1 - v0) * 0.004
        u0, v0, u1, v1 = u0 + du, v0 + dv, u1 - du, v1 - dv
        if index % 2:
            u0, u1 = u1, u0
        uvs += [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
        colours += [(*(card.light * share for share in card.tint), 0.0)] * 4
        faces += [(4 * index, 4 * index + 1, 4 * index + 2), (4 * index, 4 * index + 2, 4 * index + 3)]
    material = Material("foliage", alpha="mask", leafy=True, colour_map=_atlas())
    return make_mesh(material, np.array(points), np.array(faces), uvs=np.array(uvs), colours=np.array(colours))


def _atlas() -> Pixels:
    chance = np.random.Generator(np.random.PCG64(50))
    trees = [_tree(np.random.Generator(np.random.PCG64(seed)), leaves, wide) for leaves, wide, seed in TREES]
    shrubs = [_shrub(chance, leaves) for leaves in (_YEW, _OAK, _LIME, _BIRCH)] + [_flowers(chance, colour) for colour in FLOWERS]
    middle = np.concatenate([_hedge(chance), _wood(chance)], axis=1)
    return cut_out(np.concatenate([np.concatenate(trees, axis=1), middle, np.concatenate(shrubs, axis=1)], axis=0))


def _clumps(
    chance: np.random.Generator, middles: Points, radius: Points, leaves: _Leaves, *, each: int, low: float, high: float
) -> tuple[Points, Points]:
    """Leaves on balls round `middles`, lit by the sky: those above, and on the upper side of their ball, the most."""
    count = len(middles)
    away = chance.standard_normal((count, each, 3))
    away /= np.linalg.norm(away, axis=-1, keepdims=True)
    shell = chance.random((count, each, 1)) ** 0.42
    points = middles[:, None] + away * shell * radius[:, None, None] * np.array((1.0, 1.0, 0.78))
    up = 0.5 + 0.5 * away[..., 2:] * shell
    height = np.clip((points[..., 2:] - low) / (high - low), 0.0, 1.0)
    sky = np.interp(height, (0.0, 0.5, 1.0), SHADE) + 0.45 * height
    light = np.clip(sky * (0.03 + 1.05 * up**2.0) * shell**1.5 * chance.uniform(0.55, 1.25, (count, each, 1)), 0.0, 1.0)
    hue = 1.0 + 0.14 * chance.standard_normal((count, 1, 1)) * np.array((1.0, 0.4, 0.2))
    colours = (np.array(leaves.deep) + light * (np.array(leaves.bright) - np.array(leaves.deep))) * hue
    return points.reshape(-1, 3), np.clip(colours, 0.0, 1.0).reshape(-1, 3)


def _full(
    chance: np.random.Generator, middles: Points, radius: Points, leaves: _Leaves, *, each: int, low: float, high: float,
    window: tuple[float, float, float, float], size: tuple[int, int], wood: tuple[Points, Points] | None = None,
) -> Floats:  # fmt: skip
    """A picture of clumps: wood, then the dark within the clumps, then leaves."""
    points, colours = _clumps(chance, middles, radius, leaves, each=each, low=low, high=high)
    within = chance.uniform(-0.72, 0.72, (len(middles), each // 6, 3)) * np.array((1.0, 1.0, 0.78))
    inner = middles[:, None] + within * radius[:, None, None]
    share = np.clip((inner[..., 2:] - low) / (high - low), 0.0, 1.0) * chance.uniform(0.5, 1.2, inner[..., :1].shape)
    dark = np.array(leaves.deep) + 0.16 * share * (np.array(leaves.bright) - np.array(leaves.deep))
    picture = dab(inner.reshape(-1, 3), dark.reshape(-1, 3), window, size, 9)
    if wood is not None:
        picture = over(dab(*wood, window, size, 4), picture)
    return over(picture, dab(points, colours, window, size, 4))


def _tree(chance: np.random.Generator, leaves: _Leaves, wide: float) -> Floats:
    """A tree in its crown, 512 x 512: width and height are 1. Boughs end in lobes of leaves, the sun before them."""
    count = 13
    up = 0.34 + 0.50 * (np.arange(count) + 0.5) / count
    # The crown's outline: widest below its middle, round above.
    edge = np.sqrt(np.clip(1.0 - ((up - 0.46) / 0.46) ** 2, 0.05, 1.0))
    turn = 2.399963 * np.arange(count) + chance.uniform(-0.4, 0.4, count)
    out = wide * 0.30 * edge * chance.uniform(0.75, 1.05, count)
    lobes = np.column_stack([0.5 + out * np.cos(turn), out * np.sin(turn), up])
    lobes = np.concatenate([lobes, ((0.5, 0.05, 0.5), (0.5, 0.0, 0.66))])
    sizes = (0.10 + 0.07 * edge * chance.uniform(0.7, 1.2, count)) * (0.5 + 0.5 * wide)
    sizes = np.concatenate([sizes, (0.20 * wide, 0.17 * wide)])
    return _lobed(chance, lobes, sizes, leaves, heights=(0.30, 0.95), size=(512, 512), wood=_boughs(chance, lobes))


SUN = np.array((-0.52, -0.44, 0.73))
"""Towards the light on foliage: from before it, high on the left."""


def _lobed(
    chance: np.random.Generator, lobes: Points, sizes: Points, leaves: _Leaves, *,
    heights: tuple[float, float], size: tuple[int, int], wood: tuple[Points, Points] | None = None,
) -> Floats:  # fmt: skip
    """A picture of leaves in lobes: sprays of leaves all through them, lit by where they lie in their lobe and in the whole."""
    sprays, each = 120, 62
    count = len(lobes)
    away = chance.standard_normal((count, sprays, 3))
    away /= np.linalg.norm(away, axis=-1, keepdims=True)
    deep = chance.random((count, sprays, 1)) ** 0.40
    ragged = 1.0 + 0.16 * chance.standard_normal((count, sprays, 1))
    middles = lobes[:, None] + away * deep * ragged * sizes[:, None, None] * np.array((1.0, 1.0, 0.86))
    spread = chance.standard_normal((count, sprays, each, 3)) * np.array((0.013, 0.013, 0.009))
    points = middles[:, :, None] + spread
    whole = np.average(lobes, axis=0, weights=sizes**2)
    outward = points - whole
    outward /= np.maximum(np.linalg.norm(outward, axis=-1, keepdims=True), 1e-6)
    own = (points - lobes[:, None, None]) / sizes[:, None, None, None]
    shell = np.linalg.norm(own, axis=-1, keepdims=True)
    facing = own / np.maximum(shell, 1e-6) * 0.75 + outward * 0.45
    sunny = np.clip(0.30 + 0.70 * (facing @ SUN)[..., None], 0.0, 1.2)
    height = np.clip((points[..., 2:] - heights[0]) / (heights[1] - heights[0]), 0.0, 1.0)
    hollow = 0.10 + 0.90 * smoothstep(0.45, 1.05, shell)
    tone = chance.uniform(0.72, 1.22, (count, sprays, 1, 1)) * chance.uniform(0.62, 1.25, (count, sprays, each, 1))
    light = np.clip((0.20 + 0.85 * sunny) * hollow * (0.45 + 0.55 * height) * tone, 0.0, 1.15)
    hue = 1.0 + 0.10 * chance.standard_normal((count, sprays, 1, 1)) * np.array((1.0, 0.4, 0.2))
    colours = (np.array(leaves.deep) + light * (np.array(leaves.bright) - np.array(leaves.deep))) * hue
    flat = points.reshape(-1, 3)
    # The dark within, so that the sky shows only through the rim.
    core = chance.standard_normal((count, 900, 3))
    core *= chance.random((count, 900, 1)) ** 0.5 / np.linalg.norm(core, axis=-1, keepdims=True)
    inner = (lobes[:, None] + core * 0.80 * sizes[:, None, None] * np.array((1.0, 1.0, 0.86))).reshape(-1, 3)
    share = np.clip((inner[:, 2:] - heights[0]) / (heights[1] - heights[0]), 0.0, 1.0) * chance.uniform(0.3, 1.0, (len(inner), 1))
    dark = np.array(leaves.deep) + 0.14 * share * (np.array(leaves.bright) - np.array(leaves.deep))
    window = (0.0, 1.0, 0.0, 1.0)
    picture = dab(inner, dark, window, size, 9)
    if wood is not None:
        picture = over(dab(*wood, window, size, 4), picture)
    return over(picture, dab(flat, np.clip(colours, 0.0, 1.0).reshape(-1, 3), window, size, 4))


def _boughs(chance: np.random.Generator, ends: Points) -> tuple[Points, Points]:
    """A stem, and boughs from it to some of the clumps."""
    t = np.linspace(0.0, 1.0, 260)[:, None]
    stem = np.column_stack([0.5 + 0.012 * np.sin(5.0 * t[:, 0]), np.zeros(260), 0.66 * t[:, 0]])
    girth = 0.021 * (1.15 - t[:, 0]) + 0.012 * np.exp(-t[:, 0] * 26.0)
    across = np.linspace(-1.0, 1.0, 15)
    offset = np.stack([across * girth[:, None], np.full((260, 15), -0.01), np.zeros((260, 15))], -1)
    points = stem[:, None] + offset
    round_ = (0.55 + 0.45 * across)[None, :, None] * chance.uniform(0.7, 1.1, (260, 15, 1))
    boughs = ends[:: max(1, len(ends) // 26)]
    start = np.column_stack([np.full(len(boughs), 0.5), np.zeros(len(boughs)), np.clip(boughs[:, 2] - 0.22, 0.14, 0.6)])
    s = np.linspace(0.0, 1.0, 120)[None, :, None]
    line = start[:, None] + (boughs - start)[:, None] * s + np.array((0.0, 0.0, 0.05)) * s * (1.0 - s)
    thick = (0.007 * (1.1 - s)) * np.linspace(-1.0, 1.0, 5)[None, None]
    lines = line[:, :, None] + thick[..., None] * np.array((0.5, 0.0, 1.0))
    every = np.concatenate([points.reshape(-1, 3), lines.reshape(-1, 3)])
    shade = np.concatenate([round_.reshape(-1, 1), np.full((lines.size // 3, 1), 0.45)])
    return every, shade * np.array((0.085, 0.066, 0.050))


def _shrub(chance: np.random.Generator, leaves: _Leaves) -> Floats:
    """A rounded shrub, 256 x 256."""
    turn, out = chance.uniform(0.0, 2.0 * np.pi, 11), 0.27 * np.sqrt(chance.random(11))
    up = 0.16 + 0.50 * chance.random(11) * np.sqrt(np.clip(1.0 - (out / 0.36) ** 2, 0.0, 1.0))
    lobes = np.column_stack([0.5 + out * np.cos(turn), out * np.sin(turn), up])
    return _lobed(chance, lobes, chance.uniform(0.13, 0.20, 11), leaves, heights=(0.0, 0.8), size=(256, 256))


def _flowers(chance: np.random.Generator, colour: tuple[float, float, float]) -> Floats:
    """A clump of perennials in flower, 256 x 256: stems and leaves, and heads above."""
    stems = 90
    foot, lean = chance.normal(0.5, 0.075, stems), chance.normal(0.0, 0.20, stems)
    tall = chance.uniform(0.35, 0.95, stems) * (1.0 - 0.8 * np.abs(lean))
    s = chance.random((stems, 150, 1))
    x = foot[:, None, None] + lean[:, None, None] * s * s + chance.normal(0.0, 0.022, s.shape)
    z = tall[:, None, None] * s * 0.9 + 0.0 * x
    depth = chance.uniform(-1.0, 1.0, (stems, 1, 1)) + 0.0 * s
    light = (0.15 + 0.85 * s) * chance.uniform(0.5, 1.1, (stems, 1, 1))
    green = np.array((0.012, 0.026, 0.008)) + light * np.array((0.070, 0.115, 0.030))
    points, colours = np.concatenate([x, depth, z], -1).reshape(-1, 3), green.reshape(-1, 3)
    heads = np.column_stack([foot + lean, depth[:, 0, 0] - 0.05, tall * 0.92])
    petals = heads[:, None] + chance.normal(0.0, 1.0, (stems, 26, 3)) * np.array((0.017, 0.01, 0.020))
    shade = chance.uniform(0.35, 1.0, (stems, 26, 1)) * np.array(colour)
    every = np.concatenate([points, petals.reshape(-1, 3)]), np.concatenate([colours, shade.reshape(-1, 3)])
    return dab(*every, (0.0, 1.0, 0.0, 1.0), (256, 256), 3)


def _hedge(chance: np.random.Generator) -> Floats:
    """A clipped hedge, 1,024 x 256; its ends reach its picture's. Its level top sees the sky, its face shades downwards."""
    count = 60_000
    points = chance.uniform((-0.02, 0.0, 0.0), (4.02, 1.0, 0.88), (count, 3))
    points[:, 1] **= 1.6
    rim = 0.86 + 0.018 * noise(points[:, 0] * 5.0, points[:, 0] * 0.0, 54) + 0.012 * chance.standard_normal(count)
    points[:, 2] = np.minimum(points[:, 2], rim)
    patch = fbm(points[:, 0] * 4.5, points[:, 2] * 6.5, 55, 3)
    top = smoothstep(0.74, 0.86, points[:, 2])
    light = (0.10 + 0.30 * points[:, 2] + 0.62 * top) * (1.0 + 0.55 * patch) * (1.0 - 0.75 * points[:, 1])
    light = np.clip(light * chance.uniform(0.45, 1.4, count), 0.0, 1.1)[:, None]
    colours = np.array(_YEW.deep) + light * (np.array(_YEW.bright) * 1.25 - np.array(_YEW.deep))
    window, size = (0.0, 4.0, 0.0, 1.0), (1024, 256)
    within = chance.uniform((-0.05, 0.0, -0.05), (4.05, 1.0, 0.82), (16_000, 3))
    behind = dab(within, np.tile(np.array(_YEW.deep) * 1.5, (len(within), 1)), window, size, 17)
    return over(behind, dab(points, colours, window, size, 6))


def _wood(chance: np.random.Generator) -> Floats:
    """The edge of a wood far off, 1,024 x 256, pale with the air before it."""
    trees = 40
    x, tall = np.sort(chance.uniform(0.0, 4.0, trees)), chance.uniform(0.55, 0.86, trees)
    wide = chance.uniform(0.12, 0.2, trees)
    clumps = 22
    up = chance.random((trees, clumps))
    out = wide[:, None] * np.sqrt(np.clip(1.0 - (2.0 * up - 0.75) ** 2, 0.05, 1.0)) * chance.uniform(-1.0, 1.0, (trees, clumps))
    depth = np.repeat(chance.uniform(0.0, 1.0, (trees, 1)), clumps, 1)
    middles = np.stack([x[:, None] + out, depth, tall[:, None] * (0.08 + 0.84 * up)], -1).reshape(-1, 3)
    radius = chance.uniform(0.06, 0.10, trees * clumps)
    return _full(chance, middles, radius, _WOOD, each=80, low=0.0, high=0.9, window=(0.0, 4.0, 0.0, 1.0), size=(1024, 256))


def _lawn(chance: np.random.Generator, cards: list[_Card]) -> Mesh:
    """The lawn with what is painted on it; it sinks away at its sides, where another window's lawn may lie."""
    x, y = np.meshgrid(np.linspace(-ACROSS, ACROSS, 49), 0.2 + (AWAY + 30.0) * np.linspace(0.0, 1.0, 41) ** 1.6)
    z = GROUND - 0.03 * np.maximum(np.abs(x) - y, 0.0)
    index = np.arange(x.size).reshape(x.shape)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)
    uvs = np.stack([x / (2 * ACROSS) + 0.5, np.minimum(y / AWAY, 0.999)], -1).reshape(-1, 2)
    colours = np.tile((1.0, 1.0, 1.0, 0.0), (x.size, 1))
    material = Material("lawn", colour_map=_turf(chance, cards))
    faces = np.concatenate([quads[:, :3], quads[:, [0, 2, 3]]])
    return make_mesh(material, np.stack([x, y, z], -1).reshape(-1, 3), faces, uvs=uvs, colours=colours)


def _turf(chance: np.random.Generator, cards: list[_Card]) -> Pixels:
    """1,280 x 896 texels: mown in stripes, worn in places, daisies; a gravel path; the shade beneath what stands on it."""
    rows, columns = 896, 1280
    y, x = np.mgrid[0:rows, 0:columns]
    x, y = (x + 0.5) / columns * 2 * ACROSS - ACROSS, AWAY - (y + 0.5) / rows * AWAY
    broad, fine = fbm(x / 4.0, y / 4.0, 46, 4), chance.random((rows, columns))
    stripe = smoothstep(-0.25, 0.25, np.sin((x + 0.16 * y) * np.pi / 1.1 + 0.3 * noise(x / 3.0, y / 3.0, 51)))
    tone = (0.80 + 0.22 * broad + 0.30 * (stripe - 0.5)) * (0.72 + 0.5 * fine)
    light = tone[..., None] * np.array((0.070, 0.118, 0.026)) * (1.0 + 0.2 * broad[..., None] * np.array((1.0, 0.2, 0.0)))
    daisies = (chance.random((rows, columns)) < 0.0035 * smoothstep(0.0, 0.4, broad)) & (y < 20.0)
    light[daisies] = (0.24, 0.27, 0.19)
    bend = 1.6 + 3.4 * np.sin(y / 9.5) + 0.06 * y
    path = 1.0 - smoothstep(0.52, 0.62, np.abs(x - bend) + 0.05 * fbm(x * 3.0, y * 3.0, 52, 2))
    path = path * (y < HEDGE)
    light = light * (1 - path[..., None]) + (path * (0.75 + 0.5 * fine))[..., None] * np.array((0.205, 0.180, 0.140))
    bed = smoothstep(HEDGE - 3.4, HEDGE - 3.0, y + 0.5 * noise(x / 2.0, y * 0.0, 53)) * (1.0 - smoothstep(HEDGE, HEDGE + 0.4, y))
    light = light * (1 - bed[..., None]) + (bed * (0.6 + 0.6 * fine))[..., None] * np.array((0.050, 0.036, 0.024))
    shade = np.ones((rows, columns))
    for card in cards:
        if card.y > AWAY:
            continue
        wide = card.wide * (0.42 if card.tall > 3.0 else 0.5)
        left, right = np.searchsorted(x[0], (card.x - 2 * wide, card.x + 2 * wide))
        top, foot = rows - np.searchsorted(y[::-1, 0], (card.y + 2 * wide, card.y - 2 * wide))
        there = (slice(int(top), int(foot)), slice(int(left), int(right)))
        far = ((x[there] - card.x) / wide) ** 2 + ((y[there] - card.y) / (0.8 * wide)) ** 2
        shade[there] *= 1.0 - (0.55 if card.tall > 3.0 else 0.70) * np.exp(-far * 1.3)
    return srgb(light * shade[..., None])
