"""The mark where a hand or a gaze meets a panel: a dot in a ring, which fills as a dwell goes on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SIZE = 44
"""Pixels of the picture: 1.8 degrees."""

STEPS = 24
"""Pictures of a dwell: as many as a second has frames for an eye that waits."""


def cursor(progress: float = 0.0) -> NDArray[np.uint8]:
    """The picture of a dwell that is so far, 0 to 1; equal steps are the same array."""
    return _drawn(round(min(1.0, max(0.0, progress)) * STEPS))


@lru_cache(maxsize=STEPS + 1)
def _drawn(step: int) -> NDArray[np.uint8]:
    across = np.arange(SIZE) + 0.5 - SIZE / 2
    x, y = np.meshgrid(across, across)
    away = np.hypot(x, y)

    def disc(radius: float) -> NDArray[np.float64]:
        cover: NDArray[np.float64] = np.clip(radius - away + 0.5, 0.0, 1.0)
        return cover

    # White with a dark rim is seen before light and dark alike.
    dark = np.maximum(disc(8.0), disc(20.5) - disc(13.5))
    white = disc(5.5)
    turned = np.mod(np.arctan2(x, -y), 2 * np.pi) / (2 * np.pi)
    if step:
        white = np.maximum(white, (disc(18.5) - disc(15.5)) * (turned <= step / STEPS))
    else:
        white = np.maximum(white, 0.75 * (disc(18.0) - disc(16.0)))
    pixels = np.empty((SIZE, SIZE, 4), np.uint8)
    cover = np.maximum(dark * 0.7, white)
    pixels[..., :3] = np.rint(white * 255.0)[..., None]
    pixels[..., 3] = np.rint(cover * 255.0)
    pixels.flags.writeable = False
    return pixels
