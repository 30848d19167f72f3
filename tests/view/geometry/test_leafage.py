"""Pictures of foliage: dabs in their order, holes that bleed no colour, trees of a tree's outline."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.geometry.leafage import HALF_WIDE, SPRUCES, STANDS, cut_out, dab, forest, over, spruce_atlas

WHOLE = (0.0, 1.0, 0.0, 1.0)
RED, BLUE = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_nearer_is_painted_over_what_is_further(turned: bool) -> None:
    points, colours = np.array([(0.5, 2.0, 0.5), (0.5, 1.0, 0.5)]), np.array([RED, BLUE])
    order = [1, 0] if turned else [0, 1]
    picture = dab(points[order], colours[order], WHOLE, (16, 16), 8)
    there = picture[picture[..., 3] == 1.0]
    assert len(there) >= 9
    assert (there[:, :3] == BLUE).all()


def test_a_dab_stands_where_its_point_is() -> None:
    picture = dab(np.array([(0.25, 0.0, 0.75)]), np.array([RED]), WHOLE, (64, 64), 4)
    row, column = (float(axis.mean()) for axis in np.nonzero(picture[..., 3]))
    assert abs(row - 15.5) <= 1.0
    assert abs(column - 15.5) <= 1.0


def test_dabs_beyond_a_pictures_edges_are_left_out() -> None:
    points = np.array([(-0.2, 0.0, 0.5), (0.5, 0.0, 1.3), (0.999, 0.0, 0.5)])
    assert dab(points, np.array([RED] * 3), WHOLE, (16, 16), 5)[..., 3].sum() == 0.0


def test_holes_have_the_colour_of_what_stands_around_them() -> None:
    picture = np.zeros((4, 4, 4), np.float32)
    picture[1:3, 1:3] = (0.2, 0.4, 0.1, 1.0)
    pixels = cut_out(picture)
    assert pixels[0, 0, 3] == 0
    assert pixels[1, 1, 3] == 255
    assert (pixels[0, 0, :3] == pixels[1, 1, :3]).all(), "or edges would have a fringe when pictures are made smaller"


def test_what_is_laid_over_covers_as_much_as_it_is_there() -> None:
    below, above = np.array([[(*RED, 1.0)]], np.float32), np.array([[(*BLUE, 0.25)]], np.float32)
    assert over(below, above)[0, 0].tolist() == [0.75, 0.0, 0.25, 1.0]


def test_spruces_are_pointed_and_have_a_stem() -> None:
    atlas = spruce_atlas(frozen=False)
    assert atlas.shape == (512, 1024, 4)
    for index in range(SPRUCES):
        tree = atlas[:, 256 * index : 256 * (index + 1), 3] > 127
        top, middle, low = (tree[rows].sum(1).mean() for rows in (slice(20, 100), slice(180, 330), slice(380, 480)))
        assert top < middle < low < 200
        assert tree[20:480, 122:134].any(axis=1).mean() > 0.95, "nothing to be seen through along the stem"
    assert 0.2 < HALF_WIDE < 0.35


def test_winter_lies_on_the_boughs() -> None:
    for paint in (spruce_atlas, forest):
        bright = [float((picture[..., 3] > 127)[picture[..., 1] > 150].sum()) for picture in (paint(False), paint(True))]
        assert bright[1] > 20.0 * max(bright[0], 50.0)


def test_stands_of_a_forest_are_of_different_ages_and_none_is_cut_off() -> None:
    picture = forest(frozen=False)
    assert picture.shape == (256, 256 * len(STANDS), 4)
    solid = picture[..., 3] > 127
    tops = [int(np.argmax(solid[:, 256 * index : 256 * (index + 1)].any(axis=1))) for index in range(len(STANDS))]
    assert max(tops) - min(tops) > 60
    assert not any(solid[:, 256 * index].any() for index in range(len(STANDS)))
