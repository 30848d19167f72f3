"""A nurse call for the wall: a moulded plate of 86 x 118 mm, a domed red button 38 mm wide, a lamp of reassurance, a socket.

The button is a node of its own that slides 4 mm into its collar.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import surfaces
from assets.generators.forms import facing, oval, rounded, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material, Pixels

WALL, FACE = -0.015, -0.003
"""y of the wall and of the plate's face, metres."""
BUTTON = 0.058
"""Height of the button's middle."""


def _plate() -> list[Shape]:
    """A dished plate on its back box, the collar round the button, two screw covers, the socket for a pear push."""
    middle = 0.059
    rings = (
        (-0.0008, WALL),
        (0.0, WALL + 0.002),
        (0.0, FACE - 0.0055),
        (-0.0012, FACE - 0.002),
        (-0.0042, FACE),
        (-0.009, FACE),
        (-0.0105, FACE - 0.0006),
        (-0.0125, FACE - 0.0008),
    )
    plate = stack(
        [upright(rounded(0.086 + 2 * by, 0.118 + 2 * by, max(0.009 + by, 0.002), 5), y, z=middle) for by, y in rings],
        open_start=True,
        crease_deg=25.0,
    )
    collar = lathe(
        (
            (0.0275, 0.0),
            (0.0275, 0.002),
            (0.0262, 0.0042),
            (0.0240, 0.0052),
            (0.0222, 0.0048),
            (0.0208, 0.0032),
            (0.0205, 0.0014),
            (0.0, 0.0014),
        ),
        40,
        35.0,
    )
    made = [plate, collar.turned("x", -90).moved(0.0, FACE - 0.001, BUTTON).tinted((0.36, 0.38, 0.40))]
    for x in (-0.031, 0.031):
        cover = lathe(((0.0042, -0.001), (0.0042, 0.0006), (0.0034, 0.0011), (0.0, 0.0012)), 14, 40.0)
        made.append(cover.turned("x", -90).moved(x, FACE - 0.0008, BUTTON).tinted((0.85, 0.85, 0.85)))
    socket = lathe(
        ((0.0095, 0.0), (0.0095, 0.0016), (0.0082, 0.0026), (0.0062, 0.0026), (0.0056, 0.0014), (0.0, 0.0010)), 24, 35.0
    )
    made.append(socket.turned("x", -90).moved(0.020, FACE - 0.0008, 0.018).tinted((0.08, 0.085, 0.09)))
    return made


def _button() -> Shape:
    """The cap: a shallow dome with a finger's hollow, a soft edge, and its skirt."""
    cap = lathe(
        (
            (0.0198, -0.012),
            (0.0198, 0.0035),
            (0.0192, 0.0056),
            (0.0176, 0.0072),
            (0.0150, 0.0082),
            (0.0120, 0.0084),
            (0.0080, 0.0078),
            (0.0040, 0.0074),
            (0.0, 0.0073),
        ),
        40,
        35.0,
    )
    return cap.turned("x", -90).moved(0.0, FACE + 0.0056, BUTTON)


def _sign() -> Pixels:
    """A bell, as on the buttons one presses for help, and arcs of its sound; no words."""
    k = 4
    picture = Image.new("RGB", (256 * k, 96 * k), (222, 223, 221))
    draw = ImageDraw.Draw(picture)
    ink, x, y = (46, 62, 84), 128 * k, 48 * k

    def box(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
        return (x + a * k, y + b * k, x + c * k, y + d * k)

    draw.ellipse(box(-19, -27, 19, 11), fill=ink)
    draw.rectangle(box(-19, -8, 19, 14), fill=ink)
    draw.polygon([(x - 19 * k, y + 8 * k), (x + 19 * k, y + 8 * k), (x + 28 * k, y + 20 * k), (x - 28 * k, y + 20 * k)], fill=ink)
    draw.rounded_rectangle(box(-29, 17, 29, 22), radius=2.5 * k, fill=ink)
    draw.ellipse(box(-7, 19, 7, 32), fill=ink)
    draw.ellipse(box(-4, -34, 4, -24), fill=ink)
    for reach in (44, 58):
        for start in (-38, 142):
            draw.arc(box(-reach, -reach + 2, reach, reach + 2), start, start + 76, fill=ink, width=5 * k)
    return np.asarray(picture.resize((256, 96), Image.Resampling.LANCZOS).crop((60, 0, 196, 96)), np.uint8)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    lamp = stack(
        [
            upright(oval(0.020 * s, 0.0060 * s, 20, 3.0), FACE + y, x=-0.018, z=0.018)
            for s, y in ((1.0, -0.001), (1.0, 0.0006), (0.86, 0.0014))
        ],
        open_start=True,
    )
    shaded = lit([join(_plate()), _button(), lamp], rays=28, reach=0.02, floor=None)
    white = surfaces.moulded("call_plate", (0.73, 0.735, 0.72), 0.45)
    red = surfaces.moulded("call_button", (0.62, 0.022, 0.018), 0.36)
    amber = Material("call_lamp", colour=(0.75, 0.36, 0.05, 1.0), roughness=0.25, emissive=(0.5, 0.20, 0.02))
    sign = Material("call_sign", colour=(1.0, 1.0, 1.0, 1.0), roughness=0.5, colour_map=_sign())
    write_glb(
        "call_button",
        {
            "plate": [
                (white, tiled(shaded[0], FINE_TILE)),
                (sign, facing(0.0255, 0.018).moved(0.0, FACE - 0.0006, 0.100)),
                (amber, shaded[2]),
            ],
            "button": [(red, tiled(shaded[1], FINE_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
