"""Pictures of a garden's plants in the sun: leaves grown in three dimensions, each as light as sun and sky reach it through the
others, then dabbed on, the far ones first.

Pictures are linear RGBA, top row first. A plant is seen along +y; `SUN` is where the light comes from in those axes. Colours are
light, of that which a white surface lying in the sun gives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.leafage import Points, Window, dab, over
from engine.view.geometry.mesh import Floats, Pixels
from engine.view.geometry.noise import smoothstep
from engine.view.srgb import encode

SUN = np.array((-0.835, -0.148, 0.530))
"""Towards the sun, 32 degrees up: from the left, whichever side of a house one looks out of, and hardly from before or behind."""

SUNLIGHT, SKYLIGHT = np.array((0.85, 0.75, 0.60)), np.array((0.225, 0.275, 0.345))
"""What the sun and the sky give to a surface that turns to them, of `white`."""

COARSE = 4
"""Texels to each side of a square within which holes are closed."""

SEEN_THROUGH = 0.64
"""How far down a tree's picture its crown is closed."""

FLUTTER = 0.34
"""How much a leaf's own lie sways its light against that of the lobe it belongs to."""

LOBES = 7
"""Lobes of leaves at the end of a tree's bough."""

Colour = tuple[float, float, float]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Leaves:
    """Foliage: what its leaves send back, what comes through them, how much of its light each takes from those behind it, how far
    apart they stand in a spray, of the size of its lobe, and what the bark sends back."""

    back: Colour
    through: Colour
    dense: float = 0.70
    loose: float = 0.17
    bark: Colour = (0.150, 0.124, 0.100)


LIME = Leaves((0.098, 0.142, 0.050), (0.084, 0.112, 0.020))
OAK = Leaves((0.086, 0.130, 0.045), (0.080, 0.105, 0.016), 0.80)
BIRCH = Leaves((0.096, 0.132, 0.060), (0.076, 0.100, 0.026), 0.42, 0.30, (0.360, 0.345, 0.315))
COPPER = Leaves((0.100, 0.052, 0.056), (0.112, 0.034, 0.036), 0.85)
YEW = Leaves((0.050, 0.088, 0.036), (0.026, 0.040, 0.010), 0.9)
BOX = Leaves((0.098, 0.138, 0.062), (0.070, 0.090, 0.020), 0.8)
TREES = ((LIME, 0.92, 8), (BIRCH, 0.56, 3), (COPPER, 0.86, 11))
"""Leaves, width for height, and the seed of its boughs."""


def reached(points: Points, way: Points, cell: float, weight: float) -> Points:
    """How much light gets to each point along `way` (towards the light) past the others, 0-1: Beer's law over cells of a grid.

    `weight` is how much of the light through a cell one point in it takes.
    """
    side = np.cross(way, (0.0, 0.0, 1.0) if abs(way[2]) < 0.9 else (1.0, 0.0, 0.0))
    side /= np.linalg.norm(side)
    local = points @ np.stack([side, np.cross(way, side), way], 1)
    at = np.floor((local - local.min(0)) / cell).astype(np.int64)
    count = at.max(0) + 1
    flat = (at[:, 0] * count[1] + at[:, 1]) * count[2] + at[:, 2]
    filled = np.bincount(flat, minlength=int(count.prod())).reshape(count).astype(np.float64) * weight
    before = np.cumsum(filled[..., ::-1], axis=-1)[..., ::-1] - 0.5 * filled
    return np.asarray(np.exp(-before).ravel()[flat])


def blurred(picture: Floats) -> Floats:
    """A picture averaged over squares of three texels, twice; what lies outside is like its rim."""
    for _ in range(2):
        for axis in (0, 1):
            wide = [(0, 0)] * picture.ndim
            wide[axis] = (1, 1)
            padded = np.pad(picture, wide, mode="edge")
            rest = padded.shape[axis]
            low, middle, high = (np.moveaxis(padded, axis, 0)[start : rest - 2 + start] for start in range(3))
            picture = np.moveaxis((low + middle + high) * np.float32(1 / 3), 0, axis)
    return np.ascontiguousarray(picture)


def _spread(picture: Floats) -> Floats:
    """A linear RGBA picture, its colours weighed by its alpha, averaged over squares of `COARSE`, then blurred."""
    rows, columns = picture.shape[:2]
    weighed = np.concatenate([picture[..., :3] * picture[..., 3:], picture[..., 3:]], -1)
    return blurred(weighed.reshape(rows // COARSE, COARSE, columns // COARSE, COARSE, 4).mean((1, 3), dtype=np.float32))


def _finer(picture: Floats, axis: int) -> Floats:
    """`COARSE` times as many texels along an axis, mixed from the two that each lies between."""
    count = picture.shape[axis]
    at = np.clip((np.arange(count * COARSE) + 0.5) / COARSE - 0.5, 0.0, count - 1.001)
    low = at.astype(np.int64)
    shape = [1] * picture.ndim
    shape[axis] = -1
    share = (at - low).astype(np.float32).reshape(shape)
    return np.asarray(np.take(picture, low, axis) * (1 - share) + np.take(picture, np.minimum(low + 1, count - 1), axis) * share)


def closed(picture: Floats, least: float = 0.42) -> Floats:
    """Without pinholes: where most of what lies round a hole is leaves, more leaves show behind it, in the shade of the first."""
    spread = _spread(picture)
    share = np.clip(spread[..., 3:], 0.0, 1.0)
    behind = np.concatenate([spread[..., :3] / np.maximum(share, 1e-4) * 0.62, smoothstep(least, least + 0.22, share)], -1)
    return over(_finer(_finer(behind.astype(np.float32), 0), 1), picture)


def _reached_from(start: Mask, ground: Mask) -> Mask:
    """Where one gets from `start` over `ground`, by steps to the four sides."""
    found = start & ground
    while True:
        wider = found.copy()
        wider[1:] |= found[:-1]
        wider[:-1] |= found[1:]
        wider[:, 1:] |= found[:, :-1]
        wider[:, :-1] |= found[:, 1:]
        wider &= ground
        if bool((wider == found).all()):
            return found
        found = wider


def attached(picture: Floats) -> Floats:
    """A plant without leaves that hang in the air beside it, nor holes, through which the sky looks like a pale chip on it."""
    rows, columns = picture.shape[:2]
    coarse = picture[..., 3].reshape(rows // COARSE, COARSE, columns // COARSE, COARSE).mean((1, 3))
    leaves = coarse > 0.30
    foot = np.zeros_like(leaves)
    foot[-1] = True
    held = _reached_from(foot, leaves)
    rim = np.ones_like(leaves)
    rim[1:-1, 1:-1] = False
    shut = ~_reached_from(rim, ~held) & ~leaves
    shut[int(SEEN_THROUGH * len(shut)) :] = False  # between stem and boughs there is air
    near = _finer(_finer((blurred(held[..., None].astype(np.float32)) > 0.2).astype(np.float32), 0), 1)
    kept = picture.copy()
    kept[..., 3] *= smoothstep(0.3, 0.6, near[..., 0])
    # The crown's far side, in its own shade, shows through a hole.
    far = closed(picture[:, ::-1], 0.05)
    within = smoothstep(0.04, 0.25, _finer(_finer(blurred(shut[..., None].astype(np.float32)), 0), 1)) * far[..., 3:]
    return over(np.concatenate([0.40 * far[..., :3], within], -1).astype(np.float32), kept)


def softened(picture: Floats) -> Floats:
    """As seen by an eye that rests on something nearer: edges mix with what is behind them; holes have the mean colour."""
    spread = blurred(np.concatenate([picture[..., :3] * picture[..., 3:], picture[..., 3:]], -1))
    alpha = np.clip(spread[..., 3:], 0.0, 1.0)
    mean = spread[..., :3].sum((0, 1)) / max(float(alpha.sum()), 1e-6)
    colour = np.where(alpha > 0.01, spread[..., :3] / np.maximum(alpha, 1e-4), mean)
    return np.concatenate([colour, alpha], -1).astype(np.float32)


def texels(picture: Floats) -> Pixels:
    """Linear RGBA as sRGB texels."""
    table = np.round(np.clip(encode(np.linspace(0.0, 1.0, 4096) ** 2), 0.0, 1.0) * 255).astype(np.uint8)
    made = table[(np.sqrt(np.clip(picture, 0.0, 1.0)) * 4095.0).astype(np.int16)]
    made[..., 3] = np.round(np.clip(picture[..., 3], 0.0, 1.0) * 255.0)
    return np.asarray(made)


def crown(
    chance: np.random.Generator, lobes: Points, sizes: Points, leaves: Leaves, *, size: tuple[int, int],
    window: Window = (0.0, 1.0, 0.0, 1.0), sprays: int = 92, each: int = 84, dot: int = 3, loose: float = 0.088,
    wood: tuple[Points, Points] | None = None,
) -> Floats:  # fmt: skip
    """Leaves in sprays, so `loose` for a lobe's size, all through lobes: balls of `sizes` round the points `lobes`."""
    count = len(lobes)
    away = chance.standard_normal((count, sprays, 3))
    away /= np.linalg.norm(away, axis=-1, keepdims=True)
    deep = chance.random((count, sprays, 1)) ** 0.40 * (1.0 + 0.10 * chance.standard_normal((count, sprays, 1)))
    middles = lobes[:, None] + away * deep * sizes[:, None, None] * np.array((1.0, 1.0, 0.84))
    spread = chance.standard_normal((count, sprays, each, 3)) * (loose * sizes[:, None, None, None]) * np.array((1.0, 1.0, 0.66))
    points = (middles[:, :, None] + spread).reshape(-1, 3)
    cell = 0.020 * (window[3] - window[2])
    weight = leaves.dense * (0.5 * dot / size[0] * (window[1] - window[0]) / cell) ** 2
    sun, sky = (reached(points, way, cell, 1.5 * weight) for way in (SUN, np.array((0.0, -0.45, 0.893))))
    outward = (points - np.repeat(lobes, sprays * each, axis=0)) / np.repeat(sizes, sprays * each)[:, None]
    # Leaves lie every way, those at the edge of a bough more along it.
    facing = 0.5 + 0.5 * np.clip(outward @ SUN + FLUTTER * chance.standard_normal(len(points)), -1.0, 1.0)
    tone = chance.uniform(0.70, 1.30, (count, sprays, 1)) * chance.uniform(0.86, 1.12, (count, sprays, each))
    hue = 1.0 + 0.09 * chance.standard_normal((count, sprays, 1, 1)) * np.array((1.0, 0.35, 0.2))
    lit = sun[:, None] * (facing[:, None] * np.array(leaves.back) + (1.0 - facing[:, None]) * np.array(leaves.through)) * SUNLIGHT
    shade = (0.22 + 0.78 * sky[:, None]) * np.array(leaves.back) * SKYLIGHT
    colours = (1.18 * lit + 0.62 * shade) * tone.reshape(-1, 1) * np.broadcast_to(hue, (count, sprays, each, 3)).reshape(-1, 3)
    picture = dab(points, np.clip(colours, 0.0, 1.0), window, size, dot)
    if wood is not None:
        picture = over(dab(*wood, window, size, 4), picture)
    return closed(picture)


def tree(chance: np.random.Generator, leaves: Leaves, wide: float) -> Floats:
    """A tree in its crown, 512 x 512: width and height are 1. Each bough ends in a clump of lobes of leaves, with dark between it
    and the next; what no bough holds is left out."""
    count = 17
    up = 0.31 + 0.55 * (np.arange(count) + 0.5) / count
    # The crown's outline: widest below its middle, round above.
    edge = np.sqrt(np.clip(1.0 - ((up - 0.46) / 0.47) ** 2, 0.05, 1.0))
    turn = 2.399963 * np.arange(count) + chance.uniform(-0.4, 0.4, count)
    out = wide * 0.30 * edge * chance.uniform(0.75, 1.05, count)
    boughs = np.column_stack([0.5 + out * np.cos(turn), out * np.sin(turn), up])
    sizes = (0.105 + 0.06 * edge * chance.uniform(0.7, 1.2, count)) * (0.5 + 0.5 * wide)
    # Lobes lie on the side of a bough that sees the light: outwards and above.
    away = chance.standard_normal((count, LOBES, 3)) + (boughs - (0.5, 0.0, 0.42))[:, None] * (4.0, 4.0, 3.0)
    away /= np.linalg.norm(away, axis=-1, keepdims=True)
    lobes = (boughs[:, None] + 0.72 * sizes[:, None, None] * away * (1.0, 1.0, 0.72)).reshape(-1, 3)
    within = np.array(((0.5, 0.05, 0.5), (0.5, 0.0, 0.66)))
    small = np.repeat(sizes, LOBES) * chance.uniform(0.46, 0.70, count * LOBES)
    lobes = np.concatenate([lobes, 0.5 * (boughs + np.array((0.5, 0.06, 0.5))), within])
    small = np.concatenate([small, 0.75 * sizes, (0.20 * wide, 0.17 * wide)])
    wood = _boughs(chance, boughs, leaves.bark)
    return attached(crown(chance, lobes, small, leaves, size=(512, 512), sprays=26, each=46, loose=leaves.loose, wood=wood))


def _boughs(chance: np.random.Generator, ends: Points, bark: Colour) -> tuple[Points, Points]:
    """A stem, and boughs from it to some of the clumps."""
    t = np.linspace(0.0, 1.0, 260)[:, None]
    stem = np.column_stack([0.5 + 0.012 * np.sin(5.0 * t[:, 0]), np.zeros(260), 0.66 * t[:, 0]])
    girth = 0.021 * (1.15 - t[:, 0]) + 0.012 * np.exp(-t[:, 0] * 26.0)
    across = np.linspace(-1.0, 1.0, 15)
    offset = np.stack([across * girth[:, None], np.full((260, 15), -0.01), np.zeros((260, 15))], -1)
    points = stem[:, None] + offset
    round_ = (0.50 - 0.32 * across)[None, :, None] * chance.uniform(0.75, 1.1, (260, 15, 1))
    boughs = ends[:: max(1, len(ends) // 26)]
    start = np.column_stack([np.full(len(boughs), 0.5), np.zeros(len(boughs)), np.clip(boughs[:, 2] - 0.22, 0.14, 0.6)])
    s = np.linspace(0.0, 1.0, 120)[None, :, None]
    line = start[:, None] + (boughs - start)[:, None] * s + np.array((0.0, 0.0, 0.05)) * s * (1.0 - s)
    thick = (0.007 * (1.1 - s)) * np.linspace(-1.0, 1.0, 5)[None, None]
    lines = line[:, :, None] + thick[..., None] * np.array((0.5, 0.0, 1.0))
    every = np.concatenate([points.reshape(-1, 3), lines.reshape(-1, 3)])
    shade = np.concatenate([round_.reshape(-1, 1), np.full((lines.size // 3, 1), 0.30)])
    return every, shade * np.array(bark)


def shrub(chance: np.random.Generator, leaves: Leaves) -> Floats:
    """A rounded shrub, 256 x 256."""
    turn, out = chance.uniform(0.0, 2.0 * np.pi, 13), 0.27 * np.sqrt(chance.random(13))
    up = 0.14 + 0.50 * chance.random(13) * np.sqrt(np.clip(1.0 - (out / 0.36) ** 2, 0.0, 1.0))
    lobes = np.column_stack([0.5 + out * np.cos(turn), out * np.sin(turn), up])
    return crown(chance, lobes, chance.uniform(0.13, 0.20, 13), leaves, size=(256, 256), sprays=90, each=40)


def flowers(chance: np.random.Generator, colour: Colour) -> Floats:
    """A clump of perennials in flower, 256 x 256: stems and leaves, and heads above."""
    stems = 110
    foot, lean = chance.normal(0.5, 0.10, stems), chance.normal(0.0, 0.20, stems)
    tall = chance.uniform(0.40, 0.92, stems) * (1.0 - 0.8 * np.abs(lean))
    s = chance.random((stems, 150, 1))
    x = foot[:, None, None] + lean[:, None, None] * s * s + chance.normal(0.0, 0.026, s.shape)
    z = tall[:, None, None] * s * 0.9 + 0.0 * x
    depth = chance.uniform(-1.0, 1.0, (stems, 1, 1)) + 0.0 * s
    light = (0.18 + 0.82 * s * s) * chance.uniform(0.5, 1.15, (stems, 1, 1)) * chance.uniform(0.7, 1.2, s.shape)
    green = light * np.array((0.095, 0.138, 0.052))
    points, colours = np.concatenate([x, depth, z], -1).reshape(-1, 3), green.reshape(-1, 3)
    heads = np.column_stack([foot + lean, depth[:, 0, 0] - 0.05, tall * 0.92])
    petals = heads[:, None] + chance.normal(0.0, 1.0, (stems, 30, 3)) * np.array((0.017, 0.01, 0.022))
    shade = chance.uniform(0.35, 1.0, (stems, 30, 1)) * np.array(colour)
    every = np.concatenate([points, petals.reshape(-1, 3)]), np.concatenate([colours, shade.reshape(-1, 3)])
    return closed(dab(*every, (0.0, 1.0, 0.0, 1.0), (256, 256), 3), 0.5)


def spires(chance: np.random.Generator, colour: Colour) -> Floats:
    """Foxgloves or larkspur, 256 x 256: leaves low down, and few tall stems set with flowers, the lowest the widest open."""
    stems = 17
    foot, lean = chance.normal(0.5, 0.13, stems), chance.normal(0.0, 0.07, stems)
    tall = chance.uniform(0.56, 0.86, stems)
    depth = chance.uniform(-1.0, 1.0, (stems, 1, 1))
    s = chance.random((stems, 90, 1))
    root, aslant, high = (each[:, None, None] for each in (foot, lean, tall))
    x = root + aslant * s + chance.normal(0.0, 0.005, s.shape)
    stalks = np.concatenate([x, depth + 0.0 * s, high * s], -1).reshape(-1, 3)
    leaf = chance.random((stems, 420, 1))
    wide = 0.060 * (1.1 - leaf) * chance.normal(0.0, 1.0, leaf.shape)
    leaves = np.concatenate([root + aslant * leaf + wide, depth + 0.0 * leaf, 0.42 * leaf * high], -1).reshape(-1, 3)
    light = 0.25 + 0.75 * np.concatenate([s.reshape(-1), 0.7 * leaf.reshape(-1)]) * chance.uniform(0.6, 1.1, stems * 510)
    green = light[:, None] * np.array((0.095, 0.142, 0.052))
    up = chance.random((stems, 330, 1))
    out = 0.034 * (1.05 - 0.85 * up) * chance.normal(0.0, 1.0, up.shape)
    at = (root + aslant * (0.4 + 0.6 * up) + out, depth - 0.05 + 0.0 * up, high * (0.40 + 0.58 * up))
    bells = np.concatenate(at, -1).reshape(-1, 3)
    # The sun is at the left.
    shade = np.clip(0.62 - 12.0 * out + 0.25 * chance.standard_normal(up.shape), 0.22, 1.0).reshape(-1, 1) * np.array(colour)
    points = np.concatenate([stalks, leaves, bells])
    return closed(dab(points, np.concatenate([green, shade]), (0.0, 1.0, 0.0, 1.0), (256, 256), 3), 0.5)


def wood_edge(chance: np.random.Generator) -> Floats:
    """The edge of a wood far off, 1,024 x 256, 4 wide and 1 high."""
    trees, clumps = 44, 6
    x, tall = np.sort(chance.uniform(0.16, 3.84, trees)), chance.uniform(0.55, 0.84, trees)
    wide = chance.uniform(0.10, 0.18, trees)
    up = (np.arange(clumps) + chance.random((trees, clumps))) / clumps
    out = wide[:, None] * np.sqrt(np.clip(1.0 - (2.0 * up - 0.75) ** 2, 0.05, 1.0)) * chance.uniform(-1.0, 1.0, (trees, clumps))
    depth = np.repeat(chance.uniform(0.0, 0.6, (trees, 1)), clumps, 1)
    middles = np.stack([x[:, None] + out, depth, tall[:, None] * (0.02 + 0.86 * up)], -1).reshape(-1, 3)
    radius = chance.uniform(0.085, 0.14, trees * clumps)
    picture = crown(chance, middles, radius, OAK, size=(1024, 256), window=(0.0, 4.0, 0.0, 1.0), sprays=30, each=40)
    # Under its crest there are trees behind trees.
    under = smoothstep(2.0, 9.0, np.cumsum(picture[..., 3], axis=0))
    mean = (picture[..., :3] * picture[..., 3:]).sum((0, 1)) / picture[..., 3].sum()
    behind = np.concatenate([np.broadcast_to(0.6 * mean, picture[..., :3].shape), under[..., None]], -1)
    return over(behind.astype(np.float32), picture)
