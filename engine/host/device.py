"""On what a session is played; known before anything that draws is loaded."""

from __future__ import annotations

import os
from typing import Literal

Device = Literal["window", "headset", "headless"]


def choose_device() -> Device:
    """A window where there is a screen, else pictures."""
    return "window" if os.environ.get("DISPLAY") else "headless"


Mirror = Literal["left", "right", "free", "none"]
"""What a window at the desk shows of a session in a headset: an eye's picture, the scene from above, or there is none."""

MIRRORS: tuple[Mirror, ...] = ("left", "right", "free", "none")


def choose_mirror() -> Mirror:
    """The left eye where there is a screen."""
    return "left" if os.environ.get("DISPLAY") else "none"
