"""Mountains' shadows: how high the land stands before the sun."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.horizon import HALF, SIDE, build_horizon, horizon_of
from engine.view.geometry.relief import Relief

BEARING = 324.0


def test_a_wall_is_seen_at_its_slope_and_only_from_before_it() -> None:
    height = np.zeros((3, 60), np.float32)
    height[:, 39:42] = 90.0
    land = horizon_of(height, 10.0)[1]
    np.testing.assert_allclose(land[37, :2], (90.0 * 0.75 / 20.0, 1 / 20.0), rtol=1e-5)
    np.testing.assert_allclose(land[30, :2], (90.0 / 100.0, 1 / 100.0), rtol=1e-5)
    assert (land[:38, 0] > 0.15).all()
    assert (np.diff(land[:38, 0]) >= -1e-6).mean() > 0.7, "the nearer the wall, the higher it stands"
    assert (land[44:59, 0] == 0.0).all(), "level ground beyond it"
    assert land[41, 0] < 0.0, "from its top one looks down"
    assert land[40, 2] == 90.0


def _sees(land: np.ndarray[tuple[int, ...], np.dtype[np.float32]], east: float, north: float, degrees: float) -> bool:
    """Whether a point on the ground sees the sun, as the shader has it."""
    ahead = (np.sin(np.radians(BEARING)), np.cos(np.radians(BEARING)))
    along, aside = east * ahead[0] + north * ahead[1], east * ahead[1] - north * ahead[0]
    row, column = (int((each / (2 * HALF) + 0.5) * SIDE) for each in (aside, along))
    return bool(np.tan(np.radians(degrees)) > land[row, column, 0])


def test_the_sun_sets_behind_the_mountains_before_it_sets() -> None:
    land = build_horizon(7, BEARING)
    assert land.shape == (SIDE, SIDE, 3)
    assert _sees(land, 0.0, 0.0, 14.0), "the dock, in the afternoon"
    assert not _sees(land, 0.0, 0.0, 4.0), "and as it ends"
    assert not _sees(land, 0.0, 100.0, 4.0), "nor does the lake shine then"


def test_its_ground_is_the_landscapes() -> None:
    land, relief = build_horizon(7, BEARING), Relief(7)
    cell = 2 * HALF / SIDE
    for row, column in ((100, 300), (224, 300), (300, 150)):
        along, aside = (column + 0.5) * cell - HALF, (row + 0.5) * cell - HALF
        bearing = np.radians(BEARING)
        east = along * np.sin(bearing) + aside * np.cos(bearing)
        north = along * np.cos(bearing) - aside * np.sin(bearing)
        expected = max(0.0, float(relief.height(np.array([np.arctan2(east, north)]), np.array([np.hypot(east, north)]))[0]))
        assert abs(float(land[row, column, 2]) - expected) < 1.0
