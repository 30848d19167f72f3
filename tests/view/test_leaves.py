"""Foliage on cards, and the shadows of mountains: alike in mono and in stereo, soft at their edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import panda3d.core as p3d
import pytest

from engine.view.geometry.geoms import geom
from engine.view.geometry.lawn import HAZE
from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.surfaces import make_mesh
from engine.view.geometry.textures import colour_texture
from engine.view.render.shaders import program
from engine.view.stage import Stage
from headset.driver import Stereo
from headset.offscreen import eyes, look
from tests.view.test_stage import HEAD, STEREO, furnish, furthest, picture

pytestmark = pytest.mark.gl


def card() -> Part:
    """A card whose picture is a green disk."""
    y, x = np.mgrid[0:64, 0:64] - 31.5
    disk = np.zeros((64, 64, 4), np.uint8)
    disk[..., :3] = (60, 160, 40)
    disk[..., 3] = np.clip(127 + 40 * (26 - np.hypot(x, y)), 0, 255)
    points = np.array(((-0.5, 0, 0.2), (0.5, 0, 0.2), (0.5, 0, 1.2), (-0.5, 0, 1.2)))
    uvs = np.array(((0, 0), (1, 0), (1, 1), (0, 1)))
    material = Material("leaf", alpha="mask", two_sided=True, leafy=True, colour_map=disk)
    return Part("card", make_mesh(material, points, np.array(((0, 1, 2), (0, 2, 3))), uvs=uvs), HERE)


def row() -> Part:
    """Such cards beside and behind one another, that sway."""
    copies = np.tile(np.eye(4, dtype=np.float32), (8, 1, 1))
    copies[:, 0, 3], copies[:, 1, 3] = np.tile(np.linspace(-1.8, 1.8, 4), 2), np.repeat((0.6, 1.6), 4)
    return replace(card(), copies=copies, sway=0.1)


@pytest.mark.parametrize("stereo", STEREO)
def test_leaves_are_alike_in_stereo(stage: Stage, stereo: Stereo) -> None:
    furnish(stage, card(), row())
    left, right = eyes(HEAD)
    both = picture(stage, left, right, stereo=stereo)
    for half, eye in ((both[:, :160], left), (both[:, 160:], right)):
        assert furthest(half, picture(stage, eye)) <= 1
    assert furthest(both[:, :160], both[:, 160:]) > 30


def outside(stage: Stage) -> None:
    """A card as it stands outside a room's window."""
    part = card()
    node = p3d.GeomNode("foliage")
    node.add_geom(geom([(part.mesh, np.eye(4, dtype=np.float32))], tangents=True))
    path = stage.root.attach_new_node(node)
    path.set_shader(program("outside", "CUT"))
    path.set_transparency(p3d.TransparencyAttrib.M_multisample)
    pixels = part.mesh.material.colour_map
    assert pixels is not None
    inputs = {
        "picture": p3d.LVecBase4f(0, 0.01, 0, 0), "base": p3d.LVecBase4f(200, 0, 0, 0),
        "haze": p3d.LVecBase3f(*HAZE),
        "scene_from_thing": p3d.LMatrix4f.ident_mat(), "colour_map": colour_texture("leaf", pixels, repeat=False),
    }  # fmt: skip
    for name, value in inputs.items():
        path.set_shader_input(name, value)


@pytest.mark.parametrize("stereo", STEREO)
def test_foliage_outside_a_window_is_alike_in_stereo(stage: Stage, stereo: Stereo) -> None:
    outside(stage)
    left, right = eyes(HEAD)
    both = picture(stage, left, right, stereo=stereo)
    for half, eye in ((both[:, :160], left), (both[:, 160:], right)):
        assert furthest(half, picture(stage, eye)) <= 1
    assert both.max() > 60


def test_edges_of_leaves_are_soft(stage: Stage) -> None:
    outside(stage)
    drawn = picture(stage, look((0.0, -3.0, 0.7), fov_deg=40, aspect=4 / 3))[..., 1].astype(int)
    inside = drawn.max()
    between = (drawn > 0.15 * inside) & (drawn < 0.85 * inside)
    assert (drawn > 0.85 * inside).sum() > 500
    assert between.sum() > 40, "samples of a pixel that are leaf, and some that are not"


def test_a_mountain_throws_its_shadow_where_no_shadow_map_reaches(stage: Stage) -> None:
    light = furnish(stage, card(), sun=8.0)
    down = look(
        (0.0, -2.0, 1.9), (float(np.cos(np.radians(-20))), float(np.sin(np.radians(-20))), 0, 0), fov_deg=50, aspect=4 / 3
    )
    lit = float(picture(stage, down)[60:, 40:120].mean())
    light.set_horizon(np.full((1, 1, 3), (np.tan(np.radians(10.0)), 1 / 3000.0, 0.0), np.float32), 1e4)
    shaded = float(picture(stage, down)[60:, 40:120].mean())
    assert shaded < 0.8 * lit
    light.set_horizon(np.full((1, 1, 3), (np.tan(np.radians(7.0)), 1 / 3000.0, 0.0), np.float32), 1e4)
    assert abs(float(picture(stage, down)[60:, 40:120].mean()) - lit) < 0.5, "a crest lower than the sun"
