"""The lying figure's arms: an old man's, thin between bony joints."""

import numpy as np
import pytest

from assets.generators import figure


@pytest.mark.parametrize("side", [1, -1])
def test_an_arm_is_thin_and_tapers_to_the_wrist(side: int) -> None:
    elbow, wrist = figure.ELBOW[side], figure.WRIST[side]
    fore = wrist - elbow
    one = np.cross(fore, (0.0, 0.0, 1.0)) / np.linalg.norm(np.cross(fore, (0.0, 0.0, 1.0)))
    two = np.cross(one, fore) / np.linalg.norm(fore)
    a = np.linspace(0.0, 2 * np.pi, 73)[:, None, None]
    out = np.linspace(0.0, 0.06, 121)[:, None] * (np.cos(a) * one + np.sin(a) * two)

    def girth(share: float) -> float:
        ring = elbow + share * fore + out
        edge = ring[np.arange(73), np.argmax(figure.arm(ring, side) > 0.0, axis=1)]
        return float(np.linalg.norm(np.diff(edge, axis=0), axis=1).sum())

    girths = [girth(share) for share in (0.30, 0.60, 0.85, 0.93)]
    assert 0.190 < girths[0] < 0.225, "past its thickest, of less than the 5th percentile of men, 0.274 m"
    assert 0.145 < girths[3] < 0.180
    assert girths[0] > girths[1] > girths[2]
