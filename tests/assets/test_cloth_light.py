"""What lies on cloth takes light from it: softly all round, most away from the lamps, thinly under cables."""

import numpy as np
import pytest

from assets.generators.cloth_light import between, body, heights, reaching, sent_on
from assets.generators.cloth_maps import FAR, Chart, _open, strewn
from assets.generators.drape import limb
from assets.generators.shapes import tube


def test_a_cable_throws_a_thin_shade_on_the_cloth_it_lies_on() -> None:
    y, x = np.meshgrid(np.linspace(0.0, 0.1, 41), np.linspace(-0.1, 0.1, 81), indexing="ij")
    flat, along = np.stack([x, y, np.zeros_like(x)], -1), np.linspace(0.0, 0.1, 41)
    chart = Chart(flat, x[0], along, np.ones(x.shape), np.full(x.shape, FAR), (80, 160), reach=0.1)
    lead = tube(np.array([(-0.2, 0.05, 0.004), (0.2, 0.05, 0.004)]), 0.002, 4)
    light = _open(chart, strewn([lead]))[:, 80]
    assert light.min() < 0.55
    assert light[38:43].max() < 0.45, "dark along the line where it lies, on both sides"
    assert light[[2, -3]].min() > 0.95 * light.max(), "and no more than that"
    assert 3 < (light < 0.8 * light.max()).sum() < 22, "of 80 texels, 1.25 mm each"


def test_rays_find_less_light_beside_what_stands_on_a_cloth_and_least_on_the_side_away_from_the_lamps() -> None:
    y, x = np.meshgrid(np.linspace(-0.3, 0.3, 61), np.linspace(-0.3, 0.3, 61), indexing="ij")
    flat, up = np.stack([x, y, np.zeros_like(x)], -1), np.broadcast_to((0.0, 0.0, 1.0), (61, 61, 3))
    stands = body([lambda p: limb(p, (0.0, 0.0, 0.0), (0.0, 0.0, 0.10), 0.05, 0.05)], (-0.1, -0.1, -0.02), (0.1, 0.1, 0.2))
    light = reaching(flat, up, [heights(flat), stands])
    assert light[5, 5] == pytest.approx(1.0, abs=0.05)
    assert light[30, 24] < 0.75
    headward, footward = light[22, 30], light[38, 30]
    assert headward < footward - 0.03


def test_a_grid_is_read_between_its_places_and_beyond_its_edges_as_at_them() -> None:
    down, right = np.mgrid[0:4, 0:5].astype(float)
    grid = 2.0 * down - 3.0 * right
    at = np.array((0.25, 2.5)), np.array((3.75, 1.0))
    assert between(grid, *at) == pytest.approx(2.0 * at[0] - 3.0 * at[1])
    assert between(grid, np.array((-9.0, 9.0)), np.array((-9.0, 9.0))) == pytest.approx((grid[0, 0], grid[-1, -1]), abs=0.01)


def test_pale_cloth_sends_light_on_into_its_hollows_and_none_onto_open_ground() -> None:
    assert sent_on(np.array((0.0, 1.0)), 0.6) == pytest.approx((0.0, 1.0))
    dark, pale = (float(sent_on(np.array(0.3), share)) for share in (0.3, 0.6))
    assert 0.3 < dark < pale < 1.0
