"""Points are found in depth pictures wherever they lie, and what is before them hides them."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.indoor.panels import Panel
from engine.view.indoor.tracing import (
    NOTHING,
    SIDE,
    SLACK,
    Array,
    Spot,
    directions,
    hidden_by,
    pixels_between,
    pixels_of,
    spot_from,
    spots_of_panel,
)

LOW, HIGH = (-2.0, -1.8, 0.0), (2.0, 1.8, 2.7)
POINTS = (np.random.default_rng(5).random((500, 3)) * np.subtract(HIGH, LOW) + LOW).astype(np.float32)
PANEL = Panel("panel", 0, np.array((0.9, -0.3, 2.7)), np.array((0.3, 0.0, 0.0)), np.array((0.0, -0.3, 0.0)), np.ones(3))
SPOTS = [spot_from(directions(64)[20], LOW, HIGH), spots_of_panel(PANEL, POINTS.astype(float))[3]]


def at(spot: Spot) -> Array:
    """Metres from a spot to the points."""
    return np.asarray(POINTS @ spot.ruler[:3] + spot.ruler[3], np.float32)


@pytest.mark.parametrize("spot", SPOTS)
def test_only_what_is_before_a_point_hides_it(spot: Spot) -> None:
    pixel, inside = pixels_of(spot, POINTS)
    row, column = np.divmod(pixel, SIDE)
    assert inside.mean() > 0.8
    picture = np.full((SIDE, SIDE), NOTHING, np.float32)
    assert not hidden_by(picture, spot, POINTS).any()
    np.minimum.at(picture, (row[inside], column[inside]), at(spot)[inside] - 0.25)
    alone = inside & (np.abs(picture[row, column] - at(spot) + 0.25) < 1e-6)
    assert hidden_by(picture, spot, POINTS)[alone] == pytest.approx(0.25, abs=1e-4)
    assert not hidden_by(picture, spot, POINTS)[~inside].any()
    assert not hidden_by(picture + np.float32(0.25 - SLACK / 2), spot, POINTS)[alone].any(), "a surface does not hide itself"


@pytest.mark.parametrize("spot", SPOTS)
def test_points_at_the_very_edge_of_a_picture_and_far_beside_it_are_no_trouble(spot: Spot) -> None:
    picture = np.zeros((SIDE, SIDE), np.float32)
    edges = np.repeat(POINTS[:1], 4000, axis=0)
    edges[:, 0] = np.linspace(-40.0, 40.0, 4000)
    assert np.isfinite(hidden_by(picture, spot, edges)).all()


def test_a_flat_piece_is_where_its_first_column_and_its_last_row_say() -> None:
    u, v = np.linspace(-1.0, 1.0, 7), np.linspace(0.3, 1.9, 5)
    piece = np.stack([*np.broadcast_arrays(u[None, :], 1.8, v[:, None])], -1).astype(np.float32)
    spot = spot_from(np.array((0.0, 1.0, 0.0)), (-1.0, 1.7, 0.3), (1.0, 1.8, 1.9), 0.05)
    row, column, inside = pixels_between(spot, piece[:, 0], piece[-1])
    one, other = np.divmod(pixels_of(spot, piece.reshape(-1, 3))[0], SIDE)
    assert inside.all()
    assert np.isin(one.reshape(5, 7) - row, (0, 1)).all(), "the first of the four pixels round each"
    assert np.isin(other.reshape(5, 7) - column, (0, 1)).all()
