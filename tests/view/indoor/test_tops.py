"""What stands on tables, shelves and sills leaves a soft darkness on them, and on nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.geometry.mesh import HERE, Floats, Material, Mesh, Part
from engine.view.geometry.surfaces import make_mesh
from engine.view.indoor.panels import Panel
from engine.view.indoor.tops import TEXEL, Top, attach_tops, darkened, tops_of
from engine.view.stage import Stage
from headset.driver import Stereo
from headset.offscreen import eyes
from tests.view.conftest import box_mesh
from tests.view.test_stage import HEAD, STEREO, furnish, furthest, picture

WOOD = Material("wood")
TABLE = box_mesh((-0.3, -0.2, 0.46), (0.3, 0.2, 0.5), WOOD)
VASE = box_mesh((-0.038, -0.038, 0.5), (0.038, 0.038, 0.7), WOOD)


def on_table(*others: Mesh, panels: Sequence[Panel] = ()) -> Floats:
    """How much light is left on the table, rows x columns."""
    found = darkened([(one, HERE[0]) for one in (TABLE, *others)], [], panels)
    return next((left for top, left in found if top.mesh == 0), np.ones((100, 150), np.float32))


def at(left: Floats, x: float, y: float) -> float:
    return float(left[int((y + 0.2) / TEXEL), int((x + 0.3) / TEXEL)])


def heights(found: list[Top]) -> list[float]:
    return sorted(round(top.z, 3) for top in found)


def test_tops_are_what_is_flat_and_wide_and_faces_up() -> None:
    slope = make_mesh(WOOD, np.array(((0, 0, 0), (1, 0, 0.1), (0, 1, 0.0))), np.array(((0, 1, 2),)))
    rail = box_mesh((-0.5, -0.02, 1.0), (0.5, 0.02, 1.1), WOOD)
    knob = box_mesh((-0.03, -0.03, 2.0), (0.03, 0.03, 2.1), WOOD)
    found = tops_of([(one, HERE[0]) for one in (TABLE, slope, rail, knob)])
    assert heights(found) == [0.5], "not a slope, nor the rail of a window, nor a knob"
    mirrored = np.diag((-1.0, 1.0, 1.0, 1.0)).astype(np.float32)
    assert heights(tops_of([(TABLE, mirrored)])) == [0.5]
    upside_down = np.diag((1.0, -1.0, -1.0, 1.0)).astype(np.float32)
    assert heights(tops_of([(TABLE, upside_down)])) == [-0.46], "its other side is its top"


def test_a_level_spot_of_a_blanket_is_no_top() -> None:
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(-0.4, 0.4, 41), np.linspace(-0.4, 0.4, 41)))
    first = (np.arange(40)[:, None] * 41 + np.arange(40)).ravel()
    faces = np.concatenate([np.column_stack([first, first + 1, first + 42]), np.column_stack([first, first + 42, first + 41])])
    high = np.maximum(np.hypot(x, y) - 0.12, 0.0) ** 2
    assert len(tops_of([(make_mesh(WOOD, np.column_stack([x, y, 0.0 * high]), faces), HERE[0])])) == 1
    assert not tops_of([(make_mesh(WOOD, np.column_stack([x, y, -high]), faces), HERE[0])])


def test_a_top_in_patches_is_one_top() -> None:
    """Two would darken it twice."""
    patches = [box_mesh((-x, -0.2, 0.46), (x, 0.2, z), WOOD) for x, z in ((0.4, 0.5), (0.1, 0.5004))]
    points = np.concatenate([patch.positions for patch in patches])
    both = make_mesh(WOOD, points, np.concatenate([patches[0].triangles, patches[1].triangles + 24]))
    triangles = np.concatenate([top.triangles for top in tops_of([(both, HERE[0])])])
    assert len(triangles) == len(set(triangles.tolist())) == 4


def test_what_stands_on_a_table_darkens_it_softly_round_its_foot() -> None:
    left = on_table(VASE)
    assert 0.1 < at(left, 0.042, 0.0) < 0.45, "dark, and not black"
    assert at(left, 0.042, 0.0) < at(left, 0.06, 0.0) - 0.1 < at(left, 0.10, 0.0) - 0.2
    assert at(left, 0.25, 0.15) > 0.98
    assert abs(at(left, 0.0605, 0.0) - at(left, -0.0605, 0.0)) < 0.04, "alike on all sides"


def test_what_stands_on_a_table_throws_its_form_away_from_the_lamp() -> None:
    side, deep = np.array((0.3, 0.0, 0.0)), np.array((0.0, -0.3, 0.0))
    lamp = Panel("lamp", 0, np.array((1.5, 0.0, 2.5)), side, deep, np.ones(3), 3000.0)
    even, left = on_table(VASE), on_table(VASE, panels=[lamp])
    assert at(left, -0.10, 0.0) < at(even, -0.10, 0.0) - 0.1
    assert at(left, 0.10, 0.0) > at(even, 0.10, 0.0) - 0.02
    assert at(left, -0.10, 0.12) > 0.9 * at(even, -0.10, 0.12)


def test_a_leaflet_darkens_less_than_a_vase_and_what_hangs_over_a_table_hardly() -> None:
    leaflet = box_mesh((-0.04, -0.04, 0.5), (0.04, 0.04, 0.502), WOOD)
    lamp = box_mesh((-0.04, -0.04, 0.68), (0.04, 0.04, 0.7), WOOD)
    tall, thin, high = (at(on_table(one), 0.05, 0.0) for one in (VASE, leaflet, lamp))
    assert tall < thin - 0.2 < 0.8
    assert high > 0.9


def test_an_empty_top_is_left_alone_and_a_clear_jug_darkens_it() -> None:
    floor = box_mesh((-2.0, -2.0, -0.1), (2.0, 2.0, 0.0), WOOD)
    assert not darkened([(TABLE, HERE[0])], [])
    assert [top.mesh for top, _ in darkened([(TABLE, HERE[0]), (floor, HERE[0])], [])] == []
    assert [top.mesh for top, _ in darkened([(TABLE, HERE[0])], [(VASE.positions, VASE)])] == [0]


def test_its_own_edges_do_not_darken_a_top_but_the_rim_of_a_tray_does() -> None:
    rim = box_mesh((-0.3, 0.18, 0.46), (0.3, 0.2, 0.53), WOOD)
    assert at(on_table(rim), 0.0, 0.176) < 0.55
    lower = box_mesh((-0.32, 0.18, 0.4), (0.32, 0.22, 0.4995), WOOD)
    assert all(top.mesh != 0 for top, _ in darkened([(TABLE, HERE[0]), (lower, HERE[0])], []))


def test_the_same_table_turned_and_moved_is_darkened_alike() -> None:
    quarter = np.array(((0, -1, 0, 3), (1, 0, 0, -2), (0, 0, 1, 0.3), (0, 0, 0, 1)), np.float32)
    (top, left), *_ = [one for one in darkened([(TABLE, quarter), (VASE, quarter)], []) if one[0].mesh == 0]
    assert top.low == pytest.approx((2.8, -2.3), abs=1e-4)
    assert np.abs(left - np.rot90(on_table(VASE), -1)[: left.shape[0], : left.shape[1]]).mean() < 0.02


def contact(stage: Stage) -> p3d.NodePath:
    """A table with a vase, and the node that darkens it."""
    furnish(stage, *(Part("thing", mesh, HERE) for mesh in (TABLE, VASE)))
    node = attach_tops(stage.root, [(TABLE, HERE[0]), (VASE, HERE[0])], [])
    assert node is not None
    node.set_shader_input("scene_from_thing", p3d.LMatrix4f.ident_mat())
    return node


@pytest.mark.gl
@pytest.mark.parametrize("stereo", STEREO)
def test_a_darkened_top_is_alike_in_stereo(stage: Stage, stereo: Stereo) -> None:
    node = contact(stage)
    left, right = eyes(HEAD)
    both = picture(stage, left, right, stereo=stereo)
    for half, eye in ((both[:, :160], left), (both[:, 160:], right)):
        assert furthest(half, picture(stage, eye)) <= 1
    node.hide()
    assert furthest(both, picture(stage, left, right, stereo=stereo)) > 20


@pytest.mark.gl
def test_only_a_top_is_darkened_and_by_as_much_whoever_encodes_the_picture(stage: Stage) -> None:
    node = contact(stage)
    dark = [picture(stage, HEAD, samples=0, srgb=srgb).astype(int) for srgb in (True, False)]
    node.hide()
    plain = picture(stage, HEAD, samples=0).astype(int)
    changed = np.argwhere((plain - dark[0]).max(2) > 2)
    assert 40 < len(changed) < 0.04 * plain[..., 0].size
    assert (plain >= dark[0] - 1).all(), "nothing is lighter"
    assert np.abs(dark[0] - dark[1]).max() < 12
