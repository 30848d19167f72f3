"""Water lilies: waxy leaves with veins and a red rim, white flowers and buds between them, and what the leaves shade of the
water; modelled once, floated as copies.

Sizes are those of the white water lily, Nymphaea alba: leaves 0.15-0.3 m and flowers about 0.1 m across.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Floats, Material, Mesh
from engine.view.geometry.noise import fbm
from engine.view.geometry.surfaces import make_mesh, smooth_normals, unit
from engine.view.srgb import encode

Numbers = NDArray[np.float64]
Draw = np.random.Generator
_Piece = tuple[Numbers, Numbers, Numbers, Numbers, NDArray[np.int64]]
"""Positions, normals, uvs, colours with occlusion, triangles."""

NOTCH = 0.16
"""Half the angle of a leaf's notch, radians."""
_SIDE = 256
"""Texels that a leaf has each way; as many again beside it are a petal's."""
_UP = np.array((0.0, 0.0, 1.0))

SHADE, SHADED = 1.45, 0.0007
"""How far a leaf darkens the water, in radii of the leaf; how high over the water its shade is drawn, metres."""

_GREEN, _YOUNG, _OLD = np.array((0.45, 0.465, 0.435)), np.array((0.64, 0.33, 0.38)), np.array((1.0, 0.70, 0.36))
"""What the light of the leaf's texture is multiplied by: on leaves in their prime, just unrolled, and about to die."""
_UNDER = np.array((0.20, 0.11, 0.12))
"""The same of their undersides, wet."""


def lilies(seed: int) -> Mesh:
    """A patch about 1.4 m across, floating at z = 0: a dozen leaves of all ages in a few tufts, some lying on others, two
    flowers, a bud; about 2,030 triangles."""
    chance = np.random.Generator(np.random.PCG64(seed))
    pieces: list[_Piece] = []
    for index, ((x, y, wide), lies) in enumerate(_spots(chance)):
        turn = chance.uniform(0.0, 2.0 * np.pi)
        pieces.append(_leaf(chance, (x, y, wide), turn, lies))
        if index in (1, 6, 9):  # a flower in the notch of a leaf of its own plant: one wide open, one half, one still a bud
            out = chance.uniform(0.85, 1.05) * wide
            opened = {1: 1.0, 6: float(chance.uniform(0.3, 0.7)), 9: 0.0}[index]
            pieces.append(_flower(chance, x + out * np.cos(turn), y + out * np.sin(turn), opened))
    starts = np.cumsum([0] + [len(piece[0]) for piece in pieces[:-1]])
    p, n, uv, colours = (np.concatenate([piece[part] for piece in pieces]) for part in range(4))
    triangles = np.concatenate([piece[4] + start for piece, start in zip(pieces, starts, strict=True)])
    return make_mesh(_waxy(), p, triangles, normals=n, uvs=uv, colours=colours)


def lily_shades(seeds: Sequence[int], beds: Floats) -> Mesh:
    """What the leaves of `lilies` keep from the water close round them: the light of the sky, and its image, where their own dark
    undersides and rims are mirrored. Two triangles for each leaf; `beds` are the patches' transforms, dealt out to the seeds in
    turn."""
    corners = np.array(((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))
    placed = []
    for index, seed in enumerate(seeds):
        spots = np.array([spot for spot, _ in _spots(np.random.Generator(np.random.PCG64(seed)))])
        flat = (spots[:, None, :2] + SHADE * spots[:, None, 2:] * corners).reshape(-1, 2)
        points = np.column_stack([flat, np.full(len(flat), SHADED), np.ones(len(flat))])
        placed += [(points @ bed.T)[:, :3] for bed in beds[index :: len(seeds)]]
    p = np.concatenate(placed)
    faces = (4 * np.arange(len(p) // 4)[:, None, None] + np.array(((0, 1, 2), (0, 2, 3)))).reshape(-1, 3)
    return make_mesh(_shade(), p, faces, normals=np.tile(_UP, (len(p), 1)), uvs=np.tile(0.5 + 0.5 * corners, (len(p) // 4, 1)))


@cache
def _shade(side: int = 64) -> Material:
    """Black, as far as it covers: darkest at a leaf's rim, gone where the picture ends."""
    out = SHADE * np.hypot(*np.meshgrid(*2 * [np.linspace(-1.0, 1.0, side)]))
    cover = np.interp(out, (0.0, 0.98, 1.04, 1.12, 1.24, SHADE - 0.03), (0.85, 0.85, 0.66, 0.36, 0.13, 0.0))
    pixels = np.zeros((side, side, 4), np.uint8)
    pixels[:, :, 3] = np.round(255 * cover)
    return Material("lily_shade", (0.0, 0.0, 0.0, 1.0), 0.0, 1.0, alpha="blend", unlit=True, colour_map=pixels)


def _spots(chance: Draw) -> list[tuple[tuple[float, float, float], float]]:
    """Where thirteen leaves lie and their radii, and how high over the water each of them does; metres."""
    spots: list[tuple[float, float, float]] = []
    lies: list[float] = []
    while len(spots) < 13:
        # Four plants, far from each other; the rest crowd round them, rim to rim or on each other's.
        first = len(spots) < 4
        out, angle = (0.62 * np.sqrt(chance.random()) if first else 0.0), chance.uniform(0.0, 2.0 * np.pi)
        # Few are large; between them small ones come up.
        wide = float(0.050 + 0.107 * chance.random() ** 1.5)
        x, y = out * np.cos(angle), out * np.sin(angle)
        if not first:
            a, b, c = spots[int(chance.integers(len(spots)))]
            beside = float(chance.uniform(0.70, 1.25)) * (wide + c)
            x, y = a + beside * np.cos(angle), b + beside * np.sin(angle)
        gaps = [float(np.hypot(x - a, y - b)) / (wide + c) for a, b, c in spots]
        if np.hypot(x, y) < 0.68 and all(gap > (1.7 if first else 0.70) for gap in gaps):
            spots.append((x, y, wide))
            lies.append(max((0.0032 + low for gap, low in zip(gaps, lies, strict=True) if gap < 1.0), default=0.0))
    return list(zip(spots, lies, strict=True))


def _leaf(chance: Draw, spot: tuple[float, float, float], turn: float, lies: float) -> _Piece:
    """One leaf, 115 triangles: a disc with a notch, dished round its stalk, its rim rising from the water in soft waves and
    turned up a little all round, so that one sees its dark underside from without; here and there the wind has curled up a
    side. The young are small, whole and red, the old bitten and yellow from the rim inwards.

    `lies` is how high over the water it lies, metres.
    """
    (x, y, wide), count = spot, 24
    local = np.concatenate([[0.0, 0.05, 0.13], np.linspace(0.26, 2.0 * np.pi - 2.0 * NOTCH - 0.26, count - 6)])
    local = NOTCH + np.concatenate([local, 2.0 * np.pi - 2.0 * NOTCH - local[2::-1]])
    a = local + turn
    phase = chance.uniform(0.0, 2.0 * np.pi, 3)
    age = float(np.clip(chance.normal(0.55, 0.32) + 2.5 * (wide - 0.10), 0.0, 1.0))
    old, young = np.clip((age - 0.55) / 0.45, 0.0, 1.0), np.clip((0.25 - age) / 0.25, 0.0, 1.0)
    to_notch = np.minimum(local, 2.0 * np.pi - local) - NOTCH
    longer = 1.0 + chance.uniform(-0.05, 0.10) * np.cos(2.0 * (local - np.pi))
    radius = wide * longer * (1.0 + 0.022 * np.sin(4 * a + phase[0]) + 0.012 * np.sin(9 * a + phase[1]))
    radius *= 1.0 - 0.16 * np.exp(-((to_notch / 0.13) ** 2))
    for _ in range(round(3.0 * float(old))):  # beetles and snails were at it
        bitten = (local - chance.uniform(0.8, 5.5)) / chance.uniform(0.10, 0.20)
        radius *= 1.0 - chance.uniform(0.08, 0.26) * np.exp(-(bitten**2))
    wave = 0.55 * np.sin(3 * a + phase[2]) + 0.45 * np.sin(7 * a + phase[1])
    lift = wide * (0.010 + 0.010 * (1.0 + np.sin(phase[2])))
    curl = (chance.uniform(0.012, 0.030) if chance.random() < 0.34 else 0.0) * np.clip(np.cos(a - phase[1]), 0.0, 1.0) ** 3
    curl += wide * np.clip(0.052 + 0.030 * np.sin(2 * a + phase[1]) + 0.012 * wave, 0.012, 0.09)
    high = lies + 0.0014 + wide * 0.014 * wave + lift * np.cos(a - phase[0])
    rim = np.maximum(high + curl, 0.0010)
    within = np.maximum(lies + 0.0026 + 0.45 * lift * np.cos(a - phase[0]) + 0.12 * curl, 0.0008)
    out = np.column_stack([np.cos(a), np.sin(a), np.zeros(count)])
    middle = np.array((x, y, 0.0))
    ring = middle + 0.62 * out * radius[:, None] + _UP * within[:, None]
    brim = middle + out * (radius - 0.4 * curl)[:, None] + _UP * rim[:, None]
    # Its underside, from the rim down to the water or to the leaf that it lies on.
    low = middle + out * (radius - 0.7 * curl)[:, None] + _UP * (lies - 0.0008)
    p = np.concatenate([(middle + _UP * (lies + 0.0030))[None], ring, brim, brim, low])
    one = np.arange(1, count)
    on, edge = one + count, one + 2 * count
    foot = edge + count
    strips = [(0 * one, one, one + 1)]
    strips += [
        each for upper, lower in ((one, on), (edge, foot)) for each in ((upper, lower, lower + 1), (upper, lower + 1, upper + 1))
    ]
    faces = np.concatenate([np.column_stack(each) for each in strips])
    top = 1 + 2 * count
    n = np.asarray(unit(smooth_normals(p, faces) + 0.35 * _UP * (np.arange(len(p)) < top)[:, None]), np.float64)
    circle = np.column_stack([np.cos(local), np.sin(local)])
    uv = 0.5 + 0.48 * np.concatenate([[(0.0, 0.0)], 0.62 * circle, circle, circle, 0.9 * circle])
    uv[:, 0] *= 0.5
    # The young are red all over; age comes from the rim.
    hue = np.array((1.0 + chance.uniform(-0.22, 0.26), 1.0, 1.0 + chance.uniform(-0.15, 0.30)))
    fresh = chance.uniform(0.66, 1.14) * hue * (_GREEN * (1.0 - young) + _YOUNG * young)
    patchy = np.clip(old * (1.1 + 0.9 * np.sin(2 * a + phase[0])), 0.0, 1.0)[:, None]
    inner, outer = fresh + (_OLD - fresh) * 0.35 * patchy, fresh + (_OLD - fresh) * np.clip(0.22 + 1.4 * patchy, 0.0, 1.0)
    # Where the rim dips it is wet and dark. Undersides are dark red, and stand in their own shade.
    dry = np.clip(0.84 + 0.22 * wave, 0.6, 1.0)
    below = np.tile(_UNDER, (2 * count, 1))
    tones = np.concatenate([fresh[None], inner, outer, below])
    open_ = np.concatenate([[1.0], np.ones(count), dry, np.full(count, 0.42), np.full(count, 0.10)])
    return p, n, uv, np.column_stack([np.clip(tones, 0.0, 1.0), open_]), faces


def _flower(chance: Draw, x: float, y: float, opened: float) -> _Piece:
    """A flower of three rows of petals round its stamens, afloat on its green sepals: 1 wide open, up to 253 triangles; or at 0
    a bud, 81."""
    closed = opened == 0.0
    size, shut = chance.uniform(0.78, 1.20), 0.42 * (1.0 - opened)
    rows = (
        ((5, 1.05, 0.040, 0.021), (4, 0.95, 0.034, 0.022))
        if closed
        else (
            (4, 0.02 + 0.6 * shut, 0.053, 0.022),
            (8, 0.22 + shut, 0.052, 0.020),
            (8, 0.64 + shut, 0.046, 0.018),
            (6, 1.05 + 0.5 * shut, 0.037, 0.014),
        )
    )
    turn = chance.uniform(0.0, 2.0 * np.pi)
    foot = np.array((x, y, 0.001))
    pieces = []
    for row, (count, rise, long, wide) in enumerate(rows):
        for index in range(count):
            a = turn + 2.0 * np.pi * (index + 0.5 * (row % 2)) / count + chance.uniform(-0.10, 0.10)
            ways = (a, rise + chance.uniform(-0.10, 0.10))
            sizes = (size * long * chance.uniform(0.90, 1.05), size * wide)
            pieces.append(_petal(foot, ways, sizes, row if closed else row - 1, closed))
    if not closed:
        pieces += [_stamen(foot, turn + 2.0 * np.pi * index / 23 * 5, 0.5 + 0.9 * (index / 23)) for index in range(23)]
    starts = np.cumsum([0] + [len(piece[0]) for piece in pieces[:-1]])
    joined = [np.concatenate([piece[part] for piece in pieces]) for part in range(4)]
    faces = np.concatenate([piece[4] + start for piece, start in zip(pieces, starts, strict=True)])
    # No stalk stands upright: the whole flower leans a little, its own way.
    way, lean = chance.uniform(0.0, 2.0 * np.pi), chance.uniform(0.05, 0.30)
    across = np.array((np.cos(way), np.sin(way), 0.0))
    tilt = (
        np.eye(3)
        + np.sin(lean) * (np.outer(across, _UP) - np.outer(_UP, across))
        - (1.0 - np.cos(lean)) * (np.outer(across, across) + np.outer(_UP, _UP))
    )
    p = foot + (joined[0] - foot) @ tilt.T
    p[:, 2] = np.maximum(p[:, 2], 0.0015 + 0.1 * np.abs(p[:, 2]))
    return p, joined[1] @ tilt.T, joined[2], joined[3], faces


def _petal(foot: Numbers, ways: tuple[float, float], size: tuple[float, float], row: int, closed: bool) -> _Piece:
    """A petal, hollowed like a spoon and rounded at its end; `ways` are its bearing and rise, `size` its length and width."""
    (angle, rise), (long, wide) = ways, size
    out = np.array((np.cos(angle), np.sin(angle), 0.0))
    side = np.array((-out[1], out[0], 0.0))
    # Along the petal: how far, how wide, how much its edges stand up.
    steps = ((0.10, 0.30, 0.0), (0.42, 0.96, 0.28), (0.74, 0.94, 0.26), (0.94, 0.50, 0.12))
    points, uvs = [foot], [(0.75, 0.02)]
    for t, share, cup in steps:
        bend = rise + (0.45 if closed else 0.28) * t
        at = foot + long * t * (np.cos(bend) * out + np.sin(bend) * _UP)
        inward = -np.sin(bend) * out + np.cos(bend) * _UP
        for s in (-1.0, 1.0):
            points.append(at + s * share * 0.5 * wide * side + cup * 0.5 * wide * inward)
            uvs.append((0.75 + 0.2 * s * share, t))
    end = rise + (0.45 if closed else 0.28)
    points.append(foot + long * (np.cos(end) * out + np.sin(end) * _UP))
    uvs.append((0.75, 0.97))
    p = np.array(points)
    normal = unit(np.array([-np.sin(rise) * out + np.cos(rise) * _UP + 0.5 * _UP]))[0]
    n = np.tile(normal, (10, 1)) - np.array([0, -1, 1, -1, 1, -1, 1, -1, 1, 0])[:, None] * side * 0.45
    # A bud is still held by its green sepals.
    outside = np.array((0.30, 0.36, 0.14)) if (closed and row) or row < 0 else np.ones(3)
    light = np.array((0.35, 0.5, 0.5, 0.85, 0.85, 1.0, 1.0, 1.0, 1.0, 1.0)) * (1.0 - 0.08 * max(row, 0))
    faces = np.array(((0, 1, 2), (1, 4, 2), (1, 3, 4), (3, 6, 4), (3, 5, 6), (5, 8, 6), (5, 7, 8), (7, 9, 8)))
    return p, np.asarray(unit(n), float), np.array(uvs), np.column_stack([np.tile(outside, (10, 1)), light]), faces


def _stamen(foot: Numbers, angle: float, rise: float) -> _Piece:
    """One of the yellow stamens in a flower's middle, a single triangle."""
    out = np.array((np.cos(angle), np.sin(angle), 0.0))
    side = np.array((-out[1], out[0], 0.0))
    tip = foot + 0.019 * (np.cos(rise) * out + np.sin(rise) * _UP) + 0.004 * _UP
    p = np.array((foot + 0.004 * out + 0.004 * _UP, tip - 0.0022 * side, tip + 0.0022 * side))
    colours = np.array(((0.80, 0.42, 0.04, 0.6), (1.0, 0.62, 0.08, 1.0), (1.0, 0.62, 0.08, 1.0)))
    return (
        p,
        np.tile(unit(np.array([_UP + 0.3 * out]))[0].astype(float), (3, 1)),
        np.full((3, 2), (0.75, 0.5)),
        colours,
        np.array([[0, 1, 2]]),
    )


@cache
def _waxy() -> Material:
    """The surface of leaves (left half of its textures) and petals (right half)."""
    v, u = np.mgrid[_SIDE - 1 : -1 : -1, 0:_SIDE] / (_SIDE - 1.0)  # textures have their top row first
    x, y = (u - 0.5) / 0.48, (v - 0.5) / 0.48
    r, a = np.hypot(x, y), np.mod(np.arctan2(y, x), 2.0 * np.pi)
    # Veins run from the middle, fork on their way out, and are joined by fine ones.
    waver = 0.05 * fbm(x * 3.0, y * 3.0, 5, 2)
    primary = _lines((a + waver) * 9.0 / np.pi, 0.055 / np.maximum(r, 0.08) * (1.1 - 0.6 * r))
    forked = _lines((a + waver) * 18.0 / np.pi + 0.5, 0.075 / np.maximum(r, 0.2) * (1.1 - 0.4 * r)) * np.clip(
        (r - 0.45) * 5.0, 0.0, 1.0
    )
    veins = np.clip(primary + 0.7 * forked, 0.0, 1.0) * np.clip((1.02 - r) * 8.0, 0.0, 1.0)
    patches, fine = fbm(x * 2.2, y * 2.2, 11, 4), fbm(x * 16.0, y * 16.0, 17, 3)
    leaf = 2.2 * np.array((0.092, 0.156, 0.038)) * (1.0 + 0.28 * patches + 0.12 * fine)[..., None]
    leaf = leaf * (1.0 - 0.70 * veins[..., None]) + np.array((0.34, 0.45, 0.15)) * 0.70 * veins[..., None]
    rim = np.clip((r - 0.88 + 0.07 * patches) / 0.12, 0.0, 1.0) ** 1.5
    leaf = leaf * (1.0 - 0.55 * rim[..., None]) + np.array((0.31, 0.165, 0.064)) * 0.55 * rim[..., None]
    spots = np.clip((fbm(x * 5.0, y * 5.0, 23, 3) - 0.48) * 6.0, 0.0, 1.0) * 0.5
    leaf = leaf * (1.0 - spots[..., None]) + np.array((0.24, 0.14, 0.053)) * spots[..., None]
    heart = np.clip(1.0 - r / 0.16, 0.0, 1.0)[..., None]
    leaf = leaf * (1.0 - 0.6 * heart) + np.array((0.36, 0.36, 0.13)) * 0.6 * heart
    streaks = fbm(u * 26.0, v * 2.0, 31, 2)
    blush = np.clip(1.0 - v / 0.25, 0.0, 1.0)[..., None]
    petal = (
        np.array((0.80, 0.77, 0.76)) * (1.0 + 0.10 * streaks[..., None]) * (1.0 - blush) + np.array((0.62, 0.58, 0.26)) * blush
    )
    petal *= 1.0 - np.array((0.02, 0.14, 0.10)) * np.clip((v - 0.78) / 0.22, 0.0, 1.0)[..., None]
    height = -0.8 * veins + 0.9 * np.cos((a + waver) * 18.0) * r * (1.0 - r) + 1.3 * patches + 0.3 * fine
    normals = np.concatenate(
        [_normals(np.asarray(height, np.float64), 1.2), _normals(np.asarray(0.6 * streaks, np.float64), 1.5)], axis=1
    )
    rough = np.concatenate([0.60 + 0.16 * np.abs(fine) + 0.2 * spots, np.full_like(u, 0.62)], axis=1)
    open_ = np.concatenate([1.0 - 0.25 * veins, np.ones_like(u)], axis=1)
    surface = np.stack([open_, rough, np.zeros_like(rough)], axis=-1)
    colour = np.concatenate(
        [_srgb(np.concatenate([leaf, petal], axis=1)), np.full((_SIDE, 2 * _SIDE, 1), 255, np.uint8)], axis=-1
    )
    return Material(
        "lily",
        two_sided=True,
        colour_map=colour,
        normal_map=normals,
        surface_map=np.asarray(np.round(np.clip(surface, 0, 1) * 255), np.uint8),
    )


def _lines(at: Numbers, width: Numbers) -> Numbers:
    """1 on every whole number, 0 further than `width` from it."""
    return np.asarray(np.clip(1.0 - np.abs(at - np.round(at)) / np.maximum(width, 1e-3), 0.0, 1.0), np.float64)


def _normals(height: Numbers, strength: float) -> NDArray[np.uint8]:
    """Tangent-space normals of a height field whose top row comes first."""
    slope = np.stack([-np.gradient(height, axis=1), np.gradient(height, axis=0), np.full_like(height, 1.0 / strength)], axis=-1)
    return np.asarray(np.round(unit(slope) * 127.5 + 127.5), np.uint8)


def _srgb(linear: Numbers) -> NDArray[np.uint8]:
    return np.asarray(np.round(255.0 * encode(np.clip(linear, 0.0, 1.0))), np.uint8)
