"""Traced shadows made as soft as they should be: each spread as far as the piece of lamp, or of the room, that it stands for.

A panel is looked out from at a few spots and a room looked round in a few directions; each hides or does not hide, which leaves
steps. What one of them hides belongs to a whole piece of the panel, whose own shadow has a penumbra as wide as the piece, by how
much further off the lit point is than what hides it. Hiding is gathered by the width of its penumbra and each width blurred by
itself (after Mehta, Wang and Ramamoorthi, "Axis-Aligned Filtering for Interactive Sampled Soft Shadows", 2012): contacts stay
sharp, and the shadows of window bars far off leave no bands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

WIDTHS = (0.7, 1.75, 4.4, 11.0, 27.5)
"""Standard deviations of the blurs, in texels."""

LEAST = 0.02
"""What is taken for the open share of the points round one, at least."""

SPREAD = 0.5
"""Standard deviation of a penumbra's blur, of its width: an even penumbra has 0.29, and spots that stand unevenly want more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Points of a face, row by row: `texel` metres from one to the next."""

    rows: int
    columns: int
    texel: float


class Open:
    """Which points of a sheet one sees (1), and which something lies on (0)."""

    def __init__(self, sheet: Sheet, values: Array) -> None:
        self._sheet, self.values = sheet, values[:, None]
        self._near: dict[float, Array] = {}

    def near(self, width: float) -> Array:
        """How much is open round each point, n x 1: the same for all shades of the sheet."""
        if width not in self._near:
            self._near[width] = np.maximum(blurred(self.values, self._sheet, width), LEAST)
        return self._near[width]


class Shade:
    """What is hidden from the points of a sheet, in some channels, and how softly."""

    def __init__(self, sheet: Sheet, channels: int, open_: Open | None = None) -> None:
        """What is hidden from points that are not `open_`, and so nobody sees, darkens no other; None if all are."""
        self.sheet, self._open = sheet, open_
        self._hidden = np.zeros((len(WIDTHS), sheet.rows * sheet.columns, channels), np.float32)
        self._edges = np.array([a * b for a, b in pairwise(WIDTHS)], np.float32) * sheet.texel**2

    def add(self, points: NDArray[np.intp], amounts: Array | float, penumbra: Array) -> None:
        """Amounts (k, or k x channels) that k different points miss, with penumbras so many metres wide."""
        width = np.searchsorted(self._edges, (penumbra * np.float32(SPREAD)) ** 2)
        self._hidden[width, points] += amounts

    def whole(self) -> Array:
        """All that was added, n x channels, softened."""
        found = np.zeros(self._hidden.shape[1:], np.float32)
        for hidden, width in zip(self._hidden, WIDTHS, strict=True):
            if not hidden.any():
                continue
            if self._open is None:
                found += blurred(hidden, self.sheet, width)
            else:
                found += blurred(hidden * self._open.values, self.sheet, width) / self._open.near(width)
        return found


def blurred(values: Array, sheet: Sheet, texels: float) -> Array:
    """Values (n x channels) of a sheet's points, blurred by a bell of so many texels; nothing is lost over its edges."""
    down, across = _bell(sheet.rows, texels), _bell(sheet.columns, texels)
    shaped = np.tensordot(down, values.reshape(sheet.rows, sheet.columns, -1), (1, 0))
    return np.ascontiguousarray(np.moveaxis(np.tensordot(across, shaped, (1, 1)), 0, 1), np.float32).reshape(values.shape)


@lru_cache(maxsize=128)
def _bell(count: int, texels: float) -> Array:
    """Weights, count x count, of a bell that is folded back at both ends, as often as it reaches over them."""
    # A bell that repeats after twice the sheet, and is the same from both its ends.
    folds = int(np.ceil(4 * texels / (2 * count)))
    away = np.arange(2 * count)[:, None] + 2 * count * np.arange(-folds - 1, folds + 1)
    bell = np.exp(-0.5 * (away / texels) ** 2).sum(1).astype(np.float32)
    turned = np.concatenate([bell[:0:-1], bell])
    here = np.arange(count)
    straight = np.lib.stride_tricks.sliding_window_view(turned, count)[2 * count - 1 - here]
    folded = np.lib.stride_tricks.sliding_window_view(bell, count)[1 : count + 1]
    made: Array = straight + folded
    made /= made.sum(0)
    return made
