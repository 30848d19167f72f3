"""The sun in a room: it falls where the window lets it, with the bars' shadows, and not past things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.spec.load import load_scene
from engine.view.geometry.finishes import albedo
from engine.view.geometry.outside import SIGHTS
from engine.view.geometry.room import build_shell
from engine.view.indoor.radiosity import make_patches
from engine.view.indoor.sunbeam import GLAZED, TEXELS, as_texture, sunbeam_of
from engine.world import World, build
from tests.view.conftest import box
from tests.view.rooms import Bay, write_room

SUN = SIGHTS["garden"].sun


def made(folder: Path, side: str = "west", view: str = "garden") -> World:
    window = f"window: {{use: sash_window, against: room.{side}, view: {view}}}"
    return build(load_scene(write_room(folder / f"{side}_{view}.yaml", openings=window)))


def below(x: float, y: float, z: float, onto: float = 0.0) -> NDArray[np.float64]:
    """Where the sun's ray through a point meets a height."""
    assert SUN is not None
    towards = np.array(SUN.towards)
    return np.asarray(np.array((x, y, z)) - towards * ((z - onto) / towards[2]), np.float64)


def test_the_sun_comes_in_only_where_a_sight_has_one_and_the_wall_is_turned_to_it(tmp_path: Path) -> None:
    for side, view, sunny in (("west", "garden", True), ("north", "garden", False), ("west", "city_dusk", False)):
        world = made(tmp_path, side, view)
        assert (sunbeam_of(world, world.rooms["room"]) is not None) == sunny


def test_what_comes_in_by_the_window_falls_on_the_room(tmp_path: Path) -> None:
    world = made(tmp_path)
    room = world.rooms["room"]
    beam = sunbeam_of(world, room)
    assert beam is not None
    spots = np.array([below(-2.0, 0.0, 1.3), below(-2.0, 0.0, 2.4), below(-2.0, 1.2, 1.3), (1.9, -1.9, 1.0)])
    assert beam.comes_in(spots).tolist() == [True, False, False, False]
    patches = make_patches(build_shell(room), [], beam)
    arrived = float(patches.direct[:, 1] @ patches.areas)
    hole = room.walls["west"].holes[0]
    assert SUN is not None
    # The reveal, as deep as the wall, hides a strip at the side and at the top.
    towards = np.array(SUN.towards)
    wide = hole.width - room.thickness * towards[1] / towards[0]
    high = hole.height - room.thickness * towards[2] / -towards[0]
    expected = beam.light[1] * GLAZED * -towards[0] * wide * high
    assert arrived == pytest.approx(expected, rel=0.03)


@pytest.fixture(scope="module")
def sunny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bay]:
    one = Bay(made(tmp_path_factory.mktemp("sunny")))
    yield one
    one.stage.close()


def sunlight(bay: Bay, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the sun adds to what a spot of the floor sends up, cd/m2."""
    house = bay.view.house
    assert house is not None
    node = house.node("room")
    given = node.get_shader_input("beam_light")
    light = p3d.LVecBase4f(given.get_vector())
    x, y, z = map(float, at)
    seen = []
    for each in (light, p3d.LVecBase4f(0)):
        node.set_shader_input("beam_light", each)
        seen.append(bay.linear((x + 0.01, y - 0.3, z + 0.6), (x, y, z)))
    node.set_shader_input("beam_light", light)
    return seen[0] - seen[1]


@pytest.mark.gl
@pytest.mark.slow
def test_the_floor_is_lit_through_panes_and_not_behind_bars(sunny: Bay) -> None:
    house = sunny.view.house
    assert house is not None
    beam = house.rooms["room"].sunbeam
    assert beam is not None
    lit = sunlight(sunny, below(-2.06, 0.0, 1.3))
    assert SUN is not None
    expected = beam.light[1] * SUN.towards[2] * albedo("floor", "plain/grey")[1] / np.pi
    assert lit[1] == pytest.approx(expected, rel=0.15), "as bright as its lux, but for its colour to who has adapted"
    assert lit[0] > 1.15 * lit[2], "warmer than the sky"
    rail, beside = below(-2.06, 0.0, 1.53), below(-2.06, 1.0, 1.3)
    assert sunlight(sunny, rail)[1] < 0.1 * lit[1]
    assert abs(sunlight(sunny, beside)[1]) < 1e-3 * lit[1]


@pytest.mark.gl
@pytest.mark.slow
def test_a_bars_shadow_is_softer_far_from_the_window(sunny: Bay) -> None:
    """How wide the half shade beside a bar is on the floor, and on a sheet just below the sill."""
    house = sunny.view.house
    assert house is not None
    half_lit = []
    for onto in (0.0, 0.8):
        node = house.node("room").attach_new_node("sheet")
        x, y, _ = map(float, below(-2.06, 0.2, 1.3, onto))
        if onto:
            node.set_pos(x, y, onto)
            house.add_free(box((-0.3, -0.3, -0.002), (0.3, 0.3, 0.0)), node)
            house.enter(node, (x, y, onto))
        across = np.array([sunlight(sunny, below(-2.06, y, 1.3, onto))[1] for y in np.arange(0.14, 0.22, 0.005)])
        node.remove_node()
        assert across.min() < 0.05 * across.max()
        share = across / across.max()
        half_lit.append(int(((share > 0.1) & (share < 0.9)).sum()))
    assert half_lit[0] > half_lit[1] > 0


@pytest.mark.gl
@pytest.mark.slow
def test_a_things_shadow_is_crisp_close_behind_it_and_soft_far_behind(sunny: Bay) -> None:
    """How wide the half shade of an upright edge is on the floor, so many metres behind it on the sun's way."""
    house = sunny.view.house
    assert house is not None
    beam, node, spot = house.rooms["room"].sunbeam, house.node("room"), below(-2.06, 0.0, 1.3)
    assert beam is not None
    kept = {name: node.get_shader_input(name).get_texture() for name in ("beam_things", "beam_depth")}
    u, _, z, _ = (beam.frame @ np.append(spot, 1.0)) * 0.5 + 0.5
    across = np.cross((0.0, 0.0, 1.0), beam.sun.towards)
    across /= np.linalg.norm(across)
    half_lit = []
    for metres in (0.06, 1.2):
        hidden = np.full((TEXELS, TEXELS), 65535, np.uint16)
        hidden[:, : int(u * TEXELS)] = int((z - metres / (2 * beam.depth)) * 65535)
        node.set_shader_input("beam_things", as_texture("things", [hidden]))
        node.set_shader_input("beam_depth", as_texture("depth", [hidden], compared=False))
        light = np.array([sunlight(sunny, spot + along * across)[1] for along in np.arange(-0.024, 0.0241, 0.003)])
        share = light / light.max()
        assert share.min() < 0.05
        half_lit.append(int(((share > 0.1) & (share < 0.9)).sum()))
    for name, texture in kept.items():
        node.set_shader_input(name, texture)
    assert half_lit[0] <= 2
    assert half_lit[1] >= 4


@pytest.mark.gl
@pytest.mark.slow
def test_what_moves_into_the_beam_throws_a_shadow(sunny: Bay) -> None:
    house = sunny.view.house
    assert house is not None
    spot = below(-2.06, 0.0, 1.3)
    x, y, z = map(float, below(-2.06, 0.0, 1.3, 0.4))
    node = house.node("room").attach_new_node("tray")
    node.set_pos(x, y, z)
    house.add_free(box((-0.08, -0.08, 0.0), (0.08, 0.08, 0.02)), node)
    house.enter(node, (x, y, z))
    found = []
    for movers in ([], [node], []):
        house.cast_from(movers, [], "room", True)
        found.append(float(sunlight(sunny, spot)[1]))
    node.remove_node()
    assert found[1] < 0.1 * found[0]
    assert found[2] == found[0]
