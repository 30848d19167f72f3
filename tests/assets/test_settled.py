"""Slack cloth keeps its threads' lengths, stays out of what it lies on, folds where there is too much of it, and can be held."""

import numpy as np
import pytest

from assets.generators.cloth_maps import FAR, _drawn, _tilts, of_blanket, of_sheet
from assets.generators.covers import drawn
from assets.generators.settled import settled
from assets.generators.shapes import Array

ROWS, COLUMNS, PITCH = 25, 41, 0.02


def _table(p: Array) -> Array:
    """A table 0.5 m wide at z = 0: what is over it is above it, what is below its top is beside it."""
    side = np.abs(p[..., 0])
    over = side < 0.25
    beside = np.where(over | (p[..., 2] > 0.0), side, np.maximum(side, 0.251))
    return np.stack(
        [np.where(p[..., 0] < 0.0, -beside, beside), p[..., 1], np.where(over, np.maximum(p[..., 2], 0.0), p[..., 2])], -1
    )


def _flat() -> Array:
    """A cloth on the table that hangs down at both sides."""
    x, y = np.meshgrid(PITCH * (np.arange(COLUMNS) - COLUMNS // 2), PITCH * np.arange(ROWS))
    hung = np.maximum(np.abs(x) - 0.26, 0.0)
    unrest = 0.002 * np.sin(9.0 * y + 4.0 * x)
    return np.stack([np.sign(x) * (np.minimum(np.abs(x), 0.26) + unrest * (hung > 0.0)), y, -hung], -1)


def _settled(slack: float, free: float = 1.0) -> Array:
    """With so much more cloth along the table, whose ends are held."""
    much, loose = np.full((ROWS, COLUMNS), slack), np.full((ROWS, COLUMNS), free)
    loose[[0, -1]] = 0.0
    return settled(_flat(), (0.0 * much, much), loose, _table, 60)


@pytest.mark.parametrize("slack", [0.0, 0.05])
def test_threads_keep_their_lengths_and_nothing_sinks_in(slack: float) -> None:
    made = _settled(slack)
    long = np.linalg.norm(np.diff(made, axis=0), axis=2)
    assert long.max() < (1.0 + slack) * PITCH * 1.16
    assert np.abs(_table(made) - made).max() < 1e-9


def test_cloth_with_slack_hangs_in_folds_and_taut_cloth_does_not() -> None:
    hems = [np.ptp(_settled(slack)[3:-3, -1, 0]) for slack in (0.0, 0.08)]
    assert hems[1] > 2.0 * hems[0]


def test_cloth_settles_the_same_each_time() -> None:
    assert np.array_equal(_settled(0.05), _settled(0.05))


def test_held_cloth_stays() -> None:
    assert np.array_equal(_settled(0.05, free=0.0), _flat())


def test_a_charts_normals_are_those_of_the_cloth_and_its_places_do_not_overlap() -> None:
    points, across, along = _flat(), np.linspace(-0.4, 0.4, COLUMNS), np.linspace(0.0, 0.48, ROWS)
    bare, off = np.ones(points.shape[:2]), np.full(points.shape[:2], FAR)
    wool = of_blanket(points, across, bare, off, 4)
    cotton = of_sheet(points, across, along, bare, off, beside=lambda places: np.full(places.shape[:-1], FAR))
    assert (wool.smooth()[:, COLUMNS // 2, 2] > 0.999).all()
    assert np.allclose(np.linalg.norm(wool.smooth(), axis=-1), 1.0, atol=1e-5)
    for chart in (wool, cotton):
        uvs = chart.uvs()
        assert (np.diff(uvs[..., 0], axis=1) > 0).all()
        assert (np.diff(uvs[..., 1], axis=0) > 0).all()
        assert np.ptp(uvs) < 1.0
    drawn = [chart.uvs()[4:, :, 1] for chart in (wool, cotton)]
    assert np.ptp(drawn[0]) > 0.97, "what is covered takes nothing of the picture"
    wide = wool.size[1]
    middle = slice(int(0.4 * wide), int(0.6 * wide))
    assert np.allclose(wool.spread(points)[..., 0].mean(axis=0)[middle], wool.places()[0][0, middle], atol=1e-3)


def test_a_picture_makes_up_for_large_triangles_that_turn_otherwise_than_the_cloth() -> None:
    y, x = np.meshgrid(PITCH * np.arange(ROWS), PITCH * (np.arange(COLUMNS) - COLUMNS // 2), indexing="ij")
    points, bare = np.stack([x, y, 0.03 * np.cos(9.0 * x)], -1), np.ones(x.shape)
    chart = of_blanket(points, x[0], bare, np.full(x.shape, FAR), 0)
    at, texels = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)[::6, ::10], chart.spread(points)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    faces = np.concatenate([np.stack([a, b, d], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)])
    made = drawn(points, chart.smooth(), chart.uvs(), bare, faces)
    tilt, (normal, along) = _tilts(chart, np.zeros(chart.size), [made]), _drawn(chart, [made])
    seen = tilt[..., :1] * along + tilt[..., 1:2] * np.cross(normal, along) + tilt[..., 2:] * normal
    slope = -0.27 * np.sin(9.0 * texels[..., 0])
    true = np.stack([-slope, 0.0 * slope, np.ones_like(slope)], -1) / np.sqrt(1.0 + slope**2)[..., None]
    inner = (np.abs(texels[..., 0]) < 0.35) & (np.abs(texels[..., 1] - 0.24) < 0.20)
    assert np.sum(seen * true, -1)[inner].min() > np.cos(np.radians(3.0))
    assert np.sum(normal * true, -1)[inner].min() < np.cos(np.radians(5.0)), "which the triangles alone are off"
