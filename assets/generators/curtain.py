"""A bed curtain on a rail that hangs from the ceiling: pleats of cloth 1.75 m long under a net, laid out by its card.

A pleat is 0.3 m wide with one soft fold; the three kinds meet without a seam, because all leave and arrive alike. z = 0 is
the hem, z = 2.45 m the ceiling.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, sheet, soft_box, without
from assets.generators.shapes import Array, Shape, bar, curve, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, painted, plain, tiled
from assets.generators.textures import bytes_of, layered, normal_map, surface
from engine.view.geometry.mesh import Material, Pixels

PLEAT, CLOTH, NET, CEILING = 0.300, 1.75, 2.185, 2.45
"""Metres: a pleat's width, the heights of the seam between cloth and net and of the net's top, and the ceiling."""
RAIL = (0.018, 0.024, 2.203)
"""The rail's width and height, and the height of its foot."""
_NET_TILE = (0.012, 0.012)


DEEP, MORE, SECOND, SHIFT, LEAN, LIFT = (
    *((1.50, 0.72, 1.10), (0, 1, 0), (0.45, 0.20, 0.62), (0.022, -0.010, -0.026), (0.80, -0.35, -1.10), (0.001, 0.006, 0.003)),
)
"""For each kind of pleat: how deep its fold is; how many folds it has besides; how much of a second, half as wide, it has at the
hem, so that it parts in two as it falls; how far it stands to one side (metres where the cloth hangs straight); by how much its
fold comes late (radians); and how much its hem is lifted (metres)."""
_EVEN = 1.0
"""How deep all pleats are where they meet."""


def _deep(z: Array) -> Array:
    """Half of an even fold's depth at a height, metres: the cloth opens below its tape."""
    return np.asarray(0.0080 + 0.0110 * np.sqrt(np.clip((NET - z) / NET, 0.0, 1.0)))


def _sway(z: Array) -> Array:
    """How far the whole cloth hangs before or behind its rail at a height, metres: a soft wave that begins below the tape."""
    fall = np.clip((NET - z) / NET, 0.0, 1.0)
    return np.asarray(0.013 * np.sqrt(fall) * np.sin(3.4 * z + 0.5))


def _folds(kind: int, u: Array, z: Array) -> Array:
    """Points of the cloth for u 0-1 across a pleat and heights z, metres: soft folds of several sizes that wander as they fall.

    All kinds leave and arrive alike. Where a pleat has two folds, they part below the tape, as cloth falls.
    """
    chance = np.random.Generator(np.random.PCG64(310 + kind))
    own = np.sin(np.pi * u) ** 2
    fall = np.clip((NET - z) / NET, 0.0, 1.0)
    deep = _deep(z)
    lean = own * (LEAN[kind] + 0.85 * np.sin((2.3 + 0.8 * kind) * z + chance.uniform(0, 6)) * fall)
    share = np.clip(u, 0.0, 1.0)
    further = 2.0 * np.pi * MORE[kind] * share**3 * (10.0 - 15.0 * share + 6.0 * share**2)
    turn = 2.0 * np.pi * u + further + 0.70 * fall * np.sin(2.6 * z + 0.4) + lean
    strength = _EVEN + own * (DEEP[kind] - _EVEN) * (1.0 - 0.30 * np.sin(2.7 * z + 1.7 * kind))
    second = own * SECOND[kind] * (0.1 + 0.9 * fall**1.5) * np.sin(2 * turn + 0.8 * z + kind)
    y = deep * (strength * np.sin(turn) + second) + _sway(z)
    rounds = 0.38 / (1.0 + MORE[kind] * own) * deep * np.sin(2 * turn)
    x = PLEAT * (u - 0.5) + own * SHIFT[kind] * (0.3 + 0.9 * fall) - rounds  # which rounds the crests
    hem = np.clip(1.0 - z / 0.35, 0.0, 1.0) ** 2
    return np.stack([x, y, z + own * LIFT[kind] * hem], -1)


COLUMNS = 34
OVER = 1 / (COLUMNS - 2)
"""By which share of itself a pleat goes on under its neighbours, one column at each end: edges that only met, or columns that lay
otherwise than the neighbour's, would let light through here and there."""
ROLLED = 0.36
"""Metres of cloth in a pleat, and a whole number of its weave's repeats, so that the stripes go on."""
CLOTH_TILE = (0.09, 0.18)
"""Metres that one repeat of the cloth covers, across and along its stripes."""
HEM, STITCH = 0.085, 0.0045
"""Metres: how high the seam of the hem lies, in which a chain of weights runs, and how wide it shows."""
DOUBLED = 0.92
"""Tone of the cloth where it lies double: in the hem, and where net and cloth are sewn together."""
TURNED = ((0.016, 0.0011, -1.0, 0.36), (0.0008, 0.0009, -0.7, 0.44), (0.0, 0.0003, 0.2, 0.64))
"""The hem's lower edge from its inside round the weights: heights and how far behind the cloth's face, metres; how far it looks
ahead, the rest of it down; tones."""


def _cloth(kind: int, heights: Array) -> Shape:
    """The cloth at some heights, with normals that go on into the pleats beside it."""
    rows, beyond = len(heights), 4
    further = OVER * (1 + beyond)
    wide = sheet(_folds(kind, *np.meshgrid(np.linspace(-further, 1.0 + further, COLUMNS + 1 + 2 * beyond), heights)))
    inner = wide.normals.reshape(rows, -1, 3)[:, beyond : beyond + COLUMNS + 1].reshape(-1, 3)
    u = np.linspace(-OVER, 1.0 + OVER, COLUMNS + 1)
    made = sheet(_folds(kind, *np.meshgrid(u, heights)))
    away = (made.positions[:, 1] - _sway(made.positions[:, 2])) * np.sign(made.normals[:, 1]) / _deep(made.positions[:, 2])
    light = 1.0 - 0.70 * np.clip(0.46 - 0.56 * away, 0.0, 1.0) ** 1.15
    # Ripples too shallow to be formed shade the sides of folds; they too are alike where pleats meet.
    share, up = np.tile(u, rows), np.repeat(heights, COLUMNS + 1)
    swing = 0.9 * np.sin(1.9 * up) + 2.0 * kind * np.sin(np.pi * share) ** 2
    light *= 0.91 + 0.09 * np.sin(14.0 * np.pi * share + swing)
    uvs = np.column_stack([share * ROLLED, up])
    return replace(made, normals=inner, light=light, uvs=uvs)


def _drop(kind: int) -> Shape:
    """The cloth from its stitched hem to its seam with the net: both seams show as a darker line."""
    half = STITCH / 2
    seams = (
        (0.003, DOUBLED), (HEM - half - 0.002, DOUBLED), (HEM - half, 0.64), (HEM + half, 0.64), (HEM + half + 0.004, 1.0),
        (CLOTH - 0.036, 1.0), (CLOTH - 0.034, 0.72), (CLOTH - 0.032, DOUBLED), (CLOTH, DOUBLED),
    )  # fmt: skip
    heights = np.concatenate([[z for z, _ in seams[:5]], np.linspace(0.14, CLOTH - 0.10, 11), [z for z, _ in seams[5:]]])
    tone = np.interp(heights, *np.array(seams).T)
    made = _cloth(kind, heights).tinted(np.repeat(tone, COLUMNS + 1)[:, None])
    return join([_turned(made), made])


def _turned(cloth: Shape) -> Shape:
    """The hem's lower edge, which goes on from the cloth's lowest row and up again inside: what is turned over is thick."""
    count = COLUMNS + 1
    foot, ahead = cloth.positions[:count], cloth.normals[:count] * (1.0, 1.0, 0.0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    rows = [foot * (1.0, 1.0, 0.0) + (0.0, 0.0, high) - behind * ahead for high, behind, _, _ in TURNED]
    looks = [share * ahead - (0.0, 0.0, 1.0 - abs(share)) for _, _, share, _ in TURNED]
    made = sheet(np.stack([*rows, foot]))
    normals = np.concatenate([*looks, cloth.normals[:count]])
    tones = [np.full((count, 3), tone) for *_, tone in TURNED]
    uvs = np.concatenate([cloth.uvs[:count] * (1.0, 0.0) + (0.0, high) for high, *_ in (*TURNED, (float(foot[0, 2]),))])
    light = np.tile(cloth.light[:count], len(TURNED) + 1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return replace(made, normals=normals, uvs=uvs, light=light, tint=np.concatenate([*tones, cloth.tint[:count]]))


def _gliders() -> tuple[Shape, Shape]:
    """Two hooks of a pleat in their gliders, and the tape that they go through."""
    hooks = []
    for x in (-PLEAT / 4, PLEAT / 4):
        body = bar(0.008, 0.009, 0.016, 0.002).moved(x, 0.0, RAIL[2] - 0.003)
        way = curve(
            ((0.0, 0.0, 0.000), (0.0, 0.004, -0.008), (0.0, 0.001, -0.020), (0.0, -0.004, -0.027), (0.0, -0.003, -0.034)), 6
        )
        hooks += [body, tube(way, 0.0014, 4).moved(x, 0.0, RAIL[2] - 0.008)]
    tape = sheet(_folds(0, *np.meshgrid(np.linspace(0.0, 1.0, COLUMNS + 1), np.array((NET - 0.026, NET + 0.002)))))
    return join(hooks), tape


def _rail() -> Shape:
    """A metre of the rail: an aluminium profile with a slot below. Its ends are open, since pieces meet."""
    w, h, z = RAIL[0] / 2, RAIL[1], RAIL[2]
    p = [
        (-w, z + 0.001), (-w + 0.001, z), (-0.003, z), (-0.003, z + 0.002), (-w + 0.0016, z + 0.002), (-w + 0.0016, z + 0.010),
        (w - 0.0016, z + 0.010), (w - 0.0016, z + 0.002), (0.003, z + 0.002), (0.003, z), (w - 0.001, z), (w, z + 0.001),
        (w, z + h - 0.002), (w - 0.002, z + h), (-w + 0.002, z + h), (-w, z + h - 0.002),
    ]  # fmt: skip
    return without(extrude(p, 1.0), (1.0, 0.0, 0.0), (-1.0, 0.0, 0.0))


def _rod() -> list[Shape]:
    """A rod from the rail to its flange on the ceiling."""
    top, low = CEILING, RAIL[2] + RAIL[1]
    pole = lathe(
        ((0.0, low - 0.001), (0.0125, low - 0.001), (0.0125, low + 0.022), (0.0075, low + 0.026), (0.0075, top - 0.03)), 16, 40.0
    )
    flange = lathe(
        (
            (0.0075, top - 0.030),
            (0.012, top - 0.027),
            (0.012, top - 0.012),
            (0.044, top - 0.008),
            (0.046, top - 0.005),
            (0.046, top),
        ),
        24,
        40.0,
    )
    clamp = soft_box(0.030, 0.028, 0.032, 0.003).moved(0.0, 0.0, RAIL[2] + RAIL[1] / 2 + 0.002)
    return [pole, flange, clamp]


def _stop() -> Shape:
    """The cap that closes an end of the rail."""
    return soft_box(0.010, RAIL[0] + 0.004, RAIL[1] + 0.004, 0.003, steps=2).moved(0.0, 0.0, RAIL[2] + RAIL[1] / 2)


@cache
def _striped(size: int = 128) -> tuple[Pixels, Pixels, Pixels]:
    """Colour, normals and surface of a dobby cloth: narrow satin stripes, paler and smoother, in a plain ground whose weft is
    slubbed."""
    v, u = np.mgrid[0:size, 0:size] / size
    edges = ((0.05, 0.10), (0.16, 0.44), (0.50, 0.55))
    stripe = sum((np.clip((u - low) * size, 0, 1) * np.clip((high - u) * size, 0, 1) for low, high in edges), np.zeros_like(u))
    weft, warp = layered(size, (64, 8), 321, 1), layered(size, (8, 64), 325, 1)
    tone = 232.0 + 13.0 * stripe + (10.0 - 6.0 * stripe) * (weft - 0.5) + 6.0 * (warp - 0.5)
    threads = np.maximum(np.sin(np.pi * 64.0 * v) ** 2, (1.0 - 0.7 * stripe) * np.sin(np.pi * 64.0 * u) ** 2)
    colour = tone[..., None] * (1.0, 1.0, 1.0) + stripe[..., None] * (3.0, 0.0, -1.0)
    rough = np.clip(0.95 - 0.24 * stripe + 0.08 * (weft - 0.5), 0.0, 1.0)
    return bytes_of(colour), normal_map(threads * (0.8 + 0.4 * weft), 0.5), surface(0.92 + 0.08 * threads, rough, 1.0)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    colour, normal, finish = _striped()
    cloth = Material(
        "curtain_cloth", (0.315, 0.510, 0.500, 1.0), roughness=0.92, two_sided=True,
        colour_map=colour, normal_map=normal, surface_map=finish,
    )  # fmt: skip
    white = painted("rail_paint", (0.72, 0.72, 0.71), 0.4)
    net = Material("net", (0.27, 0.415, 0.41, 0.58), roughness=1.0, alpha="blend", two_sided=True)
    glide = plain("glider", (0.62, 0.62, 0.60), 0.45)
    tape = Material("tape", (0.70, 0.70, 0.68, 1.0), roughness=0.9, two_sided=True)
    model = {}
    for kind, letter in enumerate("abc"):
        top = _cloth(kind, np.linspace(CLOTH - 0.004, NET - 0.024, 4))
        model[f"pleat_{letter}"] = [(cloth, tiled(_drop(kind), CLOTH_TILE))]
        model[f"net_{letter}"] = [(net, tiled(top, _NET_TILE))]
    hooks, band = _gliders()
    model["hooks"] = [(glide, hooks), (tape, band)]
    model["rail"] = [(white, tiled(_rail(), GRAIN_TILE))]
    model["rod"] = [(white, tiled(join(lit(_rod(), rays=24, reach=0.05, floor=None)), GRAIN_TILE))]
    model["stop"] = [(glide, _stop())]
    write_glb("curtain", model, folder)


if __name__ == "__main__":
    make()
