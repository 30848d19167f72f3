"""The colours of the engine's own panels: dark, calm, and at high contrast for whom that is too little.

States of a button differ in light and in shape (a ring, a filled face), never in hue alone. Letters have 4.5:1 and more on what
they stand on (WCAG 2.2, 1.4.3), in `high` 7:1 (1.4.6); what shows a state has 3:1 with what is beside it (1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from engine.view.ui.text import Colour

Contrast = Literal["normal", "high"]

Look = Literal["plain", "hover", "focus", "pressed", "disabled"]
"""How an item looks: `hover` while it is pointed at, `focus` where keys and switches are, `pressed` as it is chosen."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for."""

    ground: Colour
    """Behind everything."""
    edge: Colour
    """Lines around and between."""
    ink: Colour
    dim: Colour
    """Ink of what matters less."""
    face: Colour
    """A button."""
    face_hover: Colour
    rim: Colour
    """The line around a button."""
    main: Colour
    """The button that most will want, and what has been chosen."""
    main_hover: Colour
    main_ink: Colour
    ring: Colour
    """Around what keys and switches are on."""
    disabled_ink: Colour
    disabled_rim: Colour
    """One pixel wide: what cannot be pressed has no more than a trace of an edge."""
    rim_px: int = 1
    ring_px: int = 4

    def button(self, look: Look, *, main: bool = False) -> tuple[Colour, Colour]:
        """Face and ink of a button."""
        if look == "disabled":
            return self.ground, self.disabled_ink
        if look == "pressed":
            return self.ink, self.ground
        if main:
            return (self.main_hover if look == "hover" else self.main), self.main_ink
        return (self.face_hover if look == "hover" else self.face), self.ink


PALETTES: Final[Mapping[Contrast, Palette]] = {
    "normal": Palette(
        ground=(23, 29, 38),
        edge=(62, 74, 90),
        ink=(241, 244, 247),
        dim=(178, 190, 204),
        face=(44, 55, 70),
        face_hover=(72, 90, 113),
        rim=(112, 129, 150),
        main=(143, 205, 240),
        main_hover=(199, 231, 250),
        main_ink=(10, 24, 36),
        ring=(255, 214, 102),
        disabled_ink=(146, 158, 172),
        disabled_rim=(62, 74, 90),
    ),
    "high": Palette(
        ground=(0, 0, 0),
        edge=(255, 255, 255),
        ink=(255, 255, 255),
        dim=(255, 255, 255),
        face=(0, 0, 0),
        face_hover=(40, 40, 110),
        rim=(255, 255, 255),
        main=(255, 221, 0),
        main_hover=(255, 240, 140),
        main_ink=(0, 0, 0),
        ring=(0, 230, 255),
        disabled_ink=(150, 150, 150),
        disabled_rim=(90, 90, 90),
        rim_px=3,
        ring_px=7,
    ),
}

MARKS: Final[Mapping[str, Colour]] = {"met": (120, 220, 160), "missed": (255, 148, 128), "open": (190, 200, 212)}
"""The colour of a checklist item's result on a dark ground; its shape says the same."""
