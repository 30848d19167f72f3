"""The breath orb, 0.9 m wide at full size, its origin under it: a translucent globe round a core of light.

Six soft meridians of light run over the globe, so that the eye reads it as swelling and not as coming nearer. Core and
meridians have no surface: they are brightest where one looks through most of them, and fade out at their edges.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, join, shape, tube
from engine.view.geometry.mesh import Material
from engine.view.geometry.rocks import icosphere

RADIUS = 0.45


def _ball(radius: float, times: int) -> Shape:
    points, faces = icosphere(times)
    p = points.astype(float)
    turn = np.column_stack([np.arctan2(p[:, 1], p[:, 0]) / (2 * np.pi) + 0.5, np.arcsin(np.clip(p[:, 2], -1, 1)) / np.pi + 0.5])
    return shape(p * radius, faces.astype(np.int64), p, turn * radius * 2 * np.pi)


def _ribs(count: int, radius: float) -> Shape:
    """Soft meridians, thinning to nothing at the poles; from the front none hides the core."""
    made = []
    rise = np.linspace(-0.5 * np.pi, 0.5 * np.pi, 23)[1:-1]
    for index in range(count):
        turn = 2.0 * np.pi * index / count
        path = radius * np.column_stack([np.cos(rise) * np.cos(turn), np.cos(rise) * np.sin(turn), np.sin(rise)])
        rib = tube(path, 0.002 + 0.020 * np.cos(rise), 8)
        high = np.clip(rib.positions[:, 2:] / radius * 0.5 + 0.5, 0.0, 1.0)
        made.append(rib.tinted(np.array((1.0, 0.80, 0.56)) * (1 - high) + np.array((0.78, 0.92, 1.0)) * high))
    return join(made)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    shell = Material("orb_shell", colour=(0.62, 0.84, 0.95, 0.16), roughness=0.15, emissive=(0.20, 0.36, 0.56), alpha="blend")
    core = Material("orb_core", colour=(1.0, 0.92, 0.78, 0.12), roughness=1.0, emissive=(1.0, 0.70, 0.36), alpha="blend")
    glow = Material("orb_ribs", colour=(0.80, 0.85, 0.88, 0.12), roughness=1.0, emissive=(0.34, 0.36, 0.36), alpha="blend")
    write_glb(
        "breath_orb",
        {
            "core": [(core, _ball(0.2, 2).moved(z=RADIUS))],
            "ribs": [(glow, _ribs(6, RADIUS * 0.93).moved(z=RADIUS))],
            "shell": [(shell, _ball(RADIUS, 4).moved(z=RADIUS))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
