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
from assets.generators.lofts import extrude, picked, sheet, soft_box
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
    *((1.45, 0.85, 1.15), (0, 1, 0), (0.00, 0.00, 0.34), (0.022, -0.010, -0.026), (0.50, -0.35, -0.62), (0.001, 0.004, 0.002)),
)
"""For each kind of pleat: how deep its fold is, how many folds it has besides, how much of a second, half as wide, how far it
stands to one side (metres where the cloth hangs straight), by how much its fold comes late (radians), and how much its hem is
lifted (metres)."""
_EVEN = 1.0
"""How deep all pleats are where they meet."""


def _folds(kind: int, u: Array, z: Array) -> Array:
    """Points of the cloth for u 0-1 across a pleat and heights z, metres: soft folds of several sizes that wander as they fall.

    All kinds leave and arrive alike. Where a pleat has two folds, they part below the tape, as cloth falls.
    """
    chance = np.random.Generator(np.random.PCG64(310 + kind))
    own = np.sin(np.pi * u) ** 2
    fall = np.clip((NET - z) / NET, 0.0, 1.0)
    deep = 0.0080 + 0.0110 * np.sqrt(fall)
    lean = own * (LEAN[kind] + 0.40 * np.sin(1.5 * z + chance.uniform(0, 6)) * fall)
    share = np.clip(u, 0.0, 1.0)
    further = 2.0 * np.pi * MORE[kind] * share**3 * (10.0 - 15.0 * share + 6.0 * share**2)
    turn = 2.0 * np.pi * u + further + 0.20 * np.sin(1.7 * z + 0.4) + lean
    strength = _EVEN + own * (DEEP[kind] - _EVEN) * (1.0 - 0.20 * np.sin(2.3 * z + 1.7 * kind))
    second = own * SECOND[kind] * (0.3 + 0.7 * fall) * np.sin(2 * turn + 0.8 * z + kind)
    y = deep * (strength * np.sin(turn) + second)
    rounds = 0.30 / (1.0 + MORE[kind] * own) * deep * np.sin(2 * turn)
    x = PLEAT * (u - 0.5) + own * SHIFT[kind] * (0.3 + 0.9 * fall) - rounds  # which rounds the crests
    hem = np.clip(1.0 - z / 0.35, 0.0, 1.0) ** 2
    return np.stack([x, y, z + own * LIFT[kind] * hem], -1)


COLUMNS = 36
OVER = 0.004
"""By which share of itself a pleat goes on under its neighbours: edges that only met would let light through here and there."""
ROLLED = 0.36
"""Metres of cloth in a pleat, and a whole number of its weave's repeats, so that the stripes go on."""
CLOTH_TILE = (0.09, 0.18)
"""Metres that one repeat of the cloth covers, across and along its stripes."""
HEM, STITCH = 0.085, 0.0035
"""Metres: how high the seam of the hem lies, in which a chain of weights runs, and how wide it shows."""
DOUBLED = 0.94
"""Tone of the cloth where it lies double: in the hem, and where net and cloth are sewn together."""


def _cloth(kind: int, heights: Array) -> Shape:
    """The cloth at some heights, with normals that go on into the pleats beside it."""
    rows, beyond = len(heights), 4
    u = np.linspace(-beyond / COLUMNS, 1 + beyond / COLUMNS, COLUMNS + 1 + 2 * beyond)
    wide = sheet(_folds(kind, *np.meshgrid(u, heights)))
    inner = wide.normals.reshape(rows, len(u), 3)[:, beyond : beyond + COLUMNS + 1].reshape(-1, 3)
    made = sheet(_folds(kind, *np.meshgrid(np.linspace(-OVER, 1.0 + OVER, COLUMNS + 1), heights)))
    away = made.positions[:, 1] * np.sign(made.normals[:, 1]) / (0.0085 + 0.0110 * np.sqrt(1.0 - made.positions[:, 2] / NET))
    light = 1.0 - 0.76 * np.clip(0.46 - 0.56 * away, 0.0, 1.0) ** 1.15
    across = np.broadcast_to(np.linspace(0.0, ROLLED, COLUMNS + 1), (rows, COLUMNS + 1)).reshape(-1)
    uvs = np.column_stack([across, np.repeat(heights, COLUMNS + 1)])
    return replace(made, normals=inner, light=light, uvs=uvs)


def _drop(kind: int) -> Shape:
    """The cloth from its stitched hem to its seam with the net: both seams show as a darker line."""
    half = STITCH / 2
    seams = (
        (0.0, 0.86), (0.004, DOUBLED), (HEM - half, DOUBLED), (HEM, 0.78), (HEM + half, 1.0),
        (CLOTH - 0.036, 1.0), (CLOTH - 0.034, 0.72), (CLOTH - 0.032, DOUBLED), (CLOTH, DOUBLED),
    )  # fmt: skip
    heights = np.concatenate([[z for z, _ in seams[:5]], np.linspace(0.14, CLOTH - 0.10, 9), [z for z, _ in seams[5:]]])
    tone = np.interp(heights, *np.array(seams).T)
    return _cloth(kind, heights).tinted(np.repeat(tone, COLUMNS + 1)[:, None])


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
    whole = extrude(p, 1.0)
    return picked(whole, ~(np.abs(whole.normals[whole.triangles][:, :, 0]) > 0.99).all(axis=1))


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
