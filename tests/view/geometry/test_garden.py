"""The garden outside windows."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.garden import GROUND
from engine.view.geometry.gltf import triangle_count
from engine.view.geometry.mesh import Mesh
from engine.view.geometry.outside import before, garden, turned_about


def test_a_garden_is_few_triangles_before_a_sky() -> None:
    parts = garden()
    assert {part.name for part in parts} == {"lawn", "foliage", "sky"}
    assert triangle_count(parts) < 6_000
    assert all(part.mesh.material.colour_map is not None for part in parts)


def test_plants_stand_on_the_lawn_none_at_the_window() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    corners = foliage.mesh.positions.reshape(-1, 4, 3)
    foot, top = corners[..., 2].min(1), corners[..., 2].max(1)
    assert (np.abs(foot - GROUND) < 0.6).all()
    assert (foot <= GROUND).all(), "none floats"
    assert (top - foot).min() > 0.4
    assert corners[..., 1].min() > 8.0
    assert len(np.unique(np.round(corners[:, 0, 1]))) > 20, "at many distances"


def test_near_cards_come_first_and_are_cut_out() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    far = foliage.mesh.positions[::4, 1]
    assert (np.diff(far) >= 0.0).all(), "what they hide need not be painted"
    picture = foliage.mesh.material.colour_map
    assert picture is not None
    assert foliage.mesh.material.leafy
    assert 0.2 < float((picture[..., 3] > 127).mean()) < 0.8


def test_its_lawn_is_lighter_where_nothing_stands() -> None:
    lawn = next(part for part in garden() if part.name == "lawn")
    picture = lawn.mesh.material.colour_map
    assert picture is not None
    rows = picture.shape[0]
    open_, under = (picture[int(rows * (1 - metres / 64.0)), :, 1].mean() for metres in (12.0, 22.6))
    assert open_ > 1.3 * under, "a bed, in the hedge's shade"


def test_beside_another_garden_only_what_lies_straight_out_is_left() -> None:
    foliage = next(part for part in garden() if part.name == "foliage")
    for left, right in ((True, False), (False, True), (True, True)):
        some = before(foliage, left, right).mesh
        middles = some.positions[some.triangles].mean(1)
        assert 0 < len(some.triangles) < len(foliage.mesh.triangles)
        assert (middles[:, 0] >= -middles[:, 1]).all() or not left
        assert (middles[:, 0] <= middles[:, 1]).all() or not right
    assert len(before(foliage, False, False).mesh.triangles) == len(foliage.mesh.triangles)


def test_the_skies_of_two_sides_of_a_house_show_the_same_where_they_meet() -> None:
    sky = next(part for part in garden() if part.name == "sky")
    straight, turned = before(sky, True, True), turned_about(before(sky, True, True))

    def edge(mesh: Mesh, side: float) -> float:
        used = np.unique(mesh.triangles)
        at = np.arctan2(mesh.positions[used, 0], mesh.positions[used, 1])
        furthest = used[(side * at).argmax()]
        assert np.isclose(side * at.max() if side > 0 else -at.min(), np.pi / 4, atol=1e-3)
        return float(mesh.uvs[furthest, 0])

    assert np.isclose(edge(straight.mesh, 1.0), edge(turned.mesh, -1.0))
    assert np.isclose(edge(straight.mesh, -1.0), edge(turned.mesh, 1.0))
