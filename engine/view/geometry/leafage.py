"""Pictures of foliage for the cards that trees are made of: needles and leaves grown in three dimensions and dabbed on, the far
ones first, each as light as the place in its crown where it grows.

Pictures are RGBA in sRGB, top row first; alpha 0 is a hole, whose colour is the mean of what stands around it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Pixels
from engine.view.geometry.paint import encoded

Points = NDArray[np.float64]

NEEDLES_IN, NEEDLES_OUT = (0.006, 0.011, 0.007), (0.074, 0.096, 0.036)
BARK = (0.075, 0.055, 0.042)
SNOW = (0.78, 0.82, 0.88)

FINER = 2
"""Dabs are set on a picture so many times as fine, then averaged: edges come out soft."""

SPRUCES = 3
"""Spruces side by side in the picture of spruces."""

HALF_WIDE = 0.27
"""Half the width of a spruce's picture, of its height."""

STANDS = ((7, 0.50, 0.98), (8, 0.30, 0.60), (8, 0.26, 0.92), (4, 0.40, 0.85))
"""Stands side by side in the picture of forests: how many trees, and how tall the smallest and the tallest, of its height."""

Needles = tuple[tuple[float, float, float], tuple[float, float, float]]
Window = tuple[float, float, float, float]
"""What a picture shows: left, right, foot, top."""


def dab(points: Points, colours: Points, window: Window, size: tuple[int, int], wide: int = 1) -> Floats:
    """Points (x, depth, z) on a picture of `size` (columns, rows) that shows `window`, as linear RGBA.

    `wide` is a dab's width in pixels of the finer picture. Greater depths are painted first.
    """
    columns, rows = size[0] * FINER, size[1] * FINER
    order = np.argsort(-points[:, 1], kind="stable")
    left, right, foot, top = window
    across = ((points[order, 0] - left) / (right - left) * columns).astype(np.int32)
    down = ((top - points[order, 2]) / (top - foot) * rows).astype(np.int32)
    margin = wide // 2
    inside = (across >= margin) & (across < columns - margin) & (down >= margin) & (down < rows - margin)
    order, at = order[inside], (down * columns + across)[inside]
    steps = np.arange(wide, dtype=np.int32) - margin
    # Every dab's pixels follow one another, so that the last one written is the nearest.
    pixels = (at[:, None] + (steps[:, None] * columns + steps[None]).reshape(1, -1)).ravel()
    nearest = np.full(rows * columns, -1, np.int32)
    nearest[pixels] = np.repeat(np.arange(len(order), dtype=np.int32), wide * wide)
    paint = np.zeros((len(order) + 1, 4), np.float32)
    paint[:-1, :3], paint[:-1, 3] = colours[order], 1.0
    return _averaged(paint[nearest].reshape(rows, columns, 4))


def _averaged(picture: Floats) -> Floats:
    """A finer picture at its own size: colours weighed by how much there is of them."""
    parts = [picture[row::FINER, column::FINER] for row in range(FINER) for column in range(FINER)]
    weights = [part[..., 3] for part in parts]
    alpha = np.asarray(sum(weights[1:], weights[0]), np.float32)
    colour = [sum(part[..., band] * weight for part, weight in zip(parts, weights, strict=True)) for band in range(3)]
    made = np.stack([each / np.maximum(alpha, 1e-6) for each in colour] + [alpha / len(parts)], -1)
    return np.asarray(made, np.float32)


def over(below: Floats, above: Floats) -> Floats:
    """One picture laid on another, both linear RGBA."""
    cover = above[..., 3:]
    rest = below[..., 3:] * (1.0 - cover)
    alpha = cover + rest
    colour = (above[..., :3] * cover + below[..., :3] * rest) / np.maximum(alpha, 1e-6)
    return np.concatenate([colour, alpha], -1).astype(np.float32)


def cut_out(picture: Floats) -> Pixels:
    """Linear RGBA, top row first, as texels whose holes have the mean colour of the rest."""
    alpha = picture[..., 3:]
    mean = (picture[..., :3] * alpha).sum((0, 1)) / max(float(alpha.sum()), 1e-6)
    pixels = encoded(np.where(alpha > 0.0, picture[..., :3], mean)[::-1].astype(np.float32))
    pixels[..., 3] = np.round(picture[..., 3] * 255.0)
    return pixels


def girth(share: Points, lean: float) -> Points:
    """Length of a spruce's boughs so far up, of its height: widest an eighth up, its crown a full cone with a short leader."""
    return np.asarray(lean * (1.0 - share) ** 0.78 * (0.66 + 0.34 * np.minimum(share / 0.12, 1.0)) + 0.002)


def spruce_needles(
    chance: np.random.Generator, lean: float, frozen: bool, *, boughs: int = 230, needles: Needles = (NEEDLES_IN, NEEDLES_OUT)
) -> tuple[Points, Points]:
    """A spruce of height 1, its foot at the origin: points and colours. `needles` are theirs within it and at its edge."""
    twigs, dots = 26, 13
    up = 0.035 + 0.955 * np.sort(chance.random(boughs)) ** 0.90
    turn = chance.uniform(0.0, 2.0 * np.pi, boughs)
    reach = girth(up, lean) * chance.uniform(0.62, 1.16, boughs)
    out = np.stack([np.cos(turn), np.sin(turn)], -1)
    side = np.stack([-np.sin(turn), np.cos(turn)], -1)
    t = (np.arange(twigs) + 0.5) / twigs + chance.uniform(-0.02, 0.02, (boughs, twigs))
    slope, sag = (0.30 * up - 0.16)[:, None], (0.42 - 0.30 * up)[:, None]
    height = up[:, None] + reach[:, None] * (slope * t - sag * t * t + 0.20 * t**4)
    hand = np.where(np.arange(twigs) % 2 == 0, -1.0, 1.0) * chance.uniform(0.3, 1.0, (boughs, twigs))
    length = reach[:, None] * (0.42 * (1.0 - t) + 0.07) * chance.uniform(0.6, 1.2, (boughs, twigs))
    hang = length * chance.uniform(0.25, 1.05, (boughs, twigs)) * (1.0 - 0.6 * up[:, None])
    s = (np.arange(dots) + chance.random((boughs, twigs, dots))) / dots
    along = (reach[:, None] * t)[..., None] + 0.35 * length[..., None] * s
    aside = (hand * length)[..., None] * s
    fuzz = 0.0022
    x = out[:, None, None, 0] * along + side[:, None, None, 0] * aside + fuzz * chance.standard_normal(s.shape)
    y = out[:, None, None, 1] * along + side[:, None, None, 1] * aside
    z = height[..., None] - hang[..., None] * s * s + fuzz * chance.standard_normal(s.shape)
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    depth = np.clip(np.hypot(x, y) / girth(np.clip(z, 0.0, 1.0), lean), 0.0, 1.1)
    light = np.clip(0.75 * depth**1.6 - 0.18 * s + 0.25 * chance.random((boughs, twigs, 1)) * depth, 0.0, 1.0).reshape(-1, 1)
    colours = np.array(needles[0]) + light * (np.array(needles[1]) - np.array(needles[0]))
    if frozen:
        lying = (depth > 0.40) & (s < 0.56) & (chance.random((boughs, twigs, 1)) < 0.62)
        colours = np.where(lying.reshape(-1, 1), np.array(SNOW) * (0.62 + 0.38 * light), colours)
    # The last shoot points up out of the boughs.
    lead = np.linspace(0.88, 1.0, 600)
    across = (np.arange(600) * 0.618 % 1.0 - 0.5) * 0.10 * (1.01 - lead)
    leader = np.column_stack([across, np.zeros(600), lead])
    stem_z = np.linspace(0.0, 0.94, 900)
    stem_x = chance.uniform(-1.0, 1.0, 900) * 0.010 * (1.0 - stem_z)
    stem = np.column_stack([stem_x, np.full(900, 0.004), stem_z])
    shade = np.full((900, 1), 0.55) * chance.uniform(0.7, 1.2, (900, 1))
    green = np.broadcast_to(0.45 * np.array(needles[1]), leader.shape)
    return np.concatenate([points, stem, leader]), np.concatenate([colours, shade * np.array(BARK), green])


@lru_cache(maxsize=2)
def _spruce_pictures(frozen: bool) -> list[Floats]:
    """Each spruce for itself, 256 x 512."""
    chance = np.random.Generator(np.random.PCG64(71))
    window = (-HALF_WIDE, HALF_WIDE, -0.02, 1.02)
    return [dab(*spruce_needles(chance, lean, frozen), window, (256, 512), 3) for lean in (0.205, 0.175, 0.225)]


def forest(frozen: bool) -> Pixels:
    """Stands of trees side by side, 256 x 256 each: old ones that tower in their middle, young ones, a wood of all ages, and a
    loose group. Dark at the foot, where they stand close."""
    chance = np.random.Generator(np.random.PCG64(72))
    halves = [_averaged(one) for one in _spruce_pictures(frozen)]
    return cut_out(np.concatenate([_stand(chance, halves, kind, frozen) for kind in STANDS], axis=1))


def _stand(chance: np.random.Generator, trees: list[Floats], kind: tuple[int, float, float], frozen: bool) -> Floats:
    count, least, most = kind
    picture = np.zeros((256, 256, 4), np.float32)
    for index in range(count):
        # Old ones behind, young ones before them, the oldest in the middle, and gaps: no stand is a wall.
        middle = (index * 0.618 + chance.uniform(-0.06, 0.06)) % 1.0
        share = most - (most - least) * (index / max(count - 1, 1)) ** 0.8
        share *= chance.uniform(0.72, 1.0) * (1.0 - 0.45 * abs(2.0 * middle - 1.0) ** 1.5)
        rows, columns = int(256 * share), max(int(128 * share * chance.uniform(1.25, 1.85)), 8)
        down, across = np.arange(rows) * 256 // rows, np.arange(columns) * 128 // columns
        one = trees[index % SPRUCES][down][:, across if index % 2 else across[::-1]].copy()
        # Spruces are dark; larches and birches between them lighter and yellower. Each rises out of the others' shade.
        hue = np.array((1.6, 1.45, 0.9) if index % 4 == 2 and not frozen else (1.0, 1.0, 1.0))
        foot = 0.65 if frozen else 0.25
        light = (foot + (1.8 - foot) * np.linspace(1.0, 0.0, rows)) * (foot + (1.0 - foot) * ((index * 0.382) % 1.0))
        one[..., :3] *= hue * light[:, None, None]
        left = int(np.clip((256 - columns) * middle, 0, 256 - columns))
        under = picture[256 - rows :, left : left + columns]
        under[...] = over(under, one)
    picture[..., :3] *= ((0.45 if frozen else 0.8) + (0.9 if frozen else 3.6) * np.linspace(1.0, 0.0, 256))[:, None, None]
    return picture


def spruce_atlas(frozen: bool) -> Pixels:
    """Spruces side by side, and a column with a bough: 1,024 x 512. Each spruce fills its height and `HALF_WIDE` of it to each
    side; the bough, growing to the right, is seen from above in the upper half, and its hanging twigs from the side below."""
    return cut_out(np.concatenate([*_spruce_pictures(frozen), _bough(frozen)], axis=1))


def _bough(frozen: bool) -> Floats:
    chance = np.random.Generator(np.random.PCG64(73))
    pictures = []
    for hanging in (False, True):
        twigs, dots = 92, 150
        t = np.sort(chance.random(twigs)) * 0.96 + 0.02
        hand = np.where(np.arange(twigs) % 2 == 0, -1.0, 1.0)
        length = (0.46 * (1.0 - t) ** 0.7 + 0.05) * chance.uniform(0.7, 1.08, twigs)
        if hanging:
            hand, length = -np.abs(hand), (0.86 * (1.0 - 0.75 * t)) * chance.uniform(0.3, 1.0, twigs)
        lean = 0.62 if not hanging else 0.10
        s = chance.random((twigs, dots, 1)) ** 0.8
        needle = chance.uniform(-1.0, 1.0, (twigs, dots, 1)) * (0.030 * (1.1 - s))
        reach = np.linspace(0.0, 1.0, 5)[None, None]
        long, tips = length[:, None, None] * s, needle * reach
        x = t[:, None, None] + lean * long + 0.8 * np.abs(tips) + (tips if hanging else 0.0)
        z = hand[:, None, None] * long * (1.0 if hanging else 0.9) + tips * (0.3 if hanging else 1.0)
        light = np.clip(0.25 + 0.55 * s + 0.22 * reach + 0.2 * chance.standard_normal((twigs, 1, 1)), 0.05, 1.0)
        colours = np.array(NEEDLES_IN) + light[..., None] * (np.array(NEEDLES_OUT) - np.array(NEEDLES_IN))
        if frozen:
            lying = (chance.random((twigs, dots, 1)) < (0.30 if hanging else 0.62)) & (reach >= 0.0)
            colours = np.where(lying[..., None], np.array(SNOW) * (0.7 + 0.3 * light[..., None]), colours)
        points = np.stack([x, chance.random(x.shape), z + 0.0 * x], -1).reshape(-1, 3)
        wood_x = np.linspace(0.0, 0.97, 700)
        wood = np.column_stack([wood_x, np.full(700, -1.0), chance.uniform(-1.0, 1.0, 700) * 0.010 * (1.1 - wood_x)])
        window = (0.0, 1.06, -0.53, 0.53) if not hanging else (0.0, 1.06, -1.0, 0.06)
        every = np.concatenate([points, wood]), np.concatenate([colours.reshape(-1, 3), np.tile(np.array(BARK) * 0.5, (700, 1))])
        pictures.append(dab(*every, window, (256, 256), 2))
    return np.concatenate(pictures, axis=0)
