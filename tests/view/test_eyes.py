"""What eyes see: what is culled for them, and the mirrored eyes' near plane in the water."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.eyes import Eyes, projection
from engine.view.render.mirror import _above
from headset.offscreen import eyes, look


@pytest.fixture
def two() -> Eyes:
    return Eyes(p3d.NodePath("scene"), "two_pass")


def sees(eyes_: Eyes, point: tuple[float, float, float]) -> bool:
    """Whether a point of the scene is within what is not culled."""
    from_scene = p3d.LMatrix4f()
    from_scene.invert_affine_from(eyes_.camera.get_mat())
    sphere = p3d.BoundingSphere(from_scene.xform_point(p3d.LPoint3f(*point)), 0.001)
    return bool(eyes_.camera.node().get_cull_bounds().contains(sphere))


def test_a_head_that_moves_takes_what_it_sees_along(two: Eyes) -> None:
    still = p3d.LMatrix4f.ident_mat()
    two.look(eyes(look((0.0, 0.0, 1.6), fov_deg=60)), still)
    bounds = two.camera.node().get_cull_bounds()
    assert sees(two, (0.0, 5.0, 1.6))
    assert not sees(two, (0.0, -5.0, 1.6))
    two.look(eyes(look((0.0, 0.0, 1.6), (0.0, 0.0, 0.0, 1.0), fov_deg=60)), still)
    assert two.camera.node().get_cull_bounds() == bounds
    assert sees(two, (0.0, -5.0, 1.6))
    assert not sees(two, (0.0, 5.0, 1.6))


def test_eyes_that_see_wider_or_stand_wider_apart_are_culled_anew(two: Eyes) -> None:
    still = p3d.LMatrix4f.ident_mat()
    two.look(eyes(look((0.0, 0.0, 1.6), fov_deg=40)), still)
    assert not sees(two, (3.0, 5.0, 1.6))
    two.look([look((x, 0.0, 1.6), fov_deg=40) for x in (-3.0, 3.0)], still)
    assert sees(two, (3.0, 5.0, 1.6))
    two.look(eyes(look((0.0, 0.0, 1.6), fov_deg=40)), still)
    assert not sees(two, (3.0, 5.0, 1.6))
    two.look(eyes(look((0.0, 0.0, 1.6), fov_deg=100)), still)
    assert sees(two, (3.0, 5.0, 1.6))


def test_a_mirrored_eye_sees_all_above_the_water_and_nothing_below() -> None:
    chance = np.random.default_rng(3)
    level, fov = 0.3, (-0.9, 0.6, -0.5, 0.8)
    looked = 0
    for _ in range(50):
        turn = p3d.LQuaternionf(*chance.normal(size=4))
        turn.normalize()
        pose = p3d.LMatrix4f()
        turn.extract_to_matrix(pose)
        pose.set_row(3, p3d.LVecBase3f(*chance.uniform(-2, 0, 3)))  # below the water, as a mirrored eye is
        eye_from_scene = p3d.LMatrix4f()
        eye_from_scene.invert_affine_from(pose)
        if _above(fov, pose, level).almost_equal(projection(fov), 1e-6):
            continue  # It looks away from the water.
        clip = eye_from_scene * _above(fov, pose, level)
        for _ in range(20):
            x, y, z = (float(each) for each in chance.uniform(-5, 5, 3))
            plain = eye_from_scene.xform(p3d.LVecBase4f(x, y, z, 1))
            seen = clip.xform(p3d.LVecBase4f(x, y, z, 1))
            if plain[1] < 0.1 or abs(z - level - 0.01) < 1e-3:
                continue
            looked += 1
            assert seen[3] == pytest.approx(plain[1], abs=1e-4)
            if fov[0] < plain[0] / plain[1] < fov[1] and fov[2] < plain[2] / plain[1] < fov[3]:
                assert (-seen[3] < seen[2] <= seen[3] * 1.0001) == (z > level + 0.01)
    assert looked > 100
