"""Textures that glow in places, and textures that one sees through in places, as they are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from engine.view.geometry.geoms import attach
from engine.view.geometry.looks import Looks
from engine.view.geometry.mesh import HERE, Material, Part
from engine.view.geometry.surfaces import make_mesh
from engine.view.loads import light_up
from engine.view.render.clear import add_clear
from engine.view.stage import Stage
from headset.driver import Surface
from headset.offscreen import look
from tests.spec.glb import Writer
from tests.view.conftest import box
from tests.view.rooms import Bay, write_room

pytestmark = pytest.mark.gl

Pixels = NDArray[np.int_]
PLACE = np.eye(4, dtype=np.float32)


def card(material: Material) -> Part:
    """A square of 1 m that faces the eye 2 m before it, its texture upright on it."""
    corners = np.array([(-0.5, 2.0, -0.5), (0.5, 2.0, -0.5), (0.5, 2.0, 0.5), (-0.5, 2.0, 0.5)])
    uvs = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
    return Part("card", make_mesh(material, corners, np.array([(0, 1, 2), (0, 2, 3)]), uvs=uvs), HERE)


def halves(left: tuple[int, ...], right: tuple[int, ...]) -> NDArray[np.uint8]:
    """A picture of two halves."""
    return np.array([[left] * 8 + [right] * 8] * 8, np.uint8)


def drawn(stage: Stage, lumens: float = 0.0) -> tuple[Pixels, Pixels]:
    """The left and the right half of the card's middle; a lamp of so many lumens stands before it."""
    light, _ = light_up(stage)
    light.set_lamp(0, (0.0, 1.0, 0.0), lumens, 2700.0)
    canvas = stage.open(Surface("buffer", (64, 64), samples=0))
    canvas.look([look((0.0, 0.0, 0.0), fov_deg=30, aspect=1.0)])
    stage.draw()
    pixels = canvas.read().astype(int)[24:40]
    canvas.close()
    return pixels[:, 14:26], pixels[:, 38:50]


def test_a_texture_glows_where_it_says_and_in_its_colour(stage: Stage) -> None:
    """A screen whose right half is lit red: the left is as dark as the housing."""
    lit = Material("screen", (0.02, 0.02, 0.02, 1.0), emissive=(1.0, 1.0, 1.0), emissive_map=halves((0, 0, 0), (255, 0, 0)))
    attach(stage.root, [(card(lit), PLACE)], Looks(), stage.know_copies)
    dark, red = drawn(stage)
    assert red[..., 0].mean() > dark[..., 0].mean() + 100
    assert red[..., 1].mean() == pytest.approx(dark[..., 1].mean(), abs=6)


def test_what_glows_in_places_still_throws_a_shadow() -> None:
    """A monitor stands on the floor although its screen shines; a flame does not."""
    monitor = Material("monitor", emissive=(1.0, 1.0, 1.0), emissive_map=halves((0, 0, 0), (255, 255, 255)))
    flame = Material("flame", emissive=(1.0, 1.0, 1.0))
    assert [Looks()(card(one)).casts for one in (monitor, flame)] == [True, False]


@pytest.mark.parametrize("alpha", ["opaque", "blend"])
@pytest.mark.parametrize("lumens", [0.0, 4000.0])
def test_what_is_unlit_has_its_own_colours(stage: Stage, alpha: Literal["opaque", "blend"], lumens: float) -> None:
    """Whatever the light and exposure: a sign by KHR_materials_unlit, with and without a lamp before it."""
    sign = Material("sign", alpha=alpha, unlit=True, colour_map=halves((200, 90, 30, 255), (20, 60, 128, 255)))
    if alpha == "opaque":
        attach(stage.root, [(card(sign), PLACE)], Looks(), stage.know_copies)
    else:
        add_clear(stage.root, card(sign), PLACE)
    left, right = drawn(stage, lumens)
    assert np.abs(left - (200, 90, 30)).max() <= 1
    assert np.abs(right - (20, 60, 128)).max() <= 1


GAUZE = halves((255, 255, 255, 0), (255, 255, 255, 230))
"""Its left half is away, its right half nearly whole."""


def test_one_sees_through_a_texture_where_it_is_thin(stage: Stage) -> None:
    wall = box((-2.0, 3.0, -2.0), (2.0, 3.1, 2.0), (0.9, 0.9, 0.9))
    attach(stage.root, [(wall, PLACE)], Looks(), stage.know_copies)
    before, _ = drawn(stage)
    add_clear(stage.root, card(Material("gauze", (0.2, 0.0, 0.0, 1.0), alpha="blend", colour_map=GAUZE)), PLACE)
    through, covered = drawn(stage)
    assert np.abs(through - before).max() <= 2
    assert covered.mean() < before.mean() - 40


@pytest.mark.slow
def test_one_sees_through_the_texture_of_a_file_in_a_room(tmp_path: Path) -> None:
    """A designer's screen of gauze, 1 m before the eye: at its left one sees the same wall as over it."""
    writer = Writer([(-0.5, 0.0, 0.0), (0.5, 0.0, 0.0), (0.5, 1.5, 0.0), (-0.5, 1.5, 0.0)], (0, 1, 2, 0, 2, 3))
    writer.primitive["attributes"]["TEXCOORD_0"] = writer.accessor([0, 1, 1, 1, 1, 0, 0, 0], "f", "VEC2", 4)
    colour = {"baseColorTexture": writer.picture(Image.fromarray(GAUZE), tmp_path), "baseColorFactor": [0.2, 0.0, 0.0, 1.0]}
    writer.material(pbrMetallicRoughness=colour, alphaMode="BLEND", doubleSided=True)
    writer.save(tmp_path / "gauze.glb")
    chair, screen = "chair: {use: visitor_chair, at: [1.5 m, 1.5 m]}", "screen: {use: gauze.glb, at: [0 m, 0 m], facing: south}"
    props = {"bare": chair, "room": f"{chair}\n  {screen}"}
    bare, screened = (shot(write_room(tmp_path / f"{name}.yaml", "plain/white", props=some)) for name, some in props.items())
    assert np.abs(screened[:, 14:26] - bare[:, 14:26]).mean() <= 3
    assert screened[:, 38:50, 1].mean() < bare[:, 38:50, 1].mean() - 40


def shot(scene: Path) -> Pixels:
    """What an eye 1 m before the room's middle sees, looking north."""
    bay = Bay.of(scene)
    try:
        return bay.picture(bay.eye((0.0, -1.0, 0.75), (0.0, 1.0, 0.75), (0.45, 0.45)), size=(64, 64)).astype(int)[24:40]
    finally:
        bay.stage.close()
