"""The patient: a grown-up of 1.70 m in a gown, lying under a blanket with the hands on it, eyes shut.

Nodes: `chest` (gown, arms, what covers the trunk, lines) is what breath lifts, when it is drawn out along z from the lying
surface; it, the heads and `pillow` go with the joint `back`; `blanket` is the part over the legs and stays. There is a head for
each time of life, of one form and three skins: `head_young`, `head` and `head_old`, whose hair is thinner.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assets.generators import figure
from assets.generators.bedding import HEM, lay
from assets.generators.bottom_sheet import bottom_sheet
from assets.generators.cloth_maps import materials
from assets.generators.covers import covers
from assets.generators.ears import ears
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.hair import hair_of, locks
from assets.generators.limb_skin import skin
from assets.generators.lofts import picked
from assets.generators.patient_cloth import gown, pillow, pocket, sleeve
from assets.generators.patient_fabrics import LINEN_TILE, PRINT_TILE, linen, plastic, printed
from assets.generators.patient_lines import cannula, chest_leads, finger_clip, name_band
from assets.generators.patient_skin import EARS, arm, throat
from assets.generators.shapes import Array, Shape, join, lit
from assets.generators.surfaces import tiled
from assets.generators.top_sheet import turned_down
from assets.generators.visage import MIDDLE, OLD, YOUNG
from assets.generators.visage_skin import SKIN, face, skin_of, sunk


def _seen(made: Shape, elbow: Array) -> Shape:
    """An arm without what lies on the blanket: all that looks down but its elbow."""
    under: Array = np.asarray((made.normals[made.triangles][:, :, 2] < -0.44).all(axis=1))
    near: Array = np.asarray(np.linalg.norm(made.positions - elbow, axis=1)[made.triangles].min(axis=1) < 0.100)
    return picked(made, near | ~under)


def _upper(made: Shape) -> Shape:
    """A sleeve without what looks down on the mattress."""
    return picked(made, ~np.asarray((made.normals[made.triangles][:, :, 2] < -0.70).all(axis=1)))


def _softened(made: Shape, spread: float = 0.009) -> Shape:
    """Skin lit through: its light blurred by a bell so many metres wide, over what looks the same way."""
    away = np.linalg.norm(made.positions[:, None] - made.positions[None], axis=2)
    weights = np.exp(-0.5 * (away / spread) ** 2) * np.clip(made.normals @ made.normals.T, 0.0, 1.0)
    return replace(made, light=(weights @ made.light) / weights.sum(axis=1))


def _lent(made: Shape, over: Shape, way: float) -> Shape:
    """A skin that goes on beneath another has that one's light there, or its last visible triangles would be dark."""
    hidden = np.flatnonzero(sunk((made.positions - figure.HEAD_AT) @ figure.HEAD_TURN, way) > 0.0)
    away = np.linalg.norm(made.positions[hidden][:, None] - over.positions[None], axis=2)
    light = made.light.copy()
    light[hidden] = np.maximum(light[hidden], over.light[np.argmin(away, axis=1)])
    return replace(made, light=light)


def _bared(made: Shape, over: Shape, reach: float = 0.030) -> Shape:
    """A cloth has the light of the one that lies closely over it: while the backrest is up it comes out from under it."""
    away = np.linalg.norm(made.positions[:, None] - over.positions[None], axis=2)
    nearest = np.argmin(away, axis=1)
    lent = np.where(away.min(axis=1) < reach, over.light[nearest], 0.0)
    return replace(made, light=np.maximum(made.light, lent))


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    blanket = lay()
    legs, trunk = covers(blanket)
    band, chart = turned_down(blanket)
    arms = [arm(side) for side in (1, -1)]
    pieces = {
        "face": [face()],
        "ears": ears(),
        "hair": [locks(MIDDLE)],
        "thin hair": [locks(OLD)],
        "throat": [throat()],
        "arms": [_seen(limb, figure.ELBOW[side]) for (limb, _), side in zip(arms, (1, -1), strict=True)],
        "gown": [gown(), pocket(), *(_upper(sleeve(side)) for side in (1, -1))],
        "sheet": [band],
        "trunk": [trunk],
        "legs": [legs],
        "pillow": [pillow(), bottom_sheet()],
        "lines": [nails for _, nails in arms],
    }
    below = [each for name in ("gown", "arms", "sheet", "trunk", "pillow") for each in pieces[name]]
    pieces["lines"] += [finger_clip(below), chest_leads(below), name_band(), cannula(pieces["arms"], below)]
    flat = [each for group in pieces.values() for each in group]
    shaded = iter(lit(flat, rays=32, reach=0.10, floor=None))
    baked = {name: [next(shaded) for _ in group] for name, group in pieces.items()}

    baked["face"] = [_softened(each) for each in baked["face"]]
    (head,), (neck,) = baked["face"], baked["throat"]
    baked["face"], baked["throat"] = [_lent(head, neck, 1.0)], [_lent(neck, head, -1.0)]
    (lower,), (upper,) = baked["legs"], baked["trunk"]
    baked["legs"], baked["trunk"] = [_bared(lower, upper)], [_bared(upper, lower)]
    baked["arms"] = [_softened(each) for each in baked["arms"]]

    def of(name: str, least: float = 0.28) -> Shape:
        return join([replace(each, light=np.clip(least + (1.08 - least) * each.light, 0.0, 1.0)) for each in baked[name]])

    def alive(made: Shape) -> Shape:
        """Skin: what little light there is in hollows has gone through it and is red."""
        return made.tinted(made.tint * (1.0 - (1.0 - made.light[:, None]) * np.array((0.0, 0.16, 0.21))))

    living = skin("skin", SKIN)
    blue = printed("gown")
    white = linen("bed_linen", 0.85)
    wool, cotton = materials(blanket.chart, chart, HEM)
    form, ears_ = alive(of("face", 0.5)), alive(of("ears", 0.5))
    ears_ = replace(ears_, uvs=EARS.put(ears_.uvs))
    full, thin = of("hair", 0.6), of("thin hair", 0.6)
    heads = {
        name: [(skin_of(life), form), (living, ears_), (hair_of(life), hair)]
        for name, life, hair in (("head_young", YOUNG, full), ("head", MIDDLE, full), ("head_old", OLD, thin))
    }
    write_glb(
        "adult",
        {
            "chest": [
                (blue, tiled(of("gown"), PRINT_TILE)),
                (living, alive(join([of("arms", 0.6), of("throat", 0.5)]))),
                (wool, of("trunk")),
                (cotton, of("sheet", 0.30)),
                (plastic("lines"), of("lines", 0.4)),
            ],
            **heads,
            "pillow": [(white, tiled(of("pillow", 0.45), LINEN_TILE))],
            "blanket": [(wool, of("legs"))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
