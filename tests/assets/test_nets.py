"""Nets over grids: fine where a surface is bent or shaded, coarse where not, and closed."""

import numpy as np
import pytest
from numpy.typing import NDArray

from assets.generators.cables import thinned
from assets.generators.nets import Within, net

SIDE = 33
X, Y = np.meshgrid(np.linspace(0.0, 1.0, SIDE), np.linspace(0.0, 1.0, SIDE))
LIT = np.ones((SIDE, SIDE))
COARSE = np.arange(0, SIDE, 16)


def _points(height: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([X, Y, height], -1)


def test_a_flat_sheet_keeps_the_rows_and_columns_it_was_given() -> None:
    assert len(net(_points(0.2 * X), LIT, COARSE, COARSE, Within(0.001, 0.1))) == 8


def test_a_fold_is_drawn_finer_than_the_flat_beside_it_and_no_gap_opens() -> None:
    points = _points(0.1 * np.exp(-(((X - 0.25) / 0.06) ** 2)))
    faces = net(points, LIT, COARSE, COARSE, Within(0.004, 0.1))
    middles = points.reshape(-1, 3)[faces].mean(axis=1)
    assert (middles[:, 0] < 0.5).sum() > 6 * (middles[:, 0] > 0.5).sum() > 0
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    found, times = np.unique(edges, axis=0, return_counts=True)
    flat = points.reshape(-1, 3)[found][..., :2]
    border = ((flat == 0.0) | (flat == 1.0)).all(axis=1).any(axis=1)
    assert (times[~border] == 2).all()
    assert (times[border] == 1).all()


def test_a_shadow_is_drawn_finer_too() -> None:
    shade = np.where(np.hypot(X - 0.3, Y - 0.3) < 0.12, 0.3, 1.0)
    assert len(net(_points(0.0 * X), shade, COARSE, COARSE, Within(0.001, 0.1))) > 8


def test_beneath_what_lies_on_it_a_sheet_may_be_lower_than_drawn_but_never_higher() -> None:
    bowl, dark = 0.1 * (np.hypot(X - 0.5, Y - 0.5) - 0.3), 0.1 * LIT
    within = Within(0.004, 0.1, hidden=0.5)
    assert len(net(_points(-bowl), dark, COARSE, COARSE, within)) == 8
    assert len(net(_points(bowl), dark, COARSE, COARSE, within)) > 8


def test_a_cable_is_dealt_out_evenly_or_closer_where_it_bends() -> None:
    turn = np.linspace(0.0, np.pi / 2, 60)
    path = np.column_stack([np.sin(turn), np.cos(turn) - 1.0, 0.0 * turn])
    path = np.concatenate([np.column_stack([np.linspace(-3.0, 0.0, 90)[:-1], np.zeros(89), np.zeros(89)]), path])
    even = np.linalg.norm(np.diff(thinned(path, 20, 1.0), axis=0), axis=1)
    assert even == pytest.approx(even.mean(), rel=0.01)
    bent = thinned(path, 20)
    assert (bent[:, 0] > 0.0).sum() > 2 * (thinned(path, 20, 1.0)[:, 0] > 0.0).sum()
