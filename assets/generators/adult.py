"""The patient: a grown-up of 1.70 m in a gown, lying under a blanket with the hands on it, eyes shut.

Nodes: `chest` (gown, arms, what covers the trunk, lines) is what breath lifts, when it is drawn out along z from the lying
surface; it, the heads and `pillow` go with the joint `back`; `blanket` is the part over the legs and stays. There is a head for
each time of life, of one form and three skins: `head_young`, `head` and `head_old`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators.bedding import covers, lay
from assets.generators.fabrics import SKIN_TILE, WEAVE_TILE, cotton, skin
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.lofts import picked
from assets.generators.patient_cloth import gown, pillow, sleeve
from assets.generators.patient_fabrics import CELL_TILE, PRINT_TILE, cellular, plastic, printed
from assets.generators.patient_lines import cannula, chest_leads, finger_clip, name_band
from assets.generators.patient_skin import arm, throat
from assets.generators.shapes import Array, Shape, join, lit
from assets.generators.surfaces import tiled
from assets.generators.visage import MIDDLE, OLD, YOUNG
from assets.generators.visage_skin import SKIN, ears, face, skin_of


def _seen(made: Shape) -> Shape:
    """Without what lies on the blanket."""
    under: Array = np.asarray((made.normals[made.triangles][:, :, 2] < -0.62).all(axis=1))
    return picked(made, np.logical_not(under))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    legs, trunk, turned = covers(lay())
    arms = [arm(side) for side in (1, -1)]
    cushion, piping = pillow()
    pieces = {
        "face": [face()],
        "ears": ears(),
        "arms": [*(_seen(limb) for limb, _ in arms), throat()],
        "gown": [gown(), sleeve(1), sleeve(-1)],
        "sheet": [turned],
        "trunk": [trunk],
        "legs": [legs],
        "pillow": [cushion, piping],
        "lines": [nails for _, nails in arms],
    }
    below = [each for name in ("gown", "arms", "sheet", "trunk", "pillow") for each in pieces[name]]
    pieces["lines"] += [finger_clip(below), chest_leads(below), name_band(), cannula()]
    flat = [each for group in pieces.values() for each in group]
    shaded = iter(lit(flat, rays=32, reach=0.10, floor=None))
    baked = {name: [next(shaded) for _ in group] for name, group in pieces.items()}

    def of(name: str, least: float = 0.28) -> Shape:
        return join([replace(each, light=np.clip(least + (1.08 - least) * each.light, 0.0, 1.0)) for each in baked[name]])

    living = skin("skin", SKIN)
    blue = printed("gown")
    white = cotton("bed_linen", (0.70, 0.70, 0.69))
    wool = cellular("blanket")
    ears_, form = tiled(of("ears", 0.4), SKIN_TILE), of("face", 0.5)
    heads = {
        name: [(skin_of(life), form), (living, ears_)]
        for name, life in (("head_young", YOUNG), ("head", MIDDLE), ("head_old", OLD))
    }
    write_glb(
        "adult",
        {
            "chest": [
                (blue, tiled(of("gown"), PRINT_TILE)),
                (living, tiled(of("arms", 0.66), SKIN_TILE)),
                (wool, tiled(of("trunk"), CELL_TILE)),
                (white, tiled(of("sheet"), WEAVE_TILE)),
                (plastic("lines"), of("lines", 0.4)),
            ],
            **heads,
            "pillow": [(white, tiled(of("pillow"), WEAVE_TILE))],
            "blanket": [(wool, tiled(of("legs"), CELL_TILE))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
