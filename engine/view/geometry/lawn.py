"""A lawn seen through a window: mown in stripes, flecked, the shadows of what stands on it, a gravel path, earth under a border.

Its texels are about square to who looks out, not on the ground: narrow and long near the window, wide far off. +y is outwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.view.geometry.crowns import SKYLIGHT, SUN, SUNLIGHT, blurred, texels
from engine.view.geometry.mesh import Floats, Material, Mesh, Pixels
from engine.view.geometry.noise import Numbers, fbm, noise, smoothstep
from engine.view.geometry.surfaces import make_mesh

NEAR, FAR = 0.2, 90.0
"""Metres from the window to its hither and its far edge."""

HAZE = (0.25, 0.33, 0.42)
"""The air between: what foliage fades to as well (`Sight.haze`)."""

PIVOT, DEPTH = 0.22, 1.58
"""The light that `deepened` leaves as it is, and the exponent by which it draws all else away from that."""

GRASS = np.array((0.112, 0.172, 0.052))
ROWS, COLUMNS = 896, 2048

Blob = tuple[float, float, float, float, float]
"""What throws a shadow: an ellipsoid of leaves by its middle's x, y and height, half its width and half its height, in metres."""


def half_width(y: Numbers) -> Numbers:
    """Half the lawn's width so far away, in metres."""
    return np.asarray(9.0 + 1.15 * np.asarray(y))


def row_of(metres: float) -> int:
    """The row of the picture, its top first, that lies so far away."""
    return int(ROWS * (1.0 - np.sqrt((metres - NEAR) / (FAR - NEAR))))


def haze(metres: Numbers) -> Numbers:
    """How much of what one sees so far away is air, 0-1."""
    return np.asarray(1.0 - np.exp(-((np.asarray(metres) / 190.0) ** 2)))


def deepened(light: Floats) -> Floats:
    """Light of leaves and grass as an eye sees it from a room: what a display's curve takes of its contrast and colour between
    there and the brightness of a window, given before. Linear rgb, more channels as they are."""
    made = light.copy()
    made[..., :3] = PIVOT * (np.maximum(light[..., :3], 0.0) / PIVOT) ** DEPTH
    return made


def lawn(ground: float, chance: np.random.Generator, blobs: Sequence[Blob], border: float) -> Mesh:
    """The lawn at a height, up to a border that ends so far away; it sinks at its sides, where another window's may lie."""
    u, t = np.meshgrid(np.linspace(0.0, 1.0, 49), np.linspace(0.0, 1.0, 57))
    y = NEAR + (FAR - NEAR) * t * t
    x = (2.0 * u - 1.0) * half_width(y)
    z = ground - 0.03 * np.maximum(np.abs(x) - y, 0.0)
    index = np.arange(x.size).reshape(x.shape)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)
    uvs = np.stack([u, np.clip(t, 0.001, 0.999)], -1).reshape(-1, 2)
    colours = np.tile((1.0, 1.0, 1.0, 0.0), (x.size, 1))
    faces = np.concatenate([quads[:, :3], quads[:, [0, 2, 3]]])
    material = Material("lawn", colour_map=_turf(chance, blobs, border))
    return make_mesh(material, np.stack([x, y, z], -1).reshape(-1, 3), faces, uvs=uvs, colours=colours)


def _turf(chance: np.random.Generator, blobs: Sequence[Blob], border: float) -> Pixels:
    t = (1.0 - (np.arange(ROWS, dtype=np.float32) + 0.5) / ROWS)[:, None]
    u = ((np.arange(COLUMNS, dtype=np.float32) + 0.5) / COLUMNS)[None, :]
    y = np.broadcast_to(NEAR + (FAR - NEAR) * t * t, (ROWS, COLUMNS)).astype(np.float32)
    x = ((2.0 * u - 1.0) * half_width(y)).astype(np.float32)
    broad, tufts = fbm(x / 3.1, y / 3.1, 46, 3), fbm(x / 0.42, y / 0.42, 47, 2)
    blades = chance.random((ROWS, COLUMNS)).astype(np.float32)
    blades = 0.55 * (blades - 0.5) + 1.5 * (blurred(chance.random((ROWS, COLUMNS)).astype(np.float32)) - 0.5)
    stripe = smoothstep(-0.3, 0.3, np.sin((x + 0.13 * y) * np.pi / 1.3 + 0.35 * noise(x / 3.0, y / 5.0, 51)))
    tone = (1.0 + 0.16 * broad + 0.13 * tufts + 0.62 * blades) * (0.84 + 0.32 * stripe)
    # Blades that are bent away show their backs, paler and yellower; worn places are drier.
    dry = np.clip(0.35 * stripe + 0.55 * broad + 0.25 * tufts, -0.3, 0.8)[..., None]
    colour = tone[..., None] * GRASS * (1.0 + dry * np.array((0.34, 0.06, 0.05)))
    daisies = (chance.random((ROWS, COLUMNS)) < 0.0022 * smoothstep(0.05, 0.4, broad)) & (y < 16.0)
    colour[daisies] = (0.42, 0.44, 0.36)
    bend = 6.4 + 2.6 * np.sin(y / 8.0 + 0.4) + 0.10 * y
    edge = np.abs(x - bend) + 0.05 * fbm(x * 2.0, y * 2.0, 52, 2)
    gravel = (1.0 - smoothstep(0.60, 0.66, edge)) * (y < border)
    stones = (0.80 + 0.30 * fbm(x / 0.5, y / 0.5, 58, 2) + 0.9 * blades)[..., None] * np.array((0.330, 0.296, 0.240))
    colour = colour * (1.0 - gravel[..., None]) + gravel[..., None] * stones
    rim = border - 3.0 + 0.55 * noise(x / 2.4, y * 0.0, 53)
    bed = smoothstep(0.0, 0.10, y - rim) * (1.0 - smoothstep(border + 0.4, border + 0.8, y))
    earth = (0.75 + 0.35 * tufts + 0.7 * blades)[..., None] * np.array((0.098, 0.074, 0.054))
    colour = colour * (1.0 - bed[..., None]) + bed[..., None] * earth
    # The cut edge of the turf.
    colour *= (1.0 - 0.55 * np.exp(-(((y - rim) / 0.16) ** 2)))[..., None]
    sun, sky = _shaded(x, y, tufts, blobs)
    light = colour * ((0.85 * sun)[..., None] * SUNLIGHT + sky[..., None] * SKYLIGHT)
    air = np.asarray(haze(y))[..., None]
    made = deepened(light) * (1.0 - air) + np.array(HAZE) * air
    pixels = texels(np.concatenate([made, np.zeros_like(made[..., :1])], -1))
    return np.asarray(pixels)


def _shaded(x: Floats, y: Floats, tufts: Floats, blobs: Sequence[Blob]) -> tuple[Floats, Floats]:
    """What of the sun and of the sky gets to the ground past what stands on it: light goes out along its way through leaves."""
    sun, sky = np.ones_like(x), np.ones_like(x)
    for at_x, at_y, up, wide, tall in blobs:
        reach = (up + tall) * -SUN[0] / SUN[2] + 2.0 * wide
        rows = slice(max(0, row_of(min(at_y + 2.5 * wide, FAR - 1.0))), row_of(max(at_y - 2.5 * wide, NEAR)) + 1)
        columns = np.flatnonzero((x[rows].max(0) > at_x - 2.0 * wide) & (x[rows].min(0) < at_x + reach))
        if columns.size == 0:
            continue
        there = (rows, slice(int(columns[0]), int(columns[-1]) + 1))
        # Rays from the ground to the sun, in a space in which the ellipsoid is a ball of radius 1.
        start = np.stack([(x[there] - at_x) / wide, (y[there] - at_y) / wide, np.full_like(x[there], -up / tall)])
        way = SUN / np.array((wide, wide, tall))
        length = float(way @ way)
        nearest = np.tensordot(way, start, 1) / length
        gap = (start * start).sum(0) - nearest * nearest * length + 0.30 * tufts[there]
        leaves = 2.0 * np.sqrt(np.clip(1.0 - gap, 0.0, 1.0) / length)
        sun[there] *= np.exp(-1.1 * leaves)
        far = (start[0] ** 2 + start[1] ** 2) * (0.5 if up > 2.0 else 1.0)
        sky[there] *= 1.0 - (0.35 if up > 2.0 else 0.62) * np.exp(-1.4 * far)
    return sun, sky
