"""A nurse call for the wall: a moulded plate of 86 x 118 mm, a domed red button 38 mm wide, what it is for in two pictures.

The button is a node of its own that slides 4 mm into its collar.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from assets.generators import surfaces
from assets.generators.forms import facing, rounded, stack, upright
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.shapes import Shape, join, lathe, lit
from assets.generators.surfaces import FINE_TILE, tiled
from engine.view.geometry.mesh import Material, Pixels

WALL, FACE = -0.015, -0.003
"""y of the wall and of the plate's face, metres."""
BUTTON = 0.058
"""Height of the button's middle."""


def _plate() -> list[Shape]:
    """A dished plate on its back box, and the collar round the button."""
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
            (0.0240, 0.0),
            (0.0240, 0.0022),
            (0.0234, 0.0042),
            (0.0222, 0.0050),
            (0.0212, 0.0046),
            (0.0206, 0.0032),
            (0.0204, 0.0014),
            (0.0, 0.0014),
        ),
        40,
        35.0,
    )
    return [plate, collar.turned("x", -90).moved(0.0, FACE - 0.001, BUTTON).tinted((0.36, 0.38, 0.40))]


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


INK, PAPER = (28, 44, 70), (222, 223, 221)


def _bell() -> Pixels:
    """A bell that rings, as IEC 60417-5013 has one; no words."""
    k = 4
    picture = Image.new("RGB", (256 * k, 128 * k), PAPER)
    draw = ImageDraw.Draw(picture)
    x, y = 128 * k, 60 * k

    def box(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
        return (x + a * k, y + b * k, x + c * k, y + d * k)

    draw.ellipse(box(-37, -50, 37, 24), fill=INK)
    draw.rectangle(box(-37, -13, 37, 26), fill=INK)
    draw.polygon(
        [(x - 37 * k, y + 14 * k), (x + 37 * k, y + 14 * k), (x + 54 * k, y + 38 * k), (x - 54 * k, y + 38 * k)], fill=INK
    )
    draw.rounded_rectangle(box(-57, 31, 57, 43), radius=6 * k, fill=INK)
    draw.ellipse(box(-14, 38, 14, 66), fill=INK)
    draw.ellipse(box(-9, -60, 9, -42), fill=INK)
    for start in (-36, 144):
        draw.arc(box(-92, -96, 92, 88), start, start + 72, fill=INK, width=18 * k)
    return np.asarray(picture.resize((256, 128), Image.Resampling.LANCZOS), np.uint8)


def _nurse() -> Pixels:
    """Head and shoulders beside a cross: who comes when one rings."""
    k = 4
    picture = Image.new("RGB", (256 * k, 128 * k), PAPER)
    draw = ImageDraw.Draw(picture)

    def box(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
        return (a * k, b * k, c * k, d * k)

    draw.ellipse(box(58, 2, 120, 66), fill=INK)
    draw.rounded_rectangle(box(28, 74, 150, 200), radius=46 * k, fill=INK)
    draw.rectangle(box(0, 124, 256, 128), fill=PAPER)
    draw.rectangle(box(166, 52, 238, 76), fill=INK)
    draw.rectangle(box(190, 28, 214, 100), fill=INK)
    return np.asarray(picture.resize((256, 128), Image.Resampling.LANCZOS), np.uint8)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    shaded = lit([join(_plate()), _button()], rays=28, reach=0.02, floor=None)
    white = surfaces.moulded("call_plate", (0.73, 0.735, 0.72), 0.45)
    red = surfaces.moulded("call_button", (0.62, 0.022, 0.018), 0.36)
    both = Material("call_sign", roughness=0.5, colour_map=np.concatenate([_bell(), _nurse()]))
    upper, lower = facing(0.052, 0.026), facing(0.044, 0.022)
    halves = [
        replace(upper, uvs=upper.uvs * (1.0, 0.5) + (0.0, 0.5)).moved(0.0, FACE - 0.0006, 0.0955),
        replace(lower, uvs=lower.uvs * (1.0, 0.5)).moved(0.0, FACE - 0.0006, 0.0205),
    ]
    write_glb(
        "call_button",
        {
            "plate": [(white, tiled(shaded[0], FINE_TILE)), (both, join(halves))],
            "button": [(red, tiled(shaded[1], FINE_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
