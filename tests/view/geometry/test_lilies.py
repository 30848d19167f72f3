"""Water lilies lie on the water, each patch its own."""

import numpy as np
import pytest

from engine.view.geometry.lilies import lilies
from engine.view.geometry.mesh import Mesh


@pytest.fixture(scope="module", params=[71, 72])
def patch(request: pytest.FixtureRequest) -> Mesh:
    return lilies(request.param)


def test_leaves_lie_on_the_water_and_flowers_stand_over_it(patch: Mesh) -> None:
    heights = patch.positions[:, 2]
    assert -0.007 < heights.min() < 0.0
    assert 0.02 < heights.max() < 0.08
    assert np.median(heights) < 0.01


def test_a_patch_is_as_wide_as_it_says_and_within_its_triangles(patch: Mesh) -> None:
    assert 1.2 < np.ptp(patch.positions[:, 0]) < 1.7
    assert len(patch.triangles) < 2400


def test_every_triangle_faces_the_way_it_is_shaded(patch: Mesh) -> None:
    corners = patch.positions[patch.triangles].astype(float)
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    assert (np.sum(faces * patch.normals[patch.triangles].mean(axis=1), axis=1) > 0).mean() > 0.97


def test_leaves_are_dark_and_flowers_are_pale_in_their_texture(patch: Mesh) -> None:
    picture = patch.material.colour_map
    assert picture is not None
    side = picture.shape[0]
    leaf, petal = picture[:, :side, :3].astype(float), picture[:, side:, :3].astype(float)
    middle = leaf[side // 4 : -side // 4, side // 4 : -side // 4].mean(axis=(0, 1))
    assert middle[1] > 1.15 * middle[0] > 1.15 * middle[2]
    assert petal.mean() > 1.6 * leaf.mean()
    blades = patch.colours[np.unique(patch.triangles[patch.uvs[patch.triangles, 0].max(axis=1) < 0.5])]
    assert blades[:, :3].mean() < 0.55, "and a leaf's own tone makes it darker still"


def test_two_patches_differ() -> None:
    assert not np.array_equal(lilies(71).positions, lilies(72).positions)
    assert np.array_equal(lilies(71).positions, lilies(71).positions)
