"""The face of a sign: the text that its author chose, as large as it fits, dark on light or light on dark.

A picture, height x width x 3, uint8, sRGB, top row first, drawn once for each text, language and size.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.view.ui import text
from engine.view.ui.text import Colour
from engine.world import World

Picture = NDArray[np.uint8]

GROUNDS: Final[Mapping[str, tuple[Colour, Colour]]] = {
    "light": ((236, 236, 232), (24, 28, 34)),
    "dark": ((44, 48, 54), (244, 244, 242)),
    "blue": ((16, 62, 118), (246, 247, 249)),
    "green": ((10, 82, 54), (246, 249, 247)),
}
"""Ground and letters of each `ground` of the card: 7:1 and more, as WCAG 2.2 asks for at its strictest (1.4.6)."""

LARGEST = 0.072
"""Metres of the largest letter's em: its capitals are 48 mm high (Atkinson Hyperlegible: 0.668 em)."""

MARGIN = 0.06
"""Part of the width that stays empty at either side."""

HIGH = 0.97
"""Part of the height that lines may take; a line has room above its letters besides."""

FACE_HEIGHT = 0.104
"""Metres that a sign's face is high, as `assets/generators/sign.py` makes it."""


class SignScreen:
    """The picture of one sign. `size` is width and height in pixels."""

    def __init__(self, sign: str, size: tuple[int, int]) -> None:
        self.sign = sign
        self.size = size
        self._drawn: str | None = None

    def update(self, world: World) -> Picture | None:
        """The picture, anew if what it says has changed; None if it has not."""
        parameters = world.bodies[self.sign].parameters
        key = str(world.properties.get((self.sign, "says"), parameters["says"]))
        if key == self._drawn:
            return None
        self._drawn = key
        return draw(world.scene.text.get(key, ""), world.scene.language, self.size, str(parameters.get("ground", "light")))


@lru_cache(maxsize=64)
def draw(words: str, language: str, size: tuple[int, int], ground: str = "light") -> Picture:
    """A face that says these words; it may not be written to."""
    width, height = size
    behind, ink = GROUNDS[ground]
    room = (round(width * (1.0 - 2.0 * MARGIN)), round(height * HIGH))
    block = text.fitted(words, language, room, round(height * LARGEST / FACE_HEIGHT))
    letters = text.coverage(block)
    cover = np.zeros((height, width), np.uint8)
    high, wide = min(height, letters.shape[0]), min(width, letters.shape[1])
    top, left = (height - high) // 2, (width - wide) // 2
    cover[top : top + high, left : left + wide] = letters[:high, :wide]
    picture = text.printed(cover, ink, behind)
    picture.flags.writeable = False
    return picture
