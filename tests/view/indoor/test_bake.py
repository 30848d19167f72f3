"""What is hidden is shown darker than it is, and nothing in the open is."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.indoor.bake import DEPTH, deepen


def test_what_is_hidden_is_darker_and_the_open_as_it_was() -> None:
    openness = np.array((1.0, 0.5, 0.0), np.float32)
    bounce = np.column_stack([np.full((3, 3), 80.0, np.float32), openness])
    seen = np.repeat(openness[:, None], 4, axis=1)
    deepen(bounce, seen, DEPTH[0])
    assert bounce[0] == pytest.approx((80.0, 80.0, 80.0, 1.0))
    assert seen[0] == pytest.approx(1.0)
    assert bounce[1, :3] == pytest.approx(80.0 * (1.0 - DEPTH[1] / 2))
    assert 0.2 < float(seen[1, 0]) < 0.5
    assert 0.0 < float(bounce[2, 0]) < float(bounce[1, 0]), "dark, not black"
    assert seen[2] == pytest.approx(0.0)
    assert bounce[:, 3] == pytest.approx(openness), "how open it lies stays as it was"


def test_what_blurring_took_out_of_bounds_is_put_back() -> None:
    bounce, seen = (
        np.array([[50.0, 50.0, 50.0, -0.02], [50.0, 50.0, 50.0, 1.03]], np.float32),
        np.array([[-0.01], [1.01]], np.float32),
    )
    deepen(bounce, seen, DEPTH[0])
    assert bounce[:, 0] == pytest.approx((50.0 * (1.0 - DEPTH[1]), 50.0))
    assert seen[:, 0] == pytest.approx((0.0, 1.0))
