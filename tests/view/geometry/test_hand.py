"""Gloves are closed shapes of a hand's size, each other's mirror image, and end in a flat hem."""

from __future__ import annotations

import numpy as np
import pytest

from engine.view.geometry.hand import CUT, SHAPES, Shape, glove


@pytest.mark.parametrize("shape", SHAPES)
def test_a_glove_is_closed_and_faces_outwards(shape: Shape) -> None:
    mesh = glove("right", shape)
    edges = np.sort(np.concatenate([mesh.triangles[:, pair] for pair in ((0, 1), (1, 2), (2, 0))]), axis=1)
    assert (np.unique(edges, axis=0, return_counts=True)[1] % 2 == 0).all()
    a, b, c = (mesh.positions[mesh.triangles[:, corner]].astype(float) for corner in range(3))
    assert np.einsum("ij,ij->", a, np.cross(b, c)) / 6 == pytest.approx(4.5e-4, abs=2e-4)
    facing = np.cross(b - a, c - a)
    assert (np.einsum("ij,ij->i", facing, mesh.normals[mesh.triangles[:, 0]]) > 0).mean() > 0.97


def test_left_is_the_mirror_image_of_right() -> None:
    left, right = glove("left"), glove("right")
    assert np.allclose(left.positions * (-1, 1, 1), right.positions)
    assert np.allclose(left.normals * (-1, 1, 1), right.normals)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_wrist_ends_flat_in_a_band_of_another_tone(shape: Shape) -> None:
    mesh = glove("right", shape)
    assert mesh.positions[:, 1].min() == pytest.approx(CUT, abs=0.002)
    end = mesh.positions[:, 1] < CUT + 0.001
    assert end.sum() > 50
    assert (mesh.colours[~end & (mesh.positions[:, 1] < CUT + 0.01), 0] < 0.6).all()
    assert (mesh.colours[mesh.positions[:, 1] > CUT + 0.03, 0] == 1.0).all()


def test_a_fist_is_shorter_than_a_hand_at_rest() -> None:
    ahead = {shape: float(glove("right", shape).positions[:, 1].max()) for shape in SHAPES}
    assert ahead["fist"] < ahead["hold"] < ahead["relaxed"]
