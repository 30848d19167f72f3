"""The patient's hair: short, cut out of pictures of strands on some hundred small cards that overlap like shingles.

Each card grows out of the scalp and lies over the next in the way hair falls on a head that rests: from the crown outwards, ahead
and aside over the forehead, down and back at the sides. All in the head's own axes, metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from assets.generators import figure
from assets.generators.drape import gradient, pulled
from assets.generators.lofts import agreeing, picked, strips, tidy
from assets.generators.shapes import Array, Shape, join, shape
from assets.generators.textures import bytes_of, surface
from assets.generators.visage import Life, growth, scalp, thatch
from assets.generators.visage_skin import placed, scalp_points
from engine.view.geometry.mesh import Material, Pixels
from engine.view.geometry.surfaces import unit
from engine.view.srgb import encode

KINDS = 4
"""Pictures of locks side by side: three full ones, and a thin one for the hairline."""
APART = 0.0136
"""Metres between the roots of locks, at least."""
_FULL = 0.985
"""How far within the hair it is at its fullest; nearer its border locks are short and thin, and the skin's picture goes on."""
_CROWN = np.array((0.012, -0.062, 0.098))


def _ways(p: Array, normals: Array) -> Array:
    """Which way hair grows at points of the scalp, unit and along it."""
    x, y, z = p.T
    top = np.clip((z - 0.055) / 0.04, 0.0, 1.0)[:, None]
    front = np.clip((y - 0.005) / 0.05, 0.0, 1.0)[:, None]
    out = np.asarray(unit(p - _CROWN), float)
    ahead = np.column_stack([0.75 + 0.0 * x, 0.75 + 0.0 * x, -0.25 + 0.0 * x])
    down = np.column_stack([0.0 * x, -0.42 + 0.0 * x, -0.9 + 0.0 * x])
    way = top * (0.55 * out + front * ahead) + (1.0 - top) * (0.25 * out + down)
    way = way - normals * np.sum(way * normals, axis=1, keepdims=True)
    return np.asarray(unit(way), float)


def _roots(life: Life, seed: int) -> tuple[Array, Array]:
    """Points of the scalp that can be seen, evenly strewn, farther apart where hair is thin; and how far within the hair they
    are, 0 to 1."""
    points = scalp_points()
    inside, thick = scalp(points, life), growth(points, life)
    held = (inside > (0.90 if life.worn < 0.5 else 0.70)) & (figure.out_of_head(points)[:, 2] > 0.080)
    points, inside, thick = points[held], inside[held], thick[held]
    chance = np.random.Generator(np.random.PCG64(seed))
    kept: list[int] = []
    for index in chance.permutation(len(points)):
        near = APART * (0.72 if inside[index] < _FULL else 1.0) * (1.0 - 0.06 * life.worn) / thick[index]
        if not kept or np.linalg.norm(points[kept] - points[index], axis=1).min() > near:
            kept.append(int(index))
    return points[kept], inside[kept]


def locks(life: Life, seed: int = 23) -> Shape:
    """All cards, in the person's own axes; darker at their roots. Old hair is of narrower locks, and lies less close."""
    roots, inside = _roots(life, seed)
    normals = gradient(figure.skull, roots, 2e-3)
    ways = _ways(roots, normals)
    chance = np.random.Generator(np.random.PCG64(seed + 1))
    made = []
    narrow, loose = 1.0 - 0.32 * life.worn, 1.0 + 0.45 * life.worn
    for root, normal, grown, full in zip(roots, normals, ways, inside, strict=True):
        rim, low = full < _FULL, 0.7 if root[2] < 0.03 else 1.0
        turn = float(chance.normal(0.0, 0.20 * loose))
        way = np.cos(turn) * grown + np.sin(turn) * np.cross(grown, normal)
        length = float(chance.uniform(0.032, 0.042)) * (1.0 - 0.25 * life.worn) * ((0.33 + 0.4 * life.worn) if rim else 1.0) * low
        if scalp(root + 0.75 * length * way, life) < 0.5:
            length *= 0.5  # it would hang over the bare skin as a patch
        sparse = rim or life.worn > 0.5
        lock = _Lock(
            length=length,
            wide=float(chance.uniform(0.0190, 0.0240)) * narrow * (0.6 + 0.4 * life.worn if rim else 1.0),
            lift=float(chance.uniform(0.0005, 0.0015)) * loose * (0.45 if rim else 1.0) * low,
            kind=KINDS - 1 if sparse else int(chance.integers(0, KINDS - 1)),
            bright=float(chance.uniform(0.72, 0.92)) if rim else float(chance.uniform(0.70, 1.0)),
            rows=2 if rim else 3,
        )
        made.append(lock.card(root - 0.25 * lock.length * way, way))
    whole = placed(agreeing(tidy(join(made))))
    low = whole.positions[:, 2] < 0.070
    return picked(whole, ~low[whole.triangles].all(axis=1))


@dataclass(frozen=True)
class _Lock:
    """A lock's measures, metres: `lift` is how far it stands off where fullest; its picture, how bright, in how many rows."""

    length: float
    wide: float
    lift: float
    kind: int
    bright: float
    rows: int

    def card(self, root: Array, way: Array) -> Shape:
        """Its card from a root of the scalp along a way, bowed a little across."""
        s = np.linspace(0.0, 1.0, self.rows)
        middle = pulled(figure.skull, root + np.outer(s * self.length, way), 4)
        normal = gradient(figure.skull, middle, 2e-3)
        ahead = np.asarray(unit(np.gradient(middle, axis=0)), float)
        across = np.asarray(unit(np.cross(ahead, normal)), float)
        middle = middle + normal * (thatch(middle) + 0.0004 - 0.0010 * s + 2.6 * self.lift * s * (1.0 - s))[:, None]
        half = self.wide / 2 * np.interp(s, (0.0, 0.5, 1.0), (0.85, 1.0, 0.85))[:, None]
        sunk = 0.0012 * (self.wide / 0.020) ** 2 * normal
        rows = np.stack([middle - half * across - sunk, middle + half * across - sunk], 1)
        bent = np.stack([normal - 0.22 * across, normal + 0.22 * across], 1)
        u = (self.kind + np.array((0.03, 0.97))) / KINDS
        uvs = np.stack(np.broadcast_arrays(u[None, :], (0.99 - 0.98 * s)[:, None]), -1)
        made = shape(rows.reshape(-1, 3), strips(self.rows, 2), np.asarray(unit(bent.reshape(-1, 3)), float), uvs.reshape(-1, 2))
        shade = np.repeat(np.interp(s, (0.0, 0.5, 1.0), (0.80, 0.95, 1.0)) * self.bright, 2)[:, None]
        return agreeing(made.tinted(np.broadcast_to(shade, (2 * self.rows, 3))))


def hair_of(life: Life) -> Material:
    """The locks at a time of life: one picture of them, in the hair's own colour."""
    picture, normal, finish = _strands()
    return Material(
        f"hair_{life.name}",
        (*np.minimum(1.25 * np.array(life.hair), 1.0).tolist(), 1.0),
        alpha="mask",
        colour_map=picture,
        normal_map=normal,
        surface_map=finish,
    )


@cache
def _strands(size: int = 256, seed: int = 29) -> tuple[Pixels, Pixels, Pixels]:
    """Locks from their roots (above) to their tips: colour with what it covers, normals across the strands, finish."""
    chance = np.random.Generator(np.random.PCG64(seed))
    wide = size // KINDS
    height, cover, tone = np.zeros((size, size)), np.zeros((size, size)), np.zeros((size, size))
    for kind in range(KINDS):
        part = slice(kind * wide, (kind + 1) * wide)
        for _ in range(26 if kind == KINDS - 1 else 105):
            share, round_ = _strand(chance, size, wide, thin=kind == KINDS - 1)
            tone[:, part] = tone[:, part] * (1.0 - share) + share * float(chance.uniform(0.30, 1.0)) ** 1.3
            height[:, part] = height[:, part] * (1.0 - share) + share * round_
            cover[:, part] = np.maximum(cover[:, part], share)
    # What is not covered takes the middle tone, so that smaller pictures do not darken.
    linear = (tone * (cover > 0.5) + 0.72 * (cover <= 0.5))[..., None] * np.ones(3)
    steps = np.round(np.concatenate([encode(linear) * 24.0, cover[..., None] * 15.0], -1))  # few tones make a small file
    pixels = bytes_of(steps * np.array((255.0 / 24.0, 255.0 / 24.0, 255.0 / 24.0, 17.0)))
    slope = np.gradient(height, axis=1) * 0.8
    normal = np.asarray(unit(np.stack([-slope, 0.0 * slope, np.ones_like(slope)], -1)), float)
    rough = np.clip(0.62 - 0.12 * tone, 0.0, 1.0)
    return pixels, bytes_of(normal * 127.5 + 127.5), surface(0.75 + 0.25 * height, rough)


def _strand(chance: np.random.Generator, size: int, wide: int, *, thin: bool) -> tuple[Array, Array]:
    """One strand in a lock's picture, `size` x `wide`: what it covers, and how round it is, 0 to 1. Outer ones are shorter."""
    t, u = (np.arange(size) + 0.5) / size, np.arange(wide) + 0.5
    aside = float(np.clip(chance.normal(0.0, 0.20), -0.43, 0.43))
    lean, curl, phase = (float(chance.normal(0.0, each)) for each in (0.09, 0.020, 2.0))
    path = (0.5 + aside) * wide + wide * (lean * t + curl * np.sin(3.0 * t + phase) - 0.35 * aside * t**2)
    first = float(chance.uniform(0.0, 0.35 if thin else 0.30))
    if thin:
        end, half = first + float(chance.uniform(0.35, 0.66)), float(chance.uniform(0.9, 1.3))
    else:
        end = (0.38 + 0.62 * float(chance.uniform(0.0, 1.0)) ** 1.6) * (1.0 - 3.1 * aside * aside)
        half = float(chance.uniform(0.8, 1.5))
    half_ = half * np.clip((end - t) / 0.45, 0.0, 1.0) ** 0.8 * np.clip((t - first + 0.04) / 0.06, 0.0, 1.0)
    far = np.abs(u[None, :] - path[:, None])
    inside = (path > 1.5) & (path < wide - 1.5) & (half_ > 0.05)
    share = np.clip(half_[:, None] - far + 0.5, 0.0, 1.0) * inside[:, None]
    return share, np.clip(1.0 - (far / np.maximum(half_[:, None], 0.1)) ** 2, 0.0, 1.0)
