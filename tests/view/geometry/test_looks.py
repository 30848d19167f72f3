"""Looks: what a scene lacks is not computed, and is not missed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.geometry.geoms import attach
from engine.view.geometry.looks import Look, Looks, factors
from engine.view.geometry.mesh import Material
from engine.view.loads import light_up
from engine.view.stage import Stage
from headset.driver import Surface
from headset.offscreen import look
from tests.view.conftest import box

MAPS = ("colour_map", "normal_map", "surface_map", "emissive_map")


def drawn(stage: Stage, looks: Looks, lamps: bool = False) -> NDArray[np.int_]:
    """A box in the sun; with `lamps` two lamps shine on it."""
    attach(stage.root, [(box((-0.5, 2.0, -0.5), (0.5, 3.0, 0.5)), np.eye(4, dtype=np.float32))], looks, stage.know_copies)
    light, _shadows = light_up(stage)
    for index in range(2):
        light.set_lamp(index, (1.0 - 2.0 * index, 1.0, 0.0), 400.0 if lamps else 0.0, 2700.0)
    canvas = stage.open(Surface("buffer", (64, 64), samples=0))
    canvas.look([look((0.0, 0.0, 0.0), fov_deg=40, aspect=1.0)])
    stage.draw()
    pixels = canvas.read().astype(int)
    canvas.close()
    stage.root.node().remove_all_children()
    return pixels


def test_what_a_scene_lacks_is_said_to_its_programs() -> None:
    assert Looks().words == ()
    assert Looks(lamps=1).words == ("LAMPS 1",)
    assert Looks(lamps=0, land=False).words == ("LAMPS 0", "NO_LAND")


def cloth() -> Material:
    """A material with every map, made anew, as if it were read from one file after another."""
    colours, bumps = np.full((4, 4, 4), 200, np.uint8), np.full((4, 4, 3), 128, np.uint8)
    return Material(
        "cloth", (0.5, 0.4, 0.3, 1.0), colour_map=colours, normal_map=bumps, surface_map=bumps + 9, emissive_map=bumps
    )


def of(looks: Looks, material: Material, casts: bool = True) -> Look:
    part = box((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    return looks(replace(part, casts=casts, mesh=replace(part.mesh, material=material)))


def test_materials_of_equal_content_have_one_look_whatever_they_are_called() -> None:
    looks = Looks(indoors=True)
    assert of(looks, cloth()) is of(looks, replace(cloth(), name="linen"))
    assert of(looks, cloth()) is not of(looks, cloth(), casts=False)


@pytest.mark.parametrize(
    "change", [{"colour": (0.5, 0.4, 0.2, 1.0)}, {"metallic": 0.5}, {"roughness": 0.5}, {"emissive": (0.1, 0.0, 0.0)}]
)
def test_what_differs_in_colour_and_finish_is_of_one_kind_and_shares_textures(change: dict[str, Any]) -> None:
    looks = Looks(indoors=True)
    one, other = of(looks, cloth()), of(looks, replace(cloth(), **change))
    assert one is not other
    assert one.kind == other.kind
    assert not np.array_equal(factors(one.material), factors(other.material))
    for name in ("colour_map", "normal_map", "surface_map", "glow_map"):
        assert len({look.inputs.get_shader_input(name).get_texture() for look in (one, other)}) == 1


@pytest.mark.parametrize(
    "change",
    [
        *({name: np.full((4, 4, 4 if name == "colour_map" else 3), 7, np.uint8)} for name in MAPS),
        *({name: None} for name in MAPS),
        {"colour_map": np.full((2, 8, 4), 200, np.uint8)},
        {"alpha": "mask"},
        {"two_sided": True},
        {"leafy": True},
        {"unlit": True},
        {"crisp": 1.0},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_differs_in_its_textures_or_in_how_it_is_drawn_is_of_another_kind(change: dict[str, Any]) -> None:
    looks = Looks(indoors=True)
    assert of(looks, cloth()).kind != of(looks, replace(cloth(), **change)).kind


@pytest.mark.parametrize(("alpha", "soft"), [("mask", True), ("opaque", False)])
def test_in_a_room_what_is_cut_out_covers_a_part_of_a_pixel_at_its_edge(alpha: Literal["mask", "opaque"], soft: bool) -> None:
    picture = np.full((4, 4, 4), 255, np.uint8)
    part = box((-0.5, 2.0, -0.5), (0.5, 3.0, 0.5))
    part = replace(part, mesh=replace(part.mesh, material=Material("hair", alpha=alpha, colour_map=picture)))
    path = p3d.NodePath("hair")
    Looks(indoors=True)(part).wear(path, copies=0, sway=0.0, height=1.0)
    assert (path.get_transparency() == p3d.TransparencyAttrib.M_multisample) is soft
    text = path.get_shader().get_text(p3d.Shader.ST_fragment)
    assert ("#define CUT" in text) is soft
    assert "covering(pixel.rgb" in text


@pytest.mark.gl
def test_a_scene_without_lamps_and_land_looks_the_same_if_they_are_left_out(stage: Stage) -> None:
    assert np.array_equal(drawn(stage, Looks()), drawn(stage, Looks(lamps=0, land=False)))


@pytest.mark.gl
def test_as_many_lamps_shine_as_there_are(stage: Stage) -> None:
    none, one, two = (drawn(stage, Looks(lamps=count), lamps=True)[20:44, 20:44] for count in range(3))
    assert one.mean() > none.mean() + 5
    assert two[:, -12:].mean() > none[:, -12:].mean() + 5
    assert two[:, :12].mean() > one[:, :12].mean() + 5
