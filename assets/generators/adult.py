"""The patient: a grown-up of 1.70 m in a gown and a bouffant cap, lying under a blanket with the hands on it, eyes shut.

A good mannequin: stylised, neither old nor young, man nor woman. Nodes: `chest` (gown, arms, what covers the trunk) is what
breath lifts, when it is drawn out along z from the lying surface; it, `head` and `pillow` go with the joint `back`; `blanket` is
the part over the legs and stays.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import figure
from assets.generators.fabrics import CELL_TILE, SKIN_TILE, WEAVE_TILE, cellular, cotton, skin
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import picked
from assets.generators.patient_cloth import covers, gown, lay, pillow, sleeve
from assets.generators.patient_skin import arm, cap, ears, face, lines, throat
from assets.generators.shapes import Shape, join, lit
from assets.generators.surfaces import tiled
from engine.view.geometry.mesh import Material


def _seen(made: Shape) -> Shape:
    """Without what lies on the blanket."""
    return picked(made, ~(made.normals[made.triangles][:, :, 2] < -0.60).all(axis=1))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    blanket = lay()
    legs, trunk, turned = covers(blanket)
    arms = []
    for side, curl in ((1, 17.0), (-1, 14.0)):
        over = figure.WRIST[side] + 0.11 * figure.HAND_WAY[side]
        arms.append(arm(side, (blanket.height(over[0], over[1]) + 0.016 - over[2]) / 0.11, curl))
    brows, dark = lines()
    cushion, piping = pillow()
    pieces = [face(), *ears(), *arms, throat(), gown(), sleeve(1), sleeve(-1), turned, trunk, legs, cushion, piping]
    pieces[7:9] = [_seen(each) for each in pieces[7:9]]
    names = ["skin"] * 7 + ["arms"] * 3 + ["gown"] * 3 + ["sheet", "trunk", "legs", "pillow", "pillow"]
    crown = cap()
    shaded = lit([*pieces, crown], rays=32, reach=0.10, floor=0.0)
    crown = shaded.pop()

    def of(name: str) -> Shape:
        found = [each for each, kind in zip(shaded, names, strict=True) if kind == name]
        return join([replace(each, light=np.clip(0.28 + 0.80 * each.light, 0.0, 1.0)) for each in found])

    living = skin("skin", (0.575, 0.355, 0.265))
    blue = cotton("gown", (0.345, 0.490, 0.590))
    white = cotton("bed_linen", (0.70, 0.70, 0.69))
    wool = cellular("blanket", (0.30, 0.455, 0.520))
    paper = cotton("cap", (0.42, 0.58, 0.66))
    hair = Material("brows", (0.085, 0.064, 0.052, 1.0), roughness=1.0)
    write_glb(
        "adult",
        {
            "chest": [
                (blue, tiled(of("gown"), WEAVE_TILE)),
                (living, tiled(of("arms"), SKIN_TILE)),
                (wool, tiled(of("trunk"), CELL_TILE)),
                (white, tiled(of("sheet"), WEAVE_TILE)),
            ],
            "head": [
                (living, tiled(of("skin"), SKIN_TILE)),
                (hair, join([brows, dark])),
                (paper, tiled(crown, WEAVE_TILE)),
            ],
            "pillow": [(white, tiled(of("pillow"), WEAVE_TILE))],
            "blanket": [(wool, tiled(of("legs"), CELL_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
