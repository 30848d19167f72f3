"""A bed curtain on a rail that hangs from the ceiling: pleats of cloth 1.75 m long under a net, laid out by its card.

A pleat is 0.3 m wide with two folds; the three kinds meet without a seam, because all leave and arrive alike. z = 0 is the hem,
z = 2.45 m the ceiling.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.fabrics import WEAVE_TILE, cotton
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, picked, sheet, soft_box
from assets.generators.shapes import Array, Shape, bar, curve, join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, painted, plain, tiled
from engine.view.geometry.mesh import Material

PLEAT, CLOTH, NET, CEILING = 0.300, 1.75, 2.185, 2.45
"""Metres: a pleat's width, the heights of the seam between cloth and net and of the net's top, and the ceiling."""
RAIL = (0.018, 0.024, 2.203)
"""The rail's width and height, and the height of its foot."""
_NET_TILE = (0.012, 0.012)


def _folds(kind: int, u: Array, z: Array) -> Array:
    """Points of the cloth for u 0-1 across a pleat and heights z, metres: folds pinched at the hooks, wandering below."""
    chance = np.random.Generator(np.random.PCG64(310 + kind))
    own = np.sin(np.pi * u) ** 2
    fall = np.clip((NET - z) / NET, 0.0, 1.0)
    deep = 0.020 + 0.026 * fall**0.6
    swing = 0.25 * np.sin(2.1 * z + 0.4)
    turn = (
        4.0 * np.pi * u
        + swing
        + own * chance.uniform(-1.3, 1.3) * fall
        + own * 0.55 * np.sin(2.6 * z + chance.uniform(0, 6)) * fall
    )
    strength = 1.0 + own * chance.uniform(-0.50, 0.30) * fall
    y = deep * strength * (np.sin(turn) + 0.16 * np.sin(2 * turn + 0.8) + 0.06 * np.sin(3 * turn + 2.0 * z) * fall)
    y = y + 0.004 * np.sin(23.0 * z + 9.0 * np.pi * u) * own * fall
    x = PLEAT * (u - 0.5) + 0.010 * deep / 0.046 * np.sin(2 * turn + 0.35)
    return np.stack([x, y, z], -1)


def _cloth(kind: int, low: float, high: float, rows: int) -> Shape:
    u, z = np.meshgrid(np.linspace(0.0, 1.0, 25), np.linspace(low, high, rows))
    wide = sheet(_folds(kind, *np.meshgrid(np.linspace(-4 / 24, 1 + 4 / 24, 33), np.linspace(low, high, rows))))
    inner = wide.normals.reshape(rows, 33, 3)[:, 4:29].reshape(-1, 3)
    made = sheet(_folds(kind, u, z))
    light = 0.60 + 0.40 * np.clip(0.5 + 11.0 * made.positions[:, 1] * np.sign(made.normals[:, 1]), 0.0, 1.0)
    across = np.broadcast_to(np.linspace(0.0, 0.40, 25), (rows, 25)).reshape(-1)
    uvs = np.column_stack([across, z.reshape(-1)])
    return replace(made, normals=inner, light=light, uvs=uvs)


def _hem(kind: int) -> Shape:
    """The hem's stitched fold: a second layer a hair outside of the first, on both sides."""
    u, z = np.meshgrid(np.linspace(0.0, 1.0, 25), (0.0, 0.050))
    made = sheet(_folds(kind, u, z))
    across = np.broadcast_to(np.linspace(0.0, 0.40, 25), (2, 25)).reshape(-1)
    made = replace(made, uvs=np.column_stack([across, z.reshape(-1) + 0.5]), light=np.full(len(made.positions), 0.85))
    front = replace(made, positions=made.positions + made.normals * 0.0018)
    back = replace(
        made, positions=made.positions - made.normals * 0.0018, normals=-made.normals, triangles=made.triangles[:, ::-1]
    )
    return join([front, back])


def _gliders() -> tuple[Shape, Shape]:
    """Two hooks of a pleat in their gliders, and the tape that they go through."""
    hooks = []
    for x in (-PLEAT / 4, PLEAT / 4):
        body = bar(0.008, 0.009, 0.016, 0.002).moved(x, 0.0, RAIL[2] - 0.003)
        way = curve(
            ((0.0, 0.0, 0.000), (0.0, 0.004, -0.008), (0.0, 0.001, -0.020), (0.0, -0.004, -0.027), (0.0, -0.003, -0.034)), 6
        )
        hooks += [body, tube(way, 0.0014, 4).moved(x, 0.0, RAIL[2] - 0.008)]
    u, z = np.meshgrid(np.linspace(0.0, 1.0, 25), np.array((NET - 0.026, NET + 0.002)))
    tape = sheet(_folds(0, u, z))
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
            (0.034, top - 0.008),
            (0.036, top - 0.005),
            (0.036, top),
        ),
        24,
        40.0,
    )
    clamp = soft_box(0.030, 0.028, 0.032, 0.003).moved(0.0, 0.0, RAIL[2] + RAIL[1] / 2 + 0.002)
    return [pole, flange, clamp]


def _stop() -> Shape:
    """The cap that closes an end of the rail."""
    return soft_box(0.010, RAIL[0] + 0.004, RAIL[1] + 0.004, 0.003, steps=2).moved(0.0, 0.0, RAIL[2] + RAIL[1] / 2)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    cloth = cotton("curtain_cloth", (0.245, 0.400, 0.395), two_sided=True)
    white = painted("rail_paint", (0.72, 0.72, 0.71), 0.4)
    net = Material("net", (0.72, 0.74, 0.73, 0.42), roughness=0.9, alpha="blend", two_sided=True)
    glide = plain("glider", (0.62, 0.62, 0.60), 0.45)
    tape = cotton("tape", (0.70, 0.70, 0.68), two_sided=True)
    model = {}
    for kind, letter in enumerate("abc"):
        fabric = [_cloth(kind, 0.0, CLOTH, 12), _hem(kind)]
        top = _cloth(kind, CLOTH, NET - 0.024, 3)
        model[f"pleat_{letter}"] = [(cloth, tiled(join(fabric), WEAVE_TILE))]
        model[f"net_{letter}"] = [(net, tiled(top, _NET_TILE))]
    hooks, band = _gliders()
    model["hooks"] = [(glide, hooks), (tape, tiled(band, WEAVE_TILE))]
    model["rail"] = [(white, tiled(_rail(), GRAIN_TILE))]
    model["rod"] = [(white, tiled(join(lit(_rod(), rays=24, reach=0.05, floor=None)), GRAIN_TILE))]
    model["stop"] = [(glide, _stop())]
    write_glb("curtain", model, folder)


if __name__ == "__main__":
    make()
