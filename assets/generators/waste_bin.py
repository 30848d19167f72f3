"""A pedal bin for a ward: a coated steel drum on a base ring, a lid with its hinge behind, a pedal before."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators import surfaces
from assets.generators.forms import bends, block
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import join, lathe, lit, tube
from assets.generators.surfaces import GRAIN_TILE, tiled

RADIUS, HEIGHT = 0.145, 0.60


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    r = RADIUS
    drum = lathe(
        (
            (r - 0.004, 0.030),
            (r, 0.034),
            (r, 0.16),
            (r + 0.0014, 0.165),
            (r, 0.17),
            (r, 0.535),
            (r + 0.004, 0.540),
            (r + 0.004, 0.548),
            (r - 0.010, 0.548),
        ),
        56,
        35.0,
    )
    ring = lathe(((r + 0.006, 0.0), (r + 0.010, 0.004), (r + 0.010, 0.026), (r + 0.006, 0.032), (r - 0.006, 0.032)), 56, 35.0)
    lid = lathe(
        (
            (r - 0.004, 0.546),
            (r + 0.008, 0.548),
            (r + 0.009, 0.553),
            (r + 0.009, 0.566),
            (r + 0.004, 0.573),
            (r - 0.030, 0.588),
            (0.080, 0.5955),
            (0.040, 0.599),
            (0.0, HEIGHT),
        ),
        56,
        50.0,
    )
    hinge = block((0.085, 0.026, 0.050), 0.005, cells=(2, 1, 1), steps=3).moved(0.0, -r - 0.006, 0.545)
    rod = tube(bends([(0.0, -r - 0.010, 0.530), (0.0, -r - 0.010, 0.030), (0.0, -r + 0.02, 0.016)], 0.02), 0.005, 10)
    pedal = block((0.095, 0.062, 0.010), 0.0035, cells=(2, 1, 1), steps=3).moved(0.0, r + 0.038, 0.030)
    arm = block((0.030, 0.060, 0.008), 0.002, cells=(1, 1, 1), steps=2).moved(0.0, r + 0.004, 0.024)
    grips = [
        block((0.085, 0.005, 0.003), 0.001, cells=(1, 1, 1), steps=1).moved(0.0, r + y, 0.0355)
        for y in np.linspace(0.016, 0.060, 4)
    ]
    pieces = [drum, ring, lid, join([hinge, rod, arm]), join([pedal, *grips])]
    drum, ring, lid, steel, pedal = (each.moved(y=-0.025) for each in lit(pieces, rays=24, reach=0.08))
    white = surfaces.painted("bin_drum", (0.68, 0.685, 0.68), 0.38)
    black = surfaces.moulded("bin_plastic", (0.045, 0.047, 0.05), 0.55)
    orange = surfaces.painted("bin_lid", (0.62, 0.225, 0.02), 0.4)
    metal = surfaces.steel("bin_steel", rough=0.36)
    write_glb(
        "waste_bin",
        {
            "bin": [
                (white, tiled(drum, GRAIN_TILE)),
                (black, tiled(join([ring, pedal]), GRAIN_TILE)),
                (orange, tiled(lid, GRAIN_TILE)),
                (metal, tiled(steel, GRAIN_TILE)),
            ]
        },
        folder,
    )


if __name__ == "__main__":
    make()
