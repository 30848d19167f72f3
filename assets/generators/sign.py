"""A sign for a wall or a door: an extruded aluminium frame of 300 x 120 mm, plastic end caps, an insert that is written on.

What stands on it is the scene's: the insert is a rectangle of its own, `face`, of 286 x 104 mm.
"""

from __future__ import annotations

from pathlib import Path

from assets.generators import surfaces
from assets.generators.fixtures import satin
from assets.generators.forms import aired, block, facing, rounded, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material

WIDTH, HEIGHT = 0.300, 0.120
WALL, FRONT = -0.006, 0.006
"""y of the wall and of the frame's lip, metres."""
FACE = FRONT - 0.0022
"""y of the insert."""
FACE_SIZE = (0.286, 0.104)
CAP = 0.004
"""Width of an end cap."""


def _frame() -> Shape:
    """The profile: a flat lip 8 mm wide that laps over the insert, its outer edge rounded, and the insert's bed behind it."""
    rings = (
        (-0.0012, WALL),
        (0.0, WALL + 0.0012),
        (0.0, FRONT - 0.0030),
        (-0.0009, FRONT - 0.0009),
        (-0.0030, FRONT),
        (-0.0078, FRONT),
        (-0.0084, FRONT - 0.0006),
        (-0.0084, FACE - 0.0004),
    )
    width = WIDTH - 2 * CAP
    return stack(
        [upright(rounded(width + 2 * by, HEIGHT + 2 * by, max(0.0022 + by, 0.0008), 4), y, z=HEIGHT / 2) for by, y in rings],
        open_start=True,
        crease_deg=30.0,
    )


def _caps() -> Shape:
    """An end cap on each side, a hair prouder than the profile, each with the screw that keeps the insert in."""
    depth = FRONT - WALL
    caps: list[Shape] = []
    for side in (-1, 1):
        cap = block((CAP + 0.002, depth, HEIGHT), 0.0016, cells=(1, 1, 4), steps=3)
        caps.append(cap.moved(side * (WIDTH / 2 - (CAP + 0.002) / 2), (WALL + FRONT) / 2, HEIGHT / 2))
    return join(caps)


def _screws() -> Shape:
    """Two countersunk screws in the lower edge of the lip."""
    head = lathe(((0.0017, -0.0006), (0.0017, 0.0002), (0.0012, 0.0005), (0.0, 0.0006)), 16, 40.0)
    return join([head.turned("x", -90).moved(x, FRONT - 0.0002, 0.0036) for x in (-0.125, 0.125)])


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    frame, caps, screws = lit([_frame(), _caps(), _screws()], rays=28, reach=0.012, floor=None)
    frame = aired(frame, 0.75)
    aluminium = satin("sign_aluminium", 0.48)
    plastic = surfaces.moulded("sign_cap", (0.46, 0.47, 0.475), 0.5)
    insert = Material("sign_insert", colour=(0.72, 0.72, 0.71, 1.0), roughness=0.6)
    write_glb(
        "sign",
        {
            "frame": [
                (aluminium, join([frame, screws])),
                (plastic, tiled(caps, FINE_TILE)),
            ],
            "face": [(insert, facing(*FACE_SIZE).moved(0.0, FACE, HEIGHT / 2))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
