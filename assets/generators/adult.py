"""The patient: a grown-up of 1.70 m in a gown, lying under a blanket with the hands on it, eyes shut.

Nodes: `chest` (gown, arms, what covers the trunk, lines) is what breath lifts, when it is drawn out along z from the lying
surface; it, the heads and `pillow` go with the joint `back`; `blanket` is the part over the legs and stays. There is a head for
each time of life, of one form and three skins: `head_young`, `head` and `head_old`, whose hair is thinner.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.generators import figure
from assets.generators.bed_linen import bed_linen, placed
from assets.generators.bedding import EDGE, HEM, TOP, lay
from assets.generators.bottom_sheet import bottom_sheet
from assets.generators.cloth_maps import materials
from assets.generators.covers import covers
from assets.generators.ears import ears
from assets.generators.gltf_write import MODELS, write_glb
from assets.generators.hair import hair_of, locks
from assets.generators.limb_skin import skin
from assets.generators.lofts import picked
from assets.generators.patient_cloth import gown, pocket, sleeve
from assets.generators.patient_fabrics import PRINT_TILE, plastic, printed
from assets.generators.patient_lines import cannula, chest_leads, finger_clip, name_band
from assets.generators.patient_skin import EARS, arm, throat
from assets.generators.pillow import pillow
from assets.generators.shapes import Array, Shape, join, lit
from assets.generators.surfaces import tiled
from assets.generators.top_sheet import turned_down
from assets.generators.visage import MIDDLE, OLD, YOUNG
from assets.generators.visage_skin import SKIN, face, skin_of, sunk


def _seen(made: Shape, elbow: Array) -> Shape:
    """An arm without what lies on the blanket: all that looks down but its elbow."""
    under: NDArray[np.bool_] = np.asarray((made.normals[made.triangles][:, :, 2] < -0.52).all(axis=1))
    near: NDArray[np.bool_] = np.asarray(np.linalg.norm(made.positions - elbow, axis=1)[made.triangles].min(axis=1) < 0.100)
    return picked(made, near | ~under)


def _upper(made: Shape) -> Shape:
    """A sleeve without what looks down on the mattress."""
    return picked(made, ~np.asarray((made.normals[made.triangles][:, :, 2] < -0.50).all(axis=1)))


def _softened(made: Shape, spread: float = 0.009) -> Shape:
    """Skin lit through, or soft cloth: its light blurred by a bell so many metres wide, over what looks the same way."""
    away = np.linalg.norm(made.positions[:, None] - made.positions[None], axis=2)
    weights = np.exp(-0.5 * (away / spread) ** 2) * np.clip(made.normals @ made.normals.T, 0.0, 1.0)
    return replace(made, light=(weights @ made.light) / weights.sum(axis=1))


def _lying(made: Shape, cloth: Array, normals: Array) -> Shape:
    """Skin that rests on cloth, whose grid and normals are given: along where they touch neither sends the other light."""
    flat, out = cloth.reshape(-1, 3), normals.reshape(-1, 3)
    nearest = np.array([int(np.argmin(((flat - p) ** 2).sum(axis=1))) for p in made.positions])
    high = np.maximum(np.sum((made.positions - flat[nearest]) * out[nearest], axis=1), 0.0)
    dark = np.exp(-((high / _RESTS) ** 1.5)) * np.clip(0.5 - 0.8 * np.sum(made.normals * out[nearest], axis=1), 0.0, 1.0)
    return made.tinted(made.tint * (1.0 - dark[:, None] * np.array((0.44, 0.48, 0.48))))


_RESTS = 0.020
"""Metres over cloth up to which skin that looks down on it is dark."""


def _lent(made: Shape, over: Shape, way: float) -> Shape:
    """A skin that goes on beneath another has that one's light there, or its last visible triangles would be dark."""
    hidden = np.flatnonzero(sunk((made.positions - figure.HEAD_AT) @ figure.HEAD_TURN, way) > 0.0)
    away = np.linalg.norm(made.positions[hidden][:, None] - over.positions[None], axis=2)
    light = made.light.copy()
    light[hidden] = np.maximum(light[hidden], over.light[np.argmin(away, axis=1)])
    return replace(made, light=light)


def make(folder: Path = MODELS) -> None:
    """Write the model into a folder."""
    blanket = lay()
    legs, trunk = covers(blanket)
    band, chart = turned_down(blanket)
    rest = pillow()
    below_it, mattress = bottom_sheet(rest)
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
        "pillow": [placed(rest.shape, rest.chart, rest.chart, mattress), placed(below_it, mattress, rest.chart, mattress)],
        "lines": [nails for _, nails in arms],
    }
    below = [each for name in ("throat", "gown", "arms", "sheet", "trunk", "pillow") for each in pieces[name]]
    pieces["lines"] += [finger_clip(below), chest_leads(below), name_band(), cannula(pieces["arms"], below)]
    flat = [each for group in pieces.values() for each in group]
    shaded = iter(lit(flat, rays=32, reach=0.10, floor=None))
    baked = {name: [next(shaded) for _ in group] for name, group in pieces.items()}

    baked["gown"] = [_softened(each, 0.014) for each in baked["gown"]]
    baked["face"] = [_softened(each) for each in baked["face"]]
    (head,), (neck,) = baked["face"], baked["throat"]
    baked["face"], baked["throat"] = [_lent(head, neck, 1.0)], [_lent(neck, head, -1.0)]
    for name in ("sheet", "trunk", "legs", "pillow"):  # their pictures hold what light reaches them
        baked[name] = [replace(each, light=np.ones(len(each.positions))) for each in baked[name]]
    baked["arms"] = [_lying(_softened(each), chart.points, chart.smooth()) for each in baked["arms"]]
    for hair in ("hair", "thin hair"):
        baked[hair] = [_softened(each, 0.014) for each in baked[hair]]  # one mass, or each lock would have a light of its own

    def of(name: str, least: float = 0.28) -> Shape:
        return join([replace(each, light=np.clip(least + (1.08 - least) * each.light, 0.0, 1.0)) for each in baked[name]])

    def alive(made: Shape) -> Shape:
        """Skin: what little light there is in hollows has gone through it and is red."""
        return made.tinted(made.tint * (1.0 - (1.0 - made.light[:, None]) * np.array((0.0, 0.08, 0.10))))

    living = skin("skin", SKIN)
    blue = printed("gown")
    white = bed_linen("bed_linen", rest.chart, mattress, pieces["lines"])
    blue_wool, white_linen = (blanket.chart, (trunk, legs)), (chart, (band,))
    wool, cotton = materials(blue_wool, white_linen, pieces["lines"], hem=HEM, edge=EDGE, top=TOP - 0.019)
    form, ears_ = alive(of("face", 0.5)), alive(of("ears", 0.5))
    ears_ = replace(ears_, uvs=EARS.put(ears_.uvs))
    full, thin = of("hair", 0.7), of("thin hair", 0.7)
    heads = {
        name: [(skin_of(life), form), (living, ears_), (hair_of(life), hair)]
        for name, life, hair in (("head_young", YOUNG, full), ("head", MIDDLE, full), ("head_old", OLD, thin))
    }
    write_glb(
        "adult",
        {
            "chest": [
                (blue, tiled(of("gown"), PRINT_TILE)),
                (living, alive(join([of("arms", 0.40), of("throat", 0.5)]))),
                (wool, of("trunk")),
                (cotton, of("sheet", 0.30)),
                (plastic("lines"), of("lines", 0.4)),
            ],
            **heads,
            "pillow": [(white, of("pillow", 0.45))],
            "blanket": [(wool, of("legs"))],
        },
        folder,
    )


if __name__ == "__main__":
    make()
