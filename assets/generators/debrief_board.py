"""A writing board on the wall, 1.84 x 1.28 m with its rail, whose face is a screen.

An enamelled face in an anodised frame with plastic corners; below it a rail with the round button that puts the board away, and
under the rail a tray with four pens and a wiper. The back (y = -35 mm) is the wall.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import extrude, frame, soft_box
from assets.generators.shapes import Shape, curve, join, lathe, lit, shape, tube
from assets.generators.surfaces import GRAIN_TILE, moulded, plain, steel, tiled
from engine.view.geometry.mesh import Material

WIDE, HIGH, BACK = 1.84, 1.28, -0.035
FACE = (1.784, 1.110)
"""The screen, metres: wide and high."""
FACE_FOOT, FACE_AT = 0.144, -0.0140
"""The height of the screen's lower edge, and where its plane is along y."""
BUTTON = (-0.80, 0.0085, 0.0725)
"""The middle of the button's face when it is out: the card's control `done`."""


def _screen() -> Shape:
    """One rectangle; its u runs to the right of who looks at it, which is -x."""
    x, z = FACE[0] / 2, FACE_FOOT
    points = np.array(((x, FACE_AT, z), (-x, FACE_AT, z), (-x, FACE_AT, z + FACE[1]), (x, FACE_AT, z + FACE[1])))
    uvs = np.array(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
    return shape(points, np.array(((0, 1, 2), (0, 2, 3))), np.tile((0.0, 1.0, 0.0), (4, 1)), uvs)


def _frame() -> list[Shape]:
    """The aluminium: frame, rail and tray."""
    profile = [
        (0.0, BACK), (0.0, -0.0085), (0.0015, -0.006), (0.0045, -0.005), (0.0165, -0.005), (0.0195, -0.006),
        (0.0215, -0.0085), (0.0215, BACK),
    ]  # fmt: skip
    made = [frame(WIDE, HIGH - 0.118, profile).moved(z=0.118)]
    rail = [
        (BACK, 0.024), (-0.012, 0.024), (-0.006, 0.0255), (-0.003, 0.030), (-0.002, 0.037), (-0.002, 0.108), (-0.003, 0.114),
        (-0.006, 0.1175), (-0.010, 0.1185), (BACK, 0.1185),
    ]  # fmt: skip
    made.append(extrude(rail, WIDE - 0.030))
    tray = [
        (BACK, 0.004), (-0.030, 0.0), (0.0225, 0.0), (0.0300, 0.0035), (0.0345, 0.0095), (0.0350, 0.0170), (0.0335, 0.0185),
        (0.0318, 0.0170), (0.0300, 0.0100), (0.0255, 0.0055), (-0.018, 0.0042), (-0.0235, 0.0080), (-0.0240, 0.0245),
        (BACK, 0.0245),
    ]  # fmt: skip
    made.append(extrude(tray, 1.16))
    return made


def _plastics() -> list[Shape]:
    """Corner pieces, the rail's ends, the tray's ends, and the dark gasket round the face."""
    made = [
        soft_box(0.046, 0.0325, 0.046, 0.006, steps=2).moved(x * (WIDE / 2 - 0.023), BACK + 0.01625, z)
        for x in (-1, 1)
        for z in (HIGH - 0.023, 0.141)
    ]
    made += [
        soft_box(0.018, 0.0345, 0.0975, 0.005, steps=2).moved(x * (WIDE / 2 - 0.009), BACK + 0.01725, 0.0713) for x in (-1, 1)
    ]
    made += [soft_box(0.009, 0.0705, 0.0250, 0.003).moved(x * 0.5845, 0.0, 0.0127) for x in (-1, 1)]
    return made


def _gasket() -> Shape:
    lip = [(0.0, BACK), (0.0, -0.0105), (0.0015, -0.0095), (0.0060, -0.0110), (0.0075, -0.0140), (0.0075, BACK)]
    return frame(WIDE - 0.0425, HIGH - 0.118 - 0.0425, lip).moved(z=0.118 + 0.02125)


def _pen() -> tuple[Shape, Shape]:
    """A pen lying along x: its barrel, and its cap and plug."""
    barrel = lathe(((0.0, -0.066), (0.0070, -0.066), (0.0078, -0.064), (0.0078, 0.018), (0.0072, 0.020)), 14, 40.0)
    rings = [(0.0074, 0.018), (0.0086, 0.0195), (0.0086, 0.040), (0.0070, 0.0600), (0.0050, 0.0660), (0.0, 0.0670)]
    plug = lathe(((0.0, -0.0690), (0.0055, -0.0690), (0.0066, -0.0672), (0.0066, -0.0655)), 14, 40.0)
    clip = soft_box(0.0035, 0.0020, 0.034, 0.0009).moved(y=0.0098, z=0.040)
    cap = join([lathe(rings, 14, 40.0), plug, clip])
    return barrel.turned("y", 90), cap.turned("y", 90)


PLASTIC_TILE = (0.030, 0.030)
"""Finer than `GRAIN_TILE`: these are small pieces."""
PENS = {"black": (0.02, 0.02, 0.022), "blue": (0.015, 0.05, 0.28), "red": (0.42, 0.02, 0.02), "green": (0.015, 0.22, 0.06)}


def _lying() -> tuple[list[Shape], list[Shape], list[Shape]]:
    """What lies in the tray: barrels, caps (tinted), and the wiper's body with its felt."""
    barrels, caps = [], []
    for index, tint in enumerate(PENS.values()):
        barrel, cap = _pen()
        turn = (4.0, -3.0, 1.5, 176.0)[index]
        at = (-0.40 + 0.155 * index, 0.004 - 0.005 * (index % 2), 0.0135)
        roll = 70.0 * index
        barrels.append(barrel.turned("x", roll).turned("z", turn).moved(*at))
        caps.append(cap.turned("x", roll).turned("z", turn).moved(*at).tinted(tint))
    body = soft_box(0.128, 0.046, 0.020, 0.007, steps=2).moved(0.36, 0.002, 0.0265).tinted((0.05, 0.055, 0.065))
    felt = soft_box(0.124, 0.043, 0.012, 0.002).moved(0.36, 0.002, 0.0112).tinted((0.30, 0.31, 0.32))
    return barrels, caps, [body, felt]


def _button() -> tuple[list[Shape], list[Shape], Shape, Shape]:
    """The collar in the rail, the button that slides in it, the tick on its face, and the ring of light round it."""
    collar = lathe(
        ((0.0375, 0.0), (0.0375, 0.0018), (0.0362, 0.0032), (0.0338, 0.0034), (0.0330, 0.0026), (0.0330, -0.004)), 40, 35.0
    )
    ring = lathe(((0.0330, -0.0005), (0.0326, 0.0012), (0.0304, 0.0012), (0.0300, -0.0010)), 40, 35.0)
    cap = lathe(
        ((0.0292, -0.008), (0.0292, 0.0070), (0.0282, 0.0092), (0.0262, 0.0103), (0.0200, 0.0108), (0.0, 0.0104)), 40, 45.0
    )
    path = curve(((-0.0125, 0.0005, 0.0), (-0.0040, -0.0085, 0.0), (0.0135, 0.0105, 0.0)), 3)
    tick = np.concatenate([np.linspace(path[0], path[1], 4), np.linspace(path[1], path[2], 6)[1:]])
    mark = tube(tick, 0.0022, 8).bent(lambda p: p * (1.0, 1.0, 0.45)).moved(z=0.0106)

    def seated(each: Shape) -> Shape:
        return each.turned("x", -90).moved(BUTTON[0], -0.002, BUTTON[2])

    return [seated(collar)], [seated(cap)], seated(mark.turned("z", 180)), seated(ring)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    frames, plastics, gasket = _frame(), _plastics(), _gasket()
    barrels, caps, wiper = _lying()
    collar, cap, mark, ring = _button()
    everything = [*frames, *plastics, gasket, *barrels, *caps, *wiper, *collar, *cap, mark]
    shaded = iter(lit(everything, rays=32, reach=0.05, floor=None))
    frames, plastics = [next(shaded) for _ in frames], [next(shaded) for _ in plastics]
    gasket = next(shaded)
    barrels, caps, wiper = [next(shaded) for _ in barrels], [next(shaded) for _ in caps], [next(shaded) for _ in wiper]
    collar, cap, mark = [next(shaded)], [next(shaded)], next(shaded)
    aluminium = steel("anodised", (0.66, 0.66, 0.65), 0.46)
    grey = moulded("grey_plastic", (0.115, 0.12, 0.125), 0.6)
    white = plain("gloss_white", (0.74, 0.74, 0.73), 0.30)
    inked = plain("coloured_plastic", (1.0, 1.0, 1.0), 0.38)
    write_glb(
        "debrief_board",
        {
            "frame": [
                (aluminium, tiled(join([*frames, *collar]), GRAIN_TILE)),
                (grey, tiled(join([*plastics, gasket.tinted((0.45, 0.45, 0.45))]), PLASTIC_TILE)),
            ],
            "pens": [(white, join(barrels)), (inked, join([*caps, *wiper]))],
            "ring": [(Material("ring_light", (0.3, 0.9, 0.6, 1.0), roughness=0.6, emissive=(0.25, 1.5, 0.75)), ring)],
            "button": [
                (inked, join(cap).tinted((0.022, 0.20, 0.105))),
                (white, mark),
            ],
            "face": [(plain("screen", (0.02, 0.02, 0.022), 0.12), _screen())],
        },
        folder,
    )


if __name__ == "__main__":
    make()
