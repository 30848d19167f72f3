"""What grows between the spruces of the lake's shore, as pictures and cards: firs, pines, larches, birches, alders, dead trunks,
and thickets and reeds at the water. Seven columns of one picture, 256 x 512 each, by the dabs of `engine.view.geometry.leafage`;
the last holds what is wider than tall, two thickets and two reed beds one above another.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.view.geometry import leafage
from engine.view.geometry.leafage import BARK, SNOW, Points, cut_out, dab, over
from engine.view.geometry.mesh import Floats, Material, Mesh, Pixels
from engine.view.geometry.spruces import Cards

FIR, PINE, LARCH, BIRCH, ALDER, SNAG, LOW = range(7)
COLUMNS = 7
SIZE, WIDE = (256, 512), (256, 128)
"""Texels of a tree's picture, and of a thicket's or a reed bed's: so many across and up."""
TREE = (-leafage.HALF_WIDE, leafage.HALF_WIDE, -0.02, 1.02)
"""What a tree's picture shows, of its height."""

GAP = 0.30
"""Left free above each wide picture, of what it shows: smaller ones hold a little of what stands beside them."""

BUSHES = (8.0, 4.0)
"""Metres that a thicket's picture is wide and tall."""

BED = (9.0, 2.6)
"""Metres that a reed bed's picture is wide and tall."""

_BIRCH_BARK = (0.42, 0.40, 0.37)
_Colour = tuple[float, float, float]
_Draw = np.random.Generator


def tree(kind: int, frozen: bool, tall: float) -> Mesh:
    """A tree to stand far off, so many metres tall, an edge to the lake: its picture twice, across itself; 4 triangles."""
    cards = Cards()
    cards.cross((leafage.HALF_WIDE * tall, tall), [_column(kind), _column(kind)[::-1]], 0.25 * np.pi)
    return cards.mesh(_atlas(frozen))


def thicket(kind: int, frozen: bool) -> Mesh:
    """Bushes and reeds at the water's edge, along x, one of two: 2 triangles."""
    cards = Cards()
    rows = _row(2 + kind % 2)
    cards.cross((BUSHES[0] / 2, BUSHES[1]), [_column(LOW)], 0.0, shade=1.0 if frozen else 0.85, dark=0.3, rows=rows)
    return cards.mesh(_atlas(frozen))


def reed_bed(kind: int, frozen: bool) -> Mesh:
    """Reeds in the shallows of a far shore, along x, one of two beds: 2 triangles."""
    cards = Cards()
    rows = _row(kind % 2)
    cards.cross((BED[0] / 2, BED[1]), [_column(LOW)], 0.0, dark=0.4, rows=rows)
    return cards.mesh(_atlas(frozen))


def _row(index: int) -> tuple[float, float]:
    """Where in its column one of the wide pictures stands: without the gap above it."""
    return 0.25 * index, 0.25 * (index + 1.04 / (1.04 + GAP))


def _column(kind: int) -> tuple[float, float]:
    return (kind + 0.004) / COLUMNS, (kind + 0.996) / COLUMNS


@lru_cache(maxsize=2)
def _atlas(frozen: bool) -> Material:
    return Material("species", roughness=0.95, alpha="mask", two_sided=True, leafy=True, colour_map=_picture(frozen))


def _picture(frozen: bool) -> Pixels:
    chance = np.random.Generator(np.random.PCG64(75))
    fir = leafage.spruce_needles(chance, 0.165, frozen, boughs=260, needles=((0.005, 0.012, 0.009), (0.034, 0.062, 0.040)))
    gold = ((0.050, 0.040, 0.026), (0.110, 0.085, 0.055)) if frozen else ((0.018, 0.021, 0.008), (0.082, 0.088, 0.032))
    larch = leafage.spruce_needles(chance, 0.195, frozen, boughs=170, needles=gold)
    pictures = [dab(*fir, TREE, SIZE, 3), _pine(chance, frozen), dab(*larch, TREE, SIZE, 3), _birch(chance, frozen)]
    low = [_thicket(chance, frozen), _thicket(chance, frozen), _reeds(chance, frozen), _reeds(chance, frozen)]
    pictures += [_alder(chance, frozen), _snag(chance, frozen), np.concatenate(low, axis=0)]
    return cut_out(np.concatenate(pictures, axis=1))


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
    count = 150
    up = 0.30 + 0.67 * chance.random(count) ** 0.75
    reach = 0.205 * (1.0 - ((up - 0.30) / 0.69) ** 2.2) * chance.uniform(0.1, 1.0, count)
    turn = chance.uniform(0.0, 2.0 * np.pi, count)
    middles = np.column_stack([reach * np.cos(turn), reach * np.sin(turn), up])
    sizes, colours = chance.uniform(0.030, 0.052, count) * (1.16 - 0.6 * up), ((0.008, 0.014, 0.009), (0.052, 0.078, 0.036))
    needles = _crown(chance, middles, sizes, colours, 150)
    if frozen:
        lying = chance.random(len(needles[0])) < 0.4
        needles[1][lying] = np.array(SNOW) * chance.uniform(0.7, 1.0, (int(lying.sum()), 1))
    stem = dab(*_stem(chance, 0.9, 0.014, (BARK, (0.17, 0.085, 0.045))), TREE, SIZE, 3)
    return over(stem, dab(*needles, TREE, SIZE, 3))


def _birch(chance: _Draw, frozen: bool) -> Floats:
    """A birch: a white stem, and a loose crown that hangs; twigs alone in winter."""
    count = 120
    up = 0.20 + 0.76 * chance.random(count)
    reach = 0.19 * np.sqrt(np.clip(1.0 - ((up - 0.5) / 0.5) ** 2, 0.05, 1.0)) * chance.random(count) ** 0.6
    turn = chance.uniform(0.0, 2.0 * np.pi, count)
    middles = np.column_stack([reach * np.cos(turn), reach * np.sin(turn), up])
    colours = ((0.10, 0.085, 0.08), (0.44, 0.44, 0.46)) if frozen else ((0.018, 0.026, 0.008), (0.128, 0.150, 0.046))
    leaves = _crown(chance, middles, chance.uniform(0.034, 0.062, count), colours, 60 if frozen else 210)
    stem = dab(*_stem(chance, 0.93, 0.009, (_BIRCH_BARK, _BIRCH_BARK)), TREE, SIZE, 3)
    return over(stem, dab(*leaves, TREE, SIZE, 2 if frozen else 3))


def _alder(chance: _Draw, frozen: bool) -> Floats:
    """An alder or an aspen: a round crown of leaf on leaf from close above the ground; in winter a haze of twigs."""
    count = 150
    away = chance.standard_normal((count, 3))
    away *= (chance.random(count) ** 0.4 / np.linalg.norm(away, axis=-1))[:, None]
    middles = away * (0.205, 0.205, 0.40) + (0.0, 0.0, 0.555)
    # Three boughs of their own: no crown is one ball.
    for x, z, size in ((-0.10, 0.42, 0.11), (0.11, 0.55, 0.10), (0.01, 0.80, 0.12)):
        near = np.hypot(middles[:, 0] - x, middles[:, 2] - z) < size
        middles[near] += (middles[near] - (x, 0.0, z)) * 0.25
    colours = ((0.09, 0.078, 0.072), (0.40, 0.40, 0.41)) if frozen else ((0.014, 0.024, 0.007), (0.112, 0.146, 0.040))
    leaves = _crown(chance, middles, chance.uniform(0.032, 0.066, count), colours, 70 if frozen else 230)
    stem = dab(*_stem(chance, 0.8, 0.014, (BARK, BARK)), TREE, SIZE, 3)
    return over(stem, dab(*leaves, TREE, SIZE, 2 if frozen else 3))


def _snag(chance: _Draw, frozen: bool) -> Floats:
    """A spruce that died standing: a grey trunk, broken off, and what is left of its boughs."""
    silver = (0.155, 0.145, 0.132)
    up = np.repeat(np.linspace(0.0, 0.93, 1100), 4)
    across = chance.uniform(-1.0, 1.0, len(up))
    trunk = np.column_stack([across * 0.021 * (1.12 - up) + 0.006 * np.sin(5.0 * up), np.zeros(len(up)), up])
    tone = (0.45 + 0.35 * across + 0.25 * chance.random(len(up)))[:, None] * np.array(silver)
    points, colours = [trunk], [tone]
    for start in np.sort(chance.uniform(0.16, 0.88, 26)):
        hand, long = chance.choice((-1.0, 1.0)), chance.uniform(0.03, 0.19) * (1.05 - 0.75 * start) * chance.uniform(0.5, 1.3)
        s = np.repeat(np.linspace(0.0, 1.0, 240), 3)
        x = hand * (0.010 + long * s)
        z = start - 0.30 * long * s + 0.42 * long * s**3 + chance.uniform(-0.0045, 0.0045, len(s)) * (1.2 - s)
        points.append(np.column_stack([x, np.full(len(s), -0.01), z]))
        colours.append(np.full((len(s), 1), chance.uniform(0.40, 0.85)) * np.array(silver))
        if frozen:
            colours[-1][z > start - 0.30 * long * s + 0.42 * long * s**3 + 0.001] = np.array(SNOW) * 0.9
    return dab(np.concatenate(points), np.concatenate(colours), TREE, SIZE, 4)


def _reeds(chance: _Draw, frozen: bool) -> Floats:
    """A bed of reeds, thick in its middle and thinning to both sides: straw above, dark where they stand in the water."""
    half, tall = BED[0] / 2, BED[1]
    clumps, each, dots = 26, 16, 40
    stalks = clumps * each
    # In tufts, each as tall as it is old: a bed has no smooth outline, not even from afar.
    middle = np.linspace(-0.86, 0.86, clumps) + chance.uniform(-0.04, 0.04, clumps)
    grown = chance.uniform(0.35, 1.0, clumps) * (1.0 - 0.55 * np.abs(middle))
    foot = np.clip(np.repeat(middle, each) + chance.normal(0.0, 0.018, stalks), -0.96, 0.96) * half
    s = chance.random((stalks, dots))
    length = (chance.uniform(0.5, 1.0, stalks) * np.repeat(grown, each) * tall)[:, None]
    lean = chance.normal(0.03, 0.20, (stalks, 1)) * length
    points = np.stack([foot[:, None] + lean * s * s, np.broadcast_to(chance.random((stalks, 1)), s.shape), length * s], -1)
    low, top = ((0.10, 0.085, 0.06), (0.36, 0.31, 0.22)) if frozen else ((0.010, 0.013, 0.007), (0.058, 0.068, 0.026))
    shade = np.array(low) + (np.array(top) - np.array(low)) * (s**1.3).reshape(-1, 1) * np.repeat(
        chance.uniform(0.45, 1.1, stalks), dots
    ).reshape(-1, 1)
    return _wide(points.reshape(-1, 3), shade, BED)


def _wide(points: Points, colours: Points, size: tuple[float, float]) -> Floats:
    """Points on a picture that is wider than tall, so many metres: nothing touches its sides, where its card ends."""
    half, tall = size[0] / 2, size[1]
    free = np.abs(points[:, 0]) < 0.97 * half
    return dab(points[free], colours[free], (-half, half, -0.02 * tall, (1.02 + GAP) * tall), WIDE, 3)


def _thicket(chance: _Draw, frozen: bool) -> Floats:
    """Alders, willows and young spruces side by side, each for itself, and reeds before them."""
    half, tall = BUSHES[0] / 2, BUSHES[1]
    colours = ((0.05, 0.045, 0.045), (0.50, 0.51, 0.54)) if frozen else ((0.005, 0.008, 0.005), (0.060, 0.078, 0.028))
    grown = []
    for index, x in enumerate(np.linspace(-0.84, 0.84, 11) * half + chance.uniform(-0.2, 0.2, 11)):
        high = chance.uniform(0.36, 1.0) ** 1.2 * tall * (1.0 - 0.62 * (abs(x) / half) ** 1.5)
        depth = float(chance.uniform(-1.0, 1.0))
        if index % 3 == 1:
            points, shades = leafage.spruce_needles(chance, 0.34, frozen, boughs=110)
            grown.append((points * high + np.array((x, depth, 0.0)), 0.8 * shades))
            continue
        up = chance.random(46) ** 1.1
        wide = 0.40 * high * np.sqrt(np.clip(1.0 - (2.0 * up - 0.9) ** 2 / 1.25, 0.02, 1.0))
        sizes = chance.uniform(0.14, 0.27, 46) * high**0.5
        reach = np.maximum(0.97 * half - sizes, 0.0)
        across = np.clip(x + wide * chance.uniform(-1.0, 1.0, 46), -reach, reach)
        middles = np.column_stack([across, np.full(46, depth), 0.80 * high * up + 0.08])
        grown.append(_crown(chance, middles, sizes, colours, 330))
    picture = _wide(np.concatenate([each[0] for each in grown]), np.concatenate([each[1] for each in grown]), BUSHES)
    stalks, dots = 150, 60
    clump = chance.uniform(-0.85, 0.85, 5)[chance.integers(5, size=stalks)]
    foot = np.clip(clump + chance.normal(0.0, 0.05, stalks), -0.97, 0.97) * half
    s = chance.random((stalks, dots))
    lean, length = chance.normal(0.0, 0.14, (stalks, 1)), chance.uniform(0.25, 1.05, (stalks, 1))
    reeds = np.stack([foot[:, None] + lean * s * s, np.full(s.shape, -2.0), length * s], -1).reshape(-1, 3)
    low, top = ((0.11, 0.09, 0.06), (0.32, 0.28, 0.20)) if frozen else ((0.008, 0.011, 0.006), (0.050, 0.056, 0.024))
    shade = np.array(low) + (np.array(top) - np.array(low)) * s.reshape(-1, 1)
    return over(picture, _wide(reeds, shade, BUSHES))
