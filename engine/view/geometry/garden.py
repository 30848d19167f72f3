"""A garden outside a window, on a mild afternoon: a mown lawn with a path, borders, a hedge, trees and a wood behind.

Foliage stands on cards that face the window, each with a picture of a plant by `engine.view.geometry.crowns`, at every distance,
so that they shift against one another as a head moves. +y is outwards, `GROUND` the lawn's height from the window's middle.
Colours are light: how bright a surface is there, of the sight's `lit`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.view.geometry.crowns import BOX, LIME, TREES, YEW, flowers, shrub, softened, spires, texels, tree, wood_edge
from engine.view.geometry.evergreens import fir, hedge
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
SPIRES = (0.46, 0.28, 0.58)

STRETCH, CLIPPED = 3.1, (1.55, 2.00)
"""Metres of hedge in one card; and how high it stands."""


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
    beside: tuple[float, float] | None = None
    """Its height and light at the right, if they differ from those at the left."""

    def shading(self) -> list[Blob]:
        """What of it throws a shadow on the lawn."""
        if self.y > HEDGE + 1.0 or self.beside is not None:
            return []
        if self.tall > 3.0:
            return [(self.x, self.y, 0.60 * self.tall, 0.36 * self.wide, 0.34 * self.tall)]
        return [(self.x, self.y, 0.42 * self.tall, 0.38 * self.wide, 0.42 * self.tall)]


# Cells of the atlas, 2,048 x 1,024: four trees above, then hedge and wood, shrubs and flowers, each as left, foot, right, top.
_TREE = tuple((0.25 * i, 0.5, 0.25 * i + 0.25, 1.0) for i in range(4))
_HEDGE_CELL, _WOOD_CELL = (0.0, 0.25, 0.5, 0.5), (0.5, 0.25, 1.0, 0.5)
_SHRUB = tuple((0.125 * i, 0.0, 0.125 * i + 0.125, 0.25) for i in range(8))


_LIME, _FIR, _BIRCH, _COPPER = range(4)
_TREES_AT = (
    (-31.0, 47.0, _FIR, 13.5), (-22.0, 36.0, _LIME, 12.0), (-18.0, 49.0, _FIR, 13.0), (-8.6, 31.0, _BIRCH, 9.2),
    (-2.8, 43.0, _COPPER, 10.6), (5.4, 29.0, _LIME, 9.8), (-10.4, 54.0, _FIR, 12.5), (17.0, 38.0, _COPPER, 9.5),
    (25.0, 31.0, _BIRCH, 10.0), (33.0, 45.0, _LIME, 12.5), (-38.0, 30.0, _LIME, 10.5), (41.0, 33.0, _FIR, 11.0),
    (-10.2, 15.4, _BIRCH, 6.6), (2.4, 18.6, _LIME, 6.9), (-14.0, 57.0, _LIME, 9.0), (12.0, 50.0, _LIME, 12.0),
)  # fmt: skip
"""Trees: metres to the side and away, which of the four, and how tall."""

_BREADTH = (1.06, 0.86, 0.98, 1.12)
"""Width of each of the four for its height."""

_YEW, _BOX, _BUSH, _SPIRES, _PINK, _WHITE, _VIOLET, _GOLD = range(8)
_BEDS_AT = (
    (-7.6, 11.0, _YEW, 1.7), (-6.2, 10.2, _PINK, 0.75), (-8.9, 10.4, _VIOLET, 0.8), (9.9, 14.0, _BOX, 1.9),
    (8.7, 13.1, _WHITE, 0.8), (11.1, 13.0, _GOLD, 0.8), (-13.0, 16.0, _BUSH, 2.3), (15.0, 18.5, _BUSH, 2.2),
)  # fmt: skip
"""Shrubs and flowers on the lawn: as trees."""

_ROWS = (
    (0.75, ((_SPIRES, 1.40), (_BUSH, 1.25), (_VIOLET, 1.15), (_YEW, 1.15), (_WHITE, 1.10)), 0.55),
    (1.55, ((_VIOLET, 0.85), (_PINK, 0.95), (_SPIRES, 1.00), (_WHITE, 0.80), (_BOX, 0.75), (_GOLD, 0.90), (_BUSH, 0.70)), 0.42),
    (2.35, ((_WHITE, 0.56), (_VIOLET, 0.62), (_BOX, 0.56), (_PINK, 0.60), (_GOLD, 0.56)), 0.30),
)
"""Rows of the border: metres before the hedge, what grows in it and how tall, and how much of it is left open."""

_HUES = ((1.35, 0.85, 0.85), (0.62, 0.85, 1.20), (1.00, 0.90, 1.05))
"""Of one drift and another, of flowers that come in several."""


def _planted(chance: np.random.Generator) -> list[_Card]:
    between = chance.uniform
    cards = [
        _Card(float(x), 78.0 + float(between(-4, 4)), 62.0, 13.0 + float(between(-2, 3)), _WOOD_CELL)
        for x in range(-150, 151, 44)
    ]
    for x, y, kind, tall in _TREES_AT:
        tint = (float(between(0.86, 1.16)), 1.0, float(between(0.82, 1.12)))
        wide = tall * _BREADTH[kind] * float(between(0.92, 1.08))
        cards.append(_Card(x, y, wide, tall, _TREE[kind], float(between(0.82, 1.05)), tint))
    cards += [*_hedge(chance), *_border(chance)]
    cards += [_Card(x, y, tall * 1.25, tall, _SHRUB[kind]) for x, y, kind, tall in _BEDS_AT]
    return cards


def _turned(cell: tuple[float, float, float, float], about: bool) -> tuple[float, float, float, float]:
    """A cell, or its mirror image."""
    left, foot, right, top = cell
    return (right, foot, left, top) if about else cell


def _hedge(chance: np.random.Generator) -> list[_Card]:
    """The hedge in stretches, each mirrored next to the last: clipped by eye it goes up and down, and is older or younger."""
    x = np.arange(-48.0, 48.0, STRETCH)
    wander = 0.5 + 0.5 * np.sin(0.9 * np.arange(len(x) + 1) + np.cumsum(chance.normal(0.0, 0.8, len(x) + 1)))
    tall, light = CLIPPED[0] + (CLIPPED[1] - CLIPPED[0]) * wander, chance.uniform(0.74, 1.12, len(x) + 1)
    left, foot, right, top = (edge + off for edge, off in zip(_HEDGE_CELL, (0.004, 0.0, -0.004, -0.006), strict=True))
    middle = (left + right) / 2
    spans = ((left, middle), (middle, right), (right, middle), (middle, left))
    cards = []
    for index, at in enumerate((x + STRETCH / 2).tolist()):
        start, end = spans[index % 4]
        (low, here), (high, there) = ((float(tall[each]), float(light[each])) for each in (index, index + 1))
        cards.append(_Card(at, HEDGE, STRETCH, low, (start, foot, end, top), here, beside=(high, there)))
    return cards


def _border(chance: np.random.Generator) -> list[_Card]:
    """Flowers before the hedge in drifts, long and short ones, tall ones behind; where one ends, now and then, earth shows."""
    between, cards = chance.uniform, []
    for before, grown, open_ in _ROWS:
        x, last = -30.0, -1
        while x < 30.0:
            which = int(chance.choice([each for each in range(len(grown)) if each != last]))
            kind, height = grown[which]
            last, hue = which, _HUES[int(chance.integers(len(_HUES)))] if kind == _SPIRES else (1.0, 1.0, 1.0)
            end = x + float(between(0.9, 3.6)) * (0.6 if kind < _SPIRES else 1.0)
            while x < end:
                tall = height * float(between(0.80, 1.18))
                wide = tall * float(between(0.62, 0.85) if kind == _SPIRES else between(1.15, 1.75))
                tint = (hue[0] * float(between(0.92, 1.08)), hue[1], hue[2] * float(between(0.92, 1.08)))
                y = HEDGE - before + float(between(-0.25, 0.25))
                cards.append(
                    _Card(x, y, wide, tall, _turned(_SHRUB[kind], chance.random() < 0.5), float(between(0.82, 1.05)), tint)
                )
                x += wide * float(between(0.46, 0.74))
            x += float(between(0.4, 2.2)) if chance.random() < open_ else 0.15
    return cards


def _cards(cards: list[_Card]) -> Mesh:
    """All plants as upright cards; their feet are a little in the grass. A vertex's alpha is the air before it."""
    points: list[tuple[float, float, float]] = []
    uvs, colours, faces = [], [], []
    for card in sorted(cards, key=lambda one: one.y):
        # Smaller pictures of the atlas mix what lies side by side: the empty rim of a small cell is left out.
        rim = 0.0 if card.beside is not None else 0.03 if card.cell[3] <= _SHRUB[0][3] else 0.004
        left, right = card.x - (0.5 - rim) * card.wide, card.x + (0.5 - rim) * card.wide
        foot = GROUND - 0.03 * card.tall
        ends = [(card.tall, card.light), card.beside or (card.tall, card.light)]
        u0, v0, u1, v1 = card.cell
        du, dv = (u1 - u0) * rim, (v1 - v0) * rim
        u0, v0, u1, v1 = u0 + du, v0 + (v1 - v0) * 0.004, u1 - du, v1 - dv
        colours_of = [(*(light * share for share in card.tint), float(haze(np.array(card.y)))) for _, light in ends]
        tops = [GROUND + (0.97 - rim) * tall for tall, _ in ends]
        # `before` leaves out whole triangles: a wide card in one piece would leave a gap where two sides' gardens meet.
        pieces = max(1, round(card.wide / PIECE))
        for piece in range(pieces):
            a, b, at = piece / pieces, (piece + 1) / pieces, len(points)
            x0, x1 = left + (right - left) * a, left + (right - left) * b
            z0, z1 = (tops[0] + (tops[1] - tops[0]) * share for share in (a, b))
            points += [(x0, card.y, foot), (x1, card.y, foot), (x1, card.y, z1), (x0, card.y, z0)]
            s0, s1 = u0 + (u1 - u0) * a, u0 + (u1 - u0) * b
            uvs += [(s0, v0), (s1, v0), (s1, v1), (s0, v1)]
            colours += [colours_of[0 if piece == 0 else 1], *[colours_of[1]] * 2, colours_of[0 if piece == 0 else 1]]
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
    broad = [crisped(tree(np.random.Generator(np.random.PCG64(seed)), leaves, wide)) for leaves, wide, seed in TREES]
    trees = [broad[0], crisped(fir(np.random.Generator(np.random.PCG64(53)))), *broad[1:]]
    small = [shrub(chance, leaves) for leaves in (YEW, BOX, LIME)] + [spires(np.random.Generator(np.random.PCG64(57)), SPIRES)]
    small += [flowers(chance, colour) for colour in FLOWERS]
    middle = np.concatenate([crisped(hedge(chance)), softened(wood_edge(chance))], axis=1)
    shrubs = np.concatenate([crisped(each, EDGE if at < _SPIRES else THIN) for at, each in enumerate(small)], axis=1)
    return texels(deepened(np.concatenate([np.concatenate(trees, axis=1), middle, shrubs], axis=0)))
