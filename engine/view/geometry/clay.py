"""Things that have no model yet, as bevelled boxes of neutral clay: seen at once to be missing, and as large as they will be."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.spec.cards import Card
from engine.view.geometry.mesh import HERE, Floats, Material, Mesh, Part
from engine.view.geometry.surfaces import make_mesh
from engine.world.world import Body

BEVEL = 0.006
"""Metres; less on what is small."""

CLAY = Material("clay", (0.33, 0.30, 0.275, 1.0), 0.0, 0.8)
FACE = Material("lamp", (0.8, 0.8, 0.8, 1.0), 0.0, 0.6)

STEP = 0.12
"""Metres between vertices, for shadows to fall on."""


def build_clay(body: Body) -> list[Part]:
    """What is solid of a body; an opening is a frame round its hole, a lamp shines from its foot."""
    card = body.card
    width, depth, height = body.size
    if min(body.size) <= 0.0 or card.kind in ("sound", "environment"):
        return []
    if card.kind == "opening":
        rim = 0.05
        bars = [
            ((-width / 2, -depth / 2, 0.0), (-width / 2 + rim, depth / 2, height)),
            ((width / 2 - rim, -depth / 2, 0.0), (width / 2, depth / 2, height)),
        ]
        bars.append(((-width / 2 + rim, -depth / 2, height - rim), (width / 2 - rim, depth / 2, height)))
        if not card.way:
            bars.append(((-width / 2 + rim, -depth / 2, 0.0), (width / 2 - rim, depth / 2, rim)))
        return [Part("clay", soft_box(*bar), HERE) for bar in bars]
    if card.kind == "light":
        face = ((-width / 2 + 0.012, -depth / 2 + 0.012, -0.0015), (width / 2 - 0.012, depth / 2 - 0.012, 0.004))
        shining = Part("face", soft_box(*face, FACE), HERE, casts=False, shines="flux" if "flux" in card.live else "")
        return [Part("clay", soft_box((-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, height)), HERE, casts=False), shining]
    return [Part("clay", soft_box(low, high), HERE, joint=joint) for low, high, joint in _solids(card, body)]


def _solids(card: Card, body: Body) -> list[tuple[tuple[float, float, float], tuple[float, float, float], str]]:
    if not card.boxes:
        width, depth, height = body.size
        return [((-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, height), "")]
    return [
        (
            (box.at[0] - box.size[0] / 2, box.at[1] - box.size[1] / 2, box.at[2]),
            (box.at[0] + box.size[0] / 2, box.at[1] + box.size[1] / 2, box.at[2] + box.size[2]),
            box.joint,
        )
        for box in card.boxes.values()
    ]


@lru_cache(maxsize=256)
def soft_box(low: tuple[float, float, float], high: tuple[float, float, float], material: Material = CLAY) -> Mesh:
    """A box with rounded edges: each side a grid, pulled in at its rim."""
    size = np.array(high) - np.array(low)
    bevel = min(BEVEL, float(size.min()) / 4)
    points: list[Floats] = []
    normals: list[Floats] = []
    faces: list[np.ndarray[tuple[int, int], np.dtype[np.int64]]] = []
    first = 0
    for axis in range(3):
        one, two = (axis + 1) % 3, (axis + 2) % 3
        a, b = _stations(float(size[one]), bevel), _stations(float(size[two]), bevel)
        for side in (0, 1):
            grid = np.zeros((len(a), len(b), 3), np.float32)
            grid[..., one], grid[..., two] = np.meshgrid(a, b, indexing="ij")
            grid[..., axis] = size[axis] * side
            inner = np.clip(grid, bevel, size - bevel)
            away = grid - inner
            normal = away / np.maximum(np.linalg.norm(away, axis=-1, keepdims=True), 1e-9)
            points.append((inner + normal * bevel + np.array(low)).reshape(-1, 3).astype(np.float32))
            normals.append(normal.reshape(-1, 3))
            index = np.arange(len(a) * len(b)).reshape(len(a), len(b)) + first
            first += index.size
            quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
            if not side:
                quads = quads[:, ::-1]
            faces += [quads[:, :3], quads[:, [0, 2, 3]]]
    return make_mesh(material, np.concatenate(points), np.concatenate(faces), normals=np.concatenate(normals))


def _stations(length: float, bevel: float) -> Floats:
    inner = np.linspace(bevel, length - bevel, max(2, round((length - 2 * bevel) / STEP) + 1))
    return np.array((0.0, bevel * 0.3, *inner, length - bevel * 0.3, length), np.float32)
