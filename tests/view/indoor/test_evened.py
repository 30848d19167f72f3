"""Traced light at vertices: patches of a flat panel are evened out, shadows across edges and far-off vertices are left."""

import numpy as np

from engine.view.geometry.mesh import Material, Mesh
from engine.view.geometry.surfaces import make_mesh
from engine.view.indoor.evened import evened

COUNT = 12


def _sheet(cell: float, folded: bool = False) -> tuple[Mesh, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    """A sheet of COUNT x COUNT vertices, `cell` metres apart, its right half upright if folded; and uneven light on it."""
    row, column = (each.ravel() for each in np.mgrid[0:COUNT, 0:COUNT])
    index = np.arange(COUNT * COUNT).reshape(COUNT, COUNT)
    a, b, c, d = (each.ravel() for each in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]))
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    right = folded & (column >= COUNT // 2)
    normals = np.where(right[:, None], (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    points = np.column_stack([column * cell, row * cell, np.zeros(len(row))])
    light = np.random.Generator(np.random.PCG64(3)).uniform(90.0, 110.0, (COUNT * COUNT, 4)).astype(np.float32)
    return make_mesh(Material("panel"), points, faces, normals=normals), light


def test_a_panels_patches_are_evened_out_and_its_light_is_kept() -> None:
    mesh, light = _sheet(0.05)
    even, _ = evened(mesh, light, light)
    assert even.std() < 0.45 * light.std()
    assert abs(even.mean() / light.mean() - 1.0) < 0.01


def test_light_does_not_go_round_an_edge() -> None:
    mesh, light = _sheet(0.05, folded=True)
    light[:] = np.where(mesh.normals[:, :1] < -0.5, 0.0, 100.0)
    even, _ = evened(mesh, light, light)
    assert np.allclose(even, light, atol=1e-4)


def test_what_lies_far_apart_keeps_its_own_shadow() -> None:
    mesh, light = _sheet(0.25)
    even, _ = evened(mesh, light, light)
    assert np.allclose(even, light, atol=1e-3)


def test_bounced_light_and_what_is_seen_of_panels_are_evened_alike() -> None:
    mesh, light = _sheet(0.04)
    both = evened(mesh, light, light[:, ::-1])
    assert np.array_equal(both[0], both[1][:, ::-1])
