"""Padding with a cover: its cloth, seams that pull it in, double rows of stitches, piping round its edge."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

from assets.generators.forms import rounded
from assets.generators.shapes import Array, Shape, join, shape, tube
from assets.generators.surfaces import Colour
from assets.generators.textures import Field, bytes_of, layered, normal_map, surface
from engine.view.geometry.mesh import Material

CLOTH_TILE = (0.096, 0.096)
"""Metres that one repeat of the cloth covers."""
THREAD = (1.75, 1.75, 1.6)
"""Tint of the sewing thread, lighter than the cloth."""
STITCH, PITCH = 0.0052, 0.0072
"""Length of a stitch, and from one to the next, metres."""
VALLEY = 0.006
"""Half the width of the valley along a seam, metres."""

Bend = Callable[[Array], Array]


@cache
def cloth(name: str, colour: Colour, size: int = 256, seed: int = 67) -> Material:
    """Coated cloth that can be wiped down, embossed like a weave of 1.5 mm and printed in two tones; `colour` is its mean."""
    count = 64
    v, u = np.mgrid[0:size, 0:size] / size * count
    warp, weft = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    over = (warp + weft) % 2 == 0
    round_u, round_v = np.sin(np.pi * (u % 1.0)), np.sin(np.pi * (v % 1.0))
    height = np.where(over, round_u * (0.55 + 0.45 * round_v), round_v * (0.55 + 0.45 * round_u)) ** 0.7
    tone = _tones(over, warp, weft, seed)
    shade = np.clip((0.80 + 0.20 * height) * (0.86 + 0.28 * tone), 0.0, 1.0)
    mean = float((shade**2.2).mean())
    base = (colour[0] / mean, colour[1] / mean, colour[2] / mean)
    maps = (
        bytes_of(np.repeat(shade[..., None] * 255.0, 3, axis=2)),
        normal_map(height, 0.9),
        surface(0.8 + 0.2 * height, np.clip(0.92 + 0.1 * (1.0 - height), 0.0, 1.0), 1.0),
    )
    return Material(name, (*base, 1.0), 0.0, 0.74, colour_map=maps[0], normal_map=maps[1], surface_map=maps[2])


def _tones(over: Field, warp: Field, weft: Field, seed: int) -> Field:
    """How light each point is printed, 0-1: thread by thread, each changing slowly along its way."""
    size, count = len(over), int(warp.max()) + 1
    chance = np.random.Generator(np.random.PCG64(seed))
    down = 0.35 * chance.random(count)[warp] + 0.65 * layered(size, (12, count), seed + 1, 1)
    across = 0.35 * chance.random(count)[weft] + 0.65 * layered(size, (count, 12), seed + 2, 1)
    return np.asarray(np.where(over, down, across))


def pulled(away: Array, depth: float) -> Array:
    """How far a seam pulls the cover in, `away` metres from it: a narrow valley, and the foam that swells beside it."""
    return np.asarray(depth * np.exp(-((away / VALLEY) ** 2)) - 0.35 * depth * np.exp(-(((np.abs(away) - 0.022) / 0.016) ** 2)))


def stitches(start: Array, end: Array, normal: Array, bend: Bend) -> Shape:
    """A row of stitches from point to point, each a ridge of thread 1.5 mm wide that stands out along `normal`; then bent."""
    way = end - start
    length = float(np.linalg.norm(way))
    way = way / length
    side = np.cross(normal, way) * 0.00085
    count = int(length / PITCH)
    made = []
    for index in range(count):
        middle = start + way * (index + 0.5) * length / count
        tip = way * STITCH / 2
        corners = (middle - tip, middle + side, middle + tip, middle - side, middle + normal * 0.0009)
        points = bend(np.array(corners))
        faces = np.array(((0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4)), np.int64)[:, ::-1]
        made.append(shape(points, faces))
    return join(made).tinted(THREAD)


def piping(size: tuple[float, float], radius: float, level: float, bend: Bend, *, upright: bool = False) -> Shape:
    """Piped edge of a pad with corners of `radius`: a cord 7 mm thick under cloth, along a rectangle of this size.

    `level` is its height, or its depth on a pad that stands `upright`.
    """
    outline = rounded(*size, radius, 4)
    edges = zip(outline, np.roll(outline, -1, axis=0), strict=True)
    counts = [(one, two, max(1, round(float(np.linalg.norm(two - one)) / 0.036))) for one, two in edges]
    ordered = np.concatenate([one + (two - one) * np.linspace(0.0, 1.0, n, endpoint=False)[:, None] for one, two, n in counts])
    flat = np.full(len(ordered), level)
    ring = np.column_stack([ordered[:, 0], flat, ordered[:, 1]] if upright else [ordered[:, 0], ordered[:, 1], flat])
    return tube(bend(ring), 0.0036, 6, closed=True)
