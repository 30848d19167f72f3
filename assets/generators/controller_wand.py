"""A wand, right hand: a long handle with a round trackpad on its upper side, a button above and a lamp below it, a trigger, keys
on both sides, and a ring ahead. 286 x 108 x 110 mm; of no maker."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators.controller_parts import DARK, METAL, SHELL, SOFT, along, body, cap, materials, standing, write
from assets.generators.forms import block, oval, rounded, sweep
from assets.generators.gltf_write import MODELS
from assets.generators.shapes import Shape, lathe
from engine.view.geometry.controller import CONTROLLERS, PAD, PAD_UP, WAND_MENU, on_face

RADIUS, LEAN = 0.0480, 52.0
"""Metres from the ring's middle to that of its band, and degrees by which its plane leans ahead."""


def _ring() -> Shape:
    """The ring: a flat band with round edges that begins and ends in the head of the handle."""
    turn = np.radians(np.linspace(0.0, 360.0, 41))
    lean = np.radians(LEAN)
    flat = np.column_stack((RADIUS * np.sin(turn), -RADIUS * np.cos(turn)))
    points = np.column_stack((flat[:, 0], flat[:, 1] * np.sin(lean), flat[:, 1] * np.cos(lean)))
    middle = np.array((0.0, 0.0060, 0.1310)) - points[0]
    normal = (0.0, -np.cos(lean), np.sin(lean))
    return sweep(points + middle, oval(0.0125, 0.0230, 12, 2.6), up=normal, crease_deg=60.0)


def _trigger() -> Shape:
    path = along(((0.0140, 0.0520), (0.0270, 0.0480), (0.0320, 0.0390), (0.0315, 0.0290), (0.0330, 0.0200), (0.0370, 0.0140)), 10)
    return sweep(path, rounded(0.0075, 0.0150, 0.0030, 2), up=(1.0, 0.0, 0.0), ends=0.0030, crease_deg=60.0)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    rim = lathe(((0.0214, -0.0070), (0.0212, 0.0006), (0.0206, 0.0010), (0.0202, 0.0006), (0.0202, -0.0010)), 32, 40.0)
    pad = lathe(((0.0200, -0.0030), (0.0200, 0.0004), (0.0196, 0.0008), (0.0120, 0.0006), (0.0, 0.0005)), 32, 40.0)
    key = block((0.0030, 0.0110, 0.0300), 0.0013, steps=2)
    menu, lamp = on_face(PAD, PAD_UP, 0.0, WAND_MENU), on_face(PAD, PAD_UP, 0.0, -0.0262, -0.0016)
    write(
        "controller_wand",
        {
            "body": [
                (SHELL, [body(CONTROLLERS["wand"].stations), _ring()]),
                (METAL, [standing(rim, PAD, PAD_UP), standing(cap(0.0020, -0.0030, 0.0004, 12), lamp, PAD_UP)]),
            ],
            "trigger": [(DARK, [_trigger()])],
            "squeeze": [(SOFT, [key.moved(-0.0152, -0.0015, -0.0020)])],
            "squeeze_inner": [(SOFT, [key.moved(0.0152, -0.0015, -0.0020)])],
            "pad": [(DARK, [standing(pad, PAD, PAD_UP)])],
            "menu": [(DARK, [standing(cap(0.0042, -0.0040, 0.0010), menu, PAD_UP)])],
        },
        materials((0.075, 0.078, 0.085), (0.32, 0.33, 0.35)),
        folder,
    )


if __name__ == "__main__":
    make()
