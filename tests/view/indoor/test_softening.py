"""Shadows spread as far as what they stand for: nothing is lost, contacts stay sharp, far bars leave no bands."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.indoor.softening import WIDTHS, Array, Open, Shade, Sheet, blurred

SHEET = Sheet(40, 60, 0.03)


def test_blurring_loses_nothing_over_the_edges() -> None:
    chance = np.random.default_rng(1)
    values = chance.random((40 * 60, 3)).astype(np.float32)
    for width in WIDTHS:
        assert np.allclose(blurred(values, SHEET, width).sum(0), values.sum(0), rtol=1e-4)


def test_an_even_light_stays_even() -> None:
    assert np.allclose(blurred(np.full((40 * 60, 1), 0.7, np.float32), SHEET, WIDTHS[-1]), 0.7, atol=1e-5)


@pytest.mark.parametrize("width", [0.7, 11.0, 95.0])
def test_what_is_blurred_is_folded_back_at_the_ends_however_wide(width: float) -> None:
    """As if the sheet went on in mirrors on all sides."""
    row = np.zeros(30, np.float32)
    row[3] = 1.0
    mirrored = np.concatenate([row, row[::-1]] * 20)
    at = np.arange(len(mirrored)) - len(mirrored) / 2
    bell = np.exp(-0.5 * (at / width) ** 2)
    wanted = np.convolve(mirrored, bell / bell.sum(), mode="same")[600 + 1 : 630 + 1]
    found = blurred(row.reshape(-1, 1), Sheet(1, 30, 0.03), width)[:, 0]
    assert np.allclose(found, wanted, atol=2e-3 * wanted.max())


def strip(penumbra: float) -> Array:
    """What is missing along a row, where its left half is hidden so softly."""
    shade = Shade(SHEET, 1)
    hidden = np.nonzero(np.arange(40 * 60) % 60 < 30)[0]
    shade.add(hidden, 1.0, np.full(len(hidden), penumbra, np.float32))
    row: Array = shade.whole()[:, 0].reshape(40, 60)[20]
    return row


def test_what_lies_close_throws_a_sharp_shadow_and_what_is_far_off_a_soft_one() -> None:
    close, far = strip(0.005), strip(1.0)
    assert close[26] > 0.99
    assert close[33] < 0.01
    assert np.abs(np.diff(close)).max() > 0.3
    assert np.abs(np.diff(far)).max() < 0.05
    assert far[26] < 0.8
    assert far[33] > 0.2


def test_shadows_of_different_softness_add_up() -> None:
    shade = Shade(SHEET, 2)
    here = np.array([500, 501])
    shade.add(here, np.array(((0.2, 0.1), (0.3, 0.0)), np.float32), np.array((0.001, 2.0), np.float32))
    shade.add(here, 0.25, np.array((0.05, 0.05), np.float32))
    assert np.allclose(shade.whole().sum(0), (1.0, 0.6), rtol=1e-4)


def test_what_is_hidden_under_a_thing_darkens_nothing_beside_it() -> None:
    """The left half of a sheet is covered, and hidden; so is the first row beside it, which one sees."""
    sheet = Sheet(20, 40, 0.02)
    open_ = np.tile(np.arange(40) >= 20, (20, 1)).astype(np.float32).ravel()
    points = np.nonzero(np.tile(np.arange(40) < 20, (20, 1)).ravel())[0]
    found = []
    for covered in (None, open_):
        shade = Shade(sheet, 1, None if covered is None else Open(sheet, covered))
        shade.add(points, 1.0, np.full(len(points), 0.05, np.float32))
        found.append(shade.whole()[:, 0].reshape(20, 40)[10])
    assert found[0][20] > 0.2
    assert found[1][20:].max() == 0.0
    beside = Shade(sheet, 1, Open(sheet, open_))
    beside.add(np.arange(20, 800, 40), 1.0, np.full(20, 0.001, np.float32))
    assert beside.whole()[:, 0].reshape(20, 40)[10, 20] > 0.6, "what one sees there is as dark as it is"
