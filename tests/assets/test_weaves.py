"""Cloth drawn on pictures: a weave that stays in the ground, bound edges, folds from store, and wrinkles."""

import numpy as np
import pytest

from assets.generators import figure
from assets.generators.creases import falling, stored, tensions, wrinkles
from assets.generators.folds import Drawn, raised
from assets.generators.lying_legs import KNEE, TOES
from assets.generators.weaves import Weave, cellular, ironed

SIZE, TEXEL, HEM = (64, 128), 0.0028, 0.045


def _woven(folded: float = 0.0) -> Weave:
    """A blanket of which one edge lies at the picture's right, with a ridge so high down its middle."""
    edge = np.broadcast_to(TEXEL * (SIZE[1] - np.arange(SIZE[1])), SIZE)
    threads = np.broadcast_to(TEXEL * np.arange(SIZE[1]), SIZE), np.broadcast_to(TEXEL * np.arange(SIZE[0])[:, None], SIZE)
    ridge = folded * np.exp(-(((np.arange(SIZE[1]) - 40) / 2.0) ** 2))
    return cellular(threads, edge, HEM, np.broadcast_to(ridge, SIZE))


def test_no_weave_beats_with_a_picture_of_it() -> None:
    """What repeats in rows and columns stays so faint that one sees the folds, not the cells."""
    green = _woven().colour[:, :80, 1]
    waves = np.abs(np.fft.rfft2(green - green.mean()))
    assert waves.max() < 0.012 * green.size * green.mean() / 2.0
    assert 0.01 < green.std() / green.mean() < 0.06, "and yet no paint"
    assert np.ptp(green.reshape(16, 4, 20, 4).mean(axis=(1, 3))) < 0.16 * green.mean()


def test_cloth_drawn_out_in_its_picture_has_no_streaks() -> None:
    """Where it lies steep a texel is twice as wide across as along; what one sees of its nap is as wide as it is long."""
    wide, fine, size = 0.0050, 0.0025, (192, 192)
    threads = np.broadcast_to(wide * np.arange(size[1]), size), np.broadcast_to(fine * np.arange(size[0])[:, None], size)
    tone = cellular(threads, np.full(size, 9.0), HEM, np.zeros(size)).colour[..., 1]
    tone = tone - tone.mean()

    def alike(step: int, axis: int) -> float:
        """How alike places so many texels apart are, -1 to 1."""
        return float((tone * np.roll(tone, step, axis)).mean() / (tone * tone).mean())

    for far in (0.010, 0.020):
        assert alike(round(far / wide), 1) == pytest.approx(alike(round(far / fine), 0), abs=0.15)


def test_a_fold_is_darker_beside_its_back() -> None:
    tone = _woven(0.006).colour[:, :80, 1].mean(axis=0) / _woven().colour[:, :80, 1].mean(axis=0)
    assert tone[40] > 1.02
    assert min(tone[35], tone[45]) < 0.96
    assert abs(tone[70] - 1.0) < 0.02


def test_a_blankets_edge_is_bound_in_satin() -> None:
    made = _woven()
    bound = TEXEL * (SIZE[1] - np.arange(SIZE[1])) < HEM - 0.016
    assert made.rough[:, bound].max() < made.rough[:, :80].min() - 0.2
    assert made.colour[:, bound].mean() > made.colour[:, :80].mean()
    assert made.height[0, bound].max() > made.height[:, :80].max(), "thicker than what it is sewn on"
    assert made.height[0, -1] < made.height[0, bound].max() - 0.002, "rolled where it ends"


def test_a_sheet_shows_how_it_was_ironed() -> None:
    v, u = np.meshgrid(np.linspace(0.0, 0.22, 160), np.linspace(-0.7, 0.7, 760), indexing="ij")
    made = ironed(u, v, np.zeros_like(u))
    along = made.height[110, np.abs(u[110]) < 0.02]
    assert along.max() > along[0] + 0.001, "a line that stands up along its middle"


@pytest.mark.parametrize("side", [1, -1])
def test_elbows_and_hands_draw_wrinkles_in_the_sheet_where_the_figure_has_them(side: int) -> None:
    v, u = np.meshgrid(np.linspace(0.0, 0.22, 160), np.linspace(-0.7, 0.7, 760), indexing="ij")
    top = -0.331
    steep = np.abs(np.gradient(raised(wrinkles(top), u, v), axis=1))
    for at in (figure.ELBOW[side], figure.WRIST[side]):
        away = np.hypot(u - at[0], v - at[1] + top)
        assert steep[(away > 0.04) & (away < 0.09)].mean() > 4.0 * steep[np.abs(u) > 0.62].mean()


def test_the_sheet_lies_in_folds_between_hands_forearms_and_its_upper_edge() -> None:
    v, u = np.meshgrid(np.linspace(0.0, 0.22, 220), np.linspace(-0.3, 0.3, 600), indexing="ij")
    top = -0.297
    folded = raised(wrinkles(top), u, v)
    for x0, x1, y0, y1 in ((-0.18, -0.08, -0.26, -0.18), (0.10, 0.18, -0.27, -0.21), (-0.05, 0.08, -0.272, -0.232)):
        here = folded[(u > x0) & (u < x1) & (v + top > y0) & (v + top < y1)]
        assert np.ptp(here) > 0.005
        assert (here > 0.0025).mean() < 0.6, "ridges, no swell"


@pytest.mark.parametrize("side", [1, -1])
def test_toes_and_knees_draw_sharp_folds_in_the_blanket(side: int) -> None:
    y, x = np.meshgrid(np.linspace(-0.1, 1.0, 440), np.linspace(-0.44, 0.44, 352), indexing="ij")
    folded = raised(tensions(), x, y)
    for at in (KNEE[side], TOES[side]):
        away = np.hypot(x - at[0], y - at[1])
        near = folded[(away > 0.04) & (away < 0.10)]
        assert near.max() > 0.004
        assert near.mean() < 0.25 * near.max(), "ridges with slack cloth between them, no swell"


def test_one_sees_how_a_blanket_lay_folded_in_store_and_that_it_hangs_in_folds() -> None:
    v, u = np.meshgrid(np.linspace(0.1, 0.9, 320), np.linspace(-0.7, 0.7, 560), indexing="ij")
    lines = stored(u, v)
    middle = np.abs(u - 0.012) < 0.006
    assert lines[middle].mean() > 4.0 * np.abs(lines[np.abs(u - 0.16) < 0.05]).mean()
    hangs = falling(u, v, 0.42)
    assert np.ptp(hangs[:, 20]) > 0.004
    assert np.abs(hangs[:, np.abs(u[0]) < 0.42]).max() < 1e-12


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
