"""A ceiling of tiles in a grid of T-bars, laid out round the lamps that are let into it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from engine.view.geometry.finishes import trim_paint
from engine.view.geometry.mesh import HERE, Part
from engine.view.geometry.surfaces import make_mesh

TILE = 0.6
"""Metres of a tile and of the grid it lies in (EN 13964:2014, modular suspended ceilings)."""

BAR_WIDTH, BAR_HEIGHT = 0.024, 0.004
"""Metres of a T-bar that one sees: 24 mm is the usual flange (EN 13964 type T24); it hangs this far below the tiles."""

SLIVER = 0.04
"""Metres: a cut tile narrower than this is left out, and its neighbour made wider."""


def lines(low: float, high: float, lamps: Sequence[tuple[float, float]]) -> list[float]:
    """Where bars run along one axis, both walls included, in metres.

    Lamps take the place of tiles. Between two of them tiles are as near to 600 mm as fit a whole number; from the outermost to
    the wall they are whole, and the last is cut, as ceilings are laid.
    """
    spans = _merged(lamps)
    if not spans:
        count = int((high - low) / TILE)
        rest = (high - low - count * TILE) / 2
        inner = [low + rest + TILE * index for index in range(count + 1)]
        return _without_slivers([low, *inner, high])
    found = [low, high]
    for (_, end), (begin, _) in pairwise(spans):
        count = max(1, round((begin - end) / TILE))
        found += [end + (begin - end) * index / count for index in range(count + 1)]
    first, last = spans[0][0], spans[-1][1]
    found += [first - TILE * index for index in range(int((first - low) / TILE) + 1)]
    found += [last + TILE * index for index in range(int((high - last) / TILE) + 1)]
    found += [edge for span in spans for edge in span]
    return _without_slivers(sorted(found))


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans in order, those that overlap taken together if they are the same, as the rows of a grid of lamps are."""
    found: list[tuple[float, float]] = []
    for span in sorted(spans):
        if not found or span[0] > found[-1][1] - 1e-6:
            found.append(span)
    return found


def _without_slivers(edges: Sequence[float]) -> list[float]:
    """No two lines nearer than a sliver: the walls stay, then whoever came first."""
    kept = [edges[0]]
    for edge in edges[1:-1]:
        if edge - kept[-1] > SLIVER and edges[-1] - edge > SLIVER:
            kept.append(edge)
    return [*kept, edges[-1]]


def bars(
    across: Sequence[float], along: Sequence[float], height: float, lamps: Sequence[tuple[float, float, float, float]]
) -> list[Part]:
    """T-bars on lines x = `across` and y = `along`, with an angle along the walls; none across a lamp.

    Bars along y run through; those along x run between them.
    """
    half = BAR_WIDTH / 2
    boxes: list[tuple[float, float, float, float]] = []
    for index, x in enumerate(across):
        x0, x1 = (x, x + half) if index == 0 else (x - half, x) if index == len(across) - 1 else (x - half, x + half)
        crossed = [(b, d) for a, b, c, d in lamps if a + 1e-6 < x < c - 1e-6]
        boxes += [(x0, y0, x1, y1) for y0, y1 in _beside(along[0], along[-1], crossed)]
    for index, y in enumerate(along):
        y0, y1 = (y, y + half) if index == 0 else (y - half, y) if index == len(along) - 1 else (y - half, y + half)
        for a, b in pairwise(across):
            middle = (a + b) / 2
            if not any(x0 < middle < x1 and z0 + 1e-6 < y < z1 - 1e-6 for x0, z0, x1, z1 in lamps):
                boxes.append((a + half, y0, b - half, y1))
    points: list[tuple[float, float, float]] = []
    faces: list[tuple[int, int, int]] = []
    normals: list[tuple[float, float, float]] = []
    for x0, y0, x1, y1 in boxes:
        low, high = height - BAR_HEIGHT, height + 0.002
        for quad, normal in (
            (((x0, y1, low), (x1, y1, low), (x1, y0, low), (x0, y0, low)), (0, 0, -1)),
            (((x0, y0, low), (x1, y0, low), (x1, y0, high), (x0, y0, high)), (0, -1, 0)),
            (((x1, y1, low), (x0, y1, low), (x0, y1, high), (x1, y1, high)), (0, 1, 0)),
            (((x0, y1, low), (x0, y0, low), (x0, y0, high), (x0, y1, high)), (-1, 0, 0)),
            (((x1, y0, low), (x1, y1, low), (x1, y1, high), (x1, y0, high)), (1, 0, 0)),
        ):
            first = len(points)
            points += quad
            normals += [normal] * 4
            faces += [(first, first + 1, first + 2), (first, first + 2, first + 3)]
    mesh = make_mesh(trim_paint(), np.array(points), np.array(faces), normals=np.array(normals, np.float64))
    return [Part("bars", mesh, HERE, casts=False)]


def _beside(low: float, high: float, gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is left of a span without some gaps."""
    found, start = [], low
    for begin, end in sorted(gaps):
        if begin - start > 1e-6:
            found.append((start, begin))
        start = max(start, end)
    return [*found, (start, high)] if high - start > 1e-6 else found
