"""The garden outside windows."""

from __future__ import annotations

import numpy as np

from engine.view.geometry.garden import GROUND
from engine.view.geometry.gltf import triangle_count
from engine.view.geometry.outside import garden


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
