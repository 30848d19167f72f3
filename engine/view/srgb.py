"""Light as sRGB encodes it, and back (IEC 61966-2-1:1999, 5.2)."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Precision = TypeVar("Precision", bound=np.floating[Any])


def encode(linear: NDArray[Precision]) -> NDArray[Precision]:
    """Linear light, 0-1, as sRGB has it, 0-1; of the same precision."""
    curved = 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055
    return np.asarray(np.where(linear <= 0.0031308, linear * 12.92, curved), linear.dtype)


def decode(encoded: NDArray[Precision]) -> NDArray[Precision]:
    """sRGB, 0-1, as linear light, 0-1."""
    return np.asarray(np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4), encoded.dtype)
