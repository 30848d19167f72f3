"""Rooms that stand in a landscape: seen out of their windows, neither black nor white; no land within them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.view.geometry.clearing import CLEAR, without
from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.surfaces import make_mesh
from engine.view.indoor.jointed import compared, from_round
from tests.view.rooms import Bay, write_room


@pytest.fixture
def cabin(tmp_path: Path) -> Iterator[Bay]:
    lake, window = "{use: alpine_lake, sun: 20 deg}", "window: {use: sash_window, against: room.north}"
    one = Bay.of(write_room(tmp_path / "cabin.yaml", "plain/white", lake, window))
    yield one
    one.stage.close()


@pytest.mark.gl
@pytest.mark.slow
def test_a_lake_outside_is_exposed_as_an_eye_at_the_window_sees_it(cabin: Bay) -> None:
    water = cabin.picture(cabin.eye((0.25, 1.2, 1.6), (0.6, 6.0, -0.1), (0.12, 0.09)), samples=4)
    wall = cabin.picture(cabin.eye((0.0, 0.0, 1.6), (-2.0, 0.0, 1.5), (0.3, 0.2)), samples=4)
    for part in (water, wall):
        assert 60 < part.mean() < 235, "neither black nor white"
    assert water.std() > 4.0, "waves, not an empty plane"
    house, light = cabin.view.house, cabin.view.light
    assert house is not None
    inside, outside = house.picture.get_element(0)[1], light._picture.get_element(0)[1]
    # cd/m2 against the sun's light above the air: the lake is far brighter than the room, and shown as a little brighter.
    assert 5.0 < inside * 128_000.0 / outside < 300.0


@pytest.mark.gl
@pytest.mark.slow
def test_windows_let_in_the_landscapes_light(cabin: Bay) -> None:
    assert cabin.view.house is not None
    window, lamp = (
        next(one for one in cabin.view.house.rooms["room"].panels if one.thing == name) for name in ("window", "lamp")
    )
    assert 500.0 < window.luminance < 8000.0, "a sky at a sun of 20 degrees, through glass"
    assert window.colour[2] / window.colour[0] > 1.2 * lamp.colour[2] / lamp.colour[0], "bluer than the lamp"


def test_a_landscape_leaves_room_for_rooms() -> None:
    grid = np.array([(x, y, 0.0) for x in range(-5, 6) for y in range(-5, 6)], float)
    index = np.arange(121).reshape(11, 11)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:]], -1).reshape(-1, 3)
    land = Part("land", make_mesh(Material("land"), grid, quads), HERE)
    spots = np.tile(np.eye(4, dtype=np.float32), (3, 1, 1))
    spots[:, 0, 3] = (0.0, 2.0 + CLEAR / 2, 4.5)
    trees = Part("tree", land.mesh, spots)
    found, strewn = without([land, trees], np.eye(4, dtype=np.float32), [((-2.0, -2.0, 0.0), (2.0, 2.0, 2.5))])
    middles = found.mesh.positions[found.mesh.triangles].mean(1)
    assert len(found.mesh.triangles) == 100 - 16
    assert not ((np.abs(middles[:, 0]) < 2) & (np.abs(middles[:, 1]) < 2)).any()
    assert strewn.copies[:, 0, 3].tolist() == [4.5]


def test_light_of_a_jointed_part_is_as_traced_at_rest_and_turns_with_it() -> None:
    chance = np.random.Generator(np.random.PCG64(3))
    normals = chance.standard_normal((40, 3)).astype(np.float32)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    ambient = chance.uniform(20.0, 200.0, (6, 4)).astype(np.float32)
    bounce = np.column_stack([from_round(ambient, normals) * chance.uniform(0.3, 1.2, (40, 1)), np.full(40, 0.7)])
    share = compared(bounce.astype(np.float32), ambient, normals)
    np.testing.assert_allclose(share[:, :3] * from_round(ambient, normals), bounce[:, :3], rtol=1e-4)
    assert (share[:, 3] == np.float32(0.7)).all()
    up, down = np.array([[0, 0, 1]], np.float32), np.array([[0, 0, -1]], np.float32)
    assert from_round(ambient, up)[0].tolist() == ambient[4, :3].tolist()
    assert from_round(ambient, down)[0].tolist() == ambient[5, :3].tolist()
