"""The wood of decks: larch boards that have lain in the weather for some years; their tile is `surfaces.DECK_TILE`."""

from __future__ import annotations

import numpy as np

from assets.generators.textures import Field, bytes_of, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Pixels

_WIDE, _LONG = 0.7, 2.0
"""Metres of a tile, across the grain (u) and along it (v): five boards side by side, as wide as a plank of the dock."""
BOARDS = 5
RING = 0.0048
"""Metres of wood that a year adds, as in larch from the Alps."""
KNOTS = (
    (0.038, 0.31, 0.0105), (0.100, 1.47, 0.0070), (0.182, 0.86, 0.0085), (0.352, 1.22, 0.0120), (0.318, 1.90, 0.0060),
    (0.455, 0.55, 0.0075), (0.618, 1.66, 0.0095), (0.655, 0.12, 0.0060),
)  # fmt: skip
"""Metres across and along the tile, and radius, of every knot. Planks that lie side by side in the tile share none."""


def weathered_larch(size: int = 1024, seed: int = 5) -> tuple[Pixels, Pixels, Pixels]:
    """Colour, and half as fine normals and surface of flat-sawn boards: flames in the middle of a board where the saw ran along
    the rings, straight lines at its sides where it crossed them; a few sound knots, fine fibres, a check here and there; grey
    where the rain has washed it and brown where feet have polished it."""
    chance = np.random.Generator(np.random.PCG64(seed))
    v, u = np.mgrid[0:size, 0:size] / size
    fibre = layered(size, (10, 400), seed + 20, 2, 0.7)
    knot, rings, edge, bent = _knots(u, v)
    late = _late(u - bent, v, size, seed) * (1.0 - knot)
    pores = np.clip((layered(size, (40, 900), seed + 30, 1) - 0.78) * 5.0, 0.0, 1.0)
    check = np.zeros_like(u)
    for _ in range(9):
        at, long, wide = chance.random(2), chance.uniform(0.01, 0.04), chance.uniform(0.0004, 0.0009)
        reach = np.clip(1.0 - np.abs(_wrapped(v - at[1])) / long, 0.0, 1.0)
        aside = np.abs(_wrapped(u - bent - at[0] + 0.002 * (fibre - 0.5))) / (wide * np.sqrt(reach) + 1e-6)
        check = np.maximum(check, np.clip(1.5 - aside, 0.0, 1.0) * (reach > 0.0) * (1.0 - knot))
    washed = np.clip((layered(size, (6, 9), seed + 40, 4) - 0.36) * 2.2, 0.0, 1.0)
    blotch = layered(size, (5, 12), seed + 60, 3) - 0.5
    share = 0.66 + 0.30 * (fibre - 0.5) - 0.42 * late + 0.24 * blotch
    brown = ramp(np.clip(share, 0, 1), ((88, 64, 46), (139, 112, 86), (168, 142, 113)))
    grey = ramp(np.clip(share, 0, 1), ((98, 89, 79), (145, 134, 121), (170, 161, 149)))
    colour = brown * (1.0 - washed[..., None]) + grey * washed[..., None]
    colour *= (1.0 - 0.22 * pores)[..., None]
    heart = ramp(np.clip(0.45 + 0.40 * rings + 0.3 * (fibre - 0.5), 0, 1), ((62, 41, 30), (92, 65, 46), (118, 87, 62)))
    colour = colour * (1.0 - knot[..., None]) + heart * knot[..., None]
    colour *= (1.0 - 0.34 * edge)[..., None] * (1.0 - 0.36 * check)[..., None]
    height = 0.22 * late + 0.13 * fibre - 0.12 * pores - 0.25 * check + 0.10 * knot - 0.2 * edge
    rough = np.clip(0.88 + 0.08 * washed - 0.08 * late + 0.06 * fibre - 0.10 * knot, 0.3, 1.0)
    open_ = np.clip(1.0 - 0.40 * check - 0.10 * pores - 0.12 * edge, 0.0, 1.0)
    return bytes_of(colour), normal_map(_halved(height), 0.7), surface(_halved(open_), _halved(rough))


def _late(u: Field, v: Field, size: int, seed: int) -> Field:
    """Late wood, 0 to 1, of boards sawn past the heart of their trunks: each point is as old as it is far from the heart, which
    lies under a board's middle, nearer here and farther there."""
    side = ((u * BOARDS + 0.22 * (layered(size, (3, BOARDS), seed + 3, 2) - 0.5)) % 1.0 - 0.5) * (_WIDE / BOARDS)
    deep = 0.026 + 0.050 * layered(size, (2, BOARDS), seed + 1, 2) + 0.006 * (layered(size, (9, 2 * BOARDS), seed + 2, 2) - 0.5)
    years = np.hypot(side, deep) / RING + 1.6 * layered(size, (2, 22), seed + 5, 2) + 0.25 * layered(size, (16, 60), seed + 6, 2)
    phase = years % 1.0
    clear = 0.35 + 0.65 * np.clip((layered(size, (5, 14), seed + 7, 2) - 0.3) * 2.2, 0.0, 1.0)
    # Slowly darker towards autumn, pale at once in spring.
    return np.asarray(np.clip(np.where(phase < 0.76, phase / 0.76, (1.0 - phase) / 0.24), 0.0, 1.0) ** 1.9 * clear)


def _knots(u: Field, v: Field) -> tuple[Field, Field, Field, Field]:
    """How much of each point is knot, the knots' own rings, their rims, and how far the grain is pushed aside."""
    knot, rings, edge, bent = (np.zeros_like(u) for _ in range(4))
    for x0, y0, wide in KNOTS:
        x, y = _wrapped(u - x0 / _WIDE) * _WIDE, _wrapped(v - y0 / _LONG) * _LONG
        turn = np.arctan2(y, x)
        phase = 40.0 * x0
        far = np.hypot(x, y * 0.6) / wide * (1.0 + 0.07 * np.sin(2.0 * turn + phase) + 0.05 * np.sin(3.0 * turn - 2.0 * phase))
        # As water round a stone: the grain keeps its distance from the knot and closes behind it.
        bent += x / _WIDE / np.maximum(far, 1.0) ** 1.6 * np.exp(-((far / 7.0) ** 2))
        within = np.clip((1.0 - far) * 7.0, 0.0, 1.0)
        knot = np.maximum(knot, within)
        rings = np.maximum(rings, within * (0.5 + 0.5 * np.sin(far * 15.0 + 0.9 * np.sin(2.0 * turn + phase))))
        edge = np.maximum(edge, np.exp(-(((far - 1.0) / 0.13) ** 2)))
    return knot, rings, edge, bent


def _halved(field: Field) -> Field:
    """Half as fine."""
    return np.asarray(0.25 * (field[::2, ::2] + field[1::2, ::2] + field[::2, 1::2] + field[1::2, 1::2]))


def rope(size: int = 64) -> tuple[Pixels, Pixels, Pixels]:
    """Laid hemp rope of three strands: once round it (u) and one strand's turn along it (v) are a tile."""
    v, u = np.mgrid[0:size, 0:size] / size
    strand = (3.0 * u + v * 3.0) % 1.0
    height = np.sqrt(np.clip(1.0 - (2.0 * strand - 1.0) ** 2, 0.0, 1.0))
    yarns = 0.5 + 0.5 * np.sin(2.0 * np.pi * (6.0 * u - 9.0 * v))
    share = np.clip(0.32 + 0.48 * height + 0.14 * yarns, 0.0, 1.0)
    colour = ramp(share, ((92, 75, 53), (158, 135, 100), (196, 176, 140)))
    return bytes_of(colour), normal_map(height + 0.16 * yarns, 1.5), surface(0.50 + 0.50 * height, np.full_like(u, 1.0))


def _wrapped(difference: Field) -> Field:
    """The way between two points of what tiles, -0.5 to 0.5."""
    return np.asarray((difference + 0.5) % 1.0 - 0.5)
