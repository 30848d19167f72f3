"""A large sign for a wall: a plate of 560 x 160 mm, 8 mm thick, held off the wall by four turned pins of steel.

What stands on it is the scene's: its face is a rectangle of its own, `face`, all but as large as the plate.
"""

from __future__ import annotations

from pathlib import Path

from assets.generators import surfaces
from assets.generators.fixtures import satin
from assets.generators.forms import block, facing
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material

WIDTH, HEIGHT, DEPTH, PLATE = 0.560, 0.160, 0.026, 0.008
"""The plate's width and height, the whole's depth, the plate's thickness, metres."""
CAP = 0.003
"""How far a pin's cap stands before the plate, metres."""
PINS = (0.256, 0.056)
"""Where pins are, to both sides of the middle, metres."""
FACE_SIZE = (WIDTH - 0.005, HEIGHT - 0.005)
FRONT = DEPTH / 2 - CAP


def _plate() -> Shape:
    """Cast acrylic, its edges polished round."""
    made = block((WIDTH, PLATE, HEIGHT), 0.0030, cells=(8, 1, 3), steps=2)
    return made.moved(0.0, FRONT - PLATE / 2, HEIGHT / 2)


def _pins() -> list[Shape]:
    """A distance piece behind the plate, a low cap with a broken edge before it."""
    back = DEPTH - CAP - PLATE
    body = lathe(((0.0080, 0.0), (0.0080, back - 0.0004), (0.0074, back), (0.0, back)), 28, 40.0)
    cap = ((0.0090, 0.0), (0.0090, CAP - 0.0010), (0.0087, CAP - 0.0004), (0.0081, CAP), (0.0030, CAP), (0.0, CAP))
    made = []
    for x in (-PINS[0], PINS[0]):
        for z in (HEIGHT / 2 - PINS[1], HEIGHT / 2 + PINS[1]):
            made += [body.turned("x", -90.0).moved(x, -DEPTH / 2, z), lathe(cap, 28, 40.0).turned("x", -90.0).moved(x, FRONT, z)]
    return made


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    plate, pins = lit([_plate(), join(_pins())], rays=28, reach=0.02, floor=None)
    acrylic = surfaces.moulded("sign_plate", (0.70, 0.72, 0.73), 0.25)
    insert = Material("sign_insert", colour=(0.72, 0.72, 0.71, 1.0), roughness=0.45)
    write_glb(
        "wall_sign",
        {
            "plate": [(acrylic, tiled(plate, FINE_TILE)), (satin("sign_pin", 0.30), pins)],
            "face": [(insert, facing(*FACE_SIZE).moved(0.0, FRONT + 0.0003, HEIGHT / 2))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
