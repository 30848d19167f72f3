"""The clinic's rooms as they are seen: lit by the book, alike in every stereo manner, within their budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.canvas import VIEWPORTS
from engine.view.geometry.mesh import HERE, Material, Mesh, Part
from engine.view.geometry.surfaces import make_mesh
from engine.view.indoor.panels import exposure_for, form_factor
from engine.world.vectors import Transform
from headset.driver import Stereo, Surface
from headset.driver import View as EyeView
from headset.offscreen import eyes
from tests.view.conftest import box
from tests.view.rooms import Bay, Pixels, write_room

pytestmark = [pytest.mark.gl, pytest.mark.slow]

MOST_CALLS, MOST_TRIANGLES = 110, 400_000
"""Of one scene in one eye: what a laptop's GPU draws at 90 Hz with time to spare. It draws 150 calls; what the bay leaves of them
is for more people, screens and hands."""


@pytest.fixture(scope="module")
def bay() -> Iterator[Bay]:
    one = Bay.of("breathless_bay")
    yield one
    one.stage.close()


@pytest.fixture
def kept(bay: Bay) -> Iterator[Bay]:
    """The bay, put back afterwards as it was."""
    snapshot = bay.world.snapshot()
    yield bay
    bay.world.restore(snapshot)
    bay.view.update(0.0)


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Bay]:
    one = Bay.of(write_room(tmp_path / "room.yaml"))
    yield one
    one.stage.close()


def furthest(a: Pixels, b: Pixels) -> int:
    return int(np.abs(a.astype(int) - b).max())


def right_half(bay: Bay, eye: EyeView) -> Pixels:
    """One eye's picture, drawn where a right eye's is: OpenGL rounds vertices to parts of pixels there."""
    canvas = bay.stage.open(Surface("buffer", (320, 120), "mono", 4))
    region = next(one for one in canvas.output.get_display_regions() if not one.get_camera().is_empty())
    if bay.stage.has(VIEWPORTS):
        region.set_num_regions(2)
        region.set_dimensions(1, p3d.LVecBase4f(0.5, 1.0, 0.0, 1.0))
        region.set_scissor_enabled(False)
    bay.view.update(0.0)
    canvas.look([eye])
    matrix = p3d.LMatrix4f(canvas.eyes.matrices().get_element(0))
    canvas.eyes.set(1, matrix, canvas.eyes.scene_from_eye[0].get_row3(3))
    canvas.eyes.top.set_shader_input("eye_seam", 160)
    canvas.eyes.top.find("eye0").set_shader_input("eye_first", 1)
    bay.stage.draw()
    pixels = canvas.read()
    canvas.close()
    return pixels[:, 160:]


@pytest.mark.parametrize("stereo", ["two_pass", "single_pass"])
def test_each_eye_sees_the_bay_as_a_single_eye_there_does(bay: Bay, stereo: Stereo) -> None:
    head = bay.eye((-1.3, -0.9, 1.6), (0.6, 1.0, 1.0))
    left, right = eyes(head)
    both = bay.picture(left, right, stereo=stereo, samples=4)
    assert furthest(both, bay.picture(left, right, stereo="two_pass", samples=4)) <= 1
    assert furthest(both[:, :160], bay.picture(left, samples=4)) <= 1
    assert furthest(both[:, 160:], right_half(bay, right)) <= 1
    assert furthest(both[:, :160], both[:, 160:]) > 30


def test_the_bay_is_within_its_budget(bay: Bay) -> None:
    calls = triangles = 0
    for path in bay.stage.root.find_all_matches("**/+GeomNode"):
        if path.is_hidden() or path.is_stashed():
            continue
        for geom in path.node().get_geoms():
            calls += 1
            triangles += sum(primitive.get_num_faces() for primitive in geom.get_primitives())
    assert 30 < calls <= MOST_CALLS
    assert 20_000 < triangles <= MOST_TRIANGLES


def test_a_raised_backrest_takes_the_patient_along(kept: Bay) -> None:
    look = kept.eye((-1.4, 0.4, 1.5), (0.0, 1.2, 0.8))
    flat = kept.picture(look).astype(int)
    kept.world.properties["bed", "backrest"] = 60.0
    raised = kept.picture(look).astype(int)
    assert (np.abs(raised - flat).max(-1) > 24).mean() > 0.02
    kept.world.properties["bed", "backrest"] = 15.0
    assert furthest(kept.picture(look), flat.astype(np.uint8)) <= 1


def test_what_joints_turn_is_there_from_the_first_picture_on(tmp_path: Path) -> None:
    """A bed whose backrest is up at the start, in a room where nothing moves."""
    bed = "bed: {use: exam_bed, against: room.north, backrest: 60 deg}"
    one = Bay.of(write_room(tmp_path / "room.yaml", props=bed))
    try:
        assert one.view.house is not None
        told = one.view.house.places.told()
        assert any(abs(node.get_p()) == pytest.approx(60.0) or abs(node.get_r()) == pytest.approx(60.0) for node in told)
        assert all(matrix.almost_equal(node.get_mat(one.stage.root), 1e-6) for node, matrix in told.items())
    finally:
        one.stage.close()


def test_what_a_hand_carries_is_drawn_and_lit_where_it_is(kept: Bay) -> None:
    look = kept.eye((0.9, -3.6, 1.6), (-0.6, -2.9, 1.4))
    before = kept.picture(look)
    kept.world.places["mask"] = Transform((-0.2, -3.0, 1.4))
    moved = kept.picture(look)
    assert (np.abs(moved.astype(int) - before).max(-1) > 12).sum() > 30
    assert kept.view.house is not None
    assert kept.view._furnishing.free["mask"].get_parent().get_name() == "corridor"


def test_a_lamp_turned_down_darkens_its_room(kept: Bay) -> None:
    look = kept.eye((-1.3, -0.9, 1.6), (0.6, 1.0, 1.0))
    bright, full = kept.picture(look).mean(), kept.world.properties["by_window", "flux"]
    kept.world.properties["by_window", "flux"] = 600.0
    assert kept.picture(look).mean() < 0.7 * bright
    kept.world.properties["by_window", "flux"] = full
    assert kept.picture(look).mean() == pytest.approx(bright, abs=0.5)


def test_a_lamp_is_as_bright_as_its_flux_says(bay: Bay) -> None:
    assert bay.view.house is not None
    lamp = bay.view.house.rooms["bay"].panels[0]
    x, y, z = (float(each) for each in lamp.middle)
    seen = bay.linear((x + 0.1, y - 0.4, 1.5), (x, y, z))
    assert seen == pytest.approx(lamp.radiance(), rel=0.05)
    assert bay.picture(bay.eye((x + 0.1, y - 0.4, 1.5), (x, y, z), (0.05, 0.05))).min() > 240


def test_what_moves_throws_a_soft_shadow_and_only_while_it_does(kept: Bay) -> None:
    house = kept.view.house
    assert house is not None
    x, y = 1.2, -0.4
    node = house.node("bay").attach_new_node("tray")
    node.set_pos(x, y, 0.25)
    house.add_free(box((-0.25, -0.25, 0.0), (0.25, 0.25, 0.02)), node)
    house.enter(node, (x, y, 0.25))
    spots = [((at, y, 0.12), (at, y, 0.0)) for at in (x, x + 0.30, x + 0.8)]
    found = []
    for movers in ([], [node], []):
        house.cast_from(movers, [], "bay", True)
        found.append([float(kept.linear(*spot).sum()) for spot in spots])
    node.remove_node()
    without, cast, again = found
    assert again == without
    under, edge, beside = (b / a for a, b in zip(without, cast, strict=True))
    assert under < 0.75
    assert under + 0.05 < edge < 0.98, "a wide lamp's shadow fades out"
    assert beside > 0.97


def test_what_is_clear_and_moves_hides_about_half_of_the_light(kept: Bay) -> None:
    house = kept.view.house
    assert house is not None
    x, y = 1.2, -0.4
    hidden = []
    for alpha in ("opaque", "blend"):
        tray = box((-0.25, -0.25, 0.0), (0.25, 0.25, 0.02))
        material = Material("tray", (1.0, 1.0, 1.0, 0.2), alpha=alpha)
        node = house.node("bay").attach_new_node("tray")
        node.set_pos(x, y, 0.25)
        house.add_free(replace(tray, mesh=replace(tray.mesh, material=material)), node)
        house.enter(node, (x, y, 0.25))
        light = []
        for movers in ([node], []):
            house.cast_from(movers, [], "bay", True)
            light.append(float(kept.linear((x, y, 0.12), (x, y, 0.0)).sum()))
        node.remove_node()
        hidden.append(1.0 - light[0] / light[1])
    assert 0.3 * hidden[0] < hidden[1] < 0.7 * hidden[0]


def test_what_is_carried_hides_the_light_from_what_is_close_under_it(kept: Bay) -> None:
    house = kept.view.house
    assert house is not None
    spot = ((1.2, -0.6, 0.14), (1.2, -0.4, 0.0))
    open_, hidden = 0.0, 0.0
    for ball in ([], [(1.2, -0.4, 0.10, 0.08)]):
        house.cast_from([], ball, "bay", True)
        light = float(kept.linear(*spot).sum())
        open_, hidden = (light, hidden) if not ball else (open_, light)
    house.cast_from([], [], "bay", True)
    assert 0.5 * open_ < hidden < 0.95 * open_


def test_screens_can_be_written_on(bay: Bay) -> None:
    screen = bay.view.screens["monitor", "main"]
    assert 0.2 < screen.size[0] < 0.6
    assert screen.size_px[0] > screen.size_px[1] > 100


def test_the_floor_is_darker_under_the_bed(bay: Bay) -> None:
    bed = bay.world.places["bed"].position
    spots = ((bed[0], bed[1], 0.0), (1.4, -0.9, 0.0))
    under, beside = (float(bay.linear((x + 0.55, y, 0.10), (x, y, z)).sum()) for x, y, z in spots)
    assert under < 0.4 * beside


def test_a_grey_card_comes_out_as_computed(plain: Bay) -> None:
    house = plain.view.house
    assert house is not None
    panel = house.rooms["room"].panels[0]
    values = []
    for reflectance in (0.18, 0.0):
        card = _card(reflectance)
        node = plain.stage.root.attach_new_node("card")
        house.add_free(Part("card", card, HERE), node)
        house.enter(node, (0.0, 0.0, 1.0))
        values.append(plain.linear((0.0, -0.4, 1.9), (0.0, 0.0, 1.0)))
        if reflectance:
            shown = plain.picture(plain.eye((0.0, -0.4, 1.9), (0.0, 0.0, 1.0), (0.02, 0.02)))[60, 80]
        node.remove_node()
    lux = form_factor(panel, np.array(((0.0, 0.0, 1.0),)), np.array(((0.0, 0.0, 1.0),)))[0] * np.pi * panel.radiance()
    bounced = np.array(house.ambient_at((0.0, 0.0, 1.0))[4][:3])
    assert values[0] - values[1] == pytest.approx(0.18 * (lux + bounced) / np.pi, rel=0.03)
    assert 300.0 < lux[1] < 1000.0, "3000 lm from 1.6 m above"
    assert shown == pytest.approx(_srgb(_filmic(values[0] * house.exposure("room"))) * 255, abs=1.6)
    for lux_of_room in (100.0, 200.0, 800.0):
        grey = _srgb(_filmic(np.full(3, 0.18 * lux_of_room / np.pi * exposure_for(lux_of_room)))) * 255
        assert 90 < grey[1] < 150, "in a room it is exposed for, a grey card is grey"


def _card(reflectance: float) -> Mesh:
    corners = np.array([(x, y, 1.0) for x, y in ((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2))])
    return make_mesh(
        Material("card", (reflectance, reflectance, reflectance, 1.0), 0.0, 1.0), corners, np.array(((0, 1, 2), (0, 2, 3)))
    )


def _filmic(radiance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Hill's fit of ACES, as `tone.glsl` has it."""
    into = np.array(((0.59719, 0.35458, 0.04823), (0.07600, 0.90834, 0.01566), (0.02840, 0.13383, 0.83777)))
    back = np.array(((1.60475, -0.53108, -0.07367), (-0.10208, 1.10813, -0.00605), (-0.00327, -0.07276, 1.07602)))
    v = into @ radiance
    v = (v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.4329510) + 0.238081)
    return np.asarray(np.clip(back @ v, 0.0, 1.0), np.float64)


def _srgb(c: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.where(c <= 0.0031308, c * 12.92, 1.055 * np.maximum(c, 1e-9) ** (1 / 2.4) - 0.055), np.float64)


def test_many_things_get_the_light_that_each_would_get_by_itself(bay: Bay) -> None:
    assert bay.view.house is not None
    rooms = list(bay.view.house.rooms)
    low, high = (
        np.array(sorted(corner)) for corner in zip(*((one.low, one.high) for one in bay.world.rooms.values()), strict=True)
    )
    points = np.random.default_rng(5).uniform(low.min(0), high.max(0), (12, 3)).astype(np.float32)
    which, light = bay.view.house.light_near(points)
    for point, room, one in zip(points, which, light, strict=True):
        assert rooms[room] == bay.view.house.room_near(point)
        assert np.array_equal(one[:6], bay.view.house.ambient_at(point))
    assert len({one.tobytes() for one in light}) == len(points)
