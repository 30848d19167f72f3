"""Drawing the pages of the start screen: laid out on 1280 x 720, drawn at any size, in a language's own direction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from engine.view.ui.bidi import runs_right_to_left
from engine.view.ui.painter import Box, Painter, rounded
from engine.view.ui.palette import PALETTES, Contrast, Look
from engine.view.ui.panel import Setting

WIDTH, HEIGHT, EM = 1280, 720, 21
EDGE, TOP = 56, 128


class Pen:
    """A painter that is told boxes of the 1280 x 720 layout."""

    def __init__(self, painter: Painter, scale: float, left: float, top: float) -> None:
        self.painter, self.palette = painter, painter.palette
        self.scale, self.left, self.top = scale, left, top

    def box(self, box: Box) -> Box:
        """A box in pixels of the picture."""
        return at(box, self.scale, self.left, self.top)

    def write(self, words: str, box: Box, *, size: float = 1.0, dim: bool = False, align: str = "start", top: bool = False,
              language: str = "") -> None:  # fmt: skip
        """Words in a box."""
        ink = self.palette.dim if dim else self.palette.ink
        self.painter.write(words, self.box(box), ink, size=size, align=align, top=top, language=language)

    def button(self, words: str, box: Box, look: Look, *, main: bool = False, size: float = 1.0) -> None:
        """A button with its words."""
        ink = self.painter.button(self.box(box), look, main=main)
        self.painter.write(words, self.box((box[0] + 8, box[1], box[2] - 8, box[3])), ink, size=size, align="middle")

    def setting(self, row: Setting, items: Mapping[str, Box], looks: Mapping[str, Look], label: Box | None = None) -> None:
        """A value between its two items, with its label if there is room for one."""
        lower, higher = f"{row.name}-", f"{row.name}+"
        one, other = items[lower], items[higher]
        middle = (min(one[2], other[2]) + 6, one[1], max(one[0], other[0]) - 6, one[3])
        if label is not None:
            self.write(row.label, label)
        self.write(row.value, middle, align="middle")
        for name, able in ((lower, row.lower), (higher, row.higher)):
            ink = self.painter.button(self.box(items[name]), looks.get(name, "plain") if able else "disabled")
            if row.part is not None:
                self.painter.sign(self.box(items[name]), ink, plus=name == higher)
            else:
                self.painter.arrow(self.box(items[name]), ink, left=(name == lower) != self.painter.mirrored)

    def picture(self, path: Path | None, box: Box) -> None:
        """A picture that fills a box with round corners."""
        inside = self.box(box)
        wide, high = inside[2] - inside[0], inside[3] - inside[1]
        mask = rounded(wide, high, round(10 * self.scale))
        self.painter.image.paste(self.palette.face if path is None else _cropped(path, (wide, high)), inside, mask)


def mirrored(box: Box, language: str) -> Box:
    """A box of a layout that runs from left to right, in a language's own direction."""
    return (WIDTH - box[2], box[1], WIDTH - box[0], box[3]) if runs_right_to_left("", language) else box


def fit(size: tuple[int, int]) -> tuple[float, float, float]:
    """The scale of the layout in a picture, and its upper left corner there."""
    scale = min(size[0] / WIDTH, size[1] / HEIGHT)
    return scale, (size[0] - WIDTH * scale) / 2, (size[1] - HEIGHT * scale) / 2


def at(box: Box, scale: float, left: float, top: float) -> Box:
    """A box of the layout in pixels of the picture."""
    return (
        round(left + box[0] * scale), round(top + box[1] * scale), round(left + box[2] * scale), round(top + box[3] * scale),
    )  # fmt: skip


def ground(size: tuple[int, int], contrast: Contrast) -> Image.Image:
    """A ground that is a little lighter above."""
    colour = np.array(PALETTES[contrast].ground, float)
    fall = np.linspace(1.15, 0.75, size[1])[:, None, None]
    return Image.fromarray(np.rint(np.broadcast_to(colour * fall, (size[1], size[0], 3))).astype(np.uint8))


@lru_cache(maxsize=16)
def _cropped(path: Path, size: tuple[int, int]) -> Image.Image:
    with Image.open(path) as image:
        return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)
