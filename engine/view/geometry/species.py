"""What grows between the spruces of the lake's shore, as pictures and cards: firs, pines, larches, birches, and thickets at the
water. Five columns of one picture, 256 x 512 each, by the dabs of `engine.view.geometry.leafage`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.view.geometry import leafage
from engine.view.geometry.leafage import BARK, SNOW, Points, cut_out, dab, over
from engine.view.geometry.mesh import Floats, Material, Mesh, Pixels
from engine.view.geometry.spruces import Cards

FIR, PINE, LARCH, BIRCH, THICKET = range(5)
COLUMNS = 5
SIZE = (256, 512)
TREE = (-leafage.HALF_WIDE, leafage.HALF_WIDE, -0.02, 1.02)
"""What a tree's picture shows, of its height."""

BUSHES = (8.0, 4.0)
"""Metres that a thicket's picture is wide and tall."""

_BIRCH_BARK = (0.42, 0.40, 0.37)
_Colour = tuple[float, float, float]
_Draw = np.random.Generator


def tree(kind: int, frozen: bool, tall: float) -> Mesh:
    """A tree to stand far off, so many metres tall, an edge to the lake: its picture twice, across itself; 4 triangles."""
    cards = Cards()
    cards.cross((leafage.HALF_WIDE * tall, tall), [_column(kind), _column(kind)[::-1]], 0.25 * np.pi)
    return cards.mesh(_atlas(frozen))


def thicket(frozen: bool) -> Mesh:
    """Bushes and reeds at the water's edge, along x: 2 triangles."""
    cards = Cards()
    cards.cross((BUSHES[0] / 2, BUSHES[1]), [_column(THICKET)], 0.0, shade=1.0 if frozen else 0.85, dark=0.3)
    return cards.mesh(_atlas(frozen))


def _column(kind: int) -> tuple[float, float]:
    return (kind + 0.004) / COLUMNS, (kind + 0.996) / COLUMNS


@lru_cache(maxsize=2)
def _atlas(frozen: bool) -> Material:
    return Material("species", roughness=0.95, alpha="mask", two_sided=True, leafy=True, colour_map=_picture(frozen))


def _picture(frozen: bool) -> Pixels:
    chance = np.random.Generator(np.random.PCG64(75))
    fir = leafage.spruce_needles(chance, 0.135, frozen, boughs=210, needles=((0.005, 0.012, 0.009), (0.034, 0.062, 0.040)))
    gold = ((0.050, 0.040, 0.026), (0.110, 0.085, 0.055)) if frozen else ((0.016, 0.018, 0.008), (0.066, 0.070, 0.030))
    larch = leafage.spruce_needles(chance, 0.165, frozen, boughs=120, needles=gold)
    pictures = [dab(*fir, TREE, SIZE, 2), _pine(chance, frozen), dab(*larch, TREE, SIZE, 2), _birch(chance, frozen)]
    return cut_out(np.concatenate([*pictures, _thicket(chance, frozen)], axis=1))


def _crown(chance: _Draw, middles: Points, radius: Points, colours: tuple[_Colour, _Colour], each: int) -> tuple[Points, Points]:
    """Leaves on flattened balls, lit by the sky: the upper side of a ball the most."""
    away = chance.standard_normal((len(middles), each, 3))
    away /= np.linalg.norm(away, axis=-1, keepdims=True)
    away *= chance.random((len(middles), each, 1)) ** 0.45
    points = middles[:, None] + away * radius[:, None, None] * np.array((1.0, 1.0, 0.62))
    light = np.clip((0.10 + 0.9 * (0.5 + 0.5 * away[..., 2:]) ** 2) * chance.uniform(0.5, 1.2, away[..., :1].shape), 0.0, 1.0)
    deep, bright = (np.array(colour) for colour in colours)
    return points.reshape(-1, 3), (deep + light * (bright - deep)).reshape(-1, 3)


def _stem(chance: _Draw, top: float, wide: float, bark: tuple[_Colour, _Colour]) -> tuple[Points, Points]:
    """A stem from the foot to `top`, half as wide as `wide` says at its foot; the bark below and above."""
    up = np.linspace(0.0, top, 1400)
    across = chance.uniform(-1.0, 1.0, 1400)
    x = 0.012 * np.sin(4.0 * up + 1.0) - 0.0101 + across * wide * (1.1 - up / max(top, 1e-3))
    low, high = (np.array(colour) for colour in bark)
    shade = (0.55 + 0.45 * across)[:, None] * chance.uniform(0.7, 1.1, (1400, 1))
    return np.column_stack([x, np.full(1400, 0.02), up]), shade * (low + (high - low) * (up / top)[:, None])


def _pine(chance: _Draw, frozen: bool) -> Floats:
    """A pine: a bare stem, red above, and flat clumps of needles that narrow towards its top."""
    count = 170
    up = 0.24 + 0.74 * chance.random(count) ** 0.85
    reach = 0.17 * (1.0 - (up - 0.24) / 0.75) * chance.uniform(0.15, 1.0, count)
    turn = chance.uniform(0.0, 2.0 * np.pi, count)
    middles = np.column_stack([reach * np.cos(turn), reach * np.sin(turn), up])
    sizes, colours = chance.uniform(0.022, 0.042, count) * (1.14 - 0.9 * up), ((0.008, 0.014, 0.009), (0.052, 0.078, 0.036))
    needles = _crown(chance, middles, sizes, colours, 150)
    if frozen:
        lying = chance.random(len(needles[0])) < 0.4
        needles[1][lying] = np.array(SNOW) * chance.uniform(0.7, 1.0, (int(lying.sum()), 1))
    stem = dab(*_stem(chance, 0.9, 0.014, (BARK, (0.17, 0.085, 0.045))), TREE, SIZE, 3)
    return over(stem, dab(*needles, TREE, SIZE, 3))


def _birch(chance: _Draw, frozen: bool) -> Floats:
    """A birch: a white stem, and a loose crown that hangs; twigs alone in winter."""
    count = 90
    up = 0.22 + 0.74 * chance.random(count)
    reach = 0.17 * np.sqrt(np.clip(1.0 - ((up - 0.5) / 0.5) ** 2, 0.05, 1.0)) * chance.random(count) ** 0.6
    turn = chance.uniform(0.0, 2.0 * np.pi, count)
    middles = np.column_stack([reach * np.cos(turn), reach * np.sin(turn), up])
    colours = ((0.10, 0.085, 0.08), (0.44, 0.44, 0.46)) if frozen else ((0.014, 0.020, 0.007), (0.092, 0.106, 0.036))
    leaves = _crown(chance, middles, chance.uniform(0.026, 0.055, count), colours, 60 if frozen else 180)
    stem = dab(*_stem(chance, 0.93, 0.009, (_BIRCH_BARK, _BIRCH_BARK)), TREE, SIZE, 3)
    return over(stem, dab(*leaves, TREE, SIZE, 2 if frozen else 3))


def _thicket(chance: _Draw, frozen: bool) -> Floats:
    """Alders, willows and young spruces side by side, each for itself, and reeds before them."""
    half, tall = BUSHES[0] / 2, BUSHES[1]
    window = (-half, half, -0.02 * tall, 1.02 * tall)
    colours = ((0.05, 0.045, 0.045), (0.50, 0.51, 0.54)) if frozen else ((0.004, 0.006, 0.005), (0.034, 0.046, 0.020))
    grown = []
    for index, x in enumerate(np.linspace(-0.86, 0.86, 9) * half + chance.uniform(-0.25, 0.25, 9)):
        high = chance.uniform(0.3, 1.0) ** 1.3 * tall * (1.0 - 0.35 * abs(x) / half)
        depth = float(chance.uniform(-1.0, 1.0))
        if index % 4 != 1:
            points, shades = leafage.spruce_needles(chance, 0.2, frozen, boughs=70)
            grown.append((points * high + np.array((x, depth, 0.0)), 0.8 * shades))
            continue
        up = chance.random(40) ** 1.3
        wide = 0.34 * high * np.sqrt(1.0 - 0.9 * up)
        middles = np.column_stack([x + wide * chance.uniform(-1.0, 1.0, 40), np.full(40, depth), 0.70 * high * up + 0.1])
        grown.append(_crown(chance, middles, chance.uniform(0.15, 0.26, 40) * high**0.5, colours, 300))
    picture = dab(np.concatenate([each[0] for each in grown]), np.concatenate([each[1] for each in grown]), window, SIZE, 4)
    stalks, dots = 150, 60
    clump = chance.uniform(-0.85, 0.85, 5)[chance.integers(5, size=stalks)]
    foot = np.clip(clump + chance.normal(0.0, 0.05, stalks), -0.97, 0.97) * half
    s = chance.random((stalks, dots))
    lean, length = chance.normal(0.0, 0.14, (stalks, 1)), chance.uniform(0.25, 1.05, (stalks, 1))
    reeds = np.stack([foot[:, None] + lean * s * s, np.full(s.shape, -2.0), length * s], -1).reshape(-1, 3)
    low, top = ((0.11, 0.09, 0.06), (0.32, 0.28, 0.20)) if frozen else ((0.008, 0.011, 0.006), (0.050, 0.056, 0.024))
    shade = np.array(low) + (np.array(top) - np.array(low)) * s.reshape(-1, 1)
    return over(picture, dab(reeds, shade, window, SIZE, 3))
