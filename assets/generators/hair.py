"""The patient's hair: swept back off the forehead, cut out of pictures of strands on some two hundred narrow cards that overlap
like shingles, a few of which stand off; and the brows.

Each card grows out of the scalp and lies over the next in the way hair falls on a head that rests: back and aside from the
forehead, back and down at the sides, towards the pillow. All in the head's own axes, metres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assets.generators import figure
from assets.generators.drape import gradient, pulled, struck
from assets.generators.lofts import agreeing, picked, strips, tidy
from assets.generators.shapes import Array, Shape, join, shape
from assets.generators.textures import bytes_of, halved, surface
from assets.generators.visage import Life, brow_line, growth, mottle, scalp, step, thatch
from assets.generators.visage_skin import placed, scalp_points
from engine.view.geometry.mesh import Material, Pixels
from engine.view.geometry.surfaces import unit
from engine.view.srgb import encode

FULL, THIN = 6, 2
"""Pictures of locks side by side: dense ones, and wisps for the hairline."""
APART = 0.0134
"""Metres between the roots of locks, at least."""
STRAYS = 14
"""Locks that stand off the rest, at most."""
_INNER = 0.93
"""How far within the hair it is at its fullest; nearer its border locks are short and thin, and the skin's picture goes on."""
_PARTED = 0.034
"""How far aside, on the right, hair parts that is combed over from there."""


def _ways(p: Array, normals: Array) -> Array:
    """Which way hair grows at points of the scalp, unit and along it."""
    x, y, z = p.T
    top = step(z, 0.030, 0.072)[:, None]
    combed = np.interp(x, (_PARTED - 0.012, _PARTED + 0.012), (-0.42, 0.30))
    back = np.column_stack([combed, -1.0 + 0.0 * x, 0.10 + 0.0 * x])
    before_ear = (step(y, -0.002, 0.010) * (1.0 - step(z, 0.012, 0.034)))[:, None]
    aside = (1.0 - before_ear) * (0.0, -0.84, -0.54) + before_ear * (0.0, 0.05, -1.0)
    way = top * back + (1.0 - top) * aside
    way = way - normals * np.sum(way * normals, axis=1, keepdims=True)
    return np.asarray(unit(way), float)


def _roots(life: Life, seed: int) -> tuple[Array, Array]:
    """Points of the scalp that can be seen, evenly strewn, farther apart where hair is thin; and how far within the hair they
    are, 0 to 1."""
    points = scalp_points()
    inside, thick = scalp(points, life), growth(points, life)
    held = (inside > 0.62) & (figure.out_of_head(points)[:, 2] > 0.102)
    held &= (points[:, 2] > -0.004) | (points[:, 1] > -0.025)  # behind the ears the pillow hides it
    points, inside, thick = points[held], inside[held], thick[held]
    chance = np.random.Generator(np.random.PCG64(seed))
    kept: list[int] = []
    for index in chance.permutation(len(points)):
        near = APART * (0.78 if inside[index] < _INNER else 1.0) / thick[index]
        if not kept or np.linalg.norm(points[kept] - points[index], axis=1).min() > near:
            kept.append(int(index))
    return points[kept], inside[kept]


def locks(life: Life, seed: int = 23) -> Shape:
    """All cards, in the person's own axes, darker at their roots; with those of the brows, when they have grown bushy."""
    roots, inside = _roots(life, seed)
    normals = gradient(figure.skull, roots, 2e-3)
    ways = _ways(roots, normals)
    chance = np.random.Generator(np.random.PCG64(seed + 1))
    stray = np.zeros(len(roots), bool)
    stray[chance.permutation(np.flatnonzero(inside > _INNER))[:STRAYS]] = True
    made = []
    for root, normal, grown, full, loose in zip(roots, normals, ways, inside, stray, strict=True):
        rim, low = full < _INNER, 0.75 if root[2] < 0.020 else 1.0
        turn = float(chance.normal(0.0, 0.06 + 0.06 * life.worn)) + 0.14 * float(mottle(root[None], 14.0, 2.0)[0])
        lock = _Lock(
            root=root,
            way=np.cos(turn) * grown + np.sin(turn) * np.cross(grown, normal),
            length=float(chance.uniform(0.026, 0.036) if rim else chance.uniform(0.050, 0.064)) * low,
            wide=float(chance.uniform(0.0130, 0.0170) if rim else chance.uniform(0.0135, 0.0180)) * low,
            lift=float(chance.uniform(0.0010, 0.0022) if rim else chance.uniform(0.0010, 0.0030)) * low,
            stands=0.0,
            roll=float(np.clip(chance.normal(0.0, 0.20), -0.35, 0.35)),
            kind=int(chance.integers(FULL, FULL + THIN)) if rim else int(chance.integers(0, FULL)),
            bright=float(chance.uniform(0.86, 1.0)),
            rows=3,
        )
        if lock.ends_on_ear:
            continue  # it would come through: hair there lies behind it
        made.append(lock.card())
        if loose:
            thin = replace(lock, wide=float(chance.uniform(0.0028, 0.0044)), lift=float(chance.uniform(0.0030, 0.0055)))
            made.append(replace(thin, stands=float(chance.uniform(0.0020, 0.0060)), kind=FULL - 1, bright=1.0).card())
    whole = placed(agreeing(tidy(join(made))))
    low_ = whole.positions[:, 2] < 0.070
    seen = picked(whole, ~low_[whole.triangles].all(axis=1))
    return join([seen, placed(_brows(life))]) if life.worn > 0.5 else seen


def _brows(life: Life, seed: int = 31, count: int = 10) -> Shape:
    """Tufts along both brows, up and outwards."""
    chance = np.random.Generator(np.random.PCG64(seed))
    colour = np.clip(1.2 * np.array(life.brow) / np.array(life.hair), 0.0, 1.0)
    made = []
    for side in (-1.0, 1.0):
        for x in np.linspace(0.0125, 0.0465, count) + chance.normal(0.0, 0.0008, count):
            z = float(brow_line(np.array(x))) - 0.0030 + float(chance.normal(0.0, 0.0007))
            root = struck(figure.skull, np.array((side * x, 0.02, z)), np.array((0.0, 1.0, 0.0)), 0.12)
            outward = float(np.interp(x, (0.012, 0.030, 0.047), (0.25, 1.1, 2.4)))
            lock = _Lock(
                root=root,
                way=np.asarray(unit(np.array((side * outward, -0.2, 1.0 - 0.28 * outward))), float),
                length=0.0120 * float(chance.uniform(0.85, 1.15)),
                wide=0.0078,
                lift=0.0006,
                stands=0.0006 + 0.0018 * float(chance.uniform(0.4, 1.2)),
                roll=0.0,
                kind=int(chance.integers(0, FULL)),
                bright=float(chance.uniform(0.85, 1.0)),
                rows=2,
            )
            one = lock.card()
            made.append(one.tinted(one.tint * colour))
    return agreeing(tidy(join(made)))


@dataclass(frozen=True)
class _Lock:
    """A lock from a root of the scalp along a way, and its measures, metres: `lift` is how far it bows off, `stands` how far its
    tip stands off; by how many radians it is turned about its length; its picture, how bright, in how many rows."""

    root: Array
    way: Array
    length: float
    wide: float
    lift: float
    stands: float
    roll: float
    kind: int
    bright: float
    rows: int

    @property
    def ends_on_ear(self) -> bool:
        """Whether its tip is where an ear stands off the head."""
        x, y, z = self.root + self.length * self.way
        return bool(abs(x) > 0.060 and -0.032 < y < 0.011 and z < 0.024)

    def card(self) -> Shape:
        """Its card, narrower at its tip."""
        s = np.linspace(0.0, 1.0, self.rows)
        middle = pulled(figure.skull, self.root + np.outer((s - 0.12) * self.length, self.way), 4)
        normal = gradient(figure.skull, middle, 2e-3)
        ahead = np.asarray(unit(np.gradient(middle, axis=0)), float)
        across = np.asarray(unit(np.cross(ahead, normal)), float)
        rise = thatch(middle) + np.interp(s, (0.0, 0.3, 1.0), (-0.0006, 0.0012, 0.0006))
        across, normal = (
            np.cos(self.roll) * across + np.sin(self.roll) * normal,
            np.cos(self.roll) * normal - np.sin(self.roll) * across,
        )
        middle = middle + normal * (rise + 4.0 * self.lift * s * (1.0 - s) + self.stands * s**1.5)[:, None]
        half = self.wide / 2 * np.interp(s, (0.0, 0.45, 1.0), (0.50, 1.0, 0.40))[:, None]
        rows = np.stack([middle - half * across, middle + half * across], 1)
        bent = np.stack([normal - 0.26 * across, normal + 0.26 * across], 1)
        u = (self.kind + np.array((0.02, 0.98))) / (FULL + THIN)
        uvs = np.stack(np.broadcast_arrays(u[None, :], (0.99 - 0.98 * s)[:, None]), -1)
        made = shape(rows.reshape(-1, 3), strips(self.rows, 2), np.asarray(unit(bent.reshape(-1, 3)), float), uvs.reshape(-1, 2))
        shade = np.repeat(np.interp(s, (0.0, 0.45, 1.0), (0.70, 0.90, 1.0)) * self.bright, 2)[:, None]
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


_HIGH, _WIDE = 256, 64
"""Texels of a lock's picture along it and across."""


@cache
def _strands(seed: int = 29) -> tuple[Pixels, Pixels, Pixels]:
    """Locks from their roots (above) to their tips: colour with what it covers, normals across the strands, finish."""
    chance = np.random.Generator(np.random.PCG64(seed))
    kinds = FULL + THIN
    height, cover, tone = (np.zeros((_HIGH, kinds * _WIDE)) for _ in range(3))
    for kind in range(kinds):
        part = slice(kind * _WIDE, (kind + 1) * _WIDE)
        tress = chance.normal(0.0, 0.05, 5)  # neighbours in a lock are alike, so that from afar streaks are left of it
        for _ in range(15 if kind >= FULL else 62):
            aside, share, round_ = _strand(chance, thin=kind >= FULL)
            lightness = 0.84 + float(np.interp(aside, np.linspace(-0.46, 0.46, 5), tress)) + float(chance.normal(0.0, 0.13))
            tone[:, part] = tone[:, part] * (1.0 - share) + share * float(np.clip(lightness, 0.35, 1.0))
            height[:, part] = height[:, part] * (1.0 - share) + share * round_
            cover[:, part] = np.maximum(cover[:, part], share)
    # What is not covered takes the middle tone, so that smaller pictures do not darken.
    linear = (tone * (cover > 0.5) + 0.82 * (cover <= 0.5))[..., None] * np.ones(3)
    steps = np.round(np.concatenate([encode(linear) * 32.0, cover[..., None] * 5.0], -1))  # few tones make a small file
    pixels = bytes_of(steps * np.array((255.0 / 32.0, 255.0 / 32.0, 255.0 / 32.0, 51.0)))
    slope = halved(np.asarray(np.gradient(height, axis=1))) * 0.7
    normal = np.asarray(unit(np.stack([-slope, 0.0 * slope, np.ones_like(slope)], -1)), float)
    rough = np.clip(0.60 - 0.08 * halved(tone), 0.0, 1.0)
    return pixels, bytes_of(normal * 127.5 + 127.5), surface(0.80 + 0.20 * halved(height), rough)


def _strand(chance: np.random.Generator, *, thin: bool) -> tuple[float, Array, Array]:
    """One strand in a lock's picture: how far aside it grows, what it covers, and how round it is, 0 to 1; outer ones are
    shorter."""
    t, u = (np.arange(_HIGH) + 0.5) / _HIGH, np.arange(_WIDE) + 0.5
    aside = float(chance.uniform(-0.46, 0.46))
    lean, curl, phase = (float(chance.normal(0.0, each)) for each in (0.06, 0.018, 2.0))
    path = (0.5 + aside) * _WIDE + _WIDE * (lean * t + curl * np.sin(3.0 * t + phase) - 0.42 * aside * t**2)
    first = float(chance.uniform(0.0, 0.30)) * (1.0 if thin else float(chance.uniform(0.4, 1.2)))
    if thin:
        end, half = first + float(chance.uniform(0.45, 0.75)), float(chance.uniform(0.9, 1.4))
    else:
        end = (0.50 + 0.50 * float(chance.uniform(0.0, 1.0)) ** 1.2) * (1.0 - 1.5 * aside * aside)
        half = float(chance.uniform(0.7, 1.2))
    half_ = half * np.clip((end - t) / 0.35, 0.0, 1.0) ** 0.8 * np.clip((t - first + 0.04) / 0.06, 0.0, 1.0)
    far = np.abs(u[None, :] - path[:, None])
    inside = (path > 1.5) & (path < _WIDE - 1.5) & (half_ > 0.05)
    share = np.clip(half_[:, None] - far + 0.5, 0.0, 1.0) * inside[:, None]
    return aside, share, np.clip(1.0 - (far / np.maximum(half_[:, None], 0.1)) ** 2, 0.0, 1.0)
