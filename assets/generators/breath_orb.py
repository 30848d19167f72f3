"""The breath orb, 0.9 m wide at full size, its origin under it: a globe of thin glass round a core of light.

Five soft strands of light wind from its foot to its top around the core, so that the eye reads it as swelling and not as coming
nearer. Core, air and strands have no surface: they are brightest where one looks through most of them, and fade out at their
edges.
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


def _strands(count: int, radius: float) -> Shape:
    """Soft strands that wind up round the core, thinning to nothing at both ends; none lies before its middle."""
    made = []
    rise = np.linspace(-0.5 * np.pi, 0.5 * np.pi, 25)[1:-1]
    for index in range(count):
        turn = 2.0 * np.pi * (index + 0.25) / count + 0.85 * np.sin(rise)
        out = radius * np.cos(rise) * (0.86 + 0.14 * np.cos(2.0 * rise + index))
        path = np.column_stack([out * np.cos(turn), out * np.sin(turn), 0.94 * radius * np.sin(rise)])
        strand = tube(path, 0.003 + 0.042 * np.cos(rise) ** 1.5, 6)
        high = np.clip(strand.positions[:, 2:] / radius * 0.5 + 0.5, 0.0, 1.0)
        made.append(strand.tinted(np.array((1.0, 0.74, 0.44)) * (1 - high) + np.array((1.0, 0.94, 0.82)) * high))
    return join(made)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    shell = Material("orb_shell", colour=(0.92, 0.95, 0.95, 0.16), roughness=0.15, emissive=(0.56, 0.42, 0.24), alpha="blend")
    core = Material("orb_core", colour=(1.0, 0.92, 0.78, 0.12), roughness=1.0, emissive=(1.0, 0.74, 0.40), alpha="blend")
    air = Material("orb_air", colour=(1.0, 0.90, 0.74, 0.12), roughness=1.0, emissive=(0.44, 0.29, 0.14), alpha="blend")
    glow = Material("orb_strands", colour=(0.88, 0.85, 0.80, 0.12), roughness=1.0, emissive=(0.24, 0.20, 0.14), alpha="blend")
    write_glb(
        "breath_orb",
        {
            "core": [(core, _ball(0.20, 2).moved(z=RADIUS))],
            "air": [(air, _ball(0.40, 2).moved(z=RADIUS))],
            "strands": [(glow, _strands(5, RADIUS * 0.80).moved(z=RADIUS))],
            "shell": [(shell, _ball(RADIUS, 3).moved(z=RADIUS))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
