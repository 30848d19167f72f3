"""Boarded floors: vinyl printed and embossed as planks of oak, beech or walnut, each sawn out of a log of its own.

A plank shows the growth rings that the saw cut: cathedrals where it passed beside the pith, straight lines where it ran towards
it. So no two are alike, and the figure is that of wood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.mesh import Pixels
from engine.view.geometry.patterns import Field, Linear, fields, normals, picture

BOARDS = (2.4, 1.8)
"""Metres that the texture covers: two boards of 1.2 m in each of ten rows of 180 mm."""

ROWS, SIDE = 10, 2048
"""Rows of boards, and texels along each side of the texture: 1.2 mm along the grain, 0.9 mm across it."""

_LONG, _DEEP = BOARDS[0] / 2, BOARDS[1] / ROWS
_STAGGER = (0, 316, 691, 162, 529, 870, 384, 742, 95, 583)
"""Texels by which each row is shifted: no joint lies beside another."""


@dataclass(frozen=True, eq=False)
class _Plank:
    """Shade, redness, height and roughness of one board, rows x columns."""

    shade: Field
    hue: float
    relief: Field
    rough: Field


def boards(colour: Linear) -> tuple[Pixels, Pixels, Pixels]:
    """Normals, colours whose mean is `colour`, and the surface map."""
    chance = np.random.Generator(np.random.PCG64(31))
    noises = fields(
        (SIDE, SIDE), ((90.0, 620.0), 32), ((26.0, 210.0), 33), ((2.0, 120.0), 34), ((1.8, 13.0), 35), ((5.0, 15.0), 36)
    )
    tone, red, relief, rough = (np.empty((SIDE, SIDE), np.float32) for _ in range(4))
    shut = np.empty((SIDE, SIDE), np.float32)
    centres = (np.arange(SIDE) + 0.5) * (BOARDS[1] / SIDE)
    half = SIDE // 2
    along = (np.arange(half, dtype=np.float32) + np.float32(0.5)) * np.float32(_LONG / half)
    for row in range(ROWS):
        lines = np.flatnonzero((centres / _DEEP).astype(int) == row)
        across = (centres[lines] - (row + 0.5) * _DEEP).astype(np.float32)[:, None]
        for index in range(2):
            columns = (np.arange(half) + index * half - _STAGGER[row]) % SIDE
            where = np.ix_(lines, columns)
            slid = chance.integers(0, SIDE, 2)
            own = [each[np.ix_((lines + slid[0]) % SIDE, (np.arange(half) + slid[1]) % SIDE)] for each in noises]
            plank = _plank(chance, across, along[None], own)
            edge = np.minimum(_DEEP / 2 - np.abs(across), np.minimum(along, _LONG - along)[None])
            bevel = np.clip(1.0 - edge / 0.0022, 0.0, 1.0)
            tone[where] = plank.shade * (1.0 - 0.62 * np.clip(1.35 - edge / 0.0011, 0.0, 1.0))
            red[where] = plank.hue
            relief[where] = plank.relief - 3.2 * bevel
            rough[where] = plank.rough + 0.15 * bevel
            shut[where] = 1.0 - 0.30 * bevel
    # Darker wood is redder: the pigment of early wood and pores eats blue first.
    light = np.asarray(colour, np.float32) * np.maximum(tone, 0.05)[..., None] ** np.array((0.90, 1.04, 1.24), np.float32)
    light *= 1.0 + red[..., None] * np.array((1.0, 0.0, -1.3), np.float32)
    surface = np.stack([shut, np.clip(rough, 0.18, 0.8), np.zeros_like(rough)], -1)
    return (
        normals(np.ascontiguousarray(relief[::-1]), 0.10),
        picture(light[::-1], colour),
        np.round(surface[::-1] * 255).astype(np.uint8),
    )


def _plank(chance: np.random.Generator, across: Field, along: Field, noises: list[Field]) -> _Plank:
    """A board of a log: `across` (column) and `along` (row) in metres, noises of mean 0 and deviation 1 as large as the board."""
    slow, quick, fibre, pits, rays = noises
    rift = chance.random() < 0.4
    # Where the pith ran: beside the board for straight lines, beneath it for cathedrals; the log tapers, and is never straight.
    aside = chance.choice((-1.0, 1.0)) * chance.uniform(0.13, 0.30) if rift else chance.uniform(-0.05, 0.05)
    below, taper = chance.uniform(0.045, 0.085), chance.choice((-1.0, 1.0)) * chance.uniform(0.012, 0.028)
    depth = below + taper * (along - _LONG / 2) + 0.0045 * slow + 0.0007 * quick
    ring = np.hypot(across - aside + 0.005 * slow, depth) / chance.uniform(0.0040, 0.0062)
    # Good years and lean ones: how wide each ring is, and how strongly it shows.
    years = np.cumsum(np.exp(0.34 * chance.standard_normal(160)))
    grown = np.interp(ring, years * (160.0 / years[-1]), np.arange(160)).astype(np.float32)
    shows = chance.uniform(0.35, 1.0, 161).astype(np.float32)[grown.astype(int)]
    phase = grown - np.floor(grown)
    # Spring's wood is full of wide pores and looks dark; it ends softly in summer's.
    early = np.where(phase < 0.12, phase / 0.12, np.clip(1.0 - (phase - 0.12) / 0.55, 0.0, 1.0) ** 1.5) * shows
    pores = np.clip(pits - 1.15, 0.0, 1.4) * (0.25 + 0.75 * early)
    flakes = np.clip(rays - 1.7, 0.0, 1.0) * (1.0 if rift else 0.15)
    streak = np.exp(-(((across - chance.uniform(-0.09, 0.09) + 0.006 * slow) / chance.uniform(0.006, 0.02)) ** 2))
    tone = np.exp(np.clip(0.100 * chance.standard_normal(), -0.20, 0.15))
    shade = 1.07 - 0.24 * early + 0.040 * fibre - 0.26 * pores + 0.06 * flakes + 0.025 * slow
    shade -= (0.10 if chance.random() < 0.35 else 0.0) * streak
    relief = 0.25 * fibre - 1.1 * pores - 0.35 * early
    rough = 0.27 + 0.06 * early + 0.10 * pores - 0.03 * flakes + float(chance.uniform(-0.02, 0.02)) + 0.008 * quick
    return _Plank(
        np.asarray(tone * shade, np.float32),
        float(chance.normal(0.0, 0.017)),
        np.asarray(relief, np.float32),
        np.asarray(rough, np.float32),
    )
