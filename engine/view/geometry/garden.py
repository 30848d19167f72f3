"""A garden outside a window, on a mild afternoon: a mown lawn with a path, borders, a hedge, trees and a wood behind.

Foliage stands on cards that face the window, each with a picture of a plant by `engine.view.geometry.crowns`, at every distance,
so that they shift against one another as a head moves. +y is outwards, `GROUND` the lawn's height from the window's middle.
Colours are light: how bright a surface is there, of the sight's `lit`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.crowns import BEECH, BOX, LIME, TREES, YEW, flowers, hedge, shrub, softened, texels, tree, wood_edge
from engine.view.geometry.lawn import Blob, deepened, haze, lawn
from engine.view.geometry.mesh import HERE, Floats, Material, Mesh, Part, Pixels
from engine.view.geometry.noise import smoothstep
from engine.view.geometry.skies import afternoon, drum
from engine.view.geometry.surfaces import make_mesh

GROUND = -1.45
"""The sill is 0.78 m over the grass: a room one step up."""

EDGE = (0.26, 0.74)
"""Shares of leaves between which an edge is drawn: single leaves before the sky would be a grainy veil."""

THIN = (0.10, 0.62)
"""The same for flowers, which are little more than single heads."""

HEDGE = 23.0
"""Metres to the hedge."""

PIECE = 8.0
"""Metres about which a card is wide: wider ones are made of several."""

FLOWERS = ((0.62, 0.20, 0.34), (0.72, 0.70, 0.70), (0.36, 0.28, 0.62), (0.78, 0.60, 0.22))


def garden_parts() -> tuple[Part, ...]:
    """The garden: lawn, cards of foliage, sky."""
    chance = np.random.Generator(np.random.PCG64(45))
    cards = _planted(chance)
    grass = lawn(GROUND, chance, [blob for card in cards for blob in card.shading()], HEDGE)
    return (
        Part("lawn", grass, HERE, casts=False),
        Part("foliage", _cards(cards), HERE, casts=False),
        Part("sky", drum(afternoon()), HERE, casts=False),
    )


@dataclass(frozen=True, slots=True)
class _Card:
    """A plant: its foot, width and height in metres, its cell of the atlas (left, foot, right, top in uv), and its shade."""

    x: float
    y: float
    wide: float
    tall: float
    cell: tuple[float, float, float, float]
    light: float = 1.0
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def shading(self) -> list[Blob]:
        """What of it throws a shadow on the lawn."""
        if self.y > HEDGE + 1.0 or self.cell in (_HEDGE_CELL, _WOOD_CELL):
            return []
        if self.tall > 3.0:
            return [(self.x, self.y, 0.60 * self.tall, 0.36 * self.wide, 0.34 * self.tall)]
        return [(self.x, self.y, 0.42 * self.tall, 0.38 * self.wide, 0.42 * self.tall)]


# Cells of the atlas, 2,048 x 1,024: four trees above, then hedge and wood, shrubs and flowers, each as left, foot, right, top.
_TREE = tuple((0.25 * i, 0.5, 0.25 * i + 0.25, 1.0) for i in range(4))
_HEDGE_CELL, _WOOD_CELL = (0.0, 0.25, 0.5, 0.5), (0.5, 0.25, 1.0, 0.5)
_SHRUB = tuple((0.125 * i, 0.0, 0.125 * i + 0.125, 0.25) for i in range(8))


_TREES_AT = (
    (-31.0, 47.0, 1), (-22.0, 36.0, 0), (-14.5, 52.0, 3), (-9.0, 31.0, 2), (-2.5, 44.0, 0), (4.6, 29.0, 1),
    (10.5, 50.0, 2), (16.0, 38.0, 0), (24.0, 31.0, 1), (33.0, 45.0, 3), (-38.0, 30.0, 0), (40.0, 33.0, 2),
    (-10.2, 15.4, 2), (2.4, 18.6, 2),
)  # fmt: skip
"""Trees: metres to the side and away, and which of the four."""

_BEDS_AT = (
    (-7.6, 11.0, 0, 1.7), (-6.2, 10.2, 4, 0.75), (-8.9, 10.4, 6, 0.8), (9.9, 14.0, 1, 1.9), (8.7, 13.1, 5, 0.8),
    (11.1, 13.0, 7, 0.8), (-13.0, 16.0, 2, 2.3), (15.0, 18.5, 3, 2.2), (-3.0, 18.8, 1, 1.2),
)  # fmt: skip
"""Shrubs and flowers on the lawn: as trees, and how tall they are."""


def _planted(chance: np.random.Generator) -> list[_Card]:
    between = chance.uniform
    cards = [
        _Card(float(x), 78.0 + float(between(-4, 4)), 62.0, 13.0 + float(between(-2, 3)), _WOOD_CELL)
        for x in range(-150, 151, 44)
    ]
    for x, y, kind in _TREES_AT:
        tall = float(between(8.5, 13.0)) * (0.8 if kind == 2 else 1.0) * (1.0 if y > HEDGE else 0.62)
        tint = (float(between(0.88, 1.12)), 1.0, float(between(0.85, 1.1)))
        cards.append(_Card(x, y, tall * 1.04, tall, _TREE[kind], float(between(0.85, 1.0)), tint))
    for x in np.arange(-46.0, 46.0, 5.6).tolist():
        y = HEDGE + 0.25 * float(chance.standard_normal())
        cards.append(_Card(x, y, 6.6, float(between(1.78, 1.84)), _HEDGE_CELL, 1.0))
    for index, x in enumerate(np.arange(-30.0, 30.0, 0.62).tolist()):
        # Perennials stand in drifts of one colour before the shrubs.
        low = index % 3 != 0
        kind = 4 + (index // 7) % 4 if low else int(chance.integers(4))
        tall = float(between(0.55, 0.95) if low else between(0.95, 1.6))
        y = HEDGE - 1.0 - 0.7 * float(chance.random()) - (1.0 if low else 0.0)
        tint = (float(between(0.85, 1.2)), 1.0, float(between(0.8, 1.15)))
        wide = tall * float(between(1.1, 1.7))
        cards.append(_Card(x + float(between(-0.4, 0.4)), y, wide, tall, _SHRUB[kind], float(between(0.8, 1.05)), tint))
    cards += [_Card(x, y, tall * 1.25, tall, _SHRUB[kind]) for x, y, kind, tall in _BEDS_AT]
    return cards


def _cards(cards: list[_Card]) -> Mesh:
    """All plants as upright cards; their feet are a little in the grass. A vertex's alpha is the air before it."""
    points: list[tuple[float, float, float]] = []
    uvs, colours, faces = [], [], []
    for card in sorted(cards, key=lambda one: one.y):
        # Smaller pictures of the atlas mix what lies side by side: the empty rim of a small cell is left out.
        rim = 0.03 if card.cell in _SHRUB else 0.004
        left, right = card.x - (0.5 - rim) * card.wide, card.x + (0.5 - rim) * card.wide
        foot, top = GROUND - 0.03 * card.tall, GROUND + (0.97 - rim) * card.tall
        u0, v0, u1, v1 = card.cell
        du, dv = (u1 - u0) * rim, (v1 - v0) * rim
        u0, v0, u1, v1 = u0 + du, v0 + (v1 - v0) * 0.004, u1 - du, v1 - dv
        colour = (*(card.light * share for share in card.tint), float(haze(np.array(card.y))))
        # `before` leaves out whole triangles: a wide card in one piece would leave a gap where two sides' gardens meet.
        pieces = max(1, round(card.wide / PIECE))
        for piece in range(pieces):
            a, b, at = piece / pieces, (piece + 1) / pieces, len(points)
            x0, x1 = left + (right - left) * a, left + (right - left) * b
            points += [(x0, card.y, foot), (x1, card.y, foot), (x1, card.y, top), (x0, card.y, top)]
            s0, s1 = u0 + (u1 - u0) * a, u0 + (u1 - u0) * b
            uvs += [(s0, v0), (s1, v0), (s1, v1), (s0, v1)]
            colours += [colour] * 4
            faces += [(at, at + 1, at + 2), (at, at + 2, at + 3)]
    material = Material("foliage", alpha="mask", leafy=True, colour_map=_atlas())
    return make_mesh(material, np.array(points), np.array(faces), uvs=np.array(uvs), colours=np.array(colours))


def crisped(picture: Floats, edge: tuple[float, float] = EDGE) -> Floats:
    """With filled holes, as `softened`, but edges drawn between the two shares of `edge`, and its own light where it is leaf all
    through: pictures are shown smaller than they are painted."""
    soft = softened(picture)
    soft[..., 3] = smoothstep(*edge, soft[..., 3])
    within = np.clip(2.0 * picture[..., 3:] - 1.0, 0.0, 1.0)
    return np.concatenate([soft[..., :3] * (1.0 - within) + picture[..., :3] * within, soft[..., 3:]], -1).astype(np.float32)


def _atlas() -> Pixels:
    chance = np.random.Generator(np.random.PCG64(50))
    trees = [crisped(tree(np.random.Generator(np.random.PCG64(seed)), leaves, wide)) for leaves, wide, seed in TREES]
    small = [shrub(chance, leaves) for leaves in (YEW, BOX, LIME, BEECH)] + [flowers(chance, colour) for colour in FLOWERS]
    middle = np.concatenate([crisped(hedge(chance)), softened(wood_edge(chance))], axis=1)
    shrubs = np.concatenate([crisped(each, EDGE if at < 4 else THIN) for at, each in enumerate(small)], axis=1)
    return texels(deepened(np.concatenate([np.concatenate(trees, axis=1), middle, shrubs], axis=0)))
