"""Light and its code in sRGB: the figures of the standard, and there and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.view.srgb import decode, encode


@pytest.mark.parametrize(("code", "light"), [(0, 0.0), (10, 0.003035), (119, 0.184475), (188, 0.502886), (255, 1.0)])
def test_codes_mean_the_light_that_the_standard_says(code: int, light: float) -> None:
    assert decode(np.array(code / 255.0)) == pytest.approx(light, abs=1e-6)
    assert encode(np.array(light)) * 255.0 == pytest.approx(code, abs=1e-3)


@pytest.mark.parametrize("shares", [np.arange(256, dtype=np.float32) / 255, np.arange(256, dtype=np.float64) / 255])
def test_every_code_comes_back_in_either_precision(shares: NDArray[np.floating[Any]]) -> None:
    found = encode(decode(shares))
    assert found.dtype == shares.dtype
    assert np.array_equal(np.round(found * 255.0), np.arange(256))
