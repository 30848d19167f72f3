"""A recessed LED panel, 595 mm square and 10 mm thick at its edge, for a ceiling grid of 600 mm.

An aluminium frame with mitred corners holds a prismatic diffuser, set back by 2 mm. It hangs with its light downwards: z = 0 is
the face that one sees, flush with the ceiling's lower side less the thickness of the frame.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assets.generators import textures
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import frame, sheet
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import GRAIN_TILE, painted, steel, tiled
from engine.view.geometry.mesh import Material, Pixels

SIDE, THICK, RIM = 0.595, 0.010, 0.0125
"""Metres: the whole, its edge, and how wide the frame is seen from below."""
PRISM_TILE = (0.02, 0.02)


def _frame() -> list[Shape]:
    """The extruded frame with its soft lower edge, lying with its light downwards, and a cover screw near each corner."""
    r = 0.0016
    arc = [(r - r * np.sin(a), -THICK / 2 + r - r * np.cos(a)) for a in np.linspace(np.pi / 2, 0, 4)]
    profile = [*arc, (RIM - 0.001, -THICK / 2), (RIM, -THICK / 2 + 0.001), (RIM, 0.0045), (0.004, THICK / 2), (0.0, THICK / 2)]
    made = [frame(SIDE, SIDE, profile).moved(z=-SIDE / 2).turned("x", 90).moved(z=THICK / 2)]
    at = SIDE / 2 - 0.0065
    head = lathe(((0.0028, 0.0), (0.0026, 0.0005), (0.0012, 0.0007), (0.0010, 0.0002), (0.0, 0.0002)), 10, 30.0)
    made += [head.turned("x", 180).moved(x, y, 0.0001) for x in (-at, at) for y in (-0.2, 0.2)]
    return made


def _diffuser() -> Shape:
    """The plate of light, cut into squares so that light and shade can be laid on it."""
    half = SIDE / 2 - RIM + 0.0005
    line = np.linspace(-half, half, 7)
    x, y = np.meshgrid(line, line, indexing="ij")
    return sheet(np.stack([x, y, np.full_like(x, 0.002)], -1))


@cache
def _prisms() -> tuple[Pixels, Pixels]:
    """Normals and surface of a plate pressed into small cones, 16 to a tile."""
    v, u = np.mgrid[0:128, 0:128] / 128 * 16.0
    row = np.floor(v)
    far = np.hypot((u + 0.5 * (row % 2)) % 1.0 - 0.5, v % 1.0 - 0.5)
    height = np.clip(1.0 - far / 0.55, 0.0, 1.0)
    return textures.normal_map(height, 1.1), textures.surface(0.9 + 0.1 * height, np.full_like(height, 1.0), 1.0)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    maps = _prisms()
    opal = Material("opal", (0.80, 0.80, 0.79, 1.0), roughness=0.45, normal_map=maps[0], surface_map=maps[1])
    opal = replace(opal, metallic=0.0)
    frames, plate = _frame(), _diffuser()
    shaded = lit([*frames, plate], rays=24, reach=0.02, floor=None)
    metal = painted("white_frame", (0.76, 0.76, 0.75), 0.38)
    write_glb(
        "led_panel",
        {
            "frame": [(metal, tiled(shaded[0], GRAIN_TILE)), (steel(), tiled(join(shaded[1:-1]), GRAIN_TILE))],
            "diffuser": [(opal, tiled(shaded[-1], PRISM_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
