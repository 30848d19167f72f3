"""The sheet on the mattress under pillow and trunk: pulled smooth, tucked in at both sides and at the head end.

It follows the crowned top of a mattress 0.88 m wide (`exam_bed`) and goes with the backrest. Metres in the person's own axes.
"""

from __future__ import annotations

import numpy as np

from assets.generators.bedding import lying_on_it
from assets.generators.cloth_light import heights, reaching
from assets.generators.cloth_maps import FAR, Chart
from assets.generators.covers import drawn
from assets.generators.folds import noise, ridge
from assets.generators.lofts import sheet
from assets.generators.nets import Within, net
from assets.generators.pillow import Pillow, head_and_shoulders
from assets.generators.shapes import Array, Shape

HEAD, END = -0.952, -0.245
"""Where it bends over the mattress's head end, and where it ends, under the blanket."""
EDGE, ROUND, TUCK = 0.4025, 0.037, 0.105
"""Where it bends over the sides, how wide the bend is, and how far it hangs before it is tucked in."""
_STEP = 16
_SIZE = (160, 296)
"""Texels down and across its picture, about 4 mm each."""


def bottom_sheet(pillow: Pillow) -> tuple[Shape, Chart]:
    """The sheet, with wrinkles where shoulders and pillow pull at it, and the cloth that it is drawn from."""
    bend = ROUND * np.pi / 2 * np.array((0.25, 0.5, 0.75, 1.0))
    down = np.concatenate([bend, bend[-1] + TUCK * np.array((0.25, 0.5, 0.75, 1.0))])
    u = np.concatenate([-EDGE - down[::-1], np.linspace(-EDGE, EDGE, 97), EDGE + down])
    v = np.concatenate([HEAD - bend[::-1], np.linspace(HEAD, END, 81)])
    vv, uu = np.meshgrid(v, u, indexing="ij")
    x, sunk = _bent_over(np.abs(uu) - EDGE)
    y, head = _bent_over(HEAD - vv)
    x = np.sign(uu) * (x + np.minimum(np.abs(uu), EDGE))
    y = np.maximum(vv, HEAD) - y
    crown = 1.0 - np.clip(np.abs(x) / 0.44, 0.0, 1.0) ** 2
    z = 0.0125 - 0.0095 * crown + _wrinkles(x, y) * (sunk < 0.001) - np.maximum(sunk, head)
    points = np.stack([x, y, z], -1)
    normals = sheet(points).normals.reshape(points.shape)
    normals = normals if normals[..., 2].mean() > 0 else -normals
    light = reaching(points, normals, [heights(points), heights(pillow.chart.points), lying_on_it(), head_and_shoulders()])
    hangs = np.clip(np.maximum(sunk, head) / 0.030, 0.0, 1.0)
    light = light * (1.0 - hangs) + hangs * (1.0 - 0.35 * np.clip((sunk - 0.03) / 0.10, 0.0, 1.0))
    light = light * _beside_rails(x, y)
    chart = Chart(points, u, v - v[0], light, _near(points), _SIZE, reach=1.02 * float(u[-1]))
    rows = np.unique(np.concatenate([[0, 2], np.arange(4, len(v), _STEP), [len(v) - 1]]))
    side = np.array((0, 2, 4, 6))
    columns = np.unique(np.concatenate([side, np.arange(8, len(u) - 7, _STEP), len(u) - 1 - side]))
    flat = np.ones(light.shape)
    return drawn(points, chart.smooth(), chart.uvs(), flat, net(points, flat, rows, columns, Within(0.0042, 9.0))), chart


def _near(points: Array) -> Array:
    """How far pillow, trunk and arms are from its places, metres, up to `FAR`."""
    x, y = np.abs(points[..., 0]), points[..., 1]
    pillow = ((x / 0.320) ** 4 + (np.abs(y + 0.724) / 0.220) ** 4) ** 0.25
    body = np.minimum(lying_on_it()(points), head_and_shoulders()(points))
    return np.asarray(np.clip(np.minimum(body, 0.24 * (pillow - 0.985)), 0.0, FAR))


def _beside_rails(x: Array, y: Array) -> Array:
    """The light that the raised side rails leave, 0-1."""
    rail = np.clip((y + 0.98) / 0.06, 0.0, 1.0) * np.clip((-0.22 - y) / 0.06, 0.0, 1.0)
    return np.asarray(1.0 - 0.30 * rail * np.exp(-np.maximum(0.455 - np.abs(x), 0.0) / 0.045))


def _bent_over(past: Array) -> tuple[Array, Array]:
    """Metres of cloth past an edge: how far out they lead, and how far down."""
    turn = np.clip(past / ROUND, 0.0, np.pi / 2)
    return ROUND * np.sin(turn), ROUND * (1.0 - np.cos(turn)) + np.clip(past - ROUND * np.pi / 2, 0.0, None)


def _wrinkles(x: Array, y: Array) -> Array:
    """How far it is raised: folds from the shoulders outwards, and from the pillow's corners to the sides."""
    side = np.abs(x)
    warp = noise(0.6 * x, 0.6 * y, 3.7)
    patchy = np.clip(0.55 + 0.8 * noise(0.5 * x, 0.45 * y, 1.9), 0.0, 1.0)
    turn = np.arctan2(y + 0.47, side - 0.16)
    away = np.hypot(y + 0.47, side - 0.16)
    pulled = ridge(3.4 * turn / np.pi + 0.30 * warp + 0.2 * np.sign(x)) * np.clip((away - 0.05) / 0.06, 0.0, 1.0)
    corner = ridge(6.0 * (y + 0.55) - 4.0 * (side - 0.30) + 0.4 * warp) * np.clip((-0.56 - y) / 0.10, 0.0, 1.0)
    free = np.clip((side - 0.16) / 0.06, 0.0, 1.0) * np.clip((EDGE + 0.01 - side) / 0.05, 0.0, 1.0)
    return np.asarray((0.0052 * pulled * patchy + 0.0030 * corner * patchy) * free)
