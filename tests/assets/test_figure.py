"""The lying figure's arms: an old man's, thin between bony joints."""

import numpy as np
import pytest

from assets.generators import figure
from assets.generators.shapes import Array


@pytest.mark.parametrize("side", [1, -1])
def test_an_elbow_is_bent_as_in_one_who_rests_the_hands_on_the_belly(side: int) -> None:
    upper, fore = figure.SHOULDER[side] - figure.ELBOW[side], figure.WRIST[side] - figure.ELBOW[side]
    bent = np.degrees(np.arccos(upper @ fore / np.linalg.norm(upper) / np.linalg.norm(fore)))
    assert 68.0 < bent < 100.0, "more sharply, and one sees no upper arm beside the forearm"


@pytest.mark.parametrize("side", [1, -1])
def test_a_forearm_is_thickest_below_the_elbow_not_at_it(side: int) -> None:
    elbow, wrist = figure.ELBOW[side], figure.WRIST[side]
    fore, back = wrist - elbow, elbow - figure.SHOULDER[side]
    hinge = np.cross(back, fore) / np.linalg.norm(np.cross(back, fore))
    across = np.linspace(-0.06, 0.06, 241)[:, None] * hinge

    def wide(middle: Array) -> float:
        """Along the elbow's axis, metres."""
        return float((figure.arm(middle + across, side) < 0.0).sum()) * 0.0005

    above, at, below = wide(elbow - 0.20 * back), wide(elbow), wide(elbow + 0.26 * fore)
    assert above < at
    assert below > at - 0.004, "its muscles stand out further down"


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
