"""Light and its code in sRGB: the figures of the standard, and there and back."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.srgb import decode, encode


@pytest.mark.parametrize(("code", "light"), [(0, 0.0), (10, 0.003035), (119, 0.184475), (188, 0.502886), (255, 1.0)])
def test_codes_mean_the_light_that_the_standard_says(code: int, light: float) -> None:
    assert decode(np.array(code / 255.0)) == pytest.approx(light, abs=1e-6)
    assert encode(np.array(light)) * 255.0 == pytest.approx(code, abs=1e-3)


def test_every_code_comes_back_in_either_precision() -> None:
    codes = np.arange(256)
    for precision in (np.float32, np.float64):
        found = encode(decode((codes / 255.0).astype(precision)))
        assert found.dtype == precision
        assert np.array_equal(np.round(found * 255.0), codes)
