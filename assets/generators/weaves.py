"""The cloths that cover a patient, drawn on pictures of them: a cellular blanket with bound edges, and an ironed cotton sheet.

A cellular blanket is woven in cells of some millimetres between ribs, which hold air (BS 5866-4 calls it leno or cellular weave);
hospitals use it for it is light, warm and survives boiling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assets.generators.folds import noise
from assets.generators.textures import Field, layered, softened


@dataclass(frozen=True, eq=False)
class Weave:
    """A cloth over the texels of its picture: height in metres, colour in sRGB 0-255, roughness 0-1."""

    height: Field
    colour: Field
    rough: Field


CELL = 0.0135
"""Metres from cell to cell."""
_NAP = (0.0105, 0.026)
"""How wide the clouds of its nap are, metres."""
_BLUE = np.array((126.0, 162.0, 181.0))
_SATIN = np.array((170.0, 197.0, 211.0))


def cellular(threads: tuple[Field, Field], edge: Field, hem: float, folded: Field) -> Weave:
    """A cellular blanket, often washed; `threads` is where each texel lies along its weft and its warp, metres of thread: where
    it lies steep its picture is drawn out, and its weave must not be. `edge` is how far each texel is from its sides' edges,
    metres, which are bound `hem` wide in satin; `folded` is how high creases and folds finer than its triangles stand, metres.

    Its cells wander a little and its nap is of many tones, so that nothing beats with the picture's own lines; what is too fine
    for its texels is left out. What one sees from afar are soft clouds where it is worn and felted, and its folds: their hollows
    are darker, their backs worn paler.
    """
    size = (edge.shape[0], edge.shape[1])
    rows = np.indices(size)[0]
    wide = np.maximum(np.abs(np.gradient(threads[0], axis=1)), np.abs(np.gradient(threads[1], axis=0)))
    wander = [1.6 * (layered(size, (9, 9), seed, 3) - 0.5) for seed in (301, 311)]
    waves = [np.cos(2.0 * np.pi * (each / CELL + off)) for each, off in zip(threads, wander, strict=True)]
    worn = layered(size, (7, 7), 321, 4)
    yarn = 0.5 * sum(_shown(far, wide) * _nap(threads, far, 331 + index) for index, far in enumerate(_NAP))
    clear = np.clip(1.3 - 1.4 * worn, 0.15, 1.0) * _shown(CELL, wide)  # felted patches hide their cells
    band = np.clip((hem - edge) / 0.0030, 0.0, 1.0)
    height = (1.0 - band) * (0.00013 * clear * (waves[0] + waves[1]) + 0.00034 * yarn)
    # The binding is folded round the edge and sewn through twice: it swells between its seams, and is rolled where it ends.
    across = np.clip((hem - edge) / hem, 0.0, 1.0)
    seams = sum(np.exp(-(((edge - at) / 0.0024) ** 2)) for at in (hem - 0.006, hem - 0.012))
    stitch = seams * (0.6 + 0.4 * np.cos(2.0 * np.pi * rows / 4.0))
    height = height + band * (0.0034 + 0.0016 * np.sin(np.pi * across)) - 0.0018 * band * stitch
    height = height - 0.0050 * np.clip(1.0 - edge / 0.006, 0.0, 1.0) ** 2 + folded
    broad = [softened(np.pad(folded, 24, mode="edge"), reach)[24:-24, 24:-24] - folded for reach in (3, 8)]
    hollow = np.clip(broad[0] / 0.0022 + broad[1] / 0.0050, -0.9, 1.2)
    tone = 1.0 + (1.0 - band) * (0.12 * (worn - 0.5) + 0.062 * yarn + 0.010 * clear * (waves[0] + waves[1]))
    tone = tone * (1.0 - 0.10 * band * stitch) * (1.0 - np.where(hollow > 0.0, 0.19, 0.06) * hollow)
    tone = tone * (1.0 - 0.34 * np.exp(-(((edge - hem - 0.002) / 0.0030) ** 2)))
    colour = (1.0 - band[..., None]) * _BLUE * 1.02 + band[..., None] * _SATIN
    return Weave(height, tone[..., None] * colour, np.clip(1.0 - 0.36 * band, 0.0, 1.0))


def _shown(far: float, wide: Field) -> Field:
    """How much of what repeats in so many metres texels so wide can hold, 0-1."""
    return np.clip((far / np.maximum(wide, 1e-6) - 2.2) / 1.3, 0.0, 1.0)


def _nap(threads: tuple[Field, Field], far: float, seed: int, knots: int = 64) -> Field:
    """Soft unrest, -0.5 to 0.5, as wide along one thread as along the other."""
    table = np.random.Generator(np.random.PCG64(seed)).random((knots, knots)) - 0.5
    across, along = (each / far for each in threads)
    j, i = np.floor(across).astype(int), np.floor(along).astype(int)
    u, v = across - j, along - i
    u, v = u * u * (3.0 - 2.0 * u), v * v * (3.0 - 2.0 * v)
    top = table[i % knots, j % knots] * (1 - u) + table[i % knots, (j + 1) % knots] * u
    low = table[(i + 1) % knots, j % knots] * (1 - u) + table[(i + 1) % knots, (j + 1) % knots] * u
    return np.asarray(top * (1 - v) + low * v)


_PRESSED = (-0.225, 0.0, 0.225)
"""Where it was folded lengthwise when it was ironed, metres from its middle; its halves stand up along these lines."""
_LAID = 0.128
"""Where it was folded across, metres from the blanket's edge on."""


def ironed(across: Field, along: Field, drawn: Field) -> Weave:
    """A cotton sheet over places across and along it, metres: fold lines from ironing, and wrinkles `drawn` so high in it."""
    sway = 0.0015 * noise(across, along, 1.0)
    lines = [(across - at + sway, 1.0) for at in _PRESSED] + [(along - _LAID + sway, 0.8)]
    height = np.zeros_like(across)
    for off, much in lines:
        height = height + 0.0022 * much * np.exp(-np.abs(off) / 0.0040) - 0.0005 * much * np.exp(-((off / 0.016) ** 2))
    height = height + drawn
    hollow = np.clip((softened(np.pad(height, 7, mode="edge"), 7)[7:-7, 7:-7] - height) / 0.0022, -0.35, 1.0)
    tone = (0.975 - 0.21 * hollow)[..., None]
    return Weave(height, tone * np.array((236.0, 236.0, 234.0)), np.full(height.shape, 0.93))
