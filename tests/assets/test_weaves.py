"""Cloth drawn on pictures: cells that average out, bound edges, ironed folds, wrinkles, and ridges where it is held."""

import numpy as np
import pytest

from assets.generators.folds import Drawn, raised
from assets.generators.weaves import CELL, Weave, cellular, ironed

SIZE, TEXEL, HEM = (64, 128), 0.0028, 0.045


def _woven() -> Weave:
    """A blanket of which one edge lies at the picture's right."""
    edge = np.broadcast_to(TEXEL * (SIZE[1] - np.arange(SIZE[1])), SIZE)
    return cellular(SIZE, edge, HEM)


def test_a_cell_repeats_and_all_average_to_one_colour_in_mipmaps() -> None:
    green = _woven().colour[:, :80, 1]
    assert np.allclose(green[CELL:], green[:-CELL])
    assert np.allclose(green[:, CELL:], green[:, :-CELL])
    assert 0.06 < np.ptp(green) / green.mean() < 0.20, "seen, and no pattern of dots"
    small = green.reshape(16, CELL, 20, CELL).mean(axis=(1, 3))
    assert np.ptp(small) < 1e-6 * small.mean()
    height = _woven().height[:, :80]
    assert np.ptp(height) > 0.0008


def test_a_blankets_edge_is_bound_in_satin() -> None:
    made = _woven()
    bound = TEXEL * (SIZE[1] - np.arange(SIZE[1])) < HEM - 0.016
    assert made.rough[:, bound].max() < made.rough[:, :80].min() - 0.2
    assert made.colour[:, bound].mean() > made.colour[:, :80].mean()
    assert made.height[0, bound].max() > made.height[:, :80].max(), "thicker than what it is sewn on"
    assert made.height[0, -1] < made.height[0, bound].max() - 0.002, "rolled where it ends"


def test_a_sheet_shows_how_it_was_ironed_and_where_elbows_press_it() -> None:
    v, u = np.meshgrid(np.linspace(0.0, 0.22, 160), np.linspace(-0.7, 0.7, 760), indexing="ij")
    made = ironed(u, v)
    along = made.height[110, np.abs(u[110]) < 0.02]
    assert along.max() > along[0] + 0.001, "a line that stands up along its middle"
    right = np.hypot(u - 0.313, v - 0.136)
    near, far = (np.abs(np.gradient(made.height, axis=1))[at].mean() for at in ((right > 0.04) & (right < 0.10), u < -0.62))
    assert near > 4.0 * far


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_a_drawn_fold_is_sharp_where_it_is_held_and_lies_lower_beside_itself(share: float) -> None:
    fold = Drawn((0.0, 0.0), (0.4, 0.0), 0.02, (0.02, 0.04))
    y = np.linspace(-0.1, 0.1, 201)
    section = fold.raised(np.full_like(y, share * 0.4), y)
    assert abs(y[np.argmax(section)]) < 1e-9
    assert section.max() > 0.008
    assert section.min() < 0.0
    assert abs(fold.raised(np.array([0.5]), np.array([0.0]))[0]) < 1e-9, "it ends"


def test_where_folds_cross_the_higher_one_stays() -> None:
    one, two = Drawn((0.0, 0.0), (0.4, 0.0), 0.02, (0.02, 0.04)), Drawn((0.1, -0.1), (0.1, 0.3), 0.01, (0.02, 0.04))
    at = np.array([0.1]), np.array([0.0])
    assert raised((one, two), *at)[0] == pytest.approx(max(one.raised(*at)[0], two.raised(*at)[0]))
