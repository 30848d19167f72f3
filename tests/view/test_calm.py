"""The calm room: there at once, over whatever was there, and quiet."""

from __future__ import annotations

import numpy as np
import panda3d.core as p3d
import pytest
from numpy.typing import NDArray

from engine.view.calm import AT_ONCE, CalmRoom
from engine.view.geometry.geoms import quad
from engine.view.render.shaders import program
from engine.view.stage import Stage
from engine.view.ui.captions import texture
from headset.driver import Surface
from headset.offscreen import look

pytestmark = pytest.mark.gl

GREEN = np.full((4, 4, 4), (0, 255, 0, 255), np.uint8)


def scene(stage: Stage) -> None:
    """A green wall everywhere."""
    node = p3d.GeomNode("wall")
    node.add_geom(quad(40.0, 40.0))
    wall = stage.root.attach_new_node(node)
    wall.set_pos(0, 3, 0)
    wall.set_shader(program("card"))
    wall.set_shader_input("colour_map", texture(GREEN))
    wall.set_shader_input("base", p3d.LVecBase4f(1, 1, 1, 1))


def seen(stage: Stage, room: CalmRoom | None, seconds: float) -> NDArray[np.uint8]:
    if not stage.canvases:
        canvas = stage.open(Surface("buffer", (160, 90), samples=0))
        canvas.look((look((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), 90.0, 160 / 90),))
    if room is not None:
        room.show(seconds)
    stage.draw()
    return stage.canvases[0].read().astype(np.uint8)


def test_warming_it_leaves_nothing_on_the_stage(stage: Stage) -> None:
    scene(stage)
    room = CalmRoom(stage)
    stage.open(Surface("buffer", (160, 90), samples=0)).look((look((0.0, 0.0, 1.6), (1.0, 0.0, 0.0, 0.0), 90.0, 160 / 90),))
    room.warm()
    assert stage.root.get_num_children() == 1
    assert seen(stage, None, 0.0)[45, 80, 1] > 200


def test_the_picture_begins_to_change_in_the_first_frame_and_the_scene_is_gone_within_a_second(stage: Stage) -> None:
    scene(stage)
    room = CalmRoom(stage)
    before, first = seen(stage, None, 0.0).astype(int), seen(stage, room, 0.0).astype(int)
    assert np.abs(first - before).max() > 12, "leaving is seen at once"
    assert room.there == AT_ONCE
    halfway = seen(stage, room, 0.3).astype(int)
    after = seen(stage, room, 1.0).astype(int)
    assert before[20, 80, 1] > first[20, 80, 1] > halfway[20, 80, 1] > after[20, 80, 1]
    green = after[..., 1] - np.maximum(after[..., 0], after[..., 2])
    assert green.max() < 10, "nothing of the scene is left"
    assert room.there == 1.0


def test_it_has_a_sky_a_horizon_and_a_floor(stage: Stage) -> None:
    picture = seen(stage, CalmRoom(stage), 1.0).astype(float)
    rows = picture.mean(axis=(1, 2))
    assert rows[38] > rows[5], "brighter towards the horizon"
    assert rows[38] > rows[60], "and darker below it"
    assert picture.max() < 215, "nothing glares"


def test_it_is_still(stage: Stage) -> None:
    room = CalmRoom(stage)
    assert (seen(stage, room, 1.0) == seen(stage, room, 40.0)).all()


def test_a_view_that_emptied_the_stage_does_not_take_it_away(stage: Stage) -> None:
    scene(stage)
    room = CalmRoom(stage)
    seen(stage, room, 0.2)
    stage.root.node().remove_all_children()
    assert seen(stage, room, 1.0).max() > 60


def test_what_was_drawn_over_everything_goes_with_the_scene(stage: Stage) -> None:
    scene(stage)
    caption = stage.root.get_child(0)
    caption.set_bin("fixed", 100)
    caption.set_depth_test(False)
    picture = seen(stage, CalmRoom(stage), 1.0).astype(int)
    assert (picture[..., 1] - np.maximum(picture[..., 0], picture[..., 2])).max() < 10
