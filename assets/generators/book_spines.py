"""Spines of books in cloth, printed: eleven side by side in one picture, each with a title and a name, bands and a mark.

Colours are those of cloths that binders keep; a title is in foil or in the cloth's own pale tone, or it stands on a label. Titles
and names are ours, and Latin: the books are in no language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from assets.generators.lettering import Tone, line
from assets.generators.textures import bytes_of, layered, normal_map, surface
from engine.view.geometry.mesh import Material

WIDE, TALL = 64, 512
"""Pixels of a spine."""
GOLD, CREAM, NAVY, RUST = (206, 172, 104), (236, 228, 208), (36, 58, 84), (150, 74, 48)


@dataclass(frozen=True, slots=True)
class Spine:
    """The cloth (sRGB), the tone of title and bands, what is printed (label, along or bands), how high capitals are, of the
    spine's width; title and name."""

    cloth: Tone
    foil: Tone
    form: str
    high: float
    title: str
    name: str

    @property
    def light(self) -> tuple[float, float, float]:
        """The cloth's colour, linear."""
        red, green, blue = ((each / 255.0) ** 2.2 for each in self.cloth)
        return red, green, blue


SPINES = (
    Spine((46, 70, 96), GOLD, "along", 0.40, "FLORA ALPINA", "Silvanus"),
    Spine((196, 176, 138), NAVY, "bands", 0.42, "Mare et Ventus", "Marina"),
    Spine((80, 104, 74), CREAM, "label", 0.30, "HORTUS", "Viridia"),
    Spine((176, 98, 66), CREAM, "along", 0.46, "De Avibus", "Avilla"),
    Spine((222, 214, 194), RUST, "along", 0.36, "LUX ET UMBRA", "Claran"),
    Spine((98, 142, 144), CREAM, "bands", 0.36, "Aqua Viva", "Fontan"),
    Spine((110, 62, 76), GOLD, "along", 0.44, "MUSICA", "Sonara"),
    Spine((188, 166, 124), NAVY, "label", 0.34, "TERRA", "Montan"),
    Spine((84, 126, 134), CREAM, "along", 0.40, "ATLAS", "Orbis"),
    Spine((226, 218, 200), NAVY, "bands", 0.44, "Herbarium", "Rosalia"),
    Spine((168, 92, 62), CREAM, "along", 0.48, "De Arboribus", "Tilian"),
)


def column(index: int, across: NDArray[np.float64]) -> NDArray[np.float64]:
    """The picture's u for shares across a spine, 0-1 from its left."""
    return np.asarray((index + 0.04 + 0.92 * across) / len(SPINES))


def _painted(spine: Spine) -> Image.Image:
    """A spine as it stands: its title runs down it, as on English books."""
    lying = Image.new("RGB", (TALL, WIDE), spine.cloth)
    pen = ImageDraw.Draw(lying)
    high = spine.high * WIDE
    middle = (WIDE - high) / 2
    if spine.form == "label":
        pen.rectangle((66, 0, 214, WIDE), fill=spine.foil)
        pen.rectangle((72, 0, 75, WIDE), fill=spine.cloth)
        pen.rectangle((205, 0, 208, WIDE), fill=spine.cloth)
        line(pen, (86, middle), (112, high), spine.title, spine.cloth)
        line(pen, (396, WIDE * 0.38), (90, WIDE * 0.25), spine.name, spine.foil)
        return lying.transpose(Image.Transpose.ROTATE_270)
    if spine.form == "bands":
        for at in (44, 60, 440, 456):
            pen.rectangle((at, 0, at + 6, WIDE), fill=spine.foil)
        line(pen, (92, middle), (224, high), spine.title, spine.foil)
        line(pen, (336, WIDE * 0.38), (94, WIDE * 0.25), spine.name, spine.foil)
    else:
        pen.rectangle((30, 0, 33, WIDE), fill=spine.foil)
        pen.rectangle((476, 0, 479, WIDE), fill=spine.foil)
        line(pen, (52, middle), (262, high), spine.title, spine.foil)
        line(pen, (332, WIDE * 0.37), (98, WIDE * 0.26), spine.name, spine.foil)
        pen.ellipse((440, WIDE / 2 - 10, 460, WIDE / 2 + 10), outline=spine.foil, width=3)
    return lying.transpose(Image.Transpose.ROTATE_270)


@cache
def printed(seed: int = 361) -> Material:
    """All spines: u by `column`, v from the foot; the weave of their cloth shows through."""
    sheet = np.concatenate([np.asarray(_painted(spine), float) for spine in SPINES], axis=1)
    picture = np.asarray(Image.fromarray(bytes_of(sheet)).resize((512, 512), Image.Resampling.LANCZOS), float)
    weave = 0.5 * layered(512, (256, 40), seed + 1, 1) + 0.5 * layered(512, (40, 256), seed + 2, 1)
    rubbed = layered(512, (20, 30), seed + 5, 3)
    colour = picture * (0.94 + 0.12 * (weave - 0.5) + 0.10 * (rubbed - 0.5) + 0.03)[..., None]
    finish = surface(np.ones((128, 128)), np.full((128, 128), 0.78))
    return Material("book_spine", colour_map=bytes_of(colour), normal_map=normal_map(weave[::4, ::4], 0.6), surface_map=finish)
