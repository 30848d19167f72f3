"""The skin of the patient's arms, hands, throat and ears: one set of pictures, whose parts are those of `patient_skin`.

What is drawn is said in space, so that arm and hand go on in each other; a right arm's pictures serve the left one too. Metres;
colours are linear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np

from assets.generators import figure
from assets.generators.drape import pulled
from assets.generators.patient_skin import ARM, HAND, THROAT, forearm_rings
from assets.generators.shapes import Array
from assets.generators.textures import bytes_of, halved, surface
from assets.generators.visage import bell, grain, step
from assets.generators.visage_skin import SCATTERS
from engine.view.geometry.mesh import Material
from engine.view.geometry.surfaces import unit
from engine.view.srgb import encode

SIZE = (256, 512)
"""Texels down and across: on the back of a hand one is about a millimetre."""
Path = tuple[tuple[float, float], ...]
_HAND_VEINS: tuple[Path, ...] = (
    ((-0.0200, 0.0830), (-0.0150, 0.0640), (-0.0125, 0.0480), (-0.0050, 0.0300), (-0.0090, 0.0100), (-0.0070, -0.0200)),
    ((-0.0005, 0.0860), (0.0020, 0.0660), (-0.0020, 0.0480), (-0.0050, 0.0300)),
    ((0.0195, 0.0840), (0.0170, 0.0620), (0.0195, 0.0440), (0.0150, 0.0220), (0.0125, -0.0200)),
    ((0.0020, 0.0660), (0.0105, 0.0560), (0.0170, 0.0620)),
)
"""The dorsal venous network of the hand: across and along it, as far as it shows through."""
_ARM_VEINS = ((-1.10, 0.22, 5.0), (-0.25, 0.16, 7.3), (0.75, 0.26, 4.1))
"""Radians round the forearm from above, how far they stray, and how often."""


@dataclass(frozen=True, eq=False)
class _Drawn:
    """Rows x columns of texels: points in space, how far the skin stands out there (m), its colour as shares, its roughness."""

    points: Array
    height: Array
    colour: Array
    rough: Array


@cache
def skin(name: str, base: tuple[float, float, float]) -> Material:
    """Skin worn by weather: veins, tendons, knuckles, hairs, and spots on what has seen the sun."""
    v, u = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    places = np.stack([(u + 0.5) / SIZE[1], 1.0 - (v + 0.5) / SIZE[0]], -1)
    right, above = int(0.55 * SIZE[1]), int((1.0 - 0.635) * SIZE[0])
    arm, throat, hand = _arm(places[:, :right]), _throat(places[:above, right:]), _hand(places[above:, right:])
    colour, normal, rough = (
        np.concatenate([one, np.concatenate([two, three])], axis=1)
        for one, two, three in zip(_pictures(arm), _pictures(throat), _pictures(hand), strict=True)
    )
    return Material(
        name,
        colour_map=bytes_of(encode(np.clip(np.array(base) * colour, 0.0, 1.0)) * 255.0),
        normal_map=bytes_of(normal * 127.5 + 127.5),
        surface_map=surface(np.ones(halved(rough).shape), halved(rough)),
        scatter=SCATTERS,
    )


def _pictures(drawn: _Drawn) -> tuple[Array, Array, Array]:
    """Colour, normals and roughness of a part."""
    across, along = (np.maximum(np.linalg.norm(np.gradient(drawn.points, axis=axis), axis=-1), 3e-4) for axis in (1, 0))
    lean_u, lean_v = np.gradient(drawn.height, axis=1) / across, -np.gradient(drawn.height, axis=0) / along
    normal = np.asarray(unit(np.stack([-lean_u, -lean_v, np.ones_like(lean_u)], -1)), float)
    return drawn.colour, normal, np.clip(drawn.rough, 0.3, 0.95)


def _skin(points: Array, worn: Array | float) -> _Drawn:
    """What thin skin looks like everywhere: finely speckled by blood, creased crosswise; `worn` 0-1, its years of sun.

    Unrest is of 3-9 mm, as that of skin is: broader stains would look like clay.
    """
    colour = np.ones_like(points)
    for scale, seed, tint in (
        (16.0, 3, (0.985, 0.955, 0.95)),
        (110.0, 4, (0.975, 0.945, 0.935)),
        (210.0, 5, (0.970, 0.940, 0.935)),
        (70.0, 6, (0.985, 0.985, 1.0)),
    ):
        share = step(grain(points, scale, 40 + seed), -1.2, 1.6)[..., None]
        colour = colour * (1.0 - share + share * np.array(tint))
    tan = (0.8 * np.asarray(worn))[..., None]
    colour = colour * (1.0 - tan + tan * np.array((0.97, 0.935, 0.91))) * np.array((1.10, 1.19, 1.235))
    crossed = np.maximum(_creased(points, (1.0, 0.42, 0.2), 61), _creased(points, (0.42, -1.0, 0.2), 62))
    rough = 0.575 + 0.030 * grain(points, 120.0, 53) + 0.05 * np.asarray(worn)
    return _Drawn(points, -0.00012 * crossed, colour * (1.0 - 0.05 * crossed[..., None]), rough)


def _creased(points: Array, across: tuple[float, float, float], seed: int) -> Array:
    """0-1, fine lines of thin skin, 4-5 mm apart, that wander and break off; `across` is the way over them."""
    way = np.array(across) / np.linalg.norm(across)
    wave = np.cos(2 * np.pi * 220.0 * (points @ way) + 2.2 * grain(points, 45.0, seed))
    return np.asarray(np.maximum(wave, 0.0) ** 3 * step(grain(points, 60.0, seed + 7), -0.6, 0.8))


def _washed(drawn: _Drawn, share: Array, tint: tuple[float, float, float], rise: Array | float = 0.0) -> _Drawn:
    much = share[..., None]
    return replace(drawn, colour=drawn.colour * (1.0 - much + much * np.array(tint)), height=drawn.height + rise)


def _arm(places: Array) -> _Drawn:
    """An arm from under its sleeve to the wrist: brown and hairy above, pale beneath."""
    share = np.clip((places[0, :, 0] - ARM.at[0]) / ARM.size[0], 0.0, 1.0)
    turn = (np.clip((places[:, 0, 1] - ARM.at[1]) / ARM.size[1], 0.0, 1.0) * 2.0 - 1.0) * np.pi
    rings, _ = forearm_rings(1, columns=33)
    rings = pulled(lambda p: figure.arm_and_hand(p, 1), rings, 4)
    rows, columns = np.linspace(0.0, 1.0, rings.shape[0]), np.linspace(-np.pi, np.pi, rings.shape[1])
    along = np.stack([[np.interp(share, rows, line) for line in each.T] for each in np.moveaxis(rings, 1, 0)], 0)
    points = np.stack([[np.interp(turn, columns, line) for line in each.T] for each in np.moveaxis(along, 2, 0)], 0)
    points = np.moveaxis(points, (0, 1, 2), (1, 2, 0))
    elbow, fore = figure.ELBOW[1], figure.WRIST[1] - figure.ELBOW[1]
    on = (points - elbow) @ fore / (fore @ fore)
    round_ = np.broadcast_to(turn[:, None], on.shape)
    top = step(np.cos(round_), -0.7, 0.6)
    drawn = _skin(points, top * step(on, -0.1, 0.35))
    drawn = replace(drawn, height=drawn.height + 0.00011 * _crepe(points, elbow, fore) * (1.0 - 0.4 * step(on, 0.75, 0.95)))
    hairy = top * step(on, -0.05, 0.25) * (1.0 - step(on, 0.78, 0.95))
    hairs = grain(np.stack([on * 0.25, round_ * 0.040 + 0.35 * on * 0.25, 0.0 * on], -1) * (0.30, 1.0, 1.0), 330.0, 56)
    drawn = _washed(drawn, 0.26 * hairy * step(hairs, 0.75, 1.6), (0.60, 0.60, 0.62))
    for middle, stray, often in _ARM_VEINS:
        path = middle + stray * np.sin(often * on) + 0.4 * stray * np.sin(2.7 * often * on + middle)
        shown = step(on, 0.12, 0.30) * (1.0 - step(on, 0.82, 0.95)) * (0.65 + 0.35 * np.sin(9.0 * on + 5.0 * middle))
        vein = shown * bell((round_ - path) * 0.036, 0.0024)
        drawn = _washed(drawn, 0.90 * vein, (0.76, 0.88, 0.96), 0.0009 * vein)
    drawn = _elbow(drawn)
    return _spotted(drawn, 40, 71, top * step(on, 0.0, 0.3))


def _crepe(points: Array, elbow: Array, fore: Array) -> Array:
    """Skin that has grown too wide for what is in it: soft folds round the limb, some 7 mm apart, nowhere long."""
    along = (points - elbow) @ fore / np.linalg.norm(fore)
    wave = np.sin(2 * np.pi * along / 0.0068 + 2.6 * grain(points, 26.0, 63))
    return np.asarray(wave * step(grain(points, 34.0, 64), -0.9, 0.9) + 0.5 * grain(points, 150.0, 65))


def _elbow(drawn: _Drawn) -> _Drawn:
    """Over the elbow's bones skin is loose, red and dry, and lies in folds across the joint."""
    upper, elbow, wrist = figure.SHOULDER[1], figure.ELBOW[1], figure.WRIST[1]
    back, fore = unit(elbow - upper), unit(wrist - elbow)
    tip = unit(back - fore)
    away = np.linalg.norm(drawn.points - elbow - 0.030 * tip, axis=-1)
    loose = bell(away, 0.032)
    over = (drawn.points - elbow) @ unit(back + fore)  # along the limb where it turns
    folds = np.sin(2 * np.pi * over / 0.0056 + 1.9 * grain(drawn.points, 48.0, 59)) * bell(away, 0.029)
    drawn = _washed(drawn, 0.75 * loose, (0.98, 0.925, 0.91))
    drawn = _washed(drawn, 0.75 * np.maximum(-folds, 0.0), (0.76, 0.67, 0.645), 0.00050 * folds)
    return replace(drawn, rough=drawn.rough + 0.12 * loose)


def _hand(places: Array) -> _Drawn:
    """The back of a hand: thin skin, veins and tendons under it, red and wrinkled over the joints of the fingers."""
    flat = (places - HAND.at) / HAND.size * HAND.covers + HAND.start
    y, x = flat[..., 0], flat[..., 1]
    at, axes, mirror = figure.hand_frame(1)
    points = (np.stack([x, y, np.full_like(x, 0.012)], -1) * mirror) @ axes.T + at
    back = step(y, -0.015, 0.010) * (1.0 - step(y, 0.082, 0.095))
    drawn = _skin(points, np.ones_like(x))
    for path in _HAND_VEINS:
        away = np.min([_far(x + 0.0008 * np.sin(300.0 * y), y, *ends) for ends in pairwise(path)], axis=0)
        vein = bell(away, 0.0020)
        drawn = _washed(drawn, 0.85 * vein * step(y, -0.012, 0.006), (0.77, 0.87, 0.955), 0.0011 * vein * step(y, -0.012, 0.006))
    for name, (start, _, thick, _) in figure.FINGERS.items():
        tendon = bell(_far(x, y, (0.25 * start[0], 0.030), (start[0], start[1] - 0.006)), 0.0020) * back
        drawn = _washed(drawn, 0.5 * tendon, (1.03, 1.04, 1.02), 0.0005 * tendon)
        joints = figure.finger(name, figure.CURL[1])
        for joint, wide, much in ((joints[0], 0.0095, 0.62), (joints[1], 0.0075, 0.80), (joints[2], 0.0058, 0.60)):
            away = np.hypot((x - joint[0]) / 1.1, y - joint[1])
            drawn = _washed(drawn, much * bell(away, wide), (0.95, 0.82, 0.795))
            folds = np.sin(2 * np.pi * (y - joint[1]) / 0.0031) * bell(away, 0.8 * wide)
            drawn = _washed(drawn, 0.55 * np.maximum(-folds, 0.0), (0.72, 0.60, 0.56), 0.00030 * folds)
        drawn = _washed(drawn, 0.55 * bell(np.hypot(x - joints[3][0], y - joints[3][1]), 1.6 * thick), (0.97, 0.83, 0.81))
    crepe = grain(np.stack([x, 0.35 * y, 0.0 * x], -1), 260.0, 57) * back
    drawn = replace(drawn, height=drawn.height + 0.00010 * crepe)
    return _spotted(drawn, 30, 73, back)


def _throat(places: Array) -> _Drawn:
    """The skin from the neck to the collar-bones: beside the head's skin as that is there, red where a collar is open."""
    flat = (places - THROAT.at) / THROAT.size
    x, y = 0.20 * (flat[..., 0] - 0.5), -0.598 + 0.143 * flat[..., 1]
    drawn = _skin(np.stack([x, y, np.full_like(x, 0.14)], -1), 0.0)
    own = step(y, -0.548, -0.515)
    colour = 1.0 + own[..., None] * (drawn.colour / drawn.colour.mean(axis=(0, 1)) - 1.0)
    drawn = replace(drawn, colour=colour, rough=0.57 + own * (drawn.rough - 0.57))
    for height in (-0.531, -0.516):
        ring = bell(y - height - 2.2 * x * x - 0.0012 * np.sin(90.0 * x), 0.0016) * (1.0 - step(np.abs(x), 0.040, 0.070))
        drawn = _washed(drawn, 0.45 * ring, (0.78, 0.66, 0.62), -0.0006 * ring)
    return _washed(drawn, 0.6 * step(y, -0.540, -0.500), (1.0, 0.91, 0.885))


def _far(x: Array, y: Array, start: tuple[float, float], end: tuple[float, float]) -> Array:
    """How far points are from a straight piece."""
    wx, wy = end[0] - start[0], end[1] - start[1]
    share = np.clip(((x - start[0]) * wx + (y - start[1]) * wy) / (wx * wx + wy * wy), 0.0, 1.0)
    return np.asarray(np.hypot(x - start[0] - share * wx, y - start[1] - share * wy))


def _spotted(drawn: _Drawn, count: int, seed: int, where: Array) -> _Drawn:
    """With spots of age, 2-7 mm wide, where the sun has been."""
    chance = np.random.Generator(np.random.PCG64(seed))
    ragged = 1.0 + 0.20 * grain(drawn.points, 240.0, 58)
    found = np.zeros(where.shape)
    for _ in range(count):
        row, column = (int(chance.integers(0, size)) for size in where.shape)
        wide, dark = 0.0010 + 0.0026 * float(chance.random()) ** 2, float(chance.uniform(0.2, 0.8))
        away = np.linalg.norm(drawn.points - drawn.points[row, column], axis=-1) * ragged
        found = np.maximum(found, dark * (1.0 - step(away / wide, 0.6, 1.2)))
    return _washed(drawn, found * where, (0.70, 0.58, 0.49))
