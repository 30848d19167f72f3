"""The wood of decks: larch boards that have lain in the weather for some years; their tile is `surfaces.DECK_TILE`."""

from __future__ import annotations

import numpy as np

from assets.generators.textures import Field, bytes_of, halved, layered, normal_map, ramp, surface
from engine.view.geometry.mesh import Pixels

_WIDE, _LONG = 0.42, 2.0
"""Metres of a tile, across the grain (u) and along it (v): three boards side by side, as wide as a plank of the dock."""
BOARDS = 3
_TEXELS = (2048, 512)
"""Of its colours, along and across, each about a millimetre square: a deck is seen along its planks' width at a slant, and the
blur that this takes without a GPU's anisotropic filter is as wide along the grain."""
RING = 0.0048
"""Metres of wood that a year adds, as in larch from the Alps."""
KNOTS = (
    (0.038, 0.31, 0.0105), (0.100, 1.47, 0.0070), (0.182, 0.86, 0.0085), (0.352, 1.22, 0.0120), (0.318, 1.90, 0.0060),
    (0.246, 0.35, 0.0075),
)  # fmt: skip
"""Metres across and along the tile, and radius, of every knot. Planks that lie side by side in the tile share none."""
LICHENS = ((0.062, 0.88, 0.0060), (0.205, 1.62, 0.0075), (0.222, 1.58, 0.0040), (0.392, 0.52, 0.0065))
"""The same of what grows on it: grey-green crusts that feet have left in a few places."""


def weathered_larch(seed: int = 5) -> tuple[Pixels, Pixels, Pixels]:
    """Colour, half as fine normals and a quarter as fine surface of flat-sawn boards: flames in the middle of a board where the
    saw ran along the rings, straight lines at its sides where it crossed them; a few sound knots, fine fibres, long checks; grey
    where the rain has washed it and brown where feet have polished it, dark where water stood; specks of mildew, some lichen."""
    v, u = np.mgrid[0 : _TEXELS[0], 0 : _TEXELS[1]] / np.array(_TEXELS)[:, None, None]
    fibre = layered(_TEXELS, (34, 250), seed + 20, 2, 0.7)
    knot, rings, edge, bent = _knots(u, v)
    late = _late(u - bent, v, seed) * (1.0 - knot)
    pores = np.clip((layered(_TEXELS, (72, 330), seed + 30, 1) - 0.78) * 6.0, 0.0, 1.0)
    grit = layered(_TEXELS, (512, 256), seed + 33, 1) - 0.5
    check = _checks(u - bent, v, fibre, seed) * (1.0 - knot)
    washed = np.clip((layered(_TEXELS, (6, 5), seed + 40, 4) - 0.36) * 2.2, 0.0, 1.0)
    damp = np.clip((layered(_TEXELS, (7, 6), seed + 70, 4) - 0.56) * 5.0, 0.0, 1.0)
    mildew = np.clip((layered(_TEXELS, (330, 90), seed + 50, 2, 0.7) - 0.70) * 5.0, 0.0, 1.0)
    mildew *= np.clip((layered(_TEXELS, (9, 6), seed + 55, 3) - 0.55) * 4.0, 0.0, 1.0)
    blotch = layered(_TEXELS, (5, 7), seed + 60, 3) - 0.5
    share = 0.70 + 0.30 * (fibre - 0.5) - 0.56 * late + 0.24 * blotch + 0.07 * grit
    brown = ramp(np.clip(share, 0, 1), ((74, 51, 35), (137, 110, 84), (172, 146, 117)))
    grey = ramp(np.clip(share, 0, 1), ((83, 75, 67), (143, 133, 121), (174, 165, 153)))
    colour = brown * (1.0 - washed[..., None]) + grey * washed[..., None]
    colour *= (1.0 - 0.30 * pores)[..., None]
    heart = ramp(np.clip(0.45 + 0.40 * rings + 0.3 * (fibre - 0.5), 0, 1), ((62, 41, 30), (92, 65, 46), (118, 87, 62)))
    colour = colour * (1.0 - knot[..., None]) + heart * knot[..., None]
    colour *= (1.0 - 0.34 * edge)[..., None] * (1.0 - 0.62 * check)[..., None] * (1.0 - 0.42 * mildew)[..., None]
    colour *= 1.0 - damp[..., None] * np.array((0.17, 0.16, 0.13))
    crust = _crusts(u, v, grit + fibre)
    colour += crust[..., None] * (np.array((158, 163, 143)) * (0.9 + 0.5 * grit[..., None]) - colour)
    height = 0.26 * late + 0.13 * fibre - 0.12 * pores - 0.45 * check + 0.10 * knot - 0.2 * edge + 0.10 * crust
    rough = np.clip(0.88 + 0.08 * washed - 0.08 * late + 0.06 * fibre - 0.10 * knot - 0.17 * damp, 0.3, 1.0)
    open_ = np.clip(1.0 - 0.45 * check - 0.10 * pores - 0.12 * edge, 0.0, 1.0)
    return bytes_of(colour), normal_map(halved(height), 1.0), surface(halved(halved(open_)), halved(halved(rough)))


def _checks(u: Field, v: Field, fibre: Field, seed: int) -> Field:
    """Where the wood has split along its grain as it dried, 0 to 1: hairlines, and a few that would hold a coin's edge."""
    chance = np.random.Generator(np.random.PCG64(seed))
    check = np.zeros_like(u)
    for index in range(16):
        at, long = chance.random(2), chance.uniform(0.012, 0.045)
        wide = chance.uniform(0.0008, 0.0013) * (1.7 if index % 4 == 0 else 1.0)
        away = _wrapped(v - at[1])
        reach = np.clip(1.0 - np.abs(away) / long, 0.0, 1.0)
        aside = np.abs(_wrapped(u - at[0] + 0.004 * (fibre - 0.5) + 0.10 * away)) / (wide * np.sqrt(reach) + 1e-6)
        check = np.maximum(check, np.clip(1.5 - aside, 0.0, 1.0) * (reach > 0.0))
    return check


def _crusts(u: Field, v: Field, ragged: Field) -> Field:
    """Where lichen covers the wood, 0 to 1: rosettes whose middles have died away."""
    cover = np.zeros_like(u)
    for x0, y0, wide in LICHENS:
        far = np.hypot(_wrapped(u - x0 / _WIDE) * _WIDE, _wrapped(v - y0 / _LONG) * _LONG) / wide + 0.7 * (ragged - 0.5)
        cover = np.maximum(cover, np.clip((1.0 - far) * 4.0, 0.0, 1.0) * (0.35 + 0.4 * np.clip(far, 0.0, 1.0)))
    return cover


def _late(u: Field, v: Field, seed: int) -> Field:
    """Late wood, 0 to 1, of boards sawn past the heart of their trunks: each point is as old as it is far from the heart, which
    lies under a board's middle, nearer here and farther there."""
    side = ((u * BOARDS + 0.22 * (layered(_TEXELS, (3, BOARDS), seed + 3, 2) - 0.5)) % 1.0 - 0.5) * (_WIDE / BOARDS)
    near = 0.050 * layered(_TEXELS, (2, BOARDS), seed + 1, 2) + 0.006 * (layered(_TEXELS, (9, 2 * BOARDS), seed + 2, 2) - 0.5)
    years = np.hypot(side, 0.026 + near) / RING + 1.6 * layered(_TEXELS, (2, 13), seed + 5, 2)
    phase = (years + 0.25 * layered(_TEXELS, (16, 36), seed + 6, 2)) % 1.0
    clear = 0.35 + 0.65 * np.clip((layered(_TEXELS, (5, 8), seed + 7, 2) - 0.3) * 2.2, 0.0, 1.0)
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


def rope(size: int = 128) -> tuple[Pixels, Pixels, Pixels]:
    """Laid hemp rope of three strands: once round it (u) and one strand's turn along it (v) are a tile. Colour, and half as fine
    normals and surface: yarns across the strands, fibres in the yarns, dirt where strands meet, a few bleached ends."""
    v, u = np.mgrid[0:size, 0:size] / size
    strand = (3.0 * u + v * 3.0) % 1.0
    height = np.sqrt(np.clip(1.0 - (2.0 * strand - 1.0) ** 2, 0.0, 1.0))
    yarns = 0.5 + 0.5 * np.sin(2.0 * np.pi * (6.0 * u - 9.0 * v))
    row, column = np.mgrid[0:size, 0:size]
    fibres = layered(size, (8, 90), 71, 2, 0.7)[row, (column + 2 * row) % size]
    share = np.clip(0.24 + 0.50 * height + 0.20 * yarns + 0.42 * (fibres - 0.5), 0.0, 1.0)
    colour = ramp(share, ((70, 55, 38), (150, 126, 92), (208, 189, 153)))
    relief = halved(height + 0.22 * yarns + 0.20 * fibres)
    return bytes_of(colour), normal_map(relief, 1.6), surface(halved(0.42 + 0.58 * height), np.ones_like(relief))


def _wrapped(difference: Field) -> Field:
    """The way between two points of what tiles, -0.5 to 0.5."""
    return np.asarray((difference + 0.5) % 1.0 - 0.5)
