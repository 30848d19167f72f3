"""Painted skies for what lies outside windows: half a drum round the window. Colours are shares of a sight's `lit`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.geometry.mesh import Material, Mesh, Pixels
from engine.view.geometry.noise import fbm, smoothstep
from engine.view.geometry.surfaces import make_mesh
from engine.view.srgb import encode

FAR = 900.0
"""Metres to the painted sky."""

LOW, HIGH = -60.0, 620.0
"""Metres from its lower to its upper edge."""


def srgb(light: NDArray[np.floating]) -> Pixels:
    """Linear light as texels that do not shine, top row first as given."""
    c = np.clip(light, 0.0, 1.0)
    return np.dstack([np.round(encode(c) * 255), np.zeros(c.shape[:2])]).astype(np.uint8)


def drum(picture: Pixels) -> Mesh:
    """Half a drum round the window, its inside painted."""
    turns = np.radians(np.linspace(-100.0, 100.0, 41))
    points = np.array([(np.sin(t) * FAR, np.cos(t) * FAR, z) for t in turns for z in (LOW, HIGH)])
    share = np.repeat(np.linspace(0.0, 1.0, len(turns)), 2)
    uvs = np.column_stack([share, np.tile((0.002, 0.998), len(turns))])
    faces = np.array([t for i in range(len(turns) - 1) for t in ((2 * i, 2 * i + 2, 2 * i + 3), (2 * i, 2 * i + 3, 2 * i + 1))])
    return make_mesh(Material("painted sky", colour_map=picture), points, faces, uvs=uvs)


def dusk() -> Pixels:
    """After sunset, from the horizon up; some streaks of cloud."""
    rows, columns = 256, 512
    up = np.linspace(1.0, 0.0, rows)
    stops = (0.0, 0.09, 0.15, 0.26, 0.45, 1.0)
    colours = np.array(
        ((1.00, 0.50, 0.20), (1.00, 0.56, 0.30), (0.92, 0.52, 0.40), (0.50, 0.42, 0.56), (0.22, 0.29, 0.52), (0.10, 0.17, 0.38))
    )
    light = np.stack([np.interp(up, stops, colours[:, channel]) for channel in range(3)], -1)[:, None, :]
    y, x = np.mgrid[0:rows, 0:columns]
    streak = np.clip(fbm(x / 90.0, y / 7.0, 43, 4) - 0.08, 0.0, 1.0) * np.exp(-(((up - 0.2) / 0.2) ** 2))[:, None]
    cloud = np.array((0.62, 0.40, 0.42)) * (0.7 + 0.5 * np.exp(-up / 0.1))[:, None, None]
    return srgb(light * (1 - 0.75 * streak[..., None]) + cloud * 0.75 * streak[..., None])


def afternoon() -> Pixels:
    """High broken cloud over low wooded hills that the air turns blue."""
    rows, columns = 512, 1024
    y, x = np.mgrid[0:rows, 0:columns]
    up = np.linspace(1.0, 0.0, rows)[:, None] * np.ones((1, columns))
    blue = np.array((0.060, 0.150, 0.335)) + (1.0 - smoothstep(0.04, 0.60, up))[..., None] * np.array((0.125, 0.125, 0.075))
    # Clouds lie in a layer: they crowd together towards the horizon.
    away = 1.0 / (up + 0.10)
    across = (x / columns - 0.5) * away
    puffs = fbm(across * 2.6, away * 1.15, 44, 5, 0.55)
    cover = smoothstep(-0.10, 0.34, puffs)
    under = smoothstep(0.05, 0.55, fbm(across * 2.6, away * 1.15 + 0.10, 44, 5, 0.55))
    cloud = np.array((0.44, 0.44, 0.45)) - under[..., None] * np.array((0.26, 0.24, 0.21))
    light = blue * (1.0 - cover[..., None]) + cloud * cover[..., None]
    horizon = -LOW / (HIGH - LOW)
    for height, tone, seed in ((0.050, (0.16, 0.21, 0.25), 48), (0.028, (0.085, 0.120, 0.105), 49)):
        level = x[0] * 0.0
        crest = (
            horizon + height * (0.55 + 0.45 * fbm(x[0] / 210.0, level, seed, 3)) + 0.0016 * fbm(x[0] / 3.0, level, seed + 4, 2)
        )
        inside = smoothstep(-0.0012, 0.0012, crest[None] - up)[..., None]
        woods = np.array(tone) * (1.0 + 0.10 * fbm(x / 9.0, y / 3.0, seed + 8, 3))[..., None]
        light = light * (1.0 - inside) + woods * inside
    return srgb(light)
