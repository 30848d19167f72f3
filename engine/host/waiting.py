"""What the window at the desk shows while the headset is not there yet: that all is well, and what to do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.view.ui.desk import said
from engine.view.ui.palette import PALETTES
from engine.view.ui.panel import MARGIN, WIDTH, Sheet, Words, picture

SHAPE = (720, WIDTH)
"""Height and width in pixels."""

TITLE = "Waiting for the headset"
STEPS = (
    "1. An OpenXR runtime runs: SteamVR, WiVRn (for headsets that stand alone, over WLAN) or Monado. "
    "The command “abaton doctor” says which one is set up, and how to get one.",
    "2. The headset is switched on and connected.",
    "3. The person puts it on: the scene begins then, and not before.",
)


def waiting(trouble: str, language: str = "en") -> NDArray[np.uint8]:
    """A picture, height x width x 4, sRGB, opaque, top row first. `trouble` is what the headset is waited for, in an English
    sentence; it is said in `language` as far as it is known."""
    why = said(trouble, language)
    rows = (Words(f"{why[:1].upper()}{why[1:]}."), *(Words(said(step, language), 0.85, dim=True) for step in STEPS))
    inner = slice(MARGIN // 2, -(MARGIN // 2))  # without its edge and its round corners
    sheet = picture(Sheet("waiting", said(TITLE, language), rows, language))[inner, inner, :3]
    high, wide = min(len(sheet), SHAPE[0]), sheet.shape[1]
    top, left = (SHAPE[0] - high) // 2, (SHAPE[1] - wide) // 2
    whole = np.empty((*SHAPE, 4), np.uint8)
    whole[:] = (*PALETTES["normal"].ground, 255)
    whole[top : top + high, left : left + wide, :3] = sheet[:high]
    return whole
