"""A palm stone of gneiss, 70 x 50 x 30 mm, worn smooth by the lake, with one vein of quartz."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Array, Shape, join, shape
from assets.generators.surfaces import STONE_TILE, stone, tiled
from engine.view.geometry.noise import fbm
from engine.view.geometry.surfaces import unit

SIZE = (0.070, 0.050, 0.030)
QUARTZ, BODY = 1.45, 0.62
"""How much paler than gneiss the texture is made, for the quartz, and what share of that light the gneiss sends back."""
CUTS = 20
"""Squares along each edge of the cube that the ball is blown up from: even triangles, and uvs nearly to scale."""


def _form(way: Array) -> Array:
    """The stone's surface along unit directions: a rounded ellipsoid, unevenly worn, flatter underneath."""
    squared = way * np.sum(np.abs(way) ** 2.2, axis=1, keepdims=True) ** (-1.0 / 2.2)
    worn = fbm(way[:, 0] * 0.9 + 3.0, way[:, 1] * 0.9 + way[:, 2] * 0.7, 91, 2)
    p = squared * (1.0 + 0.055 * worn[:, None].astype(float)) * np.array(SIZE) / 2
    p[:, 0] += 0.10 * p[:, 1]
    p[:, 2] = np.where(p[:, 2] < 0, p[:, 2] * 0.86, p[:, 2])
    return np.asarray(p)


def _faces() -> Shape:
    """Six patches of a cube blown up to a ball."""
    s, t = np.meshgrid(np.tan(np.linspace(-1.0, 1.0, CUTS + 1) * np.pi / 4), np.tan(np.linspace(-1.0, 1.0, CUTS + 1) * np.pi / 4))
    index = np.arange((CUTS + 1) ** 2).reshape(CUTS + 1, CUTS + 1)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    faces = np.concatenate([np.stack([a, b, d], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)])
    one = np.ones_like(s)
    made = []
    for axes in ((s, t, one), (t, s, -one), (one, s, t), (-one, t, s), (t, one, s), (s, -one, t)):
        way = unit(np.stack([each.ravel() for each in axes], axis=-1)).astype(float)
        places = _form(way)
        step = 1e-3
        helper = np.where(np.abs(way[:, 2:]) < 0.9, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
        u = unit(np.cross(helper, way)).astype(float)
        v = np.cross(way, u)
        slope_u = _form(unit(way + step * u).astype(float)) - _form(unit(way - step * u).astype(float))
        slope_v = _form(unit(way + step * v).astype(float)) - _form(unit(way - step * v).astype(float))
        uvs = np.stack([s.ravel(), t.ravel()], axis=-1) * 0.5 * (SIZE[0] + SIZE[1]) / 2
        made.append(shape(places, faces, np.cross(slope_u, slope_v), uvs))
    return join(made)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    made = _faces()
    low = made.positions[:, 2].min()
    p = made.positions
    spread = p / np.array(SIZE)
    drift = fbm(spread[:, 0] * 3.0, spread[:, 1] * 3.0 + spread[:, 2], 97, 3).astype(float)
    vein = np.exp(-(((spread @ np.array((0.78, 0.42, 0.35)) - 0.04 + 0.035 * drift) / 0.030) ** 2))
    hair = np.exp(-(((spread @ np.array((0.55, 0.70, -0.40)) + 0.17 + 0.04 * drift) / 0.012) ** 2)) * 0.8
    bands = 0.86 + 0.16 * np.sin(spread @ np.array((2.0, 7.0, 18.0)) + 3.0 * drift)
    white = np.maximum(vein, hair)[:, None]
    tint = np.array((0.90, 0.95, 1.0)) * bands[:, None] * (1 - white) * BODY + np.array((1.0, 1.0, 0.97)) * white
    light = np.clip(0.70 + 0.32 * made.normals[:, 2] + 0.25 * (p[:, 2] - low) / SIZE[2], 0.3, 1.0)
    made = replace(made.tinted(tint), light=light).moved(z=-float(low))
    found = stone()
    assert found.colour_map is not None
    pale = np.clip(found.colour_map * QUARTZ, 0.0, 255.0).astype(np.uint8)
    material = replace(found, colour_map=pale)
    write_glb("smooth_stone", {"stone": [(material, tiled(made, STONE_TILE))]}, folder)


if __name__ == "__main__":
    make()
