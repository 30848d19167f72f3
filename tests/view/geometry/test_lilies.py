"""Water lilies lie on the water, each patch its own."""

import numpy as np
import pytest

from engine.view.geometry.lilies import lilies, lily_shades
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


def test_a_leafs_rim_is_turned_up_and_dark_from_without(patch: Mesh) -> None:
    corners = patch.positions[patch.triangles].astype(float)
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    faces /= np.linalg.norm(faces, axis=1, keepdims=True) + 1e-12
    leaves = patch.uvs[patch.triangles, 0].max(axis=1) < 0.5
    sides = leaves & (np.abs(faces[:, 2]) < 0.8) & (patch.colours[patch.triangles, 3].mean(axis=1) < 0.35)
    rises = np.ptp(patch.positions[patch.triangles[sides], 2], axis=1)
    assert sides.sum() > 300
    assert np.median(rises) > 0.003, "metres, as thick as one sees from a dock"
    light = patch.colours[patch.triangles, :3].mean(axis=(1, 2)) * patch.colours[patch.triangles, 3].mean(axis=1)
    assert light[sides].mean() < 0.25 * light[leaves & (faces[:, 2] > 0.9)].mean()


@pytest.mark.parametrize("seed", [71, 72])
def test_each_leaf_darkens_the_water_close_round_it_and_no_farther(seed: int) -> None:
    leaves, shades = lilies(seed), lily_shades([seed], np.eye(4, dtype=np.float32)[None])
    flat = shades.positions.reshape(-1, 4, 3)
    assert len(flat) == 13
    rims = leaves.positions[leaves.uvs[:, 0] < 0.5][:, :2]
    covered = [((rims > one[:, :2].min(axis=0)) & (rims < one[:, :2].max(axis=0))).all(axis=1) for one in flat]
    assert np.any(covered, axis=0).all(), "no rim lies outside the shades"
    picture = shades.material.colour_map
    assert picture is not None
    cover = picture[..., 3].astype(int)
    assert cover[0].max() == cover[:, -1].max() == 0, "it ends without an edge"
    across = cover[len(cover) // 2, len(cover) // 2 :]
    assert across[0] > 180
    assert (np.diff(across) <= 0).all()
